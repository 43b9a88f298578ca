"""A vault of 100,000 notes (500 MB) beside one of a tenth: is time and memory in proportion?

It takes a quarter of an hour, so `python -m benchmarks large` alone measures it.
"""

from __future__ import annotations

from pathlib import Path

from benchmarks.processes import Run
from benchmarks.report import Report, shown
from benchmarks.scaling import QUERIES, Subject, subject

SIZES = (10_000, 100_000)
LINEAR_BAR = 1.25
"""How much more a note may take at the larger size; what is independent of the size gives less."""


def measure_large(report: Report, work: Path) -> None:
    """Index, search, backlinks and map: processor time and memory of whole processes."""
    columns = [_measured(report, subject(notes, work / str(notes)), work) for notes in SIZES]
    rows = []
    for name, small in columns[0].items():
        large = columns[1][name]
        growth = large.cpu / small.cpu / (SIZES[1] / SIZES[0])
        report.add("large", f"{name}, growth for one note", growth, "×", bar=LINEAR_BAR)
        rows.append(
            (
                name,
                *(shown(one.cpu, "s") for one in (small, large)),
                f"× {growth:.2f}",
                *(shown(one.pss, "MB") if one.pss else "–" for one in (small, large)),
            )
        )
    first, second = (f"{notes:,}" for notes in SIZES)
    head = ("", first, second, "for one note", f"memory, {first}", f"memory, {second}")
    report.table("100,000 notes: processor time and memory of whole processes", head, rows)


def _measured(report: Report, one: Subject, work: Path) -> dict[str, Run]:
    one.forget()
    page = work / f"map-{one.notes}.html"
    found = {
        "`dots index`, from nothing": one.run("index", memory=True),
        "`dots index`, unchanged": one.run("index", memory=True),
        **{f"`dots search {query}`": one.run("search", query, memory=True) for query in QUERIES},
        "`dots backlinks`": one.run("backlinks", one.note.stem, memory=True),
        "`dots graph -o map.html`": one.run("graph", "-o", page, memory=True),
    }
    for name, took in found.items():
        report.say(f"  {one.notes:,}, {name}: {shown(took.cpu, 's')}, {took.pss or 0:.0f} MB")
        report.add("large", name, took.cpu, "s", notes=one.notes)
        if took.pss:
            report.add("large", f"{name}, memory", took.pss, "MB", notes=one.notes)
    return found
