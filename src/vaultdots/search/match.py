"""Where a word or phrase of a query stands in a text: the exact look that follows the index.

An index of bigrams proposes; this decides. What it accepts is always among what the tokens
propose, so that both engines and a plain scan agree (`tests/search/test_match.py`).
Texts are folded (`tokens.normal`); positions are theirs, which are those of the NFC text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from vaultdots.search.tokens import (
    DENSE,
    GAP,
    LETTER,
    PICTOGRAPHS,
    RUN,
    begun_token,
    normal,
    word_token,
)
from vaultdots.text.hangul import (
    half_typed,
    initials,
    is_initial,
    is_particle,
    is_syllable,
    stems,
    syllables_of,
)

WHOLE, BEGINS, INSIDE = 1.0, 0.8, 0.6
"""Grades of a match: a whole word (a particle may follow), the start of one, inside of one."""
STEM_GRADE = 0.9
"""Factor for a match without the particle that was typed: 객체를 → 객체."""
INITIALS_GRADE = 0.05
"""Grade of initial consonants: below every literal match, even a body's."""
LONG_ENOUGH = 3
"""Characters from which a match across a space needs only one of its ends at a word's end."""

_BETWEEN_RUNS = rf"(?:[^\w{DENSE}{PICTOGRAPHS}]|_){{0,3}}?"
"""What may stand where a query goes from one script to another: `2-phase` finds `2 phase`."""
_BETWEEN_DENSE = rf"\s?(?:[^\w\s{DENSE}{PICTOGRAPHS}]|_){{1,3}}\s?"
"""The same between two runs: without a sign between them they would be one run."""
_WORD_CHAR = re.compile(rf"[^\W_]|[{DENSE}]")
_WORD_CHAR_DENSE = re.compile(f"[{DENSE}]")
_DENSE_TAIL = re.compile(rf"[{DENSE}]*")
_NOT_IN_WORD = rf"(?<!{LETTER})"
_WORD_ENDS = rf"(?!{LETTER})(?!\+\+)"


class Match(NamedTuple):
    """A match: start and end in code points, and how good it is, 0–1."""

    start: int
    end: int
    grade: float


@dataclass(frozen=True, slots=True)
class Needle:
    """One way to write a word.

    stems: the token that each captured English word must have, by group; where the last word is
    still being typed, that word as typed. strict: only a whole word
    counts. dense: it holds characters that are written without reliable spaces.
    """

    pattern: re.Pattern[str]
    stems: tuple[str, ...]
    size: int
    strict: bool
    begins_dense: bool
    ends_dense: bool
    begun: bool
    stem_begun: bool
    factor: float


def _english(word: str, begun: bool) -> tuple[str, str | None]:
    """The pattern of a folded word of letters, and the stem its match must have."""
    plain = word.isascii() and word.isalpha()
    if begun and not word.endswith(("+", "#")):
        rest = f"({re.escape(begun_token(word))}[a-z]*)" if plain else re.escape(word)
        return _NOT_IN_WORD + rest, word if plain else None
    token = word_token(word)
    sharp = f"(?!#(?!{LETTER}))" if len(word) == 1 else ""
    if not plain:
        ends = f"(?!{LETTER})" if word.endswith("#") else "" if word.endswith("+") else _WORD_ENDS
        return f"{_NOT_IN_WORD}{re.escape(word)}{ends}{sharp}", None
    # A stem can end in letters that the word has not (happy, happi; hoping, hope).
    begin = token[:-1] if len(token) > 2 else token
    return f"{_NOT_IN_WORD}({re.escape(begin)}[a-z]*){_WORD_ENDS}{sharp}", token


def _dense(run: str, last: bool, begun: bool) -> str:
    chars = [re.escape(c) for c in run if not c.isspace()]
    if last and begun:
        first, final = syllables_of(run[-1])
        chars[-1] = f"[{first}-{final}{run[-1]}]"
    return GAP.join(chars)


@lru_cache(maxsize=512)
def needle(text: str, *, strict: bool = False, begun: bool = False, factor: float = 1) -> Needle:
    """Compile one spelling of a word; `text` holds at least one run of `tokens.RUN`."""
    runs = list(RUN.finditer(normal(text)))
    pattern: list[str] = []
    wanted: list[str] = []
    size = 0
    for number, run in enumerate(runs):
        last = number == len(runs) - 1
        if number:
            both = run.lastgroup == runs[number - 1].lastgroup == "dense"
            pattern.append(_BETWEEN_DENSE if both else _BETWEEN_RUNS)
        if run.lastgroup == "dense":
            pattern.append(_dense(run[0], last, begun))
            size += len(run[0])
        elif run.lastgroup == "word":
            english, stem = _english(run[0], last and begun)
            pattern.append(english)
            if stem is not None:
                wanted.append(stem)
        else:
            pattern.append(re.escape(run[0]))
    return Needle(
        re.compile("".join(pattern)),
        tuple(wanted),
        size,
        strict,
        runs[0].lastgroup == "dense",
        runs[-1].lastgroup == "dense",
        begun,
        begun and runs[-1][0].isascii() and runs[-1][0].isalpha(),
        factor,
    )


def asks_for_initials(word: str) -> bool:
    """Whether a word is initial consonants alone, as in ㅎㄱ for 회고: two or more."""
    return len(word) > 1 and all(map(is_initial, word))


def find_initials(name: str, word: str) -> list[Match]:
    """Where the syllables of a folded name begin with the consonants of `word`."""
    pattern = needle(word).pattern
    matches = pattern.finditer(initials(name))
    return [Match(m.start(), m.end(), INITIALS_GRADE) for m in matches]


@lru_cache(maxsize=512)
def spellings(word: str, *, begun: bool = False) -> tuple[tuple[str, bool], ...]:
    """How a typed word may be written: itself, then without its particle.

    Each with whether only a whole word counts: a stem of one syllable would be in everything.
    """
    found = [(word, False)]
    runs = list(RUN.finditer(normal(word)))
    if not runs or runs[-1].lastgroup != "dense":
        return tuple(found)
    if begun:  # 회골 may become 회고록
        return (*found, *((word[:-1] + half, False) for half in half_typed(word[-1])))
    tail = "".join(runs[-1][0].split())
    if not is_syllable(tail[-1]):
        return tuple(found)
    before = normal(word)[: runs[-1].start()]
    if len(runs) > 1 and runs[-2].end() == runs[-1].start() and is_particle(tail, before[-1]):
        found.append((before, False))  # API를
    elif cut := stems(tail):
        strict = len(runs) == 1 and len(cut[0]) == 1
        found.append((before + cut[0], strict))
    return tuple(found)


@lru_cache(maxsize=512)
def needles(word: str, *, begun: bool = False) -> tuple[Needle, ...]:
    """The needles of a typed word, the literal one first."""
    return tuple(
        needle(text, strict=strict, begun=begun, factor=STEM_GRADE if number else 1)
        for number, (text, strict) in enumerate(spellings(word, begun=begun))
    )


def _starts_word(text: str, at: int) -> bool:
    return at == 0 or not _WORD_CHAR.match(text, at - 1)


def _ends_word(text: str, end: int) -> bool:
    """Whether a word ends at `end`, a particle aside."""
    tail = _DENSE_TAIL.match(text, end)
    assert tail is not None
    if not tail[0]:
        return end >= len(text) or not _WORD_CHAR.match(text, end)
    return is_particle(tail[0], text[end - 1])


def grade(text: str, start: int, end: int, one: Needle) -> float:
    """How good a raw match is; 0 where it is none.

    A match that runs across a space must look like a word: 사회 고발 holds no 회고.
    """
    starts = not one.begins_dense or _starts_word(text, start)
    ends = not one.ends_dense or _ends_word(text, end)
    if one.begun:
        return (WHOLE if starts else INSIDE) * one.factor
    spaced = one.size > 1 and end - start > one.size and any(map(str.isspace, text[start:end]))
    if spaced and one.begins_dense and one.ends_dense:
        fits = (starts or ends) if one.size >= LONG_ENOUGH else (starts and ends)
        if not fits:
            return 0
    if starts and ends:
        return WHOLE * one.factor
    if one.strict:
        return 0
    return (BEGINS if starts else INSIDE) * one.factor


def _has_stems(groups: tuple[str, ...], one: Needle) -> bool:
    """Whether each English word is a form of the one that was typed, or its beginning."""
    *whole, last = zip(groups, one.stems, strict=True)
    if any(word_token(got) != stem for got, stem in whole):
        return False
    if one.stem_begun:
        return last[0].startswith(last[1]) or word_token(last[0]) == word_token(last[1])
    return word_token(last[0]) == last[1]


def find(text: str, one: Needle, limit: int | None = None) -> list[Match]:
    """The matches of a needle in a folded text, at most `limit`."""
    found = []
    for match in one.pattern.finditer(text):
        if one.stems and not _has_stems(match.groups(), one):
            continue
        if (good := grade(text, match.start(), match.end(), one)) > 0:
            found.append(Match(match.start(), match.end(), good))
            if limit is not None and len(found) >= limit:
                break
    return found


def holds(text: str, word: str, *, begun: bool = False) -> bool:
    """Whether a folded text holds a word in any of its spellings."""
    return any(find(text, one, 1) for one in needles(word, begun=begun))


@lru_cache(maxsize=256)
def phrase_pattern(phrase: str, *, case: bool = False) -> re.Pattern[str]:
    """An exact phrase: white space matches white space, words of letters are whole ones.

    Characters written without reliable spaces match across one white space at most, as in a run.
    case: the text will not be folded.
    """
    written = phrase if case else normal(phrase)
    body = ""
    for part in written.split():
        if body:
            dense = _WORD_CHAR_DENSE.match(body[-1]) and _WORD_CHAR_DENSE.match(part)
            body += r"(?:\r\n|\s)" if dense else r"\s+"
        body += re.escape(part)
    runs = list(RUN.finditer(written))
    if runs and runs[0].lastgroup == "word" and runs[0].start() == 0:
        body = _NOT_IN_WORD + body
    if written.endswith("+"):
        body += r"(?!\+)"
    if runs and runs[-1].lastgroup == "word" and runs[-1].end() == len(written):
        body += "" if written.endswith("+") else _WORD_ENDS
        body += f"(?!{LETTER})" if written.endswith("#") else "(?!#)"
    return re.compile(body)
