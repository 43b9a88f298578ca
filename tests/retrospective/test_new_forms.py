"""Forms of goals and answers that authors nobody had read before brought along."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.disk import write
from tests.retrospective.reading import review
from vaultdots.retrospective.fate import with_fates
from vaultdots.retrospective.goals import goals_of
from vaultdots.retrospective.reviews import superseded
from vaultdots.text.periods import periods_in
from vaultdots.vault import Vault


def fates(made: str, answer: str, period: str = "") -> dict[str, str]:
    """What became of each goal made in 2023 for 2024, by its text."""
    name = f"회고/2024년 {period}회고.md"
    sources = [review(made, "회고/2023년 회고.md"), review(answer, name)]
    goals = [goal for source in sources for goal in goals_of(source)]
    told = with_fates(goals, sources, 2026)
    return {g.text: g.status for g in told if g.made_in == 2023 and g.target_year == 2024}


def in_vault(tmp_path: Path, notes: dict[str, str]) -> Vault:
    """A vault of these notes, indexed."""
    write(tmp_path / "vault", notes)
    vault = Vault.open(tmp_path / "vault", cache=tmp_path / "cache")
    vault.sync()
    return vault


@pytest.mark.parametrize(
    ("text", "stretch", "year", "number"),
    [
        ("2021年5月の振り返り", "month", 2021, 5),
        ("2021年上半期の振り返り", "half", 2021, 1),
        ("下期の目標", "half", None, 2),
        ("2021年 第2四半期", "quarter", 2021, 2),
        ("2021年度の振り返り", "year", 2021, None),
    ],
)
def test_japanese_names_of_periods(
    text: str, stretch: str, year: int | None, number: int | None
) -> None:
    [found] = periods_in(text)
    assert (found.stretch, found.year, found.number) == (stretch, year, number)


@pytest.mark.parametrize(
    "text", ["以上期待する", "10年間", "3ヶ月", "20年ぶり", "平成30年", "向上期"]
)
def test_what_only_looks_like_a_japanese_period(text: str) -> None:
    assert periods_in(text) == []


def test_a_year_of_an_era_is_none_beside_a_fiscal_one_either() -> None:
    assert [found.year for found in periods_in("FY24の計画、平成30年の話")] == [2024]


@pytest.mark.parametrize(
    ("title", "date", "period"),
    [
        ("半年経ったので2021年の目標をふりかえる", "2021-07-06", "half"),
        ("今年仕事でやったこと", "2021-12-30", "year"),
        ("2021年を終えて", "2021-12-30", "year"),
        ("올해 목표 중간 점검", "2021-07-03", "half"),
        ("올해 한 일들", "2021-12-30", "year"),
        ("2021 goals: mid-year check-in", "2021-07-03", "half"),
        ("What I did this year", "2021-12-30", "year"),
    ],
)
def test_more_titles_of_reviews(tmp_path: Path, title: str, date: str, period: str) -> None:
    text = f'---\ntitle: "{title}"\ndate: {date}\n---\n\n## 1\n\nText.\n'
    with in_vault(tmp_path, {"a.md": text}) as vault:
        assert [(r.year, r.period) for r in vault.years.reviews()] == [(2021, period)]


def test_a_note_called_by_its_year_sets_goals(tmp_path: Path) -> None:
    text = (
        '---\ntitle: "2019"\ndate: 2019-01-01\n---\n\nIt is time to set some goals for 2019.\n\n'
        "### Health\n\n* **Run 300 miles** — In all weathers.\n* **Eat better** — More greens.\n"
        "\n### Home\n\n* **Paint the shed** — At last.\n"
    )
    with in_vault(tmp_path, {"2019-01-01-2019.md": text}) as vault:
        made = {goal.text: goal.target_year for goal in vault.years.goals()}
    assert {text.split(" — ")[0] for text in made} >= {
        "Run 300 miles", "Eat better", "Paint the shed",
    }  # fmt: skip
    assert set(made.values()) == {2019}


def test_headings_that_word_goals_in_a_note_of_goals(tmp_path: Path) -> None:
    text = (
        '---\ntitle: "2020 Goals"\ndate: 2020-01-03\n---\n\nHere are my goals:\n\n## Health\n\n'
        "#### - Cook my own meals\n\nI like to cook.\n\n#### - Reduce screen time\n\n"
        "I did so a year ago.\n\n## Money\n\n#### - Save a third of my income\n\nI am bad at it.\n"
        "\n#### - Invest\n\nNot much so far.\n"
    )
    with in_vault(tmp_path, {"goals.md": text}) as vault:
        listed = [goal.text for goal in vault.years.goals() if goal.strength == "listed"]
    assert listed == [
        "Cook my own meals", "Reduce screen time", "Save a third of my income", "Invest",
    ]  # fmt: skip


def test_action_items_are_goals_and_the_last_ones_a_check_list() -> None:
    made = "# 2023년 회고\n\n## Action Item\n\n### 독서\n\n- [ ] 두 달에 책 한 권 읽기\n"
    answer = "# 2024년 회고\n\n## 지난 Action Item\n\n- [x] 두 달에 책 한 권 읽기\n"
    assert fates(made, answer) == {"두 달에 책 한 권 읽기": "kept"}


def test_a_heading_of_goals_below_the_years_own_looks_back() -> None:
    made = (
        "# 2023 retrospective\n\n## 2024 goals\n\n- Complete a half-marathon\n- Learn to juggle\n"
    )
    answer = (
        "# 2024 retrospective\n\n## 2024\n\n### Bigger goals\n\nOn the hottest day of the year I "
        "completed the Leeds half marathon in two hours! It was gruelling.\n\n## 2025\n\n"
        "Next year I want to rest.\n"
    )
    assert fates(made, answer)["Complete a half-marathon"] == "kept"


def test_a_sentence_that_speaks_of_goals_judges_each_it_names() -> None:
    made = (
        "# 2023년 회고\n\n## 새해 계획\n\n### 수영\n\n내년에는 수영을 꾸준히 하려고 한다.\n\n"
        "### 기타\n\n내년에는 기타를 제대로 배울 것이다.\n"
    )
    answer = (
        "# 2024년 회고\n\n작년에 목표했던 `수영`은 실패했고 `기타`는 결국 배우지 못했다.\n\n"
        "봄에는 이사를 했다.\n"
    )
    assert set(fates(made, answer).values()) == {"dropped"}


def test_all_yearly_goals_are_judged_by_their_heading() -> None:
    made = "# 2023년 회고\n\n## 2024년 목표\n\n### 연간 목표\n\n- 수영 배우기\n- 책 열 권 읽기\n"
    answer = "# 2024년 회고\n\n봄에 이사했다.\n\n2024년 연간 목표는 결국 모두 달성하지 못했다.\n"
    assert set(fates(made, answer).values()) == {"dropped"}


def test_what_alone_was_reached_drops_the_others() -> None:
    made = "# 2023年の振り返り\n\n## 2024年の目標\n\n- 英検一級を取る\n- 簿記二級を取る\n"
    answer = (
        "# 2024年の振り返り\n\n## 昨年の目標の振り返り\n\n- 英検一級を取る\n- 簿記二級を取る\n\n"
        "この中で取得できたものは簿記二級のみ。\n"
    )
    told = fates(made, answer)
    assert told["英検一級を取る"] == "dropped"
    assert told["簿記二級を取る"] == "kept"


def test_what_is_put_off_to_next_year_is_not_kept() -> None:
    made = "# 2023年の振り返り\n\n## 2024年の目標\n\n### 英会話をちゃんとやる\n\n毎週話す。\n"
    answer = "# 2024年の振り返り\n\n## 目標\n\n### 英会話をちゃんとやる\n\n具体的な進捗はない。\n"
    assert set(fates(made, answer).values()) <= {"dropped", "carried"}


def test_below_a_name_stands_how_the_goal_came_about() -> None:
    """A line of its own names the goal; what it continues with may tell of the past."""
    text = (
        "# 2023年の振り返り\n\n## 2024年の目標\n\n- 英検一級  \n去年、二級を取得したので。\n"
        "- 簿記二級  \n昨年、三級に合格したので。\n"
    )
    assert [goal.text for goal in goals_of(review(text, "2023年の振り返り.md"))] == [
        "英検一級", "簿記二級",
    ]  # fmt: skip


def test_a_half_is_no_list_of_goals_in_the_review_of_a_year() -> None:
    text = (
        "# 2023년 회고\n\n## 상반기\n\n- 새 책상\n- 화분\n\n## 하반기\n\n- 매트리스\n- 손목시계\n"
    )
    assert goals_of(review(text, "회고/2023년 회고.md")) == ()


def test_goals_that_a_half_years_review_names_again_are_answered_there() -> None:
    made = "# 2023년 회고\n\n## 2024년 목표\n\n### 수영 배우기\n\n물이 무섭다.\n"
    answer = (
        "# 2024년 상반기 회고\n\n## 지금 목표\n\n### 수영 배우기\n\n3월에 강습을 시작해서 해냈다.\n"
    )
    assert fates(made, answer, "상반기 ")["수영 배우기"] == "kept"


def test_the_draft_that_weighs_last_years_goals_is_read_beside_the_next_ones() -> None:
    draft = review(
        "---\ndraft: true\n---\n# 2023년 목표를 돌아보며\n\n수영은 못 했다.\n", "2023년 회고.md"
    )
    plans = review("# 2024년 목표\n\n2023년은 바빴다.\n\n- 수영 배우기\n", "2024년 목표.md")
    assert superseded([draft, plans]) == set()


def test_a_goal_from_now_on_is_one() -> None:
    text = "# 2023년 회고\n\n## 운동\n\n봄에 수영을 했다.\n\n앞으로도 수영은 꾸준히 해야겠다.\n"
    made = goals_of(review(text, "회고/2023년 회고.md"))
    assert [(goal.text, goal.target_year) for goal in made] == [
        ("앞으로도 수영은 꾸준히 해야겠다.", 2024),
    ]


def test_a_year_that_had_only_begun_is_the_one_before(tmp_path: Path) -> None:
    text = '---\ntitle: "2022 annual review"\ndate: 2022-01-05\n---\n\n## What went well\n\nMuch.\n'
    with in_vault(tmp_path, {"a.md": text}) as vault:
        assert [review.year for review in vault.years.reviews()] == [2021]


def test_a_review_kept_through_its_year_is_of_that_year(tmp_path: Path) -> None:
    text = "---\ncreated: 2022-01-05\nupdated: 2022-12-28\n---\n# 2022년 회고\n\n## 1월\n\n이사.\n"
    with in_vault(tmp_path, {"a.md": text}) as vault:
        assert [review.year for review in vault.years.reviews()] == [2022]


@pytest.mark.parametrize(
    ("title", "date"),
    [
        ("Mid-year review of the stock market", "2021-07-01"),
        ("6-month update on my knee", "2021-07-01"),
        ("반년 점검: 자동차", "2021-07-01"),
        ("半年経ったので靴を見直し", "2021-07-01"),
        ("この一年のAI業界の出来事まとめ", "2021-12-20"),
        ("2022 to-do list of the team", "2022-01-10"),
        ("2022 to-do list for the house move", "2022-01-10"),
        ("2022 priorities of the board", "2022-01-10"),
    ],
)
def test_what_is_of_something_else_is_no_review_and_sets_no_goals(
    tmp_path: Path, title: str, date: str
) -> None:
    text = f'---\ntitle: "{title}"\ndate: {date}\n---\n\n- Fix the printer\n- Pack the boxes\n'
    with in_vault(tmp_path, {"a.md": text}) as vault:
        assert not vault.years.reviews()
        assert not list(vault.years.goals())


def test_a_list_of_things_to_do_for_a_year_is_one_of_goals(tmp_path: Path) -> None:
    text = (
        '---\ntitle: "2020\'s To-Do List"\ndate: 2020-01-24\n---\n\n'
        "It is time for my to-do list.\n\n* A class on pottery\n* Write more letters\n"
    )
    with in_vault(tmp_path, {"a.md": text}) as vault:
        assert {goal.target_year for goal in vault.years.goals()} == {2020}


def test_what_one_wanted_to_do_is_no_goal_beside_the_new_ones(tmp_path: Path) -> None:
    """The same headings stand twice: below the year that is over, and below the one that begins."""
    text = (
        "---\ntitle: A New Year\ndate: 2019-01-03\n---\n\nHere are my goals for 2019.\n\n"
        "## Looking back at 2018\n\n### What I wanted to do\n\n#### Lose weight\n\nI did not.\n\n"
        "#### Read more\n\nI did.\n\n## On to 2019\n\n### Lose weight\n\nI was good in December.\n"
        "\n### Read more\n\nOne book is done.\n\n### Side project\n\nIt is slow.\n"
    )
    with in_vault(tmp_path, {"a.md": text}) as vault:
        made = [(goal.line, goal.text) for goal in vault.years.goals()]
    later = text.split("\n").index("## On to 2019") + 1
    assert [text for _, text in made] == ["Lose weight", "Read more", "Side project"]
    assert all(line > later for line, _ in made)


def test_a_heading_that_gathers_goals_leaves_those_below() -> None:
    text = (
        "# 2023 retrospective\n\n## 2024 goals\n\n### Improve our finances\n\n"
        "We want to pay back a tenth of the loan this coming year.\n\n"
        "We also intend to eat out three times a month at most.\n"
    )
    made = [goal.text for goal in goals_of(review(text, "2023 retrospective.md"))]
    assert made[0] == "Improve our finances"
    assert len(made) == 3


def test_a_mark_behind_a_label_in_brackets_answers() -> None:
    made = "# 2023年の振り返り\n\n## 2024年の目標\n\n* [life] 貯金を増やす\n* [tech] 本を書く\n"
    answer = (
        "# 2024年の振り返り\n\n## 2024年の目標の振り返り\n\n"
        "* [life] (△) 貯金を増やす : 増えたが移せていない\n* [tech] (◯) 本を書く\n"
    )
    assert list(fates(made, answer).values()) == ["partly", "kept"]


def test_a_heading_that_calls_itself_a_goal_is_named_by_what_follows() -> None:
    text = "# 2023 retrospective\n\n## 2024 goals\n\n### Goal 2: Spend less\n\nSo be it.\n"
    [goal] = goals_of(review(text, "2023 retrospective.md"))
    assert goal.text == "Spend less"


def test_what_went_well_for_a_while_is_half_done() -> None:
    made = "# 2023 retrospective\n\n## 2024 goals\n\n- Write every Friday\n- Learn to juggle\n"
    answer = (
        "# 2024 retrospective\n\n### Write every Friday\n\nI did well at this for a while, up "
        "until August.\n\n### Learn to juggle\n\nI made no real inroads.\n"
    )
    assert list(fates(made, answer).values()) == ["partly", "dropped"]


@pytest.mark.parametrize(
    ("goal", "answer"),
    [
        ("Run a marathon", "I ran it in October. The only thing I regret was the shoes."),
        ("Paint the fence", "I painted it in May. Of these colours, I only liked the green one."),
        ("Bake bread", "I baked bread each week. Of those loaves I only burned one."),
        ("ブログを書く", "ブログを毎週書いた。残念なのは写真のみ。"),
    ],
)
def test_only_drops_no_goal_that_it_is_not_said_of(goal: str, answer: str) -> None:
    """`Of these I only finished the shed` drops the others; what else was only so does not."""
    made = f"# 2023 in review\n\n## Goals for 2024\n\n- {goal}\n- Visit Oslo\n"
    told = fates(made, f"# 2024 in review\n\n## {goal}\n\n{answer}\n\n## Oslo\n\nCold.\n")
    assert told[goal] in {"kept", "unknown"}


def test_what_only_begins_with_the_word_goal_is_none(tmp_path: Path) -> None:
    told = (
        "# 2023 in review\n\n## Goal-setting apps\n\nI tried three.\n\n## Goals: how they went\n\n"
        "Fine.\n\n## Soccer goal. The match of May\n\nWe won.\n\n## Team goal: ship the app\n\n"
        "We did.\n\n## 목표: 회고\n\n잘했다.\n"
    )
    plans = (
        "---\ncreated: 2024-01-02\n---\n# Goals for 2024\n\n## Goal-setting apps\n\nThree.\n\n"
        "## Goal 1: Run more\n\nTwice.\n\n## Goals - why bother\n\nBecause.\n"
    )
    with in_vault(tmp_path, {"2023 in review.md": told, "Goals for 2024.md": plans}) as vault:
        assert [goal.text for goal in vault.years.goals()] == ["Run more"]
