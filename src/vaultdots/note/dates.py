"""The properties in which people and plugins say when a note was written, changed, published."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from vaultdots.note.model import PropertyValue
from vaultdots.text.dates import parse_date
from vaultdots.text.folding import folded

WRITTEN = (
    "date", "created", "published", "created at", "pubdate", "날짜", "작성일",
    "date created", "created date", "creation date", "created on", "created time", "create time",
    "creation time", "ctime", "date published", "published at", "publish date", "published date",
    "date time", "일자", "일시", "작성일자", "작성일시", "작성 날짜", "작성 시간", "생성일",
    "생성일자", "생성일시", "생성 날짜", "생성 시간", "등록일", "발행일", "게시일", "만든 날짜",
    "만든 날", "쓴 날", "쓴 날짜",
)  # fmt: skip
"""Keys of the day that a note is of, the first one that holds a date wins. Written here with
spaces; `date_created`, `date-created` and `dateCreated` are the same key."""
CHANGED = (
    "modified", "updated", "lastmod", "last modified at", "date modified", "modified at",
    "modified date", "modification date", "last modified", "updated at", "date updated",
    "update date", "updated date", "last updated", "last update", "last edited time", "mtime",
    "수정일", "수정일자", "수정일시", "수정 날짜", "수정 시간", "최종 수정일", "마지막 수정",
    "갱신일", "업데이트",
)  # fmt: skip
"""Keys of the day on which a note was last changed."""

_JOINTS = re.compile(r"[\s_\-]+")


@lru_cache(maxsize=4096)
def plain_key(key: str) -> str:
    """A key without case, spaces, `_` and `-`: `Date created` → `datecreated`."""
    return _JOINTS.sub("", folded(key))


_WRITTEN = tuple(plain_key(key) for key in WRITTEN)
_CHANGED = tuple(plain_key(key) for key in CHANGED)


def written_values(values: Mapping[str, PropertyValue]) -> Iterator[tuple[str, PropertyValue]]:
    """(key as written, value) of each property that may say a note's day, the best key first."""
    known: dict[str, str] = {}
    for key in values:
        known.setdefault(plain_key(key), key)
    for plain in _WRITTEN:
        if plain in known:
            yield known[plain], values[known[plain]]


def written_on(values: Mapping[str, PropertyValue]) -> str | None:
    """The day that a note's properties say it is of, as `parse_date` reads it."""
    return next((d for _, value in written_values(values) if (d := day_said(value))), None)


def changed_on(values: Mapping[str, PropertyValue]) -> str | None:
    """The day on which a note's properties say that it was last changed."""
    known = {plain_key(key): value for key, value in values.items()}
    return next((d for k in _CHANGED if k in known and (d := day_said(known[k]))), None)


def day_said(value: PropertyValue) -> str | None:
    """A value as a date; of a list with one entry that entry."""
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    return parse_date(value)
