"""What each kind of evidence for a connection is worth: the only place where it is said.

Measured by `python -m benchmarks connect` on hand-labelled sections (docs/connect.md): the table
there shows what leaving out each signal costs.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Literal

Signal = Literal["mention", "address", "title", "tag", "folder", "summary", "date", "body"]
SIGNALS: tuple[Signal, ...] = (
    "mention", "address", "title", "tag", "folder", "summary", "date", "body",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Weights:
    """How much a signal at its strongest adds to a connection; 1 is a rare name, written out."""

    mention: float = 1.0
    """The line names the title, an alias or the file."""
    address: float = 0.9
    """The line links to a page whose address ends like the note's path."""
    title: float = 0.85
    """The line has the title's words, the rare ones counting more."""
    tag: float = 0.2
    """The line has the words of a tag of the note, or the tag itself."""
    folder: float = 0.15
    """The line has the words of the note's folder."""
    summary: float = 0.45
    """The line has rare words of the note's own summary."""
    date: float = 0.2
    """The line, or its heading, speaks of the time when the note was written."""
    body: float = 0.1
    """The note speaks of the same other names as the section does."""

    def without(self, *signals: Signal) -> Weights:
        """The same with some signals switched off."""
        names = {field.name for field in fields(self)}
        assert names.issuperset(signals)
        return replace(self, **dict.fromkeys(signals, 0.0))


WEIGHTS = Weights()

SPEAKS = 0.37
"""Confidence that the best candidate of a section must reach: below it the section stays empty."""
LEAST = 0.15
"""Confidence from which further ones are shown beside it."""
FURTHER = 0.03
"""… and from which they follow sure ones, where more than usual are asked for."""
SURE_FIRST = 2
"""How many sure ones that takes. All four are what most folds choose when each author is left out
and the thresholds are chosen on the others alone (`python -m training.connect --measure`)."""
NAMED = 0.3
"""Worth of a name or a title's words from which they name the note itself, not only its group."""
SECOND_MEANING = 0.5
"""A name that means several notes counts this much for those after the likeliest."""
COMMON_NAME = 0.3
"""A name that the vault uses as an everyday word."""
SEVERAL_WORDS = 0.85
"""A name of several words is hardly ever meant otherwise."""
PLAIN_RARITY = 0.5
"""A name's worth where everybody uses it; the rest comes with how rare it is."""
TAG_NAME = 0.4
"""A tag that the note alone has is less of a name than its title."""
COVERAGE = 1.0
"""Exponent of the share of a title that a line has: 1 says half a title is worth a half."""
KNOWN_BY = 1.6
"""Rarities of words that are all that a title is known by: the two rarest of a long title."""
IN_ORDER = 1.5
"""Words that follow one another as in the title say more than the same words apart."""
ENOUGH_WORDS = 0.9
"""Rarities of words that add up to this are all that a title can show."""
NEAR_DAYS = 3
"""A note written this many days around a dated line belongs to it (recall@5 .62 → .70)."""
DATE_NEEDS = 0.12
"""A date alone connects nothing: this much of other evidence must stand beside it."""
MONTH_SHARE = 0.5
"""A note of the same month, or of the months in the heading, counts half of one of that day."""
OTHER_SCRIPT = 0.9
"""A word in the other script (도커 for docker) counts this much of one in the same."""
