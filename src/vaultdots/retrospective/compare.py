"""Two years side by side: sections by what they are about, counts, headings and goals."""

from __future__ import annotations

from collections.abc import Sequence

from vaultdots.retrospective.document import outline_of
from vaultdots.retrospective.matching import SAME, same_goal, terms
from vaultdots.retrospective.model import Book, Goal, ReviewSource
from vaultdots.text.tuples import NamedTuple


class Side(NamedTuple):
    """One year's counts. letters: of the review's text, white space left out."""

    year: int
    review: str | None
    sections: int
    letters: int
    goals: int
    kept: int
    books: int
    notes: int


class KindRow(NamedTuple):
    """The headings about one thing in both years."""

    kind: str
    before: tuple[str, ...]
    after: tuple[str, ...]


class GoalChange(NamedTuple):
    """A goal of one list or both: `in` the later one only, `out` of it, or in `both`."""

    text: str
    change: str
    status: str


class Comparison(NamedTuple):
    """Two years side by side."""

    before: Side
    after: Side
    kinds: tuple[KindRow, ...]
    repeated: tuple[str, ...]
    goals: tuple[GoalChange, ...]


class YearSide(NamedTuple):
    """What one year brings to a comparison. goals: those due in it."""

    year: int
    source: ReviewSource | None
    goals: tuple[Goal, ...]
    books: tuple[Book, ...]
    notes: int


def compare(before: YearSide, after: YearSide) -> Comparison:
    """Set two years side by side."""
    one, two = _headings(before), _headings(after)
    order = dict.fromkeys([kind for kind, _ in one] + [kind for kind, _ in two])
    kinds = tuple(
        KindRow(
            kind,
            tuple(heading for k, heading in one if k == kind),
            tuple(heading for k, heading in two if k == kind),
        )
        for kind in order
    )
    there = {heading.casefold() for _, heading in one}
    repeated = tuple(dict.fromkeys(heading for _, heading in two if heading.casefold() in there))
    return Comparison(_side(before), _side(after), kinds, repeated, _changes(before, after))


def _headings(side: YearSide) -> list[tuple[str, str]]:
    if side.source is None:
        return []
    return [(section.kind, section.heading) for section in outline_of(side.source)]


def _side(side: YearSide) -> Side:
    source = side.source
    listed = [goal for goal in side.goals if goal.strength != "wish"]
    return Side(
        side.year,
        source.path if source is not None else None,
        len(outline_of(source)) if source is not None else 0,
        sum(1 for c in source.text[source.note.body :] if not c.isspace()) if source else 0,
        len(listed),
        sum(1 for goal in listed if goal.status == "kept"),
        len(side.books),
        side.notes,
    )


def _changes(before: YearSide, after: YearSide) -> tuple[GoalChange, ...]:
    old = [(goal, terms(goal.text)) for goal in before.goals]
    new = [(goal, terms(goal.text)) for goal in after.goals]
    found: list[GoalChange] = []
    for goal, words in old:
        again = any(_same(words, other) for _, other in new)
        found.append(GoalChange(goal.text, "both" if again else "out", goal.status))
    for goal, words in new:
        if not any(_same(words, other) for _, other in old):
            found.append(GoalChange(goal.text, "in", goal.status))
    order = {"both": 0, "out": 1, "in": 2}
    return tuple(sorted(found, key=lambda change: order[change.change]))


def _same(one: Sequence[str], other: Sequence[str]) -> bool:
    return same_goal(one, other) >= SAME
