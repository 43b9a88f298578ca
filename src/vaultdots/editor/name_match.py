"""Names as people type them: which ones fit what is typed, and how well.

A name is matched by its folded spelling, by its Hangul letters one after another (a half-typed
syllable is the beginning of one: 도ㅋ and 돜 begin 도커, 골 begins 고라니), by initial consonants
(ㅎㄱ), and as the same word in the other script (도커, Docker).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from heapq import merge, nsmallest
from itertools import accumulate, islice
from typing import Literal

from vaultdots.text.hangul import INITIALS, decompose, initials, is_initial
from vaultdots.text.names import name_key
from vaultdots.text.tuples import NamedTuple

_APART = (
    "ㅘㅗㅏ ㅙㅗㅐ ㅚㅗㅣ ㅝㅜㅓ ㅞㅜㅔ ㅟㅜㅣ ㅢㅡㅣ ㄳㄱㅅ ㄵㄴㅈ ㄶㄴㅎ ㄺㄹㄱ ㄻㄹㅁ "
    "ㄼㄹㅂ ㄽㄹㅅ ㄾㄹㅌ ㄿㄹㅍ ㅀㄹㅎ ㅄㅂㅅ"
)
_LETTERS = {strokes[0]: strokes[1:] for strokes in _APART.split()}
"""Letters that are typed in two strokes."""
_WORD_START = re.compile(r"[\s\-_./(]")
_FEWEST = {True: 3, False: 2}
"""Letters from which a word is looked for in the other script: a Latin one (True), a Hangul one."""
_A_STEP = 1000
"""Names whose sounds are learnt at one go: five milliseconds."""
_WORDS = re.compile(r"[a-z][a-z0-9+#]*|[가-힣]+")


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


class Sought(NamedTuple):
    """What is typed: folded, as letters one after another, as initial consonants; "" where it is
    none of that kind."""

    key: str
    letters: str
    first: str


def sought_in(typed: str) -> Sought:
    """What is typed, in the ways in which names are matched."""
    key = name_key(typed)
    is_first = all(is_initial(c) or c == " " for c in key)
    return Sought(key, letters_of(key), key if is_first else "")


Field = Literal["keys", "letters", "first"]
FIELDS: tuple[Field, ...] = ("keys", "letters", "first")
"""The ways in which names are spelled to be found."""


class Spellings:
    """Names' keys side by side in one text: to find those that hold some letters is one search in
    C."""

    def __init__(self, keys: list[str]) -> None:
        self.keys = [key if "\n" not in key else key.replace("\n", " ") for key in keys]
        self._joined: dict[str, tuple[str, list[int]]] = {}

    @cached_property
    def _hangul(self) -> list[str]:
        """The keys that may have Hangul; the others blank."""
        return ["" if key.isascii() else key for key in self.keys]

    @cached_property
    def letters(self) -> list[str]:
        """The keys, Hangul taken apart."""
        return "\n".join(self._hangul).translate(_APART_BY_CODE).split("\n")

    @cached_property
    def first(self) -> list[str]:
        """The same, of every syllable its initial consonant."""
        return "\n".join(self._hangul).translate(_INITIAL_BY_CODE).split("\n")

    def candidates(self, sought: Sought) -> set[int]:
        """The numbers of the keys that may hold what is typed."""
        numbers = self.holding("keys", max(sought.key.split(), key=len))
        if sought.letters:
            numbers |= self.holding("letters", sought.letters)
        if sought.first:
            numbers |= self.holding("first", sought.first)
        return numbers

    def beginning(self, sought: Sought) -> set[int]:
        """The numbers of the keys that begin with what is typed, in any way: no other fits as
        well."""
        numbers = self.holding("keys", "\n" + sought.key)
        if sought.letters:
            numbers |= self.holding("letters", "\n" + sought.letters)
        if sought.first:
            numbers |= self.holding("first", "\n" + sought.first)
        return numbers

    def holding(self, field: Field, part: str) -> set[int]:
        """The numbers of the keys whose `field` holds a part; begins with it where a line's end
        stands before it."""
        text, starts = self.side_by_side(field)
        found = set()
        at = text.find(part)
        while at >= 0:
            number = bisect_right(starts, at) - 1
            found.add(number)
            at = text.find(part, starts[number + 1])
        return found

    def side_by_side(self, field: Field) -> tuple[str, list[int]]:
        """One way of spelling the keys in one text, and where each begins in it."""
        if field not in self._joined:
            spelled: list[str] = getattr(self, field)
            starts = list(accumulate((len(one) + 1 for one in spelled), initial=0))
            self._joined[field] = "\n".join(("", *spelled)), starts
        return self._joined[field]

    def sounding_like(self, typed: str) -> set[int]:
        """The numbers of the keys that may hold the word in the other script."""
        word, bones = _spoken(typed)
        words = set(_WORDS.findall("\n".join(self.keys))) if bones else set()
        alike = (other for other in words if _bones(other) == bones and _is_same(word, other))
        return set().union(*(self.holding("keys", other) for other in alike))


class Table(Spellings):
    """Names with their spellings."""

    def __init__(self, names: list[Name]) -> None:
        super().__init__([name.key for name in names])
        self.names = names
        self.hidden: frozenset[str] = frozenset()
        """The notes whose names do not count at present: they are open, and may be others."""
        self._by_sound: dict[str, list[tuple[str, Name]]] | None = None

    def shows(self, name: Name) -> bool:
        """Whether a name counts at present."""
        return name.path not in self.hidden or name.via in _OF_NO_NOTE

    def _counts(self, name: Name, via: frozenset[str] | None) -> bool:
        """Whether a name counts at present, and is one of these ways."""
        return (via is None or name.via in via) and self.shows(name)

    @cached_property
    def _by_weight(self) -> list[Name]:
        return sorted(self.names, key=by_weight)

    def by_weight(self) -> Iterator[Name]:
        """All of them, the most linked and newest first."""
        return filter(self.shows, self._by_weight)

    @cached_property
    def places(self) -> list[int]:
        """Of each name its place among all, were they to fit equally well."""
        places = [0] * len(self.names)
        ordered = sorted(range(len(self.names)), key=lambda n: _among_equals(self.names[n]))
        for place, number in enumerate(ordered):
            places[number] = place
        return places

    def fitting(self, sought: Sought, limit: int, via: frozenset[str] | None) -> list[_Fit]:
        """The names that fit what is typed, those that come first among them, until no other can be
        among the first `limit`: thousands may hold what is typed."""
        found: list[_Fit] = []
        sure = 0
        for best, numbers in enumerate(self._groups(sought)):
            for number in sorted(numbers, key=self.places.__getitem__):
                name = self.names[number]
                if not self._counts(name, via):
                    continue
                tier = tier_of(self, number, sought)
                if tier is None:
                    continue
                found.append((tier, *_among_equals(name)))
                sure += tier <= best
                if sure >= limit:
                    return found
        return found

    def _groups(self, sought: Sought) -> Iterator[set[int]]:
        """The numbers of the names that may be of tier 0, of tier 1, and of any other."""
        begun = self.beginning(sought)
        exact = {number for number in begun if self.keys[number] == sought.key}
        yield exact
        yield begun - exact
        yield self.candidates(sought) - begun

    @cached_property
    def _by_letter(self) -> dict[tuple[str, int], list[int]]:
        """(letter, n) → the numbers of the keys that have it n times or more."""
        found: dict[tuple[str, int], list[int]] = {}
        for number, key in enumerate(self.keys):
            times: dict[str, int] = {}
            for letter in key:
                times[letter] = times.get(letter, 0) + 1
                found.setdefault((letter, times[letter]), []).append(number)
        return found

    def alike(self, key: str, least: float) -> list[Name]:
        """The names that have enough letters of `key`, in any order: `SequenceMatcher.quick_ratio`
        of the two is `least` or more. Of ten thousand names it takes forty milliseconds, one by
        one."""
        common: Counter[int] = Counter()
        times: dict[str, int] = {}
        for letter in key:
            times[letter] = times.get(letter, 0) + 1
            common.update(self._by_letter.get((letter, times[letter]), ()))
        size = len(key)
        return [
            self.names[number]
            for number, shared in common.items()
            if 2 * shared >= least * (size + len(self.keys[number]))
            and self.shows(self.names[number])
        ]

    def read_sounds(self) -> Iterator[None]:
        """Learn how the names' words sound, in steps: of ten thousand names it takes a tenth of a
        second."""
        found: dict[str, list[tuple[str, Name]]] = {}
        for number, name in enumerate(self.names, start=1):
            for other in _WORDS.findall(name.key):
                if bones := _bones(other):
                    found.setdefault(bones, []).append((other, name))
            if number % _A_STEP == 0:
                yield
        self._by_sound = found

    def sounding(self, typed: str) -> list[Name]:
        """The names that have the word in the other script."""
        word, bones = _spoken(typed)
        if not bones:
            return []
        if self._by_sound is None:
            deque(self.read_sounds(), 0)
        assert self._by_sound is not None
        return [
            name
            for other, name in self._by_sound.get(bones, ())
            if self.shows(name) and _is_same(word, other)
        ]


def _spoken(typed: str) -> tuple[str, str]:
    """One word that is typed whole, and its consonants; "" where it is none, or too short."""
    word = name_key(typed)
    bones = _bones(word) if _WORDS.fullmatch(word) else ""
    return word, bones if len(word) >= _FEWEST[word.isascii()] else ""


def _is_same(word: str, other: str) -> bool:
    from vaultdots.text.transliteration import is_same_word

    return other.isascii() != word.isascii() and is_same_word(word, other)


@cache
def _bones(word: str) -> str:
    from vaultdots.text.transliteration import skeleton  # seldom wanted, and slow to load

    return skeleton(word)


def ranked(
    tables: Iterable[Table], typed: str, limit: int, via: frozenset[str] | None
) -> list[Name]:
    """The names of some tables that `typed` may become, the best first; via: only these ways."""
    sought = sought_in(typed)
    if not sought.key:
        names = merge(*(table.by_weight() for table in tables), key=by_weight)
        return list(islice((name for name in names if via is None or name.via in via), limit))
    found = (row for table in tables for row in table.fitting(sought, limit, via))
    return [row[-1] for row in nsmallest(limit, found)]


_OF_NO_NOTE = ("placeholder", "attachment")
_VIA = {"name": 0, "alias": 0, "title": 0, "placeholder": 1, "attachment": 2}


_Fit = tuple[int, int, float, int, Name]
"""A name that fits, after its tier and its place among those of that tier."""


def _among_equals(name: Name) -> tuple[int, float, int, Name]:
    """The order of names that fit equally well."""
    return _VIA[name.via], -name.weight, len(name.key), name


def by_weight(name: Name) -> tuple[int, float, str]:
    """The order of names of which nothing is typed yet."""
    return _VIA[name.via], -name.weight, name.key


def tier_of(table: Spellings, number: int, sought: Sought) -> int | None:
    """How well a name fits what is typed: 0 is the name itself, 1 begins so, 2 has a word that
    begins so; None where it does not fit."""
    key, letters, first = sought
    there = table.keys[number]
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
