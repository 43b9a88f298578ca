"""The sections of a review as dots: what each is about, and which part of the year."""

from __future__ import annotations

from vaultdots.retrospective.model import OwnWords, ReviewSection, ReviewSource, SectionKind
from vaultdots.retrospective.words import SectionWord, section_words
from vaultdots.text.dates import dates_in
from vaultdots.text.periods import periods_in

_HEADING_LIMIT = 160
"""Characters of a heading that are looked at; the longest real one seen has 96."""
_PASSED_ON = {"book", "goals", "goal-check", "goals-how", "goals-someday", "travel", "talk",
              "keep", "problem", "try", "liked", "learned", "lacked", "longed", "health", "people",
              "project", "study", "work", "achievement", "failure"}  # fmt: skip
"""Kinds that a section hands to the sections under it where their own headings say nothing."""


def kind_of_heading(heading: str, words: tuple[SectionWord, ...]) -> SectionKind:
    """What a heading says that its section is about; `other` where it says nothing."""
    short = heading[:_HEADING_LIMIT]
    return next((word.kind for word in words if word.pattern.search(short)), "other")


def sections_of(source: ReviewSource, own: OwnWords | None = None) -> tuple[ReviewSection, ...]:
    """The sections of a review in order, the title's own heading and empty leads left out."""
    words = section_words(own or OwnWords())
    found: list[ReviewSection] = []
    above: list[tuple[int, SectionKind]] = []  # (level, kind) of the headings around
    for section in source.note.sections:
        if section.level == 0:
            continue
        while above and above[-1][0] >= section.level:
            above.pop()
        if section.heading == source.note.title and section.level <= 2 and not found:
            continue
        kind = kind_of_heading(section.heading, words)
        own_kind = kind != "other"
        if not own_kind and above and above[-1][1] in _PASSED_ON:
            kind = above[-1][1]
        kind = _checked(kind, section.heading, source)
        above.append((section.level, kind))
        year, months = when(section.heading)
        found.append(
            ReviewSection(
                section.ordinal, section.heading, section.headings, section.level, section.line,
                section.span, section.body, kind, own_kind, year, months,
            )
        )  # fmt: skip
    return tuple(found)


def when(heading: str) -> tuple[int | None, tuple[int, int] | None]:
    """The year and the months that a heading names: `2월 ~ 4월` → (None, (2, 4))."""
    short = heading[:_HEADING_LIMIT]
    for mention in periods_in(short):
        if mention.stretch == "day":
            for date in dates_in(short):
                if date.month is not None:
                    return date.year, (date.month, date.month)
            continue
        months = None if mention.stretch == "year" else mention.months()
        return mention.year, months
    return None, None


def _checked(kind: SectionKind, heading: str, source: ReviewSource) -> SectionKind:
    """`2023년 목표` in the review of 2023 is a look back on goals, not a list of new ones."""
    if kind != "goals" or source.note.period != "year" or source.note.year is None:
        return kind
    year, _ = when(heading)
    return "goal-check" if year is not None and year <= source.note.year else kind
