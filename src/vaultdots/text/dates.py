"""Dates as people write them: frontmatter values and prose, Korean and English.

Every pattern has bounded repetition, so a text of any length is read in one linear pass.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone

from vaultdots.text.calendar import (
    FIRST_YEAR,
    LAST_YEAR,
    MONTH_NAMES,
    WEEKDAY_NAMES,
    full_year,
    is_date,
    month_number,
    plain_digits,
)
from vaultdots.text.late import late
from vaultdots.text.spans import Span
from vaultdots.text.tuples import NamedTuple

_VALUE_LIMIT = 80
"""A date value longer than this is a sentence; what a browser writes for one has 57 characters."""
_EPOCH = range(315_532_800, 4_102_444_800)
"""Seconds since 1970 that are a date of a note: 1980–2099. Thousands of them are milliseconds."""
_ZONES = {"Z": 0, "UTC": 0, "GMT": 0, "KST": 9, "JST": 9}

_MONTH = MONTH_NAMES
_WEEKDAY = rf"(?:(?:{WEEKDAY_NAMES})(?![A-Za-z])\.?|[월화수목금토일]요일|[월화수목금토일](?=\)))"
_LEAD = late(rf"\(?{_WEEKDAY}\)?\s?,?\s{{0,2}}", re.IGNORECASE)
"""A day's name before the date: `Saturday, May 4th 2019`."""

_TIME = late(
    rf"""\.?(?:,?\s?\(?{_WEEKDAY}\)?)?(?:T|,?\s{{1,2}}at\s|,\s?|\s{{1,2}})
    (?:(?P<before>오전|오후|[ap]m)\s?)?
    (?P<hour>\d{{1,2}})(?:
        :(?P<minute>\d{{2}})(?::(?P<second>\d{{2}})(?:[.,]\d{{1,9}})?)?
        |\s?시(?:\s?(?P<minute_ko>\d{{1,2}})\s?분(?:\s?(?P<second_ko>\d{{1,2}})\s?초)?)?
        |(?=\s?[ap]\.?m)
    )
    \s?(?P<after>[ap]\.?m\.?)?
    \s?(?:(?:UTC|GMT)?(?P<sign>[+\-])(?P<zh>\d{{2}}):?(?P<zm>\d{{2}})?
        |(?P<zone>Z|UTC|GMT|KST|JST)(?![A-Za-z]))?""",
    re.VERBOSE | re.IGNORECASE,
)
_STAMP = late(r"(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?")
"""`20190504093000`: what Zettelkasten tools name a note by."""
_DAY_FIRST = late(r"(\d{1,2})([./-])\s?(\d{1,2})\2\s?(\d{4})(?!\d)")

_IN_PROSE = late(
    rf"""
      (?<![\d.\-/])(?P<y1>\d{{4}})(?P<s1>[-./])\ ?
        (?P<m1>\d{{1,2}})(?P=s1)\ ?(?P<d1>\d{{1,2}})(?![\d])
    | (?<![\d.\-/'])(?P<y2>\d{{2}})\.(?P<m2>\d{{2}})\.(?P<d2>\d{{2}})(?![\d.])
    | (?<![\d.])(?P<y3>\d{{8}})(?![\d.])
    | (?<!\d)(?P<y4>\d{{4}}|'?\d{{2}})년\s?(?P<m4>\d{{1,2}})월(?:\s?(?P<d4>\d{{1,2}})일)?
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
    for match in _IN_PROSE.finditer(plain_digits(text)):
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
    `Jan 5, 2023`, `20230105`, `05.01.2023` → `2023-01-05`; `Saturday, May 4th 2019, 6:38:42 pm` →
    `2019-05-04T18:38:42`; seconds and milliseconds since 1970 (in UTC), `201905040930`;
    `2023-02-30`, `soon`, `2023` → None. Never raises.
    """
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    if isinstance(value, int | float):
        # Compared first: huge integers refuse to become text.
        if (moment := _epoch(value)) is not None:
            return moment
        if not isinstance(value, int) or not 19000101 <= value <= 21991231_235959:
            return None
        value = str(value)
    text = _bare(value)
    if not text or len(text) > _VALUE_LIMIT:
        return None
    if text.isdecimal() and len(text) >= 10:
        return _stamp(text) or _epoch(int(text))
    found = _day_of(text)
    if found is None:
        return None
    day, end = found
    time = _TIME.match(text, end)
    return day if time is None else (_with_time(day, time) or day)


def _bare(value: str) -> str:
    """A value without quotes, link brackets and the day's name before it."""
    text = plain_digits(value).strip().strip("\"'[]").strip()
    lead = _LEAD.match(text)
    return text[lead.end() :] if lead else text


def _day_of(text: str) -> tuple[str, int] | None:
    """The day with which a value begins, and where it ends."""
    mention = next(iter(dates_in(text)), None)
    if mention is not None and mention.span.start == 0 and mention.day is not None:
        iso = mention.iso
        return (iso, mention.span.end) if iso is not None and len(iso) == 10 else None
    turned = _DAY_FIRST.match(text)
    if turned is None:
        return None
    one, sign, two, year = int(turned[1]), turned[2], int(turned[3]), int(turned[4])
    # Points stand in the day's order of Europe; of the rest only what cannot be read in two ways.
    for day, month in ((one, two), (two, one)):
        if is_date(year, month, day) and (sign == "." or day > 12 or day == month):
            return f"{year:04d}-{month:02d}-{day:02d}", turned.end()
    return None


def _epoch(number: float) -> str | None:
    for seconds in (number, number / 1000) if abs(number) < 1e14 else ():
        if _EPOCH.start <= seconds < _EPOCH.stop:
            return datetime.fromtimestamp(int(seconds), UTC).isoformat()
    return None


def _stamp(digits: str) -> str | None:
    """`201905040930` and `20190504093000` as a moment."""
    found = _STAMP.fullmatch(digits)
    if found is None:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups())
    if not is_date(year, month, day) or hour > 23 or minute > 59 or second > 59:
        return None
    return datetime(year, month, day, hour, minute, second).isoformat()


def _with_time(day: str, time: re.Match[str]) -> str | None:
    zone = None
    if time["sign"]:
        offset = timedelta(hours=int(time["zh"]), minutes=int(time["zm"] or 0))
        if offset >= timedelta(hours=24):
            return None
        zone = timezone(-offset if time["sign"] == "-" else offset)
    elif time["zone"]:
        hours = _ZONES[time["zone"].upper()]
        zone = timezone(timedelta(hours=hours)) if hours else UTC
    hour = int(time["hour"])
    half = (time["before"] or time["after"] or "").casefold()
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half[0] in "p오" and half != "오전" else 0)
    try:
        moment = datetime.fromisoformat(day).replace(
            hour=hour,
            minute=int(time["minute"] or time["minute_ko"] or 0),
            second=int(time["second"] or time["second_ko"] or 0),
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
        text = _bare(value)
        mention = next(iter(dates_in(text)), None)
        if mention is not None and mention.span.start == 0 and mention.year is not None:
            return mention.year
        # `04/05/2019` may be a day in April or in May; its year is plain.
        if (turned := _DAY_FIRST.match(text)) and parse_date(text) is None:
            year, months = int(turned[4]), {int(turned[1]), int(turned[3])}
            return year if FIRST_YEAR <= year <= LAST_YEAR and min(months) <= 12 else None
    iso = parse_date(value)
    return int(iso[:4]) if iso is not None else None
