"""Notes that are about books: one about one book, and those that are lists of what was read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from vaultdots.retrospective.booklines import is_title, title_key, unwrapped
from vaultdots.retrospective.document import ReviewDocument
from vaultdots.retrospective.model import BookNote
from vaultdots.retrospective.words import any_of, each_of
from vaultdots.text.dates import parse_date
from vaultdots.text.late import late


def book_note_of(
    path: str, title: str, aliases: tuple[str, ...], properties: Mapping[str, object]
) -> BookNote:
    """What a note about a book says in its properties (keys case-folded)."""
    finished: list[str] = []
    for keys in (_FINISHED, _REREAD):
        value = next((properties[key] for key in keys if key in properties), None)
        for item in value if isinstance(value, list) else [value]:
            day = parse_date(item)
            if day is not None:
                finished.append(day[:10])
    return BookNote(path, title, aliases, author_named(properties), tuple(sorted(set(finished))))


def titles_of(notes: Iterable[BookNote]) -> dict[str, str]:
    """What notes about books are called, in any spelling, and the titles that it means."""
    return {title_key(name): note.title for note in notes for name in (note.title, *note.aliases)}


def author_named(properties: Mapping[str, object]) -> str | None:
    """The author in a note's properties (keys case-folded)."""
    author = next((properties[key] for key in _AUTHOR if key in properties), None)
    if isinstance(author, list):
        author = ", ".join(name for name in author if isinstance(name, str))
    return author if isinstance(author, str) and author.strip() else None


_FINISHED = ("finished", "date_finished", "finish", "end", "완독", "완독일", "읽은 날")
_REREAD = ("reread", "re-read", "재독", "다시 읽음")
_AUTHOR = ("author", "authors", "저자", "지은이")


def title_sections(document: ReviewDocument) -> frozenset[int]:
    """In a note that is a list of books: the sections whose headings name a book each.

    Those that link somewhere or say `by`, where there are a few such; else those of the level that
    most sections without a list have.
    """
    source = document.source
    sections = list(enumerate(source.note.sections))
    titles_note = sum(section.level == 1 for _, section in sections) <= _A_FEW
    headed = [
        (number, section)
        for number, section in sections
        if section.heading.strip()
        and not (titles_note and section.level == 1)
        and section.heading != source.note.title
    ]
    formed = [
        number
        for number, section in headed
        if _TITLE_HEADING.search(section.raw or source.text[section.span.start : section.body])
    ]
    if len(formed) >= _A_FEW:
        return frozenset(formed)
    plain_ones = [
        (number, section)
        for number, section in headed
        if not any(item.depth == 0 for item in document.prose[number].items)
    ]
    levels: dict[int, list[int]] = {}
    for number, section in plain_ones:
        if not any_of("books", "frame").search(section.heading):
            levels.setdefault(section.level, []).append(number)
    most: list[int] = max(levels.values(), key=len, default=[])
    return frozenset(most)


_TITLE_HEADING = late(r"\]\(|\]\[|\[\[|\sby\s[A-Z]|[『《「\"“].+[』》」\"”]|\*\S")
"""What sets a title off in a heading: a link, an author, quotation marks."""
_A_FEW = 2


def is_book_list(title: str) -> bool:
    """Whether a note's title announces books that were read: `2012 Read Books`, `읽은 책`."""
    if any_of("books", "list_title").search(title) is None:
        return False
    return any_of("books", "articles").search(title) is None


def is_book_page(title: str) -> bool:
    """Whether a note is called by a list of books and no year: its headings say when what was read
    (`Reading list`, below it `2021`)."""
    page = any_of("books", "page_title").fullmatch(title.strip()) is not None
    return page and not is_book_list(title)


def list_year(title: str, year: int | None) -> int | None:
    """The year that a list of books is about: the one that its title names, else the note's."""
    if is_book_page(title):
        return None
    named = set(_YEAR.findall(title))
    return int(named.pop()) if len(named) == 1 else year


_YEAR = late(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def reviewed_book(title: str) -> str | None:
    """The book that a note's title says it is about: `[서평] 심플 소프트웨어`, `모순을 읽고`."""
    if any_of("books", "note_title").search(title) is None:
        return None  # as of most titles; said by one look
    for _, pattern in each_of("books", "note_title"):
        found = pattern.search(title)
        if found is not None:
            named = next(name for name in found.groupdict().values() if name is not None)
            named = unwrapped(re.split(r"\s[-–—|]\s", named, maxsplit=1)[0])
            return named if is_title(named, sure=True) else None
    return None
