"""Which lines of a review restate goals by their turn: between two that surely do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from vaultdots.retrospective.asked import Asked
from vaultdots.retrospective.document import ReviewDocument

RESTATED = 0.6
"""Share of letters from which a line restates a goal."""


def between(
    lines: Sequence[int],
    goals: Sequence[Asked],
    claims: Mapping[int, tuple[float, str]],
    sure: float,
) -> dict[int, tuple[float, str]]:
    """Line → the goal in its turn: where as many lines as goals stand between two that are surely
    restated, and at least `sure` of them are. claims: which line surely restates which goal."""
    order = {wanted.bare: n for n, wanted in enumerate(goals)}
    fixed = [(-1, -1)]
    for n, at in enumerate(lines):
        score, whose = claims.get(at, (0.0, ""))
        if score >= RESTATED and order.get(whose, -1) > fixed[-1][1]:
            fixed.append((n, order[whose]))
    found: dict[int, tuple[float, str]] = {}
    if len(fixed) - 1 < sure:
        return found
    for (a, i), (b, j) in pairwise([*fixed, (len(lines), len(goals))]):
        if b - a == j - i:
            found |= {lines[a + n]: (RESTATED, goals[i + n].bare) for n in range(1, b - a)}
    return found


def headings_of(document: ReviewDocument) -> list[list[int]]:
    """The headings of one level under one heading, in order, as numbers of units."""
    places = {s.line: (*s.headings[:-1], str(s.level)) for s in document.sections}
    found: dict[tuple[str, ...], list[int]] = {}
    for index, unit in enumerate(document.units):
        if unit.kind == "heading":
            found.setdefault(places.get(unit.line, ()), []).append(index)
    return list(found.values())
