"""A hit of a search as lines for people: title and headings, place, the words that matched."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from vaultdots.cli.language import counted, named, translated
from vaultdots.cli.places import here
from vaultdots.cli.table import cut, width
from vaultdots.cli.terminal import clean, style, terminal_width
from vaultdots.text.tuples import NamedTuple

if TYPE_CHECKING:
    from vaultdots.search.rank import Reason
    from vaultdots.search.searcher import Hit

WIDEST = 100
"""Columns of a snippet's line: longer ones are hard to read."""
_MOST_SPARE = 3
"""Lines of the screen that the prompt and what is said on stderr need."""


class Block(NamedTuple):
    """A hit as it is shown. rows: of the screen, where a path may take more than one."""

    lines: list[str]
    rows: int


def hit_lines(hit: Hit, *, explain: bool = False, date: str = "") -> Block:
    """A hit, the empty line behind it too. date: shown where the hits are sorted by one."""
    place = f"  {clean(here(hit.path))}:{hit.line}"
    if hit.via:
        place += f"  ({clean(hit.via)})"
    place = f"{place}  {date[:10]}".rstrip()
    lines = [_head(hit, terminal_width()), style(place, dim=True)]
    lines += ["  " + line for line in _snippet(hit)]
    if explain:
        lines.append(style(f"  {hit.score:.2f} =", dim=True))
        for reason in hit.reasons:
            said = f"{named('reason', reason.signal)}: {clean(_seen(reason))}"
            lines.append(style(f"    {reason.score:+.2f} {said}", dim=True))
    return Block([*lines, ""], len(lines) + 1 + (width(place) - 1) // terminal_width())


def _seen(reason: Reason) -> str:
    """What a reason saw, in the person's language: a word of the query stays as it was typed."""
    if reason.signal in ("exact", "phrase"):  # "title 2021년 회고"
        place, _, name = reason.text.partition(" ")
        return f"{named('reason', place)} {name}"
    if reason.signal == "linked":
        return counted(int(reason.text.split()[0]), "link")
    return translated(reason.text) if reason.signal in ("near", "again") else reason.text


def that_fit(blocks: Sequence[Block], height: int) -> int:
    """How many of the first blocks a screen shows; one at least."""
    room, count = height - _MOST_SPARE, 0
    for block in blocks:
        room -= block.rows
        if room < 0 and count:
            break
        count += 1
    return count


def _head(hit: Hit, columns: int) -> str:
    """Title and headings on one line: where they are too long the headings in between give way,
    then the last one, then the title."""
    section = [clean(part) for part in hit.section]
    if section and (section[0].startswith(hit.title) or hit.title.startswith(section[0])):
        # The note's own heading says what its title says.
        section = section[1:]
    title = _pieces(hit.title, hit.title_ranges)
    if not section:
        return _line(title, columns, bold=True)
    room = columns - width(clean(hit.title))
    above, last = "".join(f" › {part}" for part in section[:-1]), width(f" › {section[-1]}")
    if len(section) > 1 and width(above) + last > room:
        above = " › …"
    below = min(width(above) + last, max(room, columns // 2))
    heading = _pieces(hit.section[-1], hit.heading_ranges)
    shown = _line(title, columns - below, bold=True) + style(f"{above} › ", fg="cyan")
    return shown + _line(heading, below - width(f"{above} › "), fg="cyan")


def _pieces(text: str, ranges: Sequence[tuple[int, int]]) -> list[tuple[str, bool]]:
    """A text in pieces, each with whether it is a match."""
    pieces, at = [], 0
    for start, end in ranges:
        pieces += [(text[at:start], False), (text[start:end], True)]
        at = end
    return [*pieces, (text[at:], False)]


def _snippet(hit: Hit) -> list[str]:
    """The snippet in as many lines as it needs, matches in bold yellow; code in its own lines, each
    cut at the edge, behind a rule."""
    columns = min(terminal_width() - 2, WIDEST)
    lines: list[list[tuple[str, bool]]] = [[]]
    for text, is_match in _pieces(hit.snippet, hit.ranges):
        first, *others = text.split("\n")
        lines[-1].append((first, is_match))
        lines += [[(other, is_match)] for other in others]
    if len(lines) == 1:
        return _wrapped(lines[0], columns)
    if not any(text for text, _ in lines[-1]):
        lines.pop()  # one line of code
    return [style("│ ", dim=True) + _line(pieces, columns - 2) for pieces in lines]


def _line(
    pieces: Sequence[tuple[str, bool]], columns: int, *, bold: bool = False, fg: str | None = None
) -> str:
    """One line of a text, with `…` where it goes on beyond the edge."""
    texts = [(clean(text), is_match) for text, is_match in pieces]
    whole = cut("".join(text for text, _ in texts), columns)
    shown, at = "", 0
    for text, is_match in texts:
        piece = whole[at : at + len(text)]
        shown += (
            style(piece, fg="yellow", bold=True) if is_match else style(piece, bold=bold, fg=fg)
        )
        at += len(text)
    return shown


def _wrapped(pieces: Sequence[tuple[str, bool]], columns: int) -> list[str]:
    """Text in lines of so many columns, broken behind spaces, never inside a word that is marked in
    part."""
    lines: list[str] = []
    current, used = "", 0
    for word in _words(pieces):
        wide = width("".join(text for text, _ in word).rstrip())
        if used + wide > columns and current.strip():
            lines.append(current.rstrip())
            current, used = "", 0
        for text, is_match in word:
            current += style(text, fg="yellow", bold=True) if is_match else text
            used += width(text)
    if current.strip():
        lines.append(current.rstrip())
    return lines


def _words(pieces: Sequence[tuple[str, bool]]) -> Iterator[list[tuple[str, bool]]]:
    """The words of a text, each with the space behind it, in the pieces that are marked or not."""
    word: list[tuple[str, bool]] = []
    for text, is_match in pieces:
        *whole, last = clean(text).split(" ")
        for part in whole:
            yield [*word, (f"{part} ", is_match)]
            word = []
        if last:
            word.append((last, is_match))
    if word:
        yield word
