"""The references of a note: made as JSON, and those of a note that many name only once.

As objects, which pygls takes apart again, five hundred took twenty milliseconds of every request,
ten thousand a seventh of a second.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultdots.editor.backlinks import Backlink
from vaultdots.editor.desk import Desk, Place
from vaultdots.editor.navigate import links_to_itself
from vaultdots.lsp.answers import location_text
from vaultdots.lsp.protocol import Encoded
from vaultdots.text.spans import Span

if TYPE_CHECKING:
    from vaultdots.lsp.server import DotsServer

MANY = 50
"""Links from which the answer is kept: fewer are written anew in half a millisecond."""
_MOST_KEPT = 100
"""Notes whose answers are kept, the last ones asked for."""


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
        """Nothing is kept before the first question."""
        self._kept: dict[tuple[int, str], _Kept] = {}

    def of(self, server: DotsServer, desk: Desk, path: str, *, declared: bool = False) -> Encoded:
        """The references of a note. declared: its own place first."""
        links = desk.backlinks_on_disk(path)
        kept = self._kept.pop((id(desk), path), None)
        if kept is None or kept.links is not links or kept.encoding != server.encoding:
            kept = _Kept(links, server.encoding, _by_source(server, desk, path, links))
        if len(links) >= MANY:
            self._kept[id(desk), path] = kept
            if len(self._kept) > _MOST_KEPT:
                del self._kept[next(iter(self._kept))]
        here = [*desk.backlinks_on_screen(path), *links_to_itself(desk, path)]
        first = list(_by_source(server, desk, path, here).values())
        if declared:
            first.insert(0, location_text(server, desk, Place(path, Span(0, 0))))
        there = kept.without(desk.catalog.overlaid)
        comma = b"," if first and there else b""
        return Encoded((b"[", ",".join(first).encode("ascii"), comma, there, b"]"))

    def forget(self, desk: Desk) -> None:
        """A vault is closed."""
        for key in [key for key in self._kept if key[0] == id(desk)]:
            del self._kept[key]


def _by_source(server: DotsServer, desk: Desk, path: str, links: list[Backlink]) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for link in links:
        place = desk.place_of(path, link)
        found.setdefault(link.source, []).append(location_text(server, desk, place))
    return {source: ",".join(texts) for source, texts in found.items()}
