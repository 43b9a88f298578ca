"""A note as the picker shows it beside its list: lightly rendered, the query's words marked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from vaultdots.cli.terminal import clean
from vaultdots.note.frontmatter import cut
from vaultdots.note.headings import heading_text

Piece = tuple[str, str]
"""A style class of the picker, and a text."""

_FENCE = re.compile(r"[ \t>]*(?:`{3,}|~{3,})")
_HEADING = re.compile(r"#{1,6}[ \t]+(.*?)[ \t]*#*$")
_RULE = re.compile(r"[ \t]*(?:(?:[-*_][ \t]*){3,}|\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-*:?[ \t]*)+)$")
_TASK = re.compile(r"([ \t]*)[-*+][ \t]+\[(.)\][ \t]+")
_ITEM = re.compile(r"([ \t]*)[-*+][ \t]+")
_EMBED = re.compile(r"!\[\[([^\[\]|]+)(?:\|[^\[\]]*)?\]\]")
_PICTURE = re.compile(r"!\[([^\[\]]*)\]\((?:[^()\s]*/)?([^()\s/]*)[^()]*\)")
"""What is shown in a note and not here: its name, not its size."""
_QUOTE = re.compile(r"[ \t]*(?:>[ \t]?)+(?:\[![\w-]+\][+-]?[ \t]*)?")


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
    text = "\n".join(lines)
    block = cut(text)
    return text.count("\n", 0, block.body) if block is not None else 0


def _block(line: str) -> Piece:
    """A line of prose, a heading, an item or a quotation, its marks as signs for a reader."""
    if "![" in line:
        line = _EMBED.sub(r"▣ \1", line)
        line = _PICTURE.sub(lambda found: f"▣ {found[1] or found[2]}", line)
    if heading := _HEADING.match(line):
        return "class:heading", heading_text(heading[1])
    if _RULE.match(line):
        return "class:place", "─" * 12
    if task := _TASK.match(line):
        sign = "☐" if task[2] == " " else "☑"
        return "", f"{task[1]}{sign} {heading_text(line[task.end() :])}"
    if item := _ITEM.match(line):
        return "", f"{item[1]}• {heading_text(line[item.end() :])}"
    if quote := _QUOTE.match(line):
        return "class:place", f"│ {heading_text(line[quote.end() :])}"
    return "", heading_text(line)


def _with_marks(style: str, text: str, marked: re.Pattern[str] | None) -> Iterator[Piece]:
    at = 0
    for match in marked.finditer(text) if marked else ():
        if match.start() > at:
            yield style, text[at : match.start()]
        yield f"{style} class:match".strip(), match[0]
        at = match.end()
    if at < len(text) or not at:
        yield style, text[at:]
