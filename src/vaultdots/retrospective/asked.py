"""A goal as it is looked for in later reviews, and what a line there may be called."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from vaultdots.retrospective.answer_signs import bare_of
from vaultdots.retrospective.document import ReviewDocument, Unit
from vaultdots.retrospective.matching import terms
from vaultdots.retrospective.modals import is_done
from vaultdots.retrospective.model import Goal, OwnWords
from vaultdots.retrospective.sections import kind_of_heading, points_ahead
from vaultdots.retrospective.verdicts import name_part
from vaultdots.retrospective.words import section_words

SEEN = 600
"""Characters of a unit that are compared."""
_DIGITS = re.compile(r"\d+")
_SHORT = 120
"""Characters of a line that may be a name as a whole."""


class Asked(NamedTuple):
    """A goal as it is looked for."""

    goal: Goal
    words: Sequence[str]
    grams: frozenset[str]
    bare: str
    heading: str
    heading_grams: frozenset[str]
    told: frozenset[str]
    """Runs of letters of all that stands beside it where it was made."""
    done: bool
    """Whether that tells of something done, too."""


def asked(goal: Goal, heading: str, own: OwnWords | None = None, told: str = "") -> Asked:
    """A goal with its words and letters. heading: the one that it stands under; told: the whole
    line or paragraph that makes it."""
    bare, head = bare_of(goal.text), bare_of(heading)
    grams = grams_of(bare)
    said = grams | grams_of(bare_of(told)) if told else grams
    return Asked(
        goal, terms(goal.text, own), grams, bare, head, grams_of(head), said, is_done(told)
    )


def grams_of(bare: str) -> frozenset[str]:
    """A text's runs of three letters, of two where it is not all Latin. All numbers are one: they
    are compared as numbers."""
    bare = _DIGITS.sub("0", bare)
    size = 3 if bare.isascii() else 2
    return frozenset(bare[n : n + size] for n in range(max(1, len(bare) - size + 1)))


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
    if found is None:
        return asked(goal, "", own, told)
    kind = kind_of_heading(found.heading, section_words(document.source.own))
    aims = kind in {"goals", "try", "goal-check", "goals-someday"}
    return asked(goal, "" if aims or points_ahead(found.heading) else found.heading, own, told)


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
