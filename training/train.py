"""`make train`: writes the weights of every decision; `--without AUTHOR --to FOLDER` a fold's."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from training.answers import said_rows, unit_rows
from training.fit import Row, fit, left_out
from training.goals import examples
from training.labels import names
from training.reviews import corpus_rows, review_rows
from vaultdots.note.review_score import MEANS as REVIEW_MEANS
from vaultdots.retrospective.answers import SAID_MEANS, SAYS, UNIT_MEANS
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
    always: Callable[[], Sequence[Row]] = tuple
    fixed: float | None = None


def goal_rows(*, prose: bool) -> Callable[[str], list[Row]]:
    """The rows of one of the two decisions about goals, by author."""

    def rows(author: str) -> list[Row]:
        return [(e.author, e.features, e.label) for e in examples(author, prose=prose)]

    return rows


TASKS = (
    Task(
        "review", "note", "Is this note a review, where its name alone does not say so?",
        REVIEW_MEANS, review_rows, 0.95, 1.0, corpus_rows,
    ),
    Task(
        "goal_item", "retrospective",
        "Is this item, row or heading of a review one of its goals?",
        GOAL_MEANS, goal_rows(prose=False), 0.92,
    ),
    Task(
        "goal_prose", "retrospective", "Does this paragraph of a review state a goal?",
        GOAL_MEANS, goal_rows(prose=True), 0.80,
    ),
    Task(
        "answer_unit", "retrospective", "Does this unit of a later review answer for the goal?",
        UNIT_MEANS, unit_rows, 0.80, 1.0, fixed=0.2,
    ),
    *(
        Task(
            f"answer_{said}", "retrospective",
            f"Does the unit that answers for a goal say that it was {said}?",
            SAID_MEANS, said_rows(said), 0.90, 0.5,
        )
        for said in SAYS
    ),
)  # fmt: skip


def threshold(rows: Sequence[Row], sure: Sequence[float], precision: float) -> float:
    """The confidence with the best F1 among those that reach `precision` on authors left out."""
    best = (0.0, 0.5)
    total = sum(label for _, _, label in rows)
    for step in range(10, 90, 2):
        at = step / 100
        true = sum(1 for p, row in zip(sure, rows, strict=True) if p >= at and row[2])
        false = sum(1 for p, row in zip(sure, rows, strict=True) if p >= at and not row[2])
        if not true:
            continue
        right, found = true / (true + false), true / total
        score = 2 * right * found / (right + found) - 3 * max(0.0, precision - right)
        best = max(best, (round(score, 4), at))
    return best[1]


def learn(task: Task, authors: Sequence[str]) -> str:
    """The text of a decision's weights file."""
    rows = [*task.always(), *(row for author in authors for row in task.rows(author))]
    used = [name for name in task.means if any(name in row[1] for row in rows)]
    unknown = {name for row in rows for name in row[1]} - set(task.means)
    assert not unknown, unknown
    sure = left_out(rows, used, task.strength)
    at = threshold(rows, sure, task.precision) if task.fixed is None else task.fixed
    model = fit(rows, used, task.strength)
    lines = [
        f"# {task.question}",
        "# Written by `make train` from labelled authors (docs/retrospectives.md): the weighted",
        "# sum of the features that are there, and the bias, is how likely the answer is yes.",
        f"threshold = {at}",
        f"bias = {model.bias}",
    ]
    for name in sorted(used, key=lambda name: -model.weights[name]):
        lines += [
            "",
            "[[feature]]",
            f"name = {json.dumps(name)}",
            f"weight = {model.weights[name]}",
            f"means = {json.dumps(task.means[name], ensure_ascii=False)}",
        ]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Write the weights that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--without", default="", help="an author who is left out")
    parser.add_argument("--to", type=Path, help="a folder for the weights, else their own places")
    parser.add_argument("--only", default="", help="the decision to learn")
    options = parser.parse_args()
    if options.to is not None:
        os.environ["DOTS_WEIGHTS"] = str(options.to)  # what comes later builds on what is learned
    authors = [name for name in names() if name != options.without]
    for task in TASKS:
        if options.only in {"", task.name}:
            folder = options.to or SRC / task.room / "weights"
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"{task.name}.toml").write_text(learn(task, authors), encoding="utf-8")
            print(folder / f"{task.name}.toml")


if __name__ == "__main__":
    main()
