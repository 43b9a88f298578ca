"""Lines as they are compared with notes: words reduced, the rest blanked, days read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from vaultdots.graph.note_profiles import raw_words, reduced, words_in
from vaultdots.store.answers import NoteRow, SectionRow
from vaultdots.text.dates import dates_in
from vaultdots.text.folding import fold
from vaultdots.text.hangul import stems
from vaultdots.text.late import late
from vaultdots.text.periods import periods_in
from vaultdots.text.spans import Lines

_LINE_END = late(r"\r\n?|\n")
_FEWEST = 2
_COMPOUND = 3
"""Syllables from which a word may be the beginning of a longer one: 객체지향 of 객체지향스럽게."""
COMPOUND_SHARE = 0.8
"""… and what it then counts."""
_LATIN = late(r"[A-Za-z\u00c0-\u024f][A-Za-z0-9\u00c0-\u024f+#]+")
_OTHER_SCRIPT = late("[가-힣\u3040-\u30ff\u4e00-\u9fff]")
_OPENS = late(r"(?:^|[.!?:…]|^\s*(?:[-*+]|\d+[.)]))[\s\"'“‘(\[*_`]*$")
"""What stands before the first word of a sentence."""
_TITLE_CASE = 0.6
_SET_OFF = late(
    r"\[([^\[\]\n]{2,80})\][(\[]|\*\*([^*\n]{2,80})\*\*|`([^`\n]{2,80})`"
    r"|[「『《〈“]([^「『《〈“」』》〉”\n]{2,80})[」』》〉”]"
)
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

    pairs: reduced words that follow one another; plain: the reduced words alone; proper: those of
    them that are written like a name; marked: those that the writer set off; linked: those that
    stand in links into the vault alone. text: as it is
    compared, what is no words blanked. start, end: code points of the note's text.
    """

    line: int
    start: int
    end: int
    text: str
    words: Mapping[str, float]
    pairs: frozenset[tuple[str, str]]
    plain: frozenset[str]
    proper: frozenset[str]
    marked: frozenset[str]
    linked: frozenset[str]
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
    links: Iterable[tuple[int, int]],
    near: int,
    month_share: float,
) -> list[SectionUnits]:
    """The sections of a note, cut into lines. near: days around a dated line that belong to it."""
    blank = _blanked(text, regions)
    bare = _blanked(blank, (("linked", start, end) for start, end in links))
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
            plain = frozenset(words_in(fold(shown).text))
            unlinked = bare[start : start + len(shown)]
            outside = plain if unlinked == shown else words_in(fold(unlinked).text)
            if text[start:end].strip():
                units.append(
                    Unit(
                        lines.line(start),
                        start,
                        end,
                        shown,
                        words,
                        pairs_of_line(shown),
                        plain,
                        proper_words(shown),
                        marked_words(text[start : min(end, start + _LINE_LIMIT)]),
                        plain.difference(outside),
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
    return frozenset(pairwise(words_in(fold(text).text)))


def proper_words(text: str) -> frozenset[str]:
    """The reduced words of a line that are written like names.

    Latin ones in a line of another script (`올해 Triton을`), and in a Latin line what has a capital
    where no sentence begins (`moved to Remix`), unless most words have one (a heading's case).
    """
    found = []
    latin = list(_LATIN.finditer(text))
    if not latin:
        return frozenset()
    if _OTHER_SCRIPT.search(text):
        return frozenset(words_in(fold(" ".join(match[0] for match in latin)).text))
    capitals = sum(match[0][0].isupper() for match in latin)
    titled = capitals > _TITLE_CASE * len(latin)
    for match in latin:
        word = match[0]
        inner = any(char.isupper() or char.isdigit() for char in word[1:])
        opens = titled or _OPENS.search(text[: match.start()]) is not None
        if inner or (word[0].isupper() and not opens):
            found.append(word)
    return frozenset(words_in(fold(" ".join(found)).text))


def marked_words(text: str) -> frozenset[str]:
    """The reduced words of a line that its writer set off: bold, code, quoted, words of a link."""
    found = (next(filter(None, match.groups())) for match in _SET_OFF.finditer(text))
    return frozenset(words_in(fold(" ".join(found)).text))


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
