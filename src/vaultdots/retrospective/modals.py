"""What a sentence says of the time to come: will, would, or neither. The words are data:
lexicon/goals.toml."""

from __future__ import annotations

from functools import lru_cache

from vaultdots.retrospective.model import Strength
from vaultdots.retrospective.words import any_of
from vaultdots.text.late import late

_KEPT = 4_096
"""Sentences of which it is kept what they say: each is asked for several times."""
_QUESTION = late(r"[?？]\W*$|でしょうか\W*$")
_ASIDE = late(r"\([^()]{0,40}[?？]\)\W*$")


@lru_cache(_KEPT)
def strength_of(text: str) -> Strength | None:
    """Whether a sentence says *will* (stated), *would* (wish), or neither: the last modal decides.

    A question, the past, a closing guess and what is said to others are neither.
    """
    if is_question(text) or any_of("goals", "no_goal").search(text):
        return None
    stated = any_of("goals", "intention").last_end(text)
    if stated < 0 and any_of("goals", "declared").search(text):
        stated = 0
    wish = any_of("goals", "wish", "weak", False).last_end(text)
    if stated < 0 and wish < 0:
        wish = any_of("goals", "wish", "weak").last_end(text)
    last = max(stated, wish)
    if last < 0 or any_of("goals", "guess").search(text, last):
        return None
    past = any_of("goals", "past").search(text)
    if past is not None and past.start() >= last and not past[0].isascii():
        return None  # English says first what will be done: `to finish what I started`
    return "stated" if stated >= wish else "wish"


_ON_THE_WAY = late(
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
