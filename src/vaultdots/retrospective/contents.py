"""What a section is about, told from what stands in it, where its heading says nothing.

A list of ticks and crosses looks back on goals; a list of intentions at the end of a year's review
is one of goals; a list of titles is one of books. Linear in the section.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from vaultdots.note.prose import Item, Prose
from vaultdots.retrospective.booklines import QUOTED, is_name
from vaultdots.retrospective.booklists import read_list
from vaultdots.retrospective.model import SectionKind
from vaultdots.retrospective.verdicts import after_name, by_mark, marks
from vaultdots.retrospective.words import any_of, compiled
from vaultdots.text.late import late
from vaultdots.text.spans import Span

_SEEN = 60
"""Items of a section that are looked at; the most goals seen in one list are 24."""
_ITEM_LIMIT = 170
"""Characters of an item that may be a goal: the longest real one seen has so many."""
_A_LIST = 3
"""Items from which the form of a list says what it is."""
_MOST = 0.75
"""Share of a list's items that must have that form: people slip in a noun or an aside."""
_LATE = 0.5
"""Share of a review behind which a list of intentions is one of goals: before it, it is told."""
_MOSTLY_TOLD = 2
"""Sentences of the past beside a list from which it belongs to what they tell."""
_NUMBERED = late(r"^#?\d{1,2}(?:[.)]\s+|\s+(?=[A-Z]))")
_COUNT = late(r"\W{0,2}(\d{1,2})[.)]\s+(?=\w)")
_PICTURES = late(r"[\s\ufe0f\u2600-\u27bf\U0001f000-\U0001faff]+$")
"""Pictures behind a name: `Study 📝` is a noun."""
_PLAIN_BOXES = "xX "
"""A ticked and an empty box are a list of things to do as well; a cross beside a tick judges."""
_RATING = late(r"[★☆⭐]{2,}|[★⭐]\s?\d|\d(?:\.\d)?\s?/\s?(?:5|10)(?!\d)")
_DATED = late(
    r"\W{0,3}\d{1,2}\s?(?:월|[./-]\s?\d{1,2}|주차|분기)|\W{0,3}(?:q\d|[a-z]{3,9} \d{1,2}\b)", re.I
)
_TOLD = compiled([r"<ㅆ>\S{0,4}\W*$"])


def kind_of_contents(prose: Prose, *, ahead: bool) -> SectionKind:
    """`goal-check`, `goals`, `book`, or `other` where its lists have none of these forms.

    ahead: what stands here may be for the year to come.
    """
    tops = [item for item in prose.items[: 4 * _SEEN] if item.depth == 0][:_SEEN]
    if judges(prose, tops):
        return "goal-check"
    if len(tops) >= 2 and _are_books(tops):
        return "book"
    if not ahead or not are_plans(tops):
        return "other"
    told = [s for s in prose.sentences if s.item is None]
    past = sum(1 for sentence in told if _TOLD.search(sentence.text))
    return "other" if past >= _MOSTLY_TOLD and 2 * past > len(told) else "goals"


def judges(prose: Prose, tops: Sequence[Item]) -> bool:
    """Whether a list says of each of its items how it went, and not of all the same."""
    said = [_verdict(item) for item in tops]
    for row in prose.rows[2 : 2 + _SEEN]:
        said += [next((v for cell in row.cells if (v := marks().get(cell.strip("\ufe0f ")))), None)]
    known = [verdict for verdict in said if verdict not in {None, "empty"}]
    return len(known) >= _A_LIST and len(known) >= _MOST * len(said) and len(set(known)) > 1


def _verdict(item: Item) -> str | None:
    if item.check is not None:
        return None if item.check in _PLAIN_BOXES else marks().get(item.check)
    if _DATED.match(item.text):
        return None  # `1월 : 못 했다` tells of January
    return by_mark(item.text) or after_name(item.text)


def are_plans(tops: Sequence[Item]) -> bool:
    """Whether most items of a list say what will be done: `-하기`, `-할 것`, `Run a marathon`."""
    if len(tops) < _A_LIST:
        return False
    if all(item.check is not None and marks().get(item.check) == "empty" for item in tops):
        return True
    if any(item.check is not None and marks().get(item.check) != "empty" for item in tops):
        return False
    planned = sum(1 for item in tops if is_plan(item.text))
    told = sum(1 for item in tops if _TOLD.search(item.text))
    return told == 0 and planned >= _MOST * len(tops)


def is_plan(text: str) -> bool:
    """Whether an item says what will be done, in the form in which people write it down."""
    short = len(text) <= _ITEM_LIMIT
    text = _PICTURES.sub("", _NUMBERED.sub("", text.strip()))
    return short and any_of("goals", "plan_item").search(text) is not None


def worded_levels(headings: Iterable[tuple[int, str]]) -> frozenset[int]:
    """The levels below the first two thirds of whose headings, two or more, say what will be done.
    headings: each with its level."""
    plans: dict[int, list[bool]] = {}
    for level, heading in headings:
        if level > 1 and heading:
            plans.setdefault(level, []).append(is_plan(heading))
    return frozenset(
        n for n, said in plans.items() if len(said) > 1 and 3 * sum(said) >= 2 * len(said)
    )


def numbered_levels(headings: Iterable[tuple[int, str]]) -> frozenset[int]:
    """The levels whose headings, three or more, are counted from one: `1. English`, `2. Money`."""
    counts: dict[int, list[int]] = {}
    for level, heading in headings:
        number = _COUNT.match(heading)
        if number is not None:
            counts.setdefault(level, []).append(int(number[1]))
    return frozenset(
        level for level, said in counts.items()
        if len(said) >= _A_LIST and said == list(range(1, len(said) + 1))
    )  # fmt: skip


def _are_books(tops: Sequence[Item]) -> bool:
    """Whether most items set a title off and rate it, or stand a title beside its author."""
    lines = read_list([item.raw for item in tops], None)
    titled = sum(1 for item in tops if QUOTED.match(item.raw.lstrip("*_ ")))
    rated = sum(
        1 for item, line in zip(tops, lines, strict=True) if line and _RATING.search(item.raw)
    )
    people = sum(1 for line in lines if line is not None and line.author and is_name(line.author))
    least = _MOST * len(tops)
    return max(titled, rated) >= least or (len(tops) >= _A_LIST and people >= least)


def is_late(span: Span, text: str) -> bool:
    """Whether a section begins in the later half of its review."""
    return span.start >= _LATE * len(text)
