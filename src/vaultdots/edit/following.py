"""The links that follow what a change names anew: files that move, and titles, aliases and headings
that read otherwise, for a link, a tag or a text in them does.

Each of these may stand in a title or a heading itself, so it is gone round until nothing changes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from vaultdots.edit.model import Change, Edit, Move
from vaultdots.edit.moving import moved_files, plan_moves
from vaultdots.edit.moving_back import Former
from vaultdots.edit.naming import in_heading, named_anew
from vaultdots.edit.spelling import written_subpath
from vaultdots.edit.splice import splice_text
from vaultdots.edit.texts import Texts
from vaultdots.graph.links import Resolver, naming_keys
from vaultdots.graph.outline import Outline
from vaultdots.note.frontmatter import cut
from vaultdots.note.headings import heading_keys, heading_slug
from vaultdots.note.model import Note
from vaultdots.note.options import NoteOptions
from vaultdots.note.parse import parse_note
from vaultdots.note.paths import note_ending
from vaultdots.store.answers import LinkRow, SectionRow
from vaultdots.store.catalog import Catalog
from vaultdots.text.spans import Span

NOT_IN_CHAIN = re.compile(r"[#|^\[\]\r\n]|%%")
_ROUNDS = 8
"""Of links to headings in headings until none reads otherwise for another."""
_KEY = re.compile(r"^[\"']?([A-Za-z][\w-]*)[\"']?[ \t]*[:=]", re.MULTILINE)
_NAMING = frozenset(("title", "alias", "aliases"))


def followed(
    texts: Texts,
    options: NoteOptions,
    moves: Sequence[Move],
    edits: Sequence[Edit],
    *,
    said: Mapping[str, str] | None = None,
    titled: frozenset[str] = frozenset(),
    keep_short: bool = False,
    former: Former | None = None,
    operation: str = "mv",
) -> Change:
    """The change that makes `moves` and `edits`, and every link that follows. Raises EditError.

    said: what notes say with `edits`, where that is another name. titled: the notes whose title is
    a heading that `edits` write anew. keep_short, former: as in `plan_moves`.
    """
    own = list(edits)
    names = dict(said or {})
    names |= _named(texts, options, moves, own, own, but=names)
    in_own = {edit.path for edit in own if in_heading(texts, edit.path, edit.span.start)}
    for _ in range(_ROUNDS):
        change, headed = Change(operation, tuple(own)), set[str]()
        if moves or names:
            change, headed = plan_moves(
                texts,
                options,
                moves,
                said=names,
                edits=own,
                keep_short=keep_short,
                former=former,
                operation=operation,
            )
        planned = set(change.edits)
        change = _with_links_to_headings(
            texts, options, change, headed | in_own, titled, former or {}
        )
        # A title may hold a link of which the heading alone is another.
        fresh = [edit for edit in change.edits if edit not in planned]
        found = _named(texts, options, moves, fresh, change.edits)
        if all(names.get(path) == text for path, text in found.items()):
            break
        names |= found
        own = [*edits, *(edit for edit in fresh if edit.path in found)]
    return change


def _named(
    texts: Texts,
    options: NoteOptions,
    moves: Sequence[Move],
    fresh: Iterable[Edit],
    edits: Sequence[Edit],
    but: Iterable[str] = (),
) -> dict[str, str]:
    """What the notes say after `edits` which one of `fresh` gives another name."""
    paths = {edit.path for edit in fresh if _may_name(texts, edit)} - set(but)
    files = moved_files(texts.catalog, moves) if paths else {}
    found: dict[str, str] = {}
    for path in sorted(paths):
        among = [edit for edit in edits if edit.path == path]
        found |= named_anew(texts, options, files, path, among)
    return found


def _may_name(texts: Texts, edit: Edit) -> bool:
    """Whether a note may be called by what stands at an edit: its title, an alias or a heading."""
    if not note_ending(edit.path):
        return False
    text = texts[edit.path]
    block = cut(text)
    if block is None or edit.span.start >= block.body:
        return in_heading(texts, edit.path, edit.span.start)
    keys = [match[1].lower() for match in _KEY.finditer(text, 0, edit.span.start + 1)]
    return bool(keys) and keys[-1] in _NAMING


def _with_links_to_headings(
    texts: Texts,
    options: NoteOptions,
    change: Change,
    headed: set[str],
    titled: frozenset[str],
    former: Former,
) -> Change:
    """The change, with the links to headings that get another text. headed: the notes that may have
    a heading in which a link does. titled: those whose title is a heading that does; links say it
    as it is spelled then."""
    headed = headed | titled
    found: dict[tuple[str, Span], Edit | None] = {}
    edits, remarks = list(change.edits), list[str]()
    for _ in range(_ROUNDS):
        was, found, remarks = found, {}, []
        again = False
        for path in sorted(filter(note_ending, headed)):
            for row, edit, is_gone in _to_headings(
                texts, options, change, edits, path, path in titled, former
            ):
                assert row.subpath_span is not None
                found[row.source, row.subpath_span] = edit
                if is_gone:
                    remarks.append(
                        f"{row.source}:{row.line}: {row.raw} names a heading that is gone"
                    )
                if in_heading(texts, row.source, row.start):
                    # It stands in a heading itself, which reads otherwise then.
                    headed.add(row.source)
                    again = True
        edits = [edit for edit in change.edits if (edit.path, edit.span) not in found]
        edits += [edit for edit in found.values() if edit is not None]
        if not again or found == was:
            break
    edits = list(dict.fromkeys(edits))
    return replace(change, edits=tuple(edits), remarks=(*change.remarks, *remarks))


def _to_headings(
    texts: Texts,
    options: NoteOptions,
    change: Change,
    edits: Sequence[Edit],
    path: str,
    titled: bool,
    former: Former,
) -> Iterator[tuple[LinkRow, Edit | None, bool]]:
    """The links to headings of the note at `path` that `edits` give another text, with the edit
    that names it anew, and whether none does. A link that a move back gave a heading which is not
    there has no edit and keeps the one that it says."""
    among = [edit for edit in edits if edit.path == path]
    note = parse_note(path, texts[path], options)
    now = parse_note(path, splice_text(texts[path], among), options)
    if len(now.sections) != len(note.sections):
        return
    pairs = zip(note.sections, now.sections, strict=True)
    renamed = {n: new.heading for n, (old, new) in enumerate(pairs) if old.raw != new.raw}
    written = {(edit.path, edit.span) for edit in change.edits} if former else set()
    before, after = outline_of(note), outline_of(now)
    for row in links_to(texts.catalog, path) if renamed or former else ():
        trail = before.trail(row.subpath) if row.subpath else ()
        if not trail or row.subpath_span is None:
            continue
        is_restored = (row.source, row.subpath_span) in written
        if is_restored and after.find(former[row.source, row.number].parts) == trail[-1]:
            continue
        is_kept = after.find(row.subpath) == trail[-1]
        if is_kept and not titled:
            if is_restored:
                yield row, None, False
            continue
        parts = new_parts(row, note, trail, renamed)
        found = subpath_edit(row, texts, parts)
        if found is not None and after.find(chain_of(row, parts)) == trail[-1]:
            yield row, found, False
        elif is_restored or not is_kept:
            yield row, None, not is_kept


def new_parts(
    row: LinkRow, note: Note, trail: Sequence[int], renamed: Mapping[int, str]
) -> list[str | None]:
    """The parts of a link's chain that name renamed headings, as they shall be; None for the
    others. renamed: ordinal → the heading's new text."""
    found: list[str | None] = []
    for part, at in zip(row.subpath, trail, strict=True):
        new = renamed.get(at)
        if new is None:
            found.append(None)
            continue
        old = note.sections[at].heading
        if part == heading_slug(old) != old:
            found.append(heading_slug(new))
        elif row.form in ("wikilink", "braced", "json"):
            found.append(" ".join(NOT_IN_CHAIN.sub(" ", new).split()))
        else:
            found.append(" ".join(new.replace("#", " ").split()))
    return found


def chain_of(row: LinkRow, parts: Sequence[str | None]) -> tuple[str, ...]:
    """A link's subpath with its new parts."""
    return tuple(was if now is None else now for was, now in zip(row.subpath, parts, strict=True))


def subpath_edit(row: LinkRow, texts: Texts, parts: Sequence[str | None]) -> Edit | None:
    """The edit that gives a link's chain its new parts, where it has any."""
    span = row.subpath_span
    if span is None or not any(parts):
        return None
    text = texts[row.source]
    written = written_subpath(row, text, parts)
    if written is None or written == span.of(text):
        return None
    return Edit(row.source, span, span.of(text), written)


def outline_of(note: Note) -> Outline:
    """A parsed note's headings, as a link's subpath finds them."""
    return Outline(
        [
            SectionRow(
                0, 0, s.ordinal, s.level, s.headings,
                heading_keys(s.raw, s.heading) if s.level else (),
                s.repeat, s.line, s.span.start, s.body, s.span.end,
            )
            for s in note.sections
        ]
    )  # fmt: skip


def links_to(catalog: Catalog, path: str, *, with_subpath: bool = False) -> Iterator[LinkRow]:
    """Every link that means the file at `path`: of every kind, in every file, its own too.
    with_subpath: those alone that name a heading or block of it."""
    resolver = Resolver(catalog)
    own = [row for row in catalog.links_of(path) if row.key is None]
    for row in (*own, *catalog.links_by_key(naming_keys(catalog, path), excluded=True)):
        if row.external or (with_subpath and not row.subpath):
            continue
        if row.key is None or resolver.resolve(row).target == path:
            yield row
