"""The page in a browser against pyvis's own `write_html` page: the same graph, the same places.

Needs playwright and Chromium. pyvis draws with vis-network, physics off, at our positions; both
pages are opened from a file in a fresh tab of a browser that has shown one page before. *paint* is
from the start of the navigation until the first frame that shows the map is out, as the page's own
clock tells it, the least of three;
*drag* and *hover* are frames a second while the mouse moves (a page that is at rest has 60).
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.report import Report
from vaultdots.graph.communities import communities_of
from vaultdots.graph.layout import axis_of, layout
from vaultdots.graph.model import GraphData, GraphEdge
from vaultdots.page import network, render
from vaultdots.page.html import Extras

SIZES = (200, 500, 2_000, 5_000, 10_000)
OURS_ALONE = 50_000
PEER_MOST = 10_000
PAINT_BARS = {200: 0.3, 10_000: 0.6, OURS_ALONE: 2.0}
"""Seconds until the first frame, by size."""
SPREAD_BAR = 2.5
"""Of the first frame at 10,000 dots, against that at 500."""
SIZE_BAR = 200
"""kB of a page of 200 dots without texts."""
WINDOW = {"width": 1440, "height": 900}
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
         "--disable-background-networking", "--disable-component-update"]  # fmt: skip
SECONDS = 2.0

FRAMES = """(on) => { if (on) { window.__n = 0; window.__on = true;
    const f = () => { window.__n++; if (window.__on) requestAnimationFrame(f); };
    requestAnimationFrame(f); } else window.__on = false; return window.__n; }"""
PAINTED = """(() => { const ready = %s;
    const out = () => { window.__painted = performance.now(); };
    const f = () => { requestAnimationFrame(ready() ? out : f); };
    requestAnimationFrame(f); })()"""
"""Notes the start of the frame after the first one that finds the page ready."""


def random_graph(notes: int) -> GraphData:
    """The made-up vault of the page's tests: communities, hubs, ten years."""
    from tests.page.graphs import random_vault

    data = random_vault(notes, notes * 29 // 10)
    return GraphData(data.nodes, tuple(GraphEdge(e.source, e.target, e.kind) for e in data.edges))


def our_page(data: GraphData, folder: Path) -> Path:
    """The page as `dots graph` writes it, without texts."""
    axis = axis_of(data)
    row = {node.id: i for i, node in enumerate(data.nodes)}
    of = [-1] * len(data.nodes)
    parts = communities_of(data)
    for number, part in enumerate(parts):
        for member in part.members:
            of[row[member]] = number
    extras = Extras(
        axis={"years": list(axis.years), "x0": axis.x0, "step": axis.step},
        community=of,
        communities=[{"name": part.name} for part in parts],
    )
    file = folder / "ours.html"
    file.write_text(render(data, layout(data), title="bench", extras=extras), encoding="utf-8")
    return file


def peer_page(data: GraphData, folder: Path) -> Path:
    """pyvis's own page, its library inlined, at our places and with its physics off."""
    net = network(data, layout(data), title="")
    net.cdn_resources = "in_line"
    for node in net.nodes:
        node["label"] = node["name"]
        node["physics"] = False
    net.set_options('{"physics": {"enabled": false}, "edges": {"smooth": false}}')
    file = folder / "pyvis.html"
    file.write_text(net.generate_html(), encoding="utf-8")
    return file


@contextmanager
def browser() -> Iterator[Any]:
    """Chromium, headless."""
    from playwright.sync_api import sync_playwright

    path = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=path, args=FLAGS)
        yield started
        started.close()


def measure(chromium: Any, file: Path, ready: str) -> dict[str, float]:
    """paint in seconds, drag and hover in frames a second, size in kB."""
    page = chromium.new_page(viewport=WINDOW)
    page.set_default_timeout(180_000)
    # What pyvis loads from elsewhere is no part of the measurement, and none is asked for.
    page.route("http*://**", lambda route: route.abort())
    page.add_init_script(PAINTED % ready)
    page.goto(file.as_uri(), wait_until="commit")
    page.wait_for_function("() => window.__painted")
    paint = page.evaluate("() => window.__painted") / 1000
    page.wait_for_timeout(800)

    def frames(step: Any) -> float:
        page.evaluate(FRAMES, True)
        began, at = time.perf_counter(), 0
        while time.perf_counter() - began < SECONDS:
            step(at)
            at += 1
        spent = time.perf_counter() - began
        return float(page.evaluate(FRAMES, False)) / spent

    def hover(at: int) -> None:
        page.mouse.move(500 + 7 * at % 500, 300 + 13 * at % 300)

    page.mouse.move(420, 640)
    page.mouse.down()

    def drag(at: int) -> None:
        page.mouse.move(420 + 5 * at % 160, 640 - 3 * at % 120)

    dragging = frames(drag)
    page.mouse.up()
    page.wait_for_timeout(400)
    hovering = frames(hover)
    page.close()
    return {
        "paint": paint,
        "drag": dragging,
        "hover": hovering,
        "kB": file.stat().st_size / 1000,
    }


def least(chromium: Any, file: Path, ready: str, *, times: int = 3) -> dict[str, float]:
    """The fastest first frame of `times` fresh tabs, with the frames a second of that one."""
    return min((measure(chromium, file, ready) for _ in range(times)), key=lambda of: of["paint"])


OURS_READY = "() => document.documentElement?.dataset.ready === 'true'"
PEER_READY = (
    "() => window.network && window.network.canvas && window.network.body.nodeIndices.length"
)


def rows(sizes: tuple[int, ...] = SIZES, *, most: int = OURS_ALONE) -> Iterator[dict[str, Any]]:
    """A row a size: ours, pyvis's, and how they compare."""
    with browser() as chromium, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        # The first page of a browser that has just started pays for the browser (fonts, processes).
        measure(chromium, our_page(random_graph(sizes[0]), folder), OURS_READY)
        for size in (*sizes, most):
            data = random_graph(size)
            ours = least(chromium, our_page(data, folder), OURS_READY)
            peer = (
                least(chromium, peer_page(data, folder), PEER_READY) if size <= PEER_MOST else None
            )
            yield {"nodes": len(data.nodes), "edges": len(data.edges), "ours": ours, "peer": peer}


def measure_pages(report: Report, work: Path) -> None:
    """First paint, drag and hover against pyvis's own page, ratios in one run."""
    if not can_measure():
        report.skip("pages", "needs playwright and Chromium")
        return
    table = []
    paints = {}
    for size, row in zip((*SIZES, OURS_ALONE), rows(), strict=True):
        notes, ours, peer = row["nodes"], row["ours"], row["peer"]
        paints[size] = ours["paint"]
        report.add("pages", "paint", ours["paint"], "s", notes=notes, bar=PAINT_BARS.get(size))
        if size == SIZES[0]:
            report.add("pages", "size", ours["kB"], "kB", notes=notes, bar=SIZE_BAR)
        report.add("pages", "drag", ours["drag"], "frames/s", notes=notes)
        report.add("pages", "hover", ours["hover"], "frames/s", notes=notes)
        told = [f"{ours['paint']:.2f} s", f"{ours['drag']:.0f}", f"{ours['hover']:.0f}"]
        told += [f"{ours['kB']:,.0f} kB"]
        if peer:
            told += [f"{peer['paint']:.2f} s", f"{peer['drag']:.0f}", f"{peer['kB']:,.0f} kB"]
            told += [f"{peer['paint'] / ours['paint']:.1f}×"]
        else:
            told += ["", "", "", ""]
        table.append((f"{notes:,}", f"{row['edges']:,}", *told))
    spread = paints[10_000] / paints[500]
    report.add("pages", "paint at 10,000 against 500", spread, "×", bar=SPREAD_BAR)
    head = ["dots", "links", "paint", "drag/s", "hover/s", "page"]
    head += ["pyvis paint", "pyvis drag/s", "pyvis page", "paint ratio"]
    report.table("The page in Chromium against pyvis's own `write_html`", head, table)


def can_measure() -> bool:
    """Whether a browser and what drives it are there."""
    from importlib.util import find_spec

    return find_spec("playwright") is not None and bool(
        shutil.which("chromium") or shutil.which("google-chrome")
    )
