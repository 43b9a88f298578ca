"""Taking a value out of a list in a note's properties, however the list is written."""

from __future__ import annotations

import re

from vaultdots.edit.model import Edit
from vaultdots.note.frontmatter import cut
from vaultdots.text.spans import Span

_ITEM = re.compile(r"(?:\r\n?|\n)[ \t]*-[ \t]+\Z")
_LINE_END = re.compile(r"[ \t]*(?=[\r\n])")
_COMMA_BEHIND = re.compile(r"\s*,\s*")
_COMMA_BEFORE = re.compile(r"\s*,\s*\Z")
_SPACE_BEHIND = re.compile(r"[ \t]+(?=[^\s#])")
_SPACE_BEFORE = re.compile(r"(?<=[^\s:\-])[ \t]+\Z")


def without_item(path: str, text: str, span: Span, taken: int = 0) -> Edit | None:
    """The edit that takes the value at `span` out of its list: its line, or its place between
    commas or spaces. None where it stands in no list of the properties.

    taken: up to where an edit of the same text reaches already.
    """
    block = cut(text)
    if block is None or not block.span.start <= span.start < span.end <= block.span.end:
        return None
    start, end = span
    quote = text[start - 1]
    if quote in "\"'" and text[end : end + 1] == quote:
        start, end = start - 1, end + 1
    before = text[:start]
    item = _ITEM.search(before)
    line_end = _LINE_END.match(text, end)
    if item is not None and line_end is not None:
        # With the line end before it: what ends with the list is then seen to be edited.
        start, end = item.start(), line_end.end()
    elif (sign := _COMMA_BEFORE.search(before)) is not None and sign.start() >= taken:
        start = sign.start()
    elif (sign := _COMMA_BEHIND.match(text, end)) is not None:
        end = sign.end()
    elif (sign := _SPACE_BEFORE.search(before)) is not None and sign.start() >= taken:
        start = sign.start()
    elif (sign := _SPACE_BEHIND.match(text, end)) is not None:
        end = sign.end()
    else:
        return None
    span = Span(start, end)
    return Edit(path, span, span.of(text), "", None)
