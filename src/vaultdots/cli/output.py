"""How results are shown: tables that fit the terminal, JSON with stable keys, bare paths.

Hangul and other wide characters take two columns; a cell that must be cut ends in `…`.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import update_wrapper
from typing import IO, Any, TypeVar

import click

from vaultdots.text.columns import width as width

F = TypeVar("F", bound=Callable[..., Any])
_GAP = "  "
# Control characters and escape sequences, but for the colours and weights that click writes.
_STEERING = re.compile(r"\x1b(?!\[[0-9;]{0,20}m)|[\x00-\x08\x0b-\x1a\x1c-\x1f\x7f-\x9f]")
_CONTROLS = dict.fromkeys((*range(32), *range(127, 160)), 65533) | {9: 32, 10: 32, 13: 32}


def listing_options(function: F) -> F:
    """`--json`, `--jsonl`, and `--paths` with `-0`, for a command that lists notes."""
    inner = function

    def one_format(*args: Any, paths: bool, zero: bool, **kwargs: Any) -> Any:
        """`-0` is about paths; two formats at once are a mistake."""
        paths = paths or zero
        asked = {"--json": kwargs["as_json"], "--jsonl": kwargs["jsonl"], "--paths": paths}
        if sum(asked.values()) > 1:
            names = " and ".join(name for name, wanted in asked.items() if wanted)
            raise click.UsageError(f"{names} cannot both be printed")
        return inner(*args, paths=paths, zero=zero, **kwargs)

    function = update_wrapper(one_format, function)  # type: ignore[assignment]
    function = click.option("-0", "zero", is_flag=True, help="Bare paths, each ended with NUL.")(
        function
    )
    function = click.option("--paths", is_flag=True, help="Bare paths, each once.")(function)
    return json_options(function)


def json_options(function: F) -> F:
    """`--json` and `--jsonl`."""
    function = click.option("--jsonl", is_flag=True, help="One JSON object a line.")(function)
    return click.option("--json", "as_json", is_flag=True, help="One JSON array.")(function)


def print_json(rows: Sequence[Any], *, lines: bool = False) -> None:
    """Print records as one array, or one a line."""
    if lines:
        for row in rows:
            write(_json(row) + "\n")
        return
    body = ",\n ".join(_json(row) for row in rows)
    write(f"[{body}]\n")


def print_object(row: Any) -> None:
    """Print one record."""
    write(_json(row) + "\n")


def print_paths(paths: Iterable[str], *, zero: bool = False) -> None:
    """Print each path once, in order of first appearance."""
    end = "\0" if zero else "\n"
    for path in dict.fromkeys(paths):
        write(path + end)


def write(text: str) -> None:
    """Write to stdout as UTF-8 whatever the locale; lone surrogates become U+FFFD."""
    data = text.encode("utf-8", "replace")
    if sys.stdout is None:
        return
    stream = getattr(sys.stdout, "buffer", None)
    if stream is None:
        sys.stdout.write(data.decode("utf-8"))
        return
    sys.stdout.flush()
    stream.write(data)


def say(text: str) -> None:
    """A line for people on stdout, colour only on a terminal that wants it.

    Whatever a title or a file name holds, nothing but colours reaches the terminal.
    """
    shown = _STEERING.sub("\ufffd", text.replace("\n", " ").replace("\r", " "))
    write((shown if coloured() else click.unstyle(shown)) + "\n")


def note(text: str) -> None:
    """A line for people on stderr, cleaned."""
    click.echo(clean(text), err=True)


def coloured() -> bool:
    """Whether stdout takes colours: a terminal, and NO_COLOR is not set (no-color.org)."""
    return is_terminal(sys.stdout) and not os.environ.get("NO_COLOR")


def is_terminal(stream: IO[str] | None) -> bool:
    """Whether a person looks at the stream; a closed one is no terminal."""
    return stream is not None and stream.isatty()


def terminal_width() -> int:
    """Columns of the terminal; a wide page where stdout is none, so that nothing is cut."""
    if not is_terminal(sys.stdout):
        return 10_000
    return max(40, shutil.get_terminal_size((100, 24)).columns)


def clean(text: str) -> str:
    """`text` on one line, without what could steer a terminal."""
    return text.translate(_CONTROLS)


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


def counted(count: int, what: str) -> str:
    """`1 note`, `2,000 notes`."""
    return f"{count:,} {what}" + ("" if count == 1 else "s")


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
        self.name = name
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
    _shrink(widths, columns)
    if any(column.name for column in columns):
        heads = [
            pad(cut(c.name, w), w, right=c.right) for c, w in zip(columns, widths, strict=True)
        ]
        say(click.style(_GAP.join(heads).rstrip(), dim=True))
    last = len(columns) - 1
    for row in cells:
        shown = []
        for i, (column, cell) in enumerate(zip(columns, row, strict=True)):
            text = (cut_front if column.keep_end else cut)(cell, widths[i])
            text = (
                text if i == last and not column.right else pad(text, widths[i], right=column.right)
            )
            shown.append(
                click.style(text, **column.style) if column.style and text.strip() else text
            )
        say(_GAP.join(shown).rstrip())


# A column gives way down to this width and no further.
_LEAST = 12


def _shrink(widths: list[int], columns: Sequence[Column]) -> None:
    """Take the columns that are too many from the widest of those that give."""
    room = terminal_width() - len(_GAP) * (len(widths) - 1)
    while sum(widths) > room:
        giving = [i for i, c in enumerate(columns) if c.give and widths[i] > _LEAST]
        if not giving:
            return
        widest = max(giving, key=lambda i: widths[i])
        widths[widest] -= 1


def _json(row: Any) -> str:
    text = json.dumps(_plain(row), ensure_ascii=False)
    # Terminals and line readers take U+2028 for a line end; JSON may escape it.
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _plain(value: Any) -> Any:
    return value._asdict() if hasattr(value, "_asdict") else value


def passing(function: F) -> F:
    """Hand the session to a command."""

    @click.pass_context
    def inner(ctx: click.Context, *args: Any, **kwargs: Any) -> Any:
        return ctx.invoke(function, ctx.obj, *args, **kwargs)

    return update_wrapper(inner, function)  # type: ignore[return-value]
