"""What is said beside the text: a note's counts above its title, titles behind names."""

from __future__ import annotations

import re
from typing import NamedTuple

from vaultdots.editor.desk import Desk
from vaultdots.text.names import name_key
from vaultdots.text.spans import Span

_ID = re.compile(r"[\d\-_.T:]{6,}\Z")
_LONGEST = 60


class Lens(NamedTuple):
    """A line above a place."""

    span: Span
    title: str


class Hint(NamedTuple):
    """Words behind a place. tip: what they come from."""

    offset: int
    text: str
    tip: str


def lenses(desk: Desk, path: str) -> list[Lens]:
    """How many notes and reviews link here, above the note and above each linked heading."""
    sheet = desk.sheet(path)
    if sheet is None:
        return []
    found = desk.backlinks(path)
    kinds = {row.path: row.kind for row in desk.catalog.notes_at({link.source for link in found})}
    sources = {link.source for link in found}
    reviews = sum(kinds.get(source) == "review" for source in sources)
    parts = [_counted(len(found), "backlink")]
    if reviews:
        parts.append(_counted(reviews, "review"))
    lenses_ = [Lens(Span(0, 0), " · ".join(parts))] if found else []
    by_section: dict[int, int] = {}
    for link in found:
        ordinal = desk.resolver.subpath(path, link.chain)[1] if link.subpath else None
        if ordinal is not None:
            by_section[ordinal] = by_section.get(ordinal, 0) + 1
    for ordinal, count in sorted(by_section.items()):
        section = sheet.sections[ordinal]
        if section.level:
            lenses_.append(Lens(sheet.heading_span(section), _counted(count, "backlink")))
    return lenses_


def hints(desk: Desk, path: str, span: Span) -> list[Hint]:
    """The title behind a link that is only a number or another name."""
    sheet = desk.sheet(path)
    if sheet is None:
        return []
    found = []
    for link in sheet.links:
        if link.external or link.display or link.end < span.start or link.start > span.end:
            continue
        if link.form != "wikilink" or not link.target:
            continue
        name = link.target.rpartition("/")[2]
        target = desk.read(link).target if _ID.match(name) else None
        row = desk.catalog.note(target) if target else None
        if row is not None and name_key(row.title) != name_key(name):
            found.append(Hint(link.end, row.title[:_LONGEST], row.path))
    return found


def _counted(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"
