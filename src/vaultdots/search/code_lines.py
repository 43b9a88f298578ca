"""Blocks of code in a section's text: prose is shown without them, and they with their lines."""

from __future__ import annotations

from collections.abc import Sequence

from vaultdots.search.match import Match
from vaultdots.text.late import late
from vaultdots.text.tuples import NamedTuple

LINES, BEFORE = 4, 1
"""Lines of code that are shown at most, and how many of them before the first match."""
WIDEST = 160
"""Code points of a line of code that are shown."""
_FENCE = late(
    r"(?ms)^(?P<quote>[ \t>]*)(?P<fence>`{3,}|~{3,})[^\n`]*\n(?P<code>.*?)"
    r"(?:^[ \t>]*(?P=fence)[`~]*[ \t]*$|\Z)"
)


class Block(NamedTuple):
    """One fenced block: [start, end) with its fences, [first, last) of the code, in code points."""

    start: int
    end: int
    first: int
    last: int


def code_blocks(text: str) -> list[Block]:
    """The fenced blocks of a text, in order."""
    fences = [at for at in (text.find("```"), text.find("~~~")) if at >= 0]
    if not fences:
        return []
    line = text.rfind("\n", 0, min(fences)) + 1
    return [Block(*match.span(), *match.span("code")) for match in _FENCE.finditer(text, line)]


def parted(
    words: Sequence[list[Match]], blocks: Sequence[Block]
) -> tuple[list[list[Match]], list[list[Match]]]:
    """The matches of each word in the prose, and those in code."""
    prose: list[list[Match]] = []
    code: list[list[Match]] = []
    for matches in words:
        inside = [
            any(block.start <= match.start < block.end for block in blocks) for match in matches
        ]
        prose.append([m for m, is_code in zip(matches, inside, strict=True) if not is_code])
        code.append([m for m, is_code in zip(matches, inside, strict=True) if is_code])
    return prose, code


def without_code(text: str, blocks: Sequence[Block]) -> str:
    """The text with white space in place of its code, so that every position stays."""
    pieces, at = [], 0
    for block in blocks:
        pieces += [text[at : block.start], "\n", " " * (block.end - block.start - 1)]
        at = block.end
    return "".join((*pieces, text[at:]))


def lines_around(text: str, at: int, blocks: Sequence[Block]) -> str:
    """The lines of code around a place in one of the blocks, the spaces that all of them begin with
    and empty lines left out. One line ends with its line end: it is code all the same."""
    block = next(one for one in blocks if one.start <= at < one.end)
    code = text[block.first : block.last]
    from textwrap import dedent  # few answers show code

    written = [line for line in code[: max(0, at - block.first)].split("\n")[:-1] if line.strip()]
    lines = [line.rstrip() for line in code.split("\n") if line.strip()]
    shown = lines[max(0, len(written) - BEFORE) :][:LINES]
    code = "\n".join(_cut(line) for line in dedent("\n".join(shown)).split("\n"))
    return code if "\n" in code else f"{code}\n"


def _cut(line: str) -> str:
    return line if len(line) <= WIDEST else line[: WIDEST - 1] + "…"
