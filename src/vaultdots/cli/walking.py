"""`dots settle --walk`: the goals of which nothing is known, one key each."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from vaultdots.cli.output import (
    clean,
    cut,
    is_terminal,
    note,
    say,
    style,
    terminal_width,
    translated,
)
from vaultdots.cli.terminal import clear_screen
from vaultdots.text.keyboard import keys_of_hangul

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vaultdots.vault import Goal, Vault

_ANSWERS = {"k": "kept", "p": "partly", "d": "dropped", "c": "carried", "n": "no-goal"}
"""Key → the word that is written."""
_KEYS = "[k]ept [p]artly [d]ropped [c]arried [n]o goal [s]kip [u]ndo [q]uit"


def unknown_goals(vault: Vault, year: int | None) -> list[Goal]:
    """The goals without an answer whose year is over. year: only those made in it, or for it."""
    return [
        goal
        for goal in vault.years.goals()
        if goal.status == "unknown" and year in {None, goal.made_in, goal.target_year}
    ]


def walk(vault: Vault, goals: Sequence[Goal], *, force: bool = False) -> int:
    """Ask for each goal; returns how many were settled. Each answer is written at once, an
    operation of its own, so that `dots undo` takes the last one back too. Needs a terminal."""
    from vaultdots.errors import UsageError

    if not (is_terminal(sys.stdin) and is_terminal(sys.stdout)):
        raise UsageError("--walk needs a terminal", hint="`dots settle WORDS STATUS` does not")
    written: list[int] = []  # which goal each operation of this walk settled
    at = 0
    while at < len(goals):
        _show(goals[at], at, len(goals))
        key = _key()
        if key in _ANSWERS:
            vault.edit.settle(goals[at], _ANSWERS[key], force=force)
            written.append(at)
            at += 1
        elif key == "s":
            at += 1
        elif key == "u" and written:
            vault.edit.undo()
            at = written.pop()
        elif key == "q":
            break
    return len(written)


def _key() -> str:
    """One key that means something, whichever layout the keyboard is on (ㅏ is the key of k)."""
    while True:
        key = keys_of_hangul(click.getchar())
        if key in ("\x03", "\x04"):
            return "q"
        if len(key) == 1 and key in {*_ANSWERS, "s", "u", "q"}:
            return key


def _show(goal: Goal, at: int, count: int) -> None:
    room = terminal_width()
    clear_screen()
    years = f"{goal.made_in or '?'} → {goal.target_year or '?'}"
    place = translated("{0} of {1}", at + 1, count)
    say(style(f"{place}  {years}  {goal.path}:{goal.line}", dim=True))
    say("")
    say(style(cut(clean(goal.text), 3 * room), bold=True))
    for line in goal.detail[:3]:
        say(cut("  " + clean(line), room))
    say("")
    for item in goal.evidence[:3]:
        say(style(translated("closest: {0}:{1}", item.path, item.line), dim=True))
        say("  " + cut(clean(item.text), 3 * room))
    if not goal.evidence:
        say(style(translated("nothing written about it was found"), dim=True))
    say("")
    say(style(cut(translated(_KEYS), room), dim=True))


def tell(settled: int, asked: int) -> None:
    """Say what the walk came to."""
    if not asked:
        note("every goal has an answer")
        return
    if settled:
        note(f"{settled} of {asked} settled; `dots undo` takes back the last one")
    else:
        note("none settled")
