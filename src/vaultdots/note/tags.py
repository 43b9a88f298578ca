"""Tags: what may stand in one, and where one may begin."""

from __future__ import annotations

import re
from unicodedata import category

# ASCII and general punctuation end a tag, as in Obsidian; `_ - /` belong to it, and U+200D joins
# emoji. Whatever else is not ASCII is looked at by its Unicode category below.
_CANDIDATE = re.compile(
    r"[^\s!\"#$%&'()*+,.:;<=>?@\[\\\]^`{|}~\u2000-\u200a\u200e-\u205f\u2061-\u206f\u2e00-\u2e7f"
    r"\x00-\x1f\x7f]+"
)
_ASCII_TAG = re.compile(r"[A-Za-z0-9_\-/]+$")
# Letters, numbers, combining marks and emoji (with their modifiers) of any script.
_BELONGS = frozenset(["L", "N", "Mn", "Mc", "Me", "So", "Sk"])
_NOT_BEFORE = frozenset("_-/#&=")
_UNSEEN = "\u00ad\u200b\u200c\u2060\ufeff"
"""Signs without width that come with what is pasted: they may stand in a tag, and are no part of
its name."""
_WITHOUT_UNSEEN = dict.fromkeys(map(ord, _UNSEEN))
_KEYCAP = "\u20e3"


def tag_end(text: str, pos: int, end: int) -> int:
    """Where the tag whose first character (after `#`) is at `pos` ends; `pos` if there is none.

    At least one character is no digit; a trailing slash does not belong to it.
    """
    match = _CANDIDATE.match(text, pos, end)
    if match is None:
        return pos
    name = match[0]
    if not _ASCII_TAG.match(name):
        for index, char in enumerate(name):
            if not (char in "_-/\u200d" or char in _UNSEEN or char.isalnum() or _belongs(char)):
                name = name[:index]
                break
    name = name.rstrip("/" + _UNSEEN)
    # A slash is one that is no digit (`#2021/04/13`); marks alone are no name (`#️⃣` is a keycap).
    if name[:2].lstrip("\ufe0f").startswith(_KEYCAP) or not any(map(_names, name)):
        return pos
    return pos + len(name)


def tag_name(written: str) -> str:
    """A tag as it is shown: without the signs that nobody sees."""
    return written if written.isascii() else written.translate(_WITHOUT_UNSEEN)


def _names(char: str) -> bool:
    return not char.isdecimal() and char not in _UNSEEN and category(char)[0] != "M"


def may_begin(text: str, pos: int, start: int) -> bool:
    """Whether a tag's `#` may stand at `pos` of a stretch of prose that begins at `start`."""
    if pos <= start:
        return True
    before = text[pos - 1]
    if before.isspace():
        return True
    if before in _NOT_BEFORE or before.isalnum() or _belongs(before):
        return False
    # Inside a bare URL: a scheme stands in the same word.
    word = text[max(start, pos - _URL_LOOK_BACK) : pos]
    return "://" not in re.split(r"\s", word)[-1]


# URLs longer than this are data; the look back stays bounded so that the scan stays linear.
_URL_LOOK_BACK = 512


def is_tag(name: str) -> bool:
    """Whether `name` (without `#`) is one whole valid tag."""
    return bool(name) and tag_end(name, 0, len(name)) == len(name)


def _belongs(char: str) -> bool:
    kind = category(char)
    return kind in _BELONGS or kind[0] in "LN"
