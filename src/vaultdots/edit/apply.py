"""From a change to the bytes that it writes: read, splice, read again, compare."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from vaultdots.edit.model import Change, Edit
from vaultdots.edit.preview import LineEdit, diff_of, edits_of
from vaultdots.edit.splice import splice
from vaultdots.edit.verify import difference
from vaultdots.errors import EditError
from vaultdots.note.options import NoteOptions
from vaultdots.store.decode import decode
from vaultdots.store.disknames import disk_name
from vaultdots.store.undo import Change as FileChange
from vaultdots.store.writing import read_file


@dataclass(frozen=True, slots=True)
class Prepared:
    """A change that can be made, with the bytes that it reads and writes.

    files: one a file whose bytes change, by its name on the disk.
    """

    change: Change
    files: tuple[FileChange, ...]

    def diff(self) -> str:
        """A unified diff."""
        return diff_of(self.files)

    def lines(self) -> list[LineEdit]:
        """Line by line, with the keys of `--json`."""
        return edits_of(self.files)


def prepare(root: Path, change: Change, options: NoteOptions) -> Prepared:
    """What `change` writes; nothing is written. Raises EditError, VaultError.

    options: the vault's, by which its notes are read.
    """
    files: dict[str, FileChange] = {}
    for path, edits in _by_path(change.edits).items():
        disk = disk_name(root, path)
        files[path] = FileChange(disk, *_edited(root, path, disk, edits, options))
    for delete in change.deletes:
        disk = disk_name(root, delete.path)
        before = read_file(root, disk)
        if before is None:
            raise EditError("there is no such file", place=delete.path)
        files[delete.path] = FileChange(disk, before, None)
    moved = [one for move in change.moves for one in _moved(root, move.old, move.new, files)]
    gone = {one.path for one in moved if one.after is None}
    for one in moved:
        if one.before is None and one.path not in gone and os.path.lexists(root / one.path):
            raise EditError("it is there already", place=one.path, hint="nothing was written")
    for new in change.new_files:
        disk = disk_name(root, new.path)
        if os.path.lexists(root / disk) and disk not in gone:
            raise EditError("it is there already", place=new.path, hint="nothing was written")
        files[new.path] = FileChange(disk, None, new.text.encode("utf-8", "replace"))
    return Prepared(change, tuple(_merged([*files.values(), *moved])))


def _by_path(edits: Sequence[Edit]) -> dict[str, list[Edit]]:
    found: dict[str, list[Edit]] = {}
    for edit in edits:
        found.setdefault(edit.path, []).append(edit)
    return found


def _edited(
    root: Path, path: str, disk: str, edits: Sequence[Edit], options: NoteOptions
) -> tuple[bytes, bytes]:
    before = read_file(root, disk)
    if before is None:
        raise EditError("there is no such file", place=path)
    after = splice(before, edits)
    problem = difference(path, decode(before).text, decode(after).text, edits, options)
    if problem is not None:
        raise EditError(f"it would be read otherwise: {problem}", place=path)
    return before, after


def _moved(root: Path, old: str, new: str, files: dict[str, FileChange]) -> list[FileChange]:
    """A move as a file that goes away and one that comes."""
    disk = disk_name(root, old)
    folder, name = posixpath.split(new)
    target = posixpath.join(disk_name(root, folder), name) if folder else name
    if not os.path.lexists(root / disk):
        raise EditError("there is no such file", place=old)
    if (root / disk).is_dir():
        found = []
        for path in sorted((root / disk).rglob("*")):
            if path.is_file():
                inner = path.relative_to(root / disk).as_posix()
                found += _moved(root, f"{old}/{inner}", f"{target}/{inner}", files)
        return found
    edited = files.pop(old, None)
    before = edited.before if edited else read_file(root, disk)
    return [
        FileChange(disk, before, None),
        FileChange(target, None, edited.after if edited else before),
    ]


def _merged(changes: Sequence[FileChange]) -> list[FileChange]:
    """One change a file: where one file leaves a name and another takes it, both at once."""
    found: dict[str, FileChange] = {}
    for one in changes:
        there = found.get(one.path)
        if there is None:
            found[one.path] = one
        elif one.after is None:
            found[one.path] = there._replace(before=one.before)
        elif there.after is None:
            found[one.path] = there._replace(after=one.after)
        else:
            raise EditError("two changes of one file", place=one.path)
    return list(found.values())
