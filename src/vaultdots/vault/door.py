"""The front door: `Vault.open(path)`, put together from notes, links, map, years and edits."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date
from functools import cache, cached_property, partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, cast

from vaultdots.errors import CatalogError, VaultError
from vaultdots.store.catalog import Catalog, is_broken
from vaultdots.store.config import Config, read_config
from vaultdots.store.location import cache_folder, clear_cache, find_vault, is_marked, is_too_wide
from vaultdots.store.sync import Progress, SyncResult
from vaultdots.vault.edits import Edits
from vaultdots.vault.state import State

if TYPE_CHECKING:
    import networkx

    from vaultdots.graph.build import Derived
    from vaultdots.graph.link_sets import LinkSets
    from vaultdots.retrospective.model import Connection, Digest
    from vaultdots.search.hits import Hit, Sort
    from vaultdots.search.index_sync import EngineName
    from vaultdots.search.related import Related
    from vaultdots.search.searcher import Answer, Searcher
    from vaultdots.vault.answers import Answers
    from vaultdots.vault.links import Links
    from vaultdots.vault.map import Map
    from vaultdots.vault.notes import Notes
    from vaultdots.vault.proposals import Proposals
    from vaultdots.vault.renames import Renames
    from vaultdots.vault.report import IndexReport
    from vaultdots.vault.years import VaultYears


class Vault:
    """An open vault, in step with its files since it was opened or last synced.

    Use it as a context manager, or call `close`. Only `edit` writes into the vault.
    """

    def __init__(self, state: State) -> None:
        """Use `Vault.open`."""
        self._state = state
        self._searcher: tuple[int, Searcher] | None = None
        self.edit = Edits(state)

    # Each room is imported when it is first used: a search as a process needs none of these.

    @cached_property
    def links(self) -> Links:
        """Links, backlinks and what they lead to."""
        from vaultdots.vault.links import Links

        return Links(self._state)

    @cached_property
    def notes(self) -> Notes:
        """The notes, each an object."""
        from vaultdots.vault.notes import Notes

        return Notes(self._state, self.links, self.related)

    @cached_property
    def map(self) -> Map:
        """The graph of the vault, and what is told of it."""
        from vaultdots.vault.map import Map

        return Map(self._state, self._derived)

    @cached_property
    def rename(self) -> Renames:
        """Moves and renames that keep every link."""
        from vaultdots.vault.renames import Renames

        return Renames(self._state)

    @property
    def _answers(self) -> Answers:
        from vaultdots.vault.answers import Answers

        return Answers(self._state)

    @cached_property
    def proposals(self) -> Proposals:
        """What agents propose, and what becomes of it."""
        from vaultdots.vault.proposals import Proposals

        return Proposals(self._state, self.edit, self.rename, self.connect)

    @classmethod
    def open(
        cls,
        path: str | os.PathLike[str] | None = None,
        *,
        cache: str | os.PathLike[str] | None = None,
        rebuild: bool = False,
        allow_wide: bool = False,
        as_left: bool = False,
        progress: Progress | None = None,
        environ: Mapping[str, str] | None = None,
    ) -> Self:
        """Open a vault and bring its catalog up to the files.

        path: the vault's folder; None finds it as the command line does. cache: the parent of the
        cache folder, else `DOTS_CACHE`, else the user's. allow_wide: take a home folder or a root
        as a vault. as_left: the catalog as the last command left it will do, where there is one.
        Raises VaultError, ConfigError, CatalogError.
        """
        environ = os.environ if environ is None else environ
        root = _root_of(path, environ)
        if is_too_wide(root) and not allow_wide:
            raise VaultError(
                f"'{root}' is a home folder or a root, hardly a vault",
                hint="name the vault with --vault, or confirm with --yes",
            )
        if cache is not None:
            environ = {**environ, "DOTS_CACHE": os.fspath(cache)}
        config = read_config(root)
        vault = cls(State(root, config, Catalog(cache_folder(root, environ)), environ))
        vault.edit.recover()
        try:
            vault._state.as_left = as_left and not rebuild and vault._state.was_synced()
            if not vault._state.as_left:
                vault.sync(rebuild=rebuild, progress=progress)
        except BaseException:
            vault.close()
            raise
        return vault

    @property
    def root(self) -> Path:
        """The vault's folder."""
        return self._state.root

    @property
    def config(self) -> Config:
        """The settings that were read."""
        return self._state.config

    @property
    def catalog(self) -> Catalog:
        """The catalog, for rooms and tests; views ask the vault."""
        return self._state.catalog

    @property
    def is_marked(self) -> bool:
        """Whether the folder says of itself that it is a vault (`dots.toml`, `.obsidian`)."""
        return is_marked(self.root)

    def config_table(self, name: str) -> Mapping[str, object]:
        """A table of `dots.toml`, empty where there is none."""
        return self._state.config_table(name)

    def close(self) -> None:
        """Close the index and the catalog."""
        self._close_searcher()
        self.catalog.close()

    def __enter__(self) -> Self:
        """The vault itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the catalog; one that turns out to be damaged is thrown away."""
        if is_broken(error):
            self.catalog.discard()
            raise CatalogError(
                "the cache was damaged and is thrown away",
                place=str(self.catalog.folder or ""),
                hint="run the command again: it is built anew",
            ) from None
        self.close()

    def snapshot(self) -> AbstractContextManager[None]:
        """Everything read inside is of one moment, whatever other processes do. Neither `sync` nor
        the full-text index can be brought up to date meanwhile."""
        return self._state.snapshot()

    def sync(self, *, rebuild: bool = False, progress: Progress | None = None) -> SyncResult:
        """Read what changed since the last time."""
        return self._state.sync(rebuild=rebuild, progress=progress)

    # -- search ----------------------------------------------------------------------------------

    def search(
        self,
        query: str,
        *,
        limit: int | None = 20,
        sort: Sort = "score",
        by_note: bool = False,
        prefix: bool = False,
        progress: Progress | None = None,
    ) -> list[Hit]:
        """The sections that answer `query`, best first; see `ask`. Raises QueryError."""
        return self.ask(
            query, limit=limit, sort=sort, by_note=by_note, prefix=prefix, progress=progress
        ).hits

    def ask(
        self,
        query: str,
        *,
        limit: int | None = 20,
        sort: Sort = "score",
        by_note: bool = False,
        prefix: bool = False,
        progress: Progress | None = None,
    ) -> Answer:
        """The hits of a query, with notices, a corrected query and suggestions.

        sort: `score`, `modified`, `created`, `title` or `path`. by_note: the best section of each
        note. prefix: the last word is still being typed. Raises QueryError.
        """
        from vaultdots.search.searcher import SearchOptions

        options = SearchOptions(limit, sort, by_note, prefix)
        return self._kept_searcher(progress).ask(query, options)

    def related(
        self, note: str, *, limit: int | None = 10, progress: Progress | None = None
    ) -> list[Related]:
        """The notes that belong to a note, best first, each with its reasons."""
        return self._kept_searcher(progress).related(self._state.row(note).path, limit=limit)

    def searcher(self, *, progress: Progress | None = None) -> Searcher:
        """The full-text index, for one query or many; brought up to date when it is asked."""
        from vaultdots.search.filters import Links as LinkFilters
        from vaultdots.search.searcher import Searcher

        @cache
        def sets() -> LinkSets:  # few queries ask for links
            from vaultdots.graph.link_sets import LinkSets

            return LinkSets(self.catalog)

        links = LinkFilters(
            resolve=lambda name: sets().resolve(name),
            sources=lambda note: sets().sources(note),
            targets=lambda note: sets().targets(note),
            orphans=lambda: sets().orphans(),
            isolated=lambda: sets().isolated(),
            unresolved=lambda: sets().unresolved(),
            mentions=self.links.mention_sources,
            placeholder=self._linking_to_placeholder,
        )
        engine = cast("EngineName", self.config.engine)
        return Searcher(self.catalog, engine, links=links, progress=progress)

    def _linking_to_placeholder(self, name: str) -> list[str]:
        """The notes that link to a name that has no note yet."""
        from vaultdots.graph.links import placeholder_backlinks

        return [link.source for link in placeholder_backlinks(self.catalog, name)]

    def _kept_searcher(self, progress: Progress | None) -> Searcher:
        """One searcher a state of the catalog: to open Whoosh's index costs ten queries."""
        generation = self.catalog.generation
        if self._searcher is None or self._searcher[0] != generation:
            self._close_searcher()
            self._searcher = generation, self.searcher()
        searcher = self._searcher[1]
        searcher.progress = progress
        return searcher

    def _close_searcher(self) -> None:
        if self._searcher is not None:
            self._searcher[1].close()
            self._searcher = None

    # -- across the years --------------------------------------------------------------------------

    @property
    def years(self) -> VaultYears:
        """Reviews, goals, books and names across the years, as of today.

        Raises ConfigError where `goals.toml` or `[years]` in `dots.toml` cannot be read.
        """
        return self.years_as_of(date.today().year)

    def years_as_of(self, this_year: int) -> VaultYears:
        """The same, `this_year` being the year that is not over yet."""
        from vaultdots.vault.years import VaultYears

        return VaultYears(self._state, this_year)

    def connect(
        self,
        note: str | None = None,
        *,
        year: int | None = None,
        with_links: bool = False,
        again: bool = False,
        most: int | None = None,
    ) -> list[Connection]:
        """The notes that each section should be connected to, with reasons, best first in each.

        note: one note; None: the reviews, of one year or all. with_links: links that are there
        already too. again: those too that were rejected before. most: of a section, five where
        nothing is asked for; with more, less sure ones follow the sure ones.
        """
        from vaultdots.vault.suggestions import Suggestions

        rejected = [] if again else self.edit.rejections()
        with self._state.names_kept_up():
            if note is not None:
                paths = [self._state.find(note)]
            else:
                reviews = self.catalog.notes_of("kind", "review")
                rows = [row for row in reviews if year is None or row.year == year]
                paths = [row.path for row in sorted(rows, key=lambda r: (r.year or 0, r.path))]
            ask = Suggestions(self._state, rejected, with_links=with_links, most=most).of
            return [one for path in paths for one in ask(path)]

    def review(self, year: int) -> Digest:
        """The year as a page (`years.review`), with what its sections should be connected to.

        Raises UsageError where the vault knows nothing of the year.
        """
        from vaultdots.store.kept_answers import Follows
        from vaultdots.vault.suggestions import Suggestions
        from vaultdots.vault.years import VaultYears

        answers = self._answers
        years = VaultYears(self._state, date.today().year, answers)
        rejected = self.edit.rejections()
        suggestions = Suggestions(self._state, rejected, answers=answers)

        def page() -> Digest:
            from vaultdots.retrospective.digest import with_suggestions

            digest = years.review(year)
            told = [
                (one.source, one.line, one.target, one.notes or (one.target,))
                for path in dict.fromkeys(section.path for section in digest.sections)
                for one in suggestions.of(path)
            ]
            return with_suggestions(digest, told)

        with self._state.names_kept_up():
            return answers.answer(
                f"page {year}", page, *years.depends, rejected, follows=lambda: Follows("names")
            )

    def kept(self, name: str, key: Sequence[str], make: Callable[[], Any]) -> Any:
        """What a view works out from the whole vault with `make`, plain values only: kept until a
        note, the settings, the year, a settled goal, a rejection, the history that dates notes or
        `key` changes."""
        from vaultdots.store.git_dates import history_moment

        rejected = [repr(one) for one in self.edit.rejections()]
        depends = *self.years.depends, rejected, history_moment(self.root), list(key)
        return self._answers.answer(f"view {name}", make, *depends)

    # -- the graph -------------------------------------------------------------------------------

    def graph(self, **what: bool) -> networkx.MultiDiGraph:
        """The whole graph as a networkx MultiDiGraph; see `Map.data` for the options."""
        return self.map.networkx(**what)

    def _derived(self) -> Derived:
        from vaultdots.vault.derived import derived_of

        return derived_of(self.connect(), self.years)

    # -- the whole -------------------------------------------------------------------------------

    def index(self, *, progress: Progress | None = None, began: float | None = None) -> IndexReport:
        """Bring the full-text index up to the catalog and count what there is.

        began: `time.perf_counter()` of when the work began, for `seconds`.
        """
        began = time.perf_counter() if began is None else began
        from vaultdots.search.index_sync import bring_up_to_date
        from vaultdots.vault.report import IndexReport, counted_links

        searcher = self.searcher(progress=progress)
        bring_up_to_date(self.catalog, searcher.engine, progress)
        # Seconds of a large vault: the same until a note changes.
        links, unresolved = self._answers.answer("links", partial(counted_links, self.catalog))
        with self.snapshot():
            counts = self.catalog.counts()
            skipped = tuple(self.catalog.skipped())
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

    @staticmethod
    def cache_of(path: str | os.PathLike[str] | None, environ: Mapping[str, str]) -> Path:
        """Where a vault's cache lies, without opening it."""
        return cache_folder(_root_of(path, environ), environ)

    @staticmethod
    def clear_cache_of(path: str | os.PathLike[str] | None, environ: Mapping[str, str]) -> Path:
        """Throw a vault's cache away; the next command builds it again."""
        return clear_cache(_root_of(path, environ), environ)


def is_wide(path: str | os.PathLike[str] | None, environ: Mapping[str, str]) -> bool:
    """Whether the vault that `path` means is a home folder or a root."""
    return is_too_wide(_root_of(path, environ))


def _root_of(path: str | os.PathLike[str] | None, environ: Mapping[str, str]) -> Path:
    return find_vault(Path.cwd(), Path(path) if path is not None else None, environ)
