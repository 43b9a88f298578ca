"""The word lists of the importers, read once from the TOML files beside this module."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from vaultdots.text.tuples import NamedTuple

Role = Literal["opening", "closing", "part"]
Where = Literal["head", "tail", "both", "cut", "any"]

MAX_CHROME_LINE = 140
"""The longest chrome line of the examples has 90 characters; longer lines are never matched."""


class HeadingWord(NamedTuple):
    """A word that makes a bare line a heading. example: a line of which that is true."""

    word: str
    role: Role
    example: str


class ChromeLine(NamedTuple):
    """A line of page chrome. follows: how many lines after it are chrome too (an author's card)."""

    where: Where
    rule: re.Pattern[str]
    example: str
    date: bool
    follows: int
    contents: bool


class Site(NamedTuple):
    """Where a blog host keeps a post. content: CSS selectors, first match wins; junk: removed."""

    name: str
    mark: str
    content: tuple[str, ...]
    junk: tuple[str, ...]
    headings: tuple[str, ...]
    suffixes: tuple[str, ...]
    example: str


def _load(name: str) -> dict[str, Any]:
    return tomllib.loads((files("vaultdots.importers") / name).read_text(encoding="utf-8"))


@cache
def heading_words() -> tuple[HeadingWord, ...]:
    """The words of headings.toml."""
    return tuple(HeadingWord(**row) for row in _load("headings.toml")["word"])


@cache
def chrome_lines() -> tuple[ChromeLine, ...]:
    """The lines of chrome.toml."""
    return tuple(
        ChromeLine(
            row["where"],
            re.compile(row["regex"] if "regex" in row else re.escape(row["line"]), re.I),
            row["example"],
            row.get("date", False),
            row.get("follows", 0),
            row.get("contents", False),
        )
        for row in _load("chrome.toml")["line"]
    )


@cache
def sites() -> tuple[Site, ...]:
    """The hosts of sites.toml, the generic one last."""
    return tuple(
        Site(
            row["name"],
            row.get("mark", ""),
            tuple(row.get("content", ())),
            tuple(row.get("junk", ())),
            tuple(row.get("headings", ())),
            tuple(row.get("suffixes", ())),
            row["example"],
        )
        for row in _load("sites.toml")["site"]
    )


@cache
def _word_rule() -> re.Pattern[str]:
    # A Latin word must stand alone ("try" is not in "country"); Hangul takes particles.
    rows = sorted(heading_words(), key=lambda row: -len(row.word))
    parts = (
        rf"(?<![a-z]){re.escape(row.word)}(?![a-z])" if row.word.isascii() else re.escape(row.word)
        for row in rows
    )
    return re.compile("|".join(f"({part})" for part in parts), re.I)


@cache
def _roles_by_group() -> tuple[Role, ...]:
    return tuple(row.role for row in sorted(heading_words(), key=lambda row: -len(row.word)))


def heading_roles(line: str) -> set[Role]:
    """The roles of the heading words that stand in a short line."""
    roles = _roles_by_group()
    return {roles[found.lastindex - 1] for found in _word_rule().finditer(line) if found.lastindex}


def chrome(line: str, *where: Where) -> ChromeLine | None:
    """The first rule of the places `where` that matches the whole line, None if it is text."""
    text = line.strip()
    if not text or len(text) > MAX_CHROME_LINE or not _any_chrome(where).fullmatch(text):
        return None
    for row in chrome_lines():
        if row.where in where and row.rule.fullmatch(text):
            return row
    return None


@cache
def _any_chrome(where: tuple[Where, ...]) -> re.Pattern[str]:
    # One look instead of forty: nearly every line of a page is text.
    rules = (f"(?:{row.rule.pattern})" for row in chrome_lines() if row.where in where)
    return re.compile("|".join(rules), re.I)
