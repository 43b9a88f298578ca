"""Answers that took long, kept in the catalog until a note changes."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

_LARGEST = 4_000_000
"""Bytes of an answer that is kept; past it, it costs more to read than it saves."""


class KeptAnswers:
    """The answers of one catalog. A sync that changes anything forgets all of them, since they
    quote notes."""

    _connection: sqlite3.Connection
    _opened: tuple[int, int] | None
    file: Path | None

    def kept(self, question: str, stamp: str) -> bytes | None:
        """The answer to a question under the same stamp: all that it depends on but the notes."""
        with contextlib.suppress(sqlite3.OperationalError):
            row = self._connection.execute(
                "SELECT answer FROM main.kept WHERE question = ? AND stamp = ?"
                " AND generation = (SELECT value FROM main.meta WHERE key = 'generation')",
                (question, stamp),
            ).fetchone()
            return bytes(row[0]) if row else None
        return None

    def keep(self, question: str, stamp: str, generation: int, answer: bytes) -> None:
        """Keep an answer that was found at `generation`, where that can be done at once: while
        another process writes, or in a cache that cannot be written, it is let be."""
        if len(answer) <= _LARGEST:
            self._at_once(
                "INSERT OR REPLACE INTO kept SELECT ?, ?, value, ? FROM meta"
                " WHERE key = 'generation' AND value = ?",
                (question, stamp, answer, str(generation)),
            )

    def keep_walk(self, walk: str, before: str, generation: int) -> None:
        """Keep the mark of a walk that found what the catalog says, where that can be done at once
        and no other process has written since: the mark was `before`, at `generation`."""
        self._at_once(
            "UPDATE meta SET value = ? WHERE key = 'walk' AND value = ? AND NOT EXISTS"
            " (SELECT 1 FROM files WHERE NOT settled AND role != 'attachment')"
            " AND (SELECT value FROM meta WHERE key = 'generation') = ?",
            (walk, before, str(generation)),
        )

    def _at_once(self, statement: str, values: tuple[object, ...]) -> None:
        """Write into the file that is open, if nothing has to be waited for and nothing stands in
        the way; else let it be."""
        # A connection of its own: this one may be inside of a snapshot, which only reads.
        with contextlib.suppress(sqlite3.Error, OSError):
            if self.file is None or file_id(self.file) != self._opened:
                return  # the cache was cleared: another one may stand there
            connection = sqlite3.connect(self.file, timeout=0, isolation_level=None)
            try:
                connection.execute("PRAGMA synchronous = NORMAL")
                connection.execute("PRAGMA secure_delete = ON")
                connection.execute(statement, values)
            finally:
                connection.close()

    def forget_kept(self) -> None:
        """Forget all of them; to be called inside of a transaction."""
        self._connection.execute("DELETE FROM kept")


def file_id(file: Path) -> tuple[int, int]:
    """What tells a file from another one under its name. Raises OSError."""
    status = file.stat()
    return status.st_dev, status.st_ino
