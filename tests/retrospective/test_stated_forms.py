"""How goals are worded and set out: headings with numbers, tables of habits, bold beginnings."""

from __future__ import annotations

import pytest

from tests.retrospective.reading import review
from vaultdots.note.prose import plain
from vaultdots.retrospective.contents import is_plan
from vaultdots.retrospective.goals import goals_of
from vaultdots.retrospective.model import ReviewSource


def texts(body: str, name: str = "2023 review.md") -> list[str]:
    """The goals of a review of 2023, wishes left out."""
    made = goals_of(review(f"# {name.removesuffix('.md')}\n\n{body}", name))
    return [goal.text for goal in made if goal.strength != "wish"]


@pytest.mark.parametrize(
    "text", ["1. Write more", "2) 책 12권 읽기", "3 Take a holiday", "Continue studying the violin"]
)
def test_a_number_before_an_intention_is_none_of_it(text: str) -> None:
    assert is_plan(text)


@pytest.mark.parametrize("text", ["Study 📝", "10 km", "Document management", "Research"])
def test_a_noun_is_no_intention(text: str) -> None:
    assert not is_plan(text)


def test_a_table_of_habits_under_goals_makes_them() -> None:
    body = (
        "## Goals for 2024\n\n| Habit | How often |\n|---|---|\n| Journal | daily |\n"
        "| Cold showers | weekly |\n"
    )
    assert texts(body) == ["Journal", "Cold showers"]


def test_a_paragraph_is_named_by_the_intention_in_bold_that_it_begins_with() -> None:
    body = (
        "## Goals for 2024\n\n**Write more letters** – by hand, to friends. I would also like to "
        "keep the blog going, if there is time.\n"
    )
    assert texts(body) == ["Write more letters"]


def test_an_item_that_is_a_link_whose_text_is_an_intention_is_a_goal() -> None:
    body = (
        "## Goals for 2024\n\n- [Write down what I do](https://example.com/a)\n- Read more\n"
        "- Walk every day\n"
    )
    assert "Write down what I do" in texts(body)


def test_the_line_that_announces_a_list_may_be_followed_by_an_aside() -> None:
    body = (
        "## 일\n\n바쁘게 지냈다.\n\n## 내년엔 어떻게 할까?\n\n2024년에 해낼 것을 조금 더 자세히 "
        "계획해 보자. 지난 기록이 도움이 될 것 같다.\n\n- 가계부 자동화 고도화\n- 가계부 사용기\n"
        "- 코드 공유 열심히\n"
    )
    made = goals_of(review(f"# 2023년 회고\n\n{body}", "2023년 회고.md"))
    listed = [goal.text for goal in made if goal.strength == "listed"]
    assert listed == ["가계부 자동화 고도화", "가계부 사용기", "코드 공유 열심히"]


@pytest.mark.parametrize(
    "sentence",
    [
        "2024년에는 자기 전에 책을 읽는 습관을 길러 보자.",
        "2024년에는 도자기를 더 배울 예정이니 기대해도 좋다.",
        "내년에는 일찍 일어나는 걸로!",
    ],
)
def test_intentions_of_prose(sentence: str) -> None:
    made = goals_of(review(f"# 2023년 회고\n\n## 하루\n\n{sentence}\n", "2023년 회고.md"))
    assert [goal.text for goal in made] == [sentence]


@pytest.mark.parametrize(
    "sentence",
    [
        "내년에도 읽어 주시면 감사하겠습니다.",
        "이루고 싶은 목표는 정말 많다.",
        "내년 목표라는 질문에 답해 보려 한다.",
        "2024년.",
        "나머지는 내년의 나에게 맡기겠다.",
    ],
)
def test_what_speaks_to_readers_or_of_the_text_is_no_goal(sentence: str) -> None:
    made = goals_of(review(f"# 2023년 회고\n\n## 2024년 목표\n\n{sentence}\n", "2023년 회고.md"))
    assert [goal.text for goal in made if goal.strength != "wish"] == []


@pytest.mark.parametrize("heading", ["How I plan to get there", "Why did I choose these goals?"])
def test_a_heading_that_asks_how_or_why_announces_no_goals(heading: str) -> None:
    body = f"## Goals for 2024\n\n- Learn pottery\n\n## {heading}\n\n- Mornings are quiet\n- Fun\n"
    assert texts(body) == ["Learn pottery"]


def test_a_callouts_title_is_no_goal() -> None:
    body = "## Goals for 2024\n\n- Learn pottery\n\n> [!quote] This year in one line\n> Calm.\n"
    assert texts(body) == ["Learn pottery"]


@pytest.mark.parametrize(
    ("markdown", "shown"),
    [
        ('[Fluent Python](/books/){: target="_blank" } 읽기', "Fluent Python 읽기"),
        ("Run {:.done} a marathon", "Run a marathon"),
        ("the set {a: 1}", "the set {a: 1}"),
    ],
)
def test_kramdowns_attributes_are_not_read(markdown: str, shown: str) -> None:
    assert plain(markdown) == shown


def test_headings_that_are_counted_in_a_note_of_goals_are_its_goals() -> None:
    body = "## 1. English\n\nEvery day.\n\n## 2. Savings\n\nSome.\n\n## 3. A side project\n\nOne.\n"
    source = review(f"# 2024 goals\n\n{body}", "2024 goals.md")
    made = goals_of(ReviewSource(source.note, source.text, source.own, 2024))
    assert [goal.text for goal in made] == ["English", "Savings", "A side project"]


def test_the_column_of_habits_names_the_goal_wherever_it_stands() -> None:
    body = "## Goals for 2024\n\n| How often | Habit |\n|---|---|\n| daily | Journal |\n"
    assert texts(body) == ["Journal"]
