"""What an import asks of Markdown, as the index reads it: outline, code, edits outside code."""

from __future__ import annotations

import re
from collections.abc import Callable

from vaultdots.importers.model import OutlineEntry
from vaultdots.note.blocks import read_blocks
from vaultdots.note.model import Note
from vaultdots.note.parse import parse_note
from vaultdots.text.spans import Lines

_CODE_SIGN = "\ue000"
"""Stands for a stretch of code while the rest of a text is edited."""
_HIDDEN = re.compile(f"(?:(?<=\n)|^)((?:> )*)|{_CODE_SIGN}(\\d{{1,9}}){_CODE_SIGN}")
_FENCED = re.compile(r"(?:[ \t>*+-]|\d{1,9}[.)])*+(?:`{3}|~{3})")


def outline(text: str) -> tuple[OutlineEntry, ...]:
    """The headings of a Markdown file that say something."""
    return entries(parse_note("", text))


def entries(note: Note) -> tuple[OutlineEntry, ...]:
    """The headings of a note that say something."""
    return tuple(
        OutlineEntry(section.heading, section.level, section.line)
        for section in note.sections
        if section.level and section.heading
    )


def fenced_lines(text: str) -> set[int]:
    """The lines (from 0) of a body that are fenced code, fences included. Indented text is none:
    in a page that was copied an indent says nothing."""
    if "```" not in text and "~~~" not in text:
        return set()
    lines = Lines.of(text)
    found: set[int] = set()
    for block in read_blocks(text, 0):
        if block.kind == "code" and _FENCED.match(text, block.outer.start):
            first = lines.line(block.outer.start)
            found.update(range(first - 1, lines.line(max(block.outer.start, block.outer.end - 1))))
    return found


def edit_prose(body: str, edit: Callable[[str], str]) -> str:
    """A body (a text without frontmatter) with `edit` applied to all that is no code.

    A quote that `edit` puts before a block of code goes before each of its lines.
    """
    if _CODE_SIGN in body:
        return edit(body)
    text = f"\n{body}"  # so that two rules in a body are no frontmatter
    kept: list[str] = []
    pieces: list[str] = []
    at = 1
    for region in parse_note("", text).regions:
        if region.kind == "code" and region.span.start >= at:
            pieces += [text[at : region.span.start], f"{_CODE_SIGN}{len(kept)}{_CODE_SIGN}"]
            kept.append(region.span.of(text))
            at = region.span.end
    edited = edit("".join([*pieces, text[at:]]))
    quote = ""

    def shown(found: re.Match[str]) -> str:
        nonlocal quote
        if found[2] is None:
            quote = found[1]
            return found[0]
        return kept[int(found[2])].replace("\n", f"\n{quote}")

    return _HIDDEN.sub(shown, edited) if kept else edited
