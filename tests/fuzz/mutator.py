"""Texts that nobody writes: pieces of Markdown and of properties, glued, repeated, cut and spoilt.

Seeded and endless. What is drawn is biased towards what breaks readers: openers without closers,
one piece many times over, a block of properties with anything in it, bytes that are no text.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from tests import strategies

_YAML = (
    "a: b", "title: 회고: 2023", "tags: [a, b]", "tags: a, b #c", "aliases:\n  - x\n  - '#y'",
    "date: 2023-02-30", "date: 2024-01-09 14:26:01 +0900", "kind: review", "year: 2023",
    "status: draft", "a: &x [1, 2]", "b: *x", "<<: *x", "? k\n: v", "- item", "- - -",
    "a:\n  b:\n   c:",
    "a: |\n  text\n  ---", "a: >-\n  folded", "a: 'it''s'", 'a: "\\u0041\\ud800"',
    "a: !!python/x y",
    "!!str a: !!int 3", "a: {b: [c, {d: e}]}", "{{date}}", "a: {{date}}", "# comment", "a: b # c",
    "a: [[x]]", 'a: "[[x#h|y]]"', "a: [x](y.md)", "%YAML 1.1", "...", "---", "\t", "a:\tb", "a: @b",
    "1: 2", "~: null", "a: 0x1F", "a: 010", "a: .inf", "a: 1e999", "a: 12:30", '"q": 1', "a: `x`",
    "a: ,", "a: [", "a: {", "a: '", 'a: "', "a: &", "a: *", "a: !", "a: %", "a: |", ": b", "a b",
    "=",
)  # fmt: skip
_TOML = (
    'a = "b"', "a = 1", "a = [1, 2]", "[t]", "[[t]]", "a.b.c = 1", "a = 2023-01-05", "a = 0xff",
    "a = '''", 'a = """', "a = {b = 1}", "a = 07:32:00", "a = nan", "=", "[", "# c", "a = [[",
)  # fmt: skip
_JSON = (
    '{"a": "b"}',
    '{\n"a": [1, {"b": null}]\n}',
    '{\n"\\ud800": "\\udfff"\n}',
    "{",
    "[1,",
    '{\n"a": 1e999}',
)
_MARKDOWN = (
    "# ", "## a\n", "- ", "1. ", "> ", "    ", "\t", "```", "~~~\n", "`", "``", "$", "$$\n", "%%",
    "%%\n",
    "<div>\n", "</div>", "<!--", "-->", "<a b='", "<a@b.c>", "<http://a>", "[", "]", "(", ")",
    "![", "[[",
    "]]", "[[a]]", "![[a#b|c]]", "[a](b)", "[a](<b c>)", "[a](b \"t\")", "[a]: b\n", "[a][b]",
    "[^1]", "[^1]: ",
    "#tag ", "#a/b", "^id\n", " ^id", "|", "|-|-|\n", "---\n", "===\n", "***\n",
    "{% highlight %}\n",
    "{% endhighlight %}", "{{< ref \"a\" >}}", "{%", "%}", "{{<", ">}}", "{:toc}", "{#a}",
    "[[a]]{b}", "\\",
    "&amp;", "&#xD800;", "%ED%95%9C", "**", "_", "==", "~~", "- [ ] ", "- [x] a\n", "\n", "\n\n",
    " ", "a", "가",
    "https://a.b/#c", "2023년 회고", "올해의 책", "\r", "\r\n", "\0", "\ufeff", "\u2028", "\x85",
)  # fmt: skip
PIECES = (*_MARKDOWN, *strategies.BROKEN, *strategies.TRAPS, *strategies.WORDS)
_FENCES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("---\n", "\n---\n", _YAML),
    ("+++\n", "\n+++\n", _TOML),
    ("---\n", "\n---\n", _JSON),
)
_SPOILS = (
    b"\xff",
    b"\xed\xa0\x80",
    b"\xc7\xd1",
    b"\xef\xbb\xbf",
    b"\x00",
    b"\xff\xfe",
    b"\n",
    b"\r",
)


def files(seed: int) -> Iterator[bytes]:
    """Files without end, mostly short, the same ones for the same seed."""
    draw = random.Random(seed)
    while True:
        data = _text(draw).encode("utf-8", "surrogatepass")
        yield _spoilt(draw, data) if draw.random() < 0.1 else data


def blocks(seed: int) -> Iterator[str]:
    """Files that begin with a block of properties."""
    draw = random.Random(seed)
    while True:
        yield _properties(draw) + _prose(draw, 3)


def repeated(seed: int) -> Iterator[tuple[str, str, str]]:
    """(head, unit, tail): `head + unit * n + tail` should cost in proportion to n."""
    draw = random.Random(seed)
    while True:
        unit = _prose(draw, 3)
        head, tail = (_prose(draw, 2) if draw.random() < 0.5 else "" for _ in "ht")
        if draw.random() < 0.3:
            opening, closing, pieces = draw.choice(_FENCES)
            unit = draw.choice((draw.choice(pieces) + draw.choice(("\n", " ", "")), unit))
            head, tail = opening + draw.choice(("a: ", "a = ", "")), closing + tail
        if unit:
            yield head, unit, tail


def _text(draw: random.Random) -> str:
    text = _properties(draw) if draw.random() < 0.3 else ""
    text += _prose(draw, draw.choice((3, 12, 40)))
    if draw.random() < 0.05 and text:
        at = draw.randrange(len(text))
        text += text[at : at + 20] * draw.choice((10, 100, 1000))
    return text.replace("\n", draw.choice(("\n", "\n", "\n", "\r\n", "\r")))


def _properties(draw: random.Random) -> str:
    opening, closing, pieces = draw.choice(_FENCES)
    if draw.random() < 0.1:
        pieces = PIECES
    lines = [draw.choice(pieces) for _ in range(draw.randint(0, 6))]
    return (
        opening
        + draw.choice(("\n", "\n", " ", "")).join(lines)
        + (closing if draw.random() < 0.95 else "")
    )


def _prose(draw: random.Random, most: int) -> str:
    return "".join(
        draw.choice(PIECES)
        if draw.random() < 0.9
        else chr(draw.choice((draw.randrange(128), draw.randrange(0xD800))))
        for _ in range(draw.randint(0, most))
    )


def _spoilt(draw: random.Random, data: bytes) -> bytes:
    """Bytes put in or taken out, so that the encoding breaks."""
    for _ in range(draw.randint(1, 4)):
        at = draw.randint(0, len(data))
        if draw.random() < 0.5:
            data = data[:at] + draw.choice(_SPOILS) + data[at:]
        else:
            data = data[:at] + data[at + draw.randint(1, 3) :]
    return data
