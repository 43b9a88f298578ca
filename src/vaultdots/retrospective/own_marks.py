"""What the line that makes a goal says of it: of a list kept up to date, `[x] Read 12 books`."""

from __future__ import annotations

from bisect import bisect_left
from itertools import islice

from vaultdots.retrospective.answer_signs import as_marked, sign_of
from vaultdots.retrospective.document import ReviewDocument, Unit
from vaultdots.retrospective.model import Evidence, Goal
from vaultdots.retrospective.verdicts import Said, marks
from vaultdots.text.late import late

_SEEN = 60
"""Lines of a list that are looked at."""
_PICTURE = late(r"[\u2600-\u27bf\u2b00-\u2bff\U0001f300-\U0001faff]")
_LINES = frozenset({"item", "row", "heading"})


def own_mark(goal: Goal, document: ReviewDocument) -> tuple[Said, Evidence] | None:
    """The mark on a listed goal's own line, with the line; None where it has none. A sign that all
    lines of its list bear (`✅ …`, `✅ …`) is a bullet, and so is one before a name where pictures
    that say nothing stand before others (`❌ …`, `🏃 …`, `📚 …`); a box is not."""
    if goal.strength != "listed":
        return None
    at = bisect_left(document.units, goal.line, key=lambda one: one.line)
    if at == len(document.units):
        return None
    unit = document.units[at]
    if unit.line != goal.line or unit.kind not in _LINES:
        return None
    said = _sign(unit, document)
    if said in {None, "empty"}:
        return None
    if not _is_box(unit):
        beside = _beside(at, unit, document)
        if all(_sign(other, document) == said for other in beside):
            return None
        if (unit.check or _PICTURE.match(unit.text)) and any(map(_is_adorned, beside)):
            return None
    assert said is not None
    heading = document.stretches[unit.stretch].heading
    rule = f"“{heading}”" if heading else "its own list"
    return said, Evidence(goal.path, unit.line, as_marked(unit)[:300], rule)


def _sign(unit: Unit, document: ReviewDocument) -> Said | None:
    return sign_of(unit, document.stretches[unit.stretch])


def _is_adorned(unit: Unit) -> bool:
    """Whether a picture that marks nothing stands before a line."""
    return _PICTURE.match(unit.text) is not None and unit.text[0] not in marks()


def _is_box(unit: Unit) -> bool:
    """Whether a line has a box of Markdown."""
    return unit.check is not None and unit.check.isascii() and unit.check in marks()


def _beside(at: int, unit: Unit, document: ReviewDocument) -> list[Unit]:
    """The other lines of a goal's list, or the other headings of its level."""
    units = document.units
    if unit.kind != "heading":
        there = document.groups.get((unit.stretch, unit.group), [])
        return [units[n] for n in there[:_SEEN] if n != at and units[n].parent == unit.parent]
    level = document.stretches[unit.stretch].level
    heads = islice((u for u in units if u.kind == "heading" and u is not unit), _SEEN)
    return [u for u in heads if document.stretches[u.stretch].level == level]
