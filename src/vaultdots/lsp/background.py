"""What takes long, beside the keyboard: one process with vaults of its own, one job after another.

Not a thread: the interpreter's lock made each answer at the cursor wait for the job's turn, a third
of a second at ten thousand notes. The process starts with the first job, ends when it has had none
for a while, and leaves when the server is gone.
"""

from __future__ import annotations

import contextlib
import logging
import pickle
import queue
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from vaultdots.errors import DotsError
from vaultdots.text.tuples import NamedTuple

if TYPE_CHECKING:
    from vaultdots.vault import Vault

log = logging.getLogger(__name__)
Job = Callable[["Vault"], Any]
"""A function of a module, or `functools.partial` of one: it is sent by its name."""
_IDLE = 60.0
"""Seconds without a job after which the process ends: it holds what it has read."""


class _Task(NamedTuple):
    root: Path
    job: Job
    done: Callable[[Any], None]
    wanted: Callable[[], bool]
    may_stop: bool


class Background:
    """Runs jobs one after another, each with the vault of a folder, brought up to its files."""

    def __init__(self, environ: dict[str, str]) -> None:
        self._environ = environ
        self._jobs: queue.Queue[_Task | None] = queue.Queue()
        self._thread: threading.Thread | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._running: _Task | None = None
        self._killed = False
        self._turn = threading.Lock()
        """Held while a job's turn begins and ends, and while it is broken off: no other is hit."""

    def run(
        self,
        root: Path,
        job: Job,
        done: Callable[[Any], None],
        wanted: Callable[[], bool] = lambda: True,
        *,
        may_stop: bool = True,
    ) -> None:
        """Run a job; `done` gets its result, or the error, in a thread. wanted: asked when its turn
        comes; a job that nobody waits for any more is passed over. may_stop: it writes nothing, so
        that it can be broken off."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._serve, daemon=True)
            self._thread.start()
        self._jobs.put(_Task(root, job, done, wanted, may_stop))

    def look_again(self) -> None:
        """Break off the job at hand where nobody waits for it any more."""
        self._break_off(lambda task: not task.wanted())

    def stop(self) -> None:
        """End now, or after a job at hand that writes."""
        if self._thread is not None:
            self._jobs.put(None)
            self._break_off(lambda task: True)

    def _break_off(self, which: Callable[[_Task], bool]) -> None:
        with self._turn:
            task, process = self._running, self._process
            if task is not None and process is not None and task.may_stop and which(task):
                process.kill()
                self._killed = True

    def _serve(self) -> None:
        while True:
            try:
                task = self._jobs.get(timeout=_IDLE if self._process else None)
            except queue.Empty:
                self._end()
                continue
            if task is None:
                self._end()
                return
            if not task.wanted():
                continue
            with self._turn:
                self._running = task
            result = self._ask(task)
            with self._turn:
                self._running = None
                was_killed, self._killed = self._killed, False
            if was_killed:  # as its answer came
                self._end()
            if isinstance(result, Exception):
                log.warning("in the background: %s", result)
            task.done(result)

    def _ask(self, task: _Task) -> Any:
        try:
            if self._process is None:
                self._process = subprocess.Popen(
                    [sys.executable, "-P", "-X", "utf8", "-m", "vaultdots.lsp.background"],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                )
                self._send(self._environ)
            self._send((task.root, task.job))
            assert self._process.stdout is not None
            is_right, result = pickle.load(self._process.stdout)
        except (OSError, EOFError, pickle.PickleError, ValueError) as error:
            self._end()
            return RuntimeError(f"the job has ended ({type(error).__name__})")
        return result if is_right else DotsError(result)

    def _send(self, what: Any) -> None:
        assert self._process is not None and self._process.stdin is not None
        pickle.dump(what, self._process.stdin)
        self._process.stdin.flush()

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()
        process.wait()


def main() -> None:
    """The process: take jobs from stdin, answer on stdout, leave when stdin ends."""
    import os
    import signal

    # Ctrl-C is the server's to answer; what is typed comes first.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "nice"):
        os.nice(5)
    stdin, stdout = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr
    with contextlib.suppress(EOFError, OSError):
        serve(stdin, stdout)


def serve(stdin: IO[bytes], stdout: IO[bytes]) -> None:
    """Answer jobs until stdin ends (EOFError) or nobody reads (BrokenPipeError)."""
    from vaultdots.vault import Vault

    environ = pickle.load(stdin)
    vaults: dict[Path, Vault] = {}
    while True:
        root, job = pickle.load(stdin)
        try:
            if root in vaults:
                vaults[root].sync()
            else:
                vaults[root] = Vault.open(root, environ=environ, allow_wide=True)
            answer = True, job(vaults[root])
        except Exception as error:
            answer = False, str(error)
        pickle.dump(answer, stdout)
        stdout.flush()


if __name__ == "__main__":
    main()
