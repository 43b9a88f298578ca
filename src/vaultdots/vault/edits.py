"""Writing into the vault, undoably: `vault.edit`. Nothing else writes there."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from vaultdots.errors import UsageError, VaultError
from vaultdots.store.location import data_folder
from vaultdots.text.names import nfc
from vaultdots.vault.state import State

if TYPE_CHECKING:
    from vaultdots.edit import Change, Prepared
    from vaultdots.retrospective.apply import Plan
    from vaultdots.retrospective.connect import Connection
    from vaultdots.retrospective.model import Goal
    from vaultdots.store.rejections import Rejection
    from vaultdots.store.undo import Journal
    from vaultdots.store.undo import Step as UndoStep


class Edits:
    """Planned changes, the journal that undoes them, and what was refused for good."""

    def __init__(self, state: State) -> None:
        """Use `Vault.edit`."""
        self._state = state

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

    def apply(self, change: Change | Prepared) -> UndoStep | None:
        """Make a change, undoably; None where no byte changes. Raises EditError, VaultError."""
        from vaultdots.edit import Change

        prepared = self.prepare(change) if isinstance(change, Change) else change
        step = self.journal().write(prepared.files, prepared.change.operation)
        self._state.sync()
        return step

    def journal(self) -> Journal:
        """What was written into the vault, to undo and redo it."""
        from vaultdots.store.undo import Journal

        return Journal(self._state.root, self._data())

    def settle(self, goal: Goal, status: str, note: str = "") -> str:
        """Write the person's word on a goal into `goals.toml`, undoably; returns its path."""
        from vaultdots.retrospective.settle import FILE, checked_status, with_word
        from vaultdots.store.undo import Change
        from vaultdots.store.writing import read_file

        text = with_word(self._state.side_file(FILE), goal, checked_status(status), note)
        before = read_file(self._state.root, FILE)
        self.journal().write([Change(FILE, before, text.encode("utf-8"))], "settle")
        return FILE

    def template(self, name: str) -> str | None:
        """The text of the vault's own template, None where `name` is not a file (a shipped one)."""
        for path in (self._state.root / name, Path(name)):
            if path.suffix and path.is_file():
                try:
                    return path.read_text(encoding="utf-8-sig")
                except (OSError, UnicodeDecodeError) as error:
                    raise VaultError(f"'{name}' cannot be read ({error})") from None
        return None

    def draft(self, path: str, text: str) -> str:
        """Write a new note, undoably and never over one that is there; returns its path."""
        from vaultdots.store.undo import Change
        from vaultdots.store.writing import inside

        path = nfc(path)
        there = self._state.catalog.role_of(path) is not None
        if os.path.lexists(inside(self._state.root, path)) or there:
            raise UsageError(f"'{path}' is there already", hint="it is never written over")
        self.journal().write([Change(path, None, text.encode("utf-8", "replace"))], "draft")
        return path

    def reject(self, connections: Sequence[Connection]) -> None:
        """Do not suggest these again."""
        from vaultdots.store.rejections import Rejection, write_rejections

        fresh = [Rejection(c.source, c.section, c.target) for c in connections]
        if fresh:
            write_rejections(self._data(), [*self.rejections(), *fresh])

    def rejections(self) -> list[Rejection]:
        """What was rejected before."""
        from vaultdots.store.rejections import read_rejections

        return read_rejections(self._data())

    def _data(self) -> Path:
        return data_folder(self._state.root, self._state.environ)
