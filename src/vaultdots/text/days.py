"""Days that a person asks for, in figures and words: `2023..2024`, `>2025-03`, 지난달."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from vaultdots.text.calendar import month_end, months_before, plain_digits
from vaultdots.text.late import late
from vaultdots.text.tuples import NamedTuple

FIRST, LAST = date.min, date.max


class Days(NamedTuple):
    """From the first day to the last, both included."""

    first: date
    last: date

    def holds(self, iso: str | None) -> bool:
        """Whether a date as the catalog keeps it (`2024-03`, `2024-03-01T10:00`) lies within."""
        if iso is None:
            return False
        day = _FIGURES.match(iso)
        if day is None:
            return False
        span = _figures(day)
        return span is not None and self.first <= span.first and span.first <= self.last


_FIGURES = late(
    r"(\d{4})(?:(?:\s*년\s*|\s*[-./]\s*)(\d{1,2})(?:(?:\s*월\s*|[-./])(\d{1,2})\s*일?|\s*월)?"
    r"|\s*년)?(?=$|[T\s])"
)
_MONTH = late(r"\d{4}(?:\s*년\s*|\s*[-./]\s*)\d")
_COMPARED = late(r"(<=|>=|<|>)\s*(.+)", re.DOTALL)
_RECENT = late(
    r"(?:last|past|최근|지난)\s*(\d{1,4})\s*(days?|weeks?|months?|years?|일|주|개월|달|년)(?:간|동안)?"
)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _figures(found: re.Match[str]) -> Days | None:
    year, month, day = int(found[1]), found[2], found[3]
    first = _day(year, int(month or 1), int(day or 1))
    if first is None:
        return None
    if day:
        return Days(first, first)
    if month:
        return Days(first, month_end(first))
    return Days(first, date(year, 12, 31))


def _year(today: date, back: int) -> Days:
    return Days(date(today.year - back, 1, 1), date(today.year - back, 12, 31))


def _month(today: date, back: int) -> Days:
    first = months_before(today.replace(day=1), back)
    return Days(first, month_end(first))


def _week(today: date, back: int) -> Days:
    first = today - timedelta(days=today.weekday() + 7 * back)
    return Days(first, first + timedelta(days=6))


def _one_day(today: date, back: int) -> Days:
    day = today - timedelta(days=back)
    return Days(day, day)


_Reading = tuple[Callable[[date, int], Days], int]
WORDS: dict[str, _Reading] = {
    "today": (_one_day, 0), "오늘": (_one_day, 0),
    "yesterday": (_one_day, 1), "어제": (_one_day, 1), "그제": (_one_day, 2),
    "그저께": (_one_day, 2),
    "thisweek": (_week, 0), "이번주": (_week, 0), "금주": (_week, 0),
    "lastweek": (_week, 1), "지난주": (_week, 1), "저번주": (_week, 1), "지지난주": (_week, 2),
    "thismonth": (_month, 0), "이번달": (_month, 0), "이달": (_month, 0),
    "lastmonth": (_month, 1), "지난달": (_month, 1), "저번달": (_month, 1), "지지난달": (_month, 2),
    "thisyear": (_year, 0), "올해": (_year, 0), "금년": (_year, 0),
    "lastyear": (_year, 1), "작년": (_year, 1), "지난해": (_year, 1), "재작년": (_year, 2),
}  # fmt: skip
"""Days in words, spaces and hyphens left out."""


def _recent(found: re.Match[str], today: date) -> Days:
    count, candidate = int(found[1]), found[2]
    if candidate.startswith(("day", "일")):
        first = today - timedelta(days=count - 1 if count else 0)
    elif candidate.startswith(("week", "주")):
        first = today - timedelta(days=7 * count - 1 if count else 0)
    elif candidate.startswith(("month", "개월", "달")):
        first = months_before(today, count)
    else:
        first = months_before(today, 12 * count)
    return Days(first, today)


def _point(text: str, today: date) -> Days | None:
    """A day, month, year or words."""
    written = plain_digits(text).strip().lower()
    if found := _FIGURES.fullmatch(written):
        return _figures(found)
    bare = re.sub(r"[\s_-]+", "", written)
    if bare in WORDS:
        read, back = WORDS[bare]
        return read(today, back)
    if found := _RECENT.fullmatch(re.sub(r"[\s_-]+", " ", written)):
        return _recent(found, today)
    return None


def read_point(text: str, today: date) -> Days | None:
    """A day, month, year or words without a sign: `2025-03`, 작년; None where it is none."""
    try:
        return _point(text, today)
    except OverflowError:
        return None


def day_of(text: str) -> date | None:
    """The first day of a date that stands in a note: `2025`, `2025-03`, `2025-03-01 10:00`."""
    written = text.strip()
    found = _FIGURES.match(written)
    if found is None or (found.end() < len(written) and not found[3]):
        return None
    span = _figures(found)
    return span.first if span else None


def looks_like_a_day(text: str) -> bool:
    """Whether a text is written as a date, though the calendar may not have it."""
    return _FIGURES.fullmatch(text.strip()) is not None


def read_days(text: str, today: date) -> Days | None:
    """The days that a query's date means; None where it is none.

    `A..B` runs from the first day of A to the last of B, either may be left out; `>A` is after the
    last day of A, `<A` before the first. A range that ends before it begins is given as it stands.
    """
    try:
        if ".." in text:
            left, _, right = text.partition("..")
            if not left.strip() and not right.strip():
                return None
            first = _point(left, today) if left.strip() else Days(FIRST, FIRST)
            last = _point(right, today) if right.strip() else Days(LAST, LAST)
            return Days(first.first, last.last) if first and last else None
        if found := _COMPARED.fullmatch(text.strip()):
            point = _point(found[2], today)
            if point is None:
                return None
            return {
                "<": lambda: Days(FIRST, point.first - timedelta(days=1)),
                "<=": lambda: Days(FIRST, point.last),
                ">": lambda: Days(point.last + timedelta(days=1), LAST),
                ">=": lambda: Days(point.first, LAST),
            }[found[1]]()
        return _point(text, today)
    except OverflowError:
        return None


def read_years(text: str, today: date) -> tuple[int, int] | None:
    """The years that `year:` means, both included: `2023`, `2021..2023`, `>2022`, 작년.

    None for a month or a day in figures: a note is about years.
    """
    days = None if _MONTH.search(text) else read_days(text, today)
    return (days.first.year, days.last.year) if days else None
