"""What Pelican and MultiMarkdown put above a text in place of frontmatter."""

from __future__ import annotations

import pytest

from vaultdots.note.parse import parse_note
from vaultdots.note.plain_header import plain_header

TEXT = "title: Resolutions for 2018 and 2017 Review\ndate: 2018-01-01\ntags: a, b\n\nHello.\n"


def test_the_header_is_read() -> None:
    assert plain_header(TEXT) == {
        "title": "Resolutions for 2018 and 2017 Review", "date": "2018-01-01", "tags": "a, b",
    }  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Title: a recipe\n\nStir.\n",
        "title: x\nNo key here\ndate: 2018\n",
        "---\ntitle: x\n---\n",
    ],
)
def test_what_is_no_header(text: str) -> None:
    assert plain_header(text) == {}


def test_it_says_what_kind_of_note_it_is_and_when_it_was_written() -> None:
    note = parse_note("content/new-years.md", f"{TEXT}\n## My 2017 results\n\n- [x] Run\n")
    assert (note.kind, note.year, note.created) == ("review", 2017, "2018-01-01")
    assert note.title == "new-years"  # the lines stay text


@pytest.mark.parametrize(
    ("title", "written", "year"),
    [
        ("This Year's Goals Revisited", "2010-12-18", 2010),
        ("Last year's resolutions, revisited", "2012-01-03", 2011),
        ("올해 목표 점검", "2021-12-28", 2021),
        ("작년 목표 돌아보기", "2022-01-03", 2021),
    ],
)
def test_a_title_that_weighs_the_goals_of_the_year_that_is_over(
    title: str, written: str, year: int
) -> None:
    note = parse_note("a.md", f"---\ntitle: {title}\ndate: {written}\n---\n\n1. 수영\n")
    assert (note.kind, note.year) == ("review", year)


def test_a_note_of_goals_with_the_year_before_beside_the_new_one_looks_back_on_it() -> None:
    text = "---\ntitle: Goals for 2020\ndate: 2020-01-04\n---\n\n## 2019\n\n### Knots\n\nFine.\n\n"
    note = parse_note("goals.md", f"{text}## 2020\n\n- Learn pottery\n")
    assert (note.kind, note.year) == ("review", 2019)
    assert parse_note("goals.md", f"{text}## Next\n\n- Learn pottery\n").kind == "note"
