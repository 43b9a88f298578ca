"""Positions in a text: spans in code points, lines and columns that start at 1."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from io import StringIO
from itertools import accumulate

from vaultdots.text.tuples import NamedTuple


class Span(NamedTuple):
    """A half-open stretch of a text, in code points from its first character (a BOM is not one)."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters that the span covers."""
        return text[self.start : self.end]


def in_any(offset: int, spans: Iterable[Span]) -> bool:
    """Whether one of the spans holds the character at `offset`."""
    return any(span.start <= offset < span.end for span in spans)


def line_start(text: str, offset: int) -> int:
    """Where the line begins that holds `offset`: behind the LF or CR before it."""
    return max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1


class Lines(NamedTuple):
    """Where the lines of a text begin.

    A line ends at LF, CRLF or CR and nowhere else (CommonMark 2.1): U+2028, U+0085, VT and FF
    stand inside a line, unlike with `str.splitlines`.
    """

    starts: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> Lines:
        """Index `text`."""
        # StringIO with newline="" cuts at LF, CRLF and CR only, three times as fast as a pattern.
        starts = tuple(accumulate(map(len, StringIO(text, newline="")), initial=0))
        return cls(starts if text.endswith(("\n", "\r")) or not text else starts[:-1])

    def line(self, offset: int) -> int:
        """The 1-based line that holds `offset`."""
        return bisect_right(self.starts, offset)

    def position(self, offset: int) -> tuple[int, int]:
        """The 1-based (line, column) of `offset`, the column in code points."""
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1
