"""Moment.js formats (`YYYY-MM-DD`, `gggg-[W]ww`), in which Obsidian keeps the names of dated notes.

`written` makes a name, `read` takes it apart again. The tokens are those of the Moment.js manual
(https://momentjs.com/docs/#/displaying/format/); month and day names in English and Korean.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Literal

from vaultdots.text.calendar import (
    DAYS,
    FIRST_YEAR,
    LAST_YEAR,
    MONTHS,
    Language,
    day_number,
    full_year,
    iso_week_start,
    locale_week,
    locale_week_start,
    month_number,
)
from vaultdots.text.tuples import NamedTuple

Unit = Literal["day", "week", "month", "quarter", "year"]

_TOKEN = re.compile(
    r"\[([^\[\]]*)\]|\\(.)"
    r"|(LLLL|LLL|LL|LTS|LT|L|llll|lll|ll|l)"
    r"|(YYYY|YY|Y|gggg|gg|GGGG|GG|Qo|Q|MMMM|MMM|MM|Mo|M|DDDD|DDDo|DDD|DD|Do|D"
    r"|dddd|ddd|dd|do|d|E|e|ww|wo|w|WW|Wo|W|HH|H|hh|h|kk|k|mm|m|ss|s|S{1,9}|A|a|ZZ|Z|X|x)",
    re.DOTALL,
)
_LONG = {
    "en": {"LT": "h:mm A", "LTS": "h:mm:ss A", "L": "MM/DD/YYYY", "LL": "MMMM D, YYYY",
           "LLL": "MMMM D, YYYY h:mm A", "LLLL": "dddd, MMMM D, YYYY h:mm A",
           "l": "M/D/YYYY", "ll": "MMM D, YYYY", "lll": "MMM D, YYYY h:mm A",
           "llll": "ddd, MMM D, YYYY h:mm A"},
    "ko": {"LT": "A h:mm", "LTS": "A h:mm:ss", "L": "YYYY.MM.DD.", "LL": "YYYY년 MMMM D일",
           "LLL": "YYYY년 MMMM D일 A h:mm", "LLLL": "YYYY년 MMMM D일 dddd A h:mm",
           "l": "YYYY.MM.DD.", "ll": "YYYY년 MMMM D일", "lll": "YYYY년 MMMM D일 A h:mm",
           "llll": "YYYY년 MMMM D일 dddd A h:mm"},
}  # fmt: skip
"""The formats that stand for a whole one, from Moment's locales `en` and `ko`."""
_LONGEST = 200
"""Characters of a format that are read; the longest of real vaults has 34."""


class Stamp(NamedTuple):
    """What a name says by its format: the first day of what it is about, and how long that is."""

    day: date
    unit: Unit


class _Piece(NamedTuple):
    """A literal (token "") or a token of a format."""

    token: str
    text: str


def written(format_: str, moment: date, language: Language = "en") -> str:
    """The name that a format gives a day or a moment: `YYYY/MM-MMM` → `2024/05-May`."""
    at = moment if isinstance(moment, datetime) else datetime(moment.year, moment.month, moment.day)
    return "".join(
        piece.text if not piece.token else _WRITERS[piece.token](at, language)
        if piece.token in _WRITERS else f"{at.microsecond:06d}000"[: len(piece.token)]
        for piece in _pieces(format_, language)
    )  # fmt: skip


def read(format_: str, name: str) -> Stamp | None:
    """The day, week, month, quarter or year that `name` says in this format; None where it is not
    of this format, or no such day is. Names of months and days are read in both languages."""
    if len(name) > 2 * _LONGEST:
        return None
    for language in ("en", "ko"):
        rule = _rule(format_, language)
        if rule is None:
            continue
        pattern, tokens = rule
        match = pattern.fullmatch(name)
        if match is not None:
            said: dict[str, str] = {}
            for token, text in zip(tokens, match.groups(), strict=True):
                if said.setdefault(token, text) != text:
                    return None  # `2024/2023-05-04`: one name, two years
            if (stamp := _stamp(said)) is not None:
                return stamp
    return None


@lru_cache(maxsize=64)
def _pieces(format_: str, language: Language) -> tuple[_Piece, ...]:
    found: list[_Piece] = []
    at = 0
    format_ = format_[:_LONGEST]
    for match in _TOKEN.finditer(format_):
        if match.start() > at:
            found.append(_Piece("", format_[at : match.start()]))
        at = match.end()
        if match[1] is not None or match[2] is not None:
            found.append(_Piece("", match[1] if match[1] is not None else match[2]))
        elif match[3] is not None:
            found += _pieces(_LONG[language][match[3]], language)
        else:
            found.append(_Piece(match[4], match[4]))
    if at < len(format_):
        found.append(_Piece("", format_[at:]))
    return tuple(found)


# ── Writing ──────────────────────────────────────────────────────────────────────────────────────


def _ordinal(number: int, language: Language) -> str:
    if language == "ko":
        return f"{number}일"
    if 10 < number % 100 < 20:
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


def _zone(at: datetime, sign: str) -> str:
    offset = at.utcoffset() or timedelta(0)
    minutes = int(offset.total_seconds()) // 60
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02d}{sign}{abs(minutes) % 60:02d}"


def _half(at: datetime, language: Language, *, upper: bool) -> str:
    if language == "ko":
        return "오전" if at.hour < 12 else "오후"
    half = "am" if at.hour < 12 else "pm"
    return half.upper() if upper else half


_Writer = Callable[[datetime, Language], str]
_WRITERS: dict[str, _Writer] = {
    "YYYY": lambda at, _: f"{at.year:04d}",
    "YY": lambda at, _: f"{at.year % 100:02d}",
    "Y": lambda at, _: str(at.year),
    "gggg": lambda at, _: f"{locale_week(at)[0]:04d}",
    "gg": lambda at, _: f"{locale_week(at)[0] % 100:02d}",
    "GGGG": lambda at, _: f"{at.isocalendar().year:04d}",
    "GG": lambda at, _: f"{at.isocalendar().year % 100:02d}",
    "Q": lambda at, _: str((at.month + 2) // 3),
    "Qo": lambda at, to: _ordinal((at.month + 2) // 3, to),
    "MMMM": lambda at, to: MONTHS[to][at.month - 1],
    "MMM": lambda at, to: MONTHS[to][at.month - 1][:3] if to == "en" else MONTHS[to][at.month - 1],
    "MM": lambda at, _: f"{at.month:02d}",
    "M": lambda at, _: str(at.month),
    "Mo": lambda at, to: f"{at.month}월" if to == "ko" else _ordinal(at.month, to),
    "DDDD": lambda at, _: f"{at.timetuple().tm_yday:03d}",
    "DDD": lambda at, _: str(at.timetuple().tm_yday),
    "DDDo": lambda at, to: _ordinal(at.timetuple().tm_yday, to),
    "DD": lambda at, _: f"{at.day:02d}",
    "D": lambda at, _: str(at.day),
    "Do": lambda at, to: _ordinal(at.day, to),
    "dddd": lambda at, to: DAYS[to][at.weekday()],
    "ddd": lambda at, to: DAYS[to][at.weekday()][: 3 if to == "en" else 1],
    "dd": lambda at, to: DAYS[to][at.weekday()][: 2 if to == "en" else 1],
    "do": lambda at, to: _ordinal(at.isoweekday() % 7, to),
    "d": lambda at, _: str(at.isoweekday() % 7),
    "e": lambda at, _: str(at.isoweekday() % 7),
    "E": lambda at, _: str(at.isoweekday()),
    "ww": lambda at, _: f"{locale_week(at)[1]:02d}",
    "w": lambda at, _: str(locale_week(at)[1]),
    "wo": lambda at, to: (
        f"{locale_week(at)[1]}주" if to == "ko" else _ordinal(locale_week(at)[1], to)
    ),
    "WW": lambda at, _: f"{at.isocalendar().week:02d}",
    "W": lambda at, _: str(at.isocalendar().week),
    "Wo": lambda at, to: (
        f"{at.isocalendar().week}주" if to == "ko" else _ordinal(at.isocalendar().week, to)
    ),
    "HH": lambda at, _: f"{at.hour:02d}",
    "H": lambda at, _: str(at.hour),
    "hh": lambda at, _: f"{(at.hour + 11) % 12 + 1:02d}",
    "h": lambda at, _: str((at.hour + 11) % 12 + 1),
    "kk": lambda at, _: f"{(at.hour + 23) % 24 + 1:02d}",
    "k": lambda at, _: str((at.hour + 23) % 24 + 1),
    "mm": lambda at, _: f"{at.minute:02d}",
    "m": lambda at, _: str(at.minute),
    "ss": lambda at, _: f"{at.second:02d}",
    "s": lambda at, _: str(at.second),
    "A": lambda at, to: _half(at, to, upper=True),
    "a": lambda at, to: _half(at, to, upper=False),
    "Z": lambda at, _: _zone(at, ":"),
    "ZZ": lambda at, _: _zone(at, ""),
    "X": lambda at, _: str(int(at.timestamp())),
    "x": lambda at, _: str(int(at.timestamp() * 1000)),
}


# ── Reading ──────────────────────────────────────────────────────────────────────────────────────

_NAME = r"[A-Za-z]{3,9}|\d{1,2}월"
_WEEKDAY = r"[A-Za-z]{2,9}|[월화수목금토일](?:요일)?"
_TWO, _ONE_OR_TWO = r"\d{2}", r"\d{1,2}"
_READERS = {
    "YYYY": r"\d{4}", "YY": _TWO, "Y": r"\d{4}", "gggg": r"\d{4}", "gg": _TWO, "GGGG": r"\d{4}",
    "GG": _TWO, "Q": "[1-4]", "Qo": r"[1-4](?:st|nd|rd|th|일)", "MMMM": _NAME, "MMM": _NAME,
    "MM": _TWO, "M": _ONE_OR_TWO, "Mo": r"\d{1,2}(?:st|nd|rd|th|월)", "DDDD": r"\d{3}",
    "DDD": r"\d{1,3}", "DDDo": r"\d{1,3}(?:st|nd|rd|th|일)", "DD": _TWO, "D": _ONE_OR_TWO,
    "Do": r"\d{1,2}(?:st|nd|rd|th|일)", "dddd": _WEEKDAY, "ddd": _WEEKDAY, "dd": _WEEKDAY,
    "do": r"\d(?:st|nd|rd|th|일)", "d": "[0-6]", "e": "[0-6]", "E": "[1-7]", "ww": _TWO,
    "w": _ONE_OR_TWO, "wo": r"\d{1,2}(?:st|nd|rd|th|주)", "WW": _TWO, "W": _ONE_OR_TWO,
    "Wo": r"\d{1,2}(?:st|nd|rd|th|주)", "HH": _TWO, "H": _ONE_OR_TWO, "hh": _TWO,
    "h": _ONE_OR_TWO, "kk": _TWO, "k": _ONE_OR_TWO, "mm": _TWO, "m": _ONE_OR_TWO, "ss": _TWO,
    "s": _ONE_OR_TWO, "A": "[AaPp][Mm]|오전|오후", "a": "[AaPp][Mm]|오전|오후",
    "Z": r"[+-]\d\d:\d\d", "ZZ": r"[+-]\d{4}", "X": r"\d{9,10}", "x": r"\d{12,13}",
}  # fmt: skip


@lru_cache(maxsize=64)
def _rule(format_: str, language: Language) -> tuple[re.Pattern[str], tuple[str, ...]] | None:
    pieces = _pieces(format_, language)
    tokens = tuple(piece.token for piece in pieces if piece.token)
    if not tokens:
        return None
    parts = (
        f"({_READERS.get(piece.token, rf'[0-9]{{{len(piece.token)}}}')})"
        if piece.token
        else re.escape(piece.text)
        for piece in pieces
    )
    return re.compile("".join(parts), re.IGNORECASE), tokens


_YEARS = ("YYYY", "Y", "YY")


def _stamp(said: dict[str, str]) -> Stamp | None:
    try:
        return _day_said(said)
    except (ValueError, OverflowError):
        return None


def _first(said: dict[str, str], *tokens: str) -> str | None:
    return next((said[token] for token in tokens if token in said), None)


def _number(text: str) -> int:
    found = re.match(r"\d+", text)
    return int(found[0]) if found else 0


def _day_said(said: dict[str, str]) -> Stamp | None:
    if "X" in said or "x" in said:
        seconds = int(said["X"]) if "X" in said else int(said["x"]) // 1000
        return Stamp(datetime.fromtimestamp(seconds).date(), "day")
    written_year = _first(said, *_YEARS)
    year = full_year(written_year) if written_year is not None else None
    week = _week_said(said, year)
    if week is not None and not said.keys() & {"DD", "D", "Do"}:
        return week
    if year is None or not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    if (of_year := _first(said, "DDDD", "DDD", "DDDo")) is not None:
        day = date(year, 1, 1) + timedelta(days=_number(of_year) - 1)
        return Stamp(day, "day") if day.year == year and _number(of_year) else None
    named = [month_number(said[t]) for t in ("MMMM", "MMM") if t in said]
    numbers = [_number(said[t]) for t in ("MM", "M", "Mo") if t in said]
    months = {*named, *numbers}
    if len(months) > 1 or None in months:
        return None
    month = months.pop() if months else None
    day_text = _first(said, "DD", "D", "Do")
    if month is None:
        if day_text is not None:
            return None
        if (quarter := _first(said, "Q", "Qo")) is not None:
            return Stamp(date(year, 3 * _number(quarter) - 2, 1), "quarter")
        return Stamp(date(year, 1, 1), "year")
    if day_text is None:
        return Stamp(date(year, month, 1), "month")
    day = date(year, month, _number(day_text))
    weekdays = [day_number(said[t]) for t in ("dddd", "ddd", "dd") if t in said]
    return Stamp(day, "day") if all(n in (None, day.weekday()) for n in weekdays) else None


def _week_said(said: dict[str, str], year: int | None) -> Stamp | None:
    weekday = next((day_number(said[t]) for t in ("dddd", "ddd", "dd") if t in said), None)
    iso, local = _first(said, "WW", "W", "Wo"), _first(said, "ww", "w", "wo")
    if iso is not None:
        own = _first(said, "GGGG", "GG", "gggg", "gg")
        first = full_year(own) if own is not None else year
        start = iso_week_start(first, _number(iso)) if first is not None else None
        monday = start
    elif local is not None:
        own = _first(said, "gggg", "gg", "GGGG", "GG")
        first = full_year(own) if own is not None else year
        start = locale_week_start(first, _number(local)) if first is not None else None
        monday = start + timedelta(days=1) if start is not None else None
    else:
        return None
    if start is None or monday is None:
        return None
    if weekday is None:
        return Stamp(start, "week")
    day = monday + timedelta(days=weekday)
    return Stamp(day - timedelta(days=7) if local is not None and weekday == 6 else day, "day")
