"""The names that can be completed, matched as people type them.

Kept for the life of an editor: after a sync only the notes that changed are read again. A name is
matched by its folded spelling, by its Hangul letters one after another (a half-typed syllable is
the beginning of one: 도ㅋ and 돜 begin 도커, 골 begins 고라니) and by initial consonants (ㅎㄱ).
"""

from __future__ import annotations

import re
import time
from functools import cache
from heapq import nsmallest
from math import log
from typing import NamedTuple

from vaultdots.store.answers import NoteRow
from vaultdots.store.catalog import Catalog
from vaultdots.text.hangul import INITIALS, decompose, initials, is_initial
from vaultdots.text.keyboard import other_layout
from vaultdots.text.names import name_key

_FEW = 400
"""Up to this many changed notes are read again one by one."""
_APART = (
    "ㅘㅗㅏ ㅙㅗㅐ ㅚㅗㅣ ㅝㅜㅓ ㅞㅜㅔ ㅟㅜㅣ ㅢㅡㅣ ㄳㄱㅅ ㄵㄴㅈ ㄶㄴㅎ ㄺㄹㄱ ㄻㄹㅁ "
    "ㄼㄹㅂ ㄽㄹㅅ ㄾㄹㅌ ㄿㄹㅍ ㅀㄹㅎ ㅄㅂㅅ"
)
_LETTERS = {strokes[0]: strokes[1:] for strokes in _APART.split()}
"""Letters that are typed in two strokes."""
_WORD_START = re.compile(r"[\s\-_./(]")
_DAY_NS = 86_400 * 10**9
_NEW = 2.0
"""What a note of this minute is worth beside its links: as much as six of them, …"""
_HALF_LIFE = 30.0
"""… and half as much after so many days."""


class Name(NamedTuple):
    """A name of a file. via: name, alias, title, attachment, or placeholder (no file is called so).

    key: folded. letters: the key's Hangul taken apart, first: its initial consonants, both "" where
    it has none. weight: links and recency, the more the better.
    """

    spelled: str
    key: str
    letters: str
    first: str
    path: str
    via: str
    kind: str
    weight: float


@cache
def _letter_table() -> dict[int, str]:
    table = {}
    for code in range(ord("가"), ord("힣") + 1):
        table[code] = "".join(_LETTERS.get(letter, letter) for letter in decompose(chr(code)))
    return table | {ord(letter): apart for letter, apart in _LETTERS.items()}


def letters_of(text: str) -> str:
    """Hangul taken apart into the letters that are typed: 과 → ㄱㅗㅏ; else "" ."""
    if text.isascii():
        return ""
    apart = text.translate(_letter_table())
    return apart if any("ㄱ" <= c <= "ㅣ" for c in apart) else ""


def _name(spelled: str, path: str, via: str, kind: str, weight: float) -> Name:
    key = name_key(spelled)
    letters = letters_of(key)
    return Name(spelled, key, letters, initials(key) if letters else "", path, via, kind, weight)


class NameIndex:
    """Every name of a catalog's files, brought up to it when asked."""

    def __init__(self, catalog: Catalog) -> None:
        """Nothing is read before the first question."""
        self.catalog = catalog
        self._generation = -1
        self._by_id: dict[int, list[Name]] = {}
        self._others: list[Name] = []
        self._links: dict[int, int] = {}

    def warm(self) -> None:
        """Read the names now, so that the first completion is as fast as the others."""
        catalog = self.catalog
        generation = catalog.generation
        if generation == self._generation:
            return
        with catalog.on_disk():
            if self._generation < 0 or catalog.epoch > self._generation:
                self._read_all()
            else:
                changes = catalog.changed_notes(self._generation)
                if len(changes.updated) + len(changes.removed) > _FEW:
                    self._read_all()
                else:
                    for note_id in (*changes.updated, *changes.removed):
                        self._by_id.pop(note_id, None)
                    for row in catalog.notes_by_id(changes.updated):
                        self._by_id[row.id] = self._names(row)
                    if changes.removed:
                        self._read_others()
        self._generation = generation

    def _read_all(self) -> None:
        rows = self.catalog.notes()
        self._links = self.catalog.link_counts(row.id for row in rows)
        self._by_id = {row.id: self._names(row) for row in rows}
        self._read_others()

    def _read_others(self) -> None:
        self._others = [
            _name(file, path, "attachment", "attachment", 0)
            for path in self.catalog.attachments()
            for file in (path.rpartition("/")[2],)
        ]
        for target, count in self.catalog.unnamed_targets():
            weight = log(1 + count)
            self._others.append(_name(target, target, "placeholder", "placeholder", weight))

    def _names(self, row: NoteRow) -> list[Name]:
        age = max(0, time.time_ns() - row.mtime_ns) / _DAY_NS
        weight = log(1 + self._links.get(row.id, 0)) + _NEW * 0.5 ** (age / _HALF_LIFE)
        stem = row.path.rpartition("/")[2].rsplit(".", 1)[0]
        spelled = [("name", stem), *(("alias", alias) for alias in row.aliases)]
        spelled.append(("title", row.title))
        found: dict[str, Name] = {}
        for via, name in spelled:
            key = name_key(name)
            if key and key not in found:
                found[key] = _name(name, row.path, via, row.kind, weight)
        return list(found.values())

    def _all(self) -> list[Name]:
        self.warm()
        covered = {}
        for path in self.catalog.overlaid:
            row = self.catalog.note(path)
            if row is not None:
                covered[row.id] = [] if row.excluded else self._names(row)
        found = [
            name
            for note_id, names in (self._by_id | covered if covered else self._by_id).items()
            for name in names
        ]
        return found + self._others

    def all_names(self, via: frozenset[str]) -> list[Name]:
        """Every name of these ways."""
        return [name for name in self._all() if name.via in via]

    def matching(self, typed: str, limit: int, *, via: frozenset[str] | None = None) -> list[Name]:
        """The names that `typed` may become, the best first; via: only these ways."""
        names = self._all()
        if via is not None:
            names = [name for name in names if name.via in via]
        found = self._ranked(names, typed, limit)
        if not found and (other := other_layout(typed)):
            found = self._ranked(names, other, limit)
        return found

    def _ranked(self, names: list[Name], typed: str, limit: int) -> list[Name]:
        key = name_key(typed)
        if not key:
            return nsmallest(limit, names, key=_by_weight)
        letters = letters_of(key)
        first = key if all(is_initial(c) or c == " " for c in key) else ""
        scored = []
        for name in names:
            tier = _tier(name, key, letters, first)
            if tier is not None:
                scored.append((tier, _VIA[name.via], -name.weight, len(name.key), name))
        return [row[-1] for row in nsmallest(limit, scored)]


_VIA = {"name": 0, "alias": 0, "title": 0, "placeholder": 1, "attachment": 2}


def _by_weight(name: Name) -> tuple[int, float, str]:
    return _VIA[name.via], -name.weight, name.key


def _tier(name: Name, key: str, letters: str, first: str) -> int | None:
    """How well a name fits what is typed: 0 is the name itself; None where it does not."""
    there = name.key
    if first and name.first and (at := name.first.find(first)) >= 0:
        return 1 if at == 0 else 3
    at = there.find(key)
    if at == 0:
        return 0 if len(there) == len(key) else 1
    if at > 0:
        return 2 if _WORD_START.match(there[at - 1]) else 3
    if letters and name.letters:
        if name.letters.startswith(letters):
            return 1
        if letters in name.letters and _ends_half(key):
            return 4
    words = key.split()
    if len(words) > 1 and all(word in there for word in words):
        return 4
    return None


def _ends_half(key: str) -> bool:
    return bool(key) and (key[-1] in INITIALS or "가" <= key[-1] <= "힣")
