"""One pass over a note's text: every name that stands in its prose, longest first.

Never inside code, math, links, URLs, HTML, comments, properties and tags. A particle may hang on
a name (`쿠버네티스를`), and an English plural; a name inside another word is none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Self

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from vaultdots.graph.note_names import is_short, spellings
from vaultdots.graph.plurals import plural_tail, plurals
from vaultdots.store.mention_rows import FoundName, NoteText
from vaultdots.text.folding import Folded, fold
from vaultdots.text.hangul import is_particle
from vaultdots.text.late import late

_TOKEN = late(r"[가-힣]+|[a-z][a-z0-9+#]*|\d{2,}")
_TEMPLATE = late(r"\{\{.*?\}\}|\{%.*?%\}")
_ADDRESS = late(r"(?:https?://|www\.)[^\s<>\"'`]+")
_ANCHOR = late(r"<a\b", re.IGNORECASE)
_ANCHOR_END = late(r"</a\s*>", re.IGNORECASE)
_LATIN = late(r"[a-z0-9]+")
_CAPITALS = 2
"""Letters from which capitals may have a plural: `PRs`, `APIs`."""
_LONGEST_HANGUL_TAIL = 8
"""Syllables that particles may take: `에서부터라도` has six."""
_WRAPPED = 32
"""Characters of a line that an editor may have wrapped (Hangul at 72 columns: 36 of them); shorter
lines are a list or a poem, and two of them are no one name."""
_BEFORE = frozenset("@#^\\_")
"""A name after one of these is a handle, a tag, a footnote, a block id, part of an identifier."""
_LIBRARY_ENDING = late(r"\.(?:js|ts|py|rs|io|net)(?![a-z0-9])")
"""`Vue.js` is Vue: an ending that a library's name is written with or without."""

_Match = tuple[int, int, int, int, str]
"""Start and end in the text, how much of it is a plural's ending, which pattern, prose or link."""


class Scanner:
    """Looks for a set of names, and for words to be counted."""

    def __init__(self, keys: Iterable[str], words: Iterable[str] = ()) -> None:
        """keys: names as `note_names.name_key` makes them. words: as `note_profiles` reduces
        them."""
        # Names as they are written come first: where two fit the same words, the first counts.
        ways = sorted((way != key, key, way) for key in keys for way in spellings(key))
        patterns = [way for _, _, way in ways]
        self._keys = [key for _, key, _ in ways]
        self._automaton = _automaton(patterns)
        self._counted = Words(words)

    @classmethod
    def of_texts(cls, keys: Iterable[str], words: Iterable[str], texts: Iterable[str]) -> Self:
        """A scanner that finds in these few texts what one of all names and words finds, and is
        made of those alone that may stand there: 10,000 notes have 20,000 names."""
        text = "\n".join(_squashed(fold(text).text) for text in texts)
        pairs = set(map("".join, pairwise(text)))
        near = [
            key
            for key in keys
            # Most begin as nothing there does; a squashed one may begin otherwise than it is.
            if key[:2] in pairs or not key[:2].isalnum()
            if len(kept := _kept_part(key)) < 2 or (kept[:2] in pairs and kept in text)
        ]
        short = [word for word in words if word.isascii() or len(word) < 2 or word[:2] in pairs]
        return cls(near, short)

    def scan(self, note: NoteText) -> tuple[list[FoundName], set[str]]:
        """(the names that stand in a note's prose, the counted words that stand in its text)."""
        folded = fold(note.text)
        text = folded.text
        words = self._counted.there(text)
        if self._automaton is None:
            return [], words
        zones: _Zones | None = None
        matches: list[_Match] = []
        found = self._automaton.find_matches_as_indexes(_unwrapped(text), overlapping=True)
        for pattern, start, end in found:
            if not _starts_alone(text, start) or not _is_wrapped(text, start, end):
                continue
            begin, close = folded.origin(start, end)
            tail = _end_of_word(text, start, end, note.text[begin : close + 1])
            if tail is None:
                continue
            if is_short(self._keys[pattern]) and not _short_name(note.text, begin, close):
                continue
            if zones is None:
                zones = _Zones(note)
            place = zones.place(begin, close)
            if place is None:
                continue
            matches.append((begin, close + tail, tail, pattern, place))
        return (self._named(note, matches) if matches else []), words

    def _named(self, note: NoteText, matches: list[_Match]) -> list[FoundName]:
        starts = [start for start, _ in note.sections]
        found = []
        for begin, close, _, pattern, place in _longest(matches):
            section = max(0, bisect_right(starts, begin) - 1)
            if place == "prose" and note.sections and begin < note.sections[section][1]:
                place = "heading"
            written = note.text[begin:close]
            cased = written != written.lower()
            found.append(
                FoundName(note.note_id, self._keys[pattern], begin, close, section, place, cased)
            )
        return found


class Words:
    """Words to be counted: Latin ones as whole words or plurals, Hangul ones as part of a word."""

    def __init__(self, words: Iterable[str]) -> None:
        """words: as `cards` reduces them."""
        self._latin: dict[str, str] = {}
        self._hangul: list[str] = []
        for word in sorted(words):
            if word.isascii():
                self._latin[word] = word
                for plural in plurals(word):
                    self._latin.setdefault(plural, word)
            else:
                self._hangul.append(word)
        self._automaton = _automaton(self._hangul)

    def there(self, text: str) -> set[str]:
        """Those that stand in folded text. A word that stands there often is looked at once."""
        tokens = set(_TOKEN.findall(text))
        found = {self._latin[token] for token in tokens & self._latin.keys()}
        if self._automaton is not None:
            runs = " ".join(token for token in tokens if not token.isascii())
            hits = self._automaton.find_matches_as_indexes(runs, overlapping=True)
            found.update(self._hangul[pattern] for pattern in {hit[0] for hit in hits})
        return found


def _automaton(patterns: Sequence[str]) -> AhoCorasick | None:
    if not patterns:
        return None
    return AhoCorasick(
        patterns,
        matchkind=MatchKind.Standard,
        store_patterns=False,
        implementation=Implementation.ContiguousNFA,
    )


def may_hold(folded: Folded, keys: Iterable[str]) -> bool:
    """Whether one of a few names may stand in a text."""
    text = _unwrapped(folded.text)
    return any(spelling in text for key in keys for spelling in spellings(key))


def _kept_part(key: str) -> str:
    """What every spelling of a name has once it is squashed: it without what an English plural
    changes."""
    head, _, last = key.rpartition(" ")
    if not last.isascii():
        return _squashed(key)
    return _squashed(head + last[:_SAME_START] if head else last.removesuffix("y"))


_SAME_START = 2
"""Letters of an English word that its plural begins with, too."""


def _squashed(text: str) -> str:
    """`text` without what spellings of one name differ in."""
    return text.replace(" ", "").replace("-", "").replace("\n", "")


def _unwrapped(text: str) -> str:
    """`text` with its lines joined, its length kept: a hard wrap may go through a name."""
    return text.replace("\n", " ")


def _is_wrapped(text: str, start: int, end: int) -> bool:
    """Whether a line that ends inside of a name is long enough to have been wrapped there."""
    at = text.find("\n", start, end)
    return at < 0 or at - text.rfind("\n", 0, at) > _WRAPPED


def _longest(matches: list[_Match]) -> list[_Match]:
    """The matches without those that overlap a longer one.

    Of equal ones a name as it stands comes before a plural (the note *Plugins* before *Plugin*).
    """
    matches.sort(key=lambda match: (match[0], -match[1], match[2], match[3]))
    kept: list[_Match] = []
    for match in matches:
        if not kept or match[0] >= kept[-1][1]:
            kept.append(match)
        elif match[1] - match[0] > kept[-1][1] - kept[-1][0]:
            kept[-1] = match
    return kept


def _starts_alone(text: str, start: int) -> bool:
    """Whether no word runs into `text[start:]`."""
    if not start:
        return True
    before, first = text[start - 1], text[start]
    if before in _BEFORE or (_is_letter(before) and _same_script(before, first)):
        return False
    if before == "-" and start > 1 and _is_latin(text[start - 2]) and _is_latin(first):
        return False
    return not (before == "." and start > 1 and text[start - 2].isalnum())


def _end_of_word(text: str, start: int, end: int, written: str) -> int | None:
    """How many letters of a plural belong to the name `text[start:end]`; None inside of a word.

    A particle may hang on it. written: the name and the character after it, not folded.
    """
    if end >= len(text):
        return 0
    last, after = text[end - 1], text[end]
    alone = True
    if after in "_@":
        alone = False
    elif "가" <= after <= "힣":
        alone = not "가" <= last <= "힣" or _particles(text, end, last)
    elif _is_letter(after):
        if _same_script(after, last):
            tail = _LATIN.match(text, end)
            plural = tail is not None and _is_plural(text[start:end], tail[0], written)
            return len(tail[0]) if tail is not None and plural else None
    elif after == "-" and end + 1 < len(text):
        alone = not (_is_latin(last) and _is_latin(text[end + 1]))
    elif after == "." and end + 1 < len(text) and _is_latin(text[end + 1]):
        alone = bool(_LIBRARY_ENDING.match(text, end))
    return 0 if alone else None


def _is_plural(name: str, tail: str, written: str) -> bool:
    """Whether a tail makes a plural of a name: `cards`, `processes`, and of capitals `APIs`."""
    if plural_tail(name[max(name.rfind(" "), name.rfind("-")) + 1 :], tail):
        return True
    return tail == "s" == written[-1] and len(name) >= _CAPITALS and written[:-1].isupper()


def _short_name(text: str, begin: int, close: int) -> bool:
    """Whether two Latin letters are written as a name: capitals (`DB`), or `Go` beside Hangul."""
    written = text[begin:close]
    if written.isupper():
        return True
    if not written.istitle():
        return False
    after = text[close : close + 2].removeprefix(" ")[:1]
    before = text[max(0, begin - 2) : begin].removesuffix(" ")[-1:]
    return any("가" <= char <= "힣" for char in (before, after) if char)


def _particles(text: str, end: int, last: str) -> bool:
    """Whether the Hangul after a name is a particle, or two that follow one another."""
    stop = end
    limit = min(len(text), end + _LONGEST_HANGUL_TAIL)
    while stop < limit and "가" <= text[stop] <= "힣":
        stop += 1
    if stop < len(text) and "가" <= text[stop] <= "힣":
        return False
    tail = text[end:stop]
    if is_particle(tail, last):
        return True
    return any(
        is_particle(tail[:cut], last) and is_particle(tail[cut:], tail[cut - 1])
        for cut in range(1, len(tail))
    )


def _is_letter(char: str) -> bool:
    return char.isalnum()


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _same_script(one: str, other: str) -> bool:
    """Hangul beside Latin is a border of words (`API명세`); anything else is one word."""
    return ("가" <= one <= "힣") == ("가" <= other <= "힣")


class _Zones:
    """Where a note's names may be looked for: prose, and the words of links out of the vault."""

    def __init__(self, note: NoteText) -> None:
        blocked = [(start, end) for _, start, end in note.regions]
        blocked += note.tags
        if "{{" in note.text or "{%" in note.text:
            blocked += [match.span() for match in _TEMPLATE.finditer(note.text)]
        if "://" in note.text or "www." in note.text:
            blocked += [match.span() for match in _ADDRESS.finditer(note.text)]
        self.worded: list[tuple[int, int]] = []
        for start, end, external in note.links:
            if external:
                self.worded.append((start, end))
            else:
                blocked.append((start, end))
        for kind, start, end in note.regions:
            if kind == "html" and _ANCHOR.match(note.text, start):
                close = _ANCHOR_END.search(note.text, end)
                if close:
                    self.worded.append((end, close.start()))
        self._starts, self._ends = _merged(blocked)
        self._word_starts, self._word_ends = _merged(self.worded)

    def place(self, start: int, end: int) -> str | None:
        """prose, link, or None where a name is no mention."""
        if _touches(self._starts, self._ends, start, end):
            return None
        return "link" if _touches(self._word_starts, self._word_ends, start, end) else "prose"


def _merged(spans: Iterable[tuple[int, int]]) -> tuple[list[int], list[int]]:
    starts: list[int] = []
    ends: list[int] = []
    for start, end in sorted(spans):
        if ends and start <= ends[-1]:
            ends[-1] = max(ends[-1], end)
        else:
            starts.append(start)
            ends.append(end)
    return starts, ends


def _touches(starts: Sequence[int], ends: Sequence[int], start: int, end: int) -> bool:
    index = bisect_right(starts, start) - 1
    if index >= 0 and ends[index] > start:
        return True
    return index + 1 < len(starts) and starts[index + 1] < end
