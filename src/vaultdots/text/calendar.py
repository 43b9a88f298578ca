"""The calendar, once: months and days in English and Korean, years of two digits, weeks."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Literal

from vaultdots.text.late import late

Language = Literal["en", "ko"]

FIRST_YEAR, LAST_YEAR = 1900, 2199
"""Four digits outside of this range are a number (a port, a price), not a year."""
_TWO_DIGIT_PIVOT = 70
"""`69` is 2069 and `70` is 1970, as POSIX strptime reads two-digit years (with 68/69 there)."""
SHORT_YEARS = range(15, 45)
"""`23년` is 2023, `10년` is ten years, `50년` fifty: a two-digit year is read inside this range."""

MONTHS: dict[Language, tuple[str, ...]] = {
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
    "ko": tuple(f"{number}월" for number in range(1, 13)),
}  # fmt: skip
MONTH_SHORT = tuple(name[:3].casefold() for name in MONTHS["en"])
"""What every English name of a month begins with."""
_KOREAN_DAYS = "월화수목금토일"
DAYS: dict[Language, tuple[str, ...]] = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "ko": tuple(f"{letter}요일" for letter in _KOREAN_DAYS),
}
"""The days of a week, Monday first."""
APOSTROPHES = "'’‘ʼ＇´`"
"""What stands before the two digits of a year, as people and phones write it: `'24`, `‘24`."""

_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789") | {ord(c): "'" for c in APOSTROPHES}
_OTHER_DIGITS = late(f"[０-９{APOSTROPHES[1:]}]")

_MONTH_NUMBERS = {
    spelling: number
    for number, name in enumerate(MONTHS["en"], 1)
    for spelling in (name.casefold(), name[:3].casefold())
} | {"sept": 9}
_DAY_NUMBERS = {
    name[:size].casefold(): number
    for number, name in enumerate(DAYS["en"])
    for size in (2, 3, 4, len(name))
} | {"thur": 3, "thurs": 3, "tues": 1, "weds": 2}
MONTH_NAMES = "|".join(sorted(_MONTH_NUMBERS, key=len, reverse=True))
"""Every English month as a pattern, longest first."""
WEEKDAY_NAMES = (
    "mon(?:day)?|tue(?:s(?:day)?)?|wed(?:s|nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?"
    "|sat(?:urday)?|sun(?:day)?"
)


def plain_digits(text: str) -> str:
    """`text` with wide digits and every kind of apostrophe as ASCII has them, each in its place."""
    if text.isascii() or not _OTHER_DIGITS.search(text):
        return text
    return text.translate(_DIGITS)


def month_number(name: str) -> int | None:
    """1–12 of `May`, `sept`, `5월` or `05`; None for any other word."""
    word = name.casefold().rstrip(".")
    if word in _MONTH_NUMBERS:
        return _MONTH_NUMBERS[word]
    digits = word.removesuffix("월")
    number = int(digits) if digits.isdecimal() and len(digits) <= 2 else 0
    return number if 1 <= number <= 12 else None


def day_number(name: str) -> int | None:
    """0 (Monday) – 6 of `Sat`, `Saturday`, `토` or `토요일`; None for any other word."""
    word = name.casefold().rstrip(".")
    if word in _DAY_NUMBERS:
        return _DAY_NUMBERS[word]
    letter = word.removesuffix("요일")
    return _KOREAN_DAYS.index(letter) if letter in list(_KOREAN_DAYS) else None


def full_year(digits: str) -> int:
    """The year that `2023`, `23`, `'23` or `‘23` names, in any script's digits."""
    bare = digits.strip(APOSTROPHES)
    number = int(bare)
    if len(bare) > 2:
        return number
    return number + (2000 if number < _TWO_DIGIT_PIVOT else 1900)


def is_date(year: int, month: int, day: int) -> bool:
    """Whether the calendar has that day, in a year that people write diaries in."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return False
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def month_end(day: date) -> date:
    """The last day of the month."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def months_before(day: date, months: int) -> date:
    """The same day some months earlier, or the last one that its month has."""
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    year = max(year, 1)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def locale_week(day: date) -> tuple[int, int]:
    """(year, week) as Moment.js counts in English and Korean: from Sunday, 1 January in week 1."""
    saturday = date(day.year, day.month, day.day) + timedelta(days=6 - day.isoweekday() % 7)
    year = saturday.year
    return year, (saturday.timetuple().tm_yday + 6) // 7


def locale_week_start(year: int, week: int) -> date | None:
    """The Sunday of a week counted so; None where the year has no such week."""
    first = date(year, 1, 1)
    start = first - timedelta(days=first.isoweekday() % 7) + timedelta(days=7 * (week - 1))
    return start if week >= 1 and locale_week(start) == (year, week) else None


def iso_week_start(year: int, week: int) -> date | None:
    """The Monday of an ISO 8601 week; None where the year has no such week."""
    try:
        return date.fromisocalendar(year, week, 1)
    except ValueError:
        return None
