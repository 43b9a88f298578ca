"""The index as SQLite FTS5 tables in the catalog's own file.

Tokens are cut by `tokens.tokens`; FTS5's `ascii` tokenizer only splits them at spaces again. The
table keeps its tokens, so that a section can be deleted exactly (SQLite before 3.43 cannot delete
from a contentless table): 2 bytes of index for each byte of notes instead of 0.8, and no time.
"""

from __future__ import annotations

import contextlib
import json
import os
import time
from collections.abc import Collection, Iterable

from vaultdots.search.engine import (
    COLUMNS,
    FIELD_SETS,
    SCHEMA,
    WEIGHTS,
    AllOf,
    FieldSet,
    IndexQuery,
    IndexState,
    Ranked,
    TokenPhrase,
    shelved,
)
from vaultdots.search.source import SectionRow
from vaultdots.store.catalog import Catalog

BATCH = 2_000
"""Sections a transaction: about 0.3 s, after which another process may write to the catalog."""

_FIELD_SET: dict[FieldSet, str] = {
    "whole": "search_tokens",
    "names": "search_names",
    "sample": "search_sample",
}
_TABLES = (
    *(
        f"""CREATE VIRTUAL TABLE IF NOT EXISTS {table}
        USING fts5({", ".join(FIELD_SETS[field_set])}, tokenize = "ascii tokenchars '+#'")"""
        for field_set, table in _FIELD_SET.items()
    ),
    """CREATE TABLE IF NOT EXISTS search_sections
        (section_id INTEGER PRIMARY KEY, note_id INTEGER NOT NULL)""",
    "CREATE INDEX IF NOT EXISTS search_sections_note ON search_sections (note_id)",
    """CREATE TABLE IF NOT EXISTS search_state
        (schema INTEGER NOT NULL, generation INTEGER NOT NULL, complete INTEGER NOT NULL,
        builder INTEGER NOT NULL, touched REAL NOT NULL)""",
)
PAGES_KB = 20_000
"""Memory for pages of the file, at most: one query walks through the same pages up to six times.
With SQLite's own 2,000 KB the texts of thirty sections take 0.9 ms to read, with this 0.3 ms."""
PATIENCE_MS = 50
"""How long a search waits for another writer before it answers from what is there."""
ALIVE_SECONDS = 20.0
"""A build whose last batch is older than this was killed; a batch takes a third of a second."""

_Tokenised = tuple[int, int, dict[FieldSet, tuple[str, ...]]]
"""Section id, note id, the tokens of each column by field set."""


class SqliteEngine:
    """FTS5 over the tokens; transactions are its own."""

    name = "sqlite"

    def __init__(self, catalog: Catalog) -> None:
        self._connection = catalog.for_index()
        self._connection.execute(f"PRAGMA cache_size = -{PAGES_KB}")
        self.busy: tuple[type[Exception], ...] = (
            self._connection.OperationalError,
            self._connection.IntegrityError,
            OSError,
        )
        self.broken: type[Exception] = self._connection.DatabaseError
        self._seen: tuple[int, int, int, int, float] | None = None
        self._looked = False

    def state(self) -> IndexState:
        """What stands in the index; another schema counts as nothing."""
        row = self._seen = self._row()
        self._looked = True
        return IndexState(row[1], bool(row[2])) if row else IndexState(-1, False)

    def index(
        self,
        rows: Iterable[SectionRow],
        forget: Collection[int] | None,
        generation: int,
    ) -> None:
        """Forget and add. A small change is one transaction, a build one a batch of sections.

        A build that was cut short is taken up where it ended, under its own generation: what has
        changed since is the next change. What a build wrote batch by batch is merged at its end,
        0.9 s in 60,000 sections: in one piece a query's tokens are looked for once, not in each of
        nine. Raises `busy` at once while another process writes.
        """
        run = self._connection.execute
        (patience,) = run("PRAGMA busy_timeout").fetchone()
        run(f"PRAGMA busy_timeout = {PATIENCE_MS}")
        try:
            run("BEGIN IMMEDIATE")
            if forget is None:
                self._build(rows, generation)
            else:
                self._forget(forget)
                self._add([_tokenised(row) for row in rows])
                self._stamp(generation, complete=True)
            run("COMMIT")
            if forget is None:
                self._merge()
        except BaseException:
            if self._connection.in_transaction:
                run("ROLLBACK")
            raise
        finally:
            run(f"PRAGMA busy_timeout = {patience}")

    def expunge(self) -> None:
        """Take the tokens of notes that are gone out of the file: FTS5 only marks them until the
        pieces of its index are merged (from SQLite 3.42 on it can be told to delete at once)."""
        self._merge()

    def _merge(self) -> None:
        """Make one piece of each field set's index."""
        with contextlib.suppress(self._connection.OperationalError):  # busy: at the next
            for table in _FIELD_SET.values():
                self._connection.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")

    def _build(self, rows: Iterable[SectionRow], generation: int) -> None:
        run = self._connection.execute
        known: set[int] = set()
        row = self._row()
        changed = self._looked and row != self._seen
        if row is not None and changed and row[1] == generation and row[2]:
            return  # another process built it while this one waited its turn
        if row is not None and not row[2]:
            _, started, _, builder, touched = row
            # A batch from the future was written before the clock was set back.
            if builder != os.getpid() and abs(time.time() - touched) < ALIVE_SECONDS:
                raise self._connection.OperationalError("another process is building the index")
            known = {note for (note,) in run("SELECT DISTINCT note_id FROM search_sections")}
            generation = started
        else:
            self._clear()
        batch: list[_Tokenised] = []
        for section in rows:
            if section.note_id in known:
                continue
            # A note is in one batch: what is known of it after a kill is all of it or nothing.
            if len(batch) >= BATCH and section.note_id != batch[-1][1]:
                self._add(batch)
                batch.clear()
                self._stamp(generation, complete=False)
                run("COMMIT")
                run("BEGIN IMMEDIATE")
            batch.append(_tokenised(section))
        self._add(batch)
        self._stamp(generation, complete=True)

    def _stamp(self, generation: int, *, complete: bool) -> None:
        self._connection.execute("DELETE FROM search_state")
        self._connection.execute(
            "INSERT INTO search_state VALUES (?, ?, ?, ?, ?)",
            (SCHEMA, generation, int(complete), os.getpid(), time.time()),
        )

    def _row(self) -> tuple[int, int, int, int, float] | None:
        """The stamp; None where there is none of this schema."""
        try:
            row = self._connection.execute("SELECT * FROM search_state").fetchone()
            tables = ", ".join((*_FIELD_SET.values(), "search_sections"))
            self._connection.execute(f"SELECT 1 FROM {tables} LIMIT 0")
        except self._connection.OperationalError:
            return None
        return tuple(row) if row is not None and row[0] == SCHEMA else None

    def _clear(self) -> None:
        for table in (*_FIELD_SET.values(), "search_sections", "search_state"):
            self._connection.execute(f"DROP TABLE IF EXISTS {table}")
        for statement in _TABLES:
            self._connection.execute(statement)

    def _forget(self, notes: Collection[int]) -> None:
        ids = json.dumps(list(notes))
        for table in _FIELD_SET.values():
            self._connection.execute(
                f"DELETE FROM {table} WHERE rowid IN (SELECT section_id FROM search_sections"
                " WHERE note_id IN (SELECT value FROM json_each(?)))",
                (ids,),
            )
        self._connection.execute(
            "DELETE FROM search_sections WHERE note_id IN (SELECT value FROM json_each(?))", (ids,)
        )

    def _add(self, batch: list[_Tokenised]) -> None:
        many = self._connection.executemany
        for field_set, table in _FIELD_SET.items():
            names = FIELD_SETS[field_set]
            marks = ", ?" * len(names)
            kept = [COLUMNS.index(name) for name in names]
            many(
                f"INSERT INTO {table} (rowid, {', '.join(names)}) VALUES (?{marks})",
                (
                    (section, *(field_sets[field_set][number] for number in kept))
                    for section, _, field_sets in batch
                    if field_set in field_sets
                ),
            )
        many(
            "INSERT INTO search_sections VALUES (?, ?)",
            ((section, note) for section, note, _ in batch),
        )

    def rank(
        self,
        wanted: IndexQuery,
        notes: Collection[int] | None,
        limit: int | None,
        field_set: FieldSet = "whole",
        among: Collection[int] | None = None,
    ) -> list[Ranked]:
        """The best sections, ties in the order of their ids."""
        source, parameters = _source(wanted, notes, field_set)
        if among is not None:
            source += f" AND +{_FIELD_SET[field_set]}.rowid IN (SELECT value FROM json_each(?))"
            parameters.append(json.dumps(list(among)))
        found = self._connection.execute(
            "SELECT section_id, note_id, score FROM"
            f" (SELECT {_FIELD_SET[field_set]}.rowid AS id, {_score(field_set)} AS score"
            f" FROM {source}"
            " ORDER BY score DESC, id LIMIT ?) JOIN search_sections ON section_id = id"
            " ORDER BY score DESC, id",
            (*parameters, -1 if limit is None else limit),
        )
        return [Ranked(*row) for row in found]

    def some(
        self,
        wanted: IndexQuery,
        notes: Collection[int] | None,
        most: int,
        field_set: FieldSet = "whole",
        named: IndexQuery | None = None,
    ) -> list[int]:
        """The ids of sections that match."""
        statement, parameters = _matching(wanted, notes, most, field_set, named)
        return [section for (section,) in self._connection.execute(statement, parameters)]

    def count(self, wanted: IndexQuery, notes: Collection[int] | None, most: int) -> int:
        """How many sections match, counted up to `most`."""
        statement, parameters = _matching(wanted, notes, most)
        counted = self._connection.execute(f"SELECT count(*) FROM ({statement})", parameters)
        return int(counted.fetchone()[0])

    def counts(self, wanted: Collection[str]) -> dict[str, int]:
        """In how many sections each token stands, read from FTS5's own list of terms."""
        run = self._connection.execute
        run(
            "CREATE VIRTUAL TABLE IF NOT EXISTS temp.search_terms"
            " USING fts5vocab(main, search_tokens, row)"
        )
        found = {}
        for token in wanted:
            row = run("SELECT doc FROM temp.search_terms WHERE term = ?", (token,)).fetchone()
            if row:
                found[token] = row[0]
        return found

    def size(self) -> int:
        """Sections in the index."""
        (count,) = self._connection.execute("SELECT count(*) FROM search_sections").fetchone()
        return int(count)

    def close(self) -> None:
        """Nothing to let go of: the connection is the catalog's."""


def _tokenised(row: SectionRow) -> _Tokenised:
    return row.section_id, row.note_id, shelved(row)


def _score(field_set: FieldSet) -> str:
    weights = (str(WEIGHTS[COLUMNS.index(name)]) for name in FIELD_SETS[field_set])
    return f"round(-bm25({_FIELD_SET[field_set]}, {', '.join(weights)}), 9)"


def _matching(
    wanted: IndexQuery,
    notes: Collection[int] | None,
    most: int,
    field_set: FieldSet = "whole",
    named: IndexQuery | None = None,
) -> tuple[str, list[object]]:
    """The statement for ids that match, and its parameters."""
    source, parameters = _source(wanted, notes, field_set)
    if named is not None:
        # `+`: one walk through the tokens, not a look into them for each section that is named so.
        source += f" AND +{_FIELD_SET[field_set]}.rowid IN (SELECT rowid FROM search_names"
        source += " WHERE search_names MATCH ?)"
        parameters.append(match_expression(named, FIELD_SETS["names"]))
    return f"SELECT {_FIELD_SET[field_set]}.rowid FROM {source} LIMIT ?", [*parameters, most]


def _source(
    wanted: IndexQuery, notes: Collection[int] | None, field_set: FieldSet
) -> tuple[str, list[object]]:
    """What a statement reads from: the rows that match, in these notes; and its parameters."""
    table = _FIELD_SET[field_set]
    matching = match_expression(wanted, FIELD_SETS[field_set])
    if notes is None:
        return f"{table} WHERE {table} MATCH ?", [matching]
    joined = f"{table} JOIN search_sections ON section_id = {table}.rowid"
    its = "note_id IN (SELECT value FROM json_each(?))"
    return f"{joined} WHERE {table} MATCH ? AND {its}", [matching, json.dumps(sorted(notes))]


def match_expression(wanted: IndexQuery, columns: tuple[str, ...] = COLUMNS) -> str:
    """An index query in FTS5's language, for a table of these columns; tokens hold neither quotes
    nor spaces."""
    if isinstance(wanted, TokenPhrase):
        asked = [column for column in columns if column in wanted.columns]
        where = "" if len(asked) == len(columns) else f"{{{' '.join(asked)}}} : "
        return f'{where}"{" ".join(wanted.tokens)}"' + ("*" if wanted.prefix else "")
    word = " AND " if isinstance(wanted, AllOf) else " OR "
    # The deepest first: FTS5's parser keeps what stands before a bracket on a stack of a hundred.
    parts = sorted(wanted.parts, key=_depth, reverse=True)
    return "(" + word.join(match_expression(part, columns) for part in parts) + ")"


def _depth(wanted: IndexQuery) -> int:
    return 0 if isinstance(wanted, TokenPhrase) else 1 + max(map(_depth, wanted.parts))
