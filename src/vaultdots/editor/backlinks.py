"""Who links to a note, kept while no name changes: a note that thousands name is asked about often.

The links of the notes that are open are those on the screen; those of all others are read once from
the catalog, in few words, and each name among them is resolved once.
"""

from __future__ import annotations

import json
from bisect import insort
from typing import TYPE_CHECKING

from vaultdots.graph.links import (
    ResolvedLink,
    Resolver,
    backlinks,
    gives_backlink,
    naming_keys,
)
from vaultdots.store.answers import LinkRow
from vaultdots.store.catalog import Catalog
from vaultdots.text.tuples import NamedTuple

if TYPE_CHECKING:
    from vaultdots.editor.desk import Desk


class Backlink(NamedTuple):
    """A link that means a note. line: 1-based. subpath: JSON, None without one."""

    source: str
    start: int
    end: int
    line: int
    subpath: str | None

    @property
    def chain(self) -> tuple[str, ...]:
        """The headings, or the block, that the link names."""
        return chain_of(self.subpath)


def chain_of(subpath: str | None) -> tuple[str, ...]:
    """The headings, or the block, that a subpath is made of."""
    return tuple(json.loads(subpath)) if subpath else ()


class Backlinks:
    """The backlinks that were asked for since a name changed."""

    def __init__(self, desk: Desk) -> None:
        """Use `Desk.backlinks`."""
        self._desk = desk
        self._kept: dict[str, list[Backlink]] = {}
        self._uncovered: dict[str, list[Backlink]] = {}
        self._covered: dict[str, frozenset[str]] = {}
        self._lines: dict[str, dict[tuple[str, int], tuple[str, str]]] = {}

    def clear(self) -> None:
        """A name has changed, or a file on disk."""
        for kept in (self._kept, self._uncovered, self._covered, self._lines):
            kept.clear()

    def to(self, path: str, resolver: Resolver) -> list[Backlink]:
        """The links of other files to the file at `path`, by source and place."""
        kept = self.on_disk(path, resolver)
        covered = self._desk.catalog.overlaid
        if not covered:
            return kept
        if self._covered.get(path) != covered:
            self._covered[path] = covered
            self._uncovered[path] = [one for one in kept if one.source not in covered]
        found = self._uncovered[path].copy()
        for one in self.on_screen(path, resolver):
            insort(found, one, key=_place)
        return found

    def on_disk(self, path: str, resolver: Resolver) -> list[Backlink]:
        """Those as the files have them, open ones too: one list until a name changes, or a file."""
        if path not in self._kept:
            self._kept[path] = _from_disk(self._desk.catalog, path, resolver)
        return self._kept[path]

    def on_screen(self, path: str, resolver: Resolver) -> list[Backlink]:
        """Those of the notes that are open."""
        found = []
        for source in self._desk.catalog.overlaid:
            sheet = self._desk.sheet(source) if source != path else None
            for row in sheet.links if sheet and not sheet.row.excluded else ():
                if gives_backlink(row) and resolver.resolve(row).target == path:
                    found.append(backlink(row))
        return found

    def lines(self, path: str) -> dict[tuple[str, int], tuple[str, str]]:
        """(source, start) of the links to a file from notes that are not open → what stands before
        each on its line, and the link itself: enough to say where it is without its note."""
        if path not in self._lines:
            self._lines[path] = self._desk.catalog.line_beginnings(
                naming_keys(self._desk.catalog, path)
            )
        return self._lines[path]


def _place(one: Backlink) -> tuple[str, int]:
    return one.source, one.start


def backlink(row: LinkRow | ResolvedLink) -> Backlink:
    """A link of the catalog in few words."""
    subpath = json.dumps(row.subpath) if row.subpath else None
    return Backlink(row.source, row.start, row.end, row.line, subpath)


def _from_disk(catalog: Catalog, path: str, resolver: Resolver) -> list[Backlink]:
    """Those of the notes on disk, open ones among them."""
    if catalog.has_own_sites():
        # Addresses of the vault's own site are links into it: they are read link by link.
        with catalog.on_disk():
            return list(map(backlink, backlinks(catalog, path)))
    found = []
    meant: dict[tuple[str, str, str, str], bool] = {}
    for source, dialect, lookup, target, subpath, start, end, line in catalog.link_marks(
        naming_keys(catalog, path)
    ):
        # Of the source only the folder matters; a note's links to itself are none of its backlinks.
        key = target, lookup, dialect, source.rpartition("/")[0]
        if key not in meant:
            meant[key] = resolver.resolve_name(target, lookup, source, dialect).target == path
        if meant[key] and source != path:
            found.append(Backlink(source, start, end, line, subpath))
    return found
