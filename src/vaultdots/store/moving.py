"""Names that change at once: two can swap, and one can differ by its case alone.

A name whose new place is still taken goes by a temporary one; nothing is ever renamed over.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from vaultdots.store.journal import FileMove, digest_of
from vaultdots.store.private import sync_folder
from vaultdots.store.renaming import rename_new
from vaultdots.store.writing import inside, read_at


class Moves:
    """The moves of one operation. name: begins the names of temporary files."""

    def __init__(self, root: Path, moves: Sequence[FileMove], name: str) -> None:
        self.root = root
        self.moves = moves
        self.name = name
        self.done: list[tuple[Path, Path]] = []
        # Names that were left, and folders that changed, since the last sync.
        self._left: set[Path] = set()
        self._loose: set[Path] = set()

    def run(self) -> set[Path]:
        """Move everything; returns the folders that are to be synced. Raises OSError."""
        folders: set[Path] = set()
        waiting: list[tuple[Path, Path]] = []
        for n, move in enumerate(self.moves):
            old, new = self.place(move.old), self.place(move.new)
            folders |= {old.parent, new.parent}
            if os.path.lexists(new):
                beside = new.with_name(f"{self.name}-m{n}.tmp")
                self._rename_after(old, beside)
                waiting.append((beside, new))
            else:
                self._rename_after(old, new)
        for beside, new in waiting:
            self._rename_after(beside, new)
        return folders

    def _rename_after(self, old: Path, new: Path) -> None:
        """A rename; one that takes a name which another has left comes after that on the disk, too:
        a power cut that kept this one alone would lose what had the name."""
        if new in self._left:
            for folder in self._loose:
                if folder.is_dir():
                    sync_folder(folder)
            self._left.clear()
            self._loose.clear()
        self._left.add(old)
        self._loose |= {old.parent, new.parent}
        self._rename(old, new)

    def take_back(self) -> None:
        """Undo what was done so far. Raises OSError."""
        while self.done:
            old, new = self.done[-1]
            rename_new(str(new), str(old))
            self.done.pop()

    def _rename(self, old: Path, new: Path) -> None:
        rename_new(str(old), str(new))
        self.done.append((old, new))

    def place(self, path: str) -> Path:
        """Where a name is: its folder with symlinks followed, the name itself not."""
        folder, _, name = path.rpartition("/")
        return inside(self.root, folder or ".") / name

    # -- after a crash ---------------------------------------------------------------------------

    def end_halves(self) -> None:
        """Undo a rename of two steps of which the second is missing. Raises OSError.

        Where the system has no rename that spares a file, a name is linked first and then taken
        away, or claimed by an empty file: see `store.renaming`.
        """
        marks = {move.mark for move in self.moves}
        for n, move in enumerate(self.moves):
            old, beside, new = self.place(move.old), self._beside(n), self.place(move.new)
            for first, second in ((old, beside), (beside, new), (old, new)):
                if not (is_listed(first) and is_listed(second)):
                    continue
                if first.samefile(second):
                    second.unlink()
                elif (
                    _is_empty(second)
                    and mark_of(second) not in marks
                    and mark_of(first) == move.mark
                ):
                    second.rmdir() if second.is_dir() else second.unlink()

    def are_done(self) -> bool:
        """Whether everything is at its new name."""
        return all(self._at(n) == "new" for n in range(len(self.moves)))

    def return_all(self) -> None:
        """Bring everything back to its old name, wherever a crash left it. Raises OSError."""
        at = [self._at(n) for n in range(len(self.moves))]
        for n, where in enumerate(at):
            if where == "new":
                rename_new(str(self.place(self.moves[n].new)), str(self._beside(n)))
        for n, where in enumerate(at):
            if where != "old":
                rename_new(str(self._beside(n)), str(self.place(self.moves[n].old)))

    def _beside(self, n: int) -> Path:
        return self.place(self.moves[n].new).with_name(f"{self.name}-m{n}.tmp")

    def _at(self, n: int) -> str:
        """`old`, `beside` or `new`: where the n-th thing is."""
        move = self.moves[n]
        old, new = self.place(move.old), self.place(move.new)
        if os.path.lexists(self._beside(n)):
            return "beside"
        if not is_listed(old):
            return "new"
        if not is_listed(new):
            return "old"
        # Both names are taken: by a swap, or by someone since.
        return "new" if mark_of(new) == move.mark != mark_of(old) else "old"


def is_listed(path: Path) -> bool:
    """Whether the name stands in its folder as it is written, its case too."""
    try:
        return path.name in os.listdir(path.parent)
    except (FileNotFoundError, NotADirectoryError):
        return False


def _is_empty(path: Path) -> bool:
    return not os.listdir(path) if path.is_dir() else path.lstat().st_size == 0


def mark_of(path: Path) -> str:
    """What tells a file or folder from another one that takes its name. Raises OSError."""
    if path.is_dir():
        return f"inode {path.stat().st_ino}"
    data = read_at(path)
    return digest_of(data) if data is not None else ""
