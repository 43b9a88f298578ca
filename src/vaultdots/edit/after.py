"""The names of a vault as they will be when files have moved, beside those of the catalog."""

from __future__ import annotations

from collections.abc import Mapping

from vaultdots.edit.spelling import Named
from vaultdots.graph.candidates import Candidate, Candidates
from vaultdots.graph.resolve import Names
from vaultdots.note.model import Note
from vaultdots.note.options import NoteOptions
from vaultdots.note.parse import parse_note
from vaultdots.store.catalog import Catalog
from vaultdots.store.records import attachment_names
from vaultdots.store.rows import names_of


class NamesAfter:
    """What files are called after some moved. names: for `graph.resolve`."""

    def __init__(
        self,
        catalog: Catalog,
        options: NoteOptions,
        moves: Mapping[str, str],
        texts: Mapping[str, str] | None = None,
        *,
        added: Mapping[str, str] | None = None,
        gone: set[str] | None = None,
        folders: Mapping[str, str] | None = None,
    ) -> None:
        """moves: old path → new path, files only. texts: what moved notes will say, by old path,
        where a change writes into them as well. added: new notes, path → text. gone: paths of files
        that go away. folders: name key → new path of folders that move."""
        self.catalog = catalog
        self.options = options
        self.moves = moves
        self.folders = folders or {}
        self.notes: dict[str, Note] = {}
        """The moved notes as they will be read, by old path."""
        self.keys: set[str] = set()
        """Every name that a moved file has, before or after."""
        self._before: dict[str, Named] = {}
        self._added: dict[str, Named] = {}
        self._moved: dict[str, list[Candidate]] = {}
        for old, new in moves.items():
            row = catalog.note(old)
            self.keys.update(name.key for name in catalog.names_of(old))
            if row is None:
                rows = attachment_names(new)
                role, dialect, excluded = catalog.role_of(old) or "attachment", "obsidian", False
            else:
                text = (texts or {}).get(old)
                note = parse_note(new, catalog.text(row.id) if text is None else text, options)
                self.notes[old] = note
                rows = names_of(note)
                role, dialect, excluded = "note", note.dialect, row.excluded
            for key, via in rows:
                self.keys.add(key)
                candidate = Candidate(key, via, new, role, dialect, excluded)
                self._moved.setdefault(key, []).append(candidate)
        for path, text in (added or {}).items():
            self._add(parse_note(path, text, options))
        self._gone = {*moves, *(gone or ())}
        self._known: dict[str, Candidates] = {}
        self.names = Names(self._look_up)

    def _add(self, note: Note) -> None:
        self._added[note.path] = Named.of_note(note)
        for key, via in names_of(note):
            candidate = Candidate(key, via, note.path, "note", note.dialect, False)
            self._moved.setdefault(key, []).append(candidate)

    def _look_up(self, key: str) -> Candidates:
        if key not in self._known:
            rows = (Candidate(*row) for row in self.catalog.names_by_key(key))
            kept = [row for row in rows if row.path not in self._gone]
            found = [*kept, *self._moved.get(key, ())]
            self._known[key] = Candidates(sorted(found, key=lambda row: row.path))
        return self._known[key]

    def named(self, path: str) -> tuple[Named, Named]:
        """A file, by its old path, as links can call it before and after."""
        if path in self._added:
            return self._added[path], self._added[path]
        if path not in self._before:
            self._before[path] = self._named_before(path)
        before = self._before[path]
        if path in self.notes:
            return before, Named.of_note(self.notes[path])
        new = self.moves.get(path)
        return before, before if new is None else Named.of_file(new)

    def _named_before(self, path: str) -> Named:
        row = self.catalog.note(path)
        if row is None:
            return Named.of_file(path)
        return Named.of_note(parse_note(path, self.catalog.text(row.id), self.options))
