"""What a copied page says around its post: found, cut off, and handed back as it stood."""

from __future__ import annotations

from vaultdots.importers.levels import is_period
from vaultdots.importers.lexicon import chrome, heading_roles
from vaultdots.importers.lines import (
    HEADING_WIDTH,
    LONG,
    Line,
    ends_sentence,
    is_image,
    is_prose,
    may_be_heading,
)
from vaultdots.importers.properties import iso_date
from vaultdots.importers.styles import styled
from vaultdots.text.tuples import NamedTuple

_HEAD_LINES = 40
"""How far down a page's head can reach; the longest of the pages tried has 27 lines."""
_BETWEEN = 8
"""Short lines between two lines of chrome that are chrome themselves (names, tags, a bio)."""
_CUT_SHARE = 0.35
"""What stands below "Related" is cut only where it is this little of the page's letters;
comments can be longer than the post, see `_COMMENT_SHARE`."""
_COMMENT_SHARE = 0.7
_CATEGORY_WIDTH = 8
"""Columns of the widest line that is rather a category's name than a title."""
_FRAMES = ("bracket", "rule")
_TITLE_SIGNS = (
    *("회고", "결산", "돌아보", "보내며", "마무리하며", "한 해", "일기", "정리", "후기"),
    *("retrospect", "review", "year in", "looking back"),
)


class Trimmed(NamedTuple):
    """A page's lines without its chrome.

    title: the post's title, None where the first line is text already. removed: line numbers.
    contents: the entries of a table of contents, which come back as headings further down.
    """

    lines: list[Line]
    title: str | None
    date: str | None
    removed: tuple[int, ...]
    contents: frozenset[str]


def trim(lines: list[Line]) -> Trimmed:
    """Cut head and tail off the page whose lines (not blank) are `lines`; find title and date."""
    removed: set[int] = {i for i, line in enumerate(lines) if chrome(line.text, "any") is not None}
    end = _tail(lines, removed)
    head = _head_end(lines, end)
    title_at = _title(lines, head, end)
    start, contents = 0, frozenset[str]()
    date = None
    if head.last >= 0 or title_at is not None:
        start = max(head.last + 1, (title_at + 1) if title_at is not None else 0)
        removed.update(i for i in range(start) if i != title_at)
        date = next((found for i in range(start) if (found := _date(lines[i]))), None)
        start, contents = _contents(lines, start, end, removed)
    around = {lines[i].text for i in removed if i < start}
    while end > start and (lines[end - 1].text in around or _is_tail(lines, end - 1)):
        end -= 1  # the site's name and menu again, below the text
    kept = [line for i, line in enumerate(lines) if start <= i < end and i not in removed]
    removed.update(range(end, len(lines)))
    title = None
    if title_at is not None:
        mark = styled(title_at, lines[title_at])
        bracketed = mark is not None and mark.style.startswith(_FRAMES)
        title = mark.heading if mark is not None and bracketed else lines[title_at].text
    numbers = tuple(sorted(lines[i].number for i in removed))
    return Trimmed(kept, title, date, numbers, contents)


class _Head(NamedTuple):
    """The last line of the head's chrome (-1: no chrome) and the lines known as chrome."""

    last: int
    rows: frozenset[int]


def _head_end(lines: list[Line], end: int) -> _Head:
    rows: set[int] = set()
    last, between = -1, 0
    i = 0
    while i < min(end, _HEAD_LINES):
        line = lines[i]
        rule = chrome(line.text, "head", "both")
        if rule is not None and not _is_heading_mark(lines, i):
            rows.update(range(i, min(end, i + 1 + rule.follows)))
            i = last = min(end - 1, i + rule.follows)
            between = 0
        else:
            between += 1
            if between > _BETWEEN or line.bullet or len(line.text) > LONG or _is_text(line):
                break
            if _is_heading_mark(lines, i):
                break
        i += 1
    return _Head(last, frozenset(rows))


def _is_text(line: Line) -> bool:
    return line.width > HEADING_WIDTH or (ends_sentence(line.text) and line.width > 50)


def _is_heading_mark(lines: list[Line], i: int) -> bool:
    return (i + 1 < len(lines) and lines[i + 1].text in ("#", "¶")) or lines[i].text in ("#", "¶")


def _title(lines: list[Line], head: _Head, end: int) -> int | None:
    """Where the title stands: in the head, the line that looks most like one; else the first."""
    if head.last >= 0:
        above = chrome(lines[head.last].text, "head")
        after = 1 if above is not None and above.contents else 2
        region = [
            i
            for i in range(min(head.last + after, end))
            if i not in head.rows and _may_be_title(lines, i, end, in_head=i < head.last)
        ]
        if not region:
            return None
        signed = [i for i in region if any(s in lines[i].text.casefold() for s in _TITLE_SIGNS)]
        inside = [i for i in region if i < head.last]
        dated = [i for i in inside if i + 1 in head.rows and lines[i].width >= 8]
        for group in (signed, dated, inside):
            if group:
                # "회고" alone is the category's name where a longer line has it too.
                return next((i for i in group if lines[i].width > _CATEGORY_WIDTH), group[0])
        return region[0] if _plain_title(lines, region[0], end) else None
    if end and _may_be_title(lines, 0, end, in_head=False) and _plain_title(lines, 0, end):
        return 0
    return None


def _may_be_title(lines: list[Line], i: int, end: int, *, in_head: bool) -> bool:
    line = lines[i]
    bracketed = (_style(lines, i) or "").startswith(_FRAMES)
    if line.bullet or not (bracketed or may_be_heading(line)):
        return False
    if line.text.endswith((".", ",", "。")):
        return False
    if _is_heading_mark(lines, i) or is_image(line.text):
        return False
    return in_head or i + 1 < end


def _plain_title(lines: list[Line], i: int, end: int) -> bool:
    """True for a first line that names the page rather than its first part."""
    text, below = lines[i].text, lines[i + 1]
    if all(line.bullet for line in lines[i + 1 : end]):
        return True
    if below.bullet or is_period(text) or "opening" in heading_roles(text):
        return any(sign in text.casefold() for sign in _TITLE_SIGNS) and not is_period(text)
    mark = styled(i, lines[i])
    if mark is None or mark.style == "emoji":
        return not _repeats_below(lines, i)
    if mark.style.startswith(_FRAMES) and any(s in text.casefold() for s in _TITLE_SIGNS):
        alone = not any(_style(lines, k) == mark.style for k in range(i + 1, min(end, 400)))
        return alone or any(c.isdigit() for c in text)
    return False


def _style(lines: list[Line], i: int) -> str | None:
    mark = styled(i, lines[i])
    return mark.style if mark else None


def _repeats_below(lines: list[Line], i: int) -> bool:
    # A first line of one word, with others like it below that hold text, is a part, not a title.
    line = lines[i]
    return line.width <= 8 and not any(c.isdigit() for c in line.text) and is_prose(lines[i + 1])


def _date(line: Line) -> str | None:
    rule = chrome(line.text, "head", "both")
    if rule is None or not rule.date:
        return None
    return iso_date(line.text)


def _contents(
    lines: list[Line], start: int, end: int, removed: set[int]
) -> tuple[int, frozenset[str]]:
    """Cut a table of contents at the top: lines that all come back further down, in order."""
    places: dict[str, int] = {}
    for i in range(start, end):
        places[lines[i].content] = i
    i, entries = start, list[str]()
    while i < end and may_be_heading(lines[i]) and places[lines[i].content] > i:
        if entries and lines[i].content == entries[0]:
            break
        entries.append(lines[i].content)
        i += 1
    if len(entries) < 2 or [places[e] for e in entries] != sorted(places[e] for e in entries):
        return start, frozenset()
    if places[entries[0]] < i:
        return start, frozenset()
    removed.update(range(start, i))
    return i, frozenset(entries)


def _tail(lines: list[Line], removed: set[int]) -> int:
    """Where the page's tail begins: below a line that only chrome follows, or a "Related"."""
    end = len(lines)
    letters = sum(len(line.text) for line in lines) or 1
    below = 0
    for i in range(len(lines) - 1, max(0, len(lines) // 4), -1):
        below += len(lines[i].text)
        rule = chrome(lines[i].text, "cut")
        if rule is None or _is_heading_mark(lines, i):
            continue
        comments = any(sign in lines[i].text.casefold() for sign in ("댓글", "comment", "respons"))
        if below <= (_COMMENT_SHARE if comments else _CUT_SHARE) * letters:
            end = i
    while end > 1 and not _is_heading_mark(lines, end - 1):
        if _is_tail(lines, end - 1):
            end -= 1
            continue
        above = chrome(lines[end - 2].text, "tail")
        if above is None or not above.follows or is_prose(lines[end - 1]):
            break
        end -= 2  # "Previous", then the other post's title
    return end


def _is_tail(lines: list[Line], i: int) -> bool:
    found = chrome(lines[i].text, "tail", "both", "cut", "any")
    return found is not None and not _is_heading_mark(lines, i)
