"""`make train`: writes the weights of every decision; `--without AUTHOR --to FOLDER` a fold's."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from training.fates import fates
from training.fit import Row, Table
from training.goals import examples
from training.labels import names
from training.priors import GOAL_ITEM, GOAL_PROSE, REVIEW
from training.reviews import corpus_rows, review_rows
from vaultdots.note.review_score import MEANS as REVIEW_MEANS
from vaultdots.retrospective.goal_features import MEANS as GOAL_MEANS

SRC = Path(__file__).parents[1] / "src" / "vaultdots"


class Task(NamedTuple):
    """One decision to learn. precision: what the threshold must reach on authors left out."""

    name: str
    room: str
    question: str
    means: Mapping[str, str]
    rows: Callable[[str], Sequence[Row]]
    precision: float
    strength: float = 0.3
    prior: Mapping[str, float] = {}
    always: Callable[[], Sequence[Row]] = tuple
    confidence: float | None = None
    """The threshold, where it is not chosen by what authors left out had right."""


def goal_rows(*, prose: bool) -> Callable[[str], list[Row]]:
    """The rows of one of the two decisions about goals, by author."""

    def rows(author: str) -> list[Row]:
        return [(e.author, e.features, e.label) for e in examples(author, prose=prose)]

    return rows


_STATED = 0.35
"""Confidence from which a paragraph states a goal: one threshold for all folds. The one that serves
the labelled authors best is higher by what the others of their kind never say."""

TASKS = (
    Task(
        "review", "note", "Is this note a review, where its name alone does not say so?",
        REVIEW_MEANS, review_rows, 0.95, 1.0, REVIEW, corpus_rows,
    ),
    Task(
        "goal_item", "retrospective",
        "Is this item, row or heading of a review one of its goals?",
        GOAL_MEANS, goal_rows(prose=False), 0.92, 0.3, GOAL_ITEM,
    ),
    Task(
        "goal_prose", "retrospective", "Does this paragraph of a review state a goal?",
        GOAL_MEANS, goal_rows(prose=True), 0.80, 0.3, GOAL_PROSE, confidence=_STATED,
    ),
)  # fmt: skip


@cache
def table_of(name: str) -> Table:
    """The rows of a decision, of all authors, read once."""
    task = next(task for task in TASKS if task.name == name)
    rows = [*task.always(), *(row for author in names() for row in task.rows(author))]
    seen = {feature for row in rows for feature in row[1]} | set(task.prior)
    used = [feature for feature in task.means if feature in seen]
    unknown = {feature for row in rows for feature in row[1]} - set(task.means)
    assert not unknown, unknown
    return Table(rows, used, task.prior)


def threshold(right: NDArray[np.float64], sure: NDArray[np.float64], precision: float) -> float:
    """The confidence with the best F1 among those that reach `precision` on authors left out; of
    those that are hardly worse the one nearest to an even chance: it is the same for any author."""
    scores: dict[float, float] = {}
    total = float(right.sum())
    for step in range(10, 90, 2):
        at = step / 100
        true = float(right[sure >= at].sum())
        false = float((sure >= at).sum()) - true
        if not true:
            continue
        share, found = true / (true + false), true / total
        scores[at] = 2 * share * found / (share + found) - 3 * max(0.0, precision - share)
    best = max(scores.values(), default=0.0)
    return min((at for at in scores if scores[at] >= best - _HARDLY), key=_from_even, default=0.5)


_HARDLY = 0.01


def _from_even(at: float) -> float:
    return abs(at - 0.5)


def text_of(
    question: str,
    means: Mapping[str, str],
    weights: Mapping[str, float],
    bias: float,
    at: float,
) -> str:
    """The text of a decision's weights file."""
    lines = [
        f"# {question}",
        "# Written by `make train` from labelled authors (docs/retrospectives.md): the weighted",
        "# sum of the features that are there, and the bias, is how likely the answer is yes.",
        f"threshold = {at}",
        f"bias = {bias}",
    ]
    for name in sorted(weights, key=lambda name: -weights[name]):
        lines += [
            "",
            "[[feature]]",
            f"name = {json.dumps(name)}",
            f"weight = {weights[name]}",
            f"means = {json.dumps(means[name], ensure_ascii=False)}",
        ]
    return "\n".join(lines) + "\n"


def learn(task: Task, without: str = "") -> str:
    """The text of a decision's weights file."""
    table = table_of(task.name)
    left = {without} - {""}
    inside = ~np.isin(table.author, sorted(left))
    sure = table.left_out(task.strength, left)
    at = task.confidence or threshold(table.target[inside], sure[inside], task.precision)
    model = table.fit(task.strength, left)
    return text_of(task.question, task.means, model.weights, model.bias, at)


def write(without: str, to: Path | None, only: str = "") -> list[Path]:
    """Write the weights, to their own places or to a folder."""
    texts = [(task.room, task.name, learn(task, without)) for task in TASKS if only in task.name]
    if only in "answer":
        texts += [
            ("retrospective", d.name, text_of(d.asks, d.means, d.weights, d.bias, d.threshold))
            for d in fates().learn(without)
        ]
    written = []
    for room, name, text in texts:
        folder = to or SRC / room / "weights"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
        written.append(folder / f"{name}.toml")
    return written


def main() -> None:
    """Write the weights that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--without", default="", help="an author who is left out")
    parser.add_argument("--to", type=Path, help="a folder for the weights, else their own places")
    parser.add_argument("--only", default="", help="the decision to learn")
    options = parser.parse_args()
    for path in write(options.without, options.to, options.only):
        print(path)


if __name__ == "__main__":
    main()
