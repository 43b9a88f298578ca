"""The page as text: one file, nothing from the network, nothing a note says is ever markup."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
from html.parser import HTMLParser
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.page.graphs import HOSTILE, five_years, graph, hostile, page_text
from vaultdots.graph.layout import layout
from vaultdots.graph.model import GraphData, GraphNode
from vaultdots.page import network, render


class Parsed(HTMLParser):
    """What a browser would see: elements with attributes, and the text of scripts and styles."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.raw: dict[str, list[str]] = {"script": [], "style": [], "json": [], "title": []}
        self._inside: str | None = None
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        is_data = ("id", "data") in attrs
        self._inside = "json" if is_data else tag
        if self._inside in self.raw:
            self.raw[self._inside].append("")

    def handle_data(self, data: str) -> None:
        if self._inside in self.raw:
            self.raw[self._inside][-1] += data

    def handle_endtag(self, tag: str) -> None:
        self._inside = None

    @property
    def payload(self) -> Any:
        (text,) = self.raw["json"]
        return json.loads(gzip.decompress(base64.b64decode(text)))

    @property
    def policy(self) -> str:
        (content,) = [
            attributes["content"]
            for _, attributes in self.elements
            if attributes.get("http-equiv") == "Content-Security-Policy"
        ]
        assert content is not None
        return content


def page(data: GraphData, title: str = "볼트") -> str:
    return page_text(data, title)


def digest(source: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()}'"


def test_the_page_is_a_whole_document() -> None:
    source = page(five_years())
    seen = Parsed(source)
    assert source.startswith("<!doctype html>\n")
    assert ("meta", {"charset": "utf-8"}) in seen.elements
    assert any(a.get("name") == "viewport" for _, a in seen.elements)
    assert seen.raw["title"] == ["볼트"]
    assert {"header", "main", "nav", "aside", "noscript"} <= {tag for tag, _ in seen.elements}


def test_the_policy_fetches_nothing_and_runs_only_our_scripts() -> None:
    seen = Parsed(page(five_years()))
    rules = dict(rule.strip().split(" ", 1) for rule in seen.policy.split(";"))
    assert rules["default-src"] == "'none'"
    assert rules["img-src"] == "data:"
    assert rules["script-src"].split() == [digest(s) for s in seen.raw["script"]]
    assert rules["style-src"].split() == [digest(s) for s in seen.raw["style"]]
    assert "unsafe" not in seen.policy


@pytest.mark.parametrize("data", [five_years(), hostile()], ids=["five years", "hostile"])
def test_nothing_is_loaded_from_anywhere(data: GraphData) -> None:
    for tag, attributes in Parsed(page(data)).elements:
        assert "src" not in attributes, tag
        assert attributes.get("href", "data:,") in ("data:,", "#stage"), tag
        assert not [name for name in attributes if name.startswith("on")], tag
        assert "style" not in attributes, tag


def test_hostile_notes_add_no_element() -> None:
    plain = [tag for tag, _ in Parsed(page(graph([GraphNode("a", "note", "a")], set()))).elements]
    nodes = [GraphNode(name, "note", name, 2024, name, 1, (name,), (name,)) for name in HOSTILE]
    seen = Parsed(page(graph(nodes, set()), title=HOSTILE[0]))
    tags = [tag for tag, _ in seen.elements]
    assert [t for t in tags if t != "li"] == [t for t in plain if t != "li"]
    names = set(seen.payload["nodes"]["name"])
    assert names == {name.replace("\ud800", "\ufffd") for name in HOSTILE}
    assert "{{ 7*7 }}" in names


def test_the_page_says_the_same_for_the_same_vault() -> None:
    assert page(five_years()) == page(five_years())


def test_a_notebook_has_all_of_pyvis() -> None:
    """What our pages never call is loaded late, not left out."""
    net = network(five_years(), layout(five_years()))
    import networkx
    import pyvis.network

    net.from_nx(networkx.path_graph(3))
    assert len(net.edges) == len(five_years().edges) + 2
    assert pyvis.network.IFrame("map.html", 100, 100).src == "map.html"
    assert net.get_adj_list()


def test_positions_that_are_missing_or_no_numbers_do_not_break_the_page() -> None:
    data = five_years()
    source = render(data, {data.nodes[0].id: (float("nan"), float("inf"))}, title="x")
    nodes = Parsed(source).payload["nodes"]
    assert set(nodes["x"]) == set(nodes["y"]) == {0}


def test_pyvis_holds_the_graph_and_no_tooltips() -> None:
    data = five_years()
    net = network(data, layout(data))
    assert len(net.nodes) == len(data.nodes)
    assert len(net.edges) == len(data.edges)
    assert not [node for node in net.nodes if "title" in node]
    assert net.get_node(0)["key"] == data.nodes[0].id


def test_without_scripts_the_notes_are_a_list() -> None:
    source = page(five_years())
    plain = source[source.index("<noscript>") : source.index("</noscript>")]
    assert "<h2>review</h2>" in plain
    assert "2023년 회고 (2023)" in plain
    assert "<script" not in plain


@settings(deadline=None, max_examples=60)
@given(st.text(st.characters(codec=None), max_size=30), st.text(max_size=30))
def test_any_title_arrives_as_it_is(title: str, vault: str) -> None:
    data = graph([GraphNode("a.md", "note", title, None, "a.md", 1, (title,), (title,))], set())
    seen = Parsed(page(data, title=vault).encode().decode())
    nodes = seen.payload["nodes"]
    clean = re.sub("[\ud800-\udfff]", "\ufffd", title)
    assert (nodes["name"], nodes["aliases"], seen.payload["tags"]) == (
        [clean],
        {"0": [clean]},
        [clean],
    )
    assert len(seen.raw["script"]) == 1


def asset(name: str) -> str:
    return files("vaultdots.page").joinpath("assets", name).read_text(encoding="utf-8")


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2) of `#rrggbb`."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(a: str, b: str) -> float:
    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


THEMES = [
    dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6})", block))
    for block in re.findall(r"\{([^{}]*--bg:[^{}]*--r3[^{}]*)\}", asset("page.css"))
]


def test_dark_is_written_twice_and_alike() -> None:
    assert len(THEMES) == 3
    assert THEMES[1] == THEMES[2]


@pytest.mark.parametrize("theme", THEMES[:2], ids=["light", "dark"])
def test_words_and_dots_stand_out(theme: dict[str, str]) -> None:
    assert contrast(theme["ink"], theme["bg"]) >= 7
    assert contrast(theme["faint"], theme["bg"]) >= 4.5
    assert contrast(theme["faint"], theme["panel"]) >= 4.5
    for fate in ("kept", "partly", "carried", "dropped"):
        assert contrast(theme[f"f-{fate}"], theme["panel"]) >= 4.5, fate
    assert contrast(theme["ink"], theme["mark"]) >= 4.5
    kinds = ["review", "section", "project", "book", "study", "index", "daily", "note",
             "placeholder", "attachment", "tag", "property"]  # fmt: skip
    kinds += [name for name in theme if name.startswith(("f-", "g", "r"))]
    low = {kind: round(contrast(theme[kind], theme["bg"]), 2) for kind in kinds}
    assert {kind: ratio for kind, ratio in low.items() if ratio < 3} == {}
