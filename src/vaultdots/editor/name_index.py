"""The names that can be completed, matched as people type them.

Kept for the life of an editor: after a sync only the notes that changed are read again. A name is
matched by its folded spelling, by its Hangul letters one after another (a half-typed syllable is
the beginning of one: 도ㅋ and 돜 begin 도커, 골 begins 고라니) and by initial consonants (ㅎㄱ).
"""

from __future__ import annotations

import re
import time
from bisect import bisect_right
from collections.abc import Iterable
from functools import cache, cached_property
from heapq import merge, nlargest, nsmallest
from itertools import accumulate, islice
from math import log
from typing import Literal, NamedTuple

from vaultdots.store.answers import NoteRow
from vaultdots.store.catalog import Catalog
from vaultdots.text.hangul import INITIALS, decompose, initials, is_initial
from vaultdots.text.keyboard import other_layout
from vaultdots.text.names import name_key
from vaultdots.text.transliteration import is_same_word, skeleton

_FEW = 400
"""Up to this many changed notes are read again one by one."""
_APART = (
    "ㅘㅗㅏ ㅙㅗㅐ ㅚㅗㅣ ㅝㅜㅓ ㅞㅜㅔ ㅟㅜㅣ ㅢㅡㅣ ㄳㄱㅅ ㄵㄴㅈ ㄶㄴㅎ ㄺㄹㄱ ㄻㄹㅁ "
    "ㄼㄹㅂ ㄽㄹㅅ ㄾㄹㅌ ㄿㄹㅍ ㅀㄹㅎ ㅄㅂㅅ"
)
_LETTERS = {strokes[0]: strokes[1:] for strokes in _APART.split()}
"""Letters that are typed in two strokes."""
_WORD_START = re.compile(r"[\s\-_./(]")
_FEWEST = {True: 3, False: 2}
"""Letters from which a word is looked for in the other script: a Latin one (True), a Hangul one."""
_DAY_NS = 86_400 * 10**9
_NEW = 2.0
"""What a note of this minute is worth beside its links: as much as six of them, …"""
_HALF_LIFE = 30.0
"""… and half as much after so many days."""


class Name(NamedTuple):
    """A name of a file. via: name, alias, title, attachment, or placeholder (no file is called so).

    key: folded. weight: links and recency, the more the better.
    """

    spelled: str
    key: str
    path: str
    via: str
    kind: str
    weight: float


class _Letters(dict[int, str]):
    """Syllable → the letters that are typed, each taken apart when it is first met."""

    def __missing__(self, code: int) -> str:
        apart = chr(code)
        if "가" <= apart <= "힣":
            apart = "".join(_LETTERS.get(letter, letter) for letter in decompose(apart))
        self[code] = apart
        return apart


class _Initials(dict[int, str]):
    """Syllable → its initial consonant, likewise."""

    def __missing__(self, code: int) -> str:
        self[code] = initials(chr(code))
        return self[code]


_APART_BY_CODE = _Letters({ord(letter): apart for letter, apart in _LETTERS.items()})
_INITIAL_BY_CODE = _Initials()


def letters_of(text: str) -> str:
    """Hangul taken apart into the letters that are typed: 과 → ㄱㅗㅏ; else "" ."""
    if text.isascii():
        return ""
    apart = text.translate(_APART_BY_CODE)
    return apart if any("ㄱ" <= c <= "ㅣ" for c in apart) else ""


def _name(spelled: str, path: str, via: str, kind: str, weight: float) -> Name:
    return Name(spelled, name_key(spelled), path, via, kind, weight)


class NameIndex:
    """Every name of a catalog's files, brought up to it when asked."""

    def __init__(self, catalog: Catalog) -> None:
        """Nothing is read before the first question."""
        self.catalog = catalog
        self._generation = -1
        self._by_id: dict[int, list[Name]] = {}
        self._others: list[Name] = []
        self._links: dict[int, int] = {}
        self._table: _Table | None = None
        self._table_of: tuple[int, frozenset[str]] = (-1, frozenset())

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
                    # A name that no file has comes and goes with the links of any note.
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
                found[key] = Name(name, key, row.path, via, row.kind, weight)
        return list(found.values())

    def _all(self) -> tuple[_Table, _Table]:
        """The names of the files on disk, and those of the notes that are open."""
        self.warm()
        overlaid = self.catalog.overlaid
        if self._table is None or self._table_of != (self._generation, overlaid):
            covered = {row.id for path in overlaid if (row := self.catalog.note(path)) is not None}
            names = [
                name for id_, names in self._by_id.items() if id_ not in covered for name in names
            ]
            self._table = _Table(names + self._others)
            self._table_of = self._generation, overlaid
        open_names = [
            name
            for path in overlaid
            if (row := self.catalog.note(path)) is not None and not row.excluded
            for name in self._names(row)
        ]
        return self._table, _Table(open_names)

    def most_linked(self, count: int) -> list[str]:
        """The notes that most links name."""
        self.warm()
        ids = nlargest(count, self._links, key=lambda id_: self._links[id_])
        return [self._by_id[id_][0].path for id_ in ids if self._by_id.get(id_)]

    def all_names(self, via: frozenset[str]) -> list[Name]:
        """Every name of these ways."""
        return [name for table in self._all() for name in table.names if name.via in via]

    def matching(self, typed: str, limit: int, *, via: frozenset[str] | None = None) -> list[Name]:
        """The names that `typed` may become, the best first; via: only these ways. Below them those
        that are the same word in the other script, where it is typed whole."""
        tables = self._all()
        found = _ranked(tables, typed, limit, via)
        if not found and (other := other_layout(typed)):
            found = _ranked(tables, other, limit, via)
        if len(found) < min(limit, _MANY):
            there = set(found)
            sounding = [
                name
                for table in tables
                for name in table.sounding(typed)
                if name not in there and (via is None or name.via in via)
            ]
            found += nsmallest(limit - len(found), sounding, key=_by_weight)
        return found


_MANY = 10
"""Where so many names begin or hold what is typed, none in the other script is meant."""
_WORDS = re.compile(r"[a-z][a-z0-9+#]*|[가-힣]+")


class _Table:
    """Names, with their spellings side by side in one text: to find those that hold some letters
    is one search in C."""

    def __init__(self, names: list[Name]) -> None:
        self.names = names
        self._joined: dict[str, tuple[str, list[int]]] = {}
        self._by_sound: dict[str, list[tuple[str, Name]]] | None = None

    @cached_property
    def keys(self) -> list[str]:
        """The names' keys, a line each."""
        return [key if "\n" not in key else key.replace("\n", " ") for _, key, *_ in self.names]

    @cached_property
    def letters(self) -> list[str]:
        """The same, Hangul taken apart."""
        return "\n".join(self.keys).translate(_APART_BY_CODE).split("\n")

    @cached_property
    def first(self) -> list[str]:
        """The same, of every syllable its initial consonant."""
        return "\n".join(self.keys).translate(_INITIAL_BY_CODE).split("\n")

    @cached_property
    def by_weight(self) -> list[Name]:
        """All of them, the most linked and newest first."""
        return sorted(self.names, key=_by_weight)

    def holding(self, field: Literal["keys", "letters", "first"], part: str) -> set[int]:
        """The numbers of the names whose `field` holds a part."""
        if field not in self._joined:
            spelled: list[str] = getattr(self, field)
            starts = list(accumulate((len(one) + 1 for one in spelled), initial=0))
            self._joined[field] = "\n".join(spelled), starts
        text, starts = self._joined[field]
        found = set()
        at = text.find(part)
        while at >= 0:
            number = bisect_right(starts, at) - 1
            found.add(number)
            at = text.find(part, starts[number + 1])
        return found

    def sounding(self, typed: str) -> list[Name]:
        """The names that have the word in the other script."""
        word = name_key(typed)
        bones = skeleton(word) if _WORDS.fullmatch(word) else ""
        if not bones or len(word) < _FEWEST[word.isascii()]:
            return []
        if self._by_sound is None:
            self._by_sound = {}
            for name in self.names:
                for other in _WORDS.findall(name.key):
                    if _bones(other):
                        self._by_sound.setdefault(_bones(other), []).append((other, name))
        return [
            name
            for other, name in self._by_sound.get(bones, ())
            if other.isascii() != word.isascii() and is_same_word(word, other)
        ]


@cache
def _bones(word: str) -> str:
    return skeleton(word)


def _ranked(
    tables: Iterable[_Table], typed: str, limit: int, via: frozenset[str] | None
) -> list[Name]:
    key = name_key(typed)
    if not key:
        names = merge(*(table.by_weight for table in tables), key=_by_weight)
        return list(islice((name for name in names if via is None or name.via in via), limit))
    letters = letters_of(key)
    first = key if all(is_initial(c) or c == " " for c in key) else ""
    scored = []
    for table in tables:
        numbers = table.holding("keys", max(key.split(), key=len))
        if letters:
            numbers |= table.holding("letters", letters)
        if first:
            numbers |= table.holding("first", first)
        for number in numbers:
            name = table.names[number]
            if via is not None and name.via not in via:
                continue
            tier = _tier(table, number, key, letters, first)
            if tier is not None:
                scored.append((tier, _VIA[name.via], -name.weight, len(name.key), name))
    return [row[-1] for row in nsmallest(limit, scored)]


_VIA = {"name": 0, "alias": 0, "title": 0, "placeholder": 1, "attachment": 2}


def _by_weight(name: Name) -> tuple[int, float, str]:
    return _VIA[name.via], -name.weight, name.key


def _tier(table: _Table, number: int, key: str, letters: str, first: str) -> int | None:
    """How well a name fits what is typed: 0 is the name itself; None where it does not."""
    there = table.names[number].key
    if first and (at := table.first[number].find(first)) >= 0:
        return 1 if at == 0 else 3
    at = there.find(key)
    if at == 0:
        return 0 if len(there) == len(key) else 1
    if at > 0:
        return 2 if _WORD_START.match(there[at - 1]) else 3
    if letters:
        if table.letters[number].startswith(letters):
            return 1
        if letters in table.letters[number] and _ends_half(key):
            return 4
    words = key.split()
    if len(words) > 1 and all(word in there for word in words):
        return 4
    return None


def _ends_half(key: str) -> bool:
    return bool(key) and (key[-1] in INITIALS or "가" <= key[-1] <= "힣")
