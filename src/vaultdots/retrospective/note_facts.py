"""What a command that connects one note looks up of the others, each once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from urllib.parse import unquote, urlsplit

from vaultdots.graph.mentions import Mentions
from vaultdots.note.paths import is_folder_note
from vaultdots.retrospective.connect_groups import Group
from vaultdots.retrospective.line_evidence import EVERYDAY_NAME
from vaultdots.retrospective.named_reviews import ReviewTime, review_times
from vaultdots.store.answers import NoteRow
from vaultdots.store.catalog import Catalog
from vaultdots.store.mention_rows import CardWord
from vaultdots.store.records import bare_key
from vaultdots.text.everyday import everydayness
from vaultdots.text.late import late

_FEWEST_SLUG = 4
"""Characters of an address's last part that can be a note's name."""
_ONE_PART = 0.7
"""An address that shares only its last part with the path."""


class NoteFacts:
    """The notes of a vault, as the evidence for one of them asks for them."""

    def __init__(self, catalog: Catalog, mentions: Mentions, row: NoteRow) -> None:
        """row: the note whose sections are connected."""
        self.catalog = catalog
        self.mentions = mentions
        self.row = row
        self._profiles_with: dict[str, list[CardWord]] = {}
        self._profiles: dict[int, dict[str, list[str]]] = {}
        self._dates: dict[int, date | None] = {}
        self._notes: dict[int, NoteRow] = {}
        self._names: dict[int, set[str]] = {}
        self._other_script: dict[str, list[str]] = {}
        self._of_year: dict[tuple[str, str, int | None], list[int]] = {}
        self._title_counts: dict[tuple[str, ...], int] = {}
        self._all_tellers: frozenset[int] | None = None
        self._by_when: dict[ReviewTime, list[int]] | None = None

    def read(self, note_ids: Iterable[int]) -> None:
        """Look up notes and their cards at once, which are asked for one by one then."""
        wanted = set(note_ids)
        unread = sorted(wanted - self._notes.keys())
        self._notes.update({row.id: row for row in self.catalog.notes_by_id(unread)})
        cardless = sorted(wanted - self._profiles.keys())
        cards: dict[int, dict[str, list[str]]] = {note_id: {} for note_id in cardless}
        for row in self.mentions.rows.cards_of(cardless):
            cards[row.note_id].setdefault(row.field, []).append(row.word)
        self._profiles.update(cards)

    def note(self, note_id: int) -> NoteRow:
        """A note by its id."""
        if note_id not in self._notes:
            self._notes.update({row.id: row for row in self.catalog.notes_by_id([note_id])})
        return self._notes[note_id]

    def of_year(self, group: Group, year: int | None) -> list[int]:
        """The notes of a group that were written in a year; all where none says when."""
        key = (group.kind, group.name, year)
        if key not in self._of_year:
            unread = sorted(group.notes - self._notes.keys())
            self._notes.update({row.id: row for row in self.catalog.notes_by_id(unread)})
            dated = {note_id: self.year(self._notes[note_id]) for note_id in group.notes}
            known = year is not None and any(dated.values())
            self._of_year[key] = sorted(
                note_id for note_id, written in dated.items() if not known or written == year
            )
        return self._of_year[key]

    def titles(self, *words: str) -> int:
        """How many notes have all of a few words in their title or file name; 1 for none."""
        if words not in self._title_counts:
            having = (
                {c.note_id for c in self.cards_with(word) if c.field in ("title", "name")}
                for word in words
            )
            self._title_counts[words] = max(1, len(set.intersection(*having)))
        return self._title_counts[words]

    def alike(self, word: str) -> list[str]:
        """A word in the other script: 도커, docker."""
        if word not in self._other_script:
            self._other_script[word] = self.mentions.alike(word)
        return self._other_script[word]

    def tellers(self) -> frozenset[int]:
        """The reviews and daily notes: they hold every word."""
        if self._all_tellers is None:
            self._all_tellers = self.mentions.rows.of_kinds(("review", "daily"))
        return self._all_tellers

    def addressed(self, url: str) -> list[tuple[int, float]]:
        """The notes whose path ends as an address does, and how surely (0–1)."""
        parts = address_parts(url)
        if not parts or len(parts[-1]) < _FEWEST_SLUG or parts[-1].isdecimal():
            return []
        found = []
        for name in self.catalog.names_by_key(bare_key(parts[-1])):
            if name.excluded or name.role != "note" or name.via not in ("name", "folder"):
                continue
            row = self.catalog.note(name.path)
            if row is None or row.id == self.row.id:
                continue
            own = _path_parts(name.path, name.dialect)
            shared = 0
            for one, other in zip(reversed(own), reversed(parts), strict=False):
                if one != other:
                    break
                shared += 1
            if shared:
                found.append((row.id, 1.0 if shared > 1 else _ONE_PART))
        return found

    def reviews_by_time(self) -> dict[ReviewTime, list[int]]:
        """The reviews by the time that they tell of."""
        if self._by_when is None:
            self._by_when = review_times(self.mentions.rows.reviews())
        return self._by_when

    def cards_with(self, word: str) -> list[CardWord]:
        """The notes' fields that hold a word."""
        if word not in self._profiles_with:
            self._profiles_with[word] = self.mentions.rows.profiles_with(word)
        return self._profiles_with[word]

    def card(self, note_id: int) -> dict[str, list[str]]:
        """A note's fields with their words."""
        if note_id not in self._profiles:
            self.read([note_id])
        return self._profiles[note_id]

    def title_words(self, paths: Iterable[str]) -> frozenset[str]:
        """The words of some notes' titles that are no everyday language."""
        rows = filter(None, map(self.catalog.note, paths))
        found = (word for row in rows for word in self.card(row.id).get("title", ()))
        return frozenset(word for word in found if everydayness(word) < EVERYDAY_NAME)

    def names_in(self, note_id: int) -> set[str]:
        """The names that stand in a note."""
        if note_id not in self._names:
            self._names[note_id] = self.mentions.rows.keys_in(note_id)
        return self._names[note_id]

    def year(self, note: NoteRow) -> int | None:
        """The year in which a note was written."""
        written = _written(note)
        return written.year if written is not None else note.year

    def date_of(self, note_id: int) -> date | None:
        """The day on which a note was written."""
        if note_id not in self._dates:
            self._dates[note_id] = _written(self.note(note_id))
        return self._dates[note_id]


def _written(row: NoteRow) -> date | None:
    """The day that a note says it was written: its property, else the date in its path."""
    try:
        return date.fromisoformat((row.created or "")[:10])
    except ValueError:
        return None


_PAGE = late(r"\.(?:html?|md|markdown|php|aspx?)$|/(?:index|readme)$", re.IGNORECASE)


def address_parts(url: str) -> list[str]:
    """The folded parts of a URL's path, without `index.html` and the like."""
    try:
        path = unquote(urlsplit(url).path)
    except ValueError:
        return []
    path = _PAGE.sub("", path.rstrip("/"))
    return [bare_key(part) for part in path.split("/") if part]


def _path_parts(path: str, dialect: str) -> list[str]:
    whole = path.rpartition("/")[0] if is_folder_note(path, dialect) else path
    return [bare_key(part) for part in whole.split("/")]
