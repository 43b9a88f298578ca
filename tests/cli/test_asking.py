"""Accepting and rejecting suggestions with single keys, at a terminal."""

from __future__ import annotations

import contextlib
import os
import select
import subprocess
import sys
from pathlib import Path

import pytest

from tests.disk import write
from vaultdots.cli.asking import _HELP

pty = pytest.importorskip("pty", reason="no pseudo-terminals on this system")
termios = pytest.importorskip("termios", reason="no pseudo-terminals on this system")

NOTE = "# 2023년 회고\n\nRedis를 배웠다.\n\nKafka를 배웠다.\n\ngRPC를 배웠다.\n"


@pytest.mark.parametrize("keys", ["ras", "ㄱㅁㄴ"])
def test_keys_of_either_layout(tmp_path: Path, keys: str) -> None:
    """Reject, accept, skip: one link is written, one is remembered as unwanted."""
    note = tmp_path / "v" / "note.md"
    write(tmp_path / "v", {"note.md": NOTE, "Redis.md": "x", "Kafka.md": "x", "gRPC.md": "x"})
    told = at_a_terminal(tmp_path, keys, "connect", "note", "--interactive", "--apply")
    assert "1 of 3" in told
    wanted, unwanted = told_of(told, 2), told_of(told, 1)
    assert note.read_text(encoding="utf-8") == NOTE.replace(wanted, f"[[{wanted}]]")
    rejected = at_a_terminal(tmp_path, "", "connect", "--rejected")
    assert f"{unwanted}.md" in rejected


def test_a_question_mark_says_what_the_keys_do(tmp_path: Path) -> None:
    write(tmp_path / "v", {"note.md": NOTE, "Redis.md": "x", "Kafka.md": "x", "gRPC.md": "x"})
    told = at_a_terminal(tmp_path, "?q", "connect", "note", "--interactive", "--apply")
    assert all(line in told for line in _HELP)


def test_all_are_written_after_a_question_alone(tmp_path: Path) -> None:
    note = tmp_path / "v" / "note.md"
    write(tmp_path / "v", {"note.md": NOTE, "Redis.md": "x", "Kafka.md": "x", "gRPC.md": "x"})
    code, told = answered(tmp_path, "n", "connect", "note", "--apply")
    assert code == 1
    assert "Write 3 links into note.md? [y/N]" in told
    assert "Redis.md" in told
    assert note.read_text(encoding="utf-8") == NOTE
    code, _ = answered(tmp_path, "y", "connect", "note", "--apply")
    assert code == 0
    assert note.read_text(encoding="utf-8").count("[[") == 3


def answered(folder: Path, answer: str, *arguments: str) -> tuple[int, str]:
    """A command's exit code and what it shows at a terminal where one question is answered."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "vaultdots", "--vault", str(folder / "v"), *arguments]
    with subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, env=environ_of(folder)
    ) as process:
        os.close(theirs)
        shown = b""
        with contextlib.suppress(OSError):
            while more := os.read(ours, 65_536):
                shown += more
                if answer and b"[y/N]" in shown:
                    os.write(ours, f"{answer}\r".encode())
                    answer = ""
    os.close(ours)
    return process.returncode, shown.decode()


def told_of(told: str, at: int) -> str:
    """The note that the screen of a suggestion names."""
    screen = told.split(f"{at} of 3", 1)[1].split("[a]ccept", 1)[0]
    (name,) = [name for name in ("Redis", "Kafka", "gRPC") if f"{name}.md" in screen]
    return name


def test_the_picker_leaves_a_pipe_to_the_choice(tmp_path: Path) -> None:
    """As in `nvim $(dots search -i)`: the terminal shows the picker, the pipe gets one line."""
    write(tmp_path / "v", {"a.md": "# 도커\n", "b.md": "# 자바\n"})
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "vaultdots", "--vault", str(tmp_path / "v"), "search", "-i"],
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=theirs,
        env=environ_of(tmp_path),
    )
    os.close(theirs)
    shown = b""
    while "›".encode() not in shown:
        shown += os.read(ours, 65_536)
    os.write(ours, "도커\r".encode())
    with contextlib.suppress(OSError):
        while more := os.read(ours, 65_536):
            shown += more
    assert process.stdout is not None
    with process.stdout as pipe:
        assert pipe.read().decode() == f"{tmp_path}/v/a.md:1\n"
    os.close(ours)
    assert process.wait(timeout=20) == 0
    assert "도커" in shown.decode()


def environ_of(folder: Path) -> dict[str, str]:
    return {
        **os.environ,
        "DOTS_CACHE": str(folder / "cache"),
        "DOTS_DATA": str(folder / "data"),
        "TERM": "xterm",
        "NO_COLOR": "1",
    }


def _listens(terminal: int) -> bool:
    """Whether single keys are read: what is pressed before that is thrown away."""
    return not termios.tcgetattr(terminal)[3] & termios.ICANON


def at_a_terminal(folder: Path, keys: str, *arguments: str, sign: bytes = b"forget all") -> str:
    """What a command shows at a terminal; the next key is pressed when it asks for one."""
    environ = environ_of(folder)
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "vaultdots", "--vault", str(folder / "v"), *arguments]
    process = subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, env=environ, close_fds=True
    )
    os.close(theirs)
    shown, pressed, idle = b"", 0, 0
    while process.poll() is None or select.select([ours], [], [], 0)[0]:
        if select.select([ours], [], [], 0.02)[0]:
            idle = 0
            try:
                shown += os.read(ours, 65_536)
            except OSError:
                break
            continue
        idle += 1
        asked = min(len(keys), shown.count(sign))
        # A key is pressed once more where nothing came of it: what is typed ahead is thrown away.
        if asked and (asked > pressed or idle > 100) and _listens(ours):
            os.write(ours, keys[asked - 1].encode())
            pressed, idle = asked, 0
    os.close(ours)
    assert process.wait(timeout=20) == 0, shown.decode()
    return shown.decode()
