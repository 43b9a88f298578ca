"""What an agent proposes and the person accepts: `vault.proposals`. To propose writes no note."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from vaultdots.errors import EditError, UsageError
from vaultdots.note.paths import note_ending
from vaultdots.store.location import data_folder
from vaultdots.store.proposals import (
    Proposal,
    digest_of,
    drop_proposal,
    read_proposal,
    read_proposals,
    write_proposal,
)
from vaultdots.text.names import name_key, nfc
from vaultdots.text.spans import Span
from vaultdots.vault.state import State

if TYPE_CHECKING:
    from vaultdots.edit import Change, Prepared
    from vaultdots.retrospective.model import Connection
    from vaultdots.store.journal import FileMove, Record
    from vaultdots.vault.edits import Edits
    from vaultdots.vault.renames import Renames

_SIGNS = re.compile(r'[\\:*?"<>|#^\[\]]')
"""No name of a note: Windows cannot have them, or a link cannot say them."""
_UNSEEN = {"Cc", "Cf", "Zl", "Zp", "Cs"}
_JOINERS = "\u200c\u200d"
_LONGEST_NAME = 200
"""Bytes of one name: most file systems take 255, sync tools and encryption fewer."""
_LONGEST_TEXT = 1_000_000
_LONGEST_REASON = 500


class Proposals:
    """Patches that wait in the data folder: made by agents, applied or rejected by the person."""

    def __init__(
        self,
        state: State,
        edit: Edits,
        rename: Renames,
        connect: Callable[[str], list[Connection]],
    ) -> None:
        """Use `Vault.proposals`. connect: `Vault.connect`."""
        self._state = state
        self._edit = edit
        self._rename = rename
        self._connect = connect
        self._data = data_folder(state.root, state.environ)

    # -- to propose ------------------------------------------------------------------------------

    def note(self, path: str, text: str, why: str = "") -> Proposal:
        """A new note. path: vault-relative, ends in .md. Raises UsageError, VaultError."""
        from vaultdots.edit import Change, NewFile

        path = self._new_path(path)
        stem = path.rpartition("/")[2][: -len(note_ending(path))]
        rows = self._state.catalog.names_by_key(name_key(stem))
        # On many disks two names that differ by their case alone are one file.
        there = {row.path for row in rows if row.path.casefold() == path.casefold()}
        if there or self._state.catalog.role_of(path) is not None:
            raise UsageError(
                f"'{min(there, default=path)}' is there already", hint="propose an edit"
            )
        _check_size(text)
        return self._keep(Change("proposed note", new_files=(NewFile(path, text),)), why)

    def edit(self, note: str, old: str, new: str, expected: str = "", why: str = "") -> Proposal:
        """`old`, which stands in a note once, becomes `new`; an empty `old` adds at the end.

        expected: the hash of the file that was read; "" takes it as it is. Raises UsageError,
        EditError.
        """
        from vaultdots.edit import Change, Edit

        path = self._state.find(note)
        if expected and expected != self.hash_of(path):
            raise EditError(
                "the note was changed since it was read", place=path, hint="read it again"
            )
        _check_size(new)
        text = self._state.catalog.text(self._state.row(path).id)
        if "\r\n" in text and "\r" not in old + new:
            old, new = old.replace("\n", "\r\n"), new.replace("\n", "\r\n")
        count = text.count(old) if old else 1
        if count != 1:
            raise UsageError(
                f"the old text stands there {count} times",
                place=path,
                hint="it must stand there once",
            )
        start = text.index(old) if old else len(text)
        if not old and text and not text.endswith("\n"):
            new = ("\r\n" if "\r\n" in text else "\n") + new
        edit = Edit(path, Span(start, start + len(old)), old, new, None)
        return self._keep(Change("proposed edit", edits=(edit,)), why)

    def rename(self, note: str, new: str, why: str = "") -> Proposal:
        """A note gets another path, and every reference follows. Raises UsageError, EditError."""
        old = self._state.row(note).path
        folder, slash, _ = old.rpartition("/")
        if "/" not in new:
            new = folder + slash + new
        if not note_ending(new):
            new += ".md"
        return self._keep(self._moved(old, self._new_path(new)), why, (old, self._new_path(new)))

    def connection(self, note: str, target: str, why: str = "") -> Proposal:
        """A connection that `dots connect` suggests becomes a link. Raises UsageError."""
        source = self._state.find(note)
        other = target if target.startswith("#") else self._state.find(target)
        wanted = [c for c in self._connect(source) if c.target == other and not c.explicit]
        if not wanted:
            raise UsageError(
                f"no connection to '{other}' is suggested", place=source, hint="propose an edit"
            )
        change = self._edit.connect(wanted[:1]).change
        if not change:
            raise EditError("; ".join(change.remarks) or "there is nothing to write", place=source)
        return self._keep(replace(change, operation="proposed connection"), why)

    def hash_of(self, note: str) -> str:
        """The digest of a note's file as it is on the disk now. Raises NoteNotFound, VaultError."""
        from vaultdots.store.disknames import disk_name
        from vaultdots.store.writing import read_file

        root = self._state.root
        return digest_of(read_file(root, disk_name(root, self._state.find(note))) or b"")

    # -- to decide -------------------------------------------------------------------------------

    def waiting(self) -> list[Proposal]:
        """All that wait, the oldest first; damaged ones are told in `vault.edit.remarks`."""
        found, damaged = read_proposals(self._data)
        self._edit.remarks += [
            f"the proposal {name} is damaged and is passed over" for name in damaged
        ]
        return found

    def get(self, name: str) -> Proposal:
        """The one with an id. Raises UsageError, VaultError."""
        return read_proposal(self._data, name)

    def diff(self, proposal: Proposal) -> str:
        """What it would change, as a unified diff."""
        return self._prepared(proposal).diff()

    def apply(self, name: str, expected: str = "", *, force: bool = False) -> Record | None:
        """Write a proposal, undoably, and forget it.

        expected: its hash. force: as in `vault.edit.apply`. Raises EditError where it or a file is
        not what was proposed; then nothing is written and the proposal stays.
        """
        with self._edit.lock():
            proposal = self.get(name)
            if expected and expected != proposal.hash:
                raise EditError("the hash is not the proposal's", place=name)
            if proposal.asked is not None and self._planned(*proposal.asked) != (
                proposal.files,
                proposal.moves,
            ):
                raise EditError("the vault was changed since", place=name, hint="propose it again")
            for file in proposal.files:
                if file.before is None:
                    self._new_path(file.path)
            record = self._edit.apply(self._prepared(proposal), force=force)
            drop_proposal(self._data, name)
        return record

    def reject(self, name: str) -> Proposal:
        """Forget a proposal; nothing was written. Raises UsageError, VaultError."""
        with self._edit.operations.lock():
            proposal = self.get(name)
            drop_proposal(self._data, name)
        return proposal

    # -- inside ----------------------------------------------------------------------------------

    def _moved(self, old: str, new: str) -> Change:
        return replace(self._rename.move([(old, new)]), operation="proposed rename")

    def _planned(self, old: str, new: str) -> tuple[object, object]:
        prepared = self._edit.prepare(self._moved(old, new))
        return prepared.files, self._marked(prepared)

    def _marked(self, prepared: Prepared) -> tuple[FileMove, ...]:
        """The moves, each with what its file holds: one that was changed since is another."""
        from vaultdots.store.writing import read_file

        root = self._state.root
        return tuple(
            move._replace(mark=digest_of(read_file(root, move.old) or b""))
            for move in prepared.moves
        )

    def _prepared(self, proposal: Proposal) -> Prepared:
        from vaultdots.edit import Change, Prepared

        moves = tuple(move._replace(mark="") for move in proposal.moves)
        return Prepared(Change(proposal.operation), proposal.files, moves)

    def _keep(self, change: Change, why: str, asked: tuple[str, str] | None = None) -> Proposal:
        prepared = self._edit.prepare(change)
        if not prepared:
            raise EditError("it would change nothing")
        when = datetime.now(UTC).isoformat(timespec="seconds")
        moves = self._marked(prepared)
        reason = why[:_LONGEST_REASON]
        proposal = Proposal(change.operation, when, reason, prepared.files, moves, asked)
        with self._edit.operations.lock():
            write_proposal(self._data, proposal)
        return proposal

    def _new_path(self, path: str) -> str:
        """A path for a note, safe on every disk and inside the vault. Raises UsageError."""
        from vaultdots.store.disknames import disk_name
        from vaultdots.store.writing import inside

        path = nfc(path)
        if not note_ending(path):
            raise UsageError(f"'{path}' is not the name of a note", hint="end it in .md")
        for part in path.split("/"):
            if not part or part.startswith(".") or part != part.strip() or part.endswith("."):
                raise UsageError(f"'{path}' is not a path of a note inside the vault")
            unseen = any(unicodedata.category(c) in _UNSEEN and c not in _JOINERS for c in part)
            if unseen or _SIGNS.search(part) or len(part.encode()) > _LONGEST_NAME:
                raise UsageError(f"'{path}' holds a name that not every disk or link can have")
        inside(self._state.root, disk_name(self._state.root, path))
        return path


def _check_size(text: str) -> None:
    if len(text) > _LONGEST_TEXT:
        raise UsageError(f"the text is longer than {_LONGEST_TEXT:,} characters")
