"""The page in a real browser: what a reader sees, clicks and types, and what no note may do."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from tests.page.conftest import Open
from tests.page.graphs import HOSTILE, SECTIONS, five_years, graph, hostile, page_text, random_vault
from vaultdots.graph.model import GraphData, GraphNode
from vaultdots.page import modules

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = [pytest.mark.browser, pytest.mark.slow]
PHONE = {"width": 390, "height": 844}
REVIEW = "회고/2023 회고.md"


def find_dot(page: Any) -> tuple[int, int] | None:
    """Move the mouse down the middle of the map until it is over a dot, as a reader would."""
    for y in range(130, 780, 6):
        page.mouse.move(720, y)
        if page.evaluate("document.getElementById('map').classList.contains('over')"):
            return (720, y)
    return None


def heading(page: Any) -> Any:
    return playwright.expect(page.locator("#panel h2"))


def links(page: Any, part: str) -> list[str]:
    return list(
        page.locator(f"section[aria-labelledby={part}] > ul > li > button .name").all_inner_texts()
    )


def one_note() -> GraphData:
    return graph([GraphNode("혼자.md", "study", "혼자", 2024, "혼자.md")], set())


def test_the_map_is_painted_in_the_colours_of_the_kinds(show: Open) -> None:
    page = show(five_years())
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    painted = page.evaluate("""() => {
        const canvas = document.querySelector("#stage canvas");
        const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
        const hex = (i) => "#" + [...data.slice(i, i + 3)]
          .map((c) => c.toString(16).padStart(2, "0")).join("");
        const seen = {};
        for (let i = 0; i < data.length; i += 4) seen[hex(i)] = (seen[hex(i)] ?? 0) + 1;
        const style = getComputedStyle(document.documentElement);
        const colour = (kind) => style.getPropertyValue(`--${kind}`).trim();
        return ["review", "project", "book", "study", "daily"].map((k) => seen[colour(k)] ?? 0);
    }""")
    assert min(painted) > 50, painted


def test_the_map_is_drawn_at_once_when_its_size_changes(show: Open) -> None:
    """A canvas of another size is black: not until the next frame, which may never come."""
    page = show(five_years())
    page.evaluate("new Promise((done) => setTimeout(done, 300))")
    page.evaluate("window.requestAnimationFrame = () => 0")
    page.set_viewport_size({"width": 1100, "height": 700})
    page.wait_for_timeout(500)
    assert page.evaluate("document.querySelector('#stage canvas').width") == 1100
    first = page.evaluate("""() => [...document.querySelector("#stage canvas").getContext("2d")
        .getImageData(2, 2, 1, 1).data]""")
    assert min(first) > 200


def test_a_dot_can_be_clicked_and_closed(show: Open) -> None:
    page = show(one_note())
    place = find_dot(page)
    assert place is not None
    page.mouse.click(*place)
    heading(page).to_have_text("혼자")
    assert unquote(page.url.split("#")[1]) == "/note/혼자.md"
    page.keyboard.press("Escape")
    playwright.expect(page.locator("#panel")).to_be_hidden()


def test_a_kind_that_is_filtered_out_is_not_on_the_map(show: Open) -> None:
    page = show(one_note())
    assert find_dot(page) is not None
    page.locator("#legend [data-name=study]").click()
    assert find_dot(page) is None
    page.locator("#legend [data-name=study]").click()
    assert find_dot(page) is not None


def test_a_year_is_chosen_and_let_go(show: Open) -> None:
    page = show(five_years())
    bar = page.locator("#years [data-year='2023']")
    bar.click()
    playwright.expect(bar).to_have_attribute("aria-pressed", "true")
    page.locator("#years [data-year='2025']").click(modifiers=["Shift"])
    assert page.locator(".bars [aria-pressed=true]").count() == 3
    page.get_by_role("button", name="모든 해").click()
    assert page.locator(".bars [aria-pressed=true]").count() == 0


def test_the_map_can_be_moved_and_zoomed(show: Open) -> None:
    page = show(one_note())
    place = find_dot(page)
    assert place is not None
    page.mouse.move(200, 300)
    page.mouse.down()
    page.mouse.move(200, 380, steps=4)
    page.mouse.up()
    moved = find_dot(page)
    assert moved is not None
    assert moved[1] - place[1] == pytest.approx(80, abs=12)
    page.get_by_role("button", name="전체 보기").click()
    back = find_dot(page)
    assert back is not None
    assert back[1] == pytest.approx(place[1], abs=6)


def test_a_dot_can_be_dragged(show: Open) -> None:
    page = show(one_note())
    place = find_dot(page)
    assert place is not None
    page.mouse.move(720, place[1] + 6)
    page.mouse.down()
    page.mouse.move(720, place[1] + 106, steps=5)
    page.mouse.up()
    moved = find_dot(page)
    assert moved is not None
    assert moved[1] - place[1] == pytest.approx(100, abs=12)
    playwright.expect(page.locator("#panel")).to_be_hidden()


def test_a_finger_opens_a_dot(show: Open) -> None:
    page = show(one_note(), has_touch=True)
    place = find_dot(page)
    assert place is not None
    page.touchscreen.tap(place[0], place[1] + 8)
    heading(page).to_have_text("혼자")


def test_search_finds_by_initial_consonants_with_the_keyboard_alone(show: Open) -> None:
    page = show(five_years())
    page.keyboard.press("/")
    page.keyboard.insert_text("ㅎㄱ")
    options = page.get_by_role("option")
    assert all("회고" in text for text in options.all_inner_texts()[:5])
    first = options.nth(0).inner_text().split("\n")[0]
    second = options.nth(1).inner_text().split("\n")[0]
    playwright.expect(options.nth(0)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    playwright.expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    heading(page).to_have_text(second)
    assert first != second


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("분산락", "Redis 분산 락"),  # spaces are ignored
        ("REDIS 분산", "Redis 분산 락"),  # and case
        ("ddia", "DDIA"),  # an alias
        ("ㅁㄷㅅ", "멱등성"),
        ("멱ㄷ", "멱등성"),  # half typed
        ("코루티", "코루틴"),
        ("회고", "회고"),  # typed in NFD, as macOS file names are
        ("#책", "함께 자라기"),  # a tag
        ("ghlrh", "회고"),  # the keyboard was on Latin letters
        ("gKaRp wkfkrl", "함께 자라기"),
        ("rorcpwlgid", "객체지향의 사실과 오해"),
    ],
)
def test_search_understands(typed: str, found: str, show: Open) -> None:
    page = show(five_years())
    page.locator("#query").fill(typed)
    assert any(found in text for text in page.get_by_role("option").all_inner_texts())


def test_search_that_finds_nothing_says_so(show: Open) -> None:
    page = show(five_years())
    page.locator("#query").fill("없는 노트 이름")
    playwright.expect(page.locator("#found")).to_have_text("찾은 노트가 없습니다")
    playwright.expect(page.locator("#results")).to_be_hidden()
    page.keyboard.press("Escape")
    playwright.expect(page.locator("#found")).to_be_hidden()
    page.keyboard.press("Escape")
    playwright.expect(page.locator("#query")).to_have_value("")


def test_a_deep_link_opens_a_note_and_back_leads_back(show: Open) -> None:
    page = show(five_years(), at="공부/멱등성.md")
    heading(page).to_have_text("멱등성")
    assert links(page, "p-out") == ["서킷 브레이커"]
    assert links(page, "p-back")[0] == "2021년 회고 › 올해의 공부"
    page.locator("section[aria-labelledby=p-back] button").filter(has_text="2021년 회고").click()
    heading(page).to_have_text("올해의 공부")
    assert page.locator("#panel .crumb").all_inner_texts() == ["2021년 회고"]
    assert "멱등성" in links(page, "p-out")
    page.go_back()
    heading(page).to_have_text("멱등성")
    page.go_forward()
    heading(page).to_have_text("올해의 공부")


def test_a_review_shows_its_sections_and_where_they_lead(show: Open) -> None:
    page = show(five_years(), at=REVIEW)
    assert links(page, "p-sections") == list(SECTIONS)
    assert "2024년 회고" in links(page, "p-out")
    assert "멱등성" not in links(page, "p-out")
    assert len(links(page, "p-out")) == 15
    assert links(page, "p-back") == ["2022년 회고"]
    assert page.locator("#panel .path code").inner_text() == REVIEW
    page.locator("#p-out ~ ul").get_by_role("button", name="실패 일기").click()
    playwright.expect(page.locator("#panel .missing")).to_have_text("아직 쓰지 않은 노트")


def test_the_panel_is_reached_and_left_by_keyboard(show: Open) -> None:
    page = show(five_years(), at=REVIEW)
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('#panel section') !== null"):
            break
    page.keyboard.press("Enter")
    heading(page).to_have_text("2022년 회고")
    page.keyboard.press("Escape")
    playwright.expect(page.locator("#panel")).to_be_hidden()
    assert page.evaluate("document.activeElement.id") == "stage"


@pytest.mark.parametrize("at", ["nowhere.md", "%E0%A4%A", "</script>"])
def test_an_address_that_names_no_note_is_said_and_harmless(at: str, show: Open) -> None:
    page = show(five_years(), at=at)
    playwright.expect(page.locator("#said")).to_have_text("그런 노트가 없습니다")
    playwright.expect(page.locator("#panel")).to_be_hidden()


@pytest.mark.parametrize("title", HOSTILE)
def test_no_title_does_anything(title: str, show: Open) -> None:
    clean = title.replace("\ud800", "\ufffd")
    page = show(hostile(), at=clean)
    assert page.locator("#panel h2").text_content() == clean
    assert page.locator("#panel code").text_content() == clean
    assert page.locator("#panel img, #panel a, #panel svg[onload], #panel script").count() == 0
    page.locator("#query").fill(clean if clean.strip() else "1")
    page.locator("section[aria-labelledby=p-out] button").first.click()
    heading(page).not_to_have_text(clean)


def test_the_language_follows_the_reader_and_can_be_changed(show: Open) -> None:
    page = show(five_years(), lang="en-US")
    playwright.expect(page.locator("html")).to_have_attribute("lang", "en")
    assert page.locator("#query").get_attribute("placeholder") == "Find by title, text, initials"
    page.locator("#lang").click()
    playwright.expect(page.locator("html")).to_have_attribute("lang", "ko")
    assert "회고" in page.locator("#legend").inner_text()


def test_both_languages_say_everything(browser: Any) -> None:
    texts = modules.source("core/numbers.js") + modules.source("core/words.js")
    source = re.sub("^import .*\n", "", texts, flags=re.M).replace("export const", "const")
    page = browser.new_page()
    ko, en = page.evaluate(f"""() => {{ {source}
        const keys = (words) => Object.entries(words).flatMap(([key, value]) =>
            typeof value === "object" ? keys(value).map((sub) => `${{key}}.${{sub}}`) : [key]);
        return [keys(WORDS.ko), keys(WORDS.en)]; }}""")
    page.close()
    assert ko == en
    assert len(ko) > 40


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_dark_and_light_follow_the_reader_and_can_be_changed(scheme: str, show: Open) -> None:
    page = show(five_years(), color_scheme=scheme)

    def ground() -> int:
        text = page.evaluate("getComputedStyle(document.body).backgroundColor")
        return sum(int(part) for part in text[4:-1].split(","))

    before = ground()
    assert (before < 200) == (scheme == "dark")
    page.locator("#theme").click()
    assert (ground() < 200) != (scheme == "dark")


def test_on_a_phone_nothing_is_cut_off(show: Open) -> None:
    page = show(five_years(), at=REVIEW, viewport=PHONE, has_touch=True, is_mobile=True)
    heading(page).to_have_text("2023년 회고")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    panel = page.locator("#panel").bounding_box()
    assert panel["y"] > PHONE["height"] * 0.4
    assert panel["x"] == 0
    assert panel["width"] == PHONE["width"]
    page.get_by_role("button", name="닫기").tap()
    playwright.expect(page.locator("#panel")).to_be_hidden()


def test_an_empty_vault_is_greeted(show: Open) -> None:
    page = show(GraphData((), ()))
    playwright.expect(page.locator("#empty h2")).to_have_text("아직 점이 없습니다")
    page.keyboard.press("/")
    page.locator("#lang").click()
    playwright.expect(page.locator("#empty h2")).to_have_text("No dots yet")


def test_without_scripts_the_notes_are_listed(browser: Any, tmp_path: Path) -> None:
    file = tmp_path / "plain.html"
    data = five_years()
    file.write_text(page_text(data), encoding="utf-8")
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(file.as_uri())
    playwright.expect(page.locator("#plain")).to_contain_text("2023년 회고")
    page.context.close()


@pytest.mark.parametrize("notes", [2_900, 10_000])
def test_a_large_vault_opens(notes: int, show: Open, record_property: Any) -> None:
    page = show(random_vault(notes, notes * 3))
    page.keyboard.press("/")
    page.keyboard.insert_text("2020 회고")
    page.keyboard.press("Enter")
    heading(page).to_have_text("2020 회고")
    assert len(links(page, "p-out")) == 13
    paint = page.evaluate("performance.getEntriesByType('paint')[0].startTime")
    record_property("first_paint_ms", paint)
