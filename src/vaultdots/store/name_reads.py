"""The names by which files can be called, read from the catalog."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from vaultdots.store.answers import NameRow, parts

if TYPE_CHECKING:
    from vaultdots.store.overlay import Overlay


class NameReads:
    """The questions about names, over one open connection."""

    _connection: sqlite3.Connection
    _overlay: Overlay

    def names_by_key(self, key: str) -> list[NameRow]:
        """Every file that can be called by `key`; excluded ones too, for a link may name them."""
        return self._name_rows("m.key = ?", (key,))

    def names_by_keys(self, keys: Iterable[str]) -> dict[str, list[NameRow]]:
        """The same of several keys, each that has a file."""
        found: dict[str, list[NameRow]] = {}
        for part in parts(list(keys)):
            marks = ",".join("?" * len(part))
            for row in self._name_rows(f"m.key IN ({marks})", tuple(part)):
                found.setdefault(row.key, []).append(row)
        return found

    def names_of(self, path: str) -> list[NameRow]:
        """Every name of one file."""
        return self._name_rows("f.path = ?", (path,))

    def all_names(self) -> Mapping[str, list[NameRow]]:
        """Every name of every file, by key."""
        found: dict[str, list[NameRow]] = {}
        for row in self._name_rows("1", ()):
            found.setdefault(row.key, []).append(row)
        return found

    def _name_rows(self, which: str, values: tuple[Any, ...]) -> list[NameRow]:
        found: list[tuple[Any, ...]] = []
        for layer, hidden in self._overlay.layers:
            found += self._connection.execute(
                "SELECT m.key, m.via, f.path, f.role, coalesce(n.dialect, 'obsidian'), f.excluded,"
                f" m.rowid FROM {layer}names m JOIN {layer}files f ON f.id = m.note_id"
                f" LEFT JOIN {layer}notes n ON n.id = m.note_id"
                f" WHERE {which} AND f.id NOT IN ({hidden})",
                values,
            )
        found.sort(key=lambda row: (row[2], row[6]))
        return [NameRow._make((*row[:5], bool(row[5]))) for row in found]
