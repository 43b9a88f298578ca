"""Which engine a vault gets, and bringing its index up to date with the catalog."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from errno import ENOTEMPTY
from typing import Literal

from vaultdots.search.engine import WHOOSH_FOLDER, Engine, Progress
from vaultdots.search.engine_sqlite import SqliteEngine
from vaultdots.search.source import SectionRow, sections
from vaultdots.store.catalog import Catalog, cache_error

EngineName = Literal["auto", "whoosh", "sqlite"]

THRESHOLD = 10_000
"""Sections up to which `auto` takes Whoosh; docs/benchmarks.md has the measurement."""
BACK = 0.8
"""Share of the threshold below which `auto` goes back: a vault at the edge is not built twice."""
REBUILD_SHARE = 0.5
"""Share of the vault's notes from which building anew is faster than changing."""


def open_engine(catalog: Catalog, name: EngineName = "auto") -> Engine:
    """The engine of this name; `auto` decides by the number of sections."""
    sqlite = SqliteEngine(catalog)
    if name == "auto":
        count = catalog.section_count()
        built = sqlite.state().generation >= 0
        name = "sqlite" if count > THRESHOLD * (BACK if built else 1) else "whoosh"
    if name == "sqlite" or catalog.folder is None:
        return sqlite
    from vaultdots.search.engine_whoosh import WhooshEngine

    return WhooshEngine(catalog)


def bring_up_to_date(
    catalog: Catalog, engine: Engine, progress: Progress | None = None
) -> str | None:
    """Index what changed since the index was last written.

    None when the index is up to date now; else why it is not, in one sentence: another process is
    at it. progress is reported of a build from nothing only.
    """
    state = engine.state()
    if state.generation == catalog.generation and state.complete:
        return None
    with catalog.on_disk():
        return _index(catalog, engine, progress)


def _index(catalog: Catalog, engine: Engine, progress: Progress | None) -> str | None:
    state = engine.state()
    generation = catalog.generation
    total = catalog.section_count()
    fresh = (
        not state.complete
        or state.generation < max(catalog.epoch, 0)
        or state.generation > generation
    )
    changed: tuple[list[int], list[int]] = ([], [])
    if not fresh:
        changed = tuple(catalog.changed_notes(state.generation))  # type: ignore[assignment]
        fresh = len(changed[0]) > max(20, REBUILD_SHARE * catalog.note_count())
    try:
        if fresh:
            rows = _told(sections(catalog, None), total, progress)
            engine.index(rows, None, generation)
        else:
            updated, removed = changed
            engine.index(sections(catalog, updated), [*updated, *removed], generation)
            if removed:
                engine.expunge()
        after = engine.state()
        if after.complete and after.generation < generation:  # a build of an older generation
            return bring_up_to_date(catalog, engine, progress)
    except engine.busy as error:
        return why_not(error, catalog)
    return None


def why_not(error: Exception, catalog: Catalog) -> str:
    """Why the index was not written: another process is at it. Raises CatalogError for a disk that
    takes nothing more."""
    words = str(error)
    refused = isinstance(error, OSError) and error.errno != ENOTEMPTY
    if refused or any(word in words for word in ("full", "I/O", "readonly")):
        raise cache_error(error, catalog.folder) from None
    return "another process is writing the index: these answers are from before that"


def discard_other(catalog: Catalog, engine: Engine) -> None:
    """Take away the Whoosh index of a vault that has grown past it, once the new one is whole."""
    if engine.name != "sqlite" or catalog.folder is None:
        return
    if (catalog.folder / WHOOSH_FOLDER).exists():
        state = engine.state()
        if state.complete:
            from vaultdots.search.engine_whoosh import WhooshEngine

            WhooshEngine(catalog).discard(state.generation)


def engine_that_answers(catalog: Catalog, engine: Engine) -> Engine:
    """The engine whose index can answer now: the other one's while this one is being built."""
    if engine.state().complete or catalog.folder is None:
        return engine
    other = open_engine(catalog, "whoosh" if engine.name == "sqlite" else "sqlite")
    if other.state().complete:
        return other
    other.close()
    return engine


def _told(
    rows: Iterable[SectionRow], total: int, progress: Progress | None
) -> Iterator[SectionRow]:
    """The rows, reported to `progress` every hundred."""
    for done, row in enumerate(rows, 1):
        yield row
        if progress and done % 100 == 0:
            progress(done, total)
    if progress:
        progress(total, total)
