"""The books of one review, as they are found: in lists, tables, headings and sentences.

The words are data (lexicon/books.toml). Linear in the review.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, cached_property
from html import unescape

from vaultdots.note.html_prose import FILL
from vaultdots.note.prose import (
    Item,
    Prose,
    Sentence,
    plain,
)
from vaultdots.retrospective.bookcaptions import UNCHECKED, announces, is_ahead, lists_of_books
from vaultdots.retrospective.bookcounts import book_count
from vaultdots.retrospective.booklines import (
    QUOTED,
    BookLine,
    Titles,
    is_title,
    read_line,
    same_book,
    title_key,
    unwrapped,
)
from vaultdots.retrospective.booklists import is_marked, read_list
from vaultdots.retrospective.booknotes import is_book_page, title_sections
from vaultdots.retrospective.bookprose import bare_titles, paragraphs_of, says_read, told_titles
from vaultdots.retrospective.bookrows import indented_lists, table_books
from vaultdots.retrospective.booktitles import (
    ANGLED,
    BY_AUTHOR,
    ITALIC,
    PART_OF,
    covers,
    is_sentence_about,
    read_again,
)
from vaultdots.retrospective.document import document_of
from vaultdots.retrospective.modals import strength_of
from vaultdots.retrospective.model import Book, BookCount, ReviewSource
from vaultdots.retrospective.sections import Stretch
from vaultdots.retrospective.words import any_of, words_of
from vaultdots.text.dates import dates_in
from vaultdots.text.late import late

_A_LIST = 2
"""Books in lists or tables from which they are the review's list of books."""
_OPENING = 400
"""Characters of a section in which a bookshop's link makes its heading a title."""
_ABOUT_BOOKS = late(r"책|읽|독서|완독|(?<![a-z])books?(?![a-z])", re.IGNORECASE)
_FAVOURITE = late(r"favou?rites?|best books?|loved", re.IGNORECASE)
_KANA = late("[\u3041-\u30fa]")
_MOSTLY = 0.4
"""Share of a sentence that its quoted titles take up."""
_IN_USE = late(r"(?:고|[아어여혀려])\s?있(?:다|습니다|어요)\W*$")
"""`베개로 쓰고 있다`, `꽂혀 있다`: what is still going on is not read."""
_CAPTION = 12
"""Characters of a cover's caption (`썸네일`): more is a sentence that only links to a shop."""
_MARKS = 3
"""Marked items from which the mark alone makes a book; of fewer an author must say so too."""
_ROWS = {"list", "mark", "table"}
_NO_TITLES = ("no_title", "heading", "lead")
_OF_AUTHOR = late(r"(?<![가-힣])(?P<name>[가-힣]{2,4})의\s?$")
_NOBODY = late(
    r"(?:월|년|해|번|권|달|째|봄|여름|가을|겨울)$|^(?:나|저자|작가|올해|작년|최고|인생|우리)$"
)
_NUMBERED = late(r"^\W{0,3}(?:\d{1,2}|[a-z])[.)\]:]\s*|^\W{0,2}\d{1,2}\W\s?")
_LIQUID = late(r"\{%[^{}\n]{0,300}%\}|\{:[^{}\n]{0,200}\}")
"""`{% post_link "…" %}`, `{: target="_blank"}`."""
_LINK = late(r"\[(?P<text>[^\[\]\n]{1,120})\]\((?P<url>[^()\s]{1,300})\)")
_WIKI = late(
    r"\[\[(?P<name>[^\[\]\n|#]{1,120})(?:#[^\[\]\n|]{0,120})?(?:\|(?P<alias>[^\[\]\n]{1,120}))?\]\]"
)
_TICKED = late(r"`([^`\n]{2,90})`|[\"“]([^\"“”\n]{2,90})[\"”]")
_READ_HEADING = late(r"^(?:독서|책|읽은 책|reading|book)\s?[-:–—]\s+(?P<title>.+)$", re.IGNORECASE)


def parents_of(stretches: Sequence[Stretch], source: ReviewSource) -> list[Stretch | None]:
    """For each stretch the one of the heading that it stands under."""
    sections = source.note.sections
    above: list[tuple[int, Stretch]] = []
    found: list[Stretch | None] = []
    for stretch in stretches:
        level = sections[stretch.section].level
        while above and above[-1][0] >= level:
            above.pop()
        found.append(above[-1][1] if above else None)
        if level > 0:
            above.append((level, stretch))
    return found


class BookReading:
    """The books of one review, as they are found."""

    def __init__(
        self, source: ReviewSource, known: Mapping[str, str], *, whole: bool = False
    ) -> None:
        """known: see `books_of`. whole: the note is a list of books from beginning to end."""
        self.document = document_of(source)
        self.source = self.document.source
        self.whole = whole
        self.page = is_book_page(source.note.title)
        self.marked: list[Item] = []
        self.year = source.note.year
        self.lines = self.document.lines
        self.known = known
        self.found: list[Book] = []
        self.titles = Titles()
        self.where: list[tuple[int, int]] = []  # of each mention: (index of the book, offset)
        self.said: list[tuple[int, Sentence, int, bool]] = []
        self.told: list[tuple[BookLine, Sentence, bool]] = []

    # ── Where titles stand ───────────────────────────────────────────────────────────────────────

    def stretch(self, stretch: Stretch, prose: Prose, parent: Stretch | None) -> None:
        """Read one stretch of the review."""
        if self.whole:
            self.year = stretch.year or self.source.note.year
        if self.page and (
            self.year is None or any_of("books", "page_earlier").search(stretch.heading)
        ):
            return  # `Before 2021` names no year
        if self.whole and is_ahead(stretch) and stretch.year == self.year and says_read(prose):
            stretch = stretch._replace(goals=False, kind="book")  # the year that the list is of
        about_books = self._is_about_books(stretch)
        titled = about_books is not None and self._heading(stretch, prose, parent)
        ahead = is_ahead(stretch)
        if about_books is None:
            return
        if not titled:
            self._lists(stretch, prose, about_books)
        if not titled and not ahead:
            self._covers(stretch, about_books)
            if about_books:
                for row, book in table_books(prose.rows, self.year):
                    self._add(book, row.line, row.span.start, "table")
            self._indented(stretch, prose, about_books)
        about_books = about_books and not titled
        if not ahead:
            for sentence in prose.sentences:
                self._sentence(sentence, about_books)
            self._prose(prose.sentences, about_books)
        self._count(prose, stretch)

    def _is_about_books(self, stretch: Stretch) -> bool | None:
        """Whether a heading announces books; None where it announces articles or a wish list."""
        heading = stretch.heading
        if any_of("books", "articles").search(heading):
            return None
        if any_of("books", "not_read").search(heading) and not any_of("books", "read").search(
            heading
        ):
            return None
        named = any_of("books", "heading").search(heading) is not None
        return self.whole or stretch.kind == "book" or named

    def _heading(self, stretch: Stretch, prose: Prose, parent: Stretch | None) -> bool:
        """A heading that is a title: a bookshop's link under it, or a heading of books above it."""
        heading = _NUMBERED.sub("", stretch.heading).strip()
        if not heading:
            return False
        named = _READ_HEADING.match(heading)
        shop = self._opens_with_shop(stretch, heading)
        under = (
            parent is not None
            and parent.kind == "book"
            and stretch.kind == "book"
            and not any(item.depth == 0 for item in prose.items)
            and not prose.rows
        )
        if not (named or shop or under or self._titled_note(stretch)):
            return False
        if any(any_of("books", said).search(heading) for said in _NO_TITLES):
            return False
        section = self.source.note.sections[stretch.section]
        raw = section.raw or self.source.text[section.span.start : stretch.span.start]
        written = _NUMBERED.sub("", raw.strip().lstrip("#").split("\n")[0].strip())
        (line,) = read_list([written], self.year) if self.whole else (None,)
        line = line or read_line(named["title"] if named else heading, self.year)
        if line is None or line.unfinished:
            return False
        self._add(line, stretch.line, stretch.span.start, "heading")
        return True

    def _titled_note(self, stretch: Stretch) -> bool:
        """Whether this is one of the titles in a note that lists books by its headings."""
        return self.whole and stretch.section in self._title_sections

    @cached_property
    def _title_sections(self) -> frozenset[int]:
        return title_sections(self.document)

    def _opens_with_shop(self, stretch: Stretch, heading: str) -> bool:
        """Whether the first paragraph is nothing but a bookshop's link: a cover, or the title."""
        opening = self.source.text[stretch.span.start : stretch.span.start + _OPENING].lstrip()
        paragraph = opening.split("\n\n", 1)[0]
        if _shops().search(paragraph) is None:
            return False
        shown_there = [title for _, title, _ in covers(paragraph, 0, len(paragraph))]
        if any(not same_book(title, heading) for title in shown_there):
            return False  # covers of other books
        shown = re.sub(
            r"<[^<>\n]{0,300}>?|\(?https?://[^\s)]{1,300}\)?|[\[\]!]", "", plain(paragraph)
        )
        return len(shown.strip()) <= _CAPTION or same_book(shown, heading)

    def _covers(self, stretch: Stretch, about_books: bool) -> None:
        """A gallery: pictures that link to a bookshop, or two or more under a heading of books."""
        shown = covers(self.source.text, *stretch.span)
        gallery = about_books and len(shown) >= _A_LIST
        for at, title, url in shown:
            line = read_line(title, self.year)
            if line is not None and not line.unfinished and (gallery or _shops().search(url)):
                self._add(line, self.lines.line(at), at, "cover")

    def _lists(self, stretch: Stretch, prose: Prose, about_books: bool) -> None:
        """The lists of a stretch that name books, and the items that say so by themselves."""
        for items in lists_of_books(stretch, prose, about_books, self.lines):
            self._items(items)
        if not is_ahead(stretch):
            for item in prose.items:
                if BY_AUTHOR.match(item.raw):
                    self._items([item])
            self.marked += [item for item in prose.items if is_marked(item.raw)]

    def _items(self, items: Sequence[Item]) -> None:
        """The rows of one list."""
        chosen = [
            item
            for item in items
            if item.check not in UNCHECKED
            and not (_LINK.search(item.raw) is None and is_sentence_about(item.raw))
        ]
        for item, line in zip(chosen, self._rows(chosen), strict=True):
            if line is None or (line.unfinished and item.check is None):
                continue
            self._add(line, item.line, item.span.start, "list")

    def _rows(self, items: Sequence[Item]) -> list[BookLine | None]:
        lines = read_list([item.raw for item in items], self.year)
        for number, item in enumerate(items):
            link = _LINK.search(item.raw)
            line = lines[number]
            if line is None or link is None or not _shops().search(link["url"]):
                continue
            if same_book(line.title, plain(link["text"])) and is_title(plain(link["text"])):
                lines[number] = line._replace(title=unwrapped(plain(link["text"])))
        return lines

    def _marked(self) -> None:
        """Items that say by their mark that they are books, wherever they stand."""
        lines = read_list([item.raw for item in self.marked], self.year)
        for item, line in zip(self.marked, lines, strict=True):
            if line is None or line.unfinished or item.check in UNCHECKED:
                continue
            if len(self.marked) >= _MARKS or line.author is not None:
                self._add(line, item.line, item.span.start, "mark")

    def _indented(self, stretch: Stretch, prose: Prose, about_books: bool) -> None:
        """Lists that are indented as code is, after a line that announces books."""
        known = {item.line for item in prose.items}
        for rows in indented_lists(self.source.text, stretch.span):
            line = self.lines.line(rows[0].at)
            if line in known or not announces(prose, rows[0].at, about_books, self.lines):
                continue
            for row, book in zip(rows, read_list([r.raw for r in rows], self.year), strict=True):
                if book is not None and not book.unfinished:
                    self._add(book, self.lines.line(row.at), row.at, "list")

    def _sentence(self, sentence: Sentence, about_books: bool) -> None:
        """Titles that a sentence quotes or links to and says to have been read."""
        text = sentence.text
        raw = _LIQUID.sub("", unescape(sentence.span.of(self.source.text).replace(FILL, "")))
        titled = sum(len(match[0]) for form in (QUOTED, ITALIC) for match in form.finditer(raw))
        shown = about_books and any(_shops().search(m["url"]) for m in _LINK.finditer(raw))
        # Under a heading of books a sentence that is mostly titles needs no verb, nor does one
        # that links to a shop's.
        says = (
            any_of("books", "read").search(text)
            or shown
            or (about_books and titled >= _MOSTLY * len(text) and not _IN_USE.search(text))
            or _FAVOURITE.search(text)
        )
        if not says or strength_of(text) is not None:
            return
        if any_of("books", "not_read").search(text):
            return
        self._tell(raw, sentence, list(self._titles(raw, about_books)), about_books)

    def _tell(
        self,
        raw: str,
        sentence: Sentence,
        titles: Sequence[tuple[int, str, str | None]],
        about_books: bool,
    ) -> None:
        """Keep the titles of a sentence (offset, title, author), each with its day."""
        again = read_again(raw, [at for at, _, _ in titles])
        dates = [d for d in dates_in(raw) if d.month is not None]
        for at, title, author in titles:
            before = [d for d in dates if d.span.end <= at]
            day = before[-1] if before else (dates[0] if len(dates) == 1 else None)
            if day is not None and day.year is None:
                day = day._replace(year=self.year)
            line = BookLine(title, author, day.iso if day else None, None, False, at in again)
            self.told.append((line, sentence, about_books))

    def _prose(self, sentences: Sequence[Sentence], about_books: bool) -> None:
        """Titles that running prose tells of by what stands before and behind them."""
        for sentence, raw, talk in paragraphs_of(sentences, self.source.text, about_books):
            if strength_of(sentence.text) is None:
                bare = [(0, title, None) for title in bare_titles(sentence.text)]
                self._tell(raw, sentence, told_titles(raw, talk) or bare, about_books)

    def finish(self) -> None:
        """Add what sentences tell. Where the review has a list of its books, running text outside
        of it adds none: it only talks of them."""
        self._marked()
        listed = sum(1 for book in self.found if book.rule in {"list", "table"}) >= _A_LIST
        for line, sentence, about_books in sorted(self.told, key=lambda t: t[1].span.start):
            named = self.titles.find(line.title) is not None
            if named or (about_books and not (self.whole and self.found)) or not listed:
                self._add(line, sentence.line, sentence.span.start, "sentence")

    def _titles(self, raw: str, about_books: bool) -> Iterator[tuple[int, str, str | None]]:
        """Titles in a sentence: (offset, title, author)."""
        japanese = _KANA.search(raw) is not None
        for match in QUOTED.finditer(raw):
            if japanese and match[0][0] not in "『《":
                continue  # 「…」 is what somebody says there
            inner = re.match(r"\s?\(([^()\d\n]{1,40})\)", raw[match.end() :])
            author = inner[1] if inner else None
            of = _OF_AUTHOR.search(raw, max(0, match.start() - 8), match.start())
            if author is None and of is not None and not _NOBODY.search(of["name"]):
                author = of["name"]
            yield match.start(), unwrapped(plain(match[1])), author
        for match in BY_AUTHOR.finditer(raw):
            yield match.start("title"), unwrapped(match["title"]), match["author"]
        for match in ITALIC.finditer(raw) if about_books else ():
            if PART_OF.search(raw, max(0, match.start() - 12), match.start()) is None:
                yield match.start(), plain(match["title"]), match["author"]
        for match in ANGLED.finditer(raw):
            yield match.start(), match["title"].strip(), None
        for match in _LINK.finditer(raw):
            named = re.match(r"\s?(?:이?라는\s)?(?:책|도서)", raw[match.end() :])
            shown = unwrapped(plain(match["text"]))
            if (_shops().search(match["url"]) or named) and not any_of("books", "post").search(
                shown
            ):
                yield match.start(), shown, None
        for match in _WIKI.finditer(raw):
            title = self.known.get(title_key(match["name"].rsplit("/", 1)[-1]))
            if title is not None:
                yield match.start(), title, None
        for match in _TICKED.finditer(raw) if about_books else ():
            title = unwrapped(plain(match[1] or match[2]))
            known = title_key(title) in self.known or self.titles.find(title) is not None
            follows = re.match(
                r"\s?(?:(?:이?라는\s)?책|도서|은|는|을|를|도\s|과\s|와\s)", raw[match.end() :]
            )
            if is_title(title) and (known or (follows and match[1])):
                yield match.start(), title, None

    # ── Joining ──────────────────────────────────────────────────────────────────────────────────

    def _add(self, line: BookLine, number: int, offset: int, rule: str) -> None:
        if not is_title(line.title, sure=True):
            return
        year = int(line.finished[:4]) if line.finished else self.year
        made = Book(
            line.title, line.author, line.finished, year, line.comment, line.again,
            self.source.path, number, rule,
        )  # fmt: skip
        index = self.titles.find(line.title)
        if index is not None and not are_two_rows(self.found[index], made):
            self.where.append((index, offset))
            book = self.found[index]
            self.found[index] = replace(
                book,
                author=book.author or line.author,
                finished=book.finished or line.finished,
                comment=book.comment or line.comment,
                reread=book.reread or line.again,
            )
            return
        self.titles.add(line.title)
        self.where.append((len(self.found), offset))
        self.found.append(made)

    # ── The author's own count ───────────────────────────────────────────────────────────────────

    def _count(self, prose: Prose, stretch: Stretch) -> None:
        if stretch.goals or stretch.kind == "goal-check":
            return
        heading = Sentence(stretch.heading, stretch.span, stretch.line, None)
        for sentence in (heading, *prose.sentences):
            text = sentence.text
            about_books = stretch.kind == "book" or _ABOUT_BOOKS.search(text)
            said = book_count(text) if about_books else None
            if said is not None and said > 1:  # `책 한 권` is any book
                rough = any_of("books", "about").search(text) is not None
                self.said.append((stretch.section, sentence, said, rough))

    def counts(self, stretches: Sequence[Stretch]) -> Iterator[BookCount]:
        """Each count beside the books of the part of the review that it stands in."""
        sections = self.source.note.sections
        kinds = {stretch.section: stretch.kind for stretch in stretches}
        whole = len({book for book, _ in self.where})
        for section, sentence, said, about in self.said:
            start, end = sections[section].span.start, self._end_of(section)
            here = len({book for book, at in self.where if start <= at < end})
            # A count under a heading of books, or of several books, is theirs; else the year's.
            theirs = here > 1 or (here == 1 and kinds.get(section) == "book")
            found = here if theirs and abs(here - said) <= abs(whole - said) else whole
            yield BookCount(
                self.year, self.source.path, sentence.line, said, found, sentence.text, about
            )

    def _end_of(self, section: int) -> int:
        """Where a section ends with all that stands under its heading."""
        sections = self.source.note.sections
        later = (s for s in sections[section + 1 :] if s.level <= sections[section].level)
        return next((s.span.start for s in later), len(self.source.text))


def are_two_rows(one: Book, other: Book) -> bool:
    """Whether two books stand in two rows of one note's lists and their titles are only alike:
    nobody lists a book twice."""
    rows = one.rule in _ROWS and other.rule in _ROWS and one.line != other.line
    return rows and one.path == other.path and title_key(one.title) != title_key(other.title)


@cache
def _shops() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(entry["host"]) for entry in words_of("books")["shop"]))
