"""Operations on the vault's files: all of one or nothing, whatever happens in the middle.

Forward and back are the same three steps: files are replaced or removed where they stand, then
names are moved, then files are created. Going back is the operation with before and after, old and
new exchanged. What was done is taken back where a step fails; where the process dies, the journal
says what it was about, and `recover` finishes it or takes it back.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Lock

from vaultdots.errors import VaultError
from vaultdots.store.journal import FileChange, FileMove, Record, digest_of
from vaultdots.store.moving import Moves
from vaultdots.store.private import side_by_side, sync_files, sync_folder
from vaultdots.store.writing import Left, Places, Replacement, cannot, inside
from vaultdots.text.tuples import NamedTuple


class Unfinished(VaultError):
    """An operation could be neither done nor taken back: its record stays open."""


class Work(NamedTuple):
    """What is to be done in one direction. files: by where they are when their turn comes.

    made: folders that it makes; emptied: those that it takes away, where nothing else lies in them.
    """

    files: tuple[FileChange, ...]
    moves: tuple[FileMove, ...]
    made: tuple[str, ...] = ()
    emptied: tuple[str, ...] = ()
    modes: tuple[tuple[str, int], ...] = ()

    def leaving(self) -> set[str]:
        """The names that it sets free."""
        return {move.old for move in self.moves} | {f.path for f in self.files if f.after is None}


def forward(record: Record, files: Sequence[FileChange]) -> Work:
    """The operation."""
    return Work(tuple(files), _marked(record.moves, files), record.folders, modes=record.modes)


def reverse(work: Work) -> Work:
    """The work that takes `work` back: files that stay are edited where it has moved them."""
    files = tuple(
        FileChange(
            file.path
            if file.before is None or file.after is None
            else moved(file.path, work.moves),
            file.after,
            file.before,
        )
        for file in work.files
    )
    moves = [FileMove(move.new, move.old, move.mark) for move in reversed(work.moves)]
    return work._replace(
        files=files, moves=_marked(moves, files), made=work.emptied, emptied=work.made
    )


def _marked(moves: Sequence[FileMove], files: Sequence[FileChange]) -> tuple[FileMove, ...]:
    """Moves with the marks that things have when they move: after they were edited."""
    moving = {move.old for move in moves}
    edited = {
        file.path: digest_of(file.after)
        for file in files
        if file.path in moving and file.before is not None and file.after is not None
    }
    return tuple(move._replace(mark=edited.get(move.old, move.mark)) for move in moves)


def moved(path: str, moves: Sequence[FileMove]) -> str:
    """Where a file is after moves that all happen at once; the move that names it best counts."""
    best = max(
        (m for m in moves if path == m.old or path.startswith(m.old + "/")),
        key=lambda move: len(move.old),
        default=None,
    )
    return path if best is None else best.new + path[len(best.old) :]


class Transaction:
    """One run of `work` on the files of the vault at `root`.

    name: begins the names of its temporary files. left: keeps what another program saved meanwhile.
    """

    def __init__(self, root: Path, work: Work, name: str, left: Left, *, force: bool) -> None:
        self.root = root
        self.work = work
        self.name = name
        self._left = left
        self._one_at_a_time = Lock()
        self.force = force
        self.edits: list[Replacement] = []
        self.creations: list[Replacement] = []
        self.moves = Moves(root, work.moves, name)
        self.touched: set[Path] = set()

    def left(self, path: str, data: bytes) -> None:
        """Keep what another program saved; files that are finished side by side take turns."""
        with self._one_at_a_time:
            self._left(path, data)

    def run(self) -> None:
        """Do all of it, down to the disk. Raises VaultError, with nothing done, where it cannot."""
        try:
            self._run()
        except BaseException as error:
            problem = self._taken_back()
            if problem is not None:
                raise problem from None
            if isinstance(error, OSError):
                raise cannot(self._meant(error), error) from None
            raise

    def _run(self) -> None:
        modes = dict(self.work.modes)
        places = Places(self.root)
        for n, file in enumerate(self.work.files):
            if file.before is not None:
                edit = Replacement(self.root, *file, f"{self.name}-{n}", self.left, places)
                self.edits.append(edit)
                edit.make(None, force=self.force)
        sync_files([str(edit.temporary) for edit in self.edits if edit.new is not None])
        for edit in self.edits:
            self.touched.add(edit.target.parent)
            edit.swap()
        if self.work.moves:
            # Their folders are to move: nothing of ours may lie in them.
            self._finish()
            self._sync()
        self.touched |= make_folders(self.root, self.work.made)
        self.touched |= self.moves.run()
        for n, file in enumerate(self.work.files):
            if file.before is None and file.after is not None:
                made = Replacement(self.root, *file, f"{self.name}-{n}", self.left)
                self.creations.append(made)
                made.make(modes.get(file.path), force=self.force)
        sync_files([str(made.temporary) for made in self.creations])
        for made in self.creations:
            self.touched.add(made.target.parent)
            made.swap()
        self._sync()
        self._finish()
        self.touched.update(edit.target.parent for edit in self.edits)
        self.touched |= remove_folders(self.root, self.work.emptied)
        self._sync()

    def _meant(self, error: OSError) -> str:
        """The file or folder of the vault that an error is about: of a temporary file the one that
        it was to become, else the folder in which it could not be made."""
        name = _named(self.root, error)
        for one in (*self.edits, *self.creations):
            if error.filename and Path(os.fsdecode(error.filename)).stem == one.temporary.stem:
                return one.path
        folder, _, last = name.rpartition("/")
        return (folder or ".") if last.startswith(f"{self.name}-") else name

    def _finish(self) -> None:
        """Take away what was put by."""
        side_by_side(Replacement.finish, [one for one in self.edits if one.displaced is not None])

    def _sync(self) -> None:
        for folder in sorted(self.touched):
            if folder.is_dir():
                sync_folder(folder)
        self.touched.clear()

    def _taken_back(self) -> Unfinished | None:
        """Bring everything back to where it was; what could not be brought back, in one line."""
        failed: list[str] = []
        with contextlib.suppress(OSError):
            make_folders(self.root, self.work.emptied)
        for one in reversed(self.creations):
            failed += self._one_back(one)
        try:
            self.moves.take_back()
        except OSError as error:
            failed.append(f"{self._meant(error)} ({error.strerror})")
        for one in reversed(self.edits):
            failed += self._one_back(one)
        remove_folders(self.root, self.work.made)
        if not failed:
            return None
        return Unfinished(
            f"it could be neither written nor taken back: {', '.join(failed)}",
            hint="the next command tries again; `dots history` has the old text",
        )

    def _one_back(self, one: Replacement) -> Iterator[str]:
        try:
            one.take_back()
        except (OSError, VaultError) as error:
            yield f"{one.path} ({getattr(error, 'strerror', None) or error})"


def make_folders(root: Path, folders: Sequence[str]) -> set[Path]:
    """Make folders; returns what is to be synced. Raises OSError."""
    touched: set[Path] = set()
    for folder in sorted(folders):
        path = inside(root, folder)
        path.mkdir(exist_ok=True)
        touched |= {path, path.parent}
    return touched


def remove_folders(root: Path, folders: Sequence[str]) -> set[Path]:
    """Take away those folders of a list that are empty; returns what is to be synced."""
    touched: set[Path] = set()
    for folder in sorted(folders, reverse=True):
        with contextlib.suppress(OSError, VaultError):
            path = inside(root, folder)
            os.rmdir(path)
            touched.add(path.parent)
    return touched


def _named(root: Path, error: OSError) -> str:
    """The file that an error is about, from the vault's root."""
    name = os.fsdecode(error.filename) if error.filename else ""
    with contextlib.suppress(ValueError):
        name = Path(name).relative_to(root.resolve()).as_posix()
    return name
