"""One HTML file that shows the graph and asks nothing of the network.

pyvis' Network is the model and the exporter; the template, the script and the style are ours
(`assets/`, `script/`), and the map is drawn on our own canvas. Nothing that a note says is ever
HTML or script: titles travel as JSON and become text nodes, texts are cleaned before they are
packed (`bodies`), and the content security policy runs only the script that it has the hash of.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal

from vaultdots.page import modules
from vaultdots.page.payload import (
    Point,
    columns,
    edge_records,
    flat_edges,
    node_records,
    packed_json,
    tag_names,
    text,
)
from vaultdots.page.pyvis_network import network_class

if TYPE_CHECKING:
    from jinja2 import Environment
    from pyvis.network import Network

    from vaultdots.vault import GraphData

Lang = Literal["ko", "en"]

LISTED = ("review", "project", "book", "study", "index", "daily", "note")
"""Kinds in the plain list that stands in for the map where scripts are off."""


@dataclass(frozen=True, slots=True)
class Extras:
    """What a page may hold beside the graph, as JSON; rows are those of the graph's nodes.

    axis: {"years", "x0", "step"}. day: node id → 0 to 1 within its year. community: a number a
    node, -1 for none; communities: [{"name"}]. goals: [{"text", "made", "target", "status",
    "next", "row", "line", "evidence"}]. concepts: [{"name", "places": [[year, part of it, row,
    line, text, how]]}], places in the order of time. hints: [from, to,
    score, [reason]]. bridges: [row, loose].
    gaps: [row, row, [word]]. arcs: [from, to, year, year, years]. named: [name, hash]. bodies:
    parts of the notes' texts, as `bodies.pack` gives them. start: the address at the beginning.
    editor: how to open a note, `obsidian://open?vault=…&file={file}`.
    """

    axis: Mapping[str, Any] | None = None
    day: Mapping[str, float] = field(default_factory=dict)
    community: Sequence[int] = ()
    communities: Sequence[Mapping[str, Any]] = ()
    goals: Sequence[Mapping[str, Any]] = ()
    concepts: Sequence[Mapping[str, Any]] = ()
    hints: Sequence[Sequence[Any]] = ()
    bridges: Sequence[Sequence[Any]] = ()
    gaps: Sequence[Sequence[Any]] = ()
    arcs: Sequence[Sequence[Any]] = ()
    named: Sequence[Sequence[str]] = ()
    bodies: Sequence[str] = ()
    start: str = ""
    editor: str = ""


def render(
    data: GraphData,
    positions: Mapping[str, Point],
    *,
    title: str,
    lang: Lang | None = None,
    extras: Extras | None = None,
) -> str:
    """The page as one HTML text, UTF-8, the same for the same arguments.

    positions: node id → (x, y) in map units, y downwards. title: the vault's name, any text.
    lang: language of the controls; None follows the reader's browser.
    """
    extras = extras or Extras()
    net = network(data, positions, title=title)
    script = modules.script("main.js")
    style = style_of("page.css")
    community = extras.community or [-1] * len(data.nodes)
    page = {
        "title": text(title),
        "lang": lang,
        "nodes": columns(data, net.nodes, extras.day, community),
        "edges": flat_edges(net.edges),
        "tags": tag_names(data),
        "axis": extras.axis or {"years": [], "x0": 0, "step": 240},
        "communities": list(extras.communities),
        **{
            name: list(getattr(extras, name))
            for name in ("goals", "concepts", "hints", "bridges", "gaps", "arcs", "named")
        },
        "start": extras.start,
        "editor": extras.editor,
    }
    net.templateEnv = _environment("graph.html.j2")
    net.templateEnv.globals.update(
        policy=_policy([script], [style]),
        script=script,
        style=style,
        payload=packed_json(page),
        bodies=extras.bodies,
        lang=lang or "ko",
        lists=_lists(data),
    )
    net.path = "graph.html.j2"
    html: str = net.generate_html()
    return html


def document(
    template: str, script: str, style: str, *, title: str, lang: Lang | None, **parts: Any
) -> str:
    """Another page of ours, without a graph: a template, a module and a style sheet."""
    source = modules.script(script)
    return (
        _environment(template)
        .get_template(template)
        .render(
            policy=_policy([source], [style]),
            script=source,
            style=style,
            heading=text(title),
            lang=lang or "ko",
            **parts,
        )
    )


def fragment(page: str, *, title: str = "") -> str:
    """A page as one element to paste into another (Hugo, Quartz): a frame of its own, so that
    neither's style, script or policy touches the other's."""
    name = escape(text(title) or "vaultdots", quote=True)
    source = page.replace("&", "&amp;").replace('"', "&quot;")
    return (
        f'<iframe class="vaultdots" title="{name}" sandbox="allow-scripts allow-downloads" '
        'loading="lazy" style="width:100%;height:80vh;border:0" '
        f'srcdoc="{source}"></iframe>\n'
    )


def network(data: GraphData, positions: Mapping[str, Point], *, title: str = "") -> Network:
    """The graph as a pyvis Network, for notebooks and for `render`.

    Nodes and edges are set at once: `add_edge` compares with every edge before (42 s at 29k).
    """
    make = network_class()
    net = make(height="100%", directed=True, heading=text(title), cdn_resources="in_line")
    net.nodes = node_records(data, positions)
    net.node_ids = [node["id"] for node in net.nodes]
    net.node_map = dict(zip(net.node_ids, net.nodes, strict=True))
    net.edges = edge_records(data)
    net.toggle_physics(False)
    return net


def _lists(data: GraphData) -> list[tuple[str, list[tuple[str, int | None]]]]:
    return [
        (kind, [(text(n.title), n.year) for n in data.nodes if n.kind == kind])
        for kind in LISTED
        if any(n.kind == kind for n in data.nodes)
    ]


def _policy(scripts: list[str], styles: list[str]) -> str:
    """Content security policy: nothing is fetched, only what is hashed here runs or styles."""
    return (
        f"default-src 'none'; script-src {_hashes(scripts)}; style-src {_hashes(styles)}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _hashes(sources: list[str]) -> str:
    digests = (hashlib.sha256(source.encode()).digest() for source in sources)
    return " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)


def _environment(name: str) -> Environment:
    from jinja2 import DictLoader, Environment, StrictUndefined

    source = {name: _asset(name)}
    return Environment(
        loader=DictLoader(source),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def style_of(name: str) -> str:
    """A style sheet without comments and the spaces around its signs; none stands in a string."""
    text = re.sub(r"/\*.*?\*/", "", _asset(name), flags=re.DOTALL)
    return re.sub(r"\s*([{};,])\s*", r"\1", text).replace(": ", ":").strip()


@cache
def _asset(name: str) -> str:
    source = files("vaultdots.page").joinpath("assets", name).read_text(encoding="utf-8")
    return source.replace("\r\n", "\n")
