"""What a query is asked of, and where the query's words stand in it.

Each word is looked for once a candidate; whether the candidate answers, what it is worth and where
its first match stands are all read from that. The short texts that a candidate is called by are
looked through as one, kept apart by what no pattern crosses.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import lru_cache
from itertools import accumulate
from types import MappingProxyType
from typing import Any

from vaultdots.search.engine import APART, other_names
from vaultdots.search.match import (
    Match,
    asks_for_initials,
    find,
    find_initials,
    term_patterns,
)
from vaultdots.search.query import Node, Pattern, Phrase, Word
from vaultdots.search.source import SectionRow
from vaultdots.search.term_pattern import ExactPhrase, TermPattern, exact_phrase
from vaultdots.text.folding import Folded, fold, is_plain
from vaultdots.text.names import nfc
from vaultdots.text.tuples import NamedTuple

Leaf = Word | Phrase | Pattern

MATCHES = 50
"""Matches of a word that are looked at in one section to rank it."""
EVERY = 1 << 30

_WALL = "\n\0\0\0\n"
"""Between two places: white space and signs that a phrase or a mixed word may bridge, and more."""


class Place(NamedTuple):
    """A short text that a candidate is called by. signal: title, alias, heading, tag, property or
    context (what stands above it and is not its own); text: as written, in NFC."""

    signal: str
    text: str


class Front(NamedTuple):
    """What a candidate is called by, folded, kept apart by what no pattern crosses; starts: of each
    place in `text`, and its end."""

    text: str
    starts: list[int]
    places: list[Folded]


class Seen(NamedTuple):
    """Where one word stands in a candidate. front: (number of the place, match in its text); body:
    the first `MATCHES` in the text below the heading."""

    front: list[tuple[int, Match]]
    body: list[Match]


class Candidate:
    """One section, or a whole note: its places, its body and what was seen in them."""

    __slots__ = (
        "_folded", "_front", "_is_plain", "bodies", "body", "first", "is_head", "known", "places",
        "rows", "whole_note",
    )  # fmt: skip

    def __init__(self, rows: list[SectionRow], *, whole_note: bool = False) -> None:
        self.rows = rows
        self.first = first = rows[0]
        self.whole_note = whole_note
        self.is_head = whole_note or first.ordinal == 0
        self.places = _places(rows, self.is_head, whole_note)
        self.bodies = [lines_of(nfc(row.text)) for row in rows]
        self.body = self.bodies[0] if len(rows) == 1 else APART.join(self.bodies)
        self.known: dict[Leaf, Seen] = {}
        self._folded: Folded | None = None
        self._front: Front | None = None
        self._is_plain: bool | None = None

    @property
    def is_plain(self) -> bool:
        """Whether `body` folds to its lower case."""
        if self._is_plain is None:
            self._is_plain = is_plain(self.body)
        return self._is_plain

    @property
    def folded_body(self) -> Folded:
        """`body`, folded."""
        if self._folded is None:
            self._folded = Folded(self.body.lower()) if self.is_plain else fold(self.body)
        return self._folded

    @property
    def front(self) -> Front:
        """The places' texts as one."""
        if self._front is None:
            places = [_fold_name(text) for _, text in self.places]
            texts = [text for text, _ in places]
            ends = accumulate([len(text) + len(_WALL) for text in texts], initial=0)
            self._front = Front(_WALL.join(texts), list(ends), places)
        return self._front

    @property
    def title(self) -> str:
        """The title as written, in NFC."""
        return nfc(self.first.title)

    def texts(self, *, own: bool = False) -> list[str]:
        """Every text as written; own: without the context."""
        places = [p.text for p in self.places if not own or p.signal != "context"]
        return [*places, *self.bodies]

    def called(self, signal: str) -> list[str]:
        """The texts of one kind of place."""
        return [place.text for place in self.places if place.signal == signal]


def lines_of(text: str) -> str:
    """The text with every line's end as `\\n`, which is what `$` and `block:` mean by one."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _places(rows: list[SectionRow], is_head: bool, whole_note: bool) -> list[Place]:
    first = rows[0]
    names = (first.title, *first.aliases, *other_names(first))
    found = []
    if is_head:
        found += [Place("alias" if n else "title", nfc(name)) for n, name in enumerate(names)]
    found += [Place("heading", nfc(row.headings[-1])) for row in rows if row.headings]
    found += [Place("tag", nfc(tag)) for row in rows for tag in row.tags]
    if is_head:
        found += [Place("property", nfc(text)) for text in first.properties]
    else:
        found += [Place("context", nfc(name)) for name in names]
    if not whole_note:
        found += [Place("context", nfc(heading)) for heading in first.headings[:-1]]
    return found


Task = tuple[int, str, str]
"""Section id, the character between the brackets, the text."""


class Question(NamedTuple):
    """A query, with everything that was looked up for it before the first section.

    terms: the words that it wants to find, each once. facts: the notes for which each operator
    about whole notes holds. prefix: the word still being typed. patterns: the compiled regular
    expressions, under one time limit. tasks: those of a note.
    """

    tree: Node
    terms: tuple[Leaf, ...]
    facts: Mapping[Node, Collection[int]] = MappingProxyType({})
    prefix: Word | None = None
    patterns: Mapping[Pattern, Any] = MappingProxyType({})
    tasks: Callable[[int], Iterable[Task]] = lambda _: ()


def seen(question: Question, candidate: Candidate, leaf: Leaf) -> Seen:
    """Where a word, phrase or regex stands in a candidate; looked for once."""
    known = candidate.known.get(leaf)
    if known is None:
        if isinstance(leaf, Word):
            known = _see_word(candidate, leaf, leaf == question.prefix)
        elif isinstance(leaf, Phrase):
            known = _see_phrase(candidate, leaf)
        else:
            known = _see_pattern(candidate, question.patterns[leaf])
        candidate.known[leaf] = known
    return known


def _see_word(candidate: Candidate, word: Word, prefix: bool) -> Seen:
    """In each text the first spelling that stands there: the literal one before the stem."""
    front: list[tuple[int, Match]] = []
    body: list[Match] = []
    text = candidate.front.text
    for one in term_patterns(word.text, prefix=prefix):
        if matches := find(text, one):
            placed = _placed(candidate, matches)
            if front:
                done = {place for place, _ in front}
                placed = [pair for pair in placed if pair[0] not in done]
            front += placed
        body = body or _find_written(candidate, one)
    if asks_for_initials(word.text):
        front += _initials(candidate, word.text, {place for place, _ in front})
    return Seen(front, body)


def _initials(candidate: Candidate, word: str, done: set[int]) -> Iterable[tuple[int, Match]]:
    for number, (signal, text) in enumerate(candidate.places):
        if signal != "property" and number not in done:
            looked = _fold_name(text)
            for match in find_initials(looked.text, word):
                yield number, _as_written(looked, match)


def _see_phrase(candidate: Candidate, phrase: Phrase) -> Seen:
    exact = exact_phrase(phrase.text)
    front = [Match(start, end, 1.0) for start, end in exact.spans(candidate.front.text)]
    return Seen(_placed(candidate, front), _exact(exact, candidate.folded_body))


def _find_written(candidate: Candidate, one: TermPattern) -> list[Match]:
    """The first matches of a term pattern in a candidate's body, as written.

    Where no letter of the word has a case, the fold of a long text is saved.
    """
    if one.caseless and candidate.is_plain:
        return find(candidate.body, one, MATCHES)
    looked = candidate.folded_body
    found = find(looked.text, one, MATCHES)
    return [_as_written(looked, match) for match in found] if looked.moved else found


def _exact(exact: ExactPhrase, looked: Folded) -> list[Match]:
    return [_as_written(looked, Match(*span, 1.0)) for span in exact.spans(looked.text)]


def _as_written(looked: Folded, match: Match) -> Match:
    """A match in a folded text as the stretch of the written one."""
    if not looked.moved:
        return match
    return Match(*looked.origin(match.start, match.end), match.grade)


def _see_pattern(candidate: Candidate, pattern: Any) -> Seen:
    front = [
        (number, match)
        for number, (_, text) in enumerate(candidate.places)
        for match in _spans(pattern, text)
    ]
    return Seen(front, _spans(pattern, candidate.body))


def _spans(pattern: Any, text: str) -> list[Match]:
    return [Match(m.start(), m.end(), 1.0) for m in pattern.find_all(text) if m.end() > m.start()]


def _placed(candidate: Candidate, matches: list[Match]) -> list[tuple[int, Match]]:
    """Matches in the front as matches in the text of their place."""
    _, starts, places = candidate.front
    found = []
    for start, end, good in matches:
        number = bisect_right(starts, start) - 1
        at = starts[number]
        place = places[number]
        if end - at <= len(place.text):
            found.append((number, _as_written(place, Match(start - at, end - at, good))))
    return found


def found_in(question: Question, leaf: Leaf, text: str, limit: int = MATCHES) -> list[Match]:
    """The first matches of one word, phrase or regex in any text as written (NFC)."""
    return all_found_in(question, (leaf,), text, limit)[0]


def all_found_in(
    question: Question, leaves: Iterable[Leaf], text: str, limit: int = MATCHES
) -> list[list[Match]]:
    """The same of several, with the text folded once."""
    looked: Folded | None = None
    found: list[list[Match]] = []
    for leaf in leaves:
        if isinstance(leaf, Pattern):
            found.append(_spans(question.patterns[leaf], text))
            continue
        looked = looked or fold(text)
        if isinstance(leaf, Phrase):
            found.append(_exact(exact_phrase(leaf.text), looked))
            continue
        matches: list[Match] = []
        for one in term_patterns(leaf.text, prefix=leaf == question.prefix):
            if matches := find(looked.text, one, limit):
                break
        found.append([_as_written(looked, one) for one in matches] if looked.moved else matches)
    return found


_fold_name = lru_cache(maxsize=4096)(fold)
"""Titles and headings come again and again."""
