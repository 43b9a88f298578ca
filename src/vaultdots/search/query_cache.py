"""What earlier queries read of one state of the catalog, for the next ones: while a person types,
each query looks at much of what the last one looked at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from vaultdots.search.candidate import Candidate
from vaultdots.search.source import rows_of_sections
from vaultdots.store.catalog import Catalog

if TYPE_CHECKING:
    from vaultdots.search.other_script import Sounds

ROOM = 2_000
"""Sections that are kept: about 10 MB."""


class QueryCache:
    """The links to notes, sections and the words of names; good for one revision."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self.revision = catalog.revision
        self._links: dict[int, int] = {}
        self._candidates: dict[int, Candidate] = {}
        self._words: Counter[str] | None = None
        self._sounds: Sounds | None = None

    def links(self, notes: Collection[int]) -> dict[int, int]:
        """How many links go to these notes, and maybe to others."""
        if missing := set(notes).difference(self._links):
            self._links.update(dict.fromkeys(missing, 0))
            self._links.update(self.catalog.link_counts(missing))
        return self._links

    def links_to(self, note: int) -> int:
        """How many links go to a note."""
        known = self._links.get(note)
        return self.links((note,))[note] if known is None else known

    def candidates(self, sections: Sequence[int]) -> list[Candidate]:
        """These sections, with nothing seen in them yet; one that is gone is left out."""
        kept = self._candidates
        missing = [section for section in sections if section not in kept]
        if len(kept) + len(missing) > ROOM:
            kept = self._candidates = {}
            missing = list(sections)
        if missing:
            rows = rows_of_sections(self.catalog, missing)
            kept.update((section, Candidate([row])) for section, row in rows.items())
        found = [kept[section] for section in sections if section in kept]
        for candidate in found:
            candidate.known = {}
        return found

    def sounds(self) -> Sounds:
        """The names by their sound, for words in the other script."""
        if self._sounds is None:
            from vaultdots.search.other_script import Sounds

            self._sounds = Sounds(self.catalog)
        return self._sounds

    def words(self, until: float) -> Counter[str]:
        """The words that the vault uses in names; counted when first asked for, those that are
        read until `time.monotonic()` is `until`."""
        if self._words is None:
            from vaultdots.search.suggest import vocabulary_of

            self._words = vocabulary_of(self.catalog, until)
        return self._words
