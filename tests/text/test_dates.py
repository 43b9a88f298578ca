"""Dates and periods in frontmatter values and in prose."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultdots.text.calendar import is_date
from vaultdots.text.dates import dates_in, parse_date, year_of
from vaultdots.text.name_dates import date_in_name, date_in_path
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
        ("Saturday, May 4th 2019, 6:38:42 pm", "2019-05-04T18:38:42"),
        ("Sat May 04 2019 18:38:42 GMT+0900 (대한민국 표준시)", "2019-05-04T18:38:42+09:00"),
        ("Sat, 04 May 2019 18:38:42 GMT", "2019-05-04T18:38:42+00:00"),
        ("2019-05-04 (토) 18:38", "2019-05-04T18:38:00"),
        ("2019년 5월 4일 토요일 오후 6:38", "2019-05-04T18:38:00"),
        ("2019. 5. 4. 오전 12:05", "2019-05-04T00:05:00"),
        ("2019-05-04, 18시 38분", "2019-05-04T18:38:00"),
        ("토요일, 2019-05-04", "2019-05-04"),
        ("May 4, 2019 at 6:38 PM", "2019-05-04T18:38:00"),
        ("2019-05-04 18:38 KST", "2019-05-04T18:38:00+09:00"),
        ("２０１９-０５-０４", "2019-05-04"),
        ("04.05.2019", "2019-05-04"),
        ("25/12/2019", "2019-12-25"),
        ("[[2019-05-04]]", "2019-05-04"),
        (1556995122, "2019-05-04T18:38:42+00:00"),
        (1556995122000, "2019-05-04T18:38:42+00:00"),
        ("1556995122", "2019-05-04T18:38:42+00:00"),
        (201905040930, "2019-05-04T09:30:00"),
        ("20190504093015", "2019-05-04T09:30:15"),
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
        "04/05/2019",
        float("nan"),
        1e300,
        123456789012,
        "13.25.2019",
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
        ("04/05/2019", 2019),
        ("25/25/2019", None),
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
        ("201905040930", "2019-05-04"),
        ("201905040930 제목", "2019-05-04"),
        ("제목 20190504093000", "2019-05-04"),
        ("20190504T0930", "2019-05-04"),
        ("04.05.2019", "2019-05-04"),
        ("회의 04.05.2019", "2019-05-04"),
        ("２０１９０５０４", "2019-05-04"),
        ("201905049930", None),
        ("123456789012345", None),
        ("1.2.3.2019", None),
        ("retrospective-2021", None),
        ("0407_daily", None),
    ],
)
def test_a_date_in_a_file_name(name: str, iso: str | None) -> None:
    assert date_in_name(name) == iso


@pytest.mark.parametrize(
    ("path", "iso"),
    [
        ("2019/05/04.md", "2019-05-04"),
        ("journal/2019/05-May/04-Saturday.md", "2019-05-04"),
        ("일기/2019년/5월/4일.md", "2019-05-04"),
        ("2019/2019-05/2019-05-04.md", "2019-05-04"),
        ("2019/May/04.md", "2019-05-04"),
        ("content/posts/2019/05/04-title/index.md", "2019-05-04"),
        ("2019/05/notes.md", None),
        ("2019/05-June/04.md", None),
        ("2019/13/04.md", None),
        ("05/04.md", None),
        ("2019/05/2018-01-02 x.md", "2018-01-02"),
        ("04.md", None),
    ],
)
def test_a_date_in_a_path(path: str, iso: str | None) -> None:
    assert date_in_path(path) == iso


@pytest.mark.parametrize(
    ("path", "iso"),
    [
        ("일기/19-5-4.md", "2019-05-04"),
        ("주간/2019-W18.md", "2019-04-28"),
        ("월간/2019-Q2.md", "2019-04"),
        ("다른/19-5-4.md", None),
        ("일기/회의.md", None),
    ],
)
def test_a_date_in_the_vaults_own_format(path: str, iso: str | None) -> None:
    formats = [("일기", "YY-M-D"), ("주간/", "gggg-[W]ww"), ("/월간", "YYYY-[Q]Q")]
    assert date_in_path(path, formats) == iso


@pytest.mark.parametrize("text", ["1Q 20명", "FY10", "1H", "Q5 24", "‘2024’이라는 숫자 24"])
def test_a_number_is_no_year_of_two_digits(text: str) -> None:
    assert [m.year for m in periods_in(text) if m.year not in (None, 2024)] == []


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
        ("FY24", "year", 2024, (1, 12)),
        ("FY2024", "year", 2024, (1, 12)),
        ("FY24 Q1", "quarter", 2024, (1, 3)),
        ("1Q24", "quarter", 2024, (1, 3)),
        ("4Q'24", "quarter", 2024, (10, 12)),
        ("24Q3", "quarter", 2024, (7, 9)),
        ("Q1 ’24", "quarter", 2024, (1, 3)),
        ("1H24", "half", 2024, (1, 6)),
        ("‘24", "year", 2024, (1, 12)),
        ("ʼ24년", "year", 2024, (1, 12)),
        ("＇24", "year", 2024, (1, 12)),
        ("２０２４년", "year", 2024, (1, 12)),
        ("２０２４년 １월", "month", 2024, (1, 1)),
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


@pytest.mark.slow
@pytest.mark.parametrize("piece", ["목표", "2023-", "1월 ", "20", "2023년", "may ", "1~", "'23 "])
def test_a_megabyte_is_read_in_one_pass(piece: str) -> None:
    # Linear or the test's own timeout: at 100 times the length a quadratic pass takes hours.
    text = (piece * 600_000)[:1_000_000]
    spans = [*(date.span for date in dates_in(text)), *(one.span for one in periods_in(text))]
    assert all(0 <= start < end <= len(text) for start, end in spans)
