"""The catalog: one SQLite file that holds what was read of a vault. The files stay the truth.

One transaction a sync, in WAL mode: a reader sees the old state or the new one, never a mix, and
a kill leaves the old one. A file that is broken or of another schema is thrown away and built
again. Everything read here is facts of single files; which note a name means is `graph`'s.
"""

from __future__ import annotations

import contextlib
import errno
import json
import shutil
import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vaultdots.errors import CatalogError
from vaultdots.store.answers import Changes, Fingerprint, parts
from vaultdots.store.editor_reads import EditorReads
from vaultdots.store.kept_answers import file_id
from vaultdots.store.overlay import Overlay
from vaultdots.store.private import mend_file, private_file, private_folder
from vaultdots.store.reads import Reads
from vaultdots.store.schema import (
    INDEXES,
    SCHEMA,
    TABLES,
)
from vaultdots.store.search_reads import SearchReads
from vaultdots.store.walk import Skip
from vaultdots.store.writes import Writes

if TYPE_CHECKING:
    from vaultdots.note.options import NoteOptions
    from vaultdots.store.records import Retargeted

_BUSY_SECONDS = 60.0
"""How long a writer waits for another one: a cold index of a large vault takes seconds."""
_BUSY_PAUSE = 0.01
"""Seconds between two tries at the one step for which SQLite does not wait."""

_LEAST_FREE = 100_000
"""Bytes free on a disk below which it is full: SQLite's shared memory takes 32 kB."""


class Catalog(Reads, SearchReads, EditorReads, Writes):
    """An open catalog. `folder` is the vault's own cache folder (None: in memory)."""

    def __init__(self, folder: Path | None) -> None:
        """Open it, or make it. Raises CatalogError where the folder cannot be written."""
        self.folder = folder
        self.file = folder / "catalog.sqlite" if folder else None
        try:
            if folder:
                private_folder(folder)
            self._connection = self._open()
        except (OSError, sqlite3.Error) as error:
            raise cache_error(error, folder) from None
        self._overlay = Overlay(self._connection)
        self._moment: int | None = None

    def _open(self) -> sqlite3.Connection:
        for last in (False, True):
            if self.file:
                # SQLite gives its other files the rights of this one.
                private_file(self.file)
                for suffix in ("-wal", "-shm"):
                    mend_file(self._beside(suffix))
            connection = sqlite3.connect(
                self.file or ":memory:",
                timeout=_BUSY_SECONDS,
                isolation_level=None,
                check_same_thread=False,
            )
            try:
                _write_ahead(connection)
                connection.execute("PRAGMA synchronous = NORMAL")
                connection.execute("PRAGMA temp_store = MEMORY")
                # What is deleted is overwritten: a note that is gone is gone from here as well.
                connection.execute("PRAGMA secure_delete = ON")
                connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
                self._opened = file_id(self.file) if self.file else None
                return connection
            except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
                connection.close()
                if last or (isinstance(error, sqlite3.OperationalError) and not is_broken(error)):
                    raise
                # No SQLite file, or a broken one: it is a cache, throw it away.
                self._throw_away()
        raise AssertionError("unreachable")

    def _beside(self, suffix: str) -> Path:
        assert self.file is not None
        return self.file.with_name(self.file.name + suffix)

    def _throw_away(self) -> None:
        for suffix in ("", "-wal", "-shm"):
            with contextlib.suppress(FileNotFoundError):
                self._beside(suffix).unlink()

    def start_over(self) -> None:
        """Throw a broken catalog away and open an empty one."""
        self.discard()
        self._connection = self._open()
        self._overlay = Overlay(self._connection)

    def discard(self) -> None:
        """Close a broken catalog and throw it away: the next command builds it again."""
        self._connection.close()
        if self.file:
            self._throw_away()

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    @contextlib.contextmanager
    def snapshot(self) -> Iterator[None]:
        """Everything read inside is of one moment, whatever another process writes meanwhile."""
        if self._connection.in_transaction:
            yield
            return
        self._begin_snapshot()
        try:
            yield
        finally:
            self._moment = None
            with contextlib.suppress(sqlite3.Error):
                self._connection.execute("ROLLBACK")

    def _begin_snapshot(self) -> None:
        self._connection.execute("BEGIN")
        self._moment = self.generation

    # -- unsaved texts ---------------------------------------------------------------------------

    def overlay(
        self, path: str, text: str, options: NoteOptions, *, excluded: bool = False
    ) -> None:
        """Let an unsaved text stand for the note at `path` in every question, in memory only.

        The file need not exist. What is kept in the catalog's file (the full-text index, the
        mentions) goes on from what is on disk. excluded: the person's rules leave the path out.
        """
        self._overlay.put(path, text, options, excluded=excluded)

    def uncover(self, path: str) -> None:
        """Let the note on disk count again."""
        self._overlay.take(path)

    def follow(self) -> None:
        """Keep unsaved texts with their notes after another process has written the catalog."""
        self._overlay.follow()

    def on_disk(self) -> AbstractContextManager[None]:
        """Inside, every question is about what is on disk."""
        return self._overlay.aside()

    @property
    def overlaid(self) -> frozenset[str]:
        """The notes for which an unsaved text stands."""
        return self._overlay.paths

    @property
    def revision(self) -> tuple[int, int]:
        """Another one after each sync that changed something and each unsaved text: the key by
        which answers may be kept."""
        return self.generation, self._overlay.changes

    # -- writing ---------------------------------------------------------------------------------

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """One write, alone, all of it or nothing, about what is on disk.

        Inside a snapshot, the snapshot is let go for it and taken again. Raises CatalogError where
        another process has changed the facts since the snapshot began.
        """
        moment = self._moment
        with self._overlay.aside():
            if moment is not None:
                self._connection.execute("ROLLBACK")
            try:
                yield from self._write(moment)
            finally:
                if moment is not None:
                    self._begin_snapshot()

    def _write(self, moment: int | None) -> Iterator[None]:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            if moment is not None and moment != self.generation:
                raise CatalogError(
                    "another process has read the vault again meanwhile",
                    hint="run the command again",
                )
            yield
        except BaseException:
            with contextlib.suppress(sqlite3.Error):
                self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    def is_current(self, stamp: str) -> bool:
        """Whether the file has today's schema and was read by the rules that `stamp` tells."""
        (version,) = self._connection.execute("PRAGMA user_version").fetchone()
        return bool(version == SCHEMA) and self.meta("stamp") == stamp

    def clear(self, stamp: str) -> None:
        """Empty tables of today's schema, inside the open transaction; the generation goes on."""
        generation = self.generation
        last_id = self._last_id()
        names = [
            name
            for (name,) in self._connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
                " ORDER BY sql LIKE 'CREATE VIRTUAL%' DESC"
            )
        ]
        for name in names:
            self._connection.execute(f'DROP TABLE IF EXISTS main."{name}"')
        for statement in TABLES.split(";"):
            if statement.strip():
                self._connection.execute(statement)
        # An id is never given twice: what another process still holds finds nothing, and never
        # another note.
        self._connection.execute("INSERT INTO sqlite_sequence VALUES ('files', ?)", (last_id,))
        self._connection.execute(f"PRAGMA user_version = {SCHEMA}")
        self.set_meta("stamp", stamp)
        self.set_meta("generation", str(generation + 1))
        self.set_meta("epoch", str(generation + 1))

    def _last_id(self) -> int:
        try:
            query = "SELECT seq FROM sqlite_sequence WHERE name = 'files'"
            row = self._connection.execute(query).fetchone()
        except sqlite3.OperationalError:
            return 0
        return int(row[0]) if row else 0

    def index(self) -> None:
        """Create the indexes, where a cold start has filled the tables without them."""
        for statement in INDEXES.split(";"):
            if statement.strip():
                self._connection.execute(
                    statement.strip().replace("CREATE INDEX", "CREATE INDEX IF NOT EXISTS", 1)
                )

    def for_index(self) -> sqlite3.Connection:
        """The connection, for the full-text index's own tables and no others."""
        return self._connection

    # -- small facts -----------------------------------------------------------------------------

    def meta(self, key: str) -> str | None:
        """A stamp, None where it was never set."""
        try:
            row = self._connection.execute(
                "SELECT value FROM meta WHERE key = ?", (key,)
            ).fetchone()
        except sqlite3.OperationalError:
            return None
        return row[0] if row else None

    def retarget(
        self, notes: Iterable[tuple[int, str, Retargeted]], options: NoteOptions
    ) -> set[int]:
        """Keep notes whose links got other targets without reading them: each (id, path, edited);
        the ids of those that are kept, for the others must be read."""
        from vaultdots.store.moved_rows import ToRetarget, retarget

        return retarget(self._connection, [ToRetarget(*note) for note in notes], options)

    def put_own_sites(self) -> None:
        """Tell again which sites show the vault's notes."""
        from vaultdots.store.own_sites import own_sites

        self.set_meta("own_sites", "\n".join(own_sites(self._connection)))

    def set_meta(self, key: str, value: str) -> None:
        """Set a stamp."""
        self._connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def disk_names(self) -> dict[str, str]:
        """See `Reads.disk_names`: nearly everywhere there are none, and 10,000 names need not be
        looked through for that."""
        return {} if self.meta("spelled-alike") == str(self.generation) else super().disk_names()

    def note_spellings(self) -> None:
        """Note whether every name is spelled on disk as in its path; of this generation."""
        alike = not super().disk_names()
        self.set_meta("spelled-alike", str(self.generation) if alike else "")

    @property
    def generation(self) -> int:
        """Goes up with every sync that changed something."""
        return int(self.meta("generation") or 0)

    def fingerprints(self, paths: Sequence[str] | None = None) -> dict[str, Fingerprint]:
        """Every known file by path, or those of some paths."""
        query = (
            "SELECT path, id, disk, role, excluded, size, mtime_ns, inode, settled, digest, unread"
            " FROM main.files"
        )
        if paths is None:
            return _fingerprints(self._connection.execute(query))
        found: dict[str, Fingerprint] = {}
        for part in parts(list(paths)):
            marks = ",".join("?" * len(part))
            rows = self._connection.execute(f"{query} WHERE path IN ({marks})", part)
            found |= _fingerprints(rows)
        return found

    def has_file_in(self, folder: str) -> bool:
        """Whether a file stands in this folder itself, not below it."""
        rows = self._connection.execute(
            "SELECT path FROM main.files WHERE path > ? AND path < ?", (f"{folder}/", f"{folder}0")
        )
        return any("/" not in path[len(folder) + 1 :] for (path,) in rows)

    def all_settled(self) -> bool:
        """Whether no file must be read again although it looks the same."""
        query = "SELECT 1 FROM main.files WHERE NOT settled AND role != 'attachment' LIMIT 1"
        return self._connection.execute(query).fetchone() is None

    def left_out(self) -> set[Skip]:
        """What the walk saw and left out, with reasons."""
        return {Skip(*row) for row in self._connection.execute("SELECT path, reason FROM skipped")}

    def skipped(self) -> list[Skip]:
        """What was seen and is left out, with reasons: excluded and unreadable files too."""
        found = list(self.left_out())
        rows = self._connection.execute(
            "SELECT path, unread, excluded FROM files WHERE unread IS NOT NULL OR excluded"
        )
        for path, unread, _ in rows:
            found.append(Skip(path, unread or "excluded by a filter"))
        return sorted(found)

    def changed_notes(self, since: int) -> Changes:
        """The notes that changed after generation `since`; all of them after a rebuild."""
        updated = [
            row[0]
            for row in self._connection.execute(
                "SELECT n.id FROM main.notes n JOIN main.files f ON f.id = n.id"
                " WHERE f.generation > ? AND NOT f.excluded ORDER BY f.path",
                (since,),
            )
        ]
        removed = [
            row[0]
            for row in self._connection.execute(
                "SELECT note_id FROM removed WHERE generation > :since"
                " UNION SELECT id FROM main.files WHERE generation > :since"
                " AND (excluded OR id NOT IN (SELECT id FROM main.notes))",
                {"since": since},
            )
        ]
        return Changes(updated, removed)

    @property
    def epoch(self) -> int:
        """The generation of the last build from nothing: an index older than it starts over."""
        return int(self.meta("epoch") or 0)


def _fingerprints(rows: Iterable[tuple[Any, ...]]) -> dict[str, Fingerprint]:
    return {
        path: Fingerprint(
            id_,
            disk.decode("utf-8", "surrogateescape"),
            role,
            bool(excluded),
            size,
            int(mtime),
            int(inode),
            bool(settled),
            digest,
            unread,
        )
        for path, id_, disk, role, excluded, size, mtime, inode, settled, digest, unread in rows
    }


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Put the file into WAL mode, waiting for a process that is at the same.

    SQLite refuses this switch at once while another process holds the new file: its busy timeout
    covers what reads and writes, not a reader that becomes a writer.
    """
    until = time.monotonic() + _BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            busy = error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
            if not busy or time.monotonic() > until:
                raise
        time.sleep(_BUSY_PAUSE)


def is_broken(error: BaseException | None) -> bool:
    """Whether an error means that the file is damaged: found only when its pages are read."""
    if isinstance(error, (UnicodeDecodeError, json.JSONDecodeError)):
        return True
    if not isinstance(error, sqlite3.Error):
        return False
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB) or str(error).startswith(
        # A spoilt byte in a table's definition takes a column away.
        ("unsupported file format", "Could not decode", "no such column", "no such table")
    )


def _is_full(folder: Path | None) -> bool:
    """SQLite says "disk I/O error" where it has no room for the memory that readers share."""
    with contextlib.suppress(OSError):
        return folder is not None and shutil.disk_usage(folder).free < _LEAST_FREE
    return False


def cache_error(error: Exception, folder: Path | None) -> CatalogError:
    """One line for a cache that cannot be written or a disk that is full."""
    text = str(error)
    if "full" in text or getattr(error, "errno", None) == errno.ENOSPC or _is_full(folder):
        return CatalogError("the disk that holds the cache is full", place=str(folder or ""))
    reason = getattr(error, "strerror", None) or text
    return CatalogError(
        f"the cache cannot be written ({reason})",
        place=str(folder or ""),
        hint="DOTS_CACHE names another folder",
    )
