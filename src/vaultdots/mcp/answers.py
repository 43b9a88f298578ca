"""Answers of a bounded size: a page of results as JSON, with a cursor where more follow."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from vaultdots.errors import UsageError

BUDGET = 8_000
"""Bytes of one answer in UTF-8, at most."""
_ROOM = 200
_LONGEST_MESSAGE = 600
"""Characters of an error: three lines, and a path in each."""
_CUTS = (1_000, 200, 40, 8)


def as_json(value: Any) -> str:
    """Compact JSON that can be sent: half a surrogate pair becomes `?`."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)
    return text.encode("utf-8", "replace").decode("utf-8")


def size(value: Any) -> int:
    """Bytes of a value as JSON."""
    return len(as_json(value).encode("utf-8"))


def page(items: Sequence[Any], cursor: str = "") -> str:
    """`{"items": […], "cursor": "…"}`: as many as fit. Raises UsageError on a foreign cursor."""
    start = offset_of(cursor)
    taken: list[Any] = []
    left = BUDGET - _ROOM
    for item in items[start:]:
        item = _fitting(item)
        cost = size(item) + 1
        if cost > left:
            break
        taken.append(item)
        left -= cost
    answer: dict[str, Any] = {"items": taken}
    if start + len(taken) < len(items):
        answer["cursor"] = str(start + len(taken))
    return as_json(answer)


def cut(message: str) -> str:
    """What is wrong, without the middle of an argument that it repeats."""
    if len(message) <= _LONGEST_MESSAGE:
        return message
    half = _LONGEST_MESSAGE // 2
    return f"{message[:half]} … {message[-half:]}"


def offset_of(cursor: str) -> int:
    """Where a cursor goes on. Raises UsageError."""
    if not cursor:
        return 0
    if not (cursor.isascii() and cursor.isdigit() and len(cursor) < 10):
        raise UsageError(
            f"'{cursor[:40]}' is no cursor", hint="give back the one of the last answer"
        )
    return int(cursor)


def text_page(
    head: Mapping[str, Any], text: str, start: int, most: int, *, key: str = "cursor"
) -> str:
    """A piece of a text behind what is said of it, and under `key` where it was cut.

    start, most: code points; never larger than the budget.
    """
    start = min(start, len(text))
    low, high = 0, max(1, min(most, len(text) - start))
    while low < high:  # JSON of a longer piece is never shorter
        middle = (low + high + 1) // 2
        if size({**head, "text": text[start : start + middle]}) <= BUDGET - _ROOM:
            low = middle
        else:
            high = middle - 1
    answer = {**head, "text": text[start : start + low]}
    if start + low < len(text):
        answer[key] = str(start + low)
    return as_json(answer)


def parts(record: Mapping[str, Any]) -> list[dict[str, Any]]:
    """A large record as a list to page through: `{"part": key, "value": …}` an element."""
    found = []
    for key, value in record.items():
        values = value if isinstance(value, (list, tuple)) else [value]
        found += [{"part": key, "value": one} for one in values]
    return found


def _fitting(item: Any) -> Any:
    """The item itself, or with its long texts and lists cut so that one answer holds it."""
    limit = BUDGET - _ROOM - 1
    cut = item
    for most in _CUTS:
        if size(cut) <= limit:
            return cut
        cut = _cut(item, most)
    return cut if size(cut) <= limit else {"left_out": "larger than an answer"}


def _cut(value: Any, most: int) -> Any:
    if isinstance(value, str):
        return value if len(value) <= most else value[:most] + "…"
    if isinstance(value, Mapping):
        return {key: _cut(one, most) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_cut(one, most) for one in value[:most]]
    return value
