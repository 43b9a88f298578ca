"""Goals of the year that is over, where a review of that year lists them: no goals to come."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.retrospective.reading import review
from vaultdots.retrospective.answer_signs import by_numbers
from vaultdots.retrospective.fate import with_fates
from vaultdots.retrospective.goals import goals_of
from vaultdots.retrospective.retold import retold_by
from vaultdots.vault import Vault


@pytest.mark.parametrize(
    ("kept", "dropped", "field"),
    [
        ("이룬 목표", "못 이룬 목표", "생활"),
        ("달성한 목표들", "달성하지 못한 목표들", "건강"),
        ("達成した目標", "達成できなかったけど楽しかった目標", "趣味"),
        ("守れた抱負", "諦めた抱負", "生活"),
    ],
)
def test_a_heading_judges_the_goals_under_it(kept: str, dropped: str, field: str) -> None:
    """Under a heading inside of it, too, and a list of one."""
    text = (
        f"# 2023년 회고\n\n## {kept}\n\n- 테니스 100회\n- 카약 10회\n\n### {field}\n\n- 뜨개질\n\n"
    )
    source = review(f"{text}## {dropped}\n\n- 도자기 굽기\n    - 가마가 없다\n")
    assert goals_of(source) == ()
    told = [(goal.text, goal.status) for goal in retold_by(source, ())]
    assert told == [
        ("테니스 100회", "kept"), ("카약 10회", "kept"), ("뜨개질", "kept"),
        ("도자기 굽기", "dropped"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("title", "heading"),
    [
        ("2023년 목표 돌아보기", "회사 목표"),
        ("2023年の振り返り、今年の目標を振り返る", "仕事の目標"),
        ("2023 in review: looking back on my 2023 goals", "Goals at work"),
    ],
)
def test_headings_of_goals_in_a_review_of_goals_look_back(title: str, heading: str) -> None:
    """Whose title says so; but for one that names the time to come."""
    field = f"# {title}\n\n## {heading}\n\n### 도자기 배우기\n\n가마를 샀다.\n\n"
    source = review(f"{field}## 2024년 목표\n\n- 카약 타기\n", "r/2023.md")
    assert [goal.text for goal in goals_of(source)] == ["카약 타기"]


@pytest.mark.parametrize("heading", ["やりたかったこと", "하고 싶었던 것들"])
def test_what_one_wanted_to_do_is_looked_back_on(heading: str) -> None:
    text = f"# 2023년 회고\n\n## {heading}\n\n- 陶芸\n    - やれてない\n- カヤック\n    - やれた\n"
    assert [goal.status for goal in retold_by(review(text), ())] == ["dropped", "kept"]


RESTATED = {
    "ko": ("회고", "2023년에 세운 목표를 돌아보면 이렇다.", "도자기 배우기", "가마를 사서 배웠다.", "카약 타기"),  # noqa: E501
    "ja": ("振り返り", "2023年の目標を振り返っておきます。", "陶芸を習う", "習った！", "カヤックに乗る"),  # noqa: E501
}  # fmt: skip


@pytest.mark.parametrize("language", RESTATED)
def test_a_list_of_the_year_that_is_over_under_the_year_to_come(
    language: str, tmp_path: Path
) -> None:
    """Behind a sentence that says whose it is; the next list is of goals, as the heading says."""
    title, said, old, told, new = RESTATED[language]
    first = f"# 2022년 회고\n\n잘 지냈다.\n\n## 2023\n\n- {old}\n"
    second = (
        f"# 2023년 {title}\n\n잘 지냈다.\n\n## 2024\n\n{said}\n\n[지난 글](https://ex.org/a)\n\n"
        f"- {old}\n    - {told}\n\n느긋한 한 해였다.\n\n- {new}\n"
    )
    (tmp_path / "2022년 회고.md").write_text(first, encoding="utf-8")
    (tmp_path / f"2023년 {title}.md").write_text(second, encoding="utf-8")
    with Vault.open(tmp_path, cache=tmp_path / ".c") as vault:
        vault.sync()
        goals = [(g.text, g.target_year, g.status) for g in vault.years.goals()]
    assert goals[0] == (old, 2023, "kept")
    assert [goal[:2] for goal in goals] == [(old, 2023), (new, 2024)]


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("작년에 세운 목표는 하나도 지키지 못했다. 그래도 즐거웠다.", ["dropped", "dropped"]),
        ("작년의 계획들을 전부 지켰다.", ["kept", "kept"]),
        ("立てた目標はすべて達成できた。", ["kept", "kept"]),
        ("I achieved all of my goals.", ["kept", "kept"]),
        ("목표를 모두 지키지는 못했다.", ["unknown", "unknown"]),
        ("내년 목표는 모두 지키겠다.", ["unknown", "unknown"]),
        ("친구는 목표를 모두 이뤘을까?", ["unknown", "unknown"]),
        (
            "작년에 세운 목표는 모두 지켰다. 그 전의 목표는 하나도 못 지켰다.",
            ["unknown", "unknown"],
        ),
        ("쉬운 목표는 모두 지켰다.", ["kept", "unknown"]),
    ],
)
def test_one_sentence_judges_all_goals(sentence: str, said: list[str]) -> None:
    """Or those of the list that it names; one that says how many were kept says nothing of each."""
    lists = "### 쉬운 목표\n\n- 도자기 배우기\n\n### 어려운 목표\n\n- 카약 타기\n"
    made = review(f"# 2022년 회고\n\n## 2023년 목표\n\n{lists}", "회고/2022년 회고.md")
    told = review(f"# 2023년 회고\n\n잘 지냈다.\n\n{sentence}\n")
    goals = goals_of(made)
    assert [goal.status for goal in with_fates(goals, [made, told], 2026)] == said


@pytest.mark.parametrize(
    ("first", "said"),
    [
        ("못 했다.", "dropped"), ("결국 해냈다!", "kept"), ("성공.", "kept"), ("した！", "kept"),
        ("できなかった。", "dropped"), ("Done!", "kept"), ("Nope.", "dropped"),
    ],
)  # fmt: skip
def test_a_verdict_alone_is_a_mark_whatever_follows(first: str, said: str) -> None:
    made = review(
        "# 2022년 회고\n\n## 2023년 목표\n\n- 도자기 배우기\n- 카약 타기\n", "r/2022년 회고.md"
    )
    told = review(
        f"# 2023년 회고\n\n## 작년의 목표\n\n- 도자기 배우기\n    - {first} 가마는 아직 못 샀고 흙만 남았다.\n"  # noqa: E501
    )
    assert with_fates(goals_of(made), [made, told], 2026)[0].status == said


def test_an_item_over_goals_in_several_sentences_only_groups_them() -> None:
    """What stands below says what will be done, and then why."""
    text = (
        "# 2022년 회고\n\n## 2023년 목표\n\n- 취미\n"
        "    - 도자기를 배워보고자 한다. 흙을 만지는 일이 궁금했었다.\n"
        "    - 카약을 타보고자 한다. 강이 가까웠기 때문이다.\n"
        "- 건강\n    - 아침마다 걸어보려고 한다. 그동안 너무 앉아만 있었다.\n"
    )
    assert len(goals_of(review(text, "r/2022년 회고.md"))) == 3


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("올해는 도자기 열 점이 목표였는데 하나도 못 만들었다.", ["dropped"]),
        ("올해 목표 중 하나가 카약 타기였는데, 결국 해냈다.", ["kept"]),
        ("작년에 마음먹었던 뜨개질은 역시 내년으로 미뤄야 할 것 같다.", ["dropped"]),
        ("카약 열 번을 목표로 했는데 목표를 달성했다.", ["kept"]),
        ("올해의 목표는 카약 타기였다. 아쉽게도 실패했다.", ["dropped"]),
        ("今年の目標はカヤックだったが、できなかった。", ["dropped"]),
        ("My goal for 2023 was to row to the island, but I never did.", ["dropped"]),
        ("내년 목표는 카약 타기다. 작년엔 실패했다.", []),
        ("올해는 수채화가 목표였는데 실패했다.", []),
        ("올해의 목표는 카약 타기였다. 강이 넓다.", []),
    ],
)
def test_a_sentence_tells_of_a_goal_and_judges_it(sentence: str, said: list[str]) -> None:
    """One that was announced is answered there, not made."""
    made = goals_of(review("# 2022년 회고\n\n## 2023년 목표\n\n- 수채화\n", "r/2022년 회고.md"))
    told = retold_by(review(f"# 2023년 회고\n\n## 취미\n\n{sentence}\n"), made)
    assert [goal.status for goal in told] == said


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("위 두 가지를 다 이뤘을까? 하고 물으면, 나는 '그렇다'라고 답할 수 있다.", ["kept", "kept", "unknown"]),  # noqa: E501
        ("이 목표들은 하나도 이루지 못했다.", ["dropped", "dropped", "unknown"]),
        ("Both of them I kept, happened in March.", ["kept", "kept", "unknown"]),
        ("위 두 가지를 다 이뤘을까?", ["unknown", "unknown", "unknown"]),
    ],
)  # fmt: skip
def test_one_sentence_judges_all_of_the_list_before_it(sentence: str, said: list[str]) -> None:
    made = "# 2022년 회고\n\n## 2023년 목표\n\n- 강가의 공방에서 도자기 배우기\n- 카약 타기\n- 뜨개질\n"  # noqa: E501
    goals = goals_of(review(made, "회고/2022년 회고.md"))
    told = f"# 2023년 회고\n\n작년에 바란 나는 이랬다.\n\n- 공방에서 도자기 배우기\n- 카약 타기\n\n{sentence}\n"  # noqa: E501
    sources = [review(made, "회고/2022년 회고.md"), review(told)]
    assert [goal.status for goal in with_fates(goals, sources, 2026)] == said


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("산에 눈이 왔다.", "unknown"),
        ("원래는 섬에 갈 생각으로 돈을 모았다.", "unknown"),
        ("더 열심히 걷기는 해냈다.", "kept"),
    ],
)
def test_a_section_of_the_goals_heading_that_only_tells_of_the_year_is_no_answer(
    told: str, said: str
) -> None:
    made = review(
        "# 2022년 회고\n\n## 산책\n\n좋았다.\n\n내년엔 더 열심히 걸어야겠다.\n", "r/2022년 회고.md"
    )
    then = review(f"# 2023년 회고\n\n## 산책\n\n{told}\n\n## 도자기\n\n좋았다.\n")
    assert [g.status for g in with_fates(goals_of(made), [made, then], 2026)] == [said]


def test_a_thousand_is_written_with_a_comma() -> None:
    assert by_numbers("구독자 3000명 만들기", "약 2,000명이 되었다") == "partly"
    assert by_numbers("Walk 1,000 miles", "I walked 1,200 miles") == "kept"


def test_a_draft_answers_with_its_crosses_but_not_with_its_empty_boxes() -> None:
    made = review(
        "# 2022년 회고\n\n## 2023년 목표\n\n- 도자기 배우기\n- 카약 타기\n", "r/2022년 회고.md"
    )
    text = "---\nstatus: draft\n---\n# 2023년 회고\n\n## 작년의 목표\n\n- (×) 도자기 배우기: 未達\n- [ ] 카약 타기\n"  # noqa: E501
    assert [g.status for g in with_fates(goals_of(made), [made, review(text)], 2026)] == [
        "dropped", "unknown",
    ]  # fmt: skip


MADE = {
    "ko": "# 2022년 회고\n\n## 2023년 목표\n\n- 도자기 접시 10장 만들기\n- 카약 타기\n- 토익 800점\n",  # noqa: E501
    "ja": "# 2022年の振り返り\n\n## 2023年の目標\n\n- 陶芸で皿を10枚作る\n- カヤックに乗る\n- TOEIC 800点\n",  # noqa: E501
}


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("ko", "## 목표\n\n| 목표 | 결과 |\n|---|---|\n| 도자기 접시 10장 만들기 | 달성 |\n| 카약 타기 | 미달성 |\n| 토익 800점 | 780점 |\n"),  # noqa: E501
        ("ko", "## 목표 달성도\n\n- 도자기 접시 10장 만들기 → ◎\n- 카약 타기 → ×\n- 토익 800점 → △\n"),  # noqa: E501
        ("ko", "작년 목표는 다음과 같았다.\n\n1. 도자기 접시 10장 만들기\n2. 카약 타기\n3. 토익 800점\n\n1번은 달성했다. 2번은 못 했다. 3번은 반만 했다.\n"),  # noqa: E501
        ("ja", "## 目標\n\n| 目標 | 結果 |\n|---|---|\n| 陶芸で皿を10枚作る | 達成 |\n| カヤックに乗る | 未達 |\n| TOEIC 800点 | 780点 |\n"),  # noqa: E501
        ("ja", "## 目標の達成度\n\n- 陶芸で皿を10枚作る → ◎\n- カヤックに乗る → ×\n- TOEIC 800点 → △\n"),  # noqa: E501
        ("ja", "## 昨年の目標\n\n- (○) 陶芸で皿を10枚作る：春に\n- (×) カヤックに乗る：冬に\n- (△) TOEIC 800点：秋に\n"),  # noqa: E501
        ("ja", "## 去年の目標\n\n- 陶芸で皿を10枚作る\n  - 12枚作った。\n- カヤックに乗る\n  - 一度も乗っていない。\n- TOEIC 800点\n  - 750点だった。\n"),  # noqa: E501
    ],
)  # fmt: skip
def test_columns_crosses_counts_and_turns_answer(language: str, told: str) -> None:
    made = review(MADE[language], "r/2022년 회고.md")
    title = {"ko": "2023년 회고", "ja": "2023年の振り返り"}[language]
    then = review(f"# {title}\n\n{told}", "r/2023년 회고.md")
    assert goals_of(then) == ()
    fates = [goal.status for goal in with_fates(goals_of(made), [made, then], 2026)]
    assert fates == ["kept", "dropped", "partly"]


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("작년 목표 중 도자기는 해냈지만, 카약은 타지 못했다.", ["kept", "dropped", "unknown"]),
        ("목표를 세운 덕에 도자기와 카약은 해냈다.", ["kept", "kept", "unknown"]),
        ("내년 목표도 도자기다. 꼭 해낸다.", ["unknown", "unknown", "unknown"]),
    ],
)
def test_a_sentence_about_goals_names_one_by_a_word(sentence: str, said: list[str]) -> None:
    """A sentence that names two goals and judges them is of both."""
    made = review(MADE["ko"], "r/2022년 회고.md")
    then = review(f"# 2023년 회고\n\n잘 지냈다.\n\n{sentence}\n")
    assert [g.status for g in with_fates(goals_of(made), [made, then], 2026)] == said


def test_japanese_numbers_a_goal_of_the_list_before() -> None:
    made = review(MADE["ja"], "r/2022년 회고.md")
    told = "去年の目標は以下でした。\n\n1. 陶芸で皿を10枚作る\n2. カヤックに乗る\n\n1は達成。2は未達。\n"  # noqa: E501
    then = review(f"# 2023年の振り返り\n\n{told}", "r/2023년 회고.md")
    fates = [goal.status for goal in with_fates(goals_of(made), [made, then], 2026)]
    assert fates[:2] == ["kept", "dropped"]


def test_a_plain_present_under_a_heading_of_goals_in_japanese() -> None:
    text = "# 2022年の振り返り\n\n## 2023年の目標\n\n### 健康\n\n体重を60kgまで落とす。\n\n### 英語\n\n毎朝ラジオを聞く。\n"  # noqa: E501
    assert len(goals_of(review(text, "r/2022年の振り返り.md"))) == 2
