"""Search in a vault that is kept open: warm queries, both engines by size, and hostile queries."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import quantiles
from typing import Literal, NamedTuple

from benchmarks.connect import CORPORA
from benchmarks.processes import Run, best, dots, run
from benchmarks.queries import HOSTILE, SHARES, Asked, Section, draw
from benchmarks.report import Report, shown
from benchmarks.scaling import QUERIES, Subject, subject
from benchmarks.vaults import vault
from vaultdots.search.index_sync import THRESHOLD
from vaultdots.search.source import sections
from vaultdots.vault import Vault

ASKING = Path(__file__).with_name("asking.py")
NOTES = 10_000
# The corpora are copied until they are as large as the bars are meant for.
SECTIONS = 50_000
# Enough for a 95th percentile; the many vaults of `engines` are asked fewer. Twelfths are kinds.
ASKED, ASKED_EACH_SIZE, WARM_UP = 240, 96, 24
MIDDLE_BAR, HIGH_BAR, MEMORY_BAR, UPDATE_BAR = 3.0, 20.0, 120.0, 100.0
# About 2k, 5k, 10k and 20k sections: a generated note has six. The bars are for the third.
ENGINE_NOTES = (333, 833, 1_600, 3_333)
BAR_NOTES = 1_600
INDEX_BAR, PROCESS_BAR = 12.0, 0.22
HOSTILE_BAR = 1.0
_TIMES = 3


class Warm(NamedTuple):
    """What a process found out that kept a vault open.

    times: milliseconds, one a query; hits: how many each found, -1 where it could not be read;
    update: milliseconds to bring the index (or the mentions) up to one changed note; memory: in MB,
    None where the system does not tell.
    """

    times: list[float]
    hits: list[int]
    update: float
    memory: float | None

    @property
    def middle(self) -> float:
        """The 50th percentile of the times."""
        return percentiles(self.times)[0]

    @property
    def high(self) -> float:
        """The 95th percentile of the times."""
        return percentiles(self.times)[1]


def ask(
    one: Subject,
    work: Path,
    queries: Sequence[str],
    warm_up: Sequence[str] = (),
    update: Literal["index", "mentions"] = "index",
) -> Warm:
    """Ask a vault in one process, and in another that is looked at for its memory.

    The first one changes the subject's note for a moment, and brings up what `update` says.
    """
    file = work / "plan.json"
    line: list[str | Path] = [sys.executable, "-P", ASKING, one.folder, file]

    def process(edit: str | None, memory: bool) -> Run:
        plan = {"warm_up": [*warm_up], "queries": [*queries], "edit": edit, "update": update}
        file.write_text(json.dumps(plan), encoding="ascii")
        took = run(line, one.environ, memory=memory, keep=True)
        if took.code:
            raise RuntimeError(f"exit code {took.code}: {took.error.strip()[-300:]}")
        return took

    told = json.loads(process(str(one.note), memory=False).output)
    memory = process(None, memory=True).pss
    times = [took * 1e3 for took in told["times"]]
    return Warm(times, told["hits"], told["update"] * 1e3, memory)


def section_texts(one: Subject) -> tuple[list[Section], int]:
    """What queries are drawn from, in an order that the files alone decide; and how many sections
    the vault has, those without text counted, as `auto` counts them."""
    with Vault.open(one.folder, environ=one.environ) as opened:
        rows = sorted(sections(opened.catalog, None), key=lambda row: (row.path, row.ordinal))
        found = [
            Section(
                row.title,
                row.headings[-1] if row.headings else "",
                row.text,
                row.tags,
                row.kind,
                row.year,
            )
            for row in rows
        ]
        return found, opened.catalog.counts()["sections"]


def drawn(found: Sequence[Section], count: int) -> tuple[list[str], list[Asked]]:
    """(queries to warm up with, queries to measure), none of them twice."""
    queries = draw(found, count + WARM_UP)
    return [query.text for query in queries[:WARM_UP]], queries[WARM_UP:]


def percentiles(times: Sequence[float]) -> tuple[float, float]:
    """The 50th and the 95th percentile."""
    cut = quantiles(times, n=20, method="inclusive")
    return cut[9], cut[18]


# -- warm ----------------------------------------------------------------------------------------


def measure_warm(report: Report, work: Path) -> None:
    """`Vault.search` in a vault kept open, of 50,000 sections and more: each query asked once."""
    vaults = {"generated": subject(NOTES, work)}
    if CORPORA.is_dir():
        one, copies = corpora(work, SECTIONS)
        vaults[f"corpora × {copies}"] = one
    else:
        report.skip("warm, corpora", "../shared/corpora is missing")
    rows: list[Sequence[str]] = []
    kinds: list[Sequence[str]] = []
    for name, one in vaults.items():
        one.run("index")
        found, size = section_texts(one)
        warm_up, queries = drawn(found, ASKED)
        took = ask(one, work, [query.text for query in queries], warm_up)
        for what, value, unit, bar in (
            ("p50", took.middle, "ms", MIDDLE_BAR),
            ("p95", took.high, "ms", HIGH_BAR),
            ("the slowest", max(took.times), "ms", None),
            ("index of one changed note", took.update, "ms", UPDATE_BAR),
            ("memory", took.memory, "MB", MEMORY_BAR),
        ):
            if value is not None:
                report.add("warm", f"{name}, {what}", value, unit, bar=bar)
        rows.append(
            (
                name,
                f"{size:,}",
                f"{len(queries):,}",
                shown(took.middle, "ms"),
                shown(took.high, "ms"),
                shown(max(took.times), "ms"),
                shown(took.memory, "MB") if took.memory else "–",
                shown(took.update, "ms"),
            )
        )
        kinds += _by_kind(name, queries, took)
    report.table(
        "Warm queries: `Vault.search` in one process, each query asked once",
        ("vault", "sections", "queries", "p50", "p95", "slowest", "memory", "one changed"),
        rows,
    )
    head = ("vault, kind of query", "queries", "found something", "p50", "p95")
    report.table("Warm queries by their kind", head, kinds)


def _by_kind(name: str, queries: Sequence[Asked], took: Warm) -> list[Sequence[str]]:
    rows: list[Sequence[str]] = []
    for kind in SHARES:
        its = [at for at, query in enumerate(queries) if query.kind == kind]
        middle, high = percentiles([took.times[at] for at in its])
        answered = sum(took.hits[at] > 0 for at in its)
        title = f"{name}, {kind}"
        rows.append((title, f"{len(its)}", f"{answered}", shown(middle, "ms"), shown(high, "ms")))
    return rows


def corpora(work: Path, least: int = 1) -> tuple[Subject, int]:
    """A vault of the corpora's Markdown files, and how often they are in it.

    They are copied into as many folders as give `least` sections.
    """
    folder = work / f"corpora-{least}"
    files = sorted(CORPORA.rglob("*.md"))
    note = folder / "1" / files[len(files) // 3].relative_to(CORPORA)
    one = Subject(len(files), folder, {"DOTS_CACHE": str(work / "cache")}, note)
    _copy(files, folder / "1")
    with Vault.open(folder, environ=one.environ) as opened:
        copies = -(-least // opened.catalog.counts()["sections"])
    for number in range(2, copies + 1):
        _copy(files, folder / str(number))
    return one._replace(notes=len(files) * copies), copies


def _copy(files: Sequence[Path], into: Path) -> None:
    for file in files:
        copy = into / file.relative_to(CORPORA)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, copy)


# -- engines -------------------------------------------------------------------------------------


def measure_engines(report: Report, work: Path) -> None:
    """Whoosh and SQLite on vaults below and above the size where `auto` changes."""
    subjects = [("generated", _own_copy(notes, work)) for notes in ENGINE_NOTES]
    if CORPORA.is_dir():
        subjects.append(("corpora", corpora(work)[0]))
    else:
        report.skip("engines, corpora", "../shared/corpora is missing")
    rows = []
    for name, one in subjects:
        found, size = section_texts(one)
        warm_up, queries = drawn(found, ASKED_EACH_SIZE)
        for engine in ("whoosh", "sqlite"):
            (one.folder / "dots.toml").write_text(f'[search]\nengine = "{engine}"\n')
            one.forget()
            one.run("tags")
            index = one.run("index").wall
            process = sum(one.best("search", query).wall for query in QUERIES) / len(QUERIES)
            took = ask(one, work, [query.text for query in queries], warm_up)
            barred = engine == "whoosh" and one.notes == BAR_NOTES
            for what, value, unit, bar in (
                ("index", index, "s", INDEX_BAR),
                ("dots search", process, "s", PROCESS_BAR),
                ("index of one changed note", took.update, "ms", None),
                ("p50", took.middle, "ms", None),
                ("p95", took.high, "ms", None),
                ("memory", took.memory, "MB", None),
            ):
                if value is not None:
                    what, bar = f"{engine}, {name}, {what}", bar if barred else None
                    report.add("engines", what, value, unit, notes=one.notes, bar=bar)
            rows.append(
                (
                    f"{size:,}, {name}",
                    engine,
                    shown(index, "s"),
                    shown(took.update, "ms"),
                    shown(process, "s"),
                    shown(took.middle, "ms"),
                    shown(took.high, "ms"),
                    shown(took.memory, "MB") if took.memory else "–",
                )
            )
    report.table(
        "The engines: `dots index` after the catalog, `dots search` (mean of five queries), warm",
        ("sections", "engine", "index", "one changed", "search", "p50", "p95", "memory"),
        rows,
    )
    report.say(f"\n`auto` takes Whoosh up to {THRESHOLD:,} sections and SQLite past it.")


def _own_copy(notes: int, work: Path) -> Subject:
    """A copy of the generated vault: `dots.toml` is written into this one only."""
    shared = vault(notes)
    folder = work / f"engines-{notes}"
    shutil.copytree(shared, folder)
    one = subject(notes, work)
    return one._replace(folder=folder, note=folder / one.note.relative_to(shared))


# -- hostile -------------------------------------------------------------------------------------


def measure_hostile(report: Report, work: Path) -> None:
    """Queries that no one means well, in a process that is open and in processes of their own."""
    one = subject(NOTES, work)
    one.run("index")
    start = best(_TIMES, dots("--version"), one.environ).wall
    took = ask(one, work, list(HOSTILE.values()), QUERIES)
    warm = {name: ms / 1e3 for name, ms in zip(HOSTILE, took.times, strict=True)}
    whole = {}
    for name, query in HOSTILE.items():
        if "\0" in query:  # no argument can hold one
            continue
        alone = run(one.line("search", "--", query), one.environ)
        if alone.code not in (0, 1, 2) or "Traceback" in alone.error:
            raise RuntimeError(f"{name}: exit code {alone.code}: {alone.error.strip()[-300:]}")
        whole[name] = alone.wall - start
    rows = []
    for way, times in (("in an open vault", warm), ("a process, its start left out", whole)):
        slowest = max(times, key=lambda name: times[name])
        report.add("hostile", way, times[slowest], "s", bar=HOSTILE_BAR)
        rows.append((way, f"{len(times)}", f"`{slowest}`", shown(times[slowest], "s")))
    head = ("", "queries", "the slowest", "wall")
    report.table(f"Hostile queries at {NOTES:,} notes", head, rows)
