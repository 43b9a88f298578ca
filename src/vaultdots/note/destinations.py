"""The part of a link in round brackets: an address, and a title that is passed over."""

from __future__ import annotations

import re
from collections.abc import Callable

from vaultdots.note.model import LinkForm
from vaultdots.text.spans import Span

PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
"""What a backslash escapes (CommonMark 2.4)."""
# Tags, titles and shortcodes are looked for within this many characters.
MAX_TAG = 4096
_SPACE = re.compile(r"[ \t]*(?:(?:\r\n?|\n)[ \t]*)?")
_TITLE = re.compile(r'"(?:[^"\\]|\\.)*"' r"|'(?:[^'\\]|\\.)*'" r"|\((?:[^()\\]|\\.)*\)", re.DOTALL)
_ANGLE = re.compile(r"<((?:[^<>\\\r\n]|\\.)*)>")
_LIQUID = re.compile(r"(?:\{\{[^{}\r\n]*\}\})+")
"""`{{ site.baseurl }}` before the rest of an address."""
# What an address mostly is; escapes and parentheses are counted one by one.
_PLAIN_ADDRESS = re.compile(r"[^()\\\x00-\x20\x7f]+")
# CommonMark allows any depth of brackets in an address; cmark stops at 32.
_MAX_PARENTHESES = 32


def read_destination(
    text: str, pos: int, end: int, shortcode_at: Callable[[int], re.Match[str] | None]
) -> tuple[LinkForm, Span, int] | None:
    """`(address "title")` at `pos`: (form, where the address stands, end)."""
    if pos >= end or text[pos] != "(":
        return None
    at = _skip(text, pos + 1, end)
    form: LinkForm = "markdown"
    shortcode = shortcode_at(at)
    if shortcode:
        form, address, at = "shortcode", Span(*shortcode.span()), shortcode.end()
        # `{{< ref "x" >}}#part` and `{% link x %}#part` go on behind the shortcode.
        tail = _bare_address(text, at, end)
        if tail is not None:
            address, at = Span(shortcode.start(), tail), tail
    elif at < end and text[at] == "<":
        angle = _ANGLE.match(text, at, end)
        if angle is None:
            return None
        form, address, at = "angle", Span(*angle.span(1)), angle.end()
    else:
        liquid = _LIQUID.match(text, at, min(end, at + MAX_TAG))
        tail = _bare_address(text, liquid.end() if liquid else at, end)
        if tail is None:
            return None
        address, at = Span(at, tail), tail
    after = _skip(text, at, end)
    if after > at and after < end and text[after] in "\"'(":
        title = _TITLE.match(text, after, min(end, after + MAX_TAG))
        if title is None:
            return None
        after = _skip(text, title.end(), end)
    if after >= end or text[after] != ")":
        return None
    return form, address, after + 1


def _skip(text: str, pos: int, end: int) -> int:
    match = _SPACE.match(text, pos, end)
    return match.end() if match else pos


def _bare_address(text: str, pos: int, end: int) -> int | None:
    """Where an address without angle brackets ends: balanced parentheses, no white space."""
    start, depth = pos, 0
    plain = _PLAIN_ADDRESS.match(text, pos, end)
    pos = plain.end() if plain else pos
    while pos < end:
        char = text[pos]
        if char == "\\" and pos + 1 < end and text[pos + 1] in PUNCTUATION:
            pos += 2
            continue
        if char == "(":
            depth += 1
            if depth > _MAX_PARENTHESES:
                return None
        elif char == ")":
            if depth == 0:
                return pos
            depth -= 1
        elif char <= " " or char == "\x7f":
            break
        pos += 1
    return None if depth or (pos == start and pos >= end) else pos
