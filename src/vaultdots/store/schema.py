"""The catalog's tables. A change here or in how notes are read raises `SCHEMA`."""

from __future__ import annotations

SCHEMA = 25
"""Stamped into the file (`user_version`); another number rebuilds, silently and safely."""

# A column without a type keeps a number as it is and one past 64 bits as its digits.
# The long texts stand last in their rows: SQLite reads a row from its start, page by page.
# The id of a section's text is its note's id times 2^32 and its ordinal: written in that order, the
# rows are only appended, in half the time of a key of two columns.
TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE files (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    path TEXT NOT NULL UNIQUE,
    disk BLOB NOT NULL,
    role TEXT NOT NULL,
    excluded INTEGER NOT NULL,
    size INTEGER NOT NULL,
    mtime_ns NOT NULL,
    inode NOT NULL,
    settled INTEGER NOT NULL,
    digest BLOB,
    unread TEXT,
    generation INTEGER NOT NULL
);
CREATE TABLE skipped (path TEXT NOT NULL, reason TEXT NOT NULL);
CREATE TABLE kept (
    question TEXT PRIMARY KEY, stamp TEXT NOT NULL, follows TEXT NOT NULL, notes TEXT NOT NULL,
    words BLOB NOT NULL, answer BLOB NOT NULL
);
CREATE TABLE removed (note_id INTEGER PRIMARY KEY, generation INTEGER NOT NULL);
CREATE TABLE moved (old TEXT PRIMARY KEY, new TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE notes (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL, title_rule TEXT NOT NULL, dialect TEXT NOT NULL,
    kind TEXT NOT NULL, kind_rule TEXT NOT NULL,
    year INTEGER, year_rule TEXT NOT NULL, period TEXT, status TEXT NOT NULL,
    created TEXT, modified TEXT, body INTEGER NOT NULL,
    aliases TEXT NOT NULL, commented INTEGER NOT NULL, regions TEXT NOT NULL, front TEXT NOT NULL
);
CREATE TABLE texts (id INTEGER PRIMARY KEY, text TEXT NOT NULL);
CREATE TABLE sections (
    id INTEGER PRIMARY KEY,
    note_id INTEGER NOT NULL, ordinal INTEGER NOT NULL, level INTEGER NOT NULL,
    headings TEXT NOT NULL, keys TEXT NOT NULL, repeat INTEGER NOT NULL, line INTEGER NOT NULL,
    start INTEGER NOT NULL, body INTEGER NOT NULL, end INTEGER NOT NULL, leads INTEGER NOT NULL,
    raw TEXT NOT NULL
);
CREATE TABLE links (
    note_id INTEGER NOT NULL, number INTEGER NOT NULL,
    kind TEXT NOT NULL, lookup TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
    line INTEGER NOT NULL, column INTEGER NOT NULL, raw TEXT NOT NULL, target TEXT NOT NULL,
    key TEXT, subpath TEXT, display TEXT, section INTEGER NOT NULL, external INTEGER NOT NULL,
    form TEXT NOT NULL, target_start INTEGER NOT NULL, target_end INTEGER NOT NULL,
    subpath_start INTEGER, subpath_end INTEGER, display_start INTEGER, display_end INTEGER
);
CREATE TABLE tags (
    note_id INTEGER NOT NULL, name TEXT NOT NULL, key TEXT NOT NULL, start INTEGER NOT NULL,
    end INTEGER NOT NULL, line INTEGER NOT NULL, column INTEGER NOT NULL, section INTEGER NOT NULL
);
CREATE TABLE blocks (
    note_id INTEGER NOT NULL, name TEXT NOT NULL, key TEXT NOT NULL,
    start INTEGER NOT NULL, end INTEGER NOT NULL, line INTEGER NOT NULL
);
CREATE TABLE tasks (
    note_id INTEGER NOT NULL, status TEXT NOT NULL, text TEXT NOT NULL,
    start INTEGER NOT NULL, end INTEGER NOT NULL, line INTEGER NOT NULL, section INTEGER NOT NULL
);
CREATE TABLE properties (
    note_id INTEGER NOT NULL, name TEXT NOT NULL, key TEXT NOT NULL,
    value TEXT NOT NULL, line INTEGER NOT NULL
);
CREATE TABLE names (note_id INTEGER NOT NULL, key TEXT NOT NULL, via TEXT NOT NULL);
CREATE TABLE diagnostics (
    note_id INTEGER NOT NULL, code TEXT NOT NULL, severity TEXT NOT NULL,
    message TEXT NOT NULL, line INTEGER NOT NULL, column INTEGER NOT NULL
);
CREATE TABLE glosses (
    note_id INTEGER NOT NULL, hangul TEXT NOT NULL, latin TEXT NOT NULL, count INTEGER NOT NULL
);
"""

INDEXES = """
CREATE INDEX sections_note ON sections (note_id, ordinal);
CREATE INDEX links_note ON links (note_id, number);
CREATE INDEX links_key ON links (key) WHERE key IS NOT NULL;
CREATE INDEX links_external ON links (note_id) WHERE external AND key IS NOT NULL;
CREATE INDEX tags_note ON tags (note_id);
CREATE INDEX tags_key ON tags (key);
CREATE INDEX blocks_note ON blocks (note_id);
CREATE INDEX tasks_note ON tasks (note_id);
CREATE INDEX properties_note ON properties (note_id);
CREATE INDEX properties_key ON properties (key);
CREATE INDEX names_note ON names (note_id);
CREATE INDEX names_key ON names (key, via);
CREATE INDEX diagnostics_note ON diagnostics (note_id);
CREATE INDEX glosses_note ON glosses (note_id);
CREATE INDEX files_generation ON files (generation);
CREATE INDEX files_excluded ON files (id) WHERE excluded;
CREATE INDEX notes_kind ON notes (kind);
CREATE INDEX notes_year ON notes (year);
"""

OF_A_NOTE = (
    "sections", "links", "tags", "blocks", "tasks", "properties", "names", "diagnostics",
    "glosses",
)  # fmt: skip
"""The tables whose rows belong to one file and say so (`note_id`), in `FileRows`' order."""
IN_ROWS = (*OF_A_NOTE, "texts")
"""The same with the texts, whose id says so."""

COVERED = {"files": "id", "notes": "id", **dict.fromkeys(OF_A_NOTE, "note_id"), "texts": "id >> 32"}
"""The tables that an unsaved text stands in for, each with what says the note of a row."""

COLUMNS = {
    "notes": 17,
    "sections": 12,
    "links": 22,
    "tags": 8,
    "blocks": 6,
    "tasks": 7,
    "properties": 5,
    "names": 3,
    "diagnostics": 6,
    "glosses": 4,
    "texts": 3,
}
"""How many values an insert takes, the file's id first (a section's own id is given by SQLite)."""

DELETE_TEXTS = "DELETE FROM texts WHERE id >= :note << 32 AND id < (:note + 1) << 32"

INSERT = {
    name: (
        f"INSERT INTO sections (note_id, ordinal, level, headings, keys, repeat, line, start, body,"
        f" end, leads, raw) VALUES ({','.join('?' * count)})"
        if name == "sections"
        else f"INSERT INTO {name} VALUES ({','.join('?' * count)})"
    )
    for name, count in COLUMNS.items()
} | {"texts": "INSERT INTO texts VALUES ((? << 32) + ?, ?)"}
