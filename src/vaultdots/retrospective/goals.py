"""What a review says will be done: listed goals, goals stated in prose, and wishes.

Listed: items under a heading that announces goals (`2024년 목표`, `Try`, `Next year`). Stated: a
sentence with a modal of intention that points ahead, or stands under such a heading. A wish says
*would*, not *will*. The words are data: lexicon/goals.toml. Linear in the review.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from vaultdots.retrospective.document import document_of, stretches_of
from vaultdots.retrospective.modals import PAST, is_question, is_resolved, strength_of
from vaultdots.retrospective.model import Goal, OwnWords, ReviewSource, Strength
from vaultdots.retrospective.prose import (
    Item,
    Prose,
    Sentence,
    descendants,
)
from vaultdots.retrospective.sections import Stretch
from vaultdots.retrospective.words import any_of, compiled, words_of
from vaultdots.text.periods import periods_in

_SENTENCE_LIMIT = 400
"""Characters of a sentence that are looked at; the longest true one seen has 190."""
_YEARS_AHEAD = 10
"""A later year than this is a forecast, not a goal."""
_NEAR = 2
"""… and with two digits than this."""
_GOALS = 200
"""Goals of one review that are followed: the most seen is 24, and each is compared with each."""
_THIS_YEAR = re.compile(r"올해\s?\(\s?(?P<year>(?:19|20|21)\d\d)|this year \((?P<en>(?:19|20)\d\d)")
_DIGIT = re.compile(r"\d")
_NOW = re.compile(r"올해|이번\s?(?:해|한해)|(?<![A-Za-z])this year(?![A-Za-z])", re.IGNORECASE)
_DECORATION = re.compile(r"[\s★☆⭐✨🔥💪🏻🏼👍]+$")
_CONTINUES = re.compile(
    r"^(?:가|이|를|을|는|은|라는|이라는|라고|하는|that|which|this)\s", re.IGNORECASE
)
_ANNOUNCES = re.compile(
    r"(?:목표|다짐|계획|약속)(?:는|은)?\s?(?:모두\s|총\s)?(?:\d{1,2}|한|두|세|네|다섯|여섯|몇)\s?(?:가지|개)(?:이?다|입니다|예요|이에요)"
    r"|(?:몇|한두|두어|\d{1,2}|두|세|네|다섯)\s?(?:가지|개)(?:는|은|만|를|을|만은|만큼은)?\s?(?:더\s)?"
    r"(?:부탁|약속|적어|당부|남겨|남기|말해|정해|다짐|세워|꼽아)"
    r"|(?:have|set|are) (?:\d{1,2}|two|three|four|five|a few) (?:\w+ )?(?:goals|resolutions)",
    re.IGNORECASE,
)
"""A sentence that only says how many goals follow."""
_BACK = re.compile(r"올해|작년|지난\s?해|재작년|그때|this year|last year", re.IGNORECASE)
"""What a sentence looks back with: what follows it in the paragraph is not meant for next year."""
_NAMES_GOAL = re.compile(r"목표|숙제|다짐|과제|goal|resolution", re.IGNORECASE)


class _Frame(NamedTuple):
    """What a review's words for time mean: its year, its period, and which year `올해` is."""

    year: int | None
    period: str
    this_year: int | None

    @property
    def next(self) -> int | None:
        return self.year + 1 if self.year is not None else None


def goals_of(source: ReviewSource, own: OwnWords | None = None) -> tuple[Goal, ...]:
    """The goals that one review makes, in the order of the text; their fate is `fate`'s.

    A list of a quarter, a month or a week is no list of the year's: there, only what names a later
    year counts.
    """
    frame = _frame(source)
    found: list[Goal] = []
    stretches = stretches_of(source)
    grouping = _with_goals_below(stretches)
    for number, stretch in enumerate(stretches):
        prose = document_of(source).prose_of(stretch)
        target = _target_of_stretch(stretch, frame)
        taken: set[int] = set()
        if stretch.goals and target is not None:
            has_children = grouping[number]
            for goal, items in _listed(source, frame, stretch, prose, target, has_children):
                found.append(goal)
                taken |= items
        found += _stated(source, frame, stretch, prose, target, taken)
    return tuple(_once(found))[:_GOALS]


def _frame(source: ReviewSource) -> _Frame:
    year = source.note.year
    said = _THIS_YEAR.search(source.text)
    this_year = year
    if said is not None:
        this_year = int(said["year"] or said["en"])
    elif source.note.created is not None and year is not None:
        this_year = max(year, min(int(source.note.created[:4]), year + 1))
    return _Frame(year, source.note.period or "year", this_year)


def _with_goals_below(stretches: Sequence[Stretch]) -> list[bool]:
    """For each stretch whether goals stand under its heading, in a section of their own."""
    found = [False] * len(stretches)
    for at in range(len(stretches) - 2, -1, -1):
        here, after = stretches[at], stretches[at + 1]
        if after.section == here.section:
            found[at] = found[at + 1]
        else:
            found[at] = after.below and after.level > here.level
    return found


def _target_of_stretch(stretch: Stretch, frame: _Frame) -> int | None:
    """The year that a list under this heading is for; None where it is no list of a year's."""
    if frame.year is None:
        return stretch.year
    if stretch.year is not None and stretch.year > frame.year:
        return stretch.year
    ahead = _ahead(stretch.heading, frame)
    if ahead is not None:
        return ahead
    if frame.period == "year":
        return frame.next
    return frame.year if frame.period == "half" else None


def _ahead(text: str, frame: _Frame) -> int | None:
    """The later year that `text` names (`내년`, `2024년`, `올해` written in January), else None."""
    if frame.year is None:
        return None
    for mention in periods_in(text) if _DIGIT.search(text) else ():
        year = mention.year
        # `30년` may be thirty years: two digits name a year only where it is near.
        whole = str(year) in mention.span.of(text)
        if year is not None and 0 < year - frame.year <= (_YEARS_AHEAD if whole else _NEAR):
            return year
    for pattern, years in _ahead_words():
        if pattern.search(text):
            return frame.year + years
    if frame.this_year is not None and frame.this_year > frame.year and _NOW.search(text):
        return frame.this_year
    return None


@cache
def _ahead_words() -> tuple[tuple[re.Pattern[str], int], ...]:
    return tuple(
        (compiled([str(entry["word"])]), int(entry["years"]))
        for entry in words_of("goals")["ahead"]
    )


# ── Lists ────────────────────────────────────────────────────────────────────────────────────────


def _listed(
    source: ReviewSource,
    frame: _Frame,
    stretch: Stretch,
    prose: Prose,
    target: int,
    has_children: bool,
) -> Iterator[tuple[Goal, set[int]]]:
    """The goals of one stretch's lists, each with the items that it takes."""
    rule = f"list under “{stretch.heading}”"
    tops = [index for index, item in enumerate(prose.items) if item.depth == 0]
    label = any_of("goals", "label")
    numbers = {id(item): number for number, item in enumerate(prose.items)}
    for index in tops:
        below = descendants(prose.items, index)
        if below and label.search(prose.items[index].text):
            children = [item for item in below if item.parent == index]
            for child in children:
                number = numbers[id(child)]
                yield from _one(
                    source, frame, child, number, descendants(prose.items, number), target, rule
                )
            continue
        yield from _one(source, frame, prose.items[index], index, below, target, rule)
    if not tops and len(prose.rows) >= 3:
        yield from _rows(source, frame, prose, target, rule)
    parts = stretch.below and not tops and not prose.rows
    if parts and not has_children and _is_numbered(stretch.heading):
        text = _NUMBERED.sub("", stretch.heading)
        yield (
            Goal(
                text, frame.year, target, "listed", source.path, stretch.line, stretch.span,
                "heading under a heading of goals",
            ),
            set(),
        )  # fmt: skip


_NUMBERED = re.compile(r"^\W{0,2}\d{1,2}\W{1,3}")


def _is_numbered(heading: str) -> bool:
    return _NUMBERED.match(heading) is not None


def _one(
    source: ReviewSource,
    frame: _Frame,
    item: Item,
    index: int,
    below: Sequence[Item],
    target: int,
    rule: str,
) -> Iterator[tuple[Goal, set[int]]]:
    text = _DECORATION.sub("", item.text)
    if not any(c.isalpha() for c in text) or _is_no_goal(text):
        return
    goal = Goal(
        text, frame.year, target, "listed", source.path, item.line, item.span, rule,
        detail=tuple(sub.text for sub in below[:40]),
    )  # fmt: skip
    # What stands under a goal explains it: no goals of their own.
    yield goal, set(range(index, index + len(below) + 1))


def _is_no_goal(text: str) -> bool:
    """A question, or something told of the past."""
    return is_question(text) or PAST.search(text) is not None


def _rows(
    source: ReviewSource, frame: _Frame, prose: Prose, target: int, rule: str
) -> Iterator[tuple[Goal, set[int]]]:
    """A table of goals: the column that is called so, else the first that is no number."""
    header, ruler, *rows = prose.rows
    if not all(set(cell) <= set("-: ") for cell in ruler.cells):
        return
    named = [n for n, cell in enumerate(header.cells) if _NAMES_GOAL.search(cell)]
    for row in rows:
        texts = [n for n, cell in enumerate(row.cells) if any(c.isalpha() for c in cell)]
        column = named[0] if named else (texts[0] if texts else None)
        if column is None or column >= len(row.cells) or not row.cells[column]:
            continue
        yield (
            Goal(
                row.cells[column], frame.year, target, "listed", source.path, row.line, row.span,
                f"table: {rule}",
            ),
            set(),
        )  # fmt: skip


# ── Sentences ────────────────────────────────────────────────────────────────────────────────────


def _stated(
    source: ReviewSource,
    frame: _Frame,
    stretch: Stretch,
    prose: Prose,
    target: int | None,
    taken: set[int],
) -> Iterator[Goal]:
    previous: Sentence | None = None
    pointed: int | None = None
    paragraph: int | None = None  # the year that this paragraph's intentions are for
    for sentence in prose.sentences:
        before, previous = previous, sentence
        if sentence.item is not None and sentence.item in taken:
            continue
        text = sentence.text[:_SENTENCE_LIMIT]
        ahead, carried = _ahead(text, frame), pointed
        pointed = ahead
        if ahead is None and (
            before is None or not _goes_on(source, before, sentence) or _BACK.search(text)
        ):
            paragraph = None
        if before is not None and _closes_quote(source, before, text, ahead):
            yield _goal(source, frame, before, ahead, "stated", "quoted as the goal")
            continue
        strength = strength_of(text)
        if strength is None and stretch.goals and is_resolved(text):
            strength = "stated"
        counted = any_of("goals", "counted").search(text) is not None
        if counted and strength is None and not _is_no_goal(text):
            strength = "stated"  # `목표는 세 가지다. 첫째, 면허를 딴다.`
        if counted and carried is not None and ahead is None:
            pointed = carried
        if strength is None:
            continue
        if ahead is not None:
            paragraph = ahead
        if _ANNOUNCES.search(text) is not None:
            pointed = ahead if ahead is not None else carried
        elif ahead is not None:
            yield _goal(source, frame, sentence, ahead, strength, "points ahead")
        elif counted and carried is None and not (stretch.goals and target is not None):
            continue
        elif carried is not None and before is not None and _goes_on(source, before, sentence):
            far = strength == "wish" and any_of("goals", "someday").search(text)
            rule = "goes on from what points ahead"
            yield _goal(source, frame, sentence, None if far else carried, strength, rule)
        elif strength == "wish" and any_of("goals", "someday").search(text):
            yield _goal(source, frame, sentence, None, strength, "some day")
        elif strength == "stated" and paragraph is not None and sentence.item is None:
            rule = "in a paragraph that points ahead"
            yield _goal(source, frame, sentence, paragraph, strength, rule)
        elif stretch.goals and target is not None and sentence.item is None:
            rule = f"said under “{stretch.heading}”"
            yield _goal(source, frame, sentence, target, strength, rule)
        elif stretch.kind == "goals-someday" and any_of("goals", "declared").search(text):
            yield _goal(source, frame, sentence, None, strength, f"said under “{stretch.heading}”")


def _goal(
    source: ReviewSource,
    frame: _Frame,
    sentence: Sentence,
    target: int | None,
    strength: Strength,
    rule: str,
) -> Goal:
    return Goal(
        sentence.text, frame.year, target, strength, source.path, sentence.line, sentence.span, rule
    )


def _goes_on(source: ReviewSource, before: Sentence, sentence: Sentence) -> bool:
    """Whether a sentence follows the one before in the same paragraph or list item."""
    between = source.text[before.span.end : sentence.span.start]
    return before.item == sentence.item and between.count("\n") < 2


def _closes_quote(source: ReviewSource, before: Sentence, text: str, ahead: int | None) -> bool:
    """`> …하기` followed by `가 2022년의 숙제다`: the quote is the goal."""
    if ahead is None or not _CONTINUES.search(text) or not _NAMES_GOAL.search(text):
        return False
    start = source.text.rfind("\n", 0, before.span.start) + 1
    return source.text[start : before.span.start].lstrip().startswith(">")


def _once(goals: Sequence[Goal]) -> Iterator[Goal]:
    """Each goal once: what a list and a summary both say, the list says."""
    seen: set[tuple[str, int | None]] = set()
    for goal in goals:
        key = (re.sub(r"\W+", "", goal.text).casefold(), goal.target_year)
        if key not in seen:
            seen.add(key)
            yield goal
