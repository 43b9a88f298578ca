"""Whose verdict a sentence is, and of what: words that mean another thing, and other people."""

from __future__ import annotations

import pytest

from tests.retrospective.test_answer_forms import fates
from vaultdots.retrospective.verdicts import polarity


def fate(goal: str, answer: str) -> str:
    """What became of one of two goals, by the words under its own heading a year later."""
    korean = any("가" <= c <= "힣" for c in goal)
    other = "우쿨렐레 익히기" if korean else "Learn to juggle"
    made = f"# 2023년 회고\n\n## 2024년 목표\n\n- {goal}\n- {other}\n"
    told = f"# 2024년 회고\n\n## 작년에 세운 목표\n\n- {goal}\n    - {answer}\n- {other} ❌\n"
    return fates(told, made)[0]


def test_to_perform_is_not_to_postpone() -> None:
    """`연기하다` is both: only who names a later time, or says it of a thing, postpones."""
    assert polarity("동네 극장에서 리어왕을 연기했다.") == "kept"
    assert polarity("면접을 다음 달로 연기했다.") == "dropped"
    assert polarity("출시가 연기됐다.") == "dropped"
    assert fate("동네 극단 무대에 서기", "가을 공연에서 리어왕을 연기했다.") == "kept"


@pytest.mark.parametrize(
    ("goal", "answer"),
    [
        ("과장 승진", "동료들은 모두 승진했다. 나는 아니다."),
        ("Get certified", "Everyone on my team passed. I did not."),
    ],
)
def test_what_others_did_is_not_ones_own(goal: str, answer: str) -> None:
    assert fate(goal, answer) == "dropped"


@pytest.mark.parametrize("line", ["[>] 개인전 열기 → 단체전은 했다", "개인전 열기 → 단체전은 했다"])
def test_another_thing_done_instead_keeps_nothing(line: str) -> None:
    made = "# 2023년 회고\n\n## 2024년 목표\n\n- 개인전 열기\n- 우쿨렐레 익히기\n"
    told = f"# 2024년 회고\n\n## 작년에 세운 목표\n\n- {line}\n- 우쿨렐레 익히기 ❌\n"
    assert fates(told, made)[0] != "kept"
