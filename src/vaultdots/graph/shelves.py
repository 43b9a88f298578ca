"""Notes without a link stand under their year's column, close together, as on a shelf."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from vaultdots.graph.model import GraphData, GraphNode
from vaultdots.graph.time_axis import TimeAxis

PITCH = 30.0
"""Distance of two notes on a shelf, in map units: a dot without a link is 10 wide."""
DROP = 80.0
"""Between the map and its shelves."""
FILL = 0.8
"""Share of a column's width that its shelf takes."""

Floats = NDArray[np.float64]


def pack(
    data: GraphData,
    axis: TimeAxis,
    rows: Sequence[int],
    place: Floats,
    settled: Floats,
    known: Floats,
) -> None:
    """Write places for `rows` into `place`; what stood on a shelf before (`known`) stays there.

    settled: the places of everything else. Undated notes stand under all columns, in the middle.
    """
    top = float(settled[:, 1].max()) + DROP if len(settled) else 0.0
    columns: dict[int | None, list[int]] = {}
    for row in sorted(rows, key=lambda i: _order(data.nodes[i])):
        year = data.nodes[row].year
        columns.setdefault(
            None if year is None or not axis.years else axis.column(year), []
        ).append(row)
    low = top
    for column, shelf in sorted((c, s) for c, s in columns.items() if c is not None):
        middle = axis.x0 + column * axis.step
        wide = max(1, int(axis.step * FILL / PITCH))
        low = max(low, _fill(shelf, middle, top, min(wide, len(shelf)), place, known))
    undated = columns.get(None)
    if undated:
        middle = (axis.low + axis.high) / 2 if axis.years else 0.0
        span = axis.high - axis.low if axis.years else _width(settled)
        wide = max(int(span * FILL / PITCH), math.ceil(math.sqrt(1.8 * len(undated))))
        start = low + DROP if len(columns) > 1 else top
        _fill(undated, middle, start, min(wide, len(undated)), place, known)


def _fill(
    shelf: Sequence[int], middle: float, top: float, wide: int, place: Floats, known: Floats
) -> float:
    """Rows of `wide` notes from `top` downwards; returns the lowest y."""
    left = middle - (wide - 1) * PITCH / 2
    taken = set()
    for row in shelf:
        if not np.isnan(known[row, 0]):
            place[row] = known[row]
            slot = (round((known[row, 0] - left) / PITCH), round((known[row, 1] - top) / PITCH))
            taken.add(slot)
    slot_number = 0
    for row in shelf:
        if np.isnan(known[row, 0]):
            while (slot_number % wide, slot_number // wide) in taken:
                slot_number += 1
            place[row] = (left + slot_number % wide * PITCH, top + slot_number // wide * PITCH)
            slot_number += 1
    return float(place[list(shelf), 1].max())


def _width(settled: Floats) -> float:
    return float(np.ptp(settled[:, 0])) if len(settled) else 0.0


def _order(node: GraphNode) -> tuple[int, str, str]:
    return (node.year if node.year is not None else 9999, node.kind, node.id)
