"""What a person can ask of the page, on the shipped vault, in a real browser."""

from __future__ import annotations

import base64
import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.disk import write
from tests.page.conftest import Open, picture
from vaultdots.graph.model import GraphData, GraphNode
from vaultdots.page.compose import PageOptions, page_of
from vaultdots.vault import Vault

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = [pytest.mark.browser, pytest.mark.slow]

PHONE = {"width": 390, "height": 844}
REVIEW = "회고/2025년 회고.md"
REDIS = "공부/백엔드/Redis.md"
Pages = dict[str, str]

expect = playwright.expect


def state_of(page: Any) -> str:
    """What the address says."""
    return str(page.evaluate("location.hash"))


def painted(page: Any) -> str:
    """A number for what is on the canvas."""
    page.wait_for_timeout(250)
    return str(page.evaluate("document.querySelector('#stage canvas').toDataURL()"))


def test_1_words_are_found_in_title_heading_and_text(show: Open, shipped: Pages) -> None:
    page = show(shipped["map"])
    page.keyboard.press("/")
    page.keyboard.insert_text("캐시 2021")
    options = page.get_by_role("option")
    expect(options.nth(0)).to_contain_text("주문 조회 캐시")
    expect(page.locator("#results .quote").first).to_contain_text("캐시")
    page.locator("#query").fill("커피값")
    expect(page.locator("#results, #found").first).to_be_attached()
    page.locator("#query").fill("ㄹㄷㅅ")
    expect(options.nth(0)).to_contain_text("Redis")


def test_1_more_hits_open_as_a_list(show: Open, shipped: Pages) -> None:
    page = show(shipped["map"])
    page.keyboard.press("/")
    page.keyboard.insert_text("회고")
    page.locator("#found .more").dispatch_event("pointerdown")
    expect(page.locator("#list")).to_be_visible()
    expect(page.locator("#list h2")).to_have_text("“회고”")
    assert page.locator("#list tbody tr").count() > 10


def test_2_a_note_is_read_with_its_links(show: Open, shipped: Pages) -> None:
    page = show(shipped["map"], at=REVIEW)
    body = page.locator("#panel .body")
    expect(body).to_be_visible()
    assert body.locator("button.to").count() > 10
    assert body.locator("a").count() == 0
    body.locator("button.to").first.click()
    expect(page.locator("#panel > h2")).not_to_have_text("2025년 회고")
    page.go_back()
    expect(page.locator("#panel > h2")).to_have_text("2025년 회고")
    page.go_forward()
    expect(page.locator("#panel > h2")).not_to_have_text("2025년 회고")


def test_2_backlinks_say_their_sentence_and_where_it_stands(show: Open, shipped: Pages) -> None:
    page = show(shipped["map"], at=REDIS)
    page.locator("#tab-links").click()
    back = page.locator("section[aria-labelledby=p-back] li")
    expect(back.first.locator(".name")).to_contain_text("2025년 회고 › ")
    expect(back.first.locator(".quote")).not_to_be_empty()
    assert "Redis" in back.first.locator(".quote").inner_text()


def test_2_every_section_of_a_review_is_told(show: Open, shipped: Pages) -> None:
    page = show(shipped["map"], at="회고/2021년 회고.md")
    page.locator("#tab-links").click()
    assert page.locator("section[aria-labelledby=p-sections] li").count() == 14
    assert page.locator("section[aria-labelledby=p-sections] li.d2").count() > 0


def test_2_goals_stand_with_their_evidence(show: Open, shipped: Pages) -> None:
    page = show(shipped["map"], at="회고/2024년 회고.md")
    page.locator("#tab-goals").click()
    goals = page.locator("#panel .goal")
    assert goals.count() == 8
    expect(goals.first.locator("q").first).not_to_be_empty()
    goals.first.locator("button.evidence").first.click()
    expect(page.locator("#panel .facts")).to_contain_text("2025")


def test_2_a_line_and_its_edge_know_each_other(show: Open, shipped: Pages) -> None:
    page = show(shipped["map"], at=REVIEW)
    link = page.locator("#panel .body button.to").first
    before = painted(page)
    link.hover()
    assert painted(page) != before
    assert page.locator("#panel .body .margin").count() > 3


def test_3_the_surroundings_are_laid_out_anew(show: Open, shipped: Pages) -> None:
    page = show(shipped["map"], at=REDIS)
    page.locator("#panel .actions button", has_text="둘레").click()
    assert "n=1" in state_of(page)
    before = painted(page)
    page.locator("#chips button", has_text="2걸음").click()
    assert "n=2" in state_of(page)
    assert painted(page) != before
    page.locator("#chips button", has_text="전체 지도로").click()
    assert "n=" not in state_of(page)


def test_4_kinds_tags_folders_and_orphans_are_filtered(show: Open, shipped: Pages) -> None:
    page = show(shipped["map"])
    page.locator("#legend [data-name=book]").click()
    assert state_of(page) == "#?k=-book"
    expect(page.locator("#counts")).to_have_text("181개 가운데 163개 표시")
    page.locator("#show-settings").click()
    page.locator("#settings select").nth(3).select_option("공부/백엔드")
    expect(page.locator("#chips")).to_contain_text("공부/백엔드")
    page.locator("#settings select").nth(3).select_option("")
    page.locator("#settings input[type=checkbox]").check()
    assert "o=orphans" in state_of(page)


def test_4_a_dot_is_hidden_and_shown_again(show: Open, shipped: Pages) -> None:
    page = show(shipped["map"], at=REDIS)
    page.locator("#panel .actions button", has_text="이 점 숨기기").click()
    expect(page.locator("#counts")).to_have_text("181개 가운데 180개 표시")
    page.locator("#show-settings").click()
    page.locator("#settings button", has_text="숨긴 점 1개").click()
    expect(page.locator("#counts")).to_contain_text("점 181")


def test_4_a_note_outside_of_a_filter_opens_alone(show: Open, shipped: Pages) -> None:
    page = show(shipped["map"], at=REDIS, where="?k=-study")
    expect(page.locator("#panel > h2")).to_have_text("Redis")
    expect(page.locator("#chips")).to_contain_text("필터 밖의 노트입니다")
    assert "k=-study" in state_of(page)
    page.locator("#chips button", has_text="필터 지우기").click()
    assert "k=" not in state_of(page)


@pytest.mark.parametrize("colour", ["year", "community", "folder"])
def test_5_dots_are_coloured_with_a_legend(colour: str, show: Open, shipped: Pages) -> None:
    page = show(shipped["map"])
    before = painted(page)
    page.locator("#show-settings").click()
    page.locator("#settings select").nth(0).select_option(colour)
    assert painted(page) != before
    assert page.locator("#legend .swatch").count() > 3


@pytest.mark.parametrize("size", ["pagerank", "betweenness"])
def test_5_dots_are_sized_by_what_they_mean(size: str, show: Open, shipped: Pages) -> None:
    page = show(shipped["map"])
    before = painted(page)
    page.locator("#show-settings").click()
    page.locator("#settings select").nth(1).select_option(size)
    assert painted(page) != before


def test_6_time_is_a_range_and_ghosts_what_crosses_it(show: Open, shipped: Pages) -> None:
    page = show(shipped["map"])
    low, high = page.get_by_label("시작 연도"), page.get_by_label("끝 연도")
    before = page.locator("#years").bounding_box()
    low.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert state_of(page) == "#?y=2022-2025"
    high.focus()
    page.keyboard.press("ArrowLeft")
    assert state_of(page) == "#?y=2022-2024"
    assert page.locator("#years").bounding_box() == before
    page.locator("#play").click()
    expect(page).to_have_url(re.compile(r"#\?y=2020-2021$"))
    page.locator("#play").click()


def test_7_the_shortest_path_between_two_notes(show: Open, shipped: Pages) -> None:
    page = show(shipped["map"], at=REDIS)
    page.locator("#panel .actions button", has_text="경로 찾기").click()
    expect(page.locator("#chips")).to_contain_text("경로의 끝")
    page.keyboard.press("/")
    page.keyboard.insert_text("HyperLogLog")
    page.keyboard.press("Enter")
    expect(page.locator("#chips")).to_contain_text("Redis → HyperLogLog")
    assert "w=" in state_of(page)
    page.keyboard.press("Escape")
    assert "w=" not in state_of(page)


def test_8_insights_say_what_the_shape_means(show: Open, shipped: Pages) -> None:
    page = show(shipped["map"])
    page.locator("#insights").click()
    heads = page.locator("#panel h3").all_inner_texts()
    assert any("가장 많이 이어진" in head for head in heads)
    assert any("해를 건넌" in head for head in heads)
    page.locator("section[aria-labelledby=i-top] button").first.click()
    expect(page.locator("#panel > h2")).to_have_text("점잇기")


def test_9_the_state_is_in_the_address(show: Open, shipped: Pages) -> None:
    where = "?v=years&y=2022-2024&k=-book"
    page = show(shipped["map"], where=f"#{where}")
    expect(page.locator("#views [data-view=years]")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#legend [data-name=book]")).to_have_attribute("aria-pressed", "false")
    assert page.locator(".bars [aria-pressed=true]").count() == 3
    page.locator("#views [data-view=map]").click()
    page.go_back()
    expect(page.locator("#views [data-view=years]")).to_have_attribute("aria-pressed", "true")


def test_9_an_address_of_an_older_page_still_opens(show: Open, shipped: Pages) -> None:
    page = show(shipped["map"], where="#%ED%9A%8C%EA%B3%A0%2F2025%EB%85%84%20%ED%9A%8C%EA%B3%A0.md")
    expect(page.locator("#panel > h2")).to_have_text("2025년 회고")


@pytest.mark.parametrize(("button", "ending"), [("#as-png", ".png"), ("#as-svg", ".svg")])
@pytest.mark.parametrize("view", ["map", "years", "goals"])
def test_10_what_is_shown_is_saved(
    view: str, button: str, ending: str, show: Open, shipped: Pages
) -> None:
    page = show(shipped["map"], where=f"#?v={view}")
    page.locator("#show-saving").click()
    with page.expect_download() as saved:
        page.locator(button).click()
    assert saved.value.suggested_filename == f"점잇기{ending}"
    data = Path(saved.value.path()).read_bytes()
    if ending == ".png":
        assert data.startswith(b"\x89PNG")
        assert len(data) > 20_000
    else:
        text = data.decode()
        assert text.startswith("<svg")
        assert "2024" in text
        assert "<script" not in text


def test_11_a_note_opens_in_the_editor_by_vault_name(show: Open, shipped: Pages) -> None:
    page = show(shipped["map"], at=REDIS)
    address = page.locator("#panel .actions a").get_attribute("href")
    assert address.startswith("obsidian://open?vault=vault&file=")
    assert "/home" not in address
    assert "/root" not in address


def test_12_dots_are_walked_and_opened_by_keyboard(show: Open, shipped: Pages) -> None:
    page = show(shipped["map"])
    page.locator("#stage").focus()
    page.keyboard.press("ArrowRight")
    said = page.locator("#said").inner_text()
    assert "회고" in said
    page.keyboard.press("ArrowRight")
    assert page.locator("#said").inner_text() != said
    page.keyboard.press("Enter")
    expect(page.locator("#panel")).to_be_visible()
    assert "점잇기" in page.title()
    assert page.title() != "점잇기"


def test_12_the_list_says_what_the_map_shows(show: Open, shipped: Pages) -> None:
    page = show(shipped["map"], where="#?v=list&k=-book")
    rows = page.locator("#list tbody tr")
    assert rows.count() == 73
    page.locator("#list th.links button").click()
    expect(page.locator("#list th.links")).to_have_attribute("aria-sort", "descending")
    rows.first.get_by_role("button").click()
    expect(page.locator("#panel")).to_be_visible()


def test_12_two_fingers_zoom(show: Open, shipped: Pages) -> None:
    page = show(shipped["map"], viewport=PHONE, has_touch=True, is_mobile=True)
    before = painted(page)
    page.evaluate("""() => { const stage = document.getElementById("stage");
        const send = (type, id, x, y) => stage.dispatchEvent(new PointerEvent(type, { pointerId: id,
            pointerType: "touch", clientX: x, clientY: y, bubbles: true, isPrimary: id === 1 }));
        stage.setPointerCapture = () => {};
        send("pointerdown", 1, 150, 400); send("pointerdown", 2, 240, 400);
        for (let k = 1; k < 8; k++) {
            send("pointermove", 1, 150 - 8 * k, 400); send("pointermove", 2, 240 + 8 * k, 400);
        }
        send("pointerup", 1, 94, 400); send("pointerup", 2, 296, 400); }""")
    assert painted(page) != before


def test_goals_are_lines_with_their_fate(show: Open, shipped: Pages) -> None:
    page = show(shipped["map"], where="#?v=goals")
    lines = page.locator("#goals g.line")
    before = lines.count()
    assert before > 30
    lines.first.focus()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.dataset.thread") == "1"
    page.keyboard.press("Enter")
    expect(page.locator("#panel .goal.asked")).to_be_visible()
    page.locator(".fates button", has_text="놓음").click()
    assert "f=dropped" in state_of(page)
    assert 0 < lines.count() < before


def test_concepts_are_threads_beneath_the_goals(show: Open, shipped: Pages) -> None:
    page = show(shipped["map"], where="#?v=goals")
    steps = page.locator("#goals .threads .step")
    some = steps.count()
    assert some > 30
    for role in ("met", "used", "written"):
        assert page.locator(f"#goals .threads .mark.r-{role}").count() > 0, role
    steps.first.focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.dataset.at") == "1"
    page.keyboard.press("Enter")
    expect(page.locator("#panel > h2")).not_to_be_empty()
    page.locator("#goals .chip", has_text="모두 보기").click()
    assert steps.count() > some
    page.locator("#years [data-year='2020']").click()
    assert 0 < steps.count() < some


@pytest.mark.parametrize("width", [1440, 1024])
def test_no_words_of_a_goal_lie_over_those_of_another(
    width: int, show: Open, shipped: Pages
) -> None:
    page = show(shipped["map"], where="#?v=goals", viewport={"width": width, "height": 900})
    boxes = page.eval_on_selector_all(
        "#goals .story:not(.heads) .words",
        """all => all.map((one) => { const b = one.getBoundingClientRect();
            return [b.left, b.top + 4, b.right, b.bottom - 4, one.textContent]; })""",
    )
    assert len(boxes) > 30
    for k, (left, top, right, bottom, words) in enumerate(boxes):
        assert right <= width
        for left2, top2, right2, bottom2, other in boxes[k + 1 :]:
            apart = right <= left2 or right2 <= left or bottom <= top2 or bottom2 <= top
            assert apart, (words, other)


def test_columns_of_the_map_stand_over_those_of_the_bar(show: Open, shipped: Pages) -> None:
    page = show(shipped["map"])
    page.locator("#show-saving").click()
    with page.expect_download() as saved:
        page.locator("#as-svg").click()
    drawn = Path(saved.value.path()).read_text(encoding="utf-8")
    stage = page.locator("#stage").bounding_box()["x"]
    for year in range(2020, 2026):
        found = re.search(rf'<text[^>]* x="([\d.]+)"[^>]*>{year}</text>', drawn)
        assert found is not None, year
        bar = page.locator(f"#years [data-year='{year}']").bounding_box()
        assert abs(stage + float(found[1]) - (bar["x"] + bar["width"] / 2)) < 3, year


def test_the_picture_of_the_goals_is_whole(show: Open, shipped: Pages) -> None:
    page = show(shipped["map"], where="#?v=goals")
    page.locator("#show-saving").click()
    with page.expect_download() as saved:
        page.locator("#as-svg").click()
    drawn = Path(saved.value.path()).read_text(encoding="utf-8")
    for words in ("2024", "주 3회 달리기", "Rust"):
        assert words in drawn
    assert drawn.count("<svg") == 4


def test_no_body_means_no_sentence_and_no_goal(show: Open, shipped: Pages) -> None:
    packed = re.findall(r'<script type="text/plain"[^>]*>([^<]*)', shipped["no body"])
    assert len(packed) == 1
    data = json.loads(gzip.decompress(base64.b64decode(packed[0])))
    assert data["goals"] == data["concepts"] == []
    assert all(reasons == [] for *_, reasons in data["hints"])
    assert "주 3회 달리기" not in json.dumps(data, ensure_ascii=False)
    assert len(shipped["no body"].encode()) < 200_000
    page = show(shipped["no body"], where="#?v=goals")
    expect(page.locator("#goals .nothing")).to_contain_text("본문을 담지 않았습니다")


def test_a_vault_of_one_year_has_a_view_of_it(show: Open) -> None:
    nodes = [GraphNode(f"{k}.md", "note", f"노트 {k}", 2026, f"{k}.md") for k in range(9)]
    page = show(GraphData(tuple(nodes), ()), where="#?v=years")
    expect(page.locator("#views [data-view=years]")).to_have_attribute("aria-pressed", "true")


def test_no_address_keeps_the_page_from_opening(show: Open) -> None:
    page = show(GraphData((GraphNode("a.md", "note", "a", None, "a.md"),), ()),
                where="#?__proto__=1&constructor=2&y=x&k=&n=9")  # fmt: skip
    expect(page.locator("#stage canvas")).to_be_visible()


def test_no_control_lies_over_another(show: Open, shipped: Pages) -> None:
    for width, height in ((1440, 900), (1024, 768), (768, 1024), (390, 844), (720, 450)):
        page = show(shipped["map"], viewport={"width": width, "height": height})
        boxes = page.evaluate("""() => ["#brand", "#finder", "#views", "#tools", "#legend", "#map",
            "#years"].map((id) => { const b = document.querySelector(id).getBoundingClientRect();
            return [id, b.left, b.top, b.right, b.bottom]; })""")
        for k, (one, left, top, right, bottom) in enumerate(boxes):
            assert right <= width + 1, (width, one)
            for other, left2, top2, right2, bottom2 in boxes[k + 1 :]:
                apart = right <= left2 + 1 or right2 <= left + 1 or bottom <= top2 + 1
                assert apart or bottom2 <= top + 1, (width, one, other)
        assert page.locator("#map").bounding_box()["height"] > 100, width


def test_what_grew_is_shown_in_the_same_places(show: Open, shipped: Pages) -> None:
    page = show(shipped["map"], where="#?g=2023-2024")
    expect(page.locator("#chips")).to_have_text(
        re.compile("2023년 뒤 2024년까지 늘어난 노트 [1-9]")
    )
    before = painted(page)
    page.locator("#chips button").first.click()
    assert painted(page) != before
    assert state_of(page) in ("", "#")


def test_a_vault_without_links_is_drawn_by_what_could_be_linked(show: Open, tmp_path: Path) -> None:
    files = {
        f"공부/주제 {k}.md": f"---\ndate: 2024-0{k}-01\n---\n# 주제 {k}\n" for k in range(1, 9)
    }
    said = "\n".join(f"주제 {k}를 적었다." for k in range(1, 9))
    files["회고/2024년 회고.md"] = f"# 2024년 회고\n\n## 공부\n\n{said}\n"
    root = write(tmp_path / "v", files)
    with Vault.open(root, cache=tmp_path / "cache") as vault, vault.links.naming():
        text = page_of(vault, vault.map.data(), PageOptions(title="v"))
    page = show(text)
    chip = page.locator("#legend [data-name=similar]")
    expect(chip).to_have_attribute("aria-pressed", "true")
    before = painted(page)
    chip.click()
    assert painted(page) != before


def test_the_pane_is_as_wide_as_one_draws_it(show: Open, shipped: Pages) -> None:
    page = show(shipped["map"], at=REDIS)
    page.locator("#grip").focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    assert page.locator("#panel").bounding_box()["width"] == 480


def test_a_masked_page_holds_no_name(shipped: Pages) -> None:
    packed = re.findall(r'<script type="text/plain"[^>]*>([^<]*)', shipped["masked"])
    texts = [gzip.decompress(base64.b64decode(part)).decode() for part in packed]
    assert len(texts) == 1
    for word in ("Redis", "멱등성", "선착순", "점잇기", "공부/"):
        assert word not in shipped["masked"] + texts[0]
    assert "●●" in texts[0]


def test_wrapped_shows_nine_cards_and_saves_each(show: Open, shipped: Pages) -> None:
    page = show(shipped["wrapped"])
    kinds = page.eval_on_selector_all("figure", "all => all.map((one) => one.dataset.card)")
    assert kinds == [
        "cover", "kept", "books", "made", "learned", "longest", "words", "let-go", "next",
    ]  # fmt: skip
    label = page.locator("canvas").nth(1).get_attribute("aria-label")
    assert label.startswith("8개 중 4개를 지켰다")
    with page.expect_download() as saved:
        page.locator("figcaption button").nth(1).click()
    data = Path(saved.value.path()).read_bytes()
    assert data.startswith(b"\x89PNG")
    assert (int.from_bytes(data[16:20]), int.from_bytes(data[20:24])) == (1080, 1350)
    picture(page, "wrapped-light", whole=True)
    page.locator("#theme").click()
    page.locator("#lang").click()
    expect(page.locator("#lang")).to_have_text("한국어")
    picture(page, "wrapped-dark", whole=True)


def test_wrapped_masks_every_name(shipped: Pages) -> None:
    text = shipped["wrapped masked"]
    payload = json.loads(text.split('id="data">')[1].split("</script>")[0])
    said = json.dumps(payload, ensure_ascii=False)
    for word in ("Redis", "점잇기", "마라톤", "회고"):
        assert word not in said
    assert "●●●" in said


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_pictures_are_left_to_be_looked_at(
    scheme: str, width: int, show: Open, shipped: Pages
) -> None:
    height = 900 if width > 700 else 844
    for name, where in (
        ("map", ""), ("years", "#?v=years"), ("goals", "#?v=goals"), ("list", "#?v=list"),
        ("note", "#/note/%ED%9A%8C%EA%B3%A0/2025%EB%85%84%20%ED%9A%8C%EA%B3%A0.md"),
    ):  # fmt: skip
        page = show(
            shipped["map"], where=where, color_scheme=scheme,
            viewport={"width": width, "height": height},
        )  # fmt: skip
        page.wait_for_timeout(300)
        picture(page, f"{name}-{scheme}-{width}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
