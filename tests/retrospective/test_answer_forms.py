"""The forms in which a later review answers for a goal, each wherever it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.disk import write
from tests.retrospective.reading import review
from vaultdots.retrospective.answers import is_close, says_nothing
from vaultdots.retrospective.fate import with_fates
from vaultdots.retrospective.goals import goals_of
from vaultdots.retrospective.verdicts import polarity
from vaultdots.vault import Vault

MADE = (
    "# 2023년 회고\n\n## 2024년 목표\n\n- 하프 마라톤 나가기\n- 수채화 배우기\n- 우쿨렐레 익히기\n"
)
CHECK = "# 2024년 회고\n\n## 작년에 세운 목표\n\n"


def fates(answer: str, made: str = MADE) -> list[str]:
    """What became of each goal of 2023 by the review of 2024."""
    sources = [review(made, "회고/2023년 회고.md"), review(answer, "회고/2024년 회고.md")]
    goals = [goal for source in sources for goal in goals_of(source)]
    told = with_fates(goals, sources, 2026)
    return [goal.status for goal in told if goal.made_in == 2023 and goal.target_year == 2024]


@pytest.mark.parametrize(
    "lines",
    [
        "- [x] 하프 마라톤 나가기\n- [/] 수채화 배우기\n- [-] 우쿨렐레 익히기\n",
        "- 하프 마라톤 나가기 ✅\n- 수채화 배우기 🔺\n- 우쿨렐레 익히기 ❌\n",
        "⭕ 하프 마라톤 나가기\n\n🔺 수채화 배우기\n\n❌ 우쿨렐레 익히기\n",
        "- 하프 마라톤 나가기 → 성공\n- 수채화 배우기 → 진행 중\n- 우쿨렐레 익히기 → 실패\n",
        "- 하프 마라톤 나가기 (100%)\n- 수채화 배우기 (40%)\n- 우쿨렐레 익히기 (0%)\n",
        "> [✅] 하프 마라톤 나가기\n> [△] 수채화 배우기\n> [❌] 우쿨렐레 익히기\n",
        "| | 목표 | 한마디 |\n|-|-|-|\n| ○ | 하프 마라톤 나가기 | 가을에 |\n"
        "| △ | 수채화 배우기 | 도구만 샀다 |\n| ✗ | 우쿨렐레 익히기 | 꺼내지도 |\n",
        "| 목표 | 달성 |\n|-|-|\n| 하프 마라톤 나가기 | 100% |\n| 수채화 배우기 | 50% |\n"
        "| 우쿨렐레 익히기 | 0% |\n",
        "- 하프 마라톤 나가기\n    - ○ 가을에 나갔다\n- 수채화 배우기\n    - △ 도구만\n"
        "- 우쿨렐레 익히기\n    - ✗ 전혀\n",
        "- ~~하프 마라톤 나가기~~ ✅\n- 수채화 배우기 (반은 성공 반은 실패)\n"
        "- ~~우쿨렐레 익히기~~\n",
        '- **하프 마라톤 나가기** <i class="fa fa-check" title="Done"></i> 가을이었다\n'
        '- **수채화 배우기** <i class="fa fa-warning" title="In Progress"></i> 아직\n'
        '- **우쿨렐레 익히기** <i class="fa fa-times" title="Fail"></i>\n',
    ],
)  # fmt: skip
def test_an_explicit_mark_answers_in_every_form(lines: str) -> None:
    assert fates(CHECK + lines) == ["kept", "partly", "dropped"]


def test_a_name_and_nothing_behind_it_is_no_answer() -> None:
    """A goal's own words are never its verdict."""
    made = MADE.replace("나가기", "완주하기")
    assert fates(CHECK + "- 하프 마라톤 완주하기\n- 수채화 배우기\n", made)[:2] == [
        "unknown", "unknown",
    ]  # fmt: skip


def test_a_quoted_goal_and_its_copula_are_no_answer() -> None:
    """`였다.` under a quotation ends the sentence that quotes."""
    quoted = (
        "작년 숙제는\n\n> 기술을 깊게 파면서 고치기 쉬운 글을 쓰기 위한 고민을 해보기\n\n였다.\n"
    )
    made = (
        "# 2023년 회고\n\n## Try\n\n기술을 깊게 파면서 고치기 쉬운 글을 쓰기 위한 고민을 해보기\n"
    )
    assert fates("# 2024년 회고\n\n## 작년 숙제\n\n" + quoted, made) == ["unknown"]
    assert polarity("였다.") is None
    assert polarity("모두 해낸 한 해였다.") == "kept"


def test_a_wish_said_again_is_no_answer() -> None:
    """Unless it stands under a heading that says how it went."""
    wish = {"ahead": 1.0, "bare": 1.0}
    assert says_nothing(wish)
    assert not says_nothing(wish | {"head-dropped": 1.0})
    wished = "> 2024년에도 발전할 수 있는 한 해가 되었으면 좋겠습니다.\n"
    made = f"# 2023년 회고\n\n## 감사합니다\n\n{wished}"
    wishes = "> 남은 2024년 발전하고 가치있는 한 해가 되었으면 좋겠습니다.\n"
    again = f"# 2024년 회고\n\n## 한 일\n\n새 일을 했다.\n\n## 감사합니다\n\n{wishes}"
    assert fates(again, made) == ["unknown"]


def test_the_mark_of_another_goal_is_not_its_own() -> None:
    """`수채화 배우기` shares letters with `수채화 전시 열기`, which is the one that is marked."""
    made = MADE.replace("우쿨렐레 익히기", "수채화 전시 열기")
    told = fates(CHECK + "- [x] 하프 마라톤 나가기\n- [x] 수채화 전시 열기\n", made)
    assert told == ["kept", "unknown", "kept"]


@pytest.mark.parametrize(
    ("word", "status"), [("마라톤은 내년에 다시", "carried"), ("다리를 다쳤다", "dropped")]
)
def test_what_is_taken_up_again_was_carried_only_where_it_says_so(word: str, status: str) -> None:
    """A cross says dropped, and `next` where the goal goes on."""
    answer = f"{CHECK}- 하프 마라톤 나가기 ❌ {word}\n- 수채화 배우기 ✅\n"
    again = "\n## 2025년 목표\n\n- 하프 마라톤 나가기\n- 독일어 배우기\n"
    assert fates(answer + again)[0] == status


def years_of(tmp_path: Path, notes: dict[str, str]) -> list[tuple[str, int | None, str]]:
    """Every goal of a vault: what it is called, its year, what became of it."""
    write(tmp_path / "v", notes)
    with Vault.open(tmp_path / "v", cache=tmp_path / "cache") as vault:
        vault.sync()
        goals = vault.years_as_of(2026).goals()
    return [(goal.text, goal.target_year, goal.status) for goal in goals]


RETOLD = (
    "# 2022년 회고\n\n## 올해 목표 다시보기\n\n"
    "- 수채화 배우기 (O)\n- 우쿨렐레 익히기 (실패)\n- 하프 마라톤\n"
)


def test_a_check_list_of_goals_announced_nowhere_makes_them(tmp_path: Path) -> None:
    assert years_of(tmp_path, {"2022년 회고.md": RETOLD}) == [
        ("수채화 배우기", 2022, "kept"),
        ("우쿨렐레 익히기", 2022, "dropped"),
        ("하프 마라톤", 2022, "unknown"),
    ]


def test_what_was_announced_is_not_told_twice(tmp_path: Path) -> None:
    made = MADE.replace("2023년 회고", "2021년 회고").replace("2024년", "2022년")
    told = years_of(tmp_path, {"2021년 회고.md": made, "2022년 회고.md": RETOLD})
    assert [(text, year) for text, year, _ in told] == [
        ("하프 마라톤 나가기", 2022), ("수채화 배우기", 2022), ("우쿨렐레 익히기", 2022),
    ]  # fmt: skip


def test_of_objectives_and_key_results_the_results_are_goals(tmp_path: Path) -> None:
    note = (
        "# 2023년 회고\n\n## 2024년 OKR\n\n### Key Results\n\n1. 몸을 돌보기\n"
        "    - 수영 40번 가기\n    - 금요일에 산책하기\n1. 배우기\n    - 수채화 5점 그리기\n"
    )
    told = years_of(tmp_path, {"2023년 회고.md": note})
    assert [text for text, _, _ in told] == [
        "수영 40번 가기",
        "금요일에 산책하기",
        "수채화 5점 그리기",
    ]


def test_a_word_of_every_day_makes_no_line_the_closest() -> None:
    assert not is_close({"covers": 0.2, "holds-words": 0.25, "heading": 1.0})
    assert is_close({"covers": 0.2, "holds-words": 0.5})
    assert is_close({"covers": 0.0, "holds-words": 0.0, "same-heading": 1.0})
