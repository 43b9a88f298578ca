"""What was written into the vault, kept outside of it so that it can be taken back.

A step is one command: the old and the new bytes of every file it changed. It is on the disk before
the first file of the vault is touched, so a kill in the middle can be undone too. Steps lie in the
user's data folder, `undo/000001/`; the ones that were undone wait there for `redo` until something
else is written.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from vaultdots.errors import VaultError
from vaultdots.store.writing import read_file, remove_file, sync_folder, write_file

_KEPT = 100
"""Steps that are kept; the oldest go. A step of a note of 10 kB takes 20 kB."""


class Change(NamedTuple):
    """A file's old and new bytes; None where the file does not exist. path: vault-relative, as on
    disk."""

    path: str
    before: bytes | None
    after: bytes | None


class Step(NamedTuple):
    """A command's changes, as they were kept. when: ISO, UTC."""

    number: int
    command: str
    when: str
    paths: tuple[str, ...]


class Journal:
    """The steps of one vault. root: the vault. folder: the vault's own data folder."""

    def __init__(self, root: Path, folder: Path) -> None:
        """Nothing is made on the disk until something is written."""
        self.root = root
        self.folder = folder / "undo"

    def write(self, changes: Sequence[Change], command: str) -> Step | None:
        """Write files into the vault, undoably; None where nothing changes.

        Raises VaultError where a file is not what `before` says, before anything is written; where
        writing fails half-way, what was written is taken back.
        """
        changes = [change for change in changes if change.before != change.after]
        if not changes:
            return None
        self._check(changes, old=True)
        for undone in self._numbers(undone=True):
            shutil.rmtree(self._folder(undone, undone=True), ignore_errors=True)
        number = max(self._numbers(), default=0) + 1
        step = Step(number, command, _now(), tuple(change.path for change in changes))
        self._keep(step, changes)
        done: list[Change] = []
        try:
            for change in changes:
                self._put(change.path, change.after)
                done.append(change)
        except VaultError:
            for change in reversed(done):
                self._put(change.path, change.before)
            shutil.rmtree(self._folder(number), ignore_errors=True)
            raise
        self._forget_oldest()
        return step

    def undo(self) -> Step:
        """Take the last step back. Raises VaultError where there is none, or where a file has been
        changed since by someone else."""
        return self._turn(undo=True)

    def redo(self) -> Step:
        """Do the last undone step again, by the same rules."""
        return self._turn(undo=False)

    def steps(self) -> list[Step]:
        """What can be undone, the last first."""
        return [self._read(number)[0] for number in sorted(self._numbers(), reverse=True)]

    def changes(self, *, undone: bool = False) -> tuple[Step, list[Change]] | None:
        """The step that `undo` (or `redo`) would turn, with its bytes."""
        numbers = self._numbers(undone=undone)
        if not numbers:
            return None
        return self._read(min(numbers) if undone else max(numbers), undone=undone)

    # -- the two directions ----------------------------------------------------------------------

    def _turn(self, *, undo: bool) -> Step:
        found = self.changes(undone=not undo)
        if found is None:
            raise VaultError(f"there is nothing to {'undo' if undo else 'redo'}")
        step, changes = found
        self._check(changes, old=not undo, either=True)
        for change in changes:
            self._put(change.path, change.before if undo else change.after)
        here, there = (
            self._folder(step.number, undone=not undo),
            self._folder(step.number, undone=undo),
        )
        os.replace(here, there)
        sync_folder(self.folder)
        return step

    def _check(self, changes: Sequence[Change], *, old: bool, either: bool = False) -> None:
        """Every file must hold its old (or new) bytes; `either` where a kill left it half done."""
        for change in changes:
            now = read_file(self.root, change.path)
            wanted = change.before if old else change.after
            other = change.after if old else change.before
            if now != wanted and not (either and now == other):
                raise VaultError(
                    "it has been changed since" if now is not None else "it is gone",
                    place=change.path,
                    hint="nothing was written",
                )

    def _put(self, path: str, data: bytes | None) -> None:
        if data is None:
            remove_file(self.root, path)
        else:
            write_file(self.root, path, data)

    # -- on the disk -----------------------------------------------------------------------------

    def _folder(self, number: int, *, undone: bool = False) -> Path:
        return self.folder / f"{number:06d}{'.undone' if undone else ''}"

    def _numbers(self, *, undone: bool = False) -> list[int]:
        try:
            names = os.listdir(self.folder)
        except FileNotFoundError:
            return []
        except OSError as error:
            raise VaultError(f"undo's folder cannot be read ({error.strerror})") from None
        ending = ".undone" if undone else ""
        return [
            int(name.removesuffix(ending))
            for name in names
            if name.endswith(ending) and name.removesuffix(ending).isdecimal()
        ]

    def _keep(self, step: Step, changes: Sequence[Change]) -> None:
        """Put a step on the disk, whole, before the vault is touched."""
        fresh = self.folder / f".{step.number:06d}.tmp"
        try:
            shutil.rmtree(fresh, ignore_errors=True)
            fresh.mkdir(parents=True)
            files: list[dict[str, Any]] = []
            for index, change in enumerate(changes):
                for name, data in (("before", change.before), ("after", change.after)):
                    if data is not None:
                        _write(fresh / f"{index}.{name}", data)
                files.append(
                    {
                        "path": change.path,
                        "before": _digest(change.before),
                        "after": _digest(change.after),
                    }
                )
            entry = {"command": step.command, "when": step.when, "files": files}
            text = json.dumps(entry, ensure_ascii=False, indent=1)
            _write(fresh / "step.json", text.encode("utf-8", "surrogateescape"))
            os.replace(fresh, self._folder(step.number))
            sync_folder(self.folder)
        except OSError as error:
            raise VaultError(
                f"the old text cannot be kept ({error.strerror}); nothing was changed",
                hint="DOTS_DATA names another folder",
            ) from None

    def _read(self, number: int, *, undone: bool = False) -> tuple[Step, list[Change]]:
        folder = self._folder(number, undone=undone)
        try:
            raw = (folder / "step.json").read_bytes()
            entry = json.loads(raw.decode("utf-8", "surrogateescape"))
            changes = []
            for index, file in enumerate(entry["files"]):
                data: list[bytes | None] = []
                for name in ("before", "after"):
                    there = file[name] is not None
                    data.append((folder / f"{index}.{name}").read_bytes() if there else None)
                    if _digest(data[-1]) != file[name]:
                        raise ValueError
                changes.append(Change(file["path"], data[0], data[1]))
        except (OSError, ValueError, KeyError, TypeError):
            raise VaultError(
                "what was kept for undo is damaged", place=str(folder), hint="remove the folder"
            ) from None
        paths = tuple(change.path for change in changes)
        return Step(number, str(entry["command"]), str(entry["when"]), paths), changes

    def _forget_oldest(self) -> None:
        for number in sorted(self._numbers())[:-_KEPT]:
            shutil.rmtree(self._folder(number), ignore_errors=True)


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def _digest(data: bytes | None) -> str | None:
    return None if data is None else hashlib.blake2b(data, digest_size=16).hexdigest()


def _now() -> str:
    return datetime.now(UTC).replace(microsecond=0).isoformat()
