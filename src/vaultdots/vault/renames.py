"""Renames, planned and not made: `vault.rename`; `vault.edit.apply` makes them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from vaultdots.errors import EditError, NoteNotFound, VaultError
from vaultdots.note.paths import is_folder_note, path_parts
from vaultdots.text.names import is_writable, name_key, nfc
from vaultdots.vault.state import State

if TYPE_CHECKING:
    from vaultdots.edit import Change
    from vaultdots.edit.moving_back import Former
    from vaultdots.edit.texts import Texts
    from vaultdots.text.spans import Span

_NOT_ON_WINDOWS = re.compile(
    r"[<>:\"\\|?*\x00-\x1f]|[ .]\Z|\A(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|\Z)", re.IGNORECASE
)
"""In a name that no disk of Windows holds; other systems take it."""


class Renames:
    """Changes that give something another name or place, and every reference with it."""

    def __init__(self, state: State) -> None:
        """Use `Vault.rename`."""
        self._state = state

    def move(
        self, moves: Sequence[tuple[str, str]], *, title: bool = False, alias: bool = False
    ) -> Change:
        """The change that moves notes, folders and attachments, and all references with them.

        moves: (old path, new path), all at once. title: a note's title becomes its new name. alias:
        its old title stays as an alias. Raises EditError.
        """
        from vaultdots.edit.model import Move
        from vaultdots.edit.renaming import plan_renames
        from vaultdots.edit.texts import Texts

        _check(*itertools.chain(*moves))
        config = self._state.config
        with self._state.snapshot():
            texts = Texts(self._state.catalog, self._state.read)
            change = plan_renames(
                texts,
                config.options,
                [Move(old, new) for old, new in moves],
                title=title,
                alias=alias,
                keep_short=bool(config.use_markdown_links) and config.link_format != "relative",
                former=self._former(moves, texts),
            )
        told = (*self._told_of_settings(moves), *_told_of_names(moves))
        return replace(change, remarks=(*change.remarks, *told))

    def _told_of_settings(self, moves: Sequence[tuple[str, str]]) -> Iterator[str]:
        """The settings that name what moves: they are the person's to write."""
        from vaultdots.store.named_paths import after_move, named_paths

        for named in named_paths(self._state.root, self._state.config.tables):
            for old, new in moves:
                path = after_move(named, old, new)
                if path is not None:
                    yield _named_by(named.file, named.key, named.path, path)

    def _former(self, moves: Sequence[tuple[str, str]], texts: Texts) -> Former | None:
        """What links said before the last `mv` that `moves` takes back, where there is one."""
        from vaultdots.edit.moving_back import former_links
        from vaultdots.store.journal import Journal
        from vaultdots.store.location import data_folder

        journal = Journal(data_folder(self._state.root, self._state.environ))
        wanted = {(nfc(new), nfc(old)) for old, new in moves}
        for record in journal.newest("done"):
            if {(nfc(move.old), nfc(move.new)) for move in record.moves} == wanted:
                try:
                    files = journal.changes(record)
                except VaultError:
                    return None
                options = self._state.config.options
                return former_links(files, record.moves, options, texts)
        return None

    def file_or_folder(self, name: str) -> str:
        """The path of what a person names: a file or folder of the vault, else a note's name. A
        note that is called by its folder (`x/index.md`, called `x`) is that folder.

        Raises NoteNotFound, AmbiguousNote.
        """
        from vaultdots.graph.find_note import find_note

        if not is_writable(name):
            return find_note(self._state.catalog, name)
        path = nfc(name).strip().removeprefix("./").rstrip("/")
        catalog = self._state.catalog
        if catalog.role_of(path) is not None or catalog.has_folder(path):
            return path
        return self.whole(find_note(catalog, name), path)

    def whole(self, path: str, name: str) -> str:
        """What moves where the file at `path` gets another name and is called `name`: its folder,
        with all that lies in it, where that has the name; else itself."""
        note = self._state.catalog.note(path)
        if note is None or not is_folder_note(path, note.dialect):
            return path
        folder = path.rpartition("/")[0]
        last = path_parts(nfc(name).rstrip("/").rpartition("/")[2]).name
        named = name_key(last) == name_key(folder.rpartition("/")[2])
        return folder if named and last != path_parts(path).name else path

    def new_path(
        self, old: str, new: str, *, in_folder: bool = True, called: str | None = None
    ) -> str:
        """Where `dots mv OLD NEW` moves a file or folder. in_folder: NEW without a slash is a new
        name in the same folder, else a path from the root. called: the name that it has in a folder
        NEW, else OLD's. Raises EditError."""
        from vaultdots.edit.new_path import new_path

        _check(old, new, called or "")
        return new_path(self._state.catalog, old, new, in_folder=in_folder, called=called)

    def heading(self, note: str, old: str, new: str) -> Change:
        """The change that gives a heading of a note another text. Raises EditError."""
        from vaultdots.edit.renaming import plan_heading

        return self._plan_in(plan_heading, note, old, new)

    def block(self, note: str, old: str, new: str) -> Change:
        """The change that gives a block id of a note another name. Raises EditError."""
        from vaultdots.edit.renaming import plan_block

        return self._plan_in(plan_block, note, old, new)

    def alias(self, note: str, old: str, new: str) -> Change:
        """The change that gives an alias of a note another name. Raises EditError."""
        from vaultdots.edit.renaming import plan_alias

        return self._plan_in(plan_alias, note, old, new)

    def tag(self, old: str, new: str) -> Change:
        """The change that gives a tag and those nested in it another name. Raises EditError."""
        from vaultdots.edit.renaming import plan_tag

        _check(old, new)
        state = self._state
        with state.snapshot():
            return plan_tag(state.catalog, state.config.options, state.read, old, new)

    def extract(self, note: str, heading: str, new: str, *, embed: bool = False) -> Change:
        """The change that makes a section a note of its own. Raises EditError."""
        from vaultdots.edit.extracting import plan_extract

        _check(note, heading, new)
        state = self._state
        with state.snapshot():
            self._check_notes(note)
            return plan_extract(
                state.catalog, state.config, state.read, note, heading, new, embed=embed
            )

    def extract_text(self, note: str, span: Span, new: str) -> Change:
        """The change that makes what stands at `span` a note of its own. Raises EditError."""
        from vaultdots.edit.extracting import plan_extract_text

        state = self._state
        with state.snapshot():
            self._check_notes(note)
            return plan_extract_text(state.catalog, state.config, self._state.read, note, span, new)

    def merge(self, note: str, into: str) -> Change:
        """The change that puts a note at the end of another one. Raises EditError."""
        from vaultdots.edit.merging import plan_merge

        _check(note, into)
        state = self._state
        with state.snapshot():
            self._check_notes(note, into)
            return plan_merge(state.catalog, state.config, self._state.read, note, into)

    def _plan_in(self, planner: Callable[..., Change], note: str, old: str, new: str) -> Change:
        """The change of something within a note. Raises NoteNotFound, EditError."""
        _check(note, old, new)
        state = self._state
        with state.snapshot():
            self._check_notes(note)
            return planner(state.catalog, state.config.options, state.read, note, old, new)

    def _check_notes(self, *paths: str) -> None:
        """Raises NoteNotFound where one is a picture, a canvas or another file without the text of
        a note: bytes that are no Markdown are neither read nor written as such."""
        for path in paths:
            if self._state.catalog.note(nfc(path)) is None:
                raise NoteNotFound(f"'{path}' is not a note")


def _told_of_names(moves: Sequence[tuple[str, str]]) -> Iterator[str]:
    """New names that a vault which is synced to another system could not have there."""
    for old, new in moves:
        there = set(old.split("/"))
        for name in new.split("/"):
            if name not in there and _NOT_ON_WINDOWS.search(name):
                yield _not_on_windows(name)


def _not_on_windows(name: str) -> str:
    return f"a disk of Windows cannot hold the name '{name}'"


def _named_by(file: str, key: str, path: str, new: str) -> str:
    return f"{file}: {key} names '{path}': write '{new}' there"


def _check(*names: str) -> None:
    """Raises EditError where one is none that a file can have."""
    for name in names:
        if not is_writable(name):
            raise EditError("no file can have this name", place=name)
