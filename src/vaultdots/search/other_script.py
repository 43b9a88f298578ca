"""One word, two scripts: 도커 finds Docker, and Docker 도커, below what is written as it was typed.

What the notes gloss comes first, `역전파(backpropagation)`. What the vault calls its notes and
tags is compared by sound (`text.transliteration`), so that only words which the vault has in the
other script are asked for, and whole words only: 러스트 is not in 일러스트레이터.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from typing import Protocol

from vaultdots.search.hits import Hit
from vaultdots.search.match import is_whole
from vaultdots.search.query import And, Node, Word
from vaultdots.store.other_script import Glossed, other_names
from vaultdots.text.everyday import everydayness
from vaultdots.text.folding import folded
from vaultdots.text.hangul import is_syllable, stems
from vaultdots.text.late import late
from vaultdots.text.transliteration import (
    is_listed,
    is_same_word,
    loan_words,
    may_be_loan,
    skeleton,
    unlikeness,
)
from vaultdots.text.tuples import NamedTuple

SHORTEST = {True: 3, False: 2}
"""Letters from which a word is compared: a Latin one (True), a Hangul one (False)."""
EVERYDAY = 0.7
"""Everydayness from which a Hangul word, or what is left of it without its ending, is no loan by
its sound alone: 그리고 is not Keycloak, 필요한 not planning. Frequent loan words are listed."""
WORDS = 4
"""Words of a query that are looked for in the other script: a sentence has enough to go by."""
_LATIN = late(r"[a-z][a-z0-9+#]*")
_HANGUL = late(r"[가-힣]+")


class Other(NamedTuple):
    """A word of the query, and how the vault writes it in the other script."""

    word: Word
    text: str


def plain_words(tree: Node) -> tuple[Word, ...]:
    """The words of a query that asks for words alone, whatever else narrows it down."""
    parts = tree.parts if isinstance(tree, And) else (tree,)
    return tuple(part for part in parts if isinstance(part, Word))


class Named(Glossed, Protocol):
    """What is asked of a catalog here."""

    def name_keys(self) -> Iterable[str]:
        """How notes and tags are called, folded."""


class Sounds:
    """The words of a vault's names by their sound, good for one state of the catalog; each script
    is read when it is first asked for."""

    def __init__(self, catalog: Named) -> None:
        self.catalog = catalog

    @cached_property
    def said(self) -> dict[str, tuple[str, ...]]:
        """What the notes gloss, by either name."""
        return other_names(self.catalog)

    @cached_property
    def latin(self) -> dict[str, list[str]]:
        """Skeleton → the Latin words of it, in the order of the names."""
        return self._by_bones(_LATIN)

    @cached_property
    def hangul(self) -> dict[str, list[str]]:
        """Skeleton → the Hangul words of it."""
        return self._by_bones(_HANGUL)

    def of(self, form: str) -> dict[str, list[str]]:
        """The words in the script in which `form` is not written."""
        return self.hangul if form.isascii() else self.latin

    def _by_bones(self, word: re.Pattern[str]) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        words = (one for key in self.catalog.name_keys() for one in word.findall(key))
        for one in dict.fromkeys(words):
            found.setdefault(skeleton(one), []).append(one)
        return found


def others(sounds: Sounds, tree: Node) -> list[Other]:
    """The words of a query in the script in which they were not typed, the surest first."""
    words = plain_words(tree)
    if not any(_may_have_another(sounds, form) for word in words for form in _forms(word.text)):
        return []  # as it is with most Korean words: the rest need not be loaded
    asked = [(word, form) for word in words for form in _forms(word.text, native=False)]
    if not asked or len({word for word, _ in asked}) > WORDS:
        return []
    found: dict[tuple[Word, str], None] = {}
    for word, form in asked:
        found.update(((word, n), None) for n in sounds.said.get(form, ()) if " " not in n)
    for word, form in asked:
        known, listed = sounds.of(form), (listed_words().get(form, ()) if is_listed(form) else ())
        named = [name for name in listed if name in known.get(skeleton(name), ())]
        found.update(((word, name), None) for name in named)
        if not listed and (bones := skeleton(form)):
            found.update(((word, name), None) for name in _nearest(form, known.get(bones, ())))
    return [Other(word, name) for word, name in found]


def _nearest(form: str, names: Iterable[str]) -> list[str]:
    """The words that are the same by their sound: 콘솔 sounds like `cancel` too, but more like
    `console`."""
    heard = [(_unlikeness(form, name), name) for name in names if is_same_word(form, name)]
    least = min(heard, default=(0.0, ""))[0]
    return [name for far, name in heard if far == least]


def _unlikeness(one: str, other: str) -> float:
    return unlikeness(other, one) if one.isascii() else unlikeness(one, other)


@cache
def listed_words() -> dict[str, set[str]]:
    """The pairs that no rule of sound finds (디자인, design), both ways."""
    found: dict[str, set[str]] = {}
    for hangul, written in loan_words().items():
        for latin in written:
            found.setdefault(hangul, set()).add(latin)
            found.setdefault(latin, set()).add(hangul)
    return found


def _may_have_another(sounds: Sounds, form: str) -> bool:
    """Whether a word may be written in the other script as well."""
    return form.isascii() or may_be_loan(form) or form in sounds.said


def _forms(text: str, *, native: bool = True) -> Iterator[str]:
    """A typed word as it is compared: folded, and without its particle too. native: everyday words
    too, which are no loans."""
    form = folded(text)
    if _LATIN.fullmatch(form):
        if len(form) >= SHORTEST[True]:
            yield form
    elif _HANGUL.fullmatch(form) and all(map(is_syllable, form)):
        forms = (form, *stems(form)[:1])
        everyday = not native and max(map(everydayness, forms)) >= EVERYDAY
        for one in forms:
            if is_listed(one) or (len(one) >= SHORTEST[False] and not everyday):
                yield one


def holds_whole(hit: Hit, text: str) -> bool:
    """Whether a hit shows the word `text` (folded) whole, a particle aside."""
    heading = "".join(hit.section[-1:])
    for shown, ranges in (
        (hit.title, hit.title_ranges),
        (heading, hit.heading_ranges),
        (hit.snippet, hit.ranges),
    ):
        for start, end in ranges:
            before, match = folded(shown[:start]), folded(shown[start:end])
            whole = before + match + folded(shown[end:])
            at = len(before)
            if match.startswith(text) and is_whole(whole, at, at + len(text)):
                return True
    return False
