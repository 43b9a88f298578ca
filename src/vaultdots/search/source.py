"""What search needs of a catalog, and nothing more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple, Protocol


class SectionRow(NamedTuple):
    """One section as search reads it.

    tags: those that stand in it, and for the first section the frontmatter's too. headings: its
    heading path, own heading last. line: 1-based, of its heading. text: what follows the heading,
    comments and frontmatter left out.
    """

    note_id: int
    section_id: int
    ordinal: int
    path: str
    title: str
    aliases: tuple[str, ...]
    tags: tuple[str, ...]
    headings: tuple[str, ...]
    line: int
    text: str
    kind: str
    year: int | None


class SearchCatalog(Protocol):
    """The catalog as search sees it.

    generation: grows with every sync that changed something; epoch: that of the last build from
    nothing. folder: the vault's cache folder. connection: of SQLite, in autocommit mode.
    """

    folder: Path | None
    connection: Any

    @property
    def generation(self) -> int: ...  # noqa: D102

    @property
    def epoch(self) -> int: ...  # noqa: D102

    def changed_notes(self, since: int) -> tuple[list[int], list[int]]:
        """Note ids written and note ids removed after generation `since`."""

    def search_rows(self, note_ids: Iterable[int] | None) -> Iterator[SectionRow]:
        """The sections of these notes (None: of all), a note's sections together, in order."""


def rows_of_sections(catalog: SearchCatalog, section_ids: Iterable[int]) -> dict[int, SectionRow]:
    """The rows of some sections by id; a section that is gone is left out."""
    wanted = set(section_ids)
    marks = ",".join("?" * len(wanted))
    notes = catalog.connection.execute(
        f"SELECT DISTINCT note_id FROM sections WHERE id IN ({marks})", tuple(wanted)
    ).fetchall()
    rows = catalog.search_rows([note_id for (note_id,) in notes])
    return {row.section_id: row for row in rows if row.section_id in wanted}
