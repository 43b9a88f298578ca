"""Backlinks and mentions in lines of any length."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.disk import write
from vaultdots.cli import run


def test_of_a_line_without_end_a_piece_around_each_link_is_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    line = "  " + "".join(f"가나{n} [[T]] " for n in range(1, 601))
    write(tmp_path / "v", {"T.md": "# T", "s.md": f"{line}\n\nshort [[T]] line  \n"})
    monkeypatch.setenv("DOTS_CACHE", str(tmp_path / "cache"))
    assert run(["--vault", str(tmp_path / "v"), "backlinks", "T"]) == 0
    rows = capsys.readouterr().out.splitlines()[1:]
    assert len(rows) == 601
    assert max(map(len, rows)) < 1_100
    assert rows[0].startswith("     1  가나1 [[T]] 가나2 [[T]]"), "indentation is left out"
    assert rows[0].endswith("…")
    assert re.match(r"     1  ….* 가나300 \[\[T]] 가나301 .*…$", rows[299])
    assert rows[599].endswith("가나600 [[T]]")
    assert rows[600] == "     3  short [[T]] line"


@pytest.mark.slow
def test_of_a_line_without_end_a_piece_around_each_mention_is_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    line = "".join(f"가나{n} Kafka " for n in range(1, 601))
    write(tmp_path / "v", {"Kafka.md": "x", "s.md": f"{line}\n\n  short Kafka line \n"})
    monkeypatch.setenv("DOTS_CACHE", str(tmp_path / "cache"))
    assert run(["--vault", str(tmp_path / "v"), "mentions", "Kafka"]) == 0
    rows = capsys.readouterr().out.splitlines()[1:]
    assert len(rows) == 601
    assert max(map(len, rows)) < 1_100
    assert re.match(r"     1  ….* 가나300 Kafka 가나301 .*…$", rows[299])
    assert rows[600] == "     3  short Kafka line"
    assert run(["--vault", str(tmp_path / "v"), "mentions", "--out", "s.md"]) == 0
    rows = capsys.readouterr().out.splitlines()[1:]
    assert max(map(len, rows)) < 1_100
    assert rows[600] == "     3  short Kafka line  → Kafka"


def test_a_name_that_is_an_everyday_word_is_said_to_be_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "v", {"회의.md": "x", "Kafka.md": "x", "s.md": "회의를 했다\n"})
    monkeypatch.setenv("DOTS_CACHE", str(tmp_path / "cache"))
    assert run(["--vault", str(tmp_path / "v"), "mentions", "회의"]) == 1
    assert "everyday word" in capsys.readouterr().err
    assert run(["--vault", str(tmp_path / "v"), "mentions", "Kafka"]) == 1
    assert capsys.readouterr().err == "nothing names Kafka\n"
