"""Goals that a review answers without their having been announced anywhere: a list that judges its
items under a heading that looks back on goals makes them, in that very year, and so do headings
side by side that are judged under such a heading, or behind a sentence that speaks of goals."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from vaultdots.note.prose import Sentence
from vaultdots.retrospective.answer_signs import bare_of, by_share, mark_of
from vaultdots.retrospective.answer_units import AnswerUnits
from vaultdots.retrospective.asked import Asked, asked, grams_of
from vaultdots.retrospective.document import ReviewDocument, Unit, document_of
from vaultdots.retrospective.frame import ahead_year
from vaultdots.retrospective.goal_lists import NAMES_GOAL
from vaultdots.retrospective.goals import DECORATION, NUMBERED
from vaultdots.retrospective.modals import is_past
from vaultdots.retrospective.model import Evidence, Goal, GoalStatus, ReviewSource
from vaultdots.retrospective.verdicts import (
    Said,
    after_name,
    at_last,
    is_of_goal,
    is_sure,
    name_part,
    of_answer,
)
from vaultdots.retrospective.words import any_of
from vaultdots.text.late import late
from vaultdots.text.spans import Span

_LEAST = 2
"""Judged lines that make a list one of goals."""
_CLAIMED = 0.5
"""Likeness of a goal that was announced from which a list only restates those."""
_UNLIKE = 0.2
"""… and below which a line of such a list restates none of them."""
_HELD = 0.35
"""Share of an announced goal's letters from which a sentence speaks of that one."""
_SENTENCE = "told of as a goal of the year that is over, announced nowhere"
_LOOKED_AT = 4
"""Sentences behind a line among which the one that judges it stands."""
_BEFORE = 16
"""Units before the first of several headings of which one may say that they were goals."""
_STARS = late(r"(?P<full>[★⭐]*)(?P<empty>☆*)[^\w★⭐☆]*$")
_FEWEST_STARS = 3
"""Stars, full and empty, from which they are a rating and no ornament."""
_APART = (":", "：", "-", "–", "—", "|", "/", "→")
_KEPT, _PARTLY = 0.9, 0.15
"""Shares of all stars or points from which a goal is kept, and half kept."""
_BRACKET = late(r"[(（](?P<said>[^()（）]{1,40})[)）]\W*$")
_STATUS: dict[Said | None, GoalStatus] = {"kept": "kept", "partly": "partly", "dropped": "dropped"}


def retold_by(source: ReviewSource, announced: Sequence[Goal]) -> tuple[Goal, ...]:
    """The goals that a year's review retells. announced: those due in its year."""
    if source.note.period != "year" or source.note.year is None or source.target is not None:
        return ()
    document = document_of(source)
    series = _lists(document) + _headings(document)
    sentences = _sentences(document)
    if not series and not sentences:
        return ()
    units = AnswerUnits(document)
    wanted = [asked(goal, "") for goal in announced if goal.path != source.path]
    under = {goal.rule.partition("“")[2].partition("”")[0].casefold() for goal in announced}
    units.claim(wanted)
    found: list[Goal] = []
    told: set[int] = set()  # stretches whose lists were retold
    for lines in series:
        lines = [
            n
            for n in lines
            if document.units[n].stretch not in told
            and document.units[n].text.casefold() not in under  # those stand under it
        ]
        said = {n: _said(units, n) for n in lines}
        judged = [n for n in lines if said[n] in _STATUS]
        headed = any(document.stretches[document.units[n].stretch].said for n in lines)
        if len(judged) < (1 if headed else _LEAST) or 2 * len(judged) < len(lines):
            continue
        claimed = {
            n: max(units.claims.get(n, (0.0, ""))[0], _like(units, n, wanted)) for n in lines
        }
        if max(claimed.values()) >= _CLAIMED:
            # It restates what was announced; what is judged there and like none of that was not.
            lines = [n for n in judged if claimed[n] < _UNLIKE]
        told.update(document.units[n].stretch for n in lines)
        found += [_goal(source, document.units[n], said[n]) for n in lines]
    for sentence, verdict in sentences:
        grams = grams_of(bare_of(sentence.text))
        if all(len(w.grams & grams) < _HELD * len(w.grams) for w in wanted):
            goal = _made(source, sentence.text, sentence.line, sentence.span, verdict)
            found.append(replace(goal, strength="stated", rule=_SENTENCE))
    return tuple(sorted(found, key=lambda goal: goal.line))


def _sentences(document: ReviewDocument) -> list[tuple[Sentence, Said]]:
    """The sentences that tell of a goal as one of the year that is over, and judge it behind that:
    `수영이 목표였는데 못 갔다`; where they end there, the sentence behind them judges."""
    found: list[tuple[Sentence, Said]] = []
    for unit in document.units:
        for n, sentence in enumerate(unit.sentences):
            told = any_of("goals", "retold").search(sentence.text)
            if told is None or any_of("goals", "other_owner").search(sentence.text):
                continue
            if ahead_year(sentence.text[: told.end()], document.frame):
                continue
            behind = sentence.text[told.end() :]
            if not any(map(str.isalpha, behind)):
                behind = "".join(s.text for s in unit.sentences[n + 1 : n + 2])
            said = at_last(behind) if is_sure(behind) else None
            if said is not None and said in _STATUS:
                found.append((sentence, said))
    return found


def _like(units: AnswerUnits, index: int, wanted: Sequence[Asked]) -> float:
    """How like a heading is to the goal that it is most like; what is no heading is claimed."""
    names = units.names[index] if units.units[index].kind == "heading" else ()
    shares = (len(w.grams & name) / max(1, len(w.grams | name)) for w in wanted for name in names)
    return max(shares, default=0.0)


def _lists(document: ReviewDocument) -> list[list[int]]:
    """The lists and tables under each heading that looks back on goals."""
    found: dict[int, list[int]] = {}
    for n, unit in enumerate(document.units):
        listed = unit.kind in {"item", "row"} and unit.parent is None
        if listed and (document.stretches[unit.stretch].check or n in document.restated):
            found.setdefault(unit.stretch, []).append(n)
    return list(found.values())


def _headings(document: ReviewDocument) -> list[list[int]]:
    """Headings of one level side by side: all under one that looks back on goals; behind a sentence
    that speaks of goals those that are numbered or rated."""
    found: list[list[int]] = []
    open_at: dict[int, tuple[list[int], bool]] = {}  # level → headings, whether each counts
    checks = {0: False}  # level → whether its last heading looks back on goals
    for n, unit in enumerate(document.units):
        stretch = document.stretches[unit.stretch]
        level = stretch.level
        if unit.kind != "heading" or not level:
            continue
        open_at = {there: kept for there, kept in open_at.items() if there <= level}
        checks = {there: check for there, check in checks.items() if there < level}
        if level not in open_at:
            open_at[level] = ([], checks[max(checks)])
            if checks[max(checks)] or _speaks_of_goals(document, n):
                found.append(open_at[level][0])
        checks[level] = stretch.check
        there, check = open_at[level]
        one_of = NUMBERED.match(unit.text) or _is_starred(unit.text)
        one_of = one_of or mark_of(unit, stretch) in _STATUS  # `Walk every day (50%)`
        one_of = one_of or (check and " " in unit.text)  # one word names a field
        if one_of and not stretch.goals:
            there.append(n)
    return [there for there in found if there]


def _speaks_of_goals(document: ReviewDocument, heading: int) -> bool:
    """Whether the text right before a heading tells of the goals of the year that is over."""
    before = document.units[max(0, heading - _BEFORE) : heading]
    frame = document.frame
    return any(
        NAMES_GOAL.search(sentence.text)
        and ahead_year(sentence.text, frame) is None
        and (is_past(sentence.text) or str(frame.year) in sentence.text)
        for unit in before
        if unit.stretch == before[-1].stretch and unit.kind == "paragraph"
        for sentence in unit.sentences
    )


def _said(units: AnswerUnits, index: int) -> Said | None:
    """What is said of a line: by its mark, in brackets behind it, else in a sentence behind it that
    judges the goal itself, or in the one that says how it ended."""
    unit = units.units[index]
    mark = units.mark(index)
    if mark not in _STATUS and unit.kind == "heading":
        mark = _by_rating(unit.text) or after_name(unit.text)
    if mark in _STATUS:
        return mark
    behind = _BRACKET.search(unit.text[-60:])
    if behind is not None and of_answer(behind["said"]) is not None:
        return of_answer(behind["said"])
    told = [s.text for s in unit.sentences[1:]]
    told += [s.text for n in units.under_at(index) for s in units.units[n].sentences]
    judged = [after_name(f": {text}") for text in told[:_LOOKED_AT] if is_of_goal(text)]
    if unit.kind == "heading":
        judged += [of_answer(text) for text in told if any_of("goals", "in_the_end").search(text)]
    return next((said for said in judged if said in _STATUS), None)


def _by_rating(text: str) -> Said | None:
    """What stars or points at the end of a line say: `수영 ★★☆☆☆ 40점`, `수영: 40점`. Points behind
    a name alone may be what was aimed at (`토익 80점`)."""
    points, before = _points(text)
    full, empty = _stars(before)
    if points is not None and (full or empty or before[-1:] in _APART or "(" in points[0]):
        share = int(points["points"]) / 100
    elif points is None and (empty or full >= _FEWEST_STARS):
        share = full / (full + empty)
    else:
        return None
    return "kept" if share >= _KEPT else "partly" if share >= _PARTLY else "dropped"


def _is_starred(text: str) -> bool:
    """Whether a line ends in stars, points aside."""
    return sum(_stars(_points(text)[1])) >= _FEWEST_STARS


def _points(text: str) -> tuple[re.Match[str] | None, str]:
    """The points at the end of a line, and what stands before them."""
    found = any_of("goals", "rating").search(text)
    return found, text[: found.start() if found else len(text)].rstrip()


def _stars(text: str) -> tuple[int, int]:
    """How many full and empty stars a text ends in."""
    found = _STARS.search(text)
    return (len(found["full"]), len(found["empty"])) if found else (0, 0)


def _goal(source: ReviewSource, unit: Unit, said: Said | None) -> Goal:
    text = unit.lead or _BRACKET.sub("", unit.text)
    if unit.kind == "heading":
        text = NUMBERED.sub("", DECORATION.sub("", any_of("goals", "rating").sub("", unit.text)))
        text = _BRACKET.sub("", text) if by_share(text) is not None else text
        text = name_part(text) if after_name(text) is not None else text.rstrip(" :：")
    elif unit.kind == "row":
        text = next((c for c in unit.cells if sum(map(str.isalpha, c)) > 1), unit.text)
    elif not unit.lead:
        text = name_part(text)
    return _made(source, text.strip() or unit.text, unit.line, unit.span, said, unit.text)


def _made(
    source: ReviewSource, text: str, line: int, span: Span, said: Said | None, whole: str = ""
) -> Goal:
    year = source.note.year
    where = Evidence(source.path, line, (whole or text)[:300], "check list")
    return Goal(
        text, year, year, "listed", source.path, line, span,
        "judged in a check list, announced nowhere",
        status=_STATUS.get(said, "unknown"), confidence=0.9 if said in _STATUS else 0.0,
        evidence=(where,),
    )  # fmt: skip
