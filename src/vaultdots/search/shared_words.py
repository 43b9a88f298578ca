"""The words that two notes have in common, as a person would name them.

Nouns of prose: code, shell listings, addresses and verbs are none. A Korean word is read without
its particle, and is a noun where it stands with two of them, bare, or in a title.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from vaultdots.graph.plurals import singular
from vaultdots.note.blocks import read_blocks
from vaultdots.search.snippet import plain
from vaultdots.search.source import SectionRow
from vaultdots.search.tokens import dense_tokens, word_token
from vaultdots.text.folding import folded
from vaultdots.text.hangul import decompose, is_particle, is_syllable, stems
from vaultdots.text.telling import is_telling
from vaultdots.text.tuples import NamedTuple

MOST = 60_000
"""Code points of a note whose words are looked at: a longer one is a log."""
_PROSE = ("paragraph", "table", "heading")
_INLINE_CODE = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL)
_LISTING = re.compile(r"(?m)^\W*[-dlbcps](?:[r-][w-][xsStT-]){3}.*$")
"""A line of `ls -l`."""
_CODE = re.compile(r"\w[_/\\=<>{}#@$:.~|()\[\]]+\w|\d|[a-z][A-Z]|://")
"""What no word of prose holds inside: a path, a call, a hash, camelCase."""
_EDGES = re.compile(r"^\W+|\W+$")
_RUN = re.compile(r"[가-힣]+|[^\W\d_가-힣]+")
_VERBAL = "다요며고면서야지게은는을를던든까네히에"
"""Syllables that end a verb or an adjective: 있으면, 아니었고. A noun may as well, and then it is
seen with a particle."""


_SHORT = 2
_PARTICIPLE = re.compile(r"[해아어워려와져][진질]\Z")
"""How a verb ends that became an adjective: 익숙해진, 만들어진; 사진 is none."""


class Words(NamedTuple):
    """The words of a note. forms: word without particle → how it is written; titled: those of its
    title, headings and tags."""

    forms: dict[str, set[str]]
    titled: set[str]


def words_of(rows: Iterable[SectionRow]) -> Words:
    """The words of a note's sections, folded."""
    words = Words({}, set())
    room = MOST
    for row in rows:
        for text in (row.title, *row.headings[-1:], *row.tags):
            words.titled.update(_read(text, words.forms))
        if room > 0:
            text = _LISTING.sub("", row.text[:room])
            for block in read_blocks(text, 0):
                if block.kind in _PROSE:
                    _read(plain(_INLINE_CODE.sub(" ", block.span.of(text))), words.forms)
        room -= len(row.text)
    return words


def shared_words(
    one: Words, other: Words, weights: Mapping[str, float], most: int
) -> tuple[str, ...]:
    """The words that both have, those first whose tokens weigh most.

    weights: token → how much it tells the first note from others.
    """
    found: dict[str, float] = {}
    titled = one.titled | other.titled
    for word in one.forms.keys() & other.forms.keys():
        grams = [word_token(word)] if word.isascii() else dense_tokens(word)[:-1] or [word]
        weight = sum(weights.get(gram, 0.0) for gram in set(grams))
        if weight and is_telling(word):
            forms = one.forms[word] | other.forms[word]
            if word.isascii() or word in titled or _is_noun(word, forms):
                found[word] = round(weight, 6)
    shown: list[str] = []
    for word in sorted(found, key=lambda word: (-found[word], word)):
        if not any(word in known or known in word for known in shown):
            shown.append(word)
        if len(shown) == most:
            break
    return tuple(shown)


def _is_noun(word: str, forms: set[str]) -> bool:
    if is_syllable(word[-1]) and decompose(word[-1])[2] == "ㅆ":  # 아니었고, 있었다
        return False
    if _PARTICIPLE.search(word) or (len(word) == _SHORT and word.endswith("에")):
        return False  # 때에 is 때, of which nobody says that two notes share it
    return len(forms) > 1 or (word in forms and word[-1] not in _VERBAL)


def _read(text: str, forms: dict[str, set[str]]) -> list[str]:
    """Put the words of a plain text among the forms; returns them."""
    found = []
    for chunk in text.split():
        chunk = _EDGES.sub("", chunk)
        if not chunk or _CODE.search(chunk):
            continue
        for run in _RUN.finditer(chunk):
            written = folded(run[0])
            if run.start() and is_particle(written, chunk[run.start() - 1]):
                continue
            word = singular(written) if written.isascii() else _stem(written)
            forms.setdefault(word, set()).add(written)
            found.append(word)
    return found


def _stem(word: str) -> str:
    return next((stem for stem in stems(word) if len(stem) > 1), word)
