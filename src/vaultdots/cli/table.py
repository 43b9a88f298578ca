"""Tables and lines that fit the terminal. Hangul and other wide characters take two columns; a cell
that must be cut ends in `…`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

from vaultdots.cli.language import translated
from vaultdots.cli.terminal import clean, is_terminal, say, style, terminal_width
from vaultdots.text.columns import width as width

_GAP = "  "


def cut(text: str, columns: int) -> str:
    """`text` in at most `columns` columns, with `…` where something is left out."""
    if width(text) <= columns:
        return text
    kept, used = [], 0
    for char in text:
        step = width(char)
        if used + step > columns - 1:
            break
        kept.append(char)
        used += step
    return "".join(kept) + "…"


def cut_front(text: str, columns: int) -> str:
    """`text` in at most `columns` columns, with `…` where its beginning is left out."""
    if width(text) <= columns:
        return text
    kept = cut(text[::-1], columns)
    return "…" + kept[:-1][::-1]


_LEAST_ASIDE = 16
"""Columns of what stands beside a text below which it says nothing: `…or/README.md`."""


def beside(text: str, aside: str, columns: int) -> tuple[str, str]:
    """A text and the end of what stands beside it in at most `columns` columns; the text has the
    room, and where too little is left nothing stands beside it."""
    text = cut(text, columns)
    room = columns - width(text)
    return text, cut_front(aside, room) if room >= min(_LEAST_ASIDE, width(aside)) else ""


def around(before: str, middle: str, after: str, columns: int) -> tuple[str, str, str]:
    """Three pieces of a line in at most `columns` columns: the middle whole where it fits, and
    around it what there is room for, a third of it before."""
    middle = cut(middle, columns)
    room = columns - width(middle)
    if width(before) + width(after) <= room:
        return before, middle, after
    left = max(room // 3, room - width(after))
    if width(before) > left:
        before = cut(before[::-1], left)[::-1] if left > 1 else ""
    return before, middle, cut(after, room - width(before)) if room > width(before) else ""


MOST_COLUMNS = 1_000
"""A line this wide is shown whole where stdout is no terminal; of a longer one a piece."""


def piece_of_line(line: str, start: int, end: int, columns: int) -> tuple[str, str, str]:
    """What of a line is before, in and after `line[start:end]`, in at most `columns` columns.

    No more of the line is read than can be shown: it may be a megabyte, with a match in each word.
    """
    columns = min(columns, MOST_COLUMNS)
    before = clean(line[max(0, start - columns - 1) : start])
    after = clean(line[end : end + columns + 1])
    if start <= columns + 1:
        before = before.lstrip()
    if end + columns + 1 >= len(line):
        after = after.rstrip()
    return around(before, clean(line[start:end]), after, columns)


def pad(text: str, columns: int, *, right: bool = False) -> str:
    """`text` filled with spaces to `columns` columns."""
    space = " " * max(0, columns - width(text))
    return space + text if right else text + space


class Column:
    """A column of a table. style: click.style's keywords. give: takes part in shrinking; then
    keep_end: it is cut at its front, as `path:line` should be."""

    def __init__(
        self,
        name: str = "",
        *,
        right: bool = False,
        give: bool = False,
        keep_end: bool = False,
        **style: Any,
    ) -> None:
        """name: the heading, "" for none."""
        self.name = translated(name) if name else ""
        self.keep_end = keep_end
        self.right = right
        self.give = give
        self.style = style


def print_table(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> None:
    """Print rows under their headings, the giving columns cut so that each row fits a line."""
    cells = [[clean(cell) for cell in row] for row in rows]
    # A column in which no row says anything takes no room.
    full = [n for n in range(len(columns)) if any(row[n].strip() for row in cells)]
    columns = [columns[n] for n in full]
    cells = [[row[n] for n in full] for row in cells]
    widths = [
        max([width(column.name), *(width(row[i]) for row in cells)])
        for i, column in enumerate(columns)
    ]
    kept = _fitting(widths, columns)
    columns = [columns[n] for n in kept]
    cells = [[row[n] for n in kept] for row in cells]
    widths = [widths[n] for n in kept]
    if not is_terminal(sys.stdout):
        # One long cell does not push the others away from what stands beside them.
        names = [width(column.name) for column in columns]
        widths = [max(min(w, _MOST_PADDED), name) for w, name in zip(widths, names, strict=True)]
    if any(column.name for column in columns):
        heads = [
            pad(cut(c.name, w), w, right=c.right) for c, w in zip(columns, widths, strict=True)
        ]
        say(style(_GAP.join(heads).rstrip(), dim=True))
    last = len(columns) - 1
    for row in cells:
        shown = []
        for i, (column, cell) in enumerate(zip(columns, row, strict=True)):
            text = cell
            if is_terminal(sys.stdout):
                text = (cut_front if column.keep_end else cut)(cell, widths[i])
            text = (
                text if i == last and not column.right else pad(text, widths[i], right=column.right)
            )
            shown.append(style(text, **column.style) if column.style and text.strip() else text)
        say(_GAP.join(shown).rstrip())


_MOST_PADDED = 48
"""Columns up to which a cell is filled with spaces where stdout is no terminal."""
# A column gives way down to this width and no further.
_LEAST = 12


def _fitting(widths: list[int], columns: Sequence[Column]) -> list[int]:
    """The columns that are shown, their widths made to fit the terminal: what is dim gives way
    first, then goes, the last column first; then the widest of the others gives."""
    kept = list(range(len(columns)))
    dim = [n for n in kept if columns[n].give and columns[n].style.get("dim")]
    _shrink(widths, kept, dim)
    while len(kept) > 1 and dim and _too_many(widths, kept) > 0:
        kept.remove(dim.pop())
    _shrink(widths, kept, [n for n in kept if columns[n].give])
    return kept


def _too_many(widths: list[int], kept: Sequence[int]) -> int:
    """Columns of text that stand beyond the terminal's edge."""
    return sum(widths[n] for n in kept) + len(_GAP) * (len(kept) - 1) - terminal_width()


def _shrink(widths: list[int], kept: Sequence[int], giving: Sequence[int]) -> None:
    """Take the columns that are too many from the widest of those that give."""
    for _ in range(max(0, _too_many(widths, kept))):
        wide = [n for n in giving if widths[n] > _LEAST]
        if not wide:
            return
        widths[max(wide, key=lambda n: widths[n])] -= 1
