"""A program of ours beside this process, asked once: it answers while this one does other things.

Workers are programs, not of multiprocessing (docs/decisions/0003). Frames are a length and
`marshal` (the same interpreter on both sides).
"""

from __future__ import annotations

import contextlib
import marshal
import os
import struct
import subprocess
import sys
import threading
from typing import IO, Any

_LENGTH = struct.Struct("<I")


class Beside:
    """One such process, and the thread that takes what it answers."""

    def __init__(self, module: str, request: Any) -> None:
        """module: run as `python -m`; it gets `request` as one frame. Where none can be started,
        nothing is answered."""
        self._request = request
        self._frames: list[Any] = []
        self._process: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._take, daemon=True)
        with contextlib.suppress(OSError):
            self._process = start(module, stderr=subprocess.DEVNULL)
            self._thread.start()

    def _take(self) -> None:
        process = self._process
        assert process is not None and process.stdin and process.stdout
        with contextlib.suppress(OSError, ValueError, EOFError, TypeError):
            send(process.stdin, self._request)
            process.stdin.close()
            while (frame := receive(process.stdout)) is not None:
                self._frames.append(frame)

    def frames(self) -> list[Any]:
        """What it answered, once it is through; less where it died."""
        if self._process is not None:
            self._thread.join()
        return self._frames

    def end(self) -> None:
        """Stop it where it still runs, and let go of its pipes."""
        if self._process is None:
            return
        if self._process.poll() is None:
            self._process.kill()
        self._thread.join()
        for stream in (self._process.stdin, self._process.stdout):
            if stream:
                with contextlib.suppress(OSError):
                    stream.close()
        self._process.wait()


def start(module: str, stderr: int | None = None) -> subprocess.Popen[bytes]:
    """A module of ours as a process with pipes to its stdin and stdout. Raises OSError."""
    return subprocess.Popen(
        # -P: nothing is imported from the current folder, which may be the vault.
        [sys.executable, "-P", "-X", "utf8", "-m", module],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=stderr,
        # A terminal's Ctrl-C is for this process, which ends the worker: one that is only being
        # loaded would print where it was stopped.
        process_group=0 if os.name == "posix" else None,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(os.path.isabs, sys.path))},
    )


def send(stream: IO[bytes], value: Any) -> None:
    """Write one frame."""
    data = marshal.dumps(value)
    stream.write(_LENGTH.pack(len(data)))
    stream.write(data)
    stream.flush()


def receive(stream: IO[bytes]) -> Any:
    """Read one frame; None at the end of the stream or in the middle of a frame."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    data = stream.read(length)
    return marshal.loads(data) if len(data) == length else None
