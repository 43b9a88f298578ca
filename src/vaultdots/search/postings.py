"""Phrases and BM25 over a Whoosh reader's postings, by the formula that SQLite FTS5 has built in.

It imports no whoosh: a reader is handed in, and a place is a number (`COLUMN_SHIFT`).
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from vaultdots.search.engine import (
    COLUMNS,
    K1,
    WEIGHTS,
    AllOf,
    B,
    IndexQuery,
    Ranked,
    TokenPhrase,
)

COLUMN_SHIFT = 26
"""A place is its column × 2^26 + the token's number: 67 million tokens a section."""

Hits = dict[int, float]
"""Section (Whoosh's number for it) → how often a phrase stands in it, columns weighted."""


def rank_sections(
    reader: Any,
    wanted: IndexQuery,
    notes: Collection[int] | None,
    limit: int | None,
    all_tokens: int,
) -> list[Ranked]:
    """The best sections, ties in the order of their ids. all_tokens: of the whole index."""
    sections = max(reader.doc_count(), 1)
    average = all_tokens / sections or 1
    phrases = list(_phrases(wanted))
    leaves = [leaf for leaf, _ in reader.leaf_readers() if leaf.doc_count()]
    per_leaf = [[_hits(leaf, phrase, _weights(phrase)) for phrase in phrases] for leaf in leaves]
    weights = []
    for number in range(len(phrases)):
        count = sum(len(hits[number]) for hits in per_leaf)
        idf = math.log((sections - count + 0.5) / (count + 0.5))
        weights.append(idf if idf > 0 else 1e-6)
    allowed = None if notes is None else set(notes)
    found = []
    for leaf, hits in zip(leaves, per_leaf, strict=True):
        lengths = leaf.column_reader("length")
        section_ids = leaf.column_reader("section_id")
        note_ids = leaf.column_reader("note_id")
        for number, active in _matching(wanted, hits, _Counter()).items():
            note = note_ids[number]
            if allowed is not None and note not in allowed:
                continue
            norm = K1 * (1 - B + B * lengths[number] / average)
            score = 0.0
            for phrase in active:
                often = hits[phrase][number]
                score += weights[phrase] * (often * (K1 + 1)) / (often + norm)
            found.append(Ranked(section_ids[number], note, score))
    # Rounded, so that the last bit of a float decides nothing: SQLite adds in another order.
    found.sort(key=lambda ranked: (-round(ranked.score, 9), ranked.section_id))
    return found if limit is None else found[:limit]


def _weights(phrase: TokenPhrase) -> list[float]:
    """What a phrase counts in each column: nothing where it is not asked for."""
    return [
        weight if name in phrase.columns else 0.0
        for name, weight in zip(COLUMNS, WEIGHTS, strict=True)
    ]


def matching_sections(
    reader: Any, wanted: IndexQuery, notes: Collection[int] | None
) -> Iterator[int]:
    """The ids of the sections that match, in no order."""
    phrases = list(_phrases(wanted))
    allowed = None if notes is None else set(notes)
    for leaf, _ in reader.leaf_readers():
        if not leaf.doc_count():
            continue
        hits = [_hits(leaf, phrase, _weights(phrase)) for phrase in phrases]
        section_ids, note_ids = leaf.column_reader("section_id"), leaf.column_reader("note_id")
        for number in _matching(wanted, hits, _Counter()):
            if allowed is None or note_ids[number] in allowed:
                yield section_ids[number]


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


def _hits(leaf: Any, phrase: TokenPhrase, weights: Sequence[float]) -> Hits:
    """How often a phrase stands in each section of a segment, columns weighted (0: not at all)."""
    *fixed, last = phrase.tokens
    endings = [last]
    if phrase.prefix:
        endings = [text.decode() for text in leaf.expand_prefix("tokens", last)]
    if not fixed:
        found: Hits = {}
        for ending in endings:
            for number, places in _all_places(leaf, ending):
                if weighed := _weighed(places, weights):
                    found[number] = found.get(number, 0.0) + weighed
        return found
    common: set[int] | None = None
    for token in fixed:
        here = set(ids_of(leaf, token))
        common = here if common is None else common & here
        if not common:
            return {}
    assert common is not None
    ended: dict[int, set[int]] = {}
    for ending in endings:
        near = common.intersection(ids_of(leaf, ending))
        for number, places in _places(leaf, ending, sorted(near)):
            ended.setdefault(number, set()).update(places)
    numbers = sorted(ended)
    for back, token in enumerate(reversed(fixed), 1):
        for number, places in _places(leaf, token, numbers):
            ended[number] &= {place + back for place in places}
        numbers = [number for number in numbers if ended[number]]
    counted = ((number, _weighed(ended[number], weights)) for number in numbers)
    return {number: weighed for number, weighed in counted if weighed}


def _weighed(places: Collection[int], weights: Sequence[float]) -> float:
    weighed = 0.0
    for place in places:
        weighed += weights[place >> COLUMN_SHIFT]
    return weighed


def _matcher(leaf: Any, token: str) -> Any:
    return leaf.postings("tokens", token) if ("tokens", token.encode()) in leaf else None


def ids_of(leaf: Any, token: str) -> Iterable[int]:
    """The sections of a segment that hold a token, by Whoosh's numbers."""
    matcher = _matcher(leaf, token)
    return matcher.all_ids() if matcher else ()


def _all_places(leaf: Any, token: str) -> Iterator[tuple[int, Collection[int]]]:
    matcher = _matcher(leaf, token)
    while matcher is not None and matcher.is_active():
        yield matcher.id(), array("I", matcher.value())
        matcher.next()


def _places(leaf: Any, token: str, numbers: list[int]) -> Iterator[tuple[int, Collection[int]]]:
    """Where a token stands in some sections, which hold it."""
    matcher = _matcher(leaf, token) if numbers else None
    if matcher is None:
        return
    for number in numbers:
        if matcher.id() < number:
            matcher.skip_to(number)
        yield number, array("I", matcher.value())
