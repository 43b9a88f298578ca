"""Goals and what became of them, in small reviews of both languages."""

from __future__ import annotations

import pytest

from tests.retrospective.reading import Notes, review
from vaultdots.errors import ConfigError, UsageError
from vaultdots.note.parse import parse_note
from vaultdots.retrospective.fate import with_fates
from vaultdots.retrospective.goals import goals_of
from vaultdots.retrospective.model import Book, Goal
from vaultdots.retrospective.settle import entry_of, find_goal, new_file, read_settled

PLAN = """# 2023년 회고

## 2024년 목표

- 주 3회 달리기
  - 비가 오면 쉰다
- 하프 마라톤 완주하기
- 영어로 글 한 편 쓰기
- 책장 정리
"""


def told(*texts: str, this_year: int = 2026, notes: Notes | None = None) -> dict[str, Goal]:
    sources = [review(text, f"회고/{2023 + n}.md") for n, text in enumerate(texts)]
    goals = [goal for source in sources for goal in goals_of(source)]
    return {g.text: g for g in with_fates(goals, sources, this_year, notes) if g.made_in == 2023}


def statuses(goals: dict[str, Goal]) -> dict[str, str]:
    return {text: goal.status for text, goal in goals.items()}


def test_a_check_list_decides_by_meaning_not_by_place() -> None:
    answer = """# 2024년 회고

## 작년 목표 점검

- [ ] 영어 글쓰기
- [ ] 책장 정리: 반만
- [x] 하프마라톤 완주
- [ ] ~~달리기~~ 무릎

## 2025년 목표

- 영어로 글 한 편 쓰기
"""
    goals = told(PLAN, answer)
    assert statuses(goals) == {
        "주 3회 달리기": "dropped",
        "하프 마라톤 완주하기": "kept",
        "영어로 글 한 편 쓰기": "carried",
        "책장 정리": "partly",
    }
    carried = goals["영어로 글 한 편 쓰기"]
    assert carried.evidence[-1].line == 12
    assert carried.next is not None and carried.next.line == 12
    assert goals["주 3회 달리기"].detail == ("비가 오면 쉰다",)


def test_a_judgement_behind_a_goals_own_words_answers_and_loose_words_do_not() -> None:
    answer = """# 2024년 회고

## 일상

책장 정리는 끝내 하지 못했다.

영어로 글을 쓰는 사람을 만났다. 참 좋았다.
"""
    goals = told(PLAN, answer)
    assert goals["책장 정리"].status == "dropped"
    assert goals["영어로 글 한 편 쓰기"].status == "unknown"
    assert goals["주 3회 달리기"].status == "unknown"


def test_else_the_notes_of_that_year() -> None:
    texts = {
        "일지/2024-03-02.md": "# 2024-03-02\n\n책장 정리를 했다. 세 시간.\n",
        "글/2024-05-01 마라톤 일지.md": "# 하프 마라톤 준비\n",
        "글/2024-06-01 마라톤 완주.md": "# 하프 마라톤 완주기\n",
    }
    notes = Notes([(parse_note(path, text), text) for path, text in texts.items()])
    goals = told(PLAN, "# 2024년 회고\n\n조용했다.\n", notes=notes)
    # What a note of that year says is shown as the closest, never as an answer.
    assert goals["책장 정리"].status == "unknown"
    assert goals["책장 정리"].evidence[0].path == "일지/2024-03-02.md"
    assert goals["책장 정리"].evidence[0].line == 3


def test_a_year_that_is_not_over_is_open() -> None:
    assert set(statuses(told(PLAN, this_year=2024)).values()) == {"open"}
    assert set(statuses(told(PLAN, this_year=2025)).values()) == {"unknown"}
    half = "# 2024년 상반기 회고\n\n## 올해 초 목표들\n\n- [ ] 책장 정리\n- [x] 하프 마라톤 완주\n"
    goals = told(PLAN, half, this_year=2024)
    assert goals["책장 정리"].status == "open"
    assert goals["하프 마라톤 완주하기"].status == "kept"


def test_a_draft_with_empty_boxes_gives_nothing_up() -> None:
    answer = "---\nstatus: draft\n---\n# 2024년 회고\n\n## 2024년 목표 점검\n\n- [ ] 책장 정리\n"
    assert told(PLAN, answer)["책장 정리"].status == "unknown"
    assert told(PLAN, answer.replace("[ ]", "[x]"))["책장 정리"].status == "kept"


def test_a_finished_book_keeps_the_goal_to_read_it() -> None:
    source = review("# 2023년 회고\n\n## 2024년 목표\n\n- 『오브젝트』 다시 읽기\n", "회고/2023.md")
    book = Book("오브젝트", None, "2024-03-01", 2024, None, True, "책/오브젝트.md", 1, "property")
    (goal,) = with_fates(goals_of(source), [source], 2026, books=[book])
    assert (goal.status, goal.evidence[0].path) == ("kept", "책/오브젝트.md")


def test_english_goals_and_their_answers() -> None:
    plan = """# 2023 in review

## Goals for 2024

- [ ] Read twelve books
- [ ] Run a half marathon
- [ ] Learn Rust

Next year I will write every week.

Some day I would like to see Iceland.
"""
    answer = """# 2024 in review

## Goals review

| Goal | Done |
|---|---|
| Half marathon | ✅ |
| Learn Rust | ❌ |

I finally read twelve books, all of them finished on trains.
"""
    goals = told(plan, answer)
    assert [(g.text, g.strength, g.target_year, g.status) for g in goals.values()] == [
        ("Read twelve books", "listed", 2024, "kept"),
        ("Run a half marathon", "listed", 2024, "kept"),
        ("Learn Rust", "listed", 2024, "dropped"),
        ("Next year I will write every week.", "stated", 2024, "unknown"),
        ("Some day I would like to see Iceland.", "wish", None, "open"),
    ]


def test_the_same_list_in_other_forms() -> None:
    forms = [
        "## 2024년 목표\n\n1. 수영\n2. 저축\n",
        "## 2024년 목표\n\n- [ ] 수영\n- [ ] 저축\n",
        "## 2024년 목표\n\n- 수영\n- 1순위\n  - 저축\n",
        "## 2024년 목표\n\n### 건강\n\n- 수영\n\n### 돈\n\n- 저축\n",
        "## 2024년 목표\n\n### 1. 수영\n\n물이 좋다.\n\n### 2. 저축\n\n돈이 좋다.\n",
        "## 2024년 목표\n\n| 번호 | 목표 |\n|---|---|\n| 1 | 수영 |\n| 2 | 저축 |\n",
        "## KPT\n\n**Keep**\n\n- 산책\n\n**Try**\n\n- 수영\n- 저축\n",
        "## 2024년 목표\n\n* 수영\n- 물안경 사기\n* 저축\n- 통장 만들기\n",
    ]
    for form in forms:
        goals = goals_of(review(f"# 2023년 회고\n\n{form}"))
        listed = [goal.text for goal in goals if goal.strength == "listed"]
        assert listed == ["수영", "저축"], form


def test_what_is_no_goal() -> None:
    text = """# 2023년 회고

## 2023년 목표 점검

- [x] 수영

## 2024년 목표

- 무엇을 위해 사는가?
- 영어는 포기했다.

### 액션 플랜

- 평일에는 여섯 시에 일어난다

## 요약

- 내년에도 바쁠 것 같다.
- 2024년에는 여러분의 해가 되길 바랍니다!
"""
    assert goals_of(review(text)) == ()


@pytest.mark.parametrize("period", ["2023년 5월 회고", "2023년 12주차 회고"])
def test_a_list_of_a_month_is_no_list_of_the_year(period: str) -> None:
    text = f"# {period}\n\n## 다음 목표\n\n- 수영\n\n내년에는 매일 쓰려고 한다.\n"
    assert [goal.text for goal in goals_of(review(text, "글.md"))] == ["내년에는 매일 쓰려고 한다."]


def test_a_quarter_has_goals_of_its_own_but_for_what_is_next() -> None:
    text = "# 2023년 2분기 OKR 회고\n\n## {}\n\n- 수영 배우기\n- 매일 쓰기\n"
    found = goals_of(review(text.format("Objectives"), "글.md"))
    assert [(g.text, g.target_year) for g in found] == [("수영 배우기", 2023), ("매일 쓰기", 2023)]
    assert goals_of(review(text.format("다음 분기 할 일"), "글.md")) == ()


def test_this_year_in_january_is_the_year_ahead() -> None:
    text = "---\ndate: 2024-01-03\n---\n# 2023년 회고\n\n올해에는 많은 책을 읽어볼 계획이다.\n"
    (goal,) = goals_of(review(text))
    assert goal.target_year == 2024
    december = text.replace("2024-01-03", "2023-12-30")
    assert goals_of(review(december)) == ()


def test_a_person_settles_a_goal() -> None:
    source = review(PLAN)
    goals = with_fates(goals_of(source), [source], 2026)
    goal = find_goal(goals, "하프")
    written = new_file(goal, "partly", '무릎 "아파서"')
    settled = read_settled(written)
    assert [(s.text, s.status, s.note) for s in settled] == [
        ("하프 마라톤 완주하기", "partly", '무릎 "아파서"')
    ]
    again = with_fates(goals_of(source), [source], 2026, settled=settled)
    done = find_goal(again, "하프")
    assert (done.status, done.confidence, done.settled) == ("partly", 1.0, True)
    assert (done.evidence[0].path, done.evidence[0].line) == ("goals.toml", settled[0].line)
    later = written + entry_of(written, goal, "kept")
    assert (
        find_goal(
            with_fates(goals_of(source), [source], 2026, settled=read_settled(later)), "하프"
        ).status
        == "kept"
    )


def test_the_year_of_a_goal_goes_before_that_of_its_review() -> None:
    """`--year 2024` where the same words are a goal for 2024 and, at its end, one for 2025."""
    sources = [
        review(f"# {year}년 회고\n\n## {year + 1}년 목표\n\n- 하프 마라톤\n", f"{year}.md")
        for year in (2023, 2024)
    ]
    goals = [goal for source in sources for goal in goals_of(source)]
    assert [find_goal(goals, "하프", year).made_in for year in (2023, 2024, 2025)] == [
        2023,
        2023,
        2024,
    ]
    with pytest.raises(UsageError, match="means 2 goals"):
        find_goal(goals, "하프")


def test_settling_says_what_is_wrong() -> None:
    source = review(PLAN)
    goals = with_fates(goals_of(source), [source], 2026)
    with pytest.raises(UsageError, match="no goal says"):
        find_goal(goals, "우주여행")
    with pytest.raises(UsageError, match="means 3 goals"):
        find_goal(goals, "기")
    for broken in ("[[goal", "goal = 3", '[[goal]]\ntext = "가"\nstatus = "maybe"', "[[goal]]\n"):
        with pytest.raises((ConfigError, UsageError)):
            read_settled(broken)
    with pytest.raises(ConfigError):
        entry_of("[[goal", goals[0], "kept")


def test_a_draft_beside_the_finished_review_brings_no_goals() -> None:
    from vaultdots.retrospective.reviews import superseded

    done = review("# 2023년 회고\n\n## 한 일\n\n많았다.\n", "회고/2023.md")
    empty = review("# 2023년 회고\n\n## 독서\n\n## 강의\n\n## Try\n\n- 바꿔 보기\n", "틀/2023.md")
    assert superseded([done, empty]) == {"틀/2023.md"}
    assert superseded([empty]) == set()


LIST = """# 2023년 회고

## 2024년 목표

- 하프 마라톤 완주하기
- 영어 회화 수업 듣기
- 책장 정리하기
"""
AGAIN = """# 2024년 회고

## 작년 목표

- 하프 마라톤 완주하기
- 영어 회화 수업 듣기
- 책장 정리하기

"""


def of_list(answer: str) -> list[str]:
    goals = told(LIST, AGAIN + answer)
    return [
        goals[name].status
        for name in ("하프 마라톤 완주하기", "영어 회화 수업 듣기", "책장 정리하기")
    ]


def test_paragraphs_behind_a_list_that_only_restates_answer_for_each() -> None:
    by_turn = (
        "첫 번째 목표는 달성했다.\n\n두 번째 목표는 지키지 못했다.\n\n세 번째 목표는 반만 이뤘다.\n"
    )
    assert of_list(by_turn) == ["kept", "dropped", "partly"]
    the_rest = "하프 마라톤은 완주했다. 나머지는 모두 지키지 못했다.\n"
    assert of_list(the_rest) == ["kept", "dropped", "dropped"]
    assert of_list("이 목표들을 잘 지켰는지 돌아보자.\n") == ["unknown"] * 3


@pytest.mark.parametrize(
    ("goal", "status"),
    [
        ("데미안(헤르만 헤세, 민음사) 읽기", "kept"),
        ("데미안 읽기, 상반기까지", "kept"),
        ("데미안, 모모 읽기", "unknown"),
        ("책 두 권(데미안, 모모) 읽기", "unknown"),
    ],
)
def test_what_stands_beside_a_book_is_no_second_one(goal: str, status: str) -> None:
    made = review(f"# 2023년 회고\n\n## 2024년 목표\n\n- {goal}\n", "2023년 회고.md")
    book = Book("데미안", None, "2024-03-01", 2024, None, False, "책.md", 1, "property")
    told = with_fates(goals_of(made), [made], 2026, books=[book])
    assert [goal.status for goal in told] == [status]


def test_of_several_books_that_a_goal_names_all_must_be_read() -> None:
    plan = "# 2023년 회고\n\n## 2024년 목표\n\n- 오브젝트, 클린 코드 완독하기\n"
    source = review(plan, "회고/2023.md")

    def status(*titles: str) -> tuple[str, int]:
        books = [
            Book(title, None, "2024-03-01", 2024, None, False, "책.md", n, "property")
            for n, title in enumerate(titles, 1)
        ]
        (goal,) = with_fates(goals_of(source), [source], 2026, books=books)
        return goal.status, len(goal.evidence)

    assert status("오브젝트") == ("unknown", 1)
    assert status("오브젝트", "클린 코드") == ("kept", 2)


def test_the_evidence_keeps_its_mark() -> None:
    goals = told(
        LIST, "# 2024년 회고\n\n## 작년 목표\n\n- [x] 책장 정리하기\n- ~~영어 회화 수업 듣기~~\n"
    )
    assert goals["책장 정리하기"].evidence[0].text == "[x] 책장 정리하기"
    assert goals["영어 회화 수업 듣기"].evidence[0].text == "~~영어 회화 수업 듣기~~"
