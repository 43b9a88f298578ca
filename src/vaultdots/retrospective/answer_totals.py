"""What a review says of goals as goals: of all of a list at once, or in a sentence that speaks of
goals and names one by a word that no other has: `Of my goals I met the marathon, not the novel`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vaultdots.retrospective.answer_signs import bare_of
from vaultdots.retrospective.answer_units import AnswerUnits
from vaultdots.retrospective.answers import Answer
from vaultdots.retrospective.asked import Asked
from vaultdots.retrospective.frame import ahead_year
from vaultdots.retrospective.goal_lists import NAMES_GOAL
from vaultdots.retrospective.matching import terms
from vaultdots.retrospective.modals import is_question
from vaultdots.retrospective.model import Evidence
from vaultdots.retrospective.verdicts import Said, clauses
from vaultdots.retrospective.words import any_of
from vaultdots.text.periods import periods_in

_FIELDS = frozenset({"work", "project", "people", "travel", "study", "health", "book", "talk"})
"""Kinds of sections whose goals may be those of that field."""
_SURE = 0.7
"""How sure an answer is that names no goal."""


class Totals:
    """The sentences of a review that speak of goals and judge them."""

    def __init__(self, units: AnswerUnits, goals: Sequence[Asked]) -> None:
        self._lists = {goal.under for goal in goals if NAMES_GOAL.search(goal.under)}
        self._names = [(goal.bare, frozenset(goal.words)) for goal in goals]
        self._said: list[tuple[frozenset[str] | None, str, Answer]] = []
        self._elses: set[Said] = set()
        """What is said of all goals of whoever else: where it differs, nobody knows whose."""
        path = units.document.source.path
        for index, unit in enumerate(units.units):
            if unit.kind != "paragraph" or units.heads[unit.stretch].goals:
                continue
            before = units.units[index - 1] if index else unit
            behind = before.kind == "item" and before.stretch == unit.stretch
            texts = [sentence.text for sentence in unit.sentences]
            for n, text in enumerate(texts):
                if ahead_year(text, units.frame) is not None:
                    continue
                if is_question(text):
                    text = " ".join(texts[n : n + 2])  # asked of oneself, and answered
                where = Evidence(path, unit.sentences[n].line, text, "of goals")
                these = behind and not _is_of_others(text) and _of_all(text, "all_these")
                own = self._is_own(text, units, index, behind)
                self._said += [
                    (frozenset({one}), "", Answer(told, _SURE, where))
                    for one, told in (self._of_one(text) if own else ())
                ]
                said = these or _of_all(text, "in_all")
                if said and not (these or own):
                    self._elses.add(said)
                elif said:
                    whose = units.restated_by(index - 1) if these else None
                    self._said.append((whose, bare_of(text), Answer(said, _SURE, where)))

    def _is_own(self, text: str, units: AnswerUnits, index: int, behind: bool) -> bool:
        """Whether a sentence speaks of the goals of the writer's own list: it says so, or stands
        behind that list, or under a heading that speaks of them. behind: it stands behind a list.
        """
        if _is_of_others(text) or _of_other_years(text, units.frame.year):
            return False
        said = bare_of(text)
        if any(said.startswith(name) and not _named("", name) for name in self._lists):
            return True  # by the name of a list: `쉬운 목표는 모두 지켰다`
        part = units.document.stretches[units.units[index].stretch]
        heading = part.heading if part.level > 1 or part.bold else ""
        if NAMES_GOAL.search(heading) or (behind and units.restated_by(index - 1)):
            return _named("", text) and not _is_of_others(heading)
        if part.kind in _FIELDS:
            return False
        return _named("year", text) or (_named("mine", text) and not heading)

    def _of_one(self, text: str) -> Iterator[tuple[str, Said]]:
        """The goals that clauses of a sentence about goals name, each alone, and what they say."""
        if NAMES_GOAL.search(text) is None:
            return
        for clause in clauses(text):
            words = set(terms(clause.text))
            named = [bare for bare, own in self._names if own & words]
            if clause.sure and clause.said is not None and len(named) == 1:
                yield named[0], clause.said

    def of(self, wanted: Asked) -> Answer | None:
        """What is said of a goal, None where two sentences differ. A sentence that holds the
        heading of a list is of that list alone, one right behind a list of what that restates; one
        of all goals is of those that stand in a list or under a heading of goals."""
        aimed = wanted.goal.strength == "listed" or wanted.under in self._lists
        found = []
        for whose, bare, answer in self._said:
            named = {heading for heading in self._lists if heading in bare}
            if wanted.bare not in whose if whose is not None else not aimed:
                continue
            if whose is not None or not named or wanted.under in named:
                found.append(answer)
        said = self._elses.union(answer.said for answer in found)
        return found[0] if found and len(said) == 1 else None


def _named(flag: str, text: str) -> bool:
    """Whether a text begins with the name of the writer's own goals. flag: one that says whose."""
    return any_of("goals", "own_goals", flag).match(text) is not None


def _is_of_others(text: str) -> bool:
    """Whether a text tells of others or of their goals, or only passes on what they say."""
    tables = ("other_owner", "someone", "reported")
    return any(any_of("goals", table).search(text) for table in tables)


def _of_other_years(text: str, year: int | None) -> bool:
    """Whether a text names another year than the review's."""
    return any(m.year not in {None, year} for m in periods_in(text))


def _of_all(text: str, table: str) -> Said | None:
    """What a sentence says of all goals, where it says the same of each."""
    all_of = any_of("goals", table).search
    if not all_of(text) or is_question(text):
        return None
    judged = [c.said for c in clauses(text) if c.sure and all_of(c.text)]
    return judged[0] if len(judged) == 1 and judged[0] in {"kept", "dropped"} else None
