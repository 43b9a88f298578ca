"""One process from outside: time on the wall and on the processor, memory of the tree."""

from __future__ import annotations

import contextlib
import os
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

# Reading smaps_rollup of a tree takes about a millisecond; every 20 ms is 5 % of a core at most.
_SAMPLE_SECONDS = 0.02
_PSS = b"\nPss:"


class Run(NamedTuple):
    """What one process took. wall, cpu (user + system, its children's too) in seconds.

    pss: the highest sum of the proportional set sizes of the process and its children, in MB;
    None where it was not sampled. output: stdout where it was asked for.
    """

    wall: float
    cpu: float
    code: int
    pss: float | None
    output: str
    error: str


def can_sample() -> bool:
    """Whether the system tells proportional set sizes (Linux does)."""
    return Path("/proc/self/smaps_rollup").exists()


def run(
    arguments: Sequence[str | Path],
    environ: Mapping[str, str] | None = None,
    *,
    memory: bool = False,
    keep: bool = False,
    limit: float = 900,
) -> Run:
    """Run a process to its end. memory: sample it (which costs it a little time).

    keep: hand back its stdout. Raises TimeoutError after `limit` seconds.
    """
    # An installed package is compiled once; where this is set, a checkout is at each start.
    inherited = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    process = subprocess.Popen(
        [os.fspath(part) for part in arguments],
        env={**inherited, **(environ or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE if keep else subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    sampler = _Sampler(process.pid) if memory and can_sample() else None
    try:
        output, error = process.communicate(timeout=limit)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        raise TimeoutError(f"longer than {limit:.0f} s") from None
    except BaseException:
        process.kill()
        process.wait()
        raise
    finally:
        wall = time.perf_counter() - began
        pss = sampler.stop() if sampler else None
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return Run(wall, cpu, process.returncode, pss, output or "", error or "")


def best(times: int, arguments: Sequence[str | Path], environ: Mapping[str, str]) -> Run:
    """The fastest of some runs: what the machine can do when nobody disturbs it."""
    return min((run(arguments, environ) for _ in range(times)), key=lambda one: one.wall)


def dots(*arguments: str | Path, vault: Path | None = None) -> list[str | Path]:
    """The command line of `dots …`: the script beside this Python, else the module."""
    script = Path(sys.executable).with_name("dots")
    source = Path(__file__).parent.parent / "src"
    program: list[str | Path] = [sys.executable, "-m", "vaultdots"]
    if script.exists() and str(source) not in os.environ.get("PYTHONPATH", "").split(os.pathsep):
        program = [script] if "PYTHONPATH" not in os.environ else program
    return [*program, *(("--vault", vault) if vault else ()), *arguments]


class _Sampler:
    """Sums the tree's Pss now and then, and remembers the most."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.most = 0.0
        self.done = threading.Event()
        self.thread = threading.Thread(target=self._watch, daemon=True)
        self.thread.start()

    def stop(self) -> float:
        self.done.set()
        self.thread.join()
        return self.most

    def _watch(self) -> None:
        while True:
            self.most = max(self.most, sum(_pss(pid) for pid in _tree(self.pid)))
            if self.done.wait(_SAMPLE_SECONDS):
                return


def _tree(pid: int) -> list[int]:
    found, waiting = [], [pid]
    while waiting:
        one = waiting.pop()
        found.append(one)
        with contextlib.suppress(OSError):
            for task in Path(f"/proc/{one}/task").iterdir():
                waiting += map(int, (task / "children").read_text().split())
    return found


def _pss(pid: int) -> float:
    """Proportional set size in MB; 0 for a process that is gone."""
    try:
        data = Path(f"/proc/{pid}/smaps_rollup").read_bytes()
    except OSError:
        return 0.0
    at = data.find(_PSS)
    return int(data[at + len(_PSS) :].split(None, 1)[0]) / 1024 if at >= 0 else 0.0
