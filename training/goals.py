"""The examples from which it is learned what is a goal: every unit of every labelled review."""

from __future__ import annotations

from typing import NamedTuple

from training.labels import labels, sources
from vaultdots.retrospective.document import document_of
from vaultdots.retrospective.goal_features import GoalFeatures
from vaultdots.retrospective.goals import in_prose


class Example(NamedTuple):
    """A unit with what a reader says of it. label: 1 a goal, 0 none."""

    author: str
    path: str
    line: int
    text: str
    features: dict[str, float]
    label: int


def examples(author: str, *, prose: bool) -> list[Example]:
    """The units of an author's notes: what says it in running text (prose), or items, rows and
    headings. What a reader is in doubt of is left out."""
    marked = labels(author)
    goals = {(g["path"], line) for g in marked["goals"] for line in g["lines"]}
    neutral = {(d["path"], d["line"]) for d in (*marked["doubtful"], *marked["retold"])}
    found = []
    for source in sources(author):
        document = document_of(source)
        features = GoalFeatures(document)
        for index, unit in enumerate(document.units):
            said = features.of(index)
            if in_prose(unit, said) != prose:
                continue
            if unit.kind == "heading" and not document.stretches[unit.stretch].below:
                continue  # what announces goals is none: no question of weights
            lines = {(source.path, s.line) for s in unit.sentences} or {(source.path, unit.line)}
            if lines & goals:
                label = 1
            elif lines & neutral:
                continue
            else:
                label = 0
            found.append(Example(author, source.path, unit.line, unit.text, said, label))
    return found
