"""An unsaved note read as far as the completion of a name needs it: by what was typed since the
file was read.

To read a note and load what reads notes takes 70 ms of a process that answers one question. Where
what was typed has no sign that begins or ends code, and no code is near, whether the cursor stands
in code is known from the file.
"""

from __future__ import annotations

import os
import re

from vaultdots.editor.complete import context_at
from vaultdots.editor.desk import Desk, Sheet

_NEAR = 2
"""Code points around what was typed in which nothing but prose may stand: a line's end."""
_LONGEST = 500
_SIGNS = re.compile(r"[`~$<>%\\\ufeff]|(?:^|[\r\n])(?: {4}| {0,3}\t)")
"""What may begin or end what is no prose: fences, math, HTML, comments, indented code."""


def light_sheet(desk: Desk, path: str, text: str, line: int, column: int) -> Sheet | None:
    """The note with this text, where a name is being typed in prose at a place of it; None where
    it must be read. line, column: 1-based."""
    desk.settle()
    row = desk.catalog.note(path)
    if row is None:
        return None
    old = desk.catalog.text(row.id)
    start = len(os.path.commonprefix([old, text]))  # noqa: RUF071
    tail = len(os.path.commonprefix([old[start:][::-1], text[start:][::-1]]))  # noqa: RUF071
    typed, gone = text[start : len(text) - tail], old[start : len(old) - tail]
    sheet = Sheet(desk, path, row, text)
    if len(typed) + len(gone) > _LONGEST or line > len(sheet.lines.starts):
        return None
    span = sheet.line_span(line)
    offset = min(span.start + column - 1, span.end)
    around = text[span.start : start] + typed
    if not start <= offset <= start + len(typed) or _SIGNS.search(around) or _SIGNS.search(gone):
        return None
    before, end = start - _NEAR, start + len(gone) + _NEAR
    regions = desk.catalog.regions(row.id)
    if any(first <= end and before <= last for _, first, last in regions):
        return None
    moved = len(typed) - len(gone)
    sheet.regions = [
        (kind, first, last) if last < start else (kind, first + moved, last + moved)
        for kind, first, last in regions
    ]
    context = context_at(sheet, offset)
    is_name = context is not None and context.kind in ("wiki", "markdown")
    return sheet if context is not None and is_name and "#" not in context.typed else None
