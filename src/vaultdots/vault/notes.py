"""The notes of a vault: `vault.notes`, and one `Note`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from vaultdots.errors import NoteNotFound
from vaultdots.store.answers import NoteRow, SectionRow
from vaultdots.store.disknames import disk_name
from vaultdots.text.names import name_key
from vaultdots.text.tuples import NamedTuple
from vaultdots.vault.links import Links
from vaultdots.vault.state import State

if TYPE_CHECKING:
    from vaultdots.graph.links import ResolvedLink
    from vaultdots.graph.mentions import Mention
    from vaultdots.search.hits import NoteFacts
    from vaultdots.search.related import Related
    from vaultdots.store.recent import Recent

RelatedNotes = Callable[..., "list[Related]"]


class TagCount(NamedTuple):
    """A tag in its first spelling, and how many notes have it."""

    tag: str
    notes: int


class Note:
    """One note: what the catalog knows of it, and its links both ways, read when asked for."""

    __slots__ = ("_links", "_related", "_state", "row")

    def __init__(self, state: State, links: Links, related: RelatedNotes, row: NoteRow) -> None:
        """Use `vault.notes[name]`. row: the catalog's row."""
        self._state = state
        self._links = links
        self._related = related
        self.row = row

    def __repr__(self) -> str:
        """`<Note 회고/2024.md>`."""
        return f"<Note {self.path}>"

    @property
    def path(self) -> str:
        """The id: vault-relative, POSIX, NFC."""
        return self.row.path

    @property
    def title(self) -> str:
        """The title: of the properties, else the first heading, else the file's name."""
        return self.row.title

    @property
    def kind(self) -> str:
        """review, study, project, book, daily, index or note."""
        return self.row.kind

    @property
    def year(self) -> int | None:
        """The year that it is about, or of; None where nothing says one."""
        return self.row.year

    @property
    def text(self) -> str:
        """The text as it was read, without a BOM."""
        return self._state.catalog.text(self.row.id)

    @property
    def sections(self) -> list[SectionRow]:
        """Its sections in order, the text before the first heading included."""
        return list(self._state.catalog.sections(self.row.id))

    @property
    def links(self) -> list[ResolvedLink]:
        """The links that stand in it and stay in the vault."""
        return self._links.of(self.path)

    @property
    def backlinks(self) -> list[ResolvedLink]:
        """The links of other notes that mean it."""
        return self._links.to(self.path)

    @property
    def mentions(self) -> list[Mention]:
        """Where other notes name it without linking to it."""
        return self._links.mentions_of(self.path)

    def related(self, *, limit: int | None = 10) -> list[Related]:
        """The notes that belong to it, best first, each with its reasons."""
        return self._related(self.path, limit=limit)

    def to_dict(self) -> dict[str, Any]:
        """Path, title, kind, year."""
        return {"path": self.path, "title": self.title, "kind": self.kind, "year": self.year}


class Notes:
    """Every note that is not excluded, by path; `notes["Redis"]`: by path, name, alias or title."""

    def __init__(self, state: State, links: Links, related: RelatedNotes) -> None:
        """Use `Vault.notes`. related: `Vault.related`."""
        self._state = state
        self._links = links
        self._related = related

    def __iter__(self) -> Iterator[Note]:
        """All notes, by path."""
        for row in self.rows():
            yield Note(self._state, self._links, self._related, row)

    def __len__(self) -> int:
        """How many there are."""
        return self._state.catalog.counts()["notes"]

    def __getitem__(self, name: str) -> Note:
        """The note that `name` means. Raises NoteNotFound or AmbiguousNote."""
        return Note(self._state, self._links, self._related, self._state.row(name))

    def rows(self) -> list[NoteRow]:
        """The catalog's rows of all notes, by path."""
        return self._state.catalog.notes()

    def recent(self, most: int) -> list[Recent]:
        """The notes that were changed last, see `store.recent`."""
        from vaultdots.store.recent import recent

        catalog = self._state.catalog
        first_read = catalog.epoch + 1
        return recent(self.rows(), catalog.changed_notes(first_read).updated, most)

    def titles(self, paths: Iterable[str] | None = None) -> dict[str, str]:
        """The title of each note by its path; paths: of those of them that are notes."""
        rows = self.rows() if paths is None else self._state.catalog.notes_at(set(paths))
        return {row.path: row.title for row in rows if not row.excluded}

    def find(self, name: str) -> str:
        """The path of the note that `name` means: a path, a name, an alias or a title.

        Raises NoteNotFound or AmbiguousNote.
        """
        return self._state.find(name)

    def disk_path(self, path: str) -> str:
        """The path of a note as the disk has it: macOS writes Hangul decomposed."""
        row = self._state.catalog.note(path)
        if row is None:  # one that was made since the vault was read
            return disk_name(self._state.root, path)
        return self._state.catalog.disk_path(row.id)

    def disk_names(self) -> dict[str, str]:
        """Path → path as the disk has it, of the files where these differ."""
        return self._state.catalog.disk_names()

    def dates(self) -> list[NoteFacts]:
        """Every note with when it was created and modified: by its properties, else its file."""
        from vaultdots.search.hits import note_facts

        return list(note_facts(self._state.catalog, [row.id for row in self.rows()]).values())

    def text(self, note: str) -> str:
        """A note's text as it was read, without a BOM. Raises NoteNotFound or AmbiguousNote."""
        with self._state.snapshot():
            row = self._state.catalog.note(self.find(note))
            if row is None:
                raise NoteNotFound(f"'{note}' is not a note")
            return self._state.catalog.text(row.id)

    def lines(self, note: str) -> list[str]:
        """The lines of a note or canvas, cut where a line number counts them."""
        with self._state.snapshot():
            row = self._state.catalog.note(note) or self._state.catalog.note(self.find(note))
            text = self._state.catalog.text(row.id) if row else ""
        return re.split(r"\r\n?|\n", text)

    def headings(self) -> list[str]:
        """Every heading once, in order of the notes."""
        texts = (row.headings[-1] for row in self._state.catalog.sections() if row.headings)
        return list(dict.fromkeys(texts))

    def tagged(self, tag: str | None) -> list[NoteRow]:
        """The notes with a tag, or with one nested in it, by path; with or without its `#`. None:
        those with any."""
        catalog = self._state.catalog
        if tag is None:
            ids = set(catalog.notes_with_tags())
        else:
            ids = set(catalog.notes_tagged(name_key(tag.strip().lstrip("#"))))
        return [row for row in self.rows() if row.id in ids]

    def tags(self, *, tree: bool = False) -> list[TagCount]:
        """Every tag with its count of notes; tree: parents of nested tags counted as well."""
        spelling: dict[str, str] = {}
        holders: dict[str, set[str]] = {}
        for key, name, path in self._state.catalog.tags():
            parts = name.split("/")
            names = ["/".join(parts[: n + 1]) for n in range(len(parts))] if tree else [name]
            for tag in names:
                tag_key = key if tag is name else name_key(tag)
                spelling.setdefault(tag_key, tag)
                holders.setdefault(tag_key, set()).add(path)
        order = sorted(spelling, key=lambda key: key.split("/"))
        return [TagCount(spelling[key], len(holders[key])) for key in order]
