"""Where a vault keeps its notes of days, weeks, months: Obsidian's daily notes and the plugin
periodic-notes, from `.obsidian/`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

from vaultdots.note.options import DatedNames
from vaultdots.store.opening import read_inside
from vaultdots.text.tuples import NamedTuple

Unit = Literal["day", "week", "month", "quarter", "year"]

_UNITS: dict[str, Unit] = {
    "daily": "day", "weekly": "week", "monthly": "month", "quarterly": "quarter", "yearly": "year",
}  # fmt: skip
FORMATS: dict[Unit, str] = {
    "day": "YYYY-MM-DD", "week": "gggg-[W]ww", "month": "YYYY-MM", "quarter": "YYYY-[Q]Q",
    "year": "YYYY",
}  # fmt: skip
"""The formats that Obsidian and the plugin take where none is given."""


class PeriodicNotes(NamedTuple):
    """One kind of dated notes. folder: vault-relative, "" for the root; format: of Moment.js;
    template: the path of the note that a new one begins as, "" for none."""

    unit: Unit
    folder: str
    format: str
    template: str

    @property
    def names(self) -> DatedNames:
        """What the reading of a note has to know of it."""
        return DatedNames(self.unit, self.folder, self.format)


PERIODIC = (".obsidian/plugins/periodic-notes/data.json", ".obsidian/daily-notes.json")
"""The files that say so: the plugin's, the core plugin's."""


def read_periodic(root: Path) -> tuple[PeriodicNotes, ...]:
    """The vault's dated notes: those of periodic-notes first, then of the core plugin. A file that
    is missing or cannot be read says nothing."""
    found: dict[tuple[Unit, str, str], PeriodicNotes] = {}
    for one in (*_of_plugin(root), *_of_core(root)):
        found.setdefault(one.names, one)
    return tuple(found.values())


def _of_plugin(root: Path) -> Iterator[PeriodicNotes]:
    table = read_json(root, PERIODIC[0])
    # Version 1 keeps its settings in sets, one for each calendar.
    sets = table.get("calendarSets")
    for one in (table, *(sets if isinstance(sets, list) else ())):
        for key, unit in _UNITS.items():
            entry = one.get(key, one.get(unit)) if isinstance(one, Mapping) else None
            if isinstance(entry, Mapping) and entry.get("enabled") is True:
                yield _notes(unit, entry, "templatePath")


def _of_core(root: Path) -> Iterator[PeriodicNotes]:
    name = PERIODIC[1]
    if (root / name).is_file():
        yield _notes("day", read_json(root, name), "template")


def _notes(unit: Unit, entry: Mapping[str, Any], template: str) -> PeriodicNotes:
    return PeriodicNotes(
        unit,
        _text(entry, "folder").strip("/"),
        _text(entry, "format") or FORMATS[unit],
        _text(entry, template) or _text(entry, "template"),
    )


def _text(entry: Mapping[str, Any], key: str) -> str:
    value = entry.get(key)
    return value.strip() if isinstance(value, str) else ""


def read_json(root: Path, name: str) -> Mapping[str, Any]:
    """Settings of Obsidian's; a broken file is as if it were not there (it is not ours to mend)."""
    data = read_inside(root, name).data
    if data is None:
        return {}
    try:
        value = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, Mapping) else {}
