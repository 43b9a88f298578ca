"""Output that nobody reads, that does not fit, that is closed; errors that are no output's."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.disk import command, environment, one_line, write

LINES = "".join(f"- 목표 {number}번 하기\n" for number in range(400))
COMMANDS: dict[tuple[str, ...], int] = {
    ("goals",): 0,
    ("--help",): 0,
    ("goals", "--json"): 0,
    ("search", "목표", "--paths"): 0,
    ("nothing",): 2,
}
"""Command → its exit code where everything is read."""
QUICK = [("goals",), ("--help",)]
RUNS = [
    pytest.param(words, id=" ".join(words), marks=[] if words in QUICK else [pytest.mark.slow])
    for words in COMMANDS
]


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("output")
    return write(folder / "v", {"2023년 회고.md": f"# 2023년 회고\n\n## 2024년 목표\n\n{LINES}"})


def ran(
    vault: Path, words: tuple[str, ...], stdout: int | None, stderr: int | None, *, close: str = ""
) -> subprocess.CompletedProcess[str]:
    line = command(vault, *words)
    if close:
        line = ["sh", "-c", f'exec "$@" {close}', "sh", *line]
    return subprocess.run(
        line, env=environment(vault.parent / "cache"), stdout=stdout, stderr=stderr,
        encoding="utf-8", timeout=100, check=False,
    )  # fmt: skip


@pytest.mark.parametrize("both", [False, True], ids=["stdout", "stdout and stderr"])
@pytest.mark.parametrize("words", RUNS)
def test_a_reader_who_has_enough(vault: Path, words: tuple[str, ...], both: bool) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    try:
        found = ran(vault, words, writer, subprocess.STDOUT if both else subprocess.PIPE)
    finally:
        os.close(writer)
    assert found.returncode == COMMANDS[words]
    assert both or "Broken" not in found.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="/dev/full is Linux's")
@pytest.mark.parametrize("words", RUNS[:4])
def test_output_that_does_not_fit(vault: Path, words: tuple[str, ...]) -> None:
    full = os.open("/dev/full", os.O_WRONLY)
    try:
        found = ran(vault, words, full, subprocess.PIPE)
        silent = ran(vault, words, full, full)
    finally:
        os.close(full)
    assert found.stderr == "error: the output cannot be written (No space left on device)\n"
    assert (found.returncode, silent.returncode) == (2, 2)


@pytest.mark.skipif(sys.platform == "win32", reason="a POSIX shell closes the streams")
@pytest.mark.slow
@pytest.mark.parametrize("close", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize("words", [("goals",), ("nothing",)], ids=" ".join)
def test_closed_streams(vault: Path, words: tuple[str, ...], close: str) -> None:
    found = ran(vault, words, subprocess.PIPE, subprocess.PIPE, close=close)
    assert found.returncode == COMMANDS[words]
    assert "Traceback" not in found.stderr


def test_an_error_of_a_file_is_not_one_of_the_output(tmp_path: Path) -> None:
    """A current folder that is gone: the system's error is told, and nothing of an output."""
    gone = tmp_path / "gone"
    gone.mkdir()
    line = [
        "sh",
        "-c",
        'rmdir "$PWD" && exec "$@"',
        "sh",
        sys.executable,
        "-m",
        "vaultdots",
        "tags",
    ]
    found = subprocess.run(
        line, cwd=gone, env=environment(tmp_path / "cache"), capture_output=True,
        encoding="utf-8", timeout=100, check=False,
    )  # fmt: skip
    assert "output" not in one_line(found)


def test_more_goals_than_are_followed_is_told(tmp_path: Path) -> None:
    many = "".join(f"- 목표 {number}번 하기\n" for number in range(1_005))
    write(tmp_path / "v", {"2023년 회고.md": f"# 2023년 회고\n\n## 2024년 목표\n\n{many}"})
    found = ran(tmp_path / "v", ("goals", "--jsonl"), subprocess.PIPE, subprocess.PIPE)
    assert found.stderr == "2023년 회고.md: only its first 1,000 goals are followed\n"
    assert 900 < len(found.stdout.splitlines()) <= 1_000  # 101 and 1010 read as one, said twice
