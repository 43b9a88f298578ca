"""Ctrl-C at any moment: one line and exit 130, also while Python is still loading what it needs.

What Python does before it comes here (its own start, about 10 ms) is Python's to answer.
"""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from types import FrameType

EXIT = 130
"""The exit code of what Ctrl-C ended, as shells count: 128 + SIGINT."""


class _Seen:
    """Whether Ctrl-C was pressed: an exception of it may come out of a library as another one."""

    pressed = False


def leave_at_once() -> None:
    """From now on Ctrl-C ends the process: nothing is under way that would have to be taken back.

    A process that ignores it (`nohup`, a shell's background) goes on doing so.
    """
    if _ours():
        signal.signal(signal.SIGINT, _leave)


def raise_first() -> None:
    """From now on the first Ctrl-C is a KeyboardInterrupt, so that what is under way is taken back;
    a second one ends the process, which the next command puts right."""
    if _ours():
        signal.signal(signal.SIGINT, _raise)
        sys.unraisablehook = _unraisable


def leave_with(code: int) -> None:
    """From now on Ctrl-C ends the process as it would have ended: all was said."""
    if _ours():
        signal.signal(signal.SIGINT, lambda *_: os._exit(code))


def was_pressed() -> bool:
    """Whether Ctrl-C was pressed since `raise_first`."""
    return _Seen.pressed


def _ours() -> bool:
    return signal.getsignal(signal.SIGINT) in (signal.default_int_handler, _leave, _raise)


def _leave(number: int, frame: FrameType | None) -> None:
    try:
        os.write(2, b"error: stopped\n")
    finally:
        os._exit(EXIT)


def _raise(number: int, frame: FrameType | None) -> None:
    _Seen.pressed = True
    signal.signal(signal.SIGINT, _leave)
    raise KeyboardInterrupt


def _unraisable(unraisable: Any) -> None:
    """Python drops an exception inside a finalizer and prints it: Ctrl-C there is no accident."""
    if issubclass(unraisable.exc_type, KeyboardInterrupt):
        _leave(signal.SIGINT, None)
    sys.__unraisablehook__(unraisable)
