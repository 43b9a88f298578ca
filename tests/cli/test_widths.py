"""On a narrow terminal no line of a listing is broken, in Korean (two columns a syllable) too."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.test_terminal import Screen
from vaultdots.cli import language, run
from vaultdots.text.columns import width

DEMO = Path(__file__).parents[2] / "vault"
COMMANDS = (
    "check", "related Redis -n 3", "compare 2023 2024", "goals 2022", "goals 2025", "reviews",
    "books", "orphans", "bridges", "tags", "links Redis", "backlinks Redis", "arcs", "on 05-08",
    "connect 2024년 1분기 회고", "cache", "",
)  # fmt: skip


@pytest.fixture(params=["C.UTF-8", "ko_KR.UTF-8"])
def locale(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("LC_ALL", request.param)
    monkeypatch.setattr("vaultdots.cli.localize", lambda _: None)  # the help is for all tests
    language._catalog.cache_clear()
    language._templates.cache_clear()
    yield request.param
    monkeypatch.undo()
    language._catalog.cache_clear()
    language._templates.cache_clear()


@pytest.mark.slow
def test_no_line_is_wider_than_the_terminal(
    locale: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DOTS_CACHE", str(tmp_path))
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("PAGER", "")
    monkeypatch.chdir(DEMO)
    for columns in (60, 80):
        monkeypatch.setenv("COLUMNS", str(columns))
        for command in COMMANDS:
            out = Screen(True)
            monkeypatch.setattr(sys, "stdout", out)
            assert run(command.split()) in (0, 1), command
            lines = [line for line in out.read_all().splitlines() if str(tmp_path) not in line]
            assert lines, command
            assert [line for line in lines if width(line) > columns] == [], (command, columns)


def test_help_with_hangul_keeps_to_the_terminal(tmp_path: Path) -> None:
    for columns in ("60", "80"):
        environ = {**os.environ, "LC_ALL": "ko_KR.UTF-8", "LANGUAGE": "", "COLUMNS": columns}
        for words in (["--help"], ["help", "search"], ["help", "connect"]):
            line = [sys.executable, "-m", "vaultdots", *words]
            done = subprocess.run(line, env=environ, capture_output=True, check=True, cwd=tmp_path)
            shown = done.stdout.decode().splitlines()
            assert any("가" <= char <= "힣" for char in "".join(shown))
            wide = [one for one in shown if width(one) > int(columns) and " " in one.strip()]
            assert [one for one in wide if not one.lstrip().startswith("--sort")] == []
