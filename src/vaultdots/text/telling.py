"""Which words say what two texts have in common: not everyday words, code, digits or letters."""

from __future__ import annotations

from functools import cache

from vaultdots.text.everyday import everydayness
from vaultdots.text.lexicon import lexicon

_EVERYDAY = 0.5
"""Everydayness (`text/everyday`) from which a word tells no two notes apart: `make` .9, `step` .6.
"""
_SHORTEST = {True: 3, False: 2}
"""Letters of a word that tells something: a Latin one, any other."""


@cache
def empty_words() -> frozenset[str]:
    """Words of shells and programs, and those that name nothing of their own; folded."""
    return _listed("code") | stop_words()


def stop_words() -> frozenset[str]:
    """English words that name nothing of their own; folded."""
    return _listed("stop")


@cache
def _listed(name: str) -> frozenset[str]:
    tables = lexicon("vaultdots.text", name).values()
    return frozenset(word for table in tables for entry in table for word in entry["words"])


def is_telling(word: str) -> bool:
    """Whether a folded word, without particles or plural, or a name of several says something.

    Of several words it is enough that one does.
    """
    return any(_tells(part) for part in word.split())


def _tells(word: str) -> bool:
    letters = sum(char.isalpha() for char in word)
    return (
        letters >= _SHORTEST[word.isascii()]
        and 2 * letters > len(word)
        and word not in empty_words()
        and everydayness(word) < _EVERYDAY
    )
