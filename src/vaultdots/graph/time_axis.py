"""Time as the map's x: even columns of years, the same for the map, the bar and the goals.

A note with a day stands at its day, one with a year anywhere in its column, a yearly review in the
middle of it. Long stretches without a note are one narrow gap, a stray date far away is no column.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from vaultdots.graph.model import GraphData, GraphNode
from vaultdots.text.tuples import NamedTuple

MOST_COLUMNS = 40
"""Columns that a screen can show: older years stand in the first of them."""
LONG_GAP = 3
"""Years without a note from which a gap is one column, whatever its length."""
FEW = 3
"""Notes below which a year that stands apart from the others is a stray date."""
DAYS = 0.84
"""Share of a column that its days fill: the rest is air between two years."""
LOYAL = 1.6
"""How much wider or narrower columns may be than a map's size asks for, where the map before had
them so: other columns move every dot, and nobody sees that they fit better."""
INSIDE = 0.46
"""How far from the middle of its column, in columns, a note of a year may stand."""

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True, slots=True)
class TimeAxis:
    """Columns from left to right. years: None is a gap; x0: middle of the first; step: width;
    anchor: the year that stands at 0, None where there are no columns."""

    years: tuple[int | None, ...]
    x0: float
    step: float
    anchor: int | None = None

    def column(self, year: int) -> int:
        """The column of a year; of one that has none, the nearest before it (or the first)."""
        known = _column_of(self.years)
        if year not in known:
            year = max((one for one in known if one < year), default=min(known))
        return known[year]

    def x(self, year: int, part: float = 0.5) -> float:
        """Where a moment of a year stands; part: 0 its first day, 1 its last."""
        return self.x0 + (self.column(year) + (part - 0.5) * DAYS) * self.step

    def band(self, node: GraphNode) -> tuple[float, float] | None:
        """From where to where on x a node may stand; None where nothing dates it."""
        if len(self.years) < 2 or node.year is None:
            return None
        part = part_of_year(node)
        if part is not None:
            x = self.x(node.year, part)
            return x, x
        middle = self.x(node.year)
        if node.kind == "review":
            return middle, middle
        return middle - INSIDE * self.step, middle + INSIDE * self.step

    @property
    def kept(self) -> Columns:
        """What the next map has to know to keep these columns."""
        return Columns(self.step, self.anchor)

    @property
    def low(self) -> float:
        """The left edge of the first column."""
        return self.x0 - self.step / 2

    @property
    def high(self) -> float:
        """The right edge of the last column."""
        return self.x0 + (len(self.years) - 0.5) * self.step


@lru_cache(maxsize=8)
def _column_of(years: tuple[int | None, ...]) -> dict[int, int]:
    return {year: k for k, year in enumerate(years) if year is not None}


def part_of_year(node: GraphNode) -> float | None:
    """How far into its year a note stands, 0 to 1; None for a year as a whole or another year's."""
    return _part_of(node.date, node.year) if node.date and node.year is not None else None


@lru_cache(maxsize=4096)
def _part_of(written: str, year: int) -> float | None:
    """The notes of a vault share their days, and each is asked for twice."""
    found = _ISO.match(written)
    if found is None or year != int(found[1]) or found[2] is None:
        return None
    try:
        day = date(int(found[1]), int(found[2]), int(found[3] or 15))
    except ValueError:
        return None
    return (day.timetuple().tm_yday - 1) / 365


class Columns(NamedTuple):
    """The columns of the map before. step: their width; first: the year that stood at 0; fixed:
    whether they are to be kept whatever the size, as for a part of that map."""

    step: float
    first: int | None
    fixed: bool = False


def time_axis(data: GraphData, *, width: float, before: Columns | None = None) -> TimeAxis:
    """The columns of a graph's years; none where fewer than two years are known.

    width: of the map in its units, at least. before: the columns that this map should keep where
    it can, so that a new note or year moves none of the others. The first column stands at 0, else
    that of `before`.
    """
    years = Counter(n.year for n in data.nodes if n.year is not None and n.kind != "section")
    reviews = {n.year for n in data.nodes if n.kind == "review" and n.year is not None}
    known = _without_strays(sorted(years), years, reviews)
    if len(known) < 2:
        return TimeAxis((), 0.0, _loyal(width, before))
    columns: list[int | None] = [known[0]]
    for year in known[1:]:
        last = columns[-1]
        assert last is not None
        if year - last > LONG_GAP + 1:
            columns.append(None)
        else:
            columns += range(last + 1, year)
        columns.append(year)
    columns = columns[-MOST_COLUMNS:]
    if columns[0] is None:
        columns = columns[1:]
    step = _loyal(_round_up(width / len(columns)), before)
    assert columns[0] is not None
    anchor = before.first if before is not None and before.first is not None else columns[0]
    if anchor not in columns and abs(anchor - columns[0]) > MOST_COLUMNS:
        anchor = columns[0]
    at = columns.index(anchor) if anchor in columns else anchor - columns[0]
    return TimeAxis(tuple(columns), round(-at * step, 1) + 0.0, step, anchor)


def _loyal(step: float, before: Columns | None) -> float:
    if before is not None and before.fixed:
        return before.step
    if before is not None and before.step / LOYAL <= step <= before.step * LOYAL:
        return before.step
    return step


def _round_up(step: float) -> float:
    """The next of a few widths, each a quarter wider: a new note seldom changes the columns."""
    return round(240 * 1.25 ** max(0, math.ceil(math.log(max(step, 1) / 240, 1.25))), 1)


def _without_strays(years: list[int], notes: Counter[int], reviews: set[int]) -> list[int]:
    """Years without the few at either end that stand far from all others: a typo, no history."""

    def is_stray(year: int, neighbour: int) -> bool:
        return abs(year - neighbour) > 5 and notes[year] < FEW and year not in reviews

    while len(years) > 1 and is_stray(years[0], years[1]):
        years = years[1:]
    while len(years) > 1 and is_stray(years[-1], years[-2]):
        years = years[:-1]
    return years
