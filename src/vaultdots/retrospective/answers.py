"""What a later review says of a goal: three learned scores, one after the other.

Which unit is about the goal (weights/answer_unit.toml), what it and the lines under it say of it:
kept, partly or dropped (answer_kept.toml …), and whether that is to be told (answer_told.toml). An
explicit mark beside the goal's own name always answers; else nothing is said below the threshold
(docs/retrospectives.md says how it is chosen, and how often that is right).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import fsum, log

from vaultdots.retrospective.answer_rules import (
    CALLED,
    NAMED,
    OF_IT,
    ROLES,
    SAYS,
    Line,
    is_called,
    is_close,
    is_divided,
    is_marked,
    is_of_else,
    is_torn,
    last_attempt,
    naming_it,
    odds,
    of_this,
    said_of,
    says_nothing,
)
from vaultdots.retrospective.answer_signs import (
    after_goal,
    as_marked,
    bare_of,
    by_numbers,
    by_share,
    is_explicit,
    is_torn_label,
    share_of,
    short_of,
)
from vaultdots.retrospective.answer_units import AnswerUnits
from vaultdots.retrospective.asked import SEEN, Asked, grams_of
from vaultdots.retrospective.denials import denied, of_goal
from vaultdots.retrospective.document import ReviewDocument, Unit
from vaultdots.retrospective.matching import coverage, terms
from vaultdots.retrospective.model import Evidence, OwnWords
from vaultdots.retrospective.verdicts import (
    Clause,
    Said,
    at_last,
    by_mark,
    by_points,
    by_word,
    clauses,
    is_intended,
    is_of_goal,
    is_sure,
    marks,
    of_answer,
    turns_of,
)
from vaultdots.retrospective.words import any_of
from vaultdots.text.linear import decision
from vaultdots.text.tuples import NamedTuple

PACKAGE = "vaultdots.retrospective"
_BEHIND = 40
"""Characters behind a restated goal in which a judgement is one of it."""
_NAMES = 4
"""Letters of a goal from which a sentence that begins so is about it."""
_SPREAD = 6.0
"""How far the logarithm of the odds that a unit is the one goes from surely not to surely."""
_READ = 16
"""Sentences of a restated goal and under it that are read."""
_DECAY = 0.7
"""What each sentence counts less than the one before it."""
_EVERY = 0.2
"""What every sentence counts, wherever it stands."""
_OF_GOAL = 3.0
"""How much more a sentence counts that judges the goal itself."""
_REPEATS = 0.8
"""Share of a sentence's letters that the goal holds, from which it only repeats that."""
_OF_UNIT = ("same-name", "sums-up", "most", "claimed", "same-heading", "says-ahead", "in-turn")
_AS_THEY_ARE = ("covers", "holds-words", "shares", "meant")
"""Features of a unit that say of themselves how far it is to be told."""
_PLACED = frozenset({"same-name", "same-heading", "own-section", "in-turn", "sums-up"})
WEIGHED = 3
"""Units of a review whose verdicts are compared: the likeliest ones."""


class Answer(NamedTuple):
    """What a review says of a goal, how surely, and where. sure: it is to be told as an answer."""

    said: Said
    confidence: float
    evidence: Evidence
    sure: bool = True
    close: bool = True
    """Whether it shares enough with the goal to be shown where it is no answer."""


class AnswerIndex(AnswerUnits):
    """The units of one review, and what they say of goals."""

    def __init__(self, document: ReviewDocument, own: OwnWords | None = None) -> None:
        super().__init__(document, own)
        self._clauses: dict[str, list[tuple[Clause, frozenset[str], Sequence[str]]]] = {}

    def under(self, index: int) -> list[str]:
        """The texts of the units under a unit."""
        return [self.units[at].text[:SEEN] for at in self.under_at(index)]

    def _own_mark(self, index: int) -> Said | None:
        """The mark of a unit, or of the first line under it that has one."""
        mark = self.mark(index)
        if mark not in {None, "empty"}:
            return mark
        under = [self.units[at] for at in self.under_at(index)]
        below = (by_mark(u.text[:SEEN]) or by_share(u.text) or by_points(u.text) for u in under)
        unders = (self.mark(at) for at in self.under_at(index) if self.units[at].kind == "item")
        # `**Partial success**: …` below a heading, `Done!` below any goal
        first = under[0].lead if under and self.units[index].kind == "heading" else ""
        judged = of_answer(first) if is_sure(first) and is_of_goal(first) else None
        judged = judged or (by_word(under[0].text) if under else None)
        found = (one for one in (*below, *unders, judged) if one not in {None, "empty"})
        return next(found, mark)

    def said_features(
        self, wanted: Asked, index: int, why: Mapping[str, float]
    ) -> dict[str, float]:
        """What a unit says of a goal. why: the features of the unit."""
        unit = self.units[index]
        found: dict[str, float] = {}

        def put(name: str, there: object) -> None:
            if there:
                found[name] = 1.0

        goal = wanted.goal.text
        rest, behind = self._rest(wanted, unit, why)
        counted = (share_of(goal, rest) or short_of(goal, rest)) if behind else None
        mark = self._own_mark(index)
        if index in self.marks.of_groups and not is_called(why):
            mark = None  # what its group says is of what it is called
        elif not is_explicit(unit):
            mark = counted or of_goal(goal, rest, mark)
        put("empty", mark == "empty")
        if mark in SAYS:
            put(f"mark-{mark}", True)
        lines = self.lines_of(wanted, index, rest, why)
        number = counted or self._number(goal, index, lines, "sums-up" in why)
        if number is not None:
            put(f"number-{number}", True)
        new = "" if self._repeats(wanted, rest) else rest
        said = denied(goal, new) or counted
        said = said or (of_goal(goal, rest, of_answer(rest)) if behind else None)
        if said in SAYS:
            put(f"behind-{said}", True)
        told = [line for line in lines if line.clause.said is not None]
        total = fsum(line.weight for line in told)
        for clause, weight, *_ in told:
            for sign in ("says", "surely") if clause.sure else ("says",):
                name = f"{sign}-{clause.said}"
                found[name] = found.get(name, 0.0) + weight / total
        if told:
            put(f"first-{max(told, key=lambda line: line.weight).clause.said}", True)
        found["mixed"] = 2 * min(found.get("surely-kept", 0.0), found.get("surely-dropped", 0.0))
        role = ROLES.get(self.heads[unit.stretch].kind)
        put(f"head-{role}", role)
        put("tells", any(line.clause.done for line in lines))
        put("judges", any(line.clause.sure for line in told))
        put("ahead", "says-ahead" in why)
        put("bare", mark in {None, "empty"} and said is None and number is None and not told)
        put("same-name", "same-name" in why)
        put("same-heading", "same-heading" in why)
        return found

    def _number(self, goal: str, index: int, lines: Sequence[Line], sums_up: bool) -> Said | None:
        """What the numbers beside a goal say: those of the sentences that are about it, else of all
        that stands there. A paragraph that sums up a list has the numbers of others, too."""
        for line in lines:
            kept = line.clause.said == "kept" and not is_intended(line.clause.text)
            # Of a count the sentence may go on with how the rest was done.
            counts = any_of("goals", "of_aim").search(line.clause.text) is not None
            text = line.sentence if counts else line.clause.text
            reached = by_numbers(goal, text[:SEEN], other=not kept)
            if reached is not None:
                return reached
        if sums_up:
            return None
        whole = " ".join([self.units[index].text[:SEEN], *self.under(index)])
        return by_numbers(goal, whole, other=True)

    def lines_of(
        self, wanted: Asked, index: int, rest: str, why: Mapping[str, float]
    ) -> list[Line]:
        """What a unit and the lines under it say, those that are about the goal weighing most.

        rest: what the unit says besides the goal's own name. What only repeats the goal says
        nothing of it.
        """
        unit, sums_up = self.units[index], "sums-up" in why
        whole = rest == unit.text[:SEEN]
        texts = [(s.text, s.line) for s in unit.sentences] if whole else [(rest, unit.line)]
        if unit.kind == "heading":
            texts = []
        for at in self.under_at(index, wanted if "own-section" in why else None):
            under = self.units[at]
            texts += [(s.text, s.line) for s in under.sentences] or [(under.text, under.line)]
        found: list[Line] = []
        texts = texts[:_READ]
        said = self._in_turn(wanted, index, texts) if sums_up else ((*one, False) for one in texts)
        for number, (sentence, line, is_its) in enumerate(said):
            if is_torn_label(sentence):
                continue
            early = _EVERY + (0.0 if sums_up else _DECAY**number)
            for clause, grams, words in self._heard(sentence[:SEEN]):
                clause = clause._replace(said=of_goal(wanted.goal.text, clause.text, clause.said))
                share = len(grams & wanted.told) / len(grams)
                # `Achieved it` is no repetition of `Achieve it`.
                if share >= _REPEATS and not (clause.done and not wanted.done and share < 1.0):
                    continue
                shared = coverage(wanted.words, words, self.weights)
                if not wanted.bare.isascii():
                    shared = max(shared, self.rarity.covers(wanted.grams, grams))
                if is_its:
                    shared = 1.0
                # What is called as the goal tells of that one alone, not of several.
                if "same-name" not in why and any_of("goals", "only").search(clause.text):
                    only: Said = "kept" if shared >= NAMED else "dropped"
                    clause, shared = clause._replace(said=only, sure=True, of_goal=True), 1.0
                weight = (clause.counts * early + 2 * shared) * (1.0 if clause.sure else 0.5)
                weight *= _OF_GOAL if clause.of_goal else 1.0
                found.append(Line(clause, weight, shared, sentence, line))
        if "own-section" in why and self._restates_others(index, wanted):
            # What was half a success there is of all: which of them it means, nobody knows.
            found = [one for one in found if one.clause.said != "partly" or one.shared >= OF_IT]
        if "own-section" in why and self.is_shared(wanted):
            found = of_this(found, by_clause=True)
        if not sums_up and not why.keys() & _PLACED and unit.kind == "paragraph":
            found = naming_it(found)
        return of_this(found) if sums_up else last_attempt(found)

    def _restates_others(self, index: int, wanted: Asked) -> bool:
        """Whether the section of a heading restates goals other than `wanted`."""
        there = self._of_heading[self.heads[self.units[index].stretch].bare]
        return any(self._answers_by_name(n) and self.claims[n][1] != wanted.bare for n in there)

    def _in_turn(
        self, wanted: Asked, index: int, texts: Sequence[tuple[str, int]]
    ) -> Iterator[tuple[str, int, bool]]:
        """The sentences of a paragraph behind a list that may be about a goal of that list, and
        whether they speak of it by its turn (`my second goal`); a turn holds until another goal is
        named."""
        goals = self._listed(index)
        turn = self._turn(wanted, goals)
        whose: frozenset[int] = frozenset()
        for sentence, line in texts:
            apart = len(turns_of(sentence)) > 1  # `I met the first, but not the second`
            for part in [c.text for c in clauses(sentence)] if apart else [sentence]:
                its = turns_of(part)
                whose = frozenset() if any_of("goals", "others").search(part) else its or whose
                if whose and self._is_of_other(part, whose, goals):
                    whose = frozenset()
                    if its:
                        continue  # of two goals, or of none
                if not whose or turn in whose:
                    yield part, line, bool(whose)

    def _listed(self, index: int) -> list[int]:
        """The lines of the list before a paragraph, in their order."""
        before = self.units[index - 1]
        group = self.document.groups[before.stretch, before.group]
        return [at for at in group if self.units[at].parent is None]

    def _turn(self, wanted: Asked, listed: Sequence[int]) -> int | None:
        """Which line of a list restates the goal: 1 for the first."""
        named = [self.claims.get(at, (0, ""))[1] for at in listed]
        return named.index(wanted.bare) + 1 if wanted.bare in named else None

    def _is_of_other(self, sentence: str, whose: frozenset[int], listed: Sequence[int]) -> bool:
        """Whether a sentence rather names another line of the list than those in their turn."""
        words = terms(sentence)
        named = [coverage(terms(self.units[at].text), words, self.weights) for at in listed]
        own = max((named[n - 1] for n in whose if n <= len(named)), default=0.0)
        return max(named, default=0.0) > max(own, NAMED)

    def _heard(self, sentence: str) -> Sequence[tuple[Clause, frozenset[str], Sequence[str]]]:
        """The clauses of a sentence, each with its letters and words."""
        found = self._clauses.get(sentence)
        if found is None:
            found = self._clauses[sentence] = [
                (clause, grams_of(bare_of(clause.text)), terms(clause.text))
                for clause in clauses(sentence)
            ]
        return found

    def _rest(self, wanted: Asked, unit: Unit, why: Mapping[str, float]) -> tuple[str, bool]:
        """A unit's text without the goal itself, whose own words are never its verdict, and whether
        the goal's name stood before it."""
        text = unit.text[:SEEN]
        called = min(why["name-covers"], 2 * why["name-is-covered"]) >= CALLED
        if unit.kind == "row":
            named = max(unit.cells, key=lambda cell: len(wanted.grams & grams_of(bare_of(cell))))
            tail = " · ".join(cell for cell in unit.cells if cell != named)
        elif unit.lead and why["name-covers"] >= CALLED:
            tail = unit.rest[:SEEN]
        elif len(wanted.bare) >= 3 and bare_of(text).startswith(wanted.bare[:20]):
            tail = after_goal(text, wanted.name)
        elif "same-name" in why and len(text) < 2 * len(wanted.name) + 8:
            tail = after_goal(text, wanted.name)
            tail = tail if len(tail) < len(text) / 2 else ""
        else:
            return text, False
        meant = any_of("goals", "no_goal").search(tail) is not None
        return tail, called and bool(tail) and not meant and not self._repeats(wanted, tail)

    def _repeats(self, wanted: Asked, text: str) -> bool:
        """Whether a text only says again what was announced."""
        grams = grams_of(bare_of(text))
        return len(grams & wanted.told) >= _REPEATS * len(grams)

    def told_features(
        self,
        wanted: Asked,
        why: Mapping[str, float],
        found: Mapping[str, float],
        chance: float,
        said: Said,
        sure: Mapping[str, float],
        beside: Sequence[tuple[float, Said]],
    ) -> dict[str, float]:
        """Whether an answer is to be told. sure: how likely each of the three is; beside: how
        likely each further unit is to be about the goal, and what it says."""
        total = fsum(share for share, _ in beside)
        own = odds(chance)
        told = {
            "alone": own / (own + total),
            "agreed": (own + fsum(share for share, other in beside if other == said))
            / (own + total),
            "aligned": min(1.0, max(0.0, 0.5 + log(own) / _SPREAD)),
            "certain": sure[said],
            "torn": max(sure[other] for other in SAYS if other != said),
        }
        told.update({n: why[n] for n in _AS_THEY_ARE if n in why})
        signs = (("marked", "mark"), ("counted", "number"), ("behind", "behind"),
                 ("judged", "first"), ("surely", "surely"), ("in-role", "head"))  # fmt: skip
        names = [name for name, sign in signs if f"{sign}-{said}" in found]
        names += [name for name in ("tells", "bare") if name in found]
        names += [name for name in _OF_UNIT if name in why]
        if self.is_shared(wanted):
            names = [name for name in names if name != "same-heading"]
        told.update(dict.fromkeys(names, 1.0))
        if "marked" in names and not is_close(why):
            del told["marked"]  # another line's mark
        if "in-role" in names:
            told["in-role"] = why["holds-words"]
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
            found = self.said_features(wanted, -at, near[-at])
            sure = {said: decision(PACKAGE, f"answer_{said}").confidence(found) for said in SAYS}
            read.append((chance, found, sure, said_of(found, sure)))
        index = -likely[0][1]
        why, (chance, found, sure, said) = near[index], read[0]
        beside = [(odds(other), verdict) for other, _, _, verdict in read[1:]]
        evidence = self._evidence(wanted, index, why, said)
        if is_marked(why, found, chance):
            return Answer(said, round(max(chance, sure[said]), 2), evidence)
        if self._is_unticked(index) and is_called(why):
            return Answer("empty", round(chance, 2), evidence)
        tells = decision(PACKAGE, "answer_told")
        telling = self.told_features(wanted, why, found, chance, said, sure, beside)
        confidence = tells.confidence(telling)
        several = sum(len(self.units[at].sentences) for at in self.under_at(index)) > 1
        surely = confidence >= tells.threshold and not says_nothing(found, several)
        close = is_close(why)  # what has nothing in common with the goal says nothing of it
        surely = surely and close and not (is_of_else(why, found) or is_divided(said, found))
        surely = surely and not is_torn(said, chance, beside)
        return Answer(said, round(confidence, 2), evidence, surely, close)

    def _evidence(
        self, wanted: Asked, index: int, why: Mapping[str, float], said: Said
    ) -> Evidence:
        """What is shown for an answer: the unit, of a section the sentence that says it."""
        unit = self.units[index]
        line, shown = unit.line, " – ".join([as_marked(unit), *self.under(index)[:1]])
        if why.keys() & {"own-section", "sums-up"}:
            lines = self.lines_of(wanted, index, self._rest(wanted, unit, why)[0], why)
            lines = [found for found in lines if found.clause.said == said]
            if lines:
                best = max(lines, key=lambda found: found.weight)
                line, shown = best.line, best.sentence
        heading = self.document.stretches[unit.stretch].heading
        rule = f"“{heading}”" if heading else "review"
        return Evidence(self.document.source.path, line, shown[:300], rule)

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
            marked = self.mark(index) not in {None, "empty"}
            if marked or index in forbidden or wanted.bare not in self.bare[index]:
                continue
            for sentence in self.units[index].sentences:
                if not bare_of(sentence.text).startswith(wanted.bare):
                    continue
                behind = after_goal(sentence.text, wanted.name)[:_BEHIND]
                said = at_last(behind) if is_sure(behind) else None
                said = of_goal(wanted.goal.text, behind, said)
                whole = at_last(after_goal(sentence.text, wanted.name))
                if said is not None and whole in {said, None}:
                    path = self.document.source.path
                    where = Evidence(path, sentence.line, sentence.text, "sentence")
                    return Answer(said, 0.9, where)
        return None
