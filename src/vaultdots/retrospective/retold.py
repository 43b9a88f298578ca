"""Goals that a review answers without their having been announced anywhere: a list that judges its
items under a heading that looks back on goals makes them, in that very year."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vaultdots.retrospective.answer_units import AnswerUnits
from vaultdots.retrospective.asked import asked
from vaultdots.retrospective.document import Unit, document_of
from vaultdots.retrospective.model import Evidence, Goal, GoalStatus, ReviewSource
from vaultdots.retrospective.verdicts import Said, is_of_goal, is_sure, name_part, of_answer

_LEAST = 2
"""Judged lines that make a list one of goals."""
_CLAIMED = 0.5
"""Likeness of a goal that was announced from which a list only restates those."""
_UNLIKE = 0.2
"""… and below which a line of such a list restates none of them."""
_LOOKED_AT = 4
"""Sentences behind a line among which the one that judges it stands."""
_BRACKET = re.compile(r"[(（](?P<said>[^()（）]{1,40})[)）]\W*$")
_STATUS: dict[Said | None, GoalStatus] = {"kept": "kept", "partly": "partly", "dropped": "dropped"}


def retold_by(source: ReviewSource, announced: Sequence[Goal]) -> tuple[Goal, ...]:
    """The goals that a year's review retells. announced: those due in its year."""
    if source.note.period != "year" or source.note.year is None or source.target is not None:
        return ()
    document = document_of(source)
    checks = [number for number, stretch in enumerate(document.stretches) if stretch.check]
    if not checks:
        return ()
    units = AnswerUnits(document)
    units.claim([asked(goal, "") for goal in announced if goal.path != source.path])
    found: list[Goal] = []
    for check in checks:
        lines = [
            n for n, unit in enumerate(document.units)
            if unit.stretch == check and unit.kind in {"item", "row"} and unit.parent is None
        ]  # fmt: skip
        said = {n: _said(units, n) for n in lines}
        judged = [n for n in lines if said[n] in _STATUS]
        if len(judged) < _LEAST or 2 * len(judged) < len(lines):
            continue
        claimed = {n: units.claims.get(n, (0.0, ""))[0] for n in lines}
        if max(claimed.values()) >= _CLAIMED:
            # It restates what was announced; what is judged there and like none of that was not.
            lines = [n for n in judged if claimed[n] < _UNLIKE]
        found += [_goal(source, document.units[n], said[n]) for n in lines]
    return tuple(found)


def _said(units: AnswerUnits, index: int) -> Said | None:
    """What is said of a line: by its mark, in brackets behind it, else in a sentence behind it that
    judges the goal itself."""
    mark = units.mark(index)
    if mark in _STATUS:
        return mark
    unit = units.units[index]
    behind = _BRACKET.search(unit.text[-60:])
    if behind is not None:
        return of_answer(behind["said"])
    told = [s.text for s in unit.sentences[1:]]
    told += [s.text for n in units.under_at(index) for s in units.units[n].sentences]
    judging = (text for text in told[:_LOOKED_AT] if is_sure(text) and is_of_goal(text))
    return next((of_answer(text) for text in judging), None)


def _goal(source: ReviewSource, unit: Unit, said: Said | None) -> Goal:
    text = unit.lead or name_part(_BRACKET.sub("", unit.text)).strip() or unit.text
    if unit.kind == "row":
        text = next((c for c in unit.cells if sum(map(str.isalpha, c)) > 1), unit.text)
    year = source.note.year
    where = Evidence(source.path, unit.line, unit.text[:300], "check list")
    return Goal(
        text, year, year, "listed", source.path, unit.line, unit.span,
        "judged in a check list, announced nowhere",
        status=_STATUS.get(said, "unknown"), confidence=0.9 if said in _STATUS else 0.0,
        evidence=(where,),
    )  # fmt: skip
