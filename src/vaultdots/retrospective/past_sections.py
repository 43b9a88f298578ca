"""What stands under a heading of goals and yet looks back: it may answer for goals."""

from __future__ import annotations

from vaultdots.retrospective.asked import SEEN
from vaultdots.retrospective.document import ReviewDocument, Unit
from vaultdots.retrospective.frame import Frame, ahead_year
from vaultdots.retrospective.modals import is_past, strength_of
from vaultdots.text.periods import periods_in

_SENTENCES = 24
"""Sentences of a paragraph that are looked at."""


def of_own_year(document: ReviewDocument, frame: Frame) -> frozenset[int]:
    """The numbers of the stretches below a heading that names the review's own year, where no
    heading above them looks ahead: `## 2018`, `### Bigger goals` in the review of 2018."""
    if frame.year is None:
        return frozenset()
    chains = {section.line: section.headings for section in document.sections}
    found: set[int] = set()
    for number, stretch in enumerate(document.stretches):
        chain = chains.get(stretch.line, ())
        named = [[mention.year for mention in periods_in(name)] for name in chain[:-1]]
        ahead = any(ahead_year(name, frame) is not None for name in chain)
        if stretch.level > 1 and [frame.year] in named and not ahead:
            found.add(number)
    return frozenset(found)


def tells_of_past(unit: Unit, frame: Frame) -> bool:
    """Whether most of a paragraph tells of what was done, and nothing of a year to come."""
    if unit.kind != "paragraph" or ahead_year(unit.text[:SEEN], frame) is not None:
        return False
    said = [sentence.text for sentence in unit.sentences[:_SENTENCES]]
    return 2 * sum(is_past(text) and strength_of(text) is None for text in said) > len(said)
