"""The graph for other programs: networkx, JSON, GraphML."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from vaultdots.graph.model import GraphData

if TYPE_CHECKING:
    import networkx as nx

LONE = re.compile("[\ud800-\udfff]")
"""Half of a surrogate pair, left by a file name that is not text: no encoding can write it."""
MARK = '<!-- name="generator" content="vaultdots" -->'
"""By which a later run knows the file as its own, and writes over no other program's."""
XML_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 (section 2.2, Char) allows in no form, not even as a character reference."""


def to_networkx(data: GraphData) -> nx.MultiDiGraph:
    """The graph as a networkx MultiDiGraph, ready for centrality, communities and the like.

    Node: its id (str), with attributes

        kind   str   review, study, project, book, daily, index, note, section, placeholder, …
        title  str
        path   str   the file, vault-relative; "" for placeholders, tags and concepts
        line   int   1-based; of a section its heading
        year   int   only on nodes that have one, so that GraphML needs no null
        aliases, tags  str   joined with "\\n": GraphML knows no lists; only where there are any

    Edge: source → target, one of each kind between two nodes, its key and the attribute

        kind   str   link, embed, contains, next, tag, property, goal, mention, similar, concept

    `nx.Graph(g)` gives the simple undirected graph most algorithms ask for.
    """
    return _networkx(data, str)


def _networkx(data: GraphData, clean: Callable[[str], str]) -> nx.MultiDiGraph:
    import networkx as nx

    graph = nx.MultiDiGraph()
    names = _distinct([clean(node.id) for node in data.nodes])
    of = {node.id: name for node, name in zip(data.nodes, names, strict=True)}
    for node in data.nodes:
        attributes: dict[str, str | int] = {
            "kind": node.kind,
            "title": clean(node.title),
            "path": clean(node.path or ""),
            "line": node.line,
        }
        if node.year is not None:
            attributes["year"] = node.year
        if node.aliases:
            attributes["aliases"] = clean("\n".join(node.aliases))
        if node.tags:
            attributes["tags"] = clean("\n".join(node.tags))
        graph.add_node(of[node.id], **attributes)
    for edge in data.edges:
        graph.add_edge(of[edge.source], of[edge.target], key=edge.kind, kind=edge.kind)
    return graph


def _distinct(names: list[str]) -> list[str]:
    """Two ids that cleaning made the same stay two nodes."""
    seen: set[str] = set()
    result = []
    for name in names:
        fresh, n = name, 2
        while fresh in seen:
            fresh, n = f"{name}~{n}", n + 1
        seen.add(fresh)
        result.append(fresh)
    return result


def to_json(data: GraphData) -> str:
    """The graph as JSON, `{"nodes": […], "edges": […]}` with the keys of the command contract.

    Sorted, one record a line, Hangul as it is: a diff of two exports reads like the change itself.
    """
    nodes = [
        {"id": n.id, "kind": n.kind, "title": n.title, "year": n.year, "path": n.path}
        for n in sorted(data.nodes, key=lambda n: n.id)
    ]
    edges = [
        {"source": source, "target": target, "kind": kind}
        for source, target, kind in sorted((e.source, e.target, e.kind) for e in data.edges)
    ]
    parts = [
        f'"{name}": [\n{_lines(rows)}\n]' for name, rows in (("nodes", nodes), ("edges", edges))
    ]
    return "{" + ",\n".join(parts) + "}\n"


def _lines(rows: list[dict[str, str | int | None]] | list[dict[str, str]]) -> str:
    return ",\n".join(_json_text(row) for row in rows)


def _json_text(row: object) -> str:
    text = json.dumps(row, ensure_ascii=False)
    return LONE.sub(lambda m: f"\\u{ord(m[0]):04x}", text)


def to_graphml(data: GraphData) -> str:
    """The graph as GraphML (Gephi, yEd, igraph read it), UTF-8; attributes as `to_networkx` has.

    Characters that XML cannot hold become U+FFFD. GraphML wants the ids of edges to be unique, so
    edges are numbered.
    """
    import networkx as nx

    graph = _networkx(data, lambda text: XML_ILLEGAL.sub("\ufffd", text))
    plain = nx.MultiDiGraph()
    plain.add_nodes_from(graph.nodes(data=True))
    for number, (source, target, kind) in enumerate(sorted(graph.edges(data="kind"))):
        plain.add_edge(source, target, key=f"e{number}", kind=kind)
    # The writer's own text would be ASCII with a reference a syllable; the element is Unicode.
    writer = nx.readwrite.graphml.GraphMLWriter(graph=plain, encoding="utf-8", prettyprint=True)
    writer.indent(writer.xml)
    text = ElementTree.tostring(writer.xml, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{MARK}\n{text}\n'
