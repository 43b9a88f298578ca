"""How everyday a word is, in English and Korean at large rather than in one vault."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent / "data" / "everyday.txt"
_LEAST, _MOST = 4.0, 6.0
"""Zipf frequencies (log10 of the uses in 10^9 words) between which a word goes from a name to
everyday language: `kubernetes` 2.4, `binary` 3.8, `trip` 4.9, `work` 6.0; 수학 4.7, 회사 5.3."""


_FEW = 40
"""Words that are looked for in the list as it is, before it is taken apart: that takes as long as a
hundred of them."""


@cache
def _lines() -> str:
    """The list, a line a frequency: `68`, a tab, and the words, each between two spaces."""
    text = _FILE.read_text(encoding="utf-8")
    kept = "\n".join(line for line in text.split("\n") if not line.startswith("#"))
    return f"\n{kept}\n".replace("\t", "\t ").replace("\n", " \n")


@cache
def _frequencies() -> dict[str, float]:
    found: dict[str, float] = {}
    for line in _lines().split("\n"):
        number, tab, words = line.partition("\t")
        if tab:
            found.update(dict.fromkeys(words.split(), int(number) / 10))
    return found


class _Asked:
    """How many words were looked for."""

    count = 0


def frequency(word: str) -> float:
    """The Zipf frequency of a word, 0 for one that is not in the list."""
    if _Asked.count >= _FEW:
        return _frequencies().get(word, 0.0)
    _Asked.count += 1
    text = _lines()
    at = text.rfind(f" {word} ")
    if at < 0:
        return 0.0
    begin = text.rindex("\n", 0, at) + 1
    return int(text[begin : text.index("\t", begin)]) / 10


def everyday_words() -> Collection[str]:
    """Every word of which it is known how frequent it is."""
    return _frequencies().keys()


def everydayness(word: str) -> float:
    """0 for a word that few people use, 1 for one that everybody uses every day.

    word: folded, without particles or plural.
    """
    zipf = frequency(word)
    if word.isascii():
        # A reduced word has lost its ending: `resolution` is `resolutions`, `moved` is itself.
        zipf = max(zipf, frequency(word + "s"))
    return min(1.0, max(0.0, (zipf - _LEAST + 0.5) / (_MOST - _LEAST + 0.5))) if zipf else 0.0
