"""Stretches of a year as people name them: years, halves, quarters, months, weeks and ranges.

Every pattern has bounded repetition: one linear pass over any text.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Literal

from vaultdots.text.calendar import (
    FIRST_YEAR,
    LAST_YEAR,
    MONTH_NAMES,
    SHORT_YEARS,
    full_year,
    month_number,
    plain_digits,
)
from vaultdots.text.spans import Span
from vaultdots.text.tuples import NamedTuple

Stretch = Literal["year", "half", "quarter", "month", "week", "day"]

# `平成30年` is no 2030.
_SHORT = r"(?<!平成|令和|昭和|大正|明治)\d\d(?=[년年])"
# A year in front of a smaller stretch: `2023년 `, `2023.`, `2023-`, `2023's `, `23년`, `'23 `.
_YEAR = (
    rf"(?<![\d.])(?P<{{0}}>(?:19|20|21)\d\d|'\d\d|{_SHORT})"
    r"(?:년도?|年度?|'s)?[의の]?[\s./\-]{{0,2}}"
)
_FISCAL_YEAR = (
    rf"(?<![\d.])(?:(?P<{{0}}>(?:19|20|21)\d\d|'\d\d|{_SHORT})"
    r"|(?<![A-Za-z])FY\s?'?(?P<{0}f>20\d\d|\d\d(?!\d)))(?:년도?|年度?|'s)?[의の]?[\s./\-]{{0,2}}"
)
_AFTER = r"(?:\s(?:of\s)?(?P<{0}>(?:19|20|21)\d\d)|\s?'(?P<{0}s>\d\d)(?!\d))?"
# A year that clings to what it follows: `1Q24`, `1Q'24`, `1Q 2024`.
_CLINGS = r"(?:\s?'(?P<{0}a>\d\d)|\s?(?P<{0}b>20\d\d)|(?P<{0}c>\d\d))(?!\d)"
# What any period begins with: at all other places the many forms need not be tried.
_FIRST = r"(?=[\d'상하上下第]|(?<![A-Za-z])[adfhjmnoqstw])"
_TO = r"\s?[~∼～〜\-–—]\s?"


@cache
def _pattern(*, fiscal: bool) -> re.Pattern[str]:
    """The pattern of all periods. fiscal: with `FY24`, `1Q24` and their like, which few texts have
    and every text would pay for."""
    year = _FISCAL_YEAR if fiscal else _YEAR

    def optional(name: str) -> str:
        return f"(?:{year.format(name)})?"

    clinging = [
        r"(?<![\dA-Za-z])(?P<hx>[12])H" + _CLINGS.format("yx"),
        r"(?<![\dA-Za-z])(?P<qx>[1-4])Q" + _CLINGS.format("yz"),
        r"(?<![\dA-Za-z.])(?P<yw>\d\d)Q(?P<qw>[1-4])(?![A-Za-z0-9])",
    ]
    parts = [
        # a day, so that its year is not taken for the period
        r"(?P<day>(?<!\d)\d{4}(?:-\d{1,2}-|\.\s?\d{1,2}\.\s?|/\d{1,2}/)\d{1,2}(?!\d)"
        r"|(?<!\d)\d{8}(?!\d)|(?<!\d)\d{2}\.\d{2}\.\d{2}(?!\d))",
        # weeks
        year.format("ya") + r"W(?P<wa>\d{1,2})(?!\d)",
        optional("yb") + r"(?<!\d)(?P<mb>\d{1,2})월\s?(?:제\s?)?(?P<wb>\d|첫|둘|셋|넷|다섯)"
        r"\s?(?:주차|째\s?주|번째\s?주)",
        optional("yc") + r"(?<!\d)(?P<wc>\d{1,2})\s?주차",
        optional("ywk") + r"第\s?(?P<we>\d{1,2})\s?週",
        r"(?<![A-Za-z])week\s(?P<wd>\d{1,2})(?!\d)(?:\sof|,)?" + _AFTER.format("yd"),
        # halves
        optional("ye") + r"(?P<he>[상하]|(?<![一-龥々](?<![年度]))[上下])\s?"
        r"(?:반기|半期|期(?=[のをはに振ふ目総ま]|\W|$))",
        optional("yf") + r"(?<![A-Za-z])H(?P<hf>[12])(?![A-Za-z0-9])" + _AFTER.format("yg"),
        r"(?<![A-Za-z])(?P<hh>first|second)\shalf" + _AFTER.format("yh"),
        # quarters
        *(clinging if fiscal else ()),
        optional("yi") + r"(?<!\d)第?\s?(?P<qi>[1-4])\s?(?:/?\s?(?:4\s?)?분기|四半期)",
        optional("yj") + r"(?<![A-Za-z])Q(?P<qj>[1-4])(?![A-Za-z0-9])" + _AFTER.format("yk"),
        optional("yl") + r"(?<![\dA-Za-z])(?P<ql>[1-4])Q(?![A-Za-z0-9])" + _AFTER.format("ym"),
        r"(?<![A-Za-z])(?P<qn>first|second|third|fourth)[\s\-]quarter" + _AFTER.format("yn"),
        # months and ranges of months
        optional("yo") + rf"(?<!\d)(?P<mo>\d{{1,2}})[월月]?{_TO}(?:{year.format('zo')})?"
        r"(?P<no>\d{1,2})[월月](?!\s?\d{1,2}[일日])",
        optional("yp") + r"(?<!\d)(?P<mp>\d{1,2})[월月](?!\s?\d{1,2}[일日]|[호号])",
        rf"(?<![A-Za-z])(?P<mq>{MONTH_NAMES}){_TO}(?P<nq>{MONTH_NAMES})(?![A-Za-z])"
        + _AFTER.format("yq"),
        rf"(?<![\d.])(?P<yr>(?:19|20|21)\d\d)[\-./\s](?P<mr>{MONTH_NAMES})(?![A-Za-z])",
        rf"(?<![A-Za-z])(?P<ms>{MONTH_NAMES})\.?,?\s(?P<ys>(?:19|20|21)\d\d)(?!\d)",
        r"(?<![\d.\-/])(?P<yt>(?:19|20|21)\d\d)[\-./](?P<mt>0?[1-9]|1[0-2])(?![\d\-/]|\.\d|[월月])",
        # years
        *([r"(?<![A-Za-z])FY\s?'?(?P<yy>20\d\d|\d\d)(?!\d)"] if fiscal else ()),
        r"(?<![\d.,:/#])(?P<yu>(?:19|20|21)\d\d)(?:년도?|年度?)?(?!\d|[.,:/]\d|%)",
        r"(?<![\d.,])(?P<yv>'\d\d)(?:년도?|年度?)?(?!\d|\s?차|\s?간|\s?동안|\s?만)",
        rf"(?<![\d.,])(?P<yx>{_SHORT})(?:년도?(?!\d|도|\s?차|\s?간|\s?동안|\s?만)"
        r"|年度?(?!\d|度|間|目|前|後|ぶり|以上|ほど|くらい|の歩み))",
    ]
    return re.compile(_FIRST + "(?:" + "|".join(parts) + ")", re.IGNORECASE)


_KEPT = 512
"""Texts of which the periods are kept: a heading is asked for its year many times."""
_FISCAL = re.compile(r"FY|\dQ|\dH", re.IGNORECASE)
_HINT = re.compile(rf"\d|반기|[上下]半?期|half|quarter|(?:{MONTH_NAMES}){_TO}", re.IGNORECASE)
"""Without one of these a text names no period: most texts do not, and the pattern is long."""
_WORD_NUMBERS = {
    "첫": 1, "둘": 2, "셋": 3, "넷": 4, "다섯": 5,
    "상": 1, "하": 2, "上": 1, "下": 2, "first": 1, "second": 2, "third": 3, "fourth": 4,
}  # fmt: skip


class PeriodMention(NamedTuple):
    """A stretch of time named in a text.

    number: of the month, quarter, half or week (the first one of a range); None for a year.
    last: the last month of a range of months, else None. A `day` is there to be passed over.
    """

    span: Span
    stretch: Stretch
    year: int | None
    number: int | None = None
    last: int | None = None

    def months(self) -> tuple[int, int] | None:
        """The first and the last month that it covers; None for a week or a day."""
        if self.stretch == "year":
            return (1, 12)
        if self.last is not None and self.number is not None:
            return (self.number, self.last)
        size = {"half": 6, "quarter": 3, "month": 1}.get(self.stretch)
        if size is None or self.number is None:
            return None
        return (size * (self.number - 1) + 1, size * self.number)


def periods_in(text: str) -> list[PeriodMention]:
    """Every stretch of time that `text` names, in order, without overlaps. Linear.

    `2023`, `2023년`, `'23`, `23년`, `2021년 상반기`, `2020 Q1`, `2020년 1분기`, `2020년 11월`,
    `2023-05`, `May 2023`, `1~2월`, `2월 ~ 4월`, `Jan–Mar`, `2023-W12`, `5월 2주차`, `week 12`,
    `FY24`, `1Q24`, `24Q1`, `H1 '24`, `2023年5月`, `上半期`, `第1四半期`;
    whatever apostrophe and digits it is written with.
    """
    return [*_periods(text)] if _HINT.search(text) else []


@lru_cache(_KEPT)
def _periods(text: str) -> tuple[PeriodMention, ...]:
    found: list[PeriodMention] = []
    text = plain_digits(text)
    pattern = _pattern(fiscal=_FISCAL.search(text) is not None)
    for match in pattern.finditer(text):
        mention = _read(match)
        if mention is not None:
            found.append(mention)
    return tuple(found)


def _read(match: re.Match[str]) -> PeriodMention | None:
    span = Span(*match.span())
    groups: dict[str, str] = {}
    for key, value in match.groupdict().items():
        if value is not None:
            groups.setdefault("day" if key == "day" else key[0], value)
    if "day" in groups:
        return PeriodMention(span, "day", None)
    year = full_year(groups["y"]) if "y" in groups else None
    if year is not None:
        if not FIRST_YEAR <= year <= LAST_YEAR:
            return None
        digits = groups["y"].lstrip("'")
        if len(digits) == 2 and digits == groups["y"] and int(digits) not in SHORT_YEARS:
            return None
    if "w" in groups:
        number = _number(groups["w"])
        return PeriodMention(span, "week", year, number) if 1 <= number <= 53 else None
    if "h" in groups:
        return PeriodMention(span, "half", year, _number(groups["h"]))
    if "q" in groups:
        return PeriodMention(span, "quarter", year, _number(groups["q"]))
    if "m" in groups:
        first = _number(groups["m"])
        last = _number(groups["n"]) if "n" in groups else None
        if not (1 <= first <= 12 and (last is None or 1 <= last <= 12)):
            return None
        if last is None:
            return PeriodMention(span, "month", year, first)
        return PeriodMention(span, _stretch_of(first, last), year, first, last)
    return PeriodMention(span, "year", year)


def _number(text: str) -> int:
    folded = text.casefold()
    if folded in _WORD_NUMBERS:
        return _WORD_NUMBERS[folded]
    return int(text) if text.isdecimal() else month_number(folded) or 0


def _stretch_of(first: int, last: int) -> Stretch:
    """What a range of months comes nearest to: `7~12월` is a half, `1~3월` a quarter."""
    count = (last - first) % 12 + 1
    if count > 9:
        return "year"
    if count > 4:
        return "half"
    return "quarter" if count > 2 else "month"
