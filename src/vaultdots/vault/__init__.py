"""The front door: `Vault.open(path)`, and everything that a view may ask of a vault."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from vaultdots.errors import ConfigError, UsageError, VaultError
from vaultdots.store.answers import NoteRow
from vaultdots.store.sync import Progress
from vaultdots.store.walk import Skip
from vaultdots.text.names import nfc
from vaultdots.vault.door import IndexReport as IndexReport
from vaultdots.vault.door import TagCount as TagCount
from vaultdots.vault.door import is_wide as is_wide
from vaultdots.vault.drawing import Drawing

if TYPE_CHECKING:
    import networkx

    from vaultdots.graph.build import DerivedEdge
    from vaultdots.graph.check import Problem as Problem
    from vaultdots.graph.link_sets import LinkSets
    from vaultdots.graph.links import ResolvedLink as ResolvedLink
    from vaultdots.graph.mentions import Mention as Mention
    from vaultdots.graph.metrics import Bridge as Bridge
    from vaultdots.graph.metrics import Gap as Gap
    from vaultdots.graph.model import GraphData as GraphData
    from vaultdots.graph.model import GraphNode as GraphNode
    from vaultdots.graph.paths import Step as Step
    from vaultdots.retrospective.apply import Plan as Plan
    from vaultdots.retrospective.compare import Comparison as Comparison
    from vaultdots.retrospective.concepts import Concept as Concept
    from vaultdots.retrospective.connect import Connection as Connection
    from vaultdots.retrospective.digest import Digest as Digest
    from vaultdots.retrospective.model import Book as Book
    from vaultdots.retrospective.model import Goal as Goal
    from vaultdots.retrospective.years import Years
    from vaultdots.search.searcher import Hit, Searcher
    from vaultdots.search.related import Related
    from vaultdots.search.index_sync import EngineName
    from vaultdots.store.rejections import Rejection as Rejection
    from vaultdots.store.undo import Change


__all__ = ["NoteRow", "Skip", "TagCount", "Vault"]


class Vault(Drawing):
    """An open vault, in step with its files since it was opened or last synced.

    Use it as a context manager, or call `close`. Nothing is written into the vault but by `apply`,
    `settle` and `write_draft`.
    """

    _searcher: tuple[int, Searcher] | None = None

    # -- search ----------------------------------------------------------------------------------

    def searcher(self, *, progress: Progress | None = None) -> Searcher:
        """The full-text index, for one query or many; brought up to date when it is asked."""
        from vaultdots.search.filters import Links
        from vaultdots.search.searcher import Searcher

        @cache
        def facts() -> LinkSets:  # few queries ask for links
            from vaultdots.graph.link_sets import LinkSets

            return LinkSets(self.catalog)

        links = Links(
            resolve=lambda name: facts().resolve(name),
            sources=lambda note: facts().sources(note),
            targets=lambda note: facts().targets(note),
            orphans=lambda: facts().orphans(),
            isolated=lambda: facts().isolated(),
            unresolved=lambda: facts().unresolved(),
            mentions=self.mention_sources,
            placeholder=self._asking,
        )
        engine = cast("EngineName", self.config.engine)
        return Searcher(self.catalog, engine, links=links, progress=progress)

    def _asking(self, name: str) -> list[str]:
        """The notes that link to a name that has no note yet."""
        from vaultdots.graph.links import placeholder_backlinks

        return [link.source for link in placeholder_backlinks(self.catalog, name)]

    def search(
        self, query: str, *, limit: int | None = 20, progress: Progress | None = None
    ) -> list[Hit]:
        """The sections that answer `query`, best first. Raises QueryError."""
        from vaultdots.search.searcher import SearchOptions

        return self._kept_searcher(progress).ask(query, SearchOptions(limit=limit)).hits

    def _kept_searcher(self, progress: Progress | None) -> Searcher:
        """One searcher a state of the catalog: to open Whoosh's index costs ten queries."""
        generation = self.catalog.generation
        if self._searcher is None or self._searcher[0] != generation:
            self._let_go()
            self._searcher = generation, self.searcher()
        searcher = self._searcher[1]
        searcher.progress = progress
        return searcher

    def _let_go(self) -> None:
        if self._searcher is not None:
            self._searcher[1].close()
            self._searcher = None

    def close(self) -> None:
        """Close the index and the catalog."""
        self._let_go()
        super().close()

    def related(
        self, note: str, *, limit: int | None = 10, progress: Progress | None = None
    ) -> list[Related]:
        """The notes that belong to a note, best first, each with its reasons."""
        return self._kept_searcher(progress).related(self.find(note), limit=limit)

    # -- the graph -------------------------------------------------------------------------------

    def graph_data(
        self,
        *,
        tags: bool = False,
        properties: bool = False,
        attachments: bool = False,
        derived: bool = False,
    ) -> GraphData:
        """The whole graph as plain records. derived: what is read out of prose, too: goals and
        what answers for them, notes that a review names or should be connected to."""
        edges = self._derived() if derived else ()
        from vaultdots.graph.build import build

        with self.snapshot():
            return build(
                self.catalog,
                tags=tags,
                properties=properties,
                attachments=attachments,
                derived=edges,
            )

    def _derived(self) -> list[DerivedEdge]:
        """Connections of the reviews' sections, and goals to their evidence."""
        from vaultdots.graph.build import DerivedEdge

        found = [
            DerivedEdge(
                one.source,
                one.line,
                one.target,
                None,
                "similar" if one.start is None else "mention",
            )
            for one in self.connections()
        ]
        for goal in self.retrospective().goals():
            found += [
                DerivedEdge(goal.path, goal.line, proof.path, proof.line, "goal")
                for proof in goal.evidence
            ]
        return found

    def graph(self, **what: bool) -> networkx.MultiDiGraph:
        """The whole graph as a networkx MultiDiGraph; see `vaultdots.graph.export` for its
        attributes and `graph_data` for the options."""
        from vaultdots.graph.export import to_networkx

        return to_networkx(self.graph_data(**what))

    # -- the whole -------------------------------------------------------------------------------

    def index(self, *, progress: Progress | None = None, began: float | None = None) -> IndexReport:
        """Bring the full-text index up to the catalog and count what there is.

        began: `time.perf_counter()` of when the work began, for `seconds`.
        """
        began = time.perf_counter() if began is None else began
        from vaultdots.graph.links import Resolver
        from vaultdots.search.index_sync import bring_up_to_date

        searcher = self.searcher(progress=progress)
        bring_up_to_date(self.catalog, searcher.engine, progress)
        links = unresolved = 0
        with self.snapshot():
            counts = self.catalog.counts()
            skipped = tuple(self.catalog.skipped())
            resolver = Resolver(self.catalog, whole=True)
            for row in self.catalog.all_links():
                if not row.external:
                    links += 1
                    unresolved += resolver.resolve(row).target is None
        return IndexReport(
            counts["notes"],
            counts["attachments"],
            counts["sections"],
            links,
            unresolved,
            counts["tags"],
            skipped,
            time.perf_counter() - began,
        )

    # -- across the years --------------------------------------------------------------------------

    def retrospective(self, this_year: int | None = None) -> Years:
        """Reviews, goals, books and names across the years.

        this_year: the year that is not over yet; None is today's. Raises ConfigError where
        `goals.toml` or `[years]` in `dots.toml` cannot be read.
        """
        from datetime import date

        from vaultdots.retrospective.from_catalog import CatalogNotes, own_words
        from vaultdots.retrospective.settle import FILE
        from vaultdots.retrospective.years import Years

        return Years(
            CatalogNotes(self.catalog),
            date.today().year if this_year is None else this_year,
            self._side_file(FILE),
            own_words(self.config_table("years")),
        )

    def settle(self, goal: Goal, status: str, note: str = "") -> str:
        """Write the person's word on a goal into `goals.toml`, undoably; returns its path."""
        from vaultdots.retrospective.settle import FILE, checked_status, with_word
        from vaultdots.store.undo import Change
        from vaultdots.store.writing import read_file

        text = with_word(self._side_file(FILE), goal, checked_status(status), note)
        before = read_file(self.root, FILE)
        self.journal().write([Change(FILE, before, text.encode("utf-8"))], "settle")
        return FILE

    def template(self, name: str) -> str | None:
        """The text of the vault's own template, or None where `name` is not a file (a shipped one)."""
        for path in (self.root / name, Path(name)):
            if path.suffix and path.is_file():
                try:
                    return path.read_text(encoding="utf-8-sig")
                except (OSError, UnicodeDecodeError) as error:
                    raise VaultError(f"'{name}' cannot be read ({error})") from None
        return None

    def write_draft(self, path: str, text: str) -> str:
        """Write a new note, undoably and never over one that is there; returns its path."""
        from vaultdots.store.undo import Change
        from vaultdots.store.writing import inside

        path = nfc(path)
        if os.path.lexists(inside(self.root, path)) or self.catalog.role_of(path) is not None:
            raise UsageError(f"'{path}' is there already", hint="it is never written over")
        self.journal().write([Change(path, None, text.encode("utf-8", "replace"))], "draft")
        return path

    def _side_file(self, name: str) -> str:
        try:
            return (self.root / name).read_text(encoding="utf-8-sig")
        except FileNotFoundError:
            return ""
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigError(f"it cannot be read ({error})", place=name) from None


def goal_record(goal: Goal) -> dict[str, Any]:
    """A goal with the keys of `dots goals --json`."""
    from vaultdots.retrospective import records

    return records.goal_record(goal)


def book_record(book: Book) -> dict[str, Any]:
    """A book with the keys of `dots books --json`."""
    from vaultdots.retrospective import records

    return records.book_record(book)


def digest_record(digest: Digest) -> dict[str, Any]:
    """A year with the keys of `dots review --json`."""
    from vaultdots.retrospective import records

    return records.digest_record(digest)


def digest_markdown(digest: Digest) -> str:
    """A year as Markdown to paste."""
    from vaultdots.retrospective.markdown import as_markdown

    return as_markdown(digest)


def month_and_day(day: str | None) -> tuple[int, int, int | None]:
    """`12-25` as (12, 25, None); None is today, and the year that is left out. UsageError else."""
    from vaultdots.retrospective.events import read_day

    return read_day(day)


def diff_of(changes: Sequence[Change]) -> str:
    """Changes as a unified diff."""
    from vaultdots.edit.preview import diff_of

    return diff_of(changes)


def edits_of(changes: Sequence[Change]) -> list[Any]:
    """Changes line by line, with the keys of `--json`."""
    from vaultdots.edit.preview import edits_of

    return edits_of(changes)


def turned(changes: Sequence[Change]) -> list[Change]:
    """Changes the other way round: what undoing them does."""
    return [change._replace(before=change.after, after=change.before) for change in changes]
