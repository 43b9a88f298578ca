"""What a later review says of a goal: three learned scores, one after the other.

Which unit is about the goal (weights/answer_unit.toml), what it and the lines under it say of it:
kept, partly or dropped (answer_kept.toml …), and whether that is to be told (answer_told.toml). An
explicit mark beside the goal's own name always answers; else nothing is said below the threshold
(docs/retrospectives.md says how it is chosen, and how often that is right).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import fsum
from typing import NamedTuple

from vaultdots.retrospective.answer_signs import after_goal, bare_of, by_numbers, by_share
from vaultdots.retrospective.answer_units import SEEN, AnswerUnits, Asked, grams_of
from vaultdots.retrospective.document import ReviewDocument, Unit
from vaultdots.retrospective.matching import coverage, terms
from vaultdots.retrospective.modals import is_past
from vaultdots.retrospective.model import Evidence
from vaultdots.retrospective.sections import kind_of_heading, points_ahead
from vaultdots.retrospective.verdicts import (
    Said,
    by_mark,
    denied,
    is_sure,
    marks,
    of_answer,
    polarity,
)
from vaultdots.retrospective.words import section_words
from vaultdots.text.linear import decision

PACKAGE = "vaultdots.retrospective"
SAYS = ("kept", "partly", "dropped")
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
    "near-kept": "its sentence about the goal says that it was done",
    "near-partly": "its sentence about the goal says that it was half done",
    "near-dropped": "its sentence about the goal says that it was not done",
    "behind-kept": "behind the goal's name it says that it was done",
    "behind-partly": "behind the goal's name it says that it was half done",
    "behind-dropped": "behind the goal's name it says that it was not done",
    "under-kept": "the lines under it say that it was done",
    "under-partly": "the lines under it say that it was half done",
    "under-dropped": "the lines under it say that it was not done",
    "first-kept": "the first verdict under it is that it was done",
    "first-partly": "the first verdict under it is that it was half done",
    "first-dropped": "the first verdict under it is that it was not done",
    "head-kept": "its heading tells of what went well",
    "head-dropped": "its heading tells of what went wrong",
    "surely-kept": "it judges: done",
    "tells": "it tells of the past",
    "denies": "a share of its sentences says that it was not done",
    "mixed": "some lines under it say that it was done, some that it was not",
    "bare": "it says nothing of how it went",
    "empty": "its box is empty",
    "ahead": "it says what will be done",
    "same-name": "it is called as the goal is",
    "sure-unit": "it is surely about the goal",
    "same-heading": "it stands under a heading of the goal's own name",
}
TOLD_MEANS = {
    "aligned": "the unit is surely about the goal",
    "certain": "what it says is certain",
    "torn": "it may as well say something else",
    "alone": "no other unit is as likely to be about the goal",
    "agreed": "the other units that may be about the goal say the same",
    "marked": "a mark says it",
    "counted": "numbers say it",
    "judged": "it judges",
    "behind": "it judges right behind the goal's name",
    "sums-up": "it sums up a list that restates the goal",
    "bare": "nothing is said of how it went",
    "covers": "it holds the goal's rare letters",
    "called": "what it is called holds the goal's rare letters",
    "same-name": "it is called as the goal is",
    "shares": "it shares rare words with the goal",
    "holds-words": "it holds the goal's words",
    "opens-same": "it is among the first under a heading of the goal's own name",
    "surely": "it judges in words that are said of goals",
    "tells": "it tells of the past",
    "most": "no other unit holds as much of the goal",
    "ahead-of": "the next best unit holds much less of the goal",
    "claimed": "another goal is rather meant",
    "beside": "its list restates other goals too",
    "same-heading": "it stands under a heading of the goal's own name",
    "under-check": "it stands under a heading that looks back on goals",
    "in-role": "its heading tells which way it went",
    "says-ahead": "it says what will be done",
    "kept": "the answer is that it was kept",
    "partly": "the answer is that it was half done",
    "dropped": "the answer is that it was not done",
    "stated": "the goal was stated in running text",
}
_BEHIND = 40
"""Characters behind a restated goal in which a judgement is one of it."""
_NAMES = 4
"""Letters of a goal from which a sentence that begins so is about it."""
_CALLED = 0.75
"""Share of a goal's letters that the name of a marked unit holds, from which the mark answers."""
_READ = 8
"""Sentences under a restated goal that are read."""
_SURELY = 0.35
"""Confidence that a unit is about a goal from which its mark answers, whatever it is called."""


_AS_THEY_ARE = ("covers", "holds-words", "shares", "ahead-of", "beside")
"""Features of a unit that say of themselves how far it is to be told."""
WEIGHED = 3
"""Units of a review whose verdicts are compared: the likeliest ones."""


def odds(chance: float) -> float:
    """How many times likelier something is than not."""
    return chance / max(1e-6, 1.0 - chance)


class Answer(NamedTuple):
    """What a review says of a goal, how surely, and where. sure: it is to be told as an answer."""

    said: Said
    confidence: float
    evidence: Evidence
    sure: bool = True


class AnswerIndex(AnswerUnits):
    """The units of one review, and what they say of goals."""

    def under(self, index: int) -> list[str]:
        """The texts of the units under a unit."""
        return [self.units[at].text[:SEEN] for at in self.under_at(index)]

    def _own_mark(self, index: int) -> Said | None:
        """The mark of a unit, or of the first line under it that has one."""
        mark = self.mark(index)
        if mark not in {None, "empty"}:
            return mark
        below = (by_mark(line) or by_share(line) for line in self.under(index))
        unders = (self.mark(at) for at in self.under_at(index) if self.units[at].kind == "item")
        for found in (*below, *unders):
            if found not in {None, "empty"}:
                return found
        return mark

    def said_features(
        self, wanted: Asked, index: int, why: Mapping[str, float], sure: float
    ) -> dict[str, float]:
        """What a unit says of a goal. why: the features of the unit; sure: that it is the one."""
        unit = self.units[index]
        found: dict[str, float] = {"sure-unit": sure}

        def put(name: str, there: object) -> None:
            if there:
                found[name] = 1.0

        text = unit.text[:SEEN]
        rest = self._rest(wanted, unit, why)
        mark = self._own_mark(index)
        under = self.under(index)
        put("empty", mark == "empty")
        if mark in SAYS:
            put(f"mark-{mark}", True)
        number = by_numbers(wanted.goal.text, " ".join([rest, *under]))
        if number is not None:
            put(f"number-{number}", True)
        said = (of_answer(rest) if rest != text else polarity(rest)) if rest.strip() else None
        said = denied(wanted.goal.text, rest) or said
        behind = rest != text and min(why["name-covers"], 2 * why["name-is-covered"]) >= _CALLED
        if said in SAYS:
            put(f"behind-{said}" if behind else f"says-{said}", True)
        sentences = [s.text[:SEEN] for s in unit.sentences] if rest == text else []
        if len(sentences) > 1:
            best = max(sentences, key=lambda s: self._shared(wanted, s))
            near = polarity(best) if self._shared(wanted, best) else None
            put(f"near-{near}", near)
            verdicts = [polarity(sentence) for sentence in sentences]
            if "dropped" in verdicts:
                found["denies"] = verdicts.count("dropped") / len(verdicts)
        told = self._told_under(index)
        for verdict, share in told.items():
            found[f"under-{verdict}"] = share
        mixed = min(told.get("kept", 0.0), told.get("dropped", 0.0))
        if mixed:
            found["mixed"] = 2 * mixed
        first = next(iter(told), None)
        put(f"first-{first}", first)
        kind = self.heads[unit.stretch].kind
        put("head-kept", kind in {"achievement", "keep", "liked"})
        put("head-dropped", kind in {"failure", "problem", "lacked"})
        put("surely-kept", said == "kept" and is_sure(rest))
        put("tells", is_past(rest) or any(map(is_past, sentences)))
        put("ahead", "says-ahead" in why)
        put("bare", said is None and mark in {None, "empty"} and number is None and not told)
        put("same-name", "same-name" in why)
        put("same-heading", "same-heading" in why)
        return found

    def _told_under(self, index: int) -> dict[Said, float]:
        """What the lines under a unit say, the first verdict first, with its share of them."""
        units = [self.units[at] for at in self.under_at(index)]
        sentences = [s.text[:SEEN] for unit in units for s in unit.sentences or ()]
        lines = (sentences or [unit.text[:SEEN] for unit in units])[:_READ]
        verdicts = [said for line in lines if (said := polarity(line)) is not None]
        return {said: verdicts.count(said) / len(verdicts) for said in dict.fromkeys(verdicts)}

    def _rest(self, wanted: Asked, unit: Unit, why: Mapping[str, float]) -> str:
        """A unit's text without the goal itself: its own words are never its verdict."""
        text = unit.text[:SEEN]
        if unit.kind == "row":
            named = max(unit.cells, key=lambda cell: len(wanted.grams & grams_of(bare_of(cell))))
            return " · ".join(cell for cell in unit.cells if cell != named)
        if unit.lead and why["name-covers"] >= _CALLED:
            return unit.rest[:SEEN]
        bare = bare_of(text)
        if len(wanted.bare) >= 3 and bare.startswith(wanted.bare[:20]):
            return after_goal(text, wanted.goal.text)
        if "same-name" in why and len(text) < 2 * len(wanted.goal.text) + 8:
            tail = after_goal(text, wanted.goal.text)
            return tail if len(tail) < len(text) / 2 else ""
        return text

    def _shared(self, wanted: Asked, sentence: str) -> float:
        return coverage(wanted.words, terms(sentence), self.weights)

    def told_features(
        self,
        wanted: Asked,
        why: Mapping[str, float],
        found: Mapping[str, float],
        said: Said,
        sure: Mapping[str, float],
        beside: Sequence[tuple[float, Said]],
    ) -> dict[str, float]:
        """Whether an answer is to be told. sure: how likely each of the three is; beside: how
        likely each further unit is to be about the goal, and what it says."""
        total = fsum(share for share, _ in beside)
        own = odds(found["sure-unit"])
        told = {
            "alone": own / (own + total),
            "agreed": (own + fsum(share for share, other in beside if other == said))
            / (own + total),
            "aligned": found["sure-unit"],
            "certain": sure[said],
            "torn": max(sure[other] for other in SAYS if other != said),
            "called": why["name-covers"],
            said: 1.0,
        }
        told.update({n: why[n] for n in _AS_THEY_ARE if n in why})
        role, stated = f"head-{said}" in found, wanted.goal.strength != "listed"
        for name, there in (
            ("marked", f"mark-{said}" in found), ("counted", f"number-{said}" in found),
            ("behind", f"behind-{said}" in found),
            ("judged", f"says-{said}" in found or f"near-{said}" in found),
            ("surely", "surely-kept" in found and said == "kept"), ("tells", "tells" in found),
            ("bare", "bare" in found), ("in-role", role), ("stated", stated),
            *((n, n in why) for n in (
                "same-name", "sums-up", "most", "claimed", "same-heading", "under-check",
                "says-ahead", "opens-same",
            )),
        ):  # fmt: skip
            if there:
                told[name] = 1.0
        return told

    def answer(self, wanted: Asked) -> Answer | None:
        """What this review says of a goal; `sure` where it is to be told as an answer."""
        forbidden = self.forbidden(wanted)
        told = self._told(wanted, forbidden)
        if told is not None:
            return told
        near = self.features(wanted, forbidden)
        if not near:
            return None
        by = decision(PACKAGE, "answer_unit")
        likely = sorted(((by.confidence(why), -index) for index, why in near.items()), reverse=True)
        read = []
        for chance, at in likely[:WEIGHED]:
            found = self.said_features(wanted, -at, near[-at], chance)
            sure = {said: decision(PACKAGE, f"answer_{said}").confidence(found) for said in SAYS}
            read.append((chance, found, sure, said_of(found, sure)))
        index = -likely[0][1]
        why, (chance, found, sure, said) = near[index], read[0]
        beside = [(odds(other), verdict) for other, _, _, verdict in read[1:]]
        unit = self.units[index]
        shown = " – ".join([unit.text, *self.under(index)[:1]])[:300]
        heading = self.document.stretches[unit.stretch].heading
        evidence = Evidence(
            self.document.source.path, unit.line, shown, f"“{heading}”" if heading else "review"
        )
        if is_marked(why, found):
            return Answer(said, round(max(chance, sure[said]), 2), evidence)
        if self._is_unticked(index) and is_called(why):
            return Answer("empty", round(chance, 2), evidence)
        tells = decision(PACKAGE, "answer_told")
        confidence = tells.confidence(self.told_features(wanted, why, found, said, sure, beside))
        surely = confidence >= tells.threshold and not only_ahead(why, found)
        return Answer(said, round(confidence, 2), evidence, surely)

    def _is_unticked(self, index: int) -> bool:
        """Whether a unit has an empty box in a list that looks back on goals."""
        unit = self.units[index]
        if unit.check is None or marks().get(unit.check) != "empty":
            return False
        beside = self.document.groups.get((unit.stretch, unit.group), [])
        ticked = any(self.mark(n) not in {None, "empty"} for n in beside)
        return ticked or self.heads[unit.stretch].kind == "goal-check"

    def _told(self, wanted: Asked, forbidden: frozenset[int]) -> Answer | None:
        """A sentence that begins with the goal's own words, a judgement right behind them:
        `메모 모으기는 반만 됐다`. As good as a mark."""
        for index in self.near(wanted) if len(wanted.bare) >= _NAMES else ():
            if index in forbidden or wanted.bare not in self.bare[index]:
                continue
            for sentence in self.units[index].sentences:
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


def said_of(found: Mapping[str, float], sure: Mapping[str, float]) -> Said:
    """What is said: what a mark says, or what stands right behind the goal, else the likeliest."""
    said = (s for sign in ("mark", "behind") for s in SAYS if f"{sign}-{s}" in found)
    plain = next(said, None)
    if plain is None and "surely-kept" in found and not _doubts(found):
        plain = "kept"
    return plain or max(SAYS, key=lambda said: sure[said])


def _doubts(found: Mapping[str, float]) -> bool:
    """Whether anything says that less than all was done."""
    return any(sign.endswith(("-partly", "-dropped")) for sign in found) or "denies" in found


def only_ahead(why: Mapping[str, float], found: Mapping[str, float]) -> bool:
    """Whether a unit says what will be done and nothing of how it went, nor does its heading or
    the end of its list: a wish said again is no account of it."""
    judged = any(sign.startswith(("head-", "surely-")) or sign == "tells" for sign in found)
    return {"ahead", "bare"} <= found.keys() and not judged and "sums-up" not in why


def is_called(why: Mapping[str, float]) -> bool:
    """Whether a unit is called as the goal is, and not as another one."""
    return min(why["name-covers"], 2 * why["name-is-covered"]) >= _CALLED and "claimed" not in why


def is_marked(why: Mapping[str, float], found: Mapping[str, float]) -> bool:
    """Whether an explicit mark stands beside the goal's own name: it always answers."""
    surely = is_called(why) or ("claimed" not in why and found["sure-unit"] >= _SURELY)
    behind = is_called(why) and found.keys() & {"behind-partly", "behind-dropped"}
    return bool(behind) or (surely and any(f"mark-{said}" in found for said in SAYS))


def heading_at(document: ReviewDocument, line: int) -> str:
    """The heading that a goal's line stands under, "" where that only announces goals: what it
    names is not this goal."""
    found = None
    for stretch in document.stretches:
        if stretch.line > line:
            break
        found = stretch if stretch.heading else found
    if found is None:
        return ""
    kind = kind_of_heading(found.heading, section_words(document.source.own))
    aims = kind in {"goals", "try", "goal-check", "goals-someday"}
    return "" if aims or points_ahead(found.heading) else found.heading
