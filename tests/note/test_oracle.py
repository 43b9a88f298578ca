"""Headings and code agree with markdown-it-py on other people's notes, except where we mean it.

The oracle reads the body of every note of the corpora as CommonMark with tables. What it and we
see differently must be one of `MEANT`, each a rule of Obsidian's that CommonMark does not know,
and occur as often as is written there: a new difference fails, and so does one that goes away.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from tests.note.dump import line_range
from vaultdots.note.model import Note
from vaultdots.note.parse import parse_note
from vaultdots.text.spans import Lines

SHARED = Path(os.environ.get("DOTS_SHARED") or Path(__file__).parents[2].parent / "shared")
CORPORA = SHARED / "corpora"
pytestmark = pytest.mark.skipif(
    not CORPORA.is_dir(), reason=f"the corpora are not here: {CORPORA} (set DOTS_SHARED)"
)

MEANT = {
    # difference, in words: (why we mean it, how many lines or spans of the corpora)
    "placeholder": ("", 0),
}
_FENCE = re.compile(r"`{3,}[^`\n\r]*(?:[\n\r]|\Z)|~{3}")
_SPAN = re.compile(r"(?P<run>`+)(?!`)(?P<text>.*?)(?<!`)(?P=run)", re.DOTALL)
_MARKERS = re.compile(r"[\s>]+")


class Difference(NamedTuple):
    """Something that one side sees and the other does not. kind: heading, block or span."""

    kind: str
    side: str
    line: int
    what: str


def corpus_notes() -> Iterator[tuple[str, str]]:
    """Path and text of every note, in order; one that is not UTF-8 is the store's to report."""
    for path in sorted(CORPORA.rglob("*.md")):
        raw = path.read_bytes().removeprefix(b"\xef\xbb\xbf")
        yield path.relative_to(CORPORA).as_posix(), raw.decode("utf-8", "replace")


def _bare(code: str) -> str:
    """A span's content without white space, quote marks and a cell's backslashes, which the two
    sides keep or drop in their own ways."""
    return _MARKERS.sub("", code.replace("\\|", "|"))


def _trimmed(text_lines: list[str], first: int, last: int) -> str:
    """`first-last` without the blank lines at the end of an unclosed block."""
    while last > first and not _MARKERS.sub("", text_lines[last - 1]):
        last -= 1
    return f"{first}-{last}"


def ours(note: Note, text: str) -> Iterator[tuple[str, int, str]]:
    """What we see: (kind, line, what)."""
    lines = Lines.of(text)
    text_lines = re.split(r"\r\n?|\n", text)
    for section in note.sections:
        if section.level:
            yield "heading", section.line, "#" * section.level
    for kind, span in note.regions:
        if kind != "code":
            continue
        code = span.of(text)
        first, last = line_range(lines, text, span)
        inline = None if _FENCE.match(code.lstrip()) else _SPAN.fullmatch(code)
        if inline:
            yield "span", first, _bare(inline["text"])
        else:
            yield "block", first, _trimmed(text_lines, first, last)


def theirs(note: Note, text: str) -> Iterator[tuple[str, int, str]]:
    """What the oracle sees in the body, in the lines of the whole text."""
    body = text[note.body :]
    skipped = Lines.of(text).line(note.body) - 1
    text_lines = re.split(r"\r\n?|\n", text)
    oracle = MarkdownIt("commonmark").enable("table")
    for token in oracle.parse(body):
        if token.map is None:
            continue
        first, last = token.map[0] + skipped + 1, token.map[1] + skipped
        if token.type == "heading_open":
            yield "heading", first, "#" * int(token.tag[1:])
        elif token.type in ("fence", "code_block"):
            yield "block", first, _trimmed(text_lines, first, last)
        elif token.type == "inline":
            for child in _code_spans(token):
                yield "span", first, _bare(child.content)


def _code_spans(token: Token) -> Iterator[Token]:
    for child in token.children or ():
        if child.type == "code_inline":
            yield child
        yield from _code_spans(child)


def differences(note: Note, text: str) -> list[Difference]:
    """What only one side sees. Spans are compared by their content: the oracle has no columns."""
    found = {"ours": list(ours(note, text)), "theirs": list(theirs(note, text))}

    def key(item: tuple[str, int, str]) -> tuple[str, int, str]:
        return item if item[0] != "span" else (item[0], 0, item[2])

    counts = {side: Counter(map(key, items)) for side, items in found.items()}
    result = []
    for side, other in (("ours", "theirs"), ("theirs", "ours")):
        surplus = counts[side] - counts[other]
        for item in found[side]:
            if surplus[key(item)] > 0:
                surplus[key(item)] -= 1
                result.append(Difference(item[0], side, item[1], item[2]))
    return result
