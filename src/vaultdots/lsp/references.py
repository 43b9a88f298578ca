"""The references of a note that thousands name: made into JSON once, and sent as they are.

Ten thousand locations took a seventh of a second of every request, in objects that were made to be
taken apart again.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from lsprotocol import types

from vaultdots.editor.backlinks import Backlink
from vaultdots.editor.desk import Desk, Place
from vaultdots.editor.navigate import links_to_itself
from vaultdots.lsp.answers import location
from vaultdots.lsp.protocol import Encoded
from vaultdots.text.spans import Span

if TYPE_CHECKING:
    from vaultdots.lsp.server import DotsServer

MANY = 500
"""Fewer take a few milliseconds as any other answer."""


class _Kept:
    """A note's backlinks on disk, with the JSON of their locations by source, in order."""

    def __init__(self, links: list[Backlink], encoding: object, by_source: dict[str, str]) -> None:
        self.links = links
        self.encoding = encoding
        self.by_source = by_source
        self._joined: tuple[frozenset[str], bytes] | None = None

    def without(self, covered: frozenset[str]) -> bytes:
        """All but those in some notes; the same notes are open at most requests."""
        if self._joined is None or self._joined[0] != covered:
            shown = (text for source, text in self.by_source.items() if source not in covered)
            self._joined = covered, ",".join(shown).encode("ascii")
        return self._joined[1]


class References:
    """What is kept of the notes that were asked about."""

    def __init__(self) -> None:
        self._kept: dict[tuple[int, str], _Kept] = {}

    def of(
        self, server: DotsServer, desk: Desk, path: str, *, declared: bool = False
    ) -> Encoded | None:
        """The references of a note; None where they are few. declared: its own place first."""
        links = desk.backlinks_on_disk(path)
        if len(links) < MANY:
            return None
        kept = self._kept.get((id(desk), path))
        if kept is None or kept.links is not links or kept.encoding != server.encoding:
            kept = _Kept(links, server.encoding, _by_source(server, desk, path, links))
            self._kept[id(desk), path] = kept
        here = [*desk.backlinks_on_screen(path), *links_to_itself(desk, path)]
        first = list(_by_source(server, desk, path, here).values())
        if declared:
            first.insert(0, _json(location(server, desk, Place(path, Span(0, 0)))))
        return Encoded(",".join(first).encode("ascii"), kept.without(desk.catalog.overlaid))


def _by_source(server: DotsServer, desk: Desk, path: str, links: list[Backlink]) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for link in links:
        place = desk.place_of(path, link)
        found.setdefault(link.source, []).append(_json(location(server, desk, place)))
    return {source: ",".join(texts) for source, texts in found.items()}


def _json(place: types.Location) -> str:
    start, end = place.range.start, place.range.end
    return (
        f'{{"uri":{json.dumps(place.uri)},"range":{{'
        f'"start":{{"line":{start.line},"character":{start.character}}},'
        f'"end":{{"line":{end.line},"character":{end.character}}}}}}}'
    )
