"""Dates as people write them: frontmatter values and prose, Korean and English.

Every pattern has bounded repetition, so a text of any length is read in one linear pass.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from typing import NamedTuple

from vaultdots.text.calendar import (
    FIRST_YEAR,
    LAST_YEAR,
    MONTH_NAMES,
    full_year,
    is_date,
    month_number,
)
from vaultdots.text.spans import Span

_VALUE_LIMIT = 64
"""A date value longer than this is a sentence; the longest real one seen has 33 characters."""

_MONTH = MONTH_NAMES

_TIME = re.compile(
    r"""(?:[T\s]{1,2}|\s?,\s?)
    (?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d{1,9})?)?
    \s?(?:(?P<utc>[Zz]|UTC|GMT)|(?P<sign>[+\-])(?P<zh>\d{2}):?(?P<zm>\d{2})?)?
    (?:\s?\([^()]{1,10}\))?""",
    re.VERBOSE,
)

_IN_PROSE = re.compile(
    rf"""
      (?<![\d.\-/])(?P<y1>\d{{4}})(?P<s1>[-./])\ ?
        (?P<m1>\d{{1,2}})(?P=s1)\ ?(?P<d1>\d{{1,2}})(?![\d])
    | (?<![\d.\-/'’])(?P<y2>\d{{2}})\.(?P<m2>\d{{2}})\.(?P<d2>\d{{2}})(?![\d.])
    | (?<![\d.])(?P<y3>\d{{8}})(?![\d.])
    | (?<!\d)(?P<y4>\d{{4}}|['’]?\d{{2}})년\s?(?P<m4>\d{{1,2}})월(?:\s?(?P<d4>\d{{1,2}})일)?
    | (?<!\d)(?P<y5>\d{{4}})년
    | (?<!\d)(?P<m6>\d{{1,2}})월\s?(?P<d6>\d{{1,2}})일
    | (?<![\d~\-–])(?P<m7>\d{{1,2}})월(?!\d)
    | (?<![\d.\-/])(?P<y8>\d{{4}})[-./](?P<m8>\d{{1,2}})(?![\d\-/]|\.\d)
    | (?<![A-Za-z])(?P<m9>{_MONTH})\.?[^\S\n]
        (?P<d9>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s(?P<y9>\d{{4}}))?(?!\d)
    | (?<![\dA-Za-z])(?P<d10>\d{{1,2}})(?:st|nd|rd|th)?[^\S\n]
        (?P<m10>{_MONTH})\.?(?:,?\s(?P<y10>\d{{4}}))?(?![A-Za-z\d])
    | (?<![A-Za-z])(?P<m11>{_MONTH})\.?,?\s(?P<y11>\d{{4}})(?!\d)
    | (?<![\d.,:/\-#])(?P<y12>(?:19|20|21)\d\d)(?![\d:/]|[.,\-]\d|%)
    """,
    re.VERBOSE | re.IGNORECASE,
)


class DateMention(NamedTuple):
    """A date in a text. year, month and day are None where the text does not say them."""

    span: Span
    year: int | None
    month: int | None
    day: int | None

    @property
    def iso(self) -> str | None:
        """`2023`, `2023-05` or `2023-05-06`: as much as is known, None without a year."""
        if self.year is None:
            return None
        text = f"{self.year:04d}"
        if self.month is not None:
            text += f"-{self.month:02d}"
            if self.day is not None:
                text += f"-{self.day:02d}"
        return text


def dates_in(text: str) -> list[DateMention]:
    """Every date that `text` says, in order, without overlaps.

    `2023-01-05`, `2023.1.5`, `2023. 1. 5.`, `23.01.05`, `20230105`, `2023년 1월 5일`, `23년 1월`,
    `1월 5일`, `3월`, `2023-05`, `2023년`, `2023`, `January 5, 2023`, `5 Jan 2023`, `May 2023`.
    A day that the calendar does not have (`2023-02-30`) is not a date. Linear.
    """
    found = []
    for match in _IN_PROSE.finditer(text):
        groups = {key: value for key, value in match.groupdict().items() if value is not None}
        mention = _mention(groups, Span(*match.span()))
        if mention is not None:
            found.append(mention)
    return found


def _mention(groups: dict[str, str], span: Span) -> DateMention | None:
    parts = {key[0]: value for key, value in groups.items() if key != "s1"}
    if len(parts.get("y", "")) == 8:
        whole = parts["y"]
        parts = {"y": whole[:4], "m": whole[4:6], "d": whole[6:]}
    year = full_year(parts["y"]) if "y" in parts else None
    month = month_number(parts["m"]) if "m" in parts else None
    if month is None and "m" in parts:
        return None
    day = int(parts["d"]) if "d" in parts else None
    if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    if day is not None and month is not None and not is_date(year or 2000, month, day):
        return None  # 2000 is a leap year: 29 February without a year stands
    return DateMention(span, year, month, day)


def parse_date(value: object) -> str | None:
    """A frontmatter value as an ISO 8601 date, with its time and zone where it has them.

    `2023-01-01 14:26:01 +0900` → `2023-01-01T14:26:01+09:00`; `2023.01.05`, `2023년 1월 5일`,
    `Jan 5, 2023`, `20230105` → `2023-01-05`; `2023-02-30`, `soon`, `2023` → None. Never raises.
    """
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    if isinstance(value, int):
        # Anything but eight digits cannot be a date; huge integers refuse to become text.
        if not 19000101 <= value <= 21991231:
            return None
        value = str(value)
    text = value.strip().strip("\"'[]").strip()
    if not text or len(text) > _VALUE_LIMIT:
        return None
    mention = next(iter(dates_in(text)), None)
    if mention is None or mention.span.start > 0:
        return None
    if mention.year is None or mention.month is None or mention.day is None:
        return None
    day = f"{mention.year:04d}-{mention.month:02d}-{mention.day:02d}"
    time = _TIME.match(text, mention.span.end)
    return day if time is None else (_with_time(day, time) or day)


def _with_time(day: str, time: re.Match[str]) -> str | None:
    zone = None
    if time["utc"]:
        zone = UTC
    elif time["sign"]:
        offset = timedelta(hours=int(time["zh"]), minutes=int(time["zm"] or 0))
        if offset >= timedelta(hours=24):
            return None
        zone = timezone(-offset if time["sign"] == "-" else offset)
    try:
        moment = datetime.fromisoformat(day).replace(
            hour=int(time["hour"]),
            minute=int(time["minute"]),
            second=int(time["second"] or 0),
            tzinfo=zone,
        )
    except ValueError:
        return None
    return moment.isoformat()


def year_of(value: object) -> int | None:
    """The year of a frontmatter value: of a date, of `2023-05`, `2023년`, `2023`; else None."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        if FIRST_YEAR <= value <= LAST_YEAR:
            return value
    elif isinstance(value, str) and 4 <= len(value) <= _VALUE_LIMIT:
        mention = next(iter(dates_in(value.strip().strip("\"'[]"))), None)
        if mention is not None and mention.span.start == 0:
            return mention.year
    iso = parse_date(value)
    return int(iso[:4]) if iso is not None else None


def date_in_name(name: str) -> str | None:
    """The date at the start or the end of a file's name, as far as it is written.

    `2023-05-06-title` → `2023-05-06`, `회의 2023-05-06` the same, `20230506` too, `2023-05` →
    `2023-05`; a year alone (`retrospective-2021`) is no date.
    """
    spaced = re.sub(r"(\d{4})[-_. ](\d{1,2})[-_. ](\d{1,2})(?!\d)", r"\1-\2-\3", name[:200])
    spaced = re.sub(r"(?<=\d)_|_(?=\d)", " ", spaced)
    whole = [m for m in dates_in(spaced) if m.year is not None and m.month is not None]
    best = next((m for m in whole if m.day is not None), whole[0] if whole else None)
    return best.iso if best is not None else None
