"""Ctrl-C at any moment of a run: one line and exit 130, or the answer; the vault old or new."""

from __future__ import annotations

import random
import re
import shutil
import signal
import sys
from pathlib import Path

import pytest

from tests.disk import dots, settle, write
from tests.safety.faults import FILES, files
from tests.safety.tracing import calls, needs_strace, traced
from vaultdots import interrupt

CALLS = ("openat", "read", "write", "pwrite64", "fsync", "renameat2", "unlink", "close")
COMMANDS: dict[tuple[str, ...], int] = {
    ("--version",): 0,
    ("tags",): 0,
    ("search", "Redis"): 0,
    ("goals",): 0,
    ("graph", "-o", "g.html"): 0,
    ("connect", "회고/2024년 회고.md", "--yes"): 0,
    ("mv", "Redis.md", "db/Redis 서버.md", "--yes"): 0,
    ("rename-tag", "tag", "태그", "--yes"): 0,
    ("import", "post.txt", "-o", "가져온"): 0,
    ("draft", "2025"): 0,
    ("nothing",): 2,
}
"""Command → its exit code where nobody interrupts it."""


def first_of_ours(log: Path) -> int:
    """How many files Python opens before it is told what to do with Ctrl-C."""
    names = [line for line in log.read_text(errors="replace").splitlines() if "openat(" in line]
    ours = re.compile("vaultdots/cli/(__pycache__/)?__init__")
    return next(n for n, line in enumerate(names, 1) if ours.search(line))


def start(folder: Path) -> Path:
    """A vault that was not read yet."""
    root = write(folder / "v", FILES)
    settle(root)
    return root


def interrupted(folder: Path, words: tuple[str, ...], code: int, points: int, seed: int) -> None:
    """Press Ctrl-C at some of the calls that a command makes, each time from the start."""
    root, cache, log = start(folder), folder / "cache", folder / "log"
    old = files(root)
    ran = traced(root, cache, *words, options=["-e", f"trace={','.join(CALLS)}"], log=log, cwd=root)
    assert ran.returncode == code, ran.stderr
    new, counts, loaded = files(root), calls(log), first_of_ours(log)
    chance = random.Random(seed)
    where = [(call, n) for call in CALLS for n in range(1, counts[call] + 1)]
    # Python's own start reads and opens before us: what comes after is told by the opened files.
    where = [(c, n) for c, n in where if c != "openat" or n > loaded]
    where = [(c, n) for c, n in where if c not in ("read", "close") or n > 2 * loaded]
    for call, when in chance.sample(where, min(points, len(where))):
        for gone in (root, cache, Path(f"{cache}-data")):
            shutil.rmtree(gone, ignore_errors=True)
        start(folder)
        inject = ["-e", f"trace={call}", "-e", f"inject={call}:signal=INT:when={when}"]
        ran = traced(root, cache, *words, options=inject, log=log, cwd=root)
        said = [line for line in ran.stderr.splitlines() if line.strip()]
        at = (words, call, when, ran.returncode, ran.stderr)
        assert ran.returncode in (interrupt.EXIT, code), at
        assert "Traceback" not in ran.stderr and "inside dots" not in ran.stderr, at
        if ran.returncode == interrupt.EXIT:
            assert said[-1:] == ["error: stopped"] and len(said) <= 2, at
        assert dots(root, cache, "tags", cwd=root).returncode == 0, at
        assert files(root) in (old, new), at


@needs_strace
def test_ctrl_c_while_a_command_loads(tmp_path: Path) -> None:
    interrupted(tmp_path, ("tags",), 0, 3, seed=1)


@needs_strace
@pytest.mark.slow
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: words[0])
def test_ctrl_c_anywhere(tmp_path: Path, words: tuple[str, ...]) -> None:
    interrupted(tmp_path, words, COMMANDS[words], 12, seed=2)


def test_a_process_that_ignores_ctrl_c_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    before = signal.getsignal(signal.SIGINT)
    monkeypatch.setattr(sys, "unraisablehook", sys.unraisablehook)
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        interrupt.leave_at_once()
        interrupt.raise_first()
        interrupt.leave_with(0)
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)
