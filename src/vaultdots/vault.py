"""The front door: `Vault.open(path)`, and everything that a view may ask of a vault."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from vaultdots.errors import CatalogError, ConfigError, NoteNotFound, UsageError, VaultError
from vaultdots.graph import build as graph_build
from vaultdots.graph import check as graph_check
from vaultdots.graph import links as graph_links
from vaultdots.graph.build import DerivedEdge
from vaultdots.graph.check import Problem
from vaultdots.graph.links import ResolvedLink
from vaultdots.graph.model import GraphData
from vaultdots.graph.naming import find_note
from vaultdots.store.answers import NoteRow
from vaultdots.store.catalog import Catalog, is_broken
from vaultdots.store.config import Config, read_config
from vaultdots.store.location import (
    cache_folder,
    clear_cache,
    data_folder,
    find_vault,
    is_too_wide,
)
from vaultdots.store.sync import Progress, SyncResult, sync
from vaultdots.store.walk import Skip
from vaultdots.text.names import name_key, nfc

if TYPE_CHECKING:
    import networkx

    from vaultdots.graph.mentions import Mention as Mention
    from vaultdots.graph.mentions import Mentions
    from vaultdots.graph.metrics import Bridge as Bridge
    from vaultdots.graph.metrics import Gap as Gap
    from vaultdots.graph.paths import Step as Step
    from vaultdots.retrospective.apply import Plan as Plan
    from vaultdots.retrospective.compare import Comparison as Comparison
    from vaultdots.retrospective.concepts import Concept as Concept
    from vaultdots.retrospective.connect import Connection as Connection
    from vaultdots.retrospective.digest import Digest as Digest
    from vaultdots.retrospective.model import Book as Book
    from vaultdots.retrospective.model import Goal as Goal
    from vaultdots.retrospective.years import Years
    from vaultdots.search.find import Hit, Searcher
    from vaultdots.search.related import Related
    from vaultdots.search.upkeep import EngineName
    from vaultdots.store.rejections import Rejection as Rejection
    from vaultdots.store.undo import Change, Journal
    from vaultdots.store.undo import Step as UndoStep

__all__ = ["GraphData", "NoteRow", "Problem", "ResolvedLink", "Skip", "TagCount", "Vault"]


def is_wide(path: str | os.PathLike[str] | None, environ: Mapping[str, str]) -> bool:
    """Whether the vault that `path` means is a home folder or a root."""
    return is_too_wide(find_vault(Path.cwd(), Path(path) if path is not None else None, environ))


class TagCount(NamedTuple):
    """A tag in its first spelling, and how many notes have it."""

    tag: str
    notes: int


class IndexReport(NamedTuple):
    """What `dots index` says; the keys of its `--json`."""

    notes: int
    attachments: int
    sections: int
    links: int
    unresolved: int
    tags: int
    skipped: tuple[Skip, ...]
    seconds: float


class Vault:
    """An open vault, in step with its files since it was opened or last synced.

    Use it as a context manager, or call `close`. Nothing is ever written into the vault.
    """

    def __init__(self, root: Path, config: Config, catalog: Catalog) -> None:
        """Use `Vault.open`."""
        self.root = root
        self.config = config
        self.catalog = catalog
        self.environ: Mapping[str, str] = os.environ
        self._mentions: Mentions | None = None

    @classmethod
    def open(
        cls,
        path: str | os.PathLike[str] | None = None,
        *,
        cache: str | os.PathLike[str] | None = None,
        rebuild: bool = False,
        allow_wide: bool = False,
        progress: Progress | None = None,
        environ: Mapping[str, str] | None = None,
    ) -> Vault:
        """Open a vault and bring its catalog up to the files.

        path: the vault's folder; None finds it as the command line does. cache: the parent of the
        cache folder, else `DOTS_CACHE`, else the user's. allow_wide: take a home folder or a root
        as a vault. Raises VaultError, ConfigError, CatalogError.
        """
        environ = os.environ if environ is None else environ
        root = find_vault(Path.cwd(), Path(path) if path is not None else None, environ)
        if is_too_wide(root) and not allow_wide:
            raise VaultError(
                f"'{root}' is a home folder or a root, hardly a vault",
                hint="name the vault with --vault, or confirm with --yes",
            )
        if cache is not None:
            environ = {**environ, "DOTS_CACHE": os.fspath(cache)}
        config = read_config(root)
        vault = cls(root, config, Catalog(cache_folder(root, environ)))
        vault.environ = environ
        try:
            vault.sync(rebuild=rebuild, progress=progress)
        except BaseException:
            vault.close()
            raise
        return vault

    def close(self) -> None:
        """Close the catalog."""
        self.catalog.close()

    def __enter__(self) -> Vault:
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
        return self.catalog.snapshot()

    def sync(self, *, rebuild: bool = False, progress: Progress | None = None) -> SyncResult:
        """Read what changed since the last time."""
        self._mentions = None
        return sync(self.root, self.config, self.catalog, rebuild=rebuild, progress=progress)

    # -- notes -----------------------------------------------------------------------------------

    def notes(self) -> list[NoteRow]:
        """Every note that is not excluded, by path."""
        return self.catalog.notes()

    def find(self, name: str) -> str:
        """The path of the note that `name` means: a path, a name, an alias or a title.

        Raises NoteNotFound or AmbiguousNote.
        """
        path = Path(name)
        if path.is_absolute() and path.is_relative_to(self.root):
            name = path.relative_to(self.root).as_posix()
        return find_note(self.catalog, name)

    def text(self, note: str) -> str:
        """A note's text as it was read, without a BOM."""
        with self.snapshot():
            row = self.catalog.note(self.find(note))
            if row is None:
                raise NoteNotFound(f"'{note}' is no note")
            return self.catalog.text(row.id)

    def lines(self, note: str) -> list[str]:
        """The lines of a note or canvas, cut where a line number counts them."""
        with self.snapshot():
            row = self.catalog.note(note) or self.catalog.note(self.find(note))
            text = self.catalog.text(row.id) if row else ""
        return re.split(r"\r\n?|\n", text)

    # -- links -----------------------------------------------------------------------------------

    def links(self, note: str, *, external: bool = False) -> list[ResolvedLink]:
        """The links that stand in a note; those out of the vault only when asked for."""
        with self.snapshot():
            return graph_links.links(self.catalog, self.find(note), external=external)

    def backlinks(self, note: str) -> list[ResolvedLink]:
        """The links of other notes that mean a note, or a name that has no note yet."""
        with self.snapshot():
            try:
                path = self.find(note)
            except NoteNotFound:
                found = graph_links.placeholder_backlinks(self.catalog, nfc(note).strip())
                if found:
                    return found
                raise
            return graph_links.backlinks(self.catalog, path)

    def tags(self, *, tree: bool = False) -> list[TagCount]:
        """Every tag with its count of notes; tree: parents of nested tags counted as well."""
        spelling: dict[str, str] = {}
        holders: dict[str, set[str]] = {}
        for key, name, path in self.catalog.tags():
            parts = name.split("/")
            names = ["/".join(parts[: n + 1]) for n in range(len(parts))] if tree else [name]
            for tag in names:
                tag_key = key if tag is name else name_key(tag)
                spelling.setdefault(tag_key, tag)
                holders.setdefault(tag_key, set()).add(path)
        order = sorted(spelling, key=lambda key: key.split("/"))
        return [TagCount(spelling[key], len(holders[key])) for key in order]

    def check(self) -> list[Problem]:
        """What is wrong in the vault, by path and place."""
        with self.snapshot():
            return graph_check.check(self.catalog)

    # -- search ----------------------------------------------------------------------------------

    def searcher(self, *, progress: Progress | None = None) -> Searcher:
        """The full-text index, for one query or many; brought up to date when it is asked."""
        from vaultdots.graph.facts import LinkFacts
        from vaultdots.search.filters import Links
        from vaultdots.search.find import Searcher

        facts = LinkFacts(self.catalog)
        links = Links(
            facts.resolve,
            facts.sources,
            facts.targets,
            facts.orphans,
            facts.isolated,
            facts.unresolved,
            mentions=self.mention_sources,
        )
        engine = cast("EngineName", self.config.engine)
        return Searcher(self.catalog, engine, links=links, progress=progress)

    def search(
        self, query: str, *, limit: int | None = 20, progress: Progress | None = None
    ) -> list[Hit]:
        """The sections that answer `query`, best first. Raises QueryError."""
        from vaultdots.search.find import Wish

        return self.searcher(progress=progress).ask(query, Wish(limit=limit)).hits

    def related(
        self, note: str, *, limit: int | None = 10, progress: Progress | None = None
    ) -> list[Related]:
        """The notes that belong to a note, best first, each with its reasons."""
        searcher = self.searcher(progress=progress)
        try:
            return searcher.related(self.find(note), limit=limit)
        finally:
            searcher.close()

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
        with self.snapshot():
            return graph_build.build(
                self.catalog,
                tags=tags,
                properties=properties,
                attachments=attachments,
                derived=edges,
            )

    def _derived(self) -> list[DerivedEdge]:
        """Connections of the reviews' sections, and goals to their evidence."""
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

    def graph_json(self, data: GraphData) -> str:
        """The graph as JSON."""
        from vaultdots.graph.export import to_json

        return to_json(data)

    def graph_ml(self, data: GraphData) -> str:
        """The graph as GraphML."""
        from vaultdots.graph.export import to_graphml

        return to_graphml(data)

    def layout(self, data: GraphData) -> dict[str, tuple[float, float]]:
        """A place for every node. The same graph keeps its picture, and a changed one starts from
        the last picture, so that a new note does not reshuffle the map."""
        from vaultdots.graph.layout import layout
        from vaultdots.store.places import keep_places, kept_places

        kept = kept_places(self.catalog.folder)
        stamp = graph_build.stamp(data)
        if kept is not None and kept.stamp == stamp:
            return dict(kept.places)
        places = layout(data, previous=kept.places if kept else None)
        keep_places(self.catalog.folder, stamp, places)
        return places

    # -- connecting ------------------------------------------------------------------------------

    @contextmanager
    def naming(self) -> Iterator[Mentions]:
        """Which notes name which in plain text, brought up to the catalog, and a snapshot of it.

        What is found is written into the cache, so enter it before a snapshot, not inside of one.
        Raises CatalogError.
        """
        from vaultdots.graph.mentions import Mentions

        while True:
            if self._mentions is None:
                self._mentions = Mentions(self.catalog)
            with self.snapshot():
                if self._mentions.is_current():
                    yield self._mentions
                    return
            # Another process has read the vault again since.
            self._mentions = None

    def mentions(self, note: str, *, tags: bool = False) -> list[Mention]:
        """Where other notes name a note without linking to it, by path and place.

        tags: a tag that no other note has is a name of the note too.
        """
        with self.naming() as names:
            return names.of(self._note_row(note).id, tags=tags)

    def mentions_out(self, note: str, *, tags: bool = False) -> list[Mention]:
        """Which notes a note names without linking to them, by place."""
        with self.naming() as names:
            return names.out(self._note_row(note).id, tags=tags)

    def mention_sources(self, note_id: int) -> set[int]:
        """The ids of the notes that name a note without a link; what `mentions:NOTE` asks."""
        with self.naming() as names:
            return names.sources(note_id)

    def connections(
        self,
        note: str | None = None,
        *,
        year: int | None = None,
        with_links: bool = False,
        again: bool = False,
    ) -> list[Connection]:
        """The notes that each section should be connected to, with reasons, best first in each.

        note: one note; None: the reviews, of one year or all. with_links: links that are there
        already too. again: those too that were rejected before.
        """
        from vaultdots.retrospective.connect import connections

        rejected = [] if again else self.rejections()
        found: list[Connection] = []
        with self.naming() as names:
            if note is not None:
                rows = [self._note_row(note)]
            else:
                reviews = [row for row in self.notes() if row.kind == "review"]
                rows = [row for row in reviews if year is None or row.year == year]
                rows.sort(key=lambda row: (row.year or 0, row.path))
            for row in rows:
                unwanted = [(r.target, r.section) for r in rejected if r.source == row.path]
                found += connections(
                    self.catalog, names, row, with_links=with_links, rejected=unwanted
                )
        return found

    def plan(self, connections: Sequence[Connection]) -> Plan:
        """What writing connections as links would change; nothing is written."""
        from vaultdots.retrospective.apply import plan

        with self.snapshot():
            return plan(self.root, self.catalog, self.config, connections)

    def write(self, plan: Plan, command: str) -> UndoStep | None:
        """Write a plan's changes into the vault, undoably. Raises VaultError."""
        step = self.journal().write(plan.changes, command)
        self.sync()
        return step

    def journal(self) -> Journal:
        """What was written into the vault, to undo and redo it."""
        from vaultdots.store.undo import Journal

        return Journal(self.root, data_folder(self.root, self.environ))

    def reject(self, connections: Sequence[Connection]) -> None:
        """Do not suggest these again."""
        from vaultdots.store.rejections import Rejection, write_rejections

        fresh = [Rejection(c.source, c.section, c.target) for c in connections]
        if fresh:
            folder = data_folder(self.root, self.environ)
            write_rejections(folder, [*self.rejections(), *fresh])

    def rejections(self) -> list[Rejection]:
        """What was rejected before."""
        from vaultdots.store.rejections import read_rejections

        return read_rejections(data_folder(self.root, self.environ))

    def path(self, one: str, other: str) -> list[list[Step]]:
        """The shortest chains between two notes: of links, else of links and mentions."""
        from vaultdots.graph.paths import chains, link_ties, name_ties

        with self.naming() as names:
            start, end = self.find(one), self.find(other)
            links = link_ties(self.catalog)
            return chains(start, end, links) or chains(start, end, links, name_ties(names))

    def bridges(self) -> list[Bridge]:
        """The notes that hold parts of the vault together, those that hold the most first."""
        from vaultdots.graph.metrics import bridges

        return bridges(self._neighbours())

    def gaps(self) -> list[Gap]:
        """Parts of the vault that share rare words and have no link, the likeliest first."""
        from vaultdots.graph.metrics import gaps

        with self.naming() as names:
            return gaps(self._neighbours(), names)

    def orphans(self, *, isolated: bool = False) -> list[NoteRow]:
        """The notes that no link comes into, by path; isolated: and none goes out of."""
        from vaultdots.graph.facts import LinkFacts

        facts = LinkFacts(self.catalog)
        alone = set(facts.isolated() if isolated else facts.orphans())
        return [row for row in self.notes() if row.id in alone]

    def _neighbours(self) -> dict[str, set[str]]:
        from vaultdots.graph.metrics import neighbours
        from vaultdots.graph.paths import link_ties

        return neighbours((row.path for row in self.notes()), link_ties(self.catalog))

    def _note_row(self, note: str) -> NoteRow:
        row = self.catalog.note(self.find(note))
        if row is None:
            raise NoteNotFound(f"'{note}' is no note")
        return row

    # -- the whole -------------------------------------------------------------------------------

    def index(self, *, progress: Progress | None = None, began: float | None = None) -> IndexReport:
        """Bring the full-text index up to the catalog and count what there is.

        began: `time.perf_counter()` of when the work began, for `seconds`.
        """
        began = time.perf_counter() if began is None else began
        from vaultdots.search.upkeep import bring_up_to_date

        searcher = self.searcher(progress=progress)
        bring_up_to_date(self.catalog, searcher.engine, progress)
        links = unresolved = 0
        with self.snapshot():
            counts = self.catalog.counts()
            skipped = tuple(self.catalog.skipped())
            resolver = graph_links.Resolver(self.catalog, whole=True)
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

    @staticmethod
    def cache_of(path: str | os.PathLike[str] | None, environ: Mapping[str, str]) -> Path:
        """Where a vault's cache lies, without opening it."""
        root = find_vault(Path.cwd(), Path(path) if path is not None else None, environ)
        return cache_folder(root, environ)

    @staticmethod
    def clear_cache_of(path: str | os.PathLike[str] | None, environ: Mapping[str, str]) -> Path:
        """Throw a vault's cache away; the next command builds it again."""
        root = find_vault(Path.cwd(), Path(path) if path is not None else None, environ)
        return clear_cache(root, environ)

    def config_table(self, name: str) -> Mapping[str, Any]:
        """A table of `dots.toml`, empty where there is none."""
        value = self.config.tables.get(name, {})
        return value if isinstance(value, Mapping) else {}

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
        """The text of the vault's own template, or None where `name` is no file (a shipped one)."""
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

    @staticmethod
    def check_codes() -> Mapping[str, str]:
        """Every code of `check` with what it says."""
        return graph_check.CODES

    def years(self) -> Sequence[int]:
        """The years that reviews are about, in order."""
        return sorted({n.year for n in self.notes() if n.kind == "review" and n.year is not None})


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
    from vaultdots.retrospective.apply import diff_of

    return diff_of(changes)


def edits_of(changes: Sequence[Change]) -> list[Any]:
    """Changes line by line, with the keys of `--json`."""
    from vaultdots.retrospective.apply import edits_of

    return edits_of(changes)


def turned(changes: Sequence[Change]) -> list[Change]:
    """Changes the other way round: what undoing them does."""
    return [change._replace(before=change.after, after=change.before) for change in changes]
