"""The commands on vaults of 1k, 3k and 10k notes: whole processes, with the shape of the cost."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.processes import Run, best, can_sample, dots, run
from benchmarks.report import Report, shown
from benchmarks.vaults import vault
from vaultdots.cli import COMMANDS

SIZES = (1_000, 3_000, 10_000)
COLD_BAR, UNCHANGED_BAR, CHANGED_BAR = 6.0, 0.4, 0.6
COLD_MEMORY_BAR, MEMORY_BAR = 400.0, 150.0
# Bars of whole processes on an unchanged vault of 10k notes.
COMMAND_BARS = {"related": 0.5, "review": 0.6, "connect": 1.0}
QUERY_BAR, TOGETHER_BAR, TOGETHER_MEMORY_BAR = 0.2, 20.0, 500.0
GRAPH_BAR = 4.0
# From 1k to 10k notes the time for one note may grow by this factor: start-up is shared by fewer
# notes at 1k, so linear cost gives less than 1, and n log n would give 1.3.
LINEAR_BAR = 1.25
QUERIES = ("회고", "트랜잭션 격리", "review design", "tag:#python 메모리", '"동기 비동기"')
_TIMES = 3


class Subject(NamedTuple):
    """A generated vault, the folder of its cache, and a note that a few others link to."""

    notes: int
    folder: Path
    environ: dict[str, str]
    note: Path

    def run(self, *arguments: str | Path, memory: bool = False) -> Run:
        """One command on the vault. Raises RuntimeError for an exit code of 2."""
        return _checked(run(self.line(*arguments), self.environ, memory=memory))

    def best(self, *arguments: str | Path) -> Run:
        """The fastest of a few runs."""
        return _checked(best(_TIMES, self.line(*arguments), self.environ))

    def line(self, *arguments: str | Path) -> list[str | Path]:
        """The command line."""
        return dots(*arguments, vault=self.folder)

    def forget(self) -> None:
        """Throw the cache away."""
        self.run("cache", "clear")


def subject(notes: int, work: Path) -> Subject:
    """The generated vault of that size."""
    folder = vault(notes)
    files = sorted(folder.rglob("*.md"))
    return Subject(notes, folder, {"DOTS_CACHE": str(work / "cache")}, files[notes // 3])


def measure_catalog(report: Report, work: Path) -> None:
    """Links and catalog: cold, on an unchanged vault, and after one note changed."""
    rows = []
    for notes in SIZES:
        one = subject(notes, work)
        top = notes == SIZES[-1]
        name = one.note.stem
        one.forget()
        cold = one.run("backlinks", name)
        one.forget()
        memory = one.run("backlinks", name, memory=True).pss
        unchanged = one.best("backlinks", name)
        changed = after_a_change(one, "backlinks", name)
        rows.append(
            (
                f"{notes:,}",
                shown(cold.wall, "s"),
                shown(cold.cpu, "s"),
                shown(cold.wall / notes * 1e6, "µs"),
                shown(memory, "MB") if memory else "–",
                shown(unchanged.wall, "s"),
                shown(changed.wall, "s"),
            )
        )
        add = report.add
        group = "links and catalog"
        add(group, "cold", cold.wall, "s", notes=notes, bar=COLD_BAR if top else None)
        add(group, "cold, processor", cold.cpu, "s", notes=notes)
        if memory:
            bar = COLD_MEMORY_BAR if top else None
            add(group, "cold, memory", memory, "MB", notes=notes, bar=bar)
        bar = UNCHANGED_BAR if top else None
        add(group, "unchanged vault", unchanged.wall, "s", notes=notes, bar=bar)
        bar = CHANGED_BAR if top else None
        add(group, "one changed note", changed.wall, "s", notes=notes, bar=bar)
    report.table(
        "Links and catalog: `dots backlinks NOTE`, the whole process",
        ("notes", "cold", "processor", "a note", "memory", "unchanged", "one changed"),
        rows,
    )
    say_shape(report, "links and catalog", "cold")


def measure_commands(report: Report, work: Path) -> None:
    """Every other command on an unchanged vault: time, and memory of the process tree."""
    lines: Sequence[tuple[str, Callable[[Subject], Sequence[str | Path]]]] = (
        ("links", lambda one: ("links", one.note.stem)),
        ("backlinks", lambda one: ("backlinks", one.note.stem)),
        ("tags", lambda one: ("tags",)),
        ("check", lambda one: ("check", "--jsonl")),
        ("reviews", lambda one: ("reviews",)),
        ("review", lambda one: ("review", "2023")),
        ("mentions", lambda one: ("mentions", one.note.stem)),
        ("related", lambda one: ("related", one.note.stem)),
        ("goals", lambda one: ("goals",)),
        ("books", lambda one: ("books",)),
        ("connect", lambda one: ("connect", one.note.stem)),
    )
    rows = []
    for name, arguments in lines:
        if name not in COMMANDS:
            continue
        row = [f"`dots {name}`"]
        for notes in SIZES:
            one = subject(notes, work)
            one.run("tags")
            took = one.best(*arguments(one))
            bar = COMMAND_BARS.get(name) if notes == SIZES[-1] else None
            report.add("commands", name, took.wall, "s", notes=notes, bar=bar)
            row.append(shown(took.wall, "s"))
            if notes == SIZES[-1]:
                row.append(shown(took.cpu, "s"))
                row.append(_memory(report, one, name, arguments(one)))
        rows.append(row)
    head = ("command", *(f"{notes:,} notes" for notes in SIZES), "processor", "memory")
    report.table("Commands on an unchanged vault, the whole process", head, rows)


def measure_search(report: Report, work: Path) -> None:
    """The full-text index from nothing, after one change, and queries in processes of their own."""
    if "search" not in COMMANDS:
        report.skip("search", "the command is not there yet")
        return
    rows = []
    for notes in SIZES:
        one = subject(notes, work)
        one.forget()
        one.run("tags")
        index = one.run("index")
        one.forget()
        together = one.run("index", memory=True)
        memory = together.pss
        again = one.best("index")
        changed = after_a_change(one, "search", "회고")
        took = [one.best("search", query) for query in QUERIES]
        query = sum(result.wall for result in took) / len(took)
        used = one.run("search", QUERIES[0], memory=True).pss
        top = notes == SIZES[-1]
        rows.append(
            (
                f"{notes:,}",
                shown(index.wall, "s"),
                shown(index.wall / notes * 1e6, "µs"),
                shown(together.wall, "s"),
                shown(memory, "MB") if memory else "–",
                shown(again.wall, "s"),
                shown(query, "s"),
                shown(used, "MB") if used else "–",
                shown(changed.wall, "s"),
            )
        )
        report.add("full text", "index", index.wall, "s", notes=notes)
        report.add("full text", "index again", again.wall, "s", notes=notes)
        bar = TOGETHER_BAR if top else None
        report.add("full text", "catalog and index", together.wall, "s", notes=notes, bar=bar)
        bar = QUERY_BAR if top else None
        report.add("full text", "query", query, "s", notes=notes, bar=bar)
        report.add("full text", "query after a change", changed.wall, "s", notes=notes)
        if memory:
            name, bar = "catalog and index, memory", TOGETHER_MEMORY_BAR if top else None
            report.add("full text", name, memory, "MB", notes=notes, bar=bar)
        if used:
            bar = MEMORY_BAR if top else None
            report.add("full text", "query, memory", used, "MB", notes=notes, bar=bar)
    title = (
        "Full text: `dots index` after the catalog and together with it, `dots search` (mean of"
        " five queries)"
    )
    head = ("notes", "index", "a note", "together", "memory", "again", "query", "memory")
    report.table(title, (*head, "one changed"), rows)
    say_shape(report, "full text", "index", bar=None)


def measure_graph(report: Report, work: Path) -> None:
    """The map of the whole vault, as a page and as JSON: the first time after a note changed, and
    again."""
    rows = []
    for notes in SIZES:
        one = subject(notes, work)
        one.run("tags")
        page, data = work / "graph.html", work / "graph.json"
        first = one.run("graph", "-o", page)
        took = one.best("graph", "-o", page)
        memory = one.run("graph", "-o", page, memory=True).pss
        plain = one.run("graph", "-o", data)
        size = page.stat().st_size / 1e6
        rows.append(
            (
                f"{notes:,}",
                shown(first.wall, "s"),
                shown(took.wall, "s"),
                shown(memory, "MB") if memory else "–",
                shown(size, "MB"),
                shown(plain.wall, "s"),
            )
        )
        bar = GRAPH_BAR if notes == SIZES[-1] else None
        report.add("graph", "page, the first time", first.wall, "s", notes=notes, bar=bar)
        report.add("graph", "page", took.wall, "s", notes=notes, bar=bar)
        report.add("graph", "json", plain.wall, "s", notes=notes)
        if memory:
            report.add("graph", "page, memory", memory, "MB", notes=notes)
    head = ("notes", "the first time", "page", "memory", "file", "JSON")
    report.table("The map: `dots graph -o graph.html`", head, rows)
    say_shape(report, "graph", "page", bar=None)


def _memory(report: Report, one: Subject, name: str, arguments: Sequence[str | Path]) -> str:
    if not can_sample():
        return "–"
    used = one.run(*arguments, memory=True).pss
    assert used is not None
    report.add("commands", f"{name}, memory", used, "MB", notes=one.notes, bar=MEMORY_BAR)
    return shown(used, "MB")


def after_a_change(one: Subject, *arguments: str) -> Run:
    """The fastest of a few runs, before each of which one note was edited; it is put back."""
    before, status = one.note.read_bytes(), one.note.stat()
    took = []
    try:
        for turn in range(_TIMES):
            one.note.write_bytes(before + f"\n바뀐 줄 {turn}\n".encode())
            took.append(one.run(*arguments))
    finally:
        one.note.write_bytes(before)
        os.utime(one.note, ns=(status.st_atime_ns, status.st_mtime_ns))
    one.run("tags")
    return min(took, key=lambda run: run.wall)


def say_shape(report: Report, group: str, name: str, bar: float | None = LINEAR_BAR) -> None:
    """Print the time for one note at each size, against the smallest size's."""
    values = [(notes, report.value(group, name, notes)) for notes in SIZES]
    each = [value / notes for notes, value in values if value]
    if len(each) < len(SIZES):
        return
    growth = each[-1] / each[0]
    told = " · ".join(
        f"{notes:,}: {one * 1e6:,.0f} µs" for notes, one in zip(SIZES, each, strict=True)
    )
    report.say(f"\nTime for one note, {name}: {told}; growth × {growth:.2f}.")
    report.add(group, f"{name}, growth of the time for one note", growth, "×", bar=bar)


def _checked(took: Run) -> Run:
    if took.code not in (0, 1):
        raise RuntimeError(f"exit code {took.code}: {took.error.strip()[:300]}")
    return took
