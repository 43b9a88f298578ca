"""Parts of a graph to draw or to show: around a note, only some notes, without some, without names.

Each gives a graph whose edges stand between nodes that are there; what a kept note links to as a
placeholder or tag stays with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from fnmatch import fnmatchcase

from vaultdots.graph.model import GraphData, GraphEdge, GraphNode
from vaultdots.text.tuples import NamedTuple

HUB_LEAST = 40
"""Links from which a note in between is reached, never crossed, where it has a tenth of all."""
_FREE = ("placeholder", "tag", "property", "attachment", "concept")


class Masked(NamedTuple):
    """A graph without names. ids: node id → the id that stands for it."""

    data: GraphData
    ids: Mapping[str, str]


def around(data: GraphData, note: str, depth: int) -> GraphData:
    """The notes within `depth` links of `note`, with their sections."""
    homes = home_ids(data)
    near: dict[str, set[str]] = {}
    for edge in data.edges:
        a, b = homes[edge.source], homes[edge.target]
        if a != b:
            near.setdefault(a, set()).add(b)
            near.setdefault(b, set()).add(a)
    hub = max(HUB_LEAST, len(near) // 10)
    reached, edge_of = {note}, {note}
    for _ in range(depth):
        crossed = {one for one in edge_of if one == note or len(near.get(one, ())) <= hub}
        edge_of = {other for one in crossed for other in near.get(one, ())} - reached
        reached |= edge_of
    return _kept(data, lambda node: homes[node.id] in reached)


def only(data: GraphData, paths: Iterable[str]) -> GraphData:
    """Only these notes, and what they alone link to that is not a note."""
    wanted = set(paths)
    homes = home_ids(data)
    loose = {node.id for node in data.nodes if node.kind in _FREE}
    linked = {
        end
        for edge in data.edges
        for end, other in ((edge.source, edge.target), (edge.target, edge.source))
        if end in loose and homes[other] in wanted
    }
    return _kept(data, lambda node: homes[node.id] in wanted or node.id in linked)


def without(data: GraphData, patterns: Iterable[str]) -> GraphData:
    """Without the notes whose path is, lies under, or matches one of the patterns (`*`, `?`)."""
    unwanted = [pattern.rstrip("/") for pattern in patterns]

    def is_out(path: str) -> bool:
        return any(
            path == pattern or path.startswith(f"{pattern}/") or fnmatchcase(path, pattern)
            for pattern in unwanted
        )

    paths = {n.path for n in data.nodes if n.path is not None and not is_out(n.path)}
    return only(data, paths)


def masked(data: GraphData) -> Masked:
    """The same graph without a word of the author's: names are `●`, ids are numbers.

    Years, kinds and links stay; titles keep their length, up to twelve.
    """
    ids: dict[str, str] = {}
    homes = home_ids(data)
    for number, node in enumerate(data.nodes):
        if homes[node.id] == node.id:
            ids[node.id] = f"{node.kind}-{number}"
    for number, node in enumerate(data.nodes):
        if node.id not in ids:
            ids[node.id] = f"{ids[homes[node.id]]}#{number}"
    nodes = [
        replace(
            node,
            id=ids[node.id],
            title=_masked_title(node),
            path=None if node.path is None else ids[homes[node.id]],
            aliases=(),
            tags=(),
        )
        for node in data.nodes
    ]
    edges = [GraphEdge(ids[e.source], ids[e.target], e.kind) for e in data.edges]
    return Masked(
        GraphData(
            tuple(sorted(nodes, key=lambda node: node.id)),
            tuple(sorted(edges, key=lambda e: (e.source, e.target, e.kind))),
        ),
        ids,
    )


def masked_text(text: str) -> str:
    """`●` for every letter of a name, at most twelve."""
    return "●" * max(2, min(12, sum(not letter.isspace() for letter in text)))


def home_ids(data: GraphData) -> dict[str, str]:
    """Node id → id of the note that a section stands in, of others their own."""
    parent = {e.target: e.source for e in data.edges if e.kind == "contains"}
    homes = {}
    for node in data.nodes:
        at, steps = node.id, 0
        while at in parent and steps < 100:
            at, steps = parent[at], steps + 1
        homes[node.id] = at
    return homes


def _masked_title(node: GraphNode) -> str:
    if node.kind == "review" and node.year is not None:
        return str(node.year)
    return masked_text(node.title)


def _kept(data: GraphData, keeps: Callable[[GraphNode], bool]) -> GraphData:
    nodes = tuple(node for node in data.nodes if keeps(node))
    ids = {node.id for node in nodes}
    return GraphData(nodes, tuple(e for e in data.edges if e.source in ids and e.target in ids))
