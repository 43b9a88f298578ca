"""The commands across the years at 10,000 notes: processor time the first time, after a review or
another note changed, and asked again."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from benchmarks.report import Report, shown
from benchmarks.scaling import Subject, subject

NOTES = 10_000
YEAR = 2023
BAR = 0.5
"""Seconds of processor time, a command asked again."""
COMMANDS: tuple[tuple[str, ...], ...] = (
    ("goals",),
    ("review", f"{YEAR}"),
    ("connect", f"{YEAR}년 회고"),
    ("reviews",),
    ("books",),
    ("concepts",),
    ("compare", f"{YEAR - 1}", f"{YEAR}"),
    ("on", "12-30"),
    ("wrapped", f"{YEAR}"),
)
_TIMES = 3


def measure_years(report: Report, work: Path) -> None:
    """Each command in four states of the catalog, the least of three runs; start-up included."""
    one = subject(NOTES, work)
    review = one.folder / "회고" / f"{YEAR}년 회고.md"
    rows = []
    for command in COMMANDS:
        line = [*command]
        if command[0] == "wrapped":
            line += ["--force", "-o", str(work / "wrapped.html")]
        one.run(*line)
        first = min(_asked_first(one, line, work) for _ in range(_TIMES))
        again = min(one.run(*line).cpu for _ in range(_TIMES))
        own = _after(one, review, line)
        other = _after(one, one.note, line)
        name = " ".join(command)
        rows.append((f"`dots {name}`", *(shown(t, "s") for t in (first, own, other, again))))
        for what, took in (
            ("the first time", first),
            ("its review changed", own),
            ("another note changed", other),
        ):
            report.add("years", f"{command[0]}, {what}", took, "s", notes=NOTES)
        report.add("years", f"{command[0]}, again", again, "s", notes=NOTES, bar=BAR)
    report.table(
        "Across the years: processor time of the whole process, 10,000 notes, ten reviews",
        ("command", "first", "its review changed", "another note changed", "again"),
        rows,
    )


def _asked_first(one: Subject, line: Sequence[str], work: Path) -> float:
    """The catalog as a sync leaves it, no answer kept."""
    for file in (work / "cache").rglob("catalog.sqlite"):
        with closing(sqlite3.connect(file)) as connection, connection:
            connection.execute("DELETE FROM kept")
    return one.run(*line).cpu


def _after(one: Subject, note: Path, line: Sequence[str]) -> float:
    """After a sentence was added to a note and the vault was read again; it is put back."""
    before, status = note.read_bytes(), note.stat()
    took = []
    try:
        for turn in range(_TIMES):
            note.write_bytes(before + f"\n바뀐 줄 {turn}을 적었다.\n".encode())
            one.run("tags")
            took.append(one.run(*line).cpu)
    finally:
        note.write_bytes(before)
        os.utime(note, ns=(status.st_atime_ns, status.st_mtime_ns))
    one.run("tags")
    return min(took)
