"""Text made comparable, with the way back: NFC and case-folded, offsets kept."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import combining, is_normalized, normalize


@dataclass(frozen=True, slots=True)
class Folded:
    """A text folded. starts: where each folded character came from; None where nothing moved."""

    text: str
    starts: Sequence[int] | None = None

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """The span of the written text whose folded form is `text[start:end]`."""
        if self.starts is None:
            return start, end
        last = self.starts[end - 1]
        # A folded character may stand for several written ones (ㄱ + ㅏ): take them all.
        return self.starts[start], self.starts[bisect_right(self.starts, last, lo=end - 1)]


def fold(text: str) -> Folded:
    """`text` in NFC and case-folded, one pass. Straße folds to strasse, 한글 (NFD) to 한글."""
    if text.isascii():
        return Folded(text.lower())
    if is_normalized("NFC", text):
        folded = text.casefold()
        if len(folded) == len(text) and is_normalized("NFC", folded):
            return Folded(folded)
    pieces: list[str] = []
    starts: list[int] = []
    start = 0
    size = len(text)
    while start < size:
        end = start + 1
        while end < size and _continues(text[end]):
            end += 1
        piece = normalize("NFC", normalize("NFC", text[start:end]).casefold())
        pieces.append(piece)
        starts += [start] * len(piece)
        start = end
    starts.append(size)
    return Folded("".join(pieces), starts)


def _continues(char: str) -> bool:
    """Whether `char` can join the one before it in NFC: an accent, a Hangul vowel or final."""
    return combining(char) != 0 or "\u1160" <= char <= "\u11ff"
