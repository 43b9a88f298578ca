"""axe-core on every view, in both themes: no serious or critical finding."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from tests.page.conftest import ROOT
from vaultdots.page.html import fragment

pytestmark = [pytest.mark.browser, pytest.mark.slow]

AXE = Path(
    os.environ.get("AXE_CORE", ROOT / "build" / "npm" / "node_modules" / "axe-core" / "axe.min.js")
)
REDIS = "#/note/%EA%B3%B5%EB%B6%80/%EB%B0%B1%EC%97%94%EB%93%9C/Redis.md"
VIEWS = {
    "map": "",
    "note": "#/note/%ED%9A%8C%EA%B3%A0/2025%EB%85%84%20%ED%9A%8C%EA%B3%A0.md",
    "years": "#?v=years&y=2022-2023",
    "goals": "#?v=goals",
    "list": "#?v=list",
    "concepts": f"{REDIS}?v=goals&y=2020-2022",
    "local": f"{REDIS}?n=1",
}


def findings(page: Any) -> list[str]:
    page.add_script_tag(content=AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run().then((done) => done.violations)")
    return [
        f"{one['id']}: {node['html'][:160]}"
        for one in found
        for node in one["nodes"]
        if one["impact"] in ("serious", "critical")
    ]


def calm_context(browser: Any, **options: Any) -> Any:
    return browser.new_context(bypass_csp=True, reduced_motion="reduce", **options)


def map_page(context: Any, shipped: dict[str, str], view: str, folder: Path) -> Any:
    file = folder / "page.html"
    file.write_text(shipped["map"], encoding="utf-8")
    page = context.new_page()
    page.goto(file.as_uri() + VIEWS[view])
    page.wait_for_selector("html[data-ready]")
    page.wait_for_timeout(300)
    return page


@pytest.mark.skipif(not AXE.is_file(), reason="no axe-core (make page-tools)")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("view", VIEWS)
def test_no_serious_finding(
    view: str, scheme: str, browser: Any, shipped: dict[str, str], tmp_path: Path
) -> None:
    wide = {"width": 1440, "height": 900}
    context = calm_context(browser, color_scheme=scheme, locale="ko-KR", viewport=wide)
    page = map_page(context, shipped, view, tmp_path)
    found = findings(page)
    if view == "map":
        page.locator("#query").fill("없는 노트 이름")
        page.wait_for_timeout(200)
        found += findings(page)
        page.keyboard.press("Escape")
        page.locator("#insights").click()
        page.locator("#show-settings").click()
        found += findings(page)
    context.close()
    assert found == []


@pytest.mark.skipif(not AXE.is_file(), reason="no axe-core (make page-tools)")
@pytest.mark.parametrize("view", ["map", "goals", "list", "note"])
def test_no_serious_finding_on_a_phone(
    view: str, browser: Any, shipped: dict[str, str], tmp_path: Path
) -> None:
    phone = {"width": 390, "height": 844}
    context = calm_context(browser, locale="en-US", is_mobile=True, has_touch=True, viewport=phone)
    found = findings(map_page(context, shipped, view, tmp_path))
    context.close()
    assert found == []


@pytest.mark.skipif(not AXE.is_file(), reason="no axe-core (make page-tools)")
def test_a_page_that_holds_the_fragment_has_no_serious_finding(
    browser: Any, shipped: dict[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "blog.html"
    file.write_text(
        "<!doctype html><html lang=en><title>Blog</title><main><h1>Blog</h1>"
        + fragment(shipped["no body"], title='My "map" & more')
        + "</main></html>",
        encoding="utf-8",
    )
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    page.goto(file.as_uri())
    page.frame_locator("iframe.vaultdots").locator("html[data-ready]").wait_for()
    found = findings(page)
    context.close()
    assert found == []


@pytest.mark.skipif(not AXE.is_file(), reason="no axe-core (make page-tools)")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_cards_have_no_serious_finding(
    scheme: str, browser: Any, shipped: dict[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "cards.html"
    file.write_text(shipped["wrapped"], encoding="utf-8")
    context = browser.new_context(color_scheme=scheme, locale="en-US", bypass_csp=True)
    page = context.new_page()
    page.goto(file.as_uri())
    page.wait_for_selector("html[data-ready]")
    found = findings(page)
    context.close()
    assert found == []
