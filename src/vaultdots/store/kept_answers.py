"""Answers that took long, kept in the catalog until what they follow from changes."""

from __future__ import annotations

import contextlib
import sqlite3
from array import array
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Literal
from zlib import crc32

from vaultdots.store.answers import SERIES, SUMMARIES
from vaultdots.text.tuples import NamedTuple

_LARGEST = 4_000_000
"""Bytes of an answer that is kept; past it, it costs more to read than it saves."""


class Follows(NamedTuple):
    """What an answer follows from: it is forgotten when that changes.

    notes: the ids of those whose text it quotes or was told by. what: `notes` where it follows from
    these alone; `names` where from what each note of the vault is called, filed under and dated as
    well (`facts`); `all` where from everything. words: `word_marks` of the names and words of which
    it was asked where and how often they stand in the vault.
    """

    what: Literal["notes", "names", "all"]
    notes: frozenset[int] = frozenset()
    words: frozenset[int] = frozenset()


EVERYTHING = Follows("all")


def word_marks(words: Iterable[str]) -> frozenset[int]:
    """Words as an answer keeps them: numbers that say nothing of a note. Two words of one number
    only make an answer be found again that need not be."""
    return frozenset(crc32(word.encode("utf-8", "replace")) for word in words)


class KeptAnswer(NamedTuple):
    """An answer as it is kept. stamp: all else that it depends on (settings, the code)."""

    question: str
    stamp: str
    follows: Follows
    answer: bytes


class KeptAnswers:
    """The answers of one catalog. A sync forgets those that follow from what changed."""

    _connection: sqlite3.Connection
    _opened: tuple[int, int] | None
    file: Path | None

    def kept(self, question: str, stamp: str) -> KeptAnswer | None:
        """The answer to a question under the same stamp (all that it depends on but the notes)."""
        with contextlib.suppress(sqlite3.OperationalError):
            row = self._connection.execute(
                "SELECT follows, notes, words, answer FROM main.kept"
                " WHERE question = ? AND stamp = ?",
                (question, stamp),
            ).fetchone()
            if row:
                follows = Follows(row[0], frozenset(_ids(row[1])), frozenset(_marks(row[2])))
                return KeptAnswer(question, stamp, follows, bytes(row[3]))
        return None

    def keep(self, answers: Iterable[KeptAnswer], generation: int) -> None:
        """Keep answers that were found at `generation`, where that can be done at once: while
        another process writes, or in a cache that cannot be written, it is let be."""
        rows = [
            (
                a.question,
                a.stamp,
                a.follows.what,
                _listed(a.follows.notes),
                array("I", sorted(a.follows.words)).tobytes(),
                a.answer,
            )
            for a in answers
            if len(a.answer) <= _LARGEST
        ]
        if rows:
            self._at_once(
                "INSERT OR REPLACE INTO kept SELECT ?, ?, ?, ?, ?, ? FROM meta"
                f" WHERE key = 'generation' AND value = '{generation:d}'",
                rows,
            )

    def keep_walk(self, walk: str, before: str, generation: int) -> None:
        """Keep the mark of a walk that found what the catalog says, where that can be done at once
        and no other process has written since: the mark was `before`, at `generation`."""
        self._at_once(
            "UPDATE meta SET value = ? WHERE key = 'walk' AND value = ? AND NOT EXISTS"
            " (SELECT 1 FROM files WHERE NOT settled AND role != 'attachment')"
            " AND (SELECT value FROM meta WHERE key = 'generation') = ?",
            [(walk, before, str(generation))],
        )

    def _at_once(self, statement: str, rows: Sequence[tuple[object, ...]]) -> None:
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
                connection.execute("BEGIN IMMEDIATE")
                connection.executemany(statement, rows)
                connection.execute("COMMIT")
            finally:
                connection.close()

    def facts(self, note_ids: Iterable[int]) -> list[tuple[object, ...]]:
        """What the vault at large knows of some notes: what they are called, filed under and when
        they are dated, but not what they say."""
        one = self._connection.execute
        return [
            row
            for note_id in note_ids
            for query in _FACTS
            for row in one(query, (note_id,)).fetchall()
        ]

    def link_keys(self, note_id: int) -> list[tuple[str, int]]:
        """(key, links) of the names that a note's links into the vault say."""
        return self._connection.execute(
            "SELECT key, count(*) FROM links WHERE note_id = ? AND key IS NOT NULL AND NOT external"
            " GROUP BY key",
            (note_id,),
        ).fetchall()

    def forget_kept(
        self, changed: Collection[int], *, names: bool, words: Collection[str] | None = ()
    ) -> None:
        """Forget the answers that follow from a change; to be called inside of a transaction.

        changed: ids of the notes that say something else, or are gone. names: whether what notes
        are called, filed under or dated changed as well (`facts`). words: names and words that
        stand elsewhere or as often no more; None for all of them.
        """
        execute = self._connection.execute
        execute("DELETE FROM kept WHERE follows = 'all' OR (? AND follows = 'names')", (names,))
        stale = []
        if changed:
            told = execute("SELECT question, notes FROM kept WHERE notes != ''").fetchall()
            stale += [(q,) for q, notes in told if not _ids(notes).isdisjoint(changed)]
        if words is None:
            execute("DELETE FROM kept WHERE words != x''")
        elif words:
            marks = word_marks(words)
            told = execute("SELECT question, words FROM kept WHERE words != x''").fetchall()
            stale += [(q,) for q, asked in told if not marks.isdisjoint(_marks(asked))]
        self._connection.executemany("DELETE FROM kept WHERE question = ?", stale)


_FACTS = (
    "SELECT title, dialect, kind, kind_rule, year, year_rule, period, status, created, aliases"
    " FROM notes WHERE id = ?",
    "SELECT key, via FROM names WHERE note_id = ? ORDER BY key, via",
    "SELECT name FROM tags WHERE note_id = ? ORDER BY rowid",
    "SELECT hangul, latin, count FROM glosses WHERE note_id = ? ORDER BY hangul, latin",
    "SELECT key, value FROM properties WHERE note_id = ? AND key IN ({}) ORDER BY rowid".format(
        ",".join(f"'{key}'" for key in (*SERIES, *SUMMARIES))
    ),
)


def _listed(notes: Iterable[int]) -> str:
    return " ".join(map(str, sorted(notes)))


def _ids(listed: str) -> set[int]:
    return set(map(int, listed.split()))


def _marks(packed: bytes) -> array[int]:
    marks = array("I")
    marks.frombytes(packed)
    return marks


def file_id(file: Path) -> tuple[int, int]:
    """What tells a file from another one under its name. Raises OSError."""
    status = file.stat()
    return status.st_dev, status.st_ino
