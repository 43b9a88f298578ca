"""Sixty texts that have broken some page, in every field of a note: none of them does anything."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.disk import write
from tests.page.conftest import Open
from tests.page.graphs import PWN
from vaultdots.page.compose import PageOptions, page_of
from vaultdots.page.html import fragment
from vaultdots.page.wrapped import wrapped_page
from vaultdots.vault import Vault

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PAYLOADS = (
    f"<script>{PWN}</script>",
    f"</script><script>{PWN}</script>",
    f"</SCRIPT ><script>{PWN}</script>",
    f"<img src=x onerror={PWN}>",
    f"<img src=x onerror='{PWN}'//",
    f'<img """><script>{PWN}</script>">',
    f"<svg onload={PWN}>",
    f"<svg><script>{PWN}</script></svg>",
    f"<svg><animate onbegin={PWN} attributeName=x dur=1s>",
    f"<svg><a xlink:href=javascript:{PWN}><text>x</text></a></svg>",
    f"<math><mtext></form><form><mglyph><style></math><img src onerror={PWN}>",
    f"<body onload={PWN}>",
    f"<iframe src=javascript:{PWN}></iframe>",
    f"<iframe srcdoc='<script>parent.{PWN}</script>'></iframe>",
    f"<object data=javascript:{PWN}>",
    f"<embed src=javascript:{PWN}>",
    f"<details open ontoggle={PWN}>x</details>",
    f"<marquee onstart={PWN}>x</marquee>",
    f"<video><source onerror={PWN}></video>",
    f"<input autofocus onfocus={PWN}>",
    f"<form><button formaction=javascript:{PWN}>x</button></form>",
    f"<a href=javascript:{PWN}>href</a>",
    f"<a href='data:text/html,<script>opener.{PWN}</script>'>x</a>",
    f"<base href=https://evil.example/><script src=x></script>{PWN}",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<style>@import 'https://evil.example/x.css'; body{display:none}</style>",
    "<div style='background:url(https://evil.example/x)'>x</div>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
    f"<template><script>{PWN}</script></template>",
    f"<noscript><p title='</noscript><img src=x onerror={PWN}>'>",
    f"</title></style></noscript><script>{PWN}</script>",
    f"</textarea><script>{PWN}</script>",
    "<!-- <script>",
    "--><script>",
    "<![CDATA[<script>]]>",
    f"<?xml version='1.0'?><script>{PWN}</script>",
    f"javascript:{PWN}",
    f"JaVaScRiPt&colon;{PWN}",
    f"java\tscript:{PWN}",
    f"data:text/html;base64,{PWN}",
    f"vbscript:{PWN}",
    f"[x](javascript:{PWN})",
    f"[x](<javascript:{PWN}>)",
    f"![x](javascript:{PWN})",
    f"<javascript:{PWN}>",
    f"[x]: javascript:{PWN}",
    f"[[x|<img src=x onerror={PWN}>]]",
    f"`<img src=x onerror={PWN}>`",
    f"> [!<img src=x onerror={PWN}>] x",
    f"$<img src=x onerror={PWN}>$",
    "href title onclick",
    "{{ 7*7 }}{% raw %}${7*7}#{7*7}",
    f"{{{{ ''.__class__ }}}} {PWN}",
    "\u202egnp.exe\u202c",
    "zero\u200bwidth\u2060\ufeff",
    "line\u2028separator\u2029",
    "\ue0000\ue001 \ue0001\ue001",
    "__proto__ constructor toString",
    "%E0%A4%A %00 %2e%2e%2f",
    "'\"`<>&\\/",
    "a" * 3000,
    "}</style><script>",
)


def vault_of(folder: Path) -> Path:
    """A note a text: in its title, an alias, a tag, a property, a heading, the body, a link,
    a goal and, where a disk takes it, the names of the file and its folder."""
    files = {}
    for k, text in enumerate(PAYLOADS):
        quoted = (
            text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ").replace("\t", " ")
        )
        quoted = quoted.replace("\ufeff", "")
        name = "".join(c for c in text if c.isprintable() and c not in '/\\:*?"<>|\0')[:40].strip(
            " ."
        )
        files[f"f{k} {name}/n{k} {name}.md"] = (
            f'---\ntitle: "{quoted}"\naliases: ["{quoted}"]\ntags: ["{quoted}"]\n'
            f'date: {2020 + k % 4}-03-01\nnote: "{quoted}"\n---\n'
            f"# {text}\n\n{text}\n\n[[n{(k + 1) % len(PAYLOADS)}|{text}]] [{text}](n0.md)\n\n"
            f"- {text}\n"
        )
    for year in (2021, 2022):
        goals = "\n".join(f"- [ ] {text}" for text in PAYLOADS[:20])
        files[f"회고/{year} 회고.md"] = (
            f"# {year}년 회고\n\n## {year + 1}년 목표\n\n{goals}\n\n## {PAYLOADS[0]}\n\n[[n1]]\n"
        )
    return write(folder, files)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    root = vault_of(tmp_path_factory.mktemp("vault"))
    cache = tmp_path_factory.mktemp("cache")
    with Vault.open(root, cache=cache) as vault, vault.links.naming():
        data = vault.map.data(tags=True, properties=True)
        title = PAYLOADS[1]
        return {
            "map": page_of(vault, data, PageOptions(title=title)),
            "wrapped": wrapped_page(vault, 2022, title=title),
            "keys": "\n".join(
                node.id
                for node in data.nodes
                if node.kind not in ("tag", "property", "placeholder")
            ),
        }


def test_there_are_sixty() -> None:
    assert len(set(PAYLOADS)) >= 60


def test_every_note_is_opened_read_and_left(pages: dict[str, str], show: Open) -> None:
    page: Any = show(pages["map"])
    notes = [key for key in pages["keys"].split("\n") if "#" not in key]
    assert len(notes) >= 60
    for key in notes:
        page.evaluate("(key) => { location.hash = `#/note/${encodeURIComponent(key)}`; }", key)
        page.wait_for_selector("#panel .body, #panel .none", state="attached")
        for tab in ("links", "text"):
            page.locator(f"#tab-{tab}").click()
        assert page.locator(
            "#panel :is(script, iframe, object, embed, form, input, svg[onload], img, style, link, "
            "base, meta, video, a:not(.chip))"
        ).count() == 0, key  # fmt: skip
        assert page.evaluate(
            "[...document.querySelectorAll('#panel *')].every((one) =>"
            " [...one.attributes].every((a) => !a.name.startsWith('on')))"
        ), key
    assert page.evaluate("window.__pwned") is None


@pytest.mark.parametrize("view", ["years", "goals", "list"])
def test_every_view_shows_them_as_text(view: str, pages: dict[str, str], show: Open) -> None:
    page: Any = show(pages["map"], where=f"#?v={view}&c=folder")
    page.wait_for_timeout(200)
    page.locator("#insights").click()
    page.keyboard.press("/")
    page.keyboard.insert_text("script")
    page.wait_for_timeout(300)
    assert page.evaluate("window.__pwned") is None


def test_embedded_in_another_page_they_do_nothing_to_it(
    pages: dict[str, str], browser: Any, tmp_path: Path
) -> None:
    blog = tmp_path / "blog.html"
    inside = fragment(pages["map"], title=PAYLOADS[1])
    blog.write_text(f"<!doctype html><title>blog</title>{inside}", encoding="utf-8")
    page = browser.new_context().new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(blog.as_uri())
    frame = page.frame_locator("iframe.vaultdots")
    frame.locator("html[data-ready]").wait_for()
    frame.locator("#views [data-view=list]").click()
    frame.locator("#list tbody button").first.click()
    frame.locator("#panel").wait_for()
    assert all(page.frames[k].evaluate("window.__pwned") is None for k in range(len(page.frames)))
    assert [one for one in asked if not one.startswith(("data:", "blob:", "about:"))] == [
        blog.as_uri()
    ]
    assert page.locator("script, img, svg").count() == 0
    page.context.close()


def test_the_cards_show_them_as_text(pages: dict[str, str], show: Open) -> None:
    page: Any = show(pages["wrapped"])
    assert page.locator("canvas").count() >= 2
