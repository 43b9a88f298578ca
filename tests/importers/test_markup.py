"""What a page's elements become in Markdown: boxes, pictures, lists, links, words that look like
markup."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultdots.importers.htmlpage import read_html
from vaultdots.importers.markup import safe_address
from vaultdots.note.parse import parse_note

PROSE = "<p>" + "글자가 많이 있어야 글로 본다. " * 20 + "</p>"


def body(html: str) -> str:
    page = read_html(f"<html><body><article><h1>글</h1>{html}{PROSE}</article></body></html>")
    return page.body.partition("글자가")[0].strip()


def ticks(html: str) -> list[tuple[str, str]]:
    return [(task.status, task.text) for task in parse_note("a.md", body(html)).tasks]


@pytest.mark.parametrize(
    "html",
    [
        '<ul><li class="task-list-item"><input type="checkbox" disabled checked> 하나</li>'
        '<li class="task-list-item"><input type="checkbox" disabled> 둘</li></ul>',
        '<ul><li><label><input type="checkbox" checked=""> 하나</label></li>'
        '<li><label><input type="checkbox"> 둘</label></li></ul>',
        "<ul><li><p><input type=checkbox checked>하나</p></li>"
        "<li><p><input type=checkbox>둘</p></li></ul>",
        '<ul class="to-do-list"><li><div class="checkbox checkbox-on"></div> '
        '<span class="to-do-children-checked">하나</span></li></ul><ul class="to-do-list"><li>'
        '<div class="checkbox checkbox-off"></div> <span>둘</span></li></ul>',
        '<ul><li data-type="taskItem" data-checked="true"><label><input type="checkbox" checked>'
        '<span></span></label><div><p>하나</p></div></li><li data-checked="false"><label>'
        '<input type="checkbox"><span></span></label><div><p>둘</p></div></li></ul>',
        '<ul><li data-task="x" class="is-checked"><input type="checkbox"> 하나</li>'
        '<li data-task=" "><input type="checkbox"> 둘</li></ul>',
        '<ul><li><span role="checkbox" aria-checked="true"></span>하나</li>'
        '<li><span role="checkbox" aria-checked="false"></span>둘</li></ul>',
        '<p><input type="checkbox" checked> 하나</p><p><input type="checkbox"> 둘</p>',
        '<div><input type="checkbox" checked> 하나<br><input type="checkbox"> 둘</div>',
    ],
)
def test_boxes_keep_their_ticks(html: str) -> None:
    assert ticks(html) == [("x", "하나"), (" ", "둘")]


def test_boxes_in_lists_in_lists_and_before_bold_words() -> None:
    html = (
        '<ul><li><input type="checkbox"> <b>하나</b> 더<ul><li><input type="checkbox" checked> 둘'
        "</li></ul></li><li>셋</li></ul>"
    )
    assert body(html) == "- [ ] **하나** 더\n  - [x] 둘\n- 셋"


@pytest.mark.parametrize(
    "text",
    ["&lt;!-- 숨은 말 --&gt; 그리고", "&lt;script&gt;alert(1)&lt;/script&gt; 그리고", "%%숨은 말%%",
     "[[없는 링크]]", "![[없는 그림]]", "`코드` 아님", "# 제목 아님", "&gt; 인용 아님", "~~~ 아님",
     "&lt;/p&gt;", "*별* 아님"],
)  # fmt: skip
def test_words_that_look_like_markup_stay_words(text: str) -> None:
    note = parse_note("a.md", body(f"<p>{text}</p>"))
    assert note.links == ()
    assert [s.heading for s in note.sections] == [""]
    assert {region.kind for region in note.regions} <= set()


def test_code_is_not_escaped() -> None:
    assert body("<p><code>&lt;b&gt; [[x]] %%</code></p>") == "`<b> [[x]] %%`"
    assert body("<pre>&lt;b&gt;%% # x</pre>") == "```\n<b>%% # x\n```"


def test_a_footnotes_number_is_no_wikilink() -> None:
    (link,) = parse_note("a.md", body('<p>글<a href="#fn1">[1]</a></p>')).links
    assert (link.kind, link.subpath) == ("markdown", ("fn1",))


@pytest.mark.parametrize(
    ("html", "address"),
    [
        ('<img src="data:image/gif;base64,R0" data-src="a.png">', "a.png"),
        ('<img data-original="a.png">', "a.png"),
        ('<img src="/img/blank.gif" data-lazy-src="a.png">', "a.png"),
        ('<img src="" srcset="s.png 320w, a.png 1024w, m.png 640w">', "a.png"),
        ('<img src="loading.svg" data-srcset="s.png 1x, a.png 2x">', "a.png"),
        ('<picture><source srcset="a.png"><img src=""></picture>', "a.png"),
        ('<img src="a.png" data-src="b.png">', "a.png"),
        ('<img src="data:x" data-src="a.png"><noscript><img src="a.png"></noscript>', "a.png"),
    ],
)
def test_a_lazy_picture_has_its_real_address(html: str, address: str) -> None:
    assert body(f"<p>{html}</p>") == f"![]({address})"


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        ("<ul><li>하나</li><ul><li>둘</li><ul><li>셋</li></ul></ul><li>넷</li></ul>",
         "- 하나\n  - 둘\n    - 셋\n- 넷"),
        ("<ol><li>하나</li><ol><li>둘</li></ol></ol>", "1. 하나\n   1. 둘"),
        ("<ul><li>하나</li><ol><li>둘</li></ol><li>셋</li></ul>", "- 하나\n  1. 둘\n- 셋"),
    ],
)  # fmt: skip
def test_a_list_in_a_list_stays_nested(html: str, lines: str) -> None:
    assert body(html) == lines


@pytest.mark.parametrize(
    ("href", "target"),
    [
        ("/a b.html", "/a b.html"),
        ("/a (1).html", "/a (1).html"),
        ("/a(1.html", "/a(1.html"),
        ("/wiki/Foo_(bar)", "/wiki/Foo_(bar)"),
        ("/[x]/y.md", "/[x]/y.md"),
        ("/a&lt;b&gt;.md", "/a<b>.md"),
        ("/a\\b.md", "/a\\b.md"),
    ],
)
def test_an_address_with_spaces_or_brackets_works(href: str, target: str) -> None:
    (link,) = parse_note("a.md", body(f'<p><a href="{href}">가</a></p>')).links
    assert link.target == target
    assert link.display == "가"


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_any_address_is_one_word_with_its_brackets_in_pairs(address: str) -> None:
    safe = safe_address(address)
    assert not any(char in " \n\t<>\\[]" for char in safe)
    assert safe.count("(") == safe.count(")")


@pytest.mark.parametrize(
    ("html", "text"),
    [
        (
            '<a href="/x"><h3>제목 <b>굵게</b></h3><p>설명</p></a>',
            "### [제목 **굵게**](/x)\n\n설명",
        ),
        ('<a href="/x"><div><div><p>카드</p></div></div></a>', "[카드](/x)"),
        ('<a href="/x"><ul><li>하나</li><li>둘</li></ul></a>', "- [하나](/x)\n- 둘"),
        ('<a href="/x"><figure><img src="i.png"></figure></a>', "![](i.png)"),
        ('<h2><a href="/x">제목</a></h2>', "## [제목](/x)"),
    ],
)
def test_a_link_around_blocks_is_one_on_the_words(html: str, text: str) -> None:
    assert body(html) == text


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        " \x01jAvaScript:alert(1)",
        "java&#10;script&colon;alert(1)",
        "vbscript:msgbox(1)",
        "data:text/html,&lt;script&gt;alert(1)&lt;/script&gt;",
        "&nbsp;DATA:text/html;base64,AAAA",
        "data:image/svg+xml,&lt;svg onload=alert(1)&gt;",
    ],
)
def test_a_link_that_holds_a_program_keeps_its_words_alone(address: str) -> None:
    assert body(f'<p>앞 <a href="{address}">여기</a> 뒤</p>') == "앞 여기 뒤"


def test_a_picture_may_stand_in_its_address_and_a_program_may_not() -> None:
    assert body('<p>가 <img src="data:image/png;base64,AAAA" alt="그림"></p>') == (
        "가 ![그림](data:image/png;base64,AAAA)"
    )
    assert "javascript" not in body('<p>가 <img src="javascript:alert(1)" alt="그림"></p>')


def test_words_that_look_like_a_link_are_words() -> None:
    text = body("<p>[여기](javascript:alert(1)) [저기](http://a.kr)</p>")
    assert parse_note("a.md", text).links == ()
    assert (
        read_html(
            '<html><head><link rel="canonical" href="javascript:alert(1)"></head><body><p>글</p>'
        ).url
        is None
    )
