"""Where a word or phrase of a query stands in a text: the check of the text that follows the index.

An index of bigrams proposes; this decides. What it accepts is always among what the tokens
propose, so that both engines and a plain scan agree (`tests/search/test_match.py`).
Texts are folded (`text.folding`); positions are theirs, and whoever folded them knows the way back.
"""

from __future__ import annotations

from functools import lru_cache

from vaultdots.search.term_pattern import TermPattern, raw_matches, term_pattern
from vaultdots.search.tokens import is_dense, runs_in, word_token
from vaultdots.text.folding import folded
from vaultdots.text.hangul import (
    half_typed,
    initials,
    is_initial,
    is_particle,
    is_syllable,
    stems,
)
from vaultdots.text.late import late
from vaultdots.text.stem import stem
from vaultdots.text.tuples import NamedTuple

WHOLE, BEGINS, INSIDE = 1.0, 0.8, 0.6
"""Grades of a match: a whole word (a particle may follow), the start of one, inside of one."""
STEM_GRADE = 0.9
"""Factor for a match without the particle that was typed: 객체를 → 객체."""
INITIALS_GRADE = 0.05
"""Grade of initial consonants: below every literal match, even a body's."""
ACROSS = 0.9
"""Grade of a match across a space where none was typed yet: 한일 in 한 일."""
LONG_ENOUGH = 3
"""Characters from which a match across a space needs only one of its ends at a word's end."""

_VERSION = late(r"[vV]?[0-9]+(?:\.[0-9]+)+")

LONGEST_TAIL = 8
"""Characters after a match that can be a particle; the longest has fewer."""


class Match(NamedTuple):
    """A match: start and end in code points, and how good it is, 0–1."""

    start: int
    end: int
    grade: float


@lru_cache(maxsize=512)
def asks_for_initials(word: str) -> bool:
    """Whether a word is initial consonants alone, as in ㅎㄱ for 회고: two or more."""
    return len(word) > 1 and all(map(is_initial, word))


def find_initials(name: str, word: str) -> list[Match]:
    """Where the syllables of a folded name begin with the consonants of `word`."""
    matches = raw_matches(initials(name), term_pattern(word))
    return [Match(start, end, INITIALS_GRADE) for start, end, _ in matches]


def is_version(word: str) -> bool:
    """Whether a word is a version's number, which people write with a v and without: 2.13.0."""
    return _VERSION.fullmatch(word) is not None


@lru_cache(maxsize=512)
def spellings(word: str, *, prefix: bool = False) -> tuple[tuple[str, bool], ...]:
    """How a typed word may be written: itself, then without its particle; a version with its v.

    Each with whether only a whole word counts: a stem of one syllable would be in everything.
    """
    found = [(word, False)]
    if not prefix and is_version(word):
        return (*found, (word[1:] if word[0] in "vV" else f"v{word}", False))
    runs = list(runs_in(folded(word)))
    if not runs or runs[-1].lastgroup != "dense":
        return tuple(found)
    if prefix:  # 회골 may become 회고록
        return (*found, *((word[:-1] + half, False) for half in half_typed(word[-1])))
    tail = "".join(runs[-1][0].split())
    if not is_syllable(tail[-1]):
        return tuple(found)
    before = folded(word)[: runs[-1].start()]
    if len(runs) > 1 and runs[-2].end() == runs[-1].start() and is_particle(tail, before[-1]):
        found.append((before, False))  # API를
    elif cut := stems(tail):
        strict = len(runs) == 1 and len(cut[0]) == 1
        found.append((before + cut[0], strict))
    return tuple(found)


@lru_cache(maxsize=512)
def term_patterns(word: str, *, prefix: bool = False) -> tuple[TermPattern, ...]:
    """The term patterns of a typed word, the literal one first."""
    return tuple(
        term_pattern(text, strict=strict, prefix=prefix, factor=STEM_GRADE if number else 1)
        for number, (text, strict) in enumerate(spellings(word, prefix=prefix))
    )


def _in_word(char: str) -> bool:
    return char.isalnum() or is_dense(char)


def _starts_word(text: str, at: int) -> bool:
    return at == 0 or not _in_word(text[at - 1])


_SPACED = late(r"\s")


def _ends_word(text: str, end: int) -> bool:
    """Whether a word ends at `end`, a particle aside."""
    after = text[end : end + 1]
    if not after or not is_dense(after):
        return not after.isalnum()
    stop, most = end, min(len(text), end + LONGEST_TAIL)
    while stop < most and "가" <= text[stop] <= "힣":
        stop += 1
    if stop < most and is_dense(text[stop]):
        return False  # a particle is of whole syllables
    return is_particle(text[end:stop], text[end - 1])


def is_whole(text: str, start: int, end: int) -> bool:
    """Whether a stretch of a folded text is a whole word, a particle aside."""
    return _starts_word(text, start) and _ends_word(text, end)


def grade(text: str, start: int, end: int, one: TermPattern) -> float:
    """How good a raw match is; 0 where it is none.

    A match that runs across a space must look like a word: 사회 고발 holds no 회고.
    """
    starts = not one.begins_dense or start == 0 or not _in_word(text[start - 1])
    ends = not one.ends_dense or _ends_word(text, end)
    spaced = 1 < one.size < end - start and _SPACED.search(text, start, end) is not None
    if spaced and one.begins_dense and one.ends_dense:
        fits = (starts or ends) if one.size >= LONG_ENOUGH else (starts and ends)
        if not fits:
            # Of a word that is still being typed more may come: 도 커밋 is below every 도커.
            return INITIALS_GRADE if one.prefix else 0
        if one.prefix:
            return ACROSS * one.factor
    if one.prefix:
        return (WHOLE if starts else INSIDE) * one.factor
    if starts and ends:
        return WHOLE * one.factor
    if one.strict:
        return 0
    return (BEGINS if starts else INSIDE) * one.factor


def _has_stems(words: tuple[str, ...], one: TermPattern) -> bool:
    """Whether each English word is a form of the one that was typed, or its beginning."""
    *whole, last = zip(words, one.stems, strict=True)
    if any(word_token(got) != stem for got, stem in whole):
        return False
    if one.stem_prefix:
        return last[0].startswith(last[1]) or word_token(last[0]) == word_token(last[1])
    return word_token(last[0]) == last[1]


def find(text: str, one: TermPattern, limit: int = 1 << 30) -> list[Match]:
    """The matches of a term pattern in a folded text, at most `limit`."""
    found: list[Match] = []
    if one.runs[0].begins not in text:
        return found
    # Nothing but whole words is a match of letters alone.
    whole = 0.0 if one.begins_dense or one.ends_dense else WHOLE * one.factor
    only = one.stems[0] if len(one.stems) == 1 and not one.stem_prefix else None
    for start, end, words in raw_matches(text, one):
        if words and (stem(words[0]) != only if only else not _has_stems(words, one)):
            continue
        if (good := whole or grade(text, start, end, one)) > 0:
            found.append(Match(start, end, good))
            if len(found) >= limit:
                break
    return found


def holds(text: str, word: str, *, prefix: bool = False) -> bool:
    """Whether a folded text holds a word in any of its spellings."""
    return any(find(text, one, 1) for one in term_patterns(word, prefix=prefix))
