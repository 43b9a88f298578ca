"""One query answered: the index proposes sections (`plan`), the catalog says which notes may answer
(`filters`), the exact look at the text decides (`evaluate`), the text itself gives the order
(`rank`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice
from typing import Any

from vaultdots.search.engine import (
    NAMES,
    AnyOf,
    Engine,
    IndexQuery,
    Ranked,
    Shelf,
    partly_within,
    within,
)
from vaultdots.search.evaluate import answers
from vaultdots.search.filters import Filters, Links, allowed
from vaultdots.search.hits import (
    Hit,
    Scored,
    Wish,
    first_of_each_note,
    note_facts,
    sort_key,
    spread,
)
from vaultdots.search.kept import Kept
from vaultdots.search.plan import as_typed, phrase_of, plan
from vaultdots.search.query import (
    Node,
    Pattern,
    Property,
    Word,
    children,
    leaves,
    without_words,
)
from vaultdots.search.rank import (
    BODY,
    CONTEXT,
    ELSEWHERE,
    LINKED,
    RECENT,
    score_unit,
    terms_of,
    tie_breaks,
    worth,
)
from vaultdots.search.showing import Showing
from vaultdots.search.source import SearchCatalog, sections
from vaultdots.search.unit import EVERY, Question, Task, Unit
from vaultdots.text.names import name_key

POOL = 40
"""Sections the index proposes at least before the exact look orders them: decision 0034 has what
that misses."""
SPARE = 2
"""Times as many sections as hits are asked for."""
CROWD = 2_000
"""Sections from which a query's are no longer weighed one by one but by a sample of them: to weigh
2,000 takes 2 ms."""
BY_COLUMN = (("name", "alias"), ("heading", "tags"))
"""Where many sections are named so, a half is taken by each of these columns alone: BM25 puts a
short heading before a long title, whatever the weights."""
BODY_BEST = BODY + ELSEWHERE * CONTEXT + RECENT + LINKED
"""The most that a section can be worth that does not bear the one word of a query in its names."""


class Answering:
    """One query being answered."""

    def __init__(
        self,
        catalog: SearchCatalog,
        engine: Engine,
        links: Links | None,
        kept: Kept,
        query: str,
        tree: Node,
        wish: Wish,
    ) -> None:
        self.catalog = catalog
        self.kept = kept
        self.engine = engine
        self.tree = tree
        self.wish = wish
        patterns = compiled(tree, query)
        self.filters = Filters(catalog, query, wish.today or date.today(), patterns, links)
        facts = self.filters.facts(tree)
        begun = last_word(tree) if wish.begun else None
        self.terms = terms_of(tree)
        self.question = Question(tree, self.terms, facts, begun, patterns, self._tasks)
        self.showing = Showing(catalog, self.question)
        self._scores: dict[Unit, Scored] = {}
        self.notes = None
        if facts:
            self.notes, self.exact = allowed(tree, facts, self.filters)
        else:
            self.exact = False

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
        if (wordless := without_words(self.tree)) is not None:
            units = self._by_any_word()
            return self._shown([*units, *self._by_facts(wordless, len(units))])
        wanted = plan(self.tree, self.question.begun)
        if wanted is None:
            return self._shown(unit for unit in self._scan() if answers(self.question, unit))
        if not self._wants_the_best or self.wish.limit is None:
            ranked = self.engine.rank(wanted, self.notes, None)
            if self.wish.sort == "score":
                return self._shown(self._checked([one.section_id for one in ranked]))
            return self._in_order(ranked)
        return self._shown(self._best(wanted, self.wish.limit))

    @property
    def _wants_the_best(self) -> bool:
        """Whether the order is that of the worth, and no section stands for its note."""
        return self.wish.sort == "score" and not self.wish.by_note

    def _by_any_word(self) -> list[Unit]:
        """The sections that answer a query and hold at least one of its words: all, or enough to
        hold the best. Every one of them is worth more than a note without a word."""
        asked = [plan(term, self.question.begun) for term in self.terms]
        known = tuple(one for one in asked if one is not None)
        if len(known) < len(asked):
            return [unit for unit in self._scan() if answers(self.question, unit)]
        if self._wants_the_best and self.wish.limit is not None:
            return self._best(AnyOf(known), self.wish.limit)
        return list(self._checked(self.engine.some(AnyOf(known), self.notes, EVERY)))

    def _by_facts(self, wordless: Node, more: int) -> Iterator[Unit]:
        """The notes that answer a query whatever they say, of `tag:web OR zebra` the tagged ones.
        more: sections of which some may be theirs."""
        asked = self.wish.limit
        wish = replace(self.wish, limit=None if asked is None else asked + more)
        whole = Answering(
            self.catalog, self.engine, self.filters.links, self.kept, self.filters.query,
            wordless, wish,
        )  # fmt: skip
        return whole._noted_units()

    def _best(self, wanted: IndexQuery, limit: int) -> list[Unit]:
        """Enough sections to hold the best `limit`: all, or those of the tiers that are worth most
        until there are enough."""
        size = max(POOL, SPARE * limit)
        proposed = self.engine.some(wanted, self.notes, size + 1)
        if len(proposed) <= size:
            return list(self._checked(proposed))
        taken: set[int] = set()
        units: list[Unit] = []

        def take(proposed: list[int]) -> int:
            fresh = [section for section in dict.fromkeys(proposed) if section not in taken]
            taken.update(fresh)
            units.extend(self._checked(fresh))
            return len(proposed)

        if (named := within(wanted, NAMES)) is not None:
            found = self.engine.some(named, self.notes, size + 1, "names")
            take(found if len(found) <= size else self._best_named(wanted, named, size // 2))
            if len(found) > size:
                units += self._called_so(taken)
        if len(units) >= size or self._beat_bodies(units, limit):
            return units
        take(self._top(self._side_by_side(), size // 2))
        typed = plan(as_typed(self.tree), self.question.begun) or wanted
        crowded = self._is_crowd(typed)
        if crowded and len(units) < size:
            take(self._top(partly_within(wanted, NAMES), size - len(units)))
        if crowded and len(units) < size:
            take(self._ranked(typed, size - len(units), "sample"))
        elif not crowded:
            take(self._ranked(typed, max(size - len(units), size // 4)))
        while len(units) < limit:
            size *= 4
            if take(self._ranked(wanted, size)) < size:
                break
        return units

    def _best_named(self, wanted: IndexQuery, named: IndexQuery, share: int) -> list[int]:
        """The best of many named sections: the same share by each column."""
        asked = [within(wanted, columns) for columns in BY_COLUMN]
        if len(self.terms) > 1:
            asked.append(named)
        return [
            section
            for one in asked
            if one is not None
            for section in self._ranked(one, share, "names")
        ]

    def _top(self, wanted: IndexQuery | None, size: int) -> list[int]:
        """The best sections for a query; of a crowd the best of the sample."""
        if wanted is None:
            return []
        found = self.engine.some(wanted, self.notes, size + 1)
        if len(found) <= size:
            return found
        return self._ranked(wanted, size, "sample" if self._is_crowd(wanted) else "whole")

    def _is_crowd(self, wanted: IndexQuery) -> bool:
        return self.engine.count(wanted, self.notes, CROWD + 1) > CROWD

    def _ranked(self, wanted: IndexQuery, size: int, shelf: Shelf = "whole") -> list[int]:
        return [one.section_id for one in self.engine.rank(wanted, self.notes, size, shelf)]

    def _side_by_side(self) -> IndexQuery | None:
        """The query's words as they were typed, next to each other."""
        words = [term.text for term in self.terms if isinstance(term, Word)]
        if len(words) < max(2, len(self.terms)):
            return None
        return phrase_of(" ".join(words))

    def _beat_bodies(self, units: list[Unit], limit: int) -> bool:
        """Whether enough units bear the query's one word in a name, so that no other counts."""
        if len(self.terms) > 1 or len(units) < limit:
            return False
        return self._in_best_order(units)[limit - 1].value > BODY_BEST

    def _checked(self, proposed: Sequence[int]) -> Iterator[Unit]:
        """The proposed sections that the exact look accepts, in the order of the proposal."""
        for start in range(0, len(proposed), 500):
            chunk = proposed[start : start + 500]
            for unit in self.kept.units(chunk):
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
        units = list(self._noted_units())
        links = self.kept.links([unit.first.note_id for unit in units])
        whys = [tie_breaks(unit.first.year, links[unit.first.note_id]) for unit in units]
        return [
            self.showing.hit(unit, why, worth(why)) for unit, why in zip(units, whys, strict=True)
        ]

    def _noted_units(self) -> Iterator[Unit]:
        """Whole notes that answer, as many as were asked for, in the order that was."""
        if self.notes is not None and not self.notes:
            return iter(())
        notes = self.filters.everything if self.notes is None else self.notes
        facts = note_facts(self.catalog, notes)
        if self.wish.sort == "score":
            value = {note: worth(tie_breaks(f.year, f.links)) for note, f in facts.items()}
            order = sorted(facts, key=lambda note: (-value[note], facts[note].path))
        else:
            order = sorted(facts, key=lambda note: sort_key(self.wish.sort, facts[note]))
        units = self._noted(order)
        if not self.exact:
            units = (unit for unit in units if answers(self.question, unit))
        return islice(units, self.wish.limit)

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
        units = self._checked([one.section_id for one in ranked])
        scored = (self._scored(unit) for unit in units)
        shown = first_of_each_note(scored) if self.wish.by_note else scored
        return [self.showing.hit(*one) for one in islice(shown, self.wish.limit)]

    def _scored(self, unit: Unit) -> Scored:
        known = self._scores.get(unit)
        if known is None:
            note = unit.first.note_id
            reasons = score_unit(self.question, unit, self.terms)
            reasons += tie_breaks(unit.first.year, self.kept.links_to(note))
            known = self._scores[unit] = Scored(unit, reasons, worth(reasons))
        return known

    def _in_best_order(self, units: list[Unit]) -> list[Scored]:
        self.kept.links({unit.first.note_id for unit in units})
        return spread([self._scored(unit) for unit in units])

    def _shown(self, units: Iterable[Unit]) -> list[Hit]:
        """Units in the order that was wished for, as hits."""
        found = list(units)
        sections = {unit.first.note_id for unit in found if not unit.whole_note}
        if len(sections) < len(found):  # a note that is shown for its words is not shown again
            found = [u for u in found if not (u.whole_note and u.first.note_id in sections)]
        if self.wish.sort == "score":
            scored = self._in_best_order(found)
        else:
            facts = note_facts(self.catalog, {unit.first.note_id for unit in found})
            scored = [self._scored(unit) for unit in found]
            scored.sort(
                key=lambda one: (
                    sort_key(self.wish.sort, facts[one.unit.first.note_id]),
                    one.unit.first.ordinal,
                )
            )
        if self.wish.by_note:
            scored = list(first_of_each_note(scored))
        return [self.showing.hit(*one) for one in scored[: self.wish.limit]]


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
