"""The rows of a note whose links got other targets, changed where they stand in the catalog.

To forget a thousand notes and store them again takes five times as long.
"""

from __future__ import annotations

import sqlite3
from operator import itemgetter

from vaultdots.note.options import NoteOptions
from vaultdots.store.records import FileRows, Retargeted

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

_UPDATE = {
    name: (
        f"UPDATE main.{name} SET {', '.join(f'{column} = ?' for column in places)} WHERE rowid = ?",
        itemgetter(*places.values()),
    )
    for name, places in _SET.items()
}


def retarget(
    connection: sqlite3.Connection,
    note_id: int,
    path: str,
    edited: Retargeted,
    options: NoteOptions,
) -> bool:
    """Bring the rows of a note up to what it says now; False, and nothing is done, where it is to
    be read for that."""
    from vaultdots.store.retargeting import retargeted

    run, many = connection.execute, connection.executemany
    ids, rows = _stored(connection, note_id, edited.edits[0].start)
    new = retargeted(path, rows, edited.text, edited.edits, options)
    if new is None or new.note is None or rows.note is None:
        return False
    if new.note[_REGIONS] != rows.note[_REGIONS]:
        run("UPDATE main.notes SET regions = ? WHERE id = ?", (new.note[_REGIONS], note_id))
    for name, (update, values) in _UPDATE.items():
        pairs = zip(ids[name], getattr(rows, name), getattr(new, name), strict=True)
        changed = [(*values(now), id_) for id_, was, now in pairs if was != now]
        if changed:
            many(update, changed)
    pairs = zip(ids["links"], rows.links, new.links, strict=True)
    many(
        "UPDATE main.links SET target = ?, key = ? WHERE rowid = ?",
        [(now[_TARGET], now[_KEY], id_) for id_, was, now in pairs if was[_TARGET] != now[_TARGET]],
    )
    many(
        "UPDATE main.texts SET text = ? WHERE id = (? << 32) + ?",
        [(text, note_id, ordinal) for ordinal, text in new.texts],
    )
    return True


def _stored(
    connection: sqlite3.Connection, note_id: int, first: int
) -> tuple[dict[str, list[int]], FileRows]:
    """What a note says behind the place `first`, but for its names, properties, glosses and texts;
    and the ids of the rows of each table."""
    run = connection.execute
    note = run("SELECT * FROM main.notes WHERE id = ?", (note_id,)).fetchone()
    ids: dict[str, list[int]] = {}
    found: dict[str, list[tuple[object, ...]]] = {}
    for name in (*_SET, "diagnostics"):
        behind = {"diagnostics": "1", "links": "max(end, target_end) > :first"}.get(name)
        rows = run(
            f"SELECT rowid, * FROM main.{name} WHERE note_id = :note"
            f" AND {behind or 'end > :first'} ORDER BY rowid",
            {"note": note_id, "first": first},
        ).fetchall()
        ids[name] = [row[0] for row in rows]
        # A section's own id stands before its note's.
        found[name] = [row[3 if name == "sections" else 2 :] for row in rows]
    return ids, FileRows(
        note=note[1:] if note is not None else None,
        properties=[], names=[], glosses=[], texts=[], **found,
    )  # fmt: skip
