"""A stretch of a section around its best window of matches, for people to read: prose on one line,
or code with its lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from operator import itemgetter

from vaultdots.search.code_lines import code_blocks, lines_around, parted, without_code
from vaultdots.search.match import Match
from vaultdots.text.late import late
from vaultdots.text.tuples import NamedTuple

WIDTH = 160
"""Code points of a snippet: two lines of a terminal, one of Hangul and a half."""
LEAD = 40
"""How many of them stand before the first match at most."""

Finder = Callable[[str], list[list[Match]]]
"""Gives, for a text, the matches of each word of the query."""

LONG = 400
"""Code points from which a text is not made plain as a whole."""

_ITEM = "·"
"""Stands before each item of a list that is read as one line, and between the cells of a table."""
_TAG = (
    r"</?(?:a|abbr|b|br|center|code|dd|details|div|dl|dt|em|font|h[1-6]|hr|i|img|kbd|li|mark|ol|p|s|small"
    r"|span|strong|sub|summary|sup|table|tbody|td|th|thead|tr|u|ul)\b[^<>\n]*>"
)
_MEDIA = r"png|jpe?g|gif|svg|webp|avif|bmp|mp[34]|webm|mov|wav|m4a|ogg|pdf"
"""What an embed shows and does not say."""
_CELL = late(r"(?<=\S)[ \t]+\|[ \t]+(?=\S)")
_ITEMS = late(rf"{_ITEM}(?: {_ITEM})+")
_TWO_ITEMS, _ITEM_FIRST, _ITEM_LAST = f"{_ITEM} {_ITEM}", f"{_ITEM} ", f" {_ITEM}"
_HEIGHT = r"(?m)^[ \t]*(?:[.ㆍ·][ \t]*|&nbsp;|<br>)+$"
_RULE = r"(?m)^[ \t]*(?:[-*_][ \t]*){3,}$"
_MARKER = r"(?m)^[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+(?:\[.\][ \t]+)?"
_BEGINNINGS = {_HEIGHT: ".ㆍ·&<", _RULE: " ", _MARKER: "-*+0"}
"""What a line begins with that such a pattern fits (0 for any digit, a space for a line that is all
signs of a rule). Asked first: a pattern for lines is tried at each character of the text, which
takes five times as long."""
_FIRST = itemgetter(1)
"""The first group of a match: as `\\1`, which `re` takes apart again for each match."""
_MARKUP: tuple[tuple[str, str, str | itemgetter[int]], ...] = (
    ("![[", rf"(?i)!\[\[[^\[\]|\n]*\.(?:{_MEDIA})\b[^\[\]\n]*\]\]", ""),
    ("|", r"!?\[\[[^\[\]|\n]*\|([^\[\]\n]*)\]\]", _FIRST),  # [[note|shown]]
    ("[[", r"!?\[\[([^\[\]\n]*)\]\]", _FIRST),
    ("![", r"!\[[A-Za-z0-9_.-]*\]\([^()\s]*(?:\s[^()]*)?\)", ""),  # ![img](x.png)
    ("](", r"!?\[([^\[\]\n]*)\]\([^()\s]*(?:\s[^()]*)?\)", _FIRST),
    ("][", r"!?\[([^\[\]\n]+)\]\[[^\[\]\n]*\]", _FIRST),
    ("%%", r"(?s)%%.*?%%", ""),  # Obsidian's comments
    ("_", r"(?<![\w_])_(?=[^\s_])([^_\n]*[^\s_])_(?![\w_])", _FIRST),
    (".", _HEIGHT, ""),  # a line for its height
    ("```", r"(?m)^[ \t]*`{3,}[^\n]*$", ""),
    ("~~~", r"(?m)^[ \t]*~{3,}[^\n]*$", ""),
    (">", r"(?m)^[ \t]*(?:>[ \t]?)+", ""),
    ("<!--", r"(?s)<!--.*?-->", ""),
    ("[!", r"(?m)^[ \t]*\[![\w-]+\][+-]?[ \t]*", ""),  # > [!note]
    ("[^", r"\[\^[^\]\s]+\](?::[ \t]*)?", ""),  # footnotes
    ("]:", r"(?m)^[ \t]{0,3}\[[^\]\n]+\]:[ \t]*\S+[^\n]*$", ""),  # link definitions
    ("TOC", r"(?m)^[ \t]*(?:[-*+]|1\.)[ \t]+TOC[ \t]*$|^\[TOC\][ \t]*$", ""),
    ("{:", r"\{:[^{}\n]*\}", ""),  # kramdown
    ("{{", r"\{\{[<%][^\n]*?[%>]\}\}", ""),  # Hugo's shortcodes
    ("{%", r"\{%[^\n]*?%\}", ""),  # Liquid
    ("^", r"(?m)(?:^|[ \t])\^[A-Za-z0-9-]+[ \t]*$", ""),  # block ids
    ("\\", r"\$\$?\s*\\(?:newcommand|def|let|require|DeclareMath)[^$]*\$\$?", ""),
    ("<", f"(?i){_TAG}", ""),
    ("|", r"(?m)^[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-*:?[ \t]*)+$", ""),
    ("|", r"(?m)^[ \t]*\|[ \t]*|[ \t]*\|[ \t]*$", " "),  # a row's ends
    ("", _RULE, ""),
    ("", _MARKER, f"{_ITEM} "),
)
"""What is taken away: a sign without which there is nothing to do, the pattern, what is left. Each
is compiled where its sign is first seen: all of them would be a tenth of a search's start."""
_pattern = cache(re.compile)
_NEVER_READ = r"(?si)<(style|script)\b.*?</\1>"
"""What a page does not show; it is shown where a word stands in it, as in a note about CSS."""
_SIGNS = ("**", "__", "~~", "==", "`")
_STARRED = late(r"(?<!\\)\*(?=[^\s*])([^*\n]*[^\s*\\])\*")
_ESCAPED = late(r"\\([!-/:-@\[-`{-~])")
"""A sign that a backslash keeps from being markup (CommonMark 2.4)."""


FIRST = 4_000
"""Code points in which the first sentence of a text is looked for."""
_FENCE_LINE = late(r"[ \t]*(?:`{3,}|~{3,})")
_NO_PROSE = late(
    r"[ \t]*(?:$|[-*+|#<]|\d{1,9}[.)][ \t]|!?\[\[[^\]]*\]\][ \t]*$|!\[|\[!|\[TOC\]|\[\^|\{|\$\$|%%"
    r"|>[ \t]*\[!|\[[^\]]+\]:|https?://\S+[ \t]*$|#\S+(?:[ \t]+#\S+)*[ \t]*$|\*\*[^*]+\*\*[ \t]*$)"
)
"""A line that is no sentence: a list, a table, a picture, a badge, a link alone, a tag line."""


class Snippet(NamedTuple):
    """text: one line of prose, or lines of code. ranges: [start, end) of the matches in it, in code
    points."""

    text: str
    ranges: tuple[tuple[int, int], ...]


def plain(text: str) -> str:
    """`text` with the signs of Markdown taken away where that is simple, on one line."""
    looked, firsts = "", set[str]()
    for sign, pattern, shown in _MARKUP:
        if sign not in text:
            continue
        if (begins := _BEGINNINGS.get(pattern)) is not None:
            if looked is not text:
                looked, firsts = text, _beginnings(text)
            if firsts.isdisjoint(begins):
                continue
        text = _pattern(pattern).sub(shown, text)
    for sign in _SIGNS:
        text = text.replace(sign, "")
    if "*" in text:
        text = _STARRED.sub(_FIRST, text)
    if "\\" in text:
        text = _ESCAPED.sub(_FIRST, text)
    if "|" in text:
        text = _CELL.sub(f" {_ITEM} ", text)
    text = " ".join(text.split())
    if _TWO_ITEMS in text:
        text = _ITEMS.sub(_ITEM, text)
    return text.removeprefix(_ITEM_FIRST).removesuffix(_ITEM_LAST)


def _beginnings(text: str) -> set[str]:
    """What `_BEGINNINGS` is asked of."""
    lines = [line.lstrip(" \t") for line in text.split("\n")]
    firsts = {line[:1] for line in lines}
    if not firsts.isdisjoint("-*_") and any(line and not line.strip("-*_ \t") for line in lines):
        firsts.add(" ")
    if any(map(str.isdecimal, firsts)):
        firsts.add("0")
    return firsts


def from_first_sentence(text: str) -> str:
    """`text` from its first line of prose on: what a note says first, after its contents, pictures
    and badges. As it is where none of its beginning is prose."""
    at, fenced = 0, False
    for line in text[:FIRST].splitlines(keepends=True):
        if _FENCE_LINE.match(line):
            fenced = not fenced
        elif not fenced and not _NO_PROSE.match(line):
            return text[at:]
        at += len(line)
    return text


def cut_snippet(
    text: str, words: Sequence[list[Match]], finder: Finder, width: int = WIDTH
) -> Snippet:
    """The window that holds the most of the query's words, and of the better matches.

    words: the matches of each word in `text`. finder is asked again for the plain text around the
    best of them, so that marks are where the reader sees them and a word is found across its bold
    half. Code is shown, in its lines, where it holds more of the words than the prose does.
    """
    if not any(words):
        read = _pattern(_NEVER_READ).sub("", text) if "<" in text else text
        text = from_first_sentence(read)
    if blocks := code_blocks(text):
        prose, code = parted(words, blocks)
        held, at = _best(_marks(code), width)
        if held > _best(_marks(prose), width)[0]:
            shown = lines_around(text, at, blocks)
            return Snippet(
                shown, joined((m.start, m.end) for found in finder(shown) for m in found)
            )
        text, words = without_code(text, blocks), prose
        if not any(words):
            text = text.lstrip()  # nothing to be marked: what stands below the code
    first, last = _around(text, words, width)
    whole = plain(_whole_links(text, first, last))
    marks = _marks(finder(whole))
    start, end = _window(whole, marks, width)
    before = "…" if start > 0 or (first > 0 and not text[:first].isspace()) else ""
    after = "…" if end < len(whole) or not (last == len(text) or text[last:].isspace()) else ""
    ranges = joined(
        (max(first, start), min(last, end))
        for first, last, _, _ in marks
        if first < end and last > start
    )
    shift = len(before) - start
    return Snippet(
        before + whole[start:end] + after,
        tuple((first + shift, last + shift) for first, last in ranges),
    )


def _marks(words: Sequence[list[Match]]) -> list[tuple[int, int, int, float]]:
    """(start, end, number of the word, grade) of every match, by place."""
    if len(words) == 1:
        return [(start, end, 0, grade) for start, end, grade in words[0]]
    return sorted(
        (match.start, match.end, number, match.grade)
        for number, matches in enumerate(words)
        for match in matches
    )


def _around(text: str, words: Sequence[list[Match]], width: int) -> tuple[int, int]:
    """The lines of a long text in which its best window lies: all that has to be made plain."""
    if len(text) <= LONG or "<!--" in text:
        return 0, len(text)
    start, end = _window(text, _marks(words), width)
    first, last = max(0, start - LONG // 2), min(len(text), end + LONG // 2)
    first = max(first, text.rfind("\n", 0, max(0, start - width)) + 1)
    line = text.find("\n", end + 2 * width, last)
    return first, last if line < 0 else line


def _window(text: str, marks: list[tuple[int, int, int, float]], width: int) -> tuple[int, int]:
    """Where the best window begins and ends, at the edges of words where they are near."""
    if len(text) <= width:
        return 0, len(text)
    _, at = _best(marks, width)
    start = max(0, min(at - LEAD, len(text) - width))
    if start:
        space = text.find(" ", start, min(at, start + LEAD) + 1)
        start = space + 1 if space >= 0 else start
    end = min(len(text), start + width)
    if end < len(text):
        inside = max((last for _, last, _, _ in marks if last <= end), default=start)
        space = text.rfind(" ", max(inside, start + width // 2), end + 1)
        end = space if space > start else end
    return start, end


def _best(marks: list[tuple[int, int, int, float]], width: int) -> tuple[float, int]:
    """What the best window holds (the grades of its words), and where its first match is."""
    if len(marks) == 1 and marks[0][1] - marks[0][0] <= width - LEAD:
        return marks[0][3], marks[0][0]
    best, at = (0.0, 0.0), 0
    for number, (first, _, _, _) in enumerate(marks):
        best_of: dict[int, float] = {}
        count = 0
        for _, last, word, grade in marks[number:]:
            if last > first + width - LEAD:
                break
            if grade > best_of.get(word, 0.0):
                best_of[word] = grade
            count += 1
        score = (sum(best_of.values()), min(count, 10) / 10)
        if score > best:
            best, at = score, first
    return best[0], at


def _whole_links(text: str, first: int, last: int) -> str:
    """The stretch of a text, without the half of a link's address at either end of it."""
    shown = text[first:last]
    if first and (half := _ADDRESS_END.match(shown)) and "](" in text[max(0, first - 300) : first]:
        shown = shown[half.end() :]
    if last < len(text) and "[" in shown:
        # In the last line, that is: an address stands in one.
        line = shown.rfind("\n", 0, -1) + 1
        shown = shown[:line] + _ADDRESS_BEGIN.sub(_FIRST, shown[line:])
    return shown


_ADDRESS_END = late(r"[^\s()\[\]]*\)")
_ADDRESS_BEGIN = late(r"!?\[([^\[\]\n]*)(?:\]\([^()\n]*|\]?)$")


def joined(ranges: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Ranges in order, those that touch made one."""
    found: list[tuple[int, int]] = []
    for first, last in sorted(ranges):
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        elif last > first:
            found.append((first, last))
    return tuple(found)
