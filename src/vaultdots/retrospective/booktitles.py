"""Where a book's title stands in a list item or a sentence, and which of them were read again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from vaultdots.retrospective.words import any_of
from vaultdots.text.late import late

ITALIC = late(
    r"(?<![*_\w])(?P<mark>[*_])(?P<title>[A-Z][^*_\n]{1,80})(?P=mark)(?![*_\w])"
    r"(?:\sby\s(?P<author>[A-Z][\w.'-]*(?:\s[A-Z][\w.'-]*){0,3}))?"
)
BY_AUTHOR = late(
    r"\W{0,3}[\"“*_『](?P<title>[^\"“”*_『』\n]{2,90})[\"”*_』]\sby\s"
    r"(?P<author>[A-Z][\w.'-]*(?:\s[A-Z][\w.'-]*){0,3})"
)
"""`"Orbital" by Samantha Harvey` is a book wherever it stands."""
PART_OF = late(r"(?:half|some|part|most|chapters?) (?:of|in)\s$", re.IGNORECASE)
ANGLED = late(r"<(?P<title>(?=[^<>\n]{0,60}[가-힣])[^<>/=\n]{1,60})>(?=[가-힣,(]|\s)")
"""`<데미안>을`: Korean titles also stand between the signs for less and more."""


def read_again(raw: str, titles: Sequence[int]) -> set[int]:
    """The titles (by offset) that a sentence says were read again: the last one before the word,
    with those that `와`, `과` or a comma join to it, else the first one after it."""
    found: set[int] = set()
    for match in islice(any_of("books", "again").finditer(raw), _TIMES):
        before = [at for at in titles if at < match.start()]
        if not before:
            found.update(titles[:1])
        for at in reversed(before):
            found.add(at)
            if _JOINED.search(raw, max(0, at - _BETWEEN), at) is None:
                break
    return found


_BETWEEN = 8
"""Characters between two titles that are joined."""
_TIMES = 20
"""Times that one sentence says so; no real one does more than twice."""
_JOINED = late(r"[』》」〉`\"”)]\s?(?:와|과|이랑|하고|,|&|and)\s*$")


_COVER = late(
    r"(?P<link>\[)?!\[(?P<title>[^\[\]\n]{1,90})\]\([^()\n]{0,600}\)(?(link)\]\((?P<url>[^()\s]{1,600})\))"
)
_NO_TITLE = late(
    r"^\W*(?:(?:책\s?)?표지|커버|썸네일|이미지|사진|그림|책장|alt|image|img|photo|cover|thumbnail"
    r"|screenshot|untitled|picture)?[\s\d_-]*$|\.(?:png|jpe?g|gif|webp)$",
    re.IGNORECASE,
)


def covers(text: str, start: int, end: int) -> list[tuple[int, str, str]]:
    """Books shown by their covers: (offset, title, link's address or "")."""
    return [
        (match.start(), match["title"].strip(), match["url"] or "")
        for match in _COVER.finditer(text, start, end)
        if _NO_TITLE.search(match["title"]) is None
    ]


def is_sentence_about(raw: str) -> bool:
    """`` `Clean Code` 책은 … `` talks of a title; as an item it is no new entry of the list."""
    return (
        re.match(
            r"\s*[`\"“『《][^`\"”』》\n]{1,90}[`\"”』》]\s?(?:책|도서)?(?:은|는|을|를|의|이|가)\s",
            raw,
        )
        is not None
    )
