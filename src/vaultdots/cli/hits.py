"""A hit of a search as lines for people: title and headings, place, the words that matched."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from vaultdots.cli.places import here
from vaultdots.cli.table import width
from vaultdots.cli.terminal import clean, style, terminal_width

if TYPE_CHECKING:
    from vaultdots.search.searcher import Hit

WIDEST = 100
"""Columns of a snippet's line: longer ones are hard to read."""
_MOST_SPARE = 3
"""Lines of the screen that the prompt and what is said on stderr need."""


def hit_lines(hit: Hit, *, explain: bool = False, date: str = "") -> list[str]:
    """A hit, the empty line behind it too. date: shown where the hits are sorted by one."""
    head = _marked_text(hit.title, hit.title_ranges, bold=True)
    section = hit.section
    if section and (section[0].startswith(hit.title) or hit.title.startswith(section[0])):
        # The note's own heading says what its title says.
        section = section[1:]
    if section:
        head += style(" › " + " › ".join(clean(part) for part in section), fg="cyan")
    place = f"  {clean(here(hit.path))}:{hit.line}"
    if hit.via:
        place += f"  ({clean(hit.via)})"
    lines = [head, style(f"{place}  {date[:10]}".rstrip(), dim=True)]
    lines += ["  " + line for line in _snippet(hit)]
    if explain:
        lines.append(style(f"  {hit.score:.2f} =", dim=True))
        for reason in hit.reasons:
            said = f"    {reason.score:+.2f} {reason.signal}: {clean(reason.text)}"
            lines.append(style(said, dim=True))
    return [*lines, ""]


def that_fit(blocks: Sequence[list[str]], height: int) -> int:
    """How many of the first blocks of lines a screen shows; one at least."""
    room, count = height - _MOST_SPARE, 0
    for block in blocks:
        room -= len(block)
        if room < 0 and count:
            break
        count += 1
    return count


def _marked_text(text: str, ranges: Sequence[tuple[int, int]], *, bold: bool) -> str:
    shown, at = "", 0
    for start, end in ranges:
        shown += style(clean(text[at:start]), bold=bold)
        shown += style(clean(text[start:end]), fg="yellow", bold=True)
        at = end
    return shown + style(clean(text[at:]), bold=bold)


def _snippet(hit: Hit) -> list[str]:
    """The snippet in as many lines as it needs, matches in bold yellow."""
    pieces: list[tuple[str, bool]] = []
    at = 0
    for start, end in hit.ranges:
        pieces.append((hit.snippet[at:start], False))
        pieces.append((hit.snippet[start:end], True))
        at = end
    pieces.append((hit.snippet[at:], False))
    return _wrapped(pieces, min(terminal_width() - 2, WIDEST))


def _wrapped(pieces: list[tuple[str, bool]], columns: int) -> list[str]:
    lines: list[str] = []
    current, used = "", 0
    for text, is_match in pieces:
        for word in _words(clean(text)):
            if used + width(word.rstrip()) > columns and current.strip():
                lines.append(current.rstrip())
                current, used = "", 0
                word = word.lstrip()
            current += style(word, fg="yellow", bold=True) if is_match else word
            used += width(word)
    if current.strip():
        lines.append(current.rstrip())
    return lines


def _words(text: str) -> list[str]:
    """`text` cut behind its spaces, nothing lost."""
    parts: list[str] = []
    start = 0
    for index, char in enumerate(text):
        if char == " ":
            parts.append(text[start : index + 1])
            start = index + 1
    parts.append(text[start:])
    return [part for part in parts if part]
