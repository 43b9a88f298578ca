"""What a search gives back, and in which order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Literal

from vaultdots.search.candidate import Candidate
from vaultdots.search.filters import iso_of
from vaultdots.search.rank import Reason, score
from vaultdots.store.catalog import Catalog
from vaultdots.text.names import name_key
from vaultdots.text.tuples import NamedTuple

Sort = Literal["score", "path", "title", "created", "modified", "links"]
SORTS: tuple[Sort, ...] = ("score", "path", "title", "created", "modified", "links")

AGAIN = 0.8
"""Factor for each further section of a note already shown: 1, 0.8, 0.64…"""
PLACES = 5
"""Sections of one note that stand among those of others; its further ones stand below them all. Of
twenty places a long note took up to nine of its own title's making."""


class Hit(NamedTuple):
    """A section that answers a query.

    section: its heading path, () before the first heading; line: where it begins. ranges:
    [start, end) of the matches in the snippet, in code points. corrected: the query that was
    searched instead, None for the one that was asked. relaxed: the words that its note does not
    hold, () where it holds them in different sections, None where the query was answered as it was
    typed. match_line: the line of the first match. title_ranges: of the matches in the title;
    heading_ranges: of those in the last heading of the section.
    via: the word in the other script by which it was found (docker for 도커), None for one that
    holds what was typed.
    """

    path: str
    title: str
    kind: str
    year: int | None
    section: tuple[str, ...]
    line: int
    score: float
    snippet: str
    ranges: tuple[tuple[int, int], ...]
    corrected: str | None = None
    relaxed: tuple[str, ...] | None = None
    via: str | None = None
    match_line: int = 1
    reasons: tuple[Reason, ...] = ()
    title_ranges: tuple[tuple[int, int], ...] = ()
    heading_ranges: tuple[tuple[int, int], ...] = ()


class Answer(NamedTuple):
    """hits: best first. corrected: see `Hit`. notices: what a person should know (an index that is
    being built)."""

    hits: list[Hit]
    corrected: str | None = None
    notices: tuple[str, ...] = ()


class SearchOptions(NamedTuple):
    """How a person wants a query answered. limit: hits, None for all. prefix: the last word is
    still being typed. by_note: one hit a note. relax: where nothing answers as typed, what holds
    most of the words. today: what `last month` counts from."""

    limit: int | None = 20
    sort: Sort = "score"
    by_note: bool = False
    prefix: bool = False
    relax: bool = True
    today: date | None = None


class NoteFacts(NamedTuple):
    """What hits are sorted by."""

    path: str
    title: str
    year: int | None
    created: str
    modified: str
    links: int


def note_facts(catalog: Catalog, notes: Iterable[int]) -> dict[int, NoteFacts]:
    """Facts of some notes."""
    wanted = list(notes)
    links = catalog.link_counts(wanted)
    return {
        note: NoteFacts(
            path, title, year, created or iso_of(mtime), modified or iso_of(mtime),
            links.get(note, 0),
        )
        for note, path, title, year, created, modified, mtime in catalog.dated_notes(wanted)
    }  # fmt: skip


def sort_key(sort: Sort, fact: NoteFacts) -> tuple[Any, ...]:
    """Names from A to Z, dates from the newest, links from the most."""
    if sort == "title":
        return (name_key(fact.title), fact.path)
    if sort == "links":
        return (-fact.links, fact.path)
    if sort in ("created", "modified"):
        newest = fact.created if sort == "created" else fact.modified
        return (tuple(-ord(c) for c in newest), fact.path)
    return (fact.path,)


class Scored(NamedTuple):
    """A candidate with its reasons and what they add up to."""

    candidate: Candidate
    reasons: list[Reason]
    value: float


def spread(scored: list[Scored]) -> list[Scored]:
    """Best first, a note's further sections held back, so that no note floods the list."""
    number_of: dict[int, int] = {}
    placed: list[tuple[Scored, int]] = []
    held: list[tuple[Scored, int]] = []
    for one in sorted(scored, key=_by_value):
        note = one.candidate.first.note_id
        number = number_of[note] = number_of.get(note, -1) + 1
        if number:
            one = _again(one, number, one.value * AGAIN**number)
        (placed if number < PLACES else held).append((one, number))
    placed.sort(key=lambda pair: _by_value(pair[0]))
    if held:
        least = placed[-1][0].value
        held = [(_again(one, n, least) if one.value > least else one, n) for one, n in held]
        held.sort(key=lambda pair: _by_value(pair[0]))
    return [one for one, _ in (*placed, *held)]


def _again(one: Scored, number: int, value: float) -> Scored:
    """A further section of its note, worth `value`."""
    own = [reason for reason in one.reasons if reason.signal != "again"]
    loss = value - score(own)
    reasons = [*own, Reason("again", f"section {number + 1} of its note", loss)]
    return Scored(one.candidate, reasons, score(reasons))


def _by_value(one: Scored) -> tuple[float, str, int]:
    return -one.value, one.candidate.first.path, one.candidate.first.ordinal


def first_of_each_note(scored: Iterable[Scored]) -> Iterator[Scored]:
    """Of each note the candidate that comes first."""
    taken = set()
    for one in scored:
        if one.candidate.first.note_id not in taken:
            taken.add(one.candidate.first.note_id)
            yield one
