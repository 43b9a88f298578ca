"""`dots goals` and `dots settle`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from vaultdots.cli.output import (
    clean,
    cut,
    force_option,
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


_LEAST_TEXT = 16
"""Columns of a goal's text that are shown on the narrowest terminal."""
_ENOUGH = 48
"""Columns beside a path in which enough of a line is read."""


_SURE = ((0.95, "says so"), (0.8, "very likely"), (0.6, "probably"), (0.0, "perhaps"))
"""Least confidence, and what it is called."""


def _in_words(confidence: float) -> str:
    """How sure an answer is, as a person would say it."""
    return next(words for least, words in _SURE if confidence >= least)


def _told(rule: str) -> str:
    """Why a line was taken for a goal; its parts stand between semicolons."""
    head, colon, why = rule.partition("”: ") if rule.startswith("under “") else ("", "", rule)
    told = reasons(why)
    return translated("under “{0}”: {1}", head.removeprefix("under “"), told) if colon else told


def goal_lines(goals: Sequence[Goal], *, evidence: bool) -> list[str]:
    """The goals as lines for people, each with what became of it."""
    lines = []
    room = terminal_width()
    # Long paths on a narrow terminal leave no room for what is said: it then stands above them.
    paths = [f"{e.path}:{e.line}" for goal in goals for e in goal.evidence[:2]]
    beside = room - max(map(width, paths), default=0) - 8 >= _ENOUGH
    for goal in goals:
        mark, colour = MARKS[goal.status]
        tail = "" if goal.strength == "listed" else f"  ({named('strength', goal.strength)})"
        told = goal.evidence and not goal.settled and goal.status not in ("unknown", "open")
        sure = "" if not told else f"  {translated(_in_words(goal.confidence))}"
        status = named("status", goal.status)
        status += f", {translated('settled')}" if goal.settled else ""
        # What became of it stands whole; the goal's text gives way.
        beside_text = width(f"  {mark}   {tail}{status}{sure}")
        text = cut(clean(goal.text), max(_LEAST_TEXT, room - beside_text)) + tail
        lines.append(
            f"  {style(mark, fg=colour)} {text}  "
            + style(status, fg=colour)
            + style(sure, dim=True)
        )
        for item in goal.evidence[:2] if evidence else ():
            where = f"{item.path}:{item.line}"
            said = clean(item.text)
            if beside:
                said = cut(said, room - width(where) - 8)
                lines.append(style(f"      {where}  {said}", dim=True))
            else:
                lines.append(style(f"      {cut(said, room - 6)}", dim=True))
                lines.append(style(f"      {where}", dim=True))
    return lines


@click.command()
@click.argument("year", type=YEAR, required=False, metavar="[YEAR]")
@click.option("--made-in", type=YEAR, metavar="YEAR", help="Goals that the review of YEAR makes.")
@click.option("--for", "for_year", type=YEAR, metavar="YEAR", help="Goals that are for YEAR.")
@click.option("--wishes", is_flag=True, help="Wishes as well: what would be, not what will be.")
@click.option("--explain", is_flag=True, help="Which rule took it for a goal.")
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
        heading: Any = None
        for goal in found:
            if heading != (goal.made_in, goal.target_year):
                if heading is not None:
                    say("")
                heading = (goal.made_in, goal.target_year)
                said, due = (str(year or "?") for year in heading)
                due = translated("some day") if goal.target_year is None else due
                say(style(f"{said} → {due}", bold=True))
            for line in goal_lines([goal], evidence=True):
                say(line)
            if explain:
                say(style(f"      {goal.path}:{goal.line}  {_told(goal.rule)}", dim=True))
    else:
        note("no goals found")
    return 0 if found else 1


@click.command()
@click.argument("words", default="")
@click.argument("status", default="")
@click.option("--note", "comment", default="", metavar="TEXT", help="A word on how it went.")
@click.option("--year", type=YEAR, metavar="YEAR", help="Of the review, or the goal's own.")
@click.option("--walk", "walking", is_flag=True, help="Ask for each unknown goal, one key each.")
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
