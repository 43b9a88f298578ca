"""The room's word lists, compiled, with the person's own words added."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import chain
from typing import Any, cast, get_args

from vaultdots.retrospective.model import OwnWords, SectionKind
from vaultdots.text.late import late, uncased_hangul
from vaultdots.text.lexicon import Lexicon, lexicon
from vaultdots.text.names import nfc
from vaultdots.text.patterns import PatternList, Patterns
from vaultdots.text.tuples import NamedTuple


def words_of(name: str) -> Lexicon:
    """One of this room's lexicon files."""
    return lexicon("vaultdots.retrospective", name)


def _ending_in(final: int, without: str = "") -> str:
    """The class of all syllables with that final consonant (its index, Unicode 3.12)."""
    syllables = (chr(code) for code in range(0xAC00 + final, 0xD7A4, 28))
    return "(?-i:[" + "".join(c for c in syllables if c not in without) + "])"


_RIEUL = _ending_in(8)
_NIEUN = _ending_in(4)
_PAST = _ending_in(20, without="있겠")


def _spelled_out(word: str) -> str:
    """A lexicon word as a pattern.

    `<ㄹ>` in a word is any syllable that ends in ㄹ: `<ㄹ> 예정` is `할 예정`, `읽을 예정`. `<ㅆ>`
    is one of the past: `했`, `읽었`, `반가웠`.
    """
    word = word.replace("<ㄹ>", _RIEUL).replace("<ㅆ>", _PAST).replace("<ㄴ>", _NIEUN)
    return uncased_hangul(word)


def compiled(words: Iterable[str]) -> re.Pattern[str]:
    """Any of `words` (lexicon patterns), case aside: Latin words stand alone, Hangul may be part of
    a compound."""
    return late(_alone("|".join(words) or "(?!)"), re.IGNORECASE)


def _alone(pattern: str) -> str:
    # What stands around a list of words is said once: they are found in two thirds of the time.
    return rf"(?-i:(?<![A-Za-z]))(?:{_spelled_out(pattern)})(?-i:(?![A-Za-z]))"


@cache
def _patterns(name: str) -> PatternList:
    """All words of a lexicon file: they are looked for in one pass over a text."""
    entries = chain.from_iterable(words_of(name).values())
    return PatternList([str(entry["word"]) for entry in entries if "word" in entry], _alone)


@cache
def any_of(name: str, table: str, flag: str = "", flagged: bool = True) -> Patterns:
    """Any word of one table of a lexicon file. flag: only of its entries that have this flag, or
    with `flagged` false, that have it not."""
    return _patterns(name).of(
        [
            str(entry["word"])
            for entry in words_of(name)[table]
            if not flag or bool(entry.get(flag)) == flagged
        ]
    )


@cache
def each_of(name: str, table: str) -> tuple[tuple[Mapping[str, Any], Patterns], ...]:
    """The entries of one table, each with its word."""
    return tuple((e, _patterns(name).of([str(e["word"])])) for e in words_of(name)[table])


class SectionWord(NamedTuple):
    """A heading's word and the kind that it makes the section."""

    kind: SectionKind
    pattern: Patterns


@cache
def _section_words() -> tuple[SectionWord, ...]:
    return tuple(
        SectionWord(cast(SectionKind, entry["kind"]), pattern)
        for entry, pattern in each_of("sections", "section")
    )


def section_words(own: OwnWords) -> tuple[SectionWord, ...]:
    """The words of headings: the person's own first, then the lexicon's."""
    return (*_own_section_words(own.sections), *_section_words())


def _own_section_words(sections: Mapping[str, tuple[str, ...]]) -> list[SectionWord]:
    return [
        SectionWord(cast(SectionKind, kind), _own([re.escape(nfc(word)) for word in words]))
        for kind, words in sections.items()
        if kind in get_args(SectionKind) and words
    ]


def _own(words: Sequence[str]) -> Patterns:
    return PatternList(words, _alone).of(words)
