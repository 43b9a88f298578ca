"""From a change to the bytes that it writes: read, splice, read again, compare."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from vaultdots.edit.model import Change, Edit, Move
from vaultdots.edit.preview import LineEdit, diff_of, edits_of
from vaultdots.edit.splice import splice
from vaultdots.errors import EditError
from vaultdots.note.options import NoteOptions
from vaultdots.store.config import SITE_FOLDERS, settings_among
from vaultdots.store.decode import decode
from vaultdots.store.disknames import disk_name
from vaultdots.store.journal import FileChange, FileMove
from vaultdots.store.opening import digest_of
from vaultdots.store.records import Retargeted, TargetEdit
from vaultdots.store.walk import folder_read_otherwise, left_out_at
from vaultdots.store.writing import Places, inside, read_file
from vaultdots.text.names import is_writable, nfc
from vaultdots.text.tuples import NamedTuple

_LONGEST_NAME = 255
"""Bytes that a file's name may have on common disks."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A change that can be made, with the bytes that it reads and writes.

    files: one a file whose bytes change; moves. Both by their names on the disk. retargeted: by
    path, the notes in which nothing but the targets of links changes.
    """

    change: Change
    files: tuple[FileChange, ...]
    moves: tuple[FileMove, ...] = ()
    retargeted: Mapping[str, Retargeted] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Whether anything changes."""
        return bool(self.files or self.moves)

    def diff(self) -> str:
        """A unified diff."""
        return diff_of(self.files, self.moves)

    def lines(self) -> list[LineEdit]:
        """Line by line, with the keys of `--json`; a move is a line 0."""
        return edits_of(self.files, self.moves)


def prepare(root: Path, change: Change, options: NoteOptions) -> Prepared:
    """What `change` writes; nothing is written. Raises EditError, VaultError.

    options: the vault's, by which its notes are read.
    """
    files: dict[str, FileChange] = {}
    retargeted: dict[str, Retargeted] = {}
    places = Places(root)
    for path, edits in _by_path(change.edits).items():
        disk = disk_name(root, path)
        edited = _edited(path, read_file(root, disk, places), edits, options)
        if edited.before != edited.after:
            files[path] = FileChange(disk, edited.before, edited.after)
            if edited.retargeted is not None:
                retargeted[path] = edited.retargeted
    for delete in change.deletes:
        disk = disk_name(root, delete.path)
        before = read_file(root, disk)
        if before is None:
            raise EditError("there is no such file", place=delete.path)
        if delete.path in files:
            raise EditError("it is edited and deleted", place=delete.path)
        files[delete.path] = FileChange(disk, before, None)
    leaving = {move.old for move in change.moves} | {delete.path for delete in change.deletes}
    moves = tuple(_move(root, move, leaving) for move in change.moves)
    _check_nesting(change.moves)
    _check_reading(root, moves)
    created = []
    for new in change.new_files:
        disk = check_place(root, new.path)
        if os.path.lexists(root / disk) and new.path not in leaving:
            raise EditError("it is there already", place=new.path, hint="nothing was changed")
        created.append(FileChange(disk, None, new.text.encode("utf-8", "replace")))
    return Prepared(change, (*files.values(), *created), moves, retargeted)


def _move(root: Path, move: Move, leaving: set[str]) -> FileMove:
    """A move by the names on the disk. leaving: the names that this change sets free."""
    old = disk_name(root, move.old)
    folder, name = posixpath.split(move.new)
    new = posixpath.join(disk_name(root, folder), name) if folder else name
    if not os.path.lexists(root / old):
        raise EditError("there is no such file", place=move.old)
    if new == old or new.startswith(old + "/"):
        raise EditError("it cannot be moved there", place=move.old)
    there = check_place(root, move.new, is_folder=(root / old).is_dir())
    taken = os.path.lexists(root / there) and not (root / there).samefile(root / old)
    if taken and move.new not in leaving:
        raise EditError("it is there already", place=move.new, hint="nothing was changed")
    inside(root, folder or ".")
    return FileMove(old, new)


def check_place(root: Path, path: str, *, is_folder: bool = False) -> str:
    """The name on the disk that a file or folder put at `path` gets. Raises EditError where no disk
    has such a name, and where it would be gone from the vault, as it would not be read there."""
    if not is_writable(path):
        raise EditError("no file can have this name", place=path)
    if len(os.fsencode(nfc(max(path.split("/"), key=len)))) > _LONGEST_NAME:
        raise EditError("the name is too long", place=path, hint=f"{_LONGEST_NAME} bytes at most")
    disk = disk_name(root, path)
    found = left_out_at(root, f"{disk}/" if is_folder else disk)
    if found is not None and ".." not in path.split("/"):
        raise EditError(
            "dots would not read it there",
            place=path,
            hint=f"'{found}' is left out, as hidden files and what programs build are",
        )
    return disk


def _check_nesting(moves: Sequence[Move]) -> None:
    """A folder and what lies in it cannot both be moved at once."""
    old = {move.old for move in moves}
    if len(old) < len(moves) or len({move.new for move in moves}) < len(moves):
        raise EditError("two moves of one name")
    for path in old:
        parts = path.split("/")
        if any("/".join(parts[:n]) in old for n in range(1, len(parts))):
            raise EditError("its folder is moved too", place=path)


def _check_reading(root: Path, moves: Sequence[FileMove]) -> None:
    """What decides which folders are read stays where it is while one of them is there: the notes
    of a folder would come or go, and links with them."""
    settings = settings_among(root, moves)
    if settings in SITE_FOLDERS:
        raise EditError(
            "the vault's dialect is known by this folder",
            place=settings,
            hint="move it with another program: notes and links may be read otherwise then",
        )
    if settings is not None:
        raise EditError(
            "the vault's settings are read from this file",
            place=nfc(settings),
            hint="move it with another program: notes and links may be read otherwise then",
        )
    found = folder_read_otherwise(root, moves)
    if found is None:
        return
    folder, marker, is_read = found
    shown = marker.rpartition("/")[2]
    if is_read:
        raise EditError(
            f"without it dots would read the folder '{nfc(folder)}'",
            place=nfc(marker),
            hint=f"beside '{shown}' it is left out, as what programs build is",
        )
    raise EditError(
        f"with it dots would not read the folder '{nfc(folder)}' any more",
        place=nfc(marker),
        hint=f"beside '{shown}' it is left out, as what programs build is",
    )


def _by_path(edits: Sequence[Edit]) -> dict[str, list[Edit]]:
    found: dict[str, list[Edit]] = {}
    for edit in edits:
        found.setdefault(edit.path, []).append(edit)
    return found


class _Edited(NamedTuple):
    """A file with its edits in it."""

    before: bytes
    after: bytes
    retargeted: Retargeted | None


def _edited(
    path: str, before: bytes | None, edits: Sequence[Edit], options: NoteOptions
) -> _Edited:
    # What reads notes: a command that only makes a file need not load it.
    from vaultdots.edit.plain import are_plain
    from vaultdots.edit.verify import difference

    if before is None:
        raise EditError("there is no such file", place=path)
    decoded = decode(before)
    after = splice(before, edits, decoded)
    if are_plain(path, decoded.text, edits):
        if decoded.diagnostics or not decoded.encoding.startswith("utf-8"):
            return _Edited(before, after, None)
        targets = tuple(sorted(TargetEdit(*edit.span, edit.after) for edit in edits))
        told = Retargeted(digest_of(before), digest_of(after), decoded.text, targets)
        return _Edited(before, after, told)
    problem = difference(path, decoded.text, decode(after).text, edits, options)
    if problem is not None:
        place = f"{path}:{problem.line}"
        raise EditError(f"it would be read otherwise: {problem.said}", place=place)
    return _Edited(before, after, None)
