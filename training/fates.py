"""Learns what became of goals: which unit answers, what it says, and whether that is to be told.

Three decisions, each learned on what the one before gets right on authors that it has not seen.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from training.answers import Question, questions
from training.fit import Row, Table
from training.labels import names
from training.priors import SAID, TOLD, UNIT
from vaultdots.retrospective.answer_units import UNIT_MEANS
from vaultdots.retrospective.answers import SAID_MEANS, SAYS, TOLD_MEANS, is_marked, said_of

PRECISION = 0.78
"""What the answers must reach inside a fold. Those of the author who is left out reach more
(docs/retrospectives.md). Chosen among .75 to .86 by what authors left out had right of both."""
_UNIT, _SAID, _TOLD = 1.0, 0.5, 0.5
"""Inverse of the regularisation of each."""


class Pick(NamedTuple):
    """The unit that is likeliest to answer a question, and how likely."""

    at: int
    sure: float


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

    def _picks(self, without: Callable[[str], frozenset[str]]) -> list[Pick | None]:
        """For each question the likeliest unit by the weights of all authors but some."""
        found: list[Pick | None] = []
        for number, question in enumerate(self.questions):
            start, end = self._starts[number], self._starts[number + 1]
            if start == end:
                found.append(None)
                continue
            score = self._all.matrix[start:end] @ self._unit_weights(without(question.author))
            at = int(np.argmax(score))
            found.append(Pick(at, float(1 / (1 + np.exp(-score[at])))))
        return found

    def _says(self, number: int, pick: Pick) -> dict[str, float]:
        """What the picked unit says."""
        key = (number, pick.at)
        if key not in self._said:
            question = self.questions[number]
            near = question.near[pick.at]
            self._said[key] = near.index.said_features(question.wanted, near.at, near.features, 0.0)
        return {**self._said[key], "sure-unit": pick.sure}

    def learn(self, without: str = "") -> list[Learned]:
        """The decisions of a fold."""
        outer = frozenset({without} - {""})
        picks = self._picks(lambda author: outer | {author})
        inside = [
            (n, pick, self._says(n, pick))
            for n, pick in enumerate(picks)
            if pick is not None and self.questions[n].author not in outer
        ]
        said = {
            status: Table(
                [
                    (self.questions[n].author, says, int(accepts(self.questions[n], status)))
                    for n, _, says in inside
                ],
                list(SAID_MEANS), SAID[status],
            )
            for status in SAYS
        }  # fmt: skip
        sure = {status: table.left_out(_SAID) for status, table in said.items()}
        rows: list[Row] = []
        marked = []
        for row, (n, pick, says) in enumerate(inside):
            question = self.questions[n]
            near = question.near[pick.at]
            likely = {status: float(sure[status][row]) for status in SAYS}
            answer = said_of(says, likely)
            told = near.index.told_features(question.wanted, near.features, says, answer, likely)
            rows.append((question.author, told, int(accepts(question, answer))))
            marked.append(is_marked(near.features, says))
        tells = Table(rows, list(TOLD_MEANS), TOLD)
        confidence = np.where(np.array(marked), 1.0, tells.left_out(_TOLD))
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
        at = threshold(confidence, tells.target, PRECISION)
        learned.append(
            Learned(
                "answer_told", "Is what the unit says to be told as the goal's fate?",
                TOLD_MEANS, fit.weights, fit.bias, at,
            )
        )  # fmt: skip
        return learned


def accepts(question: Question, said: str) -> bool:
    """Whether a reader lets an answer pass; what is carried over was not done."""
    return said in {"dropped" if s == "carried" else s for s in question.accepted}


def threshold(
    confidence: NDArray[np.float64], right: NDArray[np.float64], precision: float
) -> float:
    """The lowest confidence from which `precision` of the answers are right."""
    order = np.argsort(-confidence, kind="stable")
    share = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    reached = np.where(share >= precision)[0]
    if not len(reached):
        return 0.99
    return round(min(0.99, float(confidence[order[reached[-1]]])), 2)


@cache
def fates() -> Fates:
    """All of them, read once."""
    return Fates()
