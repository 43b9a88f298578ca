"""New names for what notes hold: headings, block ids, tags, aliases; the links to them follow.

Pure: planned over the catalog and the texts that it has.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import get_close_matches

from vaultdots.edit.after import NamesAfter
from vaultdots.edit.following import (
    chain_of,
    followed,
    links_to,
    new_parts,
    outline_of,
    subpath_edit,
)
from vaultdots.edit.listed import without_item
from vaultdots.edit.model import Change, Edit, Move
from vaultdots.edit.moving_back import Former
from vaultdots.edit.properties import add_alias, quoted, set_title
from vaultdots.edit.spelling import written_target
from vaultdots.edit.splice import splice_text
from vaultdots.edit.texts import Read, Texts, id_place
from vaultdots.errors import EditError
from vaultdots.graph.links import Resolver
from vaultdots.graph.resolve import resolve
from vaultdots.note.frontmatter import cut
from vaultdots.note.model import Note, Section
from vaultdots.note.options import NoteOptions
from vaultdots.note.parse import parse_note
from vaultdots.note.paths import file_title, is_folder_note
from vaultdots.note.tags import is_tag
from vaultdots.note.targets import subpath_of
from vaultdots.store.catalog import Catalog
from vaultdots.text.names import name_key, nfc
from vaultdots.text.spans import Lines, Span

_BLOCK_ID = re.compile(r"[A-Za-z0-9-]+")
_HEADING_TAIL = re.compile(r"(?:\s+\^[A-Za-z0-9-]+|\s*\{:?\s*#[^{}]*\})\s*$")
_FEW = 6
"""Headings that are named where none is like what was asked for."""
_ALIASES = re.compile(
    r"^[ \t]*[\"']?(?:aliases|alias)[\"']?[ \t]*[:=]", re.IGNORECASE | re.MULTILINE
)


def plan_heading(
    catalog: Catalog, options: NoteOptions, read: Read, path: str, old: str, new: str
) -> Change:
    """A heading of the note at `path` gets another text. old: the heading, or a chain `A#B`.

    Raises EditError where there is no such heading, or where a link could not name its section
    any more.
    """
    texts = Texts(catalog, read)
    note = parse_note(path, texts[path], options)
    before = outline_of(note)
    chain = subpath_of(old.lstrip("#"))
    ordinal = before.find(chain) if chain else None
    if ordinal is None:
        ordinal = _as_written(note, old)
    if ordinal is None:
        raise no_heading(note, old)
    new = " ".join(nfc(new).split())
    if not new:
        raise EditError("a heading needs a text", place=path)
    edit = heading_edit(texts[path], note.sections[ordinal], path, new)
    after_text = splice_text(texts[path], [edit])
    after_note = parse_note(path, after_text, options)
    if len(after_note.sections) != len(note.sections):
        raise EditError(f"'{new}' would not be read as this heading", place=path)
    after = outline_of(after_note)
    shown = after_note.sections[ordinal].heading
    edits = [edit]
    for row in links_to(catalog, path):
        if not row.subpath or row.subpath[-1].startswith("^"):
            continue
        trail = before.trail(row.subpath)
        if not trail:
            continue
        parts = new_parts(row, note, trail, {ordinal: shown})
        if after.find(chain_of(row, parts)) != trail[-1]:
            raise EditError(
                f"another heading would be what {row.raw} names",
                place=f"{row.source}:{row.line}",
                hint="choose a heading that is not there yet",
            )
        found = subpath_edit(row, texts, parts)
        if found is not None:
            edits.append(found)
    return followed(texts, options, (), list(dict.fromkeys(edits)), operation="rename-heading")


def _as_written(note: Note, said: str) -> int | None:
    """The first section whose heading is spelled so; one with a `#` in it is no chain then."""
    key = name_key(said.strip())
    return next(
        (n for n, s in enumerate(note.sections) if s.level and name_key(s.heading) == key), None
    )


def no_heading(note: Note, said: str) -> EditError:
    """What to say where a note has no such heading: those that are like it, else the first ones."""
    known = list(dict.fromkeys(s.heading for s in note.sections if s.level and s.heading))
    folded = {name_key(heading): heading for heading in known}
    near = [folded[key] for key in get_close_matches(name_key(said.lstrip("# ")), folded)]
    shown = ", ".join(f"'{heading}'" for heading in near or known[:_FEW])
    hint = f"there are {shown}" if shown else ""
    return EditError(f"no heading '{said}'", place=note.path, hint=hint)


def plan_renames(
    texts: Texts,
    options: NoteOptions,
    moves: Sequence[Move],
    *,
    title: bool = False,
    alias: bool = False,
    keep_short: bool = False,
    former: Former | None = None,
) -> Change:
    """Moves, with what `dots mv` may do besides. title: a note's title becomes its new name, where
    it is a property or a heading. alias: its old title stays as an alias. Raises EditError."""
    catalog = texts.catalog
    edits: list[Edit] = []
    said: dict[str, str] = {}
    titled: set[str] = set()
    for old, new in _notes_of(catalog, moves) if title or alias else ():
        text = texts[old]
        note = parse_note(old, text, options)
        called = file_title(nfc(new), note.dialect)
        own: list[Edit] = []
        if title and note.title != called:
            if note.title_rule == "frontmatter":
                found = set_title(old, text, note, called, options)
                own += [found] if found is not None else []
            elif note.title_rule == "heading":
                head = next(s for s in note.sections if s.level == 1 and s.heading == note.title)
                chain = "#".join(head.headings)
                # The links to the note's headings follow below, with all that change.
                own.append(plan_heading(catalog, options, texts.read, old, chain, called).edits[0])
                titled.add(old)
        if alias and name_key(note.title) != name_key(called):
            found = add_alias(old, text, note.title, options)
            own += [found] if found is not None else []
        said[old] = splice_text(text, own)
        edits += own
    return followed(
        texts,
        options,
        moves,
        edits,
        said=said,
        titled=frozenset(titled),
        keep_short=keep_short,
        former=former,
    )


def _notes_of(catalog: Catalog, moves: Sequence[Move]) -> Iterator[Move]:
    """The notes that get another name by a move: themselves, or by their folder's."""
    for old, new in moves:
        if catalog.note(old) is not None:
            yield Move(old, new)
        elif catalog.role_of(old) is None:
            for path in catalog.all_paths():
                note = catalog.note(path) if path.rpartition("/")[0] == old else None
                if note is not None and is_folder_note(path, note.dialect):
                    yield Move(path, new + path[len(old) :])


def heading_edit(text: str, section: Section, path: str, new: str) -> Edit:
    """The edit that gives a section's heading another text; block id and attributes stay."""
    start = text.index(section.raw, section.span.start)
    tail = _HEADING_TAIL.search(section.raw)
    end = start + (tail.start() if tail else len(section.raw))
    if "\n" in section.raw[: end - start] or "\r" in section.raw[: end - start]:
        raise EditError(f"the heading '{section.heading}' has several lines", place=path)
    return Edit(path, Span(start, end), text[start:end], new, None)


def plan_block(
    catalog: Catalog, options: NoteOptions, read: Read, path: str, old: str, new: str
) -> Change:
    """A block id of the note at `path` gets another name. Raises EditError."""
    old, new = old.strip().lstrip("#").removeprefix("^"), new.strip().removeprefix("^")
    texts = Texts(catalog, read)
    text = texts[path]
    note = parse_note(path, text, options)
    blocks = {block.id.lower(): block for block in note.blocks}
    block = blocks.get(old.lower())
    if block is None:
        raise EditError(f"no block '^{old}'", place=path)
    if not _BLOCK_ID.fullmatch(new):
        raise EditError(f"'^{new}' is not a block id", place=path, hint="letters, digits, hyphens")
    if new.lower() in blocks and new.lower() != old.lower():
        raise EditError(f"the block '^{new}' is there already", place=path)
    start = id_place(text, Lines.of(text), block) + 1
    edits = [Edit(path, Span(start, start + len(block.id)), block.id, new, None)]
    for row in links_to(catalog, path):
        if row.subpath and row.subpath[-1].lower() == f"^{old.lower()}":
            found = subpath_edit(row, texts, [*[None] * (len(row.subpath) - 1), f"^{new}"])
            if found is not None:
                edits.append(found)
    return followed(texts, options, (), list(dict.fromkeys(edits)), operation="rename-block")


def plan_tag(catalog: Catalog, options: NoteOptions, read: Read, old: str, new: str) -> Change:
    """A tag and those nested in it get another name, in the text and in properties."""
    old, new = nfc(old).strip().lstrip("#").strip("/"), nfc(new).strip().lstrip("#").strip("/")
    if not is_tag(new):
        raise EditError(f"'{new}' is not a tag", hint="letters, digits, _ - / and not digits alone")
    depth = old.count("/") + 1
    texts = Texts(catalog, read)
    remarks: list[str] = []
    renamed: list[Edit] = []
    places = catalog.tag_places(name_key(old))
    merged = catalog.tag_places(name_key(new))
    there: dict[tuple[str, str], int] = {}
    for path, name, start, *_ in merged:
        if name_key(new) != name_key(old) and not name_key(name).startswith(f"{name_key(old)}/"):
            there.setdefault((path, name_key(name)), start)
    for path, name, start, end, line in places:
        if start == end:
            remarks.append(f"{path}:{line}: '{name}' is written with escapes and stays")
            continue
        written = texts[path][start:end]
        sign = "#" if written.startswith("#") else ""
        below = nfc(written).removeprefix("#").split("/")[depth:]
        after = sign + "/".join([new, *below])
        if after == written:
            there.setdefault((path, name_key(name)), start)
        else:
            renamed.append(Edit(path, Span(start, end), written, after, None))
    edits: list[Edit] = []
    for edit in renamed:
        taken = edits[-1].span.end if edits and edits[-1].path == edit.path else 0
        edits.append(_named_once(texts, edit, there, taken))
    if not edits and not remarks:
        raise EditError(f"no tag '#{old}'", hint="`dots tags` lists them")
    if name_key(new) != name_key(old) and merged:
        remarks.append(f"#{new} is there already: the two become one tag")
    change = followed(texts, options, (), edits, operation="rename-tag")
    return replace(change, remarks=(*remarks, *change.remarks))


def _named_once(texts: Texts, edit: Edit, there: dict[tuple[str, str], int], taken: int) -> Edit:
    """The edit of a tag; one of a list of properties that has its new name already goes instead.

    there: where a tag is written that stays, by path and name; what is renamed is put in. taken:
    where the edit before it in the same file ends.
    """
    block = cut(texts[edit.path])
    if block is None or edit.span.end > block.span.end:
        return edit
    place = edit.path, name_key(edit.after.removeprefix("#"))
    if there.get(place, block.span.end) < block.span.end:
        return without_item(edit.path, texts[edit.path], edit.span, taken) or edit
    there[place] = edit.span.start
    return edit


def plan_alias(
    catalog: Catalog, options: NoteOptions, read: Read, path: str, old: str, new: str
) -> Change:
    """An alias of the note at `path` gets another name; links by it follow. Raises EditError."""
    new = " ".join(nfc(new).split())
    texts = Texts(catalog, read)
    text = texts[path]
    note = parse_note(path, text, options)
    alias = next((one for one in note.aliases if name_key(one) == name_key(old)), None)
    if alias is None:
        known = ", ".join(f"'{one}'" for one in note.aliases)
        hint = f"it has {known}" if known else "it has none"
        raise EditError(f"no alias '{old}'", place=path, hint=hint)
    if not new:
        raise EditError("an alias needs a text", place=path)
    edit, told = _alias_edit(note, text, options, alias, new)
    after = NamesAfter(catalog, options, {path: path}, {path: splice_text(text, [edit])})
    edits = [edit]
    resolver = Resolver(catalog)
    for row in links_to(catalog, path):
        if name_key(row.target) != name_key(alias) or resolver.resolve(row).via != "alias":
            continue
        now = resolve(new, row.lookup, row.source, after.names, row.dialect)
        written = written_target(row, texts[row.source], new)
        if now.target != path or now.status != "resolved" or written is None:
            place = f"{row.source}:{row.line}"
            raise EditError(f"'{new}' would not name this note in {row.raw}", place=place)
        said = row.target_span.of(texts[row.source])
        edits.append(Edit(row.source, row.target_span, said, written))
    change = followed(texts, options, (), list(dict.fromkeys(edits)), operation="rename-alias")
    return replace(change, remarks=(*told, *change.remarks))


def _alias_edit(
    note: Note, text: str, options: NoteOptions, alias: str, new: str
) -> tuple[Edit, tuple[str, ...]]:
    """The edit after which a note is called `new` and not `alias`, in quotes where its properties
    need them, and what is to be told. Raises EditError."""
    path, block = note.path, cut(text)
    key = _ALIASES.search(text, 0, note.body)
    kind = block.kind if block is not None else "yaml"
    there = {name_key(one) for one in note.aliases} - {name_key(alias)}
    told: tuple[str, ...] = ()
    if name_key(new) in there:
        told = (f"{path}: '{new}' is an alias of it already: the two become one",)
    wanted = there | {name_key(new)}
    pattern = rf"(?<![^\s\[,:=])(?:{'|'.join(map(re.escape, _spelled(alias)))})(?![^\s,\]])"
    for match in re.compile(pattern).finditer(text, key.end(), note.body) if key else ():
        span = Span(*match.span())
        edit = Edit(path, span, match[0], _value_like(match[0], new, kind))
        # An alias that it has already: the old one goes, the links by it follow.
        edit = (without_item(path, text, span) if told else None) or edit
        now = parse_note(path, splice_text(text, [edit]), options).aliases
        if {name_key(one) for one in now} == wanted and (told or new in now):
            return edit, told
    raise EditError(f"'{new}' would not be read as an alias", place=path)


def _spelled(alias: str) -> list[str]:
    """How an alias may be written among the properties, in quotes and without."""
    plain, escaped = (json.dumps(alias, ensure_ascii=ascii) for ascii in (False, True))
    single = alias.replace("'", "''")
    return list(dict.fromkeys((plain, escaped, f"'{single}'", f"'{alias}'", alias)))


def _value_like(written: str, new: str, kind: str) -> str:
    """A value in the quotes that another has, or in those that it needs."""
    if written[:1] == "'" and "'" not in new:
        return f"'{new}'"
    if written[:1] == '"' or kind != "yaml":
        return json.dumps(new, ensure_ascii=False)
    return "'" + new.replace("'", "''") + "'" if written[:1] == "'" else quoted(new)
