"""Groups that a line may name: a tag, a folder or a series that several notes share.

A line that names a group (`this term I took databases`) is about its notes of that time, though no
title of theirs stands there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Literal

from vaultdots.graph.mentions import Mentions
from vaultdots.graph.note_profiles import words_in
from vaultdots.retrospective.tags import kind_tags
from vaultdots.store.answers import SERIES
from vaultdots.store.catalog import Catalog
from vaultdots.text.everyday import everydayness
from vaultdots.text.folding import fold
from vaultdots.text.names import name_key
from vaultdots.text.tuples import NamedTuple

GroupKind = Literal["tag", "folder", "series"]
FEWEST = 3
"""Notes from which a group is one."""
_LARGEST_SHARE = 0.4
"""A group that this much of the vault is in says nothing."""
_LARGE = 12
"""… but not in a vault so small that this many notes are so much of it."""
_EVERYDAY = 0.7
"""A group of which every word is as everyday as this is not named by its words."""


class Group(NamedTuple):
    """A tag, folder or series. words: reduced, all must stand in a line; notes: ids."""

    kind: GroupKind
    name: str
    words: tuple[str, ...]
    notes: frozenset[int]

    @property
    def telling(self) -> float:
        """0–1: how little everyday its least everyday word is."""
        return 1.0 - min(map(everydayness, self.words))


class _Known(NamedTuple):
    """A group whose notes were not looked up. key: of a tag; of others the name."""

    kind: GroupKind
    key: str
    name: str
    words: tuple[str, ...]


class Groups:
    """The groups of a vault, by their words; the notes of one are looked up when it is named."""

    def __init__(self, catalog: Catalog, mentions: Mentions) -> None:
        """Count the notes of the tags, folders and series once."""
        self._catalog = catalog
        self._paths = mentions.paths
        self._by_word: dict[str, list[_Known]] = {}
        self._found: dict[_Known, Group] = {}
        self._series = _series(catalog, self._paths)
        most = max(_LARGE, _LARGEST_SHARE * len(self._paths))
        folders = Counter(path.rpartition("/")[0] for path in self._paths.values())
        sizes: list[tuple[GroupKind, str, str, int]] = [
            *(("tag", key, "#" + name, size) for key, name, size in catalog.tag_sizes()),
            *(("folder", name, name + "/", size) for name, size in folders.items() if name),
            *(("series", name, name, len(notes)) for name, notes in self._series.items()),
        ]
        for kind, key, name, size in sizes:
            if not FEWEST <= size <= most:
                continue
            last = name.rstrip("/").rpartition("/")[2]
            words = tuple(dict.fromkeys(words_in(fold(last.replace("_", " ")).text)))
            if name_key(last.lstrip("#")) in kind_tags():
                continue  # 회고, 책, 프로젝트: what a note is, not what it is about
            if words and min(map(everydayness, words)) < _EVERYDAY:
                known = _Known(kind, key, name, words)
                self._by_word.setdefault(words[0], []).append(known)

    def named(self, words: Iterable[str]) -> list[Group]:
        """The groups that a line with some words names, by kind and name."""
        there = set(words)
        found = [
            known
            for word in there
            for known in self._by_word.get(word, ())
            if there.issuperset(known.words)
        ]
        found.sort(key=lambda known: (known.kind != "tag", known.name))
        return [self._group(known) for known in found]

    def _group(self, known: _Known) -> Group:
        if known not in self._found:
            if known.kind == "tag":
                notes = self._catalog.ids_tagged(known.key)
            elif known.kind == "folder":
                notes = frozenset(
                    note_id
                    for note_id, path in self._paths.items()
                    if path.rpartition("/")[0] == known.key
                )
            else:
                notes = frozenset(self._series[known.key])
            self._found[known] = Group(known.kind, known.name, known.words, notes)
        return self._found[known]


def _series(catalog: Catalog, paths: Mapping[int, str]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for note_id, value in catalog.property_values(SERIES):
        for name in value if isinstance(value, list) else [value]:
            if isinstance(name, str) and name.strip() and note_id in paths:
                found.setdefault(name.strip(), set()).add(note_id)
    return found
