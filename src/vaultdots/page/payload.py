"""What the page is told: plain records for pyvis, columns for the script, and JSON that is safe
inside HTML."""

from __future__ import annotations

import base64
import gzip
import json
import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vaultdots.vault import GraphData, GraphNode

Point = tuple[float, float]
Record = dict[str, Any]

KINDS = (
    "review", "section", "project", "book", "study", "index", "daily", "note", "placeholder",
    "attachment", "tag", "property", "concept",
)  # fmt: skip
EDGE_KINDS = (
    "next", "contains", "link", "embed", "goal", "mention", "similar", "tag", "property", "concept",
)  # fmt: skip
"""In the order of `script/core/graph.js`, which the numbers in the payload count by."""

LONE = re.compile("[\ud800-\udfff]")
"""Half of a surrogate pair: UTF-8 cannot write it, and `encodeURIComponent` throws on it."""

UNSAFE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
"""Characters that end or disturb a script element (`</script>`, `<!--`, `-->`, line separators)."""


def text(value: str) -> str:
    """`value` as any encoding can write it."""
    try:
        value.encode()
    except UnicodeEncodeError:
        return LONE.sub("\ufffd", value)
    return value


def script_json(value: object) -> str:
    """JSON that stands inside `<script type="application/json">` whatever the notes are called."""
    encoded = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return re.sub("[<>&\u2028\u2029]", lambda m: UNSAFE[m[0]], encoded)


def packed_json(value: object) -> str:
    """The same as gzip (without a time) in base64: a third of the size, safe in any element.

    Level 6: the last hundredth of the size takes three times as long.
    """
    encoded = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return base64.b64encode(gzip.compress(encoded.encode(), 6, mtime=0)).decode()


def node_records(graph: GraphData, positions: Mapping[str, Point]) -> list[Record]:
    """The nodes as pyvis keeps them. `id` is the row; the note's own id is `key`.

    No record has a `title`: pyvis would treat it as a tooltip, and as HTML when it holds "href".
    """
    degree = Counter(edge.source for edge in graph.edges)
    degree.update(edge.target for edge in graph.edges)
    records = []
    for row, node in enumerate(graph.nodes):
        x, y = positions.get(node.id, (0.0, 0.0))
        records.append(
            {
                "id": row,
                "key": text(node.id),
                "kind": node.kind,
                "name": text(node.title),
                "x": _finite(x),
                "y": _finite(y),
                "size": radius(node, degree[node.id]),
            }
        )
    return records


def edge_records(graph: GraphData) -> list[Record]:
    """The edges as pyvis keeps them, from row to row."""
    row = {node.id: i for i, node in enumerate(graph.nodes)}
    return [
        {"from": row[edge.source], "to": row[edge.target], "kind": edge.kind}
        for edge in graph.edges
        if edge.source in row and edge.target in row
    ]


def columns(
    graph: GraphData, records: Sequence[Record], day: Mapping[str, float], community: Sequence[int]
) -> Record:
    """The nodes as columns, what is the same for most of them left out.

    home: the row of the note that a section stands in, of others their own; a section's key is
    what stands behind that of its note. year: 0 for none; day: 0 to 1 within the year. tags: by
    number, see `tag_names`. minor: reviews of less than a year.
    """
    homes = home_rows(graph)
    tags = {tag: number for number, tag in enumerate(tag_names(graph))}
    key = [record["key"] for record in records]
    return {
        "key": [key[i][len(key[home]) :] if home != i else key[i] for i, home in enumerate(homes)],
        "kind": [KINDS.index(record["kind"]) for record in records],
        "name": [record["name"] for record in records],
        "year": [max(0, min(node.year or 0, 9999)) for node in graph.nodes],
        "day": [round(day.get(node.id, 0), 3) for node in graph.nodes],
        "line": {i: node.line for i, node in enumerate(graph.nodes) if node.line != 1},
        "x": [record["x"] for record in records],
        "y": [record["y"] for record in records],
        "size": [record["size"] for record in records],
        "home": homes,
        "community": list(community),
        "minor": [i for i, node in enumerate(graph.nodes) if is_minor(node)],
        "aliases": {
            i: [text(alias) for alias in node.aliases]
            for i, node in enumerate(graph.nodes)
            if node.aliases
        },
        "tags": {
            i: [tags[text(tag)] for tag in node.tags]
            for i, node in enumerate(graph.nodes)
            if node.tags
        },
    }


def tag_names(graph: GraphData) -> list[str]:
    """Every tag once, in order."""
    return sorted({text(tag) for node in graph.nodes for tag in node.tags})


def flat_edges(records: Sequence[Record]) -> list[int]:
    """[from, to, kind, from, …]: a quarter of what records would take."""
    kinds = {kind: number for number, kind in enumerate(EDGE_KINDS)}
    flat: list[int] = []
    for record in records:
        flat += (record["from"], record["to"], kinds[record["kind"]])
    return flat


def home_rows(graph: GraphData) -> list[int]:
    """Of each node the row of the note that it stands in: for a section its note, else itself."""
    row = {node.id: i for i, node in enumerate(graph.nodes)}
    parent = {
        row[edge.target]: row[edge.source]
        for edge in graph.edges
        if edge.kind == "contains" and edge.source in row and edge.target in row
    }
    homes = []
    for i, node in enumerate(graph.nodes):
        at, steps = i, 0
        while node.kind == "section" and at in parent and steps < 100:
            at, steps = parent[at], steps + 1
        is_prefix = graph.nodes[i].id.startswith(graph.nodes[at].id)
        homes.append(at if is_prefix and graph.nodes[at].kind != "section" else i)
    return homes


def is_minor(node: GraphNode) -> bool:
    """Whether a review is one of less than a year: it is drawn smaller than a year's."""
    return node.kind == "review" and node.period not in (None, "year")


def radius(node: GraphNode, degree: int) -> float:
    """Radius of a dot in map units: reviews lead, sections are small, others grow with links."""
    if node.kind == "review":
        return 11.0 if is_minor(node) else 18.0
    if node.kind == "section":
        return 5.0
    return round(5 + 1.7 * math.sqrt(min(degree, 50)), 1)


def _finite(value: float) -> float:
    return round(value, 1) if math.isfinite(value) else 0.0
