"""What an editor asks of the catalog."""

from __future__ import annotations

import sqlite3

from vaultdots.store.answers import DiagnosticRow


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
