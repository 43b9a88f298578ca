"""What the page is told about the graph: plain records, and the JSON that is safe inside HTML."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vaultdots.vault import GraphData

Point = tuple[float, float]
Record = dict[str, object]


LONE = re.compile("[\ud800-\udfff]")
"""Half of a surrogate pair: UTF-8 cannot write it, and `encodeURIComponent` throws on it."""

UNSAFE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
"""Characters that end or disturb a script element (`</script>`, `<!--`, `-->`, line separators)."""


def text(value: str) -> str:
    """`value` as any encoding can write it."""
    return LONE.sub("\ufffd", value)


def script_json(value: object) -> str:
    """JSON that stands inside `<script type="application/json">` whatever the notes are called."""
    encoded = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return re.sub("[<>&\u2028\u2029]", lambda m: UNSAFE[m[0]], encoded)


def node_records(graph: GraphData, positions: Mapping[str, Point]) -> list[Record]:
    """The nodes as pyvis keeps them. `id` is the row; the note's own id is `key`.

    No record has a `title`: pyvis would treat it as a tooltip, and as HTML when it holds "href".
    What is empty is left out: at ten thousand notes it would be a third of the page.
    """
    degree = Counter(end for edge in graph.edges for end in (edge.source, edge.target))
    records = []
    for row, node in enumerate(graph.nodes):
        x, y = positions.get(node.id, (0.0, 0.0))
        record: Record = {
            "id": row,
            "key": text(node.id),
            "kind": node.kind,
            "name": text(node.title),
            "year": node.year,
            "path": None if node.path is None else text(node.path),
            "line": node.line if node.line != 1 else None,
            "aliases": [text(alias) for alias in node.aliases],
            "tags": [text(tag) for tag in node.tags],
            "x": _finite(x),
            "y": _finite(y),
            "size": radius(node.kind, degree[node.id]),
        }
        records.append({k: v for k, v in record.items() if v is not None and v != []})
    return records


def edge_records(graph: GraphData) -> list[Record]:
    """The edges as pyvis keeps them, from row to row."""
    row = {node.id: i for i, node in enumerate(graph.nodes)}
    return [
        {"from": row[edge.source], "to": row[edge.target], "kind": edge.kind}
        for edge in graph.edges
        if edge.source in row and edge.target in row
    ]


def radius(kind: str, degree: int) -> float:
    """Radius of a dot in map units: reviews lead, sections are small, others grow with links."""
    if kind == "review":
        return 18.0
    if kind == "section":
        return 5.0
    return round(5 + 1.7 * math.sqrt(min(degree, 50)), 1)


def _finite(value: float) -> float:
    return round(value, 1) if math.isfinite(value) else 0.0
