"""What a section is, told from what stands in it, and answers told by their topic."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.retrospective.reading import review
from vaultdots.retrospective.books import books_of
from vaultdots.retrospective.booktitles import covers
from vaultdots.retrospective.contents import is_plan
from vaultdots.retrospective.denials import denied
from vaultdots.retrospective.document import sections_of
from vaultdots.retrospective.fate import with_fates
from vaultdots.retrospective.goals import goals_of
from vaultdots.retrospective.modals import without_modal
from vaultdots.retrospective.verdicts import after_name

PLANS = "- 원두 로스팅 배우기\n- 월요일은 쉬기\n- 빚 갚기\n"
OPENING = "# 2023년 회고\n\n## 봄\n\n" + "벚꽃이 피었다. 나는 걸었다. " * 12 + "\n\n"


def kinds(text: str) -> list[str]:
    return [section.kind for section in sections_of(review(text))]


def fates(made: str, told: str) -> list[str]:
    before = review(f"# 2023년 회고\n\n{made}", "회고/2023.md")
    after = review(f"# 2024년 회고\n\n{told}", "회고/2024.md")
    return [g.status for g in with_fates(goals_of(before), [before, after], 2026)]


def test_a_list_of_intentions_late_in_a_review_is_one_of_goals() -> None:
    text = f"{OPENING}## 카페 벽에 붙여 둘 종이\n\n{PLANS}"
    assert kinds(text) == ["other", "goals"]
    assert [(g.text, g.target_year) for g in goals_of(review(text))] == [
        ("원두 로스팅 배우기", 2024),
        ("월요일은 쉬기", 2024),
        ("빚 갚기", 2024),
    ]
    boxes = "- [ ] 로스팅\n- [ ] 월요일\n- [ ] 빚\n"
    assert kinds(f"{OPENING}## 벽\n\n{boxes}")[-1] == "goals"


@pytest.mark.parametrize(
    "text",
    [
        f"# 2023년 회고\n\n## 벽\n\n{PLANS}\n## 봄\n\n" + "벚꽃이 피었다. " * 30,  # early
        f"{OPENING}## 벽\n\n{PLANS}\n## 2024년 목표\n\n- 운동하기\n",  # its goals are elsewhere
        f"{OPENING}## 벽\n\n많이 배웠다. 오래 걸었다.\n\n{PLANS}",  # what was told
        f"{OPENING}## 벽\n\n- 배우기\n- 쉬었다\n- 갚기\n- 걷기\n- 뛰기\n",  # one of the past
        f"{OPENING}## 벽\n\n- 배우기\n- 쉬기\n",  # two are no list
        f"{OPENING}## 벽\n\n- [x] 배우기\n- [ ] 쉬기\n- [ ] 갚기\n",  # already ticked
    ],
    ids=["early", "announced", "told", "past", "short", "ticked"],
)
def test_other_lists_are_not(text: str) -> None:
    assert "goals" not in [k for k, s in zip(kinds(text), headings(text), strict=True) if s == "벽"]


def headings(text: str) -> Sequence[str]:
    return [section.heading for section in sections_of(review(text))]


@pytest.mark.parametrize("text", ["이야기", "일기", "감기", "계기", "야식", "달렸다", "The end"])
def test_nouns_are_no_intentions(text: str) -> None:
    assert not is_plan(text)


def test_a_heading_that_points_ahead() -> None:
    assert kinds(f"{OPENING}## 🚀 그래서 내년엔\n\n걷자.\n")[-1] == "goals"
    assert kinds(f"{OPENING}## 내년에 읽을 책\n\n- 모순\n")[-1] == "book"
    areas = "## 돈\n\n적게 썼다.\n\n**내년 액션**\n\n- [ ] 가계부 쓰기\n\n## 몸\n\n뛰었다.\n"
    assert [g.text for g in goals_of(review(f"# 2023년 회고\n\n{areas}"))] == ["가계부 쓰기"]


@pytest.mark.parametrize(
    "lines",
    [
        "✅ 자격증\n🟡 클라이밍\n❌ 블로그\n",
        "- ⭕ 자격증\n- 🔺 클라이밍\n- ❌ 블로그\n",
        "1. Running: **miss**, no shoes\n2. Taxes: **hit**\n3. Essays: hit, all of them\n",
        "| 무엇 | 표 |\n|---|---|\n| 자격증 | ✅ |\n| 등산 | 🔺 |\n| 블로그 | ❌ |\n",
    ],
)
def test_a_list_that_judges_each_of_its_items_looks_back_on_goals(lines: str) -> None:
    assert kinds(f"# 2023년 회고\n\n## 벽\n\n{lines}") == ["goal-check"]
    assert kinds(f"# 2023년 회고\n\n## 숙제들\n\n{lines}") == ["goal-check"]


def test_months_and_things_all_done_are_no_check_list() -> None:
    months = "- 1월: 성공\n- 2월: 실패\n- 3월: 실패\n"
    assert kinds(f"# 2023년 회고\n\n## 벽\n\n{months}") == ["other"]
    assert kinds("# 2023년 회고\n\n## 벽\n\n- ✅ 하나\n- ✅ 둘\n- ✅ 셋\n") == ["other"]
    assert after_name("Running: miss") == "dropped"
    assert after_name("Running shoes") is None


@pytest.mark.parametrize(
    "lines",
    [
        "- 『모순』 양귀자\n- 『데미안』\n",
        "- *James* by Percival Everett ★★★★★\n- *Orbital* by Samantha Harvey ★★★★☆\n",
        "1. Company of One (Paul Jarvis)\n2. The Mom Test (Rob Fitzpatrick)\n"
        "3. North Woods (Daniel Mason), again\n",
        "1. 나인 - 천선란\n2. 지구 끝의 온실 - 김초엽\n3. 이상한 정상가족 - 김희경\n",
    ],
)
def test_a_list_of_titles_is_one_of_books(lines: str) -> None:
    source = review(f"# 2023년 회고\n\n## 침대 옆\n\n{lines}")
    assert [section.kind for section in sections_of(source)] == ["book"]
    assert len(books_of(source).books) == lines.count("\n")


def test_books_by_their_covers() -> None:
    shop = "https://www.aladin.co.kr/shop/wproduct.aspx?ItemId="
    linked = f"[![아몬드](a.jpg)]({shop}1)\n[![모순](b.jpg)]({shop}2)\n[![표지](c.jpg)]({shop}3)\n"
    found = books_of(review(f"# 2023년 회고\n\n## 읽고 본 것\n\n{linked}")).books
    assert [book.title for book in found] == ["아몬드", "모순"]
    plain = "![아몬드](a.jpg) ![모순](b.jpg) ![image 3](c.jpg)\n"
    found = books_of(review(f"# 2023년 회고\n\n## 책장\n\n{plain}")).books
    assert [book.title for book in found] == ["아몬드", "모순"]
    assert books_of(review(f"# 2023년 회고\n\n## 여행\n\n{plain}")).books == ()
    assert covers("![](a.jpg) ![a.png](a.png)", 0, 26) == []


def test_a_paragraph_is_one_goal_told_by_the_sentence_that_names_it() -> None:
    text = "올해는 바빴다. 내년에는 풀코스를 뛰려고 한다. 신청은 봄이다."
    (goal,) = goals_of(review(f"# 2023년 회고\n\n{text}\n"))
    assert (goal.text, goal.target_year) == ("내년에는 풀코스를 뛰려고 한다.", 2024)


def test_a_letter_to_oneself_and_what_is_resolved_need_a_heading_of_goals() -> None:
    letter = "You are going to run the half marathon in October."
    resolved = "졸업 논문 주제를 여름 전에 정한다."
    for text in (letter, resolved):
        assert len(goals_of(review(f"# 2023년 회고\n\n## Dear 2024 me\n\n{text}\n"))) == 1
        assert goals_of(review(f"# 2023년 회고\n\n## 봄\n\n{text}\n")) == ()
    assert without_modal("서른이 되는 내년에는 풀코스를 뛰려고 한다.").startswith("내년에는 풀코스")


def test_a_topic_that_two_goals_share_answers_for_neither() -> None:
    made = "## 2024년 목표\n\n- 논문 탑티어 학회 제출\n- 논문 스터디 운영\n"
    assert fates(made, "논문은 실패했다.\n") == ["unknown", "unknown"]


def test_doing_what_was_to_be_left_undone() -> None:
    assert denied("주말에는 연구실에 나가지 않기", "주말 연구실은 마감 때마다 나갔다") == "dropped"
    assert denied("주말에는 연구실에 나가지 않기", "주말에는 나가지 않았다") == "kept"
    assert not denied("연구실에 나가기", "나갔다")
