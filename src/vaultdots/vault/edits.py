"""Writing into the vault, undoably: `vault.edit`. Nothing else writes there."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vaultdots.errors import UsageError, VaultError
from vaultdots.note.paths import note_ending
from vaultdots.store.journal import Journal
from vaultdots.store.location import data_folder
from vaultdots.store.opening import Opened, read_inside, read_regular
from vaultdots.text.names import nfc
from vaultdots.text.spans import Span
from vaultdots.vault.state import State

if TYPE_CHECKING:
    from datetime import datetime

    from vaultdots.edit import Change, Prepared
    from vaultdots.edit.new import NewNote
    from vaultdots.retrospective.apply import Plan
    from vaultdots.retrospective.model import Connection, Goal
    from vaultdots.store.journal import Record
    from vaultdots.store.operations import Operations
    from vaultdots.store.periodic import Unit
    from vaultdots.store.rejections import Rejection


class Edits:
    """Planned changes, the journal that undoes them, and what was refused for good."""

    def __init__(self, state: State) -> None:
        """Use `Vault.edit`."""
        self._state = state
        self._data = data_folder(state.root, state.environ)
        self.remarks: list[str] = []
        """What is to be told: what was recovered, or kept of another program's bytes."""

    @cached_property
    def operations(self) -> Operations:
        """What writes; loaded when something is to be written."""
        from vaultdots.store.operations import Operations
        from vaultdots.store.user_settings import user_settings

        days = user_settings(self._state.environ).undo_days
        return Operations(self._state.root, self._data, self.remarks, keep_days=days)

    def recover(self) -> None:
        """Put right what a process left that died while it wrote; what every command does first."""
        try:
            unfinished = Journal(self._data).is_unfinished()
        except VaultError as error:
            self.remarks.append(error.one_line())
            return
        if unfinished:
            self.operations.recover()

    @contextlib.contextmanager
    def lock(self) -> Iterator[None]:
        """No other process of ours writes into the vault; the catalog is in step with the files."""
        with self.operations.lock():
            self._state.sync()
            yield

    # -- changes ---------------------------------------------------------------------------------

    def connect(self, connections: Sequence[Connection]) -> Plan:
        """What writing connections as links would change; nothing is written."""
        from vaultdots.retrospective.apply import plan

        with self._state.snapshot():
            return plan(self._state.catalog, self._state.config, connections)

    def prepare(self, change: Change) -> Prepared:
        """A change with the bytes that it reads and writes; nothing is written.

        Raises EditError where it cannot be made as it is meant.
        """
        from vaultdots.edit import prepare

        return prepare(self._state.root, change, self._state.config.options)

    def apply(
        self, change: Change | Prepared, *, force: bool = False, follow: bool = True
    ) -> Record | None:
        """Make a change, undoably; None where nothing changes. force: files that are read-only or
        have several names, too. follow: else the catalog is left to the next `sync`. Raises
        EditError, VaultError; nothing is written then."""
        from vaultdots.edit import Change

        prepared = self.prepare(change) if isinstance(change, Change) else change
        record = self.operations.write(
            prepared.files, prepared.change.operation, prepared.moves, force=force
        )
        if record is not None and follow:
            self._state.sync_written(record, prepared.retargeted)
        return record

    def undo(self, *, force: bool = False) -> Record:
        """Take back the last thing that was written; force: as in `apply`. Raises VaultError."""
        record = self.operations.undo(force=force)
        self._state.sync_written(record)
        return record

    def redo(self, *, force: bool = False) -> Record:
        """Do again what was undone last; force: as in `apply`. Raises VaultError."""
        record = self.operations.redo(force=force)
        self._state.sync_written(record)
        return record

    def preview_turn(self, *, undo: bool) -> tuple[Record, Prepared] | None:
        """What `undo` or `redo` would do."""
        from vaultdots.edit import Change, Prepared
        from vaultdots.store.transaction import forward, reverse

        found = self.operations.next_undo() if undo else self.operations.next_redo()
        if found is None:
            return None
        record, files = found
        work = reverse(forward(record, files)) if undo else forward(record, files)
        return record, Prepared(Change(record.operation), work.files, work.moves)

    def history(self) -> list[Record]:
        """Everything that is kept of what was written, the last first."""
        records = self.operations.journal.records()
        for name in self.operations.journal.damaged:
            self.remarks.append(f"the journal's {name} is damaged and is passed over")
        return records

    def written(self, number: int) -> tuple[Record, Prepared]:
        """One operation of the history. Raises UsageError, VaultError."""
        from vaultdots.edit import Change, Prepared

        for record in self.operations.journal.records():
            if record.number == number:
                files = self.operations.journal.changes(record)
                return record, Prepared(Change(record.operation), files, record.moves)
        raise UsageError(f"no operation has the number {number}", hint="`dots history` lists them")

    def forget(self) -> int:
        """Forget the old bytes of everything that was written; returns how many operations."""
        with self.operations.lock():
            return self.operations.journal.forget()

    def plan_note(self, title: str, at: datetime, **how: Any) -> NewNote:
        """The note that `dots new` would make; see `vaultdots.vault.new`."""
        from vaultdots.vault.new import plan_note

        return plan_note(self._state, title, at, **how)

    def plan_period(self, unit: Unit, at: datetime) -> tuple[NewNote, bool]:
        """The note of a day, week, month or year, and whether it is there already."""
        from vaultdots.vault.new import plan_period

        return plan_period(self._state, unit, at)

    def in_own_style(self, text: str) -> str:
        """A new note's text with its frontmatter as the vault writes it: YAML or TOML."""
        from vaultdots.edit.new import as_toml
        from vaultdots.vault.new import writes_toml

        return as_toml(text) if writes_toml(self._state) else text

    # -- new files -------------------------------------------------------------------------------

    def create(self, path: str, text: str, operation: str, *, follow: bool = True) -> str:
        """Write a new note, never over a file that is there; returns its path. follow: as in
        `apply`."""
        from vaultdots.edit import Change, NewFile
        from vaultdots.vault.new import is_taken

        path = nfc(path)
        if not note_ending(path):
            raise UsageError(f"'{path}' is not the name of a note", hint="end it in .md")
        if is_taken(self._state, path):
            raise UsageError(f"'{path}' is there already", hint="it is never written over")
        self.apply(Change(operation, new_files=(NewFile(path, text),)), follow=follow)
        return path

    def template(self, name: str) -> str | None:
        """The text of the vault's own template, None where `name` is not a file (a shipped one)."""
        path = Path(name)
        if not path.suffix:
            return None
        opened = Opened(None, None)
        if not path.is_absolute() and ".." not in path.parts:
            opened = read_inside(self._state.root, name)
        if opened == Opened(None, None):
            opened = read_regular(path)
        if opened.refused is not None:
            raise VaultError(opened.refused, place=name)
        try:
            return None if opened.data is None else opened.data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise VaultError(f"it cannot be read ({error})", place=name) from None

    def settle(self, goal: Goal, status: str, note: str = "", *, force: bool = False) -> str:
        """Write the person's word on a goal into `goals.toml`; returns the file's path. force: as
        in `apply`."""
        from vaultdots.edit import Change, Edit, NewFile
        from vaultdots.retrospective.settle import FILE, checked_status, entry_of, new_file
        from vaultdots.store.decode import decode
        from vaultdots.store.writing import read_file

        word = checked_status(status)
        with self.operations.lock():
            data = read_file(self._state.root, FILE)
            if data is None:
                text = new_file(goal, word, note)
                change = Change("settle", new_files=(NewFile(FILE, text),))
            else:
                text = decode(data).text
                end = Span(len(text), len(text))
                edit = Edit(FILE, end, "", entry_of(text, goal, word, note))
                change = Change("settle", edits=(edit,))
            self.apply(change, force=force)
        return FILE

    # -- suggestions that were rejected ----------------------------------------------------------

    def reject(self, connections: Sequence[Connection]) -> None:
        """Do not suggest these again."""
        from vaultdots.store.rejections import Rejection, write_rejections

        fresh = [Rejection(c.source, c.section, c.target) for c in connections]
        if fresh:
            with self.operations.lock():
                write_rejections(self._data, [*self.rejections(), *fresh])

    def rejections(self) -> list[Rejection]:
        """What was rejected before."""
        from vaultdots.store.rejections import read_rejections

        return read_rejections(self._data)
