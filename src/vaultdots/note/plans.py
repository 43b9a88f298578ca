"""Notes that make goals for a period and look back on none: `Goals for 2021`, `2020년 목표`.

Their goals are read as a review's are; they are no reviews and stand in no chain of years.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from vaultdots.note.model import Note, Period
from vaultdots.note.review_names import TITLE_LIMIT, judge, words_of
from vaultdots.text.late import uncased_hangul
from vaultdots.text.lexicon import lexicon
from vaultdots.text.patterns import PatternList, Patterns
from vaultdots.text.periods import periods_in
from vaultdots.text.tuples import NamedTuple

_OF_THE_TURN = 2
"""Months of a year in which goals are still made for it."""
_BARE = 3
"""Letters beside the word for goals in a title that says no more."""


class PlanNote(NamedTuple):
    """What a note of goals is for. made_in: the year in which it was written, as its goals are
    told: those of a January are made by the year before."""

    made_in: int
    target: int
    period: Period


def plan_of(title: str, name: str, created: str | None) -> PlanNote | None:
    """What a note called so plans, or None where it is not a note of goals.

    name: its file's, as words. created: ISO date, as far as it is known.
    """
    title, name = title[:TITLE_LIMIT], _DATE.sub("", name[:TITLE_LIMIT])
    plans = _word("plan")
    if plans.search(title) is None and plans.search(name) is None:
        return None
    if _SEASON.search(title):
        return None
    words = words_of((), ())
    tokens = re.findall(r"[^\W_]+(?:['’\-][^\W_]+)*", title)
    if words.about.search(title) or any(words.other.search(token) for token in tokens):
        return None
    if judge(title, words).answer == "no":
        return None
    mention = next(
        (m for text in (title, name) for m in periods_in(text) if m.year and m.stretch != "day"),
        None,
    )
    if mention is not None and mention.year is not None:
        target = mention.year
        small = mention.stretch not in {"year", "day"}
        written = int(created[:4]) if created else target - 1
        late = bool(created) and written >= target and int((created or "")[5:7] or 1) > _OF_THE_TURN
        made_in = target if small or late else min(target - 1, max(written, target - 1))
        return PlanNote(made_in, target, mention.stretch if mention.stretch != "day" else "year")
    if created and len(created) >= 7 and _NEW_YEAR.search(title):
        target = int(created[:4]) + (int(created[5:7]) >= 11)
        return PlanNote(target - 1, target, "year")
    return None


def is_plan_page(title: str) -> bool:
    """Whether a note is called by goals and no more: `목표`, `My goals`. Its headings say when."""
    bare = _word("plan").sub("", title[:TITLE_LIMIT])
    return bare != title[:TITLE_LIMIT] and sum(map(str.isalpha, bare)) <= _BARE


def plan_of_page(headings: Iterable[str]) -> PlanNote | None:
    """What such a page plans, by the first of the years that its headings name."""
    named = (m for heading in headings for m in periods_in(heading[:TITLE_LIMIT]))
    years = [m.year for m in named if m.year is not None and m.stretch == "year"]
    return PlanNote(min(years) - 1, min(years), "year") if years else None


def opens_with_goals(written: str | None, opening: str) -> bool:
    """Whether a note that was written at the turn of a year speaks of one's own goals for the year
    that begins, however it is called (`On fresh starts`).

    written: ISO date. opening: the beginning of its text.
    """
    if not written or written[5:7] not in {"12", "01"}:
        return False
    if not _word("turn_goals").search(opening) or _word("turn_others").search(opening):
        return False
    for sentence in _SENTENCE.split(opening):
        aims = _word("turn_goals").search(sentence)
        if (
            aims is not None
            and _word("turn_own").search(sentence)
            and (
                str(_target(written)) in sentence
                or _word("turn_when").search(sentence)
                or (written[5:7] == "01" and _word("turn_now").search(sentence))
            )
        ):
            return True
    return False


def plan_of_turn(written: str) -> PlanNote:
    """What such a note plans."""
    target = _target(written)
    return PlanNote(target - 1, target, "year")


def _target(written: str) -> int:
    return int(written[:4]) + (written[5:7] == "12")


@cache
def _word(table: str) -> Patterns:
    """The words of a table: most notes hold none of the literals that they need."""
    words = [str(entry["word"]) for entry in lexicon("vaultdots.note", "kinds")[table]]
    return PatternList(words, uncased_hangul).of(words)


_SENTENCE = re.compile(r"(?<=[.!?。！？…])\s+|\n\s*\n")


def plans_ahead(note: Note) -> bool:
    """Whether a review is called by the goals that it makes: `Goals for 2021`, which opens with
    last year's account."""
    plan = plan_of(note.title, "", note.created)
    return plan is not None and note.year is not None and plan.target > note.year


_DATE = re.compile(r"^\d{4}[\s._-]\d{1,2}[\s._-]\d{1,2}[\s._-]*")
_SEASON = re.compile(
    r"봄|여름|가을|겨울|[春夏秋冬]|(?<![a-z])(?:spring|summer|autumn|winter)", re.I
)
_NEW_YEAR = re.compile(
    "|".join(f"(?:{entry['word']})" for entry in lexicon("vaultdots.note", "kinds")["new_year"]),
    re.IGNORECASE,
)
