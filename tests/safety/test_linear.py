"""Time stays linear: four times the text costs about four times, whatever it is made of.

Each row is a shape that once cost more than its share, or could: an opener without an end, a run
that a rule looks back over, a value that is repeated. The ratio of two measurements of this
process's own time is compared, the best of several; nothing is compared with a clock's seconds.
"""

from __future__ import annotations

import pytest

from tests.fuzz.targets import MOST_RATIO, ratio

BYTES = 30_000
Shape = tuple[str, str, str]
"""(head, unit, tail): the text is head + unit * n + tail."""

SHAPES: dict[str, Shape] = {
    **{f"only {unit!r}": ("", unit, "") for unit in (
        "[", "]", "[[", "[[a", "[[a]]", "![", "[a](b", "[a](<b", '[](b "', "`a", "$a ", "$$ a\n",
        "%% a\n", "a%%", "<a ", "<a b='", "<!", "a<!--", "a<?", "<a@a.", "#a", "(#a", "{%", "{{<",
        "{:", "{#a} ", "{% highlight x %}\n", "{{< highlight >}}\n", "a\nb\n\n", ">", "> a\n",
        "- ", "1. ", "# a\n", "a\n=\n", "[a]: b\n", '[a]: b "\n', "```\n", "* ", "_ ", "<div>\n\n",
        "<script>\n", "[^a]: b\n", "- [x] a\n", "^", "a ^b\n\n", "\\", "\t", "\n", "\r", " ", " \n",
        "x", "가", "\0", "\u2028", "a|b\n-|-\n\n", "&amp;", "https://a.b/#c ", "2023년 ", "**a ",
    )},
    "spaces in a heading": ("# a", " ", "b"),
    "hashes in a heading": ("# ", "#", "b"),
    "spaces behind an address": ("[a]: b", " ", "x"),
    "spaces at a table's rule": ("|a|\n|-", " ", "x"),
    "a definition's label": ("", "[a", "]: b"),
    "parentheses": ("[a](", "(", ""),
    "links in links": ("", "[", "]" * 5_000),
    "pictures in pictures": ("", "![", "](x)" * 5_000),
    "blank lines below a deep list": ("- " * 99 + "a\n", "\n", ""),
    "text below a deep list": ("- " * 99 + "a\n", "b\n", ""),
    "headings below a long heading": ("# " + "x" * BYTES + "\n", "## a\n", ""),
    "a table's cells": ("", "|a", "\n|-"),
    "long headings of ticks": ("", "# " + "`" * 450 + "x`\n", ""),
    "long headings of stars": ("", "# " + "**a " * 110 + "\n", ""),
    "properties: spaces behind a key": ("---\na", " ", "\n---\n"),
    "properties: no end": ("---\na", " ", ""),
    "properties: broken, long": ("---\na: b: c\n", "x\n", "\n---\n"),
    "properties: words in brackets": ("---\na: ", "[a, ", "\n---\n"),
    "properties: maps in maps": ("---\na: ", "{a: ", "\n---\n"),
    "properties: links": ("---\na: ", "[[a]]", "\n---\n"),
    "properties: tags": ("---\ntags: [", "a, ", "]\n---\n"),
    "properties: tags in escapes": ("---\ntags: [", '"\\u0061x", ', "]\n---\n"),
    "properties: aliases of values": ("---\na: &a [x]\nb: [", "*a,", "]\n---\n"),
    "properties: keys twice": ("---\n", "a: b\n", "---\n"),
    "properties: JSON": ('---\n{\n"a": ', "[", "\n}\n---\n"),
    "TOML: dots in a key": ("+++\n", "a.", "a = 1\n+++\n"),
    "TOML: brackets": ("+++\na = ", "[1,", "\n+++\n"),
    "TOML: a long number": ("+++\na = 0x", "f", "\n+++\n"),
    "TOML: tables": ("+++\n", "[[a]]\n", "+++\n"),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("name", SHAPES)
def test_four_times_the_text_costs_about_four_times(name: str) -> None:
    head, unit, tail = SHAPES[name]
    times = max(1, BYTES // len(unit.encode("utf-8")))
    # Another process may disturb one measurement; a cost above linear shows in all of them.
    assert any(ratio(head, unit, tail, times) <= MOST_RATIO for _ in range(3))
