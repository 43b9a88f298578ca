"""How a link's target is written anew when the file that it names gets another path: in the style
that it had.

What is kept: a name, the end of a path or the whole of it; from the root or from the note; with or
without the ending; a folder for its note, a post without its date, a site's address; lower case and
decomposed Hangul; percent signs, angle brackets, quotes.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from unicodedata import is_normalized, normalize
from urllib.parse import quote

from vaultdots.note.addresses import addresses, post_date, shown_at, written_date
from vaultdots.note.canvas import JsonText
from vaultdots.note.model import Note
from vaultdots.note.paths import answering_paths, joined, note_ending, path_parts
from vaultdots.note.targets import (
    address_target,
    percent_decoded,
    plain_address,
    wikilink_target,
    without_query,
)
from vaultdots.store.answers import LinkRow
from vaultdots.text.names import name_key, nfc

# What a path needs no percent signs for in round brackets (RFC 3986, `pchar` and the slash).
_SAFE = "/!$&'*+,;=:@~-._"
_ENCODED_SIGN = re.compile(r"%[89A-Fa-f][0-9A-Fa-f]")
_ENTITY = re.compile(r"&(?=#?[A-Za-z0-9]{1,32};)")
_NOT_IN_WIKILINKS = re.compile(r"[#|\[\]\r\n]")
_ROOTS = ("content", "_wiki", "_posts", "docs", "static", "public", "src")
"""Folders that a site's address leaves out."""


@dataclass(frozen=True)
class Named:
    """A file and what links can call it. refs: way → path without a note's ending.

    ways: name, folder, undated; `url 0`, `url 1`… for a site's addresses. shown: where a site shows
    a note; date: that in a post's address.
    """

    path: str
    is_note: bool
    refs: dict[str, str] = field(default_factory=dict)
    shown: str = ""
    date: tuple[int, ...] = ()

    @classmethod
    def of_note(cls, note: Note) -> Named:
        """A note under its path."""
        refs = dict(answering_paths(note.path, note.dialect))
        refs |= {f"url {n}": address for n, address in enumerate(addresses(note))}
        return cls(note.path, True, refs, shown_at(note), post_date(note))

    @classmethod
    def of_file(cls, path: str) -> Named:
        """A file that is not a note."""
        return cls(path, False, {"name": path})

    def keeps_address(self, target: str, before: Named) -> bool | None:
        """Whether an address that led to the note as it was `before` leads to it still; None where
        nothing that the note says decides it."""
        key = name_key(target.split("?", 1)[0].strip("/").removesuffix(".html"))
        if any(way.startswith("url") and name_key(ref) == key for way, ref in self.refs.items()):
            return True
        date = written_date(target)
        count = len(date)
        if date and before.date[:count] == date and self.date[:count] != date:
            return False
        return None

    @property
    def ending(self) -> str:
        """The note's ending as it is spelled."""
        return path_parts(self.path).ending if self.is_note else ""


def spellings(
    target: str, lookup: str, old: Named, new: Named, here: str, there: str
) -> Iterator[str]:
    """Ways to write `target`, which means `old`, so that it may mean `new`; the nearest to what is
    written first, then longer ones. here, there: the folder of the link's own note before and
    after. Which of them does mean it is for the names to say.
    """
    body, query = target, ""
    if lookup in ("site", "page"):
        body, mark, rest = target.partition("?")
        query = mark + rest
    slash = "/" if len(body) > 1 and body.endswith("/") else ""
    bare = body.rstrip("/") if slash else body
    ending = ""
    if old.is_note:
        written = note_ending(bare) or (".html" if bare.lower().endswith(".html") else "")
        bare = bare[: len(bare) - len(written)]
        ending = written
        if written and written.lower() == old.ending.lower():
            ending = new.ending
    way, style = _way(bare, lookup, old, here)
    if style == "address":
        for found in _addresses(bare, way, old, new):
            yield _like(bare, old.refs["name"], found) + ending + slash + query
        style = "rooted"
    ref = new.refs.get(way)
    if way == "name" and not ending and "folder" not in old.refs:
        ref = new.refs.get("folder", ref)  # nobody is shown a page's `index`
    if ref is None:
        ref, slash = new.refs["name"], ""
    whole = [ref, *([new.refs["name"]] if ref != new.refs["name"] else [])]
    for path in whole:
        for found in _in_style(bare, style, old.refs.get(way, ""), path, there, lookup):
            yield _like(bare, old.refs.get(way, ""), found) + ending + slash + query
    relative = posixpath.relpath(new.refs["name"], there or ".")
    explicit = relative if relative.startswith("../") else f"./{relative}"
    for found in (new.refs["name"], "/" + new.refs["name"], explicit):
        yield found + (new.ending if lookup != "wiki" or ending else "")


def _way(bare: str, lookup: str, old: Named, here: str) -> tuple[str, str]:
    """Which of the file's paths is written, and how: relative, beside, rooted or ending; address
    where it is none of them but a site's own; page where `..` leads out of the page's own address
    (`/a/page/`) and so is its note's folder."""
    if bare.startswith(("./", "../")) or bare in (".", ".."):
        way = _equal(old, name_key(joined(here, bare) or ""))
        if way is None and bare.startswith("../"):
            way = _equal(old, name_key(joined(here, bare[3:]) or ""))
            if way is not None:
                return way, "page"
        return way or "name", "relative"
    if bare.startswith("/"):
        way = _ends(old, name_key(bare.strip("/")))
        is_path = way is not None and not way.startswith("url")
        return way or "name", "rooted" if is_path or not old.is_note else "address"
    if lookup != "wiki":
        way = _equal(old, name_key(joined(here, bare) or ""))
        if way is not None:
            return way, "beside"
    return _ends(old, name_key(bare)) or "name", "ending"


def _equal(old: Named, key: str) -> str | None:
    return next((way for way, path in old.refs.items() if name_key(path) == key), None)


def _ends(old: Named, key: str) -> str | None:
    exact = _equal(old, key)
    if exact is not None:
        return exact
    end = f"/{key}"
    return next((way for way, path in old.refs.items() if name_key(path).endswith(end)), None)


def _in_style(bare: str, style: str, old: str, new: str, there: str, lookup: str) -> Iterator[str]:
    parts = [part for part in bare.split("/") if part not in ("", ".", "..")]
    if style == "page":
        yield f"../{posixpath.relpath(new, there or '.')}"
        return
    if style in ("relative", "beside"):
        found = posixpath.relpath(new, there or ".")
        if style == "relative" and (bare.startswith("./") or lookup == "wiki"):
            found = found if found.startswith("../") else f"./{found}"
        yield found
        return
    old_parts, new_parts = old.split("/"), new.split("/")
    implied = old_parts[: len(old_parts) - len(parts)]
    cut = len(implied)
    if style == "rooted":
        shared = bool(cut) and new_parts[:cut] == implied and len(new_parts) > cut
        yield "/" + "/".join(new_parts[cut:] if shared else new_parts)
        yield "/" + new
        return
    if lookup != "wiki" and cut and implied[0] in _ROOTS and new_parts[:cut] == implied:
        yield "/".join(new_parts[cut:])
    if len(parts) == len(old_parts) > 1:
        yield new
    for count in range(min(len(parts), len(new_parts)), len(new_parts) + 1):
        yield "/".join(new_parts[-count:])


def _addresses(bare: str, way: str, old: Named, new: Named) -> Iterator[str]:
    """A site's own address of a note, as it is made for the new one: the address in its properties
    or its date that stands for the written one, else the name and the date in a pattern of the
    site's (`/blog/2023/02/name`), else where the site shows the note."""
    parts = [part for part in bare.split("/") if part]
    if way in new.refs and way != "name":
        was, found = old.refs[way].split("/"), new.refs[way].split("/")
        cut = len(was) - len(parts)
        yield "/" + "/".join(found[cut:] if found[:cut] == was[:cut] else found)
    elif way == "name":
        last = _called(new) if name_key(parts[-1]) == name_key(_called(old)) else parts[-1]
        yield "/" + "/".join([*_redated(parts[:-1], old.date, new.date), last])
        yield "/" + "/".join([*_redated(parts[:-1], old.date, new.date), _called(new)])
    yield "/" + new.shown


def _called(named: Named) -> str:
    """What a pattern of a site's calls a note: its name without a post's date, or its folder's."""
    refs = named.refs
    return refs.get("undated", refs.get("folder", refs["name"])).rpartition("/")[2]


def _redated(parts: Sequence[str], old: tuple[int, ...], new: tuple[int, ...]) -> list[str]:
    """The parts of an address with another date, as far as the old one stands in them."""
    found = list(parts)
    for at, part in enumerate(parts):
        if old and new and part.isdecimal() and int(part) == old[0]:
            for n, (one, other) in enumerate(zip(old, new, strict=True), at):
                if n >= len(parts) or not parts[n].isdecimal() or int(parts[n]) != one:
                    break
                found[n] = f"{other:0{len(parts[n])}}"
            break
    return found


def _like(bare: str, old: str, found: str) -> str:
    """`found` in lower case where `bare` writes a name so that has capitals."""
    last, name = bare.rpartition("/")[2], old.rpartition("/")[2]
    if last != name and last == name.lower():
        return found.lower()
    return found


def ways_spelled(
    row: LinkRow, source: str, named: Named, *, key: Callable[[str], str] = nfc
) -> set[str]:
    """The ways in which the link at `row`, in the file `source`, spells a path of a file, whole or
    its end. key: by which two spellings are one."""
    target = nfc(row.target).strip()
    if row.lookup == "site":
        target = target.partition("?")[0]
    target = target.rstrip("/")
    if named.is_note:
        target = target[: len(target) - len(note_ending(target))]
    beside, end = joined(source.rpartition("/")[0], target), key(target.lstrip("/"))
    found = set()
    for way, path in named.refs.items():
        written = key(path)
        if (beside is not None and key(beside) == written) or f"/{written}".endswith(f"/{end}"):
            found.add(way)
    return found


# -- as the link's form writes it ------------------------------------------------------------------


def written_target(row: LinkRow, text: str, name: str) -> str | None:
    """`name` as the link at `row` writes its target; None where its form cannot. text: the whole
    text of the file that the link stands in."""
    span = row.target_span
    if row.role == "canvas":
        cut = JsonText.of(text, span).text
        if not is_normalized("NFC", cut):
            name = normalize("NFD", name)
        plain = name if row.form == "json" else _in_form(row, cut, name, "")
        return None if plain is None else _json(plain, span.of(text))
    cut = span.of(text)
    if not is_normalized("NFC", percent_decoded(cut)):
        name = normalize("NFD", name)
    return _in_form(row, cut, name, text[span.start - 1 : span.start])


def written_subpath(row: LinkRow, text: str, parts: Sequence[str | None]) -> str | None:
    """The subpath with some of its parts anew (None: as it is), as the link at `row` writes it;
    None where its form cannot."""
    span = row.subpath_span
    if span is None:
        return None
    in_json = row.role == "canvas"
    cut = JsonText.of(text, span).text if in_json else span.of(text)
    pieces = cut.split("#")
    filled = [n for n, piece in enumerate(pieces) if piece.strip()]
    if len(filled) != len(parts):
        return None
    for at, part in zip(filled, parts, strict=True):
        if part is None:
            continue
        if row.form in ("wikilink", "braced", "json"):
            new = part
        elif row.form == "shortcode":
            new = part.replace("%", "%25")
        else:
            angle = row.form == "angle" or text[row.target_start - 1 : row.target_start] == "<"
            new = encoded(part, like=cut, angle=angle)
        lead = pieces[at][: len(pieces[at]) - len(pieces[at].lstrip())]
        pieces[at] = lead + new + pieces[at][len(pieces[at].rstrip()) :]
    found = "#".join(pieces)
    return _json(found, span.of(text)) if in_json else found


def means_what_it_says(row: LinkRow, text: str) -> bool:
    """Whether the target's span holds what the row says: an edit there changes the target."""
    cut = row.target_span.of(text)
    if row.role == "canvas":
        cut = JsonText.of(text, row.target_span).text
    if row.form in ("wikilink", "braced", "json"):
        read = cut
    elif row.form in ("shortcode", "autolink"):
        read = percent_decoded(cut)
    else:
        read = percent_decoded(plain_address(cut))
    return name_key(read).lstrip("/") == name_key(row.target).lstrip("/")


def _in_form(row: LinkRow, cut: str, name: str, before: str) -> str | None:
    if row.form in ("wikilink", "braced"):
        if _NOT_IN_WIKILINKS.search(name) or wikilink_target(name) is None:
            return None
        return name
    if row.form == "shortcode":
        return _in_shortcode(name, before)
    angle = row.form == "angle" or (row.form == "reference" and before == "<")
    found = encoded(name, like=cut, angle=angle)
    return found if address_target(found).name == name else None


def encoded(name: str, *, like: str, angle: bool = False) -> str:
    """A path as a Markdown destination, percent signs where `like` has them or none can do
    without; a question mark stays one (`What?.md`) where it does not begin a query."""
    everything = bool(_ENCODED_SIGN.search(like)) and like.isascii()
    if angle and "%20" not in like:
        safe = _SAFE + ' ()[]{}|^"'
    elif "(" in like or ")" in like:
        safe = _SAFE + ("()" if _balanced(name) else "")
    else:
        safe = _SAFE
    if "?" in like and without_query(name) == name:
        safe += "?"
    pieces = (quote(c, safe=safe) if c.isascii() or everything else c for c in name)
    return _ENTITY.sub("%26", "".join(pieces))


def _balanced(name: str) -> bool:
    depth = 0
    for char in name:
        depth += (char == "(") - (char == ")")
        if depth < 0:
            return False
    return depth == 0


def _in_shortcode(name: str, before: str) -> str | None:
    found = name.replace("%", "%25") if percent_decoded(name) != name else name
    found = found.replace("#", "%23")
    if before in ('"', "'", "`") and before:
        return None if before in found else found
    if re.search(r"[\s>%\"'`]", found):
        return None if '"' in found else f'"{found}"'
    return found


def _json(plain: str, written: str) -> str:
    escaped = "\\u" in written or (written.isascii() and not plain.isascii() and "\\" in written)
    return json.dumps(plain, ensure_ascii=escaped)[1:-1]
