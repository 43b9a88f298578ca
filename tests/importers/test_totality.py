"""Any text and any bytes give a plan, in time, and no letter is lost."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vaultdots.importers import plan
from vaultdots.importers.encodings import decode
from vaultdots.importers.htmlpage import read_html
from vaultdots.importers.hugo import highlights, shortcodes
from vaultdots.importers.jekyll import kramdown
from vaultdots.importers.markdown import edit_prose, outline
from vaultdots.importers.properties import cut, dump
from vaultdots.importers.textpage import read_page

LINES = st.lists(
    st.one_of(
        st.sampled_from(
            [
                *("", "#", "1. 회사", "2-1) 일", "[ 공부 ]", "#회고 #2023", "- 하나", "  - 둘"),
                *("* 셋", "올해의 목표", "목차", "Related", "댓글 3", "```", "올해도 끝났다.", "---"),  # noqa: E501
                *("**Keep**", "■ 회사", "Part 1. Work", "2023. 12. 31.", "Author"),
                *("# 제목", "가나다 " * 40, "1월", "2월 ~ 3월", "URL 복사", "> 인용", "| a | b |"),
                *("===", "Ⅱ. 책", "Anchor", "Permalink", "회사 Direct link to heading"),
            ]
        ),
        st.text(max_size=30),
    ),
    max_size=40,
)  # fmt: skip
BROKEN = ("<a ", "<div>", "</", "<p>", "<!--", '<h2 class="', "<td>", "글 ", "&#", "<![CDATA[", ">")


def letters(text: str) -> Counter[str]:
    return Counter(c for c in normalize("NFC", text) if c.isalnum())


@pytest.mark.slow
@given(LINES)
@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_no_letter_of_a_text_is_lost_or_invented(lines: list[str]) -> None:
    text = "\n".join(lines).replace("\r", "\n")
    page = read_page(text)
    title = "" if page.convention == "Markdown" else page.title or ""
    assert letters(page.body + "\n".join(page.removed) + title) == letters(text)


@given(st.lists(st.one_of(st.sampled_from(BROKEN), st.text(max_size=8)), max_size=40))
@settings(max_examples=150, deadline=None)
def test_any_html_gives_a_page(parts: list[str]) -> None:
    page = read_html("".join(parts))
    assert page.body.endswith("\n")


@given(st.binary(max_size=300))
def test_any_bytes_give_a_text(data: bytes) -> None:
    decoded = decode(data)
    assert "\r" not in decoded.text
    decoded.text.encode("utf-8", "surrogatepass")


@given(st.text(max_size=200))
def test_any_text_can_have_frontmatter_cut(text: str) -> None:
    for fence in ("---", "+++"):
        front = cut(f"{fence}\n{text}\n{fence}\nbody\n")
        assert front.body.endswith("body\n")
    assert cut(text).body in text


@given(st.dictionaries(st.text(min_size=1, max_size=8), st.text(max_size=12), max_size=4))
def test_properties_can_be_read_again(values: dict[str, str]) -> None:
    text = dump(values)
    kept = {key: value for key, value in values.items() if value}
    assert cut(text).values == kept


HOSTILE = {
    "one word": "목표" * 340_000,
    "one line": "목표 " * 340_000,
    "short lines": "목표\n" * 100_000,
    "tags": "#회고\n" * 100_000,
    "numbers": "1. 회사\n" * 100_000,
    "bullets": "- 회사\n" * 100_000,
    "two bullets": "- 가\n* 나\n" * 50_000,
    "deeper bullets": "".join(" " * (i % 90) + "- 가\n" for i in range(50_000)),
    "brackets": "[ " * 400_000,
    "bracket lines": "[ 회사 ]\n글이다.\n" * 40_000,
    "hash lines": "회사\n#\n" * 100_000,
    "chrome": "댓글 3\n" * 100_000,
    "fences": "```\n" * 100_000,
    "backticks": "`" * 1_000_000,
    "emphasis": "**a" * 300_000,
    "shortcodes": "{{< a " * 150_000,
    "liquid": "{{ '" * 200_000 + "{% raw" * 100_000,
    "attributes": "{: " * 300_000,
    "links": "](" * 400_000,
    "spaces": "# a" + " " * 900_000 + "b",
    "hashes": "#" * 900_000,
}


@pytest.mark.slow
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.timeout(90)
def test_hostile_text_is_read_in_linear_time(text: str) -> None:
    page = read_page(text)
    title = "" if page.convention == "Markdown" else page.title or ""
    assert sum(letters(page.body + "\n".join(page.removed) + title).values()) == sum(
        letters(text).values()
    )
    edit_prose(
        highlights(text), lambda prose: shortcodes(kramdown(prose), "a.md", lambda _: None, [])
    )
    outline(text)
    cut("---\n" + text)


HOSTILE_HTML = {
    "open tags": "<a " * 200_000,
    "nested": "<div>" * 100_000 + "글",
    "comments": "<!--" * 100_000,
    "lists": "<ul><li>" * 20_000 + "글",
    "bold": "<b>글" * 30_000,
    "cdata": "<![CDATA[" * 80_000,
}


@pytest.mark.parametrize("text", HOSTILE_HTML.values(), ids=HOSTILE_HTML.keys())
@pytest.mark.timeout(90)
@pytest.mark.slow
def test_hostile_html_is_read_in_time(text: str) -> None:
    assert text.count("글") == read_html(text).body.count("글")


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("회고를 쓴다".encode("utf-8-sig"), "utf-8"),
        ("회고를 쓴다".encode("utf-16"), "utf-16-le"),
        ("올해의 회고를 쓴다. 똠방각하 펲시콜라".encode("cp949"), "cp949"),
        (
            "Résumé de l'année, très bien passée à Genève. Voilà où nous étions.".encode("cp1252"),
            None,
        ),
    ],
)
def test_encodings(tmp_path: Path, data: bytes, encoding: str | None) -> None:
    decoded = decode(data)
    if encoding is None:
        assert "année" in decoded.text
        assert decoded.warning is not None and decoded.warning.startswith("encoding guessed")
    else:
        assert decoded.encoding == encoding
        assert decoded.text.startswith(("회고를", "올해의"))
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    (note,) = plan(path).notes
    guesses = [w for w in note.warnings if w.startswith("encoding")]
    assert len(guesses) == (encoding in ("cp949", None))
