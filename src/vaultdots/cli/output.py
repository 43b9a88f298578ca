"""How results are shown: JSON with stable keys, bare paths, tables (`table`), all of it through
`terminal`, which cleans what is printed. A command takes everything that it prints with from here.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from functools import update_wrapper
from typing import Any, TypeVar

import click

from vaultdots.cli.table import MOST_COLUMNS as MOST_COLUMNS
from vaultdots.cli.table import Column as Column
from vaultdots.cli.table import around as around
from vaultdots.cli.table import cut as cut
from vaultdots.cli.table import cut_front as cut_front
from vaultdots.cli.table import pad as pad
from vaultdots.cli.table import piece_of_line as piece_of_line
from vaultdots.cli.table import print_table as print_table
from vaultdots.cli.table import width as width
from vaultdots.cli.terminal import clean as clean
from vaultdots.cli.terminal import coloured as coloured
from vaultdots.cli.terminal import confirm as confirm
from vaultdots.cli.terminal import is_terminal as is_terminal
from vaultdots.cli.terminal import json_escaped as json_escaped
from vaultdots.cli.terminal import note as note
from vaultdots.cli.terminal import say as say
from vaultdots.cli.terminal import style as style
from vaultdots.cli.terminal import terminal_width as terminal_width
from vaultdots.cli.terminal import write as write
from vaultdots.cli.terminal import write_data as write_data
from vaultdots.cli.terminal import write_path as write_path
from vaultdots.cli.terminal import xml_escaped as xml_escaped

F = TypeVar("F", bound=Callable[..., Any])


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
    """Print results as one array, or one a line, with the keys of `vault.records`."""
    from vaultdots.vault.records import to_records

    rows = to_records(rows)
    if lines:
        for row in rows:
            write_data(_json(row) + "\n")
        return
    body = ",\n ".join(_json(row) for row in rows)
    write_data(f"[{body}]\n")


def print_object(row: Any) -> None:
    """Print one result."""
    from vaultdots.vault.records import to_dict

    write_data(_json(to_dict(row)) + "\n")


def print_paths(paths: Iterable[str], *, zero: bool = False) -> None:
    """Print each path once, in order of first appearance."""
    for path in dict.fromkeys(paths):
        write_path(path, zero=zero)


def counted(count: int, what: str) -> str:
    """`1 note`, `2,000 notes`."""
    return f"{count:,} {what}" + ("" if count == 1 else "s")


def _json(row: Any) -> str:
    return json_escaped(json.dumps(_plain(row), ensure_ascii=False))


def _plain(value: Any) -> Any:
    return value._asdict() if hasattr(value, "_asdict") else value


def passing(function: F) -> F:
    """Hand the session to a command."""

    @click.pass_context
    def inner(ctx: click.Context, *args: Any, **kwargs: Any) -> Any:
        return ctx.invoke(function, ctx.obj, *args, **kwargs)

    return update_wrapper(inner, function)  # type: ignore[return-value]
