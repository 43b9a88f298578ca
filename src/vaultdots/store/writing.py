"""Writing into the vault: all of a file or nothing, and no byte that was not meant.

Temp file beside it, fsync, rename, fsync of the folder. A symlink stays one: its target is written.
"""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
from pathlib import Path

from vaultdots.errors import VaultError


def write_file(root: Path, path: str, data: bytes) -> None:
    """Make `data` the content of a file of the vault, for good. Raises VaultError."""
    target = inside(root, path)
    try:
        mode = stat.S_IMODE(target.stat().st_mode)
    except FileNotFoundError:
        mode = None
    except OSError as error:
        raise _cannot(path, error) from None
    handle, name = -1, ""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".dots-", suffix=".tmp", dir=target.parent)
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(name, mode if mode is not None else 0o666 & ~_umask())
        os.replace(name, target)
        sync_folder(target.parent)
    except OSError as error:
        if name:
            with contextlib.suppress(OSError):
                os.unlink(name)
        raise _cannot(path, error) from None


def remove_file(root: Path, path: str) -> None:
    """Take a file out of the vault. Raises VaultError."""
    target = inside(root, path)
    try:
        target.unlink()
        sync_folder(target.parent)
    except FileNotFoundError:
        return
    except OSError as error:
        raise _cannot(path, error) from None


def read_file(root: Path, path: str) -> bytes | None:
    """A file's bytes, None where there is none. Raises VaultError."""
    try:
        return inside(root, path).read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _cannot(path, error) from None


def inside(root: Path, path: str) -> Path:
    """Where a vault-relative path is on disk, symlinks followed. VaultError outside the vault."""
    target = (root / path).resolve()
    if not target.is_relative_to(root.resolve()):
        raise VaultError("it lies outside of the vault", place=path)
    return target


def sync_folder(folder: Path) -> None:
    """Make a rename in `folder` survive a power cut, where the system lets a folder be synced."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current


def _cannot(path: str, error: OSError) -> VaultError:
    if error.errno == 28:
        return VaultError("the disk is full; nothing was changed", place=path)
    return VaultError(f"it cannot be written ({error.strerror})", place=path)
