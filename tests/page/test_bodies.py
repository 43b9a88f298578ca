"""Notes' texts in the page: what they look like, and that nothing in them does anything."""

from __future__ import annotations

import base64
import gzip
import json
import re
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.disk import write
from vaultdots.graph.note_texts import NoteText, TextLink
from vaultdots.page import packing
from vaultdots.page.bodies import A_PART, Body, BodyRenderer, Marked, pack, rendered, shares
from vaultdots.page.packing import Packing
from vaultdots.vault import Vault

ALLOWED = {
    "p", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "code", "em",
    "strong", "s", "del", "mark", "sub", "sup", "kbd", "u", "br", "hr", "table", "thead", "tbody",
    "tr", "th", "td", "div", "span", "details", "summary",
}  # fmt: skip


def body(text: str, *links: TextLink, **spans: tuple[tuple[int, int], ...]) -> str:
    note = NoteText("a.md", text, links, spans.get("hidden", ()), spans.get("math", ()))
    return BodyRenderer({"b.md": 7}, lambda *_: None).body(note, 10_000)


def link(text: str, written: str, node: str | None = "b.md", **parts: object) -> TextLink:
    start = text.index(written)
    shown = str(parts.get("shown", "b"))
    address = parts.get("address")
    return TextLink(
        start, start + len(written), False, node, shown, None if address is None else str(address),
        None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("# A\n\n*가* **나**", '<h1 data-line="1">A</h1>\n<p data-line="3"><em>가</em>'),
        ("- [x] 함\n- [ ] 안 함", '<li data-line="1" class="task done">'),
        ("> [!tip] 제목\n> 글", '<div class="callout c-tip"'),
        ("> [!tip] 제목\n> 글", '<span class="callout-title">제목</span>'),
        ("| 가 | 나 |\n|---|---|\n| 1 | 2 |", "<td>1</td>"),
        ("==중요==", "<mark>중요</mark>"),
        ("~~x~~", "<s>x</s>"),
        ("```js\nlet a = '<b>';\n```", "let a = '&lt;b&gt;';"),
        ("a<br>b", "<br>"),
        ("무릎은 여기다. ^knee", ">무릎은 여기다.</p>"),
        ("x^2 is ^not here", ">x^2 is ^not here</p>"),
    ],
)
def test_markdown_is_shown_as_it_is_meant(text: str, shown: str) -> None:
    assert shown in body(text)


def test_a_link_is_a_dot_and_never_an_address() -> None:
    text = "앞 [[b|거기]] 뒤 [밖](https://example.com/a) 또 [[없음]]"
    shown = body(
        text,
        link(text, "[[b|거기]]", shown="거기"),
        link(
            text, "[밖](https://example.com/a)", None, shown="밖", address="https://example.com/a"
        ),
        link(text, "[[없음]]", None, shown="없음"),
    )
    assert '<span class="link" data-row="7">거기</span>' in shown
    assert '<span class="ext" title="https://example.com/a">밖</span>' in shown
    assert "<span>없음</span>" in shown
    assert "href" not in shown


def test_lines_keep_their_numbers_behind_what_is_hidden() -> None:
    text = "---\na: 1\n---\n첫 줄\n\n%%\n비밀\n%%\n\n끝"
    hidden = ((0, text.index("첫")), (text.index("%%"), text.index("\n\n끝")))
    shown = body(text, hidden=hidden)
    assert "비밀" not in shown
    assert '<p data-line="4">첫 줄' in shown
    assert '<p data-line="10">끝' in shown


def test_a_formula_stays_as_it_is_written() -> None:
    text = "식 $a_1 * b_2 * c$ 끝"
    shown = body(text, math=((2, text.index(" 끝")),))
    assert '<span class="math">$a_1 * b_2 * c$</span>' in shown


def test_an_embed_shows_a_level_and_no_more(tmp_path: Path) -> None:
    root = write(
        tmp_path / "v",
        {
            "a.md": "![[b#둘]]\n",
            "b.md": "# 하나\nx\n# 둘\n여기 ![[c]]\n## 셋\n아래\n",
            "c.md": "깊은 곳\n",
        },
    )
    with Vault.open(root, cache=tmp_path / "cache") as vault:
        data = vault.map.data()
        texts = {note.path: note for note in vault.map.texts(data).read(["a.md", "b.md", "c.md"])}
    rows = {node.id: i for i, node in enumerate(data.nodes)}
    shown = BodyRenderer(rows, lambda path, a, b: texts[path]).body(texts["a.md"], 1000)
    assert "여기" in shown
    assert "아래" in shown
    assert "깊은 곳" not in shown
    assert f'data-row="{rows["c.md"]}"' in shown


def test_a_long_text_is_cut_with_a_notice() -> None:
    note = NoteText("a.md", "가나다라 " * 100, (), ())
    shown = BodyRenderer({}, lambda *_: None).body(note, 50)
    assert shown.endswith('<div class="cut"></div>')
    assert len(shown) < 200


def test_texts_are_packed_by_the_part() -> None:
    rows = [f"<p>{k}</p>" for k in range(A_PART + 3)]
    parts = [json.loads(gzip.decompress(base64.b64decode(part))) for part in pack(rows)]
    assert [len(part) for part in parts] == [A_PART, 3]
    assert parts[1][2] == rows[-1]
    assert pack(rows) == pack(rows)


def some_bodies() -> list[Body | None]:
    """Three parts, with an embed in each text and rows without one."""
    inside: Marked = ("*안*", 0, [])
    marked: list[Marked] = [(f"# {k}\n\ue0000\ue001", k, [("가", inside)]) for k in range(450)]
    return [(one, k % 3 == 0) if k % 7 else None for k, one in enumerate(marked)]


def packed_beside(bodies: list[Body | None], monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setattr(packing, "BESIDE", 1)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    with Packing(bodies) as work:
        return work.parts()


def test_a_second_process_packs_what_one_packs(monkeypatch: pytest.MonkeyPatch) -> None:
    bodies = some_bodies()
    with Packing(bodies) as work:
        alone = work.parts()
    assert alone == pack(rendered(body) if body else "" for body in bodies)
    monkeypatch.setattr(packing, "packed", lambda _: pytest.fail("left to this process"))
    assert packed_beside(bodies, monkeypatch) == alone


@pytest.mark.parametrize(
    "script",
    [
        "raise SystemExit(3)",
        # the first part, then the middle of a frame
        "import sys; from vaultdots.store.beside import receive, send\n"
        "from vaultdots.page.bodies import packed\n"
        "send(sys.stdout.buffer, packed(receive(sys.stdin.buffer)[0]))\n"
        "sys.stdout.buffer.write(b'\\x10\\0\\0\\0abc')",
        # no frame of ours
        "import sys; sys.stdout.buffer.write(b'\\x04\\0\\0\\0zzzz'); sys.stdin.read()",
    ],
)
def test_a_second_process_that_fails_loses_no_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    bodies = some_bodies()
    with Packing(bodies) as work:
        alone = work.parts()
    fake = tmp_path / "python"
    fake.write_text(f"#!{sys.executable}\n{script}\n")
    fake.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(fake))
    assert packed_beside(bodies, monkeypatch) == alone


def test_without_an_interpreter_to_start_the_texts_are_packed_here(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bodies = some_bodies()
    with Packing(bodies) as work:
        alone = work.parts()
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    assert packed_beside(bodies, monkeypatch) == alone


@pytest.mark.parametrize(
    ("lengths", "budget", "given"),
    [
        ([5, 5], 100, [5, 5]),
        ([10, 1000, 1000], 1210, [10, 600, 600]),
        ([700, 700, 700], 1200, [600, 600, 0]),
    ],
)
def test_a_budget_is_shared_fairly(lengths: list[int], budget: int, given: list[int]) -> None:
    assert shares(lengths, range(len(lengths)), budget) == given


class Elements(HTMLParser):
    def __init__(self, source: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))


def check_clean(shown: str) -> None:
    for tag, attributes in Elements(shown).seen:
        assert tag in ALLOWED
        for name, value in attributes.items():
            assert name in {"class", "data-row", "data-line", "title"}
            if name.startswith("data-"):
                assert value is not None
                assert re.fullmatch(r"[0-9]+", value)


@settings(deadline=None, max_examples=150)
@given(
    st.text(
        st.sampled_from("<>/=\"'`&;![]()#*_-\n\t a가x:1\ue000\ue001\u202e\x00{}%$|~"), max_size=60
    )
)
def test_whatever_a_note_says_only_known_elements_come_out(text: str) -> None:
    check_clean(body(text))


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=40), st.text(max_size=40))
def test_whatever_a_link_says_it_is_text(shown: str, address: str) -> None:
    text = "a [[b]] c [d](e)"
    check_clean(
        body(
            text,
            link(text, "[[b]]", shown=shown),
            link(text, "[d](e)", None, shown=shown, address=address),
        )
    )
