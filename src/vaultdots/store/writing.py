"""One file of the vault written, taken away or made, so that nobody's bytes are lost.

The new bytes are written beside the file and synced. Then the two names are exchanged, so that what
stood there at that instant is in our hands: were those not the bytes that were read before, another
program has saved meanwhile, and they go back. A symlink stays one: its target is written.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path

from vaultdots.errors import VaultError
from vaultdots.store.metadata import copy_metadata
from vaultdots.store.opening import read_all
from vaultdots.store.private import sync_files
from vaultdots.store.renaming import exchange, rename_new

_MOST_TURNS = 8
"""Saves of another program within one write after which its last one is simply left."""


Left = Callable[[str, bytes], None]
"""Called with a path and bytes that another program saved there and that would be lost else."""


_READING = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_CLOEXEC", 0)
)


class Interference(VaultError):
    """Another program saved the file at the instant of the write."""

    def __init__(self, path: str) -> None:
        super().__init__(
            "another program has just saved it", place=path, hint="nothing was changed; try again"
        )


class Replacement:
    """One file on its way from `old` bytes to `new` ones; None where the file does not exist.

    name: of its temporary file, in the folder of the file. After `make` the new bytes are written,
    to be synced by the caller; after `swap` they stand under the file's name and what stood there
    is put by; `finish` takes that away, `take_back` brings it back.
    """

    def __init__(
        self,
        root: Path,
        path: str,
        old: bytes | None,
        new: bytes | None,
        name: str,
        left: Left,
        places: Places | None = None,
    ) -> None:
        self.root = root
        self.path = path
        self.target = inside(root, path) if places is None else places(path)
        self.old = old
        self.new = new
        self.left = left
        self.temporary = self.target.with_name(name + ".tmp")
        self.displaced: Path | None = None
        self.swapped = False

    def make(self, mode: int | None, *, force: bool) -> None:
        """Write the new bytes beside the file. mode: of a file that is not there; None is the
        user's default. Raises OSError."""
        if self.new is None:
            return
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0)
        handle = os.open(self.temporary, flags, 0o600)
        with os.fdopen(handle, "wb") as stream:
            if self.old is not None:
                copy_metadata(self.target, handle, str(self.temporary), force=force)
            else:
                os.chmod(self.temporary, mode if mode is not None else 0o666 & ~umask())
            stream.write(self.new)

    def swap(self) -> None:
        """Put the new bytes in place of the old ones. Raises Interference, OSError."""
        if read_at(self.target) != self.old:
            raise Interference(self.path)
        if self.old is None:
            try:
                rename_new(str(self.temporary), str(self.target))
            except FileExistsError:
                raise Interference(self.path) from None
        elif self.new is None:
            os.rename(self.target, self.temporary)
            self.displaced = self.temporary
        elif exchange(str(self.temporary), str(self.target)):
            self.displaced = self.temporary
        else:
            self._replace()
        self.swapped = True
        if self.displaced is not None:
            there = read_at(self.displaced)
            if there != self.old:
                self.swapped = False
                self._put_back([there] if there is not None else [])
                raise Interference(self.path)

    def _replace(self) -> None:
        """Where names cannot be exchanged: keep the old file under a second name, then rename."""
        kept = self.temporary.with_suffix(".old")
        with contextlib.suppress(OSError, NotImplementedError):
            os.link(self.target, kept, follow_symlinks=False)
            self.displaced = kept
        if read_at(self.target) != self.old:
            _discard(kept)
            self.displaced = None
            raise Interference(self.path)
        os.replace(self.temporary, self.target)

    def _put_back(self, saved: list[bytes]) -> None:
        """Bring what was put by to its name again. Where another program saves in between, the
        last that it saved stays under the name. saved: what it saved so far, as far as we met it.
        """
        assert self.displaced is not None
        for _ in range(_MOST_TURNS):
            self._return()
            there = read_at(self.displaced)
            if there is None or there in (self.old, self.new) or there in saved:
                break
            saved.append(there)
        stands = read_at(self.target)
        for data in saved:
            if data != stands:
                self.left(self.path, data)
        _discard(self.displaced)
        self.displaced = None

    def _return(self) -> None:
        """Bring what was put by to its name; what stands there comes into our hands."""
        assert self.displaced is not None
        if self.new is None:
            with contextlib.suppress(FileExistsError):
                rename_new(str(self.displaced), str(self.target))
        elif not exchange(str(self.displaced), str(self.target)):
            os.replace(self.displaced, self.target)

    def finish(self) -> None:
        """Take away what was put by. Another program may have written into it since, which had the
        old file open: that is not lost."""
        if self.displaced is None:
            return
        late = read_at(self.displaced)
        if late is not None and late != self.old:
            self.left(self.path, late)
        os.unlink(self.displaced)
        self.displaced = None

    def take_back(self) -> None:
        """Undo what was done so far. Raises OSError."""
        if not self.swapped:
            _discard(self.temporary)
            return
        self.swapped = False
        if read_at(self.target) != self.new:
            # Saved since: theirs stays, and what was put by is in the journal.
            _discard(self.displaced)
        elif self.displaced is not None:
            self._put_back([])
        elif self.old is None:
            os.rename(self.target, self.temporary)
            if read_at(self.temporary) == self.new:
                os.unlink(self.temporary)
            else:
                rename_new(str(self.temporary), str(self.target))
        else:
            back = Replacement(
                self.root, self.path, self.new, self.old, self.temporary.stem, self.left
            )
            back.make(None, force=True)
            sync_files([str(back.temporary)])
            back.swap()
            back.finish()


def read_file(root: Path, path: str, places: Places | None = None) -> bytes | None:
    """A file's bytes, None where there is none. Raises VaultError."""
    try:
        return read_at(inside(root, path) if places is None else places(path))
    except OSError as error:
        raise cannot(path, error, "read") from None


def read_at(path: Path) -> bytes | None:
    """The bytes of a regular file, None where there is none. Raises OSError."""
    try:
        handle = os.open(path, _READING)
    except FileNotFoundError:
        return None
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            raise OSError(errno.EINVAL, "it is not a regular file")
        return read_all(handle, status.st_size)
    finally:
        os.close(handle)


def inside(root: Path, path: str) -> Path:
    """Where a vault-relative path is on disk, symlinks followed. VaultError outside the vault."""
    base = os.path.realpath(root)
    target = os.path.realpath(os.path.join(base, path))
    if target != base and not target.startswith(base.rstrip(os.sep) + os.sep):
        raise VaultError("it lies outside of the vault", place=path)
    return Path(target)


class Places:
    """`inside` for many files of one vault in one step: each folder is looked up once."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._folders: dict[str, Path] = {}

    def __call__(self, path: str) -> Path:
        """Where a path is on disk. Raises VaultError outside the vault."""
        folder, _, name = path.rpartition("/")
        if name in ("", ".", ".."):
            return inside(self.root, path)
        if folder not in self._folders:
            self._folders[folder] = inside(self.root, folder)
        target = self._folders[folder] / name
        return inside(self.root, path) if target.is_symlink() else target


def _discard(path: Path | None) -> None:
    if path is not None:
        path.unlink(missing_ok=True)


def umask() -> int:
    """The process's file mode creation mask."""
    current = os.umask(0)
    os.umask(current)
    return current


def cannot(path: str, error: OSError, what: str = "written") -> VaultError:
    """One line for a file that cannot be read or written."""
    if error.errno == errno.ENOSPC:
        return VaultError("the disk is full; nothing was changed", place=path)
    return VaultError(f"it cannot be {what} ({error.strerror})", place=path)
