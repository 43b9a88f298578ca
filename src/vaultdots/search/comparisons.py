"""A property's value against a bound, `[deadline:<=2025]`: as numbers, dates, versions or text.

Numbers where both are numbers; dates where both read as dates (of a value its first day counts, as
with `created:`); versions where one has two dots or a v in front; text where the bound is text. A
bound that is a number, a date or a version holds for no value of another sort.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from datetime import date
from typing import Any

from vaultdots.text.days import Days, day_of, looks_like_a_day, read_point
from vaultdots.text.late import late
from vaultdots.text.names import name_key
from vaultdots.text.tuples import NamedTuple

_NUMBER = late(r"\s*[-+]?\d+(?:\.\d+)?\s*")
_VERSION = late(
    r"\s*(v?)(\d{1,18}(?:\.\d{1,18})*)(?:[-_.]?([a-z][\w.-]*))?(?:\+\S*)?\s*", re.IGNORECASE
)
_SIGNS: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq,
}  # fmt: skip

Version = tuple[tuple[int, ...], bool, str]
"""The parts without zeros at the end; whether it is released (2.0-rc1 is not); what follows."""


class Bound(NamedTuple):
    """What a value is compared with, in every way that it can be read."""

    text: str
    number: float | None
    days: Days | None
    version: Version | None
    is_version: bool
    is_moment: bool

    @property
    def is_text(self) -> bool:
        """Whether it can be read as text alone."""
        return self.number is None and self.days is None and not (self.is_version or self.is_moment)


def read_bound(text: str, today: date) -> Bound | None:
    """A bound as it was typed; None where it looks like a date and is none: 2025-02-30."""
    number = float(text) if _NUMBER.fullmatch(text) else None
    days = read_point(text, today)
    version, marked = _version(text)
    if days is None and number is None and not marked and looks_like_a_day(text):
        return None
    return Bound(text, number, days, version, marked, days is None and day_of(text) is not None)


def sides(span: str) -> tuple[str, str]:
    """What a range runs from and to; "" where an end is open."""
    first, _, last = span.partition("..")
    return first.strip(), last.strip()


def is_backwards(first: Bound, last: Bound) -> bool | None:
    """Whether a range ends before it begins; None where its ends are of two sorts."""
    if first.number is not None and last.number is not None:
        return first.number > last.number
    if first.days and last.days:
        return first.days.first > last.days.last
    if first.version and last.version and (first.is_version or last.is_version):
        return first.version > last.version
    return None


def compares(value: Any, sign: str, bound: Bound) -> bool:
    """`value sign bound`; sign: <, <=, > or >=, or = for the same number."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return False
    written = str(value)
    holds = _SIGNS[sign]
    if bound.number is not None and (not isinstance(value, str) or _NUMBER.fullmatch(written)):
        return holds(float(written), bound.number)
    if bound.days and (day := day_of(written)):
        # Up to 2025 and after 2025 look at its end, before 2025 and from 2025 at its beginning.
        return holds(day, bound.days.last if sign in ("<=", ">") else bound.days.first)
    if bound.is_moment:  # a day with its time: as it is spelled
        return day_of(written) is not None and holds(_moment(written), _moment(bound.text))
    version, marked = _version(written)
    if version and bound.version and (marked or bound.is_version):
        return holds(version, bound.version)
    return bound.is_text and isinstance(value, str) and holds(name_key(value), name_key(bound.text))


def _moment(text: str) -> str:
    return text.strip().replace(" ", "T")


def _version(text: str) -> tuple[Version | None, bool]:
    """A version, and whether it can be nothing else: two dots or more, or a v in front."""
    found = _VERSION.fullmatch(text)
    if not found:
        return None, False
    parts = [int(part) for part in found[2].split(".")]
    marked = len(parts) > 2 or bool(found[1])
    while len(parts) > 1 and not parts[-1]:
        parts.pop()
    suffix = (found[3] or "").lower()
    return (tuple(parts), not suffix, suffix), marked
