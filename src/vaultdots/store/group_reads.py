"""What notes share: tags by how many notes have them, and the notes of one."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from vaultdots.store.answers import parts


class GroupReads:
    """The questions about tags that need not look at every note that has one."""

    _connection: sqlite3.Connection

    def tag_sizes(self) -> list[tuple[str, str, int]]:
        """(key, spelling, notes) of every tag; the spelling is that of the first note by path."""
        one = self._connection.execute
        sizes = one(
            # To join each tag with its file takes four times as long.
            "SELECT key, min(name), max(name), count(DISTINCT note_id) FROM tags"
            " WHERE note_id NOT IN (SELECT id FROM files WHERE excluded OR role <> 'note')"
            " GROUP BY key"
        ).fetchall()
        first = f"SELECT t.name FROM {_OF_NOTES} AND t.key = ? ORDER BY f.path, t.start LIMIT 1"
        return [
            (key, least if least == most else one(first, (key,)).fetchone()[0], notes)
            for key, least, most, notes in sizes
        ]

    def ids_tagged(self, key: str) -> frozenset[int]:
        """The ids of the notes that have a tag."""
        rows = self._connection.execute(
            f"SELECT DISTINCT t.note_id FROM {_OF_NOTES} AND t.key = ?", (key,)
        )
        return frozenset(note_id for (note_id,) in rows)

    def tags_by_path(self, note_ids: Iterable[int]) -> dict[str, list[str]]:
        """Path → the tags of some notes as they are written, by place."""
        found: dict[str, list[str]] = {}
        for part in parts(list(note_ids)):
            marks = ",".join("?" * len(part))
            for path, name in self._connection.execute(
                f"SELECT f.path, t.name FROM {_OF_NOTES} AND t.note_id IN ({marks})"
                " ORDER BY f.path, t.start",
                part,
            ):
                found.setdefault(path, []).append(name)
        return found


_OF_NOTES = "tags t JOIN files f ON f.id = t.note_id WHERE NOT f.excluded AND f.role = 'note'"
