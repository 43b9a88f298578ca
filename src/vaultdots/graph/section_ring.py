"""Sections of a review stand in a ring around it, each on the side of the notes it links to."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from vaultdots.graph.model import GraphData

INNER = 30.0
"""Radius of the innermost ring, in map units: clear of the review's own dot (18) and its mark."""
STEP = 24.0
"""Distance between two sections on a ring, and between two rings: a section is 10 wide."""


def ring_radius(sections: int) -> float:
    """Radius of the ground a note with that many sections covers; 0 without sections."""
    return INNER + (len(_rings(sections)) - 1) * STEP + STEP / 2 if sections > 0 else 0.0


def _rings(sections: int) -> list[int]:
    """How many sections stand on each ring, from the inside."""
    rings: list[int] = []
    while sections > 0:
        fits = int(math.tau * (INNER + len(rings) * STEP) / STEP)
        rings.append(min(fits, sections))
        sections -= rings[-1]
    return rings


def place_sections(data: GraphData, owner: NDArray[np.int64], place: NDArray[np.float64]) -> None:
    """Write the places of all sections into `place` (a row a node), around those of their notes.

    owner: the row of the note that a section belongs to, of other nodes their own row.
    """
    children: dict[int, list[int]] = {}
    for row, head in enumerate(owner.tolist()):
        if row != head:
            children.setdefault(head, []).append(row)
    aim = _aims(data, owner, place)
    for head, sections in children.items():
        sections.sort(key=lambda row: (data.nodes[row].line, row))
        # Those without a link keep the order of the text, from the top clockwise.
        wanted = {
            row: math.atan2(aim[row, 1], aim[row, 0]) % math.tau
            if aim[row].any()
            else (math.tau * k / len(sections) - math.pi / 2) % math.tau
            for k, row in enumerate(sections)
        }
        turned = sorted(sections, key=lambda row: (wanted[row], row))
        slots = sorted(
            (math.tau * (k + ring % 2 / 2) / room, INNER + ring * STEP)
            for ring, room in enumerate(_rings(len(sections)))
            for k in range(room)
        )
        shift = _mean_angle(
            [wanted[row] - angle for row, (angle, _) in zip(turned, slots, strict=True)]
        )
        for row, (angle, reach) in zip(turned, slots, strict=True):
            to = angle + shift
            place[row] = place[head] + reach * np.array([math.cos(to), math.sin(to)])


def _aims(
    data: GraphData, owner: NDArray[np.int64], place: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Of each section the sum of the directions in which it is linked."""
    rows = {node.id: row for row, node in enumerate(data.nodes)}
    aim = np.zeros_like(place)
    heads = owner.tolist()
    for edge in data.edges:
        a, b = rows[edge.source], rows[edge.target]
        if heads[a] == a and heads[b] == b:
            continue
        for here, there in ((a, b), (b, a)):
            head, other = owner[here], owner[there]
            if here != head and head != other:
                way = place[other] - place[head]
                aim[here] += way / max(float(np.hypot(*way)), 1e-9)
    return aim


def _mean_angle(angles: list[float]) -> float:
    return math.atan2(sum(map(math.sin, angles)), sum(map(math.cos, angles)))
