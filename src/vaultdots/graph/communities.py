"""Communities of a graph: which notes belong together, and what a part is called."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from itertools import chain
from typing import TypeVar

from vaultdots.graph.model import GraphData

_N = TypeVar("_N", int, str)

MOST_LEVELS = 8
MOST_ROUNDS = 12
_MOST_NAMED = 200
_TAG_SHARE = 0.35
"""Share of a part's notes from which a tag may be its name."""


@dataclass(frozen=True, slots=True)
class Community:
    """Notes that are linked among themselves. name: their best tag, else the most linked note's
    title. members: node ids, the most linked first."""

    name: str
    members: tuple[str, ...]


def communities_of(data: GraphData) -> list[Community]:
    """The parts of at least three notes, the largest first; the same for the same graph."""
    ids = sorted(node.id for node in data.nodes)
    pairs = _pairs(data, ids)
    degree = Counter(chain.from_iterable(pairs))
    rows = sorted(
        (
            sorted(part, key=lambda row: (-degree[row], row))
            for part in parts_of(pairs)
            if len(part) > 2
        ),
        key=lambda part: (-len(part), part[0]),
    )
    ordered = [[ids[row] for row in part] for part in rows]
    names = _names(data, ordered)
    return [Community(name, tuple(part)) for name, part in zip(names, ordered, strict=True)]


def _pairs(data: GraphData, ids: list[str]) -> list[tuple[int, int]]:
    """The notes that a link joins, by their places in `ids`, where all nodes' stand; sorted."""
    place = {name: at for at, name in enumerate(ids)}
    home = {name: place[at] for name, at in _homes(data).items()}
    count = len(ids)
    found: set[int] = set()  # each pair as one number: told apart and sorted in half the time
    for source, target, kind in data.edges:
        a, b = home[source], home[target]
        if a != b and kind != "contains":
            found.add(a * count + b if a < b else b * count + a)
    return [divmod(pair, count) for pair in sorted(found)]


def _homes(data: GraphData) -> dict[str, str]:
    parent = {edge.target: edge.source for edge in data.edges if edge.kind == "contains"}
    homes = {}
    for node in data.nodes:
        at = node.id
        for _ in range(100):
            if at not in parent:
                break
            at = parent[at]
        homes[node.id] = at
    return homes


def parts_of(pairs: list[tuple[_N, _N]]) -> list[set[_N]]:
    """Nodes that are linked among themselves, of sorted pairs.

    Louvain's method (Blondel et al. 2008) in a fixed order, so that the same graph has the same
    parts, and in rounds that are counted: networkx's takes 107 s for 60,000 links, this 4.
    """
    nodes = sorted(set(chain.from_iterable(pairs)))
    number = {node: i for i, node in enumerate(nodes)}
    near: list[dict[int, int]] = [{} for _ in nodes]
    for one, other in pairs:
        a, b = number[one], number[other]
        near[a][b] = near[b][a] = 1
    inside = [0.0] * len(nodes)
    part_of = list(range(len(nodes)))
    total = 2.0 * len(pairs)
    for _ in range(MOST_LEVELS):
        label = _moved(near, inside, total)
        kept = {old: new for new, old in enumerate(sorted(set(label)))}
        label = [kept[one] for one in label]
        part_of = [label[one] for one in part_of]
        if len(kept) == len(near):
            break
        near, inside = _merged(near, inside, label, len(kept))
    parts: dict[int, set[_N]] = {}
    for node, part in zip(nodes, part_of, strict=True):
        parts.setdefault(part, set()).add(node)
    return list(parts.values())


def _moved(near: list[dict[int, int]], inside: list[float], total: float) -> list[int]:
    """Each node to the neighbour's part that gains the most modularity, until few move.

    After the first round only those are looked at of which a neighbour has moved since, as in the
    Leiden method (Traag et al. 2019): the same modularity with three fifths of the looks.
    """
    label = list(range(len(near)))
    strength = [sum(of.values()) + 2 * own for of, own in zip(near, inside, strict=True)]
    held = list(strength)
    order = sorted(range(len(near)), key=lambda i: (strength[i], i))
    stale = [True] * len(near)
    for _ in range(MOST_ROUNDS):
        moved = 0
        for i in order:
            if not stale[i]:
                continue
            stale[i] = False
            ties: dict[int, int] = {}
            for j, weight in near[i].items():
                part = label[j]
                ties[part] = ties.get(part, 0) + weight
            here, share = label[i], strength[i] / total
            held[here] -= strength[i]
            best, most = here, ties.get(here, 0) - held[here] * share
            for part, weight in ties.items():
                if weight <= most - 1e-9:
                    continue  # what the part holds takes of it, and adds nothing
                gain = weight - held[part] * share
                if gain > most + 1e-9 or (gain > most - 1e-9 and part < best and part != here):
                    best, most = part, gain
            held[best] += strength[i]
            if best != here:
                label[i] = best
                moved += 1
                for j in near[i]:
                    stale[j] = stale[j] or label[j] != best
        if moved <= len(near) // 200:
            break
    return label


def _merged(
    near: list[dict[int, int]], inside: list[float], label: list[int], count: int
) -> tuple[list[dict[int, int]], list[float]]:
    """The parts as nodes: weights between them, and within each."""
    between: list[dict[int, int]] = [{} for _ in range(count)]
    within = [0.0] * count
    for i, of in enumerate(near):
        a = label[i]
        within[a] += inside[i]
        for j, weight in of.items():
            b = label[j]
            if a == b:
                within[a] += weight / 2
            else:
                between[a][b] = between[a].get(b, 0) + weight
    return between, within


def _names(data: GraphData, parts: list[list[str]]) -> list[str]:
    """The tag that many of a part's notes have and few of the others; else its first title."""
    nodes = {node.id: node for node in data.nodes}
    everywhere = Counter(tag for node in data.nodes for tag in set(node.tags))
    names: list[str] = []
    used: set[str] = set()
    for part in parts:
        if len(names) >= _MOST_NAMED:
            names.append("")
            continue
        inside = Counter(tag for name in part for tag in set(nodes[name].tags))
        scored = [
            (count / len(part) * math.log(1 + len(data.nodes) / everywhere[tag]), tag)
            for tag, count in inside.items()
            if count / len(part) >= _TAG_SHARE and f"#{tag}" not in used
        ]
        title = next((nodes[name].title for name in part if nodes[name].kind != "review"), "")
        name = f"#{max(scored)[1]}" if scored else title or nodes[part[0]].title
        used.add(name)
        names.append(name)
    return names
