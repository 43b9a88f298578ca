"""What answers a query that nothing answers as it was typed: first the notes that hold every word
in different sections, then those that hold the most of them, a rare word counting more.

Only plain words are given up. An operator, a phrase, a `-word` and what stands in brackets hold for
every hit, and a query of one word is never relaxed.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from itertools import islice
from typing import TYPE_CHECKING

from vaultdots.search.candidate import EVERY, Candidate, seen
from vaultdots.search.engine import NAMES, AllOf, AnyOf, IndexQuery, within
from vaultdots.search.hits import Hit, Scored, first_of_each_note, note_facts, sort_key, spread
from vaultdots.search.match import spellings
from vaultdots.search.plan import plan
from vaultdots.search.query import And, Node, Word
from vaultdots.search.questions import is_question, plain_text, verbs_by_next, words_of_asking
from vaultdots.search.rank import Reason, score, shares_of, tie_breaks
from vaultdots.text.everyday import frequency
from vaultdots.text.hangul import verb_stems
from vaultdots.text.tuples import NamedTuple

if TYPE_CHECKING:
    from vaultdots.search.retrieval import Retrieval

WORDS, MOST = 24, 100
"""Words of a query that are weighed, the rarest of those that are looked up."""
FREQUENT = 2_000
"""Sections from which a word proposes none: it only weighs where others do."""
NOTES, SECTIONS = 20, 3
"""Notes that are looked at, and sections of each. Twice the notes found nothing more among the
first ten (`python -m benchmarks sentences`) and took twice as long."""
NAMED = 1.0
"""What a word adds, by its weight, where it stands in a name: a title says what a page is about."""
IN_THE_NOTE = 0.6
"""What a word is worth, by its weight, that stands in another section of the note."""
DAMPED = 0.5
"""Power of what a word is worth by its place: a sentence names many things, and the title that one
of its words stands in says less than the title of a query of one word."""
ASKED = 0.2
"""Share of its weight that a word is worth which only asks: a rare 왜 in a heading is no answer."""
SECTION = 100
"""Words of a usual section."""
ENOUGH = 0.3
"""Share of the best note's words (by weight) that a note must hold to be shown."""


class Relaxable(NamedTuple):
    """A query in two parts. words: those that may be given up; kept: what every hit answers."""

    words: tuple[Word, ...]
    kept: tuple[Node, ...]


def relaxable(tree: Node) -> Relaxable | None:
    """A query that may be relaxed; None for one that asks for what must be."""
    if not isinstance(tree, And):
        return None
    words = {part.text: part for part in tree.parts if isinstance(part, Word)}
    if len(words) < 2:
        return None
    kept = tuple(part for part in tree.parts if not isinstance(part, Word))
    return Relaxable(tuple(words.values()), kept)


class Relaxed(NamedTuple):
    """A section that a relaxed query found. missing: the words that its note does not hold."""

    scored: Scored
    missing: tuple[str, ...]


def relaxed(retrieval: Retrieval) -> list[Hit]:
    """The answer of most of a query's words, in the order that was asked for."""
    asked, options = relaxable(retrieval.tree), retrieval.options
    if asked is None or (retrieval.notes is not None and not retrieval.notes):
        return []
    stems = _stems_of_verbs(retrieval, asked)
    asking = frozenset(words_of_asking(retrieval.tree))
    if stems:
        asked = Relaxable(tuple(stems.get(word, word) for word in asked.words), asked.kept)
        retrieval = retrieval.instead(And((*asked.words, *asked.kept)))
    typed = {stem.text: word.text for word, stem in stems.items()}
    found = Relaxation(retrieval, asked, asking).found()
    if options.sort != "score":
        notes = {one.scored.candidate.first.note_id for one in found}
        facts = note_facts(retrieval.catalog, notes)
        found.sort(
            key=lambda one: (
                sort_key(options.sort, facts[one.scored.candidate.first.note_id]),
                one.scored.candidate.first.ordinal,
            )
        )
    missing = {
        one.scored.candidate: tuple(typed.get(word, word) for word in one.missing) for one in found
    }
    scored: Iterable[Scored] = (one.scored for one in found)
    if options.by_note:
        scored = first_of_each_note(scored)
    return [
        retrieval.showing.hit(*one)._replace(relaxed=missing[one.candidate])
        for one in islice(scored, options.limit)
    ]


def _stems_of_verbs(retrieval: Retrieval, asked: Relaxable) -> dict[Word, Word]:
    """The words of a question that stand nowhere as they were typed, and the stems of theirs that
    do: 바꾸나요 is looked for as 바꾸. What may be a noun as well is not (편지 is no 편)."""
    found: dict[Word, Word] = {}
    if not is_question(retrieval.tree):
        return found
    by_next = verbs_by_next(asked.words)
    for word in asked.words[:MOST]:
        texts = verb_stems(plain_text(word.text), sure=word not in by_next)
        stems = [Word(text, word.at) for text in texts if len(text) > 1]
        if not stems or _stands_somewhere(retrieval, word):
            continue
        known = next((stem for stem in stems if _stands_somewhere(retrieval, stem)), None)
        if known is not None:
            found[word] = known
    return found


def _stands_somewhere(retrieval: Retrieval, word: Word) -> bool:
    wanted = plan(word, retrieval.question.prefix)
    return wanted is not None and bool(retrieval.engine.some(wanted, None, 1))


class Relaxation:
    """One query being answered by most of its words."""

    def __init__(self, retrieval: Retrieval, asked: Relaxable, asking: frozenset[Word]) -> None:
        self.retrieval = retrieval
        self.engine = retrieval.engine
        self.asked = asked
        self.asking = asking
        self.kept = plan(And(asked.kept)) if asked.kept else None
        self.weights: dict[Word, float] = {}
        self.frequent: dict[Word, IndexQuery] = {}
        self.sections: dict[Word, list[int]] = {}
        self.named: dict[Word, list[int]] = {}
        self.note_of: dict[int, int] = {}

    def found(self) -> list[Relaxed]:
        """The best sections of the notes that hold most of the query, best first; none where no
        word of it is in the vault."""
        self._look_up()
        if self.asking.issuperset(self.weights):
            return []  # nothing of what is looked for is in the vault, only words that ask
        held, best, chosen = self._notes_with_most()
        self._find_frequent(held, best)
        candidates = self._that_hold(self.retrieval.accepted(And(self.asked.kept), chosen), held)
        if not candidates:
            return []
        self.retrieval.kept.links({one.first.note_id for one in candidates})
        scored = [self._scored(one, held[one.first.note_id]) for one in candidates]
        least = ENOUGH * max(self._value(held[one.first.note_id]) for one in candidates)
        return [
            Relaxed(one, self._missing(held[one.candidate.first.note_id]))
            for one in spread(scored)
            if self._value(held[one.candidate.first.note_id]) >= least
        ]

    def _notes_with_most(self) -> tuple[dict[int, set[Word]], list[int], list[int]]:
        """The words of each note, the notes with the most of them, and their best sections."""
        note_of = self.note_of = self._note_of()
        held: dict[int, set[Word]] = {}
        of_section: dict[int, float] = {}
        of_note: dict[int, float] = {}
        for word, sections in self.sections.items():
            weight, named = self.weights[word], set(self.named.get(word, ()))
            notes: dict[int, float] = {}
            for section in sections:
                if (note := note_of.get(section)) is not None:
                    worth = weight * (1 + NAMED if section in named else 1)
                    of_section[section] = of_section.get(section, 0.0) + worth
                    notes[note] = max(notes.get(note, 0.0), worth)
                    held.setdefault(note, set()).add(word)
            for note, worth in notes.items():
                of_note[note] = of_note.get(note, 0.0) + worth
        best = sorted(of_note, key=lambda note: (-of_note[note], note))[:NOTES]
        chosen: dict[int, list[int]] = {note: [] for note in best}
        for section in sorted(of_section, key=lambda one: (-of_section[one], one)):
            its = chosen.get(note_of[section])
            if its is not None and len(its) < SECTIONS:
                its.append(section)
        return held, best, [section for its in chosen.values() for section in its]

    def _that_hold(
        self, candidates: list[Candidate], held: dict[int, set[Word]]
    ) -> list[Candidate]:
        """The candidates in which a word really stands; a word that the index saw only where two
        others meet (이미 지났다 is no 이미지) is taken off its note."""
        standing = {
            one: {word for word in self.weights if self._stands(one, word)} for one in candidates
        }
        for word, sections in self.sections.items():
            if word in self.frequent:
                continue
            proposed = set(sections)
            left = Counter(self.note_of[section] for section in proposed if section in self.note_of)
            for one, words in standing.items():
                if one.first.section_id in proposed and word not in words:
                    left[one.first.note_id] -= 1
            for note, words in held.items():
                if left[note] <= 0:
                    words.discard(word)
        return [one for one in candidates if standing[one]]

    def _stands(self, candidate: Candidate, word: Word) -> bool:
        """Whether a word stands in a candidate, and not across a space between two others."""
        front, body = seen(self.retrieval.question, candidate, word)
        texts = [(candidate.places[number].text, match) for number, match in front]
        texts += [(candidate.body, match) for match in body]
        return any(
            len(word.text.split()) > 1 or len(text[match.start : match.end].split()) == 1
            for text, match in texts
        )

    def _look_up(self) -> None:
        """In which sections each word stands, and what it weighs."""
        size = max(self.engine.size(), 1)
        for word in self.asked.words[:MOST]:
            wanted = plan(word, self.retrieval.question.prefix)
            if wanted is None:
                continue
            narrowed = AllOf((self.kept, wanted)) if self.kept is not None else wanted
            found = self.engine.some(narrowed, self.retrieval.notes, FREQUENT + 1)
            if len(found) > FREQUENT:
                self.frequent[word] = narrowed
                self.weights[word] = _weight(word, self.engine.count(wanted, None, size), size)
            elif found:
                self.sections[word] = found
                if (names := within(narrowed, NAMES)) is not None:
                    notes = self.retrieval.notes
                    self.named[word] = self.engine.some(names, notes, FREQUENT, "names")
                self.weights[word] = _weight(word, len(found), size)
        for word in self.asking:
            if word in self.weights:
                self.weights[word] *= ASKED
        for word in sorted(self.weights, key=lambda word: -self.weights[word])[WORDS:]:
            del self.weights[word]
            self.sections.pop(word, None)
            self.named.pop(word, None)
            self.frequent.pop(word, None)
        if self.frequent and not self.sections:
            # Each word is in much of the vault: the best of a sample are as good as any.
            asked = AnyOf(tuple(self.frequent.values()))
            ranked = self.engine.rank(asked, self.retrieval.notes, NOTES * SECTIONS, "sample")
            self.sections[next(iter(self.frequent))] = [one.section_id for one in ranked]

    def _note_of(self) -> dict[int, int]:
        """Section id → note id, of every section that a word stands in."""
        wanted = {section for sections in self.sections.values() for section in sections}
        return self.retrieval.catalog.notes_of_sections(wanted)

    def _find_frequent(self, held: dict[int, set[Word]], notes: list[int]) -> None:
        """Which of these notes hold the words that much of the vault holds."""
        for word, wanted in self.frequent.items():
            found = self.engine.some(wanted, set(notes), EVERY)
            for note in set(self.retrieval.catalog.notes_of_sections(found).values()):
                held[note].add(word)

    def _value(self, words: Iterable[Word]) -> float:
        return math.fsum(self.weights[word] for word in words if word in self.weights)

    def _scored(self, candidate: Candidate, held: set[Word]) -> Scored:
        """A section by what its words are worth where they stand, each by its weight."""
        whole = math.fsum(self.weights.values())
        reasons: list[Reason] = []
        for word, weight in self.weights.items():
            share = weight / whole
            look = seen(self.retrieval.question, candidate, word)
            found = shares_of(candidate, word, look)
            if found:
                reasons += [
                    Reason(one.signal, one.text, one.score**DAMPED * share) for one in found
                ]
            elif word in held:
                reasons.append(Reason("note", word.text, IN_THE_NOTE * share))
        note = candidate.first.note_id
        reasons += tie_breaks(candidate.first.year, self.retrieval.kept.links_to(note))
        return Scored(candidate, reasons, score(reasons))

    def _missing(self, held: set[Word]) -> tuple[str, ...]:
        return tuple(word.text for word in self.asked.words if word not in held | self.asking)


def _weight(word: Word, count: int, size: int) -> float:
    """How much a word says: as BM25 weighs a term by the sections that it stands in, or those that
    it would stand in if the vault were written as people write. What is rare here and everywhere
    else is not (keep, 이름) says little."""
    forms = (plain_text(text) for text, _ in spellings(word.text))
    zipf = max(map(frequency, forms))
    usual = 1 - math.exp(-SECTION * 10 ** (zipf - 9)) if zipf else 0.0
    count = max(count, round(usual * size))
    return math.log(1 + (size - count + 0.5) / (count + 0.5))
