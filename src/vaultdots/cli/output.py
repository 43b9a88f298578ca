"""How results are shown: JSON with stable keys, bare paths, tables (`table`), all of it through
`terminal`, which cleans what is printed. A command takes everything that it prints with from here.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from contextlib import nullcontext
from functools import update_wrapper
from typing import TYPE_CHECKING, Any, TypeVar

import click

from vaultdots.cli.language import NAMED as NAMED
from vaultdots.cli.language import and_more as and_more
from vaultdots.cli.language import counted as counted
from vaultdots.cli.language import months_named as months_named
from vaultdots.cli.language import named as named
from vaultdots.cli.language import reasons as reasons
from vaultdots.cli.language import status_of as status_of
from vaultdots.cli.language import translated as translated
from vaultdots.cli.own_options import option
from vaultdots.cli.places import file as file
from vaultdots.cli.places import here as here
from vaultdots.cli.table import MOST_COLUMNS as MOST_COLUMNS
from vaultdots.cli.table import Column as Column
from vaultdots.cli.table import around as around
from vaultdots.cli.table import beside as beside
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
from vaultdots.cli.terminal import paged as paged
from vaultdots.cli.terminal import say as say
from vaultdots.cli.terminal import screen_height as screen_height
from vaultdots.cli.terminal import style as style
from vaultdots.cli.terminal import terminal_width as terminal_width
from vaultdots.cli.terminal import write as write
from vaultdots.cli.terminal import write_data as write_data
from vaultdots.cli.terminal import write_path as write_path
from vaultdots.cli.terminal import xml_escaped as xml_escaped

if TYPE_CHECKING:
    from vaultdots.cli.template import Template
    from vaultdots.vault import Prepared

F = TypeVar("F", bound=Callable[..., Any])


_TALKING = ("interactive", "apply_")
"""Options with which a command asks the person: nothing of it is held back for a pager."""


class _Asked:
    """How the running command was asked to print."""

    template: Template | None = None
    absolute = False


def listing_options(function: F) -> F:
    """`--json`, `--jsonl`, `--format`, and `--paths` with `-0` and `--absolute`, for a command that
    lists notes."""
    inner = function

    def with_paths(*args: Any, paths: bool, zero: bool, absolute: bool, **kwargs: Any) -> Any:
        """`-0` is about paths; two formats at once are a mistake."""
        paths = paths or zero
        if paths and (kwargs["as_json"] or kwargs["jsonl"]):
            raise _two_formats("--json" if kwargs["as_json"] else "--jsonl", "--paths")
        if paths and _Asked.template is not None:
            raise _two_formats("--paths", "--format")
        _Asked.absolute = absolute
        return inner(*args, paths=paths, zero=zero, **kwargs)

    function = update_wrapper(with_paths, function)  # type: ignore[assignment]
    for add in (
        option("--absolute", is_flag=True, help="Whole paths, from the root of the disk."),
        option("-0", "zero", is_flag=True, help="Bare paths, each ended with NUL."),
        option("--paths", is_flag=True, help="Bare paths, each once."),
    ):
        function = add(function)
    return json_options(function)


def json_options(function: F) -> F:
    """`--json`, `--jsonl` and `--format`."""
    inner = function

    def with_template(*args: Any, template: str | None, **kwargs: Any) -> Any:
        """A template is written where `--jsonl` would be."""
        _Asked.template, _Asked.absolute = None, False
        if kwargs["as_json"] and kwargs["jsonl"]:
            raise _two_formats("--json", "--jsonl")
        if template is not None:
            if kwargs["as_json"] or kwargs["jsonl"]:
                raise _two_formats("--json" if kwargs["as_json"] else "--jsonl", "--format")
            from vaultdots.cli.template import Template

            _Asked.template = Template(template)
            if not kwargs.get("paths") and not kwargs.get("zero"):
                kwargs["jsonl"] = True
        asked = any(kwargs.get(name) for name in ("as_json", "jsonl", "paths", "zero", *_TALKING))
        with nullcontext() if asked else paged():
            return inner(*args, **kwargs)

    function = update_wrapper(with_template, function)  # type: ignore[assignment]
    for add in (
        option("--format", "template", metavar="TEMPLATE",
               help="A line each, as in '{{path}}:{{line}} {{title}}' (Jinja)."),
        option("--jsonl", is_flag=True, help="One JSON object a line."),
        option("--json", "as_json", is_flag=True, help="One JSON array."),
    ):  # fmt: skip
        function = add(function)
    return function


def _two_formats(one: str, other: str) -> click.UsageError:
    return click.UsageError(f"{one} and {other} cannot both be printed")


def print_json(rows: Sequence[Any], *, lines: bool = False, files: bool = True) -> None:
    """Print results as one array, or one a line, with the keys of `vault.records`; with
    `--format` as its template says.

    A record with a `path` gets the `file` beside it: absolute, and spelled as the disk has it;
    not where the paths are of another folder than the vault (`files` False).
    """
    from vaultdots.vault.records import to_records

    rows = to_records(rows)
    if files:
        rows = [_with_file(row) for row in rows]
    if _Asked.template is not None:
        for row in rows:
            if not isinstance(row, dict):
                raise click.UsageError("--format is for records, and these are lists")
            write(_Asked.template.line(row) + "\n")
        return
    if lines:
        for row in rows:
            write_data(_json(row) + "\n")
        return
    body = ",\n ".join(_json(row) for row in rows)
    write_data(f"[{body}]\n")


def printed(
    found: Sequence[Any],
    path_of: Callable[[Any], str | None] | None = None,
    record_of: Callable[[Any], Any] | None = None,
    /,
    *,
    as_json: bool = False,
    jsonl: bool = False,
    paths: bool = False,
    zero: bool = False,
    files: bool = True,
) -> bool:
    """Print a listing for a program, where one asked with `--json`, `--jsonl` or `--paths`; whether
    one did.

    path_of: the path of a row, by default its `path`; None leaves the row out. record_of: a row's
    record, by default by `vault.records`. files: as in `print_json`.
    """
    if as_json or jsonl:
        rows = found if record_of is None else [record_of(row) for row in found]
        print_json(rows, lines=jsonl, files=files)
    elif paths:
        each = (row.path if path_of is None else path_of(row) for row in found)
        print_paths((path for path in each if path), zero=zero)
    return as_json or jsonl or paths


def printed_edits(prepared: Prepared, *, as_json: bool, jsonl: bool, dry_run: bool = False) -> bool:
    """Print what an operation changes: its edits for a program that asked for them, else, where it
    is only to be shown, as a diff; whether a program asked."""
    if printed(prepared.lines() if as_json or jsonl else [], as_json=as_json, jsonl=jsonl):
        return True
    if dry_run:
        write(prepared.diff() + "\n")
    return False


def print_object(row: Any) -> None:
    """Print one result."""
    from vaultdots.vault.records import to_dict

    write_data(_json(to_dict(row)) + "\n")


def print_paths(paths: Iterable[str], *, zero: bool = False) -> None:
    """Print each path of the vault once, in order of first appearance, as a name that opens it
    from the current folder."""
    shown = file if _Asked.absolute else here
    for path in dict.fromkeys(paths):
        write_path(shown(path), zero=zero)


def force_option(command: F) -> F:
    """`--force`, of every command that writes over what is there."""
    what = "Write notes too that are read-only, have hard links or would change their owner."
    return option("--force", is_flag=True, help=what)(command)


def _json(row: Any) -> str:
    return json_escaped(json.dumps(row, ensure_ascii=False))


def _with_file(record: Any) -> Any:
    if not isinstance(record, dict) or not isinstance(record.get("path"), str):
        return record
    found: dict[str, Any] = {}
    for key, said in record.items():
        found[key] = said
        if key == "path":
            found["file"] = file(said)
    return found


def passing(function: F) -> F:
    """Hand the session to a command."""

    @click.pass_context
    def inner(ctx: click.Context, *args: Any, **kwargs: Any) -> Any:
        return ctx.invoke(function, ctx.obj, *args, **kwargs)

    return update_wrapper(inner, function)  # type: ignore[return-value]
