"""Which unit of a later review answers for a goal, and what it says of it: two learned scores.

First the unit that a goal's words, heading and numbers point to (weights/answer_unit.toml), then
what it and the lines under it say: kept, partly or dropped (weights/answer_kept.toml …). An answer
is given where an explicit mark says it, or where the confidence reaches the threshold; else none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from math import log
from typing import NamedTuple

from vaultdots.retrospective.answer_signs import (
    NUMBER,
    after_goal,
    bare_of,
    behind_arrow,
    by_icon,
    by_numbers,
    by_share,
)
from vaultdots.retrospective.document import ReviewDocument
from vaultdots.retrospective.goal_features import TOLD, Frame, ahead_year, frame_of
from vaultdots.retrospective.matching import Weights, coverage, terms, weigh
from vaultdots.retrospective.modals import is_past, strength_of
from vaultdots.retrospective.model import Evidence, Goal, OwnWords
from vaultdots.retrospective.verdicts import (
    Said,
    after_name,
    by_group_word,
    by_mark,
    by_number,
    is_sure,
    marks,
    of_answer,
    polarity,
)
from vaultdots.text.linear import decision

PACKAGE = "vaultdots.retrospective"
UNIT_MEANS = {
    "covers": "it holds the goal's rare letters",
    "is-covered": "it holds little else than the goal",
    "holds-words": "it holds the goal's words",
    "restates": "it begins with the goal as it was written",
    "same-heading": "it stands under a heading of the goal's own name",
    "heading-names-it": "its heading holds the goal's words",
    "under-check": "it stands under a heading that looks back on goals",
    "under-told": "it stands under a heading that tells of the year",
    "under-ahead": "it stands under a heading that looks ahead",
    "marked": "it is marked as done or not",
    "judges": "it judges",
    "numbers": "it holds the goal's number",
    "heading": "it is a heading",
    "row": "it is a table's row",
    "paragraph": "it is a paragraph",
    "nested": "it stands under an item",
    "says-ahead": "it says what will be done",
}
SAID_MEANS = {
    "mark-kept": "it is marked as done",
    "mark-partly": "it is marked as half done",
    "mark-dropped": "it is marked as not done",
    "number-kept": "its number reaches the goal's",
    "number-partly": "its number is at least half of the goal's",
    "number-dropped": "its number is less than half of the goal's",
    "says-kept": "its words say that it was done",
    "says-partly": "its words say that it was half done",
    "says-dropped": "its words say that it was not done",
    "under-kept": "the lines under it say that it was done",
    "under-partly": "the lines under it say that it was half done",
    "under-dropped": "the lines under it say that it was not done",
    "head-kept": "its heading tells of what went well",
    "head-dropped": "its heading tells of what went wrong",
    "sure": "it judges, and does not only tell",
    "tells": "it tells of the past",
    "bare": "it says nothing of how it went",
    "close": "it holds the goal's words",
    "sure-unit": "it is surely about the goal",
    "same-heading": "it stands under a heading of the goal's own name",
    "summed-up": "a sentence answers for all goals",
}
_SEEN = 600
"""Characters of a unit that are compared."""
_UNDER = 3
"""Units under a restated goal that are read as its answer."""
_LEAST = 0.25
"""Share of a goal's letters or words below which nothing is about it."""
_LINE = 160
"""Characters of a paragraph that may be a line of a check list."""
_BEHIND = 40
"""Characters behind a restated goal in which a judgement is one of it."""
_NAMES = 4
"""Letters of a goal from which a sentence that begins so is about it."""
_EXACT = 8
"""Letters from which a unit that begins so restates a goal."""


class Answer(NamedTuple):
    """What a review says of a goal, how surely, and where. sure: it is to be told as an answer."""

    said: Said
    confidence: float
    evidence: Evidence
    sure: bool = True


class Asked(NamedTuple):
    """A goal as it is looked for."""

    goal: Goal
    words: Sequence[str]
    grams: frozenset[str]
    bare: str
    heading: str


def asked(goal: Goal, heading: str, own: OwnWords | None = None) -> Asked:
    """A goal with its words and letters. heading: the one that it stands under."""
    bare = bare_of(goal.text)
    return Asked(goal, terms(goal.text, own), _grams(bare), bare, bare_of(heading))


def _grams(bare: str) -> frozenset[str]:
    size = 3 if bare.isascii() else 2
    return frozenset(bare[n : n + size] for n in range(max(1, len(bare) - size + 1)))


class AnswerIndex:
    """The units of one review as answers."""

    def __init__(self, document: ReviewDocument, own: OwnWords | None = None) -> None:
        self.document = document
        self.frame: Frame = frame_of(document.source)
        self.units = document.units
        self.bare = [bare_of(unit.text) for unit in self.units]
        self.grams = [_grams(bare) for bare in self.bare]
        self.words = [terms(unit.text[:_SEEN], own) for unit in self.units]
        self.weights: Weights = weigh(self.words)
        self.counts = Counter(gram for grams in self.grams for gram in grams)
        self.holders: dict[str, list[int]] = {}
        for index, grams in enumerate(self.grams):
            for gram in grams:
                self.holders.setdefault(gram, []).append(index)
        self._headings = [
            (bare_of(s.heading), _grams(bare_of(s.heading)), s.kind, s.goals)
            for s in document.stretches
        ]

    def _weight(self, gram: str) -> float:
        return log((len(self.units) + 1) / (self.counts.get(gram, 0) + 0.5)) + 0.1

    def near(self, wanted: Asked) -> list[int]:
        """The units that share a rare part of a goal, or stand under its heading."""
        most = max(8.0, 0.1 * len(self.units))
        found: Counter[int] = Counter()
        for gram in wanted.grams:
            held = self.holders.get(gram, ())
            if len(held) <= most:
                found.update(held)
        near = {index for index, _ in found.most_common(60) if not self._is_new(index)}
        if wanted.heading:
            for index, unit in enumerate(self.units):
                if self._headings[unit.stretch][0] == wanted.heading and not self._is_new(index):
                    near.add(index)
        return sorted(near)

    def _is_new(self, index: int) -> bool:
        """Whether a unit is a goal for the time to come: it answers for none."""
        unit = self.units[index]
        if not self._headings[unit.stretch][3]:
            return False
        return not unit.quoted and self._mark(index) in {None, "empty"}

    def unit_features(self, wanted: Asked, index: int) -> dict[str, float]:
        """Why a unit may be the one that answers for a goal."""
        unit, grams = self.units[index], self.grams[index]
        heading, head_grams, kind, goals = self._headings[unit.stretch]
        shared = wanted.grams & grams
        total = sum(map(self._weight, wanted.grams)) or 1.0
        found: dict[str, float] = {
            "covers": sum(map(self._weight, shared)) / total,
            "is-covered": len(shared) / max(1, len(grams)),
            "holds-words": coverage(wanted.words, self.words[index], self.weights),
        }

        def put(name: str, there: object) -> None:
            if there:
                found[name] = 1.0

        bare = self.bare[index]
        put("restates", len(wanted.bare) >= 3 and bare.startswith(wanted.bare[: max(_EXACT, 20)]))
        put("same-heading", wanted.heading and heading == wanted.heading)
        found["heading-names-it"] = sum(map(self._weight, wanted.grams & head_grams)) / total
        put("under-check", kind == "goal-check")
        put("under-told", kind in TOLD)
        put("under-ahead", goals)
        put("marked", self._mark(index) is not None)
        put("judges", is_sure(unit.text[:_SEEN]))
        wanted_numbers = {m[1] for m in NUMBER.finditer(wanted.goal.text)}
        put("numbers", wanted_numbers & {m[1] for m in NUMBER.finditer(unit.text)})
        put(unit.kind, unit.kind != "item")
        put("nested", unit.parent is not None)
        ahead = ahead_year(unit.text[:_SEEN], self.frame) is not None
        put("says-ahead", ahead or (strength_of(unit.text[:_SEEN]) and not is_past(unit.text)))
        return found

    def best(
        self, wanted: Asked, forbidden: frozenset[int] = frozenset()
    ) -> tuple[int, float] | None:
        """The unit that is likeliest to answer for a goal, and how likely."""
        by = decision(PACKAGE, "answer_unit")
        scored = []
        for index in self.near(wanted):
            found = self.unit_features(wanted, index)
            linked = max(found["covers"], found["holds-words"]) >= _LEAST
            if index not in forbidden and (linked or "same-heading" in found):
                scored.append((by.confidence(found), -index))
        if not scored:
            return None
        sure, at = max(scored)
        return -at, sure

    def _mark(self, index: int) -> Said | None:
        """What a box, a mark, a struck line, a share or a table's cell says of a unit."""
        unit = self.units[index]
        if unit.kind == "row":
            for cell in unit.cells:
                mark = cell.strip(" \ufe0f*`")
                if len(mark) == 1 and _CELL.fullmatch(mark):
                    # In a table of ticks `X` stands for a cross, not for a tick.
                    return "dropped" if mark in "xX-" else marks().get(mark.casefold())
            shares = (by_share(cell) or by_number(cell) for cell in unit.cells[1:])
            return next((said for said in shares if said is not None), None)
        said = marks().get(unit.check) if unit.check else None
        if _STRUCK.search(unit.raw) and said != "kept":
            return "dropped"
        if said not in {None, "empty"}:
            return said
        if unit.kind == "paragraph" and len(unit.text) > _LINE and not unit.lead:
            return by_icon(unit.raw)  # a sign in running text marks nothing
        said = (
            by_icon(unit.raw)
            or by_mark(unit.text[:_SEEN])
            or by_share(unit.text)
            or behind_arrow(unit.text)
        )
        if said is not None:
            return said
        stretch = self.document.stretches[unit.stretch]
        if stretch.kind == "goal-check" or unit.check:
            said = after_name(unit.text[:_SEEN])
        if said in {None, "empty"} and unit.kind == "item":
            said = by_group_word(stretch.heading)
        return said

    def _is_unticked(self, index: int) -> bool:
        """Whether a unit has an empty box in a list that looks back on goals."""
        unit = self.units[index]
        if unit.check is None or marks().get(unit.check) != "empty":
            return False
        beside = self.document.groups.get((unit.stretch, unit.group), [])
        ticked = any(self._mark(n) not in {None, "empty"} for n in beside)
        return ticked or self._headings[unit.stretch][2] == "goal-check"

    def under(self, index: int) -> list[str]:
        """The lines under a unit: its details, what follows a heading or a restated goal."""
        below = self.document.below.get(index)
        if below:
            return [self.units[n].text[:_SEEN] for n in below[:_UNDER]]
        unit = self.units[index]
        found: list[str] = []
        for other in self.units[index + 1 : index + 1 + _UNDER]:
            if other.kind == "heading" or other.stretch != unit.stretch:
                break
            if unit.kind == "heading" or (unit.quoted and not other.quoted):
                found.append(other.text[:_SEEN])
                continue
            break
        return found

    def said_features(self, wanted: Asked, index: int, sure: float) -> dict[str, float]:
        """What a unit says of a goal."""
        unit = self.units[index]
        found: dict[str, float] = {"sure-unit": sure}

        def put(name: str, there: object) -> None:
            if there:
                found[name] = 1.0

        text = unit.text[:_SEEN]
        # The goal's own words are never its verdict.
        restated = self.unit_features(wanted, index).get("restates")
        rest = after_goal(text, wanted.goal.text) if restated else text
        mark = self._mark(index)
        under = self.under(index)
        if mark is None:
            mark = next((m for line in under if (m := by_mark(line) or by_share(line))), None)
        if mark in {"kept", "partly", "dropped"}:
            put(f"mark-{mark}", True)
        number = by_numbers(wanted.goal.text, " ".join([rest, *under]))
        if number is not None:
            put(f"number-{number}", True)
        said = (of_answer(rest) if restated else polarity(rest)) if rest.strip() else None
        if unit.kind == "row" and unit.cells:
            said = said or polarity(" ".join(unit.cells[1:]))
        if said in {"kept", "partly", "dropped"}:
            put(f"says-{said}", True)
        told = [v for line in under if (v := polarity(line)) is not None]
        if told:
            put(f"under-{told[0]}", True)
        kind = self.document.stretches[unit.stretch].kind
        put("head-kept", kind in {"achievement", "keep", "liked"})
        put("head-dropped", kind in {"failure", "problem", "lacked"})
        put("sure", is_sure(rest))
        put("tells", is_past(rest))
        put("bare", said is None and mark is None and number is None and not told)
        found["close"] = coverage(wanted.words, self.words[index], self.weights)
        heading = self._headings[unit.stretch][0]
        put("same-heading", wanted.heading and heading == wanted.heading)
        return found

    def forbidden(self, wanted: Asked) -> frozenset[int]:
        """In its own note a goal is answered by what stands after it."""
        if wanted.goal.path != self.document.source.path:
            return frozenset()
        return frozenset(n for n, unit in enumerate(self.units) if unit.line <= wanted.goal.line)

    def _told(self, wanted: Asked, forbidden: frozenset[int]) -> Answer | None:
        """A sentence that begins with the goal's own words, a judgement right behind them:
        `메모 모으기는 반만 됐다`. As good as a mark."""
        for index in self.near(wanted) if len(wanted.bare) >= _NAMES else ():
            for sentence in self.units[index].sentences if index not in forbidden else ():
                if not bare_of(sentence.text).startswith(wanted.bare):
                    continue
                behind = after_goal(sentence.text, wanted.goal.text)[:_BEHIND]
                said = polarity(behind) if is_sure(behind) else None
                if said is not None:
                    path = self.document.source.path
                    return Answer(
                        said, 0.9, Evidence(path, sentence.line, sentence.text, "sentence")
                    )
        return None

    def answer(self, wanted: Asked) -> Answer | None:
        """What this review says of a goal; `sure` where it is to be told as an answer."""
        forbidden = self.forbidden(wanted)
        told = self._told(wanted, forbidden)
        if told is not None:
            return told
        best = self.best(wanted, forbidden)
        if best is None:
            return None
        index, likely = best
        found = self.said_features(wanted, index, likely)
        said, sure = max(
            ((said, decision(PACKAGE, f"answer_{said}").confidence(found)) for said in SAYS),
            key=lambda pair: pair[1],
        )
        unit = self.units[index]
        shown = " – ".join([unit.text, *self.under(index)[:1]])[:300]
        stretch = self.document.stretches[unit.stretch]
        rule = f"“{stretch.heading}”" if stretch.heading else "review"
        evidence = Evidence(self.document.source.path, unit.line, shown, rule)
        mark = next((s for s in SAYS if f"mark-{s}" in found), None)
        aligned = decision(PACKAGE, "answer_unit")
        if mark is not None and likely >= aligned.threshold:
            return Answer(mark, round(max(sure, likely), 2), evidence)
        if self._is_unticked(index) and likely >= aligned.threshold:
            return Answer("empty", round(likely, 2), evidence)
        # A name and nothing said of it is no answer.
        given = "bare" not in found and likely >= aligned.threshold
        given = given and sure >= decision(PACKAGE, f"answer_{said}").threshold
        return Answer(said, round(sure, 2), evidence, given)


def heading_at(document: ReviewDocument, line: int) -> str:
    """The heading that a line stands under."""
    found = ""
    for stretch in document.stretches:
        if stretch.line > line:
            break
        found = stretch.heading or found
    return found


SAYS = ("kept", "partly", "dropped")
_STRUCK = re.compile(r"^\W{0,3}~~[^~]{1,300}~~")
_CELL = re.compile(r"\W?[oOxX○◯〇△▲×✗✕✖✅❌⭕-]\ufe0f?\W?")
