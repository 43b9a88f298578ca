"""What agents propose, kept in the user's data folder until the person accepts or rejects it.

One file a proposal, `proposals/ID.json`; ID is the beginning of the digest of everything in it that
would be written, so that a proposal cannot change behind its id.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from vaultdots.errors import UsageError, VaultError
from vaultdots.store.journal import FileChange, FileMove
from vaultdots.store.private import replace_private
from vaultdots.text.tuples import NamedTuple

FOLDER = "proposals"
_ID = re.compile("[0-9a-f]{8}")
_ID_LENGTH = 8
_MOST = 500
"""Proposals that wait at once: an agent that runs in a circle stops here."""


class Proposal(NamedTuple):
    """A patch that waits. when: ISO, UTC. why: the agent's reason, its own words.

    files: old and new bytes by path. moves: each with the digest of the file that is moved.
    asked: the names that a rename was planned from, to plan it again.
    """

    operation: str
    when: str
    why: str
    files: tuple[FileChange, ...]
    moves: tuple[FileMove, ...] = ()
    asked: tuple[str, str] | None = None

    @property
    def hash(self) -> str:
        """The digest of what would be written: 32 hex digits."""
        digest = hashlib.blake2b(digest_size=16)
        parts = [self.operation, self.files, self.moves, self.asked]
        digest.update(repr(parts).encode("utf-8", "surrogatepass"))
        return digest.hexdigest()

    @property
    def id(self) -> str:
        """How the person names it: the first eight digits of its hash."""
        return self.hash[:_ID_LENGTH]

    @property
    def paths(self) -> tuple[str, ...]:
        """The files that it touches; one that is moved by its new name."""
        return tuple(dict.fromkeys([f.path for f in self.files] + [m.new for m in self.moves]))


def digest_of(data: bytes) -> str:
    """What tells one content of a file from another: 32 hex digits."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def write_proposal(data: Path, proposal: Proposal) -> None:
    """Keep one, under the vault's lock. data: the vault's data folder. Raises VaultError."""
    folder = data / FOLDER
    waiting = list(folder.glob("*.json")) if folder.is_dir() else []
    if len(waiting) >= _MOST:
        raise VaultError(
            f"{_MOST} proposals wait already", hint="`dots proposals` accepts or rejects them"
        )
    record = {
        "operation": proposal.operation,
        "when": proposal.when,
        "why": proposal.why,
        "files": [[f.path, _text(f.before), _text(f.after)] for f in proposal.files],
        "moves": [list(move) for move in proposal.moves],
        "asked": proposal.asked,
    }
    try:
        replace_private(folder / f"{proposal.id}.json", json.dumps(record).encode("ascii"))
    except OSError as error:
        raise VaultError(
            f"the proposal cannot be kept ({error.strerror})",
            place=str(folder),
            hint="DOTS_DATA names another folder",
        ) from None


def read_proposals(data: Path) -> tuple[list[Proposal], list[str]]:
    """Those that wait, the oldest first, and the names of files that cannot be read."""
    found, damaged = [], []
    folder = data / FOLDER
    for path in sorted(folder.glob("*.json")) if folder.is_dir() else []:
        try:
            found.append(_read(path))
        except VaultError:
            damaged.append(path.name)
    return sorted(found, key=lambda proposal: (proposal.when, proposal.id)), damaged


def read_proposal(data: Path, name: str) -> Proposal:
    """The proposal with an id. Raises UsageError, VaultError."""
    if not _ID.fullmatch(name):
        raise UsageError(f"'{name}' is not the id of a proposal", hint="eight digits of 0-9 a-f")
    path = data / FOLDER / f"{name}.json"
    if not path.is_file():
        raise UsageError(f"no proposal has the id {name}", hint="`dots proposals` lists them")
    return _read(path)


def drop_proposal(data: Path, name: str) -> None:
    """Forget one, under the vault's lock. name: its id."""
    (data / FOLDER / f"{name}.json").unlink(missing_ok=True)


def _text(data: bytes | None) -> str | None:
    return None if data is None else base64.b64encode(data).decode("ascii")


def _bytes(text: str | None) -> bytes | None:
    return None if text is None else base64.b64decode(text, validate=True)


def _read(path: Path) -> Proposal:
    try:
        record: dict[str, Any] = json.loads(path.read_bytes())
        asked: Sequence[str] | None = record["asked"]
        proposal = Proposal(
            record["operation"],
            record["when"],
            record["why"],
            tuple(
                FileChange(p, _bytes(before), _bytes(after)) for p, before, after in record["files"]
            ),
            tuple(FileMove(*move) for move in record["moves"]),
            (asked[0], asked[1]) if asked else None,
        )
    except (OSError, ValueError, KeyError, IndexError, TypeError, RecursionError):
        proposal = None
    if proposal is None or proposal.id != path.stem:
        raise VaultError("the proposal is damaged", place=str(path), hint="remove the file")
    return proposal
