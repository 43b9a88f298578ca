"""The small cases that mutation testing showed to be untested (docs/safety.md)."""

from __future__ import annotations

import json

import pytest

from vaultdots.note.canvas import base_links, canvas_links
from vaultdots.note.frontmatter import MAX_DEPTH, MAX_REPEATED, MAX_VALUES
from vaultdots.note.model import Note
from vaultdots.note.options import NoteOptions
from vaultdots.note.parse import parse_note
from vaultdots.note.targets import percent_decoded


def read(text: str, path: str = "a/b.md") -> Note:
    return parse_note(path, text)


def targets(text: str) -> list[str]:
    return [link.target for link in read(text).links]


def problems(text: str) -> list[tuple[int, str]]:
    return [(problem.line, problem.message) for problem in read(text).diagnostics]


def properties(block: str) -> dict[str, object]:
    return {item.key: item.value for item in read(f"---\n{block}\n---\n").properties}


# -- properties ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("block", "line", "words"),
    [
        ("a: 1\na: 2", 3, "`a` stands twice; the last one counts"),
        ("b: 1\na: 1\nb: 2", 4, "`b` stands twice"),
        ("x: 1\ny: *gone", 3, "the alias *gone names no value before it"),
        ("x: 1\ny: &a [*a]", 3, "the alias *a names no value before it"),
        ("x: 1\n? [a]\n: b", 3, "a key is not text"),
        ("x: &a [1]\n*a : b", 3, "a key is not text"),
        ("x: 1\ny: !secret z", 3, "the YAML tag !secret is not read"),
        ("x: 1\n... \ny: 2", 4, "document"),
        ("x: 1\ny: [" + "1," * MAX_VALUES + "]", 3, f"more than {MAX_VALUES} values"),
        (f"x: &a {'k' * 1_000}\ny: [{'*a,' * 1_001}]", 3, f"more than {MAX_REPEATED} characters"),
        ("x: 1\ny: " + "[a, " * (MAX_DEPTH + 1), 3, f"nested deeper than {MAX_DEPTH}"),
        ("x: 1\ny: [1", 3, "expected ',' or ']'"),
        ("x: 1\ny: 'z", 3, "found unexpected end of stream"),
        ("x: a\x07b", 2, "the character U+0007 is read as U+FFFD"),
    ],
)
def test_a_bad_block_is_told_where_it_is_bad(block: str, line: int, words: str) -> None:
    found = [one for one in problems(f"---\n{block}\n---\n[[x]]\n") if words in one[1]]
    assert [number for number, _ in found] == [line], problems(f"---\n{block}\n---\n")
    assert targets(f"---\n{block}\n---\n[[x]]\n")[-1:] == ["x"]


@pytest.mark.parametrize("depth", [MAX_DEPTH - 1, MAX_DEPTH + 2])
def test_depth_is_counted_in_lists_and_maps(depth: int) -> None:
    for opening, closing in (("[a, ", "]"), ("{a: ", "}")):
        text = f"---\nx: {opening * depth}1{closing * depth}\n---\n"
        assert bool(problems(text)) == (depth > MAX_DEPTH)


def test_plain_scalars_are_those_of_the_core_schema() -> None:
    block = "a: False\nb: FALSE\nc: True\nd: .inf\ne: 1e999\nf: 1e3\ng: '1'\nh: 0o17\ni: -7\nj:"
    assert properties(block) == {
        "a": False, "b": False, "c": True, "d": ".inf", "e": "1e999", "f": 1000.0, "g": "1",
        "h": 15, "i": -7, "j": None,
    }  # fmt: skip


def test_anchors_are_followed_and_may_be_keys() -> None:
    assert properties("a: &x 7\nb: [*x, *x]\nc: &y {k: *x}\nd: *y\n*x : z") == {
        "a": 7, "b": [7, 7], "c": {"k": 7}, "d": {"k": 7}, "7": "z",
    }  # fmt: skip


def test_json_without_a_place_in_text_is_mended_one_for_one() -> None:
    assert properties('{\n"a\\ud800b": ["\\udfff", 1.5, null]\n}') == {
        "a\ufffdb": ["\ufffd", 1.5, None]
    }


def test_toml_numbers_too_long_to_be_written_are_text() -> None:
    note = read("+++\na = 0x" + "f" * 2_000 + "\nb = inf\n+++\n")
    assert [item.value for item in note.properties] == ["0x" + "f" * 2_000, "inf"]


def test_an_unclosed_block_is_told_only_where_it_looks_like_one() -> None:
    assert problems("---\na: b\n") == [
        (1, "frontmatter: the closing fence is missing; it is read as text")
    ]
    assert problems("---\nprose\n") == []
    assert problems("---\na: b\n---") == []


def test_a_tag_that_is_none_is_named() -> None:
    assert problems("---\ntags: [ok, 'a b']\n---\n") == [(2, "`a b` is not a valid tag")]


def test_links_in_properties_of_both_forms() -> None:
    note = read('---\na: "[x](<b c.md>)"\nb: [y](d.md)\nc: "![[e]]"\n# [[no]]\n---\n')
    assert [(link.target, link.kind, link.section) for link in note.links] == [
        ("b c.md", "property", -1), ("d.md", "property", -1), ("e", "property", -1),
    ]  # fmt: skip


# -- the body -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # code spans bind tighter than links, and end with a run of their own length
        ("[[a`]]` [[b]]", ["b"]),
        ("[[a`b`]] [[c]]", ["a`b`", "c"]),
        ("[[a`]] [[b]]", ["a`", "b"]),
        ("``x` [[a]]`` [[b]]", ["b"]),
        ("\\`[[a]]`", ["a"]),
        # math and money
        ("$[[a]]$ $[[b]] $ [[c]]", ["b", "c"]),
        ("$[[a]]\\$ [[b]]$ [[c]]", ["c"]),
        ("$5 [[a]] $6", ["a"]),
        ("$$[[a]]$$ [[b]]", ["b"]),
        ("$$$$ [[a]]", ["a"]),
        # a block of math or a comment ends where it is closed, the rest of the line is prose
        ("$$\n[[a]]\n$$ [[b]]", ["b"]),
        ("%%\n[[a]]\n%% [[b]]", ["a", "b"]),
        ("%%\n[[a]]\n%%\n[[b]]", ["a", "b"]),
        ("text\n$$\n[[a]]\n$$", []),
        # tables: nothing runs over a row
        ("a|b\n-|-\n`x|y\nz`|[[c]]", ["c"]),
        ("a|b\r-|-\r`x|y\rz`|[[c]]", ["c"]),
        ("`a|b\n-|-|-\nz`[[c]]", ["c"]),
        ("| a | b |\n|---|---|\n| [[c\\|d]] | [[e]] |", ["c", "e"]),
        # indented code after tabs, in quotes and lists
        ("\t[[a]]\n\n[[b]]", ["b"]),
        ("> \t[[a]]", ["a"]),
        (">     [[a]]\n\n[[b]]", ["b"]),
        (">\t\t[[a]]", []),
        ("- a\n\n\t[[b]]", ["b"]),
        ("- a\n\n\t\t[[b]]", []),
        ("   > [[a]]\n    > [[b]]", ["a", "b"]),
        ("[^1]: a\n\n    [[b]]\n\n        [[c]]", ["b"]),
        # fences close with white space behind them, and not when indented by four
        ("```\n[[a]]\n``` \t\n[[b]]", ["b"]),
        ("```\n[[a]]\n    ```\n[[b]]", []),
        ("- ```\n  [[a]]\n  ```\n  [[b]]", ["b"]),
        # addresses
        ("[a](b\\)c) [[d]]", ["b)c", "d"]),
        ("[a](b(c)d)", ["b(c)d"]),
        ("[a](b", []),
        ("[a](b 'c' d)", []),
        ('[a](<b c> "d")', ["b c"]),
        ("![a ![b](c)](d)", ["d", "c"]),
        ("[a [b](c)](d)", ["c"]),
        ("![" * 40 + "](x)" * 40, ["x"] * 16),
        # shortcodes
        ('{{% ref "a" %}} {{< ref "b" >}} {% link c.md %} {% raw %}', ["a", "b", "c.md"]),
        ("{{< ref", []),
    ],
)
def test_where_links_are_and_are_not(text: str, expected: list[str]) -> None:
    assert targets(text) == expected


@pytest.mark.parametrize(
    "form", ["<https://e.x/a>", "[a](https://e.x/a)", "[a]: https://e.x/a\n\n[a]"]
)
def test_links_out_of_the_vault(form: str) -> None:
    (link,) = read(form).links
    assert (link.external, link.lookup, link.target) == (True, "markdown", "https://e.x/a")
    assert link.kind == ("reference" if form.endswith("[a]") else "markdown")


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("# a  ", "a"), ("# a #\t", "a"), ("# a#", "a#"), ("# #", ""), ("#", ""),
        ("# a # b", "a # b"),
        ("a  \n===", "a"), ("  a\n---", "a"), ("#\ta", "a"), ("# x#y ##", "x#y"),
    ],
)  # fmt: skip
def test_a_headings_words(text: str, heading: str) -> None:
    (section,) = [section for section in read(text).sections if section.level]
    assert section.raw == heading


def test_a_heading_is_shown_no_longer_than_it_is_read() -> None:
    note = read("# " + "긴 " * 1_000 + "\n## b\n")
    assert len(note.title) <= 500
    assert all(len(name) <= 500 for section in note.sections for name in section.headings)


def test_regions_have_their_kinds() -> None:
    text = "---\na: b\n---\n%%\nc\n%%\n\n$$\nx\n$$\n\n`d` %%e%%\n"
    kinds = [region.kind for region in read(text).regions]
    assert kinds == ["frontmatter", "comment", "math", "code", "comment"]


def test_the_dialect_a_file_shows() -> None:
    assert read("", "_posts/2023-01-05-a.md").dialect == "jekyll"
    assert read("+++\n+++\n").dialect == "hugo"
    assert read("").dialect == "obsidian"
    assert read("", "_posts/2023-01-05-2024-01-01-a.md").title == "2024-01-01-a"


def test_what_decodes_to_no_text_stays_as_it_is_written() -> None:
    assert percent_decoded("%ED%95%9C") == "한"
    assert percent_decoded("%FF") == "%FF"


# -- boards and bases ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('{\n"nodes": [,]}', 2, "canvas: Expecting value"),
        ("[" * 200, 1, "canvas: nested too deep"),
        ('{"nodes": {}}', 1, "canvas: `nodes` is not a list"),
        ('{"nodes": "x"}', 1, "canvas: `nodes` is not a list"),
    ],
)
def test_a_board_that_is_none_is_told(text: str, line: int, words: str) -> None:
    links, (problem,) = canvas_links(text)
    assert links == ()
    assert (problem.code, problem.severity, problem.line) == ("bad-canvas", "error", line)
    assert problem.message == words


@pytest.mark.parametrize("text", ["", " \n", "{}", "[]", '{"nodes": null}', '{"nodes": [1]}'])
def test_a_board_may_be_empty(text: str) -> None:
    assert canvas_links(text) == ((), ())


def test_a_boards_links_stand_at_their_nodes() -> None:
    board = """{"nodes": [
 {"id": "a", "file": " x.md ", "subpath": "#h#i"},
 {"id": "b", "text": "see [[y|z]] and [q](r.md) and \\"c\\""},
 {"id": "c", "file": " ", "text": "![[w]]"},
 {"id": "", "file": "v.md"}, {"file": "u.md"}
]}"""
    links, found = canvas_links(board)
    assert found == ()
    assert [(link.line, link.column, link.lookup, link.target, link.subpath) for link in links] == [
        (2, 2, "path", "x.md", ("h", "i")),
        (3, 2, "wiki", "y", ()),
        (3, 2, "markdown", "r.md", ()),
        (4, 2, "wiki", "w", ()),
        (5, 2, "path", "v.md", ()),
        (5, 30, "path", "u.md", ()),
    ]
    assert {link.kind for link in links} == {"canvas"}


def test_a_boards_edges_may_stand_before_its_nodes() -> None:
    """As a program that sorts keys writes it: an id stands at its edge first."""
    board = """{"edges": [
 {"fromNode": "n1", "id": "e", "toNode": "n2"}],
 "name": "nodes", "nodes": [
 {"file": "a.md", "id": "n1", "more": {"nodes": [{"x": "{"}]}},
 1, "n2", ["n2", {}], null,
 {"file": "b.md", "id": "\\u006e2"}
]}"""
    links, found = canvas_links(board)
    assert found == ()
    assert [(link.line, link.column, link.target) for link in links] == [
        (4, 2, "a.md"),
        (6, 2, "b.md"),
    ]
    twice = canvas_links('{"nodes": [{"file": "a.md"}],\n"nodes": [{"file": "b.md"}]}')[0]
    assert [(link.line, link.column, link.target) for link in twice] == [(2, 11, "b.md")]


def test_a_boards_text_has_every_form_of_link() -> None:
    text = r"[m](a%20b.md#c) [[x|y]] ![](p.png) [w](https://e.org/#z) <https://a.org> `[[n]]`"
    links, _ = canvas_links(json.dumps({"nodes": [{"id": "a", "text": text}]}))
    assert [(k.lookup, k.target, k.subpath, k.display, k.external) for k in links] == [
        ("markdown", "a b.md", ("c",), "m", False),
        ("wiki", "x", (), "y", False),
        ("markdown", "p.png", (), "", False),
        ("markdown", "https://e.org/#z", (), "w", True),
        ("markdown", "https://a.org", (), None, True),
    ]


def test_a_bases_links() -> None:
    links = base_links('filters:\n  - file == "[[a#b|c]]"\n  - "![[d]] [[]] [[|e]]"\n')
    assert [(link.line, link.column, link.kind, link.raw, link.target) for link in links] == [
        (2, 14, "base", "[[a#b|c]]", "a"),
        (3, 6, "base", "![[d]]", "d"),
    ]


@pytest.mark.parametrize(
    ("written", "tags"),
    [
        ('["dev ops", 회고]', ["dev-ops", "회고"]),
        ("[Node.js, C++, 2023]", ["Node.js", "C++", "2023"]),
        ("\n  - 올해의  책\n", ["올해의-책"]),
    ],
)
def test_a_site_takes_any_text_for_a_tag(written: str, tags: list[str]) -> None:
    text = f"---\ntags: {written}\n---\n"
    note = parse_note("a.md", text, NoteOptions(dialect="hugo"))
    assert [tag.name for tag in note.tags] == tags
    assert note.diagnostics == ()
    assert all(tag.span.of(text) for tag in note.tags)
    assert {d.code for d in parse_note("a.md", text).diagnostics} == {"bad-tag"}


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("a &lt;b&gt; &amp; &quot;c&#39;", "a <b> & \"c'"),
        ("Terms&notes, &copy 2023", "Terms&notes, &copy 2023"),
        ("HTML의 &nbsp; 와 &amp;lt;", "HTML의 &nbsp; 와 &lt;"),
    ],
)
def test_a_title_is_as_it_was_before_a_program_wrote_it(written: str, title: str) -> None:
    assert read(f"---\ntitle: '{written.replace(chr(39), 2 * chr(39))}'\n---\n").title == title


# -- diagrams -----------------------------------------------------------------------------------

DIAGRAM = '# A\n\n@startuml\nrectangle "B" as b #ccffcc {\n[[no link]]\n}\n@enduml\n\n#tag [[x]]\n'


def test_a_plantuml_diagram_is_code() -> None:
    note = read(DIAGRAM)
    assert [tag.name for tag in note.tags] == ["tag"]
    assert targets(DIAGRAM) == ["x"]


def test_a_diagram_has_a_name() -> None:
    for name in (" a", ' "the name"', "{a.png}", "  "):
        assert targets(DIAGRAM.replace("@startuml", f"@startuml{name}")) == ["x"]


@pytest.mark.parametrize(
    "text",
    [
        "@startuml 로 시작하고 끝을 적는다.\n\n[[x]]\n\n@enduml\n",
        "@startuml\n\n## B\n\n[[x]]\n\n@enduml\n",
        "@startuml\n\n[[x]]\n\n```\n@startuml\nA -> B\n@enduml\n```\n",
    ],
)
def test_prose_about_diagrams_is_text(text: str) -> None:
    assert targets(text) == ["x"]


def test_a_diagram_that_is_never_closed_is_text() -> None:
    assert targets(DIAGRAM.replace("@enduml", "@end")) == ["no link", "x"]


def test_a_property_that_stands_twice_is_at_the_line_whose_value_counts() -> None:
    note = parse_note("a.md", '---\ntags: x\ntitle: T\ntags: "[[B]]"\n---\n')
    assert [(item.key, item.value, item.line) for item in note.properties] == [
        ("tags", "[[B]]", 4),
        ("title", "T", 3),
    ]
    assert [(link.line, link.target) for link in note.links] == [(4, "B")]
