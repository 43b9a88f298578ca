"""New ids for blocks: which blocks can get one, and six letters and digits made from its words."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from hashlib import blake2b
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vaultdots.editor.desk import Sheet


def unused_block_id(words: str, taken: Collection[str]) -> str:
    """The same words get the same id, unless it is taken in the note."""
    number = 0
    while True:
        found = blake2b(f"{number}{words}".encode("utf-8", "replace"), digest_size=3).hexdigest()
        if found not in taken:
            return found
        number += 1


def paragraphs(sheet: Sheet) -> Iterator[tuple[int, int, str]]:
    """(last line, end, words) of the paragraphs and list items that can get an id."""
    for section in sheet.sections:
        first = sheet.lines.line(section.body)
        last = sheet.lines.line(max(section.body, section.end - 1))
        for line in range(first, last + 1):
            span = sheet.line_span(line)
            words = sheet.text[span.start : span.end].strip()
            following = sheet.line_span(line + 1)
            ends = not sheet.text[following.start : following.end].strip() or words[:2] in (
                "- ", "* ", "+ ",
            )  # fmt: skip
            quiet = words.startswith(("#", ">", "|", "```", "~~~", "[[", "![[", "<", "---"))
            if words and ends and not quiet and not sheet.is_in(span.start + 1, "code", "math"):
                yield line, span.end, words
