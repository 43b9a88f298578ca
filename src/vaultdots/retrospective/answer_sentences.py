"""What names and single sentences hold of a goal, and what a unit is by itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from vaultdots.retrospective.answer_signs import bare_of
from vaultdots.retrospective.asked import SEEN, Asked, Rarity, grams_of
from vaultdots.retrospective.document import Unit
from vaultdots.retrospective.frame import Frame, ahead_year
from vaultdots.retrospective.matching import Weights, coverage, terms
from vaultdots.retrospective.modals import is_past, strength_of
from vaultdots.retrospective.verdicts import is_sure
from vaultdots.retrospective.words import any_of
from vaultdots.text.tuples import NamedTuple

CALLED_SO = 0.75
"""Share of letters from which a name is the goal's."""
REPEATED = 0.8
"""Share of a line's letters from which it only says again what was announced."""
_OPENS = 10
"""Letters from which the beginning of a goal names it."""


class Heard(NamedTuple):
    """A sentence: its runs of letters, its words, whether it speaks of an aim set before."""

    grams: frozenset[str]
    words: Sequence[str]
    of_aim: bool


def heard_in(unit: Unit) -> list[Heard]:
    """The sentences of a unit."""
    texts = [s.text[:SEEN] for s in unit.sentences] or [unit.text[:SEEN]]
    meant = any_of("goals", "meant").search
    return [Heard(grams_of(bare_of(t)), terms(t), meant(t) is not None) for t in texts]


def fits(wanted: Asked, name: frozenset[str], rarity: Rarity) -> tuple[float, float]:
    """How much of a goal a name holds, and how much of the name is the goal's. name: its runs of
    letters."""
    holds = rarity.covers(wanted.grams, name)
    of_goal = len(wanted.told & name) / max(1, len(name))
    if len(name) >= _OPENS and of_goal >= REPEATED:
        # `2. Keep painting`: how the goal begins.
        opening = grams_of(wanted.bare[: len(name) + 2])
        if len(opening & name) >= REPEATED * len(name):
            holds = max(holds, CALLED_SO)
    return holds, of_goal


def in_one(
    wanted: Asked, sentences: Iterable[Heard], weights: Weights, rarity: Rarity, least: float
) -> dict[str, float]:
    """The features of a goal's being told in one sentence: the most that any of them holds of it
    (`in-one`), and the most that one does which speaks of an aim (`meant`). least: below it nothing
    is said of that."""
    most = meant = 0.0
    for heard in sentences:
        if not wanted.grams & heard.grams:
            continue
        held = coverage(wanted.words, heard.words, weights)
        if not wanted.bare.isascii():
            held = max(held, rarity.covers(wanted.grams, heard.grams))
        most = max(most, held)
        if heard.of_aim:
            meant = max(meant, held)
    return {"in-one": most} | ({"meant": meant} if meant >= least else {})


def tells_of_aim(unit: Unit) -> bool:
    """Whether a sentence judges an aim of before: `작년에 목표한 수영은 못 했다`."""
    meant = any_of("goals", "meant").search
    return any(meant(s.text) and is_past(s.text) and is_sure(s.text) for s in unit.sentences)


def by_itself(unit: Unit, frame: Frame) -> dict[str, float]:
    """The features of a unit whatever the goal is."""
    text = unit.text[:SEEN]
    past = is_past(text)
    ahead = ahead_year(text, frame) is not None
    said = {
        "judges": is_sure(text), "tells": past,
        "heading": unit.kind == "heading", "paragraph": unit.kind == "paragraph",
        "nested": unit.parent is not None,
        "says-ahead": ahead or (strength_of(text) is not None and not past),
    }  # fmt: skip
    return {name: 1.0 for name, there in said.items() if there}
