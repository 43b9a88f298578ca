"""An operation whose process died: finished where all of it was written, else taken back.

A file is done where its new bytes stand under its name, or where the old ones lie beside it (it was
replaced, and edited by someone since); not done where the old bytes stand there, or the new ones
lie beside it. All files are made before the first is replaced, and what was put by is taken away
after the last one was: so where a file tells nothing, the others do.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

from vaultdots.store.journal import FileChange
from vaultdots.store.moving import Moves
from vaultdots.store.private import sync_files, sync_folder
from vaultdots.store.transaction import Work, make_folders, moved, remove_folders
from vaultdots.store.writing import Left, Replacement, inside, read_at
from vaultdots.text.tuples import NamedTuple

Stage = Literal["done", "not done", "unknown"]


class Outcome(NamedTuple):
    """What became of it. changed: files that somebody else changed meanwhile: left as they are."""

    finished: bool
    changed: tuple[str, ...]


def recover(root: Path, work: Work, name: str, left: Left) -> Outcome:
    """Finish `work` or take it back. name: begins its temporary files. Raises OSError."""
    return _Recovery(root, work, name, left).run()


class _Recovery:
    def __init__(self, root: Path, work: Work, name: str, left: Left) -> None:
        self.root = root
        self.work = work
        self.name = name
        self.left = left
        self.moves = Moves(root, work.moves, name)

    def run(self) -> Outcome:
        self.moves.end_halves()
        if self._is_finished():
            for n, file in enumerate(self.work.files):
                self._clear(n, file, self._place(file))
            remove_folders(self.root, self.work.emptied)
            self._sync()
            return Outcome(True, ())
        make_folders(self.root, self.work.emptied)
        changed = [*self._uncreate()]
        self.moves.return_all()
        changed += self._unedit()
        self._sync()
        remove_folders(self.root, self.work.made)
        return Outcome(False, tuple(changed))

    def _is_finished(self) -> bool:
        if not self.moves.are_done():
            return False
        stages = [self._stage(n, file) for n, file in enumerate(self.work.files)]
        return "not done" not in stages

    def _place(self, file: FileChange) -> str:
        """Where a file is when all is done."""
        stays = file.before is not None and file.after is not None
        return moved(file.path, self.work.moves) if stays else file.path

    def _stage(self, n: int, file: FileChange) -> Stage:
        """file: looked at where it is when all is done."""
        place = self._place(file)
        now = read_at(inside(self.root, place))
        if now == file.after:
            return "done"
        beside = self._beside(n, place)
        if now == file.before or (file.before is None and now == b"" and beside is not None):
            return "not done"
        if beside is None:
            return "unknown"
        return "done" if read_at(beside) == file.before else "not done"

    def _beside(self, n: int, path: str) -> Path | None:
        """The temporary file of the n-th file: what was put by, else what was made for it."""
        target = inside(self.root, path)
        for ending in (".old", ".tmp"):
            beside = target.with_name(f"{self.name}-{n}{ending}")
            if os.path.lexists(beside):
                return beside
        return None

    def _clear(self, n: int, file: FileChange, path: str) -> None:
        """Remove the temporary files of one; what another program wrote into them is kept."""
        while (beside := self._beside(n, path)) is not None:
            data = read_at(beside)
            ours = data is None or data == file.before or (file.after or b"").startswith(data)
            if data is not None and not ours:
                self.left(path, data)
            os.unlink(beside)

    def _uncreate(self) -> list[str]:
        changed: list[str] = []
        begun = self.moves.are_done()  # files are created after the last move
        for n, file in enumerate(self.work.files):
            if file.before is not None or file.after is None or not begun:
                continue
            target = inside(self.root, file.path)
            now = read_at(target)
            claimed = now == b"" and self._beside(n, file.path) is not None
            if now == file.after or claimed:
                os.unlink(target)
            elif now is not None:
                changed.append(file.path)
            self._clear(n, file, file.path)
        return changed

    def _unedit(self) -> list[str]:
        """Bring the old bytes back, the files being at their old names."""
        changed = []
        for n, file in enumerate(self.work.files):
            if file.before is None:
                continue
            now = read_at(inside(self.root, file.path))
            if now == file.after and now != file.before:
                self._bring_back(n, file)
            elif now != file.before:
                changed.append(file.path)
            self._clear(n, file, file.path)
        return changed

    def _bring_back(self, n: int, file: FileChange) -> None:
        one = Replacement(self.root, *file, f"{self.name}-{n}", self.left)
        beside = self._beside(n, file.path)
        if beside is not None and read_at(beside) != file.after:
            one.swapped, one.displaced = True, beside
            one.take_back()
            return
        if beside is not None:
            os.unlink(beside)
        modes = dict(self.work.modes)
        back = Replacement(
            self.root, file.path, file.after, file.before, f"{self.name}-{n}", self.left
        )
        back.make(modes.get(file.path), force=True)
        sync_files([str(back.temporary)])
        back.swap()
        back.finish()

    def _sync(self) -> None:
        folders = {inside(self.root, file.path).parent for file in self.work.files}
        for move in self.work.moves:
            folders |= {self.moves.place(move.old).parent, self.moves.place(move.new).parent}
        for folder in sorted(folders):
            if folder.is_dir():
                sync_folder(folder)
