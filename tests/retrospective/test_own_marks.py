"""Lists of goals that are kept up to date: the goal's own line says what became of it."""

from __future__ import annotations

import pytest

from tests.retrospective.reading import review
from vaultdots.retrospective.fate import with_fates
from vaultdots.retrospective.goals import goals_of


def fates(text: str, name: str = "2023년 회고.md") -> dict[str, str]:
    """What became of the goals of one note that nothing later is told of."""
    source = review(text, f"회고/{name}")
    return {g.text: g.status for g in with_fates(goals_of(source), [source], 2026)}


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("- [x] 수영 배우기\n- [ ] 카약 타기\n", ["kept", "unknown"]),
        ("- [x] 수영 배우기\n- [x] 카약 타기\n", ["kept", "kept"]),
        ("1. ✅ 수영 배우기\n2. ❌ 카약 타기\n3. 🟠 기타 배우기\n", ["kept", "dropped", "partly"]),
        ("- ~~수영 배우기~~\n- 카약 타기\n", ["dropped", "unknown"]),
    ],
)
def test_a_mark_on_the_line_that_makes_a_goal_answers(lines: str, said: list[str]) -> None:
    assert list(fates(f"# 2023년 회고\n\n## 2024년 목표\n\n{lines}").values()) == said


@pytest.mark.parametrize("sign", ["✅", "⭕", "☑️"])
def test_a_sign_before_every_line_is_a_bullet(sign: str) -> None:
    text = f"# 2023년 회고\n\n## 2024년 목표\n\n- {sign} 수영 배우기\n- {sign} 카약 타기\n"
    assert set(fates(text).values()) == {"unknown"}


def test_a_sign_among_pictures_that_say_nothing_is_a_bullet() -> None:
    lines = "- 🏃 하프 마라톤 나가기\n- ✅ 앱 출시하기\n- ❌ 야식 끊기\n- 📚 책 읽기\n"
    assert set(fates(f"# 2023년 회고\n\n## 2024년 목표\n\n{lines}").values()) == {"unknown"}


def test_numbers_and_words_of_the_goal_are_no_marks() -> None:
    text = "# 2023년 회고\n\n## 2024년 목표\n\n- 저축 20%\n- 하프 완주\n- 5kg 감량 성공하기\n"
    assert set(fates(text).values()) == {"unknown"}


def test_a_column_of_marks_answers_and_one_of_numbers_does_not() -> None:
    text = (
        "# 2023년 회고\n\n## 2024년 목표\n\n| 목표 | 상한 | 확인 |\n|---|---|---|\n"
        "| 수영 배우기 | 10% | ✅ |\n| 카약 타기 | 20% | ❌ |\n| 기타 배우기 | 30% | |\n"
    )
    assert list(fates(text).values()) == ["kept", "dropped", "unknown"]


def test_the_line_that_answered_is_shown() -> None:
    source = review("# 2023년 회고\n\n## 2024년 목표\n\n- [x] 수영 배우기\n", "회고/2023년 회고.md")
    (goal,) = with_fates(goals_of(source), [source], 2026)
    assert [(e.path, e.line, e.text) for e in goal.evidence] == [
        ("회고/2023년 회고.md", 5, "[x] 수영 배우기")
    ]
