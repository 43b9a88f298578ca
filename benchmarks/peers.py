"""Other programs on the same vault in the same run. They live beside the project, never in it.

`make bench-peers` installs them into build/peers: obsidiantools (PyPI) in an environment of its
own, foam-cli (npm) in a prefix of its own; iwe and zk: see `command_peers`. What is not there is
left out with the reason.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from benchmarks.command_peers import measure_command_peers
from benchmarks.language_servers import measure_language_servers
from benchmarks.processes import Run, run
from benchmarks.report import Report, ratio, shown
from benchmarks.scaling import Subject, subject

ROOT = Path(__file__).parent.parent
PEERS = ROOT / "build" / "peers"
OBSIDIANTOOLS = PEERS / "venv" / "bin" / "python"
FOAM = PEERS / "npm" / "node_modules" / ".bin" / "foam"
# 10k notes take each of them minutes; their shape shows from 1k to 3k.
SIZES = (1_000, 3_000)
_LIMIT_SECONDS = 300.0
_CONNECT = """
import sys, pathlib
import obsidiantools.api
vault = obsidiantools.api.Vault(pathlib.Path(sys.argv[1])).connect()
print(len(vault.backlinks_index))
"""


class Peer(NamedTuple):
    """What another program is asked, and what dots does for the same answer.

    codes: the exit codes that say that it did what it was asked.
    """

    name: str
    there: Callable[[], bool]
    line: Callable[[Subject], list[str | Path]]
    ours: Callable[[Subject], Run]
    codes: tuple[int, ...] = (0,)


def _cold_links(one: Subject) -> Run:
    one.forget()
    return one.run("backlinks", one.note.stem)


def _warm_links(one: Subject) -> Run:
    one.run("tags")
    return one.best("backlinks", one.note.stem)


def _check(one: Subject) -> Run:
    one.run("tags")
    return one.best("check", "--jsonl")


def _graph(one: Subject) -> Run:
    one.forget()
    return one.run("graph", "--format", "json")


LINES = (
    Peer(
        "obsidiantools: connect (dots: cold catalog)",
        OBSIDIANTOOLS.exists,
        lambda one: [OBSIDIANTOOLS, "-c", _CONNECT, one.folder],
        _cold_links,
    ),
    Peer(
        "foam: graph as JSON (dots: the same, cold)",
        FOAM.exists,
        lambda one: [FOAM, "graph", "--workspace", one.folder],
        _graph,
    ),
    Peer(
        "foam: links to a note (dots: unchanged vault)",
        FOAM.exists,
        lambda one: [FOAM, "links", one.note.stem, "--incoming", "--workspace", one.folder],
        _warm_links,
    ),
    Peer(
        "foam: lint (dots: check, unchanged vault)",
        FOAM.exists,
        lambda one: [FOAM, "lint", "--workspace", one.folder],
        _check,
        (0, 1, 2),
    ),
)


def measure_peers(report: Report, work: Path) -> None:
    """Each peer's own way to the answer, against dots, on the generated vaults."""
    measure_command_peers(report, work)
    measure_language_servers(report, work)
    rows = []
    for peer in LINES:
        if not peer.there():
            report.skip(peer.name, "not installed; `make bench-peers` does it")
            continue
        for notes in SIZES:
            one = subject(notes, work)
            try:
                environ = {"FOAM_TELEMETRY": "0"}
                theirs = run(peer.line(one), environ, keep=True, limit=_LIMIT_SECONDS)
            except TimeoutError:
                report.skip(peer.name, f"longer than {_LIMIT_SECONDS:.0f} s at {notes:,} notes")
                break
            if theirs.code not in peer.codes or not theirs.output:
                told = theirs.error.strip().splitlines()[-1:] or ["no message"]
                report.skip(peer.name, f"exit code {theirs.code} at {notes:,} notes: {told[0]}")
                break
            ours = peer.ours(one)
            report.add("peers", peer.name, theirs.wall, "s", notes=notes)
            report.add("peers", f"{peer.name}: ours", ours.wall, "s", notes=notes)
            rows.append(
                (
                    peer.name,
                    f"{notes:,}",
                    shown(theirs.wall, "s"),
                    shown(ours.wall, "s"),
                    ratio(theirs.wall, ours.wall),
                )
            )
    if rows:
        report.table("Others on the same vault", ("what", "notes", "they", "dots", "ratio"), rows)
