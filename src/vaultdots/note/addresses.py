"""Where a site shows a note: the addresses that its properties and its file name give it."""

from __future__ import annotations

import re

from vaultdots.note.model import Note, PropertyValue
from vaultdots.note.targets import percent_decoded
from vaultdots.text.names import nfc

_POST = re.compile(r"(?:(.*)/)?_posts/(?:.*/)?(\d{4})-(\d{1,2})-(\d{1,2})-([^/]+)\.[^./]+$")
_END = re.compile(r"(?:^|(?<=/))index\.html?$|\.html?$")


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
            above, year, month, day, title = post.groups()
            date = (note.created or f"{year}-{month:0>2}-{day:0>2}")[:10]
            categories = _categories(note.property("categories", "category"))
            parts = [above or "", *categories, *date.split("-"), slug or title]
            found.append("/".join(filter(None, parts)))
    plain = (
        _END.sub("", percent_decoded(nfc(text)).strip().strip("/")).strip("/") for text in found
    )
    return tuple(dict.fromkeys(text for text in plain if text and ":" not in text))


def _texts(value: PropertyValue) -> list[str]:
    items = value if isinstance(value, list) else [value]
    return [item for item in items if isinstance(item, str) and item.strip()]


def _categories(value: PropertyValue) -> list[str]:
    """A list, or one text split at spaces; in lower case, as Jekyll writes them."""
    words = value.split() if isinstance(value, str) else _texts(value)
    return [word.lower() for word in words]
