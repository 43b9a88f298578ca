"""The texts of a vault's files while a change is planned: each is read once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from vaultdots.note.model import Block
from vaultdots.store.answers import LinkRow, NoteRow
from vaultdots.store.catalog import Catalog
from vaultdots.text.spans import Lines, Span

Read = Callable[[str], str]
"""The text of a file of the vault by its path, without a BOM."""


def id_place(text: str, lines: Lines, block: Block) -> int:
    """Where the `^` of a block's id stands: at its end, or on a line of its own below it."""
    end = lines.starts[block.line] if block.line < len(lines.starts) else len(text)
    return text.rindex(f"^{block.id}", lines.starts[block.line - 1], end)


class Texts:
    """The notes, texts and links of a vault's files, each asked for once."""

    def __init__(self, catalog: Catalog, read: Read) -> None:
        """read: the text of a file that is not a note."""
        self.catalog = catalog
        self.read = read
        self._notes: dict[str, NoteRow | None] = {}
        self._texts: dict[str, str] = {}
        self._links: dict[str, Sequence[LinkRow]] = {}
        self._headings: dict[str, Sequence[Span]] = {}

    def __getitem__(self, path: str) -> str:
        """The text of the file at `path`."""
        if path not in self._texts:
            row = self.note(path)
            self._texts[path] = self.read(path) if row is None else self.catalog.text(row.id)
        return self._texts[path]

    def note(self, path: str) -> NoteRow | None:
        """The note at `path`."""
        if path not in self._notes:
            self._notes[path] = self.catalog.note(path)
        return self._notes[path]

    def links_of(self, path: str) -> Sequence[LinkRow]:
        """The links that stand in the file at `path`, in order."""
        if path not in self._links:
            self._links[path] = self.catalog.links_of(path)
        return self._links[path]

    def headings_of(self, path: str) -> Sequence[Span]:
        """Where the headings of the note at `path` stand; none of another file."""
        if path not in self._headings:
            note = self.note(path)
            rows = () if note is None else self.catalog.sections(note.id)
            self._headings[path] = [Span(row.start, row.body) for row in rows if row.level]
        return self._headings[path]

    def look_up(self, paths: Iterable[str]) -> None:
        """Ask for notes and their links at once: a thousand take as long as fifty."""
        paths = list(paths)
        self._notes |= dict.fromkeys(paths)
        self._notes |= {row.path: row for row in self.catalog.notes_at(paths)}
        self._links |= self.catalog.links_in(paths)
