"""Books, days, names, digests, comparisons and drafts, in small reviews of both languages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.retrospective.reading import review
from vaultdots.errors import UsageError
from vaultdots.retrospective.booklines import read_line, same_book
from vaultdots.retrospective.booknotes import book_note_of
from vaultdots.retrospective.books import all_books, books_of
from vaultdots.retrospective.compare import YearSide, compare
from vaultdots.retrospective.concepts import Names, concepts, thread_of
from vaultdots.retrospective.digest import new_names
from vaultdots.retrospective.draft import (
    TEMPLATES,
    draft,
    draft_goals,
    draft_months,
    draft_path,
    template_text,
)
from vaultdots.retrospective.events import _may_name, day_pattern, events_of, on_day, read_day
from vaultdots.retrospective.goals import goals_of
from vaultdots.retrospective.model import Concept, DatedNote, Place, ReviewSource
from vaultdots.retrospective.reviews import in_order, review_of, status_of, summary_of
from vaultdots.retrospective.terms import recurring_terms
from vaultdots.retrospective.unmentioned import by_topic, unmentioned


@pytest.mark.parametrize(
    ("line", "title", "author", "finished", "comment"),
    [
        ("오브젝트", "오브젝트", None, None, None),
        ("『오브젝트』", "오브젝트", None, None, None),
        ("`Clean Code`", "Clean Code", None, None, None),
        ("오브젝트 / 조영호", "오브젝트", "조영호", None, None),
        (
            "2022-02-20 단위 테스트 / 블라디미르 코리코프 저 / 임준혁 역 / 에이콘 / 2021-09-30",
            "단위 테스트",
            "블라디미르 코리코프",
            "2022-02-20",
            None,
        ),
        ("AI 엔지니어링 (칩 후옌): 좋다", "AI 엔지니어링", "칩 후옌", None, "좋다"),
        ("3월 17일 러스트 (팀)", "러스트", "팀", "2023-03-17", None),
        ("『제텔카스텐』(숀케 아렌스)", "제텔카스텐", "숀케 아렌스", None, None),
        ("Deep Work by Cal Newport", "Deep Work", "Cal Newport", None, None),
        ("회복 탄력성 → 완독", "회복 탄력성", None, None, "완독"),
        ("당신이 옳다 ★★★★☆", "당신이 옳다", None, None, None),
        ("혁신 (35만 부 기념 에디션)", "혁신", None, None, None),
    ],
)  # fmt: skip
def test_a_line_that_names_a_book(
    line: str, title: str, author: str | None, finished: str | None, comment: str | None
) -> None:
    found = read_line(line, 2023)
    assert found is not None
    assert (found.title, found.author, found.finished, found.comment) == (
        title, author, finished, comment,
    )  # fmt: skip


@pytest.mark.parametrize("line", ["책을 많이 읽지 못했다.", "", "2023-01-02", "https://a.b/c", "1"])
def test_a_line_that_names_none(line: str) -> None:
    assert read_line(line) is None


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("만일 내가 인생을 다시 산다면", "만약 내가 인생을 다시 산다면", True),
        ("리팩터링", "리팩터링 2판", True),
        ("리팩터링 1판", "리팩터링 2판", False),
        ("자바의 정석 1권", "자바의 정석 2권", False),
        ("Clean Code", "clean code", True),
        ("이펙티브 자바", "이펙티브 코틀린", False),
        ("책", "잭", False),
    ],
)
def test_when_two_titles_are_one_book(one: str, other: str, same: bool) -> None:
    assert same_book(one, other) is same
    assert same_book(other, one) is same


def test_books_that_were_not_read_are_none() -> None:
    text = """# 2023년 회고

## 독서

올해 읽은 책은 두 권이다.

- [x] 오브젝트
- [ ] 리팩터링
- 함께 자라기
- 데이터베이스 인터널스: 1부까지

당장 읽고 싶은 책:

- 클린 코드

『실용주의 프로그래머』를 읽고 싶다. 『제텔카스텐』은 10장에서 멈췄다.

## 2024년 목표

- 『도메인 주도 설계』 읽었다고 말하기
"""
    found = books_of(review(text))
    assert [book.title for book in found.books] == ["오브젝트", "함께 자라기"]
    ((said, there, differs),) = [(c.said, c.found, c.differs) for c in found.counts]
    assert (said, there, differs) == (2, 2, False)


def test_a_wrong_count_is_told() -> None:
    text = "# 2023년 회고\n\n## 독서\n\n총 다섯 권을 읽었다.\n\n- 오브젝트\n- 리팩터링\n"
    (count,) = books_of(review(text)).counts
    assert (count.said, count.found, count.differs, count.line) == (5, 2, True, 5)
    about = books_of(review(text.replace("총 다섯 권을", "두 권 이상을"))).counts[0]
    assert not about.differs


def test_rereads_and_book_notes() -> None:
    note = book_note_of(
        "책/오브젝트.md", "오브젝트", (), {"author": ["조영호"], "finished": "2021-05-01"}
    )
    texts = {
        "회고/2021.md": "# 2021년 회고\n\n## 독서\n\n- 오브젝트\n",
        "회고/2023.md": "# 2023년 회고\n\n5월에 [[오브젝트]]를 다시 읽었다.\n",
    }
    found = all_books([review(text, path) for path, text in texts.items()], [note]).books
    assert [(b.title, b.author, b.finished, b.year, b.reread) for b in found] == [
        ("오브젝트", "조영호", "2021-05-01", 2021, False),
        ("오브젝트", "조영호", "2023-05", 2023, True),
    ]


def test_a_table_of_books() -> None:
    text = (
        "# 2023년 회고\n\n## 읽은 책\n\n| 다 읽은 날 | 책 | 저자 | 한 줄 |\n|---|---|---|---|\n"
        "| 3.17 | [[오브젝트\\|그 책]] | 조영호 | 좋다 |\n| 2023-05-01 | 함께 자라기 | 김창준 | |\n"
    )
    found = books_of(review(text)).books
    assert [(b.title, b.author, b.finished, b.comment) for b in found] == [
        ("그 책", "조영호", None, "좋다"),
        ("함께 자라기", "김창준", "2023-05-01", None),
    ]


def test_on_a_day() -> None:
    notes = [
        ("일지/2021-12-25.md", "성탄", 2021, "2021-12-25", "눈이 왔다."),
        (
            "회고/2022.md",
            "2022년 회고",
            2022,
            None,
            "- 12월 25일 이사\n- 2020-12-25의 일\n- 2.12.25",
        ),
        ("a.md", "a", 2023, None, "On December 25, 2019 it rained, 25 Dec too."),
        ("b.md", "b", None, None, "12월 25일에는 해가 없다"),
        ("c.md", "c", 2023, None, "2023-12-25 11:04\n\n| 2023/12/25 | 1066 |\n\n## 12월 25일\n"),
    ]
    found = on_day(12, 25, notes)
    assert [(e.date, e.path, e.line) for e in found] == [
        ("2019-12-25", "a.md", 1),
        ("2020-12-25", "회고/2022.md", 2),
        ("2021-12-25", "일지/2021-12-25.md", 1),
        ("2022-12-25", "회고/2022.md", 1),
    ]
    assert found[3].text == "12월 25일 이사"
    assert [e.date for e in on_day(12, 25, notes, but_year=2021)][2] == "2022-12-25"
    assert read_day("12-25") == (12, 25, None)
    assert read_day("2월 29일")[:2] == (2, 29)
    assert read_day("2024-12-25") == (12, 25, None)
    assert read_day("오늘") == read_day("today") == read_day(None)
    with pytest.raises(UsageError, match="not a day"):
        read_day("13-40")


def test_the_dates_of_code_are_no_days() -> None:
    code = "````kotlin\n```\nval day = 2024-12-25\n````\n\n2023년 12월 25일 눈\n\n~~~\n2022-12-25\n"
    assert [(e.date, e.line) for e in on_day(12, 25, [("a.md", "a", 2024, None, code)])] == [
        ("2023-12-25", 6)
    ]


def test_the_days_of_a_review() -> None:
    text = "# 2023년 회고\n\n3월 4일 이사했다.\n\n- 2023-01-02 시작\n- 2021-05-06의 책\n"
    assert [(e.date, e.line) for e in events_of(review(text))] == [
        ("2023-01-02", 5),
        ("2023-03-04", 3),
    ]


def concepts_of(reviews: Sequence[ReviewSource], notes: Sequence[DatedNote] = ()) -> list[Concept]:
    return concepts(reviews, notes, Names(reviews, notes))


def test_how_a_name_enters_a_life() -> None:
    reviews = [
        review("# 2021년 회고\n\nKafka를 공부했다.\n", "회고/2021.md"),
        review("# 2023년 회고\n\nKafka로 옮겼다. Rust는 아직.\n", "회고/2023.md"),
        review("# 2024년 회고\n\nRust로 만들었다.\n", "회고/2024.md"),
    ]
    assert recurring_terms(reviews) == ["Kafka", "Rust"]
    notes = [DatedNote("공부/Kafka.md", "Kafka", "study", ("데이터",), "2020-09-12")]
    found = {c.name: c for c in concepts_of(reviews, notes)}
    assert found["Kafka"].years == (2020, 2021, 2023)
    assert [(p.year, p.how, p.written) for p in found["Kafka"].places] == [
        (2020, "note", "2020-09-12"),
        (2021, "review", None),
        (2023, "review", None),
    ]
    assert (found["Rust"].first, found["Rust"].last) == (2023, 2024)


def test_a_thread_goes_through_every_section_of_a_review_and_once_through_a_note() -> None:
    log = "---\ndate: 2019-03-01\n---\n첫 줄\n\n## 가\n\n카프카는 로그.\n\n## 나\n\n카프카다.\n"
    year = "# 2023년 회고\n\n## 봄\n\nKafka로 옮겼다.\n\n## 겨울\n\nKafkaesque. 카프카를 썼다.\n"
    thread = thread_of("Kafka", ["카프카"], [review(log, "a.md"), review(year, "2023.md")])
    assert thread is not None
    assert [(p.path, p.line, p.how, p.section[-1:], p.written) for p in thread.places] == [
        ("a.md", 8, "mention", ("가",), "2019-03-01"),
        ("2023.md", 5, "review", ("봄",), None),
        ("2023.md", 9, "review", ("겨울",), None),
    ]
    assert thread_of("없음", [], [review(log, "a.md")]) is None
    tagged = "---\ndate: 2020-01-02\ntags: [카프카]\n---\n글\n"
    assert thread_of("카프카", [], [review(tagged, "b.md")]) == Concept(
        "카프카", 2020, 2020, (2020,), (Place(2020, "b.md", 1, "b", "tag", (), "2020-01-02"),)
    )


def test_a_name_in_two_scripts_is_one() -> None:
    reviews = [
        review("# 2022년 회고\n\n도커를 배웠다. 스프링은 그만.\n", "a.md"),
        review("# 2023년 회고\n\nDocker로 옮겼다.\n", "b.md"),
        review("# 2024년 회고\n\n여전히 docker.\n", "c.md"),
    ]
    found = concepts_of(reviews)
    assert [(c.name, c.years) for c in found] == [("Docker", (2022, 2023, 2024))]
    assert set(Names(reviews, []).spellings("도커")) == {"도커", "docker"}
    said = Names(reviews, [], [("기차", "docker")])
    assert set(said.spellings("docker")) == {"docker", "도커", "기차"}
    # A tag that the person gave keeps its name.
    notes = [DatedNote("a/b.md", "b", "note", ("도커",), "2020-01-01")]
    assert [c.name for c in concepts_of(reviews, notes)] == ["도커"]


def test_the_most_telling_name_comes_first() -> None:
    reviews = [
        review(f"# {year}년 회고\n\nSpring 은 그대로. FastAPI 로 옮겼다. {more}\n", f"{year}.md")
        for year, more in ((2021, "Kotlin 도."), (2022, "Kotlin 만."), (2023, "Redis"))
    ]
    assert [c.name for c in concepts_of(reviews)] == ["FastAPI", "Kotlin", "Spring"]
    tested = [review(f"# {y}년 회고\n\ntest2 와 step5, k8s\n", f"{y}.md") for y in (2021, 2022)]
    assert [c.name for c in concepts_of(tested)] == ["k8s"]


def test_a_concept_is_no_heading_word_and_no_everyday_word() -> None:
    text = (
        "# {0} in review\n\n## The Great Failures\n\nI met Veronica at the Visual Studio booth."
        " Great languages, and Languages again. See [x](https://rust.com/wiki) and"
        " [toc](/wiki/TOC). My Rust code, Next Wiki, TOC.\n\n## TOC\n"
    )
    reviews = [review(text.format(year), f"{year}.md") for year in (2021, 2022)]
    tags = ("review", "life", "TOC", "wiki")
    notes = [DatedNote("a.md", "The", "note", tags, "2020-01-01")]
    assert [c.name for c in concepts_of(reviews, notes)] == ["Rust", "Veronica", "Visual Studio"]


def test_what_the_review_does_not_mention() -> None:
    source = review("# 2023년 회고\n\n[[Redis]]와 카프카의 해.\n")
    notes = [
        DatedNote("공부/Redis.md", "Redis", "study"),
        DatedNote("공부/Kafka.md", "Kafka", "study", aliases=("카프카",)),
        DatedNote("공부/해시/Bloom.md", "Bloom Filter", "study"),
        DatedNote("공부/해시/HLL.md", "HyperLogLog", "study"),
        DatedNote("일지/2023-01-01.md", "2023-01-01", "daily"),
        DatedNote("잡.md", "잡", "note", ("생각",)),
    ]
    groups = by_topic(unmentioned(notes, [source], {"공부/Redis.md"}))
    assert [(g.topic, [n.title for n in g.notes]) for g in groups] == [
        ("공부/해시", ["Bloom Filter", "HyperLogLog"]),
        ("", ["잡"]),
    ]


def test_what_went_unmentioned_is_told_by_tags_then_words_then_folders() -> None:
    notes = [
        DatedNote("a/1.md", "Kafka 시작", "note", ("kafka",)),
        DatedNote("b/2.md", "Streams", "note", ("kafka",)),
        DatedNote("a/3.md", "Rust의 수명", "note"),
        DatedNote("b/4.md", "Rust와 빌림", "note"),
        DatedNote("c/d/5.md", "오늘", "note"),
        DatedNote("c/d/6.md", "내일", "note", ("책",)),
        DatedNote("7.md", "모레", "note"),
    ]
    assert [(g.topic, len(g.notes)) for g in by_topic(notes)] == [
        ("#kafka", 2), ("Rust", 2), ("c/d", 2), ("", 1),
    ]  # fmt: skip


def test_what_is_new() -> None:
    before = [DatedNote("공부/a.md", "a", "study", ("Java",))]
    now = [
        DatedNote("공부/b.md", "b", "study", ("java", "Rust")),
        DatedNote("글/c.md", "c", "note"),
    ]
    assert [(n.name, n.kind) for n in new_names(now, before)] == [("글", "folder"), ("Rust", "tag")]
    assert new_names(now, []) == ()


def test_two_years_side_by_side() -> None:
    one = review("# 2023년 회고\n\n## 독서\n\n## 운동\n", "회고/2023.md")
    two = review("# 2024년 회고\n\n## 읽은 책\n\n## 운동\n", "회고/2024.md")
    plan = review("# 2022년 회고\n\n## 2023년 목표\n\n- 수영\n- 저축\n", "회고/2022.md")
    goals = goals_of(plan)
    found = compare(YearSide(2023, one, goals, (), 3), YearSide(2024, two, goals[:1], (), 5))
    assert [(row.kind, row.before, row.after) for row in found.kinds] == [
        ("book", ("독서",), ("읽은 책",)),
        ("health", ("운동",), ("운동",)),
    ]
    assert found.repeated == ("운동",)
    assert [(c.text, c.change) for c in found.goals] == [("수영", "both"), ("저축", "out")]
    assert (found.before.notes, found.after.notes) == (3, 5)


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_draft(name: str) -> None:
    last = review("# 2023년 회고\n\n## 2024년 목표\n\n- 수영하기\n", "회고/2023년 회고.md")
    goals = draft_goals(goals_of(last), [last])
    months = draft_months(
        [
            DatedNote("공부/Rust.md", "Rust", "study", (), "2024-03-04"),
            DatedNote("회고/2024 1분기.md", "1분기", "review", (), "2024-04-01"),
        ]
    )
    text = draft(2024, template_text(name), last, goals, months, ())
    assert "- [ ] 수영하기 ([[회고/2023년 회고#2024년 목표]])" in text
    assert "- 2024-03-04 [[공부/Rust]]" in text
    assert "1분기" not in text
    drafted = review(text, "회고/2024년 회고.md")
    assert (drafted.note.kind, drafted.note.year, status_of(drafted)) == ("review", 2024, "draft")
    english = draft(
        2024, template_text(name), review("# 2023 in review\n\nFine.\n", "a.md"), (), (), ()
    )
    assert not any("가" <= c <= "힣" for c in english)


@pytest.mark.parametrize(
    ("last", "path"),
    [
        ("회고/2023년 회고.md", "회고/2024년 회고.md"),
        ("Review/2023-year/end/README.md", "Review/2024-year/end/README.md"),
        ("post/2024-01-01-2023's-final/index.md", "post/2025-01-01-2024's-final/index.md"),
        ("회고/지난해.md", "회고/2024.md"),
        (None, "2024년 회고.md"),
    ],
)
def test_where_a_draft_belongs(last: str | None, path: str) -> None:
    source = review("# 2023년 회고\n", last) if last is not None else None
    assert draft_path(2024, source) == path


@pytest.mark.parametrize(
    "template", ["{% for %}", "{{ goals.__class__.__mro__ }}", "{{ 1/0 }}", "{{ nothing.at.all }}"]
)
def test_a_bad_template_is_told_in_a_line(template: str) -> None:
    with pytest.raises(UsageError, match="the template"):
        draft(2024, template, None, (), (), ())


def test_the_review_that_speaks_for_a_year() -> None:
    texts = {
        "a.md": "# 2023년 3분기 회고\n\n길고 길다.\n",
        "b.md": "# 2023년 회고\n\n## 가\n\n## 나\n",
        "c.md": "# 2023년 회고\n\n다 썼다.\n",
        "d.md": "# 2022년 상반기 회고\n",
    }
    sources = [review(text, path) for path, text in texts.items()]
    best = review_of(sources, 2023)
    assert best is not None and best.path == "c.md"
    half = review_of(sources, 2022)
    assert half is not None and half.path == "d.md"
    assert review_of(sources, 2021) is None
    assert [s.path for s in in_order(sources)] == ["d.md", "b.md", "c.md", "a.md"]


def test_a_description_that_repeats_the_title_is_no_summary() -> None:
    text = "---\ndescription: {}\n---\n# 2023년 7월 회고\n\n바빴다.\n"
    assert summary_of(review(text.format("2023년 7월 회고 입니다."))) is None
    found = summary_of(review(text.format("나를 알게 된 한 달")))
    assert found is not None and found.text == "나를 알게 된 한 달"


def test_names_that_reviews_of_one_year_share() -> None:
    """A study group puts its reviews side by side; a year and its month are one author's."""
    one = review("# 2023년 회고\n\nTriton과 BERT를 서빙했다.\n", "하나/2023년 회고.md")
    two = review("# 2023년 회고\n\nTriton을 배포했다. Docker도.\n", "둘/2023년 회고.md")
    month = review("# 2023년 5월 회고\n\nBERT를 읽었다.\n", "하나/2023년 5월 회고.md")
    assert [c.name for c in concepts_of([one, two, month])] == ["Triton"]


@given(
    st.integers(1, 12),
    st.integers(1, 31),
    st.sampled_from(
        ["2024-{m:02}-{d:02}", "24.{m:02}.{d:02}", "2024.{m}. {d}.", "2024{m:02}{d:02}",
         "{m}월 {d}일", "{m}월{d}일", "{n} {d}, 2024", "{d}th {n} 2024", "{d} {n}", "{m}/{d}"]
    ),
    st.sampled_from([str.upper, str.lower, str.title]),
    st.text("0123 월일.-/a\n", max_size=6),
)  # fmt: skip
def test_a_text_that_names_a_day_is_not_passed_over(
    month: int, day: int, form: str, case: Callable[[str], str], around: str
) -> None:
    name = date(2024, month, 1).strftime("%B")
    for shown in (name, name[:3]):
        text = around + form.format(m=month, d=day, n=case(shown)) + around
        if day_pattern(month, day).search(text):
            assert _may_name(month, day)(text)


@pytest.mark.parametrize(
    ("line", "terms"),
    [
        ("오늘 INSERT 문과 UPDATE 문을 배웠다", []),
        ("SQL의 JOIN과 FASTAPI를 배웠다", ["FASTAPI", "SQL"]),
        ("Merry Christmas! 올해도 끝났다", []),
        ("Goodbye 2023", []),
        ("Goodbye, 2023!", []),
        ("Visual Studio를 썼다", ["Visual Studio"]),
        ("Docker! 드디어 배웠다", ["Docker"]),
        ("올해는 Visual Studio 2022", ["Visual Studio"]),
    ],
)
def test_a_greeting_and_a_word_in_capitals_are_no_terms(line: str, terms: list[str]) -> None:
    reviews = [review(f"# {y}년 회고\n\n한 해\n\n{line}\n", f"{y}.md") for y in (2022, 2023)]
    assert recurring_terms(reviews) == terms


@pytest.mark.parametrize("title", ["2024-12-30", "2024-12-30 (월)", "2024년 12월 30일 월요일"])
def test_a_daily_note_of_that_day_is_shown_by_its_first_words(title: str) -> None:
    text = f"---\ndate: 2024-12-30\n---\n# {title}\n\n```\ncode\n```\n- [ ] 치과에 갔다\n다음 줄\n"
    found = on_day(12, 30, [("일기/a.md", title, 2024, "2024-12-30", text)])
    assert [(event.line, event.text) for event in found] == [(9, "치과에 갔다")]
    empty = on_day(12, 30, [("일기/a.md", title, 2024, "2024-12-30", f"# {title}\n")])
    assert [(event.line, event.text) for event in empty] == [(1, title)]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("<!-- 템플릿\n지우지 말 것 -->\n\n- 할 일", "할 일"),
        ("Tags: #일기\n\n산책했다 #강", "산책했다 #강"),
        ("#일기\n\nmood:: good\n\n산책했다", "산책했다"),
        ("| a | b |\n|---|---|\n| c | d |\n\n산에 갔다.", "산에 갔다."),
        ("![[a.png]]\n\n![b](b.png)\n\n> [!note]\n> [[카페]]에서", "카페에서"),
        ("| a | b |\n|---|---|", "2022-12-30"),
        ("나무: 소나무", "나무: 소나무"),
    ],
)
def test_the_first_words_of_a_daily_note_are_its_prose(written: str, shown: str) -> None:
    text = f"---\ndate: 2022-12-30\n---\n# 2022-12-30\n\n{written}\n"
    found = on_day(12, 30, [("a.md", "2022-12-30", 2022, "2022-12-30", text)])
    assert [event.text for event in found] == [shown]


def test_within_a_year_the_thread_of_a_name_goes_by_day_and_the_review_comes_last() -> None:
    told = [
        ("z.md", "---\ndate: 2023-02-01\n---\n카프카를 썼다\n"),
        ("b.md", "---\ndate: 2023-09-01\n---\n# Kafka\n"),
        ("a.md", "# 2023년 회고\n\nKafka로 옮겼다.\n"),
    ]
    thread = thread_of("Kafka", ["카프카"], [review(text, path) for path, text in told])
    assert thread is not None
    assert [place.path for place in thread.places] == ["z.md", "b.md", "a.md"]
