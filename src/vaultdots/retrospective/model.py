"""What is derived from reviews: frozen records, each with the place that it came from.

Lines start at 1, spans are in code points of the note's text. Nothing here rewrites a note.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from vaultdots.note.choices import SectionKind as SectionKind
from vaultdots.note.model import Note, NoteKind
from vaultdots.retrospective.weights import Signal
from vaultdots.text.spans import Span
from vaultdots.text.tuples import NamedTuple

Strength = Literal["listed", "stated", "wish"]
GoalStatus = Literal["kept", "dropped", "carried", "partly", "open", "unknown"]
TargetKind = Literal["note", "tag", "folder", "series"]


@dataclass(frozen=True, slots=True)
class OwnWords:
    """The person's additions to the word lists, from `[years]` in dots.toml.

    sections: section kind → words in headings. same: groups of words that mean one thing.
    """

    sections: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    same: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, eq=False)
class ReviewSource:
    """A note, the text that it was read from, and the person's own words to read it with.

    Two are the same only where they are one: `document_of` reads each of them once.
    """

    note: Note
    text: str
    own: OwnWords = field(default_factory=OwnWords)
    target: int | None = None
    """The year that a note of goals is for, which is not a review; None in a review."""

    @property
    def path(self) -> str:
        """The note's vault-relative path."""
        return self.note.path


class DatedNote(NamedTuple):
    """A note of a year, as the catalog knows it. date: ISO, as far as it is known."""

    path: str
    title: str
    kind: NoteKind
    tags: tuple[str, ...] = ()
    date: str | None = None
    aliases: tuple[str, ...] = ()


class SectionLink(NamedTuple):
    """A link from a review to a note of the vault. line: where it is written."""

    line: int
    target: str
    title: str


class YearNotes(Protocol):
    """What this room asks of the catalog; `vault` gives it."""

    def notes_in(self, year: int) -> Sequence[DatedNote]:
        """The notes of `year`, reviews left out, by date, then path."""
        ...

    def text(self, path: str) -> str:
        """The text of a note, "" where it cannot be read."""
        ...

    def links(self, path: str) -> Sequence[SectionLink]:
        """The links of a note that name notes of the vault, in order."""
        ...


class ReviewSection(NamedTuple):
    """A section of a review as a dot of its own.

    kind: by its heading, else by the nearest heading above. own: whether its own heading said so.
    year: the year that the heading names. months: first and last month that it names.
    span: the heading and its text up to the next heading; body: where that text begins.
    """

    ordinal: int
    heading: str
    headings: tuple[str, ...]
    level: int
    line: int
    span: Span
    body: int
    kind: SectionKind
    own: bool
    year: int | None
    months: tuple[int, int] | None


class Evidence(NamedTuple):
    """Where something is said. rule: which rule read it so, in words."""

    path: str
    line: int
    text: str
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Goal:
    """Something that a review says will, should or might be done.

    text: as written, without its marker. made_in: year of the review. target_year: None for some
    day. detail: the sub-bullets. rule: why it was taken for a goal. status and confidence (0–1):
    what became of it, by `evidence`. settled: by the person's own word.
    """

    text: str
    made_in: int | None
    target_year: int | None
    strength: Strength
    path: str
    line: int
    span: Span
    rule: str
    status: GoalStatus = "unknown"
    confidence: float = 0.0
    evidence: tuple[Evidence, ...] = ()
    detail: tuple[str, ...] = ()
    settled: bool = False
    next: Evidence | None = None
    """The goal of the following year that takes it up again, whatever became of it."""


@dataclass(frozen=True, slots=True)
class Book:
    """A book that was read. finished: ISO date as far as it is known. reread: read before.

    year: of the finishing date, else of the review or the note that names it. rule: what said so.
    """

    title: str
    author: str | None
    finished: str | None
    year: int | None
    comment: str | None
    reread: bool
    path: str
    line: int
    rule: str


class BookNote(NamedTuple):
    """A note about a book, as the catalog knows it.

    finished: the ISO dates on which it was read to its end, the first reading first.
    """

    path: str
    title: str
    aliases: tuple[str, ...] = ()
    author: str | None = None
    finished: tuple[str, ...] = ()


class BookCount(NamedTuple):
    """How many books the author says were read, beside how many were found.

    about: the author's number is a rough one (`10권 이상`).
    """

    year: int | None
    path: str
    line: int
    said: int
    found: int
    text: str
    about: bool = False

    @property
    def differs(self) -> bool:
        """Whether the two contradict each other."""
        return self.found < self.said if self.about else self.found != self.said


class Event(NamedTuple):
    """A day that a note tells of. date: ISO day; text: the line, or the note's title."""

    date: str
    path: str
    line: int
    text: str


class Unmentioned(NamedTuple):
    """Notes of the year on one topic that the review neither links nor names.

    topic: `#tag`, a word of their titles, the folder, or "" of what shares nothing.
    """

    topic: str
    notes: tuple[DatedNote, ...]


class DigestSection(NamedTuple):
    """A section of a review. span: the months it names, None where it names none.

    opening: its first sentence that tells something, "" where it has no text of its own. path: of
    the review. suggested: what it should be connected to, notes, tags, folders and series.
    """

    heading: str
    level: int
    kind: str
    span: tuple[int, int] | None
    line: int
    links: tuple[SectionLink, ...]
    opening: str = ""
    path: str = ""
    suggested: tuple[str, ...] = ()


class New(NamedTuple):
    """A tag or a folder that no year before has. notes: how many notes of the year have it."""

    name: str
    kind: str
    notes: int
    path: str


class Digest(NamedTuple):
    """The year as a page."""

    year: int
    review: str | None
    title: str | None
    summary: str
    sections: tuple[DigestSection, ...]
    goals: tuple[Goal, ...]
    next_goals: tuple[Goal, ...]
    books: tuple[Book, ...]
    events: tuple[Event, ...]
    projects: tuple[DatedNote, ...]
    studies: tuple[DatedNote, ...]
    unmentioned: tuple[Unmentioned, ...]
    new: tuple[New, ...]


class ReviewBooks(NamedTuple):
    """The books of one review, and what its author says of their number."""

    books: tuple[Book, ...]
    counts: tuple[BookCount, ...]


class ReviewRow(NamedTuple):
    """A review as `dots reviews` lists it; sections, goals and books are counts."""

    path: str
    title: str
    period: str | None
    year: int | None
    status: str
    sections: int
    goals: int
    books: int
    summary: str


class Place(NamedTuple):
    """Where a name is spoken of. how: note, tag, review, or mention in another note.

    year: that a review tells of, else the one in which the note was written, `written` its day as
    far as it is known (None of a review). section: its headings, () for the note as a whole.
    """

    year: int
    path: str
    line: int
    text: str
    how: str
    section: tuple[str, ...] = ()
    written: str | None = None


class Concept(NamedTuple):
    """A name with the years in which it is spoken of, and where, the first place first."""

    name: str
    first: int
    last: int
    years: tuple[int, ...]
    places: tuple[Place, ...]


class Reason(NamedTuple):
    """Why a connection is suggested, in words. The names are the keys of `--json`."""

    signal: Signal
    text: str
    line: int


class Connection(NamedTuple):
    """What a section should be connected to. The names are the keys of `connect --json`.

    section: heading path, () before the first one. line: of the strongest evidence; 1-based.
    target: a path, or where target_kind is tag, folder or series its name; then notes are those of
    it that the section may mean, those of its months first. score: how likely a person would make
    the connection, 0–1. start, end: the name that would become the link, in code points of the
    source's text; None where the connection has no such name.
    """

    source: str
    section: tuple[str, ...]
    line: int
    target: str
    title: str
    score: float
    reasons: tuple[Reason, ...]
    explicit: bool
    ordinal: int
    start: int | None
    end: int | None
    target_kind: TargetKind = "note"
    notes: tuple[str, ...] = ()
