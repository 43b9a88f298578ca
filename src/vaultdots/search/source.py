"""What search needs of a catalog, and nothing more."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any, Protocol

from vaultdots.store.answers import SearchRow as SectionRow


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
        said = properties_said(catalog, [first.note_id]).get(first.note_id, ())
        first = first._replace(properties=said)
        second = next(rows, None)
        if second is None:
            yield first
        elif first.text.strip():
            yield first
            yield second
        else:
            tags = tuple(dict.fromkeys((*first.tags, *second.tags)))
            yield second._replace(ordinal=first.ordinal, tags=tags, properties=said)
        yield from rows


UNSAID = (
    "title", "aliases", "alias", "tags", "tag",  # found by what they are
    "kind", "type", "layout", "lang", "slug", "permalink", "cssclass", "cssclasses",  # for programs
)  # fmt: skip
"""Properties whose values are no text of a note."""
_WORDLESS = re.compile(r"[\W\d_]*|\d{4}-\d.*|\S*/\S*", re.DOTALL)
"""Numbers, dates, addresses and paths: no one remembers a note by them."""


def properties_said(catalog: SearchCatalog, note_ids: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """What the properties of some notes say in words: an author, a description, a status."""
    wanted = list(note_ids)
    unsaid = ",".join("?" * len(UNSAID))
    found: dict[int, dict[str, None]] = {}
    for start in range(0, len(wanted), _CHUNK):
        chunk = wanted[start : start + _CHUNK]
        for note, written in catalog.connection.execute(
            f"SELECT note_id, value FROM properties WHERE note_id IN ({','.join('?' * len(chunk))})"
            f" AND value LIKE '%\"%' AND key NOT IN ({unsaid}) ORDER BY rowid",
            (*chunk, *UNSAID),
        ):
            for text in _said(json.loads(written)):
                found.setdefault(note, {})[text] = None
    return {note: tuple(texts) for note, texts in found.items()}


def _said(value: Any) -> Iterator[str]:
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, str) and not _WORDLESS.fullmatch(item.strip()):
            yield item


_CHUNK = 900
"""Ids in one statement: SQLite's oldest limit is 999."""


def rows_of_sections(catalog: SearchCatalog, section_ids: Iterable[int]) -> dict[int, SectionRow]:
    """The rows of some sections by id, as `sections` gives them; one that is gone is left out.

    Reads these sections alone: whole notes would be twenty times the text.
    """
    wanted = list(dict.fromkeys(section_ids))
    found: dict[int, SectionRow] = {}
    commented: set[int] = set()
    run = catalog.connection.execute
    for start in range(0, len(wanted), _CHUNK):
        chunk = wanted[start : start + _CHUNK]
        marks = ",".join("?" * len(chunk))
        rows = run(
            "SELECT s.id, s.note_id, s.ordinal, f.path, n.title, n.aliases, s.headings, s.line,"
            " substr(t.text, s.body - s.start + 1), n.kind, n.year, n.commented, s.leads"
            " FROM sections s JOIN notes n ON n.id = s.note_id JOIN files f ON f.id = s.note_id"
            " JOIN texts t ON t.id = (s.note_id << 32) + s.ordinal"
            f" WHERE s.id IN ({marks})",
            chunk,
        ).fetchall()
        tags: dict[int, list[tuple[str, int]]] = {}
        notes = list({row[1] for row in rows})
        for note, name, section in run(
            "SELECT note_id, name, max(section, 0) FROM tags"
            f" WHERE note_id IN ({','.join('?' * len(notes))}) ORDER BY start",
            notes,
        ):
            tags.setdefault(note, []).append((name, section))
        said = properties_said(catalog, {row[1] for row in rows if row[2] == 0 or row[12]})
        for id_, note, ordinal, path, title, aliases, heads, line, text, kind, year, *more in rows:
            has_comment, is_first = more
            if has_comment:
                commented.add(note)
                continue
            its = [name for name, section in tags.get(note, ()) if section == ordinal]
            if is_first:
                its = [name for name, section in tags.get(note, ()) if section == 0] + its
            found[id_] = SectionRow(
                note,
                id_,
                0 if is_first else ordinal,
                path,
                title,
                _texts(aliases),
                tuple(dict.fromkeys(its)) if is_first else tuple(its),
                _texts(heads),
                line,
                text,
                kind,
                year,
                said.get(note, ()) if is_first or ordinal == 0 else (),
            )
    if commented:
        ids = set(wanted)
        found |= {
            row.section_id: row
            for row in sections(catalog, sorted(commented))
            if row.section_id in ids
        }
    return found


def _texts(written: str) -> tuple[str, ...]:
    """A JSON array of texts, as the catalog writes it; without a sign escaped it is only split."""
    if written == "[]":
        return ()
    if "\\" in written:
        return tuple(json.loads(written))
    return tuple(written[2:-2].split('", "'))


__all__ = ["SearchCatalog", "SectionRow", "rows_of_sections", "sections"]
