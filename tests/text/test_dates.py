"""Dates and periods in frontmatter values and in prose."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultdots.text.calendar import is_date
from vaultdots.text.dates import dates_in, parse_date, year_of
from vaultdots.text.name_dates import date_in_name
from vaultdots.text.periods import periods_in


@pytest.mark.parametrize(
    ("value", "iso"),
    [
        ("2023-01-05", "2023-01-05"),
        ("2023-1-5", "2023-01-05"),
        ("2023.01.05", "2023-01-05"),
        ("2023. 1. 5.", "2023-01-05"),
        ("2023/01/05 10:22", "2023-01-05T10:22:00"),
        ("23.01.05", "2023-01-05"),
        ("2023년 1월 5일", "2023-01-05"),
        ("20230105", "2023-01-05"),
        (20230105, "2023-01-05"),
        ("Jan 5, 2023", "2023-01-05"),
        ("5 January 2023", "2023-01-05"),
        ("2023-01-01 14:26:01 +0900", "2023-01-01T14:26:01+09:00"),
        ("2023-01-01T14:26:01-03:30", "2023-01-01T14:26:01-03:30"),
        ("2023-12-31T10:00:00Z", "2023-12-31T10:00:00+00:00"),
        ("2023-12-31T10:00:00.123+09:00", "2023-12-31T10:00:00+09:00"),
        ("2023-12-31 25:00", "2023-12-31"),  # a day with no such time is still the day
        (date(2023, 1, 5), "2023-01-05"),
        (datetime(2023, 1, 5, 6, 7), "2023-01-05T06:07:00"),
    ],
)
def test_a_frontmatter_value_that_is_a_date(value: object, iso: str) -> None:
    assert parse_date(value) == iso


@pytest.mark.parametrize(
    "value",
    [
        "2023-02-30",
        "2023",
        2023,
        "2023-05",
        "곧",
        "",
        None,
        True,
        12.5,
        [],
        {},
        10**5000,
        "about 2023-01-05",
        "12:30",
        "192.168.10.1",
        "v2023.1.5.3",
        "9999-01-01",
    ],
    ids=lambda value: repr(value)[:20] if not isinstance(value, int) else type(value).__name__,
)
def test_a_value_that_is_none(value: object) -> None:
    assert parse_date(value) is None


@pytest.mark.parametrize(
    ("value", "year"),
    [
        ("2023", 2023),
        (2023, 2023),
        ("2023-05", 2023),
        ("2023년", 2023),
        ("2023-01-05", 2023),
        (8080, None),
        ("2023-02-30", None),
        (True, None),
        ("곧", None),
    ],
)
def test_year_of(value: object, year: int | None) -> None:
    assert year_of(value) == year


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("2023년 3월 5일과 23.01.05.", ["2023-03-05"]),
        ("2023년 3월에 시작해 5월 6일에", ["2023-03", "--05-06"]),
        ("May 5, 2023 and 6 June", ["2023-05-05", "--06-06"]),
        ("2023년은 길었다. 2024는?", ["2023", "2024"]),
        ("10년 동안 20명, 127.0.0.1:2023, v10.02.03.4", []),
        ("2023-02-30에", []),
        ("1월의 일", ["--01"]),
    ],
)
def test_dates_in_prose(text: str, dates: list[str]) -> None:
    assert [shown(m.year, m.month, m.day) for m in dates_in(text)] == dates


def shown(year: int | None, month: int | None, day: int | None) -> str:
    parts = [str(year or "-"), *(f"{n:02d}" for n in (month, day) if n is not None)]
    return "-".join(parts)


@pytest.mark.parametrize(
    ("name", "iso"),
    [
        ("2023-05-06-title", "2023-05-06"),
        ("2024-07-5-2024-event", "2024-07-05"),
        ("회의 2023-05-06", "2023-05-06"),
        ("20230506_x", "2023-05-06"),
        ("2023_05_06 y", "2023-05-06"),
        ("2023-05", "2023-05"),
        ("retrospective-2021", None),
        ("0407_daily", None),
    ],
)
def test_a_date_in_a_file_name(name: str, iso: str | None) -> None:
    assert date_in_name(name) == iso


@pytest.mark.parametrize(
    ("text", "stretch", "year", "months"),
    [
        ("2023년", "year", 2023, (1, 12)),
        ("'23", "year", 2023, (1, 12)),
        ("24년의 목표", "year", 2024, (1, 12)),
        ("2021년 상반기", "half", 2021, (1, 6)),
        ("H2 2021", "half", 2021, (7, 12)),
        ("2020 Q3", "quarter", 2020, (7, 9)),
        ("2020년 4/4분기", "quarter", 2020, (10, 12)),
        ("2020년 11월", "month", 2020, (11, 11)),
        ("2023-05", "month", 2023, (5, 5)),
        ("May 2023", "month", 2023, (5, 5)),
        ("1~2월", "month", None, (1, 2)),
        ("2월 ~ 4월", "quarter", None, (2, 4)),
        ("7~12월", "half", None, (7, 12)),
        ("2023년 12월 ~ 2024년 1월", "month", 2023, (12, 1)),
        ("Jan–Mar", "quarter", None, (1, 3)),
        ("5월 2주차", "week", None, None),
        ("2023-W12", "week", 2023, None),
        ("2023-05-06", "day", None, None),
    ],
)
def test_periods(text: str, stretch: str, year: int | None, months: tuple[int, int] | None) -> None:
    (found,) = periods_in(text)
    assert (found.stretch, found.year, found.months()) == (stretch, year, months)


@pytest.mark.parametrize("text", ["10년 동안", "3년 차 개발자", "5월호", "port:2023", "3.2023", ""])
def test_no_period(text: str) -> None:
    assert periods_in(text) == []


DATED = "20월일년23-./ ~'’5분기상하반WQH주차janmy:,"


@given(st.text() | st.text(alphabet=DATED, max_size=80))
def test_any_text_is_read_and_every_date_exists(text: str) -> None:
    end = 0
    for mention in dates_in(text):
        assert mention.span.start >= end
        end = mention.span.end
        if mention.day is not None and mention.month is not None:
            assert is_date(mention.year or 2000, mention.month, mention.day)
    for period in periods_in(text):
        assert period.number is None or 1 <= period.number <= 53
    iso = parse_date(text)
    assert iso is None or date.fromisoformat(iso[:10])
    year_of(text)
    date_in_name(text)


@given(st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2199, 12, 31)))
def test_what_is_written_is_read(moment: datetime) -> None:
    moment = moment.replace(microsecond=0)
    assert parse_date(moment.isoformat()) == moment.isoformat()
    assert parse_date(f"{moment:%Y}년 {moment.month}월 {moment.day}일") == moment.date().isoformat()


@pytest.mark.parametrize("piece", ["목표", "2023-", "1월 ", "20", "2023년", "may ", "1~", "'23 "])
def test_a_megabyte_is_read_in_one_pass(piece: str) -> None:
    # Linear or the test's own timeout: at 100 times the length a quadratic pass takes hours.
    text = (piece * 600_000)[:1_000_000]
    dates_in(text)
    periods_in(text)
