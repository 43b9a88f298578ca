"""Reference definitions: `[label]: address "title"`, one or more at a paragraph's head."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_DEFINITION = re.compile(
    r"[ \t]*\[(?!\^)((?:[^\[\]\\]|\\.){1,999})\]:[ \t]*+(?:\r\n?|\n)?[ \t]*+"
    r"(?:<((?:[^<>\\\r\n]|\\.)*)>|([^\s<]\S*))"
    r"(?:(?:[ \t]++(?:(?:\r\n?|\n)[ \t]*+)?+|(?:\r\n?|\n)[ \t]*+)"
    r"(?:\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|\((?:[^()\\]|\\.)*\)))?"
    r"[ \t]*+(?=\r|\n|$)"
)
_GAP = re.compile(r"[\r\n \t>]*")


class Definition(NamedTuple):
    """A definition as written. end: where what follows it begins, quote marks passed over."""

    label: str
    address: str
    end: int


def read_definitions(text: str, start: int, end: int) -> Iterator[Definition]:
    """The definitions that the paragraph at `start` begins with (CommonMark 4.7)."""
    while match := _DEFINITION.match(text, start, end):
        gap = _GAP.match(text, match.end(), end)
        start = gap.end() if gap else match.end()
        yield Definition(match[1], match[2] if match[2] is not None else match[3], start)


def only_definitions(text: str, start: int, end: int) -> bool:
    """Whether the paragraph at `start` holds definitions and no more."""
    last = start
    for definition in read_definitions(text, start, end):
        last = definition.end
    return last > start and not text[last:end].strip()
