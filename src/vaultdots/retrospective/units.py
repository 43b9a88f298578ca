"""A section's lines as they are compared: what is no words blanked, words reduced, dates read."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from vaultdots.graph.note_profiles import raw_words, reduced
from vaultdots.store.answers import NoteRow, SectionRow
from vaultdots.text.dates import dates_in
from vaultdots.text.folding import fold
from vaultdots.text.hangul import stems
from vaultdots.text.periods import periods_in
from vaultdots.text.spans import Lines

_LINE_END = re.compile(r"\r\n?|\n")
_FEWEST = 2
_COMPOUND = 3
"""Syllables from which a word may be the beginning of a longer one: 객체지향 of 객체지향스럽게."""
COMPOUND_SHARE = 0.8
"""… and what it then counts."""
_LINE_LIMIT = 4_000
"""Characters of a line that are compared: a longer one is data."""
_MONTHS_OF_A_TITLE = 3
"""A review of more months than this says nothing of when a line was."""


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of days that a text speaks of. share: how sure it is, 1 for a day."""

    first: date
    last: date
    share: float
    said: str


@dataclass(frozen=True, slots=True)
class Unit:
    """A line or bullet. words: reduced word → how surely it stands there (0–1).

    pairs: reduced words that follow one another; plain: the reduced words alone. text: as it is
    compared, what is no words blanked. start, end: code points of the note's text.
    """

    line: int
    start: int
    end: int
    text: str
    words: Mapping[str, float]
    pairs: frozenset[tuple[str, str]]
    plain: frozenset[str]
    windows: tuple[Window, ...]


@dataclass(frozen=True, slots=True)
class SectionUnits:
    """A section and its lines; its own heading is the first one where it has one."""

    ordinal: int
    headings: tuple[str, ...]
    line: int
    units: tuple[Unit, ...]


def sections_of(
    row: NoteRow,
    text: str,
    regions: Iterable[tuple[str, int, int]],
    sections: Sequence[SectionRow],
    near: int,
    month_share: float,
) -> list[SectionUnits]:
    """The sections of a note, cut into lines. near: days around a dated line that belong to it."""
    blank = _blanked(text, regions)
    lines = Lines.of(text)
    whole = _windows_of_period(row.title, row.year, month_share, _MONTHS_OF_A_TITLE)
    found = []
    for section in sections:
        windows = list(whole)
        for heading in section.headings:
            windows += _windows_of_period(heading, row.year, month_share, 6)
        units = []
        first = section.start if section.level else section.body
        for start, end in _lines(text, first, section.end):
            shown = blank[start : min(end, start + _LINE_LIMIT)]
            words = words_of_line(shown)
            if text[start:end].strip():
                units.append(
                    Unit(
                        lines.line(start),
                        start,
                        end,
                        shown,
                        words,
                        pairs_of_line(shown),
                        frozenset(filter(None, map(reduced, raw_words(fold(shown).text)))),
                        (*_windows_of_line(shown, row.year, near, month_share), *windows),
                    )
                )
        found.append(SectionUnits(section.ordinal, section.headings, section.line, tuple(units)))
    return found


def words_of_line(text: str) -> dict[str, float]:
    """The words of a line, each with how surely it is meant.

    A Hangul word counts with and without its particle, joined to the next one (`가상 돔`), and as
    the beginning of a compound.
    """
    found: dict[str, float] = {}
    raw = raw_words(fold(text).text)
    for index, word in enumerate(raw):
        if word.isascii():
            short = reduced(word)
            if short:
                found[short] = 1.0
            continue
        for form in (word, *stems(word)):
            if len(form) >= _FEWEST:
                found[form] = 1.0
        if index + 1 < len(raw) and not raw[index + 1].isascii():
            after = raw[index + 1]
            for form in (after, *stems(after)):
                found.setdefault(word + form, 1.0)
        for cut in range(_COMPOUND, len(word)):
            found.setdefault(word[:cut], COMPOUND_SHARE)
    return found


def pairs_of_line(text: str) -> frozenset[tuple[str, str]]:
    """The reduced words that follow one another in a line."""
    words = [reduced(word) for word in raw_words(fold(text).text)]
    return frozenset((one, other) for one, other in pairwise(words) if one and other)


def _blanked(text: str, regions: Iterable[tuple[str, int, int]]) -> str:
    """`text` with what is no words blanked; a code span of one line is words (`Redis`)."""
    pieces: list[str] = []
    at = 0
    for kind, start, end in sorted(regions, key=lambda region: region[1]):
        if start < at:
            start = at
        if start >= end:
            continue
        if kind == "code" and text[start] == "`" and "\n" not in text[start:end]:
            continue
        pieces.append(text[at:start])
        pieces.append(" " * (end - start))
        at = end
    pieces.append(text[at:])
    return "".join(pieces)


def _lines(text: str, start: int, end: int) -> Iterable[tuple[int, int]]:
    at = start
    for match in _LINE_END.finditer(text, start, end):
        if match.start() > at:
            yield at, match.start()
        at = match.end()
    if end > at:
        yield at, end


def _windows_of_line(text: str, year: int | None, near: int, month_share: float) -> list[Window]:
    found = []
    for mention in dates_in(text):
        in_year = mention.year if mention.year is not None else year
        if in_year is None or mention.month is None:
            continue
        if mention.day is None:
            found += _months(in_year, mention.month, mention.month, month_share, text, mention.span)
            continue
        try:
            day = date(in_year, mention.month, mention.day)
        except ValueError:
            continue
        first = date.fromordinal(max(1, day.toordinal() - near))
        last = date.fromordinal(min(date.max.toordinal(), day.toordinal() + near))
        found.append(Window(first, last, 1.0, mention.span.of(text).strip()))
    return found


def _windows_of_period(text: str, year: int | None, share: float, most_months: int) -> list[Window]:
    found = []
    for mention in periods_in(text):
        months = mention.months()
        in_year = mention.year if mention.year is not None else year
        if months is None or in_year is None or months[1] - months[0] >= most_months:
            continue
        found += _months(in_year, months[0], months[1], share, text, mention.span)
    return found


def _months(
    year: int, first: int, last: int, share: float, text: str, span: slice | tuple[int, int]
) -> list[Window]:
    if last < first:
        return []
    start, end = span  # type: ignore[misc]
    after = date(year + (last == 12), last % 12 + 1, 1)
    last_day = date.fromordinal(after.toordinal() - 1)
    return [Window(date(year, first, 1), last_day, share, text[start:end].strip())]


def unit_at(units: Sequence[Unit], offset: int) -> Unit | None:
    """The line that holds `offset`."""
    index = bisect_right([unit.start for unit in units], offset) - 1
    if index < 0 or offset > units[index].end:
        return None
    return units[index]
