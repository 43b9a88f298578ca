"""Start-up: what a person waits for before the work begins."""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.processes import best, dots
from benchmarks.report import Report, ratio, shown
from vaultdots.cli import COMMANDS

ROOT = Path(__file__).parent.parent
_TIMES = 7


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
