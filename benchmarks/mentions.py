"""Who names whom: the pass over a whole vault, and what one changed note costs after it."""

from __future__ import annotations

from pathlib import Path

from benchmarks.report import Report, shown
from benchmarks.scaling import LINEAR_BAR, SIZES, after_a_change, say_shape, subject
from benchmarks.searching import ask

COLD_BAR, UPDATE_BAR = 8.0, 300.0


def measure_mentions(report: Report, work: Path) -> None:
    """`dots mentions NOTE` after the catalog: the first time, again, and after one note changed."""
    rows = []
    for notes in SIZES:
        one = subject(notes, work)
        one.forget()
        one.run("tags")
        cold = one.run("mentions", one.note.stem).wall
        again = one.best("mentions", one.note.stem).wall
        changed = after_a_change(one, "mentions", one.note.stem).wall
        update = ask(one, work, [], update="mentions").update
        rows.append(
            (
                f"{notes:,}",
                shown(cold, "s"),
                shown(cold / notes * 1e6, "µs"),
                shown(again, "s"),
                shown(changed, "s"),
                shown(update, "ms"),
            )
        )
        top = notes == SIZES[-1]
        for what, value, unit, bar in (
            ("cold", cold, "s", COLD_BAR),
            ("again", again, "s", None),
            ("after a change", changed, "s", None),
            ("one changed note, on top of the sync", update, "ms", UPDATE_BAR),
        ):
            report.add("mentions", what, value, unit, notes=notes, bar=bar if top else None)
    report.table(
        "Mentions: `dots mentions NOTE` after the catalog, the whole process",
        ("notes", "cold", "a note", "unchanged", "one changed", "of it mentions"),
        rows,
    )
    say_shape(report, "mentions", "cold", bar=LINEAR_BAR)
