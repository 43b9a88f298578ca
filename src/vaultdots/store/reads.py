"""Reading the catalog: facts of single files. Which note a name means is `graph`'s business."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal

from vaultdots.store.answers import (
    DiagnosticRow,
    NoteRow,
    SearchRow,
    SectionRow,
    parts,
)
from vaultdots.store.edit_reads import EditReads
from vaultdots.store.group_reads import GroupReads
from vaultdots.store.link_reads import LinkReads
from vaultdots.store.name_reads import NameReads
from vaultdots.store.texts import TextReads

_NOTE_COLUMNS = (
    "n.id, f.path, n.title, n.kind, n.kind_rule, n.year, n.year_rule, n.period, n.status,"
    " n.created, n.modified, n.aliases, n.dialect, f.mtime_ns, f.excluded"
)
_MANY = 500
"""Notes from which all properties of a name are looked through."""
_SECTION_COLUMNS = "id, note_id, ordinal, level, headings, keys, repeat, line, start, body, end"


class Reads(EditReads, GroupReads, LinkReads, NameReads, TextReads):
    """The questions that a catalog answers, over one open connection."""

    _connection: sqlite3.Connection

    # -- notes -----------------------------------------------------------------------------------

    def notes(self, *, excluded: bool = False) -> list[NoteRow]:
        """Every note, by path; excluded ones only when asked for."""
        where = "" if excluded else "WHERE NOT f.excluded"
        return self._note_rows(where, ())

    def note_ids(self) -> dict[str, int]:
        """The id of every note that is not excluded, by path."""
        return dict(
            self._connection.execute(
                "SELECT f.path, n.id FROM notes n JOIN files f ON f.id = n.id WHERE NOT f.excluded"
            )
        )

    def note(self, path: str) -> NoteRow | None:
        """The note at `path`."""
        found = self._note_rows("WHERE f.path = ?", (path,))
        return found[0] if found else None

    def notes_by_id(self, note_ids: Iterable[int]) -> list[NoteRow]:
        """The notes with these ids that are not excluded, by path."""
        found: list[NoteRow] = []
        for part in parts(list(note_ids)):
            marks = ",".join("?" * len(part))
            found += self._note_rows(f"WHERE n.id IN ({marks}) AND NOT f.excluded", tuple(part))
        return sorted(found, key=lambda row: row.path)

    def notes_at(self, paths: Iterable[str]) -> list[NoteRow]:
        """The notes at these paths."""
        found: list[NoteRow] = []
        for part in parts(sorted(paths)):
            marks = ",".join("?" * len(part))
            found += self._note_rows(f"WHERE f.path IN ({marks})", tuple(part))
        return found

    def notes_of(self, column: Literal["kind", "year"], value: str | int) -> list[NoteRow]:
        """The notes of a kind or a year, by path."""
        return self._note_rows(f"WHERE n.{column} = ? AND NOT f.excluded", (value,))

    def _note_rows(self, where: str, values: tuple[Any, ...]) -> list[NoteRow]:
        rows = self._connection.execute(
            f"SELECT {_NOTE_COLUMNS} FROM notes n JOIN files f ON f.id = n.id {where}"
            " ORDER BY f.path",
            values,
        )
        return [
            NoteRow._make(
                (
                    *row[:11],
                    tuple(json.loads(row[11])) if row[11] != "[]" else (),
                    row[12],
                    int(row[13]),
                    bool(row[14]),
                )
            )
            for row in rows
        ]

    def disk_path(self, note_id: int) -> str:
        """A file's relative name as the disk has it (macOS stores Hangul decomposed)."""
        row = self._connection.execute("SELECT disk FROM files WHERE id = ?", (note_id,)).fetchone()
        return str(row[0].decode("utf-8", "surrogateescape")) if row else ""

    def disk_names(self) -> dict[str, str]:
        """Path → relative name as the disk has it, of the files where the two differ."""
        rows = self._connection.execute(
            "SELECT path, disk FROM files WHERE disk != CAST(path AS BLOB)"
        )
        return {path: disk.decode("utf-8", "surrogateescape") for path, disk in rows}

    def regions(self, note_id: int) -> list[tuple[str, int, int]]:
        """(kind, start, end) of what is no prose in a note, by start."""
        row = self._connection.execute(
            "SELECT regions FROM notes WHERE id = ?", (note_id,)
        ).fetchone()
        return [tuple(item) for item in json.loads(row[0])] if row else []

    def sections(self, note_id: int | None = None) -> list[SectionRow]:
        """The sections of one note, or of all notes, in order."""
        where = "" if note_id is None else "WHERE note_id = ?"
        rows = self._connection.execute(
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
        rows = self._connection.execute(
            "SELECT key, value FROM properties WHERE note_id = ? ORDER BY rowid DESC", (note_id,)
        )
        return {key: json.loads(value) for key, value in rows}

    def property_values(
        self, keys: Iterable[str], note_ids: Sequence[int] | None = None
    ) -> list[tuple[int, Any]]:
        """(note id, value) of every property whose case-folded key is one of a few; of some notes
        alone where they are given."""
        wanted = list(keys)
        found: list[tuple[int, str]] = []
        query = (
            f"SELECT note_id, value FROM properties WHERE key IN ({','.join('?' * len(wanted))})"
        )
        if note_ids is None or len(note_ids) > _MANY:
            rows = self._connection.execute(f"{query} ORDER BY note_id, rowid", wanted)
            among = None if note_ids is None else set(note_ids)
            found = [row for row in rows if among is None or row[0] in among]
        else:
            marks = ",".join("?" * len(note_ids))
            found = self._connection.execute(
                f"{query} AND note_id IN ({marks}) ORDER BY note_id, rowid",
                [*wanted, *note_ids],
            ).fetchall()
        return [(note_id, json.loads(value)) for note_id, value in found]

    def property_line(self, note_id: int, *keys: str) -> int | None:
        """The first line of a note with one of these properties."""
        marks = ",".join("?" * len(keys))
        row = self._connection.execute(
            f"SELECT min(line) FROM properties WHERE note_id = ? AND key IN ({marks})",
            (note_id, *keys),
        ).fetchone()
        return row[0] if row else None

    def shared_properties(self, but: tuple[str, ...]) -> list[tuple[str, str, Any]]:
        """(path, name, value) of every property of the notes in use, but for these keys."""
        rows = self._connection.execute(
            "SELECT f.path, p.name, p.value FROM properties p JOIN files f ON f.id = p.note_id"
            f" WHERE NOT f.excluded AND p.key NOT IN ({','.join('?' * len(but))})",
            but,
        )
        return [(path, name, json.loads(value)) for path, name, value in rows]

    def blocks(self, note_id: int) -> dict[str, tuple[int, int, int]]:
        """(start, end, line) of a note's blocks by id in lower case."""
        rows = self._connection.execute(
            "SELECT key, start, end, line FROM blocks WHERE note_id = ?", (note_id,)
        )
        return {key: (start, end, line) for key, start, end, line in rows}

    def search_rows(self, note_ids: Iterable[int] | None = None) -> Iterator[SearchRow]:
        """The sections of the given notes (all that are not excluded, where None), as search
        reads them."""
        if note_ids is None:
            wanted = [
                row[0]
                for row in self._connection.execute(
                    "SELECT n.id FROM notes n JOIN files f ON f.id = n.id"
                    " WHERE NOT f.excluded ORDER BY f.path"
                )
            ]
        else:
            wanted = list(note_ids)
        for note_id in wanted:
            yield from self._search_rows(note_id)

    def _search_rows(self, note_id: int) -> Iterator[SearchRow]:
        row = self._connection.execute(
            "SELECT f.path, n.title, n.aliases, n.kind, n.year, n.regions"
            " FROM notes n JOIN files f ON f.id = n.id WHERE n.id = ?",
            (note_id,),
        ).fetchone()
        if row is None:
            return
        path, title, aliases, kind, year, regions = row
        text = self.text(note_id)
        names = tuple(json.loads(aliases))
        comments = (
            [(start, end) for name, start, end in json.loads(regions) if name == "comment"]
            if '"comment"' in regions
            else []
        )
        tags: dict[int, list[str]] = {}
        for name, section in self._connection.execute(
            "SELECT name, section FROM tags WHERE note_id = ? ORDER BY start", (note_id,)
        ):
            tags.setdefault(max(section, 0), []).append(name)
        for id_, ordinal, headings, line, start, end in self._connection.execute(
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

    # -- files -----------------------------------------------------------------------------------

    def role_of(self, path: str) -> str | None:
        """The role of the file at `path`, None where there is none."""
        row = self._connection.execute("SELECT role FROM files WHERE path = ?", (path,)).fetchone()
        return row[0] if row else None

    def paths_folded(self, path: str) -> list[str]:
        """The files whose path is `path`, case aside."""
        return [
            row[0]
            for row in self._connection.execute(
                "SELECT path FROM files WHERE path = :path OR lower(path) = lower(:path)"
                " ORDER BY path",
                {"path": path},
            )
        ]

    # -- tags and diagnostics --------------------------------------------------------------------

    def tags(self) -> list[tuple[str, str, str]]:
        """(key, spelling, path) of every tag of every note, by path and place."""
        return list(
            self._connection.execute(
                "SELECT t.key, t.name, f.path FROM tags t JOIN files f ON f.id = t.note_id"
                " WHERE NOT f.excluded ORDER BY f.path, t.start"
            )
        )

    def glosses(self) -> list[tuple[str, str, int]]:
        """(Hangul, Latin, notes that say so) of every pair of names that is written in both
        scripts, folded, the commonest first."""
        return list(
            self._connection.execute(
                "SELECT g.hangul, g.latin, count(*) FROM glosses g JOIN files f ON f.id = g.note_id"
                " WHERE NOT f.excluded GROUP BY g.hangul, g.latin"
                " ORDER BY count(*) DESC, sum(g.count) DESC, g.hangul, g.latin"
            )
        )

    def diagnostics(self) -> list[DiagnosticRow]:
        """What reading the files told, of those that are not excluded."""
        return [
            DiagnosticRow(*row)
            for row in self._connection.execute(
                "SELECT f.path, d.code, d.severity, d.message, d.line, d.column"
                " FROM diagnostics d JOIN files f ON f.id = d.note_id"
                " WHERE NOT f.excluded ORDER BY f.path, d.line, d.column"
            )
        ]

    def counts(self) -> dict[str, int]:
        """How many notes, attachments, sections and tags there are, excluded files left out."""
        one = self._connection.execute
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
