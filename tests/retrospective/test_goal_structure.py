"""Which structure makes a goal: what heads it, what stands beside it, what English says first."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.retrospective.reading import review
from vaultdots.note.parse import parse_note
from vaultdots.retrospective.goals import goals_of
from vaultdots.retrospective.modals import strength_of
from vaultdots.retrospective.model import ReviewSource
from vaultdots.vault import Vault

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


def test_what_stands_under_an_item_is_a_part_of_it_or_explains_it() -> None:
    """Told of the list as a whole: where one remark is a sentence, all of them explain."""
    parts = "- 체력 기르기\n  - 수영\n  - 등산\n- 빚 갚기\n"
    assert texts(review(f"# 2023년 회고\n\n## 2024년 목표\n\n{parts}")) == [
        "체력 기르기", "수영", "등산", "빚 갚기",
    ]  # fmt: skip
    remarks = f"{parts}  - 이자가 아깝다.\n  - 적금\n"
    alone = "- 체력 기르기\n  - 수영\n- 빚 갚기\n  - 적금\n"
    for form in (remarks, alone):
        listed = texts(review(f"# 2023년 회고\n\n## 2024년 목표\n\n{form}"))
        assert listed == ["체력 기르기", "빚 갚기"]


def test_an_item_that_says_goals_and_no_more_announces_what_stands_under_it() -> None:
    text = "# 2023년 회고\n\n## 내년\n\n- 내년 목표\n  - 듣는 사람\n  - 새 악기에 익숙해지기\n"
    assert texts(review(text)) == ["듣는 사람", "새 악기에 익숙해지기"]


def test_a_list_that_a_line_points_to_is_one_of_goals_and_one_of_links_is_none() -> None:
    account = "# 2023년 회고\n\n## 악기\n\n봄부터 첼로를 켰다.\n\n내년에는 {}.\n\n{}"
    pointed = account.format("이런 곡들을 배워보고 싶다", "- 사라방드\n- 미뉴에트\n")
    assert texts(review(pointed))[-2:] == ["사라방드", "미뉴에트"]
    links = "- [봄 연주](https://a.example/1)\n- https://a.example/2\n"
    told = review(account.format("더 자주 무대에 서려고 한다", links))
    assert [goal.strength for goal in goals_of(told)] == ["stated"]


def test_headings_with_nothing_under_them_are_a_list_of_goals() -> None:
    text = (
        "# 2023년 회고\n\n## 2024년 목표\n\n### 성공적인 독립\n\n### 더 꾸준한 운동\n\n### 이사\n"
    )
    assert texts(review(text)) == ["성공적인 독립", "더 꾸준한 운동", "이사"]


def test_a_goal_in_doubt_is_no_open_question() -> None:
    text = f"{ACCOUNT}## Plans for 2024\n\n- Get a dog?\n- Learn to weld. Or perhaps to braze?\n"
    goals = texts(review(f"{text}- What am I doing this for?\n", "r/2023 in review.md"))
    assert goals == ["Get a dog?", "Learn to weld. Or perhaps to braze?"]


def test_two_lines_of_one_list_that_are_only_alike_are_two_goals() -> None:
    text = (
        "# 2023년 회고\n\n## 2024년 목표\n\n- 초급 프랑스어 강의 듣기\n- 중급 프랑스어 강의 듣기\n"
    )
    assert len(texts(review(text))) == 2


def test_an_item_of_a_word_or_two_groups_what_will_be_done_under_it() -> None:
    """Children that say what will be done are goals; nothing of them explains the word above."""
    text = (
        "# 2023년 회고\n\n## 2024년 목표\n\n"
        "- 몸\n  - 체중을 4kg 줄이자.\n  - 야식은 무조건 먹지 않는다.\n"
        "- 음악\n  - 첼로\n  - 합창단 한 번 더..?\n- 그 외\n  - 동네 도서관 봉사\n"
    )
    assert texts(review(text))[:3] == ["체중을 4kg 줄이자.", "야식은 무조건 먹지 않는다.", "첼로"]
    assert not {"몸", "음악", "그 외"} & set(texts(review(text)))


def test_a_heading_that_only_names_a_time_of_goals_is_none() -> None:
    headed = "### 첼로 배우기\n\n작년에는 활만 샀다.\n\n### 월간 목표\n\n연습을 하려고 한다.\n"
    found = texts(review(f"# 2023년 회고\n\n## 2024년 목표\n\n{headed}"))
    assert found == ["첼로 배우기", "연습을 하려고 한다."]


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("내년에는 첼로를 더 켜 봐야 겠다.", "stated"),
        ("욕심이 너무 많지 않았나 싶다 ㅎㅎㅎ", None),
        ("악기가 이렇게 꼭 필요한 물건인 것처럼 느껴진다.", None),
    ],
)
def test_korean_is_read_as_it_is_often_spelled(sentence: str, said: str | None) -> None:
    assert strength_of(sentence) == said


def test_a_sentence_ends_where_only_a_smile_or_tears_end_it() -> None:
    said = "합창은 못 했다 ㅠㅠ 내년에는 꼭 해 봐야 겠다 ㅎㅎ 2023년 새해부터 바빴다.\n"
    assert texts(review(f"# 2023년 회고\n\n{said}")) == ["내년에는 꼭 해 봐야 겠다 ㅎㅎ"]


def test_lines_of_html_are_paragraphs_of_their_own() -> None:
    told = "<p>2023년에는 여러 악기를 두루 켜 보았고 합창단에서도 노래를 불러 보았는데</p>"
    text = f"# 2023년 회고\n\n{told}\n<p>2024년에는 첼로를 배우고 싶습니다.</p>\n"
    assert texts(review(text)) == ["2024년에는 첼로를 배우고 싶습니다."]


def test_a_page_of_goals_says_in_its_headings_for_when_they_are(tmp_path: Path) -> None:
    page = (
        "## 2023년 목표\n\n### 연간 목표\n\n- [ ] 첼로 배우기\n\n## 2024년 목표\n\n- [ ] 합창하기\n"
    )
    (tmp_path / "목표.md").write_text(page, encoding="utf-8")
    (tmp_path / "우리 팀.md").write_text("# 2023년\n\n- 첼로 배우기\n", encoding="utf-8")
    with Vault.open(tmp_path, cache=tmp_path / ".cache") as vault:
        vault.sync()
        goals = vault.years.goals()
    assert [(g.text, g.target_year) for g in goals] == [("첼로 배우기", 2023), ("합창하기", 2024)]


def test_what_one_will_not_do_is_a_goal_as_well() -> None:
    not_done = "주말에는 일하지 않는다.\n\n밤에는 켜지 않겠다.\n"
    korean = f"# 2023년 회고\n\n첼로를 켰다.\n\n## 하지 않을 것들\n\n{not_done}"
    assert texts(review(korean)) == ["주말에는 일하지 않는다.", "밤에는 켜지 않겠다."]
    english = f"{ACCOUNT}## What I won't do\n\n- Buy another cello\n- Play after midnight\n"
    assert texts(review(english, "r/2023 in review.md")) == [
        "Buy another cello", "Play after midnight",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "## Till next year\n\nThat was mine. Write to me, and I'll see you again next year!\n",
        "## See you in the new year\n\nI hope you had a kind year; I hope your 2024 is kinder.\n",
        "## Looking ahead\n\nUntil then, stay safe, and may next year be kinder.\n",
        "## Looking ahead\n\nWhat is the plan for 2024? Nobody can say.\n",
        "## Looking ahead\n\nI still have some big goals that I want to reach in 2024:\n",
        "## Looking ahead\n\n[^1]: In 2024 the numbers of these pages will be others.\n",
        "## 2024년에는\n\n내년에 또 만나요!\n",
    ],
)
def test_farewells_questions_and_announcements_are_no_goals(text: str) -> None:
    assert texts(review(f"{ACCOUNT}{text}", "r/2023 in review.md")) == []


def test_what_is_said_around_a_list_of_goals_is_none() -> None:
    listed = (
        "## Previewing 2024\n\nMy resolutions for 2024 are to:\n\n- Learn to weld\n"
        "- Visit Tallinn\n\n"
        "I know I'll be busy in spring. I am going to check back on these in May.\n"
    )
    assert texts(review(f"{ACCOUNT}{listed}", "r/2023 in review.md")) == [
        "Learn to weld", "Visit Tallinn",
    ]  # fmt: skip


def test_a_heading_that_words_a_goal_is_it_whatever_stands_below() -> None:
    """Its kind, a heading below it and what the text says of the goal do not make it another."""
    made = "# 2023년 회고\n\n## 2024년 목표\n\n"
    late = "### 지도 앱 출시\n\n많이 늦어졌다. 상반기 안에 내놓는 것이 목표다.\n\n"
    late = f"{made}{late}### 운동\n\n헤엄을 치려고 한다.\n"
    assert texts(review(late)) == ["지도 앱 출시", "헤엄을 치려고 한다."]
    results = "### 성과 내기\n\n작년에는 드러난 것이 없었다.\n\n다들 바빴다.\n\n"
    results = f"{made}{results}### 오래 다니기\n\n이직이 잦았다.\n"
    assert texts(review(results)) == ["성과 내기", "오래 다니기"]
    listed = f"{made}### 지도 앱 내놓기\n\n올해는 꼭 내놓으려고 한다.\n\n- 첫 판은 삼월\n"
    assert texts(review(listed)) == ["지도 앱 내놓기"]
    over = f"{made}### 밖에서 말하기\n\n안에서만 말했다.\n\n#### 모임에 나가기\n\n초대를 받았다.\n"
    assert texts(review(over)) == ["밖에서 말하기", "모임에 나가기"]


def test_headings_beside_one_that_words_a_goal_are_goals_too() -> None:
    text = (
        f"{ACCOUNT}## 2024\n\n### Read fifty books\n\nForty it was.\n\n"
        "### Better Mornings\n\nI want to get up at six. I have tried before.\n"
    )
    assert texts(review(text, "r/2023 in review.md")) == ["Read fifty books", "Better Mornings"]


def test_one_line_between_others_that_look_ahead_goes_on_with_them() -> None:
    text = (
        "# 2023년 회고\n\n## 그림\n\n봄에 전시를 보았다.\n\n여름에는 쉬었다.\n\n"
        "2024년에는 전시를 열고 싶다.\n\n실은 유학을 준비할 계획이기도 하다.\n"
    )
    assert texts(review(text)) == [
        "2024년에는 전시를 열고 싶다.", "실은 유학을 준비할 계획이기도 하다.",
    ]  # fmt: skip
