"""What a note is by itself: every entry of the lexicon by its example, then the rules in order."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultdots.note.dates import CHANGED, WRITTEN, plain_key, written_on
from vaultdots.note.kind import Kinded, detect
from vaultdots.note.model import PropertyValue
from vaultdots.note.options import DatedNames, KindRule, KindRules, NoteOptions
from vaultdots.note.parse import parse_note
from vaultdots.note.review_names import called
from vaultdots.text.lexicon import lexicon

LEXICON = lexicon("vaultdots.note", "kinds")


def kinded(
    title: str,
    path: str = "글.md",
    properties: dict[str, PropertyValue] | None = None,
    headings: tuple[str, ...] = (),
    tags: tuple[str, ...] = (),
    rules: KindRules | None = None,
    opening: str = "",
) -> Kinded:
    return detect(path, title, properties or {}, headings, tags, "obsidian", rules, opening)


def entries(name: str) -> list[Any]:
    return [pytest.param(entry, id=str(entry["example"])) for entry in LEXICON[name]]


@pytest.mark.parametrize("entry", entries("review") + entries("filler"))
def test_a_title_with_a_reviews_word_and_a_period_is_a_review(entry: dict[str, Any]) -> None:
    found = kinded(entry["example"])
    assert (found.kind, found.kind_rule) == ("review", "title")
    assert found.year in {2021, 2023}
    if "implies" in entry:
        assert found.period == entry["implies"]


@pytest.mark.parametrize("entry", entries("other_subject") + entries("about"))
def test_a_project_and_a_text_about_reviewing_are_no_reviews(entry: dict[str, Any]) -> None:
    # Not even where the folder, the tag and the date speak for it.
    found = kinded(
        entry["example"], "회고/글.md", {"date": "2023-12-31"}, ("올해", "내년"), ("회고",)
    )
    assert found.kind != "review"


@pytest.mark.parametrize("entry", entries("review_place"))
def test_a_bare_period_in_a_folder_of_reviews_is_a_review(entry: dict[str, Any]) -> None:
    stem = entry["example"].split("/")[-1].removesuffix(".md")
    assert kinded(stem, entry["example"]).kind == "review"
    assert kinded(stem, stem + ".md").kind == "note"


@pytest.mark.parametrize("entry", entries("review_heading"))
def test_headings_witness_a_weak_title(entry: dict[str, Any]) -> None:
    weak = "2023 알쏭달쏭 결산"
    assert kinded(weak).kind == "note"
    assert kinded(weak, headings=(entry["example"], "1~2월")).kind_rule == "title and headings"


@pytest.mark.parametrize("entry", entries("kind"))
def test_other_kinds_by_folder_or_title(entry: dict[str, Any]) -> None:
    title = entry["example"].split("/")[-1].removesuffix(".md")
    assert kinded(title, entry["example"]).kind == entry["kind"]
    for folder in entry["folders"]:
        assert kinded("가", f"{folder}/가.md").kind == entry["kind"]
    for tag in entry["tags"]:
        assert kinded("가", tags=(tag + "/안",)).kind == entry["kind"]


@pytest.mark.parametrize("entry", entries("property"))
def test_a_property_decides(entry: dict[str, Any]) -> None:
    for word in entry["words"]:
        found = kinded("2023 사이드 프로젝트 회고", "책/가.md", {"Type": word})
        assert (found.kind, found.kind_rule) == (entry["kind"], "property type")


@pytest.mark.parametrize("entry", entries("status"))
def test_status_in_a_title(entry: dict[str, Any]) -> None:
    found = kinded(entry["example"])
    assert (found.kind, found.status) == ("review", entry["status"])


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("2023년 회고", "year"),
        ("2021년 상반기 회고", "half"),
        ("2020년 1분기 회고", "quarter"),
        ("2023 Q3 retrospective", "quarter"),
        ("2020년 11월 회고", "month"),
        ("May 2023 in review", "month"),
        ("2023년 5월 2주차 회고", "week"),
        ("Weekly Review 2023-W12", "week"),
    ],
)
def test_the_period_of_a_review(title: str, period: str) -> None:
    assert kinded(title).period == period


@pytest.mark.parametrize(
    ("title", "path", "date", "year"),
    [
        ("2023년 회고", "회고/2022/끝.md", "2024-01-09", 2023),  # the title before all
        ("2024년 목표와 2023년 회고", "글.md", "2024-01-02", 2023),
        ("연말 회고", "2022/글.md", "2024-01-09", 2022),  # the folder before the date
        ("연말 회고", "글.md", "2024-01-09", 2023),  # a January looks back
        ("연말 회고", "글.md", "2023-12-31", 2023),
        ("4분기 회고", "글.md", "2024-01-09", 2023),
        ("3월 회고", "글.md", "2024-04-01", 2024),
        ("조용한 해", "회고/2021.md", "2024-05-01", 2021),
    ],
)
def test_the_year_of_a_review(title: str, path: str, date: str, year: int) -> None:
    found = kinded(title, path, {"date": date})
    assert (found.kind, found.year) == ("review", year)
    assert found.year_rule != "none"


@pytest.mark.parametrize(
    ("path", "properties", "year", "rule"),
    [
        ("가.md", {"created": "2022-03-04"}, 2022, "property created"),
        ("2021-05-06-가.md", {"published": "2022"}, 2022, "property published"),
        ("2021-05-06-가.md", {}, 2021, "date in the file name"),
        ("2021-05-06-가/index.md", {}, 2021, "date in the file name"),
        ("가-2021.md", {"date": "2023-02-30"}, None, "none"),
    ],
)
def test_the_year_of_another_note(
    path: str, properties: dict[str, PropertyValue], year: int | None, rule: str
) -> None:
    found = kinded("가", path, properties)
    assert (found.year, found.year_rule) == (year, rule)


@pytest.mark.parametrize(
    "name",
    ["2024-12-23 주간 회고", "주간 회고 2024-12-23", "24.12.23 주간 회고", "주간회고 20241223",
     "2024-12-23 ~ 2024-12-29 주간 회고", "주간 회고 (12.23 ~ 12.29)", "Weekly review 2024-12-23"],
)  # fmt: skip
def test_a_weekly_review_called_by_a_day(name: str) -> None:
    found = kinded(name, f"{name}.md", {"date": "2024-12-29"})
    assert (found.kind, found.period, found.year) == ("review", "week", 2024)


_OF_DAYS = [
    "2021-01-05",
    "24.12.23",
    "1월",
    "5일",
    "2023년",
    "May",
    "5",
    "Sept.",
    "Friday",
    "토요일",
]


@given(
    st.lists(st.sampled_from(_OF_DAYS), max_size=4),
    st.sampled_from(["회고", "review", "mayor", "오월"]),
    st.lists(st.sampled_from(_OF_DAYS), max_size=4),
    st.sampled_from([" ", ", ", "_", " - "]),
)
def test_a_title_with_a_word_beside_its_days_is_no_day(
    before: list[str], word: str, after: list[str], between: str
) -> None:
    title = between.join([*before, word, *after])
    assert called(title, "told by the file") == title


@pytest.mark.parametrize(
    "name", ["2024-12-23 회고", "2024-12-23 일일 회고", "2024-12-23 주간 회의"]
)
def test_a_day_alone_makes_no_review(name: str) -> None:
    assert kinded(name, f"{name}.md").kind != "review"


@pytest.mark.parametrize(
    "name",
    ["‘24 회고", "'24 회고", "ʼ24 회고", "＇24 회고", "２０２４년 회고", "FY24 회고", "1Q24 회고"],
)
def test_a_year_in_any_apostrophes_and_digits(name: str) -> None:
    found = kinded(name, f"{name}.md")
    assert (found.kind, found.year) == ("review", 2024)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("date created", "Saturday, May 4th 2019, 6:38:42 pm"),
        ("date_created", "2019-05-04T18:38:42+09:00"),
        ("dateCreated", 1556995122000),
        ("생성일", "2019년 5월 4일 토요일 오후 6:38"),
        ("작성일", "2019. 5. 4."),
        ("날짜", "2019/05/04"),
        ("Creation date", "04.05.2019"),
        ("Created time", "May 4, 2019 6:38 PM"),
        ("date", ["2019-05-04"]),
    ],
)
def test_a_date_is_one_for_the_year_and_for_created(key: str, value: PropertyValue) -> None:
    assert (written_on({key.casefold(): value}) or "").startswith("2019-05-04")
    if not isinstance(value, list):
        assert kinded("글", properties={key: value}).year == 2019


def test_a_note_is_dated_by_the_vaults_own_format() -> None:
    rules = KindRules(dated=(DatedNames("day", "일기", "YYYY/M/D"),))
    found = kinded("글", "일기/2019/5/4.md", rules=rules)
    assert (found.year, found.year_rule) == (2019, "date in the path")


def test_every_key_of_a_date_stands_once() -> None:
    for keys in (WRITTEN, CHANGED):
        plain = [plain_key(key) for key in keys]
        assert len(set(plain)) == len(plain)
    assert not {*map(plain_key, WRITTEN)} & {*map(plain_key, CHANGED)}


def test_a_person_may_be_named_and_an_unknown_word_needs_a_witness() -> None:
    assert kinded("2023년 홍길동의 회고").kind == "review"
    assert kinded("2023 바람개비 회고").kind == "note"
    assert kinded("2023 바람개비 회고", properties={"date": "2023-08-01"}).kind == "note"
    assert kinded("2023 바람개비 회고", properties={"date": "2024-01-03"}).kind == "review"
    assert kinded("2023 바람개비 회고", "회고/바람.md").kind_rule == "title and folder 회고"


def test_a_bare_period_with_the_tag_and_a_witness_is_a_review() -> None:
    found = kinded("나의 2023년", properties={"date": "2023-12-31"}, tags=("회고",))
    assert (found.kind, found.year, found.period) == ("review", 2023, "year")
    assert kinded("나의 2023년", properties={"date": "2023-12-31"}).kind == "note"
    assert kinded("나의 2023년", properties={"date": "2023-06-30"}, tags=("회고",)).kind == "note"


@pytest.mark.parametrize("entry", entries("opening"))
def test_a_title_of_the_year_that_is_over_and_an_opening_that_looks_back(
    entry: dict[str, Any],
) -> None:
    december: dict[str, PropertyValue] = {"date": "2023-12-31"}
    opening = f"{entry['example']} {entry['example']}"
    found = kinded("2023, 카페 주인으로", properties=december, opening=opening)
    assert (found.kind, found.year, found.period) == ("review", 2023, "year")
    assert kinded("2023, 카페 주인으로", properties=december).kind != "review"
    june: dict[str, PropertyValue] = {"date": "2023-06-01"}
    assert kinded("카페 주인으로, 2023", properties=june, opening="커피를 샀다.").kind != "review"


@pytest.mark.parametrize("entry", entries("personal_place"))
def test_a_place_of_ones_own_alone_makes_no_review(entry: dict[str, Any]) -> None:
    december: dict[str, PropertyValue] = {"date": "2023-12-31"}
    tags = (entry["example"],)
    assert kinded("카페의 물가", properties=december, tags=tags).kind != "review"


def test_goals_that_open_with_last_years_account_are_its_review() -> None:
    text = "Let me look back at the past year. Here is my 2017's summary."
    january: dict[str, PropertyValue] = {"date": "2018-01-02"}
    found = kinded("2018 goals", properties=january, opening=text)
    assert (found.kind, found.year, found.period) == ("review", 2017, "year")
    assert kinded("2018 goals", properties=january, opening="I will run.").kind != "review"
    weighed = kinded("2022년 2분기 OKR 및 평가", opening="한 해를 돌아보며 회고한다.")
    assert (weighed.kind, weighed.year, weighed.period) == ("review", 2022, "quarter")


def test_a_category_or_series_of_reviews_speaks_as_a_tag_does() -> None:
    for key in ("categories", "series"):
        january: dict[str, PropertyValue] = {"date": "2024-01-02", key: ["annual-review"]}
        found = kinded("Year 3 of working for myself", "blog/2023-year-end.md", january)
        assert (found.kind, found.year, found.period) == ("review", 2023, "year")
        assert kinded("2023 맥북 추천", "blog/x.md", january).kind == "note"
        assert kinded("혼자 일하기, 2021", "blog/x.md", january).kind == "note"


def test_a_tag_alone_makes_no_review() -> None:
    assert (
        kinded("좋은 책 이야기", properties={"date": "2023-06-12"}, tags=("회고",)).kind == "note"
    )


def test_the_persons_rules_come_before_detection_and_after_properties() -> None:
    rules = KindRules(
        rules=(
            KindRule("study", folders=("글/배움",)),
            KindRule("project", tags=("일",)),
            KindRule("review", titles=("한해갈무리",)),
        ),
        review_words=("갈무리",),
        other_subjects=("농사",),
    )
    assert (
        kinded("2023년 회고", "글/배움/가.md", rules=rules).kind_rule == "dots.toml: folder 글/배움"
    )
    assert kinded("가", tags=("일/회사",), rules=rules).kind == "project"
    assert kinded("가", properties={"kind": "book"}, tags=("일",), rules=rules).kind == "book"
    found = kinded("2019 한해갈무리", rules=rules)
    assert (found.kind, found.year) == ("review", 2019)
    assert kinded("2023년 갈무리", rules=rules).kind_rule == "title"
    assert kinded("2023년 농사 회고", rules=rules).kind != "review"


def test_templates_are_no_reviews() -> None:
    assert kinded("2023년 회고", "templates/회고.md").kind == "note"
    assert kinded("{{date}} 회고", "회고/2023.md").kind == "note"


def test_draft_property() -> None:
    assert kinded("2023년 회고", properties={"draft": True}).status == "draft"
    assert kinded("2023년 회고", properties={"status": "log"}).status == "log"


VALUES = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.lists(st.text())


@given(
    st.text(),
    st.text(alphabet="회고 2023년을돌아보며1분기월주차/.-_'’W목표review") | st.text(),
    st.dictionaries(st.sampled_from(["date", "kind", "type", "year", "status", "draft"]), VALUES),
    st.lists(st.text(), max_size=5),
    st.lists(st.text(), max_size=5),
)
def test_any_strings_give_an_answer(
    path: str,
    title: str,
    properties: dict[str, PropertyValue],
    headings: list[str],
    tags: list[str],
) -> None:
    found = detect(path, title, properties, headings, tags)
    assert (found.period is not None) == (found.kind == "review")
    assert found.kind_rule and found.year_rule


def test_a_title_of_a_megabyte_is_read_in_no_time() -> None:
    for piece in ("목표", "회고 ", "2023년 ", "2023 회고 ", "1~2월", "을 돌아보며"):
        assert kinded(piece * 200_000, piece * 200_000).kind is not None


@pytest.mark.parametrize("entry", entries("looks_back"))
def test_headings_that_look_back_speak_for_a_review(entry: dict[str, Any]) -> None:
    december: dict[str, PropertyValue] = {"date": "2024-12-29"}
    headings = (entry["example"], "2024년 올해의 배운 점", "2025년 목표")
    found = kinded("안녕, 2024", "글/안녕.md", december, headings, opening="올해를 돌아본다.")
    assert (found.kind, found.year) == ("review", 2024)
    assert kinded("안녕", "글/안녕.md", {"date": "2024-06-01"}, headings).kind == "note"
    assert kinded("안녕, 2024", "글/안녕.md", {"date": "2024-06-01"}, headings[:1]).kind == "note"


@pytest.mark.parametrize("table", ["plan", "new_year", "weighed", "looks_ahead"])
def test_words_of_goals_in_titles_and_headings(table: str) -> None:
    for entry in LEXICON[table]:
        assert re.search(entry["word"], entry["example"], re.IGNORECASE), entry["example"]


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("2024년을 보내며", "review"),
        ("2024년을 보내며 한 해 정리하기", "review"),
        ("2024년을 보내며 다시 공부하기", "note"),
        ("2024년을 보내며 쓰는 홈서버 만들기", "note"),
    ],
)
def test_a_title_that_names_a_task_is_of_no_year(title: str, kind: str) -> None:
    december: dict[str, PropertyValue] = {"date": "2024-12-28"}
    headings = ("올해 한 일", "내년 계획")
    assert kinded(title, "글/a.md", december, headings, opening="올해를 돌아본다.").kind == kind


@pytest.mark.parametrize(
    ("title", "written", "year"),
    [
        ("Grading my 2018 goals", "2019-01-03", 2018),
        ("2020 goals: year end update", "2020-12-30", 2020),
        ("2021년 목표 달성 현황", "2021-12-31", 2021),
        ("Reviewing 2019 resolutions", "2020-01-08", 2019),
    ],
)
def test_goals_of_the_year_that_is_over_are_told_how_they_went(
    title: str, written: str, year: int
) -> None:
    found = parse_note(
        "posts/x.md",
        f"---\ntitle: '{title}'\ndate: {written}\n---\n\n- Walk more: failed\n- Sleep: done\n",
        NoteOptions(),
    )
    assert (found.kind, found.year, found.period) == ("review", year, "year")


@pytest.mark.parametrize(
    ("title", "written"), [("2022 goals", "2022-01-04"), ("2023 목표", "2022-12-30")]
)
def test_goals_of_which_nothing_is_told_are_no_review(title: str, written: str) -> None:
    found = parse_note(
        "posts/x.md", f"---\ntitle: '{title}'\ndate: {written}\n---\n\n- a\n", NoteOptions()
    )
    assert found.kind != "review"


def test_resolutions_that_open_with_an_account_of_last_year() -> None:
    text = """---
title: My resolutions for 2015
date: 2015-01-01
---

## Reflections on 2014

It was a strange one. Let us see how
I did:

- Learn to bake: I tried twice.

## Goals for 2015

### Swim
"""
    found = parse_note("posts/x.md", text, NoteOptions())
    assert (found.kind, found.year) == ("review", 2014)


def test_a_greeting_over_the_year_that_is_gone_and_the_one_to_come() -> None:
    text = """---
title: Happy New Year!
date: 2015-12-31
---

## 2015

The year that's gone was a big year for us. I look back on it gladly.

## 2016

Swim more.
"""
    found = parse_note("posts/x.md", text, NoteOptions())
    assert (found.kind, found.year, found.period) == ("review", 2015, "year")


def test_a_posts_file_name_says_when_it_was_written() -> None:
    text = "---\ntitle: 'Goals for 2019: update'\n---\n\nI ran a marathon, and failed to read.\n"
    found = parse_note("_posts/2019-12-31-goals-2019-update.md", text, NoteOptions())
    assert (found.kind, found.year, found.period) == ("review", 2019, "year")
