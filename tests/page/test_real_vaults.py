"""The twelve things that a person can do in the page, on vaults that other people wrote."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.corpora import CORPORA, needs_corpora
from tests.page.conftest import DESK, Open, picture
from vaultdots.graph.model import GraphData, GraphNode
from vaultdots.page.compose import NOTE_KINDS, PageOptions, page_of
from vaultdots.page.wrapped import wrapped_page
from vaultdots.vault import Vault

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = [pytest.mark.browser, pytest.mark.slow, needs_corpora]
expect = playwright.expect

PHONE = {"width": 390, "height": 844}
ADDRESSES = re.compile(r"\]\([^)]*\)|https?://\S+|<[^>]+>|!\[\[.*?\]\]")
INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"


@dataclass(frozen=True, slots=True)
class Corpus:
    """A corpus and its page. note: the most linked one; other: one that it is linked with; word:
    one of the note's text; cards: of the year of its last yearly review, "" where there is none."""

    name: str
    page: str
    cards: str
    data: GraphData
    note: GraphNode
    other: GraphNode
    word: str


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """With reviews of four years."""
    return opened("til-junil", tmp_path_factory.mktemp("corpus"))


@pytest.fixture(scope="module")
def clippings(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """Of one year, without a review, its authors unwritten notes."""
    return opened("obsidian-giwan", tmp_path_factory.mktemp("corpus"))


def opened(name: str, folder: Path) -> Corpus:
    root = folder / name
    shutil.copytree(CORPORA / name, root)
    with Vault.open(root, cache=root.parent / "cache") as vault, vault.links.naming():
        data = vault.map.data()
        nodes = {n.id: n for n in data.nodes if n.kind in NOTE_KINDS and n.kind != "review"}
        pairs = [(e.source, e.target) for e in data.edges
                 if e.kind == "link" and e.source in nodes and e.target in nodes]  # fmt: skip
        pairs = [(a, b) for a, b in pairs if nodes[a].title != nodes[b].title]
        degree = Counter(end for pair in pairs for end in pair)
        titles = Counter(n.title for n in data.nodes)
        lone = [name for name in degree if titles[nodes[name].title] == 1]
        most = max(lone, key=lambda name: (degree[name], name))
        other = next(b if a == most else a for a, b in pairs if most in (a, b))
        text = next(vault.map.texts(data).read([most])).text.split("\n---\n", 1)[-1][:500]
        text = ADDRESSES.sub(" ", text)
        words = re.findall(r"[가-힣]{3,}|[A-Za-z]{6,}", text)
        years = [n.year for n in data.nodes if n.kind == "review" and n.period == "year" and n.year]
        return Corpus(
            name,
            page_of(vault, data, PageOptions(title=name)),
            wrapped_page(vault, max(years)) if years else "",
            data,
            nodes[most],
            nodes[other],
            max(words, key=len),
        )


def painted(page: Any) -> str:
    page.wait_for_timeout(250)
    return str(page.evaluate("document.querySelector('#stage canvas').toDataURL()"))


def find(page: Any, words: str) -> Any:
    page.locator("#query").fill(words)
    return page.get_by_role("option")


def head(page: Any) -> Any:
    return expect(page.locator("#panel > h2"))


def test_1_notes_are_found_by_title_initials_and_text(corpus: Corpus, show: Open) -> None:
    page = show(corpus.page)
    page.keyboard.press("/")
    expect(find(page, corpus.note.title).first).to_contain_text(corpus.note.title[:20])
    hangul = next(n.title for n in corpus.data.nodes if re.match("[가-힣]{4}", n.title))
    starts = "".join(INITIALS[(ord(c) - 0xAC00) // 588] for c in hangul[:4])
    expect(find(page, starts).first).to_be_visible()
    find(page, corpus.word)
    expect(page.locator("#results .quote").first).to_contain_text(
        re.compile(re.escape(corpus.word), re.I)
    )


def test_2_a_note_is_read_and_its_links_lead_on(corpus: Corpus, show: Open) -> None:
    page = show(corpus.page, at=corpus.note.id)
    head(page).to_have_text(corpus.note.title)
    expect(page.locator("#panel .body")).to_contain_text(corpus.word)
    assert page.locator("#panel .body a").count() == 0
    page.locator("#tab-links").click()
    page.locator("#tabpanel li button", has_text=corpus.other.title).first.click()
    head(page).not_to_have_text(corpus.note.title)
    page.go_back()
    head(page).to_have_text(corpus.note.title)


def test_3_the_surroundings_are_laid_out_anew(corpus: Corpus, show: Open) -> None:
    page = show(corpus.page, at=corpus.note.id)
    before = painted(page)
    page.locator("#panel .actions button").first.click()
    expect(page.locator("#chips button[aria-pressed=true]")).to_contain_text("1")
    assert painted(page) != before
    picture(page, f"{corpus.name}-local")


def test_4_kinds_folders_and_single_dots_are_filtered(corpus: Corpus, show: Open) -> None:
    page = show(corpus.page, at=corpus.note.id)
    all_of_them = page.locator("#counts").inner_text()
    page.locator("#panel .actions button").nth(3).click()
    expect(page.locator("#counts")).not_to_have_text(all_of_them)
    page.locator("#show-settings").click()
    page.locator("#settings button").click()
    expect(page.locator("#counts")).to_have_text(all_of_them)
    page.locator("#settings select").nth(3).select_option(index=1)
    expect(page.locator("#counts")).not_to_have_text(all_of_them)
    page.locator("#chips button").first.click()
    page.locator(f"#legend [data-name={corpus.note.kind}]").click()
    expect(page.locator("#counts")).not_to_have_text(all_of_them)


def test_5_dots_are_coloured_and_sized(corpus: Corpus, show: Open) -> None:
    page = show(corpus.page)
    seen = {painted(page)}
    page.locator("#show-settings").click()
    for colour in ("folder", "community"):
        page.locator("#settings select").nth(0).select_option(colour)
        seen.add(painted(page))
    page.locator("#settings select").nth(1).select_option("pagerank")
    seen.add(painted(page))
    assert len(seen) == 4


def test_6_time_is_a_range_where_there_are_years(corpus: Corpus, show: Open) -> None:
    page = show(corpus.page)
    bars = page.locator("#years [data-year]")
    if bars.count() == 0:
        expect(page.locator("#years")).to_be_hidden()
        return
    before = painted(page)
    bars.first.click()
    expect(bars.first).to_have_attribute("aria-pressed", "true")
    assert painted(page) != before


def test_7_the_way_from_a_note_to_another(corpus: Corpus, show: Open) -> None:
    page = show(corpus.page, at=corpus.note.id)
    page.locator("#panel .actions button").nth(1).click()
    page.keyboard.press("/")
    page.keyboard.insert_text(corpus.other.title)
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("#chips")).to_contain_text("→")


def test_8_insights_are_told(corpus: Corpus, show: Open) -> None:
    page = show(corpus.page)
    page.locator("#insights").click()
    assert page.locator("#panel h3").count() >= 2
    page.locator("#panel section button").first.click()
    expect(page.locator("#panel > h2")).not_to_be_empty()


def test_9_the_address_holds_the_state(corpus: Corpus, show: Open) -> None:
    page = show(corpus.page, at=corpus.note.id, where="?v=list&c=folder")
    expect(page.locator("#views [data-view=list]")).to_have_attribute("aria-pressed", "true")
    head(page).to_have_text(corpus.note.title)
    page.locator("#views [data-view=map]").click()
    page.go_back()
    expect(page.locator("#list")).to_be_visible()


@pytest.mark.parametrize("view", ["map", "years"])
def test_10_what_is_shown_is_saved(view: str, corpus: Corpus, show: Open) -> None:
    page = show(corpus.page, where=f"#?v={view}")
    for button in ("#as-png", "#as-svg"):
        page.locator("#show-saving").click()
        with page.expect_download() as saved:
            page.locator(button).click()
        data = Path(saved.value.path()).read_bytes()
        assert data.startswith((b"\x89PNG", b"<svg"))
        assert len(data) > 10_000


def test_11_a_note_opens_in_the_editor(corpus: Corpus, show: Open) -> None:
    page = show(corpus.page, at=corpus.note.id)
    address = page.locator("#panel .actions a").get_attribute("href")
    assert address.startswith(f"obsidian://open?vault={corpus.name}&file=")


def test_12_keys_fingers_and_the_list_do_it_too(corpus: Corpus, show: Open) -> None:
    page = show(corpus.page)
    page.locator("#stage").focus()
    page.keyboard.press("ArrowRight")
    assert page.locator("#said").inner_text()
    page.keyboard.press("Enter")
    expect(page.locator("#panel")).to_be_visible()
    phone = show(corpus.page, where="#?v=list", viewport=PHONE, has_touch=True, is_mobile=True)
    phone.locator("#list tbody button").first.tap()
    expect(phone.locator("#panel > h2")).not_to_be_empty()
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


@pytest.mark.parametrize("which", ["corpus", "clippings"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_every_view_is_left_to_be_looked_at(
    size: dict[str, int], which: str, show: Open, request: Any
) -> None:
    """Korean in the light on a desk, English in the dark on a phone."""
    lang, scheme = ("ko-KR", "light") if size is DESK else ("en-US", "dark")
    corpus: Corpus = request.getfixturevalue(which)
    for view in ("map", "years", "goals", "list"):
        page = show(corpus.page, where=f"#?v={view}", lang=lang, color_scheme=scheme, viewport=size)
        page.wait_for_timeout(300)
        picture(page, f"{corpus.name}-{view}-{scheme}-{size['width']}")
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    if corpus.cards:
        page = show(corpus.cards, lang=lang, color_scheme=scheme, viewport=size)
        picture(page, f"{corpus.name}-wrapped-{scheme}-{size['width']}", whole=True)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
