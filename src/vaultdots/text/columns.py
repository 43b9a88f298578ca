"""How wide a text stands on a terminal: Hangul and its like take two columns, marks none."""

from __future__ import annotations

from unicodedata import category, east_asian_width


class _Columns(dict[str, int]):
    """Character → columns, of those that were met."""

    def __missing__(self, char: str) -> int:
        if category(char) in ("Mn", "Me", "Cf"):
            columns = 0
        else:
            columns = 2 if east_asian_width(char) in "WF" else 1
        self[char] = columns
        return columns


_columns = _Columns().__getitem__


def width(text: str) -> int:
    """How many columns `text` takes."""
    return len(text) if text.isascii() else sum(map(_columns, text))
