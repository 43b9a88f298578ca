"""How a new link is written: in the note's own style, so that it names the note and no other.

Wikilink or Markdown by what the note does already, else as `.obsidian/app.json` says; the target
the shortest name, a path from the root or a relative one (Obsidian's help, Links).
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import quote

from vaultdots.graph.links import Resolver
from vaultdots.graph.resolve import resolve
from vaultdots.note.paths import called, is_folder_note
from vaultdots.store.answers import LinkRow
from vaultdots.store.catalog import Catalog
from vaultdots.store.config import Config

_SAFE = "/!$&'*+,;=:@~-._" + "".join(map(chr, range(0x30, 0x3A)))
_NOT_IN_WIKILINKS = re.compile(r"[#^|\[\]\r\n]")
_NOT_IN_WORDS = re.compile(r"[|\[\]\r\n]")
_DELIMITER_ROW = re.compile(r"[ \t>]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
_LINE_END = re.compile(r"\r\n?|\n")


class LinkStyle(NamedTuple):
    """How a note writes its links. form: shortest, relative or absolute."""

    markdown: bool
    form: str


def style_of(catalog: Catalog, config: Config, path: str) -> LinkStyle:
    """The style of the note at `path`."""
    own = _majority(catalog.links_of(path))
    if own is None and config.options.dialect != "obsidian" and not config.use_markdown_links:
        own = _majority(catalog.all_links())
        if own is None:
            own = config.options.dialect in ("hugo", "jekyll", "vuepress")
    markdown = config.use_markdown_links if own is None else own
    form = config.link_format if config.link_format in ("relative", "absolute") else "shortest"
    if markdown and config.options.dialect != "obsidian":
        form = "relative"
    return LinkStyle(markdown, form)


def _majority(rows: Iterable[LinkRow]) -> bool | None:
    """Whether most of the links are Markdown ones; None where there are none."""
    kinds = Counter(
        row.kind
        for row in rows
        if not row.external and row.target and row.kind in ("wikilink", "markdown")
    )
    if not kinds:
        return None
    return kinds["markdown"] > kinds["wikilink"]


def write_link(
    resolver: Resolver,
    style: LinkStyle,
    source: str,
    target: str,
    words: str | None,
    *,
    dialect: str = "obsidian",
    in_table: bool = False,
) -> str | None:
    """A link in `source` that shows `words` and means `target`; None where none can be written.

    words None: the target's name is shown. The link is tried out with the resolver: it resolves to
    `target` by name or path, and is not ambiguous.
    """
    if words is not None and _NOT_IN_WORDS.search(words):
        return None
    if not style.markdown:
        for name in _wiki_names(source, target, style.form, dialect):
            if _NOT_IN_WIKILINKS.search(name) or not _means(
                resolver, name, "wiki", source, target, dialect
            ):
                continue
            if words is None:
                shown = called(target, dialect)
                words = None if shown == name or _NOT_IN_WORDS.search(shown) else shown
            if words is None or words == name:
                return f"[[{name}]]"
            return f"[[{name}{chr(92) if in_table else ''}|{words}]]"
    for name in _markdown_names(source, target, style.form):
        if _means(resolver, name, "markdown", source, target, dialect):
            shown = words if words is not None else called(target, dialect)
            shown = shown.replace("[", "\\[").replace("]", "\\]")
            if in_table:
                shown = shown.replace("|", "\\|")
            return f"[{shown}]({_encoded(name)})"
    return None


def _wiki_names(source: str, target: str, form: str, dialect: str) -> list[str]:
    bare = target.rsplit(".", 1)[0]
    folder, _, stem = bare.rpartition("/")
    relative = posixpath.relpath(bare, posixpath.dirname(source) or ".")
    if not relative.startswith("."):
        relative = "./" + relative if "/" in source else relative
    names = {"shortest": [stem], "absolute": [bare], "relative": [relative]}[form]
    if is_folder_note(target, dialect):
        names = [folder.rpartition("/")[2], folder] if form == "shortest" else names
    return [*names, bare]


def _markdown_names(source: str, target: str, form: str) -> list[str]:
    relative = posixpath.relpath(target, posixpath.dirname(source) or ".")
    names = {
        "shortest": [target.rpartition("/")[2], target],
        "absolute": [target],
        "relative": [relative],
    }[form]
    return [*names, relative]


def _means(
    resolver: Resolver, name: str, lookup: str, source: str, target: str, dialect: str
) -> bool:
    found = resolve(name, lookup, source, resolver.names, dialect)
    return (
        found.target == target
        and found.status == "resolved"
        and found.via in ("path", "name", "suffix")
    )


def _encoded(path: str) -> str:
    """A Markdown address: what would end it or be read otherwise is percent-encoded."""
    return "".join(c if not c.isascii() else quote(c, safe=_SAFE) for c in path)


def is_in_table(text: str, offset: int) -> bool:
    """Whether `offset` stands in a table's row: a delimiter row is among the lines around it."""
    ends = [match.end() for match in _LINE_END.finditer(text, 0, offset)]
    start = ends[-1] if ends else 0
    lines = _around(text, start)
    here, block = lines
    if "|" not in here:
        return False
    return any("|" in line and "-" in line and _DELIMITER_ROW.fullmatch(line) for line in block)


def _around(text: str, start: int) -> tuple[str, list[str]]:
    """The line at `start` and the lines without a blank one between."""
    before = _LINE_END.split(text[:start])[:-1]
    after = _LINE_END.split(text[start:])
    block: list[str] = []
    for line in reversed(before):
        if not line.strip():
            break
        block.append(line)
    for line in after:
        if not line.strip():
            break
        block.append(line)
    return after[0], block
