"""One query answered: the index proposes sections (`plan`), the catalog says which notes may answer
(`filters`), the check of the text decides (`predicates`), the text itself gives the order
(`rank`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Any

from vaultdots.search.candidate import EVERY, Candidate, Question, Task
from vaultdots.search.engine import (
    NAMES,
    AnyOf,
    Engine,
    FieldSet,
    IndexQuery,
    Ranked,
    parts_within,
    within,
)
from vaultdots.search.filters import Filters, Links, allowed
from vaultdots.search.hits import (
    PLACES,
    Hit,
    Scored,
    SearchOptions,
    first_of_each_note,
    note_facts,
    sort_key,
    spread,
)
from vaultdots.search.plan import as_typed, phrase_of, plan
from vaultdots.search.predicates import answers
from vaultdots.search.query import (
    Node,
    Pattern,
    Property,
    Word,
    children,
    leaves,
    without_words,
)
from vaultdots.search.query_cache import QueryCache
from vaultdots.search.questions import words_of_asking
from vaultdots.search.rank import (
    BODY,
    CONTEXT,
    ELSEWHERE,
    LINKED,
    RECENT,
    score,
    score_candidate,
    terms_of,
    tie_breaks,
)
from vaultdots.search.showing import Showing
from vaultdots.search.source import sections
from vaultdots.store.catalog import Catalog
from vaultdots.text.names import name_key

CANDIDATES = 40
"""Sections the index proposes at least before the check orders them (what it misses: 0034)."""
SPARE = 2
"""Times as many sections as hits are asked for."""
FREQUENT = 2_000
"""Sections from which a query's are no longer weighed one by one but by a sample of them: to weigh
2,000 takes 2 ms."""
MANY = 1_000
"""The same for a tier that several ways lead into: each way is weighed by itself, 1,300 sections in
20 ms. At 400 the first hit lost 0.4 % of its worth on the generated vault, here nothing."""
BY_COLUMN = (("name", "alias"), ("heading", "tags"))
"""Where many sections are named so, a half is taken by each of these columns alone: BM25 puts a
short heading before a long title, whatever the weights."""
BODY_BEST = BODY + ELSEWHERE * CONTEXT + RECENT + LINKED
"""The most that a section can be worth that does not bear the one word of a query in its names."""


class Retrieval:
    """One query being answered."""

    def __init__(
        self,
        catalog: Catalog,
        engine: Engine,
        links: Links | None,
        kept: QueryCache,
        query: str,
        tree: Node,
        options: SearchOptions,
    ) -> None:
        self.catalog = catalog
        self.kept = kept
        self.engine = engine
        self.tree = tree
        self.options = options
        patterns = compiled(tree, query)
        self.filters = Filters(catalog, query, options.today or date.today(), patterns, links)
        facts = self.filters.facts(tree)
        prefix = last_word(tree) if options.prefix else None
        self.terms = terms_of(tree)
        asking = words_of_asking(tree)
        self.telling = tuple(term for term in self.terms if term not in asking)
        self.question = Question(tree, self.terms, facts, prefix, patterns, self._tasks)
        self.showing = Showing(catalog, self.question)
        self._scores: dict[Candidate, Scored] = {}
        self._order: tuple[list[Candidate], list[Scored]] = ([], [])
        self.notes = None
        if facts:
            self.notes, self.exact = allowed(tree, facts, self.filters)
        else:
            self.exact = False

    def _tasks(self, note: int) -> list[Task]:
        """The tasks of one note, as they were read (one may run over several lines)."""
        return self.catalog.tasks_of(note)

    def hits(self) -> list[Hit]:
        """The answer."""
        return [self.showing.hit(*one) for one in self.found()]

    def found(self) -> list[Scored]:
        """The sections and notes of the answer, in its order."""
        if self.notes is not None and not self.notes:
            return []
        if not self.terms:
            return self._whole_notes()
        if (wordless := without_words(self.tree)) is not None:
            candidates = self._by_any_word()
            return self._ordered([*candidates, *self._by_facts(wordless, len(candidates))])
        wanted = plan(self.tree, self.question.prefix)
        if wanted is None:
            return self._ordered(
                candidate for candidate in self._scan() if answers(self.question, candidate)
            )
        if not self._wants_the_best or self.options.limit is None:
            ranked = self.engine.rank(wanted, self.notes, None)
            if self.options.sort == "score":
                return self._ordered(self._checked([one.section_id for one in ranked]))
            return self._in_order(ranked)
        return self._ordered(self._best(wanted, self.options.limit))

    def proposed(self, most: int) -> int | None:
        """How many sections the index proposes, counted up to `most`; None where it cannot say."""
        wanted = plan(self.tree, self.question.prefix)
        if wanted is None or not self.terms or without_words(self.tree) is not None:
            return None
        return self.engine.count(wanted, self.notes, most)

    def relaxed(self) -> list[Hit]:
        """The answer of most of the query's words, where some may be given up."""
        from vaultdots.search.relax import relaxed

        return relaxed(self)

    def instead(self, tree: Node, options: SearchOptions | None = None) -> Retrieval:
        """Another query that is asked of the same."""
        links, query = self.filters.links, self.filters.query
        asked = options or self.options
        return Retrieval(self.catalog, self.engine, links, self.kept, query, tree, asked)

    @property
    def _wants_the_best(self) -> bool:
        """Whether the order is that of the score, and no section stands for its note."""
        return self.options.sort == "score" and not self.options.by_note

    def _by_any_word(self) -> list[Candidate]:
        """The sections that answer a query and hold at least one of its words: all, or enough to
        hold the best. Every one of them is worth more than a note without a word."""
        asked = [plan(term, self.question.prefix) for term in self.terms]
        known = tuple(one for one in asked if one is not None)
        if len(known) < len(asked):
            return [candidate for candidate in self._scan() if answers(self.question, candidate)]
        if self._wants_the_best and self.options.limit is not None:
            return self._best(AnyOf(known), self.options.limit)
        return list(self._checked(self.engine.some(AnyOf(known), self.notes, EVERY)))

    def _by_facts(self, wordless: Node, more: int) -> Iterator[Candidate]:
        """The notes that answer a query whatever they say, of `tag:web OR zebra` the tagged ones.
        more: sections of which some may be theirs."""
        asked = self.options.limit
        options = self.options._replace(limit=None if asked is None else asked + more)
        return self.instead(wordless, options)._noted_candidates()

    def _best(self, wanted: IndexQuery, limit: int) -> list[Candidate]:
        """Enough sections to hold the best `limit`: where one note has so many that few others
        were looked at, more of the others."""
        candidates = self._tiers(wanted, limit)
        sections = Counter(candidate.first.note_id for candidate in candidates)
        crowding = {note for note, count in sections.items() if count > PLACES}
        places = sum(min(count, PLACES) for count in sections.values())
        if not crowding or places >= limit:
            return candidates
        size = max(CANDIDATES, SPARE * limit)
        if self.engine.count(wanted, self.notes, size + 1) <= size:
            return candidates
        whole, taken = self.notes, {candidate.first.section_id for candidate in candidates}
        self.notes = frozenset(self.filters.everything if whole is None else whole) - crowding
        try:
            more = self._tiers(wanted, limit - places)
        finally:
            self.notes = whole
        return candidates + [one for one in more if one.first.section_id not in taken]

    def _tiers(self, wanted: IndexQuery, limit: int) -> list[Candidate]:
        """All sections that answer, or those of the tiers that are worth most until there are
        enough."""
        size = max(CANDIDATES, SPARE * limit)
        proposed = self.engine.some(wanted, self.notes, size + 1)
        if len(proposed) <= size:
            return list(self._checked(proposed))
        taken: set[int] = set()
        candidates: list[Candidate] = []

        def take(proposed: list[int]) -> int:
            fresh = [section for section in dict.fromkeys(proposed) if section not in taken]
            taken.update(fresh)
            candidates.extend(self._checked(fresh))
            return len(proposed)

        if (named := within(wanted, NAMES)) is not None:
            found = self.engine.some(named, self.notes, size + 1, "names")
            take(found if len(found) <= size else self._best_named(wanted, named, size // 2))
            if len(found) > size:
                candidates += self._called_so(taken)
        if len(candidates) >= size or self._beat_bodies(candidates, limit):
            return candidates
        take(self._top(self._side_by_side(), size // 2))
        typed = plan(as_typed(self.tree), self.question.prefix) or wanted
        frequent = self._is_frequent(typed)
        if frequent and len(candidates) < size:
            take(self._partly_named(wanted, size - len(candidates)))
        if frequent and len(candidates) < size:
            take(self._ranked(typed, size - len(candidates), "sample"))
        elif not frequent:
            take(self._ranked(typed, max(size - len(candidates), size // 4)))
        while len(candidates) < limit:
            size *= 4
            if take(self._ranked(wanted, size)) < size:
                break
        return candidates

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
        """The best sections for a query; of a frequent term the best of the sample."""
        if wanted is None:
            return []
        found = self.engine.some(wanted, self.notes, MANY + 1)
        if len(found) <= size:
            return found
        return self._ranked(wanted, size, "sample" if len(found) > MANY else "whole")

    def _partly_named(self, wanted: IndexQuery, size: int) -> list[int]:
        """The best sections by those of the query's words that they bear in their names, the others
        anywhere; of many those of the sample."""
        if (named := parts_within(wanted, NAMES)) is None:
            return []
        found = self.engine.some(wanted, self.notes, MANY + 1, named=named)
        if len(found) <= size:
            return found
        if len(found) > MANY:
            found = self.engine.some(wanted, self.notes, EVERY, "sample", named)
        asked = [within(named, columns) for columns in BY_COLUMN]
        return [
            one.section_id
            for part in asked
            if part is not None
            for one in self.engine.rank(part, self.notes, size, "names", found)
        ]

    def _is_frequent(self, wanted: IndexQuery) -> bool:
        return self.engine.count(wanted, self.notes, FREQUENT + 1) > FREQUENT

    def _ranked(self, wanted: IndexQuery, size: int, field_set: FieldSet = "whole") -> list[int]:
        return [one.section_id for one in self.engine.rank(wanted, self.notes, size, field_set)]

    def _side_by_side(self) -> IndexQuery | None:
        """The query's words as they were typed, next to each other."""
        words = [term.text for term in self.terms if isinstance(term, Word)]
        if len(words) < max(2, len(self.terms)):
            return None
        return phrase_of(" ".join(words))

    def _beat_bodies(self, candidates: list[Candidate], limit: int) -> bool:
        """Whether enough candidates bear the query's one word in a name, so that no other
        counts."""
        if len(self.terms) > 1 or len(candidates) < limit:
            return False
        return self._in_best_order(candidates)[limit - 1].value > BODY_BEST

    def _checked(self, proposed: Sequence[int]) -> Iterator[Candidate]:
        """The proposed sections that the check accepts, in the order of the proposal."""
        for start in range(0, len(proposed), 500):
            chunk = proposed[start : start + 500]
            for candidate in self.kept.candidates(chunk):
                if answers(self.question, candidate):
                    yield candidate

    def accepted(self, kept: Node, proposed: Sequence[int]) -> list[Candidate]:
        """The proposed sections that answer one part of the query, the notes that it leaves."""
        question = self.question._replace(tree=kept, terms=terms_of(kept))
        return [
            candidate
            for candidate in self.kept.candidates(proposed)
            if answers(question, candidate)
        ]

    def _called_so(self, known: set[int]) -> list[Candidate]:
        """Notes whose very name is the query, should the index have left them out."""
        words = [leaf.text for leaf in self.terms if not isinstance(leaf, Pattern)]
        rows = sections(self.catalog, self.catalog.notes_called(name_key(" ".join(words))))
        candidates = [
            Candidate([row]) for row in rows if row.ordinal == 0 and row.section_id not in known
        ]
        return [
            candidate
            for candidate in candidates
            if (self.notes is None or candidate.first.note_id in self.notes)
            and answers(self.question, candidate)
        ]

    def _scan(self) -> Iterator[Candidate]:
        """Every section that the filters leave, for what no index knows (a regex)."""
        for row in sections(self.catalog, None if self.notes is None else sorted(self.notes)):
            yield Candidate([row])

    def _whole_notes(self) -> list[Scored]:
        """A query with no word to find lists notes."""
        candidates = list(self._noted_candidates())
        links = self.kept.links([candidate.first.note_id for candidate in candidates])
        whys = [
            tie_breaks(candidate.first.year, links[candidate.first.note_id])
            for candidate in candidates
        ]
        return [
            Scored(candidate, why, score(why))
            for candidate, why in zip(candidates, whys, strict=True)
        ]

    def _noted_candidates(self) -> Iterator[Candidate]:
        """Whole notes that answer, as many as were asked for, in the order that was."""
        if self.notes is not None and not self.notes:
            return iter(())
        notes = self.filters.everything if self.notes is None else self.notes
        facts = note_facts(self.catalog, notes)
        if self.options.sort == "score":
            value = {note: score(tie_breaks(f.year, f.links)) for note, f in facts.items()}
            order = sorted(facts, key=lambda note: (-value[note], facts[note].path))
        else:
            order = sorted(facts, key=lambda note: sort_key(self.options.sort, facts[note]))
        candidates = self._noted(order)
        if not self.exact:
            candidates = (
                candidate for candidate in candidates if answers(self.question, candidate)
            )
        return islice(candidates, self.options.limit)

    def _noted(self, notes: Iterable[int]) -> Iterator[Candidate]:
        for note in notes:
            if rows := list(sections(self.catalog, [note])):
                yield Candidate(rows, whole_note=True)

    def _in_order(self, ranked: list[Ranked]) -> list[Scored]:
        """Sections by something else than their score, checked until there are enough."""
        facts = note_facts(self.catalog, {one.note_id for one in ranked})
        ranked = sorted(
            (one for one in ranked if one.note_id in facts),
            key=lambda one: (sort_key(self.options.sort, facts[one.note_id]), one.section_id),
        )
        candidates = self._checked([one.section_id for one in ranked])
        scored = (self._scored(candidate) for candidate in candidates)
        shown = first_of_each_note(scored) if self.options.by_note else scored
        return list(islice(shown, self.options.limit))

    def _scored(self, candidate: Candidate) -> Scored:
        known = self._scores.get(candidate)
        if known is None:
            note = candidate.first.note_id
            reasons = score_candidate(self.question, candidate, self.terms, self.telling)
            reasons += tie_breaks(candidate.first.year, self.kept.links_to(note))
            known = self._scores[candidate] = Scored(candidate, reasons, score(reasons))
        return known

    def _in_best_order(self, candidates: list[Candidate]) -> list[Scored]:
        if candidates != self._order[0]:
            self.kept.links({candidate.first.note_id for candidate in candidates})
            order = spread([self._scored(candidate) for candidate in candidates])
            self._order = candidates.copy(), order
        return self._order[1]

    def _ordered(self, candidates: Iterable[Candidate]) -> list[Scored]:
        """Candidates in the order that was asked for, as many as were."""
        found = list(candidates)
        sections = {candidate.first.note_id for candidate in found if not candidate.whole_note}
        if len(sections) < len(found):  # a note that is shown for its words is not shown again
            found = [u for u in found if not (u.whole_note and u.first.note_id in sections)]
        if self.options.sort == "score":
            scored = self._in_best_order(found)
        else:
            facts = note_facts(self.catalog, {candidate.first.note_id for candidate in found})
            scored = [self._scored(candidate) for candidate in found]
            scored.sort(
                key=lambda one: (
                    sort_key(self.options.sort, facts[one.candidate.first.note_id]),
                    one.candidate.first.ordinal,
                )
            )
        if self.options.by_note:
            scored = list(first_of_each_note(scored))
        return scored[: self.options.limit]


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
