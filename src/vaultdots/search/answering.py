"""One query answered: the index proposes sections (`plan`), the catalog says which notes may answer
(`filters`), the exact look at the text decides (`evaluate`), the text itself gives the order
(`rank`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Any

from vaultdots.search.engine import APART, NAMES, Engine, IndexQuery, Ranked, within
from vaultdots.search.evaluate import answers
from vaultdots.search.filters import Filters, Links, allowed
from vaultdots.search.hits import (
    Hit,
    NoteFacts,
    Scored,
    Wish,
    first_of_each_note,
    note_facts,
    sort_key,
    spread,
    ties,
)
from vaultdots.search.match import Match
from vaultdots.search.plan import plan
from vaultdots.search.query import Node, Pattern, Property, Word, children, leaves
from vaultdots.search.rank import Reason, score_unit, terms_of, told, worth
from vaultdots.search.snippet import Snippet, cut_snippet
from vaultdots.search.source import SearchCatalog, rows_of_sections, sections
from vaultdots.search.unit import Question, Task, Unit, found_in, seen
from vaultdots.text.names import name_key, nfc

POOL = 40
"""Sections the index proposes at least before the exact look orders them: the best answer stood
among the first 60 in all labelled queries."""
SPARE = 2
"""Times as many sections as hits are asked for."""


class Answering:
    """One query being answered."""

    def __init__(
        self,
        catalog: SearchCatalog,
        engine: Engine,
        links: Links | None,
        query: str,
        tree: Node,
        wish: Wish,
    ) -> None:
        self.catalog = catalog
        self.engine = engine
        self.tree = tree
        self.wish = wish
        patterns = compiled(tree, query)
        self.filters = Filters(catalog, query, wish.today or date.today(), patterns, links)
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
        size = max(POOL, SPARE * limit)
        taken: set[int] = set()
        units: list[Unit] = []

        def take(ranked: list[Ranked]) -> None:
            fresh = [one for one in ranked if one.section_id not in taken]
            taken.update(one.section_id for one in fresh)
            units.extend(self._checked(fresh))

        named = within(wanted, NAMES)
        if named is not None:
            ranked = self.engine.rank(named, self.notes, size)
            take(ranked)
            if len(ranked) == size:
                units += self._called_so(taken)
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
            value = {note: worth(ties(fact)) for note, fact in facts.items()}
            order = sorted(facts, key=lambda note: (-value[note], facts[note].path))
        else:
            order = sorted(facts, key=lambda note: sort_key(self.wish.sort, facts[note]))
        units = self._noted(order)
        if not self.exact:
            units = (unit for unit in units if answers(self.question, unit))
        chosen = list(islice(units, self.wish.limit))
        reasons = [ties(facts[unit.first.note_id]) for unit in chosen]
        return [self._hit(u, why, worth(why)) for u, why in zip(chosen, reasons, strict=True)]

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
        scored = (self._scored(unit, facts) for unit in self._checked(ranked))
        shown = first_of_each_note(scored) if self.wish.by_note else scored
        return [self._hit(*one) for one in islice(shown, self.wish.limit)]

    def _scored(self, unit: Unit, facts: dict[int, NoteFacts]) -> Scored:
        reasons = score_unit(self.question, unit, self.terms)
        if fact := facts.get(unit.first.note_id):
            reasons += ties(fact)
        return Scored(unit, reasons, worth(reasons))

    def _shown(self, units: Iterable[Unit]) -> list[Hit]:
        """Units in the order that was wished for, as hits."""
        found = list(units)
        facts = note_facts(self.catalog, {unit.first.note_id for unit in found})
        scored = [self._scored(unit, facts) for unit in found]
        if self.wish.sort == "score":
            scored = spread(scored)
        else:
            scored.sort(
                key=lambda one: (
                    sort_key(self.wish.sort, facts[one.unit.first.note_id]),
                    one.unit.first.ordinal,
                )
            )
        if self.wish.by_note:
            scored = list(first_of_each_note(scored))
        return [self._hit(*one) for one in scored[: self.wish.limit]]

    def _hit(self, unit: Unit, reasons: list[Reason], value: float) -> Hit:
        row = unit.first
        snippet = self._snippet(unit)
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
            told(reasons),
        )

    def _snippet(self, unit: Unit) -> Snippet:
        """A stretch of a unit's text; where that is empty (a title above the first heading), of
        what follows it."""
        text, words = unit.body, [seen(self.question, unit, term).body for term in self.terms]
        if len(unit.bodies) > 1 or not text.strip():
            text = APART.join(body for body in unit.bodies if body.strip())
            if not text and unit.is_head and not unit.whole_note:
                rows = sections(self.catalog, [unit.first.note_id])
                text = next((nfc(row.text) for row in rows if row.text.strip()), "")
            text = text or unit.title
            words = self._finder(text)
        return cut_snippet(text, words, self._finder)

    def _finder(self, text: str) -> list[list[Match]]:
        return [found_in(self.question, term, text) for term in self.terms]

    def _match_line(self, unit: Unit) -> int:
        """The line of the first match: in the heading, else in the text below it."""
        row = unit.first
        looks = [seen(self.question, unit, term) for term in self.terms]
        own = next((n for n, place in enumerate(unit.places) if place.signal == "heading"), None)
        if row.headings and any(number == own for look in looks for number, _ in look.front):
            return row.line
        starts = [look.body[0].start for look in looks if look.body]
        if not starts or min(starts) > len(unit.bodies[0]):
            return row.line
        return row.line + unit.body.count("\n", 0, min(starts)) + (1 if row.headings else 0)


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
