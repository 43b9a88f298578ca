"""How deep each recovered heading stands, when the page only kept its words."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from vaultdots.importers.lexicon import heading_roles
from vaultdots.importers.lines import Line
from vaultdots.importers.styles import Styled
from vaultdots.text.calendar import MONTH_NAMES
from vaultdots.text.tuples import NamedTuple

TOP = 2
"""The title is level 1 in every dialect, so a page's own parts start at 2."""
DEEPEST = 6

_PERIOD = re.compile(
    r"(?:(?:19|20)?\d\d\s?년\s?|(?:19|20)\d\d[.\s-]{1,2})?"
    r"(?:\d{1,2}\s?월?\s?[~∼〜\-–]\s?\d{1,2}\s?월|\d{1,2}\s?월|[상하]반기|[1-4]\s?분기|[1-4]Q|Q[1-4]"
    r"|봄|여름|가을|겨울|spring|summer|fall|autumn|winter"
    rf"|(?:{MONTH_NAMES})(?:\s?[-–~]\s?(?:{MONTH_NAMES}))?)"
    r"(?:\s?[:：]|\s{1,2}[-–:|]\s{1,2}.{1,40})?",
    re.I,
)


class Heading(NamedTuple):
    """A recovered heading: the lines first..last (indexes) that it takes, its level and text."""

    first: int
    last: int
    level: int
    text: str


def is_period(text: str) -> bool:
    """True for a heading that is a stretch of a year: `1~2월`, `상반기`, `3분기`, `March`."""
    return len(text) <= 60 and _PERIOD.fullmatch(text.strip()) is not None


def level_by_emptiness(found: Sequence[Heading], lines: list[Line]) -> tuple[Heading, ...]:
    """Levels for headings that all look alike.

    A heading with no text of its own, only a heading after it, holds that one; where such holders
    are periods, every period does. What closes a text (lexicon) stands at the top again.
    """
    holders = {a.first for a, b in pairwise(found) if b.first == a.last + 1}
    if not holders:
        return tuple(found)
    periods = any(is_period(h.text) for h in found if h.first in holders)
    levelled: list[Heading] = []
    inside = False
    for heading in found:
        if periods:
            holds = is_period(heading.text)
        else:
            holds = heading.first in holders
        top = holds or not inside or "closing" in heading_roles(heading.text)
        inside = holds or (inside and not top)
        levelled.append(heading._replace(level=TOP if top else TOP + 1))
    return tuple(levelled)


def level_by_style(
    marks: Sequence[Styled], words: Sequence[Heading], lines: list[Line]
) -> tuple[Heading, ...]:
    """Levels for marked headings: a style that first appears inside another stands below it.

    words: headings without a mark. As chapters they stand above the marked ones; else they open,
    close or stand beside them, or below them (`_place`).
    """
    order: list[str] = []
    for mark in marks:
        style = _rank_style(mark)
        if style not in order:
            order.append(style)
    if "tags" in order:  # tags stand for whole sections, whatever was marked before them
        order.sort(key=lambda style: style != "tags")
    hashes = sorted({int(s.split(":")[1]) for s in order if s.startswith("hash:")})
    first_hash = next((i for i, s in enumerate(order) if s.startswith("hash:")), 0)
    base = {s: TOP + i for i, s in enumerate(s for s in order if not s.startswith("hash:"))}
    place = _place(marks, words)
    found = []
    for mark in marks:
        if mark.style.startswith("hash:"):
            level = TOP + first_hash + hashes.index(int(mark.style.split(":")[1]))
        else:
            level = base[_rank_style(mark)] + (mark.depth - 1 if "num:1-1" in mark.style else 0)
            if mark.depth > 1 and not any(s.startswith("num:") and "-" not in s for s in order):
                level -= 1  # 1-1, 1-2 without a 1.
        level += place == "above"
        found.append(Heading(mark.at, mark.at, min(level, DEEPEST), mark.heading))
    firsts = [heading.first for heading in found]
    levels = [heading.level for heading in found]
    for word in words:
        level = TOP
        if place == "below" and not heading_roles(word.text) & {"opening", "closing"}:
            above = bisect_left(firsts, word.first)
            level = min(levels[above - 1] + 1, DEEPEST) if above else TOP
        found.append(word._replace(level=level))
    return tuple(sorted(found))


Place = Literal["above", "beside", "below"]


def _place(marks: Sequence[Styled], words: Sequence[Heading]) -> Place:
    """Where the headings without a mark stand: above the marked ones as their chapters, beside
    them, or below them.

    Numbers that count on over one say that it is below; one with a marked heading at once below
    it, or two that hold marked ones, are chapters; a marked one with a bare one at once below it,
    or names that come again (`잘한 점`, `아쉬운 점`), are parts.
    """
    inner = [word for word in words if not heading_roles(word.text) & {"opening", "closing"}]
    if not inner:
        return "beside"
    starts = {mark.at for mark in marks}
    if _counts_over(marks, [word.first for word in inner]):
        return "below"
    if any(word.last + 1 in starts for word in inner):
        return "above"
    bare = {word.first for word in inner}
    names = [word.text for word in inner]
    if len(set(names)) < len(names) or any(mark.at + 1 in bare for mark in marks):
        return "below"
    places = sorted(starts)
    kept = set(bare)
    ends = [*(word.first for word in words[1:]), places[-1] + 1 if places else 0]
    holding = 0
    for word, end in zip(words, ends, strict=True):
        following = bisect_left(places, word.first)
        if word.first in kept and following < len(places) and places[following] < end:
            holding += 1
    return "above" if holding >= 2 else "beside"


def _counts_over(marks: Sequence[Styled], places: Sequence[int]) -> bool:
    """Whether numbers of one style go on over one of some lines: 1., the line, 2."""
    last: dict[str, Styled] = {}
    for mark in marks:
        before = last.get(mark.style)
        if mark.value and mark.depth == 1:
            if before is not None and mark.value[-1] == before.value[-1] + 1:
                following = bisect_left(places, before.at)
                if following < len(places) and places[following] < mark.at:
                    return True
            last[mark.style] = mark
    return False


def _rank_style(mark: Styled) -> str:
    # "2-1)" belongs to the series of "2." whatever the sign after the number is.
    return "num:1." if mark.style.startswith("num:1-1") else mark.style
