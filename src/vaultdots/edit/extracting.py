"""A section, or what a person chose, becomes a note of its own; links and references follow.

Pure: planned over the catalog and the texts that it has. Every link is tried against the names as
they will be.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from vaultdots.edit.after import NamesAfter
from vaultdots.edit.following import links_to, outline_of
from vaultdots.edit.footnotes import footnotes_of
from vaultdots.edit.model import Change, Edit, NewFile
from vaultdots.edit.properties import line_end, quoted
from vaultdots.edit.renaming import no_heading
from vaultdots.edit.same_place import to_the_same_place
from vaultdots.edit.spelling import Named, means_what_it_says, spellings, written_target
from vaultdots.edit.splice import splice_text
from vaultdots.edit.texts import Read, Texts, id_place
from vaultdots.errors import EditError
from vaultdots.graph.links import Resolver
from vaultdots.graph.new_link import is_in_table, style_of, write_link
from vaultdots.graph.outline import Outline
from vaultdots.graph.resolve import resolve
from vaultdots.note import frontmatter
from vaultdots.note.definitions import read_definitions
from vaultdots.note.model import Note
from vaultdots.note.options import NoteOptions
from vaultdots.note.parse import parse_note
from vaultdots.note.paths import file_title, path_parts
from vaultdots.note.targets import subpath_of
from vaultdots.store.answers import LinkRow
from vaultdots.store.catalog import Catalog
from vaultdots.store.config import Config
from vaultdots.text.spans import Lines, Span, in_any
from vaultdots.text.tuples import NamedTuple

_NOT_IN_WORDS = re.compile(r"[|\[\]\r\n$]")


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
    note = parse_note(path, texts[path], config.options)
    chain = subpath_of(heading.lstrip("#"))
    ordinal = outline_of(note).find(chain) if chain else None
    if ordinal is None:
        raise no_heading(note, heading)
    section = note.sections[ordinal]
    rest = note.sections[ordinal + 1 :]
    last = next((s.ordinal for s in rest if s.level <= section.level), len(note.sections))
    span = Span(section.span.start, note.sections[last - 1].span.end)
    return _extracted(texts, config, note, span, new, section.heading, embed=embed)


def plan_extract_text(
    catalog: Catalog, config: Config, read: Read, path: str, span: Span, new: str
) -> Change:
    """What a person chose of a note's text becomes the note `new`, and a link stays in its place.
    Raises EditError."""
    texts = Texts(catalog, read)
    note = parse_note(path, texts[path], config.options)
    chosen = span.of(texts[path])
    start = span.start + len(chosen) - len(chosen.lstrip())
    inner = Span(start, span.start + len(chosen.rstrip()))
    if inner.end <= inner.start or inner.start < note.body:
        raise EditError("the selection is empty", place=path)
    return _extracted(texts, config, note, inner, new, file_title(new, note.dialect))


def _extracted(
    texts: Texts,
    config: Config,
    note: Note,
    span: Span,
    new: str,
    title: str,
    *,
    embed: bool = False,
) -> Change:
    """The change by which `span` of a note becomes the note `new`. title: what it is about."""
    catalog, path, text = texts.catalog, note.path, texts[note.path]
    if catalog.role_of(new) is not None:
        raise EditError("it is there already", place=new, hint="nothing was written")
    outline = outline_of(note)
    notes = footnotes_of(note, text, span)
    piece = span.of(text)
    body = piece.rstrip() + line_end(text)
    work = Work(catalog, config.options, texts, {new: body})
    inside = _Inside.of(note, text, span)
    inner: list[Edit] = []
    for row in catalog.links_of(path):
        if not row.external and in_any(row.start, (span, *notes.along)):
            inner += work.carried(row, note, outline, inside, new)
    if any(not in_any(edit.span.start, (span, *notes.along)) for edit in inner):
        raise EditError(
            "a definition that the section uses stands elsewhere in its note", place=path
        )
    outer: list[Edit] = []
    for row in links_to(catalog, path, with_subpath=True):
        at_home = row.source == path and (
            (in_any(row.start, (span,)) and not in_any(row.start, notes.behind))
            or in_any(row.start, notes.gone)
        )
        if not at_home and inside.is_named(row, outline):
            outer += work.retargeted(row, path, new, row.source, inside.beginning(row, outline))
    newline = line_end(text)
    dropped = [Edit(path, one, one.of(text), "", None) for one in notes.dropped]
    moved = _spliced(text, span, [*inside.promoted(note, text, span), *inner], dropped).rstrip()
    moved += newline + _definitions(text, note, span)
    along = [_spliced(text, one, inner).rstrip() for one in notes.along]
    moved += newline + newline.join(along) + newline if along else ""
    style = style_of(catalog, config, path)
    in_table = is_in_table(text, span.start)
    is_post = note.dialect == "jekyll" and file_title(new, "jekyll") != path_parts(new).name
    words = title if is_post and not _NOT_IN_WORDS.search(title) else None  # its name is no heading
    link = write_link(work.after, style, path, new, words, dialect=note.dialect, in_table=in_table)
    if link is None:
        raise EditError("no link can name the new note", place=new)
    link = ("!" if embed else "") + link
    stays = [_spliced(text, one, outer).rstrip() for one in notes.behind]
    left = newline.join((link, *([""] if stays else []), *stays))
    left += piece[len(piece.rstrip()) :]
    outer = [edit for edit in outer if edit.path != path or not in_any(edit.span.start, (span,))]
    edits = [Edit(path, span, piece, left, None), *dict.fromkeys(outer)]
    edits += [Edit(path, one, one.of(text), "", None) for one in notes.gone]
    after = splice_text(text, [edit for edit in edits if edit.path == path])
    if not any(one.raw == link for one in parse_note(path, after, config.options).links):
        # Inside of code, or beside a `$` that makes it math.
        line = Lines.of(text).line(span.start)
        raise EditError(f"it would be read otherwise: {link}", place=f"{path}:{line}")
    fresh = _properties(text, note, title) + moved
    return Change("extract", tuple(edits), new_files=(NewFile(new, fresh),))


class _Inside(NamedTuple):
    """What can be named in a stretch of a note. sections: their ordinals; blocks: ids in lower
    case."""

    sections: range
    blocks: frozenset[str]

    @classmethod
    def of(cls, note: Note, text: str, span: Span) -> _Inside:
        """What begins in the stretch `span`."""
        found = [s.ordinal for s in note.sections if s.level and in_any(s.span.start, (span,))]
        lines = Lines.of(text)
        blocks = (b.id.lower() for b in note.blocks if in_any(id_place(text, lines, b), (span,)))
        sections = range(found[0], found[-1] + 1) if found else range(0)
        return cls(sections, frozenset(blocks))

    def is_named(self, row: LinkRow, outline: Outline) -> bool:
        """Whether a link to the note names one of these headings or blocks."""
        if not row.subpath:
            return False
        last = row.subpath[-1]
        if last.startswith("^"):
            return last[1:].lower() in self.blocks
        return outline.find(row.subpath) in self.sections

    def beginning(self, row: LinkRow, outline: Outline) -> int | None:
        """The first part of a chain that is inside; the ones above it are in the other note."""
        trail = outline.trail(row.subpath)
        return next((n for n, ordinal in enumerate(trail) if ordinal in self.sections), None)

    def promoted(self, note: Note, text: str, span: Span) -> Iterator[Edit]:
        """The heading with which it begins becomes the new note's first level, those below it
        follow. A heading in a quote or an underlined one stays as it is."""
        inside = [note.sections[ordinal] for ordinal in self.sections]
        level = min((section.level for section in inside), default=1)
        if level < 2 or inside[0].span.start != span.start or inside[0].level != level:
            return
        for section in inside:
            at = section.span.start
            if text.startswith("#" * section.level, at):
                yield Edit(note.path, Span(at, at + level - 1), "#" * (level - 1), "", None)


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


class Work:
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
        self, row: LinkRow, note: Note, outline: Outline, inside: _Inside, new: str
    ) -> Iterator[Edit]:
        """The edits of a link that goes with its section into another note."""
        was = self.before.resolve(row)
        if was.target is None:
            yield from self.elsewhere(row, note.dialect, new)
        elif was.target != note.path:
            yield from self.retargeted(row, was.target, was.target, new, None)
        elif inside.is_named(row, outline):
            beginning = inside.beginning(row, outline)
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
