"""A parsed file as plain tuples: what crosses process borders and goes into SQLite.

Pickling 150k dataclasses costs a second; tuples of text and numbers go through `marshal`. Light to
import: `store.rows`, which makes them, loads everything that reads notes.
"""

from __future__ import annotations

from typing import Any

from vaultdots.note.paths import NOTE_ENDINGS
from vaultdots.text.names import name_key
from vaultdots.text.tuples import NamedTuple

Row = tuple[Any, ...]


class FileRows(NamedTuple):
    """Everything that one file puts into the catalog, without its id.

    note: None for a canvas or a base. texts: (ordinal, the section's text, heading and all).
    """

    note: Row | None
    sections: list[Row]
    links: list[Row]
    tags: list[Row]
    blocks: list[Row]
    tasks: list[Row]
    properties: list[Row]
    names: list[Row]
    diagnostics: list[Row]
    glosses: list[Row]
    texts: list[Row]

    def names_only(self) -> FileRows:
        """What is kept of an excluded file: a link may still name it, nobody may read it here."""
        note = (*self.note[:-1], "") if self.note is not None else None
        return FileRows(note, [], [], [], [], [], [], self.names, [], [], [])


class TargetEdit(NamedTuple):
    """A link's target, in code points of the text without a BOM, and what stands there now."""

    start: int
    end: int
    new: str


class Retargeted(NamedTuple):
    """A note that was written with other targets in its links and is the same in all else.

    before, after: digests of its bytes. text: what it said before. edits: sorted, apart.
    """

    before: bytes
    after: bytes
    text: str
    edits: tuple[TargetEdit, ...]


def attachment_names(path: str) -> list[Row]:
    """The one name of a file that is not a note: its whole file name."""
    return [(name_key(path.rpartition("/")[2]), "name")]


def bare_key(name: str) -> str:
    """The key of a file name, its note ending (`.md`, `.markdown`; a page's `.html`) left out."""
    key = name_key(name)
    for ending in (*NOTE_ENDINGS, ".html"):
        if key.endswith(ending) and len(key) > len(ending):
            return key[: -len(ending)].rstrip() or key
    return key
