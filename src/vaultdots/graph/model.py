"""The whole graph as plain records: what the views draw and export."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from vaultdots.text.tuples import NamedTuple

NodeKind = Literal[
    "review", "study", "project", "book", "daily", "index", "note",
    "section", "placeholder", "attachment", "tag", "property", "concept",
]  # fmt: skip
EdgeKind = Literal[
    "link",
    "embed",
    "contains",
    "next",
    "tag",
    "property",
    "goal",
    "mention",
    "similar",
    "concept",
]


@dataclass(frozen=True, slots=True)
class GraphNode:
    """A dot.

    id: a note's vault-relative path; a section's `path#heading#heading` (with `~2` after a repeat,
    a `#` of a heading's own as `\\#`); the path that a placeholder's links ask for in `?path`;
    a tag's `#name`; a concept's `*name`. year: None where nothing says one. date: ISO, as far as
    it is known; period: of a review, `year, half, quarter, month, week`.
    path: the file to open, None for placeholders, tags and concepts. line: 1-based, of a section.
    """

    id: str
    kind: NodeKind
    title: str
    year: int | None = None
    path: str | None = None
    line: int = 1
    aliases: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    date: str | None = None
    period: str | None = None


class GraphEdge(NamedTuple):
    """A connection from `source` to `target`, both node ids."""

    source: str
    target: str
    kind: EdgeKind


@dataclass(frozen=True, slots=True)
class GraphData:
    """Every node once, every edge between nodes that are there; sorted, so the same vault gives
    the same data."""

    nodes: tuple[GraphNode, ...]
    edges: tuple[GraphEdge, ...]
