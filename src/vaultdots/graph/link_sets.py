"""What links say of whole notes: who links to whom, who stands alone. For filters and metrics."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from vaultdots.errors import AmbiguousNote, NoteNotFound
from vaultdots.graph.find_note import find_note
from vaultdots.graph.link_graph import LinkGraph
from vaultdots.graph.links import gives_backlink
from vaultdots.store.catalog import Catalog


class LinkSets:
    """The resolved links of one state of the catalog, by note id; read when first asked for."""

    def __init__(self, catalog: Catalog) -> None:
        """Nothing is read yet."""
        self.catalog = catalog

    @cached_property
    def _ids(self) -> dict[str, int]:
        return {note.path: note.id for note in self.catalog.notes()}

    @cached_property
    def _pairs(self) -> tuple[dict[int, set[int]], dict[int, set[int]], set[int]]:
        """(targets by source, sources by target, notes with an unresolved link)."""
        targets: dict[int, set[int]] = {}
        sources: dict[int, set[int]] = {}
        open_ended: set[int] = set()
        for row, found in LinkGraph.read(self.catalog).ends:
            if not gives_backlink(row):
                continue
            source = self._ids.get(row.source)
            target = found.target
            if target is None:
                if source is not None:
                    open_ended.add(source)
                continue
            other = self._ids.get(target)
            if source is not None and other is not None and source != other:
                targets.setdefault(source, set()).add(other)
                sources.setdefault(other, set()).add(source)
        return targets, sources, open_ended

    def resolve(self, name: str) -> list[int]:
        """The ids of the notes that a name means; several when it is ambiguous, none else."""
        try:
            paths: tuple[str, ...] = (find_note(self.catalog, name),)
        except AmbiguousNote as error:
            paths = error.candidates
        except NoteNotFound:
            paths = ()
        return [self._ids[path] for path in paths if path in self._ids]

    def sources(self, note_id: int) -> Iterable[int]:
        """The notes that link to a note."""
        return self._pairs[1].get(note_id, set())

    def targets(self, note_id: int) -> Iterable[int]:
        """The notes that a note links to."""
        return self._pairs[0].get(note_id, set())

    def orphans(self) -> Iterable[int]:
        """Notes that no link comes into."""
        return [note_id for note_id in self._ids.values() if note_id not in self._pairs[1]]

    def isolated(self) -> Iterable[int]:
        """Notes that no link comes into and none goes out of."""
        targets, sources, _ = self._pairs
        return [n for n in self._ids.values() if n not in targets and n not in sources]

    def unresolved(self) -> Iterable[int]:
        """Notes with a link that names no note."""
        return self._pairs[2]
