"""A goal as it is looked for in later reviews, and what a line there may be called."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from math import fsum, log

from vaultdots.note.prose import plain
from vaultdots.retrospective.answer_signs import bare_of
from vaultdots.retrospective.document import ReviewDocument, Unit
from vaultdots.retrospective.matching import terms
from vaultdots.retrospective.modals import is_done
from vaultdots.retrospective.model import Goal, OwnWords
from vaultdots.retrospective.sections import kind_of_heading, points_ahead
from vaultdots.retrospective.verdicts import name_part
from vaultdots.retrospective.words import section_words
from vaultdots.text.late import late
from vaultdots.text.tuples import NamedTuple

SEEN = 600
"""Characters of a unit that are compared."""
_DIGITS = late(r"\d+")
_BOLD = late(r"(?:\*\*|__)([^*_\n]{6,160})(?:\*\*|__)")
_KEPT = 4_096
"""Texts of which the runs of letters are kept: each unit is asked for each goal."""
_SHORT = 120
"""Characters of a line that may be a name as a whole."""


class Asked(NamedTuple):
    """A goal as it is looked for."""

    goal: Goal
    name: str
    """What it is called: its words in bold, where a sentence has some, else all of it."""
    words: Sequence[str]
    grams: frozenset[str]
    bare: str
    heading: str
    heading_grams: frozenset[str]
    told: frozenset[str]
    """Runs of letters of all that stands beside it where it was made."""
    done: bool
    """Whether that tells of something done, too."""
    under: str = ""
    """The heading that it stands under, even where that only announces goals."""


def asked(
    goal: Goal, heading: str, own: OwnWords | None = None, told: str = "", name: str = ""
) -> Asked:
    """A goal with its words and letters. heading: the one that it stands under; told: the whole
    line or paragraph that makes it; name: what it is called there."""
    name = name or goal.text
    bare, head = bare_of(name), bare_of(heading)
    grams = grams_of(bare)
    said = grams | grams_of(bare_of(told)) if told else grams
    return Asked(
        goal, name, terms(goal.text, own), grams, bare, head, grams_of(head), said, is_done(told)
    )


@lru_cache(_KEPT)
def grams_of(bare: str) -> frozenset[str]:
    """A text's runs of three letters, of two where it is not all Latin. All numbers are one: they
    are compared as numbers."""
    bare = _DIGITS.sub("0", bare)
    size = 3 if bare.isascii() else 2
    return frozenset(bare[n : n + size] for n in range(max(1, len(bare) - size + 1)))


class Rarity:
    """How rare the runs of letters of a review are."""

    def __init__(self, units: Sequence[frozenset[str]]) -> None:
        self._units = len(units)
        self._counts = Counter(gram for grams in units for gram in grams)
        self._weights: dict[str, float] = {}

    def _weight(self, gram: str) -> float:
        weight = self._weights.get(gram)
        if weight is None:
            weight = log((self._units + 1) / (self._counts.get(gram, 0) + 0.5)) + 0.1
            self._weights[gram] = weight
        return weight

    def covers(self, wanted: frozenset[str], there: frozenset[str]) -> float:
        """0-1: how much of what is wanted is there, the rarer counting more."""
        total = fsum(map(self._weight, wanted)) or 1.0
        return fsum(map(self._weight, wanted & there)) / total


def asked_in(goal: Goal, document: ReviewDocument | None, own: OwnWords | None = None) -> Asked:
    """A goal as it is looked for. document: of the note that makes it; what its heading names is
    not this goal where that only announces goals."""
    if document is None:
        return asked(goal, "", own)
    found = None
    for stretch in document.stretches:
        if stretch.line > goal.line:
            break
        found = stretch if stretch.heading else found
    at = bisect_right(document.units, goal.line, key=lambda unit: unit.line)
    told = document.units[at - 1].text if at else ""
    name = _in_bold(document.units[at - 1].raw, goal.text) if at else ""
    if found is None:
        return asked(goal, "", own, told, name)
    kind = kind_of_heading(found.heading, section_words(document.source.own))
    aims = kind in {"goals", "try", "goal-check", "goals-someday"}
    heading = "" if aims or points_ahead(found.heading) else found.heading
    return asked(goal, heading, own, told, name)._replace(under=bare_of(found.heading))


def _in_bold(raw: str, goal: str) -> str:
    """The one run of bold words inside a goal's sentence: `My aim is to **clear the attic**.`"""
    runs = [plain(run) for run in _BOLD.findall(raw)]
    inside = len(runs) == 1 and goal.find(runs[0]) > 0 and len(terms(runs[0])) > 1
    return runs[0] if inside else ""


def names_of(unit: Unit) -> list[str]:
    """What a unit may be called: its bold beginning, a cell, what stands before a colon or a mark,
    a short line as a whole."""
    if unit.kind == "row":
        worded = [cell for cell in unit.cells if sum(c.isalpha() for c in cell) > 1]
        return worded[:3] or [unit.text]
    text = unit.text[:SEEN]
    if unit.kind == "paragraph" and len(unit.sentences) > 1:
        text = unit.sentences[0].text[:SEEN]
    names = [name_part(text), re.split(r"[(（]", text, maxsplit=1)[0]]
    if len(text) <= _SHORT:
        names.append(text)
    return [*names, unit.lead] if unit.lead else names
