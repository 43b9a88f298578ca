"""The rows of a note whose links got other targets, changed where they stand in the catalog.

To forget a thousand notes and store them again takes five times as long.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from operator import itemgetter
from typing import Any

from vaultdots.note.options import NoteOptions
from vaultdots.store.records import FileRows, Retargeted
from vaultdots.text.tuples import NamedTuple

_SET = {
    "sections": {"start": 6, "body": 7, "end": 8},
    "tags": {"start": 2, "end": 3, "column": 5},
    "blocks": {"start": 2, "end": 3},
    "tasks": {"text": 1, "start": 2, "end": 3},
    "links": {
        "start": 3, "end": 4, "column": 6, "raw": 7, "display": 11,
        "target_start": 15, "target_end": 16, "subpath_start": 17, "subpath_end": 18,
        "display_start": 19, "display_end": 20,
    },
}  # fmt: skip
"""Table → column that may change → its place in a row."""
_TARGET, _KEY = 8, 9
_REGIONS = 14

_BEHIND = {
    **dict.fromkeys(_SET, "t.end > first"),
    "links": "max(t.end, t.target_end) > first",
    "diagnostics": "1",
}
"""Table → which of a note's rows may change."""
_AT_ONCE = 200
"""Notes whose rows are asked for in one statement a table: to ask for each by itself takes twice as
long."""

_UPDATE = {
    name: (
        f"UPDATE main.{name} SET {', '.join(f'{column} = ?' for column in places)} WHERE rowid = ?",
        itemgetter(*places.values()),
    )
    for name, places in _SET.items()
}


class ToRetarget(NamedTuple):
    """A note in which nothing but the targets of links changed, with its id."""

    id: int
    path: str
    edited: Retargeted


def retarget(
    connection: sqlite3.Connection, notes: Sequence[ToRetarget], options: NoteOptions
) -> set[int]:
    """Bring the rows of notes up to what they say now; the ids of those for which that is done. The
    others are to be read, and nothing is done for them."""
    done: set[int] = set()
    for start in range(0, len(notes), _AT_ONCE):
        done |= _retarget(connection, notes[start : start + _AT_ONCE], options)
    return done


def _retarget(
    connection: sqlite3.Connection, notes: Sequence[ToRetarget], options: NoteOptions
) -> set[int]:
    from vaultdots.store.retargeting import retargeted

    done: set[int] = set()
    regions: list[tuple[object, int]] = []
    targets: list[tuple[object, object, int]] = []
    texts: list[tuple[object, int, object]] = []
    changed: dict[str, list[tuple[object, ...]]] = {name: [] for name in _UPDATE}
    stored = _stored(connection, notes)
    for note_id, path, edited in notes:
        ids, rows = stored[note_id]
        new = retargeted(path, rows, edited.text, edited.edits, options)
        if new is None or new.note is None or rows.note is None:
            continue
        done.add(note_id)
        if new.note[_REGIONS] != rows.note[_REGIONS]:
            regions.append((new.note[_REGIONS], note_id))
        for name, (_, values) in _UPDATE.items():
            pairs = zip(ids[name], getattr(rows, name), getattr(new, name), strict=True)
            changed[name] += [(*values(now), id_) for id_, was, now in pairs if was != now]
        for id_, was, now in zip(ids["links"], rows.links, new.links, strict=True):
            if was[_TARGET] != now[_TARGET]:
                targets.append((now[_TARGET], now[_KEY], id_))
        texts += [(text, note_id, ordinal) for ordinal, text in new.texts]
    many = connection.executemany
    many("UPDATE main.notes SET regions = ? WHERE id = ?", regions)
    for name, (update, _) in _UPDATE.items():
        many(update, changed[name])
    many("UPDATE main.links SET target = ?, key = ? WHERE rowid = ?", targets)
    many("UPDATE main.texts SET text = ? WHERE id = (? << 32) + ?", texts)
    return done


def _stored(
    connection: sqlite3.Connection, notes: Sequence[ToRetarget]
) -> dict[int, tuple[dict[str, list[int]], FileRows]]:
    """Of each note what it says behind its first edit, but for its names, properties, glosses and
    texts; and the ids of the rows of each table."""
    marks = ",".join(["(?, ?)"] * len(notes))
    values = [value for note in notes for value in (note.id, note.edited.edits[0].start)]

    def rows_of(name: str, columns: str, where: str) -> list[tuple[Any, ...]]:
        return connection.execute(
            f"WITH touched(note, first) AS (VALUES {marks}) SELECT {columns}"
            f" FROM touched CROSS JOIN main.{name} t ON {where} ORDER BY t.rowid",
            values,
        ).fetchall()

    heads = {row[0]: row[1:] for row in rows_of("notes", "t.*", "t.id = note")}
    ids: dict[int, dict[str, list[int]]] = {note.id: {} for note in notes}
    found: dict[int, dict[str, list[tuple[Any, ...]]]] = {note.id: {} for note in notes}
    for name in _BEHIND:
        for note in notes:
            ids[note.id][name], found[note.id][name] = [], []
        # A section's own id stands before its note's.
        skip = 4 if name == "sections" else 3
        where = f"t.note_id = note AND {_BEHIND[name]}"
        for row in rows_of(name, "t.note_id, t.rowid, t.*", where):
            ids[row[0]][name].append(row[1])
            found[row[0]][name].append(row[skip:])
    return {
        note.id: (
            ids[note.id],
            FileRows(
                note=heads.get(note.id),
                properties=[], names=[], glosses=[], texts=[], **found[note.id],
            ),
        )
        for note in notes
    }  # fmt: skip
