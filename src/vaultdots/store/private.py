"""What dots keeps of a vault is for its owner alone: folders 0700, files 0600, from the start."""

from __future__ import annotations

import os
from pathlib import Path

_FOLDER = 0o700
_FILE = 0o600


def private_folder(folder: Path) -> None:
    """Make a folder (and those above it) that only its owner can enter; mend one that is there.

    Folders above `folder` that exist already are left as they are. Raises OSError.
    """
    missing = []
    at = folder
    while not at.exists() and at != at.parent:
        missing.append(at)
        at = at.parent
    for one in reversed(missing):
        try:
            one.mkdir(mode=_FOLDER)
        except FileExistsError:
            continue
    if folder.stat().st_mode & 0o077:
        folder.chmod(_FOLDER)


def write_private(path: Path, data: bytes) -> None:
    """Write a new file that only its owner can read, down to the disk. Raises OSError."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, _FILE)
    with os.fdopen(handle, "wb") as stream:
        os.fchmod(handle, _FILE)
        stream.write(data)
        stream.flush()
        os.fsync(handle)


def replace_private(path: Path, data: bytes) -> None:
    """Make `data` the content of a file of ours: all of it or nothing, down to the disk.

    To be called under the vault's lock. Raises OSError.
    """
    private_folder(path.parent)
    fresh = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        write_private(fresh, data)
        os.replace(fresh, path)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make the renames in a folder survive a power cut. Raises OSError where the disk fails.

    A system that lets no folder be synced (Windows, some network file systems) is let be.
    """
    import errno

    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EROFS):
            raise
    finally:
        os.close(handle)
