"""Figures as they are gathered: tables on stdout, everything in build/bench.json."""

from __future__ import annotations

import json
import os
import platform
import sqlite3
import unicodedata
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

_BEGIN, _END = "<!-- measured -->", "<!-- end of measured -->"
_BARS = "The bars"


class Figure(NamedTuple):
    """One measured number. bar: what it must not exceed, None where it is only written down."""

    group: str
    name: str
    notes: int
    value: float
    unit: str
    bar: float | None = None

    @property
    def holds(self) -> bool:
        """Whether the number is within its bar."""
        return self.bar is None or self.value <= self.bar


class Report:
    """The figures of one run, in order, and what was left out with its reason."""

    def __init__(self) -> None:
        self.figures: list[Figure] = []
        self.skipped: list[tuple[str, str]] = []
        self.told: list[str] = []

    def add(
        self,
        group: str,
        name: str,
        value: float,
        unit: str,
        *,
        notes: int = 0,
        bar: float | None = None,
    ) -> Figure:
        """Remember a figure."""
        figure = Figure(group, name, notes, value, unit, bar)
        self.figures.append(figure)
        return figure

    def say(self, line: str = "") -> None:
        """Print a line, and remember it for the docs."""
        self.told.append(line)
        print(line, flush=True)

    def skip(self, name: str, reason: str) -> None:
        """Remember and say what is not measured."""
        self.skipped.append((name, reason))
        self.say(f"\n{name}: left out ({reason}).")

    def value(self, group: str, name: str, notes: int) -> float | None:
        """A figure that was measured before, None where it was not."""
        for figure in self.figures:
            if (figure.group, figure.name, figure.notes) == (group, name, notes):
                return figure.value
        return None

    def table(self, title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Print one Markdown table, its columns padded (Hangul is two columns wide)."""
        if not rows:
            return
        self.say(f"\n### {title}\n")
        widths = [max(_width(row[at]) for row in (head, *rows)) for at in range(len(head))]
        for number, row in enumerate((head, *rows)):
            cells = [
                cell + " " * (width - _width(cell))
                if at == 0
                else " " * (width - _width(cell)) + cell
                for at, (cell, width) in enumerate(zip(row, widths, strict=True))
            ]
            self.say(f"| {' | '.join(cells)} |")
            if number == 0:
                rules = [
                    "-" * width if at == 0 else "-" * (width - 1) + ":"
                    for at, width in enumerate(widths)
                ]
                self.say(f"| {' | '.join(rules)} |")

    def bars(self) -> int:
        """Print every bar with what was measured; returns how many are missed."""
        rows = [
            (
                f"{figure.group}: {figure.name}"
                + (f", {figure.notes:,} notes" * bool(figure.notes)),
                shown(figure.value, figure.unit),
                shown(figure.bar, figure.unit),
                "holds" if figure.holds else "MISSED",
            )
            for figure in self.figures
            if figure.bar is not None
        ]
        self.table(_BARS, ("what", "measured", "bar", ""), rows)
        return sum(not figure.holds for figure in self.figures)

    def write(self, file: Path) -> None:
        """Write everything as JSON."""
        file.parent.mkdir(parents=True, exist_ok=True)
        record = {
            "machine": machine(),
            "figures": [{**figure._asdict(), "holds": figure.holds} for figure in self.figures],
            "skipped": [{"name": name, "reason": reason} for name, reason in self.skipped],
        }
        file.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")

    def write_doc(self, file: Path) -> None:
        """Put the tables between the marks of a Markdown file; those not measured now stay."""
        before, _, rest = file.read_text(encoding="utf-8").partition(_BEGIN)
        held, end, after = rest.partition(_END)
        if not end:
            raise ValueError(f"{file} has no {_BEGIN} … {_END}")
        of, now = machine(), _tables("\n".join(self.told))
        run = f"{date.today()}, Python {of['python']}, {of['cores']} cores, load {of['load']}."
        tables = _tables(held)
        for title, lines in now.items():
            if title == _BARS and title in tables:
                lines = _same_rows_replaced(tables[title], lines)
            elif title:
                lines = f"{lines}\n\n{run}"
            if title or now.keys() >= _tables(held).keys():
                tables[title] = lines
        tables[_BARS] = tables.pop(_BARS, "")
        parts = [
            tables.pop(""),
            *(f"### {name}\n\n{lines}" for name, lines in tables.items() if lines),
        ]
        text = "\n\n".join(part for part in parts if part)
        file.write_text(f"{before}{_BEGIN}\n\n{text}\n\n{_END}{after}", encoding="utf-8")


def _tables(text: str) -> dict[str, str]:
    """What stands under each `### ` heading, by the heading; "" holds what is above the first."""
    first, *parts = f"\n{text}".split("\n### ")
    tables = {"": first.strip()}
    for part in parts:
        title, _, lines = part.partition("\n")
        tables[title.strip()] = lines.strip()
    return tables


def _same_rows_replaced(held: str, now: str) -> str:
    """The bars of before with those measured now, by their first cell."""
    cells = {row.split("|")[1].strip(): row for row in held.splitlines() if "|" in row}
    # The head of the table and the line under it stand there already.
    cells |= {row.split("|")[1].strip(): row for row in now.splitlines()[2:] if "|" in row}
    return "\n".join(cells.values())


def shown(value: float, unit: str) -> str:
    """A number with its unit, as many digits as mean something."""
    digits = 0 if value >= 100 or value == int(value) else 1 if value >= 10 else 2
    return f"{value:,.{digits}f} {unit}"


def ratio(value: float | None, base: float | None) -> str:
    """`× 12` against a base, "" where one of them is missing."""
    if not value or not base:
        return ""
    times = value / base
    return f"× {times:,.0f}" if times >= 10 else f"× {times:.1f}"


def machine() -> dict[str, Any]:
    """What the run was made on."""
    memory = 0
    if hasattr(os, "sysconf") and "SC_PHYS_PAGES" in os.sysconf_names:
        memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2**30
    return {
        "system": f"{platform.system()} {platform.machine()}",
        "cores": os.cpu_count(),
        "memory_gib": memory,
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "load": round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None,
    }


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
