"""Search: a query in, ranked sections out.

The index proposes sections (`plan`), the catalog says which notes may answer (`filters`), the exact
look at the text decides (`evaluate`), the text itself gives the order (`rank`). So the answer does
not depend on the engine, and is the same after an update as after a rebuild.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any, cast

from vaultdots.search.engine import APART, Engine, IndexQuery, Progress, Ranked
from vaultdots.search.evaluate import Question, Task, Unit, answers
from vaultdots.search.filters import Filters, Links, allowed
from vaultdots.search.hits import (
    SORTS,
    Answer,
    Hit,
    NoteFacts,
    Sort,
    Wish,
    first_of_each_note,
    note_facts,
    sort_key,
    spread,
    ties,
)
from vaultdots.search.match import Match
from vaultdots.search.parse import parse_query
from vaultdots.search.plan import plan
from vaultdots.search.query import Node, Pattern, Property, Word, children, leaves
from vaultdots.search.rank import Reason, found_in, score_unit, summed, terms_of
from vaultdots.search.snippet import cut_snippet
from vaultdots.search.source import SearchCatalog, rows_of_sections, sections
from vaultdots.search.suggest import did_you_mean, other_layout_query, unknown_words
from vaultdots.search.upkeep import EngineName, answering, bring_up_to_date, open_engine, why_not
from vaultdots.text.names import name_key, nfc

if TYPE_CHECKING:
    from vaultdots.search.related import Related
    from vaultdots.store.catalog import Catalog

POOL = 40
"""Sections the index proposes at least before the exact look orders them: the best answer stood
among the first 60 in all labelled queries."""
RELATED = 20
"""Notes that `related:NOTE` takes in."""


def search(
    catalog: SearchCatalog,
    query: str,
    *,
    limit: int | None = 20,
    engine: EngineName = "auto",
    sort: Sort = "score",
    by_note: bool = False,
    begun: bool = False,
    links: Links | None = None,
    today: date | None = None,
) -> list[Hit]:
    """The sections that answer `query`, best first. Raises `QueryError` for one that cannot be
    read."""
    wish = Wish(limit, sort, by_note, begun, today)
    searcher = Searcher(catalog, engine, links=links)
    try:
        return searcher.ask(query, wish).hits
    finally:
        searcher.close()


class Searcher:
    """An open index over one catalog; keep it for many queries."""

    def __init__(
        self,
        catalog: SearchCatalog,
        engine: EngineName = "auto",
        *,
        links: Links | None = None,
        progress: Progress | None = None,
    ) -> None:
        self.catalog = catalog
        self.links = links
        self.progress = progress
        self.engine: Engine = open_engine(catalog, engine)
        self._answers = self.engine
        self._notices: list[str] = []
        if links is not None:
            self.links = replace(links, related=self._related_ids)

    def warm(self) -> None:
        """Bring the index up to date now, so that the first question is as fast as the others."""
        bring_up_to_date(self.catalog, self.engine, self.progress)

    def related(self, path: str, *, limit: int | None = 10) -> list[Related]:
        """The notes that belong to the one at `path`, best first, each with its reasons."""
        from vaultdots.search.related import related_notes

        bring_up_to_date(self.catalog, self.engine, self.progress)
        return related_notes(cast("Catalog", self.catalog), self.engine, path, limit=limit)

    def _related_ids(self, note_id: int) -> list[int]:
        """What `related:NOTE` means: the twenty nearest notes."""
        run = self.catalog.connection.execute
        (path,) = run("SELECT path FROM files WHERE id = ?", (note_id,)).fetchone()
        found = [one.path for one in self.related(path, limit=RELATED)]
        marks = ",".join("?" * len(found))
        return [row[0] for row in run(f"SELECT id FROM files WHERE path IN ({marks})", found)]

    def close(self) -> None:
        """Close the index; the catalog stays open."""
        self.engine.close()

    def ask(self, query: str, wish: Wish | None = None) -> Answer:
        """Answer a query. Raises `QueryError`."""
        wish = wish or Wish()
        query = nfc(query)
        tree = parse_query(query)
        notice = bring_up_to_date(self.catalog, self.engine, self.progress)
        self._answers = answering(self.catalog, self.engine) if notice else self.engine
        self._notices = [notice] if notice else []
        hits = self._hits(query, tree, wish)
        notices = tuple(dict.fromkeys(self._notices))
        if hits or notices:
            # Nothing found in an index that is being written says nothing about the words.
            return Answer(hits, notices=notices)
        unknown = unknown_words(tree, self._answers)
        meant = other_layout_query(query, unknown)
        if meant is not None and (hits := self._hits(meant, parse_query(meant), wish)):
            said = f"nothing found for '{query}': searched for '{meant}'"
            corrected = [hit._replace(corrected=meant) for hit in hits]
            return Answer(corrected, meant, (*notices, said))
        offers = did_you_mean(self.catalog, query, unknown)
        return Answer([], None, notices, tuple(offers))

    def _hits(self, query: str, tree: Node, wish: Wish) -> list[Hit]:
        try:
            return _Search(self, query, tree, wish).hits()
        except self._answers.broken:
            pass
        # Not inside `except`: its traceback holds cursors open, and with them an old snapshot, in
        # which SQLite lets nobody write.
        try:
            self._answers.index(sections(self.catalog, None), None, self.catalog.generation)
            return _Search(self, query, tree, wish).hits()
        except (self._answers.busy, OSError, self.catalog.connection.IntegrityError) as error:
            self._notices.append(why_not(error, self.catalog))
            return []


class _Search:
    """One query being answered."""

    def __init__(self, searcher: Searcher, query: str, tree: Node, wish: Wish) -> None:
        self.catalog = searcher.catalog
        self.engine = searcher._answers
        self.tree = tree
        self.wish = wish
        patterns = compiled(tree, query)
        self.filters = Filters(
            self.catalog, query, wish.today or date.today(), patterns, searcher.links
        )
        facts = self.filters.facts(tree)
        begun = last_word(tree) if wish.begun else None
        self.question = Question(tree, facts, begun, patterns, self._tasks)
        self.notes = None
        if facts:
            self.notes, self.exact = allowed(tree, facts, self.filters)
        else:
            self.exact = False
        self.terms = terms_of(tree)

    def _tasks(self, note: int) -> list[Task]:
        """The tasks of one note, as they were read (one may run over several lines)."""
        found: list[Task] = self.catalog.connection.execute(
            "SELECT sections.id, status, text FROM tasks JOIN sections"
            " ON sections.note_id = tasks.note_id AND sections.ordinal = tasks.section"
            " WHERE tasks.note_id = ? ORDER BY tasks.start",
            (note,),
        ).fetchall()
        return found

    def hits(self) -> list[Hit]:
        """The answer."""
        if self.notes is not None and not self.notes:
            return []
        if not self.terms:
            return self._whole_notes()
        wanted = plan(self.tree, self.question.begun)
        if wanted is None:
            units = [unit for unit in self._scan() if answers(self.question, unit)]
            return self._shown(units)
        if self.wish.sort != "score" or self.wish.limit is None or self.wish.by_note:
            ranked = self.engine.rank(wanted, self.notes, None)
            if self.wish.sort == "score":
                return self._shown(self._checked(ranked))
            return self._in_order(ranked)
        return self._shown(self._best(wanted, self.wish.limit))

    def _best(self, wanted: IndexQuery, limit: int) -> list[Unit]:
        """Enough sections to hold the best `limit`: those named so first, which beat the others."""
        size = max(POOL, 4 * limit)
        seen: set[int] = set()
        units: list[Unit] = []

        def take(ranked: list[Ranked]) -> None:
            fresh = [one for one in ranked if one.section_id not in seen]
            seen.update(one.section_id for one in fresh)
            units.extend(self._checked(fresh))

        ranked = self.engine.rank(wanted, self.notes, size, names_only=True)
        take(ranked)
        if len(ranked) == size:
            units += self._called_so(seen)
        while len(units) < size:
            ranked = self.engine.rank(wanted, self.notes, size)
            take(ranked)
            if len(ranked) < size or len(units) >= limit:
                break
            size *= 4
        return units

    def _checked(self, ranked: Sequence[Ranked]) -> Iterator[Unit]:
        """The proposed sections that the exact look accepts, in the order of the proposal."""
        for start in range(0, len(ranked), 500):
            chunk = ranked[start : start + 500]
            rows = rows_of_sections(self.catalog, [one.section_id for one in chunk])
            for one in chunk:
                row = rows.get(one.section_id)
                if row is not None:
                    unit = Unit([row])
                    if answers(self.question, unit):
                        yield unit

    def _called_so(self, known: set[int]) -> list[Unit]:
        """Notes whose very name is the query, should the index have left them out."""
        words = [leaf.text for leaf in self.terms if not isinstance(leaf, Pattern)]
        found = self.catalog.connection.execute(
            "SELECT DISTINCT note_id FROM names JOIN notes ON notes.id = note_id WHERE key = ?",
            (name_key(" ".join(words)),),
        ).fetchall()
        rows = sections(self.catalog, [note for (note,) in found])
        units = [Unit([row]) for row in rows if row.ordinal == 0 and row.section_id not in known]
        return [
            unit
            for unit in units
            if (self.notes is None or unit.first.note_id in self.notes)
            and answers(self.question, unit)
        ]

    def _scan(self) -> Iterator[Unit]:
        """Every section that the filters leave, for what no index knows (a regex)."""
        for row in sections(self.catalog, None if self.notes is None else sorted(self.notes)):
            yield Unit([row])

    def _whole_notes(self) -> list[Hit]:
        """A query with no word to find lists notes."""
        notes = self.filters.everything if self.notes is None else self.notes
        facts = note_facts(self.catalog, notes)
        if self.wish.sort == "score":
            worth = {note: summed(ties(fact)).value for note, fact in facts.items()}
            order = sorted(facts, key=lambda note: (-worth[note], facts[note].path))
        else:
            order = sorted(facts, key=lambda note: sort_key(self.wish.sort, facts[note]))
        units = self._noted(order)
        if not self.exact:
            units = (unit for unit in units if answers(self.question, unit))
        chosen = list(islice(units, self.wish.limit))
        return [self._hit(unit, ties(facts[unit.first.note_id])) for unit in chosen]

    def _noted(self, notes: Iterable[int]) -> Iterator[Unit]:
        for note in notes:
            if rows := list(sections(self.catalog, [note])):
                yield Unit(rows, whole_note=True)

    def _in_order(self, ranked: list[Ranked]) -> list[Hit]:
        """Hits by something else than their worth, checked until there are enough."""
        facts = note_facts(self.catalog, {one.note_id for one in ranked})
        ranked = sorted(
            (one for one in ranked if one.note_id in facts),
            key=lambda one: (sort_key(self.wish.sort, facts[one.note_id]), one.section_id),
        )
        units = self._checked(ranked)
        if self.wish.by_note:
            units = first_of_each_note(units)
        chosen = list(islice(units, self.wish.limit))
        return [self._hit(unit, self._reasons(unit, facts)) for unit in chosen]

    def _reasons(self, unit: Unit, facts: dict[int, NoteFacts]) -> list[Reason]:
        reasons = list(score_unit(self.question, unit, self.terms).reasons)
        if fact := facts.get(unit.first.note_id):
            reasons += ties(fact)
        return reasons

    def _shown(self, units: Iterable[Unit]) -> list[Hit]:
        """Units in the order that was wished for, as hits."""
        found = list(units)
        facts = note_facts(self.catalog, {unit.first.note_id for unit in found})
        scored = [(unit, self._reasons(unit, facts)) for unit in found]
        if self.wish.sort == "score":
            scored = spread([(unit, reasons, summed(reasons).value) for unit, reasons in scored])
        else:
            scored.sort(
                key=lambda pair: (
                    sort_key(self.wish.sort, facts[pair[0].first.note_id]),
                    pair[0].first.ordinal,
                )
            )
        if self.wish.by_note:
            chosen = {unit.first.note_id: (unit, reasons) for unit, reasons in reversed(scored)}
            scored = [pair for pair in scored if chosen[pair[0].first.note_id][0] is pair[0]]
        return [self._hit(unit, reasons) for unit, reasons in scored[: self.wish.limit]]

    def _hit(self, unit: Unit, reasons: list[Reason]) -> Hit:
        row = unit.first
        value, shown = summed(reasons)
        snippet = cut_snippet(self._text_to_show(unit), self._finder)
        return Hit(
            row.path,
            row.title,
            row.kind,
            row.year,
            () if unit.whole_note else tuple(row.headings),
            row.line,
            value,
            snippet.text,
            snippet.ranges,
            None,
            self._match_line(unit),
            shown,
        )

    def _text_to_show(self, unit: Unit) -> str:
        """A unit's text; where it is empty (a title above the first heading), what follows it."""
        text = APART.join(body for body in unit.bodies if body.strip())
        if not text and unit.is_head and not unit.whole_note:
            rows = sections(self.catalog, [unit.first.note_id])
            text = next((nfc(row.text) for row in rows if row.text.strip()), "")
        return text or unit.title

    def _finder(self, text: str) -> list[list[Match]]:
        return [found_in(self.question, term, text) for term in self.terms]

    def _match_line(self, unit: Unit) -> int:
        """The line of the first match: in the heading, else in the text below it."""
        row = unit.first
        heading = unit.headings[0] if unit.headings else ""
        if heading and any(found_in(self.question, term, heading) for term in self.terms):
            return row.line
        text = unit.bodies[0]
        starts = [m.start for term in self.terms for m in found_in(self.question, term, text)[:1]]
        if not starts:
            return row.line
        return row.line + text.count("\n", 0, min(starts)) + (1 if row.headings else 0)


def compiled(tree: Node, query: str) -> dict[Pattern, Any]:
    """The regular expressions of a query, under one clock."""
    found: list[Pattern] = []
    waiting: list[Node] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Pattern):
            found.append(node)
        elif isinstance(node, Property):
            waiting.append(node.key)
            if node.value is not None and node.value != "null":
                waiting.append(node.value)
        waiting += children(node)
    if not found:
        return {}
    from vaultdots.search.patterns import Clock, TimedPattern

    clock = Clock()
    return {pattern: TimedPattern(pattern, query, clock) for pattern in found}


def last_word(tree: Node) -> Word | None:
    """The word that stands last in a query, if a word does."""
    last = max(leaves(tree), key=lambda leaf: leaf.at, default=None)
    return last if isinstance(last, Word) else None


__all__ = ["SORTS", "Answer", "Hit", "Searcher", "Sort", "Wish", "search"]
