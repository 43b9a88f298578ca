"""Commands that write: a rename with a thousand backlinks, beside foam-cli's, and a new note."""

from __future__ import annotations

import os
import shutil
import statistics
import sys
from pathlib import Path

from benchmarks.peers import FOAM
from benchmarks.processes import dots, run
from benchmarks.report import Report, ratio, shown
from benchmarks.vaults import vault

NOTES = 10_000
BACKLINKS = 1_000
_TIMES = 5
_MTIME = 1_704_067_200
_NAMES = ("Hub note", "Axle note")


def _vault_with_a_hub(folder: Path) -> Path:
    """A copy of the generated vault in which a thousand notes name one, two links each."""
    shutil.copytree(vault(NOTES), folder)
    notes = sorted(folder.rglob("*.md"))
    (folder / f"{_NAMES[0]}.md").write_text(f"# {_NAMES[0]}\n", encoding="utf-8")
    for note in notes[:: max(1, len(notes) // BACKLINKS)][:BACKLINKS]:
        with note.open("a", encoding="utf-8") as text:
            text.write(f"\n[[{_NAMES[0]}]], [[{_NAMES[0]}|the hub]]\n")
    for note in folder.rglob("*.md"):
        os.utime(note, (_MTIME, _MTIME))
    return folder


def measure_writing(report: Report, work: Path) -> None:
    """`dots mv` there and back, `dots new`, and foam's rename of the same note."""
    folder = _vault_with_a_hub(work / "writing")
    environ = {"DOTS_CACHE": str(work / "writing-cache"), "DOTS_DATA": str(work / "writing-data")}
    nothing = min(run([sys.executable, "-c", "pass"]).wall for _ in range(_TIMES))

    def ours(*words: str) -> float:
        done = run(dots(*words, vault=folder), environ)
        if done.code:
            raise RuntimeError(f"dots {' '.join(words)}: {done.error}")
        return done.wall

    ours("index")
    moves = []
    for turn in range(_TIMES):
        old, new = _NAMES[turn % 2], _NAMES[(turn + 1) % 2]
        moves.append(ours("mv", f"{old}.md", f"{new}.md", "--yes"))
    fresh = [ours("new", f"Fresh {turn}") for turn in range(_TIMES)]
    rows = []
    for name, values, bar in (
        (f"mv, {BACKLINKS:,} backlinks", moves, 1.5),
        ("new", fresh, 0.3),
    ):
        wall = statistics.median(values)
        report.add("writing", name, wall, "s", notes=NOTES, bar=bar)
        rows.append((f"dots {name}", shown(wall, "s"), ratio(wall, nothing)))
    if FOAM.exists():
        there = _NAMES[_TIMES % 2]
        line: list[str | Path] = [FOAM, "rename", "note", there, "Foam note", "--workspace", folder]
        theirs = run(line, {"FOAM_TELEMETRY": "0"})
        if theirs.code:
            report.skip("foam: rename", f"exit code {theirs.code}: {theirs.error.strip()[-200:]}")
        else:
            report.add("writing", "foam rename", theirs.wall, "s", notes=NOTES)
            rows.append(("foam rename note", shown(theirs.wall, "s"), ratio(theirs.wall, nothing)))
    else:
        report.skip("foam: rename", "not installed; `make bench-peers` does it")
    report.table(
        f"Writing, {NOTES:,} notes (median of {_TIMES})",
        ("command", "time", "× python -c pass"),
        rows,
    )
