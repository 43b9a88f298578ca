"""Renames from the screen: what stands at the cursor, and the change that gives it another name.

The planners are those of `dots mv` and `dots rename-…`; unsaved texts count. On a link it is what
the link means that is renamed, never the note that the link stands in.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from vaultdots.editor.desk import Desk, Sheet
from vaultdots.errors import EditError
from vaultdots.note.paths import called
from vaultdots.store.answers import LinkRow
from vaultdots.text.spans import Span
from vaultdots.text.tuples import NamedTuple

if TYPE_CHECKING:
    from vaultdots.edit.model import Change

_BLOCK_ID = re.compile(r"(?:^|[ \t])\^([A-Za-z0-9-]+)[ \t]*$")


class Renamed(NamedTuple):
    """What would be renamed. span: where its name stands; name: as it is now. path: the note that
    has it (for a tag, the note on the screen)."""

    kind: Literal["note", "heading", "block", "tag", "alias"]
    path: str
    name: str
    span: Span


def renamed_at(desk: Desk, path: str, offset: int) -> Renamed | None:
    """What a rename at an offset is about; None where nothing has a name there."""
    sheet = desk.sheet(path)
    if sheet is None:
        return None
    link = sheet.link_at(offset)
    if link is not None:
        return _by_link(desk, sheet, link, offset)
    tag = sheet.tag_at(offset)
    if tag is not None:
        sign = int(sheet.text[tag[1].start : tag[1].start + 1] == "#")
        return Renamed("tag", path, tag[0], Span(tag[1].start + sign, tag[1].end))
    line = sheet.line_span(sheet.lines.line(offset))
    written = sheet.text[line.start : line.end]
    block = _BLOCK_ID.search(written)
    if block and block[1].lower() in sheet.blocks and offset >= line.start + block.start(1) - 1:
        span = Span(line.start + block.start(1), line.start + block.end(1))
        return Renamed("block", path, block[1], span)
    heading = sheet.heading_at(offset)
    if heading is not None:
        span = sheet.heading_span(heading)
        return Renamed("heading", path, "#".join(heading.headings), span)
    alias = sheet.alias_at(offset)
    return Renamed("alias", path, *alias) if alias is not None else None


def _by_link(desk: Desk, sheet: Sheet, link: LinkRow, offset: int) -> Renamed | None:
    found = desk.read(link)
    if link.external or found.target is None:
        return None
    subpath = link.subpath_span
    if link.subpath and subpath is not None and subpath.start - 1 <= offset <= subpath.end:
        last = link.subpath[-1]
        if last.startswith("^"):
            return Renamed("block", found.target, last[1:], Span(subpath.start + 1, subpath.end))
        other = desk.sheet(found.target)
        _, ordinal = desk.resolver.subpath(found.target, link.subpath)
        if other is None or ordinal is None:
            return None
        return Renamed("heading", found.target, "#".join(other.sections[ordinal].headings), subpath)
    if not link.target:
        return None
    name = called(found.target, link.dialect)
    span = link.target_span
    if span.end <= span.start:
        return None
    return Renamed("note", found.target, name, span)


def shown_name(what: Renamed) -> str:
    """The name that a person is shown, to change."""
    return what.name.rpartition("#")[2] if what.kind == "heading" else what.name


def rename(desk: Desk, what: Renamed, new: str) -> Change:
    """The change that renames something. Raises VaultError.

    A note stays in its folder and keeps its ending; a new name with a slash is a path from the
    root. (markdown-oxide put the folder in front of the new name once more.)
    """
    desk.settle()
    planner = desk.vault.rename
    new = new.strip()
    if not new:
        raise EditError("a name is wanted")
    if what.kind == "note":
        old = planner.whole(what.path, what.name)
        path = planner.new_path(old, new)
        desk.check_place(path, is_folder=old != what.path)
        return planner.move([(old, path)])
    if what.kind == "tag":
        return planner.tag(what.name, new)
    if what.kind == "alias":
        return planner.alias(what.path, what.name, new)
    if what.kind == "block":
        return planner.block(what.path, what.name, new)
    return planner.heading(what.path, what.name, new)


def move(desk: Desk, moves: list[tuple[str, str]]) -> Change | None:
    """The references that follow when files get other names; None where nothing of the vault
    moves. Files that lie outside, or that the catalog does not have, change no reference. Raises
    VaultError where one would not be read any more: its links are left, to be right
    again when it comes back."""
    desk.settle()
    known = [(old, new) for old, new in moves if old != new and _is_there(desk, old)]
    for old, new in known:
        desk.check_place(new, is_folder=desk.catalog.has_folder(old))
    return desk.vault.rename.move(known) if known else None


class CutOff(NamedTuple):
    """Links that name nothing any more when files leave a vault. to: in notes that stay; within: in
    the files that leave."""

    to: int
    within: int


def cut_off(desk: Desk, paths: list[str]) -> CutOff:
    """The links that end when these files and folders leave the vault: no link reaches into another
    one."""
    desk.settle()
    folders = tuple(f"{path}/" for path in paths)
    leaving = {p for p in desk.catalog.all_paths() if p in paths or p.startswith(folders)}
    to = within = 0
    for path in leaving:
        to += sum(link.source not in leaving for link in desk.backlinks(path))
        for row in desk.catalog.links_of(path):
            target = None if row.external else desk.read(row).target
            within += target is not None and target not in leaving
    return CutOff(to, within)


def _is_there(desk: Desk, path: str) -> bool:
    return desk.catalog.role_of(path) is not None or desk.catalog.has_folder(path)
