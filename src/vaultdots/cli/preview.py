"""A note as the picker shows it beside its list: lightly rendered, the query's words marked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from vaultdots.cli.terminal import clean

Piece = tuple[str, str]
"""A style class of the picker, and a text."""

_FENCE = re.compile(r"[ \t>]*(?:`{3,}|~{3,})")
_HEADING = re.compile(r"#{1,6}[ \t]+(.*?)[ \t]*#*$")
_RULE = re.compile(r"[ \t]*(?:(?:[-*_][ \t]*){3,}|\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-*:?[ \t]*)+)$")
_TASK = re.compile(r"([ \t]*)[-*+][ \t]+\[(.)\][ \t]+")
_ITEM = re.compile(r"([ \t]*)[-*+][ \t]+")
_QUOTE = re.compile(r"[ \t]*(?:>[ \t]?)+(?:\[![\w-]+\][+-]?[ \t]*)?")
_BLOCK_ID = re.compile(r"(?:^|[ \t])\^[A-Za-z0-9-]+[ \t]*$")
_INLINE = (
    (re.compile(r"!?\[\[[^\[\]|\n]*\|([^\[\]\n]*)\]\]"), r"\1"),
    (re.compile(r"!?\[\[([^\[\]\n]*?)(?:#\^[A-Za-z0-9-]+)?\]\]"), r"\1"),
    (re.compile(r"!?\[([^\[\]\n]*)\]\([^()\s]*(?:\s[^()]*)?\)"), r"\1"),
    (re.compile(r"</?[A-Za-z][^<>\n]*>"), ""),
    (re.compile(r"\*\*|__|~~|==|`"), ""),
)


def rendered(
    lines: Sequence[str], words: Sequence[str], chosen: int, first: int = 0
) -> Iterator[Piece]:
    """The lines from `first` on (from 0), each ended by a line end. words: what is marked. chosen:
    the line of the match, from 0, whose line is marked where no word is in it."""
    marked = re.compile("|".join(map(re.escape, words)), re.IGNORECASE) if words else None
    fenced = False
    for number, line in enumerate(lines):
        fence = _FENCE.match(line) is not None
        fenced ^= fence
        if number < first or fence:
            continue
        style, text = ("class:code", line) if fenced else _block(line)
        pieces = list(_with_marks(style, clean(text), marked))
        if number == chosen and len(pieces) == 1:
            pieces = [("class:match", text) for _, text in pieces]
        yield from pieces
        yield "", "\n"


def below_properties(lines: Sequence[str]) -> int:
    """The number of lines that the properties at a note's beginning take."""
    if not lines or lines[0].rstrip() not in ("---", "+++"):
        return 0
    fence = lines[0].rstrip()
    ends = (n for n, line in enumerate(lines[1:400], 2) if line.rstrip() == fence)
    return next(ends, 0)


def _block(line: str) -> Piece:
    """A line of prose, a heading, an item or a quotation, its marks as signs for a reader."""
    if heading := _HEADING.match(line):
        return "class:heading", _inline(heading[1])
    if _RULE.match(line):
        return "class:place", "─" * 12
    if task := _TASK.match(line):
        sign = "☐" if task[2] == " " else "☑"
        return "", f"{task[1]}{sign} {_inline(line[task.end() :])}"
    if item := _ITEM.match(line):
        return "", f"{item[1]}• {_inline(line[item.end() :])}"
    if quote := _QUOTE.match(line):
        return "class:place", f"│ {_inline(line[quote.end() :])}"
    return "", _inline(line)


def _inline(text: str) -> str:
    text = _BLOCK_ID.sub("", text)
    for pattern, shown in _INLINE:
        text = pattern.sub(shown, text)
    return text


def _with_marks(style: str, text: str, marked: re.Pattern[str] | None) -> Iterator[Piece]:
    at = 0
    for match in marked.finditer(text) if marked else ():
        if match.start() > at:
            yield style, text[at : match.start()]
        yield f"{style} class:match".strip(), match[0]
        at = match.end()
    if at < len(text) or not at:
        yield style, text[at:]
