"""Postings waiting to be written to a Whoosh segment, in memory and in order.

Whoosh's own pool keeps each as a tuple, sorts them all and, past its limit, pickles every one to
the disk and back: two thirds of the time of a build. Sections are added in order, so per token they
need no sorting, and as packed numbers and bytes they need a tenth of the room: no limit.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator

Posting = tuple[str, bytes, int, float, bytes | None]
"""Field, token, section (Whoosh's number), weight, places (None: of a field without them)."""


class _Places:
    """The postings of one token. ends: where each one's bytes end in `values`."""

    __slots__ = ("ends", "numbers", "values")

    def __init__(self) -> None:
        self.numbers = array("I")
        self.ends = array("Q")
        self.values = bytearray()


class PostingBuffer:
    """What a Whoosh writer asks of its pool. Every weight is 1: places alone are ranked."""

    def __init__(self) -> None:
        self._fields: dict[str, dict[bytes, _Places]] = {}

    def add(self, posting: Posting) -> None:
        """Take a posting; those of one token come in the order of their sections."""
        field, token, number, _, value = posting
        tokens = self._fields.setdefault(field, {})
        places = tokens.get(token)
        if places is None:
            places = tokens[token] = _Places()
        places.numbers.append(number)
        places.values += value or b""
        places.ends.append(len(places.values))

    def iter_postings(self) -> Iterator[Posting]:
        """Every posting, by field, token and section."""
        for field, tokens in sorted(self._fields.items()):
            for token in sorted(tokens):
                places = tokens[token]
                values, start = bytes(places.values), 0
                for number, end in zip(places.numbers, places.ends, strict=True):
                    yield field, token, number, 1.0, values[start:end]
                    start = end

    def cleanup(self) -> None:
        """Let go of everything."""
        self._fields.clear()
