"""What a sync writes into the catalog: files, their rows, and what was left out."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

from vaultdots.store.records import FileRows, Row
from vaultdots.store.schema import DELETE_TEXTS, IN_ROWS, INSERT, OF_A_NOTE
from vaultdots.store.walk import SeenFile, Skip


class Writes:
    """The writing half of `Catalog`; to be called inside of a transaction."""

    _connection: sqlite3.Connection

    def add_file(
        self,
        file: SeenFile,
        generation: int,
        *,
        settled: bool,
        digest: bytes | None,
        unread: str | None,
    ) -> int:
        """A new file; returns its id."""
        cursor = self._connection.execute(
            "INSERT INTO files (path, disk, role, excluded, size, mtime_ns, inode, settled,"
            " digest, unread, generation) VALUES (?,?,?,?,?,?,?,?,?,?,?)",
            (file.path, *_fingerprint(file), settled, digest, unread, generation),
        )
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    def touch_file(
        self,
        note_id: int,
        file: SeenFile,
        *,
        settled: bool,
        generation: int | None,
        digest: bytes | None,
        unread: str | None,
    ) -> None:
        """A known file's new fingerprint; `generation` where what it says changed."""
        self._connection.execute(
            "UPDATE files SET disk = ?, role = ?, excluded = ?, size = ?, mtime_ns = ?,"
            " inode = ?, settled = ?, digest = ?, unread = ?, generation = coalesce(?, generation)"
            " WHERE id = ?",
            (*_fingerprint(file), settled, digest, unread, generation, note_id),
        )

    def put_rows(self, files: Sequence[tuple[int, FileRows]]) -> None:
        """Store what files say, each with its id. Their old rows are gone already."""
        many = self._connection.executemany
        notes = [(note_id, *rows.note) for note_id, rows in files if rows.note is not None]
        many(INSERT["notes"], notes)
        for at, name in enumerate(IN_ROWS, start=1):
            values = [(note_id, *row) for note_id, rows in files for row in rows[at] or ()]
            if values:
                many(INSERT[name], values)

    def put_names(self, note_id: int, names: list[Row]) -> None:
        """The names of a file that is not read (an attachment)."""
        self._connection.executemany(INSERT["names"], [(note_id, *name) for name in names])

    def drop_rows(self, note_ids: Iterable[int]) -> None:
        """Forget what files said."""
        ids = [(note_id,) for note_id in note_ids]
        many = self._connection.executemany
        many("DELETE FROM notes WHERE id = ?", ids)
        many(DELETE_TEXTS, [{"note": note_id} for (note_id,) in ids])
        for name in OF_A_NOTE:
            many(f"DELETE FROM {name} WHERE note_id = ?", ids)

    def drop_file(self, note_id: int, generation: int) -> None:
        """Forget a file that is gone."""
        self.drop_rows((note_id,))
        self._connection.execute("DELETE FROM files WHERE id = ?", (note_id,))
        self._connection.execute(
            "INSERT OR REPLACE INTO removed VALUES (?, ?)", (note_id, generation)
        )

    def digests(self, note_ids: Iterable[int]) -> list[tuple[bytes, str]]:
        """(digest, path) of files whose bytes were read."""
        run = self._connection.execute
        query = "SELECT digest, path FROM main.files WHERE id = ? AND digest IS NOT NULL AND size"
        return [row for id_ in note_ids for row in run(query, (id_,))]

    def put_moved(
        self, gone: Iterable[tuple[bytes, str]], new: Iterable[tuple[bytes, str]]
    ) -> None:
        """Remember where files that are gone stand now: the bytes of one that is new, and of no
        other of either. Each (digest, path)."""
        many = self._connection.executemany
        left, came = _alone(gone), _alone(new)
        # Bytes that a third file has as well (a template not filled in) tell nothing.
        count = "SELECT count(*) FROM main.files WHERE digest = ?"
        run = self._connection.execute
        came = {d: p for d, p in came.items() if run(count, (d,)).fetchone()[0] == 1}
        pairs = [
            {"old": path, "new": came[digest]} for digest, path in left.items() if digest in came
        ]
        many("UPDATE main.moved SET new = :new WHERE new = :old", pairs)
        many("INSERT OR REPLACE INTO main.moved VALUES (:old, :new)", pairs)
        many("DELETE FROM main.moved WHERE old = ?", [(path,) for path in came.values()])

    def forget_moved(self, old: Iterable[str]) -> None:
        """What stood at these paths, or below them, was moved by us, and its links with it: another
        link of that name means something else."""
        self._connection.executemany(
            "DELETE FROM main.moved"
            " WHERE old = :old OR substr(old, 1, length(:old) + 1) = :old || '/'",
            [{"old": path} for path in old],
        )

    def put_skipped(self, skipped: Iterable[Skip]) -> None:
        """Replace the list of what was seen and not read."""
        self._connection.execute("DELETE FROM skipped")
        self._connection.executemany("INSERT INTO skipped VALUES (?, ?)", list(skipped))


def _alone(files: Iterable[tuple[bytes, str]]) -> dict[bytes, str]:
    """Digest → path of those whose bytes no other has."""
    found: dict[bytes, list[str]] = {}
    for digest, path in files:
        found.setdefault(digest, []).append(path)
    return {digest: paths[0] for digest, paths in found.items() if len(paths) == 1}


def _fingerprint(file: SeenFile) -> tuple[Any, ...]:
    """disk, role, excluded, size, mtime_ns and inode as the catalog holds them."""
    disk = file.disk.encode("utf-8", "surrogateescape")
    moment, inode = _storable(file.mtime_ns), _storable(file.inode)
    return (disk, file.role, file.excluded, file.size, moment, inode)


def _storable(number: int) -> int | str:
    """A number of the disk as SQLite can hold it: one past 64 bits as its digits.

    A time after 2262 in nanoseconds is, and an inode of a network file system can be.
    """
    return number if -(1 << 63) <= number < 1 << 63 else str(number)
