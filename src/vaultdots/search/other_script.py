"""One word, two scripts: 도커 finds Docker, and Docker 도커, below what is written as it was typed.

What the vault calls its notes and tags is compared by sound (`text.transliteration`), so that only
words which the vault has in the other script are asked for, and whole words only: 러스트 is not in
일러스트레이터.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from vaultdots.search.hits import Hit
from vaultdots.search.match import is_whole
from vaultdots.search.query import And, Node, Word
from vaultdots.store.catalog import Catalog
from vaultdots.text.everyday import everydayness
from vaultdots.text.folding import folded
from vaultdots.text.hangul import is_syllable, stems
from vaultdots.text.lexicon import lexicon
from vaultdots.text.transliteration import is_same_word, skeleton

SHORTEST = {True: 3, False: 2}
"""Letters from which a word is compared: a Latin one (True), a Hangul one (False)."""
EVERYDAY = 0.9
"""Everydayness from which a Hangul word is no loan: 그리고 sounds like Keycloak."""
WORDS = 4
"""Words of a query that are looked for in the other script: a sentence has enough to go by."""
_LATIN = re.compile(r"[a-z][a-z0-9+#]*")
_HANGUL = re.compile(r"[가-힣]+")


class Other(NamedTuple):
    """A word of the query, and how the vault writes it in the other script."""

    word: Word
    text: str


def plain_words(tree: Node) -> tuple[Word, ...]:
    """The words of a query that asks for words alone, whatever else narrows it down."""
    parts = tree.parts if isinstance(tree, And) else (tree,)
    return tuple(part for part in parts if isinstance(part, Word))


def others(catalog: Catalog, tree: Node) -> list[Other]:
    """The words of a query in the script in which they were not typed, the surest first."""
    asked = [(word, form) for word in plain_words(tree) for form in _forms(word.text)]
    if not asked or len({word for word, _ in asked}) > WORDS:
        return []
    listed = _listed()
    found: dict[tuple[Word, str], None] = {}
    by_bones: dict[str, list[tuple[Word, str]]] = {}
    for word, form in asked:
        if form not in listed and (bones := skeleton(form)):
            by_bones.setdefault(bones, []).append((word, form))
    latin = any(not form.isascii() for _, form in asked)
    hangul = any(form.isascii() for _, form in asked)
    for name in _named(catalog.name_keys(), latin=latin, hangul=hangul):
        for word, form in by_bones.get(skeleton(name), ()):
            if is_same_word(form, name):
                found[word, name] = None
        for word, form in asked:
            if name in listed.get(form, ()):
                found[word, name] = None
    return [Other(word, name) for word, name in found]


@cache
def _listed() -> dict[str, set[str]]:
    """The pairs that no rule of sound finds (디자인, design), both ways."""
    found: dict[str, set[str]] = {}
    for entry in lexicon("vaultdots.text", "loanwords")["loanword"]:
        for latin in entry["latin"]:
            found.setdefault(entry["hangul"], set()).add(latin)
            found.setdefault(latin, set()).add(entry["hangul"])
    return found


def _forms(text: str) -> Iterator[str]:
    """A typed word as it is compared: folded, and without its particle too."""
    form = folded(text)
    if _LATIN.fullmatch(form):
        if len(form) >= SHORTEST[True]:
            yield form
    elif _HANGUL.fullmatch(form) and all(map(is_syllable, form)):
        for one in (form, *stems(form)[:1]):
            if len(one) >= SHORTEST[False] and everydayness(one) < EVERYDAY:
                yield one


def _named(keys: Iterable[str], *, latin: bool, hangul: bool) -> Iterator[str]:
    """Each word of the vault's names once, of the scripts that are asked for."""
    seen: set[str] = set()
    for key in keys:
        words = (_LATIN.findall(key) if latin else []) + (_HANGUL.findall(key) if hangul else [])
        for word in words:
            if word not in seen:
                seen.add(word)
                yield word


def holds_whole(hit: Hit, text: str) -> bool:
    """Whether a hit shows the word `text` (folded) whole, a particle aside."""
    for shown, ranges in ((hit.title, hit.title_ranges), (hit.snippet, hit.ranges)):
        for start, end in ranges:
            before, match = folded(shown[:start]), folded(shown[start:end])
            whole = before + match + folded(shown[end:])
            at = len(before)
            if match.startswith(text) and is_whole(whole, at, at + len(text)):
                return True
    return False
