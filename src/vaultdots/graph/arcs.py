"""Long arcs: links that join writing two or more years apart; the day the dots connected."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from vaultdots.graph.link_graph import LinkGraph
from vaultdots.graph.links import gives_backlink
from vaultdots.store.answers import LinkEnd, NoteRow
from vaultdots.store.catalog import Catalog
from vaultdots.text.late import late
from vaultdots.text.tuples import NamedTuple

LEAST_YEARS = 2.0
_DAY = late(r"(?<!\d)(\d{4})-?(\d{2})-?(\d{2})(?!\d)")
_ISO = late(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_DAYS_A_YEAR = 365.25
_LONGEST = 300


class Arc(NamedTuple):
    """A link across the years. The names are the keys of `dots arcs --json`.

    source, line: where the link is written; target: the note that it names. from_, to: ISO dates
    as far as they are known, the earlier writing first. years: in between. text: the link's line,
    "" where it was not asked for.
    """

    source: str
    line: int
    target: str
    from_: str
    to: str
    years: float
    text: str


def note_date(note: NoteRow) -> str | None:
    """The day of a note as far as it says one: in its name, in its properties, else its year.

    A yearly review stands at the end of its year, whenever it was written.
    """
    if note.kind == "review" and note.year is not None and note.period in (None, "year"):
        return f"{note.year}-12"
    named = _DAY.search(note.path.rpartition("/")[2])
    if named and _day("-".join(named.groups())) is not None:
        return "-".join(named.groups())
    if note.created and _day(note.created[:10]) is not None:
        return note.created[:10]
    return str(note.year) if note.year is not None else None


def arcs(
    catalog: Catalog,
    known: Mapping[str, str],
    *,
    least: float = LEAST_YEARS,
    to_year: int | None = None,
    said: bool = True,
) -> Iterator[Arc]:
    """Every pair of notes that a link joins over at least `least` years, the longest first; a line
    is read only when it is asked for.

    known: dates of notes that say none themselves (from the history of the vault). to_year: only
    those whose later end was written in that year. said: whether the lines are asked for.
    """
    graph = LinkGraph.read(catalog)
    dates = {
        note.path: found
        for note in graph.notes
        if (found := note_date(note) or known.get(note.path)) is not None
    }
    ordinal = {text: day.toordinal() for text in set(dates.values()) if (day := _day(text))}
    days: dict[str | None, int] = {
        path: ordinal[text] for path, text in dates.items() if text in ordinal
    }
    seen: set[tuple[str, str]] = set()
    by_years: dict[float, list[tuple[str, int, str, LinkEnd]]] = {}
    for end, meant in graph.ends:
        source, target = end.source, meant.target
        here, there = days.get(source), days.get(target)
        if here is None or target is None or there is None:
            continue
        years = abs(here - there) / _DAYS_A_YEAR
        if years < least or source == target or not gives_backlink(end):
            continue
        if (pair := (source, target)) in seen:
            continue
        seen.add(pair)
        by_years.setdefault(round(years, 1), []).append((source, end.line, target, end))
    lines = _Lines(catalog)
    for years in sorted(by_years, reverse=True):
        # Of arcs that nobody asks for, the order is not found out.
        for source, line, target, end in sorted(by_years[years]):
            first, last = sorted((source, target), key=lambda path: days[path])
            if to_year is not None and int(dates[last][:4]) != to_year:
                continue
            text = as_words(lines.of(end))[:_LONGEST] if said else ""
            yield Arc(source, line, target, dates[first], dates[last], years, text)


class _Lines:
    """The lines that links stand in, of notes that are read when one of theirs is asked for."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._ids: dict[str, int] | None = None
        self._read: dict[str, list[str]] = {}

    def of(self, end: LinkEnd) -> str:
        if self._ids is None:
            self._ids = self._catalog.note_ids()
        lines = self._read.get(end.source)
        if lines is None:
            note_id = self._ids.get(end.source)
            text = self._catalog.text(note_id) if note_id is not None else ""
            lines = self._read[end.source] = re.split(r"\r\n?|\n", text)
        if end.line <= len(lines):
            return lines[end.line - 1]
        rows = self._catalog.links_of(end.source)
        return next((row.raw for row in rows if row.number == end.number), "")


_LEAD = late(r"^(?:\s|>|[-*+]\s|\d+[.)]\s|#{1,6}\s|\[[ xX]\]\s)+")
_WIKI = late(r"!?\[\[([^\]|]*)(?:\\?\|([^\]]*))?\]\]")
_LINK = late(r"!?\[([^\]]*)\]\([^)]*\)")


def as_words(line: str) -> str:
    """A line of Markdown as it is read aloud: links by their words, a row of a table as cells."""
    text = _WIKI.sub(lambda m: m[2] or m[1].replace("#", " › ").strip(" ›"), _LEAD.sub("", line))
    text = re.sub(r"\*\*|__|`|==|~~", "", _LINK.sub(r"\1", text)).strip()
    if text.startswith("|"):
        text = " · ".join(cell.strip() for cell in text.strip("|").split("|") if cell.strip())
    return text


def _day(text: str) -> date | None:
    """An ISO date as a day; the middle of the month or year where no more is known."""
    found = _ISO.match(text)
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2] or 7), int(found[3] or 15))
    except ValueError:
        return None
