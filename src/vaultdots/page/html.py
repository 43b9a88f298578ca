"""One HTML file that shows the graph and asks nothing of the network.

pyvis' Network is the model and the exporter; the template, the script and the style are ours
(`assets/`). Up to `VIS_MAX` dots vis-network, inlined from the pyvis package, is the camera; past
that our own canvas is. Nothing a note says is ever HTML or script: titles travel as JSON and
become text nodes, and the content security policy runs only the scripts it has the hashes of.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from vaultdots.page.payload import Point, edge_records, node_records, script_json, text

if TYPE_CHECKING:
    from jinja2 import Environment
    from pyvis.network import Network

    from vaultdots.vault import GraphData

Lang = Literal["ko", "en"]

VIS_MAX = 3000
"""Dots up to which vis-network drags smoothly (first paint 0.7 s at 2k, 1.4 s at 10k; our canvas
0.16 s at 10k, a tenth of the heap)."""

SCRIPTS = (
    "words.js", "graph.js", "search.js", "scene.js", "stage_vis.js", "stage_canvas.js",
    "controls.js", "panel.js", "page.js",
)  # fmt: skip
"""The parts of the page's script, in the order in which they are joined."""

VIS_FILE = "lib/vis-9.1.2/vis-network.min.js"

LISTED = ("review", "project", "book", "study", "index", "daily", "note")
"""Kinds in the plain list that stands in for the map where scripts are off."""


def render(
    data: GraphData, positions: Mapping[str, Point], *, title: str, lang: Lang | None = None
) -> str:
    """The page as one HTML text, UTF-8, the same for the same arguments.

    positions: node id → (x, y) in map units, y downwards. title: the vault's name, any text.
    lang: language of the controls; None follows the reader's browser.
    """
    net = network(data, positions, title=title)
    scripts = [_asset_script()]
    if 0 < len(net.nodes) <= VIS_MAX:
        scripts.insert(0, _vis())
    style = _asset("page.css")
    page = {"title": text(title), "lang": lang, "nodes": net.nodes, "edges": net.edges}
    net.templateEnv = _environment()
    net.templateEnv.globals.update(
        policy=_policy(scripts, [style]),
        scripts=scripts,
        style=style,
        payload=script_json(page),
        lang=lang or "ko",
        shelves=_shelves(data),
    )
    net.path = "graph.html.j2"
    html: str = net.generate_html()
    return html


def network(data: GraphData, positions: Mapping[str, Point], *, title: str = "") -> Network:
    """The graph as a pyvis Network, for notebooks and for `render`.

    Nodes and edges are set at once: `add_edge` compares with every edge before (42 s at 29k).
    """
    from pyvis.network import Network

    net = Network(height="100%", directed=True, heading=text(title), cdn_resources="in_line")
    net.nodes = node_records(data, positions)
    net.node_ids = [node["id"] for node in net.nodes]
    net.node_map = dict(zip(net.node_ids, net.nodes, strict=True))
    net.edges = edge_records(data)
    net.toggle_physics(False)
    return net


def _shelves(data: GraphData) -> list[tuple[str, list[tuple[str, int | None]]]]:
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


def _environment() -> Environment:
    from jinja2 import DictLoader, Environment, StrictUndefined

    source = {"graph.html.j2": _asset("graph.html.j2")}
    return Environment(
        loader=DictLoader(source),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _asset(name: str) -> str:
    # A browser hashes a script after turning CRLF into LF; a checkout may have put CRLF there.
    source = files("vaultdots.page").joinpath("assets", name).read_text(encoding="utf-8")
    return source.replace("\r\n", "\n")


@cache
def _asset_script() -> str:
    parts = (f"// {name}\n{_asset(name)}" for name in SCRIPTS)
    return '(() => {\n"use strict";\n' + "\n".join(parts) + "})();\n"


@cache
def _vis() -> str:
    import pyvis

    module: Any = pyvis
    source = (Path(module.__file__).parent / VIS_FILE).read_text(encoding="utf-8")
    return source.replace("\r\n", "\n")
