"""`dots goals` and `dots settle`."""

from __future__ import annotations

import re
import sys
from itertools import groupby
from typing import TYPE_CHECKING

import click

from vaultdots.cli.output import (
    clean,
    cut,
    force_option,
    is_terminal,
    listing_options,
    named,
    note,
    passing,
    printed,
    reasons,
    say,
    status_of,
    style,
    terminal_width,
    translated,
)
from vaultdots.cli.own_options import OwnHelp, option
from vaultdots.cli.session import Session
from vaultdots.cli.words import YEAR
from vaultdots.text.columns import width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vaultdots.vault import Goal

MARKS: dict[str, tuple[str, str]] = {
    "kept": ("✓", "green"),
    "partly": ("◐", "yellow"),
    "carried": ("→", "cyan"),
    "dropped": ("✗", "red"),
    "open": ("○", "blue"),
    "unknown": ("?", "bright_black"),
}
"""Status → its sign and its colour."""


_WIDEST = 120
"""Columns that the goals take on a wider terminal, so that what became of one stands beside it."""
_LEAST_TEXT = 16
"""Columns of a goal's text that are shown on the narrowest terminal."""
_ENOUGH = 48
"""Columns beside a path in which enough of a line is read."""


_BOX = re.compile(r"[\s\-*+]*\[.\]")
"""The box of a check list before a line."""

_SURE = ((0.95, "says so"), (0.8, "very likely"), (0.6, "probably"), (0.0, "perhaps"))
"""Least confidence, and what it is called."""


def _in_words(confidence: float) -> str:
    """How sure an answer is, as a person would say it."""
    return next(words for least, words in _SURE if confidence >= least)


def _status(goal: Goal) -> str:
    status = named("status", goal.status)
    return f"{status}, {translated('settled')}" if goal.settled else status


def _sure(goal: Goal) -> str:
    """How sure what became of it is, behind two spaces; "" where nothing is told."""
    told = goal.evidence and not goal.settled and goal.status not in ("unknown", "open")
    return f"  {translated(_in_words(goal.confidence))}" if told else ""


def _told(rule: str) -> str:
    """Why a line was taken for a goal; its parts stand between semicolons."""
    head, colon, why = rule.partition("”: ") if rule.startswith("under “") else ("", "", rule)
    told = reasons(why)
    return translated("under “{0}”: {1}", head.removeprefix("under “"), told) if colon else told


def goal_lines(goals: Sequence[Goal], *, evidence: bool) -> list[str]:
    """The goals as lines for people, each with what became of it.

    On a terminal what became of them stands at the right, a file is named once for the goals that
    it answers one after the other, and of a line that repeats the goal what it adds is shown.
    """
    lines = []
    on_screen = is_terminal(sys.stdout)
    room = min(terminal_width(), _WIDEST) if on_screen else terminal_width()
    # Long paths on a narrow terminal leave no room for what is said: it then stands below them.
    paths = [f"{e.path}:{e.line}" for goal in goals for e in goal.evidence[:2]]
    beside = room - max(map(width, paths), default=0) - 8 >= _ENOUGH
    path = ""
    became = [(_status(goal), _sure(goal)) for goal in goals]
    # Where nothing stands in columns a goal's line ends with its own words.
    columns = [max(map(width, words)) if on_screen else 0 for words in zip(*became, strict=True)]
    for goal, (status, sure) in zip(goals, became, strict=True):
        mark, colour = MARKS[goal.status]
        tail = "" if goal.strength == "listed" else f"  ({named('strength', goal.strength)})"
        status += " " * (columns[0] - width(status))
        # What became of it stands whole; the goal's text gives way.
        least = width(f"  {mark}   {tail}{status}") + max(columns[1], width(sure))
        text = cut(clean(goal.text), max(_LEAST_TEXT, room - least)) + tail
        text += " " * (room - least + width(tail) - width(text) if on_screen else 0)
        lines.append(
            f"  {style(mark, fg=colour)} {text}  "
            + style(status, fg=colour)
            + style(sure, dim=True)
        )
        for item in goal.evidence[:2] if evidence else ():
            where, said = f"{item.path}:{item.line}", clean(item.text)
            if on_screen:
                where = f":{item.line}" if item.path == path else where
                path, said = item.path, _beyond(said, clean(goal.text))
            if beside or where.startswith(":"):
                where, said = f"{where}  {cut(said, room - width(where) - 8)}", ""
            parts = [where, cut(said, room - 6)]
            lines += [style(f"      {part.rstrip()}", dim=True) for part in parts if part]
    return lines


def _beyond(said: str, goal: str) -> str:
    """What a line says beyond the goal that it repeats, with the marks before it; else the line."""
    box = _BOX.match(said)
    letters = [
        n for n, sign in enumerate(said) if sign.isalnum() and n >= (box.end() if box else 0)
    ]
    wanted = [sign for sign in goal.casefold() if sign.isalnum()]
    repeated = [said[n].casefold() for n in letters[: len(wanted)]]
    if repeated != wanted or not wanted:
        return said
    before, after = said[: letters[0]].strip(" \"'“‘*_"), said[letters[len(wanted) - 1] + 1 :]
    # A particle stays with the word that is left out: `…는 반만 됐다`.
    gap = "…" if after[:1].isalnum() else "… "
    after = after.lstrip(" .,:;!?)]}\"'”’。…*_")
    return f"{before} {gap}{after}".lstrip() if after else before


@click.command(cls=OwnHelp)
@click.argument("year", type=YEAR, required=False, metavar="[YEAR]")
@option("--made-in", type=YEAR, metavar="YEAR", help="Goals that the review of YEAR makes.")
@option("--for", "for_year", type=YEAR, metavar="YEAR", help="Goals that are for YEAR.")
@option("--wishes", is_flag=True, help="Wishes as well: what would be, not what will be.")
@option("--explain", is_flag=True, help="Which rule took it for a goal.")
@listing_options
@passing
def goals(
    session: Session,
    year: int | None,
    made_in: int | None,
    for_year: int | None,
    wishes: bool,
    explain: bool,
    **asked: bool,
) -> int:
    """What reviews said would be done, and what became of it.

    With YEAR the goals for that year, as with --for. A check list decides, then a sentence that
    answers, then the notes of that year. Every answer shows where it comes from; `dots settle` puts
    your own word in its place.

    Example: dots goals --for 2024
    """
    with session.vault() as vault:
        years = vault.years
        found = years.goals(made_in, year if for_year is None else for_year, wishes=wishes)
        for path in years.cut_short():
            note(f"{path}: only its first {years.most_goals:,} goals are followed")
    if printed(found, **asked):
        return 0 if found else 1
    if found:
        found.sort(key=lambda goal: (goal.made_in or 0, goal.target_year or 9999))
        groups = groupby(found, key=lambda goal: (goal.made_in, goal.target_year))
        for n, ((said, due), group) in enumerate(groups):
            if n:
                say("")
            year_due = translated("some day") if due is None else str(due)
            say(style(f"{said or '?'} → {year_due}", bold=True))
            _show_goals(list(group), explain=explain)
    else:
        note("no goals found")
    return 0 if found else 1


def _show_goals(found: Sequence[Goal], *, explain: bool) -> None:
    """Goals with what became of them; explain: each with the rule that took it for one."""
    if not explain:
        for line in goal_lines(found, evidence=True):
            say(line)
        return
    for goal in found:
        for line in goal_lines([goal], evidence=True):
            say(line)
        say(style(f"      {goal.path}:{goal.line}  {_told(goal.rule)}", dim=True))


@click.command(cls=OwnHelp)
@click.argument("words", default="")
@click.argument("status", default="")
@option("--note", "comment", default="", metavar="TEXT", help="A word on how it went.")
@option("--year", type=YEAR, metavar="YEAR", help="Of the review, or the goal's own.")
@option("--walk", "walking", is_flag=True, help="Ask for each unknown goal, one key each.")
@force_option
@passing
def settle(
    session: Session,
    words: str,
    status: str,
    comment: str,
    year: int | None,
    walking: bool,
    force: bool,
) -> int:
    """Say yourself what became of a goal: kept, dropped, carried, partly, open, unknown, no-goal.

    WORDS are the goal's text, or enough of it. Written to goals.toml at the vault's root, which
    only this command writes. What is no-goal is not listed again. --walk goes through the goals of
    which nothing is known, with the closest line on screen; each answer can be undone.

    Example: dots settle "하프 마라톤" partly --year 2024 --note "10km까지"
    """
    if walking == bool(words or status) or (words and not status):
        raise click.UsageError("give WORDS and STATUS, or --walk")
    with session.vault(indexing=True) as vault:
        if walking:
            from vaultdots.cli.walking import tell, unknown_goals, walk

            asked = unknown_goals(vault, year)
            tell(walk(vault, asked, force=force) if asked else 0, len(asked))
            return 0
        goal = vault.years.goal(words, year)
        status = status_of(status)
        path = vault.edit.settle(goal, status, comment, force=force)
    became = named("status", status)
    note(f"{path}: “{clean(goal.text)}” ({goal.made_in} → {goal.target_year}) {became}")
    return 0
