"""What a review says will be done: each unit that a learned score takes for a goal.

An item, a table's row or a heading is a *listed* goal, a paragraph a *stated* one, told by the
sentence that names it; below the threshold, what one would like is a *wish*. The features are
`goal_features`', the weights are data (weights/goal_item.toml, goal_prose.toml). Linear.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from vaultdots.retrospective.contents import is_plan, worded_levels
from vaultdots.retrospective.document import ReviewDocument, Unit, document_of
from vaultdots.retrospective.frame import Frame, ahead_year
from vaultdots.retrospective.goal_features import CALLED_GOAL, TOLD, GoalFeatures
from vaultdots.retrospective.goal_lists import HEADS_GOALS
from vaultdots.retrospective.modals import is_past, is_question, strength_of
from vaultdots.retrospective.model import Goal, ReviewSource, Strength
from vaultdots.retrospective.sections import Stretch
from vaultdots.retrospective.verdicts import marks
from vaultdots.retrospective.words import any_of
from vaultdots.text.late import late
from vaultdots.text.linear import decision
from vaultdots.text.periods import periods_in
from vaultdots.text.spans import Span
from vaultdots.text.tuples import NamedTuple

PACKAGE = "vaultdots.retrospective"
MOST_GOALS = 1000
"""Goals of one review that are followed: the most seen is 24, and each is compared with each."""
_WISH = 0.3
"""Share of the threshold from which a sentence that says what one would like is a wish."""
_NAME = 24
"""Characters of a line before a list that may be its name."""
_BELOW = 12
"""Paragraphs below a heading that are looked at."""
_SMALL = {"month", "week"}
"""Reviews whose own lists are no lists of the year's: only what names a later year counts."""
_NEXT_PART = late(r"다음\s?(?:분기|달|주)|next (?:quarter|month|week)|来月|来週|次の四半期", re.I)
"""A heading of what is next in the same year: no list of the year's either."""
DECORATION = late(r"[\s★☆⭐✨🔥💪🏻🏼👍]+$")
NUMBERED = late(r"^(?:\W{0,2}\d{1,2}\W{1,3}|[-–—•*]\s+)")


class Made(NamedTuple):
    """The goals of one review; cut: whether it makes more than are followed."""

    goals: tuple[Goal, ...]
    cut: bool


def goals_of(source: ReviewSource) -> tuple[Goal, ...]:
    """The goals that one review makes, in the order of the text; their fate is `fate`'s."""
    return made_by(source).goals


def made_by(source: ReviewSource) -> Made:
    """The goals that one review makes, and whether those are all."""
    document = document_of(source)
    features = GoalFeatures(document)
    listed, prose = decision(PACKAGE, "goal_item"), decision(PACKAGE, "goal_prose")
    found: list[tuple[Goal, tuple[int, int]]] = []
    taken: set[int] = set()
    heading: int | None = None  # the stretch whose heading is a goal itself
    for index, unit in enumerate(document.units):
        if unit.stretch == heading:
            continue
        said = features.of(index)
        if unit.parent in taken and "part" not in said:
            taken.add(index)  # what stands under a goal explains it
            continue
        told = in_prose(unit, said)
        by = prose if told else listed
        strength = _strength(unit, said, by.confidence(said) / by.threshold, told)
        if strength is None or not any(c.isalpha() for c in unit.text):
            continue
        if told and (_only_names_a_time(unit.text) or _is_label(unit, said)):
            continue
        goal = _goal(document, features.frame, index, strength, "; ".join(by.reasons(said)))
        if goal is None:
            continue
        found.append((goal, (unit.stretch, unit.group if unit.kind != "heading" else -1)))
        if len(found) > MOST_GOALS:
            break
        if strength == "listed":
            taken.add(index)
            if unit.kind == "heading" and not _gathers(features, index):
                heading = unit.stretch
    return Made(tuple(_once(found[:MOST_GOALS])), len(found) > MOST_GOALS)


def _only_names_a_time(text: str) -> bool:
    """Whether a paragraph is a period and no more: `2025년.`"""
    bare = list(text)
    for mention in periods_in(text):
        bare[mention.span.start : mention.span.end] = " " * len(mention.span.of(text))
    return not any(map(str.isalpha, bare))


def _is_label(unit: Unit, said: Mapping[str, float]) -> bool:
    """Whether a paragraph is a line in bold, or a callout's title, that says nothing of what will
    be done."""
    alone = bool(unit.lead) and unit.lead == unit.text
    return "no-will" in said and (alone or unit.raw.lstrip("> ").startswith("[!"))


def _gathers(features: GoalFeatures, index: int) -> bool:
    """Whether two or more paragraphs below a heading that is a goal each state one."""
    units, by = features.document.units, decision(PACKAGE, "goal_prose")
    count = 0
    for at in range(index + 1, min(len(units), index + 1 + _BELOW)):
        if units[at].stretch != units[index].stretch or units[at].kind != "paragraph":
            break
        said = features.of(at)
        sure = said.keys() & {"intends", "wishes"} and not said.keys() & {"all-past", "no-goal"}
        count += bool(sure) and by.confidence(said) >= by.threshold
    return count > 1


def lists_intentions(document: ReviewDocument) -> bool:
    """Whether a note is one list of what will be done: half its items or more have that form, and
    none is marked as done, or two thirds of the headings of a level have."""
    if worded_levels((s.level, s.heading) for s in document.stretches if s.kind not in TOLD):
        return True
    tops = [u for u in document.units if u.kind == "item" and u.parent is None][:MOST_GOALS]
    marked = any(u.check and marks().get(u.check) != "empty" for u in tops)
    return 2 * sum(map(_intends, tops)) >= max(2, len(tops)) and not marked


def _intends(item: Unit) -> bool:
    """Whether an item has the form of an intention, or begins with a sentence that states one."""
    first = item.sentences[0].text if item.sentences else item.text
    declared = any_of("goals", "declared").search(first) is not None
    return is_plan(item.lead or item.text) or strength_of(first) is not None or declared


_LISTED = {"under-goals", "announced", "siblings-plan", "of-groups", "heading-ahead"}
"""An item with one of these is of a list of goals; without, it only says that it will be done."""


def in_prose(unit: Unit, said: Mapping[str, float]) -> bool:
    """Whether a unit says in running text what will be done: a paragraph, or an item that names a
    time to come and is of no list of goals."""
    told = unit.kind == "item" and "ahead" in said and not _LISTED & said.keys()
    return told or unit.kind == "paragraph"


def _strength(unit: Unit, said: dict[str, float], share: float, told: bool) -> Strength | None:
    """What kind of goal a unit is. share: of the threshold that its confidence reaches."""
    over = unit.kind == "heading" and "leaf-of-goals" not in said
    no_will = "no-will" in said
    told_only = "only-told-of-goals" in said and "siblings-plan" not in said
    over = over or (unit.kind == "item" and told_only and no_will)
    over = over or unit.raw.startswith("[^") or (told and "no-goal" in said and no_will)
    if over or "is-label" in said or "asks" in said:
        return None  # what announces goals is none of them, nor is what only groups or asks
    would = ("wishes" in said or "intends" in said) and "all-past" not in said
    if share >= 1:
        return "stated" if told else "listed"
    aimed = said.keys() & {"ahead", "under-goals", "announced", "heading-ahead", "someday"}
    near = share >= _WISH or "someday" in said
    return "wish" if near and would and aimed and unit.kind != "heading" else None


def _goal(
    document: ReviewDocument, frame: Frame, index: int, strength: Strength, why: str
) -> Goal | None:
    unit = document.units[index]
    source, stretch = document.source, document.stretches[unit.stretch]
    text, line, span = named(unit, frame)
    told = unit.quoted or (unit.kind == "item" and stretch.kind == "goal-check")
    if told and unit.check and marks().get(unit.check) not in {None, "empty"}:
        return None  # a goal of the list before, with what became of it
    if not unit.lead and any_of("goals", "announces").search(text):
        return None  # `내년 목표는 두 가지다`: it only says how many follow
    if unit.kind == "paragraph" and (is_question(text) or _opens_list(document, index, text)):
        return None
    if unit.kind == "paragraph" and not unit.lead and any_of("goals", "no_goal").search(text):
        return None  # the sentence that names it speaks to readers, or of the text
    target = _target(document, frame, unit, stretch, text)
    small = frame.period in _SMALL or _NEXT_PART.search(stretch.heading) is not None
    small = small or (frame.period == "quarter" and strength != "listed")
    if small and (target is None or target == frame.year):
        return None
    far = any_of("goals", "someday").search(text) and ahead_year(text, frame) is None
    if strength != "listed" and far:
        strength, target = "wish", None
    detail = tuple(
        document.units[n].text for n in document.below.get(index, ())[:40]
    ) if strength == "listed" else ()  # fmt: skip
    rule = f"under “{stretch.heading}”: {why}" if stretch.heading else why
    return Goal(text, frame.year, target, strength, source.path, line, span, rule, detail=detail)


def _opens_list(document: ReviewDocument, index: int, text: str) -> bool:
    """Whether a paragraph ends in a colon before a list, or is a name that heads it: what it
    announces stands there."""
    after = document.units[index + 1 : index + 2]
    name = len(text) <= _NAME and text[-1:].isalpha()
    return (name or text.endswith((":", "："))) and any(unit.caption == index for unit in after)


def named(unit: Unit, frame: Frame) -> tuple[str, int, Span]:
    """The words that name a goal, with their place."""
    if unit.kind == "paragraph" and is_plan(unit.lead):
        return unit.lead, unit.line, unit.span
    if unit.kind == "paragraph":
        best = max(unit.sentences, key=lambda s: _names(s.text, frame), default=None)
        if best is not None and unit.check is None:
            return best.text, best.line, best.span
    if unit.kind == "row":
        return _cell(unit), unit.line, unit.span
    text = unit.lead if unit.lead and unit.kind == "item" else unit.text
    if unit.kind == "heading":
        text = NUMBERED.sub("", text)
        text = text[called.end() - 1 :] if (called := CALLED_GOAL.match(text)) else text
    return DECORATION.sub("", text).strip() or unit.text, unit.line, unit.span


def _names(sentence: str, frame: Frame) -> float:
    """How surely a sentence is the one that names its paragraph's goal."""
    said = strength_of(sentence)
    return (
        2.0 * (said == "stated")
        + 1.8 * (said == "wish")
        + 1.0 * (any_of("goals", "declared").search(sentence) is not None)
        + 0.6 * (ahead_year(sentence, frame) is not None)
        - 1.0 * is_past(sentence)
        - 2.0 * (any_of("goals", "announces").search(sentence) is not None)
    )


def _cell(row: Unit) -> str:
    """The cell of a table that is a goal: of the column called so, else the first with words."""
    named = [n for n, cell in enumerate(row.header) if HEADS_GOALS.search(cell)]
    worded = [n for n, cell in enumerate(row.cells) if any(c.isalpha() for c in cell)]
    at = next((n for n in named if n in worded), worded[0] if worded else 0)
    return row.cells[at]


def _target(
    document: ReviewDocument, frame: Frame, unit: Unit, stretch: Stretch, text: str
) -> int | None:
    """The year that a goal is for: what it says, else its heading, else the line above its list,
    else the year after the review's own, whatever digits stand in a heading by mistake."""
    above = document.units[unit.caption].text if unit.caption is not None else ""
    for said in (text, unit.text, stretch.heading, above):
        year = ahead_year(said, frame) if said else None
        if year is not None:
            return year
    if frame.year is None:
        return stretch.year or frame.target
    if stretch.year is not None and stretch.year > frame.year:
        return stretch.year
    return frame.next


def _once(goals: Sequence[tuple[Goal, tuple[int, int]]]) -> Iterator[Goal]:
    """Each goal once: what a list and a sentence both say, the list says. Each stands with the list
    that it is of: two lines of one list that are only alike are two goals."""
    kept: list[tuple[str, set[str], Goal, tuple[int, int]]] = []
    for goal, of in sorted(goals, key=lambda g: (g[0].strength != "listed", g[0].span.start)):
        bare = re.sub(r"\W+", "", goal.text).casefold()
        grams = {bare[n : n + 3] for n in range(max(1, len(bare) - 2))}
        if not any(
            other.target_year == goal.target_year
            and (
                bare == name
                or (of != at and len(grams & had) > _SAID_AGAIN * max(len(grams), len(had)))
            )
            for name, had, other, at in kept
        ):
            kept.append((bare, grams, goal, of))
    yield from sorted((goal for _, _, goal, _ in kept), key=lambda g: g.span.start)


_SAID_AGAIN = 0.7
"""Share of the character trigrams of two goals from which they are one, said twice."""
