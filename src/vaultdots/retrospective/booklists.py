"""A list of books as a whole: which field of its rows is the title, and which the author.

People write the rows of one list alike: `author, "title", publisher, year`, `**title** - author`,
`title / author 저 / publisher`. What most rows show decides for all of them, so that one odd row
does not break; a row that does not follow is read by itself.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from html import unescape

from vaultdots.note.prose import plain
from vaultdots.retrospective.booklines import (
    TITLE_LIMIT,
    BookLine,
    author_of,
    is_name,
    is_title,
    leading_date,
    read_line,
    unwrapped,
    without_rating,
)
from vaultdots.retrospective.words import any_of
from vaultdots.text.late import late
from vaultdots.text.tuples import NamedTuple

_ALONE = ("brackets", "quotes", "italics", "bold")
"""How a row sets its title off where the list has no form of its own."""
_LONGER = 1.6
"""Times that titles are as long as the names before them, in all."""
_MOST = 0.6
"""Share of the rows that must show a form for it to be the list's: people slip in an odd row."""
_A_LIST = 3
"""Rows from which the order of bare fields can be told."""
_LONG_TITLE = 2 * TITLE_LIMIT
"""Characters of a title that is set off from its row: subtitles are written out there."""
_MARKER = late(
    r"^\W{0,3}?(?::(?:books?|open_book|notebook|closed_book|green_book|blue_book|orange_book):"
    r"|[📖📚📕📗📘📙]\ufe0f?|[\[［](?:책|도서|독서|book|本|書籍)[\]］])\s*",
    re.IGNORECASE,
)
_LINK = (
    r"\[(?P<link>(?:[^\[\]\n]|\[[^\[\]\n]*\]){1,200})\]"
    r"(?:\([^()\n]{0,800}(?:\([^()\n]{0,200}\)[^()\n]{0,200})?\)|\[[^\[\]\n]{0,100}\])"
)
_WHOLE_LINK = late(rf"{_LINK}[\s.]*$")
_WHOLE_WIKI = late(r"\[\[[^\[\]\n]{1,200}\]\]\{(?P<shown>[^{}\n]{1,300})\}[\s.]*$")
_WHOLE_BOLD = late(r"(?P<mark>\*\*|__)(?P<inner>(?:(?!(?P=mark))[^\n]){1,300})(?P=mark)[\s.]*$")
_FIELDS_INSIDE = late(r",\s*[\"“『《「<]|[\"”』》」>]\s*,")
_FORMS: dict[str, re.Pattern[str]] = {
    "brackets": re.compile(
        r"[『《〈](?P<t>[^『』《》〈〉\n]{1,180})[』》〉]"
        r"|(?<!\w)[「<](?P<u>[^「」<>/=\n]{1,180})[」>]"
    ),
    "quotes": re.compile(r"[\"“](?P<t>(?:[^\"“”\n]|(?<=\w)\"(?=\w)){1,180})[\"”](?=\W|$)"),
    "bold": re.compile(r"(?P<mark>\*\*|__)(?P<t>(?:(?!(?P=mark))[^\n]){1,180})(?P=mark)"),
    "ticks": re.compile(r"`(?P<t>[^`\n]{1,180})`"),
    "link": re.compile(
        _LINK.replace("?P<link>", "?P<t>")
        + r"|\[\[(?:[^\[\]\n|]{1,180}\|)?(?P<u>[^\[\]\n|]{1,180})\]\](?:\{[^{}\n]*\})?"
    ),
    "italics": re.compile(r"(?<![*_\w])(?P<mark>[*_])(?P<t>[^*_\n]{1,180})(?P=mark)(?![*_\w])"),
}  # fmt: skip
"""How a title is set off from its row, the surest first."""
_NAMES_LIMIT = 60
"""Characters of the authors before a title."""
_BEFORE = late(r"(?:^\W*|[,:：·|/]\s*|의\s*|\bby\s+|\s[-–—]\s)$")
"""What may stand between an author and a title that follows."""
_SEPARATORS = (" / ", " | ", " - ", " – ", " — ", ", ", " · ")
_TRANSLATED = late(r"(?:옮김|역|번역|엮음|그림|감수|訳|監修)\.?$")


class Row(NamedTuple):
    """One row: as it stands in the list, and without what wraps it whole."""

    text: str
    linked: str | None
    """The whole row's text where all of it is one link."""
    marked: bool = False
    """Whether it says by its mark that it is a book: `:book: …`, `📖 …`, `[책] …`."""


def is_marked(raw: str) -> bool:
    """Whether an item says by its mark that it is a book: `:book: …`, `📖 …`, `[책] …`."""
    return _unwrapped(raw).marked


def read_list(raws: Sequence[str], year: int | None) -> list[BookLine | None]:
    """The books that the rows of one list name, None for a row that names none.

    raws: the items as they are written, without their markers. year: the list's.
    """
    rows = [_unwrapped(raw) for raw in raws]
    form = _form_of(rows)
    separator = _author_first(rows) if form is None else None
    return [_read(row, form, separator, year) for row in rows]


def _unwrapped(raw: str) -> Row:
    text, linked, marked = unescape(raw.split("\n", 1)[0]).strip(), None, False
    for _ in range(5):
        wiki, bold, link = (p.match(text) for p in (_WHOLE_WIKI, _WHOLE_BOLD, _WHOLE_LINK))
        mark = _MARKER.match(text)
        if mark:
            text, marked = text[mark.end() :], True
        elif wiki:
            text = wiki["shown"].strip()
        elif link:
            text = linked = link["link"].strip()
        elif bold and (linked or _FIELDS_INSIDE.search(bold["inner"]) or "](" in bold["inner"]):
            text = bold["inner"].strip()
        else:
            break
    if linked is not None and _FIELDS_INSIDE.search(text):
        linked = None
    return Row(text, text if linked is not None else None, marked)


def _form_of(rows: Sequence[Row]) -> str | None:
    """How most rows set their title off."""
    counts: Counter[str] = Counter()
    for row in rows:
        if row.linked is not None:
            counts["link"] += 1
            continue
        for form in _FORMS:
            if _set_off(row.text, form) is not None:
                counts[form] += 1
    least = max(1, _MOST * len(rows))
    return next((form for form in _FORMS if counts[form] >= least), None)


def _set_off(text: str, form: str) -> re.Match[str] | None:
    """The first part of a row in that form that may be its title: first, or behind a name."""
    found = _FORMS[form].search(text)
    if found is None:
        return None
    _, before = leading_date(text[: found.start()], None)
    if form == "quotes" and before.rstrip().endswith((":", "：")):
        return None  # `데미안: "새는 알에서 나온다"` quotes the book
    return found if _BEFORE.search(before) and len(plain(before)) <= _NAMES_LIMIT else None


def _read(row: Row, form: str | None, separator: str | None, year: int | None) -> BookLine | None:
    if form == "link" and row.linked is not None:
        return _parts(plain(row.linked), "", "", year)
    found = _set_off(row.text, form) if form is not None else None
    for other in _ALONE:
        found = found or _set_off(row.text, other)
    around = _set_off(row.text, "link") if found is not None and form != "link" else None
    if found is not None and around is not None and around.start() < found.start() < around.end():
        found = around  # `[*Title*](address) by …`
    if found is None:
        pair = _split_pair(plain(row.text), separator) if separator else None
        if pair is not None:
            return _parts(pair[1], pair[0], "", year)
        return read_line(plain(row.text), year)
    groups = found.groupdict()
    title = plain(groups["t"] or groups.get("u") or "")
    before, after = plain(row.text[: found.start()]), plain(row.text[found.end() :])
    return _parts(title, before, after, year)


def _parts(title: str, before: str, after: str, year: int | None) -> BookLine | None:
    """A book of its title and of what stands before and after it in the row."""
    around = f"{before} {after}"
    if any_of("books", "not_read").search(around):
        return None
    finished, before = leading_date(before, year)
    again = any_of("books", "again").search(around) is not None
    author = _named_before(before)
    title = unwrapped(title)
    if author is None and not after.strip():
        by = re.search(r"\s+by\s+(?P<author>[A-Z][^,;:\n]{1,60})$", title)
        inner = re.search(r"\s*\((?P<author>[^()\d\n]{2,40})\)$", title)
        if by is not None:
            title, author = title[: by.start()], by["author"]
        elif inner is not None and is_name(inner["author"].strip()):
            title, author = title[: inner.start()], inner["author"]
    rest = without_rating(after).strip(" ,.")
    comment = None
    if author is None and rest:
        author, comment = author_of(rest)
    if not 0 < len(title) <= _LONG_TITLE or not is_title(title[:TITLE_LIMIT], sure=True):
        return None
    return BookLine(title, author, finished, comment, False, again)


def _named_before(before: str) -> str | None:
    """The author before a title; of several fields those that are no translator's."""
    fields = [field.strip() for field in before.strip(" ,·:：|/-–—").split(",") if field.strip()]
    own = []
    for field in fields:
        if _TRANSLATED.search(field):
            break
        own.append(field)
    # `A, B, C 역`: B and C translated what A wrote.
    if own and len(own) < len(fields):
        own = own[:1]
    name = ", ".join(own).removesuffix("의").strip()
    return name if name and any(c.isalpha() for c in name) and len(name) <= _NAMES_LIMIT else None


def _split_pair(text: str, separator: str) -> tuple[str, str] | None:
    head, _, tail = text.partition(separator)
    if not head.strip() or not tail.strip():
        return None
    return head.strip(), tail.split(separator)[0].strip()


def _author_first(rows: Sequence[Row]) -> str | None:
    """The separator of a list whose rows are mostly `author, title`; None for any other list.

    A short title looks like a name and a name like a title: the first field is the author's where
    it repeats more than the second, or holds names before what are none and much longer.
    """
    texts = [plain(row.text) for row in rows]
    for separator in _SEPARATORS:
        pairs = [pair for text in texts if (pair := _split_pair(text, separator)) is not None]
        if len(rows) < _A_LIST or len(pairs) < _MOST * len(rows):
            continue
        named = sum(is_name(one) for one, _ in pairs)
        others = sum(is_name(other) for _, other in pairs)
        fewer = len({one for one, _ in pairs}) < len({other for _, other in pairs})
        longer = sum(len(o) for _, o in pairs) >= _LONGER * sum(len(o) for o, _ in pairs)
        if named >= _MOST * len(pairs) and (
            fewer or (longer and others <= (1 - _MOST) / 2 * len(pairs))
        ):
            return separator
        return None
    return None
