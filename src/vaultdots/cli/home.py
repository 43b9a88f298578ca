"""`dots` alone, and `dots help`: what there is, and what to do next."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vaultdots.cli.output import (
    beside,
    clean,
    counted,
    here,
    say,
    style,
    terminal_width,
    translated,
)
from vaultdots.cli.own_options import OwnHelp
from vaultdots.cli.session import Session
from vaultdots.cli.words import no_command

if TYPE_CHECKING:
    from vaultdots.vault import ReviewRow, Vault

_CHANGED = 3
"""Notes that are shown as changed last."""
_DAY = 10
"""Columns of a day."""


def show_home(ctx: click.Context, session: Session) -> int:
    """The vault, its counts, this year's review, what changed, three next steps; the help where
    there is no vault."""
    from vaultdots.vault import is_wide

    if session.path is None and is_wide(None, os.environ) and not session.yes:
        say_help(ctx)
        return 0
    with session.vault() as vault:
        rows = vault.notes.rows()
        if not rows:
            say(style(clean(str(vault.root)), bold=True) + "  " + translated("holds no notes yet"))
            _steps([("dots --help", translated("what dots can do"))])
            return 0
        reviews = vault.years.reviews()
        tags = vault.notes.tags()
        heading = style(clean(vault.root.name), bold=True)
        say(f"{heading}  {style(clean(_shortened(vault.root)), dim=True)}")
        say(
            "  "
            + ", ".join(
                (counted(len(rows), "note"), counted(len(reviews), "review"),
                 counted(len(tags), "tag"))
            )
        )  # fmt: skip
        say("")
        this_year = date.today().year
        current = _of_year(reviews, this_year)
        if current is not None:
            say(
                f"  {this_year}  {style(clean(current.title), bold=True)}  {clean(current.summary)}"
            )
        else:
            say(f"  {this_year}  {translated('no review yet')}")
        for row, day in vault.notes.recent(_CHANGED):
            room = terminal_width() - _DAY - 6
            title, place = beside(clean(row.title), clean(here(row.path)), room)
            line = f"  {style(day.ljust(_DAY), dim=True)}  {title}  {style(place, dim=True)}"
            say(line.rstrip())
        say("")
        _steps(_next(vault, reviews, current, this_year))
    return 0


def _of_year(reviews: list[ReviewRow], year: int) -> ReviewRow | None:
    return next((one for one in reviews if one.year == year and one.period == "year"), None)


def _next(
    vault: Vault, reviews: list[ReviewRow], current: ReviewRow | None, year: int
) -> list[tuple[str, str]]:
    """Three things worth doing now."""
    steps = [("dots search WORDS", translated("find the section you mean"))]
    if current is not None:
        steps.append((f"dots review {year}", translated("the year as a page")))
    elif reviews:
        steps.append((f"dots draft {year}", translated("a draft of this year's review")))
    else:
        steps.append(("dots tags --by-count", translated("what the notes are about")))
    steps.append(("dots graph -o graph.html", translated("the vault as a map")))
    return steps


def _steps(steps: list[tuple[str, str]]) -> None:
    wide = max(len(command) for command, _ in steps)
    for command, what in steps:
        say(f"  {style(command.ljust(wide), fg='cyan')}  {what}")


def _shortened(root: Path) -> str:
    """The folder with `~` for the home folder."""
    try:
        return f"~/{root.relative_to(Path.home())}"
    except (ValueError, RuntimeError):
        return str(root)


def say_help(ctx: click.Context) -> None:
    """The help of a context, line by line."""
    for line in ctx.get_help().split("\n"):
        say(line)


@click.command("help", cls=OwnHelp)
@click.argument("command", nargs=-1, metavar="[COMMAND]")
@click.pass_context
def help_(ctx: click.Context, command: tuple[str, ...]) -> int:
    """What a command does, its options and an example.

    Example: dots help search
    """
    root = ctx.find_root()
    inner: click.Context = root
    for name in command:
        group = inner.command
        found = group.get_command(inner, name) if isinstance(group, click.Group) else None
        if found is None:
            known = group.list_commands(inner) if isinstance(group, click.Group) else []
            raise no_command(name, known, root, top=inner is root)
        inner = click.Context(found, info_name=name, parent=inner)
    say_help(inner)
    return 0
