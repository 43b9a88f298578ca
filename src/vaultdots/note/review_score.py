"""Whether a note is a review whose name alone does not say so: named features, learned weights.

`2020: a year of changes`, `안녕, 2024`, `2018 goals` that opens with last year's account. The
features are of the title, the file's name, the date, the headings and the first paragraphs; the
weights stand in weights/review.toml. Pure, linear in the first `OPENING` characters.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from vaultdots.text.lexicon import lexicon
from vaultdots.text.linear import decision
from vaultdots.text.periods import PeriodMention, periods_in
from vaultdots.text.spans import Span
from vaultdots.text.tuples import NamedTuple

MEANS = {
    "says-maybe": "its title or file name holds a weak word of a review",
    "only-period": "its title or file name is a period and nothing else",
    "year-over": "its title or file name names the year that was just over when it was written",
    "not-over": "its title or file name names the year in the middle of which it was written",
    "begins-with-it": "its title begins with the year that was just over",
    "at-the-turn": "it was written between November and February",
    "in-a-place": "it lies in a folder, or has a tag, of reviews",
    "of-oneself": "it lies in a folder, or has a tag, of what is written about oneself",
    "two-look-back": "two headings or more look back",
    "one-looks-back": "one heading looks back",
    "looks-ahead": "a heading looks ahead",
    "opens-back": "its first paragraphs look back on a year",
    "opens-back-twice": "its first paragraphs look back on a year more than once",
    "names-goals": "its title names goals",
    "goals-and-account": "its title names goals, and its first paragraphs look back on a year",
    "weighs-goals": "its title names goals and how they went",
    "goals-of-last-year": "its title names goals of the year just over, and it says how they went",
    "only-goals": "its title names goals, and nothing in it looks back",
    "names-a-task": "its title ends in something to do",
}
OPENING = 2500
"""Characters of a note's text that are looked at."""
_TURN = {"11", "12", "01", "02"}
# `한 해를 보내며 홈서버 만들기`; `한 해 정리하기` is about the year.
_TASK = re.compile(
    r"(?<![가-힣])(?!(?:정리|마무리|회고|기록|결산|점검|반성)하기)[가-힣]*(?:하기|되기|만들기|쓰기)$"
)
_YEAR_FIRST = re.compile(r"\W{0,4}(?:19|20)\d\d(?:년|年)?(?:\W|$|['’]s)")


class Names(NamedTuple):
    """What is known of a note by its names: the words' verdicts, and the places that it lies in."""

    title: str
    name: str
    answers: frozenset[str]
    written: str | None
    place: bool
    personal: bool
    other: bool


@cache
def _words(table: str) -> re.Pattern[str]:
    entries = lexicon("vaultdots.note", "kinds")[table]
    return re.compile(
        "|".join(rf"(?<![A-Za-z])(?:{entry['word']})(?![A-Za-z])" for entry in entries),
        re.IGNORECASE,
    )


def features_of(names: Names, headings: Sequence[str], opening: str) -> dict[str, float] | None:
    """The features of a note; None where too little speaks for a review, where its title
    names another subject (a project, an event, a thing), or nothing names a period."""
    if names.other:
        return None
    over = year_over(names)
    turn = names.written is not None and names.written[5:7] in _TURN
    goals = _words("plan").search(names.title) is not None
    if not turn and not _period_of(names):
        return None  # a review is of some period
    hinted = over is not None or goals or names.place or bool(names.answers & {"maybe", "period"})
    if not hinted and not (turn and headings):
        return None
    seen = [heading[:200] for heading in headings[:200] if heading != names.title]
    last = _last_year(names)
    back = sum(
        1 for heading in seen if _words("looks_back").search(heading) or _is_year(heading, last)
    )
    ahead = any(
        _words("looks_ahead").search(heading) or (last and _is_year(heading, last + 1))
        for heading in seen
    )
    opens = looks_back(opening)
    # `## 2019` above `## 2020` in `Goals for 2020`: an account, and what follows it.
    pair = (last, last + 1) if goals and last is not None else ()
    both = bool(pair) and all(any(_is_year(h, year) for h in seen) for year in pair)
    opens = max(opens, 1) if both else opens
    weighed = goals and _words("weighed").search(names.title) is not None
    told = weighed or _words("outcome").search(opening[:OPENING]) is not None
    of_last = goals and over is not None and (told or opens + back > 0)
    if goals and not (weighed or of_last or both) and opens + back < 2:
        return None  # a note of goals: a look back in passing is no account of the year
    found = {
        "says-maybe": "maybe" in names.answers,
        "only-period": "period" in names.answers,
        "year-over": over is not None,
        "not-over": _in_its_middle(names),
        "begins-with-it": over is not None and _YEAR_FIRST.match(names.title) is not None,
        "at-the-turn": turn,
        "in-a-place": names.place,
        "of-oneself": names.personal,
        "two-look-back": back >= 2,
        "one-looks-back": back == 1,
        "looks-ahead": ahead,
        "opens-back": opens >= 1,
        "opens-back-twice": opens >= 2,
        "names-goals": goals,
        "goals-and-account": goals and opens >= 1,
        "weighs-goals": weighed,
        "goals-of-last-year": of_last,
        "only-goals": goals and not (opens or back or weighed or of_last),
        "names-a-task": _TASK.search(names.title) is not None,
    }
    return {name: 1.0 for name, there in found.items() if there}


def looks_back(opening: str) -> int:
    """How often the beginning of a text speaks of a year as one that is over."""
    # Where a line ends says nothing: editors wrap.
    return len(_words("opening").findall(" ".join(opening[:OPENING].split())))


def named_periods(text: str) -> list[PeriodMention]:
    """The periods that a name is about: `2019年6月版`, `2024 edition` say how new a text is."""
    return [
        mention
        for mention in periods_in(text)
        if mention.stretch != "day" and not _EDITION.match(text, mention.span.end)
    ]


_EDITION = re.compile(
    r"[年년]?(?:\s?\d{1,2}[月월])?\s?(?:版|(?:개정)?판|에디션|버전|(?:edition|version)(?![A-Za-z]))",
    re.I,
)


def _period_of(names: Names) -> bool:
    return any(named_periods(text) for text in (names.title, names.name))


def _in_its_middle(names: Names) -> bool:
    if names.written is None or not "03" <= names.written[5:7] <= "10":
        return False
    named = [m for text in (names.title, names.name) for m in named_periods(text)]
    return any(m.stretch == "year" and m.year == int(names.written[:4]) for m in named)


def year_over(names: Names) -> PeriodMention | None:
    """The year that a note's title or file names and that was just over when it was written."""
    over = _last_year(names)
    for text in (names.title, names.name):
        for mention in named_periods(text):
            if over is not None and mention.stretch == "year" and mention.year == over:
                return mention
    if over is not None and names.written is not None and names_goals(names.title):
        table = "this_year" if names.written[5:7] == "12" else "last_year"
        said = _words(table).search(names.title)
        if said is not None:
            return PeriodMention(Span(*said.span()), "year", over)
    return None


def _last_year(names: Names) -> int | None:
    """The year that was just over when a note was written at the turn of one."""
    if names.written is None or names.written[5:7] not in _TURN:
        return None
    return int(names.written[:4]) - (names.written[5:7] in {"01", "02"})


def _is_year(heading: str, year: int | None) -> bool:
    """Whether a heading is a year, with a word or two beside it: `2015`, `Onwards to 2016`."""
    named = named_periods(heading) if year is not None and str(year) in heading else []
    return len(heading.split()) <= _FEW_WORDS and any(
        mention.stretch == "year" and mention.year == year for mention in named
    )


_FEW_WORDS = 3
"""Words of a heading that is but a year; with more it may name anything (`Go 1.18 in 2022`)."""


def is_review(found: dict[str, float]) -> tuple[bool, str]:
    """Whether the features say so, and which of them decided, in words."""
    by = decision("vaultdots.note", "review")
    if by.confidence(found) < by.threshold:
        return False, ""
    # What speaks for it comes first: it is what was decided.
    told = sorted(by.reasons(found, 3), key=lambda reason: reason.startswith("against it"))
    return True, "; ".join(told)


def looks_back_and_ahead(headings: Sequence[str]) -> bool:
    """Whether headings alone tell of a year: one looks back and another ahead, or two look back.

    For copied pages, of which neither the title nor the file's name says anything.
    """
    back = {heading for heading in headings if _words("looks_back").search(heading[:200])}
    ahead = {heading for heading in headings if _words("looks_ahead").search(heading[:200])}
    return len(back) > 1 or bool(back and ahead - back)


def names_goals(title: str) -> bool:
    """Whether a title names goals: a review called so is of the year before (`2018 goals`)."""
    return _words("plan").search(title) is not None


def weighs_goals(title: str) -> bool:
    """Whether a title says how goals went: it is of the period that it names."""
    return _words("weighed").search(title) is not None
