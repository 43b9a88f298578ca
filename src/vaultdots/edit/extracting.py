"""A section becomes a note of its own, and a note goes into another; links and references follow.

Pure: planned over the catalog and the texts that it has. Every link is tried against the names as
they will be.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from vaultdots.edit.after import NamesAfter
from vaultdots.edit.footnotes import footnotes_of, other_labels
from vaultdots.edit.model import Change, Delete, Edit, NewFile
from vaultdots.edit.properties import add_items, line_end, quoted
from vaultdots.edit.renaming import links_to, no_heading, outline_of
from vaultdots.edit.same_place import to_the_same_place
from vaultdots.edit.spelling import Named, means_what_it_says, spellings, written_target
from vaultdots.edit.splice import splice_text
from vaultdots.edit.texts import Read, Texts
from vaultdots.errors import EditError
from vaultdots.graph.links import Resolver
from vaultdots.graph.new_link import style_of, write_link
from vaultdots.graph.outline import Outline
from vaultdots.graph.resolve import resolve
from vaultdots.note import frontmatter
from vaultdots.note.definitions import read_definitions
from vaultdots.note.model import Note
from vaultdots.note.options import NoteOptions
from vaultdots.note.parse import parse_note
from vaultdots.note.targets import subpath_of
from vaultdots.store.answers import LinkRow
from vaultdots.store.catalog import Catalog
from vaultdots.store.config import Config
from vaultdots.text.names import name_key
from vaultdots.text.spans import Span, in_any

_BEFORE = "x\n\n"
"""Before what is read as the end of a note: there, `---` opens no properties."""
_HASHES = re.compile(r"#{1,6}(?=[ \t])")


def plan_extract(
    catalog: Catalog,
    config: Config,
    read: Read,
    path: str,
    heading: str,
    new: str,
    *,
    embed: bool = False,
) -> Change:
    """The section `heading` (a heading or a chain `A#B`) of a note, with what stands below it,
    becomes the note `new`; a link stays behind, or an embed. Raises EditError."""
    texts = Texts(catalog, read)
    text = texts[path]
    note = parse_note(path, text, config.options)
    chain = subpath_of(heading.lstrip("#"))
    outline = outline_of(note)
    ordinal = outline.find(chain) if chain else None
    if ordinal is None:
        raise no_heading(note, heading)
    if catalog.role_of(new) is not None:
        raise EditError("it is there already", place=new, hint="nothing was written")
    level = note.sections[ordinal].level
    rest = note.sections[ordinal + 1 :]
    last = next((s.ordinal for s in rest if s.level <= level), len(note.sections))
    span = Span(note.sections[ordinal].span.start, note.sections[last - 1].span.end)
    notes = footnotes_of(note, text, span)
    piece = span.of(text)
    body = piece.rstrip() + line_end(text)
    work = _Work(catalog, config.options, texts, {new: body})
    inside = range(ordinal, last)
    inner: list[Edit] = []
    for row in catalog.links_of(path):
        if not row.external and (row.section in inside or in_any(row.start, notes.along)):
            inner += work.carried(row, note, outline, inside, new)
    if any(not in_any(edit.span.start, (span, *notes.along)) for edit in inner):
        raise EditError(
            "a definition that the section uses stands elsewhere in its note", place=path
        )
    outer: list[Edit] = []
    for row in links_to(catalog, path):
        at_home = row.source == path and (
            (row.section in inside and not in_any(row.start, notes.behind))
            or in_any(row.start, notes.gone)
        )
        if not at_home and _names(row, note, outline, inside):
            outer += work.retargeted(row, path, new, row.source, _beginning(row, outline, inside))
    newline = line_end(text)
    dropped = [Edit(path, one, one.of(text), "", None) for one in notes.dropped]
    moved = _spliced(text, span, [*_promoted(note, inside, level), *inner], dropped).rstrip()
    moved += newline + _definitions(text, note, span)
    along = [_spliced(text, one, inner).rstrip() for one in notes.along]
    moved += newline + newline.join(along) + newline if along else ""
    style = style_of(catalog, config, path)
    link = write_link(work.after, style, path, new, None, dialect=note.dialect)
    if link is None:
        raise EditError("no link can name the new note", place=new)
    stays = [_spliced(text, one, outer).rstrip() for one in notes.behind]
    left = newline.join((("!" if embed else "") + link, *([""] if stays else []), *stays))
    left += piece[len(piece.rstrip()) :]
    outer = [edit for edit in outer if edit.path != path or not in_any(edit.span.start, (span,))]
    edits = [Edit(path, span, piece, left, None), *dict.fromkeys(outer)]
    edits += [Edit(path, one, one.of(text), "", None) for one in notes.gone]
    fresh = _properties(text, note, note.sections[ordinal].heading) + moved
    return Change("extract", tuple(edits), new_files=(NewFile(new, fresh),))


def _properties(text: str, note: Note, title: str) -> str:
    """What a page of a site begins with: a generator passes over a file without properties. Its
    title, and the layout that Jekyll is told."""
    block = frontmatter.cut(text)
    if block is None or block.kind == "json" or note.dialect not in ("hugo", "jekyll"):
        return ""
    toml = block.kind == "toml"
    values = {
        item.key: item.value
        for item in note.properties
        if item.key == "layout" and isinstance(item.value, str)
    } | {"title": title}
    rows = [
        f"{key} = {json.dumps(value, ensure_ascii=False)}" if toml else f"{key}: {quoted(value)}"
        for key, value in values.items()
    ]
    fence = "+++" if toml else "---"
    newline = line_end(text)
    return newline.join((fence, *rows, fence, "", ""))


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
    work = _Work(catalog, config.options, texts, {}, gone={path})
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
    _check_reading(path, host, alone, whole, at, merged)
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


def _check_reading(path: str, host: Note, alone: Note, whole: Note, at: int, merged: str) -> None:
    """What is put behind `at` must be read there as it is alone: not as code that is open there,
    and with the same links. Raises EditError."""
    for region in whole.regions:
        if region.kind == "frontmatter" and not merged[at : region.span.end].strip():
            continue  # a note of nothing but properties, without a final newline
        begin = merged.rfind("\n", 0, region.span.start) + 1
        indented = merged.startswith(("    ", "\t"), begin)  # two pieces of such code become one
        if region.span.start < at < region.span.end and not indented:
            opened = region.span.of(merged).partition("\n")[0].strip()
            raise EditError(f"it would be read otherwise: {opened}", place=whole.path)
    there = whole.links[len(host.links) :]
    known = [
        {(link.raw, link.target, link.subpath) for link in links} for links in (alone.links, there)
    ]
    for link in (*alone.links, *there):
        if not all((link.raw, link.target, link.subpath) in links for links in known):
            raise EditError(f"it would be read otherwise: {link.raw}", place=path)


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


class _Work:
    """Links written anew for names that come and go."""

    def __init__(
        self,
        catalog: Catalog,
        options: NoteOptions,
        texts: Texts,
        added: Mapping[str, str],
        gone: set[str] | None = None,
    ) -> None:
        self.texts = texts
        self.before = Resolver(catalog)
        self.after = NamesAfter(catalog, options, {}, added=added, gone=gone)

    def carried(
        self, row: LinkRow, note: Note, outline: Outline, inside: range, new: str
    ) -> Iterator[Edit]:
        """The edits of a link that goes with its section into another note."""
        was = self.before.resolve(row)
        if was.target is None:
            yield from self.elsewhere(row, note.dialect, new)
        elif was.target != note.path:
            yield from self.retargeted(row, was.target, was.target, new, None)
        elif _names(row, note, outline, inside):
            beginning = _beginning(row, outline, inside)
            if row.target:
                yield from self.retargeted(row, note.path, new, new, beginning)
        else:
            yield from self.retargeted(row, note.path, note.path, new, None)

    def elsewhere(self, row: LinkRow, dialect: str, new: str) -> Iterator[Edit]:
        """The edit of a link to no note that goes into the note `new`: see `to_the_same_place`."""
        names, _ = to_the_same_place(row, new, {})
        text, span = self.texts[row.source], row.target_span
        for name in names:
            if resolve(name, row.lookup, new, self.after.names, dialect).target is None:
                written = written_target(row, text, name)
                if written is not None and means_what_it_says(row, text):
                    yield Edit(row.source, span, span.of(text), written, None)
                return

    def retargeted(
        self, row: LinkRow, old: str, new: str, source: str, beginning: int | None
    ) -> Iterator[Edit]:
        """The edits after which a link that means `old` means `new`, from the file `source`.

        beginning: the part of the subpath with which it begins from now on.
        """
        text = self.texts[row.source]
        name = self._name(row, text, old, new, source)
        if name is None:
            place = f"{row.source}:{row.line}"
            raise EditError(f"no link of this form can name '{new}': {row.raw}", place=place)
        written = written_target(row, text, name)
        span = row.target_span
        if written is not None and written != span.of(text):
            yield Edit(row.source, span, span.of(text), written, None)
        if beginning and row.subpath_span is not None:
            cut = row.subpath_span
            pieces = cut.of(text).split("#")
            filled = [n for n, piece in enumerate(pieces) if piece.strip()]
            kept = "#".join(pieces[filled[beginning] :])
            yield Edit(row.source, cut, cut.of(text), kept, None)

    def _name(self, row: LinkRow, text: str, old: str, new: str, source: str) -> str | None:
        """The nearest spelling that means `new`; what is written where that does."""
        here, there = row.source.rpartition("/")[0], source.rpartition("/")[0]
        one, other = self.after.named(old)[0], self.after.named(new)[1]
        if row.target:
            found = [*spellings(row.target, row.lookup, one, other, here, there)]
            if old == new and here == there:
                found.insert(0, row.target)
        else:
            found = _plain_names(row.lookup, other, there)
        for name in dict.fromkeys(found):
            now = resolve(name, row.lookup, source, self.after.names, row.dialect)
            sure = now.status == "resolved" and now.via not in ("alias", "title")
            if now.target == new and sure and written_target(row, text, name) is not None:
                return name
        return None


def _plain_names(lookup: str, named: Named, there: str) -> list[str]:
    """Names for a link that had none, for it stood in the note itself."""
    bare = named.refs["name"]
    if lookup == "wiki":
        return [bare.rpartition("/")[2], bare, f"/{bare}"]
    return [posixpath.relpath(named.path, there or ".")]


def _names(row: LinkRow, note: Note, outline: Outline, inside: range) -> bool:
    """Whether a link to the note names a heading or block of the sections `inside`."""
    if not row.subpath:
        return False
    last = row.subpath[-1]
    if last.startswith("^"):
        block = next((b for b in note.blocks if b.id.lower() == last[1:].lower()), None)
        if block is None:
            return False
        return any(
            note.sections[n].span.start <= block.span.start < note.sections[n].span.end
            for n in inside
        )
    return outline.find(row.subpath) in inside


def _beginning(row: LinkRow, outline: Outline, inside: range) -> int | None:
    """The first part of a chain that is inside; the ones above it are in the other note."""
    trail = outline.trail(row.subpath)
    return next((n for n, ordinal in enumerate(trail) if ordinal in inside), None)


def _promoted(note: Note, inside: range, level: int) -> Iterator[Edit]:
    """The section's heading becomes the new note's first level, those below it follow."""
    for ordinal in inside:
        section = note.sections[ordinal]
        # A heading in a quote or an underlined one stays as it is.
        start = section.span.start
        hashes = "#" * section.level
        if level > 1:
            yield Edit(note.path, Span(start, start + level - 1), hashes[: level - 1], "", None)


def _spliced(text: str, piece: Span, edits: Iterable[Edit], deletions: Sequence[Edit] = ()) -> str:
    """A piece of a note's text with those of its edits that stand in it and in no deletion."""
    gone = [edit.span for edit in deletions]
    found = [
        edit
        for edit in dict.fromkeys(edits)
        if in_any(edit.span.start, (piece,)) and not in_any(edit.span.start, gone)
    ]
    return splice_text(text[: piece.end], [*found, *deletions])[piece.start :]


def _definitions(text: str, note: Note, span: Span) -> str:
    """The reference definitions that the section uses and that stand elsewhere in its note."""
    used = [
        link
        for link in note.links
        if link.form == "reference"
        and span.start <= link.span.start < span.end
        and not span.start <= link.target_span.start < span.end
    ]
    found: dict[int, str] = {}
    for region in note.regions:
        if region.kind != "definition":
            continue
        at = region.span.start
        for definition in read_definitions(text, *region.span):
            if any(
                definition.address.start <= link.target_span.start <= definition.address.end
                for link in used
            ):
                found[definition.address.start] = text[at : definition.end].strip()
            at = definition.end
    newline = line_end(text)
    return newline + newline.join(found.values()) + newline if found else ""
