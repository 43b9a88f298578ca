"""Start-up: what a person waits for before the work begins."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.processes import best, dots, run
from benchmarks.report import Report, ratio, shown
from benchmarks.scaling import subject
from vaultdots.cli import COMMANDS

ROOT = Path(__file__).parent.parent
_TIMES = 7
NOTES = 10_000
"""Of the generated vault in which one search is a process: 50,000 sections and more."""
PROCESS_BAR, SENTENCE_BAR = 12.0, 1.5
ASKED = {
    "a hit": ["회고"],
    "a miss": ["없는말이다"],
    "two words": ["트랜잭션", "격리"],
    "ten words": ["트랜잭션 격리 수준을 낮추면 생기는 문제와 막는 잠금 방법 정리"],
}


def measure_starting(report: Report, work: Path) -> None:
    """Whole processes on the shipped vault, and what single imports cost."""
    vault = ROOT / "vault"
    environ = {"DOTS_CACHE": str(work / "cache")}
    python: list[str | Path] = [sys.executable]
    lines: list[tuple[str, list[str | Path]]] = [
        ("python -c pass", [*python, "-c", "pass"]),
        ("import sqlite3, json", [*python, "-c", "import sqlite3, json"]),
        ("import click", [*python, "-c", "import click"]),
        ("import vaultdots.cli", [*python, "-c", "import vaultdots.cli"]),
        ("import vaultdots.vault", [*python, "-c", "import vaultdots.vault"]),
        ("dots --version", dots("--version")),
        ("dots --help", dots("--help")),
        ("dots links Redis", dots("links", "Redis", vault=vault)),
        ("dots reviews", dots("reviews", vault=vault)),
    ]
    if "search" in COMMANDS:
        lines.append(("dots search 회고", dots("search", "회고", vault=vault)))
    base = 0.0
    rows = []
    for name, line in lines:
        best(1, line, environ)
        took = best(_TIMES, line, environ)
        base = base or took.wall
        report.add("start", name, took.wall * 1e3, "ms")
        rows.append((f"`{name}`", shown(took.wall * 1e3, "ms"), ratio(took.wall, base)))
    report.table("Start-up, the fastest of seven", ("process", "wall", "to bare Python"), rows)


def measure_process(report: Report, work: Path) -> None:
    """`dots search` as a process on 50,000 sections: processor time, in bare Pythons."""
    one = subject(NOTES, work)
    one.run("index")
    base = _least([sys.executable, "-c", "pass"], one.environ)
    took = {name: _least(one.line("search", *words), one.environ) for name, words in ASKED.items()}
    rows = [("`python -c pass`", shown(base * 1e3, "ms"), "")]
    for name, cpu in took.items():
        report.add("process", name, cpu / base, "×", notes=NOTES, bar=PROCESS_BAR)
        rows.append((name, shown(cpu * 1e3, "ms"), ratio(cpu, base)))
    longer = took["ten words"] / took["two words"]
    report.add("process", "ten words to two", longer, "×", notes=NOTES, bar=SENTENCE_BAR)
    head = ("`dots search`", "processor", "to bare Python")
    report.table("A search as a process, 50,000 sections, the least of seven", head, rows)


def _least(line: Sequence[str | Path], environ: Mapping[str, str]) -> float:
    """The least processor time of some runs: a loaded machine takes longer on the wall."""
    return min(run(line, environ).cpu for _ in range(_TIMES))
