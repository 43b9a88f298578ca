"""`dots settle --walk`: one key for each goal of which nothing is known."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.test_asking import at_a_terminal
from tests.disk import dots, write

GOALS = "# 2021년 회고\n\n## 2022년 목표\n\n- 수영 배우기\n- 토익 900점 넘기기\n- 기타 연습하기\n"
AFTER = "# 2022년 회고\n\n## 올해\n\n여름에 제주도에 다녀왔다.\n"


@pytest.mark.parametrize("keys", ["ㅏㅜㄴ", pytest.param("kns", marks=pytest.mark.slow), "dukns"])
def test_one_key_for_each_goal(tmp_path: Path, keys: str) -> None:
    """Kept, no goal, skipped; what is taken back is asked again."""
    write(tmp_path / "v", {"2021년 회고.md": GOALS, "2022년 회고.md": AFTER})
    told = at_a_terminal(tmp_path, keys, "settle", "--walk", sign=b"[q]uit")
    assert "2 of 3 settled" in told
    assert "수영 배우기" in told
    found = json.loads(dots(tmp_path / "v", tmp_path / "cache", "goals", "--json").stdout)
    assert [(goal["text"], goal["status"]) for goal in found] == [
        ("수영 배우기", "kept"), ("기타 연습하기", "unknown"),
    ]  # fmt: skip


def test_a_walk_needs_a_terminal(tmp_path: Path) -> None:
    write(tmp_path / "v", {"2021년 회고.md": GOALS, "2022년 회고.md": AFTER})
    told = dots(tmp_path / "v", tmp_path / "cache", "settle", "--walk")
    assert told.returncode == 2
    assert "--walk needs a terminal" in told.stderr


@pytest.mark.parametrize("words", [(), ("수영",), ("수영", "kept", "--walk")])
def test_words_and_a_status_or_a_walk(tmp_path: Path, words: tuple[str, ...]) -> None:
    write(tmp_path / "v", {"2021년 회고.md": GOALS})
    assert dots(tmp_path / "v", tmp_path / "cache", "settle", *words).returncode == 2
