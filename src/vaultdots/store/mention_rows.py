"""The mentions that were found in the notes, kept in the catalog's file beside what was read.

Tables of their own: a rebuild of the catalog drops them, a sync leaves them, and whoever asks for
mentions brings them up to the catalog's generation (`graph.mentions`).
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from vaultdots.store.answers import parts
from vaultdots.store.catalog import Catalog, cache_error
from vaultdots.store.other_script import other_names
from vaultdots.store.texts import note_text
from vaultdots.text.transliteration import is_same_word, skeleton
from vaultdots.text.tuples import NamedTuple

_VERSION = "17"
"""Raised when what counts as a mention changes: the old rows are thrown away."""

_TABLES = """
CREATE TABLE IF NOT EXISTS mention_state (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS mention_names (
    note_id INTEGER NOT NULL, key TEXT NOT NULL, via TEXT NOT NULL, spelled TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS mention_names_note ON mention_names (note_id);
CREATE INDEX IF NOT EXISTS mention_names_key ON mention_names (key);
CREATE TABLE IF NOT EXISTS card_words (
    note_id INTEGER NOT NULL, field TEXT NOT NULL, word TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS card_words_note ON card_words (note_id);
CREATE INDEX IF NOT EXISTS card_words_word ON card_words (word);
CREATE TABLE IF NOT EXISTS mention_words (word TEXT PRIMARY KEY, notes INTEGER NOT NULL)
    WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS mention_sounds (sound TEXT NOT NULL, word TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS mention_sounds_sound ON mention_sounds (sound);
CREATE INDEX IF NOT EXISTS mention_sounds_word ON mention_sounds (word);
CREATE TABLE IF NOT EXISTS mention_notes (note_id INTEGER PRIMARY KEY, words TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS mentions (
    note_id INTEGER NOT NULL, key TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
    section INTEGER NOT NULL, place TEXT NOT NULL, cased INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS mentions_note ON mentions (note_id);
CREATE INDEX IF NOT EXISTS mentions_key ON mentions (key);
"""


class FoundName(NamedTuple):
    """A name found in a note. place: prose, heading, or link (words of a link out of the vault).

    start, end: code points of the note's text. cased: it is written with a capital.
    """

    note_id: int
    key: str
    start: int
    end: int
    section: int
    place: str
    cased: bool


class NameOfNote(NamedTuple):
    """A name that a note is called by in prose. key: folded. spelled: as the note writes it."""

    note_id: int
    key: str
    via: str
    spelled: str


class CardWord(NamedTuple):
    """A word that a note is known by, and the field of its card that has it."""

    note_id: int
    field: str
    word: str


class NoteText(NamedTuple):
    """What looking for names in a note needs. regions: (kind, start, end), no prose.

    sections: (start, body) of each; links: (start, end, external) of each that stands in the text.
    """

    note_id: int
    text: str
    regions: Sequence[tuple[str, int, int]]
    sections: Sequence[tuple[int, int]]
    links: Sequence[tuple[int, int, bool]]
    tags: Sequence[tuple[int, int]]


class MentionRows:
    """The mention tables of an open catalog."""

    def __init__(self, catalog: Catalog) -> None:
        """Make the tables where they are missing. Raises CatalogError."""
        self.catalog = catalog
        self._connection = catalog._connection
        try:
            if self._state("version") != _VERSION:
                with catalog.transaction():
                    self._reset()
        except sqlite3.Error as error:
            raise cache_error(error, catalog.folder) from None

    def _state(self, key: str) -> str | None:
        try:
            row = self._connection.execute(
                "SELECT value FROM mention_state WHERE key = ?", (key,)
            ).fetchone()
        except sqlite3.OperationalError:
            return None
        return row[0] if row else None

    def _set(self, key: str, value: str) -> None:
        self._connection.execute("INSERT OR REPLACE INTO mention_state VALUES (?, ?)", (key, value))

    def _reset(self) -> None:
        for table in (
            "mentions",
            "mention_names",
            "card_words",
            "mention_words",
            "mention_sounds",
            "mention_notes",
        ):
            self._connection.execute(f"DROP TABLE IF EXISTS {table}")
        for statement in _TABLES.split(";"):
            if statement.strip():
                self._connection.execute(statement)
        self._set("version", _VERSION)
        self._set("generation", "-1")

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """One write, alone: all of it or nothing. Raises CatalogError."""
        try:
            with self.catalog.transaction():
                yield
        except sqlite3.Error as error:
            raise cache_error(error, self.catalog.folder) from None

    @property
    def generation(self) -> int:
        """The catalog's generation that the rows were made from; -1 for none."""
        return int(self._state("generation") or -1)

    def keys(self) -> set[str]:
        """The names that are looked for."""
        return {
            row[0] for row in self._connection.execute("SELECT DISTINCT key FROM mention_names")
        }

    def words(self) -> set[str]:
        """The words that are counted."""
        return {row[0] for row in self._connection.execute("SELECT word FROM mention_words")}

    def card_words(self) -> set[str]:
        """The words that notes are known by."""
        return {row[0] for row in self._connection.execute("SELECT DISTINCT word FROM card_words")}

    def forget_names(self, note_ids: Iterable[int]) -> None:
        """Forget what the given notes are called and known by."""
        rows = [(note_id,) for note_id in note_ids]
        self._connection.executemany("DELETE FROM mention_names WHERE note_id = ?", rows)
        self._connection.executemany("DELETE FROM card_words WHERE note_id = ?", rows)

    def put_names(self, names: Iterable[NameOfNote], profiles: Iterable[CardWord]) -> None:
        """Keep what notes are called and known by."""
        self._connection.executemany("INSERT INTO mention_names VALUES (?,?,?,?)", names)
        self._connection.executemany("INSERT INTO card_words VALUES (?,?,?)", profiles)

    def own_tags(self) -> dict[str, tuple[int, str]]:
        """Tag key → (note id, spelling) of the tags that one note alone has."""
        return {
            key: (note_id, name)
            for key, note_id, name in self._connection.execute(
                "SELECT t.key, min(t.note_id), min(t.name) FROM tags t"
                " JOIN files f ON f.id = t.note_id WHERE NOT f.excluded"
                " GROUP BY t.key HAVING min(t.note_id) = max(t.note_id)"
            )
        }

    def replace_names(self, via: str, names: Iterable[NameOfNote]) -> None:
        """Replace the names that notes have in one way, which other notes decide too."""
        names = list(names)
        self._connection.execute("DELETE FROM mention_names WHERE via = ?", (via,))
        self._connection.executemany("INSERT INTO mention_names VALUES (?,?,?,?)", names)

    def start_over(self) -> None:
        """Forget everything, inside the open transaction."""
        self._reset()

    def texts(self, note_ids: Iterable[int]) -> Iterator[NoteText]:
        """The given notes as they are looked through."""
        return texts(self.catalog, note_ids)

    def notes_with_keys(self, keys: Iterable[str]) -> set[int]:
        """The notes in which one of `keys` was found."""
        found: set[int] = set()
        for key in keys:
            found |= {
                row[0]
                for row in self._connection.execute(
                    "SELECT DISTINCT note_id FROM mentions WHERE key = ?", (key,)
                )
            }
        return found

    def drop(self, note_ids: Iterable[int]) -> None:
        """Forget what was found in the given notes, and count their words no more."""
        rows = [(note_id,) for note_id in note_ids]
        self._connection.executemany("DELETE FROM mentions WHERE note_id = ?", rows)
        for row in rows:
            self._count(self.words_in(row[0]) or (), -1)
        self._connection.executemany("DELETE FROM mention_notes WHERE note_id = ?", rows)

    def put(self, note_id: int, found: Iterable[FoundName], words: Iterable[str]) -> None:
        """Keep what was found in a note, and which of the counted words stand in it."""
        self._connection.executemany("INSERT INTO mentions VALUES (?,?,?,?,?,?,?)", found)
        self._connection.execute(
            "INSERT INTO mention_notes VALUES (?, ?)", (note_id, "\n".join(sorted(words)))
        )

    def put_found(self, note_id: int, found: Iterable[FoundName]) -> None:
        """Replace what was found in a note; its words stay."""
        self._connection.execute("DELETE FROM mentions WHERE note_id = ?", (note_id,))
        self._connection.executemany("INSERT INTO mentions VALUES (?,?,?,?,?,?,?)", found)

    def add_words(self, note_id: int, words: set[str]) -> None:
        """Words that are counted from now on and stand in a note, too."""
        known = self.words_in(note_id)
        if known is None:
            return
        self._connection.execute(
            "UPDATE mention_notes SET words = ? WHERE note_id = ?",
            ("\n".join(sorted(known | words)), note_id),
        )
        self._count(words, 1)

    def words_in(self, note_id: int) -> set[str] | None:
        """The counted words that stand in a note; None where it was not looked through."""
        row = self._connection.execute(
            "SELECT words FROM mention_notes WHERE note_id = ?", (note_id,)
        ).fetchone()
        return set(row[0].split("\n")) - {""} if row else None

    def count(self, words: Iterable[str]) -> None:
        """One more note has these words."""
        self._count(words, 1)

    def _count(self, words: Iterable[str], by: int) -> None:
        self._connection.executemany(
            "UPDATE mention_words SET notes = notes + ? WHERE word = ?",
            [(by, word) for word in words],
        )

    def set_words(self, counts: Iterable[tuple[str, int]]) -> None:
        """Words and in how many notes each stands; the others are counted no more."""
        rows = list(counts)
        self._connection.execute("DELETE FROM mention_words")
        self._connection.execute("DELETE FROM mention_sounds")
        self._connection.executemany("INSERT INTO mention_words VALUES (?, ?)", rows)
        self._put_sounds(word for word, _ in rows)

    def change_words(self, added: Iterable[str], removed: Iterable[str]) -> None:
        """Begin to count some words, from zero, and stop counting others."""
        gone = [(word,) for word in removed]
        self._connection.executemany("DELETE FROM mention_words WHERE word = ?", gone)
        self._connection.executemany("DELETE FROM mention_sounds WHERE word = ?", gone)
        added = list(added)
        self._connection.executemany(
            "INSERT OR REPLACE INTO mention_words VALUES (?, 0)", [(word,) for word in added]
        )
        self._put_sounds(added)

    def _put_sounds(self, words: Iterable[str]) -> None:
        """Keep how words sound, by which they are found in the other script."""
        sounding = ((skeleton(word), word) for word in words)
        self._connection.executemany(
            "INSERT INTO mention_sounds VALUES (?, ?)", [row for row in sounding if row[0]]
        )

    def finish(self, generation: int) -> None:
        """Say when this was made."""
        self._set("generation", str(generation))

    # -- reading ---------------------------------------------------------------------------------

    def in_note(self, note_id: int) -> list[FoundName]:
        """What was found in one note, by place."""
        return self._found("WHERE note_id = ? ORDER BY start", (note_id,))

    def of_keys(self, keys: Iterable[str]) -> list[FoundName]:
        """Where one of `keys` was found, by note and place."""
        found: list[FoundName] = []
        for key in sorted(set(keys)):
            found += self._found("WHERE key = ? ORDER BY note_id, start", (key,))
        return found

    def _found(self, where: str, values: tuple[object, ...]) -> list[FoundName]:
        return [
            FoundName._make((*row[:6], bool(row[6])))
            for row in self._connection.execute(
                f"SELECT note_id, key, start, end, section, place, cased FROM mentions {where}",
                values,
            )
        ]

    def spread(self, key: str) -> tuple[int, int, int]:
        """(notes, times, times with a capital) that a name was found."""
        row = self._connection.execute(
            "SELECT count(DISTINCT note_id), count(*), coalesce(sum(cased), 0) FROM mentions"
            " WHERE key = ? AND place <> 'link'",
            (key,),
        ).fetchone()
        return (row[0], row[1], row[2])

    def links_by_name(self, key: str) -> int:
        """How many links of the vault name a file so."""
        row = self._connection.execute(
            "SELECT count(*) FROM links l JOIN files f ON f.id = l.note_id"
            " WHERE l.key = ? AND NOT l.external AND NOT f.excluded",
            (key,),
        ).fetchone()
        return int(row[0])

    def word_notes(self, word: str) -> int:
        """In how many notes a counted word stands."""
        row = self._connection.execute(
            "SELECT notes FROM mention_words WHERE word = ?", (word,)
        ).fetchone()
        return int(row[0]) if row else 0

    def alike(self, word: str) -> list[str]:
        """The words of cards that are written in the other script and may be this one."""
        sound = skeleton(word)
        rows = self._connection.execute(
            "SELECT DISTINCT word FROM mention_sounds WHERE sound = ?", (sound,)
        )
        alike = {row[0] for row in rows if sound and is_same_word(word, row[0])}
        alike.update(name for name in self.glossed.get(word, ()) if self.word_notes(name))
        return sorted(alike)

    @cached_property
    def glossed(self) -> dict[str, tuple[str, ...]]:
        """Name → what the vault calls it in the other script."""
        return other_names(self.catalog)

    def names_of_key(self, key: str) -> list[NameOfNote]:
        """The notes that are called so."""
        return self._names("WHERE key = ?", key)

    def names_of_note(self, note_id: int) -> list[NameOfNote]:
        """What a note is called."""
        return self._names("WHERE note_id = ?", note_id)

    def _names(self, where: str, value: object) -> list[NameOfNote]:
        return [
            NameOfNote(*row)
            for row in self._connection.execute(
                f"SELECT note_id, key, via, spelled FROM mention_names {where} ORDER BY rowid",
                (value,),
            )
        ]

    def profiles_with(self, word: str) -> list[CardWord]:
        """The cards that have a word."""
        return self._profiles("WHERE word = ?", word)

    def cards_of(self, note_ids: Iterable[int]) -> list[CardWord]:
        """The cards of some notes."""
        return [
            card
            for part in parts(list(note_ids))
            for card in self._profiles(f"WHERE note_id IN ({','.join('?' * len(part))})", *part)
        ]

    def _profiles(self, where: str, *values: object) -> list[CardWord]:
        rows = self._connection.execute(
            f"SELECT note_id, field, word FROM card_words {where} ORDER BY rowid", values
        )
        return list(map(CardWord._make, rows))

    def keys_in(self, note_id: int) -> set[str]:
        """The names that stand in a note's prose."""
        return {
            row[0]
            for row in self._connection.execute(
                "SELECT DISTINCT key FROM mentions WHERE note_id = ? AND place = 'prose'",
                (note_id,),
            )
        }

    def reviews(self) -> list[tuple[int, int | None, str | None, str]]:
        """(note id, year, period, title) of the reviews, by path."""
        return self._connection.execute(
            "SELECT n.id, n.year, n.period, n.title FROM notes n JOIN files f ON f.id = n.id"
            " WHERE NOT f.excluded AND n.kind = 'review' ORDER BY f.path"
        ).fetchall()

    def of_kinds(self, kinds: Sequence[str]) -> frozenset[int]:
        """The notes of a few kinds."""
        marks = ",".join("?" * len(kinds))
        rows = self._connection.execute(f"SELECT id FROM notes WHERE kind IN ({marks})", kinds)
        return frozenset(row[0] for row in rows)

    def paths(self) -> dict[int, str]:
        """The path of every note that is not excluded, by id."""
        return dict(
            self._connection.execute(
                "SELECT n.id, f.path FROM notes n JOIN files f ON f.id = n.id"
                " WHERE NOT f.excluded ORDER BY f.path"
            )
        )


def texts(catalog: Catalog, note_ids: Iterable[int]) -> Iterator[NoteText]:
    """The given notes as they are looked through."""
    one = catalog._connection.execute
    for note_id in note_ids:
        row = one("SELECT regions FROM notes WHERE id = ?", (note_id,)).fetchone()
        text = note_text(catalog._connection, note_id)
        if row is None or text is None:
            continue
        sections = one(
            "SELECT start, body FROM sections WHERE note_id = ? ORDER BY ordinal", (note_id,)
        ).fetchall()
        links = one(
            "SELECT start, end, external FROM links WHERE note_id = ? AND end > start"
            " AND kind NOT IN ('property', 'canvas', 'base')",
            (note_id,),
        ).fetchall()
        tags = one("SELECT start, end FROM tags WHERE note_id = ?", (note_id,)).fetchall()
        yield NoteText(
            note_id,
            text,
            json.loads(row[0]),
            sections,
            [(start, end, bool(external)) for start, end, external in links],
            tags,
        )
