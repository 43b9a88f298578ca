"""How many books a sentence says were read: the author's own count."""

from __future__ import annotations

import re
from functools import cache

from vaultdots.retrospective.words import any_of, words_of


@cache
def _numbers() -> dict[str, int]:
    return {word: int(e["value"]) for e in words_of("books")["number"] for word in e["words"]}


@cache
def _count_words() -> re.Pattern[str]:
    number = "|".join(sorted(_numbers(), key=len, reverse=True))
    units = "|".join(str(entry["unit"]) for entry in words_of("books")["count"])
    return re.compile(
        rf"(?<![가-힣A-Za-z\d.])(?P<number>\d{{1,3}}|{number})(?:{units})", re.IGNORECASE
    )


def book_count(text: str) -> int | None:
    """How many books a sentence says were read: `총 6권을 읽었다` → 6; a rate is none."""
    if any_of("books", "rate").search(text):
        return None
    match = _count_words().search(text)
    if match is None:
        return None
    number = match["number"].casefold()
    return int(number) if number.isdecimal() else _numbers()[number]
