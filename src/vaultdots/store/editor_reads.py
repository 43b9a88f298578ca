"""What an editor asks of the catalog."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence

from vaultdots.store.answers import DiagnosticRow, LinkMark, parts


class EditorReads:
    """The questions of an editor, over one open connection."""

    _connection: sqlite3.Connection

    def tags_of(self, note_id: int) -> list[tuple[str, int, int]]:
        """(spelling, start, end) of a note's tags, in order."""
        return self._connection.execute(
            "SELECT name, start, end FROM tags WHERE note_id = ? ORDER BY start", (note_id,)
        ).fetchall()

    def heading_of(self, section_id: int) -> str:
        """A section's heading as it is written, without its marks."""
        row = self._connection.execute(
            "SELECT raw FROM sections WHERE id = ?", (section_id,)
        ).fetchone()
        return row[0] if row else ""

    def disk_of(self, path: str) -> str | None:
        """The relative name on disk of the file at `path`."""
        row = self._connection.execute("SELECT disk FROM files WHERE path = ?", (path,)).fetchone()
        return str(row[0].decode("utf-8", "surrogateescape")) if row else None

    def link_marks(self, keys: Iterable[str]) -> Iterator[LinkMark]:
        """The links on disk whose name key is one of `keys`, by source and place, in few words: of
        a name that thousands of links have, the rest is read when it is asked for. Those that give
        no backlinks are left out: out of the vault, without a name, in a canvas's text."""
        for part in parts(sorted(set(keys))):
            marks = ",".join("?" * len(part))
            yield from self._connection.execute(
                # The tables of the disk: an overlay's views take three times as long.
                "SELECT f.path, coalesce(n.dialect, 'obsidian'), l.lookup, l.target, l.subpath,"
                " l.start, l.end, l.line"
                " FROM main.links l JOIN main.files f ON f.id = l.note_id"
                " LEFT JOIN main.notes n ON n.id = l.note_id"
                f" WHERE l.key IN ({marks}) AND NOT l.external AND NOT f.excluded"
                " AND trim(l.target) <> '' AND (f.role <> 'canvas' OR l.lookup = 'path')"
                " ORDER BY f.path, l.number",
                part,
            )

    def line_beginnings(self, keys: Iterable[str]) -> dict[tuple[str, int], tuple[str, str]]:
        """(path, start) of those links → what stands before each on its line, and the link; but for
        links in the frontmatter."""
        found = {}
        for part in parts(sorted(set(keys))):
            marks = ",".join("?" * len(part))
            rows = self._connection.execute(
                "SELECT f.path, l.start, l.raw,"
                " substr(t.text, l.start - s.start - l.column + 2, l.column - 1)"
                " FROM main.links l JOIN main.files f ON f.id = l.note_id"
                " JOIN main.sections s ON s.note_id = l.note_id AND s.ordinal = l.section"
                " JOIN main.texts t ON t.id = (l.note_id << 32) + l.section"
                f" WHERE l.key IN ({marks}) AND l.start - l.column + 1 >= s.start",
                part,
            )
            for path, start, raw, before in rows:
                found[path, start] = before, raw
        return found

    def tag_marks(self, key: str) -> Iterator[tuple[str, str, int, int, int, int, str | None]]:
        """(path, spelling, start, end, line, column, its line up to its end) of a tag and of those
        nested in it, in the notes on disk, by path and place."""
        return self._connection.execute(
            "SELECT f.path, t.name, t.start, t.end, t.line, t.column,"
            " CASE WHEN t.section < 0"
            " THEN substr(n.front, t.start - t.column + 2, t.column - 1 + t.end - t.start)"
            " ELSE (SELECT substr(x.text, t.start - s.start - t.column + 2,"
            " t.column - 1 + t.end - t.start) FROM main.sections s JOIN main.texts x"
            " ON x.id = (t.note_id << 32) + t.section WHERE s.note_id = t.note_id"
            " AND s.ordinal = t.section AND t.start - t.column + 1 >= s.start) END"
            " FROM main.tags t JOIN main.files f ON f.id = t.note_id"
            " JOIN main.notes n ON n.id = t.note_id"
            " WHERE (t.key = :key OR (t.key >= :key || '/' AND t.key < :key || '0'))"
            " AND NOT f.excluded ORDER BY f.path, t.start",
            {"key": key},
        )

    def kinds_on_disk(self) -> dict[str, str]:
        """Path → kind of every note on disk."""
        return dict(
            self._connection.execute(
                "SELECT f.path, n.kind FROM main.notes n JOIN main.files f ON f.id = n.id"
            ).fetchall()
        )

    def has_own_sites(self) -> bool:
        """Whether addresses of a site of the vault's own are links into it."""
        row = self._connection.execute("SELECT value FROM meta WHERE key = 'own_sites'").fetchone()
        return bool(row and row[0])

    def all_paths(self) -> list[str]:
        """Every file of the vault, by path."""
        return [
            path for (path,) in self._connection.execute("SELECT path FROM files ORDER BY path")
        ]

    def paths_in_use(self) -> list[str]:
        """The files that are not excluded, by path."""
        rows = self._connection.execute("SELECT path FROM files WHERE NOT excluded")
        return sorted(path for (path,) in rows)

    def has_folder(self, path: str) -> bool:
        """Whether files lie under a folder of this path."""
        query = "SELECT 1 FROM files WHERE path > :path || '/' AND path < :path || '0' LIMIT 1"
        return self._connection.execute(query, {"path": path}).fetchone() is not None

    def attachments(self) -> list[str]:
        """The files that are not notes, by path."""
        rows = self._connection.execute(
            "SELECT path FROM files WHERE role <> 'note' AND NOT excluded ORDER BY path"
        )
        return [path for (path,) in rows]

    def label_keys(self) -> tuple[list[str], list[str]]:
        """The note ids, as text, and the keys of every name, alias and title of the notes on disk
        that are in use, side by side; some stand there twice. Put together by SQLite: as rows they
        take twice as long."""
        ids, keys = self._connection.execute(
            "SELECT group_concat(note_id), group_concat(replace(key, char(10), ' '), char(10))"
            " FROM main.names WHERE via IN ('name', 'alias', 'title')"
            " AND note_id NOT IN (SELECT id FROM main.files WHERE excluded)"
        ).fetchone()
        return (ids.split(","), keys.split("\n")) if ids else ([], [])

    def note_ages(self) -> list[tuple[int, int]]:
        """(id, mtime in ns) of the notes on disk that are in use."""
        rows = self._connection.execute(
            "SELECT id, mtime_ns FROM main.files WHERE role = 'note' AND NOT excluded"
        )
        return [(note_id, int(mtime)) for note_id, mtime in rows]

    def unnamed_keys(self) -> list[str]:
        """The name keys of the links on disk that no file has, of links out of the vault too."""
        rows = self._connection.execute(
            "SELECT key FROM (SELECT DISTINCT key FROM main.links WHERE key IS NOT NULL)"
            " WHERE key NOT IN (SELECT key FROM main.names)"
        )
        return [key for (key,) in rows]

    def unnamed_targets(self, keys: Sequence[str] | None = None) -> list[tuple[str, int]]:
        """(target, links) of the links whose name no file has, the most linked first. keys: those
        of `unnamed_keys` that are asked for."""
        if keys is None:
            return self._unnamed_targets("l.key NOT IN (SELECT key FROM names)", ())
        found: list[tuple[str, int]] = []
        for part in parts(list(keys)):
            marks = ",".join("?" * len(part))
            found += self._unnamed_targets(f"l.key IN ({marks})", part)
        return found

    def _unnamed_targets(self, which: str, values: Sequence[str]) -> list[tuple[str, int]]:
        return self._connection.execute(
            "SELECT l.target, count(*) AS many FROM links l WHERE l.key IS NOT NULL"
            f" AND NOT l.external AND {which} GROUP BY l.key ORDER BY many DESC, l.target",
            values,
        ).fetchall()

    def property_names(self) -> list[str]:
        """The spellings of all property keys, the most used first."""
        rows = self._connection.execute(
            "SELECT name, count(*) AS many FROM properties GROUP BY key ORDER BY many DESC, name"
        )
        return [name for name, _ in rows]

    def diagnostics_of(self, note_id: int) -> list[DiagnosticRow]:
        """What reading one file told."""
        return [
            DiagnosticRow(*row)
            for row in self._connection.execute(
                "SELECT f.path, d.code, d.severity, d.message, d.line, d.column"
                " FROM diagnostics d JOIN files f ON f.id = d.note_id"
                " WHERE d.note_id = ? ORDER BY d.line, d.column",
                (note_id,),
            )
        ]
