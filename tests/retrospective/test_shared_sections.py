"""Answers found in one section or one sentence that speaks of several goals."""

from __future__ import annotations

import pytest

from tests.retrospective.reading import review
from vaultdots.retrospective.answer_signs import by_numbers
from vaultdots.retrospective.fate import with_fates
from vaultdots.retrospective.goals import goals_of
from vaultdots.retrospective.model import Goal
from vaultdots.retrospective.verdicts import by_bracket, clauses, of_answer


def told(made: str, answer: str) -> dict[str, Goal]:
    """The goals of 2023 for 2024 with their fates, by their text."""
    sources = [review(made, "r/2023 review.md"), review(answer, "r/2024 review.md")]
    goals = [goal for source in sources for goal in goals_of(source)]
    return {g.text: g for g in with_fates(goals, sources, 2026) if g.made_in == 2023}


MADE = """# 2023 review

## Goals for 2024

### Sports

- Swim twice a week
- Climb at the wall every month

### Home

- Repaint the kitchen
- Read 12 novels
"""


def test_a_section_of_several_goals_answers_by_the_clause_that_names_each() -> None:
    answer = """# 2024 review

## Sports

I did swim twice a week all year, but climbing at the wall never happened. I gave up on it.

## Home

I read 7 out of my goal of 12 novels. The garden shed was finished in May.
"""
    goals = told(MADE, answer)
    assert goals["Swim twice a week"].status == "kept"
    assert goals["Climb at the wall every month"].status == "dropped"
    assert goals["Read 12 novels"].status == "partly"
    assert goals["Repaint the kitchen"].status == "unknown"  # nothing is said of it


@pytest.mark.parametrize(
    ("goal", "text", "said"),
    [
        ("Read 12 books", "I read 9 out of my objective of 12 books", "partly"),
        ("Read 12 books", "I only read 2 of 12", "dropped"),
        ("책 12권 읽기", "목표였던 12권 중 9권만 읽었다", "partly"),
        ("책 12권 읽기", "12권 중에서 세어 보니 12권", "kept"),
        ("本を12冊読む", "12冊のうち9冊読んだ", "partly"),
        # another unit, what was left out, what some of them are, and the rest
        ("책 12권 읽기", "12월 중에 3권을 읽어서 모두 15권을 읽었다", "kept"),
        ("영어 수업 24주 다니기", "24주 중 2주만 빠지고 다녔다", None),
        ("책 12권 읽기", "12권 중 3권이 소설이었다", None),
        ("글 24편 쓰기", "24편 중 7편은 여름에 썼고 나머지는 가을에 썼다", None),
        ("Read 12 books", "I missed only 2 of 12", None),
        ("Read 12 books", "3 of the 12 books were novels", None),
        ("Write 10 posts", "I wrote 3 of the 10 posts in May, and the other seven in June", None),
        ("Run 30 km a week", "I ran 12 of 30 km at first, but by May I ran 30 km", "kept"),
    ],
)
def test_so_many_of_the_aim(goal: str, text: str, said: str | None) -> None:
    assert by_numbers(goal, text) == said


def test_what_follows_although_is_conceded() -> None:
    main, conceded = clauses("I joined the choir although I wasn't there often")
    assert main.counts == 1.0 and conceded.counts < main.counts


def test_what_is_said_of_an_aim_of_last_year_answers_below_the_new_ones() -> None:
    made = "# 2023년 회고\n\n## 2024년 목표\n\n- 도자기 배우기\n- 카약 타기\n"
    answer = (
        "# 2024년 회고\n\n## 2025년 목표\n\n"
        "작년에 목표했던 도자기는 실패했고 카약은 결국 타지 못했다. 올해는 잘해 보자!\n\n"
        "- 기타 배우기\n"
    )
    goals = told(made, answer)
    assert [goals[g].status for g in ("도자기 배우기", "카약 타기")] == ["dropped", "dropped"]


@pytest.mark.parametrize(
    "sentence",
    [
        "By and large I failed to live up to the goals I set.",
        "For the most part I missed my goals.",
    ],
)
def test_a_sentence_may_say_of_nearly_all_goals_that_they_were_not_kept(sentence: str) -> None:
    made = "# 2023 review\n\n## Goals for 2024\n\n- Learn pottery\n- Run a marathon\n"
    goals = told(made, f"# 2024 review\n\n{sentence}\n")
    assert {g.status for g in goals.values()} == {"dropped"}


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("1. Learn pottery  \nYup, failed this one. It was a busy year.\n"
         "2. Run a marathon  \nI did it in October, and it was a success.\n", ["dropped", "kept"]),
        ("1. Learn pottery\nFailed.\n2. Run a marathon\nDone!\n", ["dropped", "kept"]),
    ],
)  # fmt: skip
def test_a_line_that_goes_on_with_an_item_is_its_answer(lines: str, said: list[str]) -> None:
    made = "# 2023 review\n\n## Goals for 2024\n\n- Learn pottery\n- Run a marathon\n"
    goals = told(made, f"# 2024 review\n\n## How I did\n\n{lines}")
    assert [g.status for g in goals.values()] == said


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("**[Failed]** Learn pottery", "dropped"),
        ("[Success] Learn pottery", "kept"),
        ("[Quasi-success] Learn pottery", "partly"),
        ("Learn pottery [done]", "kept"),
        ("[Hobby] Learn pottery", "unknown"),
        ("[not done] Learn pottery", "dropped"),
    ],
)
def test_a_verdict_in_brackets_is_a_mark(line: str, said: str) -> None:
    made = "# 2023 review\n\n## Goals for 2024\n\n- Learn pottery\n"
    (goal,) = told(made, f"# 2024 review\n\n{line}\n\nIt rained.\n").values()
    assert goal.status == said


@pytest.mark.parametrize(
    "name", ["Success stories", "Missed Connections", "성공하는 습관", "실패학", "Update", "1"]
)
def test_a_name_in_brackets_that_holds_a_verdict_is_no_mark(name: str) -> None:
    assert by_bracket(f"[{name}] Pottery") is None
    assert by_bracket(f"Pottery [{name}]") is None


def test_what_a_sentence_says_behind_a_count_is_heard() -> None:
    made = "# 2023 review\n\n## Goals for 2024\n\n- Run 30 km a week\n"
    said = "I ran 12 of 30 km on my first run, but by autumn I ran 30 km a week."
    (goal,) = told(made, f"# 2024 review\n\n{said}\n").values()
    assert goal.status == "kept"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("不合格だった。", "dropped"),
        ("合格した。", "kept"),
        ("達成できず。", "dropped"),
        ("達成した。", "kept"),
        ("不成功だった。", "dropped"),
    ],
)
def test_what_was_not_passed_is_no_success_in_japanese(text: str, said: str) -> None:
    assert of_answer(text) == said


def test_a_letter_is_a_cross_beside_ticks() -> None:
    made = "# 2023 review\n\n## Goals for 2024\n\n- Blog more\n- Learn pottery\n"
    answer = (
        "# 2024 review\n\n**✓ Blog more** - there were posts.\n\n"
        "**X** **Learn pottery** - I got off to a start.\n"
    )
    goals = told(made, answer)
    assert [g.status for g in goals.values()] == ["kept", "dropped"]


@pytest.mark.parametrize("heading", ["Review of goals", "Status of my goals", "Goals: results"])
def test_what_reviews_goals_makes_none(heading: str) -> None:
    made = "# 2023 review\n\n## Goals for 2024\n\n- Swim every week\n- Give two talks\n"
    table = "| Goal | Status |\n|---|---|\n| Swim every week | ✅ |\n| Give two talks | |\n"
    source = review(f"# 2024 in review\n\n## {heading}\n\n{table}", "r/2024 review.md")
    assert not goals_of(source)
    goals = told(made, source.text)
    assert goals["Swim every week"].status == "kept"
    assert goals["Give two talks"].status == "unknown"


def test_the_aim_of_the_next_sentence_is_another() -> None:
    made = "# 2023 회고\n\n## 2024년 목표\n\n- 이사 가기\n- 아침형 인간 되기\n"
    said = (
        "작년에 이사 가고 싶다고 썼는데 9월에 이사했다. 아침형 인간이 되겠다고 다짐했으나 실패했다."
    )
    goals = told(made, f"# 2024 회고\n\n{said}\n")
    assert goals["이사 가기"].status != "dropped"
    assert goals["아침형 인간 되기"].status == "dropped"
