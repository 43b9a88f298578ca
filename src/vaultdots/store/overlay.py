"""Unsaved texts over the catalog: their rows stand in for those on disk, in every question.

SQLite looks for a name among the temporary tables first. So while a text is laid over its note,
each table has a temporary view of its own name: the rows of the disk without the covered notes,
and the rows of the texts, which stand in temporary tables in memory. No question knows of it, and
nothing is written into the catalog's file. What is kept there (a sync, the full-text index, the
mentions) is made while the views are away (`Overlay.aside`).
"""

from __future__ import annotations

import contextlib
import sqlite3
import time
from collections.abc import Iterator

from vaultdots.note.options import NoteOptions
from vaultdots.store.records import FileRows
from vaultdots.store.schema import COVERED, IN_ROWS, TABLES
from vaultdots.store.walk import role_of
from vaultdots.text.tuples import NamedTuple

_FIRST_ID = 1 << 30
"""Ids of notes that are on no disk yet, far above those that the catalog gives."""
_FIRST_SECTION = 1 << 40


class _Text(NamedTuple):
    """A text that is laid over a path. excluded: the person's rules leave the path out."""

    data: bytes
    rows: FileRows
    excluded: bool


class Overlay:
    """The unsaved texts over one connection."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Nothing is laid over at first."""
        self._connection = connection
        self._texts: dict[str, _Text] = {}
        self._ids: dict[str, int] = {}
        self._next_id = _FIRST_ID
        self._next_section = _FIRST_SECTION
        self._stamp: object = None
        self._viewed = False
        self.changes = 0
        """How often something was laid over or taken away: what caches of answers are kept by."""

    @property
    def paths(self) -> frozenset[str]:
        """The notes that a text covers."""
        return frozenset(self._texts)

    @property
    def layers(self) -> tuple[tuple[str, str], ...]:
        """Where rows stand: (what stands before a table's name, the notes of it that do not count).
        To join two layers by themselves takes a fifth of the time of joining their views."""
        if not self._viewed:
            return (("main.", ""),)
        return ("main.", "SELECT id FROM temp.covered"), ("temp.text_", "")

    def put(self, path: str, text: str, options: NoteOptions, *, excluded: bool) -> None:
        """Lay a text over the note at `path`, or over none: the same rows as if it were saved."""
        from vaultdots.store.rows import file_rows

        data = text.encode("utf-8", "replace")
        rows = file_rows(path, role_of(path), data, options)
        self._texts[path] = _Text(data, rows.names_only() if excluded else rows, excluded)
        self._view()
        self._place(path)
        self.changes += 1

    def take(self, path: str) -> None:
        """What is on disk counts again."""
        if self._texts.pop(path, None) is None:
            return
        self._forget(path)
        if not self._texts:
            self._unview()
        self.changes += 1

    def follow(self) -> None:
        """Keep to the notes that are covered: a sync gives notes and sections other ids."""
        if not self._texts:
            return
        (version,) = self._connection.execute("PRAGMA main.data_version").fetchone()
        written = self._connection.execute("SELECT value FROM main.meta WHERE key = 'generation'")
        stamp = version, written.fetchone()
        if stamp == self._stamp:
            return
        self._stamp = stamp
        # All are taken away first: what SQLite has given up it gives to another note.
        for path in self._texts:
            self._forget(path)
        for path in self._texts:
            self._place(path)
        self.changes += 1

    @contextlib.contextmanager
    def aside(self) -> Iterator[None]:
        """Inside, the tables are those of the disk: for what is kept in the catalog's file."""
        viewed = self._viewed
        self._unview()
        try:
            yield
        finally:
            if viewed:
                self._view()

    # -- views -----------------------------------------------------------------------------------

    def _view(self) -> None:
        if self._viewed:
            return
        run = self._connection.execute
        run("CREATE TABLE IF NOT EXISTS temp.covered (id INTEGER PRIMARY KEY)")
        statements = {
            words[2]: statement
            for statement in TABLES.split(";")
            if len(words := statement.split()) > 2 and words[2] in COVERED
        }
        for name, id_of_note in COVERED.items():
            made = f"CREATE TABLE IF NOT EXISTS temp.text_{name}"
            statement = statements[name].replace("AUTOINCREMENT", "")
            run(statement.replace(f"CREATE TABLE {name}", made))
            columns = [row[1] for row in run(f"PRAGMA main.table_info({name})")]
            if "id" not in columns:
                run(f"CREATE INDEX IF NOT EXISTS temp.text_{name}_note ON text_{name} (note_id)")
                columns.insert(0, "rowid")
            listed = ", ".join(columns)
            run(
                f"CREATE TEMP VIEW {name} ({listed}) AS SELECT {listed} FROM main.{name}"
                f" WHERE {id_of_note} NOT IN (SELECT id FROM temp.covered)"
                f" UNION ALL SELECT {listed} FROM temp.text_{name}"
            )
        self._viewed = True

    def _unview(self) -> None:
        if self._viewed:
            for name in COVERED:
                self._connection.execute(f"DROP VIEW IF EXISTS temp.{name}")
            self._viewed = False

    # -- rows ------------------------------------------------------------------------------------

    def _id_on_disk(self, path: str) -> int | None:
        query = "SELECT id FROM main.files WHERE path = ?"
        row = self._connection.execute(query, (path,)).fetchone()
        return row[0] if row else None

    def _forget(self, path: str) -> None:
        note_id = self._ids.pop(path, None)
        if note_id is None:
            return
        run = self._connection.execute
        run("DELETE FROM temp.covered WHERE id = ?", (note_id,))
        for name, id_of_note in COVERED.items():
            run(f"DELETE FROM temp.text_{name} WHERE {id_of_note} = ?", (note_id,))

    def _place(self, path: str) -> None:
        """Write a text's rows under its note's id."""
        kept = self._ids.get(path)
        self._forget(path)
        run, many = self._connection.execute, self._connection.executemany
        text = self._texts[path]
        old = run(
            "SELECT id, disk, mtime_ns, inode FROM main.files WHERE path = ?", (path,)
        ).fetchone()
        if old is None:
            if kept is None or kept < _FIRST_ID:
                self._next_id += 1
                kept = self._next_id
            old = (kept, path.encode("utf-8"), time.time_ns(), 0)
        note_id, disk, mtime, inode = old
        self._ids[path] = note_id
        run("INSERT OR IGNORE INTO temp.covered VALUES (?)", (note_id,))
        run(
            "INSERT INTO temp.text_files (id, path, disk, role, excluded, size, mtime_ns, inode,"
            " settled, generation) VALUES (?,?,?,?,?,?,?,?,0,0)",
            (
                note_id, path, disk, role_of(path), text.excluded, len(text.data), mtime, inode,
            ),
        )  # fmt: skip
        rows = text.rows
        if rows.note is not None:
            run(_insert("notes", len(rows.note) + 1), (note_id, *rows.note))
        for at, name in enumerate(IN_ROWS, start=1):
            listed = rows[at]
            if not listed:
                continue
            if name == "texts":
                listed = [((note_id << 32) + ordinal, text) for ordinal, text in listed]
            elif name == "sections":
                ids = self._section_ids(note_id)
                listed = [(self._section(ids, row[0]), note_id, *row) for row in listed]
            else:
                listed = [(note_id, *row) for row in listed]
            many(_insert(name, len(listed[0])), listed)

    def _section_ids(self, note_id: int) -> dict[int, int]:
        return dict(
            self._connection.execute(
                "SELECT ordinal, id FROM main.sections WHERE note_id = ?", (note_id,)
            )
        )

    def _section(self, ids: dict[int, int], ordinal: int) -> int:
        """The id of the section that stands at the same place on disk, so that the full-text index
        proposes it; else a new one."""
        if ordinal not in ids:
            self._next_section += 1
            ids[ordinal] = self._next_section
        return ids[ordinal]


def _insert(name: str, count: int) -> str:
    return f"INSERT INTO temp.text_{name} VALUES ({','.join('?' * count)})"
