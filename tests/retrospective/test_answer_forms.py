"""The forms in which a later review answers for a goal, each wherever it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.disk import write
from tests.retrospective.reading import review
from vaultdots.retrospective.answer_rules import is_close, says_nothing
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


def test_goals_that_sentences_behind_them_judge_are_retold(tmp_path: Path) -> None:
    """Under a heading of a field, too, each with the paragraph that judges the goal itself."""
    text = (
        "# 2023 in review\n\n## Review of my 2023 goals\n\n### Music\n\n"
        "- _Play the cello every day_\n\nI only met this goal partially. Spring was busy.\n\n"
        "- _Sing in a choir_\n\nDone. We sang twice.\n"
        "\n## Garden\n\n- A pond\n\nDone.\n\n- A fence\n\nDone.\n"
    )
    found = years_of(tmp_path, {"2023 in review.md": text})
    assert found == [
        ("Play the cello every day", 2023, "partly"), ("Sing in a choir", 2023, "kept"),
    ]  # fmt: skip


HEADED = {
    "rated": (
        "# 2022년 회고\n\n2022년의 목표는 모두 셋이었는데 점수를 매겨 보자.\n\n---\n\n"
        "### 수채화 배우기 ★★★★★ 95점\n\n봄부터 다녔다.\n\n"
        "### 우쿨렐레 익히기 ★★☆☆☆ 40점\n\n두 곡까지다.\n\n"
        "### 하프 마라톤☆☆☆☆☆ 0점\n\n신발은 샀는데.\n\n# 달마다\n\n## 1월\n\n- 눈이 왔다\n"
    ),
    "numbered": (
        "# 2022년 회고\n\n## 1. 2022년 계획했던 일\n\n많은 사람을 만났다.\n\n"
        "#### (1) 수채화 배우기: 목표 달성\n\n붓을 고르는 일부터 어려웠다.\n\n"
        "#### (2) 우쿨렐레 익히기\n\n줄이 자꾸 끊어졌다. 손도 아팠다.\n\n"
        "결국은 한 곡도 끝까지 치지 못했다.\n\n"
        "#### (3) 하프 마라톤\n\n십월의 대회를 골라 두었다. 바람이 불었다.\n\n"
        "## 2. 2022년 계획하지 않았던 일\n\n#### (1) 이사\n\n성공!\n\n#### (2) 강아지\n\n성공!\n"
    ),
    "behind a sentence": (
        "# 2022 in review\n\nI found the post where I picked a few goals. It went like this:\n\n"
        "#### 1. Paint with watercolours\nDear brushes. In the end I managed to finish six.\n\n"
        "#### 2. Swim a mile\nHa, nope. The pool was shut all spring.\n\n"
        "#### 3. Half marathon (21 km):\nMy knee hurt.\n\n### Other things\n\nWe got a dog.\n"
    ),
}


@pytest.mark.parametrize(
    ("form", "goals"),
    [
        (
            "rated",
            [("수채화 배우기", "kept"), ("우쿨렐레 익히기", "partly"), ("하프 마라톤", "dropped")],
        ),
        (
            "numbered",
            [("수채화 배우기", "kept"), ("우쿨렐레 익히기", "dropped"), ("하프 마라톤", "unknown")],
        ),
        (
            "behind a sentence",
            [("Paint with watercolours", "kept"), ("Swim a mile", "dropped"),
             ("Half marathon (21 km)", "unknown")],
        ),
    ],
)  # fmt: skip
def test_headings_that_are_judged_one_after_the_other_retell_goals(
    tmp_path: Path, form: str, goals: list[tuple[str, str]]
) -> None:
    found = years_of(tmp_path, {"2022 in review.md": HEADED[form]})
    assert [(text, status) for text, year, status in found if year == 2022] == goals


def test_a_heading_of_the_year_before_in_a_post_of_goals_looks_back_on_those(
    tmp_path: Path,
) -> None:
    text = (
        "---\ntitle: My resolutions for 2023\nkind: review\nyear: 2022\n---\n\nWe moved in May.\n\n"
        "## Reflections on 2022\n\nLast year I set out to do this:\n\n"
        "- Paint a door - Done.\n- Learn to weld - Nope.\n\n"
        "## Goals for 2023\n\n- Visit Tallinn\n"
    )
    assert years_of(tmp_path, {"my-resolutions-for-2023.md": text}) == [
        ("Paint a door", 2022, "kept"), ("Learn to weld", 2022, "dropped"),
        ("Visit Tallinn", 2023, "unknown"),
    ]  # fmt: skip


def test_headings_that_restate_what_was_announced_make_no_goal(tmp_path: Path) -> None:
    made = MADE.replace("2023년 회고", "2021년 회고").replace("2024년", "2022년")
    found = years_of(tmp_path, {"2021년 회고.md": made, "2022년 회고.md": HEADED["numbered"]})
    assert [text for text, year, _ in found if year == 2022] == [
        "하프 마라톤 나가기", "수채화 배우기", "우쿨렐레 익히기",
    ]  # fmt: skip


def test_headings_of_a_year_that_goals_are_spoken_of_before_are_none(tmp_path: Path) -> None:
    """Without a number or a rating they only tell of the year."""
    text = (
        "# 2022년 회고\n\n2022년 목표는 잘 지키지 못했다.\n\n"
        "## 회사\n\n목표를 달성했다.\n\n## 수영\n\n목표를 달성했다.\n"
    )
    assert years_of(tmp_path, {"2022년 회고.md": text}) == []


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


def test_its_own_line_is_no_evidence_of_a_goal(tmp_path: Path) -> None:
    (tmp_path / "goals.md").write_text(
        "---\ntitle: 2019 goals\ndate: 2019-01-02\n---\n\n## Work\n\n"
        "* **Publish two booklets** — Good progress here, one is done.\n",
        encoding="utf-8",
    )
    environ = {"DOTS_CACHE": str(tmp_path / "cache"), "DOTS_DATA": str(tmp_path / "data")}
    with Vault.open(tmp_path, environ=environ) as vault:
        (goal,) = vault.years.goals()
    assert (goal.text, goal.status, goal.evidence) == ("Publish two booklets", "unknown", ())


@pytest.mark.parametrize(
    ("title", "opening", "goals"),
    [
        ("2019", "With last year behind me I set some goals for 2019.", 2),
        ("Happy New Year", "Here are my resolutions for 2019.", 2),
        ("2019", "Photographs of the harbour in 2019.", 0),
    ],
)
def test_a_note_called_by_a_year_that_opens_with_goals(
    tmp_path: Path, title: str, opening: str, goals: int
) -> None:
    text = (
        f"---\ndate: 2019-01-01\n---\n# {title}\n\n{opening}\n\n## Health\n\n- Swim\n- Sleep more\n"
    )
    told = years_of(tmp_path, {"2019-01-01-post.md": text})
    assert [(name, year) for name, year, _ in told] == [("Swim", 2019), ("Sleep more", 2019)][
        :goals
    ]


def said_behind(goal: str, answer: str) -> str:
    """What becomes of a goal behind whose name a check list says something."""
    made = MADE.replace("우쿨렐레 익히기", goal)
    lines = f"- 하프 마라톤 나가기: 실패\n- 수채화 배우기: 해냈다.\n- {goal}: {answer}\n"
    return fates(CHECK + lines, made)[2]


@pytest.mark.parametrize(
    ("goal", "answer", "status"),
    [
        ("바닷가에서 살아보기", "6월 한 달 동안 살았다.", "kept"),
        ("소설 20권 읽기", "14권 읽었다.", "partly"),
        ("소설 20권 읽기", "23권 읽었다.", "kept"),
        ("소설 20권 읽기", "두 시간씩 읽었다.", "kept"),
        ("새 집으로 이사", "희망했던 동네로 이사했다.", "kept"),
        ("건강검진 받기", "몇 년을 미뤘던 검진을 4월에 받았다.", "kept"),
        ("운전면허 따기", "겁이 나서 미뤄졌지만 결국 땄다.", "kept"),
        ("독서 모임 나가기", "빠진 적이 없었다.", "kept"),
        ("술 안 마시기", "일 년 내내 술을 안 마셨다.", "kept"),
        ("술 안 마시기", "잘 지키지 못했다.", "dropped"),
        ("야식 끊기", "한 번도 안 먹었다.", "kept"),
        ("야식 끊기", "끊지 않았다.", "dropped"),
        ("지각하지 않기", "한 번도 지각하지 않았다.", "kept"),
        ("금연하기", "한 개비도 피우지 않았다.", "kept"),
        ("No alcohol", "I did not drink a drop.", "kept"),
        ("No alcohol", "I did not manage it.", "dropped"),
        ("종이학 접기", "설날에 마지막 한 마리를 접었다.", "kept"),
        ("Read the big book", "I finished it, with only three days to spare.", "kept"),
        ("Learn the guitar", "started strong and stayed strong, I play every evening.", "kept"),
        ("대학원 합격", "얼마나 마음을 졸였는지 모른다. 합격했다.", "kept"),
        ("체지방 줄이기", "체지방률 18%", "unknown"),
        ("Raise my savings rate to 30%", "saved 31%", "kept"),
        ("Raise my savings rate to 30%", "saved 21%", "partly"),
        ("Meditate", "it was not easy, but I did it every single day.", "kept"),
        ("Run the hills", "I never thought I would finish, but I did.", "kept"),
        ("Take a class", "postponed the start twice, but I took it in the end", "kept"),
        ("Take a class", "I failed, but I learned a lot", "dropped"),
        ("번아웃 극복", "회사를 그만두고 나서 완전히 극복했다.", "kept"),
        ("강아지 입양", "설득하는 데 실패했다가 성공했다.", "kept"),
        ("Publish a paper", "rejected once, then accepted at a conference", "kept"),
        ("Invest better", "my portfolio returned 14%", "unknown"),
    ],
)
def test_what_only_sounds_like_a_failure_is_none(goal: str, answer: str, status: str) -> None:
    assert said_behind(goal, answer) == status


SUMS_UP = "# 2024년 회고\n\n## 작년 목표\n\n- 소설 12권 읽기\n- 전공서 4권 읽기\n- 등산 가기\n\n"


def summed_up(text: str) -> list[str]:
    """What becomes of three goals that a paragraph behind their list sums up."""
    made = "# 2023년 회고\n\n## 2024년 목표\n\n" + SUMS_UP.split("\n\n", 2)[2]
    return fates(SUMS_UP + text + "\n", made)


def test_the_numbers_of_another_goal_are_not_its_own() -> None:
    assert summed_up("소설은 12권 다 읽었다. 전공서는 1권만 읽었다.")[:2] == ["kept", "dropped"]


def test_a_turn_ends_where_another_goal_is_named() -> None:
    told = summed_up("첫 번째 목표는 5월에 이루었다. 등산은 무릎을 다쳐서 포기했다.")
    assert told == ["kept", "unknown", "dropped"]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("I read 24 books this year. My favourite 3 books were by women.", "kept"),
        ("My goal was 24 books. I read 18 books.", "partly"),
    ],
)
def test_the_goals_own_number_said_again_is_reached(text: str, status: str) -> None:
    made = "# 2023 Year in Review\n\n## Goals for 2024\n\n- Read 24 books\n- Paint a wall\n"
    answer = f"# 2024 Year in Review\n\n## Last year's goals\n\n### Read 24 books\n\n{text}\n"
    assert fates(answer, made)[0] == status


@pytest.mark.parametrize(
    "text",
    [
        "가족 모두 감기에 걸려 고향에 못 갔다.",
        "대부분 지켰다.",
        "We lost most of the summer, and everything in the flat was not done.",
        "I met most of them.",
    ],
)
def test_what_is_said_of_something_else_is_said_of_no_goal(text: str) -> None:
    assert set(summed_up(text)) == {"unknown"}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("세 가지 모두 해냈다.", "kept"),
        ("목표는 하나도 지키지 못했다.", "dropped"),
        ("None of these happened.", "dropped"),
        ("I met all of them.", "kept"),
    ],
)
def test_what_is_said_of_all_goals_is_said_of_each(text: str, status: str) -> None:
    assert set(summed_up(text)) == {status}


GROUPED = (
    "# 2024 Year in Review\n\n### Success\n\n- **Paint a door. **It is blue now.\n"
    "- **Swim a mile. **I did not manage it.\n\n### Some progress\n\n"
    "- **Learn to weld. **I bought a mask, and it is dark in there.\n\n"
    "### Little to no progress\n\n- **Visit Tallinn. **The ferry was fun to look at.\n"
)


def test_the_label_over_a_group_answers_unless_a_line_says_the_opposite() -> None:
    made = (
        "# 2023 Year in Review\n\n## Goals for 2024\n\n- Paint a door\n- Swim a mile\n"
        "- Learn to weld\n- Visit Tallinn\n"
    )
    assert fates(GROUPED, made) == ["kept", "dropped", "partly", "dropped"]


@pytest.mark.parametrize(
    ("verdict", "status"),
    [("Achieved.", "kept"), ("Partially achieved.", "partly"), ("Failed miserably.", "dropped")],
)
def test_a_line_that_is_called_a_verdict_is_it(verdict: str, status: str) -> None:
    made = "# 2023 Year in Review\n\n## Goals for 2024\n\n### Paint\n\nI want to paint a door.\n"
    answer = (
        "# 2024 Year in Review\n\n## Goals for 2024\n\n### Paint\n\nMy aim was a door.\n\n"
        "The neighbour painted it in the end.\n\nI did paint a chair, badly.\n\n"
        f"So I did not paint it, but I learnt a lot.\n\n**Verdict:** {verdict}\n"
    )
    assert fates(answer, made) == [status]


@pytest.mark.parametrize(
    ("title", "date", "opening", "goals"),
    [
        ("On beginnings", "2019-01-01", "In no order, here are some goals for this year:", 2),
        ("Five for the shed", "2019-01-20", "I will take on five small projects this year:", 2),
        ("Tuesday", "2018-12-30", "There are two things I want to finish in 2019.", 2),
        ("On beginnings", "2018-12-30", "My goals for this year were too many.", 0),
        ("On beginnings", "2019-05-01", "In no order, here are some goals for this year:", 0),
        ("A shed", "2019-01-01", "This year we had a look at many sheds.", 0),
    ],
)
def test_a_note_of_a_new_year_that_opens_with_goals_lists_them(
    tmp_path: Path, title: str, date: str, opening: str, goals: int
) -> None:
    text = f"---\ntitle: {title}\ndate: {date}\n---\n{opening}\n\n- Build a shelf\n- Paint it\n"
    told = years_of(tmp_path, {"post.md": text})
    made = [("Build a shelf", 2019, "unknown"), ("Paint it", 2019, "unknown")]
    assert told == made[:goals]


def test_a_new_years_note_whose_lists_only_tell_makes_no_goals(tmp_path: Path) -> None:
    text = (
        "---\ntitle: Sheds\ndate: 2019-01-05\n---\nMy goals for 2019 are elsewhere. Some sheds:\n\n"
        "- The green one\n- The one by the lake\n"
    )
    assert years_of(tmp_path, {"post.md": text}) == []


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("I talked about it in June. Then I bought a brush.", "unknown"),
        ("I did well at this for a while, up until late August.", "partly"),
        ("Done! It dried in June.", "kept"),
    ],
)
def test_what_says_nothing_or_both_below_a_goals_name_is_no_answer(text: str, status: str) -> None:
    made = "# 2023 Year in Review\n\n## Goals for 2024\n\n- Paint the green door\n- Swim a mile\n"
    answer = (
        f"# 2024 Year in Review\n\n### 1. Paint the green door\n\n{text}\n\n### 2. Swim a mile\n"
    )
    assert fates(answer, made)[0] == status


def test_headings_with_a_share_behind_a_sentence_of_goals_retell_them(tmp_path: Path) -> None:
    text = (
        "# 2022 in review\n\nAt the beginning of 2022 I set some goals. This is how they went.\n\n"
        "## Paint a door each month (50%)\n\nSix of them.\n\n## Move to Tartu (100%)\n\nIn May.\n\n"
        "## Learn to weld (10%)\n\nI bought a mask.\n"
    )
    assert years_of(tmp_path, {"2022 in review.md": text}) == [
        ("Paint a door each month", 2022, "partly"), ("Move to Tartu", 2022, "kept"),
        ("Learn to weld", 2022, "dropped"),
    ]  # fmt: skip


def test_goals_that_were_set_for_the_year_that_is_over_are_no_new_ones(tmp_path: Path) -> None:
    text = (
        "# 2022 in review\n\n## Goals\n\nAt the beginning of 2022 I set out to:\n\n"
        "- Paint a door\n- Learn to weld\n\n## Next year\n\n- Visit Tallinn\n- Sleep more\n"
    )
    assert [(name, year) for name, year, _ in years_of(tmp_path, {"2022 in review.md": text})] == [
        ("Visit Tallinn", 2023), ("Sleep more", 2023),
    ]  # fmt: skip


def test_a_verdict_under_the_heading_of_an_announced_goal_makes_no_other(tmp_path: Path) -> None:
    made = (
        "# 2021 in review\n\n## Goals for 2022\n\n### Colours!\n\nI want to paint a door.\n\n"
        "### Sparks!\n\nI want to learn to weld.\n"
    )
    told = (
        "# 2022 in review\n\n## How did I do?\n\n### Colours!\n\nIt is green.\n\n"
        "**Verdict:** Achieved.\n\n### Sparks!\n\nNo mask.\n\n**Verdict:** Failed.\n"
    )
    found = years_of(tmp_path, {"2021 in review.md": made, "2022 in review.md": told})
    assert [status for _, year, status in found if year == 2022] == ["kept", "dropped"]


def test_goals_that_are_quoted_and_answered_below_are_no_new_ones(tmp_path: Path) -> None:
    text = (
        "# 2022 in review\n\n## Major goals\n\n> 1. Paint a door.\n\n**Done!** It is green.\n\n"
        "> 2. Learn to weld.\n\n**Not done.** I bought a mask, and left it there.\n"
    )
    assert years_of(tmp_path, {"2022 in review.md": text}) == [
        ("Paint a door.", 2022, "kept"), ("Learn to weld.", 2022, "dropped"),
    ]  # fmt: skip
    ahead = "# 2022 in review\n\n## Major goals\n\nFor me:\n\n> - Paint a door\n> - Learn to weld\n"
    told = years_of(tmp_path, {"2022 in review.md": ahead})
    assert [year for _, year, _ in told] == [2023, 2023]
