"""The names that can be completed.

Kept for the life of an editor: after a sync only the notes that changed are read again. A process
that answers one question reads those that may fit (`NamesOnce`).
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from functools import cached_property
from heapq import nlargest, nsmallest
from math import log

from vaultdots.editor.name_match import (
    FIELDS,
    Name,
    Spellings,
    Table,
    by_weight,
    ranked,
    sought_in,
    tier_of,
)
from vaultdots.store.answers import NoteRow
from vaultdots.store.catalog import Catalog
from vaultdots.text.keyboard import other_layout
from vaultdots.text.names import name_key

_FEW = 400
"""Up to this many changed notes are read again one by one."""
_DAY_NS = 86_400 * 10**9
_NEW = 2.0
"""What a note of this minute is worth beside its links: as much as six of them, …"""
_HALF_LIFE = 30.0
"""… and half as much after so many days."""


def _name(spelled: str, path: str, via: str, kind: str, weight: float) -> Name:
    return Name(spelled, name_key(spelled), path, via, kind, weight)


def _attachment(path: str) -> Name:
    return _name(path.rpartition("/")[2], path, "attachment", "attachment", 0)


def _placeholder(unnamed: tuple[str, int]) -> Name:
    target, links = unnamed
    return _name(target, target, "placeholder", "placeholder", log(1 + links))


class NameIndex:
    """Every name of a catalog's files, brought up to it when asked."""

    def __init__(self, catalog: Catalog) -> None:
        """Nothing is read before the first question."""
        self.catalog = catalog
        self._generation = -1
        self._now = time.time_ns()
        self._by_id: dict[int, list[Name]] = {}
        self._others: list[Name] = []
        self._links: dict[int, int] = {}
        self._table = -1, Table([])

    def warm(self) -> None:
        """Read the names now, so that the first completion is as fast as the others."""
        catalog = self.catalog
        generation = catalog.generation
        if generation == self._generation:
            return
        # Names that are alike are so when all are weighed at one moment.
        self._now = time.time_ns()
        with catalog.on_disk():
            if self._generation < 0 or catalog.epoch > self._generation:
                self._read_all()
            else:
                changes = catalog.changed_notes(self._generation)
                if len(changes.updated) + len(changes.removed) > _FEW:
                    self._read_all()
                else:
                    for note_id in (*changes.updated, *changes.removed):
                        self._by_id.pop(note_id, None)
                    for row in catalog.notes_by_id(changes.updated):
                        self._by_id[row.id] = self._names(row)
                    # A name that no file has comes and goes with the links of any note.
                    self._read_others()
        self._generation = generation

    def _read_all(self) -> None:
        rows = self.catalog.notes()
        self._links = self.catalog.link_counts(row.id for row in rows)
        self._by_id = {row.id: self._names(row) for row in rows}
        self._read_others()

    def _read_others(self) -> None:
        self._others = list(map(_attachment, self.catalog.attachments()))
        self._others += map(_placeholder, self.catalog.unnamed_targets())

    def _names(self, row: NoteRow) -> list[Name]:
        weight = self._weight(row.id, row.mtime_ns)
        stem = row.path.rpartition("/")[2].rsplit(".", 1)[0]
        spelled = [("name", stem), *(("alias", alias) for alias in row.aliases)]
        spelled.append(("title", row.title))
        found: dict[str, Name] = {}
        for via, name in spelled:
            key = name_key(name)
            if key and key not in found:
                found[key] = Name(name, key, row.path, via, row.kind, weight)
        return list(found.values())

    def _weight(self, note_id: int, mtime_ns: int) -> float:
        age = max(0, self._now - mtime_ns) / _DAY_NS
        recent: float = _NEW * 0.5 ** (age / _HALF_LIFE)
        return log(1 + self._links.get(note_id, 0)) + recent

    def _all(self) -> tuple[Table, Table]:
        """The names of the files on disk, and those of the notes that are open."""
        table = self._of_disk()
        table.hidden = self.catalog.overlaid
        return table, Table(self._open_names())

    def _of_disk(self) -> Table:
        self.warm()
        if self._table[0] != self._generation:
            names = [name for names in self._by_id.values() for name in names]
            self._table = self._generation, Table(names + self._others)
        return self._table[1]

    def warming(self) -> Iterator[None]:
        """Read the names, then make ready what a completion looks at, in steps of milliseconds."""
        self.warm()
        yield
        for field in FIELDS:
            self._of_disk().side_by_side(field)
            yield
        self._of_disk().places  # noqa: B018
        yield
        yield from self._of_disk().read_sounds()

    def _open_names(self) -> list[Name]:
        return [
            name
            for path in self.catalog.overlaid
            if (row := self.catalog.note(path)) is not None and not row.excluded
            for name in self._names(row)
        ]

    def most_linked(self, count: int) -> list[str]:
        """The notes that most links name."""
        self.warm()
        ids = nlargest(count, self._links, key=lambda id_: self._links[id_])
        return [self._by_id[id_][0].path for id_ in ids if self._by_id.get(id_)]

    def all_names(self, via: frozenset[str]) -> list[Name]:
        """Every name of these ways."""
        return [
            name
            for table in self._all()
            for name in table.names
            if name.via in via and table.shows(name)
        ]

    def alike(self, key: str, least: float) -> list[Name]:
        """The names that share most of their letters with `key`; see `Table.alike`."""
        return [name for table in self._all() for name in table.alike(key, least)]

    def matching(self, typed: str, limit: int, *, via: frozenset[str] | None = None) -> list[Name]:
        """The names that `typed` may become, the best first; via: only these ways. Below them those
        that are the same word in the other script, where it is typed whole."""
        found = ranked(self._beginning(typed, limit, via), typed, limit, via)
        if not found and (other := other_layout(typed)):
            found = ranked(self._beginning(other, limit, via), other, limit, via)
        if len(found) < min(limit, _MANY):
            there = set(found)
            sounding = [
                name
                for table in self._sounding(typed, via)
                for name in table.sounding(typed)
                if name not in there and (via is None or name.via in via)
            ]
            found += nsmallest(limit - len(found), sounding, key=by_weight)
        return found

    def _beginning(self, typed: str, limit: int, via: frozenset[str] | None) -> tuple[Table, Table]:
        """Names, all among them that `typed` may become."""
        return self._all()

    def _sounding(self, typed: str, via: frozenset[str] | None) -> tuple[Table, Table]:
        """Names, all among them that may be `typed` in the other script."""
        return self._all()


class NamesOnce(NameIndex):
    """The same for one question of a process: of all files only those are read that may answer."""

    @cached_property
    def _spelled(self) -> tuple[list[str], Spellings]:
        """The ids of the notes on disk, one for each name, and the names' keys."""
        ids, keys = self.catalog.label_keys()
        return ids, Spellings(keys)

    @cached_property
    def _placeholders(self) -> Spellings:
        return Spellings(self.catalog.unnamed_keys())

    def _beginning(self, typed: str, limit: int, via: frozenset[str] | None) -> tuple[Table, Table]:
        sought = sought_in(typed)
        if not sought.key:
            return self._read(self._heaviest(limit), set(range(len(self._placeholders.keys))), via)
        ids, spelled = self._spelled
        tiers = {
            (ids[number], spelled.keys[number]): tier
            for number in spelled.candidates(sought)
            if (tier := tier_of(spelled, number, sought)) is not None
        }
        # What is below the last tier that is shown need not be read.
        shown = sorted(tiers.values())[:limit]
        wanted = {int(note_id) for (note_id, _), tier in tiers.items() if tier <= shown[-1]}
        unnamed = self._placeholders.candidates(sought)
        return self._read(wanted, unnamed, via)

    def _heaviest(self, most: int) -> set[int]:
        """The notes that are most linked and newest, among them those whose names come first."""
        ages = self.catalog.note_ages()
        self._links = self.catalog.link_counts(note_id for note_id, _ in ages)
        weights = {note_id: self._weight(note_id, mtime) for note_id, mtime in ages}
        least = min(nlargest(most, weights.values()), default=0.0)
        return {note_id for note_id, weight in weights.items() if weight >= least}

    def _sounding(self, typed: str, via: frozenset[str] | None) -> tuple[Table, Table]:
        ids, spelled = self._spelled
        wanted = {int(ids[number]) for number in spelled.sounding_like(typed)}
        unnamed = self._placeholders.sounding_like(typed)
        return self._read(wanted, unnamed, via)

    def _read(
        self, ids: set[int], unnamed: set[int], via: frozenset[str] | None
    ) -> tuple[Table, Table]:
        """The names of some notes and of the files that are none, and those of the open notes."""
        catalog = self.catalog
        with catalog.on_disk():
            self._links = catalog.link_counts(ids)
            covered = {row.id for path in catalog.overlaid if (row := catalog.note(path))}
            rows = catalog.notes_by_id(ids - covered)
            names = [name for row in rows for name in self._names(row)]
            keys = [self._placeholders.keys[number] for number in unnamed]
            names += map(_placeholder, catalog.unnamed_targets(keys))
            if via is None or "attachment" in via:
                names += map(_attachment, catalog.attachments())
        return Table(names), Table(self._open_names())


_MANY = 10
"""Where so many names begin or hold what is typed, none in the other script is meant."""
