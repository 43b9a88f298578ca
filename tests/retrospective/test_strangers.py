"""Forms that others write reviews in: how they answer for goals, head, date and name books."""

from __future__ import annotations

import pytest

from tests.retrospective.reading import Notes, review
from vaultdots.note.parse import parse_note
from vaultdots.retrospective.booklines import read_line
from vaultdots.retrospective.books import all_books
from vaultdots.retrospective.compare import YearSide, compare
from vaultdots.retrospective.denials import denied
from vaultdots.retrospective.document import outline_of
from vaultdots.retrospective.events import events_of, shown_line
from vaultdots.retrospective.fate import with_fates
from vaultdots.retrospective.goals import goals_of
from vaultdots.retrospective.matching import SAME, same_goal, terms
from vaultdots.retrospective.model import ReviewSource
from vaultdots.retrospective.reviews import summary_of
from vaultdots.retrospective.terms import recurring_terms
from vaultdots.retrospective.verdicts import name_part, of_answer


def texts(source: ReviewSource) -> list[str]:
    return [goal.text for goal in goals_of(source)]


def test_an_answers_first_word_and_the_name_before_it() -> None:
    assert of_answer("Ha. No.") == "dropped"
    assert of_answer("Nothing to say") is None
    assert name_part("요가 X (3개월)") == "요가"
    assert name_part("전문간호사 과정 → 설명회만") == "전문간호사 과정 "
    assert denied("병원에 빠지지 않고 다닌다", "한 번도 빠지지 않았다") == "kept"
    assert not denied("수영 배우기", "배우지 못했다")


def test_an_outliners_states_are_boxes() -> None:
    plan = review("# 2023 회고\n\n- ## 2024 목표\n\t- TODO 전화영어\n\t- LATER 대학원\n", "a.md")
    text = "# 2024 회고\n\n- ## 2024 목표 체크\n\t- DONE 전화영어\n\t- CANCELED 대학원\n"
    answer = review(text, "b.md")
    told = with_fates(goals_of(plan), [plan, answer], 2026)
    assert [(g.text, g.status) for g in told] == [("전화영어", "kept"), ("대학원", "dropped")]


def test_headings_that_mean_the_year_to_come() -> None:
    for heading in (
        "2024년의 나에게", "2024", "2024년 버킷리스트", "내년에는",
        "2024년에 바라는 것과 하려는 것",
        "What I'm planning for 2024", "2024: the year of depth", "Onward to 2024", "2024 OKR",
    ):  # fmt: skip
        assert texts(review(f"# 2023년 회고\n\n## {heading}\n\n- 수영\n")) == ["수영"], heading
    for heading in ("2023년 버킷리스트 결산", "2023년에 한 일", "2023", "올해 2월"):
        assert texts(review(f"# 2023년 회고\n\n## {heading}\n\n- 수영\n")) == [], heading


def test_a_review_of_bold_or_bare_lines_only() -> None:
    text = """울면서 다녔다.

🩺 일

- 신규 딱지를 뗐다

읽은 책

- 작별인사 (김영하)

**2024년엔 이거 하자**

**몸**

- 요가

**돈**

- 적금

끝.
"""
    source = review(text)
    kinds = [(section.heading, section.kind) for section in outline_of(source)]
    assert kinds == [
        ("일", "work"), ("읽은 책", "book"), ("2024년엔 이거 하자", "goals"), ("몸", "goals"),
        ("돈", "goals"),
    ]  # fmt: skip
    assert texts(source) == ["요가", "적금"]
    assert [(b.title, b.author) for b in all_books([source]).books] == [("작별인사", "김영하")]


def test_a_goal_for_the_second_half_is_answered_by_what_is_later() -> None:
    half = review("# 2024년 상반기 회고\n\n## 하반기에 할 거\n\n- 자격증 따기\n", "a.md")
    june = review("# 2024년 6월 회고\n\n## 목표 점검\n\n- [x] 자격증 따기\n", "b.md")
    november = review("# 2024년 11월 회고\n\n## 목표 점검\n\n- [x] 자격증 따기\n", "c.md")
    (early,) = with_fates(goals_of(half), [half, june], 2026)
    (late,) = with_fates(goals_of(half), [half, june, november], 2026)
    assert (early.status, late.status, late.evidence[0].path) == ("unknown", "kept", "c.md")
    texts_of = {
        "2024-05-01 자격증 준비.md": "# 자격증 준비\n",
        "2024-09-01 자격증.md": "# 자격증\n",
    }
    notes = Notes([(parse_note(path, text), text) for path, text in texts_of.items()])
    dated = Notes([(note, text) for note, text in notes.notes if note.path.startswith("2024-05")])
    (told,) = with_fates(goals_of(half), [half], 2026, dated)
    assert told.status == "unknown"


def test_words_by_their_stems() -> None:
    assert terms("투고하겠다") == terms("투고했다") == ("투고",)
    assert terms("지키기") == terms("지켰다") == ("지키",)
    assert terms("ship services") == terms("shipped a service")
    assert terms("개발자") == ("개발자",)
    assert same_goal(terms("책 12권 읽기"), terms("영어 원서 한 권 읽기")) < SAME
    assert same_goal(terms("외부 컨퍼런스에서 발표"), terms("외부 발표 1회")) >= SAME


@pytest.mark.parametrize(
    ("line", "title", "author"),
    [
        ("한강, 『소년이 온다』", "소년이 온다", "한강"),
        ("『클린 아키텍처』, 로버트 마틴 — 이제야 읽혔다", "클린 아키텍처", "로버트 마틴"),
        ("나는 4시간만 일한다 - 팀 페리스 / 그랬음", "나는 4시간만 일한다", "팀 페리스"),
        ("<총, 균, 쇠> 재레드 다이아몬드", "총, 균, 쇠", "재레드 다이아몬드"),
        ("숨결이 바람 될 때 (폴 칼라니티) ★★★★★", "숨결이 바람 될 때", "폴 칼라니티"),
        ("모순(양귀자) ← 올해의 책", "모순", "양귀자"),
        ("오브젝트 / 조영호 (두 번째)", "오브젝트", "조영호"),
        ("Why We Sleep (Matthew Walker) -- annoyed", "Why We Sleep", "Matthew Walker"),
        ("Piranesi, again", "Piranesi", None),
    ],
)
def test_a_book_beside_its_author(line: str, title: str, author: str | None) -> None:
    found = read_line(line)
    assert found is not None and (found.title, found.author) == (title, author)


def test_titles_set_off_and_read_again() -> None:
    text = """# {} in review

## Books

- *Four Thousand Weeks*, Oliver Burkeman
- **Orbital** by Samantha Harvey
- The Ministry (couldn't finish)
"""
    before, after = (review(text.format(year), f"{year}.md") for year in (2022, 2023))
    again = review("# 2024 in review\n\n## Books\n\n- Orbital, again\n", "2024.md")
    found = all_books([before, after, again]).books
    assert [(b.year, b.title, b.author, b.reread) for b in found] == [
        (2022, "Four Thousand Weeks", "Oliver Burkeman", False),
        (2022, "Orbital", "Samantha Harvey", False),
        (2023, "Four Thousand Weeks", "Oliver Burkeman", True),
        (2023, "Orbital", "Samantha Harvey", True),
        (2024, "Orbital", "Samantha Harvey", True),
    ]


def test_of_two_books_in_a_sentence_the_one_read_again() -> None:
    said = "『가』를 읽고 울었고, 『나』는 다시 읽었다. 『다』와 『라』를 다시 읽었다.\n"
    found = all_books([review(f"# 2023년 회고\n\n{said}")]).books
    assert [(b.title, b.reread) for b in found] == [
        ("가", False), ("나", True), ("다", True), ("라", True),
    ]  # fmt: skip
    titles = "# 2023년 회고\n\n## 읽은 것\n\n『시와 산책』, 『단순한 열정』.\n"
    assert [b.title for b in all_books([review(titles)]).books] == ["시와 산책", "단순한 열정"]


def test_days_of_a_list_and_what_is_none() -> None:
    text = """# 2023년 회고

- 1/8 휴학
- 3/4: 입과
- 3/40 아님

A no in June.
2. Sleep

date:: 2023-12-31
"""
    assert [event.date for event in events_of(review(text))] == ["2023-01-08", "2023-03-04"]
    assert events_of(review("# 2023년 회고\n\n- 3/4 달성\n")) == []
    month = review("# 2023년 11월 회고\n\n- 11/1 발표\n", "글.md")
    assert [event.date for event in events_of(month)] == ["2023-11-01"]
    assert shown_line("| 하프 | 100% | 4월 |") == "하프 · 100% · 4월"


def test_the_summary_where_it_closes_the_review() -> None:
    for said, summary in {
        "올해를 한 문장으로: 혼자가 아니었다.": "혼자가 아니었다.",
        "한 해를 요약하자면, 느린 해였다.": "느린 해였다.",
        "2023년은 손으로 버틴 해였다.": "2023년은 손으로 버틴 해였다.",
    }.items():
        found = summary_of(review(f"# 2023년 회고\n\n## 내년에는\n\n- 수영\n\n{said}\n"))
        assert found is not None and found.text == summary
    set_goals = "# 2023 in review\n\nAt the start of the year I set five goals.\n"
    assert summary_of(review(set_goals)) is None


def test_english_names_are_no_words_that_begin_a_line() -> None:
    line = "Shipped it at Windward with Kafka.\n\n- Sleep more\n\n## Books\n\n- Orbital by Jim\n"
    text = f"# {{}} in review\n\n## Work\n\n{line}"
    one, other = (review(text.format(year), f"{year}.md") for year in (2022, 2023))
    assert recurring_terms([one, other]) == ["Kafka", "Windward"]


def test_comparing_takes_no_common_word_for_a_goal() -> None:
    first = review("# 2022년 회고\n\n## 2023년 목표\n\n- 이펙티브 자바 읽기\n", "a.md")
    second = review("# 2023년 회고\n\n## 2024년 목표\n\n- 책 12권 읽기\n", "b.md")
    found = compare(
        YearSide(2023, first, goals_of(first), (), 0),
        YearSide(2024, second, goals_of(second), (), 0),
    )
    assert [(change.text, change.change) for change in found.goals] == [
        ("이펙티브 자바 읽기", "out"),
        ("책 12권 읽기", "in"),
    ]


def test_a_list_that_ticks_goals_off_is_a_check_list_under_any_heading() -> None:
    plan = review("# 2023 in review\n\n## Goals for 2024\n\n- Learn Rust\n- Bake bread\n", "a.md")
    ticks = "# 2024 in review\n\n## How it turned out\n\n- [x] Learn Rust\n- [-] Bake bread\n"
    told = with_fates(goals_of(plan), [plan, review(ticks, "b.md")], 2026)
    assert [goal.status for goal in told] == ["kept", "dropped"]


def test_headings_of_level_one_that_divide_the_note_are_sections() -> None:
    text = "> A year of dogs.\n\n# Work\n\nMuch.\n\n# Objectives → 2024\n\n- Sail\n"
    source = review(text, "Retrospective 2023.md")
    assert source.note.title == "Retrospective 2023"
    assert [(s.heading, s.kind) for s in outline_of(source)] == [
        ("Work", "work"),
        ("Objectives → 2024", "goals"),
    ]
    assert texts(source) == ["Sail"]


def test_what_only_announces_a_summary_or_tells_of_another_year() -> None:
    for said in (
        "올해를 정리하면 다음과 같다.",
        "정리하면 세 가지가 남는다.",
        "2019년은 권태기 같은 한 해였다.",
    ):
        assert summary_of(review(f"# 2020년 회고\n\n{said}\n", "회고/2020.md")) is None, said


def test_thinking_of_it_is_not_doing_it() -> None:
    plan = review("# 2023년 회고\n\n## 2024년 목표\n\n- 단행본 집필\n", "a.md")
    told = "# 2024년 회고\n\n단행본 집필을 고민했다.\n"
    (goal,) = with_fates(goals_of(plan), [plan, review(told, "b.md")], 2026)
    assert goal.status == "unknown"
    assert goal.evidence[0].text == "단행본 집필을 고민했다."
