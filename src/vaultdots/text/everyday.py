"""How everyday a word is, in English and Korean at large rather than in one vault."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from importlib.resources import files

_LEAST, _MOST = 4.0, 6.0
"""Zipf frequencies (log10 of the uses in 10^9 words) between which a word goes from a name to
everyday language: `kubernetes` 2.4, `binary` 3.8, `trip` 4.9, `work` 6.0; 수학 4.7, 회사 5.3."""


@cache
def _frequencies() -> dict[str, float]:
    text = files("vaultdots.text").joinpath("data/everyday.txt").read_text(encoding="utf-8")
    found: dict[str, float] = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            number, _, words = line.partition("\t")
            found.update(dict.fromkeys(words.split(), int(number) / 10))
    return found


def everyday_words() -> Collection[str]:
    """Every word of which it is known how frequent it is."""
    return _frequencies().keys()


def everydayness(word: str) -> float:
    """0 for a word that few people use, 1 for one that everybody uses every day.

    word: folded, without particles or plural.
    """
    known = _frequencies()
    zipf = known.get(word, 0.0)
    if word.isascii():
        # A reduced word has lost its ending: `resolution` is `resolutions`, `moved` is itself.
        zipf = max(zipf, known.get(word + "s", 0.0))
    return min(1.0, max(0.0, (zipf - _LEAST + 0.5) / (_MOST - _LEAST + 0.5))) if zipf else 0.0
