"""What is said beside the text: a note's counts above its title, titles behind names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from vaultdots.editor.backlinks import chain_of
from vaultdots.editor.desk import Desk, Sheet
from vaultdots.graph.links import Resolver
from vaultdots.store.answers import LinkRow
from vaultdots.text.names import name_key
from vaultdots.text.spans import Span
from vaultdots.text.tuples import NamedTuple

if TYPE_CHECKING:
    from vaultdots.vault import Vault

_ID = re.compile(r"[\d\-_.T:]{6,}\Z")
_LONGEST = 60
_GOAL_BEGINS = 20
"""Characters of a goal by which its line is known again."""
_MOST_FATES = 3
_KNOWN = ("kept", "partly", "dropped", "carried")
"""Statuses of which a lens speaks."""


class Lens(NamedTuple):
    """A line above a place."""

    span: Span
    title: str


class Fate(NamedTuple):
    """What became of a goal. year: that it was for, else of the note that tells; None where neither
    is known. path, line: where the goal stands; begins: its first words, as written. notes: what
    its line links to and what tells of it, without reviews."""

    status: str
    year: int | None
    path: str
    line: int
    begins: str
    notes: tuple[str, ...]


class Hint(NamedTuple):
    """Words behind a place. tip: what they come from."""

    offset: int
    text: str
    tip: str


def fates(vault: Vault) -> tuple[Fate, ...]:
    """The goals of which it is known what became of them. Takes as long as `dots goals`."""
    catalog = vault.catalog
    resolver = Resolver(catalog)
    found = []
    links: dict[str, list[LinkRow]] = {}
    for goal in vault.years.goals():
        source = catalog.note(goal.path)
        if goal.status not in _KNOWN or source is None:
            continue
        if goal.path not in links:
            links[goal.path] = catalog.links_of(goal.path)
        named = [
            resolver.resolve(link).target for link in links[goal.path] if link.line == goal.line
        ]
        told = [one.path for one in goal.evidence]
        rows = {row.path: row for row in catalog.notes_at({*filter(None, named), *told})}
        notes = tuple(dict.fromkeys(
            path for path in (*named, *told) if path in rows and rows[path].kind != "review"
        ))  # fmt: skip
        years = [rows[path].year for path in told if path in rows]
        year = goal.target_year or next(filter(None, years), None)
        begins = goal.span.of(catalog.text(source.id)).partition("\n")[0][:_GOAL_BEGINS]
        found.append(Fate(goal.status, year, goal.path, goal.line, begins.rstrip(), notes))
    return tuple(found)


def _said(desk: Desk, fate: Fate) -> str:
    year = fate.year
    match fate.status:
        case "kept":
            return desk.say("goal kept in {0}" if year else "goal kept", year)
        case "partly":
            return desk.say("goal partly kept in {0}" if year else "goal partly kept", year)
        case "dropped":
            return desk.say("goal dropped in {0}" if year else "goal dropped", year)
        case _:
            return desk.say("goal carried on from {0}" if year else "goal carried on", year)


def lenses(desk: Desk, path: str, known: Sequence[Fate] = ()) -> list[Lens]:
    """How many notes and reviews link here and what became of the goals that this note is about,
    above the note; above each linked heading; above each goal. known: what became of goals."""
    sheet = desk.sheet(path)
    if sheet is None:
        return []
    found = desk.backlinks(path)
    reviews = desk.kinds_of({link.source for link in found}).count("review")
    parts = [_backlinks(desk, len(found))] if found else []
    if reviews:
        parts.append(desk.say("{0} review" if reviews == 1 else "{0} reviews", reviews))
    of_note = [fate for fate in known if path in fate.notes and fate.path != path]
    parts += list(dict.fromkeys(_said(desk, fate) for fate in of_note))[:_MOST_FATES]
    lenses_ = [Lens(Span(0, 0), " · ".join(parts))] if parts else []
    by_section: Counter[int] = Counter()
    for subpath, count in Counter([link.subpath for link in found]).items():
        ordinal = desk.resolver.subpath(path, chain_of(subpath))[1] if subpath else None
        if ordinal is not None:
            by_section[ordinal] += count
    for ordinal, count in sorted(by_section.items()):
        section = sheet.sections[ordinal]
        if section.level:
            lenses_.append(Lens(sheet.heading_span(section), _backlinks(desk, count)))
    for fate in known:
        if fate.path == path and (span := _line_of(sheet, fate)) is not None:
            lenses_.append(Lens(span, _said(desk, fate)))
    return lenses_


def _line_of(sheet: Sheet, fate: Fate) -> Span | None:
    """The line of a goal as the text is now: where it was, else where its words are."""
    if fate.line <= len(sheet.lines.starts):
        span = sheet.line_span(fate.line)
        if fate.begins in span.of(sheet.text):
            return span
    at = sheet.text.find(fate.begins)
    return sheet.line_span(sheet.lines.line(at)) if at >= 0 else None


def _backlinks(desk: Desk, count: int) -> str:
    return desk.say("{0} backlink" if count == 1 else "{0} backlinks", count)


def hints(desk: Desk, path: str, span: Span) -> list[Hint]:
    """The title behind a link that is only a number or another name."""
    sheet = desk.sheet(path)
    if sheet is None:
        return []
    found = []
    for link in sheet.links:
        if link.external or link.display or link.end < span.start or link.start > span.end:
            continue
        if link.form != "wikilink" or not link.target:
            continue
        name = link.target.rpartition("/")[2]
        target = desk.read(link).target if _ID.match(name) else None
        row = desk.catalog.note(target) if target else None
        if row is not None and name_key(row.title) != name_key(name):
            found.append(Hint(link.end, row.title[:_LONGEST], row.path))
    return found
