"""What search needs of a catalog, and nothing more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any, Protocol

from vaultdots.store.catalog import SearchRow as SectionRow


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


def sections(catalog: SearchCatalog, note_ids: Iterable[int] | None) -> Iterator[SectionRow]:
    """The sections of some notes (None: of all) that search knows.

    Where nothing stands before the first heading, the section of that heading is a note's first:
    the title, the aliases and the frontmatter's tags are found there, and not in an empty place.
    """
    for _, group in groupby(catalog.search_rows(note_ids), key=lambda row: row.note_id):
        rows = iter(group)
        first = next(rows)
        second = next(rows, None)
        if second is None:
            yield first
        elif first.text.strip():
            yield first
            yield second
        else:
            tags = tuple(dict.fromkeys((*first.tags, *second.tags)))
            yield second._replace(ordinal=first.ordinal, tags=tags)
        yield from rows


def rows_of_sections(catalog: SearchCatalog, section_ids: Iterable[int]) -> dict[int, SectionRow]:
    """The rows of some sections by id; a section that is gone is left out."""
    wanted = set(section_ids)
    found: dict[int, SectionRow] = {}
    marks = ",".join("?" * len(wanted))
    notes = catalog.connection.execute(
        f"SELECT DISTINCT note_id FROM sections WHERE id IN ({marks})", tuple(wanted)
    ).fetchall()
    for row in sections(catalog, [note_id for (note_id,) in notes]):
        if row.section_id in wanted:
            found[row.section_id] = row
    return found


__all__ = ["SearchCatalog", "SectionRow", "rows_of_sections", "sections"]
