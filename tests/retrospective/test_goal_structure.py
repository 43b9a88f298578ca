"""Which structure makes a goal: what heads it, what stands beside it, what English says first."""

from __future__ import annotations

import pytest

from tests.retrospective.reading import review
from vaultdots.note.parse import parse_note
from vaultdots.retrospective.goals import goals_of
from vaultdots.retrospective.modals import strength_of
from vaultdots.retrospective.model import ReviewSource

ACCOUNT = "# 2023 in review\n\nA year of moving house.\n\n## Garden\n\nI dug a pond.\n\n"


def texts(source: ReviewSource) -> list[str]:
    return [goal.text for goal in goals_of(source)]


def test_last_years_number_in_a_heading_by_mistake_announces_all_the_same() -> None:
    """`Plans for 2023` at the end of 2023, where nothing is told and nothing marked."""
    listed = "- Learn to weld\n- Visit Tallinn\n- Train more\n"
    goals = goals_of(review(f"{ACCOUNT}## Plans for 2023\n\n{listed}", "r/2023 in review.md"))
    assert [(g.text, g.target_year) for g in goals] == [
        ("Learn to weld", 2024), ("Visit Tallinn", 2024), ("Train more", 2024),
    ]  # fmt: skip
    told = "- Learned to weld ✅\n- Visited Tallinn ✅\n- Trained more ❌\n"
    assert texts(review(f"{ACCOUNT}## Plans for 2023\n\n{told}", "r/2023 in review.md")) == []


def test_how_to_go_on_in_a_year_to_come_announces_goals() -> None:
    text = f"{ACCOUNT}## How to continue in 2024?\n\nI want to build a greenhouse next to it.\n"
    assert texts(review(text, "r/2023 in review.md")) == [
        "I want to build a greenhouse next to it."
    ]
    how = "# 2023년 회고\n\n## 2024년 목표\n\n- 수영 배우기\n\n## HOW?\n\n- 새벽반 등록\n- 수영복\n"
    assert texts(review(how)) == ["수영 배우기"]


def test_a_heading_names_a_field_where_paragraphs_state_the_goals() -> None:
    text = (
        f"{ACCOUNT}## What's next in 2024?\n\n### Workshop\n\nI want to build a boat. It is time.\n"
        "\nI also want to sell two of my chairs, which I finished in May.\n"
    )
    goals = goals_of(review(text, "r/2023 in review.md"))
    assert [(g.text, g.strength) for g in goals] == [
        ("I want to build a boat.", "stated"),
        ("I also want to sell two of my chairs, which I finished in May.", "stated"),
    ]
    headed = "# 2023년 회고\n\n## 2024년 목표\n\n### 수영 배우기\n\n물이 무서웠다.\n"
    assert texts(review(headed)) == ["수영 배우기"]


def test_under_headings_of_a_review_that_is_called_by_its_goals() -> None:
    text = (
        "---\ntitle: Goals for 2024\ndate: 2024-01-03\nkind: review\nyear: 2023\n---\n"
        "Last year I moved house.\n\n## Garden\n\nI want to dig a second pond by June.\n"
    )
    source = ReviewSource(parse_note("a/goals-for-2024.md", text), text)
    assert texts(source) == ["I want to dig a second pond by June."]


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("I want to finish what I started in May.", "wish"),
        ("I have to mend the roof that I broke.", "stated"),
        ("내년에는 책을 쓰려고 했다.", None),
        ("Let's see what I expect of next year!", None),
        ("My second and last goal for the year is to sleep more.", "stated"),
        ("It is high time to learn how taxes work.", "stated"),
    ],
)
def test_english_says_first_what_will_be_done(sentence: str, said: str | None) -> None:
    assert strength_of(sentence) == said
