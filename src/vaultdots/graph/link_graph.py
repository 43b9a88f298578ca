"""The notes and links of the whole vault, read and resolved once for a state of the catalog and
shared by all that ask: backlinks of many, checks, link filters, chains, the map."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from weakref import WeakKeyDictionary

from vaultdots.graph.links import ResolvedLink, Resolver, gives_backlink
from vaultdots.graph.resolve import Resolution
from vaultdots.store.answers import LinkEnd, LinkRow, NoteRow
from vaultdots.store.catalog import Catalog

_READ: WeakKeyDictionary[Catalog, tuple[object, LinkGraph]] = WeakKeyDictionary()


class LinkGraph:
    """Every link of every file that is not excluded, by path and place, with what it means.

    Use `LinkGraph.read` and ask at once: what an object holds is read when it is first asked for.
    """

    def __init__(self, catalog: Catalog) -> None:
        """Nothing is read yet."""
        self._catalog = catalog

    @classmethod
    def read(cls, catalog: Catalog) -> LinkGraph:
        """The graph of the catalog as it is, the same object until a sync or an unsaved text
        changes it."""
        state = catalog.revision
        kept = _READ.get(catalog)
        if kept is None or kept[0] != state:
            kept = (state, cls(catalog))
            _READ[catalog] = kept
        return kept[1]

    @cached_property
    def notes(self) -> tuple[NoteRow, ...]:
        """Every note that is not excluded, by path."""
        return tuple(self._catalog.notes())

    @cached_property
    def ends(self) -> tuple[tuple[LinkEnd, Resolution], ...]:
        """What each link into the vault joins, with what it means: `links` for those who ask for no
        more, in a third of the time."""
        resolve = self.resolver.resolve
        return tuple((end, resolve(end)) for end in self._catalog.link_ends())

    @cached_property
    def _rows(self) -> list[LinkRow]:
        return self._catalog.all_links()

    @cached_property
    def links(self) -> tuple[tuple[LinkRow, Resolution], ...]:
        """Each link into the vault with what it means."""
        resolve = self.resolver.resolve
        return tuple((row, resolve(row)) for row in self._rows if not row.external)

    def whole(self, row: LinkRow, *, subpaths: bool = True) -> ResolvedLink:
        """One link with all that is known of it, its heading or block too."""
        return self.resolver.read(row, subpaths=subpaths)

    @cached_property
    def resolver(self) -> Resolver:
        """What reads the names and headings that these links mean; it reads all names at once."""
        return Resolver(self._catalog, whole=True)

    @cached_property
    def _into(self) -> dict[str, list[LinkRow]]:
        found: dict[str, list[LinkRow]] = {}
        for row, resolution in self.links:
            if resolution.target is not None and gives_backlink(row):
                found.setdefault(resolution.target, []).append(row)
        return found

    def backlinks(self, path: str) -> Iterator[ResolvedLink]:
        """The links of other files that mean the file at `path`, by source and place."""
        return (self.whole(row) for row in self._into.get(path, ()) if row.source != path)
