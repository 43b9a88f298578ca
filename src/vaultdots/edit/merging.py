"""A note goes into another one; links and references follow.

Pure: planned over the catalog and the texts that it has.
"""

from __future__ import annotations

from vaultdots.edit.extracting import Work
from vaultdots.edit.following import links_to, outline_of
from vaultdots.edit.footnotes import other_labels
from vaultdots.edit.model import Change, Delete, Edit
from vaultdots.edit.properties import add_items, line_end
from vaultdots.edit.splice import splice_text
from vaultdots.edit.texts import Read, Texts
from vaultdots.errors import EditError
from vaultdots.graph.outline import Outline
from vaultdots.note.model import Note
from vaultdots.note.options import NoteOptions
from vaultdots.note.parse import parse_note
from vaultdots.store.catalog import Catalog
from vaultdots.store.config import Config
from vaultdots.text.names import name_key
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
    work = Work(catalog, config.options, texts, {}, gone={path})
    inner: list[Edit] = []
    outer: list[Edit] = []
    for row in catalog.links_of(path):
        if not row.external and row.start >= note.body:  # its properties do not go along
            was = work.before.resolve(row)
            if was.target == into and row.target:
                inner += work.retargeted(row, into, into, into, None)
            elif was.target == path and row.target:
                inner += work.retargeted(row, path, into, into, None)
            elif was.target is None:
                inner += work.elsewhere(row, note.dialect, into)
            elif was.target != path:
                inner += work.retargeted(row, was.target, was.target, into, None)
    for row in links_to(catalog, path):
        if row.source != path:
            outer += work.retargeted(row, path, into, row.source, None)
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
    taken = _taken_along(into, target, note, host, config.options)
    kept = {"tags", "aliases"} if taken is not None else set()
    left = ", ".join(item.key for item in note.properties if item.key.lower() not in kept)
    remarks = (f"{path}: left out are its properties {left}",) if left else ()
    edits = (*(taken or ()), Edit(into, Span(at, at), "", gap + body, None), *dict.fromkeys(outer))
    return Change("merge", edits, deletes=(Delete(path),), remarks=remarks)


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
