"""The examples from which it is learned which unit answers for a goal, and what it says."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from training.fit import Row
from training.labels import labels, sources
from vaultdots.retrospective.answers import SAYS, AnswerIndex, Asked, asked, heading_at
from vaultdots.retrospective.document import document_of
from vaultdots.retrospective.model import Goal, ReviewSource
from vaultdots.text.spans import Span


@cache
def _index(source: ReviewSource) -> AnswerIndex:
    return AnswerIndex(document_of(source))


def _asked(author: str) -> Iterator[tuple[dict[str, Any], Asked, AnswerIndex]]:
    """Each labelled goal with each review of the years that it may be for."""
    by_path = {source.path: source for source in sources(author)}
    for entry in labels(author)["goals"]:
        source = by_path.get(entry["path"])
        if source is None:
            continue
        target = entry["target"][0] if entry["target"] else None
        goal = Goal(
            entry["text"][:200], source.note.year, target, "listed", source.path, entry["line"],
            Span(0, 0), "",
        )  # fmt: skip
        wanted = asked(goal, heading_at(document_of(source), entry["line"]))
        for review in by_path.values():
            own = review.path == source.path
            able = not own or review.note.period != "year"
            if able and review.target is None and review.note.year in entry["target"]:
                yield entry, wanted, _index(review)


def unit_rows(author: str) -> list[Row]:
    """Units near a goal: 1 the one where a reader found the answer."""
    rows: list[Row] = []
    for entry, wanted, index in _asked(author):
        path, line = _place(entry.get("evidence"))
        if path != index.document.source.path:
            continue
        for at in index.near(wanted):
            unit = index.units[at]
            lines = {unit.line} | {s.line for s in unit.sentences}
            right = line in lines
            rows.append((author, index.unit_features(wanted, at), int(right)))
    return rows


def _place(evidence: Any) -> tuple[str, int]:
    if isinstance(evidence, dict):
        return str(evidence["path"]), int(evidence["line"])
    if isinstance(evidence, str) and ":" in evidence:
        path, _, line = evidence.rpartition(":")
        return path, int(line) if line.isdigit() else 0
    return "", 0


def said_rows(said: str) -> Any:
    """For each goal the best unit of its year's reviews: 1 where a reader accepts `said`."""

    def rows(author: str) -> list[Row]:
        best: dict[int, tuple[float, dict[str, float], dict[str, Any]]] = {}
        for entry, wanted, index in _asked(author):
            found = index.best(wanted, index.forbidden(wanted))
            if found is None:
                continue
            at, sure = found
            key = id(entry)
            if key not in best or sure > best[key][0]:
                best[key] = (sure, index.said_features(wanted, at, sure), entry)
        return [
            (author, features, int(bool(_accepted(entry) & {said})))
            for _, features, entry in best.values()
        ]

    return rows


def _accepted(entry: dict[str, Any]) -> set[str]:
    return {"dropped" if status == "carried" else status for status in entry["fate"]} & set(SAYS)
