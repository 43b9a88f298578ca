"""Rows of books that are no items of a list: those of a table, and lists that are indented as code
is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from vaultdots.note.prose import Row
from vaultdots.retrospective.booklines import BookLine, read_line
from vaultdots.text.dates import dates_in
from vaultdots.text.late import late
from vaultdots.text.spans import Span
from vaultdots.text.tuples import NamedTuple

_TITLE_COLUMN = late(r"책|제목|도서|title|book", re.IGNORECASE)
_AUTHOR_COLUMN = late(r"저자|지은이|작가|author", re.IGNORECASE)
_DATE_COLUMN = late(r"날짜|날|읽은|완독|date|finished|when|월", re.IGNORECASE)
_DOING = late(r"\b(?:reading|listening|watching|writing|buying)\b", re.IGNORECASE)
"""`Actually reading a book` heads what is said of reading."""
_INDENTED = late(
    r"(?:(?<=\n)|\A)(?: {4,12}|\t{1,3})(?:\d{1,3}[.)]|[-*+]\.?)\s+(?P<row>\S[^\n]{0,400})(?:\n|\Z)"
)
_LEAST = 3
"""Indented lines that are a list."""


def table_books(rows: Sequence[Row], year: int | None) -> Iterator[tuple[Row, BookLine]]:
    """The books of a table that has a column of titles. year: of the review, for `3.17`."""
    if len(rows) < 3 or not all(set(cell) <= set("-: ") for cell in rows[1].cells):
        return
    header = rows[0].cells
    title = _column(header, _TITLE_COLUMN)
    if title is None or _DOING.search(header[title]):
        return
    author, date = _column(header, _AUTHOR_COLUMN), _column(header, _DATE_COLUMN, title)
    for row in rows[2:]:
        cells = row.cells + ("",) * (len(header) - len(row.cells))
        line = read_line(cells[title], year)
        if line is None or line.unfinished:
            continue
        if author is not None and cells[author]:
            line = line._replace(author=cells[author])
        if date is not None and (finished := _date(cells[date], year)):
            line = line._replace(finished=finished)
        rest = [c for n, c in enumerate(cells) if c and n not in {title, author, date}]
        if rest:
            line = line._replace(comment=rest[-1])
        yield row, line


def _column(header: Sequence[str], name: re.Pattern[str], but: int | None = None) -> int | None:
    return next((n for n, cell in enumerate(header) if n != but and name.search(cell)), None)


def _date(cell: str, year: int | None) -> str | None:
    found = next((d for d in dates_in(cell) if d.month is not None), None)
    if found is None:
        return None
    return (found if found.year else found._replace(year=year)).iso


class IndentedRow(NamedTuple):
    """A line of a list that is indented as code is, without its marker."""

    at: int
    raw: str


def indented_lists(text: str, span: Span) -> Iterator[list[IndentedRow]]:
    """Lists that stand so deep that Markdown takes them for code: three such lines or more."""
    rows: list[IndentedRow] = []
    end = -1
    for match in _INDENTED.finditer(text, *span):
        if match.start() != end:
            if len(rows) >= _LEAST:
                yield rows
            rows = []
        rows.append(IndentedRow(match.start(), match["row"]))
        end = match.end()
    if len(rows) >= _LEAST:
        yield rows
