"""English plurals, by the spelling rules alone: a name and its plural mean the same note.

No dictionary of irregular ones (*index*, *indices*): a note's aliases say those.
"""

from __future__ import annotations

_HISSING = ("s", "x", "z", "ch", "sh")
"""Endings after which the plural takes -es: processes, boxes, branches."""
_NO_PLURAL = ("ss", "us", "is")
"""Endings in s that are no plural: class, status, analysis."""
_ONLY_S = frozenset(
    [
        "avalanches", "caches", "calories", "cookies", "genies", "headaches", "hoodies", "lies",
        "movies", "niches", "pies", "rookies", "selfies", "series", "species", "ties", "zombies",
    ]
)  # fmt: skip
"""Plurals that are an s after -ie or -che; the others in -ies and -ches are of -y and -ch."""
_FEWEST = 4
"""Letters from which a word may be or have a plural: `gas` and `bus` are none of `ga` and `bu`."""


def plurals(word: str) -> tuple[str, ...]:
    """The plural that the rules make of a folded Latin word; none of a short one.

    A word in a hissing s gets only -es (`class` → `classes`), a consonant's y gives -ies.
    """
    if len(word) < _FEWEST or not (word.isascii() and word[-1].isalpha()):
        return ()
    if word.endswith(_HISSING):
        return (word + "es",)
    if word[-1] == "y" and word[-2] not in "aeiou":
        return (word[:-1] + "ies",)
    return (word + "s",)


def plural_tail(word: str, tail: str) -> bool:
    """Whether `tail` makes a plural of a folded Latin word: the s of `cards`, the es of `boxes`."""
    return bool(tail) and tail in ("s", "es") and word + tail in plurals(word)


def singular(word: str) -> str:
    """The word that a folded Latin word is the plural of; itself where it is none."""
    if len(word) <= _FEWEST or not word.endswith("s") or word.endswith(_NO_PLURAL):
        return word
    if word in _ONLY_S:
        return word[:-1]
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith("es") and word[:-2].endswith(("ss", "x", "zz", "ch", "sh")):
        return word[:-2]
    return word[:-1]
