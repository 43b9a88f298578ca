"""What a yearly review that is being written may want to know, read from the vault."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from vaultdots.editor.desk import Sheet
from vaultdots.graph.links import Resolver
from vaultdots.note.review_names import judge, words_of
from vaultdots.retrospective.events import shown_line
from vaultdots.text.everyday import everydayness
from vaultdots.text.names import name_key
from vaultdots.text.spans import Lines
from vaultdots.text.tuples import NamedTuple

if TYPE_CHECKING:
    from vaultdots.vault import Vault

_MOST = 8
"""Of each kind so many are offered."""
_WORDS = 90
_OPEN = ("open", "unknown")
_STRENGTHS = ("listed", "stated")
"""Goals that are answered, the surest first: nobody answers for a wish."""
_OF_ALL = ("yes", "maybe", "bare")
"""Answers of `review_names` for a heading that is the review's own name: it has no subject."""
_WORD = re.compile(r"[^\W_]{2,}")
_EVERYDAY = 0.75
"""A heading whose words are all more everyday than this names no subject: `이야기`, `work`."""
_PASSED_OVER = ("other", "summary")
"""Kinds of sections that say nothing of their subject."""


class Said(NamedTuple):
    """What last year's review said under a heading, or of its subject. key: of the heading."""

    key: str
    path: str
    line: int
    words: str


class Facts(NamedTuple):
    """What a review of `year` may want to know. goals: (text, path, line); notes: (path, title,
    kind) of the year that the text does not name; books: (title, author, path, line) of the year.
    kinds: (heading's key, kind) of the review's sections."""

    year: int
    before: tuple[Said, ...]
    goals: tuple[tuple[str, str, int], ...]
    notes: tuple[tuple[str, str, str], ...]
    books: tuple[tuple[str, str, str, int], ...]
    kinds: tuple[tuple[str, str], ...] = ()


def is_for(sheet: Sheet) -> bool:
    """Whether a note is a yearly review."""
    row = sheet.row
    return row.kind == "review" and row.year is not None and row.period in (None, "year")


def gather(vault: Vault, path: str, text: str) -> Facts | None:
    """The facts for the review at `path` with this unsaved text. Takes as long as `dots review`."""
    catalog = vault.catalog
    catalog.overlay(path, text, vault.config.options)
    try:
        row = catalog.note(path)
        if row is None or row.year is None or row.kind != "review":
            return None
        years = vault.years_as_of(row.year)
        goals = [
            goal
            for goal in years.goals()
            if goal.target_year == row.year and goal.path != path and goal.status in _OPEN
            if goal.strength in _STRENGTHS
        ]
        goals.sort(key=lambda goal: _STRENGTHS.index(goal.strength))
        digest = years.review(row.year)
        resolver = Resolver(catalog)
        linked = {resolver.resolve(link).target for link in catalog.links_of(path)}
        said = name_key(text)
        notes = [
            (note.path, note.title, kind)
            for kind, found in (("project", digest.projects), ("study", digest.studies))
            for note in found
            if note.path not in linked and name_key(note.title) not in said
        ]
        books = [
            (book.title, book.author or "", book.path, book.line)
            for book in digest.books
            if book.path != path and name_key(book.title) not in said
        ]
        kinds = [
            (heading_key(section.heading), section.kind)
            for section in digest.sections
            if section.path == path
        ]
        named = words_of((), ())
        about = [
            (heading_key(section.heading), section.kind)
            for section in digest.sections
            if section.path == path and judge(section.heading, named).answer not in _OF_ALL
        ]
        return Facts(
            row.year,
            tuple(_before(vault, path, row.year, about)),
            tuple((goal.text, goal.path, goal.line) for goal in goals[:_MOST]),
            tuple(notes[:_MOST]),
            tuple(books[:_MOST]),
            tuple(kinds),
        )
    finally:
        catalog.uncover(path)


def _before(vault: Vault, path: str, year: int, kinds: list[tuple[str, str]]) -> Iterator[Said]:
    """What the last review before `year` says under the same heading, in its section of the same
    kind, else in the first line that has the heading's words. kinds: (heading, kind) now."""
    rows = [
        row
        for row in vault.notes.rows()
        if row.kind == "review" and row.period in (None, "year") and row.path != path
    ]
    earlier = [row for row in rows if row.year is not None and row.year < year]
    if not earlier:
        return
    last = max(earlier, key=lambda row: (row.year or 0, row.path))
    sections = [
        section
        for section in vault.years_as_of(year).review(last.year or year - 1).sections
        if section.path == last.path and section.opening
    ]
    told: set[int] = set()
    by_heading = {heading_key(section.heading): section for section in sections}
    lines = _lines(vault.catalog.text(last.id))
    for key, kind in kinds:
        wanted = ("goals", "goal-check") if kind == "goal-check" else (kind,)
        alike = [one for one in sections if one.kind in wanted and kind not in _PASSED_OVER]
        same = by_heading.get(key) or (alike[0] if len(alike) == 1 else None)
        found = (same.line, _cut(same.opening)) if same else _line_about(key, lines)
        if found is not None and found[0] not in told:
            told.add(found[0])
            yield Said(key, last.path, *found)


def _lines(text: str) -> list[tuple[int, str, list[str]]]:
    """(1-based line, as it is read, its words) of the lines that say something."""
    starts = Lines.of(text).starts
    found = []
    for number, start in enumerate(starts, 1):
        end = starts[number] if number < len(starts) else len(text)
        shown = shown_line(text[start:end].strip())
        if words := _WORD.findall(name_key(shown)):
            found.append((number, shown, words))
    return found


def _line_about(key: str, lines: list[tuple[int, str, list[str]]]) -> tuple[int, str] | None:
    """The first line that has every word of a heading: particles may stand behind each."""
    wanted = _WORD.findall(key)
    if not wanted or all(everydayness(word) > _EVERYDAY for word in wanted):
        return None
    for number, shown, words in lines:
        if all(any(word.startswith(one) for word in words) for one in wanted):
            return number, _cut(shown)
    return None


def _cut(words: str) -> str:
    return words if len(words) <= _WORDS else words[: _WORDS - 1].rstrip() + "…"


def heading_key(heading: str) -> str:
    """A heading's key without its year: `2023년 목표` and `2024년 목표` are one subject."""
    words = [word for word in name_key(heading).split() if not any(c.isdigit() for c in word)]
    return " ".join(words)
