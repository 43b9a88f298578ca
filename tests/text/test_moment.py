"""Moment.js formats, as `.obsidian/daily-notes.json` and the periodic-notes plugin hold them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultdots.text.calendar import (
    Language,
    day_number,
    full_year,
    iso_week_start,
    locale_week,
    locale_week_start,
    month_number,
    months_before,
)
from vaultdots.text.moment import Stamp, Unit, read, written

A_MOMENT = datetime(2019, 5, 4, 18, 38, 42)


@pytest.mark.parametrize(
    ("format_", "language", "name"),
    [
        ("YYYY-MM-DD", "en", "2019-05-04"),
        ("YYYY/MM-MMM/DD-dddd", "en", "2019/05-May/04-Saturday"),
        ("YYYY/MM-MMM/DD-dddd", "ko", "2019/05-5월/04-토요일"),
        ("DD.MM.YYYY", "en", "04.05.2019"),
        ("YYYY년 M월 D일 ddd", "ko", "2019년 5월 4일 토"),
        ("dddd, MMMM Do YYYY, h:mm:ss a", "en", "Saturday, May 4th 2019, 6:38:42 pm"),
        ("YYYYMMDDHHmm", "en", "201905041838"),
        ("gggg-[W]ww", "en", "2019-W18"),
        ("GGGG-[W]WW", "en", "2019-W18"),
        ("YYYY-[Q]Q", "en", "2019-Q2"),
        ("[Week of] MMM D", "en", "Week of May 4"),
        ("LL", "en", "May 4, 2019"),
        ("LL", "ko", "2019년 5월 4일"),
        ("YYYY-DDDD", "en", "2019-124"),
        ("A hh:mm", "ko", "오후 06:38"),
        ("[no token]", "en", "no token"),
        ("SSS", "en", "000"),
    ],
)
def test_a_name_is_written(format_: str, language: Language, name: str) -> None:
    assert written(format_, A_MOMENT, language) == name


@pytest.mark.parametrize(
    ("format_", "name", "day", "unit"),
    [
        ("YYYY-MM-DD", "2019-05-04", "2019-05-04", "day"),
        ("YYYY/MM-MMM/DD-dddd", "2019/05-May/04-Saturday", "2019-05-04", "day"),
        ("YYYY/MM-MMM/DD-dddd", "2019/05-5월/04-토요일", "2019-05-04", "day"),
        ("YYYY/MM/YYYY-MM-DD", "2019/05/2019-05-04", "2019-05-04", "day"),
        ("DD.MM.YYYY", "04.05.2019", "2019-05-04", "day"),
        ("MM-DD-YY", "05-04-19", "2019-05-04", "day"),
        ("Do MMMM YYYY", "4th May 2019", "2019-05-04", "day"),
        ("gggg-[W]ww", "2019-W18", "2019-04-28", "week"),
        ("GGGG-[W]WW", "2019-W18", "2019-04-29", "week"),
        ("YYYY-MM", "2019-05", "2019-05-01", "month"),
        ("MMMM YYYY", "may 2019", "2019-05-01", "month"),
        ("YYYY-[Q]Q", "2019-Q2", "2019-04-01", "quarter"),
        ("YYYY", "2019", "2019-01-01", "year"),
        ("YYYY[년]", "2019년", "2019-01-01", "year"),
    ],
)
def test_a_name_is_read(format_: str, name: str, day: str, unit: Unit) -> None:
    assert read(format_, name) == Stamp(date.fromisoformat(day), unit)


@pytest.mark.parametrize(
    ("format_", "name"),
    [
        ("YYYY-MM-DD", "2019-02-30"),
        ("YYYY-MM-DD", "2019-05-04 and more"),
        ("YYYY-MM-DD dddd", "2019-05-04 Friday"),
        ("YYYY/MM/YYYY-MM-DD", "2019/05/2018-05-04"),
        ("YYYY-MM-DD", "notes"),
        ("[journal]", "journal"),
        ("gggg-[W]ww", "2019-W60"),
        ("", ""),
        ("YYYY-MM-DD", "0019-05-04"),
        ("YYYY-MM-DD", "2019-05-04" * 100),
    ],
)
def test_a_name_of_another_format_is_none(format_: str, name: str) -> None:
    assert read(format_, name) is None


days = st.dates(date(1971, 1, 1), date(2069, 12, 31))
WHOLE = ("YYYY-MM-DD", "YYYY/MM-MMM/DD-dddd", "D.M.YYYY", "gggg-[W]ww dddd", "GGGG-[W]WW ddd", "LL",
         "YYYY-DDDD", "YYMMDD", "Do MMM YYYY")  # fmt: skip


@given(days, st.sampled_from(WHOLE), st.sampled_from(["en", "ko"]))
def test_what_is_written_is_read_again(day: date, format_: str, language: Language) -> None:
    assert read(format_, written(format_, day, language)) == Stamp(day, "day")


@given(st.text(max_size=30), st.text(max_size=30), days)
def test_any_format_is_total(format_: str, name: str, day: date) -> None:
    assert isinstance(written(format_, day), str)
    assert read(format_, name) is None or isinstance(read(format_, name), Stamp)


@given(days)
def test_weeks_begin_where_they_are_said_to(day: date) -> None:
    year, week = locale_week(day)
    sunday = locale_week_start(year, week)
    assert sunday is not None
    assert sunday.isoweekday() == 7
    assert timedelta(0) <= day - sunday < timedelta(7)
    assert locale_week(date(day.year, 1, 1)) == (day.year, 1)
    assert iso_week_start(*day.isocalendar()[:2]) == day - timedelta(days=day.weekday())


def test_names_of_months_and_days_and_short_years() -> None:
    assert [month_number(n) for n in ("May", "sept", "5월", "05", "13", "x")] == [
        5,
        9,
        5,
        5,
        None,
        None,
    ]
    assert [day_number(n) for n in ("Sat", "saturday", "토", "토요일", "x", "")] == [
        5,
        5,
        5,
        5,
        None,
        None,
    ]
    assert [full_year(y) for y in ("'24", "‘24", "’24", "ʼ24", "＇24", "２０２４", "24", "70")] == [
        2024, 2024, 2024, 2024, 2024, 2024, 2024, 1970,
    ]  # fmt: skip
    assert months_before(date(2024, 3, 31), 1) == date(2024, 2, 29)
