"""A process that dies, or a disk that fails, at the n-th change that it asks of the disk.

The calls of `os` by which files change are counted, the two renames of the kernel included. From
the n-th on a dead process makes none of them any more; a failing disk refuses the n-th alone, or
all that follow. In one process this is a thousand times as fast as strace, which the tests of whole
commands use (`tests/safety/tracing.py`).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from vaultdots.store import renaming

CALLS = ("open", "fsync", "rename", "replace", "link", "unlink", "mkdir", "rmdir")


class Killed(BaseException):
    """The process is dead."""


class Counter:
    """How many calls were made. at: the one that fails, from 1; 0: none."""

    def __init__(self, at: int, error: int | None, *, after: bool, onwards: bool) -> None:
        self.at = at
        self.error = error
        self.after = after
        self.onwards = onwards
        self.count = 0

    def begin(self) -> None:
        """Before a call: dead or refused."""
        if self.error is None and self.at and self.count >= self.at:
            raise Killed
        self.count += 1
        here = self.count == self.at or (self.onwards and self.at and self.count > self.at)
        if here and self.error is not None:
            raise OSError(self.error, os.strerror(self.error))
        if here and not self.after:
            raise Killed

    def end(self) -> None:
        """After a call that was made."""
        if self.error is None and self.after and self.count == self.at:
            raise Killed


@contextmanager
def failing(
    at: int = 0, *, error: int | None = None, after: bool = False, onwards: bool = False
) -> Iterator[Counter]:
    """Fail at the `at`-th call. error: an errno, None for a kill; after: a kill when the call is
    made already; onwards: the disk refuses all that follows, too."""
    counter = Counter(at, error, after=after, onwards=onwards)
    with pytest.MonkeyPatch.context() as patch:
        for name in CALLS:
            patch.setattr(os, name, _counted(counter, getattr(os, name), name))
        function = renaming._function()
        patch.setattr(renaming, "_function", lambda: _kernel(counter, function))
        yield counter


def _counted(counter: Counter, call: Any, name: str) -> Any:
    def counted(*args: Any, **keywords: Any) -> Any:
        if name == "open" and not args[1] & (os.O_WRONLY | os.O_RDWR):
            return call(*args, **keywords)
        counter.begin()
        result = call(*args, **keywords)
        counter.end()
        return result

    return counted


def _kernel(counter: Counter, function: Any) -> Any:
    """renameat2, which reports its error as a number."""
    if function is None:
        return None

    def counted(what: str, old: bytes, new: bytes) -> int:
        try:
            counter.begin()
        except OSError as error:
            assert error.errno is not None
            return error.errno
        code: int = function(what, old, new)
        counter.end()
        return code

    return counted
