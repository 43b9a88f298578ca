"""Reference definitions: `[label]: address "title"`, one or more at a paragraph's head."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vaultdots.text.spans import Span
from vaultdots.text.tuples import NamedTuple

_DEFINITION = re.compile(
    r"[ \t]*\[(?!\^)((?:[^\[\]\\]|\\.){1,999})\]:[ \t]*+(?:\r\n?|\n)?[ \t]*+"
    r"(?:<((?:[^<>\\\r\n]|\\.)*)>|([^\s<]\S*))"
    r"(?:(?:[ \t]++(?:(?:\r\n?|\n)[ \t]*+)?+|(?:\r\n?|\n)[ \t]*+)"
    r"(?:\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|\((?:[^()\\]|\\.)*\)))?"
    r"[ \t]*+(?=\r|\n|$)"
)
_GAP = re.compile(r"[\r\n \t>]*")


class Definition(NamedTuple):
    """A definition as written. address: where it stands. end: where what follows the definition
    begins, quote marks passed over."""

    label: str
    address: Span
    end: int


def read_definitions(text: str, start: int, end: int) -> Iterator[Definition]:
    """The definitions that the paragraph at `start` begins with (CommonMark 4.7)."""
    while match := _DEFINITION.match(text, start, end):
        gap = _GAP.match(text, match.end(), end)
        start = gap.end() if gap else match.end()
        address = Span(*match.span(2 if match[2] is not None else 3))
        yield Definition(match[1], address, start)


def only_definitions(text: str, start: int, end: int) -> bool:
    """Whether the paragraph at `start` holds definitions and no more."""
    last = start
    for definition in read_definitions(text, start, end):
        last = definition.end
    return last > start and not text[last:end].strip()
