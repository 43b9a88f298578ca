"""A real browser for the tests of the page, and the shipped vault's own page."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from tests.page.graphs import page_text
from vaultdots.graph.model import GraphData
from vaultdots.page.compose import PageOptions, page_of
from vaultdots.page.wrapped import wrapped_page
from vaultdots.vault import Vault

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), ""
)
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
DESK = {"width": 1440, "height": 900}
ROOT = Path(__file__).parents[2]
PICTURES = Path(os.environ.get("DOTS_PICTURES", ROOT / "build" / "pictures"))
"""Where the run leaves its screenshots to be looked at."""

Open = Callable[..., Any]


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if not CHROMIUM:
        pytest.skip("no Chromium on this machine")
    with playwright.sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def show(browser: Any, tmp_path: Path) -> Iterator[Open]:
    """Open a graph, or a page's text, in a tab of its own.

    At the end: one request (the file), no complaint, and nothing that a note said was run.
    """
    opened: list[tuple[Any, str, list[str], list[str]]] = []

    def open_page(
        what: GraphData | str, *, at: str = "", where: str = "", lang: str = "ko-KR", **context: Any
    ) -> Any:
        file = tmp_path / f"{len(opened)}.html"
        text = page_text(what) if isinstance(what, GraphData) else what
        file.write_text(text, encoding="utf-8")
        context = {"viewport": DESK, "reduced_motion": "reduce", **context}
        page = browser.new_context(locale=lang, **context).new_page()
        asked: list[str] = []
        said: list[str] = []
        page.on("request", lambda request: asked.append(request.url.split("#")[0]))
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(file.as_uri() + (f"#/note/{quote(at, safe='')}" if at else "") + where)
        page.wait_for_selector("html[data-ready]", timeout=30_000)
        opened.append((page, file.as_uri(), asked, said))
        return page

    yield open_page
    for page, address, asked, said in opened:
        own = [one for one in asked if not one.startswith(("data:", "blob:"))]
        assert own == [address]
        assert said == []
        assert page.evaluate("window.__pwned") is None
        page.context.close()


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The pages of the shipped vault: `map`, `no body`, `masked`, `wrapped`, `wrapped masked`."""
    cache = tmp_path_factory.mktemp("cache")
    with Vault.open(ROOT / "vault", cache=cache) as vault, vault.links.naming():
        data = vault.map.data()
        return {
            "map": page_of(vault, data, PageOptions(title="점잇기")),
            "no body": page_of(vault, data, PageOptions(title="점잇기", bodies=False)),
            "masked": page_of(vault, data, PageOptions(title="●●●", masked=True)),
            "wrapped": wrapped_page(vault, 2025, title="점잇기"),
            "wrapped masked": wrapped_page(vault, 2025, masked=True),
        }


def picture(page: Any, name: str, *, whole: bool = False) -> None:
    """Leave a screenshot to be looked at."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png", full_page=whole)
