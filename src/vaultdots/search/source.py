"""What search needs of a catalog, and nothing more."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from vaultdots.store.answers import SearchRow as SectionRow
from vaultdots.store.catalog import Catalog
from vaultdots.text.late import late


def sections(catalog: Catalog, note_ids: Iterable[int] | None) -> Iterator[SectionRow]:
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
_WORDLESS = late(r"[\W\d_]*|\d{4}-\d.*|\S*/\S*", re.DOTALL)
"""Numbers, dates, addresses and paths: no one remembers a note by them."""


def properties_said(catalog: Catalog, note_ids: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """What the properties of some notes say in words: an author, a description, a status."""
    found: dict[int, dict[str, None]] = {}
    for note, value in catalog.property_texts(note_ids, UNSAID):
        for text in _said(value):
            found.setdefault(note, {})[text] = None
    return {note: tuple(texts) for note, texts in found.items()}


def _said(value: Any) -> Iterator[str]:
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, str) and not _WORDLESS.fullmatch(item.strip()):
            yield item


def rows_of_sections(catalog: Catalog, section_ids: Iterable[int]) -> dict[int, SectionRow]:
    """The rows of some sections by id, as `sections` gives them; one that is gone is left out.

    Reads these sections alone: whole notes would be twenty times the text.
    """
    wanted = dict.fromkeys(section_ids)
    found: dict[int, SectionRow] = {}
    rows = catalog.section_texts(wanted)
    commented = {row.note_id for row in rows if row.commented}
    tags = catalog.section_tags({row.note_id for row in rows})
    said = properties_said(catalog, {row.note_id for row in rows if row.ordinal == 0 or row.leads})
    for row in rows:
        if row.commented:
            continue
        written = tags.get(row.note_id, ())
        its = [name for name, section in written if section == row.ordinal]
        if row.leads:
            first = [name for name, section in written if section == 0]
            its = list(dict.fromkeys([*first, *its]))
        found[row.id] = SectionRow(
            row.note_id,
            row.id,
            0 if row.leads else row.ordinal,
            row.path,
            row.title,
            _texts(row.aliases),
            tuple(its),
            _texts(row.headings),
            row.line,
            row.text[row.body :],
            row.kind,
            row.year,
            said.get(row.note_id, ()) if row.leads or row.ordinal == 0 else (),
        )
    if commented:
        found |= {
            row.section_id: row
            for row in sections(catalog, sorted(commented))
            if row.section_id in wanted
        }
    return found


def _texts(written: str) -> tuple[str, ...]:
    """A JSON array of texts, as the catalog writes it; without a sign escaped it is only split."""
    if written == "[]":
        return ()
    if "\\" in written:
        return tuple(json.loads(written))
    return tuple(written[2:-2].split('", "'))


__all__ = ["SectionRow", "rows_of_sections", "sections"]
