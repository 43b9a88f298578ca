"""Which unit of a review a goal is about: named features of each unit near it.

Structure first: the unit that is called as the goal is, in a list that restates other goals too;
the first lines under a heading of the same name; else the rare letters and words that both hold.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property
from math import fsum, log
from typing import NamedTuple

from vaultdots.retrospective.answer_signs import NUMBER, bare_of, mark_of
from vaultdots.retrospective.document import ReviewDocument, Unit
from vaultdots.retrospective.goal_features import TOLD, Frame, ahead_year, frame_of
from vaultdots.retrospective.matching import Weights, coverage, terms, weigh
from vaultdots.retrospective.modals import is_past, strength_of
from vaultdots.retrospective.model import Goal, OwnWords
from vaultdots.retrospective.verdicts import Said, is_sure, name_part

UNIT_MEANS = {
    "covers": "it holds the goal's rare letters",
    "is-covered": "it holds little else than the goal",
    "name-covers": "what it is called holds the goal's rare letters",
    "name-is-covered": "what it is called holds little else than the goal",
    "same-name": "it is called as the goal is",
    "bare-name": "it is called as the goal is, and says no more",
    "sums-up": "it follows a list that restates the goal and says no more of it",
    "holds-words": "it holds the goal's words",
    "shares": "it shares rare words with the goal",
    "most": "no other unit holds as much of the goal",
    "ahead-of": "the next best unit holds much less of the goal",
    "claimed": "another goal is rather meant",
    "beside": "its list restates other goals too",
    "same-heading": "it stands under a heading of the goal's own name",
    "heading-names-it": "its heading holds the goal's words",
    "heading-like": "its heading is like the goal's",
    "opens": "it is among the first under its heading",
    "opens-same": "it is among the first under a heading of the goal's own name",
    "opens-named": "it is among the first under a heading that holds the goal's words",
    "parent-names-it": "the item above it holds the goal's letters",
    "under-check": "it stands under a heading that looks back on goals",
    "under-told": "it stands under a heading that tells of the year",
    "under-ahead": "it stands under a heading that looks ahead",
    "marked": "it is marked as done or not",
    "marked-name": "it is called like the goal, and marked",
    "judges": "it judges",
    "tells": "it tells of the past",
    "numbers": "it holds the goal's number",
    "heading": "it is a heading",
    "row": "it is a table's row",
    "paragraph": "it is a paragraph",
    "nested": "it stands under an item",
    "says-ahead": "it says what will be done",
}
SEEN = 600
"""Characters of a unit that are compared."""
_UNDER = 3
"""Units under a restated goal that are read as its answer."""
_LEAST = 0.12
"""Share of a goal's letters or words below which nothing is about it."""
_NEAR = 60
"""Units near a goal that are looked at."""
_NAMED = 0.75
"""Share of letters from which a name is the goal's."""
_RESTATED = 0.6
"""… and from which a line of a list restates one."""
_SHORT = 120
"""Characters of a line that may be a name as a whole."""
_SHARED = 12.0
"""Weights of shared words that are all that can be shared."""


class Asked(NamedTuple):
    """A goal as it is looked for."""

    goal: Goal
    words: Sequence[str]
    grams: frozenset[str]
    bare: str
    heading: str
    heading_grams: frozenset[str]


def asked(goal: Goal, heading: str, own: OwnWords | None = None) -> Asked:
    """A goal with its words and letters. heading: the one that it stands under."""
    bare, head = bare_of(goal.text), bare_of(heading)
    return Asked(goal, terms(goal.text, own), grams_of(bare), bare, head, grams_of(head))


def grams_of(bare: str) -> frozenset[str]:
    """A text's runs of three letters, of two where it is not all Latin."""
    size = 3 if bare.isascii() else 2
    return frozenset(bare[n : n + size] for n in range(max(1, len(bare) - size + 1)))


class _Head(NamedTuple):
    bare: str
    grams: frozenset[str]
    kind: str
    goals: bool


class AnswerUnits:
    """The units of one review as answers to goals."""

    def __init__(self, document: ReviewDocument, own: OwnWords | None = None) -> None:
        self.document = document
        self.frame: Frame = frame_of(document.source)
        self.units = document.units
        self.bare = [bare_of(unit.text) for unit in self.units]
        self.grams = [grams_of(bare) for bare in self.bare]
        self.names = [
            tuple(dict.fromkeys(grams_of(bare_of(name)) for name in names_of(unit)))
            for unit in self.units
        ]
        self.words = [terms(unit.text[:SEEN], own) for unit in self.units]
        self.weights: Weights = weigh(self.words)
        self.counts = Counter(gram for grams in self.grams for gram in grams)
        self.holders: dict[str, list[int]] = {}
        for index, grams in enumerate(self.grams):
            for gram in grams:
                self.holders.setdefault(gram, []).append(index)
        self.heads = [
            _Head(bare_of(s.heading), grams_of(bare_of(s.heading)), s.kind, s.goals)
            for s in document.stretches
        ]
        self.claims: dict[int, tuple[float, str]] = {}
        """Unit → how much of what it is called the goal holds that it fits best, and which one."""
        self._restated: Counter[tuple[int, int, str]] = Counter()
        """(stretch, group, goal) → how many lines of that list restate the goal; "" any."""
        self._rarity: dict[str, float] = {}
        self._marks: dict[int, Said | None] = {}
        self._alone: dict[int, dict[str, float]] = {}
        self._counted: dict[int, frozenset[str]] = {}

    def claim(self, goals: Iterable[Asked]) -> None:
        """Look which unit restates which of `goals`: all that this review may answer for."""
        for wanted in goals:
            forbidden = self.forbidden(wanted)
            for index in self.near(wanted):
                if index in forbidden:
                    continue
                score = sum(self._named(wanted, index)) / 2
                if score > self.claims.get(index, (0.0, ""))[0]:
                    self.claims[index] = (score, wanted.bare)
        for index, (score, bare) in self.claims.items():
            unit = self.units[index]
            if score >= _RESTATED and unit.kind != "heading":
                self._restated[unit.stretch, unit.group, bare] += 1
                self._restated[unit.stretch, unit.group, ""] += 1

    def _weight(self, gram: str) -> float:
        weight = self._rarity.get(gram)
        if weight is None:
            weight = log((len(self.units) + 1) / (self.counts.get(gram, 0) + 0.5)) + 0.1
            self._rarity[gram] = weight
        return weight

    def _covers(self, wanted: frozenset[str], there: frozenset[str]) -> float:
        total = fsum(map(self._weight, wanted)) or 1.0
        return fsum(map(self._weight, wanted & there)) / total

    def _named(self, wanted: Asked, index: int) -> tuple[float, float]:
        """How much of a goal a unit's name holds, and how much of the name is the goal's."""
        return max(
            (
                (self._covers(wanted.grams, name), len(wanted.grams & name) / max(1, len(name)))
                for name in self.names[index]
            ),
            key=sum,
        )

    def near(self, wanted: Asked) -> list[int]:
        """The units that share a rare part of a goal, or stand under its heading."""
        most = max(8.0, 0.1 * len(self.units))
        found: Counter[int] = Counter()
        for gram in wanted.grams:
            held = self.holders.get(gram, ())
            if len(held) <= most:
                found.update(held)
        for word in set(wanted.words):
            for index in self._by_word.get(word, ()):
                found[index] += 1
        likely = sorted(found, key=lambda index: (-found[index], index))[:_NEAR]
        near = {index for index in likely if not self._is_new(index)}
        for index in sorted(near):
            if self.units[index].kind in {"item", "row"}:
                near.update(self._after_list(index))
        if wanted.heading:
            for index, unit in enumerate(self.units):
                if self.heads[unit.stretch].bare == wanted.heading and not self._is_new(index):
                    near.add(index)
        return sorted(near)

    def _after_list(self, index: int) -> list[int]:
        """The paragraphs right behind the list that a line stands in."""
        unit = self.units[index]
        last = self.document.groups[unit.stretch, unit.group][-1]
        return [
            at
            for at in range(last + 1, min(last + 3, len(self.units)))
            if self.units[at].kind == "paragraph" and self.units[at].stretch == unit.stretch
        ]

    @cached_property
    def _by_word(self) -> dict[str, list[int]]:
        """The units that hold a word that is rare in the review."""
        found: dict[str, list[int]] = {}
        for index, words in enumerate(self.words):
            for word in set(words):
                found.setdefault(word, []).append(index)
        most = max(4.0, 0.08 * len(self.units))
        return {word: at for word, at in found.items() if len(at) <= most}

    def _is_new(self, index: int) -> bool:
        """Whether a unit is a goal for the time to come, or heads all: it answers for none."""
        unit = self.units[index]
        head = self.heads[unit.stretch]
        if unit.kind == "heading" and head.kind == "goal-check":
            return True  # what looks back on all goals is the answer of none
        if not head.goals:
            return False
        return not unit.quoted and self.mark(index) in {None, "empty"}

    def mark(self, index: int) -> Said | None:
        """What a box, a mark, a struck line, a share or a table's cell says of a unit."""
        if index not in self._marks:
            unit = self.units[index]
            self._marks[index] = mark_of(unit, self.document.stretches[unit.stretch])
        return self._marks[index]

    def under_at(self, index: int) -> list[int]:
        """The units under a unit: its details, what follows a heading or a restated goal."""
        below = self.document.below.get(index)
        if below:
            return below[:_UNDER]
        unit = self.units[index]
        found: list[int] = []
        for at in range(index + 1, min(len(self.units), index + 1 + _UNDER)):
            other = self.units[at]
            if other.kind == "heading" or other.stretch != unit.stretch:
                break
            restated = unit.quoted and not other.quoted
            restated = restated or (unit.kind == "item" and other.kind == "paragraph")
            if unit.kind == "heading" or restated:
                found.append(at)
                continue
            break
        return found

    def lines(self, index: int) -> set[int]:
        """The lines of a unit and of what stands under it."""
        under = [self.units[n] for n in (index, *self.under_at(index))]
        return {unit.line for unit in under} | {s.line for unit in under for s in unit.sentences}

    def forbidden(self, wanted: Asked) -> frozenset[int]:
        """In its own note a goal is answered by what stands after it."""
        if wanted.goal.path != self.document.source.path:
            return frozenset()
        return frozenset(n for n, unit in enumerate(self.units) if unit.line <= wanted.goal.line)

    def features(
        self, wanted: Asked, forbidden: frozenset[int] = frozenset()
    ) -> dict[int, dict[str, float]]:
        """Unit → why it may be the one that answers for a goal, of all that are near it."""
        found = {
            index: self._features(wanted, index)
            for index in self.near(wanted)
            if index not in forbidden
        }
        found = {
            index: said
            for index, said in found.items()
            if max(said["covers"], said["holds-words"], said["shares"]) >= _LEAST
            or said.keys() & {"same-heading", "sums-up"}
        }
        ranked = sorted((max(s["covers"], s["name-covers"]) for s in found.values()), reverse=True)
        for said in found.values():
            own = max(said["covers"], said["name-covers"])
            if own >= ranked[0] and own > 0:
                said["most"] = 1.0
                said["ahead-of"] = own - (ranked[1] if len(ranked) > 1 else 0.0)
        return found

    def _features(self, wanted: Asked, index: int) -> dict[str, float]:
        unit, grams = self.units[index], self.grams[index]
        holds, fits = self._named(wanted, index)
        head = self.heads[unit.stretch]
        there = set(self.words[index])
        shared = fsum(self.weights.of(word) for word in set(wanted.words) & there)
        found: dict[str, float] = {
            "covers": self._covers(wanted.grams, grams),
            "is-covered": len(wanted.grams & grams) / max(1, len(grams)),
            "name-covers": holds,
            "name-is-covered": fits,
            "holds-words": coverage(wanted.words, self.words[index], self.weights),
            "shares": min(1.0, shared / _SHARED),
            "heading-names-it": self._covers(wanted.grams, head.grams),
        }

        def put(name: str, there: object) -> None:
            if there:
                found[name] = 1.0

        named = min(holds, fits) >= _NAMED
        put("same-name", named)
        put("bare-name", named and self._is_bare(wanted, index))
        if unit.kind == "paragraph":
            put("sums-up", self._restated_before(wanted, index))
        same = bool(wanted.heading) and head.bare == wanted.heading
        put("same-heading", same)
        either = wanted.heading_grams | head.grams
        if wanted.heading and not same:
            found["heading-like"] = len(wanted.heading_grams & head.grams) / max(1, len(either))
        opens = unit.kind != "heading" and self._place(index) < 2
        put("opens", opens)
        put("opens-same", opens and same)
        if opens:
            found["opens-named"] = found["heading-names-it"]
        if unit.parent is not None:
            found["parent-names-it"] = self._named(wanted, unit.parent)[0]
        best, whose = self.claims.get(index, (0.0, ""))
        own = (holds + fits) / 2
        put("claimed", whose != wanted.bare and best >= _RESTATED and best > own + 0.1)
        found["beside"] = self._beside(unit, wanted)
        put("under-check", head.kind == "goal-check")
        put("under-told", head.kind in TOLD)
        put("under-ahead", head.goals)
        marked = self.mark(index) not in {None, "empty"}
        put("marked", marked)
        if marked:
            found["marked-name"] = own
        found.update(self._by_itself(index))
        numbers = {m[1] for m in NUMBER.finditer(wanted.goal.text)}
        put("numbers", numbers & self._numbers(index))
        return found

    def _is_bare(self, wanted: Asked, index: int) -> bool:
        """Whether a restated goal has neither mark nor word behind it, nor anything below."""
        if self.mark(index) not in {None, "empty"} or self.under_at(index):
            return False
        return len(self.bare[index]) <= 1.25 * len(wanted.bare) + 2

    def _restated_before(self, wanted: Asked, index: int) -> bool:
        """Whether the list right before a paragraph restates a goal and says no more of it."""
        stretch = self.units[index].stretch
        at = index - 1
        while at >= 0 and index - at <= 2 and self.units[at].kind == "paragraph":
            at -= 1
        first = at
        while at >= 0 and first - at < _NEAR and self.units[at].stretch == stretch:
            if self.units[at].kind not in {"item", "row"}:
                break
            if (
                self.claims.get(at, (0.0, ""))[1] == wanted.bare
                and min(self._named(wanted, at)) >= _NAMED
            ):
                return self._is_bare(wanted, at)
            at -= 1
        return False

    def _by_itself(self, index: int) -> dict[str, float]:
        """What is known of a unit whatever the goal is."""
        if index not in self._alone:
            unit = self.units[index]
            text = unit.text[:SEEN]
            past = is_past(unit.text[:SEEN])
            ahead = ahead_year(text, self.frame) is not None
            said = {
                "judges": is_sure(text), "tells": past, unit.kind: unit.kind != "item",
                "nested": unit.parent is not None,
                "says-ahead": ahead or (strength_of(text) is not None and not past),
            }  # fmt: skip
            self._alone[index] = {name: 1.0 for name, there in said.items() if there}
        return self._alone[index]

    def _numbers(self, index: int) -> frozenset[str]:
        if index not in self._counted:
            text = self.units[index].text[:SEEN]
            self._counted[index] = frozenset(m[1] for m in NUMBER.finditer(text))
        return self._counted[index]

    def _place(self, index: int) -> int:
        """How many units stand before it in its stretch."""
        stretch = self.units[index].stretch
        at = index
        while at and index - at < 3 and self.units[at - 1].stretch == stretch:
            at -= 1
        return index - at - (self.units[at].kind == "heading")

    def _beside(self, unit: Unit, wanted: Asked) -> float:
        """Whether others of its list restate other goals: a half counts as much as all."""
        if unit.kind not in {"item", "row"}:
            return 0.0
        key = (unit.stretch, unit.group)
        others = self._restated[*key, ""] - self._restated[*key, wanted.bare]
        return min(1.0, others / 2) if others else 0.0


def names_of(unit: Unit) -> list[str]:
    """What a unit may be called: its bold beginning, a cell, what stands before a colon or a mark,
    a short line as a whole."""
    if unit.kind == "row":
        worded = [cell for cell in unit.cells if sum(c.isalpha() for c in cell) > 1]
        return worded[:3] or [unit.text]
    text = unit.text[:SEEN]
    if unit.kind == "paragraph" and len(unit.sentences) > 1:
        text = unit.sentences[0].text[:SEEN]
    names = [name_part(text), re.split(r"[(（]", text, maxsplit=1)[0]]
    if len(text) <= _SHORT:
        names.append(text)
    return [*names, unit.lead] if unit.lead else names
