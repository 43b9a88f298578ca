"""Dates of a query, in figures and in words."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultdots.text.days import Days, day_of, read_days, read_years

TODAY = date(2025, 3, 12)  # a Wednesday


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2024-2-9", "2024-02-09", "2024-02-09"),
        ("2024년 2월", "2024-02-01", "2024-02-29"),
        ("2023..2024", "2023-01-01", "2024-12-31"),
        ("2023-05..", "2023-05-01", "9999-12-31"),
        ("..2023-05", "0001-01-01", "2023-05-31"),
        (">2025-03", "2025-04-01", "9999-12-31"),
        (">=2025-03", "2025-03-01", "9999-12-31"),
        ("<2025", "0001-01-01", "2024-12-31"),
        ("<=2025", "0001-01-01", "2025-12-31"),
        ("오늘", "2025-03-12", "2025-03-12"),
        ("yesterday", "2025-03-11", "2025-03-11"),
        ("이번 주", "2025-03-10", "2025-03-16"),
        ("last week", "2025-03-03", "2025-03-09"),
        ("지난달", "2025-02-01", "2025-02-28"),
        ("last-month", "2025-02-01", "2025-02-28"),
        ("Last Month", "2025-02-01", "2025-02-28"),
        ("작년", "2024-01-01", "2024-12-31"),
        ("재작년..작년", "2023-01-01", "2024-12-31"),
        ("최근 7일", "2025-03-06", "2025-03-12"),
        ("last 3 months", "2024-12-12", "2025-03-12"),
        (">지난달", "2025-03-01", "9999-12-31"),
    ],
)
def test_days(text: str, first: str, last: str) -> None:
    assert read_days(text, TODAY) == Days(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    "text", ["", "soon", "2024-13", "2024-02-30", "..abc", "20245", "> ", "..", " .. "]
)
def test_no_days(text: str) -> None:
    assert read_days(text, TODAY) is None


def test_years() -> None:
    assert read_years("2021..2023", TODAY) == (2021, 2023)
    assert read_years("작년", TODAY) == (2024, 2024)
    assert read_years("지난달", TODAY) == (2025, 2025)
    assert read_years("2023-05", TODAY) is None
    assert read_years("2023..2024년 5월", TODAY) is None


@pytest.mark.parametrize(
    ("text", "first"),
    [("2024", "2024-01-01"), ("2024-03", "2024-03-01"), ("2024년 3월", "2024-03-01"),
     ("2024-03-05T10:00", "2024-03-05"), ("2024-03-05 점심", "2024-03-05"), ("2024 회고", None),
     ("2024-13", None), ("곧", None)],
)  # fmt: skip
def test_a_date_in_a_note(text: str, first: str | None) -> None:
    assert day_of(text) == (first and date.fromisoformat(first))


@pytest.mark.parametrize(
    ("iso", "wanted"),
    [("2024-02-10T23:59:00", True), ("2024-02", True), ("2024", False), ("2025-02-10", False),
     (None, False), ("x", False)],
)  # fmt: skip
def test_a_note_lies_within(iso: str | None, wanted: bool) -> None:
    assert Days(date(2024, 2, 1), date(2024, 2, 29)).holds(iso) == wanted


@given(st.text(max_size=20))
def test_any_text_is_days_or_none(text: str) -> None:
    days = read_days(text, TODAY)
    assert days is None or isinstance(days.first, date)
