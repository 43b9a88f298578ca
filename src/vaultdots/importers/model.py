"""What an import would write: the frozen records that leave the `importers` room."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from vaultdots.text.tuples import NamedTuple

SourceKind = Literal["page", "hugo", "jekyll", "notion", "folder"]
Outcome = Literal["written", "unchanged", "kept", "failed"]
"""`unchanged`: the same bytes stand there already; `kept`: another file stands there, untouched."""


class OutlineEntry(NamedTuple):
    """A heading of the note to be written. level: 1–6; line: 1-based, in the written file."""

    heading: str
    level: int
    line: int


@dataclass(frozen=True, slots=True)
class Hints:
    """What the person knows and the page does not say. date: ISO; url: where it was published."""

    title: str | None = None
    date: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class PlannedNote:
    """One note to be written.

    source: the file it comes from, relative to the import's source (its name for a single file).
    path: where it goes, relative to the target folder, POSIX, NFC. text: the whole file.
    removed: the source's lines that are page chrome and were left out, as they stood.
    """

    source: str
    path: str
    text: str
    year: int | None
    sections: tuple[OutlineEntry, ...]
    warnings: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


class PlannedFile(NamedTuple):
    """An attachment to be copied byte for byte. path: relative to the target folder, POSIX, NFC."""

    source: Path
    path: str


class Skipped(NamedTuple):
    """A file of the source that is not imported, and why."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """Everything an import would write, and everything it would leave out."""

    source: Path
    kind: SourceKind
    notes: tuple[PlannedNote, ...]
    files: tuple[PlannedFile, ...] = ()
    skipped: tuple[Skipped, ...] = ()


class Applied(NamedTuple):
    """What became of one planned path. detail: why, where it was not written."""

    path: str
    outcome: Outcome
    detail: str = ""
