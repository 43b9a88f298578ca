"""The one way to read a file of a vault that is not a note: settings, goals, templates.

A vault is data from anywhere. What has the name of a settings file may be a pipe, a device, a link
to somewhere else, or a terabyte: only a regular file inside the vault is read, up to a size.
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from vaultdots.store.digests import blake2b
from vaultdots.text.tuples import NamedTuple

SETTINGS_BYTES = 4_000_000
"""More than any settings file has. A vault's own list of 20,000 settled goals is 3 MB."""
MAX_FILE_BYTES = 64_000_000
"""A larger note is told and not read."""
_MORE = 1_000
"""Bytes to ask for behind what a file was said to have."""
_SPECIAL = (
    (stat.S_ISDIR, "folder"),
    (stat.S_ISFIFO, "pipe"),
    (stat.S_ISSOCK, "socket"),
    (stat.S_ISCHR, "device"),
    (stat.S_ISBLK, "device"),
)


class Opened(NamedTuple):
    """data: the file's bytes, None where there is none or it was refused. refused: why, in words
    that follow the file's name; None where nothing was."""

    data: bytes | None
    refused: str | None


def read_inside(root: Path, name: str, limit: int = SETTINGS_BYTES) -> Opened:
    """The bytes of the regular file `name` (vault-relative, as on disk) inside the vault.

    A symlink is followed inside of the vault only. limit: bytes; a larger file is refused. Never
    waits and never raises for what the file is.
    """
    try:
        real = os.path.realpath(root / name, strict=True)
    except FileNotFoundError:
        return Opened(None, None)
    except (OSError, ValueError) as error:
        return Opened(None, _cannot(error))
    home = os.path.realpath(root)
    if os.path.commonpath((home, real)) != home:
        return Opened(None, "it is a link out of the vault")
    return _read(real, limit)


def read_regular(path: Path, limit: int = SETTINGS_BYTES) -> Opened:
    """The same for a file that the person named, wherever it is; links are followed."""
    try:
        return _read(os.path.realpath(path, strict=True), limit)
    except FileNotFoundError:
        return Opened(None, None)
    except (OSError, ValueError) as error:
        return Opened(None, _cannot(error))


def open_regular(path: str) -> int:
    """A descriptor of a regular file, for reading; the path's last part is not followed.

    Opening never waits: not for a pipe's other end, not for a tape. Raises OSError; its `strerror`
    says what the file is where it is not a regular one.
    """
    flags = os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC | os.O_NOFOLLOW
    handle = os.open(path, flags)
    try:
        mode = os.fstat(handle).st_mode
        if not stat.S_ISREG(mode):
            raise OSError(0, f"it is not a file but a {special(mode)}")
    except BaseException:
        os.close(handle)
        raise
    return handle


def open_in_vault(root: str, disk: str) -> int:
    """A descriptor of a file of the vault, by its name on disk; a symlink, or a path through one,
    stays inside of it. Raises OSError."""
    path = os.path.join(root, disk)
    try:
        return open_regular(path)
    except OSError as error:
        if error.errno != errno.ELOOP:
            raise
    real, home = os.path.realpath(path), os.path.realpath(root)
    if os.path.commonpath((home, real)) != home:
        raise OSError(0, "a symlink that leads out of the vault")
    return open_regular(real)


def digest_of(data: bytes) -> bytes:
    """What tells a note's bytes from others."""
    return blake2b(data, digest_size=16).digest()


def file_digest(root: str, disk: str) -> bytes | None:
    """The digest of a file of the vault as it is now, None where it cannot be read."""
    try:
        handle = open_in_vault(root, disk)
        try:
            return digest_of(read_all(handle, os.fstat(handle).st_size, MAX_FILE_BYTES + 1))
        finally:
            os.close(handle)
    except OSError:
        return None


def read_all(handle: int, size: int, most: int | None = None) -> bytes:
    """The bytes of an open file; its object of Python's takes as long as a small file itself. size:
    what it has, as far as is known. most: bytes to read. Raises OSError."""
    pieces = []
    left = most
    while left is None or left > 0:
        piece = os.read(handle, size + 1 if left is None else min(size + 1, left))
        if not piece:
            break
        pieces.append(piece)
        size = max(_MORE, size - len(piece))
        left = None if left is None else left - len(piece)
    return b"".join(pieces)


def special(mode: int) -> str:
    """What a file that is not a regular one is, in a word."""
    return next((word for is_it, word in _SPECIAL if is_it(mode)), "special file")


def _read(real: str, limit: int) -> Opened:
    try:
        with open(open_regular(real), "rb") as stream:
            size = os.fstat(stream.fileno()).st_size
            data = stream.read(limit + 1) if size <= limit else b""
    except FileNotFoundError:
        return Opened(None, None)
    except OSError as error:
        return Opened(None, _cannot(error))
    if size > limit or len(data) > limit:
        return Opened(None, f"it is larger than {limit / 1_000_000:g} MB")
    return Opened(data, None)


def _cannot(error: OSError | ValueError) -> str:
    if isinstance(error, OSError) and error.errno:
        return f"it cannot be read ({error.strerror})"
    if isinstance(error, OSError):
        return str(error.strerror)
    return f"it cannot be read ({error})"
