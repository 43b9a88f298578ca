"""Two processes say the same: a set of words has another order in each (PYTHONHASHSEED)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.retrospective.reading import review
from vaultdots.retrospective.answers import AnswerIndex
from vaultdots.retrospective.asked import asked
from vaultdots.retrospective.document import document_of
from vaultdots.retrospective.goals import goals_of

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


def test_what_is_near_a_goal_is_the_same_in_every_process() -> None:
    module = "from tests.retrospective.test_same_in_every_process import told; print(told())"
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
    assert b"name-covers" in said.pop()
