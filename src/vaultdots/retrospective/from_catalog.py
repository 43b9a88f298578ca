"""The catalog as this room reads it: reviews with their text, the notes of a year, their links."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import islice
from typing import Any, Protocol, TypeVar, cast, get_args

from vaultdots.errors import ConfigError
from vaultdots.graph.link_graph import LinkGraph
from vaultdots.graph.links import Resolver
from vaultdots.note.kind import OPENS_WITH_GOALS, TELLS_WHAT_WAS_READ, Status
from vaultdots.note.model import Dialect, Note, NoteKind, Period, Property, Region, Section, Tag
from vaultdots.note.plans import (
    PlanNote,
    is_plan_page,
    plan_of,
    plan_of_page,
    plan_of_turn,
)
from vaultdots.note.review_names import called
from vaultdots.retrospective.booknotes import (
    author_named,
    book_note_of,
    is_book_list,
    is_book_page,
    list_year,
    reviewed_book,
    titles_of,
)
from vaultdots.retrospective.document import document_of
from vaultdots.retrospective.goals import lists_intentions
from vaultdots.retrospective.model import (
    BookNote,
    DatedNote,
    OwnWords,
    ReviewSource,
    SectionKind,
    SectionLink,
)
from vaultdots.store.answers import NoteRow
from vaultdots.store.catalog import Catalog
from vaultdots.store.kept_answers import EVERYTHING, Follows
from vaultdots.store.other_script import glossed_pairs
from vaultdots.text.calendar import MONTH_SHORT
from vaultdots.text.spans import Span
from vaultdots.text.tuples import NamedTuple

_OTHERS_SEEN = 50
"""Notes about other things than books whose authors are looked at."""

_T = TypeVar("_T")


class Readings(Protocol):
    """What was read of single notes, kept as long as these say the same."""

    def reading(
        self,
        question: str,
        compute: Callable[[], _T],
        depends: object,
        notes: Iterable[int],
        *,
        named: bool = False,
    ) -> _T:
        """`compute()`, or what it gave before. depends: what it follows from beside the text of
        the notes with the ids `notes`. named: and beside what all notes are called, filed under
        and dated."""
        return compute()


class ReadAnew(Readings):
    """Nothing is kept."""


class Titled(NamedTuple):
    """What the titles of notes that are no reviews say: paths of those that only make goals, with
    None where their headings say for when, and of lists of books; books that notes are about."""

    plans: tuple[tuple[str, PlanNote | None], ...]
    lists: tuple[str, ...]
    reviewed: tuple[BookNote, ...]


class CatalogNotes:
    """One state of the catalog; each thing is read when first asked for."""

    def __init__(self, catalog: Catalog, kept: Readings | None = None) -> None:
        """Nothing is read yet. kept: what was read before."""
        self.catalog = catalog
        self._kept: Readings = kept or ReadAnew()
        self._at: dict[str, NoteRow | None] = {}
        self._of_year: dict[int, list[DatedNote]] = {}
        self.read: list[int] = []
        """The ids of the notes whose text was read, as often as it was."""
        self._read_all = False

    def follows(self) -> Follows:
        """What an answer that was made of all that was read so far follows from."""
        return EVERYTHING if self._read_all else Follows("names", frozenset(self.read))

    def ids_of(self, paths: Iterable[str]) -> list[int]:
        """The ids of some notes."""
        return [row.id for row in self._rows_at(list(paths)) if row is not None]

    @cached_property
    def rows(self) -> tuple[NoteRow, ...]:
        """Every note, by path."""
        return LinkGraph.read(self.catalog).notes

    def _rows_at(self, paths: Sequence[str]) -> list[NoteRow | None]:
        """The notes at some paths, None where there is none."""
        unread = dict.fromkeys(path for path in paths if path not in self._at)
        if unread:
            rows = self.catalog.notes_at(unread)
            self._at.update({**unread, **{row.path: row for row in rows if not row.excluded}})
        return [self._at[path] for path in paths]

    @cached_property
    def _tags(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for _key, name, path in self.catalog.tags():
            found.setdefault(path, []).append(name)
        return found

    @cached_property
    def _resolver(self) -> Resolver:
        return Resolver(self.catalog)

    def notes_in(self, year: int) -> Sequence[DatedNote]:
        """The notes of `year`, reviews left out, by date, then path."""
        if "rows" in self.__dict__:
            return self._in_years.get(year, [])  # all are read: they need not be once more
        if year not in self._of_year:
            rows = self.catalog.notes_of("year", year)
            self._of_year[year] = self._by_date(row for row in rows if row.kind != "review")
        return self._of_year[year]

    def _by_date(self, rows: Iterable[NoteRow]) -> list[DatedNote]:
        return sorted(map(self._dated, rows), key=lambda note: (note.date or "9999", note.path))

    @cached_property
    def _in_years(self) -> dict[int, list[DatedNote]]:
        found: dict[int, list[NoteRow]] = {}
        for row in self.rows:
            if row.year is not None and row.kind != "review":
                found.setdefault(row.year, []).append(row)
        return {year: self._by_date(rows) for year, rows in found.items()}

    def dated_notes(self, before: int | None = None) -> list[DatedNote]:
        """All notes that have a year, reviews left out; of the years before one."""
        years = sorted(year for year in self._in_years if before is None or year < before)
        return [note for year in years for note in self._in_years[year]]

    def _dated(self, row: NoteRow) -> DatedNote:
        return DatedNote(
            row.path,
            row.title,
            cast(NoteKind, row.kind),
            tuple(dict.fromkeys(self._tags.get(row.path, ()))),
            date_of(row) or (f"{row.year:04d}" if row.year is not None else None),
            row.aliases,
        )

    def text(self, path: str) -> str:
        """The text of a note, "" where there is none."""
        (row,) = self._rows_at([path])
        if row is None:
            return ""
        self.read.append(row.id)
        return self.catalog.text(row.id)

    def glosses(self) -> Sequence[tuple[str, str]]:
        """(Hangul, Latin) of what the vault says is one name; folded."""
        return glossed_pairs(self.catalog)

    def texts(self) -> Iterator[tuple[NoteRow, str]]:
        """Every note with its text, in no order."""
        self._read_all = True
        rows = {row.id: row for row in self.rows}
        for note_id, text in self.catalog.texts():
            if note_id in rows:
                yield rows[note_id], text

    def texts_of_day(self, month: int, day: int) -> Iterator[tuple[NoteRow, str]]:
        """The notes that are dated on a day or may name it, with their texts."""
        self._read_all = True
        naming = self.catalog.notes_holding([str(day)], [str(month), MONTH_SHORT[month - 1]])
        for row in self.rows:
            if row.id in naming or (date_of(row) or "")[5:10] == f"{month:02d}-{day:02d}":
                yield row, self.catalog.text(row.id)

    def links(self, path: str) -> Sequence[SectionLink]:
        """The links of a note that name notes of the vault, in order."""
        self.read += self.ids_of([path])
        targets = [
            (link.line, target)
            for link in self.catalog.links_of(path)
            if not link.external
            and (target := self._resolver.resolve(link).target) is not None
            and target != path
        ]
        rows = self._rows_at([target for _, target in targets])
        return [
            SectionLink(line, row.path, row.title)
            for (line, _), row in zip(targets, rows, strict=True)
            if row is not None
        ]

    def reviews(self, own: OwnWords | None = None) -> list[ReviewSource]:
        """Every review with its text, by path. own: the person's words to read them with."""
        own = own or OwnWords()
        return [self.source(row, own) for row in self.catalog.notes_of("kind", "review")]

    @cached_property
    def _titled(self) -> Titled:
        return self._kept.reading("titled notes", self._by_titles, None, (), named=True)

    def _by_titles(self) -> Titled:
        plans, lists, reviewed = [], [], []
        for row in self.rows:
            if row.kind == "review":
                continue
            if row.kind not in {"index", "book", "project"}:
                name = _file_name(row.path)
                shown = called(row.title, name)
                date = date_of(row)
                plan = plan_of(shown, name, date)
                turn = row.kind_rule == OPENS_WITH_GOALS
                if plan is not None or turn or is_plan_page(shown):
                    plans.append((row.path, plan))
            told = row.kind_rule == TELLS_WHAT_WAS_READ
            if told or is_book_list(row.title) or is_book_page(row.title):
                lists.append(row.path)
            date = date_of(row) or (f"{row.year:04d}" if row.year is not None else None)
            if date is not None and (title := reviewed_book(row.title)) is not None:
                reviewed.append(BookNote(row.path, title, (), None, (date[:10],)))
        return Titled(tuple(plans), tuple(lists), tuple(reviewed))

    def plans(self, own: OwnWords | None = None) -> list[ReviewSource]:
        """Every note that only makes goals, with its text, by path."""
        own = own or OwnWords()
        found = []
        rows = self._rows_at([path for path, _ in self._titled.plans])
        for row, (_, said) in zip(rows, self._titled.plans, strict=True):
            if row is None:
                continue
            source = self.source(row, own)
            plan = said or _plan_of(source, date_of(row))
            if plan is not None:
                note = replace(source.note, year=plan.made_in, period=plan.period)
                found.append(ReviewSource(note, source.text, own, plan.target))
        return found

    def source(self, row: NoteRow, own: OwnWords | None = None) -> ReviewSource:
        """A note with its text, as reviews are read."""
        self.read.append(row.id)
        text = self.catalog.text(row.id)
        sections = tuple(
            Section(s.ordinal, s.level, s.headings, s.repeat, s.line, Span(s.start, s.end), s.body)
            for s in self.catalog.sections(row.id)
        )
        properties = tuple(
            Property(key, value, 1) for key, value in self.catalog.properties(row.id).items()
        )
        note = Note(
            path=row.path,
            title=row.title,
            title_rule="file",
            dialect=cast(Dialect, row.dialect),
            kind=cast(NoteKind, row.kind),
            kind_rule=row.kind_rule,
            year=row.year,
            year_rule=row.year_rule,
            period=cast("Period | None", row.period),
            created=row.created,
            modified=row.modified,
            body=sections[0].span.start if sections else 0,
            status=cast(Status, row.status),
            properties=properties,
            aliases=row.aliases,
            sections=sections,
            tags=tuple(Tag(t, Span(0, 0), 1, 1) for t in self._tags.get(row.path, ())),
            regions=tuple(
                Region(cast(Any, kind), Span(start, end))
                for kind, start, end in self.catalog.regions(row.id)
            ),
        )
        return ReviewSource(note, text, own or OwnWords())

    @cached_property
    def book_notes(self) -> list[BookNote]:
        """The vault's notes about books."""
        ids: list[int] = []
        found, read = self._kept.reading(
            "book notes", lambda: (self._read_book_notes(ids), ids), None, ids, named=True
        )
        self.read += read
        return found

    @cached_property
    def book_titles(self) -> Mapping[str, str]:
        """What those are called."""
        return titles_of(self.book_notes)

    def _read_book_notes(self, ids: list[int]) -> list[BookNote]:
        """ids: those of the notes that are read are put there."""
        rows = [row for row in self.rows if row.kind == "book"]
        ids += [row.id for row in rows]
        found = [
            book_note_of(row.path, row.title, row.aliases, self.catalog.properties(row.id))
            for row in rows
        ]
        if not any(note.author for note in found):
            return found
        # On a blog every note names who writes it, those about other things, too.
        others = [*islice((row for row in self.rows if row.kind != "book"), _OTHERS_SEEN)]
        ids += [row.id for row in others]
        writers = {author_named(self.catalog.properties(row.id)) for row in others}
        return [n._replace(author=None) if n.author in writers else n for n in found]

    def book_lists(self, own: OwnWords | None = None) -> list[ReviewSource]:
        """The notes, reviews left out, that are lists of books that were read."""
        return [
            self.source(row._replace(year=_year_read(row)), own or OwnWords())
            for row in self._rows_at(self._titled.lists)
            if row is not None
        ]

    def reviewed_books(self) -> list[BookNote]:
        """The books that other notes' titles say they are about, as read in the note's year."""
        return list(self._titled.reviewed)


def _year_read(row: NoteRow) -> int | None:
    """The year that a list of books is about; in January the one before."""
    if row.kind_rule == TELLS_WHAT_WAS_READ and row.created and row.created[5:7] == "01":
        return int(row.created[:4]) - 1
    return list_year(row.title, row.year)


def date_of(row: NoteRow) -> str | None:
    """A note's own date: its property, else the date that its path says (`note.dates`)."""
    return row.created


def own_words(table: Mapping[str, Any]) -> OwnWords:
    """The person's additions in `[years]` of dots.toml. Raises ConfigError with the place.

    `[years.sections] book = ["문학"]`, `[years] same = [["러닝", "조깅"]]`. A kind that there is
    none of is passed over here: `dots check` tells of it (`bad-config`).
    """
    sections = table.get("sections", {})
    same = table.get("same", [])
    if not isinstance(sections, Mapping) or not all(map(_are_texts, sections.values())):
        raise ConfigError("[years.sections] takes lists of words", place="dots.toml")
    if not isinstance(same, list) or not all(map(_are_texts, same)):
        raise ConfigError("[years] same takes lists of words", place="dots.toml")
    return OwnWords(
        {k: tuple(words) for k, words in sections.items() if k in get_args(SectionKind)},
        tuple(tuple(group) for group in same if group),
    )


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _plan_of(source: ReviewSource, written: str | None) -> PlanNote | None:
    """What a note plans whose title does not say it."""
    note = source.note
    if is_plan_page(called(note.title, _file_name(source.path))):
        page = plan_of_page(section.heading for section in note.sections)
        # One without a year is for the year at whose turn it was written.
        at_turn = written is not None and written[5:7] in {"12", "01"}
        return page or (plan_of_turn(written) if written and at_turn else None)
    return plan_of_turn(written) if written and lists_intentions(document_of(source)) else None


def _file_name(path: str) -> str:
    """A note's file name as words."""
    stem = path.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    return stem.replace("-", " ").replace("_", " ")
