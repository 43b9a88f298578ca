"""The texts of notes as the catalog keeps them: the frontmatter, and a piece for each section.

Search reads forty sections of forty notes; to take each out of its note's whole text, which SQLite
reads and counts from its start, took five times as long as all the rest of their rows.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any


def note_text(connection: Any, note_id: int) -> str | None:
    """A note's whole text, without a BOM; None for no note."""
    row = connection.execute("SELECT front FROM notes WHERE id = ?", (note_id,)).fetchone()
    if row is None:
        return None
    pieces = connection.execute(
        "SELECT text FROM texts WHERE id >= :note << 32 AND id < (:note + 1) << 32 ORDER BY id",
        {"note": note_id},
    )
    return "".join([row[0], *(piece for (piece,) in pieces)])


def all_texts(connection: Any) -> Iterator[tuple[int, str]]:
    """(id, whole text) of every note that is not excluded, by id."""
    fronts = dict(
        connection.execute(
            "SELECT n.id, n.front FROM notes n JOIN files f ON f.id = n.id WHERE NOT f.excluded"
        )
    )
    rows = connection.execute("SELECT id >> 32, text FROM texts ORDER BY id")
    for note_id, pieces in groupby(rows, key=lambda row: row[0]):
        front = fronts.get(note_id)
        if front is not None:
            yield note_id, "".join([front, *(piece for _, piece in pieces)])


def holding(connection: Any, groups: Sequence[Sequence[str]]) -> set[int]:
    """The ids of the notes one section of which holds a word of each group, small Latin letters
    standing for large ones as well."""
    tests = [" OR ".join(["instr(lower(text), ?)"] * len(group)) for group in groups]
    return {
        note_id
        for (note_id,) in connection.execute(
            f"SELECT DISTINCT id >> 32 FROM texts WHERE ({') AND ('.join(tests)})",
            [word for group in groups for word in group],
        )
    }


def beginnings(connection: Any, size: int) -> Iterator[tuple[int, str]]:
    """(id, the first `size` characters below the frontmatter) of every note."""
    rows = connection.execute("SELECT id >> 32, substr(text, 1, ?) FROM texts ORDER BY id", (size,))
    for note_id, pieces in groupby(rows, key=lambda row: row[0]):
        yield note_id, "".join(piece for _, piece in pieces)[:size]


class TextReads:
    """The questions that a catalog answers of texts, over one open connection."""

    _connection: sqlite3.Connection

    def text(self, note_id: int) -> str:
        """A note's whole text, without a BOM."""
        return note_text(self._connection, note_id) or ""

    def texts(self) -> Iterator[tuple[int, str]]:
        """(note id, whole text without a BOM) of every note that is not excluded, by id."""
        return all_texts(self._connection)

    def notes_holding(self, *groups: Sequence[str]) -> set[int]:
        """Ids of the notes one section of which holds a word of each group (`texts.holding`)."""
        return holding(self._connection, groups)

    def text_lengths(self) -> dict[str, int]:
        """Path → code points of the whole text, of every note."""
        rows = self._connection.execute(
            "SELECT f.path, MAX(s.end) FROM sections s JOIN files f ON f.id = s.note_id"
            " GROUP BY s.note_id"
        )
        return dict(rows.fetchall())
