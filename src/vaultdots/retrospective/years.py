"""The years of a vault: everything that `dots reviews, review, goals, books, on, concepts, compare,
draft` and `settle` say, from one state of the catalog."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Mapping, Sequence
from functools import cached_property, partial
from typing import TypeVar

from vaultdots.errors import UsageError
from vaultdots.graph.mention_scanner import may_hold
from vaultdots.note.kind import Status
from vaultdots.retrospective import concepts as concept_threads
from vaultdots.retrospective.books import all_books, books_of
from vaultdots.retrospective.compare import Comparison, YearSide, compare
from vaultdots.retrospective.digest import (
    digest_sections,
    new_names,
    open_sections,
)
from vaultdots.retrospective.document import outline_of
from vaultdots.retrospective.draft import (
    draft,
    draft_goals,
    draft_months,
    draft_path,
    template_text,
)
from vaultdots.retrospective.events import events_of, on_day
from vaultdots.retrospective.fate import by_own_word, due, with_fates
from vaultdots.retrospective.from_catalog import CatalogNotes, ReadAnew, Readings, date_of
from vaultdots.retrospective.goals import MOST_GOALS, Made, made_by
from vaultdots.retrospective.model import (
    Concept,
    Digest,
    Event,
    Goal,
    OwnWords,
    ReviewBooks,
    ReviewRow,
    ReviewSource,
)
from vaultdots.retrospective.retold import retold_by
from vaultdots.retrospective.reviews import (
    in_order,
    review_of,
    status_of,
    summary_of,
    superseded,
    yearly_of,
)
from vaultdots.retrospective.settle import (
    Settled,
    find_goal,
    read_settled,
    without_no_goals,
)
from vaultdots.retrospective.unmentioned import by_topic, unmentioned
from vaultdots.store.opening import digest_of
from vaultdots.text.folding import fold

_T = TypeVar("_T")


class Years:
    """Reviews, goals and books across the years; each computed when first asked for."""

    most_goals = MOST_GOALS
    """Goals of one review that are followed."""

    def __init__(
        self,
        notes: CatalogNotes,
        this_year: int,
        settled: str = "",
        own: OwnWords | None = None,
        kept: Readings | None = None,
    ) -> None:
        """this_year: the year that is not over. settled: the text of `goals.toml`. kept: what was
        read of single notes before."""
        self.notes = notes
        self.this_year = this_year
        self.own = own or OwnWords()
        self._settled_text = settled
        self._kept: Readings = kept or ReadAnew()

    @cached_property
    def sources(self) -> list[ReviewSource]:
        """Every review, by year, then period, then path."""
        return in_order(self.notes.reviews(self.own))

    @cached_property
    def goal_sources(self) -> list[ReviewSource]:
        """What goals are read from: the reviews, and the notes that only make goals."""
        return in_order([*self.sources, *self.notes.plans(self.own)])

    @cached_property
    def _settled(self) -> tuple[Settled, ...]:
        return read_settled(self._settled_text)

    @cached_property
    def _made(self) -> dict[str, Made]:
        return {}

    def _goals_in(self, source: ReviewSource) -> tuple[Goal, ...]:
        if source.path not in self._made:
            self._made[source.path] = self._reading("goals", source, lambda: made_by(source))
        return self._made[source.path].goals

    def _reading(
        self, what: str, source: ReviewSource, compute: Callable[[], _T], depends: object = None
    ) -> _T:
        """What one note says by itself."""
        ids = self.notes.ids_of([source.path])
        return self._kept.reading(f"{what} of {source.path}", compute, depends, ids)

    def _mark(self, what: str, told: Callable[[], object]) -> str:
        """What stands for what many notes are called, so that it need not be asked of them each
        time: the same as long as that is."""
        return self._kept.reading(
            f"mark of {what}", lambda: digest_of(repr(told()).encode()).hex(), None, (), named=True
        )

    def cut_short(self) -> list[str]:
        """The reviews that make more goals than are followed, as far as their goals were read."""
        return [path for path, made in self._made.items() if made.cut]

    # ── Reviews ──────────────────────────────────────────────────────────────────────────────────

    def reviews(self) -> list[ReviewRow]:
        """The reviews as `dots reviews` lists them."""
        rows = []
        counts: dict[str, int] = {}
        for book in self.books().books:
            counts[book.path] = counts.get(book.path, 0) + 1
        for source in self.sources:
            row = self._row(source)
            made = sum(goal.strength != "wish" for goal in self._goals_in(source))
            rows.append(row._replace(goals=made, books=counts.get(source.path, 0)))
        return rows

    def _status(self, source: ReviewSource) -> Status:
        return self._reading("status", source, partial(status_of, source))

    def _row(self, source: ReviewSource) -> ReviewRow:
        """A review's row, its goals and books not counted."""

        def row() -> ReviewRow:
            note, said = source.note, summary_of(source)
            return ReviewRow(
                note.path, note.title, note.period, note.year, self._status(source),
                len(outline_of(source)), 0, 0, said.text if said is not None else "",
            )  # fmt: skip

        return self._reading("row", source, row)

    def review(self, year: int) -> Digest:
        """The year as a page. Raises UsageError where the vault knows nothing of it."""
        source = review_of(self.sources, year, self._status)
        of_year = [s for s in self.sources if s.note.year == year]
        notes = self.notes.notes_in(year)
        if source is None and not notes:
            years = sorted({s.note.year for s in self.sources if s.note.year is not None})
            known = ", ".join(map(str, years)) or "none"
            raise UsageError(f"no review or note of {year}", hint=f"years with a review: {known}")
        linked = {link.target for s in of_year for link in self.notes.links(s.path)}
        goals = self._followed(
            lambda goal: goal.strength != "wish" and (due(goal) == year or goal.made_in == year)
        )
        return Digest(
            year=year,
            review=source.path if source is not None else None,
            title=source.note.title if source is not None else None,
            summary=self._row(source).summary if source is not None else "",
            sections=tuple(
                section
                for one in yearly_of(self.sources, year, self._status)
                for section in digest_sections(
                    self._reading("sections", one, partial(open_sections, one)),
                    self.notes.links(one.path),
                )
            ),
            goals=tuple(g for g in goals if g.target_year == year),
            next_goals=tuple(
                g for g in goals if g.made_in == year and g.target_year not in {year, None}
            ),
            books=tuple(book for book in self.books().books if book.year == year),
            events=(
                tuple(self._reading("events", source, lambda: events_of(source)))
                if source is not None
                else ()
            ),
            projects=tuple(note for note in notes if note.kind == "project"),
            studies=tuple(note for note in notes if note.kind == "study"),
            unmentioned=by_topic(unmentioned(notes, of_year, linked)),
            new=self._kept.reading(
                f"new in {year}",
                lambda: new_names(notes, self.notes.dated_notes(before=year)),
                None,
                (),
                named=True,
            ),
        )

    # ── Goals ────────────────────────────────────────────────────────────────────────────────────

    def goals(
        self, made_in: int | None = None, for_year: int | None = None, *, wishes: bool = False
    ) -> list[Goal]:
        """The goals with their fate, by the year they were made in, then place.

        wishes: the wishes as well, which are candidates for goals.
        """
        return [
            goal
            for goal in self._followed(
                lambda goal: (
                    made_in in {None, goal.made_in} and for_year in {None, goal.target_year}
                )
            )
            if wishes or goal.strength != "wish"
        ]

    def goal(self, words: str, year: int | None = None) -> Goal:
        """The one goal that `words` mean. Raises UsageError."""
        return find_goal(self.goals(wishes=True), words, year)

    def _followed(self, wanted: Callable[[Goal], bool]) -> list[Goal]:
        """The wanted goals, followed to what became of them. All goals are read, since the next
        list may name one again; only the wanted ones are followed."""
        stale = superseded(self.sources, self._status)
        goals = [g for s in self.goal_sources if s.path not in stale for g in self._goals_in(s)]
        goals = without_no_goals(_without_echoes(goals, self.sources), self._settled)
        by_year: dict[int | None, list[Goal]] = {}
        for goal in goals:
            by_year.setdefault(due(goal), []).append(goal)
        told = [
            goal
            for year, there in by_year.items()
            if any(map(wanted, there))
            for goal in self._fates(year, there, goals)
        ]
        told = [goal for goal in (*told, *self._retold(by_year, stale)) if wanted(goal)]
        return sorted(told, key=lambda g: (g.made_in or 0, g.path, g.line))

    def _fates(
        self, year: int | None, there: Sequence[Goal], goals: Sequence[Goal]
    ) -> tuple[Goal, ...]:
        """The goals `there`, due in `year`, with their fate. goals: all of them."""
        sources = self.goal_sources
        # What is asked of a year's goals: its reviews, what is planned in it, its books and notes.
        known = [goal for goal in goals if due(goal) == year or goal.made_in == year]
        books = [book for book in self.books().books if book.year == year]
        makers = {goal.path for goal in there}
        asked = [s.path for s in sources if s.path in makers or s.note.year == year]
        notes = self._mark(f"notes of {year}", partial(self.notes.notes_in, year)) if year else ""
        ids = self.notes.ids_of(asked)
        before = len(self.notes.read)

        def told() -> tuple[Goal, ...]:
            found = with_fates(
                known, sources, self.this_year, self.notes, books, self._settled, self.own,
                only=there,
            )  # fmt: skip
            ids.extend(self.notes.read[before:])
            return found

        depends = known, asked, books, notes, self._settled
        return self._kept.reading(f"fates of {year} in {self.this_year}", told, depends, ids)

    def _retold(
        self, by_year: Mapping[int | None, Sequence[Goal]], stale: Container[str]
    ) -> list[Goal]:
        """What check lists judge that was announced nowhere, the person's own words applied."""
        there = {(goal.path, goal.line) for goals in by_year.values() for goal in goals}
        found = [
            goal
            for source in self.sources
            if source.path not in stale
            for announced in [by_year.get(source.note.year, ())]
            for goal in self._reading(
                "retold", source, partial(retold_by, source, announced), announced
            )
            if (goal.path, goal.line) not in there
        ]
        return [
            by_own_word(goal, self._settled) or goal
            for goal in without_no_goals(found, self._settled)
        ]

    # ── Books, days, names ───────────────────────────────────────────────────────────────────────

    def books(self) -> ReviewBooks:
        """Every book that was read, by year, and the authors' own counts."""
        return self._books

    @cached_property
    def _books(self) -> ReviewBooks:
        notes, lists = self.notes, self.notes.book_lists(self.own)
        known = self._mark("book notes", lambda: notes.book_notes)

        def read(source: ReviewSource) -> ReviewBooks:
            def found() -> ReviewBooks:
                return books_of(source, notes.book_titles)

            return self._reading("books", source, found, known)

        told = {source.path: read(source) for source in (*self.sources, *lists)}

        def joined() -> ReviewBooks:
            return all_books(
                self.sources, notes.book_notes, lists, notes.reviewed_books(),
                lambda source: told[source.path],
            )  # fmt: skip

        years = [(s.path, s.note.period) for s in self.sources]
        return self._kept.reading("all books", joined, (known, years, told), (), named=True)

    def on(self, month: int, day: int, but_year: int | None = None) -> list[Event]:
        """What notes tell of a day in all years."""
        texts = (
            (row.path, row.title, row.year, date_of(row), text)
            for row, text in self.notes.texts_of_day(month, day)
        )
        return on_day(month, day, texts, but_year)

    @cached_property
    def _names(self) -> concept_threads.Names:
        return concept_threads.Names(self.sources, self.notes.dated_notes(), self.notes.glosses())

    def concepts(self) -> list[Concept]:
        """The names that several years, or several reviews of one time, speak of, the most telling
        first."""
        return concept_threads.concepts(self.sources, self.notes.dated_notes(), self._names)

    def concept(self, name: str) -> Concept | None:
        """One name through all years: a title, an alias, a tag or any words."""
        name = name.lstrip("#")
        spellings = self._names.spellings(name)
        shown = self._names.of(spellings[0])
        rows = [
            row
            for row, text in self.notes.texts()
            if may_hold(fold(f"{row.title}\n{text}"), spellings)
        ]
        rows.sort(key=lambda row: row.path)
        sources = (self.notes.source(row, self.own) for row in rows)
        name = name if shown == spellings[0] else shown
        return concept_threads.thread_of(name, spellings, sources)

    # ── Two years, and the next one ──────────────────────────────────────────────────────────────

    def compare(self, before: int, after: int) -> Comparison:
        """Two years side by side."""
        return compare(self._side(before), self._side(after))

    def _side(self, year: int) -> YearSide:
        source = review_of(self.sources, year)
        if source is None:
            raise UsageError(f"there is no review of {year}", hint="`dots reviews` lists them")
        return YearSide(
            year,
            source,
            tuple(self.goals(for_year=year)),
            tuple(book for book in self.books().books if book.year == year),
            len(self.notes.notes_in(year)),
        )

    def draft(self, year: int, template: str = "free", own_template: str | None = None) -> str:
        """The text of a draft review. own_template: a template's text instead of a shipped one."""
        text = own_template if own_template is not None else template_text(template)
        goals = [g for g in self.goals(for_year=year) if g.made_in != year]
        books = [book for book in self.books().books if book.year == year]
        return draft(
            year,
            text,
            self._before(year),
            draft_goals(goals, self.sources),
            draft_months(self.notes.notes_in(year)),
            books,
            trusted=own_template is None,
        )

    def draft_path(self, year: int) -> str:
        """Where a draft review of `year` belongs."""
        return draft_path(year, self._before(year))

    def _before(self, year: int) -> ReviewSource | None:
        """The latest review of a whole year before `year`."""
        earlier = [
            s
            for s in self.sources
            if s.note.period == "year" and s.note.year is not None and s.note.year < year
        ]
        return review_of(earlier, max((s.note.year or 0 for s in earlier), default=0))


def _without_echoes(goals: Sequence[Goal], sources: Sequence[ReviewSource]) -> list[Goal]:
    """A goal that a month's and the year's review both state, once: where the year states it."""
    rank = {source.path: n for n, source in enumerate(sources)}
    first: dict[tuple[str, int | None, int | None], Goal] = {}
    for goal in sorted(goals, key=lambda g: rank.get(g.path, 0)):
        key = (re.sub(r"\W+", "", goal.text).casefold(), goal.made_in, goal.target_year)
        first.setdefault(key, goal)
    return list(first.values())
