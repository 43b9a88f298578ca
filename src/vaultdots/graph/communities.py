"""Communities of a graph: which notes belong together, and what a part is called."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass

from vaultdots.graph.model import GraphData

LOUVAIN_MOST = 60_000
"""Links up to which Louvain's method is asked (2 s at 29,000); past it labels are passed on."""
ROUNDS = 12
_SEED = 20
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
    homes = _homes(data)
    pairs = sorted(
        {
            (min(a, b), max(a, b))
            for edge in data.edges
            if edge.kind != "contains"
            for a, b in [(homes[edge.source], homes[edge.target])]
            if a != b
        }
    )
    degree = Counter(end for pair in pairs for end in pair)
    parts = _louvain(pairs) if len(pairs) <= LOUVAIN_MOST else _passed_labels(pairs)
    ordered = sorted(
        (sorted(part, key=lambda name: (-degree[name], name)) for part in parts if len(part) > 2),
        key=lambda part: (-len(part), part[0]),
    )
    names = _names(data, ordered)
    return [Community(name, tuple(part)) for name, part in zip(names, ordered, strict=True)]


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


def _louvain(pairs: list[tuple[str, str]]) -> list[set[str]]:
    import networkx

    graph = networkx.Graph()
    graph.add_nodes_from(sorted({end for pair in pairs for end in pair}))
    graph.add_edges_from(pairs)
    return list(networkx.community.louvain_communities(graph, seed=_SEED))


def _passed_labels(pairs: list[tuple[str, str]]) -> list[set[str]]:
    """Every note takes the label that most of its neighbours have, a few rounds long."""
    near: dict[str, list[str]] = {}
    for a, b in pairs:
        near.setdefault(a, []).append(b)
        near.setdefault(b, []).append(a)
    label = {name: name for name in near}
    for _ in range(ROUNDS):
        moved = 0
        for name in sorted(near, key=lambda one: (-len(near[one]), one)):
            counts = Counter(label[other] for other in near[name])
            best = max(counts.items(), key=lambda item: (item[1], item[0]))[0]
            moved += best != label[name]
            label[name] = best
        if not moved:
            break
    parts: dict[str, set[str]] = {}
    for name, of in label.items():
        parts.setdefault(of, set()).add(name)
    return list(parts.values())


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
