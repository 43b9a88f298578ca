"""What search asks of the catalog: facts of many notes or sections at a time."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any

from vaultdots.store.answers import MOST_VALUES, parts
from vaultdots.store.texts import beginnings
from vaultdots.text.tuples import NamedTuple


class DatedNote(NamedTuple):
    """What notes are sorted by. created, modified: of the properties; mtime in ns."""

    id: int
    path: str
    title: str
    year: int | None
    created: str | None
    modified: str | None
    mtime_ns: int


class SectionText(NamedTuple):
    """A section's own row. text: with the heading, `body` code points long. commented: its note
    has comments. leads: nothing stands above it."""

    id: int
    note_id: int
    ordinal: int
    path: str
    title: str
    aliases: str
    headings: str
    line: int
    text: str
    body: int
    kind: str
    year: int | None
    commented: bool
    leads: bool


class SearchReads:
    """The questions of search, over one open connection. Texts that are lists are JSON arrays."""

    _connection: sqlite3.Connection

    def section_count(self) -> int:
        """How many sections there are."""
        return self._number("SELECT count(*) FROM sections")

    def note_count(self) -> int:
        """How many notes there are, excluded ones too."""
        return self._number("SELECT count(*) FROM notes")

    def _number(self, query: str) -> int:
        (count,) = self._connection.execute(query).fetchone()
        return int(count)

    def _ids(self, query: str, values: tuple[Any, ...] | dict[str, Any] = ()) -> list[int]:
        return [note for (note,) in self._connection.execute(query, values)]

    def _over(self, values: Iterable[Any], query: str, more: tuple[Any, ...] = ()) -> Iterator[Any]:
        """The rows of a query with a list of values (`IN ({})`), a part of the list at a time.

        The last value is said again up to a power of two: SQLite compiles a statement for each
        number of marks, which takes as long as to read ten sections.
        """
        for part in parts(list(values)):
            again = max(min(1 << (len(part) - 1).bit_length(), MOST_VALUES) - len(part), 0)
            marks = ",".join("?" * (len(part) + again))
            asked = (*part, *part[-1:] * again, *more)
            yield from self._connection.execute(query.format(marks), asked).fetchall()

    # -- which notes -----------------------------------------------------------------------------

    def shown_notes(self) -> list[tuple[int, str]]:
        """(id, path) of every note that search may show."""
        return self._connection.execute(
            "SELECT id, path FROM files WHERE role = 'note' AND NOT excluded"
            " AND id IN (SELECT id FROM notes)"
        ).fetchall()

    def excluded_files(self) -> list[int]:
        """The files that a rule leaves out."""
        return self._ids("SELECT id FROM files WHERE excluded")

    def file_paths(self) -> list[tuple[int, str]]:
        """(id, path) of every file."""
        return self._connection.execute("SELECT id, path FROM files").fetchall()

    def path_of(self, note_id: int) -> str | None:
        """The path of a file."""
        row = self._connection.execute("SELECT path FROM files WHERE id = ?", (note_id,)).fetchone()
        return row[0] if row else None

    def ids_of(self, paths: Iterable[str]) -> list[int]:
        """The ids of the files at these paths."""
        return [row[0] for row in self._over(paths, "SELECT id FROM files WHERE path IN ({})")]

    def name_keys(self) -> list[str]:
        """Every name of a note and every tag once, folded."""
        rows = self._connection.execute("SELECT key FROM names UNION SELECT key FROM tags")
        return [key for (key,) in rows]

    def notes_called(self, key: str) -> list[int]:
        """The notes that have this name key."""
        return self._ids(
            "SELECT DISTINCT note_id FROM names JOIN notes ON notes.id = note_id WHERE key = ?",
            (key,),
        )

    def notes_tagged(self, key: str) -> list[int]:
        """The notes with a tag, or with one that is nested in it."""
        # What is nested in a/b lies between a/b/ and a/b0, the sign after the slash.
        return self._ids(
            "SELECT note_id FROM tags"
            " WHERE key = :key OR (key >= :key || '/' AND key < :key || '0')",
            {"key": key},
        )

    def notes_with_tags(self) -> list[int]:
        """The notes that have any tag."""
        return self._ids("SELECT DISTINCT note_id FROM tags")

    def notes_of_years(self, first: int, last: int) -> list[int]:
        """The notes of these years, both included."""
        return self._ids("SELECT id FROM notes WHERE year BETWEEN ? AND ?", (first, last))

    # -- facts of notes --------------------------------------------------------------------------

    def tag_names(self) -> list[tuple[int, str]]:
        """(note id, spelling) of every tag."""
        return self._connection.execute("SELECT DISTINCT note_id, name FROM tags").fetchall()

    def property_rows(self) -> Iterator[tuple[int, str, str, str]]:
        """(note id, name, case-folded key, value as JSON) of every property."""
        return self._connection.execute("SELECT note_id, name, key, value FROM properties")

    def has_property(self, key: str) -> bool:
        """Whether a note has a property with this case-folded key."""
        found = self._connection.execute("SELECT 1 FROM properties WHERE key = ? LIMIT 1", (key,))
        return found.fetchone() is not None

    def kinds(self) -> list[tuple[int, str]]:
        """(id, kind) of every note."""
        return self._connection.execute("SELECT id, kind FROM notes").fetchall()

    def dated_notes(self, note_ids: Iterable[int] | None = None) -> list[DatedNote]:
        """Some notes with what they are sorted by; None: all."""
        query = (
            "SELECT notes.id, path, title, year, created, modified, mtime_ns FROM notes"
            " JOIN files ON files.id = notes.id"
        )
        if note_ids is None:
            rows: Iterable[Any] = self._connection.execute(query)
        else:
            rows = self._over(note_ids, query + " WHERE notes.id IN ({})")
        return [DatedNote._make((*row[:6], int(row[6]))) for row in rows]

    def link_counts(self, note_ids: Iterable[int]) -> dict[int, int]:
        """How many links go to each of some notes, by the name they use; none: left out."""
        return dict(
            self._over(
                note_ids,
                "SELECT names.note_id, count(*) FROM names JOIN links ON links.key = names.key"
                " WHERE names.note_id IN ({}) AND via != 'title' GROUP BY names.note_id",
            )
        )

    def beginnings(self, size: int) -> Iterator[tuple[int, str]]:
        """(id, the first `size` characters below the frontmatter) of every note."""
        return beginnings(self._connection, size)

    def property_texts(self, note_ids: Iterable[int], but: tuple[str, ...]) -> Iterator[Any]:
        """(note id, value) of properties with text in their values, but for these keys."""
        unsaid = ",".join("?" * len(but))
        for note, value in self._over(
            note_ids,
            "SELECT note_id, value FROM properties WHERE note_id IN ({})"
            f" AND value LIKE '%\"%' AND key NOT IN ({unsaid}) ORDER BY rowid",
            but,
        ):
            yield note, json.loads(value)

    def tasks_of(self, note_id: int) -> list[tuple[int, str, str]]:
        """(section id, status, text) of a note's tasks, in order."""
        return self._connection.execute(
            "SELECT sections.id, status, text FROM tasks JOIN sections"
            " ON sections.note_id = tasks.note_id AND sections.ordinal = tasks.section"
            " WHERE tasks.note_id = ? ORDER BY tasks.start",
            (note_id,),
        ).fetchall()

    # -- sections --------------------------------------------------------------------------------

    def notes_of_sections(self, section_ids: Iterable[int]) -> dict[int, int]:
        """Section id → note id, of some sections; one that is gone is left out."""
        return dict(self._over(section_ids, "SELECT id, note_id FROM sections WHERE id IN ({})"))

    def sections_behind(self, section_id: int) -> list[int]:
        """The sections of a note that stand behind one of them, in order."""
        return self._ids(
            "SELECT later.id FROM sections s JOIN sections later"
            " ON later.note_id = s.note_id AND later.ordinal > s.ordinal"
            " WHERE s.id = ? ORDER BY later.ordinal",
            (section_id,),
        )

    def section_texts(self, section_ids: Iterable[int]) -> list[SectionText]:
        """Some sections with their texts; one that is gone is left out."""
        rows = self._over(
            section_ids,
            "SELECT s.id, s.note_id, s.ordinal, f.path, n.title, n.aliases, s.headings, s.line,"
            " t.text, s.body - s.start, n.kind, n.year, n.commented, s.leads"
            " FROM sections s JOIN notes n ON n.id = s.note_id JOIN files f ON f.id = s.note_id"
            " JOIN texts t ON t.id = (s.note_id << 32) + s.ordinal WHERE s.id IN ({})",
        )
        return [SectionText._make(row) for row in rows]

    def section_tags(self, note_ids: Iterable[int]) -> dict[int, list[tuple[str, int]]]:
        """(spelling, ordinal of its section) of the tags of some notes, by note, in order."""
        found: dict[int, list[tuple[str, int]]] = {}
        for note, name, section in self._over(
            note_ids,
            "SELECT note_id, name, max(section, 0) FROM tags WHERE note_id IN ({}) ORDER BY start",
        ):
            found.setdefault(note, []).append((name, section))
        return found

    def headings_like(self, key: str, most: int) -> list[tuple[str, tuple[str, ...], int]]:
        """(path, headings, start) of sections one of whose heading keys holds `key`, by path."""
        escaped = key.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        rows = self._connection.execute(
            "SELECT f.path, s.headings, s.start FROM sections s JOIN files f ON f.id = s.note_id"
            " WHERE s.level > 0 AND s.keys LIKE ? ESCAPE '\\' AND NOT f.excluded"
            " ORDER BY f.path, s.start LIMIT ?",
            (f"%{escaped}%", most),
        )
        return [(path, tuple(json.loads(headings)), start) for path, headings, start in rows]

    # -- words -----------------------------------------------------------------------------------

    def spoken_names(self) -> Iterator[str]:
        """Every title, alias, heading and tag, as often as it is used."""
        run = self._connection.execute
        for title, aliases in run("SELECT title, aliases FROM notes"):
            yield title
            yield from json.loads(aliases)
        for (headings,) in run("SELECT headings FROM sections WHERE level > 0"):
            yield json.loads(headings)[-1]
        for (tag,) in run("SELECT name FROM tags"):
            yield tag
