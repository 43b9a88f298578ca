"""Renames that lose nothing: two names exchanged at once, and a name that is never taken over.

Linux has renameat2(2), macOS renamex_np(2); both are called through ctypes. Where the system or the
file system has neither, `exchange` says so and `rename_new` makes a hard link instead, which fails
where the name exists; without hard links (exFAT) it claims the name with an empty file first.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import sys
from collections.abc import Callable
from functools import cache

_NOT_HERE = frozenset(
    (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EPERM, errno.EMLINK)
)
"""Errors by which a file system says that it has no such call."""
_AT_FDCWD = -100
_LINUX = {"new": 1, "exchange": 2}  # RENAME_NOREPLACE, RENAME_EXCHANGE
_MACOS = {"new": 4, "exchange": 2}  # RENAME_EXCL, RENAME_SWAP
_SYSCALL = {"x86_64": 316, "aarch64": 276, "arm64": 276, "riscv64": 276}


def exchange(one: str, other: str) -> bool:
    """Exchange two names in one step; False where the system cannot. Raises OSError."""
    return _call("exchange", one, other)


def rename_new(old: str, new: str) -> None:
    """Rename where `new` is free. Raises FileExistsError where it is not, OSError else."""
    if _call("new", old, new):
        return
    try:
        os.link(old, new, follow_symlinks=False)
    except (OSError, NotImplementedError) as error:
        if isinstance(error, OSError) and error.errno not in _NOT_HERE:
            raise
        _claim(old, new)
        return
    os.unlink(old)


def _claim(old: str, new: str) -> None:
    """Take the name with an empty file, then put the file in its place.

    The one way without hard links. A kill in between leaves the empty file beside the one that was
    meant for it: recovery knows that pair.
    """
    if os.path.isdir(old):
        os.mkdir(new)  # FileExistsError where it is there; a rename replaces an empty folder
    else:
        os.close(os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
    try:
        os.replace(old, new)
    except OSError:
        (os.rmdir if os.path.isdir(new) else os.unlink)(new)
        raise


def _call(what: str, old: str, new: str) -> bool:
    function = _function()
    if function is None:
        return False
    code = function(what, os.fsencode(old), os.fsencode(new))
    if code == 0:
        return True
    if code in _NOT_HERE and code != errno.EPERM:
        return False
    raise OSError(code, os.strerror(code), old, None, new)


@cache
def _function() -> Callable[[str, bytes, bytes], int] | None:
    """The system's call: (what, old, new) → 0 or an errno; None where there is none."""
    if sys.platform not in ("linux", "darwin"):
        return None
    libc = ctypes.CDLL(None, use_errno=True)
    if sys.platform == "darwin":
        return _macos(libc)
    text, number = ctypes.c_char_p, ctypes.c_int
    if hasattr(libc, "renameat2"):
        renameat2 = libc.renameat2
        renameat2.argtypes = (number, text, number, text, ctypes.c_uint)
        renameat2.restype = number

        def call(what: str, old: bytes, new: bytes) -> int:
            done = renameat2(_AT_FDCWD, old, _AT_FDCWD, new, _LINUX[what])
            return 0 if done == 0 else ctypes.get_errno()

        return call
    syscall = _SYSCALL.get(platform.machine())
    if syscall is None:
        return None

    def raw(what: str, old: bytes, new: bytes) -> int:
        done = libc.syscall(
            ctypes.c_long(syscall),
            number(_AT_FDCWD),
            text(old),
            number(_AT_FDCWD),
            text(new),
            ctypes.c_uint(_LINUX[what]),
        )
        return 0 if done == 0 else ctypes.get_errno()

    return raw


def _macos(libc: ctypes.CDLL) -> Callable[[str, bytes, bytes], int] | None:
    """macOS 10.12 and later; untested here."""
    if not hasattr(libc, "renamex_np"):
        return None
    renamex_np = libc.renamex_np
    renamex_np.argtypes = (ctypes.c_char_p, ctypes.c_char_p, ctypes.c_uint)
    renamex_np.restype = ctypes.c_int

    def call(what: str, old: bytes, new: bytes) -> int:
        done = renamex_np(old, new, _MACOS[what])
        return 0 if done == 0 else ctypes.get_errno()

    return call
