"""What other programs get: networkx, JSON, GraphML."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from tests.page.graphs import five_years, graph
from vaultdots.graph.export import to_graphml, to_json, to_networkx
from vaultdots.graph.model import GraphData, GraphEdge, GraphNode


def test_networkx_keeps_every_dot_and_every_kind_of_link() -> None:
    data = five_years()
    g = to_networkx(data)
    assert isinstance(g, nx.MultiDiGraph)
    assert set(g.nodes) == {n.id for n in data.nodes}
    assert {(a, b, k) for a, b, k in g.edges(keys=True)} == {
        (e.source, e.target, e.kind) for e in data.edges
    }
    assert g.nodes["회고/2023 회고.md"] == {
        "kind": "review", "title": "2023년 회고", "path": "회고/2023 회고.md", "line": 1,
        "year": 2023, "aliases": "2023", "tags": "회고",
    }  # fmt: skip
    assert "year" not in g.nodes["?실패 일기"]
    assert nx.number_weakly_connected_components(g) > 1


def test_two_kinds_of_link_between_two_notes_are_two_edges() -> None:
    nodes = [GraphNode("a.md", "note", "a"), GraphNode("b.md", "note", "b")]
    data = graph(nodes, {("a.md", "b.md", "link"), ("a.md", "b.md", "embed")})
    assert sorted(to_networkx(data)["a.md"]["b.md"]) == ["embed", "link"]


def test_json_has_the_keys_of_the_contract() -> None:
    data = GraphData(
        (
            GraphNode("나.md", "study", "나", None, "나.md"),
            GraphNode("가.md", "review", "가", 2024, "가.md"),
        ),
        (GraphEdge("나.md", "가.md", "link"), GraphEdge("가.md", "나.md", "link")),
    )
    text = to_json(data)
    assert "가.md" in text
    assert json.loads(text) == {
        "nodes": [
            {"id": "가.md", "kind": "review", "title": "가", "year": 2024, "path": "가.md"},
            {"id": "나.md", "kind": "study", "title": "나", "year": None, "path": "나.md"},
        ],
        "edges": [
            {"source": "가.md", "target": "나.md", "kind": "link"},
            {"source": "나.md", "target": "가.md", "kind": "link"},
        ],
    }


def test_an_empty_vault_is_still_json_and_graphml() -> None:
    assert json.loads(to_json(GraphData((), ()))) == {"nodes": [], "edges": []}
    assert len(nx.parse_graphml(to_graphml(GraphData((), ())))) == 0


def test_graphml_opens_in_a_parser_and_holds_hangul_as_it_is() -> None:
    data = five_years()
    text = to_graphml(data)
    assert '<node id="회고/2023 회고.md">' in text
    g = nx.parse_graphml(text, force_multigraph=True)
    assert set(g.nodes) == {n.id for n in data.nodes}
    assert len(g.edges) == len(data.edges)
    assert g.nodes["회고/2023 회고.md"]["year"] == 2023
    ids = [e.get("id") for e in ElementTree.fromstring(text.encode()).iter() if e.get("id")]
    assert len(ids) == len(set(ids))


def test_names_that_xml_cannot_hold_stay_two_nodes() -> None:
    nodes = [GraphNode("a\x01.md", "note", "\x00\x0b"), GraphNode("a\x02.md", "note", "\ud800")]
    g = nx.parse_graphml(to_graphml(graph(nodes, {("a\x01.md", "a\x02.md", "link")})))
    assert sorted(g.nodes) == ["a\ufffd.md", "a\ufffd.md~2"]
    assert len(g.edges) == 1


ANY_TEXT = st.text(st.characters(codec=None), max_size=20)


@given(st.lists(ANY_TEXT, min_size=1, max_size=5, unique=True), ANY_TEXT)
def test_any_title_can_be_exported(names: list[str], title: str) -> None:
    nodes = [GraphNode(n, "note", title, None, n, 1, (title,), (title,)) for n in names]
    data = graph(nodes, {(names[0], names[-1], "link")})
    assert [n["id"] for n in json.loads(to_json(data).encode())["nodes"]] == sorted(names)
    assert len(nx.parse_graphml(to_graphml(data).encode().decode())) == len(names)
