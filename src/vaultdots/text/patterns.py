"""Long lists of patterns of which few match any one text.

A pattern made of words needs some of its literals in the text: where none of them stands there, it
is neither tried nor even compiled. All literals of a list are looked for in one pass over a text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from vaultdots.text.tuples import NamedTuple

_TOKEN = re.compile(
    r"[^\\\[\](){}|.^$*+?<]+(?![*+?{])|\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\(\?<?[=!]|\(\?P<\w+>"
    r"|\(\?[a-z-]*:|[*+?]\??|\{\d*,?\d*\}\??|<\w>|.",
    re.DOTALL,
)
_TEXTS = 4_096
"""Texts whose literals are kept: a review's sentences are asked for by many lists."""

Needs = frozenset[str]
"""Literals: every text that matches holds one of them. Empty: nothing is known."""


class Alternative(NamedTuple):
    """One of the alternatives of a pattern."""

    pattern: str
    needs: Needs


def alternatives(pattern: str) -> list[Alternative]:
    """The alternatives of a pattern, with what each needs; one where it has groups to be read."""
    tokens = _TOKEN.findall(pattern)
    found, _ = _read(tokens, 0)
    if "(" in tokens or "(?P<" in pattern:
        return [Alternative(pattern, _any([needs for _, needs in found]))]
    return found


def _read(tokens: Sequence[str], at: int) -> tuple[list[Alternative], int]:
    """The alternatives from a place to the end of its group, and where that is."""
    found: list[Alternative] = []
    start, run, best, length = at, "", _NOTHING, 0
    last = len(tokens)
    while True:
        token = tokens[at] if at < last else ")"
        if token == "|" or token == ")":
            if len(run) > length:
                best = Needs((run,))
            found.append(Alternative("".join(tokens[start:at]), best))
            if token == ")":
                return found, at
            at += 1
            start, run, best, length = at, "", _NOTHING, 0
            continue
        first, inner, letters = token[0], _NOTHING, ""
        if first == "(":
            within, at = _read(tokens, at + 1)
            if token[-1] != "!":
                inner = _any([needs for _, needs in within])
        elif first == "[":
            inner = _of_class(token)
        elif first == "\\":
            letters = "" if token[1].isalnum() else token[1]
        elif token not in _ANY and (first != "<" or len(token) == 1):
            letters = token
        at += 1
        after = tokens[at] if at < last else ""
        if after and after[0] in _REPEATS:
            at += 1
            if after[0] in "*?" or after.startswith(("{0", "{,")):
                inner, letters = _NOTHING, ""
        else:
            after = ""
        run += letters
        if after or not letters:
            if len(run) > length:
                best, length = Needs((run,)), len(run)
            run = ""
        # A long literal is a rare one, and one is rarer than any of several.
        if inner and (size := min(map(len, inner))) > length:
            best, length = inner, size


_NOTHING = Needs()
_REPEATS = "*+?{"
_ANY = (".", "^", "$")
_FEW = 12
"""Characters of a class that are looked for one by one."""


def _of_class(token: str) -> Needs:
    few = token[1:-1]
    plain = len(few) <= _FEW and few[0] != "^" and "\\" not in few and "-" not in few
    return Needs(few) if plain else _NOTHING


def _any(each: Sequence[Needs]) -> Needs:
    """What one of several needs; nothing where one of them needs nothing."""
    return _NOTHING.union(*each) if all(each) else _NOTHING


class PatternList:
    """Patterns that are looked for together."""

    def __init__(self, words: Sequence[str], spelled: Callable[[str], str]) -> None:
        """spelled: a pattern as it is compiled, case aside, of one of the alternatives of
        `words`."""
        self._spelled = spelled
        self._all: list[str] = []
        self._of: dict[str, list[int]] = {}
        self._always: set[int] = set()
        needing: dict[str, set[int]] = {}
        for word in words:
            if word in self._of:
                continue
            self._of[word] = []
            for pattern, needs in alternatives(word):
                number = len(self._all)
                self._all.append(pattern)
                self._of[word].append(number)
                if not needs:
                    self._always.add(number)
                for literal in needs:
                    needing.setdefault(literal.lower(), set()).add(number)
        self._needing = [*needing.values()]
        self._literals = AhoCorasick(
            [*needing],
            matchkind=MatchKind.Standard,
            store_patterns=False,
            implementation=Implementation.ContiguousNFA,
        )
        self.there = lru_cache(_TEXTS)(self._there)
        self.compiled = cache(self._compiled)

    def of(self, words: Sequence[str]) -> Patterns:
        """Some of the list's patterns as one."""
        return Patterns(self, [number for word in words for number in self._of[word]])

    def _there(self, text: str) -> frozenset[int]:
        """Those that may match a text."""
        hits = self._literals.find_matches_as_indexes(text.lower(), overlapping=True)
        needing = self._needing
        return frozenset(self._always.union(*(needing[n] for n in {hit[0] for hit in hits})))

    def _compiled(self, number: int) -> re.Pattern[str]:
        return re.compile(self._spelled(self._all[number]), re.IGNORECASE)


class Patterns:
    """Any of a few patterns: what `re.compile("one|another")` finds, in the same places."""

    def __init__(self, among: PatternList, numbers: Sequence[int]) -> None:
        self._among = among
        self._numbers = frozenset(numbers)

    def _near(self, text: str) -> list[re.Pattern[str]]:
        there = self._among.there(text)
        if self._numbers.isdisjoint(there):
            return []
        return [self._among.compiled(number) for number in sorted(self._numbers & there)]

    def search(self, text: str, pos: int = 0) -> re.Match[str] | None:
        """The first match at or behind a place."""
        found: re.Match[str] | None = None
        for pattern in self._near(text):
            match = pattern.search(text, pos)
            # Of two in one place the first pattern counts, as in an alternation.
            if match is not None and (found is None or match.start() < found.start()):
                found = match
        return found

    def match(self, text: str) -> re.Match[str] | None:
        """The match at a text's beginning."""
        return next((m for p in self._near(text) if (m := p.match(text)) is not None), None)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """The match of a whole text."""
        return next((m for p in self._near(text) if (m := p.fullmatch(text)) is not None), None)

    def finditer(self, text: str, pos: int = 0) -> Iterator[re.Match[str]]:
        """All matches that do not overlap, in order."""
        next_of = [(p, p.search(text, pos)) for p in self._near(text)]
        while True:
            ahead = [
                (pattern, pattern.search(text, pos) if match.start() < pos else match)
                for pattern, match in next_of
                if match is not None
            ]
            next_of = [(pattern, match) for pattern, match in ahead if match is not None]
            if not next_of:
                return
            first = min((m for _, m in next_of if m is not None), key=lambda match: match.start())
            yield first
            pos = max(first.end(), first.start() + 1)

    def last_end(self, text: str) -> int:
        """Where the last match ends, -1 without one."""
        return max((match.end() for match in self.finditer(text)), default=-1)

    def sub(self, by: str, text: str) -> str:
        """A text with each match replaced."""
        return by.join(self.split(text))

    def split(self, text: str) -> list[str]:
        """What stands between the matches."""
        parts, end = [], 0
        for match in self.finditer(text):
            parts.append(text[end : match.start()])
            end = match.end()
        return [*parts, text[end:]]
