"""Which unit of a review a goal is about: named features of each unit near it.

Structure first: the unit that is called as the goal is, in a list that restates other goals too;
the first lines under a heading of the same name; else the rare letters and words that both hold.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import chain
from math import fsum

from vaultdots.retrospective.answer_rules import ROLES
from vaultdots.retrospective.answer_sentences import (
    CALLED_SO,
    REPEATED,
    Heard,
    by_itself,
    fits,
    heard_in,
    in_one,
    tells_of_aim,
)
from vaultdots.retrospective.answer_signs import bare_of
from vaultdots.retrospective.answer_turns import RESTATED, between, headings_of
from vaultdots.retrospective.asked import SEEN, Asked, Rarity, grams_of, names_of
from vaultdots.retrospective.document import ReviewDocument, Unit
from vaultdots.retrospective.frame import Frame, ahead_year
from vaultdots.retrospective.goal_features import TOLD
from vaultdots.retrospective.matching import Weights, coverage, terms, weigh
from vaultdots.retrospective.modals import is_done, strength_of
from vaultdots.retrospective.model import OwnWords
from vaultdots.retrospective.past_sections import of_own_year, tells_of_past
from vaultdots.retrospective.unit_marks import UnitMarks
from vaultdots.retrospective.verdicts import Said
from vaultdots.text.tuples import NamedTuple

_UNDER = 3
"""Units under a restated goal that are read as its answer."""
_SECTION = 24
"""… and under a heading of the goal's own name."""
_LEAST = 0.12
"""Share of a goal's letters or words below which nothing is about it."""
_NEAR = 60
"""Units near a goal that are looked at."""
_SHARED = 12.0
"""Weights of shared words that are all that can be shared."""


class _Head(NamedTuple):
    bare: str
    grams: frozenset[str]
    kind: str
    goals: bool


class AnswerUnits:
    """The units of one review as answers to goals."""

    def __init__(self, document: ReviewDocument, own: OwnWords | None = None) -> None:
        self.document = document
        self.frame: Frame = document.frame
        self.units = document.units
        self._own_year = of_own_year(document, self.frame)
        self.marks = UnitMarks(document)
        self.bare = [bare_of(unit.text) for unit in self.units]
        self.grams = [grams_of(bare) for bare in self.bare]
        self.names = [
            tuple(dict.fromkeys(grams_of(bare_of(name)) for name in names_of(unit)))
            for unit in self.units
        ]
        self.words = [terms(unit.text[:SEEN], own) for unit in self.units]
        self.weights: Weights = weigh(self.words)
        self.rarity = Rarity(self.grams)
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
        self._under: Counter[str] = Counter()
        """Heading → how many of the goals a list names under it."""
        self._restated: Counter[tuple[int, int, str]] = Counter()
        """(stretch, group, goal) → how many lines of that list restate the goal; "" any."""
        self._restated_by: dict[tuple[int, int], frozenset[str]] = {}
        self._alone: dict[int, dict[str, float]] = {}
        self._heard_in: dict[int, list[Heard]] = {}

    def claim(self, goals: Sequence[Asked]) -> None:
        """Look which unit restates which of `goals`: all that this review may answer for."""
        self._restated_by.clear()
        listed = {(w.heading, w.bare) for w in goals if w.goal.strength == "listed"}
        self._under.update(heading for heading, _ in listed)
        for wanted in goals:
            forbidden = self.forbidden(wanted)
            for index in self.near(wanted):
                if index in forbidden:
                    continue
                score = sum(self._named(wanted, index)) / 2
                if score > self.claims.get(index, (0.0, ""))[0]:
                    self.claims[index] = (score, wanted.bare)
        self._claim_in_turn(goals)
        for index, (score, bare) in self.claims.items():
            unit = self.units[index]
            if score >= RESTATED and unit.kind != "heading":
                self._restated[unit.stretch, unit.group, bare] += 1
                self._restated[unit.stretch, unit.group, ""] += 1

    def _claim_in_turn(self, goals: Sequence[Asked]) -> None:
        """Where a section restates the goals of its heading one after the other, or headings do, as
        many lines as there are goals between two that are surely restated are theirs, in order."""
        by_heading: dict[str, list[Asked]] = {}
        by_note: dict[str, list[Asked]] = {}
        for wanted in goals:
            if wanted.goal.strength == "listed":
                by_note.setdefault(wanted.goal.path, []).append(wanted)
            if wanted.heading in self._of_heading:
                by_heading.setdefault(wanted.heading, []).append(wanted)
        items = ((n, u) for n, u in enumerate(self.units) if u.kind == "item")
        tops = {n: u for n, u in items if u.parent is None}
        for heading, asked_there in by_heading.items():
            inside = set(self._of_heading[heading])
            lines = [at for at in tops if at in inside and self.under_at(at)]
            self.claims.update(between(lines, asked_there, self.claims, 1))
        lists = [[at for at in there if at in tops] for there in self.document.groups.values()]
        for asked_there in by_note.values():
            for there in headings_of(self.document) + lists:
                lines = [at for at in there if not self._is_new(at)]
                sure = max(2.0, len(asked_there) / 2)
                self.claims.update(between(lines, asked_there, self.claims, sure))

    def _named(self, wanted: Asked, index: int) -> tuple[float, float]:
        """How much of a goal a unit's name holds, and how much of the name is the goal's."""
        return max((fits(wanted, name, self.rarity) for name in self.names[index]), key=sum)

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
        near = {n for n in likely if not self._is_new(n) or self._is_retold(wanted, n)}
        near.update(at for at, (_, whose) in self.claims.items() if whose == wanted.bare)
        for index in sorted(near):
            if self.units[index].kind in {"item", "row"}:
                near.update(self._after_list(index))
        if not wanted.heading:
            return sorted(near)
        own = self._of_heading.get(wanted.heading, [])
        restated = any(self._answers_by_name(at, wanted) for at in own)
        old = (at for at in own if not self._is_new(at))
        near.update(at for at in old if not (restated and self.units[at].kind == "heading"))
        # A section of the goal's own heading is one answer; what an item holds is the item's.
        return sorted(
            near - {n for n in own if self.units[n].kind == "paragraph" and not self.units[n].lead}
        )

    @cached_property
    def _of_heading(self) -> dict[str, list[int]]:
        """Heading → the units of its sections."""
        found: dict[str, list[int]] = {}
        for index, unit in enumerate(self.units):
            found.setdefault(self.heads[unit.stretch].bare, []).append(index)
        return found

    def section_at(self, index: int, wanted: Asked) -> list[int]:
        """The units under a heading, those under deeper headings included, but for what answers
        another goal by name."""
        level = self.document.stretches[self.units[index].stretch].level
        found: list[int] = []
        for at in range(index + 1, min(len(self.units), index + 1 + _SECTION)):
            other = self.units[at]
            if other.kind == "heading" and self.document.stretches[other.stretch].level <= level:
                break
            found.append(at)
        named = [at for at in found if self._answers_by_name(at)]
        others = [at for at in named if not self._answers_by_name(at, wanted)]
        theirs = {n for at in others for n in (at, *self.under_at(at))}
        return [at for at in found if at not in theirs]

    def _answers_by_name(self, index: int, wanted: Asked | None = None) -> bool:
        """Whether an item, a row or a bold beginning restates a goal: any, or `wanted`."""
        unit = self.units[index]
        score, whose = self.claims.get(index, (0.0, ""))
        named = score >= RESTATED and (wanted is None or whose == wanted.bare)
        return named and (unit.kind in {"item", "row"} or bool(unit.lead))

    def is_shared(self, wanted: Asked) -> bool:
        """Whether a goal's heading stands over a list of several goals, so that what a section of
        that heading says may be of another."""
        return wanted.goal.strength == "listed" and self._under[wanted.heading] > 1

    def restated_by(self, index: int) -> frozenset[str]:
        """The goals that the list of a line restates."""
        unit = self.units[index]
        key = unit.stretch, unit.group
        if key not in self._restated_by:
            there = (self.claims.get(n, (0.0, "")) for n in self.document.groups[key])
            self._restated_by[key] = frozenset(who for score, who in there if score >= RESTATED)
        return self._restated_by[key]

    def _after_list(self, index: int) -> list[int]:
        """The paragraph right behind the list that a line stands in."""
        unit = self.units[index]
        at = self.document.groups[unit.stretch, unit.group][-1] + 1
        there = self.units[at : at + 1]
        return [at for other in there if (other.kind, other.stretch) == ("paragraph", unit.stretch)]

    @cached_property
    def _by_word(self) -> dict[str, list[int]]:
        """The units that hold a word that is rare in the review."""
        found: dict[str, list[int]] = {}
        for index, words in enumerate(self.words):
            for word in set(words):
                found.setdefault(word, []).append(index)
        most = max(4.0, 0.08 * len(self.units))
        return {word: at for word, at in found.items() if len(at) <= most}

    @cached_property
    def _inner(self) -> frozenset[int]:
        """The lines of headings that tell of what the heading above them does."""
        return frozenset(s.line for s in self.document.sections if not s.own)

    def _is_new(self, index: int) -> bool:
        """Whether a unit is a goal for the time to come, or heads all: it answers for none."""
        unit = self.units[index]
        head = self.heads[unit.stretch]
        if unit.kind == "heading" and head.kind == "goal-check" and unit.line not in self._inner:
            return True  # what looks back on all goals is the answer of none
        if not head.goals or index in self.document.restated or unit.quoted:
            return False
        if unit.stretch in self._own_year or tells_of_past(unit, self.frame):
            return False
        if unit.kind == "paragraph" and tells_of_aim(self.units[index]):
            return False
        return self.mark(index) in {None, "empty"}

    def _is_retold(self, wanted: Asked, index: int) -> bool:
        """Whether a heading of goals to come restates a goal, and what stands there mostly tells of
        the past: `### Learn Danish`, `I began it in May`; or a review of a part of the year names
        it again under a heading that names no later year."""
        unit = self.units[index]
        named = sum(self._named(wanted, index)) >= 2 * RESTATED
        if self.frame.period in {"half", "quarter"} and unit.kind in {"heading", "item"} and named:
            heading = self.document.stretches[unit.stretch].heading
            return ahead_year(heading, self.frame) is None
        if unit.kind != "heading" or not named:
            return False
        said = [s.text for at in self.under_at(index) for s in self.units[at].sentences]
        return 2 * sum(is_done(text) and strength_of(text) is None for text in said) > len(said)

    def mark(self, index: int) -> Said | None:
        """What a box, a mark, a struck line, a share or a table's cell says of a unit."""
        return self.marks.of(index)

    def under_at(self, index: int, own: Asked | None = None) -> list[int]:
        """The units under a unit: its details, what follows a heading or a restated goal. own: the
        goal whose heading it is: all that stands there is of it."""
        if own is not None and self.units[index].kind == "heading":
            return self.section_at(index, own)
        if self._sums_up(index):
            after = range(index + 1, len(self.units))
            last = next((n for n in after if self.units[n].kind != "paragraph"), len(self.units))
            return list(range(index + 1, min(last, index + 1 + _SECTION)))
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
            alone = len(self.document.groups.get((unit.stretch, unit.group), ())) == 1
            restated = restated or (unit.kind == "item" and other.kind == "paragraph" and alone)
            if unit.kind == "heading" or restated:
                found.append(at)
                continue
            break
        return found

    def lines(self, index: int, own: Asked | None = None) -> set[int]:
        """The lines of a unit and of what stands under it."""
        under = [self.units[n] for n in (index, *self.under_at(index, own))]
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
        near = (index for index in self.near(wanted) if index not in forbidden)
        found = {index: self._features(wanted, index) for index in near}
        found = {
            index: said
            for index, said in found.items()
            if max(said["covers"], said["holds-words"], said["shares"]) >= _LEAST
            or said.keys() & {"same-heading", "sums-up", "in-turn"}
        }
        if any("sums-up" in said for said in found.values()):
            # What sums up a list answers for its bare lines.
            found = {at: said for at, said in found.items() if "bare-name" not in said}
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
            "covers": self.rarity.covers(wanted.grams, grams),
            "is-covered": len(wanted.grams & grams) / max(1, len(grams)),
            "name-covers": holds,
            "name-is-covered": fits,
            "holds-words": coverage(wanted.words, self.words[index], self.weights),
            "shares": min(1.0, shared / _SHARED),
            "heading-names-it": self.rarity.covers(wanted.grams, head.grams),
        }

        def put(name: str, there: object) -> None:
            if there:
                found[name] = 1.0

        named = min(holds, fits) >= CALLED_SO
        put("same-name", named)
        put("bare-name", named and self._is_bare(wanted, index))
        if unit.kind == "paragraph":
            put("sums-up", self._restated_before(wanted, index))
        same = bool(wanted.heading) and head.bare == wanted.heading
        put("same-heading", same)
        either = wanted.heading_grams | head.grams
        if wanted.heading and not same:
            found["heading-like"] = len(wanted.heading_grams & head.grams) / max(1, len(either))
        if same and unit.kind == "heading":
            for at in self.section_at(index, wanted):
                held = self.rarity.covers(wanted.grams, self.grams[at])
                found["covers"] = max(found["covers"], held)
                held = coverage(wanted.words, self.words[at], self.weights)
                found["holds-words"] = max(found["holds-words"], held)
        put("own-section", same and unit.kind == "heading")
        best, whose = self.claims.get(index, (0.0, ""))
        own = (holds + fits) / 2
        put("in-turn", whose == wanted.bare and best >= RESTATED > own)
        put("claimed", whose != wanted.bare and best >= RESTATED and best > own + 0.1)
        found["beside"] = self._beside(unit, wanted)
        put("under-check", head.kind == "goal-check")
        put("in-role", head.kind in ROLES)
        put("under-told", head.kind in TOLD)
        marked = self.mark(index) not in {None, "empty"}
        put("marked", marked)
        if marked:
            found["marked-name"] = own
        found.update(self._by_itself(index))
        found.update(self._by_sentence(wanted, index, found))
        return found

    def _by_sentence(
        self, wanted: Asked, index: int, found: Mapping[str, float]
    ) -> dict[str, float]:
        """How much of the goal one sentence of a unit holds. found: its features so far; of a
        section of the goal's heading what stands under it counts."""
        inside: Sequence[int] = (index,)
        if "own-section" in found:
            inside = (index, *self.section_at(index, wanted))
        elif len(self.units[index].sentences) < 2:
            held = found["holds-words"]
            held = held if wanted.bare.isascii() else max(held, found["covers"])
            if held < _LEAST:
                return {"in-one": held}
        heard = chain.from_iterable(map(self._sentences, inside))
        return in_one(wanted, heard, self.weights, self.rarity, _LEAST)

    def _sentences(self, index: int) -> list[Heard]:
        if index not in self._heard_in:
            self._heard_in[index] = heard_in(self.units[index])
        return self._heard_in[index]

    def _is_bare(self, wanted: Asked, index: int) -> bool:
        """Whether a restated goal has neither mark nor word behind it, nor anything below."""
        if self.mark(index) not in {None, "empty"} or self.under_at(index):
            return False
        if is_done(self.units[index].text[:SEEN]):
            return False
        if len(self.bare[index]) <= 1.25 * len(wanted.bare) + 2:
            return True
        grams = self.grams[index]
        return len(grams & wanted.told) >= REPEATED * len(grams)

    def _sums_up(self, index: int) -> bool:
        """Whether a paragraph follows a list that restates goals and says no more of them."""
        unit = self.units[index]
        if unit.kind != "paragraph" or not index or self.units[index - 1].kind != "item":
            return False
        before = self.units[index - 1]
        group = self.document.groups[before.stretch, before.group]
        restated = self._restated[before.stretch, before.group, ""]
        return before.stretch == unit.stretch and restated > 1 and 2 * restated >= len(group)

    def _restated_before(self, wanted: Asked, index: int) -> bool:
        """Whether the list right before a paragraph restates a goal and says no more of it."""
        stretch = self.units[index].stretch
        first = at = index - 1
        while at >= 0 and first - at < _NEAR and self.units[at].stretch == stretch:
            if self.units[at].kind not in {"item", "row"}:
                break
            its = self.claims.get(at, (0.0, ""))[1] == wanted.bare
            if its and min(self._named(wanted, at)) >= CALLED_SO:
                return self._is_bare(wanted, at)
            at -= 1
        return False

    def _by_itself(self, index: int) -> dict[str, float]:
        """What is known of a unit whatever the goal is."""
        if index not in self._alone:
            self._alone[index] = by_itself(self.units[index], self.frame)
        return self._alone[index]

    def _beside(self, unit: Unit, wanted: Asked) -> float:
        """Whether others of its list restate other goals: a half counts as much as all."""
        if unit.kind not in {"item", "row"}:
            return 0.0
        key = (unit.stretch, unit.group)
        others = self._restated[*key, ""] - self._restated[*key, wanted.bare]
        return min(1.0, others / 2) if others else 0.0
