"""What became of each goal: the thread from a review's list to the next reviews and the notes.

In this order: the person's own word (`goals.toml`), the check list of the target year's review,
its headings and sentences, a book finished, the notes dated in that year; then, of what is
unanswered, `carried` when the next list names it again, `open` while the year runs, else `unknown`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache, cached_property

from vaultdots.note.prose import plain
from vaultdots.retrospective.answer_signs import bare_of
from vaultdots.retrospective.answer_totals import Totals
from vaultdots.retrospective.answers import Answer, AnswerIndex
from vaultdots.retrospective.asked import Asked, asked_in, grams_of
from vaultdots.retrospective.document import document_of
from vaultdots.retrospective.matching import SAME, Weights, coverage, same_goal, terms, weigh
from vaultdots.retrospective.modals import without_modal
from vaultdots.retrospective.model import (
    Book,
    DatedNote,
    Evidence,
    Goal,
    GoalStatus,
    OwnWords,
    ReviewSource,
    YearNotes,
)
from vaultdots.retrospective.own_marks import own_mark
from vaultdots.retrospective.reviews import status_of
from vaultdots.retrospective.settle import Settled, word_of
from vaultdots.retrospective.verdicts import polarity
from vaultdots.retrospective.words import any_of
from vaultdots.text.folding import fold
from vaultdots.text.late import late
from vaultdots.text.periods import periods_in
from vaultdots.text.spans import Lines
from vaultdots.text.tuples import NamedTuple

_PERIOD_RANK = {"year": 0, "half": 1, "quarter": 2, "month": 3, "week": 4}
_NOTE_COVERAGE = 0.5
"""Share of a goal's meaning that a note's title and tags must hold to be evidence."""
_NOTES_SHOWN = 5
_RARE_SHARE = 0.05
"""A word in more than this share of a year's titles says nothing about one goal."""
_NOTES_READ = 3000
"""Notes of one year whose text is looked into, so that a year of ten thousand stays quick."""
_LINE_LIMIT = 400
_ASIDE = late(r"\([^()]{0,80}\)")
_SEVERAL = late(r"[,、;/·&+]")
"""Signs between several things that one goal names; the words are data (goals.toml: several)."""
_TELLING = 4
"""Characters from which one word alone is taken to mean the goal (`건강검진`)."""


_SURELY_SAME = 0.65
"""Share of the letters of two goals from which an unanswered one was carried over to the other:
by their words alone every second one was kept, done in part, or another goal."""
_SAME_AND_DROPPED = 0.45
"""… and where the review rather says that it was not done."""
_MARKED = 0.95
"""How sure a mark is on the line that made the goal."""
_MAY_BE_KEPT = 0.15
"""Confidence that a goal was kept from which its being taken up again does not say otherwise."""


@cache
def _reading() -> frozenset[str]:
    """What says of a book only that it is to be read."""
    return frozenset(terms("독서 read"))


class Fate(NamedTuple):
    """What became of a goal, how surely, and by what."""

    status: GoalStatus
    confidence: float
    evidence: tuple[Evidence, ...] = ()


def with_fates(
    goals: Sequence[Goal],
    reviews: Sequence[ReviewSource],
    this_year: int,
    notes: YearNotes | None = None,
    books: Sequence[Book] = (),
    settled: Iterable[Settled] = (),
    own: OwnWords | None = None,
    only: Sequence[Goal] | None = None,
) -> tuple[Goal, ...]:
    """The same goals, in the same order, each with its status, confidence and evidence.

    this_year: the year that is not over yet. only: those of `goals` that are wanted back.
    """
    thread = _Thread(goals, reviews, this_year, notes, books, own)
    said = tuple(settled)
    wanted = {id(goal) for goal in (goals if only is None else only)}
    told = []
    for index, goal in enumerate(goals):
        if id(goal) not in wanted:
            continue
        settled_goal = by_own_word(goal, said)
        if settled_goal is not None:
            goal = settled_goal
        else:
            fate = thread.fate(index)
            goal = replace(
                goal, status=fate.status, confidence=fate.confidence, evidence=fate.evidence
            )
        again = thread.again(index)
        told.append(replace(goal, next=again) if again is not None else goal)
    return tuple(told)


def by_own_word(goal: Goal, settled: Sequence[Settled]) -> Goal | None:
    """A goal with the person's own word on it, None where there is none."""
    word = word_of(goal, settled)
    if word is None or word.status == "no-goal":
        return None
    where = Evidence("goals.toml", word.line, word.note, "settled")
    return replace(goal, status=word.status, confidence=1.0, evidence=(where,), settled=True)


class _YearWords(NamedTuple):
    """A year's notes with the words of their titles and tags. holders: word → notes by number."""

    notes: tuple[DatedNote, ...]
    words: tuple[tuple[str, ...], ...]
    holders: Mapping[str, list[int]]
    weights: Weights

    def sharing(self, terms: Sequence[str]) -> list[int]:
        """The notes that have any of `terms`, or a word that holds one, in order."""
        return sorted(
            {
                number
                for term in set(terms)
                for word in ((term,) if term.isascii() else self.holders)
                if word == term or term in word or word in term
                for number in self.holders.get(word, ())
            }
        )


def _terms_of(goal: Goal, own: OwnWords | None) -> tuple[str, ...]:
    """A goal's words; of one that a sentence states, those of what is to be done."""
    text = goal.text if goal.strength == "listed" else without_modal(goal.text)
    return terms(text, own) or terms(goal.text, own)


class _Thread:
    """The goals and everything that may answer for them, each read once."""

    def __init__(
        self,
        goals: Sequence[Goal],
        reviews: Sequence[ReviewSource],
        this_year: int,
        notes: YearNotes | None,
        books: Sequence[Book],
        own: OwnWords | None,
    ) -> None:
        self.goals = goals
        self.reviews = [review for review in reviews if review.target is None]
        self.this_year = this_year
        self.notes = notes
        self.books = books
        self.own = own
        self.sources = {source.path: source for source in reviews}
        self.words = [_terms_of(goal, own) for goal in goals]
        # What stands in brackets (`세 번째 도전`) does not make it another goal.
        self.names = [terms(_ASIDE.sub(" ", goal.text), own) for goal in goals]
        self.years: dict[int, _YearWords] = {}
        self.indices: dict[str, AnswerIndex] = {}
        self.totals: dict[str, Totals] = {}
        self.by_year: dict[int, list[int]] = {}
        self.by_due: dict[int | None, list[Goal]] = {}
        self.asked: dict[int, Asked] = {}
        self.drafts: dict[str, bool] = {}
        for n, goal in enumerate(goals):
            self.by_due.setdefault(due(goal), []).append(goal)
            if goal.made_in is not None:
                self.by_year.setdefault(goal.made_in, []).append(n)

    def fate(self, index: int) -> Fate:
        """What became of `goals[index]`."""
        goal = self.goals[index]
        year = due(goal)
        if year is None:
            return Fate("unknown", 0.0)
        answer = self._own_mark(goal) or self._answer(goal, year)
        if answer is not None and answer.sure:
            return self._decided(index, answer, year)
        read = self._by_book(index, year)
        if read is not None and read.status == "kept":
            return read
        taken_up = answer is None or answer.said != "kept" or answer.confidence < _MAY_BE_KEPT
        rather_not = answer is not None and answer.said == "dropped" and answer.close
        again = self.again(index, alike=_SAME_AND_DROPPED if rather_not else _SURELY_SAME)
        if again is not None and (taken_up or year >= self.this_year):
            return Fate("carried", 0.6, (again,))
        if goal.target_year is None or year >= self.this_year:
            return Fate("open", 0.9)
        if answer is not None and answer.close:
            return Fate("unknown", 0.0, (answer.evidence,))
        return read or self._by_notes(index, year) or Fate("unknown", 0.0)

    # ── Reviews ──────────────────────────────────────────────────────────────────────────────────

    def _answer(self, goal: Goal, year: int) -> Answer | None:
        """What the reviews of `year` say of a goal, the year's own review first; the closest unit
        where none answers."""
        reviews = [r for r in self.reviews if r.note.year == year]
        reviews.sort(key=lambda r: (_PERIOD_RANK.get(r.note.period or "year", 0), r.path))
        wanted = self._asked(goal)
        closest: Answer | None = None
        made = self.sources.get(goal.path)
        month = last_month(made) if made is not None else 0
        for review in reviews:
            if review.path == goal.path and review.note.period == "year":
                continue
            # A goal for the rest of the running year is answered by what is written later.
            if goal.made_in == year and review.path != goal.path and month >= last_month(review):
                continue
            answer = self._index(review, year).answer(wanted)
            if answer is None or not answer.sure:
                answer = self.totals[review.path].of(wanted) or answer
            if answer is None:
                continue
            # What is not done by the middle of a year is not given up, nor is what a draft, made
            # with its boxes empty, has not ticked yet.
            last = review.note.period == "year" or review.path == goal.path
            last = last and not (answer.said == "empty" and self._is_draft(review))
            if answer.sure and (last or answer.said in {"kept", "partly"}):
                return answer
            if closest is None or answer.confidence > closest.confidence:
                closest = answer._replace(sure=False)
        return closest

    def _own_mark(self, goal: Goal) -> Answer | None:
        """What the mark on a goal's own line says, where its list was kept up to date."""
        source = self.sources.get(goal.path)
        marked = own_mark(goal, document_of(source)) if source is not None else None
        return Answer(marked[0], _MARKED, marked[1]) if marked is not None else None

    def _index(self, review: ReviewSource, year: int) -> AnswerIndex:
        if review.path not in self.indices:
            index = self.indices[review.path] = AnswerIndex(document_of(review), self.own)
            due_now = [goal for goal in self.by_due.get(year, ()) if goal.strength != "wish"]
            asked_now = [self._asked(goal) for goal in due_now]
            index.claim(asked_now)
            self.totals[review.path] = Totals(index, asked_now)
        return self.indices[review.path]

    def _is_draft(self, review: ReviewSource) -> bool:
        if review.path not in self.drafts:
            self.drafts[review.path] = status_of(review) == "draft"
        return self.drafts[review.path]

    def _asked(self, goal: Goal) -> Asked:
        if id(goal) not in self.asked:
            source = self.sources.get(goal.path)
            document = document_of(source) if source is not None else None
            self.asked[id(goal)] = asked_in(goal, document, self.own)
        return self.asked[id(goal)]

    def _decided(self, index: int, answer: Answer, year: int) -> Fate:
        if answer.said in {"kept", "partly"}:
            status: GoalStatus = "kept" if answer.said == "kept" else "partly"
            return Fate(status, answer.confidence, (answer.evidence,))
        if answer.said == "empty" and year >= self.this_year:
            return Fate("open", answer.confidence, (answer.evidence,))
        later = answer.said == "empty" or any_of("goals", "ahead").search(answer.evidence.text)
        if later and (again := self.again(index)) is not None:
            return Fate("carried", answer.confidence, (answer.evidence, again))
        return Fate("dropped", answer.confidence, (answer.evidence,))

    def again(self, index: int, *, alike: float = 0.0) -> Evidence | None:
        """Where the list after the goal's year names it again. alike: the share of letters that
        both must have in common."""
        goal = self.goals[index]
        year = due(goal)
        best: tuple[float, Goal] | None = None
        for n in self.by_year.get(year, ()) if year is not None else ():
            other = self.goals[n]
            if due(other) != year and other.path != goal.path:
                score = same_goal(self.names[index], self.names[n])
                if alike and _alike(goal.text, other.text) < alike:
                    continue
                if score >= SAME and (best is None or score > best[0]):
                    best = (score, other)
        if best is None:
            return None
        return Evidence(best[1].path, best[1].line, best[1].text, "named again")

    # ── Books and notes ──────────────────────────────────────────────────────────────────────────

    @cached_property
    def _book_words(self) -> list[tuple[str, ...]]:
        return [terms(book.title, self.own) for book in self.books]

    def _by_book(self, index: int, year: int) -> Fate | None:
        """The books of the goal's name, finished in its year; of several that it names, all."""
        wanted = set(self.words[index])
        read = [
            (book, words)
            for book, words in zip(self.books, self._book_words, strict=True)
            if book.year == year and words and set(words) <= wanted
        ]
        if not read:
            return None
        titles = {word for _, words in read for word in words}
        named = self.goals[index].text
        if not any(set(terms(a, self.own)) & titles for a in _ASIDE.findall(named)):
            named = _ASIDE.sub(" ", named)  # the author and publisher of the one named
        when = any_of("goals", "when").search
        each = (p for part in _SEVERAL.split(named) for p in any_of("goals", "several").split(part))
        parts = [set(terms(part, self.own)) for part in each if not when(part)]
        every = all(part & titles or not part - _reading() for part in parts)
        where = tuple(Evidence(b.path, b.line, b.title, "book finished") for b, _ in read)
        return Fate("kept", 0.8, where) if every else Fate("unknown", 0.0, where)

    def _year_words(self, year: int) -> _YearWords:
        if year not in self.years:
            notes = tuple(self.notes.notes_in(year)) if self.notes is not None else ()
            words = tuple(
                terms(" ".join((note.title, *note.aliases, *note.tags)), self.own) for note in notes
            )
            holders: dict[str, list[int]] = {}
            for number, found in enumerate(words):
                for word in set(found):
                    holders.setdefault(word, []).append(number)
            self.years[year] = _YearWords(notes, words, holders, weigh(words))
        return self.years[year]

    def _by_notes(self, index: int, year: int) -> Fate | None:
        """Notes dated in the goal's year that share its rare words."""
        goal = self.goals[index]
        if self.notes is None or not self.words[index]:
            return None
        there = self._year_words(year)
        if not there.notes:
            return None
        weights = there.weights
        most = max(3.0, _RARE_SHARE * len(there.notes))
        rare = [w for w in self.words[index] if weights.counts.get(w, 0) <= most]
        if not rare:
            return None
        found = [
            Evidence(there.notes[number].path, 1, there.notes[number].title, "note of that year")
            for number in there.sharing(rare)
            if self._is_later(there.notes[number], goal)
            and coverage(rare, there.words[number], weights) >= _NOTE_COVERAGE
        ]
        if found:
            return Fate("unknown", 0.0, tuple(found[:_NOTES_SHOWN]))
        return self._by_lines(rare, there, goal) if goal.strength == "listed" else None

    def _is_later(self, note: DatedNote, goal: Goal) -> bool:
        """Whether a note is later than a goal that its own year's review made."""
        if goal.made_in != due(goal):
            return True
        made = next((last_month(r) for r in self.reviews if r.path == goal.path), 0)
        return note.date is not None and note.date[5:7] > f"{made:02d}"

    def _by_lines(self, rare: Sequence[str], there: _YearWords, goal: Goal) -> Fate | None:
        """A line of a note of that year that holds the goal's words and says how it went."""
        assert self.notes is not None
        words = sorted({w for w in rare if len(w) > 1}, key=lambda w: (-len(w), w))
        if not words or (len(words) < 2 and len(words[0]) < _TELLING):
            return None
        for note in there.notes[:_NOTES_READ]:
            if note.path == goal.path or not self._is_later(note, goal):
                continue
            text = self.notes.text(note.path)
            looked = fold(text)
            at = looked.text.find(words[0])
            if at < 0:
                continue
            at, _ = looked.origin(at, at)
            start = text.rfind("\n", 0, at) + 1
            end = text.find("\n", at)
            line = text[start : end if end >= 0 else len(text)][:_LINE_LIMIT].strip()
            said = polarity(line)
            # Half of the words, and at least two unless the one is long enough to be meant.
            count = sum(1 for word in words if word in line.casefold())
            enough = count * 2 >= len(words) and (count > 1 or len(words[0]) >= _TELLING)
            if enough and said in {"kept", "partly"}:
                where = Evidence(note.path, Lines.of(text).line(at), plain(line), "line of a note")
                return Fate("unknown", 0.0, (where,))
        return None


def _alike(one: str, other: str) -> float:
    """The share of their letters, in runs, that two goals have in common, asides left out."""
    a, b = (grams_of(bare_of(_ASIDE.sub(" ", text))) for text in (one, other))
    return 2 * len(a & b) / (len(a) + len(b))


def last_month(review: ReviewSource) -> int:
    """The last month that a review looks back on: 12 of a year's, 6 of a first half's."""
    for mention in periods_in(review.note.title):
        months = mention.months()
        if months is not None and mention.stretch == review.note.period:
            return months[1]
    written = (review.note.created or "")[5:7]
    return int(written) if written.isdecimal() and review.note.period != "year" else 12


def due(goal: Goal) -> int | None:
    """The year whose review answers for a goal: its target, for some day's the next one."""
    if goal.target_year is not None:
        return goal.target_year
    return goal.made_in + 1 if goal.made_in is not None else None
