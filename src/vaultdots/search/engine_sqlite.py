"""The index as SQLite FTS5 tables in the catalog's own file.

Tokens are cut by `tokens.tokens`; FTS5's `ascii` tokenizer only splits them at spaces again. The
table keeps its tokens, so that a section can be deleted exactly (SQLite before 3.43 cannot delete
from a contentless table): 2 bytes of index for each byte of notes instead of 0.8, and no time.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable

from vaultdots.search.engine import (
    COLUMNS,
    NAMES,
    SCHEMA,
    WEIGHTS,
    AllOf,
    IndexQuery,
    IndexState,
    Ranked,
    TokenPhrase,
    column_tokens,
)
from vaultdots.search.source import SearchCatalog, SectionRow

BATCH = 2_000
"""Sections a transaction: about 0.3 s, after which another process may write to the catalog."""

_TABLES = (
    f"""CREATE VIRTUAL TABLE IF NOT EXISTS search_tokens
        USING fts5({", ".join(COLUMNS)}, tokenize = "ascii tokenchars '+#'")""",
    """CREATE TABLE IF NOT EXISTS search_sections
        (section_id INTEGER PRIMARY KEY, note_id INTEGER NOT NULL)""",
    "CREATE INDEX IF NOT EXISTS search_sections_note ON search_sections (note_id)",
    """CREATE TABLE IF NOT EXISTS search_state
        (schema INTEGER NOT NULL, generation INTEGER NOT NULL, complete INTEGER NOT NULL)""",
)
_INSERT = (
    f"INSERT INTO search_tokens (rowid, {', '.join(COLUMNS)}) VALUES (?{', ?' * len(COLUMNS)})"
)
_SCORE = f"round(-bm25(search_tokens, {', '.join(map(str, WEIGHTS))}), 9)"


class SqliteEngine:
    """FTS5 over the tokens; transactions are its own."""

    name = "sqlite"

    def __init__(self, catalog: SearchCatalog) -> None:
        self.connection = catalog.connection
        self.busy: type[Exception] = self.connection.OperationalError
        self.broken: type[Exception] = self.connection.DatabaseError

    def state(self) -> IndexState:
        """What stands in the index; another schema counts as nothing."""
        try:
            row = self.connection.execute(
                "SELECT schema, generation, complete FROM search_state"
            ).fetchone()
        except self.connection.OperationalError:
            return IndexState(-1, False)
        if row is None or row[0] != SCHEMA:
            return IndexState(-1, False)
        return IndexState(row[1], bool(row[2]))

    def index(
        self,
        rows: Iterable[SectionRow],
        forget: Collection[int] | None,
        generation: int,
    ) -> None:
        """Forget and add. A small change is one transaction, a build one a batch of sections."""
        run = self.connection.execute
        run("BEGIN IMMEDIATE")
        try:
            if forget is None:
                self._clear()
            else:
                self._forget(forget)
            batch: list[tuple[int, int, tuple[str, ...]]] = []
            for row in rows:
                batch.append((row.section_id, row.note_id, column_tokens(row)))
                if len(batch) == BATCH:
                    self._add(batch)
                    batch.clear()
                    if forget is None:
                        run("COMMIT")
                        run("BEGIN IMMEDIATE")
            self._add(batch)
            run("DELETE FROM search_state")
            run("INSERT INTO search_state VALUES (?, ?, 1)", (SCHEMA, generation))
            run("COMMIT")
        except BaseException:
            if self.connection.in_transaction:
                run("ROLLBACK")
            raise

    def _clear(self) -> None:
        for table in ("search_tokens", "search_sections", "search_state"):
            self.connection.execute(f"DROP TABLE IF EXISTS {table}")
        for statement in _TABLES:
            self.connection.execute(statement)
        self.connection.execute("INSERT INTO search_state VALUES (?, -1, 0)", (SCHEMA,))

    def _forget(self, notes: Collection[int]) -> None:
        ids = json.dumps(list(notes))
        self.connection.execute(
            "DELETE FROM search_tokens WHERE rowid IN (SELECT section_id FROM search_sections"
            " WHERE note_id IN (SELECT value FROM json_each(?)))",
            (ids,),
        )
        self.connection.execute(
            "DELETE FROM search_sections WHERE note_id IN (SELECT value FROM json_each(?))", (ids,)
        )

    def _add(self, batch: list[tuple[int, int, tuple[str, ...]]]) -> None:
        many = self.connection.executemany
        many(_INSERT, ((section, *columns) for section, _, columns in batch))
        many(
            "INSERT INTO search_sections VALUES (?, ?)",
            ((section, note) for section, note, _ in batch),
        )

    def rank(
        self,
        wanted: IndexQuery,
        notes: Collection[int] | None,
        limit: int | None,
        *,
        names_only: bool = False,
    ) -> list[Ranked]:
        """The best sections, ties in the order of their ids."""
        where = "search_tokens MATCH ?"
        expression = match_expression(wanted)
        if names_only:
            expression = f"{{{' '.join(NAMES)}}} : ({expression})"
        parameters: list[object] = [expression]
        if notes is not None:
            where += " AND note_id IN (SELECT value FROM json_each(?))"
            parameters.append(json.dumps(sorted(notes)))
        parameters.append(-1 if limit is None else limit)
        found = self.connection.execute(
            f"SELECT section_id, note_id, {_SCORE} AS score FROM search_tokens"
            f" JOIN search_sections ON section_id = search_tokens.rowid WHERE {where}"
            " ORDER BY score DESC, section_id LIMIT ?",
            parameters,
        )
        return [Ranked(*row) for row in found]

    def close(self) -> None:
        """Nothing to let go of: the connection is the catalog's."""


def match_expression(wanted: IndexQuery) -> str:
    """An index query in FTS5's language; tokens hold neither quotes nor spaces."""
    if isinstance(wanted, TokenPhrase):
        return f'"{" ".join(wanted.tokens)}"' + ("*" if wanted.prefix else "")
    word = " AND " if isinstance(wanted, AllOf) else " OR "
    return "(" + word.join(match_expression(part) for part in wanted.parts) + ")"
