"""What a sentence says of the time to come: will, would, or neither. The words are data:
lexicon/goals.toml."""

from __future__ import annotations

import re
from functools import cache

from vaultdots.retrospective.model import Strength
from vaultdots.retrospective.words import any_of, compiled, words_of

_QUESTION = re.compile(r"[?？]\W*$|でしょうか\W*$")
_ASIDE = re.compile(r"\([^()]{0,40}[?？]\)\W*$")


def strength_of(text: str) -> Strength | None:
    """Whether a sentence says *will* (stated), *would* (wish), or neither: the last modal decides.

    A question, the past, a closing guess and what is said to others are neither.
    """
    if is_question(text) or any_of("goals", "no_goal").search(text):
        return None
    stated = _last(any_of("goals", "intention"), text)
    if stated < 0 and any_of("goals", "declared").search(text):
        stated = 0
    strong, weak = _wishes()
    wish = _last(strong, text)
    if stated < 0 and wish < 0:
        wish = _last(weak, text)
    last = max(stated, wish)
    if last < 0 or any_of("goals", "guess").search(text, last):
        return None
    past = any_of("goals", "past").search(text)
    if past is not None and past.start() >= last and not past[0].isascii():
        return None  # English says first what will be done: `to finish what I started`
    return "stated" if stated >= wish else "wish"


@cache
def _wishes() -> tuple[re.Pattern[str], re.Pattern[str]]:
    entries = words_of("goals")["wish"]
    return (
        compiled(str(entry["word"]) for entry in entries if not entry.get("weak")),
        compiled(str(entry["word"]) for entry in entries if entry.get("weak")),
    )


_ON_THE_WAY = re.compile(
    r"^.{0,20}?(?:되는|맞는|맞이하는|오는|다가오는)\s(?=내년|다음\s?해|새해|\d{4}년)"
)
"""`서른이 되는 내년에는`: what that year is besides."""


def is_resolved(text: str) -> bool:
    """What only a heading of goals makes one: a letter to oneself, a plain present."""
    said = any_of("goals", "letter").search(text) or any_of("goals", "resolved").search(text)
    return said is not None and not is_question(text)


def without_modal(text: str) -> str:
    """What is to be done, without the words that say so: `면허를 따려고 한다` → `면허를 따`."""
    text = _ON_THE_WAY.sub("", text)
    for table in ("intention", "letter"):
        text = any_of("goals", table).sub(" ", text)
    return text


def is_past(text: str) -> bool:
    """Whether a sentence tells of the past."""
    return any_of("goals", "past").search(text) is not None


def is_done(text: str) -> bool:
    """Whether a sentence tells of what was done, not of what was meant to be (`I wanted to`)."""
    return is_past(text) and any_of("goals", "no_goal").search(text) is None


def is_question(text: str) -> bool:
    """Whether a text asks; an aside that asks (`이사하기 (또?)`) does not make it a question."""
    return bool(_QUESTION.search(text)) and not _ASIDE.search(text)


def _last(pattern: re.Pattern[str], text: str) -> int:
    end = -1
    for match in pattern.finditer(text):
        end = match.end()
    return end
