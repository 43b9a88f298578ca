"""The truth that search is measured against: look at every section, word by word.

Slow and obvious on purpose, and not built on the tokens, patterns or particles' positions that
search uses: NFC, case-folded; the query's particles and spaces are forgiven; a word of Latin
letters or digits must be a whole word or another form of it (same stem).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from vaultdots.search.source import SectionRow
from vaultdots.text.hangul import is_particle, stems
from vaultdots.text.stem import stem

_PART = re.compile("[가-힣]+|[a-z0-9]+(?:\\+\\+|#)?|[^\\W가-힣a-z0-9_]+")
_HANGUL_WORD = re.compile("[가-힣]+")


def plain(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()


def own_text(row: SectionRow) -> str:
    """What makes a section a hit."""
    parts = [*row.headings[-1:], *row.tags, row.text]
    if row.ordinal == 0:
        parts += [
            *row.properties,
            row.title,
            *row.aliases,
            row.path.rpartition("/")[2].rpartition(".")[0],
        ]
    return plain("\n\n".join(parts))


def context_text(row: SectionRow) -> str:
    stem = row.path.rpartition("/")[2].rpartition(".")[0]
    return plain("\n\n".join((row.title, *row.aliases, stem, *row.headings[:-1])))


def has_hangul(text: str, word: str) -> bool:
    """A run of Hangul: inside of a word, or over several whole words from a word's start."""
    if word in text:
        return True
    if word[0] not in text:
        return False
    words = [(m.start(), m.end(), m[0]) for m in _HANGUL_WORD.finditer(text)]
    for first, (start, _, _) in enumerate(words):
        joined, end = "", start
        for begin, stop, part in words[first:]:
            if joined and text[end:begin] not in (" ", "\n", "\t", "\r\n", "\xa0"):
                break
            joined, end = joined + part, stop
            if len(joined) >= len(word):
                rest = joined[len(word) :]
                if joined.startswith(word) and (
                    len(word) > 2 or not rest or is_particle(rest, word[-1])
                ):
                    return True
                if len(word) > 2 and joined.endswith(word):
                    return True
                break
    return False


class Place(NamedTuple):
    """A text with its parts: runs of Hangul, whole words of Latin letters and digits as stems."""

    text: str
    parts: list[tuple[str, int, int]]
    known: frozenset[str]


def form(part: str) -> str:
    return stem(part) if part.isascii() and part.isalpha() else part


def read(text: str) -> Place:
    parts = [(form(m[0]), m.start(), m.end()) for m in _PART.finditer(text)]
    return Place(text, parts, frozenset(part for part, _, _ in parts))


def has_word(place: Place, word: str) -> bool:
    """One typed word, in Hangul, Latin or both; its parts stand side by side."""
    wanted = [form(part) for part in _PART.findall(plain(word))]
    last = wanted[-1]
    if len(wanted) == 1 and last.isascii():
        return last in place.known
    if len(wanted) > 1:
        if in_a_row(place, wanted):
            return True
        if wanted[-2].isascii() and is_particle(last, "a"):
            return has_word(place, word[: -len(last)])
        return any(in_a_row(place, [*wanted[:-1], cut]) for cut in stems(last)[:1])
    if has_hangul(place.text, last):
        return True
    for cut in stems(last)[:1]:
        if len(cut) > 1:
            return has_hangul(place.text, cut)
        return any(is_whole(place.text, m, cut) for m in _HANGUL_WORD.finditer(place.text))
    return False


def in_a_row(place: Place, wanted: list[str]) -> bool:
    """Whether parts follow each other with at most three signs between them."""
    for at in range(len(place.parts) - len(wanted) + 1):
        here = place.parts[at : at + len(wanted)]
        near = all(b[1] - a[2] <= 3 for a, b in pairwise(here))
        first, *middle, last = (part for part, _, _ in here)
        if (
            near
            and (first == wanted[0] or (not wanted[0].isascii() and first.endswith(wanted[0])))
            and middle == wanted[1:-1]
            and (last == wanted[-1] or (not wanted[-1].isascii() and last.startswith(wanted[-1])))
        ):
            return True
    return False


def is_whole(text: str, found: re.Match[str], word: str) -> bool:
    """A word of one syllable, alone or with a particle."""
    before = text[found.start() - 1 : found.start()]
    rest = found[0][1:]
    return not before.isalnum() and found[0][0] == word and (not rest or is_particle(rest, word))


class Texts(NamedTuple):
    """A section: what makes it a hit, and that with what only helps."""

    own: Place
    both: Place


def texts_of(row: SectionRow) -> Texts:
    own, context = own_text(row), context_text(row)
    return Texts(read(own), read(own + "\n\n----\n\n" + context))


def answers(
    texts: Texts, all_of: Iterable[str], any_of: Iterable[str], none_of: Iterable[str]
) -> bool:
    """Whether a section holds what is asked for, at least one word of it as its own."""
    wanted, choices = list(all_of), list(any_of)
    return (
        all(has_word(texts.both, word) for word in wanted)
        and (not choices or any(has_word(texts.both, word) for word in choices))
        and not any(has_word(texts.both, word) for word in none_of)
        and any(has_word(texts.own, word) for word in (*wanted, *choices))
    )
