"""The texts of notes as the catalog keeps them: the frontmatter, and a piece for each section.

Search reads forty sections of forty notes; to take each out of its note's whole text, which SQLite
reads and counts from its start, took five times as long as all the rest of their rows.
"""

from __future__ import annotations

from collections.abc import Iterator
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


def beginnings(connection: Any, size: int) -> Iterator[tuple[int, str]]:
    """(id, the first `size` characters below the frontmatter) of every note."""
    rows = connection.execute("SELECT id >> 32, substr(text, 1, ?) FROM texts ORDER BY id", (size,))
    for note_id, pieces in groupby(rows, key=lambda row: row[0]):
        yield note_id, "".join(piece for _, piece in pieces)[:size]
