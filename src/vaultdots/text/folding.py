"""Text made comparable, with the way back: one folding for index, query, mentions, names and links.

It is Unicode's NFKC_Casefold (UAX #31, section 5) with four differences, each a table below:

- Hangul compatibility letters stay themselves: ㅎㄱ are initial consonants, not half a syllable;
- Latin and Greek letters and ё lose their accents, every letter its loose ones: é is e;
- letters that Unicode does not take apart are folded by name: ł is l, ø is o, đ is d;
- the points and marks of Arabic and Hebrew, which most people leave out, count for nothing.

Signs that nobody sees (U+200B, U+00AD, U+2060, U+FEFF, variation selectors…) are dropped, a
non-breaking space is a space, half-width kana are whole, ß is ss.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from unicodedata import category, combining, decomposition, normalize

from vaultdots.text.late import late
from vaultdots.text.tuples import NamedTuple

UNSEEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff"
)
"""Unicode's Default_Ignorable_Code_Point (DerivedCoreProperties), as the inside of a class."""
_VOWEL_MARKS = (
    "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"  # Hebrew points and accents
    "\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
    "\u08d3-\u08e1\u08e3-\u08ff"  # Arabic vowels, tatweel, Koranic marks
)
_ACCENTS = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
"""Unicode's blocks of marks that belong to no one script."""
NAMED = {
    "ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d",
    "þ": "th", "ƀ": "b", "ǥ": "g", "ɨ": "i", "ⱥ": "a", "ȼ": "c", "ɇ": "e", "ɉ": "j", "ɍ": "r",
    "ɏ": "y", "ƶ": "z", "ⱦ": "t",
}  # fmt: skip
"""Letters with a stroke or joined, which have no decomposition, as they are typed without."""
_BARE = ((0xC0, 0x24F), (0x370, 0x3FF), (0x451, 0x451), (0x1E00, 0x1FFF))
"""Latin and Greek letters, and ё: their accents are left out where people search. й is a letter."""
_JOINS = (
    "\u1160-\u11ff\u200d\ufe00-\ufe0f\uff9e\uff9f"  # Hangul vowels and finals, emoji, kana marks
    "\u09be\u09d7\u0b3e\u0b56\u0b57\u0bbe\u0bd7\u0cc2\u0cd5\u0cd6\u0d3e\u0d57\u0dcf\u0ddf\u102e"
    "\u1b35\U00011127\U0001133e\U00011357\U000114b0\U000114ba\U000114bd\U000115af\U00011930"
)
"""Characters that may join the one before them though their combining class is 0."""
_PLAIN = (
    "\\x00-\x7f가-힣ㄱ-ㅣㅥ-ㆎ一-鿿㐀-䶵ぁ-ゖァ-ヺー、-〕\u0410-\u044f"
    "–—‘’“”•·←-⇿─-◿☀-➿\U0001f300-\U0001faff"
)
"""Characters that fold to their lower case alone and join nothing: nearly all that is written.
`tests/text/test_folding.py` looks at each of them."""
_SPECIAL = late(f"[^{_PLAIN}]+")
_OTHER = late("[^\\x00-\\x7f가-힣ㄱ-ㅣㅥ-ㆎ–—‘’“”•·←-⇿─-◿☀-➿]")
"""What the most common of those are not. To compile a class takes a step for each of its
characters: Chinese ones are left to `_SPECIAL`."""
_KEPT_JAMO = late("[\u3131-\u3163\u3165-\u318e]")
_DROPPED = late(f"[{UNSEEN}{_VOWEL_MARKS}{_ACCENTS}]")
_ROUNDS = 4
"""Folding again what was folded changes nothing more from here on (`test_folding.py`)."""


class Moved(NamedTuple):
    """A stretch that did not stay as long as it was: [start, end) folded, [first, last) written."""

    start: int
    end: int
    first: int
    last: int


class Folded(NamedTuple):
    """A text folded. moved: the stretches of another length, in order; all else only shifts."""

    text: str
    moved: Sequence[Moved] = ()

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """The span of the written text whose folded form is `text[start:end]`.

        A folded character may stand for several written ones (ㄱ + ㅏ): they are taken whole.
        """
        if not self.moved:
            return start, end
        if start == end:
            at = self._written(start, end=False)
            return at, at
        return self._written(start, end=False), self._written(end - 1, end=True)

    def _written(self, at: int, *, end: bool) -> int:
        """Where the character at `at` begins in the written text, or where it ends."""
        # Of the stretches that begin at `at`, dropped ones come before the one that holds it.
        number = bisect_right(self.moved, at, key=_start_of) - 1
        if number < 0:
            return at + end
        _, stop, first, last = self.moved[number]
        if at < stop:
            return last if end else first
        return last + (at - stop) + end


def _start_of(moved: Moved) -> int:
    return moved.start


def is_plain(text: str) -> bool:
    """Whether folding `text` is but its lower case: every place stays."""
    if text.isascii():
        return True
    at = _OTHER.search(text)
    return at is None or _SPECIAL.search(text, at.start()) is None


def fold(text: str) -> Folded:
    """`text` folded, in one pass. Straße folds to strasse, 한글 (NFD) to 한글, ｶﾞ to ガ."""
    if is_plain(text):
        return Folded(text.lower())
    special = set("".join(_SPECIAL.findall(text)))
    if all(map(_STEADY.__getitem__, special)):
        for sign in special:
            text = text.replace(sign, _TABLE[ord(sign)])
        return Folded(text.lower())
    pieces: list[str] = []
    moved: list[Moved] = []
    done = size = 0
    for run in _SPECIAL.finditer(text):
        first = run.start()
        if first > done and not _STEADY[text[first]]:
            first -= 1
        pieces.append(text[done:first].lower())
        size += first - done
        for start, end in _clusters(text, first, run.end()):
            piece = _TABLE[ord(text[start])] if end == start + 1 else _cluster(text[start:end])
            if len(piece) != 1 or end != start + 1:
                moved.append(Moved(size, size + len(piece), start, end))
            pieces.append(piece)
            size += len(piece)
        done = run.end()
    pieces.append(text[done:].lower())
    return Folded("".join(pieces), moved)


def folded(text: str) -> str:
    """`text` folded, where nobody asks where it came from."""
    return text.lower() if is_plain(text) else fold(text).text


def _joins(char: str) -> bool:
    return combining(char) != 0 or _JOINING.match(char) is not None


def _clusters(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """Each character with those that join it; one that nobody sees may stand between them."""
    while start < stop:
        end = ahead = start + 1
        while ahead < stop:
            if _joins(text[ahead]):
                end = ahead + 1
            elif _DROPPED.match(text[ahead]) is None:
                break
            ahead += 1
        yield start, end
        start = end


_JOINING = late(f"[{_JOINS}]")


@lru_cache(maxsize=1 << 14)
def _cluster(written: str) -> str:
    """One cluster folded: to NFC first, so that a letter and its accent are what one sign is."""
    text = written
    for _ in range(_ROUNDS):
        before = text
        text = _once(text)
        if text == before:
            break
    return text


def _once(text: str) -> str:
    seen = _UNSEEN_SIGN.sub("", text)
    whole = normalize("NFC", "".join(map(_compatible, normalize("NFC", seen))))
    cased = normalize("NFC", whole.casefold())
    bare = "".join(map(_bare, cased))
    return _DROPPED.sub("", bare)


_UNSEEN_SIGN = late(f"[{UNSEEN}]")


def _compatible(char: str) -> str:
    """One character in NFKC; of a half-width Hangul letter the whole one, which NFKC takes on."""
    if _KEPT_JAMO.match(char):
        return char
    if "\uffa1" <= char <= "\uffdc":
        kind, _, code = decomposition(char).partition(" ")
        return chr(int(code, 16)) if kind == "<narrow>" else char
    return normalize("NFKC", char)


def _bare(char: str) -> str:
    """A letter without its accents, where people leave them out."""
    if char in NAMED:
        return NAMED[char]
    if not any(first <= ord(char) <= last for first, last in _BARE):
        return char
    parts = [c for c in normalize("NFD", char) if category(c) != "Mn"]
    return NAMED.get(parts[0], parts[0]) if len(parts) == 1 else char


class _Table(dict[int, str]):
    """Code point → folded, filled as characters are met."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _cluster(chr(code))
        return folded


_TABLE = _Table()


class _Steady(dict[str, bool]):
    """Character → whether it folds to one character, by itself."""

    def __missing__(self, char: str) -> bool:
        piece = _TABLE[ord(char)]
        self[char] = known = len(piece) == 1 and piece.lower() == piece and not _joins(char)
        return known


_STEADY = _Steady()
