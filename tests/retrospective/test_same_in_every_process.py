"""Two processes say the same: a set of words has another order in each (PYTHONHASHSEED)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.retrospective.reading import review
from vaultdots.retrospective.answers import AnswerIndex
from vaultdots.retrospective.asked import asked
from vaultdots.retrospective.concepts import Names
from vaultdots.retrospective.document import document_of
from vaultdots.retrospective.goals import goals_of
from vaultdots.retrospective.model import DatedNote

GOAL = "매일 아침 강가에서 천천히 달리기"


def told() -> str:
    """The features of the units near a goal, where more of them are alike than are looked at."""
    (goal,) = goals_of(review(f"# 2023년 회고\n\n## 2024년 목표\n\n- {GOAL}\n", "회고/2023.md"))
    words = GOAL.split()
    lines = "".join(
        f"- {words[n % 5] if n % 2 else chr(0xAC00 + n * 37) * 3} 곳 {chr(0xAC00 + n * 41) * 4}\n"
        for n in range(260)
    )
    answer = review(f"# 2024년 회고\n\n## 한 해\n\n{lines}", "회고/2024.md")
    found = AnswerIndex(document_of(answer), None).features(asked(goal, "", None))
    return repr([(index, sorted(why.items())) for index, why in found.items()])


def named() -> str:
    """The names of a tag that two notes spell in two ways each."""
    tags = ["aws", "AWS", "CLI", "cli", "Redis", "redis"]
    notes = [
        DatedNote(f"{n}.md", f"글 {n}", "note", (tags[n], tags[n - 3]), "2020-01-01")
        for n in range(6)
    ]
    return repr([Names((), notes).of(tag.lower()) for tag in tags])


@pytest.mark.slow
def test_what_is_near_a_goal_is_the_same_in_every_process() -> None:
    assert b"name-covers" in _the_one("told")


def test_a_tag_has_the_same_spelling_in_every_process() -> None:
    assert _the_one("named").strip() == b"['aws', 'aws', 'cli', 'cli', 'Redis', 'Redis']"


def _the_one(what: str) -> bytes:
    module = f"from {__name__} import {what}; print({what}())"
    said = {
        subprocess.run(
            [sys.executable, "-c", module],
            cwd=Path(__file__).parents[2],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(said) == 1
    return said.pop()
