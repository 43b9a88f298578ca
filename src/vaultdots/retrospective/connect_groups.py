"""Groups that a line may name: a tag, a folder or a series that several notes share.

A line that names a group (`this term I took databases`) is about its notes of that time, though no
title of theirs stands there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

from vaultdots.graph.mentions import Mentions
from vaultdots.graph.note_profiles import words_in
from vaultdots.retrospective.concepts import kind_tags
from vaultdots.store.catalog import Catalog
from vaultdots.text.everyday import everydayness
from vaultdots.text.folding import fold
from vaultdots.text.names import name_key

GroupKind = Literal["tag", "folder", "series"]
FEWEST = 3
"""Notes from which a group is one."""
_LARGEST_SHARE = 0.4
"""A group that this much of the vault is in says nothing."""
_LARGE = 12
"""… but not in a vault so small that this many notes are so much of it."""
_EVERYDAY = 0.7
"""A group of which every word is as everyday as this is not named by its words."""
_SERIES = ("series",)
"""Properties that say which series a note belongs to."""


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


class Groups:
    """The groups of a vault, by their words."""

    def __init__(self, catalog: Catalog, mentions: Mentions) -> None:
        """Read the tags, folders and series once."""
        self._by_word: dict[str, list[Group]] = {}
        paths = mentions.paths
        ids = {path: note_id for note_id, path in paths.items()}
        most = max(_LARGE, _LARGEST_SHARE * len(paths))
        for (kind, name), notes in _members(catalog, paths, ids).items():
            if not FEWEST <= len(notes) <= most:
                continue
            last = name.rstrip("/").rpartition("/")[2]
            words = tuple(dict.fromkeys(words_in(fold(last.replace("_", " ")).text)))
            if name_key(last.lstrip("#")) in kind_tags():
                continue  # 회고, 책, 프로젝트: what a note is, not what it is about
            if words and min(map(everydayness, words)) < _EVERYDAY:
                group = Group(kind, name, words, frozenset(notes))
                self._by_word.setdefault(words[0], []).append(group)

    def named(self, words: Iterable[str]) -> list[Group]:
        """The groups that a line with some words names, by kind and name."""
        there = set(words)
        found = [
            group
            for word in there
            for group in self._by_word.get(word, ())
            if there.issuperset(group.words)
        ]
        return sorted(found, key=lambda group: (group.kind != "tag", group.name))


def _members(
    catalog: Catalog, paths: Mapping[int, str], ids: Mapping[str, int]
) -> dict[tuple[GroupKind, str], set[int]]:
    found: dict[tuple[GroupKind, str], set[int]] = {}
    spelled: dict[str, str] = {}
    for key, name, path in catalog.tags():
        if path in ids:
            tag = spelled.setdefault(key, name)
            found.setdefault(("tag", "#" + tag), set()).add(ids[path])
    for note_id, path in paths.items():
        folder = path.rpartition("/")[0]
        if folder:
            found.setdefault(("folder", folder + "/"), set()).add(note_id)
    for note_id, value in catalog.property_values(_SERIES):
        for name in value if isinstance(value, list) else [value]:
            if isinstance(name, str) and name.strip() and note_id in paths:
                found.setdefault(("series", name.strip()), set()).add(note_id)
    return found
