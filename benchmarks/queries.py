"""Queries to measure with: drawn from a vault's own text by a seed, and those that mean harm."""

from __future__ import annotations

import os
import random
import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from vaultdots.text.names import nfc

SEED = 20_241_231
_WORD = re.compile(r"[가-힣]{2,}|[A-Za-z]{3,}")
# Sections looked at for one query that is new: a text that gives none in so many gives none at all.
_PATIENCE = 2_000


class Asked(NamedTuple):
    """A query, and its kind: one of `SHARES`."""

    kind: str
    text: str


class Section(NamedTuple):
    """What queries are drawn from: a section of a note, its text, and what is said of the note."""

    title: str
    heading: str
    text: str
    tags: tuple[str, ...]
    kind: str
    year: int | None


def draw(sections: Iterable[Section], count: int, seed: int = SEED) -> list[Asked]:
    """Different queries in the shares of `SHARES`, shuffled; the same seed draws the same ones.

    First a section is drawn, each alike, then one of the words as they stand in it: a frequent word
    is asked often, as people do. Raises ValueError where there is too little text.
    """
    chance = random.Random(f"{seed} {count}")
    among = list(sections)
    found: dict[str, Asked] = {}
    for kind, (share, make) in SHARES.items():
        wanted = len(found) + round(share * count)
        for _ in range(_PATIENCE * count):
            if len(found) >= wanted or not among:
                break
            query = make(chance, chance.choice(among))
            if query is not None and query not in found:
                found[query] = Asked(kind, query)
        if len(found) < wanted:
            raise ValueError(f"too little text for {wanted} queries of the kind '{kind}'")
    queries = list(found.values())
    chance.shuffle(queries)
    return queries


def words(text: str) -> list[str]:
    """The words a person would ask for, as they stand: Hangul with its particle, Latin letters."""
    return _WORD.findall(nfc(text))


def _one_word(chance: random.Random, section: Section) -> str | None:
    return _choice(chance, words(section.text))


def _two_words(chance: random.Random, section: Section) -> str | None:
    among = words(section.text)
    if len(set(among)) < 2:
        return None
    first = chance.choice(among)
    return f"{first} {chance.choice([word for word in among if word != first])}"


def _phrase(chance: random.Random, section: Section) -> str | None:
    """Two or three whole words that stand side by side in one line."""
    size = chance.choice((2, 3))
    runs = []
    for line in nfc(section.text).splitlines():
        parts = line.split()
        for at in range(len(parts) - size + 1):
            run = parts[at : at + size]
            if all(map(_WORD.fullmatch, run)):
                runs.append(" ".join(run))
    chosen = _choice(chance, runs)
    return chosen and f'"{chosen}"'


def _operator(chance: random.Random, section: Section) -> str | None:
    """A word in the title or heading, or a word of the text and a fact about its note."""
    name = chance.choice(("title", "heading", "tag", "kind", "year"))
    if name in ("title", "heading"):
        word = _choice(chance, words(section.title if name == "title" else section.heading))
        return word and f"{name}:{word}"
    values = {
        "tag": [f"#{tag}" for tag in section.tags if " " not in tag],
        "kind": [section.kind],
        "year": [str(section.year)] if section.year else [],
    }
    value, word = _choice(chance, values[name]), _one_word(chance, section)
    return f"{name}:{value} {word}" if value and word else None


def _choice(chance: random.Random, among: Sequence[str]) -> str | None:
    return chance.choice(among) if among else None


Maker = Callable[[random.Random, Section], str | None]
SHARES: dict[str, tuple[float, Maker]] = {
    "one word": (0.5, _one_word),
    "two words": (1 / 3, _two_words),
    "phrase": (1 / 12, _phrase),
    "operator": (1 / 12, _operator),
}
"""The kinds of query, how many of all are of it, and how one is drawn from a section."""


HOSTILE = {
    "one letter, 10,000 times": "a" * 10_000,
    "one syllable, 10,000 times": "가" * 10_000,
    "one initial, 10,000 times": "ㅎ" * 10_000,
    "(, 10,000 times": "(" * 10_000,
    "-, 10,000 times": "-" * 10_000 + "a",
    "a OR, 10,000 times": "a OR " * 10_000,
    "5,000 letters": " ".join("aeiou"[at % 5] for at in range(5_000)),
    "5,000 words": " ".join(f"기록{at}" for at in range(5_000)),
    "5,000 times the same word": "기록 " * 5_000,
    "5,000 words, OR": " OR ".join(f"기록{at}" for at in range(5_000)),
    "a phrase of 5,000 words": '"' + "기록 " * 5_000 + '"',
    "/(a+)+$/": "/(a+)+$/",
    "/(?:aa?)+$/": "/(?:aa?)+$/",
    "/(.*a){20}/": "/(.*a){20}/",
    "/(.*가){20}/": "/(.*가){20}/",
    "line:/(.*a){20}/": "line:/(.*a){20}/",
    "NULs": "회\0고 \0\0",
    "emoji": "🎉👨‍👩‍👧" * 1_000,
    "lone surrogates": os.fsdecode(b"\xff\xfe\xed\xa0\x80") * 500,
    'one "': '"회고',
    '9,999 times "': '"' * 9_999,
    "accents, 10,000 on one letter": "e" + "\u0301" * 10_000,
    "not, 1,000 times": " ".join(f"-기록{at}" for at in range(1_000)),
    "line:( ), 500 deep": "line:(" * 500 + "a" + ")" * 500,
    "[ ], 500 deep": "[a:" * 500 + "]" * 500,
}
"""Queries that no one means well, by a name that can be printed."""
