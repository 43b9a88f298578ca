"""The books that reviews say were read, over the years.

A book read in an earlier year is a reread. The author's own count (`세 권`) is set beside what was
found, and a difference is said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from types import MappingProxyType

from vaultdots.retrospective.booklines import Titles, title_key
from vaultdots.retrospective.booknotes import is_book_list, is_book_page, titles_of
from vaultdots.retrospective.bookreading import BookReading, are_two_rows, parents_of
from vaultdots.retrospective.document import document_of, stretches_of
from vaultdots.retrospective.model import (
    Book,
    BookCount,
    BookNote,
    ReviewBooks,
    ReviewSource,
)
from vaultdots.text.late import late

_NONE: Mapping[str, str] = MappingProxyType({})
_SUBTITLE = late(r"\s*(?:[:：―—–|(]|\s-\s|\u3000)")
_TELLING = 5
"""Letters of a title that mean that book wherever they stand."""


def books_of(source: ReviewSource, known: Mapping[str, str] = _NONE) -> ReviewBooks:
    """The books that one review says were read, each once, and the author's own counts.

    known: what the vault's notes about books are called (`titles_of`): links to them are titles
    too.
    """
    reading = BookReading(
        source, known, whole=is_book_list(source.note.title) or is_book_page(source.note.title)
    )
    stretches = stretches_of(source)
    for stretch, parent in zip(stretches, parents_of(stretches, reading.source), strict=True):
        prose = document_of(source).prose_of(stretch)
        reading.stretch(stretch, prose, parent)
    reading.finish()
    return ReviewBooks(tuple(reading.found), tuple(reading.counts(stretches)))


def all_books(
    sources: Sequence[ReviewSource],
    notes: Sequence[BookNote] = (),
    lists: Sequence[ReviewSource] = (),
    reviewed: Sequence[BookNote] = (),
    read: Callable[[ReviewSource], ReviewBooks] | None = None,
) -> ReviewBooks:
    """The books of all reviews and of the notes that name a finishing day, by year, then day.

    Each book once a year; one that was read in an earlier year is a reread. lists: notes that are
    lists of books. reviewed: books that notes are about, which were read in the note's year.
    read: what `books_of` says of one of them, where that is known.
    """
    read = read or partial(books_of, known=titles_of(notes))
    shelf = _Shelf()
    counts: list[BookCount] = []
    order = {"year": 0, "half": 1, "quarter": 2, "month": 3, "week": 4}
    for source in sorted(sources, key=lambda s: (order.get(s.note.period or "", 9), s.path)):
        books = read(source)
        counts += books.counts
        for book in books.books:
            shelf.put(book)
    for source in lists:
        for book in read(source).books:
            shelf.put(book)
    for note in notes:
        for day in note.finished:
            shelf.put(_noted(note, day, day, "property finished"))
        shelf.name_author(note)
    for note in reviewed:
        for day in note.finished:
            if not shelf.has_in(note.title, int(day[:4])):
                shelf.put(_noted(note, day, None, "note about it"))
    return ReviewBooks(tuple(_with_rereads(shelf.books)), tuple(_one_a_year(counts)))


def _noted(note: BookNote, day: str, finished: str | None, rule: str) -> Book:
    return Book(note.title, note.author, finished, int(day[:4]), None, False, note.path, 1, rule)


def _one_a_year(counts: Iterable[BookCount]) -> list[BookCount]:
    """The count of each year that a reader would check: one that agrees, else the largest."""
    best: dict[int | None, BookCount] = {}
    for count in sorted(counts, key=lambda c: (c.differs, -c.said, c.path, c.line)):
        best.setdefault(count.year, count)
    return sorted(best.values(), key=lambda c: c.year or 0)


class _Shelf:
    """Books by year, each once a year."""

    def __init__(self) -> None:
        self.books: list[Book] = []
        self.years: dict[int | None, tuple[Titles, list[int]]] = {}

    def put(self, book: Book) -> None:
        """Add a book, or what it says more to the same book of the same year."""
        titles, places = self.years.setdefault(book.year, (Titles(), []))
        at = titles.find(book.title)
        if at is None or are_two_rows(self.books[places[at]], book):
            titles.add(book.title)
            places.append(len(self.books))
            self.books.append(book)
            return
        other = self.books[places[at]]
        longer = max(other.finished or "", book.finished or "", key=len) or None
        self.books[places[at]] = replace(
            other,
            author=other.author or book.author,
            finished=longer,
            comment=other.comment or book.comment,
            reread=other.reread or book.reread,
        )

    def has_in(self, words: str, year: int) -> bool:
        """Whether the words around a title, as of a note about it, hold that of a book of the year
        or of the year before."""
        key = title_key(words)
        there = [n for y in (year, year - 1) if y in self.years for n in self.years[y][1]]
        mains = (title_key(_SUBTITLE.split(self.books[n].title, maxsplit=1)[0]) for n in there)
        return any(len(main) >= _TELLING and main in key for main in mains)

    def name_author(self, note: BookNote) -> None:
        """Give the author that a note names to its book in all years."""
        if note.author is None:
            return
        for titles, places in self.years.values():
            at = titles.find(note.title)
            if at is not None and self.books[places[at]].author is None:
                self.books[places[at]] = replace(self.books[places[at]], author=note.author)


def _with_rereads(books: Sequence[Book]) -> list[Book]:
    """The books by year and day, those of an earlier year's title marked as read again."""
    ordered = sorted(
        books, key=lambda b: (b.year or 0, b.finished or f"{b.year or 0:04d}-99", b.path, b.line)
    )
    earlier = Titles()
    years: list[int] = []
    authors: list[str | None] = []
    told = []
    for book in ordered:
        at = earlier.find(book.title) if book.year is not None else None
        before = at is not None and book.year is not None and years[at] < book.year
        if at is None and book.year is not None:
            earlier.add(book.title)
            years.append(book.year)
            authors.append(book.author)
        # Who wrote it was said when it was first read.
        author = book.author or (authors[at] if at is not None else None)
        told.append(replace(book, author=author, reread=book.reread or before))
    return told
