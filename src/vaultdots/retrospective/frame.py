"""What a review's words for time mean: which year `올해` is, and which years are still to come."""

from __future__ import annotations

import re

from vaultdots.retrospective.model import ReviewSource
from vaultdots.retrospective.words import each_of
from vaultdots.text.late import late
from vaultdots.text.periods import periods_in
from vaultdots.text.tuples import NamedTuple

_YEARS_AHEAD = 10
"""A later year than this is a forecast, not a goal."""
_NEAR = 2
"""… and with two digits than this."""
_THIS_YEAR = late(r"올해\s?\(\s?(?P<year>(?:19|20|21)\d\d)|this year \((?P<en>(?:19|20)\d\d)")
_NOW = late(r"올해|이번\s?(?:해|한해)|今年|(?<![A-Za-z])this year(?![A-Za-z])", re.IGNORECASE)
_NUMBER = late(r"\d")


class Frame(NamedTuple):
    """What a review's words for time mean.

    year: the one that it looks back on; this_year: which one `올해` is; target: the year that a
    note of goals is for, None in a review.
    """

    year: int | None
    period: str
    this_year: int | None
    target: int | None = None

    @property
    def next(self) -> int | None:
        """The year that its goals are for, where nothing says otherwise."""
        if self.target is not None:
            return self.target
        if self.year is None:
            return None
        return self.year + 1 if self.period == "year" else self.year


def frame_of(source: ReviewSource) -> Frame:
    """The frame of a review, or of a note that only makes goals."""
    year = source.note.year
    said = _THIS_YEAR.search(source.text)
    this_year = year
    if said is not None:
        this_year = int(said["year"] or said["en"])
    elif source.note.created is not None and year is not None:
        this_year = max(year, min(int(source.note.created[:4]), year + 1))
    return Frame(year, source.note.period or "year", this_year, source.target)


def ahead_year(text: str, frame: Frame) -> int | None:
    """The later year that `text` names (`내년`, `2024년`, `올해` written in January), else None."""
    if frame.year is None:
        return None
    for mention in periods_in(text) if _NUMBER.search(text) else ():
        year = mention.year
        # `30년` may be thirty years: two digits name a year only where it is near.
        whole = str(year) in mention.span.of(text)
        if year is not None and 0 < year - frame.year <= (_YEARS_AHEAD if whole else _NEAR):
            return year
    for entry, word in each_of("goals", "ahead"):
        if word.search(text):
            return frame.year + int(entry["years"])
    if frame.this_year is not None and frame.this_year > frame.year and _NOW.search(text):
        return frame.this_year
    return None
