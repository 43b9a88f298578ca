"""What was changed last, where the files' times may be those of a copy.

A clone, a copy or a sync program gives all files the time at which it wrote them. So where most of
the vault has one hour's times, a note counts by its own dates (`modified` and `created`, as its
properties or its name say), and by its file only if that changed since dots first read the vault.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from vaultdots.store.answers import NoteRow
from vaultdots.text.tuples import NamedTuple

HOUR_NS = 3_600 * 1_000_000_000
MOST_OF = 0.5
"""Share of the notes with times of one hour from which these are those of a copy."""


class Recent(NamedTuple):
    """A note and the day on which it was changed, ISO; "" where nothing says one."""

    row: NoteRow
    day: str


def are_of_a_copy(times: Iterable[int]) -> bool:
    """Whether most of these times (ns) lie within an hour of one another."""
    ordered = sorted(times)
    needed = int(len(ordered) * MOST_OF) + 1
    return any(
        last - first < HOUR_NS for first, last in zip(ordered, ordered[needed - 1 :], strict=False)
    )


def recent(rows: Collection[NoteRow], changed: Collection[int], most: int) -> list[Recent]:
    """The notes that were changed last, at most so many. changed: ids of those that changed since
    the vault was first read."""
    copied = are_of_a_copy(row.mtime_ns for row in rows)
    known = set(changed)
    found = []
    for row in rows:
        own = max(row.modified or "", row.created or "")[:10]
        by_file = not copied or row.id in known
        found.append(Recent(row, max(own, _day(row.mtime_ns)) if by_file else own))
    # A date to come (a plan, a slip) is no change; the file's time parts what is of one day.
    today = datetime.now().date().isoformat()
    found.sort(key=lambda one: one.row.path)
    found.sort(key=lambda one: (one.day <= today, one.day, one.row.mtime_ns), reverse=True)
    return found[:most]


def _day(mtime_ns: int) -> str:
    try:
        return datetime.fromtimestamp(mtime_ns / 1e9).date().isoformat()
    except (OverflowError, ValueError, OSError):
        return ""
