"""Which heading of a note a link's subpath names."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from vaultdots.note.headings import heading_key, heading_slug
from vaultdots.store.answers import SectionRow


class Outline:
    """A note's headings by what a link may call them: a hub may have thousands, and as many links
    to them."""

    def __init__(self, sections: Sequence[SectionRow]) -> None:
        """sections: all of a note's, in order."""
        self.headed = [section for section in sections if section.level]
        self.by_key: dict[str, list[int]] = {}
        self.found: dict[tuple[str, ...], tuple[int, ...]] = {}
        # Where what stands under each heading ends.
        self.ends = [len(self.headed)] * len(self.headed)
        above: list[int] = []
        for index, section in enumerate(self.headed):
            for key in set(section.keys):
                self.by_key.setdefault(key, []).append(index)
            while above and self.headed[above[-1]].level >= section.level:
                self.ends[above.pop()] = index
            above.append(index)

    def find(self, chain: tuple[str, ...]) -> int | None:
        """The ordinal of the section that a chain of headings names: each part under the one
        before. Between two parts other headings may stand; of several the first counts."""
        found = self.trail(chain)
        return found[-1] if found else None

    def trail(self, chain: tuple[str, ...]) -> tuple[int, ...]:
        """The ordinals of the sections that a chain names, one a part; () where it names none."""
        if chain not in self.found:
            found = self._below(0, len(self.headed), chain)
            self.found[chain] = tuple(self.headed[index].ordinal for index in found)
        return self.found[chain]

    def _below(self, start: int, end: int, chain: tuple[str, ...]) -> tuple[int, ...]:
        for index in self._named(chain[0], start, end):
            if len(chain) == 1:
                return (index,)
            found = self._below(index + 1, self.ends[index], chain[1:])
            if found:
                return (index, *found)
        return ()

    def _named(self, name: str, start: int, end: int) -> Sequence[int]:
        """The headings from `start` to `end` that `name` means, in order."""
        found: set[int] = set()
        for key in {heading_key(name), heading_slug(name)}:
            places = self.by_key.get(key, ())
            found.update(places[bisect_left(places, start) : bisect_left(places, end)])
        return sorted(found)
