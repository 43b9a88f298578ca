"""Which candidates of a section are suggested, and which of them as one group."""

from __future__ import annotations

from collections.abc import Sequence

from vaultdots.retrospective.connect_groups import FEWEST, Group
from vaultdots.retrospective.weights import FURTHER, LEAST, SPEAKS, SURE_FIRST
from vaultdots.text.tuples import NamedTuple

DEFAULT_MOST = 5
"""Suggestions a section that are shown unless more are asked for."""
_TOGETHER = 3
"""Notes of a group that are suggested at once, from which the group is the suggestion."""
_NAMED_TOGETHER = 2
"""… where the section's own heading names it."""


_ALONE = 0.5
"""A note that is named and this sure is a suggestion of its own, whatever it is a part of."""


class Thresholds(NamedTuple):
    """Confidences from which a section speaks, others stand beside its best, and further ones
    follow that many sure ones where more than usual are asked for."""

    speaks: float = SPEAKS
    least: float = LEAST
    further: float = FURTHER
    sure_first: int = SURE_FIRST


_IN_USE = Thresholds()


class Judged(NamedTuple):
    """A candidate and how sure it is (0–1). near: it was written in the months of the section.

    named: by its own title or words of it, not only by what it is a part of.
    groups: those that a line names and it is in; headed: those that the heading names.
    filed: nothing but its tag, its folder or its date speaks for it.
    """

    sure: float
    path: str
    near: bool
    named: bool
    groups: frozenset[Group]
    headed: frozenset[Group]
    filed: bool = False


class Suggestion(NamedTuple):
    """One note, or a group with the notes of it that the section may mean, the likeliest first."""

    sure: float
    group: Group | None
    notes: tuple[str, ...]


def suggestions(
    told: Sequence[Judged],
    most: int = DEFAULT_MOST,
    limits: Thresholds = _IN_USE,
) -> list[Suggestion]:
    """What a section suggests, the surest first; nothing where its best candidate is not sure.

    told: the candidates that are not linked yet, the surest first. most: that are asked for; only
    with more than usual do less sure ones follow the sure ones.
    """
    if not told or told[0].sure < limits.speaks:
        return []
    least = limits.least
    shown = [one for one in told if one.sure >= least]
    if most <= DEFAULT_MOST:
        # What is only filed beside what the line says is worth a look, not a word.
        shown = [one for one in shown if not one.filed or one.sure >= limits.speaks]
    if most > DEFAULT_MOST and len(shown) >= limits.sure_first:
        shown = [one for one in told if one.sure >= min(least, limits.further)]
    taken = {one.path for one in told if one.named and one.sure >= _ALONE}
    found = [Suggestion(one.sure, None, (one.path,)) for one in told if one.path in taken]
    for group in _groups([one for one in told if one.path not in taken], least):
        members = [one for one in told if group in one.groups and one.path not in taken]
        if sum(one.sure >= least for one in members) < _NAMED_TOGETHER:
            continue
        taken.update(one.path for one in members)
        best = max(one.sure for one in members)
        members.sort(key=lambda one: (not one.near, -one.sure, one.path))
        found.append(Suggestion(best, group, tuple(one.path for one in members)))
    found += [Suggestion(one.sure, None, (one.path,)) for one in shown if one.path not in taken]
    return sorted(found, key=lambda one: (-one.sure, one.notes))


def _groups(told: Sequence[Judged], least: float) -> list[Group]:
    """The groups of which enough notes are suggested, those of most such notes first."""
    members: dict[Group, list[Judged]] = {}
    for one in told:
        for group in one.groups:
            members.setdefault(group, []).append(one)
    worth = []
    for group, ones in members.items():
        sure = sum(one.sure >= least for one in ones)
        needed = _NAMED_TOGETHER if any(group in one.headed for one in ones) else _TOGETHER
        if len(ones) >= FEWEST and sure >= needed:
            worth.append((-sure, len(ones), group.kind != "tag", group.name, group))
    return [row[-1] for row in sorted(worth, key=lambda row: row[:4])]
