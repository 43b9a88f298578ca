"""Learns what became of goals: which unit answers, what it says, and whether that is to be told.

Three decisions, each learned on what the one before gets right on authors that it has not seen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from training.answer_meanings import SAID_MEANS, TOLD_MEANS, UNIT_MEANS
from training.answers import Question, questions
from training.fit import Fit, Row, Table
from training.labels import names
from training.priors import SAID, TOLD, UNIT
from vaultdots.retrospective.answer_rules import SAYS, said_of
from vaultdots.retrospective.answers import WEIGHED, odds

CONFIDENCE = 0.7
"""Confidence, as the weights tell it, from which an answer is told: the same in every fold, so that
nothing is fitted to how often the answers to few authors are right. Chosen among .5 to .8 by what
authors left out had right of both (docs/retrospectives.md)."""
_UNIT, _SAID, _TOLD = 1.0, 0.5, 0.05
"""Inverse of the regularisation of each: whether an answer is told rests mostly on what is known
before any label is seen, since few authors answer in each form."""


_LIKELY = 0.5
"""Confidence from which a unit is taken for the answer where no reader wrote down where it is."""


class Pick(NamedTuple):
    """A unit that may answer a question, and how likely."""

    at: int
    sure: float


class Read(NamedTuple):
    """What is read of a question. told: the features of its being told."""

    author: str
    said: str
    told: dict[str, float]
    right: bool


class Learned(NamedTuple):
    """One decision of a fold."""

    name: str
    asks: str
    means: dict[str, str]
    weights: dict[str, float]
    bias: float
    threshold: float


class Fates:
    """Every labelled goal, its units as one matrix."""

    def __init__(self) -> None:
        self.questions = [question for author in names() for question in questions(author)]
        rows: list[Row] = [
            (question.author, near.features, int(bool(near.answers)))
            for question in self.questions
            for near in question.near
        ]
        known = [near.answers is not None for question in self.questions for near in question.near]
        self._all = Table(rows, list(UNIT_MEANS), UNIT)
        self._units = Table(
            [row for row, there in zip(rows, known, strict=True) if there], list(UNIT_MEANS), UNIT
        )
        self._starts = np.cumsum([0, *(len(question.near) for question in self.questions)])
        self._solved: dict[frozenset[str], NDArray[np.float64]] = {}
        self._said: dict[tuple[int, int], dict[str, float]] = {}

    def _unit_weights(self, without: frozenset[str]) -> NDArray[np.float64]:
        if without not in self._solved:
            self._solved[without] = self._units.solve(_UNIT, without)
        return self._solved[without]

    def _picks(self, without: Callable[[str], frozenset[str]]) -> list[list[Pick]]:
        """For each question the likeliest units by the weights of all authors but some."""
        found: list[list[Pick]] = []
        for number, question in enumerate(self.questions):
            start, end = self._starts[number], self._starts[number + 1]
            if start == end:
                found.append([])
                continue
            score = self._all.matrix[start:end] @ self._unit_weights(without(question.author))
            best = np.argsort(-score, kind="stable")[:WEIGHED]
            found.append([Pick(int(at), float(1 / (1 + np.exp(-score[at])))) for at in best])
        return found

    def _says(self, number: int, pick: Pick) -> dict[str, float]:
        """What the picked unit says."""
        key = (number, pick.at)
        if key not in self._said:
            question = self.questions[number]
            near = question.near[pick.at]
            self._said[key] = near.index.said_features(question.wanted, near.at, near.features)
        return self._said[key]

    def _is_right(self, number: int, pick: Pick) -> bool:
        """Whether a picked unit is the answer; where no reader wrote that down, whether it is
        likely to be."""
        answers = self.questions[number].near[pick.at].answers
        return pick.sure >= _LIKELY if answers is None else answers

    def read(
        self, number: int, of: Sequence[tuple[Pick, dict[str, float]]], fits: Mapping[str, Fit]
    ) -> Read:
        """What the likeliest units say by the weights `fits`, and why that is to be told."""
        question = self.questions[number]
        told = []
        for pick, says in of:
            likely = {status: fits[status].probability(says) for status in SAYS}
            told.append((pick, says, likely, said_of(says, likely)))
        pick, says, likely, answer = told[0]
        near = question.near[pick.at]
        beside = [(odds(other.sure), verdict) for other, _, _, verdict in told[1:]]
        why = near.index.told_features(
            question.wanted, near.features, says, pick.sure, answer, likely, beside
        )
        return Read(question.author, answer, why, accepts(question, answer))

    def learn(self, without: str = "") -> list[Learned]:
        """The decisions of a fold."""
        outer = frozenset({without} - {""})
        picks = self._picks(lambda author: outer | {author})
        inside = [
            (n, [(pick, self._says(n, pick)) for pick in of])
            for n, of in enumerate(picks)
            if of and self.questions[n].author not in outer
        ]
        said = {
            status: Table(
                [
                    (self.questions[n].author, of[0][1], int(accepts(self.questions[n], status)))
                    for n, of in inside
                    if self._is_right(n, of[0][0])
                ],
                list(SAID_MEANS), SAID[status],
            )
            for status in SAYS
        }  # fmt: skip
        authors = {self.questions[n].author for n, _ in inside}
        without_own = {
            author: {status: said[status].fit(_SAID, {author}) for status in SAYS}
            for author in authors
        }
        read = [self.read(n, of, without_own[self.questions[n].author]) for n, of in inside]
        rows: list[Row] = [(r.author, r.told, int(r.right)) for r in read]
        tells = Table(rows, list(TOLD_MEANS), TOLD)
        unit = self._units.fit(_UNIT, outer)
        learned = [
            Learned(
                "answer_unit", "Does this unit of a later review answer for the goal?",
                UNIT_MEANS, unit.weights, unit.bias, 0.5,
            )
        ]  # fmt: skip
        for status, table in said.items():
            fit = table.fit(_SAID)
            asks = f"Does the unit that answers for a goal say that it was {status}?"
            learned.append(
                Learned(f"answer_{status}", asks, SAID_MEANS, fit.weights, fit.bias, 0.5)
            )
        fit = tells.fit(_TOLD)
        learned.append(
            Learned(
                "answer_told", "Is what the unit says to be told as the goal's fate?",
                TOLD_MEANS, fit.weights, fit.bias, CONFIDENCE,
            )
        )  # fmt: skip
        return learned


def accepts(question: Question, said: str) -> bool:
    """Whether a reader lets an answer pass; what is carried over was not done."""
    return said in {"dropped" if s == "carried" else s for s in question.accepted}


@cache
def fates() -> Fates:
    """All of them, read once."""
    return Fates()
