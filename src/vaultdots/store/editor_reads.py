"""What an editor asks of the catalog."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator

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

    def has_own_sites(self) -> bool:
        """Whether addresses of a site of the vault's own are links into it."""
        row = self._connection.execute("SELECT value FROM meta WHERE key = 'own_sites'").fetchone()
        return bool(row and row[0])

    def all_paths(self) -> list[str]:
        """Every file of the vault, by path."""
        return [
            path for (path,) in self._connection.execute("SELECT path FROM files ORDER BY path")
        ]

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

    def unnamed_targets(self) -> list[tuple[str, int]]:
        """(target, links) of the links whose name no file has, the most linked first."""
        return self._connection.execute(
            "SELECT l.target, count(*) AS many FROM links l WHERE l.key IS NOT NULL"
            " AND NOT l.external AND l.key NOT IN (SELECT key FROM names)"
            " GROUP BY l.key ORDER BY many DESC, l.target"
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
