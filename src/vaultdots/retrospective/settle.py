"""The person's own word on a goal: `goals.toml` at the vault's root, written only by `dots settle`.

    [[goal]]
    path = "회고/2023년 회고.md"
    text = "하프 마라톤 완주하기"
    status = "partly"
    note = "10km까지"

The file is read and a new text of it is made here; writing is the `store` room's.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Sequence
from typing import Any, Literal, cast, get_args

from vaultdots.errors import ConfigError, UsageError
from vaultdots.retrospective.matching import similarity, terms
from vaultdots.retrospective.model import Goal, GoalStatus
from vaultdots.text.names import name_key
from vaultdots.text.tuples import NamedTuple

FILE = "goals.toml"
NO_GOAL = "no-goal"
"""The person's word that something is no goal: it is listed nowhere any more."""
Word = GoalStatus | Literal["no-goal"]
_HEAD = (
    "# What became of goals, in your own words. `dots settle` adds to this file; edit it freely.\n"
)


class Settled(NamedTuple):
    """One entry of the file. line: where it stands; path: of the review, "" for any."""

    text: str
    status: Word
    path: str
    note: str
    line: int


def read_settled(text: str) -> tuple[Settled, ...]:
    """The entries of `goals.toml`. Raises ConfigError with the place."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"cannot be read: {error}", place=FILE) from error
    entries = table.get("goal", [])
    if not isinstance(entries, list):
        raise ConfigError("`goal` is not a list of tables", place=FILE, hint="write [[goal]]")
    lines = [n for n, line in enumerate(text.split("\n"), 1) if line.strip() == "[[goal]]"]
    return tuple(
        _entry(entry, lines[n] if n < len(lines) else 1) for n, entry in enumerate(entries)
    )


def _entry(entry: Any, line: int) -> Settled:
    place = f"{FILE}:{line}"
    if not isinstance(entry, dict):
        raise ConfigError("an entry is not a table", place=place, hint="write [[goal]]")
    values = {key: entry.get(key, "") for key in ("text", "status", "path", "note")}
    if not all(isinstance(value, str) for value in values.values()) or not values["text"]:
        raise ConfigError("an entry needs a `text` and a `status`", place=place)
    return Settled(
        values["text"],
        checked_status(values["status"], place),
        values["path"],
        values["note"],
        line,
    )


def checked_status(status: str, place: str = "") -> Word:
    """`status`, if it is one. Raises UsageError."""
    words = (*get_args(GoalStatus), NO_GOAL)
    if status not in words:
        raise UsageError(
            f"'{status}' is not a status", place=place, hint="one of " + ", ".join(words)
        )
    return cast(Word, status)


def word_of(goal: Goal, settled: Sequence[Settled]) -> Settled | None:
    """The entry about a goal: the same text in the same review; the last one counts."""
    key = name_key(goal.text)
    for entry in reversed(settled):
        if entry.path in {"", goal.path} and name_key(entry.text) == key:
            return entry
    return None


def without_no_goals(goals: Sequence[Goal], settled: Sequence[Settled]) -> list[Goal]:
    """The goals but those that are none by the person's word."""
    if not any(entry.status == NO_GOAL for entry in settled):
        return list(goals)
    return [
        goal for goal in goals if (word := word_of(goal, settled)) is None or word.status != NO_GOAL
    ]


def find_goal(goals: Sequence[Goal], words: str, year: int | None = None) -> Goal:
    """The one goal that `words` mean: its text, else a part of it, else its meaning.

    year: the one that the goal is for, else that of the review. Raises UsageError with the
    candidates where several do.
    """
    among = [g for g in goals if year is None or year in {g.made_in, g.target_year}]
    key = name_key(words)
    for matching in (
        [g for g in among if name_key(g.text) == key],
        [g for g in among if key in name_key(g.text)],
        [g for g in among if similarity(terms(words), terms(g.text)) >= 0.8],
    ):
        # The same words may be a goal for the year and, made in it, one for the next.
        own = [g for g in matching if year is not None and g.target_year == year]
        if len(matching) == 1 or len(own) == 1:
            return own[0] if len(own) == 1 else matching[0]
        if matching:
            shown = "; ".join(f"{g.made_in} “{g.text[:40]}”" for g in matching[:6])
            raise UsageError(
                f"'{words}' means {len(matching)} goals: {shown}",
                hint="give --year or more words" if year is None else "give more words",
            )
    raise UsageError(f"no goal says '{words}'", hint="`dots goals` lists them")


def new_file(goal: Goal, status: Word, note: str = "") -> str:
    """The text of a `goals.toml` with one entry."""
    return _HEAD + entry_of(_HEAD, goal, status, note)


def entry_of(text: str, goal: Goal, status: Word, note: str = "") -> str:
    """What is put at the end of `goals.toml`, whose text is `text`, for one more entry.

    It ends its lines as the file does. Raises ConfigError when the file cannot be read: it is not
    written over.
    """
    entries = read_settled(text)
    lines = [
        "[[goal]]",
        f"path = {_quoted(goal.path)}",
        f"text = {_quoted(goal.text)}",
        f"status = {_quoted(status)}",
    ]
    if note:
        lines.append(f"note = {_quoted(note)}")
    newline = "\r\n" if "\r\n" in text else "\n"
    ended = not text or text.endswith("\n")
    entry = ("" if ended else newline) + newline + newline.join(lines) + newline
    if len(read_settled(text + entry)) != len(entries) + 1:
        raise ConfigError("no entry can be added at its end", place=FILE)
    return entry


def _quoted(value: str) -> str:
    # A JSON string is a TOML basic string, but for DEL, which TOML wants escaped.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
