"""Where things lead: what a link or tag means, who refers to it, what to show of it."""

from __future__ import annotations

import difflib

from vaultdots.editor.backlinks import Backlink, backlink
from vaultdots.editor.desk import Desk, Place, Sheet
from vaultdots.editor.model import Target
from vaultdots.graph.links import gives_backlink, placeholder_backlinks
from vaultdots.graph.placeholders import placeholder_path
from vaultdots.store.answers import LinkRow
from vaultdots.text.names import name_key
from vaultdots.text.spans import Span
from vaultdots.text.tuples import NamedTuple

_SHOWN = 600
"""Characters of a note that a hover shows."""


class Hover(NamedTuple):
    """Markdown to show, and the stretch of text that it is about."""

    markdown: str
    span: Span


def targets_of(desk: Desk, link: LinkRow) -> list[Target]:
    """The places that a link means: several where it is ambiguous, none where it leads nowhere."""
    if link.external:
        return []
    found = desk.read(link)
    if found.target is None:
        return []
    others = [path for path in found.candidates if path != found.target]
    return [_place_in(desk, path, link.subpath) for path in (found.target, *others)]


def _place_in(desk: Desk, path: str, subpath: tuple[str, ...]) -> Target:
    sheet = desk.sheet(path)
    if sheet is None:
        return Target(path, Span(0, 0), 1, "file")
    if subpath and subpath[-1].startswith("^"):
        block = sheet.blocks.get(subpath[-1][1:].lower())
        if block is not None:
            start, end, _ = block
            return Target(path, Span(start, end), sheet.lines.line(start), "block")
    elif subpath:
        _, ordinal = desk.resolver.subpath(path, subpath)
        if ordinal is not None:
            section = sheet.sections[ordinal]
            return Target(path, sheet.heading_span(section), section.line, "heading")
    return Target(path, Span(0, 0), 1, "note")


def definition(desk: Desk, path: str, offset: int) -> list[Target]:
    """What stands at an offset leads here: a link to its target, a tag to where it is used."""
    sheet = desk.sheet(path)
    if sheet is None:
        return []
    link = sheet.link_at(offset)
    if link is not None:
        return targets_of(desk, link)
    tag = sheet.tag_at(offset)
    if tag is not None:
        return [_target(desk, place, "tag") for place in tag_places(desk, tag[0])]
    return []


def _target(desk: Desk, place: Place, kind: str) -> Target:
    if place.line:
        return Target(place.path, place.span, place.line, kind, place.before, place.written)
    sheet = desk.sheet(place.path)
    line = sheet.lines.line(place.span.start) if sheet else 1
    return Target(place.path, place.span, line, kind)


def tag_places(desk: Desk, tag: str) -> list[Place]:
    """Where a tag is used, and those nested in it, by path and place."""
    desk.settle()
    key = name_key(tag)
    opened = desk.catalog.overlaid
    found = []
    for path, _, start, end, line, column, text in desk.catalog.tag_marks(key):
        if path in opened:
            continue
        if text is None:
            found.append(Place(path, Span(start, end)))
        else:
            before, written = text[: column - 1], text[column - 1 :]
            found.append(Place(path, Span(start, end), line, before, written))
    for path in opened:
        sheet = desk.sheet(path)
        for name, span in sheet.tags if sheet and not sheet.row.excluded else ():
            other = name_key(name)
            if other == key or other.startswith(f"{key}/"):
                found.append(Place(path, span))
    return sorted(found) if opened else found


def first_use(desk: Desk, tag: str) -> Place | None:
    """Where a tag stands first, in the note that was read first."""
    key = name_key(tag)
    ids = sorted(set(desk.catalog.notes_tagged(key)))
    for row in desk.catalog.notes_by_id(ids[:1]):
        sheet = desk.sheet(row.path)
        for name, span in sheet.tags if sheet else ():
            if name_key(name) == key or name_key(name).startswith(f"{key}/"):
                return Place(row.path, span)
    return None


def references(desk: Desk, path: str, offset: int, *, declaration: bool = False) -> list[Place]:
    """Who refers to what stands at an offset: a link's target, a heading, a block, a tag, an alias;
    anywhere else, to the note itself."""
    sheet = desk.sheet(path)
    if sheet is None:
        return []
    meant = referred_at(desk, sheet, offset)
    if meant is not None:
        places = references_to(desk, *meant)
        is_here = sheet.link_at(offset) is None
        return [Place(path, Span(0, 0)), *places] if declaration and is_here else places
    link = sheet.link_at(offset)
    if link is None and (tag := sheet.tag_at(offset)):
        return tag_places(desk, tag[0])
    if link is not None:
        if link.external:
            return [Place(row.source, row.span) for row in desk.catalog.links_out_to(link.target)]
        rows = placeholder_backlinks(desk.catalog, placeholder_path(link))
        return [Place(row.source, Span(row.start, row.end)) for row in rows]
    alias = sheet.alias_at(offset)
    return _by_alias(desk, path, alias[0]) if alias is not None else []


def referred_at(desk: Desk, sheet: Sheet, offset: int) -> tuple[str, tuple[str, ...]] | None:
    """The note, with the heading or block of it, whose references are asked for at an offset; None
    where it is something else: a tag, an alias, an address, a name without a note."""
    link = sheet.link_at(offset)
    if link is not None:
        target = None if link.external else desk.read(link).target
        return (target, link.subpath) if target is not None else None
    if sheet.tag_at(offset) or sheet.alias_at(offset):
        return None
    block = next(
        (id_ for id_, (start, end, _) in sheet.blocks.items() if start <= offset <= end + 8), None
    )
    heading = sheet.heading_at(offset)
    if heading is not None and heading.level > 0 and not _is_title(sheet, heading.headings):
        return sheet.path, heading.headings[-1:]
    if block is not None and f"^{block}" in _line_of(sheet, offset).lower():
        return sheet.path, (f"^{block}",)
    return sheet.path, ()


def _by_alias(desk: Desk, path: str, alias: str) -> list[Place]:
    """The links that mean a note by one of its aliases."""
    rows = desk.catalog.links_by_key([name_key(alias)])
    return [
        Place(row.source, row.span)
        for row in rows
        if not row.external and gives_backlink(row) and desk.resolver.resolve(row).target == path
    ]


def _is_title(sheet: Sheet, headings: tuple[str, ...]) -> bool:
    return len(headings) == 1 and name_key(headings[0]) == name_key(sheet.row.title)


def _line_of(sheet: Sheet, offset: int) -> str:
    span = sheet.line_span(sheet.lines.line(offset))
    return sheet.text[span.start : span.end]


def references_to(desk: Desk, path: str, subpath: tuple[str, ...] = ()) -> list[Place]:
    """The links that mean a note, or the same heading or block of it; its own ones too."""
    found = desk.backlinks(path) + links_to_itself(desk, path)
    if subpath:
        # A note that thousands name has a few headings: each way to name one is read once.
        same: dict[str | None, bool] = {}
        for link in found:
            if link.subpath not in same:
                same[link.subpath] = _is_same_part(desk, path, link.chain, subpath)
        found = [link for link in found if same[link.subpath]]
    return [desk.place_of(path, link) for link in found]


def _is_same_part(desk: Desk, path: str, chain: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    """Whether two subpaths mean one heading or block of a note."""
    is_block = wanted[-1].startswith("^")
    if not chain or chain[-1].startswith("^") != is_block:
        return False
    if is_block:
        return chain[-1].lower() == wanted[-1].lower()
    return desk.resolver.subpath(path, chain)[1] == desk.resolver.subpath(path, wanted)[1]


def links_to_itself(desk: Desk, path: str) -> list[Backlink]:
    """A note's links that mean the note."""
    sheet = desk.sheet(path)
    own = [row for row in sheet.links if not row.external and gives_backlink(row)] if sheet else []
    return [backlink(row) for row in own if desk.resolver.resolve(row).target == path]


# -- hover -----------------------------------------------------------------------------------------


def hover(desk: Desk, path: str, offset: int) -> Hover | None:
    """What is meant by what stands at an offset."""
    sheet = desk.sheet(path)
    if sheet is None:
        return None
    link = sheet.link_at(offset)
    if link is not None:
        return _of_link(desk, link)
    tag = sheet.tag_at(offset)
    if tag is not None:
        count = len(set(desk.catalog.notes_tagged(name_key(tag[0]))))
        return Hover(
            f"**#{tag[0]}** · {desk.say('{0} note' if count == 1 else '{0} notes', count)}", tag[1]
        )
    return None


def _of_link(desk: Desk, link: LinkRow) -> Hover | None:
    if link.external:
        return Hover(f"<{link.target}>", link.span)
    found = desk.read(link)
    if found.target is None:
        near = nearest(desk, link.target)
        said = desk.say("No note is called **{0}**.", link.target)
        if near:
            names = ", ".join(f"`{name}`" for name in near)
            said += "\n\n" + desk.say("Nearest: {0}", names)
        return Hover(said, link.span)
    shown = describe(desk, found.target, link.subpath)
    if found.status == "ambiguous":
        others = ", ".join(f"`{path}`" for path in found.candidates if path != found.target)
        shown += "\n\n" + desk.say("It may also mean {0}", others)
    return Hover(shown, link.span)


def describe(desk: Desk, path: str, subpath: tuple[str, ...] = ()) -> str:
    """A note or a part of it as Markdown: title, kind, year, backlinks, the beginning."""
    sheet = desk.sheet(path)
    if sheet is None:
        return f"`{path}`"
    row = sheet.row
    facts = [desk.translate(row.kind), str(row.year) if row.year else "", f"`{path}`"]
    count = len(desk.backlinks(path))
    facts.append(desk.say("{0} backlink" if count == 1 else "{0} backlinks", count))
    place = _place_in(desk, path, subpath)
    text = sheet.text[sheet.body :]
    if place.kind == "heading":
        section = next(one for one in sheet.sections if one.line == place.line)
        text = sheet.text[section.start : _end_of(sheet, section.ordinal)]
    elif place.kind == "block":
        text = place.span.of(sheet.text)
    elif subpath:
        is_block = subpath[-1].startswith("^")
        facts.append(desk.say("no such block") if is_block else desk.say("no such heading"))
    text = text.strip()
    if len(text) > _SHOWN:
        text = text[:_SHOWN].rsplit("\n", 1)[0] + "\n…"
    return f"**{row.title}** · {' · '.join(fact for fact in facts if fact)}\n\n{text}"


def _end_of(sheet: Sheet, ordinal: int) -> int:
    """Where a section ends with all that is nested in it."""
    level = sheet.sections[ordinal].level
    for section in sheet.sections[ordinal + 1 :]:
        if section.level <= level:
            return section.start
    return len(sheet.text)


_NEAREST = 3


def nearest(desk: Desk, name: str) -> list[str]:
    """The names most like one that no file has. An editor asks at each move of the cursor."""
    if name not in desk.near:
        desk.near[name] = _nearest(desk, name, _NEAREST)
    return desk.near[name]


def _nearest(desk: Desk, name: str, count: int) -> list[str]:
    last = name.rpartition("/")[2]
    likely = [one.spelled for one in desk.names.matching(last, count, via=_FILES)]
    if len(likely) < count:
        key = name_key(last)
        keys = {one.key: one.spelled for one in desk.names.alike(key, _ALIKE) if one.via in _FILES}
        close = difflib.get_close_matches(key, keys, n=count, cutoff=_ALIKE)
        likely += [keys[key] for key in close if keys[key] not in likely]
    return likely[:count]


_FILES = frozenset(("name", "alias", "title"))
_ALIKE = 0.6
"""What two names have in common, of 1, from which one may be meant by the other."""
