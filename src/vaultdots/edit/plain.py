"""Edits that cannot change how a note is read around them, so that it need not be read again.

A new target inside of a link, without any sign that Markdown reads, leaves the blocks and all that
stands beside the link as they are. A thousand notes are read in a second; a move need not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from vaultdots.edit.model import Edit
from vaultdots.note.frontmatter import cut
from vaultdots.note.paths import note_ending

# Letters of any script, digits, and signs that are none of Markdown's inside of a link's target.
_PLAIN = re.compile(r"(?:[^\W]|[ ./,;+@-]|%[0-9A-Fa-f]{2})+")
_ADDRESS = re.compile(r"(?:(?:[:@]|www\.)|\]\(\s*)\S*\Z", re.IGNORECASE)
_LOOKED_BACK = 1_000
_SHORT = 500
"""Longer ones meet the limits of what is looked for in a label or a shortcode."""


def are_plain(path: str, text: str, edits: Sequence[Edit]) -> bool:
    """Whether the edits of a file are all of this kind; `text` is the file's before them."""
    if not note_ending(path):
        return False
    block = cut(text)
    body = block.body if block is not None else 0
    return all(edit.span.start >= body and _is_plain(text, edit) for edit in edits)


def _is_plain(text: str, edit: Edit) -> bool:
    if edit.adds != () or not (_is_target(edit.before) and _is_target(edit.after)):
        return False
    start, end = edit.span
    before, after = text[start - 1 : start], text[end : end + 1]
    spaced = " " in edit.before or " " in edit.after
    if before == "[":
        if not text.startswith("[[", start - 2) or after not in ("]", "|", "#", "\\") or not after:
            return False
        # In an address that is written out (`https://a.b/[[c d]]`) a space is where it ends, and
        # `[x]([[c d]])` is no Markdown link for its space.
        return not (spaced and is_address(text, start - 2))
    # An address: behind it comes what ends it or a title, and no space that would end it sooner.
    if before == "(":
        return text.startswith("](", start - 2) and after in (")", "#", "?", " ") and not spaced
    return before == "<" and text.startswith("](<", start - 3) and after in (">", "#", "?")


def is_address(text: str, at: int) -> bool:
    """Whether an address may be written before and at a place, without a space between."""
    return _ADDRESS.search(text, max(0, at - _LOOKED_BACK), at) is not None


def plain_target(text: str, start: int) -> str:
    """The target of a wikilink that is written at `start`, where it is a plain one; else ""."""
    match = _PLAIN.match(text, start)
    return match[0] if match is not None and _is_target(match[0]) else ""


def _is_target(written: str) -> bool:
    return (
        len(written) < _SHORT
        and _PLAIN.fullmatch(written) is not None
        and written == written.strip()
    )
