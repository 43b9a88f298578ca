"""What writes into a vault: one operation at a time, in the journal first, undone and done again.

Whoever takes the vault's lock first finishes or takes back an operation whose process died.
"""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from vaultdots.errors import VaultError
from vaultdots.store.journal import (
    DEAD,
    FileChange,
    FileMove,
    Journal,
    Record,
    State,
)
from vaultdots.store.lock import vault_lock
from vaultdots.store.metadata import obstacles
from vaultdots.store.moving import Moves, is_listed, mark_of
from vaultdots.store.recovery import recover
from vaultdots.store.transaction import (
    Transaction,
    Unfinished,
    Work,
    forward,
    reverse,
)
from vaultdots.store.user_settings import KEEP_DAYS
from vaultdots.store.writing import Places, inside, read_file

_FINISHED: dict[State, tuple[State, State | None]] = {
    "open": ("done", None),
    "redoing": ("done", "undone"),
    "undoing": ("undone", "done"),
}
"""State of a cut-off operation → its state when finished, and when taken back (None: no trace)."""


class Operations:
    """The operations on one vault. remarks: what was recovered or kept, a line each, to be told."""

    def __init__(
        self,
        root: Path,
        data: Path,
        remarks: list[str] | None = None,
        *,
        keep_days: int = KEEP_DAYS,
    ) -> None:
        """root: the vault. data: its data folder. Nothing is made on the disk yet."""
        self.root = root
        self.data = data
        self.keep_days = keep_days
        self.journal = Journal(data)
        self.remarks: list[str] = [] if remarks is None else remarks

    @contextlib.contextmanager
    def lock(self) -> Iterator[None]:
        """The vault's lock; what a dead process left is put right first. Raises VaultError."""
        with vault_lock(self.root, self.data):
            self._recover()
            yield

    # -- the three operations --------------------------------------------------------------------

    def write(
        self,
        files: Sequence[FileChange],
        operation: str,
        moves: Sequence[FileMove] = (),
        *,
        force: bool = False,
    ) -> Record | None:
        """Write files into the vault, undoably; None where nothing changes.

        force: a file that is read-only, has several names or whose owner would change, too. Raises
        VaultError, with nothing changed: where a file does not hold its `before`, where one stands
        in the way, or where writing fails.
        """
        files = [file for file in files if file.before != file.after]
        if not files and not moves:
            return None
        with self.lock():
            self._check(Work(tuple(files), tuple(moves)))
            if not force:
                self._check_obstacles(files)
            marked = self._marked(moves)
            record = self.journal.add(
                "open",
                operation,
                files,
                marked,
                self._new_folders(files, moves),
                self._modes(files),
            )
            done = self._run(record, forward(record, files), force=force)
            for undone in self.journal.records("undone"):
                with contextlib.suppress(OSError):
                    self.journal.drop(undone)
            self.journal.prune(self.keep_days)
            return done

    def undo(self, *, force: bool = False) -> Record:
        """Take back the last operation that was not taken back yet. Raises VaultError, with nothing
        changed, where there is none or where a file of it was changed since; force: as in `write`.
        """
        with self.lock():
            found = self.next_undo()
            if found is None:
                raise VaultError("there is nothing to undo")
            return self._turn(*found, undo=True, force=force)

    def redo(self, *, force: bool = False) -> Record:
        """Do again what was undone last, by the same rules."""
        with self.lock():
            found = self.next_redo()
            if found is None:
                raise VaultError("there is nothing to redo")
            return self._turn(*found, undo=False, force=force)

    def next_undo(self) -> tuple[Record, tuple[FileChange, ...]] | None:
        """What `undo` would take back; a damaged one is told and passed over."""
        return self._whole(self.journal.records("done"))

    def next_redo(self) -> tuple[Record, tuple[FileChange, ...]] | None:
        """What `redo` would do again: the first of those undone since the last write."""
        done = self.journal.records("done")
        last = done[0].number if done else 0
        undone = [one for one in self.journal.records("undone") if one.number > last]
        return self._whole(list(reversed(undone)))

    def _whole(self, records: Sequence[Record]) -> tuple[Record, tuple[FileChange, ...]] | None:
        damaged = list(self.journal.damaged)
        found = None
        for record in records:
            try:
                found = record, self.journal.changes(record)
                break
            except VaultError:
                damaged.append(f"{record.number:06d}.{record.state}")
        for name in damaged:
            self._say(f"the journal's {name} is damaged and is passed over")
        return found

    def _turn(
        self, record: Record, files: tuple[FileChange, ...], *, undo: bool, force: bool
    ) -> Record:
        work = reverse(forward(record, files)) if undo else forward(record, files)
        self._check(work)
        if not force:
            self._check_obstacles(work.files)
        try:
            turning = self.journal.turn(record, "undoing" if undo else "redoing")
        except OSError as error:
            raise self._cannot_keep(error) from None
        return self._run(turning, work, force=force)

    def _run(self, record: Record, work: Work, *, force: bool) -> Record:
        """Do the work and close the record; on an error all is as it was before."""
        finished, _ = _FINISHED[record.state]
        name = _temporary(record)
        try:
            Transaction(self.root, work, name, self._keep, force=force).run()
        except Unfinished:
            raise  # it stays open: the next command tries again
        except BaseException:
            self._close_undone(record)
            raise
        try:
            return self.journal.turn(record, finished)
        except OSError as error:
            try:
                Transaction(self.root, reverse(work), name, self._keep, force=True).run()
            except VaultError:
                raise Unfinished(
                    f"all was written, and the journal cannot say so ({error.strerror})",
                    place=str(self.journal.folder),
                    hint="the next command finishes it",
                ) from None
            self._close_undone(record)
            raise self._cannot_keep(error) from None

    def _close_undone(self, record: Record) -> None:
        """Nothing of the work is left: the record is as it was before it began."""
        finished, back = _FINISHED[record.state]
        with contextlib.suppress(OSError):
            for one in (record, record._replace(state=finished)):
                if self.journal.has(one):
                    if back is None:
                        self.journal.drop(one)
                    else:
                        self.journal.turn(one, back)

    # -- what must be so before ------------------------------------------------------------------

    def _check(self, work: Work) -> None:
        """Every file holds what it should, every new name is free or is set free."""
        leaving = work.leaving()
        places = Places(self.root)
        for file in work.files:
            if file.before is not None or file.path not in leaving:
                _check(self.root, file.path, file.before, places)
        place = Moves(self.root, work.moves, "").place
        for move in work.moves:
            old, new = place(move.old), place(move.new)
            if not os.path.lexists(old):
                raise VaultError("it is gone", place=move.old, hint="nothing was changed")
            taken = is_listed(new) or (os.path.lexists(new) and not old.samefile(new))
            if taken and move.new not in leaving:
                raise VaultError("it is there already", place=move.new, hint="nothing was changed")

    def _check_obstacles(self, files: Sequence[FileChange]) -> None:
        places = Places(self.root)
        for file in files:
            if file.before is None:
                continue
            found = obstacles(places(file.path))
            if found:
                raise VaultError("; ".join(found), place=file.path, hint="--force writes it")

    def _marked(self, moves: Sequence[FileMove]) -> list[FileMove]:
        place = Moves(self.root, moves, "").place
        return [move._replace(mark=mark_of(place(move.old))) for move in moves]

    def _new_folders(self, files: Sequence[FileChange], moves: Sequence[FileMove]) -> list[str]:
        """The folders that are not there yet and that the operation needs."""
        found: set[str] = set()
        for path in (*(f.path for f in files if f.before is None), *(move.new for move in moves)):
            folder = path.rpartition("/")[0]
            while folder and not (self.root / folder).is_dir():
                found.add(folder)
                folder = folder.rpartition("/")[0]
        return sorted(found)

    def _modes(self, files: Sequence[FileChange]) -> list[tuple[str, int]]:
        """The modes of the files that are deleted."""
        return [
            (file.path, stat.S_IMODE(inside(self.root, file.path).stat().st_mode))
            for file in files
            if file.after is None
        ]

    # -- recovery --------------------------------------------------------------------------------

    def recover(self) -> None:
        """What every command does when it opens a vault: put right what a dead process left.

        Never raises for what it cannot do: it is told in `remarks`, and what is there is read.
        """
        if not self.journal.is_unfinished():
            return
        try:
            with vault_lock(self.root, self.data, wait=0):
                self._recover()
        except VaultError as error:
            self._say(error.one_line())

    def _recover(self) -> None:
        """Under the lock."""
        self.journal.sweep()
        for name in self.journal.set_damaged_aside() if self.journal.is_unfinished() else ():
            self._say(f"the journal's {name} is damaged: an operation that was cut off stays as is")
        for record in self.journal.records(*DEAD):
            try:
                self._recover_one(record)
            except OSError as error:
                raise VaultError(
                    f"`{record.operation}` was cut off and cannot be taken back now"
                    f" ({error.strerror})",
                    place=str(error.filename or ""),
                ) from None

    def _recover_one(self, record: Record) -> None:
        files = self.journal.changes(record)
        undoing = record.state == "undoing"
        work = reverse(forward(record, files)) if undoing else forward(record, files)
        outcome = recover(self.root, work, _temporary(record), self._keep)
        finished, back = _FINISHED[record.state]
        what = f"`{record.operation}`" + (" (undo)" if undoing else "")
        if outcome.changed:
            self.journal.turn(record, "stuck")
            self._say(
                f"{what} was cut off and was taken back, but for what was changed since:"
                f" {', '.join(outcome.changed)} (`dots history` has the old text)"
            )
        elif outcome.finished:
            self.journal.turn(record, finished)
            self._say(f"{what} was cut off after all was written: it is finished now")
        elif back is None:
            self.journal.drop(record)
            self._say(f"{what} was cut off: it is taken back")
        else:
            self.journal.turn(record, back)
            self._say(f"{what} was cut off: nothing of it is left")

    def _keep(self, path: str, data: bytes) -> None:
        """Another program's bytes that would be lost else."""
        record = self.journal.add("kept", "saved meanwhile", [FileChange(path, data, None)])
        self._say(
            f"{path}: another program saved it meanwhile; what it saved first is kept"
            f" (`dots history {record.number}`)"
        )

    def _say(self, text: str) -> None:
        if text not in self.remarks:
            self.remarks.append(text)

    def _cannot_keep(self, error: OSError) -> VaultError:
        return VaultError(
            f"the journal cannot be written ({error.strerror}); nothing was changed",
            place=str(self.journal.folder),
            hint="DOTS_DATA names another folder",
        )


def _check(root: Path, path: str, expected: bytes | None, places: Places) -> None:
    """Raises VaultError where the file holds other bytes."""
    now = read_file(root, path, places)
    if now == expected:
        return
    if now is None:
        raise VaultError("it is gone", place=path, hint="nothing was changed")
    if expected is None:
        raise VaultError("it is there already", place=path, hint="nothing was changed")
    raise VaultError(
        "it has been changed since by another program", place=path, hint="nothing was changed"
    )


def _temporary(record: Record) -> str:
    """How the names of an operation's temporary files begin."""
    return f".dots-{record.pid}-{record.number}"
