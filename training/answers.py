"""The examples from which it is learned which unit answers for a goal, and what it says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from training.labels import labels, sources
from vaultdots.retrospective.answers import AnswerIndex
from vaultdots.retrospective.asked import Asked, asked_in
from vaultdots.retrospective.document import document_of
from vaultdots.retrospective.fate import last_month
from vaultdots.retrospective.frame import frame_of
from vaultdots.retrospective.goals import named
from vaultdots.retrospective.model import Goal, ReviewSource
from vaultdots.text.spans import Span


class Near(NamedTuple):
    """A unit that may answer for a goal. answers: whether a reader found the answer there, None
    where the reader wrote no place down."""

    index: AnswerIndex
    at: int
    features: dict[str, float]
    answers: bool | None


class Question(NamedTuple):
    """A labelled goal with the units that may answer for it. accepted: what a reader lets pass."""

    author: str
    text: str
    wanted: Asked
    accepted: frozenset[str]
    decidable: bool
    near: Sequence[Near]


@cache
def questions(author: str) -> tuple[Question, ...]:
    """Each labelled goal with the units of the reviews of the years that it may be for."""
    by_path = {source.path: source for source in sources(author)}
    wanted: list[tuple[dict[str, Any], Asked]] = []
    for entry in labels(author)["goals"]:
        source = by_path.get(entry["path"])
        if source is None:
            continue
        target = entry["target"][0] if entry["target"] else None
        goal = Goal(
            goal_text(source, entry), source.note.year, target,
            "listed" if entry["form"] == "listed" else "stated", source.path, entry["line"],
            Span(0, 0), "",
        )  # fmt: skip
        wanted.append((entry, asked_in(goal, document_of(source))))
    indices = {}
    for path, review in by_path.items():
        if review.target is None:
            indices[path] = AnswerIndex(document_of(review))
            indices[path].claim([q for entry, q in wanted if review.note.year in entry["target"]])
    found = []
    for entry, question in wanted:
        near: list[Near] = []
        for path, index in indices.items():
            note = index.document.source.note
            able = path != entry["path"] or note.period != "year"
            if note.year == question.goal.made_in and path != entry["path"]:
                # A goal for the rest of the running year is answered by what is written later.
                source = by_path[entry["path"]]
                able = able and last_month(source) < last_month(index.document.source)
            if able and note.year in entry["target"]:
                near += _near(index, question, entry)
        found.append(
            Question(
                author, entry["text"], question, frozenset(entry["fate"]), entry["decidable"], near
            )
        )
    return tuple(found)


def goal_text(source: ReviewSource, entry: dict[str, Any]) -> str:
    """A labelled goal's words as dots would name it: of a bold beginning that, of a listed goal
    its line without the marker, of a paragraph the sentence that names it."""
    document = document_of(source)
    unit = next(
        (u for u in document.units if entry["line"] in {u.line, *(s.line for s in u.sentences)}),
        None,
    )
    if unit is None or unit.kind == "heading":
        return str(entry["text"])[:200]
    return named(unit, frame_of(source))[0]


def _near(index: AnswerIndex, wanted: Asked, entry: dict[str, Any]) -> list[Near]:
    path, line = _place(entry.get("evidence"))
    here = path == index.document.source.path

    def answers(at: int, why: Mapping[str, float]) -> bool:
        return here and line in index.lines(at, wanted if "own-section" in why else None)

    return [  # what nobody can decide is answered nowhere
        Near(
            index, at, why,
            None if not path and entry["decidable"] else answers(at, why),
        )
        for at, why in index.features(wanted, index.forbidden(wanted)).items()
    ]  # fmt: skip


def _place(evidence: Any) -> tuple[str, int]:
    if isinstance(evidence, dict):
        return str(evidence["path"]), int(evidence["line"])
    if isinstance(evidence, str) and ":" in evidence:
        path, _, line = evidence.rpartition(":")
        return path, int(line) if line.isdigit() else 0
    return "", 0
