"""One process at a time writes into a vault: a lock that the kernel releases when its holder dies.

The lock is `flock` on the vault's own folder, so nothing is written for it, a read-only vault can
be locked, and all who mean the same folder meet. Where folders cannot be locked (Windows, some
network file systems) it is a file in the vault's data folder.
"""

from __future__ import annotations

import contextlib
import errno
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from vaultdots.errors import VaultError
from vaultdots.store.private import private_folder

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

WAIT_SECONDS = 30.0
"""How long a command waits for another one that writes: a rename with 1,000 links takes two."""
_PAUSE_SECONDS = 0.05
_HELD = (errno.EAGAIN, errno.EACCES, errno.EDEADLK)

_held: dict[tuple[str, int], int] = {}
"""(real path of a vault, thread) → how often it holds the lock."""


@contextlib.contextmanager
def vault_lock(root: Path, data: Path, *, wait: float = WAIT_SECONDS) -> Iterator[None]:
    """Hold the vault's lock; a thread that holds it already may take it again.

    root: the vault. data: its data folder. wait: seconds. Raises VaultError where another process
    keeps it for longer, or where there is no way to lock.
    """
    key = (os.path.realpath(root), threading.get_ident())
    if key in _held:
        _held[key] += 1
        try:
            yield
        finally:
            _held[key] -= 1
        return
    handle = _locked(root, data, time.monotonic() + wait)
    _held[key] = 1
    try:
        yield
    finally:
        del _held[key]
        os.close(handle)


def _locked(root: Path, data: Path, until: float) -> int:
    """An open file that holds the lock."""
    if fcntl is None:
        return _locked_file(data, until)
    handle = -1
    try:
        handle = os.open(root, os.O_RDONLY | os.O_CLOEXEC)
        while not _try(handle):
            _pause(until)
        return handle
    except OSError:
        if handle >= 0:
            os.close(handle)
        return _locked_file(data, until)
    except VaultError:
        os.close(handle)
        raise


def _locked_file(data: Path, until: float) -> int:
    try:
        private_folder(data)
        handle = os.open(data / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise VaultError(
            f"the vault cannot be locked ({error.strerror})",
            place=str(data),
            hint="DOTS_DATA names another folder",
        ) from None
    try:
        while not _try(handle):
            _pause(until)
    except OSError as error:
        os.close(handle)
        raise VaultError(f"the vault cannot be locked ({error.strerror})") from None
    except VaultError:
        os.close(handle)
        raise
    return handle


def _try(handle: int) -> bool:
    try:
        if fcntl is not None:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        else:
            import msvcrt  # Windows; untested

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    except OSError as error:
        if error.errno in _HELD:
            return False
        raise
    return True


def _pause(until: float) -> None:
    if time.monotonic() >= until:
        raise VaultError("another process is writing into this vault", hint="try again")
    time.sleep(_PAUSE_SECONDS)
