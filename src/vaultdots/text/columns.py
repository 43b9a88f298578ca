"""How wide a text stands on a terminal: Hangul and its like take two columns, marks none."""

from __future__ import annotations

from unicodedata import category, east_asian_width


def width(text: str) -> int:
    """How many columns `text` takes."""
    if text.isascii():
        return len(text)
    columns = 0
    for char in text:
        if category(char) in ("Mn", "Me", "Cf"):
            continue
        columns += 2 if east_asian_width(char) in "WF" else 1
    return columns
