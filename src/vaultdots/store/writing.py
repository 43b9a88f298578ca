"""Writing into the vault: all of a file or nothing, and no byte that was not meant.

Temp file beside it, fsync, rename, fsync of the folder. A symlink stays one: its target is written.
"""

from __future__ import annotations

import codecs
import contextlib
import os
import stat
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from vaultdots.errors import VaultError
from vaultdots.store.decode import decode


class Insertion(NamedTuple):
    """`text[start:end]` becomes `text`. Offsets: code points of the text without a BOM."""

    start: int
    end: int
    text: str


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


def spliced(data: bytes, expected: str, insertions: Sequence[Insertion]) -> bytes:
    """`data` with some stretches of its text replaced; every other byte stays as it is.

    expected: the text that the offsets mean. Raises ValueError where the file holds another text by
    now, where its bytes are not what its text says (bytes that no encoding explains), where
    insertions overlap, or where one cannot be written in the file's encoding.
    """
    decoded = decode(data)
    if decoded.text != expected:
        raise ValueError("the file has changed meanwhile")
    head, encoding = _encoding(data, decoded.encoding)
    try:
        whole = head + expected.encode(encoding)
    except UnicodeEncodeError:
        whole = b""
    if whole != data:
        raise ValueError("the file holds bytes that are no text")
    pieces = [head]
    at = 0
    for insertion in sorted(insertions):
        if insertion.start < at or not insertion.start <= insertion.end <= len(expected):
            raise ValueError("two edits overlap")
        pieces.append(expected[at : insertion.start].encode(encoding))
        try:
            pieces.append(insertion.text.encode(encoding))
        except UnicodeEncodeError:
            raise ValueError(
                f"'{insertion.text}' cannot be written in the file's encoding ({encoding})"
            ) from None
        at = insertion.end
    pieces.append(expected[at:].encode(encoding))
    return b"".join(pieces)


def _encoding(data: bytes, name: str) -> tuple[bytes, str]:
    """(the BOM, the codec of what follows)."""
    if name == "utf-8-sig":
        return codecs.BOM_UTF8, "utf-8"
    if name == "utf-16":
        if data.startswith(codecs.BOM_UTF16_LE):
            return codecs.BOM_UTF16_LE, "utf-16-le"
        return codecs.BOM_UTF16_BE, "utf-16-be"
    return b"", name


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current


def _cannot(path: str, error: OSError) -> VaultError:
    if error.errno == 28:
        return VaultError("the disk is full; nothing was changed", place=path)
    return VaultError(f"it cannot be written ({error.strerror})", place=path)
