"""A note goes into another one; links and references follow.

Pure: planned over the catalog and the texts that it has.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from vaultdots.edit.after import NamesAfter
from vaultdots.edit.extracting import Work
from vaultdots.edit.following import links_to, outline_of
from vaultdots.edit.footnotes import other_labels
from vaultdots.edit.model import Change, Delete, Edit
from vaultdots.edit.properties import add_items, line_end
from vaultdots.edit.splice import splice_text
from vaultdots.edit.texts import Read, Texts
from vaultdots.errors import EditError
from vaultdots.graph.new_link import is_in_table, style_of
from vaultdots.graph.outline import Outline
from vaultdots.graph.resolve import Names, resolve
from vaultdots.note.model import Note
from vaultdots.note.options import NoteOptions
from vaultdots.note.parse import parse_note
from vaultdots.note.paths import path_parts
from vaultdots.store.answers import LinkRow
from vaultdots.store.catalog import Catalog
from vaultdots.store.config import Config
from vaultdots.text.names import name_key, nfc
from vaultdots.text.spans import Lines, Span

_BEFORE = "x\n\n"
"""Before what is read as the end of a note: there, `---` opens no properties."""


def plan_merge(catalog: Catalog, config: Config, read: Read, path: str, into: str) -> Change:
    """The note at `path` goes to the end of the note `into` and away; links to it follow.

    Its tags and aliases go along; other properties are left out, and told. Raises EditError where a
    heading or block that a link names would be hidden by one that is there.
    """
    if path == into:
        raise EditError("a note cannot go into itself", place=path)
    texts = Texts(catalog, read)
    text, target = texts[path], texts[into]
    note = parse_note(path, text, config.options)
    host = parse_note(into, target, config.options)
    shared = {b.id.lower() for b in note.blocks} & {b.id.lower() for b in host.blocks}
    if shared:
        raise EditError(f"both notes have the block ^{min(shared)}", place=path)
    taken = _taken_along(into, target, note, host, config.options)
    work = Work(catalog, config.options, texts, {}, gone={path})
    said = {into: splice_text(target, taken or ())}
    names = NamesAfter(catalog, config.options, {into: into}, said, gone={path}).names
    speaks = _Speaking(catalog, config, work, names, path, into)
    inner: list[Edit] = []
    outer: list[Edit] = []
    for row in catalog.links_of(path):
        if not row.external and row.start >= note.body:  # its properties do not go along
            was = work.before.resolve(row)
            if was.target == into and row.target:
                inner += work.retargeted(row, into, into, into, None)
            elif was.target == path and row.target:
                inner += speaks.retargeted(row, into)
            elif was.target is None:
                inner += work.elsewhere(row, note.dialect, into)
            elif was.target != path:
                inner += work.retargeted(row, was.target, was.target, into, None)
    for row in links_to(catalog, path):
        if row.source != path:
            outer += speaks.retargeted(row, row.source)
    newline = line_end(target)
    for cut, label in other_labels(note, text, host, target):
        if not any(edit.span.start < cut.end and cut.start < edit.span.end for edit in inner):
            inner.append(Edit(path, cut, cut.of(text), label, None))
    body = splice_text(text, inner)[note.body :].strip("\r\n") + newline
    gap = "" if not target.strip() else newline if target.endswith(("\n", "\r")) else newline * 2
    at = len(target)
    merged = splice_text(target, [Edit(into, Span(at, at), "", gap + body)])
    whole = parse_note(into, merged, config.options)
    alone = parse_note(into, _BEFORE + body, config.options._replace(dialect=whole.dialect))
    lines = Lines.of(text)
    first = lines.line(len(text) - len(text[note.body :].lstrip("\r\n")))
    _check_reading(path, host, alone, whole, Span(at, at + len(gap)), merged, first)
    _check_headings(catalog, path, outline_of(note), outline_of(whole), len(host.sections))
    kept = {"tags", "aliases"} if taken is not None else set()
    left = ", ".join(item.key for item in note.properties if item.key.lower() not in kept)
    remarks = (f"{path}: left out are its properties {left}",) if left else ()
    edits = (*(taken or ()), Edit(into, Span(at, at), "", gap + body, None), *dict.fromkeys(outer))
    return Change("merge", edits, deletes=(Delete(path),), remarks=remarks)


class _Speaking:
    """The links to a note that goes into another: they mean that one, and say what they said.

    A name without words of its own keeps the word in the text: `[[oats]]` becomes
    `[[breakfast|oats]]`. A link by an alias that goes along stays as it is.
    """

    def __init__(
        self, catalog: Catalog, config: Config, work: Work, names: Names, path: str, into: str
    ) -> None:
        """names: with the aliases that the other note has then."""
        self.catalog = catalog
        self.config = config
        self.work = work
        self.names = names
        self.path = path
        self.into = into

    def retargeted(self, row: LinkRow, source: str) -> Iterator[Edit]:
        """The edits of a link to the note, which stands in the file `source` then."""
        was = self.work.before.resolve(row)
        now = resolve(row.target, row.lookup, source, self.names, row.dialect)
        by_alias = row.lookup == "wiki" and was.via == now.via == "alias"
        if by_alias and now.status == "resolved" and now.target == self.into:
            return
        for edit in self.work.retargeted(row, self.path, self.into, source, None):
            is_target = edit.span == row.target_span
            words = self._words(row) if is_target else ""
            yield edit._replace(after=edit.after + words) if words else edit

    def _words(self, row: LinkRow) -> str:
        """What is put behind the target of a wikilink in a text that shows its name; "" where an
        embed, a property, a heading's address or words of its own do not."""
        in_text = row.form == "wikilink" and row.section >= 0 and not row.raw.startswith("!")
        if not in_text or row.subpath or row.display:
            return ""
        style = style_of(self.catalog, self.config, row.source)
        shown = path_parts(nfc(row.target).strip().rstrip("/").rpartition("/")[2]).name
        if style.braced or style.rooted or not shown:
            return ""  # a site that shows the title of the page
        if row.role == "canvas":
            return "|" + json.dumps(shown, ensure_ascii=False)[1:-1]
        in_table = is_in_table(self.work.texts[row.source], row.start)
        return ("\\|" if in_table else "|") + shown


def _taken_along(
    into: str, target: str, note: Note, host: Note, options: NoteOptions
) -> list[Edit] | None:
    """The edits that give the note `into` the tags and aliases of a merged note's properties; None
    where they cannot be written there."""
    there = {name_key(tag.name) for tag in host.tags}
    tags = [tag.name for tag in note.tags if tag.span.start < note.body]
    named = {name_key(alias) for alias in host.aliases}
    items = {
        "tags": [tag for tag in dict.fromkeys(tags) if name_key(tag) not in there],
        "aliases": [alias for alias in note.aliases if name_key(alias) not in named],
    }
    items = {key: values for key, values in items.items() if values}
    edits = add_items(into, target, items, options) if items else []
    return None if items and not edits else edits


def _check_reading(
    path: str, host: Note, alone: Note, whole: Note, gap: Span, merged: str, first: int
) -> None:
    """What is put behind `gap` must be read there as it is alone: not as code that is open there,
    and with the same links. first: the line of `path` at which it begins. Raises EditError."""
    at, lines = gap.start, Lines.of(merged)
    for region in whole.regions:
        if region.kind == "frontmatter" and not merged[at : region.span.end].strip():
            continue  # a note of nothing but properties, without a final newline
        begin = merged.rfind("\n", 0, region.span.start) + 1
        indented = merged.startswith(("    ", "\t"), begin)  # two pieces of such code become one
        if region.span.start < at < region.span.end and not indented:
            opened = region.span.of(merged).partition("\n")[0].strip()
            place = f"{whole.path}:{lines.line(region.span.start)}"
            raise EditError(f"it would be read otherwise: {opened}", place=place)
    there = whole.links[len(host.links) :]
    known = [
        {(link.raw, link.target, link.subpath) for link in links} for links in (alone.links, there)
    ]
    begins = _BEFORE.count("\n") + 1, lines.line(gap.end)
    for links, begin in zip((alone.links, there), begins, strict=True):
        for link in links:
            if not all((link.raw, link.target, link.subpath) in those for those in known):
                place = f"{path}:{first + link.line - begin}"
                raise EditError(f"it would be read otherwise: {link.raw}", place=place)


def _check_headings(
    catalog: Catalog, path: str, before: Outline, after: Outline, shift: int
) -> None:
    """Every heading that a link names must be found in the merged note, and be the same one."""
    for row in links_to(catalog, path):
        if not row.subpath or row.subpath[-1].startswith("^"):
            continue
        was = before.find(row.subpath)
        now = after.find(row.subpath)
        if was is not None and (now is None or now < shift):
            raise EditError(
                f"another heading would be what {row.raw} names", place=f"{row.source}:{row.line}"
            )
