"""zk (Go) and iwe (Rust), the command lines nearest to ours, on copies of the generated vaults.

`IWE=…` and `ZK=…` name the programs; else those that `make bench-peers` put into build/peers.
iwe keeps no index and reads every note in each command; zk keeps one in SQLite, as dots does.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from benchmarks.processes import Run, run
from benchmarks.report import Report, ratio, shown
from benchmarks.scaling import Subject, after_a_change, subject

PEERS = Path(__file__).parent.parent / "build" / "peers"
SIZES = (1_000, 10_000)
QUERY = "회고"
LIMIT = "20"
_TIMES = 3
_SECONDS = 600.0


class Line(NamedTuple):
    """One thing that both can do. first: what is run before each time it is measured."""

    what: str
    theirs: list[str]
    ours: Callable[[Subject], Run]
    first: Callable[[Subject], None] = lambda _: None
    times: int = _TIMES


def program(name: str) -> Path | None:
    """The peer's binary: of the environment, else as `make bench-peers` installs it."""
    named = os.environ.get(name.upper())
    places = (Path(named),) if named else (PEERS / "cargo" / "bin" / name, PEERS / "go" / name)
    return next((place for place in places if place.is_file()), None)


def measure_command_peers(report: Report, work: Path) -> None:
    """Each of them beside dots, in one run: processor time and memory of whole processes."""
    table: list[tuple[str, ...]] = []
    for name, lines_of, ready in (("iwe", _iwe_lines, _iwe_ready), ("zk", _zk_lines, _zk_ready)):
        binary = program(name)
        if binary is None:
            report.skip(
                f"peers, {name}", f"not installed: make bench-peers, or {name.upper()}=PATH"
            )
            continue
        for notes in SIZES:
            one = _copied(notes, work, name)
            if (told := ready(binary, one.folder)).code:
                report.skip(f"peers, {name}", f"it cannot begin: {told.error.strip()[-100:]}")
                break
            for line in lines_of(one):
                table.append(_row(report, name, binary, one, line))
    if table:
        head = ("what", "notes", "they", "dots", "ratio", "memory, they", "memory, dots")
        report.table(
            "Command lines for notes: processor time, they and dots in one run", head, table
        )


def _row(report: Report, name: str, binary: Path, one: Subject, line: Line) -> tuple[str, ...]:
    theirs = []
    for _ in range(line.times):
        line.first(one)
        took = _in(one.folder, binary, *line.theirs, memory=True)
        if took.code not in (0, 1):
            raise RuntimeError(f"{name} {line.theirs}: {took.error.strip()[-300:]}")
        theirs.append(took)
    best = min(theirs, key=lambda run: run.cpu)
    ours = line.ours(one)
    what = f"{name}: {line.what}"
    report.add("peers", what, best.cpu, "s", notes=one.notes)
    report.add("peers", f"{what}: ours", ours.cpu, "s", notes=one.notes)
    return (
        what,
        f"{one.notes:,}",
        shown(best.cpu, "s"),
        shown(ours.cpu, "s"),
        ratio(best.cpu, ours.cpu),
        shown(best.pss, "MB") if best.pss else "–",
        shown(ours.pss, "MB") if ours.pss else "–",
    )


def _copied(notes: int, work: Path, name: str) -> Subject:
    """A vault of their own: both keep a folder of settings in it."""
    one = subject(notes, work / f"peers {name} {notes}")
    folder = work / f"{name}-{notes}"
    shutil.copytree(one.folder, folder)
    return one._replace(folder=folder, note=folder / one.note.relative_to(one.folder))


def _in(folder: Path, *arguments: str | Path, memory: bool = False) -> Run:
    """A program run in a folder."""
    line = ["env", "-C", folder, *arguments]
    return run(line, {"PAGER": "cat"}, memory=memory, limit=_SECONDS)


def _iwe_ready(binary: Path, folder: Path) -> Run:
    return _in(folder, binary, "init")


def _zk_ready(binary: Path, folder: Path) -> Run:
    return _in(folder, binary, "init", "--no-input", ".")


def _iwe_lines(one: Subject) -> list[Line]:
    key = one.note.relative_to(one.folder).with_suffix("").as_posix()
    find = ["find", "--lexical", QUERY, "-l", LIMIT]
    return [
        Line("first search in a vault", find, _cold_search),
        Line("search, unchanged", find, _search),
        Line("search, one changed note", find, _changed, _touch),
        Line("links to a note, unchanged", ["find", "--references", key], _backlinks),
    ]


def _zk_lines(one: Subject) -> list[Line]:
    path = one.note.relative_to(one.folder).as_posix()
    quiet = ["--no-input"]
    listing = ["list", *quiet, "--quiet", "--no-pager", "--format", "path", "--limit", LIMIT]
    return [
        Line("index, from nothing", ["index", *quiet, "--force"], _cold_index, times=1),
        Line("index, one changed note", ["index", *quiet], _changed, _touch),
        Line("search, unchanged", [*listing, "--match", QUERY], _search),
        Line("links to a note, unchanged", [*listing, "--link-to", path], _backlinks),
    ]


def _touch(one: Subject) -> None:
    with one.note.open("a", encoding="utf-8") as file:
        file.write("\n바뀐 줄\n")


def _cold_index(one: Subject) -> Run:
    one.forget()
    return one.run("index", memory=True)


def _cold_search(one: Subject) -> Run:
    one.forget()
    return one.run("search", QUERY, memory=True)


def _best(one: Subject, *arguments: str) -> Run:
    return min((one.run(*arguments, memory=True) for _ in range(_TIMES)), key=lambda run: run.cpu)


def _search(one: Subject) -> Run:
    one.run("index")
    return _best(one, "search", QUERY)


def _backlinks(one: Subject) -> Run:
    one.run("tags")
    return _best(one, "backlinks", one.note.stem)


def _changed(one: Subject) -> Run:
    one.run("index")
    return after_a_change(one, "search", QUERY)
