"""Where a site shows a note: the addresses that its properties and its file name give it, and what
an address says of the note that stands there."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from vaultdots.note.model import Note, PropertyValue
from vaultdots.note.paths import answering_paths, undated
from vaultdots.note.targets import percent_decoded
from vaultdots.text.names import name_key, nfc
from vaultdots.text.tuples import NamedTuple

_POST = re.compile(r"(?:(.*)/)?_posts/(?:.*/)?(\d{4})-(\d{1,2})-(\d{1,2})-([^/]+)\.[^./]+$")
_END = re.compile(r"(?:^|(?<=/))index\.html?$|\.html?$")
_FILE = re.compile(r"\.(?!html?$)[a-z0-9]{1,9}$", re.IGNORECASE)
_LISTINGS = frozenset(
    ("tag", "tags", "category", "categories", "author", "authors", "archive", "archives", "page",
     "search", "series", "topics")
)  # fmt: skip
"""Parts of an address under which a site lists pages: what follows one is no page's name."""
_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?(?!\d)")


def addresses(note: Note) -> tuple[str, ...]:
    """The paths under which a site by Hugo or Jekyll shows the note, without slashes at the ends
    and `.html`; none for other dialects. A pattern (`/:year/:title/`) is the site's, not a note's.
    """
    if note.dialect not in ("hugo", "jekyll"):
        return ()
    found = [*_texts(note.property("permalink")), *_texts(note.property("url"))]
    slug = next(iter(_texts(note.property("slug"))), "")
    if note.dialect == "hugo":
        folder = note.path.removeprefix("content/").rpartition("/")[0]
        if note.path.endswith("/index.md"):
            folder = folder.rpartition("/")[0]
        if slug:
            found.append(f"{folder}/{slug}")
        # An old address without a leading slash is beside the page.
        found += [
            alias if alias.startswith("/") else f"{folder}/{alias}"
            for alias in _texts(note.property("aliases"))
            if "/" in alias
        ]
    else:
        found += _texts(note.property("redirect_from"))
        post = _POST.match(note.path)
        if post:
            # Jekyll's default: /:categories/:year/:month/:day/:title.html
            above, title = post[1], post[5]
            categories = _categories(note.property("categories", "category"))
            parts = [above or "", *categories, *_dated(note, post).split("-"), slug or title]
            found.append("/".join(filter(None, parts)))
    plain = (
        _END.sub("", percent_decoded(nfc(text)).strip().strip("/")).strip("/") for text in found
    )
    return tuple(dict.fromkeys(text for text in plain if text and ":" not in text))


def shown_at(note: Note) -> str:
    """The one path under which a site shows the note, as far as its file says: without slashes at
    the ends; a folder's note is shown at its folder."""
    own = _texts(note.property("permalink")) or _texts(note.property("url"))
    moved = note.dialect == "hugo" and _texts(note.property("slug"))
    found = addresses(note)
    if found and (own or moved or post_date(note)):
        return found[0] if own or moved else found[-1]
    path = dict(answering_paths(note.path, note.dialect))
    bare = path.get("folder", path["name"])
    return bare.removeprefix("content/") if note.dialect == "hugo" else bare


def post_date(note: Note) -> tuple[int, ...]:
    """The date in the address of a post of Jekyll's; () for another note."""
    post = _POST.match(note.path) if note.dialect == "jekyll" else None
    if post is None:
        return ()
    return written_date(_dated(note, post).replace("-", "/"))


def _dated(note: Note, post: re.Match[str]) -> str:
    _, year, month, day, _ = post.groups()
    return (note.created or f"{year}-{month:0>2}-{day:0>2}")[:10]


class PageAddress(NamedTuple):
    """What the path of a page's address says. slug: its last part, as a name key.

    date: (year, month, day) as far as it is written. folders: the other parts, as name keys.
    """

    slug: str
    date: tuple[int, ...]
    folders: tuple[str, ...]


def page_address(path: str) -> PageAddress | None:
    """Read the path of a page's address (`/blog/2024/11/20/some-post/`, `/posts/a.html`).

    None for a file, a listing (`/tags/rust`), a bare number and the front page.
    """
    path = re.split(r"[?#]", path, maxsplit=1)[0].strip("/")
    if not path or _FILE.search(path):
        return None
    parts = [part for part in _END.sub("", path).split("/") if part]
    if not parts or any(name_key(part) in _LISTINGS for part in parts[:-1]):
        return None
    slug = undated(parts[-1])
    if slug.isdecimal() or name_key(slug) in _LISTINGS:
        return None
    folders = tuple(name_key(part) for part in parts[:-1] if not _DATE.fullmatch(part))
    return PageAddress(name_key(slug), written_date("/".join(parts)), folders)


def web_page(url: str) -> tuple[str, PageAddress] | None:
    """The host (without `www.`) and the page of a web address; None where it names no page."""
    if not url.startswith(("http://", "https://", "//")):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    page = page_address(percent_decoded(nfc(parts.path)))
    host = parts.netloc.casefold().removeprefix("www.")
    return (host, page) if page is not None and "." in host else None


def written_date(path: str) -> tuple[int, ...]:
    """The first date in a path, as far as it is written: `2010/01/16/x` → (2010, 1, 16)."""
    found = _DATE.search(path)
    return tuple(int(part) for part in found.groups() if part) if found else ()


def slugs(note: Note) -> tuple[str, ...]:
    """Names that only a site's addresses call a note by: its `slug`, the end of its `permalink`,
    its file's name without the date."""
    stem = note.path.rpartition("/")[2].rsplit(".", 1)[0]
    found = [undated(stem)] if undated(stem) != stem else []
    found += _texts(note.property("slug"))
    for text in (*_texts(note.property("permalink")), *_texts(note.property("url"))):
        page = page_address(percent_decoded(nfc(text)).strip())
        if page is not None and ":" not in text and "{" not in text:
            found.append(page.slug)
    return tuple(dict.fromkeys(name_key(text.strip("/ ").rpartition("/")[2]) for text in found))


def _texts(value: PropertyValue) -> list[str]:
    items = value if isinstance(value, list) else [value]
    return [item for item in items if isinstance(item, str) and item.strip()]


def _categories(value: PropertyValue) -> list[str]:
    """A list, or one text split at spaces; in lower case, as Jekyll writes them."""
    words = value.split() if isinstance(value, str) else _texts(value)
    return [word.lower() for word in words]
