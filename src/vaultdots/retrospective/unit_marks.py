"""What the signs of one review say of its units: boxes, marks, struck lines, shares, labels."""

from __future__ import annotations

from functools import cached_property

from vaultdots.retrospective.answer_signs import by_label, mark_of, of_group, strikes_done
from vaultdots.retrospective.document import ReviewDocument, Unit
from vaultdots.retrospective.verdicts import Said, by_cheer, by_cross, is_judged

_SENTENCES = 96
"""Sentences below a heading among which its verdict is looked for."""


class UnitMarks:
    """The marks of a review's units, each looked at once."""

    def __init__(self, document: ReviewDocument) -> None:
        self.of_groups: set[int] = set()
        """Units that only the label over their group marks."""
        self._document = document
        self._said: dict[int, Said | None] = {}

    def of(self, index: int) -> Said | None:
        """What a box, a mark, a struck line, a share or a table's cell says of a unit."""
        if index not in self._said:
            self._said[index] = self._read(index)
        return self._said[index]

    def _read(self, index: int) -> Said | None:
        unit = self._document.units[index]
        stretch = self._document.stretches[unit.stretch]
        said = mark_of(unit, stretch, self._struck_done)
        if said is None and self._judges_names:
            said = by_cheer(unit.text) if unit.kind in {"heading", "item"} else by_cross(unit.text)
        if unit.kind == "heading" and said in {None, "empty"}:
            told = self._document.prose_of(stretch).sentences[:_SENTENCES]
            said = next(filter(None, (by_label(sentence.text) for sentence in told)), said)
        if said in {None, "empty"} and (grouped := of_group(unit, stretch.said)):
            said = grouped
            self.of_groups.add(index)
        return said

    @cached_property
    def _struck_done(self) -> bool:
        return strikes_done(self._document.units)

    @cached_property
    def _judges_names(self) -> bool:
        """Whether the review sets a mark before what it judges, where a cheer is one, too."""
        return any(is_judged(unit.text) for unit in self._document.units if _may_name(unit))


def _may_name(unit: Unit) -> bool:
    """Whether a unit is a name or begins with one: a heading, an item, a line in bold."""
    return unit.kind in {"heading", "item"} or bool(unit.lead) or unit.raw.startswith("**")
