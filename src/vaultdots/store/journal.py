"""What dots wrote into a vault, kept outside of it: the old and the new bytes of every file.

One file an operation, in `journal/` of the vault's data folder: `000012.done`. Its first line names
the format and the digest of the second, the second is a JSON object, the rest are the bytes it
points at. It is on the disk before the vault is touched. The ending is the state:

    open      being written; found under the lock, its process is dead
    done      written; `dots undo` takes it back
    undoing   being taken back, or `redoing`, done again; the same holds
    undone    taken back; `dots redo` does it again
    stuck     neither finished nor taken back: a file of it was changed by someone else meanwhile
    kept      bytes that another program saved at the instant of a write, and that were moved aside

A file that is cut, empty or alien is reported and passed over: it blocks none of the others.
Everything that changes the folder happens under the vault's lock (`store.lock`).
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal, get_args

from vaultdots.errors import VaultError
from vaultdots.store.digests import blake2b
from vaultdots.store.private import private_folder, sync_folder, write_private
from vaultdots.text.late import late
from vaultdots.text.tuples import NamedTuple

State = Literal["open", "done", "undoing", "redoing", "undone", "stuck", "kept"]
DEAD: tuple[State, ...] = ("open", "undoing", "redoing")
"""States of an operation that was cut off, where no process holds the lock."""
_FORMAT = "vaultdots journal 1"
_NAME = late(r"(\d{6,9})\.([a-z]+)")
_TEMPORARY = late(r"\.\d+\.\d+\.tmp")


class FileChange(NamedTuple):
    """A file's old and new bytes; None where the file does not exist.

    path: vault-relative, as on the disk; of one that is created, where it is after the moves of the
    same operation, else where it was before them.
    """

    path: str
    before: bytes | None
    after: bytes | None


class FileMove(NamedTuple):
    """A file or folder that gets another name; both vault-relative, as on the disk.

    mark: what tells it from others: the digest of a file's bytes, the inode of a folder.
    """

    old: str
    new: str
    mark: str = ""


class Record(NamedTuple):
    """An operation without its bytes. when: ISO, UTC. pid: the process that wrote it. folders:
    those that it made. modes: of the files that it deletes, the mode by path."""

    number: int
    state: State
    operation: str
    when: str
    pid: int
    paths: tuple[str, ...]
    moves: tuple[FileMove, ...] = ()
    folders: tuple[str, ...] = ()
    modes: tuple[tuple[str, int], ...] = ()


class Journal:
    """The operations of one vault. folder: the vault's data folder; made when first written to."""

    def __init__(self, folder: Path) -> None:
        self.data = folder
        self.folder = folder / "journal"
        self.damaged: list[str] = []
        """Files of the journal that could not be read, after `records`."""

    # -- reading ---------------------------------------------------------------------------------

    def records(self, *states: State) -> list[Record]:
        """The operations in one of `states` (none: in any), the last first."""
        return list(self.newest(*states))

    def newest(self, *states: State) -> Iterator[Record]:
        """The same one by one, for who looks for one: each may name a thousand files."""
        self.damaged = []
        for number, state in reversed(self._names()):
            if states and state not in states:
                continue
            try:
                yield self._read(number, state, whole=False)[0]
            except (OSError, ValueError, KeyError, TypeError):
                self.damaged.insert(0, f"{number:06d}.{state}")

    def is_unfinished(self) -> bool:
        """Whether an operation is going on, or died."""
        return any(state in DEAD for _, state in self._names())

    def changes(self, record: Record) -> tuple[FileChange, ...]:
        """An operation's files with their bytes. Raises VaultError where some are damaged."""
        try:
            return self._read(record.number, record.state)[1]
        except (OSError, ValueError, KeyError, TypeError):
            raise VaultError(
                "what was kept of the operation is damaged", place=str(self._path(record))
            ) from None

    def has_dead_names(self) -> bool:
        """Whether a temporary file of a process that died lies in the folder."""
        return any(_TEMPORARY.fullmatch(name) for name in self._listing())

    def _names(self) -> list[tuple[int, State]]:
        found: list[tuple[int, State]] = []
        for name in self._listing():
            match = _NAME.fullmatch(name)
            if match and match[2] in get_args(State):
                found.append((int(match[1]), match[2]))  # type: ignore[arg-type]
        return sorted(found)

    def _listing(self) -> list[str]:
        try:
            return os.listdir(self.folder)
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as error:
            raise VaultError(
                f"the journal cannot be read ({error.strerror})", place=str(self.folder)
            ) from None

    def _read(
        self, number: int, state: State, *, whole: bool = True
    ) -> tuple[Record, tuple[FileChange, ...]]:
        """whole: with the bytes. Raises OSError, ValueError, KeyError, TypeError where the file is
        not ours, or is cut."""
        with (self.folder / f"{number:06d}.{state}").open("rb") as stream:
            form, _, digest = stream.readline(200).decode("ascii").rstrip("\n").rpartition(" ")
            head = stream.readline()
            if form != _FORMAT or digest != digest_of(head):
                raise ValueError("not a journal file")
            entry = json.loads(head)
            body = stream.read() if whole else b""
        files = tuple(
            FileChange(file["path"], _cut(body, file["before"]), _cut(body, file["after"]))
            for file in entry["files"]
            if whole
        )
        moves = tuple(FileMove(*move) for move in entry["moves"])
        record = Record(
            number,
            state,
            str(entry["operation"]),
            str(entry["when"]),
            int(entry["pid"]),
            (*(str(file["path"]) for file in entry["files"]), *(move.new for move in moves)),
            moves,
            tuple(map(str, entry["folders"])),
            tuple((str(path), int(mode)) for path, mode in entry["modes"]),
        )
        return record, files

    # -- writing, under the vault's lock ---------------------------------------------------------

    def add(
        self,
        state: State,
        operation: str,
        files: Sequence[FileChange],
        moves: Sequence[FileMove] = (),
        folders: Sequence[str] = (),
        modes: Iterable[tuple[str, int]] = (),
    ) -> Record:
        """Put an operation on the disk, whole. Raises VaultError; nothing is left then."""
        number = max((number for number, _ in self._names()), default=0) + 1
        when = datetime.now(UTC).replace(microsecond=0).isoformat()
        record = Record(
            number,
            state,
            operation,
            when,
            os.getpid(),
            (*(file.path for file in files), *(move.new for move in moves)),
            tuple(moves),
            tuple(folders),
            tuple(modes),
        )
        fresh = self.folder / f".{number}.{os.getpid()}.tmp"
        try:
            made = [*private_folder(self.data), *private_folder(self.folder)]
            write_private(fresh, _encoded(record, files))
            os.replace(fresh, self._path(record))
            sync_folder(self.folder)
            for folder in made:
                sync_folder(folder.parent)
        except OSError as error:
            for leftover in (fresh, self._path(record)):
                _discard(leftover)
            raise VaultError(
                f"the old text cannot be kept ({error.strerror}); nothing was changed",
                place=str(self.folder),
                hint="DOTS_DATA names another folder",
            ) from None
        return record

    def has(self, record: Record) -> bool:
        """Whether the operation is there, in this state."""
        return self._path(record).exists()

    def turn(self, record: Record, state: State) -> Record:
        """Give an operation another state. Raises OSError."""
        turned = record._replace(state=state)
        os.replace(self._path(record), self._path(turned))
        sync_folder(self.folder)
        return turned

    def drop(self, record: Record) -> None:
        """Forget an operation. Raises OSError."""
        self._path(record).unlink(missing_ok=True)
        sync_folder(self.folder)

    def set_aside(self, record: Record) -> None:
        """Take a damaged or hopeless file out of the way, without losing it."""
        self.turn(record, "stuck")

    def set_damaged_aside(self) -> list[str]:
        """The files of dead operations that cannot be read, renamed so that they are met once."""
        found = []
        for number, state in self._names():
            if state not in DEAD:
                continue
            try:
                self._read(number, state)
            except (OSError, ValueError, KeyError, TypeError):
                name = f"{number:06d}.{state}"
                os.replace(self.folder / name, self.folder / f"{number:06d}.damaged")
                found.append(name)
        return found

    def sweep(self) -> None:
        """Remove what a process left that died while it wrote here."""
        for name in self._listing():
            if _TEMPORARY.fullmatch(name):
                _discard(self.folder / name)

    def prune(self, days: int) -> None:
        """Forget what is older than `days`, up to the first operation that is not. One of a clock
        that went wrong, later than now, is as old as the one after it."""
        now = datetime.now(UTC)
        oldest = (now - timedelta(days=days)).isoformat()
        waiting: list[Record] = []
        for number, state in self._names():
            try:
                record, _ = self._read(number, state, whole=False)
            except (OSError, ValueError, KeyError, TypeError):
                continue
            if oldest <= record.when <= now.isoformat():
                return
            waiting.append(record)
            if record.when < oldest:
                for old in waiting:
                    if old.state not in DEAD:
                        _discard(self._path(old))
                waiting.clear()

    def forget(self) -> int:
        """Forget everything that was kept; returns how many operations that were."""
        names = [name for name in self._listing() if name != "."]
        count = sum(bool(_NAME.fullmatch(name)) for name in names)
        for name in names:
            (self.folder / name).unlink(missing_ok=True)
        if names:
            sync_folder(self.folder)
        return count

    def _path(self, record: Record) -> Path:
        return self.folder / f"{record.number:06d}.{record.state}"


def digest_of(data: bytes) -> str:
    """A short name for bytes: the same bytes, the same name."""
    return blake2b(data, digest_size=16).hexdigest()


def _encoded(record: Record, files: Sequence[FileChange]) -> bytes:
    body: list[bytes] = []
    size = 0
    rows: list[dict[str, Any]] = []
    for file in files:
        row: dict[str, Any] = {"path": file.path, "before": None, "after": None}
        for name, data in (("before", file.before), ("after", file.after)):
            if data is not None:
                row[name] = [size, len(data), digest_of(data)]
                body.append(data)
                size += len(data)
        rows.append(row)
    entry = {
        "operation": record.operation,
        "when": record.when,
        "pid": record.pid,
        "files": rows,
        "moves": record.moves,
        "folders": record.folders,
        "modes": record.modes,
    }
    # ASCII: a name that is not UTF-8 (surrogates) is escaped and comes back as it was.
    head = json.dumps(entry, ensure_ascii=True).encode("ascii") + b"\n"
    return b"".join((f"{_FORMAT} {digest_of(head)}\n".encode("ascii"), head, *body))


def _cut(body: bytes, place: list[Any] | None) -> bytes | None:
    if place is None:
        return None
    start, size, digest = place
    data = body[start : start + size]
    if digest_of(data) != digest:
        raise ValueError("damaged")
    return data


def _discard(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return
