"""Reviews named by their time: `2021년 회고`, `작년 회고`, `last year's review`, `2020 Q1 회고`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from vaultdots.text.late import late
from vaultdots.text.lexicon import lexicon
from vaultdots.text.periods import periods_in
from vaultdots.text.spans import Span
from vaultdots.text.tuples import NamedTuple

_LAST_YEAR = late(r"작년|지난\s?해|last year(?:['’]s)?", re.IGNORECASE)
_BETWEEN = r"(?:도|의|에 쓴|에 썼던)?\s{0,2}(?:late|늦은|연말|연간|월간|주간|분기)?\s?"


class ReviewTime(NamedTuple):
    """When a review is about. number: of the month, quarter, half or week; None for a year."""

    year: int
    stretch: str
    number: int | None = None


class NamedReview(NamedTuple):
    """A review that a text names by its time. words: as written."""

    span: Span
    words: str
    time: ReviewTime


@cache
def _review_word() -> re.Pattern[str]:
    """What must follow the time: the note room's own words for a review."""
    words = [str(e["word"]) for e in lexicon("vaultdots.note", "kinds")["review"]
             if e["strength"] == "strong"]  # fmt: skip
    return re.compile(_BETWEEN + "(?:" + "|".join(words) + ")", re.IGNORECASE)


def named_reviews(text: str, year: int | None) -> list[NamedReview]:
    """The reviews that a line names. year: of the review that the line stands in."""
    found = []
    word = _review_word()
    for mention in periods_in(text):
        in_year = mention.year if mention.year is not None else year
        after = word.match(text, mention.span.end)
        if after and in_year is not None and mention.stretch != "day":
            span = Span(mention.span.start, after.end())
            time = ReviewTime(in_year, mention.stretch, mention.number)
            found.append(NamedReview(span, span.of(text), time))
    for match in _LAST_YEAR.finditer(text):
        after = word.match(text, match.end())
        if after and year is not None:
            span = Span(match.start(), after.end())
            found.append(NamedReview(span, span.of(text), ReviewTime(year - 1, "year")))
    return found


def review_times(
    reviews: Iterable[tuple[int, int | None, str | None, str]],
) -> dict[ReviewTime, list[int]]:
    """The reviews of a vault by when they are about. reviews: (id, year, period, title)."""
    found: dict[ReviewTime, list[int]] = {}
    for note_id, year, period, title in reviews:
        if year is None:
            continue
        numbers = [p.number for p in periods_in(title) if p.stretch == period]
        number = numbers[0] if numbers else None
        if period and (number is not None or period == "year"):
            found.setdefault(ReviewTime(year, period, number), []).append(note_id)
    return found
