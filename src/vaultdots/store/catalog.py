"""The catalog: one SQLite file that holds what was read of a vault. The files stay the truth.

One transaction a sync, in WAL mode: a reader sees the old state or the new one, never a mix, and
a kill leaves the old one. A file that is broken or of another schema is thrown away and built
again. Everything read here is facts of single files; which note a name means is `graph`'s.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from vaultdots.errors import CatalogError
from vaultdots.store.records import FileRows, Row
from vaultdots.store.schema import INDEXES, INSERT, OF_A_NOTE, SCHEMA, TABLES
from vaultdots.store.walk import Role, SeenFile, Skip

_BUSY_SECONDS = 60.0
"""How long a writer waits for another one: a cold index of a large vault takes seconds."""


class Fingerprint(NamedTuple):
    """What the catalog knows of a file, to tell whether it changed."""

    id: int
    disk: str
    role: str
    excluded: bool
    size: int
    mtime_ns: int
    inode: int
    settled: bool
    digest: bytes | None
    unread: str | None


class NoteRow(NamedTuple):
    """A note as the catalog has it. mtime in ns; created and modified from the properties."""

    id: int
    path: str
    title: str
    kind: str
    kind_rule: str
    year: int | None
    year_rule: str
    period: str | None
    status: str
    created: str | None
    modified: str | None
    aliases: tuple[str, ...]
    dialect: str
    mtime_ns: int
    excluded: bool


class SectionRow(NamedTuple):
    """A section of a note. keys: every folded key that a link's subpath may name it by."""

    id: int
    note_id: int
    ordinal: int
    level: int
    headings: tuple[str, ...]
    keys: tuple[str, ...]
    repeat: int
    line: int
    start: int
    body: int
    end: int


class LinkRow(NamedTuple):
    """A link with the file it stands in, unresolved. section: -1 in the frontmatter."""

    source: str
    role: str
    dialect: str
    number: int
    kind: str
    lookup: str
    start: int
    end: int
    line: int
    column: int
    raw: str
    target: str
    key: str | None
    subpath: tuple[str, ...]
    display: str | None
    section: int
    external: bool
    excluded: bool


class NameRow(NamedTuple):
    """A name that a file can be called by. via: name, folder, undated, alias or title."""

    key: str
    via: str
    path: str
    role: Role
    dialect: str
    excluded: bool


class SearchRow(NamedTuple):
    """A section as search reads it: its text without comments, and what is around it.

    tags: those that stand in the section, and the frontmatter's for the first one.
    """

    note_id: int
    section_id: int
    ordinal: int
    path: str
    title: str
    aliases: tuple[str, ...]
    tags: tuple[str, ...]
    headings: tuple[str, ...]
    line: int
    text: str
    kind: str
    year: int | None


class DiagnosticRow(NamedTuple):
    """A diagnostic with its file."""

    path: str
    code: str
    severity: str
    message: str
    line: int
    column: int


class Changes(NamedTuple):
    """The notes to index again and the ones to forget, by id."""

    updated: list[int]
    removed: list[int]


_LINK_COLUMNS = (
    "f.path, f.role, coalesce(n.dialect, 'obsidian'), l.number, l.kind, l.lookup, l.start, l.end,"
    " l.line, l.column, l.raw, l.target, l.key, l.subpath, l.display, l.section, l.external,"
    " f.excluded"
)
_LINK_TABLES = "links l JOIN files f ON f.id = l.note_id LEFT JOIN notes n ON n.id = l.note_id"
_NOTE_COLUMNS = (
    "n.id, f.path, n.title, n.kind, n.kind_rule, n.year, n.year_rule, n.period, n.status,"
    " n.created, n.modified, n.aliases, n.dialect, f.mtime_ns, f.excluded"
)
_SECTION_COLUMNS = "id, note_id, ordinal, level, headings, keys, repeat, line, start, body, end"


class Catalog:
    """An open catalog. `folder` is the vault's own cache folder (None: in memory)."""

    def __init__(self, folder: Path | None) -> None:
        """Open it, or make it. Raises CatalogError where the folder cannot be written."""
        self.folder = folder
        self.file = folder / "catalog.sqlite" if folder else None
        try:
            if folder:
                folder.mkdir(parents=True, exist_ok=True)
            self.connection = self._open()
        except (OSError, sqlite3.Error) as error:
            raise cache_error(error, folder) from None

    def _open(self) -> sqlite3.Connection:
        for last in (False, True):
            connection = sqlite3.connect(
                self.file or ":memory:",
                timeout=_BUSY_SECONDS,
                isolation_level=None,
                check_same_thread=False,
            )
            try:
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute("PRAGMA synchronous = NORMAL")
                connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
                return connection
            except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
                connection.close()
                if last or (isinstance(error, sqlite3.OperationalError) and not is_broken(error)):
                    raise
                # No SQLite file, or a broken one: it is a cache, throw it away.
                self._throw_away()
        raise AssertionError("unreachable")

    def _throw_away(self) -> None:
        assert self.file is not None
        for suffix in ("", "-wal", "-shm"):
            with contextlib.suppress(FileNotFoundError):
                self.file.with_name(self.file.name + suffix).unlink()

    def start_over(self) -> None:
        """Throw a broken catalog away and open an empty one."""
        self.discard()
        self.connection = self._open()

    def discard(self) -> None:
        """Close a broken catalog and throw it away: the next command builds it again."""
        self.connection.close()
        if self.file:
            self._throw_away()

    def close(self) -> None:
        """Close the file."""
        self.connection.close()

    @contextlib.contextmanager
    def snapshot(self) -> Iterator[None]:
        """Everything read inside is of one moment, whatever another process writes meanwhile."""
        if self.connection.in_transaction:
            yield
            return
        self.connection.execute("BEGIN")
        try:
            yield
        finally:
            with contextlib.suppress(sqlite3.Error):
                self.connection.execute("ROLLBACK")

    # -- writing ---------------------------------------------------------------------------------

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """One write, alone: all of it or nothing."""
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            with contextlib.suppress(sqlite3.Error):
                self.connection.execute("ROLLBACK")
            raise
        self.connection.execute("COMMIT")

    def is_current(self, stamp: str) -> bool:
        """Whether the file has today's schema and was read by the rules that `stamp` tells."""
        (version,) = self.connection.execute("PRAGMA user_version").fetchone()
        return bool(version == SCHEMA) and self.meta("stamp") == stamp

    def clear(self, stamp: str) -> None:
        """Empty tables of today's schema, inside the open transaction; the generation goes on."""
        generation = self.generation
        last_id = self._last_id()
        names = [
            name
            for (name,) in self.connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
                " ORDER BY sql LIKE 'CREATE VIRTUAL%' DESC"
            )
        ]
        for name in names:
            self.connection.execute(f'DROP TABLE IF EXISTS "{name}"')
        for statement in TABLES.split(";"):
            if statement.strip():
                self.connection.execute(statement)
        # An id is never given twice: what another process still holds finds nothing, and never
        # another note.
        self.connection.execute("INSERT INTO sqlite_sequence VALUES ('files', ?)", (last_id,))
        self.connection.execute(f"PRAGMA user_version = {SCHEMA}")
        self.set_meta("stamp", stamp)
        self.set_meta("generation", str(generation + 1))
        self.set_meta("epoch", str(generation + 1))

    def _last_id(self) -> int:
        try:
            query = "SELECT seq FROM sqlite_sequence WHERE name = 'files'"
            row = self.connection.execute(query).fetchone()
        except sqlite3.OperationalError:
            return 0
        return int(row[0]) if row else 0

    def index(self) -> None:
        """Create the indexes, where a cold start has filled the tables without them."""
        for statement in INDEXES.split(";"):
            if statement.strip():
                self.connection.execute(
                    statement.strip().replace("CREATE INDEX", "CREATE INDEX IF NOT EXISTS", 1)
                )

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
        cursor = self.connection.execute(
            "INSERT INTO files (path, disk, role, excluded, size, mtime_ns, inode, settled, digest,"
            " unread, generation) VALUES (?,?,?,?,?,?,?,?,?,?,?)",
            (
                file.path,
                file.disk.encode("utf-8", "surrogateescape"),
                file.role,
                file.excluded,
                file.size,
                file.mtime_ns,
                file.inode,
                settled,
                digest,
                unread,
                generation,
            ),
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
        self.connection.execute(
            "UPDATE files SET disk = ?, role = ?, excluded = ?, size = ?, mtime_ns = ?, inode = ?,"
            " settled = ?, digest = ?, unread = ?, generation = coalesce(?, generation)"
            " WHERE id = ?",
            (
                file.disk.encode("utf-8", "surrogateescape"),
                file.role,
                file.excluded,
                file.size,
                file.mtime_ns,
                file.inode,
                settled,
                digest,
                unread,
                generation,
                note_id,
            ),
        )

    def put_rows(self, files: Sequence[tuple[int, FileRows]]) -> None:
        """Store what files say, each with its id. Their old rows are gone already."""
        many = self.connection.executemany
        notes = [(note_id, *rows.note) for note_id, rows in files if rows.note is not None]
        many(INSERT["notes"], notes)
        for at, name in enumerate(OF_A_NOTE, start=1):
            values = [(note_id, *row) for note_id, rows in files for row in rows[at] or ()]
            if values:
                many(INSERT[name], values)

    def put_names(self, note_id: int, names: list[Row]) -> None:
        """The names of a file that is not read (an attachment)."""
        self.connection.executemany(INSERT["names"], [(note_id, *name) for name in names])

    def drop_rows(self, note_id: int) -> None:
        """Forget what a file said."""
        self.connection.execute("DELETE FROM notes WHERE id = ?", (note_id,))
        for name in OF_A_NOTE:
            self.connection.execute(f"DELETE FROM {name} WHERE note_id = ?", (note_id,))

    def drop_file(self, note_id: int, generation: int) -> None:
        """Forget a file that is gone."""
        self.drop_rows(note_id)
        self.connection.execute("DELETE FROM files WHERE id = ?", (note_id,))
        self.connection.execute(
            "INSERT OR REPLACE INTO removed VALUES (?, ?)", (note_id, generation)
        )

    def put_skipped(self, skipped: Iterable[Skip]) -> None:
        """Replace the list of what was seen and not read."""
        self.connection.execute("DELETE FROM skipped")
        self.connection.executemany("INSERT INTO skipped VALUES (?, ?)", list(skipped))

    # -- small facts -----------------------------------------------------------------------------

    def meta(self, key: str) -> str | None:
        """A stamp, None where it was never set."""
        try:
            row = self.connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        except sqlite3.OperationalError:
            return None
        return row[0] if row else None

    def set_meta(self, key: str, value: str) -> None:
        """Set a stamp."""
        self.connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    @property
    def generation(self) -> int:
        """Goes up with every sync that changed something."""
        return int(self.meta("generation") or 0)

    def fingerprints(self) -> dict[str, Fingerprint]:
        """Every known file by path."""
        rows = self.connection.execute(
            "SELECT path, id, disk, role, excluded, size, mtime_ns, inode, settled, digest, unread"
            " FROM files"
        )
        return {
            path: Fingerprint(
                id_,
                disk.decode("utf-8", "surrogateescape"),
                role,
                bool(excluded),
                size,
                mtime,
                inode,
                bool(settled),
                digest,
                unread,
            )
            for path, id_, disk, role, excluded, size, mtime, inode, settled, digest, unread in rows
        }

    def skipped(self) -> list[Skip]:
        """What was seen and is left out, with reasons: excluded and unreadable files too."""
        found = [Skip(*row) for row in self.connection.execute("SELECT path, reason FROM skipped")]
        rows = self.connection.execute(
            "SELECT path, unread, excluded FROM files WHERE unread IS NOT NULL OR excluded"
        )
        for path, unread, _ in rows:
            found.append(Skip(path, unread or "excluded by a filter"))
        return sorted(found)

    def changed_notes(self, since: int) -> Changes:
        """The notes that changed after generation `since`; all of them after a rebuild."""
        updated = [
            row[0]
            for row in self.connection.execute(
                "SELECT n.id FROM notes n JOIN files f ON f.id = n.id"
                " WHERE f.generation > ? AND NOT f.excluded ORDER BY f.path",
                (since,),
            )
        ]
        removed = [
            row[0]
            for row in self.connection.execute(
                "SELECT note_id FROM removed WHERE generation > ?1"
                " UNION SELECT id FROM files WHERE generation > ?1"
                " AND (excluded OR id NOT IN (SELECT id FROM notes))",
                (since,),
            )
        ]
        return Changes(updated, removed)

    @property
    def epoch(self) -> int:
        """The generation of the last build from nothing: an index older than it starts over."""
        return int(self.meta("epoch") or 0)

    # -- notes -----------------------------------------------------------------------------------

    def notes(self, *, excluded: bool = False) -> list[NoteRow]:
        """Every note, by path; excluded ones only when asked for."""
        where = "" if excluded else "WHERE NOT f.excluded"
        return self._note_rows(where, ())

    def note(self, path: str) -> NoteRow | None:
        """The note at `path`."""
        found = self._note_rows("WHERE f.path = ?", (path,))
        return found[0] if found else None

    def _note_rows(self, where: str, values: tuple[Any, ...]) -> list[NoteRow]:
        rows = self.connection.execute(
            f"SELECT {_NOTE_COLUMNS} FROM notes n JOIN files f ON f.id = n.id {where}"
            " ORDER BY f.path",
            values,
        )
        return [
            NoteRow._make((*row[:11], tuple(json.loads(row[11])), row[12], row[13], bool(row[14])))
            for row in rows
        ]

    def text(self, note_id: int) -> str:
        """A note's whole text, without a BOM."""
        row = self.connection.execute("SELECT text FROM notes WHERE id = ?", (note_id,)).fetchone()
        return str(row[0]) if row else ""

    def regions(self, note_id: int) -> list[tuple[str, int, int]]:
        """(kind, start, end) of what is no prose in a note, by start."""
        row = self.connection.execute(
            "SELECT regions FROM notes WHERE id = ?", (note_id,)
        ).fetchone()
        return [tuple(item) for item in json.loads(row[0])] if row else []

    def sections(self, note_id: int | None = None) -> list[SectionRow]:
        """The sections of one note, or of all notes, in order."""
        where = "" if note_id is None else "WHERE note_id = ?"
        rows = self.connection.execute(
            f"SELECT {_SECTION_COLUMNS} FROM sections {where} ORDER BY note_id, ordinal",
            () if note_id is None else (note_id,),
        )
        return [
            SectionRow._make(
                (*row[:4], tuple(json.loads(row[4])), tuple(row[5].split("\n")), *row[6:])
            )
            for row in rows
        ]

    def properties(self, note_id: int) -> dict[str, Any]:
        """A note's properties, keys case-folded."""
        rows = self.connection.execute(
            "SELECT key, value FROM properties WHERE note_id = ? ORDER BY rowid DESC", (note_id,)
        )
        return {key: json.loads(value) for key, value in rows}

    def blocks(self, note_id: int) -> dict[str, tuple[int, int, int]]:
        """(start, end, line) of a note's blocks by id in lower case."""
        rows = self.connection.execute(
            "SELECT key, start, end, line FROM blocks WHERE note_id = ?", (note_id,)
        )
        return {key: (start, end, line) for key, start, end, line in rows}

    def search_rows(self, note_ids: Iterable[int] | None = None) -> Iterator[SearchRow]:
        """The sections of the given notes (all that are not excluded, where None), as search
        reads them."""
        if note_ids is None:
            wanted = [
                row[0]
                for row in self.connection.execute(
                    "SELECT n.id FROM notes n JOIN files f ON f.id = n.id"
                    " WHERE NOT f.excluded ORDER BY f.path"
                )
            ]
        else:
            wanted = list(note_ids)
        for note_id in wanted:
            yield from self._search_rows(note_id)

    def _search_rows(self, note_id: int) -> Iterator[SearchRow]:
        row = self.connection.execute(
            "SELECT f.path, n.title, n.aliases, n.kind, n.year, n.text, n.regions"
            " FROM notes n JOIN files f ON f.id = n.id WHERE n.id = ?",
            (note_id,),
        ).fetchone()
        if row is None:
            return
        path, title, aliases, kind, year, text, regions = row
        names = tuple(json.loads(aliases))
        comments = (
            [(start, end) for name, start, end in json.loads(regions) if name == "comment"]
            if '"comment"' in regions
            else []
        )
        tags: dict[int, list[str]] = {}
        for name, section in self.connection.execute(
            "SELECT name, section FROM tags WHERE note_id = ? ORDER BY start", (note_id,)
        ):
            tags.setdefault(max(section, 0), []).append(name)
        for id_, ordinal, headings, line, start, end in self.connection.execute(
            "SELECT id, ordinal, headings, line, body, end FROM sections WHERE note_id = ?"
            " ORDER BY ordinal",
            (note_id,),
        ).fetchall():
            words = _without(text, start, end, comments) if comments else text[start:end]
            yield SearchRow(
                note_id,
                id_,
                ordinal,
                path,
                title,
                names,
                tuple(tags.get(ordinal, ())),
                tuple(json.loads(headings)),
                line,
                words,
                kind,
                year,
            )

    # -- links and names -------------------------------------------------------------------------

    def links_of(self, path: str) -> list[LinkRow]:
        """The links that stand in one file, in order."""
        return self._link_rows("WHERE f.path = ? ORDER BY l.number", (path,))

    def links_by_key(self, keys: Iterable[str]) -> list[LinkRow]:
        """The links of files that are not excluded whose name key is one of `keys`."""
        found: list[LinkRow] = []
        for part in _parts(sorted(set(keys))):
            marks = ",".join("?" * len(part))
            found += self._link_rows(
                f"WHERE l.key IN ({marks}) AND NOT f.excluded ORDER BY f.path, l.number", part
            )
        return found

    def all_links(self) -> list[LinkRow]:
        """Every link of every file that is not excluded, by path and place."""
        return self._link_rows("WHERE NOT f.excluded ORDER BY f.path, l.number", ())

    def _link_rows(self, where: str, values: Iterable[Any]) -> list[LinkRow]:
        rows = self.connection.execute(
            f"SELECT {_LINK_COLUMNS} FROM {_LINK_TABLES} {where}", tuple(values)
        )
        return [
            LinkRow._make(
                (
                    *row[:13],
                    tuple(json.loads(row[13])) if row[13] else (),
                    *row[14:16],
                    bool(row[16]),
                    bool(row[17]),
                )
            )
            for row in rows
        ]

    def names_by_key(self, key: str) -> list[NameRow]:
        """Every file that can be called by `key`; excluded ones too, for a link may name them."""
        return self._name_rows("WHERE m.key = ?", (key,))

    def names_of(self, path: str) -> list[NameRow]:
        """Every name of one file."""
        return self._name_rows("WHERE f.path = ?", (path,))

    def all_names(self) -> Mapping[str, list[NameRow]]:
        """Every name of every file, by key."""
        found: dict[str, list[NameRow]] = {}
        for row in self._name_rows("", ()):
            found.setdefault(row.key, []).append(row)
        return found

    def _name_rows(self, where: str, values: tuple[Any, ...]) -> list[NameRow]:
        rows = self.connection.execute(
            "SELECT m.key, m.via, f.path, f.role, coalesce(n.dialect, 'obsidian'), f.excluded"
            " FROM names m JOIN files f ON f.id = m.note_id LEFT JOIN notes n ON n.id = m.note_id"
            f" {where} ORDER BY f.path, m.rowid",
            values,
        )
        return [NameRow._make((*row[:5], bool(row[5]))) for row in rows]

    def role_of(self, path: str) -> str | None:
        """The role of the file at `path`, None where there is none."""
        row = self.connection.execute("SELECT role FROM files WHERE path = ?", (path,)).fetchone()
        return row[0] if row else None

    def paths_folded(self, path: str) -> list[str]:
        """The files whose path is `path`, case aside."""
        return [
            row[0]
            for row in self.connection.execute(
                "SELECT path FROM files WHERE path = ?1 OR lower(path) = lower(?1) ORDER BY path",
                (path,),
            )
        ]

    # -- tags and diagnostics --------------------------------------------------------------------

    def tags(self) -> list[tuple[str, str, str]]:
        """(key, spelling, path) of every tag of every note, by path and place."""
        return list(
            self.connection.execute(
                "SELECT t.key, t.name, f.path FROM tags t JOIN files f ON f.id = t.note_id"
                " WHERE NOT f.excluded ORDER BY f.path, t.start"
            )
        )

    def diagnostics(self) -> list[DiagnosticRow]:
        """What reading the files told, of those that are not excluded."""
        return [
            DiagnosticRow(*row)
            for row in self.connection.execute(
                "SELECT f.path, d.code, d.severity, d.message, d.line, d.column"
                " FROM diagnostics d JOIN files f ON f.id = d.note_id"
                " WHERE NOT f.excluded ORDER BY f.path, d.line, d.column"
            )
        ]

    def counts(self) -> dict[str, int]:
        """How many notes, attachments, sections and tags there are, excluded files left out."""
        one = self.connection.execute
        return {
            "notes": one(
                "SELECT count(*) FROM notes n JOIN files f ON f.id = n.id WHERE NOT f.excluded"
            ).fetchone()[0],
            "attachments": one(
                "SELECT count(*) FROM files WHERE role <> 'note' AND NOT excluded"
                " AND unread IS NULL"
            ).fetchone()[0],
            "sections": one(
                "SELECT count(*) FROM sections s JOIN files f ON f.id = s.note_id"
                " WHERE NOT f.excluded"
            ).fetchone()[0],
            "tags": one(
                "SELECT count(DISTINCT t.key) FROM tags t JOIN files f ON f.id = t.note_id"
                " WHERE NOT f.excluded"
            ).fetchone()[0],
        }


# SQLite takes at least 999 values a statement.
_MOST_VALUES = 900


def _parts(values: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(values), _MOST_VALUES):
        yield values[start : start + _MOST_VALUES]


def _without(text: str, start: int, end: int, comments: list[tuple[int, int]]) -> str:
    """`text[start:end]` with what is inside the comments blanked, so that offsets stay."""
    pieces = []
    for begin, close in comments:
        begin, close = max(begin, start), min(close, end)
        if begin >= close:
            continue
        pieces.append(text[start:begin])
        pieces.append("".join(c if c in "\r\n" else " " for c in text[begin:close]))
        start = close
    pieces.append(text[start:end])
    return "".join(pieces)


def is_broken(error: BaseException | None) -> bool:
    """Whether an error means that the file is damaged: found only when its pages are read."""
    if isinstance(error, (UnicodeDecodeError, json.JSONDecodeError)):
        return True
    if not isinstance(error, sqlite3.Error):
        return False
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB) or str(error).startswith(
        ("unsupported file format", "Could not decode")
    )


def cache_error(error: Exception, folder: Path | None) -> CatalogError:
    """One line for a cache that cannot be written or a disk that is full."""
    text = str(error)
    if "full" in text or getattr(error, "errno", None) == 28:
        return CatalogError("the disk that holds the cache is full", place=str(folder or ""))
    reason = getattr(error, "strerror", None) or text
    return CatalogError(
        f"the cache cannot be written ({reason})",
        place=str(folder or ""),
        hint="DOTS_CACHE names another folder",
    )
