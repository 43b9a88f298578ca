"""HTML in Markdown read as prose: each form where it stands, every place kept."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any, SupportsIndex

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vaultdots.note.html_prose import html_prose
from vaultdots.note.parse import parse_note
from vaultdots.note.prose import Prose, hidden_spans, plain, read_prose
from vaultdots.text.spans import Lines, Span


def read(text: str) -> Prose:
    """A text as prose, its HTML told as Markdown."""
    told = html_prose(text)
    lines = Lines.of(text)
    if told is None:
        return read_prose(text, Span(0, len(text)), lines)
    assert len(told.text) == len(text)
    return read_prose(told.text, Span(0, len(text)), lines, (), told.depths)


def items(text: str) -> list[tuple[int, str | None, str]]:
    return [(item.depth, item.check, item.text) for item in read(text).items]


def sentences(text: str) -> list[str]:
    return [sentence.text for sentence in read(text).sentences]


def test_paragraphs() -> None:
    text = "<p>Spring was short.</p><p>Summer\nwas not.</p>\n<div>Then autumn</div>"
    assert sentences(text) == ["Spring was short.", "Summer was not.", "Then autumn"]
    assert len(read(text).paragraphs) == 3


@pytest.mark.parametrize(
    "text",
    [
        "<ul>\n<li>Bake bread\n<ul>\n<li>rye first</li>\n</ul>\n</li>\n<li>Fix the bike</ul>",
        "<ul><li>Bake bread<ul><li>rye first</li></ul></li><li>Fix the bike</li></ul>",
        "<UL class='a'>\n    <LI><p>Bake bread</p>\n      <ol><li>rye first</li></ol>\n    </LI>\n"
        "    <LI>\n      <span style='x'>Fix\n      the bike</span>\n    </LI></UL>",
        "<ul>\r\n<li>Bake bread<ol>\r\n<li>rye first\r\n</ol>\r\n<li>Fix the bike\r\n</ul>",
    ],
)
def test_lists_in_lists(text: str) -> None:
    assert [(depth, shown) for depth, _, shown in items(text)] == [
        (0, "Bake bread"), (1, "rye first"), (0, "Fix the bike"),
    ]  # fmt: skip


def test_a_list_ends_where_it_is_closed() -> None:
    prose = read("<ul><li>Bake bread</li></ul>\nThat was all.")
    assert [s.item for s in prose.sentences] == [0, None]


def test_places_are_those_of_the_source() -> None:
    text = "One.\n\n<ul>\n  <li>Learn <b>knots</b> &amp; splices</li>\n</ul>\n<p>A day off.</p>\n"
    prose = read(text)
    (item,), (_, _, last) = prose.items, prose.sentences
    assert (item.line, item.text) == (4, "Learn knots & splices")
    assert "Learn <b>knots</b> &amp; splices" in item.span.of(text)
    assert (last.line, last.span.of(text).removesuffix("</p>")) == (6, "A day off.")


@pytest.mark.parametrize(
    ("line", "check"),
    [
        ('<li><i class="fa fa-check"></i> Sail</li>', "✅"),
        ('<li><i class="fas fa-times fa-fw"></i>Sail</li>', "❌"),
        ('<li><i class="fa-solid fa-xmark"></i> Sail</li>', "❌"),
        ('<li><span class="glyphicon glyphicon-ok"></span> Sail</li>', "✅"),
        ('<li><span class="glyphicon glyphicon-remove"></span> Sail</li>', "❌"),
        ('<li><i class="bi bi-check-circle"></i> Sail</li>', "✅"),
        ('<li><span class="text-success">Sail</span></li>', "✅"),
        ('<li><span class="text-danger"><i class="fa fa-times"></i> Sail</span></li>', "❌"),
        ('<li><input type="checkbox" checked disabled> Sail</li>', "x"),
        ('<li><input disabled="" type="checkbox"/> Sail</li>', " "),
        ('<li><input type="checkbox" checked="checked"> <p>Sail</p></li>', "x"),
        ('<span class="text-success"><i class="fa fa-check"></i> Sail</span><br>', "✅"),
        ('<p><input type="checkbox" checked> Sail</p>', "x"),
        ('<li><i class="fa fa-boat"></i> Sail</li>', None),
        ('<li><i class="fa fa-checkerboard"></i> Sail</li>', None),
    ],
)
def test_marks(line: str, check: str | None) -> None:
    assert items(line) == [(0, check, "Sail")]


def test_lines_that_a_br_ends() -> None:
    text = (
        '<span class="text-success"><i class="fa fa-check"></i> Plant a tree.</span><br>\n'
        '<span class="text-danger"><i class="fa fa-times"></i> Row.</span> &#8211; no boat<br/>\n'
        "Read less news<br>Sleep<br>\n\nThe end."
    )
    assert items(text)[0] == (0, "✅", "Plant a tree.")
    assert items(text)[1] == (0, "❌", "Row. – no boat")
    assert sentences(text)[2:] == ["– no boat", "Read less news", "Sleep", "The end."]


def test_an_icon_behind_a_line_marks_that_line() -> None:
    text = 'Plant a tree <i class="fa fa-check"></i><br>Row <i class="fa fa-times"></i><br>'
    assert sentences(text) == ["Plant a tree ✅", "Row ❌"]


@pytest.mark.parametrize("tag", ["del", "s", "strike", "S"])
def test_struck_text(tag: str) -> None:
    (item,) = read(f"<ul><li><{tag}>Row</{tag}> too wet</li></ul>").items
    assert (item.raw.split("  ")[0], item.text) == ("~~Row~~", "Row too wet")


def test_bold_inside_a_word_leaves_no_gap() -> None:
    text = "<p><strong>수영</strong>은 매주, 그리고<b>달리기</b>도.</p>"
    assert sentences(text) == ["수영은 매주, 그리고달리기도."]
    (item,) = read("<li>참 <strong>수영</strong>은 매주</li>").items
    assert item.raw == "참       **수영**은 매주"


def test_quotes_details_and_definitions() -> None:
    text = (
        "<blockquote><p>1. paint<br />\n2. row</p></blockquote>\n<p>Painted.</p>"
        "<details>\n<summary>More</summary>\n\n- hike\n\n</details>"
    )
    told = html_prose(text)
    assert told is not None
    lines = [line for line in told.text.splitlines() if line.strip()]
    assert [line.rstrip() for line in lines] == [
        "> 1. paint", "> 2. row", "Painted.", "**More**", "- hike",
    ]  # fmt: skip


def test_headings_are_told_with_their_places() -> None:
    text = "<p>So.</p><h2 id='x'>Plans <em>for</em> 2031</h2>\n<p>Row.</p>"
    told = html_prose(text)
    assert told is not None
    (heading,) = told.headings
    assert (heading.level, plain(heading.raw)) == (2, "Plans for 2031")
    assert text[heading.start :].startswith("<h2 id") and text[: heading.body].endswith("</h2>")
    assert "Plans" not in told.text


def test_what_is_no_prose() -> None:
    text = (
        "<style>\np { color: red }\n</style>\n<script>var a = '<p>b</p>';</script>\n"
        "<pre>make all</pre><iframe src='x'>old browser</iframe>\n<p>Row.</p>"
        '<blockquote class="twitter-tweet"><p>short</p>&mdash; me</blockquote>\n'
    )
    assert sentences(text) == ["Row."]


def test_code_and_comments_hold_no_tags() -> None:
    text = (
        "# A\n\n```\n<li>code</li>\n```\n\n<!-- <li>gone</li> -->\n\nUse `<li>` or `<br>` here.\n"
    )
    note = parse_note("a.md", text)
    told = html_prose(text, note.body, hidden_spans(note))
    comment = "<!-- <li>gone</li> -->"
    assert told is not None
    assert told.text == text.replace(comment, " " * len(comment))


@pytest.mark.parametrize(
    "text",
    [
        "| a<br>b | c |\n|---|---|\n| d<br>e | f |\n",
        "## One<br>two\n",
        "1 < 2 and <T> of List<String> is <not a tag\n",
        "<table><tr><td><p>cell</p></td></tr></table>\n",
        'A <a href="x">link</a> and <kbd>K</kbd>\n',
    ],
)
def test_what_stays_as_it_is(text: str) -> None:
    assert html_prose(text) is None


def test_entities_are_characters() -> None:
    assert plain("Tom &amp; Ann &#8211; 3&nbsp;km &hearts; &#x2713; &nosuch; R&D;") == (
        "Tom & Ann – 3 km ♥ ✓ &nosuch; R&D;"
    )


def test_two_spaces_end_a_line_of_a_list_without_bullets() -> None:
    one = "Take the train to the sea once a month, and write about it"
    two = "Learn to repair the old wooden boat of my uncle by myself."
    assert sentences(f"{one}  \n{two}  \nRow") == [one, two, "Row"]
    assert len(sentences(f"{one}  \nRow")) == 1, "two lines are running text"
    assert len(sentences(f"{one}  \n{one}\nRow")) == 1, "only some lines are broken"
    told = f"{one}. {one}"
    assert len(sentences(f"{told}  \n{told}  \nRow")) == 3, "lines of several sentences run on"


def test_a_br_ends_a_line_but_after_a_comma() -> None:
    one = "I took the train to the sea as often as it was running at all"
    assert sentences(f"{one}<br>\nthen walked") == [one, "then walked"]
    assert sentences(f"{one},<br>then walked") == [f"{one}, then walked"]


PARTS = [
    "<p>", "</p>", "<ul>", "</ul>", "<ol>", "<li>", "</li>", "<br>", "<br />", "<h2>", "</h2>",
    "<blockquote>", "</blockquote>", "<strong>", "</strong>", "<b>", "</b>", "<del>", "</del>",
    '<i class="fa fa-check">', "</i>", '<input type="checkbox" checked>',
    "<span class='text-danger'>",
    "</span>", "<summary>", "</summary>", "<script>", "</script>", "<table>", "</table>", "<div>",
    "<hr>", "row", "수영", "\n", "\n\n", "\r\n", " ", "- ", "> ", "| ", "# ",
    "&nbsp;", "&amp;", "<", ">", "<!--", "-->",
]  # fmt: skip


@given(st.lists(st.sampled_from(PARTS), max_size=40).map("".join))
@settings(max_examples=300, deadline=None)
def test_any_html_keeps_every_place(text: str) -> None:
    told = html_prose(text)
    if told is None:
        return
    assert len(told.text) == len(text)
    for at, char in enumerate(told.text):
        if char.isalpha() and char not in "x":
            assert text[at] == char
    assert all(told.text[at] in "-1" for at in told.depths)
    prose = read(text)
    for start, end in [s.span for s in prose.sentences] + [i.span for i in prose.items]:
        assert 0 <= start <= end <= len(text)


def lines_run(work: Callable[[], object]) -> int:
    """How many lines of Python a piece of work runs, each turn of a loop too: the same on every
    machine."""
    count = 0

    def trace(frame: FrameType, event: str, arg: object) -> Any:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize(
    "piece", ["<ul><li>a\n", "<ol><li>a<p>b\n", "<blockquote><ul><li>a\n", "<h2>x ", "<p>a<b>b "]
)
def test_twice_the_tags_cost_about_twice_the_work(piece: str) -> None:
    # Past the deepest level: before it each further level is a new one.
    assert lines_run(lambda: read(piece * 400)) < 2.5 * lines_run(lambda: read(piece * 200))


def test_lists_without_end_are_told_to_a_depth() -> None:
    found = read("<ul><li>a\n" * 200).items
    assert [item.depth for item in found] == [*range(40), *[40] * 160]
    assert {item.parent for item in found[40:]} == {39}


class Searched(str):
    """A text that knows how much of it, and of what is made of it, was searched through."""

    __slots__ = ("seen",)
    seen: list[int]

    def translate(self, table: Any) -> Searched:
        told = Searched(super().translate(table))
        told.seen = self.seen
        return told

    def find(
        self, sub: str, start: SupportsIndex | None = 0, end: SupportsIndex | None = None
    ) -> int:
        found = super().find(sub, start, end)
        self.seen.append((found if found >= 0 else len(self)) - int(start or 0))
        return found


def searched(text: str) -> int:
    held = Searched(text)
    held.seen = []
    html_prose(held)
    return sum(held.seen)


@pytest.mark.parametrize("piece", ["<h2>x ", "<h2>x <h3>y ", "<p><h2>x "])
@pytest.mark.parametrize("last", ["</h2>", "</h3></h2>", "", "</h2"])
def test_a_far_closing_tag_is_looked_for_once(piece: str, last: str) -> None:
    far = "a " * 1000
    assert searched(piece * 400 + far + last) < 2.5 * searched(piece * 200 + far + last)
    assert searched(piece * 400 + far + last) < 5 * len(piece * 400 + far)
