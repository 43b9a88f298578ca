"""What is to change in a vault. Paths are vault-relative, NFC, as the catalog has them.

Edits and deletions name files as they are before the moves of the same change.
"""

from __future__ import annotations

from dataclasses import dataclass

from vaultdots.text.spans import Span
from vaultdots.text.tuples import NamedTuple


class Edit(NamedTuple):
    """`before`, which stands at `span`, becomes `after`.

    span: code points of the decoded text without a BOM, as `note.parse_note` is given it; empty to
    insert. adds: what is read from the file afterwards and was not before, one word an element:
    `link, section, tag, block, task, property`. An edit within a link, a tag or a heading adds
    nothing. None: what the edit covers is not compared.
    """

    path: str
    span: Span
    before: str
    after: str
    adds: tuple[str, ...] | None = ()


class Move(NamedTuple):
    """A file or a folder gets another path. Several moves happen at once: two names can swap."""

    old: str
    new: str


class NewFile(NamedTuple):
    """A file that is not there yet. text: written as UTF-8, line ends as they are."""

    path: str
    text: str


class Delete(NamedTuple):
    """A file that goes away; `dots undo` brings it back."""

    path: str


@dataclass(frozen=True, slots=True)
class Change:
    """All that one operation does, as one transaction.

    operation: the command's name, as `dots history` shows it. remarks: what the planner has to say
    of it (what was left out and why), a line each.
    """

    operation: str
    edits: tuple[Edit, ...] = ()
    moves: tuple[Move, ...] = ()
    new_files: tuple[NewFile, ...] = ()
    deletes: tuple[Delete, ...] = ()
    remarks: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is anything to do."""
        return bool(self.edits or self.moves or self.new_files or self.deletes)
