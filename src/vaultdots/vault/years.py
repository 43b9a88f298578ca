"""What a vault says across its years: `Vault.years`, put together from the catalog's notes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from vaultdots.errors import UsageError
from vaultdots.graph.links import links as links_of
from vaultdots.note.parse import parse_note
from vaultdots.retrospective import books as review_books
from vaultdots.retrospective import compare as comparing
from vaultdots.retrospective import concepts as concept_threads
from vaultdots.retrospective import digest as digests
from vaultdots.retrospective import draft as drafts
from vaultdots.retrospective.books import ReviewBooks
from vaultdots.retrospective.compare import Comparison, YearSide
from vaultdots.retrospective.concepts import Concept
from vaultdots.retrospective.digest import Digest
from vaultdots.retrospective.events import events_of, on_day
from vaultdots.retrospective.fate import due, with_fates
from vaultdots.retrospective.goals import goals_of
from vaultdots.retrospective.model import (
    BookNote,
    DatedNote,
    Event,
    Goal,
    OwnWords,
    ReviewSource,
    SectionLink,
)
from vaultdots.retrospective.reviews import (
    ReviewRow,
    in_order,
    review_of,
    status_of,
    summary_of,
    superseded,
)
from vaultdots.retrospective.settle import FILE as SETTLED_FILE
from vaultdots.retrospective.settle import Settled, read_settled
from vaultdots.store.catalog import Catalog, NoteRow
from vaultdots.store.config import Config
from vaultdots.text.dates import date_in_name

Today = Callable[[], date]


class Years:
    """The reviews of a vault as a series, and what follows from them. Reads each thing once."""

    def __init__(
        self, root: Path, config: Config, catalog: Catalog, today: Today = date.today
    ) -> None:
        """today: which year is not over yet."""
        self.root = root
        self.config = config
        self.catalog = catalog
        self.today = today

    # -- what the room `retrospective` asks of the catalog (its Protocol YearNotes) ---------------

    def notes_in(self, year: int) -> Sequence[DatedNote]:
        """The notes of `year`, reviews left out, by date, then path."""
        return self._by_year.get(year, [])

    def text(self, path: str) -> str:
        """The text of a note, "" where there is none."""
        row = self._rows.get(path)
        return self.catalog.text(row.id) if row else ""

    def links(self, path: str) -> Sequence[SectionLink]:
        """The links of a note that name other notes of the vault, in order."""
        return [
            SectionLink(link.line, link.target, self._rows[link.target].title)
            for link in links_of(self.catalog, path)
            if link.target is not None and link.target != path and link.target in self._rows
        ]

    # -- reviews ---------------------------------------------------------------------------------

    @cached_property
    def sources(self) -> list[ReviewSource]:
        """Every review with its text, in order of years."""
        return in_order([self._source(row) for row in self._rows.values() if row.kind == "review"])

    def reviews(self) -> list[ReviewRow]:
        """The reviews as `dots reviews` lists them."""
        goals: dict[str, int] = {}
        for goal in self._all_goals:
            if goal.strength != "wish":
                goals[goal.path] = goals.get(goal.path, 0) + 1
        rows = []
        for source in self.sources:
            note = source.note
            found = review_books.books_of(source, self._book_notes, self._own)
            summary = summary_of(source)
            rows.append(
                ReviewRow(
                    note.path,
                    note.title,
                    note.period,
                    note.year,
                    status_of(source),
                    sum(1 for section in note.sections if section.level),
                    goals.get(note.path, 0),
                    len(found.books),
                    summary.text if summary else "",
                )
            )
        return rows

    # -- goals -----------------------------------------------------------------------------------

    def goals(self, *, made_in: int | None = None, target_year: int | None = None) -> list[Goal]:
        """Goals with what became of them, wishes among them, in the order they were made."""
        return [
            goal
            for goal in self._fated
            if (made_in is None or goal.made_in == made_in)
            and (target_year is None or due(goal) == target_year)
        ]

    def settled(self) -> tuple[Settled, ...]:
        """The person's own words about goals. Raises ConfigError where the file is broken."""
        return read_settled(self.settled_text())

    def settled_text(self) -> str:
        """The side file `goals.toml` as it is, "" where there is none."""
        try:
            return (self.root / SETTLED_FILE).read_text(encoding="utf-8-sig")
        except FileNotFoundError:
            return ""
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(f"it cannot be read ({error})", place=SETTLED_FILE) from None

    # -- books, days, names ----------------------------------------------------------------------

    @cached_property
    def books(self) -> ReviewBooks:
        """The books of all years, and what their authors said of the number."""
        finished = [source for source in self.sources if source.path not in self._drafts]
        return review_books.all_books(finished, self._book_notes, self._own)

    def on(self, month: int, day: int, *, but_year: int | None = None) -> list[Event]:
        """What happened on this day in all years."""
        return on_day(month, day, self._dated_texts(), but_year)

    def concepts(self) -> list[Concept]:
        """The names that several years speak of, by the year first seen."""
        return concept_threads.concepts(self.sources, self._dated)

    def concept(self, name: str) -> Concept | None:
        """One name through all notes."""
        spellings = [
            spelling
            for note in self._dated
            if name.casefold() in (s.casefold() for s in (note.title, *note.aliases))
            for spelling in (note.title, *note.aliases)
        ]
        texts = (
            (row.path, row.title, row.year, row.kind, self.catalog.text(row.id))
            for row in self._rows.values()
        )
        return concept_threads.thread_of(name, spellings, texts)

    # -- a year as a page ------------------------------------------------------------------------

    def digest(self, year: int) -> Digest:
        """The year on one page. Raises UsageError for a year of which nothing is known."""
        source = review_of(self.sources, year)
        notes = self.notes_in(year)
        if source is None and not notes:
            raise UsageError(f"there is no review and no dated note of {year}", hint=self._known())
        reviews = [other for other in self.sources if other.note.year == year]
        linked = {link.target for other in reviews for link in self.links(other.path)}
        earlier = [note for note in self._dated if note.date and int(note.date[:4]) < year]
        summary = summary_of(source) if source else None
        return Digest(
            year,
            source.path if source else None,
            source.note.title if source else None,
            summary.text if summary else "",
            digests.digest_sections(source, self.links(source.path), self._own) if source else (),
            tuple(g for g in self._fated if due(g) == year and g.made_in != year),
            tuple(g for g in self._fated if g.made_in == year and due(g) == year + 1),
            tuple(book for book in self.books.books if book.year == year),
            tuple(event for other in reviews for event in events_of(other)),
            tuple(note for note in notes if note.kind == "project"),
            tuple(note for note in notes if note.kind == "study"),
            digests.unmentioned(notes, reviews, linked),
            digests.new_names(notes, earlier),
        )

    def compare(self, before: int, after: int) -> Comparison:
        """Two years side by side."""
        return comparing.compare(self._side(before), self._side(after), self._own)

    def draft(self, year: int, template: str) -> tuple[str, str]:
        """A draft review of `year`: (where it belongs, its text). Nothing is written.

        template: the text of a Jinja template, see `retrospective.draft.template_text`.
        """
        last = review_of(self.sources, year - 1) or (self.sources[-1] if self.sources else None)
        due_now = [goal for goal in self._fated if due(goal) == year and goal.strength != "wish"]
        goals = drafts.draft_goals(due_now, self.sources)
        months = drafts.draft_months(self.notes_in(year))
        books = [book for book in self.books.books if book.year == year]
        text = drafts.draft(year, template, last, goals, months, books)
        return drafts.draft_path(year, last), text

    # -- read once -------------------------------------------------------------------------------

    @cached_property
    def _rows(self) -> Mapping[str, NoteRow]:
        return {row.path: row for row in self.catalog.notes()}

    @cached_property
    def _tags(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, dict[str, str]] = {}
        for key, name, path in self.catalog.tags():
            found.setdefault(path, {}).setdefault(key, name)
        return {path: tuple(names.values()) for path, names in found.items()}

    @cached_property
    def _dated(self) -> list[DatedNote]:
        """Every note but reviews; its date, or only its year where no day is known."""
        found = []
        for row in self._rows.values():
            if row.kind == "review" or row.year is None:
                continue
            day = row.created or date_in_name(row.path.rpartition("/")[2])
            when = day if day and day.startswith(str(row.year)) else str(row.year)
            found.append(
                DatedNote(
                    row.path,
                    row.title,
                    row.kind,  # type: ignore[arg-type]
                    self._tags.get(row.path, ()),
                    when,
                    row.aliases,
                )
            )
        return found

    @cached_property
    def _by_year(self) -> Mapping[int, list[DatedNote]]:
        found: dict[int, list[DatedNote]] = {}
        for note in self._dated:
            assert note.date is not None
            found.setdefault(int(note.date[:4]), []).append(note)
        for notes in found.values():
            notes.sort(key=lambda note: (note.date or "", note.path))
        return found

    @cached_property
    def _drafts(self) -> set[str]:
        return superseded(self.sources)

    @cached_property
    def _all_goals(self) -> list[Goal]:
        return [
            goal
            for source in self.sources
            if source.path not in self._drafts
            for goal in goals_of(source, self._own)
        ]

    @cached_property
    def _fated(self) -> tuple[Goal, ...]:
        return with_fates(
            self._all_goals,
            self.sources,
            self.today().year,
            self,
            self.books.books,
            self.settled(),
            self._own,
        )

    @cached_property
    def _book_notes(self) -> list[BookNote]:
        return [
            review_books.book_note_of(self._source(row).note)
            for row in self._rows.values()
            if row.kind == "book"
        ]

    @cached_property
    def _own(self) -> OwnWords:
        """The person's words from `[years]` of dots.toml. Wrong ones are a ConfigError's matter."""
        table = self.config.tables.get("years", {})
        sections = table.get("sections", {}) if isinstance(table, Mapping) else {}
        same = table.get("same", []) if isinstance(table, Mapping) else []
        return OwnWords(
            {str(kind): _words(words) for kind, words in _items(sections)},
            tuple(_words(group) for group in same if isinstance(group, list)),
        )

    # -- small things ----------------------------------------------------------------------------

    def _source(self, row: NoteRow) -> ReviewSource:
        text = self.catalog.text(row.id)
        return ReviewSource(parse_note(row.path, text, self.config.options), text)

    def _side(self, year: int) -> YearSide:
        return YearSide(
            year,
            review_of(self.sources, year),
            tuple(goal for goal in self._fated if due(goal) == year),
            tuple(book for book in self.books.books if book.year == year),
            len(self.notes_in(year)),
        )

    def _dated_texts(self) -> Iterator[tuple[str, str, int | None, str | None, str]]:
        for row in self._rows.values():
            yield row.path, row.title, row.year, row.created, self.catalog.text(row.id)

    def _known(self) -> str:
        years = sorted({s.note.year for s in self.sources if s.note.year is not None})
        return "reviews of " + ", ".join(map(str, years)) if years else "no review was found"


def _items(table: object) -> list[tuple[Any, Any]]:
    return list(table.items()) if isinstance(table, Mapping) else []


def _words(value: object) -> tuple[str, ...]:
    return tuple(str(word) for word in value) if isinstance(value, list) else ()


def parse_day(text: str) -> tuple[int, int]:
    """(month, day) of `MM-DD`. Raises UsageError."""
    match = re.fullmatch(r"(\d{1,2})[-./](\d{1,2})", text.strip())
    if match:
        month, day = int(match[1]), int(match[2])
        try:
            date(2024, month, day)
        except ValueError:
            pass
        else:
            return month, day
    raise UsageError(f"'{text}' is no day", hint="write MM-DD, 03-15")
