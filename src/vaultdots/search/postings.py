"""Phrases and BM25 over a Whoosh reader's postings, by the formula that SQLite FTS5 has built in.

It imports no whoosh: a reader is handed in, and a place is a number (`COLUMN_SHIFT`).
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Callable, Collection, Container, Iterator, Sequence, Set
from dataclasses import dataclass
from heapq import nlargest
from typing import Any

from vaultdots.search.engine import (
    COLUMNS,
    K1,
    NAMES,
    WEIGHTS,
    AllOf,
    B,
    FieldSet,
    IndexQuery,
    Ranked,
    TokenPhrase,
)
from vaultdots.text.tuples import NamedTuple

COLUMN_SHIFT = 26
"""A place is its column × 2^26 + the token's number: 67 million tokens a section."""
PHRASES = 12
"""Phrases whose hits are kept: one query asks for the same ones up to six times."""

_NAMES = frozenset(NAMES)

Block = tuple[Sequence[int], Callable[[], Sequence[bytes]]]
"""Some sections (Whoosh's numbers for them) that hold a token, and what reads its places there."""

Hits = dict[int, float]
"""Section (Whoosh's number for it) → how often a phrase stands in it, columns weighted."""


class Total(NamedTuple):
    """How many sections a field set has, and how many tokens."""

    sections: int
    tokens: int


class Postings:
    """The postings of an open index; a field set is a field of the same name."""

    def __init__(self, reader: Any, totals: dict[FieldSet, Total]) -> None:
        self.totals = totals
        self._leaves = [leaf for leaf, _ in reader.leaf_readers() if leaf.doc_count()]
        self._known: dict[tuple[int, FieldSet, TokenPhrase], Hits] = {}
        self._held: dict[tuple[int, FieldSet, str], frozenset[int]] = {}

    def rank(
        self,
        wanted: IndexQuery,
        notes: Collection[int] | None,
        limit: int | None,
        field_set: FieldSet,
        among: Collection[int] | None = None,
    ) -> list[Ranked]:
        """The best sections of a field set, ties in the order of their ids. among: sections of
        which alone they are, None: of all."""
        total = self.totals[field_set]
        sections = max(total.sections, 1)
        average = total.tokens / sections or 1
        phrases = list(_phrases(wanted))
        numbers = range(len(self._leaves))
        per_leaf = [[self._hits(leaf, field_set, phrase) for phrase in phrases] for leaf in numbers]
        weights = []
        for number in range(len(phrases)):
            count = sum(len(hits[number]) for hits in per_leaf)
            idf = math.log((sections - count + 0.5) / (count + 0.5))
            weights.append(idf if idf > 0 else 1e-6)
        allowed = None if notes is None else set(notes)
        kept = None if among is None else set(among)
        scored: list[tuple[float, int, int]] = []  # (score, segment, Whoosh's number)
        for at, (leaf, hits) in enumerate(zip(self._leaves, per_leaf, strict=True)):
            lengths = leaf.column_reader(length_of(field_set))
            note_ids, ids = leaf.column_reader("note_id"), leaf.column_reader("section_id")
            for number, active in _matching(wanted, hits, _Counter()).items():
                if allowed is not None and note_ids[number] not in allowed:
                    continue
                if kept is not None and ids[number] not in kept:
                    continue
                norm = K1 * (1 - B + B * lengths[number] / average)
                score = 0.0
                for phrase in active:
                    often = hits[phrase][number]
                    score += weights[phrase] * (often * (K1 + 1)) / (often + norm)
                # Rounded, so that the last bit decides nothing: SQLite adds in another order.
                scored.append((round(score, 9), at, number))
        if limit is not None and len(scored) > limit > 0:
            # To read a column takes as long as to score: only of those that may be the best.
            least = nlargest(limit, scored)[-1][0]
            scored = [one for one in scored if one[0] >= least]
        section_ids = [leaf.column_reader("section_id") for leaf in self._leaves]
        note_ids_of = [leaf.column_reader("note_id") for leaf in self._leaves]
        found = [
            Ranked(section_ids[at][number], note_ids_of[at][number], score)
            for score, at, number in scored
        ]
        found.sort(key=lambda ranked: (-ranked.score, ranked.section_id))
        return found if limit is None else found[:limit]

    def matching(
        self,
        wanted: IndexQuery,
        notes: Collection[int] | None,
        field_set: FieldSet,
        named: IndexQuery | None = None,
    ) -> Iterator[int]:
        """The ids of the sections of a field set that match, in no order. named: what is to stand
        in their names."""
        allowed = None if notes is None else set(notes)
        for number, leaf in enumerate(self._leaves):
            section_ids, note_ids = leaf.column_reader("section_id"), leaf.column_reader("note_id")
            found = self._found(number, field_set, wanted)
            for section in found & self._found(number, "names", named) if named else found:
                if allowed is None or note_ids[section] in allowed:
                    yield section_ids[section]

    def count(self, token: str) -> int:
        """In how many sections a token stands; counted one by one only where some are deleted."""
        return sum(
            sum(1 for _ in ids_of(leaf, "whole", token))
            if leaf.has_deletions()
            else int(leaf.doc_frequency("whole", token.encode()))
            for leaf in self._leaves
        )

    def _found(self, leaf: int, field_set: FieldSet, wanted: IndexQuery) -> Set[int]:
        """The sections of a segment that match; no place is read where the token is enough."""
        if not isinstance(wanted, TokenPhrase):
            parts = [self._found(leaf, field_set, part) for part in wanted.parts]
            return (
                set.intersection(*map(set, parts))
                if isinstance(wanted, AllOf)
                else set().union(*parts)
            )
        if len(wanted.tokens) > 1 or wanted.prefix or wanted.columns != COLUMNS:
            return self._hits(leaf, field_set, wanted).keys()
        key = leaf, field_set, wanted.tokens[0]
        if key not in self._held:
            if len(self._held) >= PHRASES:
                self._held.clear()
            self._held[key] = frozenset(ids_of(self._leaves[leaf], field_set, wanted.tokens[0]))
        return self._held[key]

    def _hits(self, leaf: int, field_set: FieldSet, phrase: TokenPhrase) -> Hits:
        if field_set == "whole" and _NAMES.issuperset(phrase.columns):
            field_set = "names"  # the same sections and places, without those of the texts
        key = leaf, field_set, phrase
        known = self._known.get(key)
        if known is None:
            known = _hits(self._leaves[leaf], field_set, phrase)
            if len(self._known) >= PHRASES:
                self._known.clear()
            self._known[key] = known
        return known


def length_of(field_set: FieldSet) -> str:
    """The column with the number of a section's tokens in a field set, 0 where it is not in it."""
    return f"length_{field_set}"


def _weights(phrase: TokenPhrase) -> list[float]:
    """What a phrase counts in each column: nothing where it is not asked for."""
    return [
        weight if name in phrase.columns else 0.0
        for name, weight in zip(COLUMNS, WEIGHTS, strict=True)
    ]


@dataclass(slots=True)
class _Counter:
    """Numbers the phrases of a query as `_phrases` yields them."""

    number: int = 0


def _phrases(wanted: IndexQuery) -> Iterator[TokenPhrase]:
    if isinstance(wanted, TokenPhrase):
        yield wanted
    else:
        for part in wanted.parts:
            yield from _phrases(part)


def _matching(
    wanted: IndexQuery, hits: list[Hits], counter: _Counter
) -> dict[int, tuple[int, ...]]:
    """Sections that match → the numbers of the phrases that stand in them."""
    if isinstance(wanted, TokenPhrase):
        number = counter.number
        counter.number += 1
        return dict.fromkeys(hits[number], (number,))
    parts = [_matching(part, hits, counter) for part in wanted.parts]
    found: dict[int, tuple[int, ...]] = {}
    if isinstance(wanted, AllOf):
        common = set(parts[0]).intersection(*parts[1:])
        for number in common:
            found[number] = tuple(phrase for part in parts for phrase in part[number])
        return found
    for part in parts:
        for number, active in part.items():
            found[number] = found.get(number, ()) + active
    return found


def _hits(leaf: Any, field_set: FieldSet, phrase: TokenPhrase) -> Hits:
    """How often a phrase stands in each section of a segment, columns weighted."""
    weights = _weights(phrase)
    *fixed, last = phrase.tokens
    endings = [last]
    if phrase.prefix:
        endings = [text.decode() for text in leaf.expand_prefix(field_set, last)]
    if not fixed:
        found: Hits = {}
        for ending in endings:
            for number, places in _places(leaf, field_set, ending):
                if weighed := _weighed(places, weights):
                    found[number] = found.get(number, 0.0) + weighed
        return found
    common: set[int] | None = None
    for token in fixed:
        here = set(ids_of(leaf, field_set, token))
        common = here if common is None else common & here
        if not common:
            return {}
    assert common is not None
    ended: dict[int, set[int]] = {}
    for ending in endings:
        for number, places in _places(leaf, field_set, ending, common):
            ended.setdefault(number, set()).update(places)
    for back, token in enumerate(reversed(fixed), 1):
        for number, places in _places(leaf, field_set, token, ended):
            ended[number] &= {place + back for place in places}
        ended = {number: places for number, places in ended.items() if places}
    counted = ((number, _weighed(places, weights)) for number, places in ended.items())
    return {number: weighed for number, weighed in counted if weighed}


def _weighed(places: Collection[int], weights: Sequence[float]) -> float:
    weighed = 0.0
    for place in places:
        weighed += weights[place >> COLUMN_SHIFT]
    return weighed


def ids_of(leaf: Any, field_set: FieldSet, token: str) -> Iterator[int]:
    """The sections of a segment that hold a token, by Whoosh's numbers."""
    gone = leaf.deleted_docs_set
    for numbers, _ in _blocks(leaf, field_set, token):
        yield from (number for number in numbers if number not in gone) if gone else numbers


def _places(
    leaf: Any, field_set: FieldSet, token: str, among: Container[int] | None = None
) -> Iterator[tuple[int, Collection[int]]]:
    """Where a token stands in the sections of a segment, or in some of them."""
    gone = leaf.deleted_docs_set
    for numbers, values in _blocks(leaf, field_set, token):
        if among is not None and not any(number in among for number in numbers):
            continue
        for number, value in zip(numbers, values(), strict=True):
            if number not in gone and (among is None or number in among):
                yield number, array("I", value)


def _blocks(leaf: Any, field_set: FieldSet, token: str) -> Iterator[Block]:
    """The postings of a token, those of deleted sections among them.

    Whoosh's own walk is a dozen calls a posting. This takes a block as its matcher has read it, by
    names that are not public: the version is pinned.
    """
    if (field_set, token.encode()) not in leaf:
        return
    matcher = leaf.postings(field_set, token)
    if leaf.deleted_docs_set:
        matcher = matcher.child
    if not hasattr(matcher, "_next_block"):  # a token that stands in one section has no blocks
        for number, value in matcher.all_items():
            yield (number,), lambda value=value: (value,)  # type: ignore[misc]
        return
    while matcher.is_active():
        matcher.block_min_id()

        def values(matcher: Any = matcher) -> Sequence[bytes]:
            matcher.value()
            return matcher._values  # type: ignore[no-any-return]

        yield matcher._ids, values
        matcher._next_block()
