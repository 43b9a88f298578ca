"""What a person may have meant when a query finds nothing: the other keyboard layout, a typo.

The layout is searched instead and said out loud; a typo is only offered, and only with words that
the vault itself uses in its titles, headings, tags and aliases.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from vaultdots.search.engine import Engine
from vaultdots.search.plan import plan_word
from vaultdots.search.query import Case, Node, Property, Within, Word, children
from vaultdots.search.tokens import runs_in
from vaultdots.store.catalog import Catalog
from vaultdots.text.folding import folded
from vaultdots.text.hangul import decompose, is_syllable
from vaultdots.text.keyboard import other_layout

Item = TypeVar("Item")

OFFERED = 3
"""Suggestions shown."""
LOOK_AT_CLOCK = 256
"""Words between two looks at the clock."""
SHORTEST = {"dense": 2, "word": 4}
"""Characters from which a word may be a typo of another: below, everything is near everything."""


def words_of(tree: Node) -> list[Word]:
    """The words of a query that are looked for in notes, names and paths aside, left to right."""
    found: list[Word] = []
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Word):
            found.append(node)
        elif not isinstance(node, Property | Case) and not (
            isinstance(node, Within) and node.scope in ("file", "path", "tag")
        ):
            waiting += children(node)
    return sorted(found, key=lambda word: word.at)


def unknown_words(tree: Node, engine: Engine) -> list[Word]:
    """The words of a query that no section of the vault holds."""
    found = []
    for word in words_of(tree):
        wanted = plan_word(word)
        if wanted is not None and not engine.some(wanted, None, 1):
            found.append(word)
    return found


def replaced(query: str, words: Iterable[tuple[Word, str]]) -> str:
    """The query (NFC) with some of its words written anew."""
    for word, text in sorted(words, key=lambda pair: -pair[0].at):
        query = query[: word.at] + text + query[word.at + len(word.text) :]
    return query


def other_layout_query(query: str, unknown: Iterable[Word]) -> str | None:
    """The query with its unknown words as the other layout writes them; None where no word
    changes."""
    pairs = [(word, meant) for word in unknown if (meant := other_layout(word.text)) is not None]
    return replaced(query, pairs) if pairs else None


def did_you_mean(
    vocabulary: Mapping[str, int], query: str, unknown: list[Word], until: float
) -> list[str]:
    """Queries with one unknown word replaced by a near one that the vault uses, nearest first.

    vocabulary: see `vocabulary_of`. until: `time.monotonic()` from which no more are compared.
    """
    word = unknown[0]
    typed = folded(word.text)
    near = [
        (-likeness(typed, other), -count, other)
        for other, count in _in_time(vocabulary.items(), until)
        if is_one_edit_apart(typed, other)
    ]
    return [replaced(query, [(word, other)]) for _, _, other in sorted(near)[:OFFERED]]


def vocabulary_of(catalog: Catalog, until: float) -> Counter[str]:
    """The words of titles, aliases, headings and tags, folded: how often each is used.

    until: `time.monotonic()` from which no more are read.
    """
    return Counter(_in_time(_names_words(catalog), until))


def _in_time(items: Iterable[Item], until: float) -> Iterator[Item]:
    for number, item in enumerate(items):
        if number % LOOK_AT_CLOCK == 0 and time.monotonic() > until:
            return
        yield item


def _names_words(catalog: Catalog) -> Iterator[str]:
    for name in catalog.spoken_names():
        yield from _words(name)


def _words(text: str) -> Iterator[str]:
    for run in runs_in(folded(text)):
        kind = run.lastgroup or ""
        for word in run[0].split():
            if len(word) >= SHORTEST.get(kind, 99):
                yield word


def is_one_edit_apart(one: str, other: str) -> bool:
    """Whether one character was wrong, left out, added, or swapped with its neighbour."""
    if one == other or abs(len(one) - len(other)) > 1 or min(len(one), len(other)) < 2:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    if len(one) == len(other):
        if one[start + 1 :] == other[start + 1 :]:
            return True
        swapped = one[start + 1 : start + 2] + one[start : start + 1]
        return swapped == other[start : start + 2] and one[start + 2 :] == other[start + 2 :]
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    return longer[start + 1 :] == shorter[start:]


def likeness(one: str, other: str) -> float:
    """How many letters two words share at the same places, syllables taken apart; 0 to 1."""
    left, right = _letters(one), _letters(other)
    same = sum(a == b for a, b in zip(left, right, strict=False))
    return round(same / max(len(left), len(right), 1), 3)


def _letters(word: str) -> list[str]:
    return [letter for c in word for letter in (decompose(c) if is_syllable(c) else (c,))]
