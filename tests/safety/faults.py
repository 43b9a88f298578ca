"""Whole commands under faults: `python -m tests.safety.faults --runs 1000 --seed 1`.

`make faults`. Every command that writes into a vault is run under strace. At one write, rename,
unlink, link, mkdir, sync or open (to write) that it asks for it is killed, or the call fails with
ENOSPC, EIO or EACCES, once or from there on. Then a new process's view: the vault holds the old
files or the new ones, no stray temporary file, and the last operation can be taken back.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import signal
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from tests.disk import dots, settle, write
from tests.safety.tracing import WRITING, calls, traced
from vaultdots.errors import VaultError
from vaultdots.store.location import data_folder
from vaultdots.store.operations import Operations
from vaultdots.vault import Vault

ERRORS = ("ENOSPC", "EIO", "EACCES")
FAULTS = ("KILL", *ERRORS, *(f"{error}+" for error in ERRORS))
"""`KILL`, an error once, an error of this call and of all that follow."""

FILES: dict[str, str | bytes] = {
    "Redis.md": "---\naliases: [레디스]\n---\n# Redis #tag\n\n키와 값 ^kv\n",
    "a/Kafka.md": "# Kafka\n\n[[Redis]] [[레디스]] #tag/sub\n\n## 절\n\n글 [[Redis#^kv]]\n",
    "a/Zookeeper.md": "# Zookeeper\n\n[[Kafka#절]]\n",
    "회고/2023년 회고.md": "# 2023년 회고\n\n## 2024년 목표\n\n- 하프 마라톤 완주하기\n",
    "회고/2024년 회고.md": "# 2024년 회고\n\n레디스를 배웠다. Kafka도 썼다.\n",
    "old.md": "---\ntag: study\n---\none ^id\n\ntwo ^id\n",
    "post.txt": "2022년 회고\n[ 일 ]\n이직을 했다.\n[ 책 ]\n열 권을 읽었다.\n",
}


PROPOSED = "{id}"
"""In a case's arguments: the id of what an agent has proposed."""


class Case(NamedTuple):
    """A command; `before` has run already."""

    arguments: tuple[str, ...]
    before: tuple[tuple[str, ...], ...] = ()


_CONNECT = ("connect", "회고/2024년 회고.md", "--yes")
_MV = ("mv", "Redis.md", "db/Redis 서버.md", "--yes")
CASES: dict[str, Case] = {
    "connect": Case(_CONNECT),
    "settle": Case(("settle", "하프 마라톤", "kept")),
    "draft": Case(("draft", "2025")),
    "new": Case(("new", "새 글", "--in", "새/폴더")),
    "today": Case(("today", "--date", "2024-05-04", "--no-edit")),
    "week": Case(("week", "--date", "2024-05-04", "--no-edit")),
    "month": Case(("month", "--date", "2024-05-04", "--no-edit")),
    "year": Case(("year", "--date", "2024-05-04", "--no-edit")),
    "import": Case(("import", "post.txt", "-o", "가져온/것")),
    "mv": Case(_MV),
    "rename-heading": Case(("rename-heading", "Kafka", "절", "장", "--yes")),
    "rename-tag": Case(("rename-tag", "tag", "태그", "--yes")),
    "rename-block": Case(("rename-block", "Redis", "kv", "pair", "--yes")),
    "rename-alias": Case(("rename-alias", "Redis", "레디스", "캐시", "--yes")),
    "extract": Case(("extract", "a/Kafka.md", "--section", "절", "--yes")),
    "check": Case(("check", "--fix", "--yes")),
    "merge": Case(("merge", "a/Zookeeper.md", "a/Kafka.md", "--yes")),
    "proposals": Case(("proposals", "--apply", PROPOSED)),
    "undo": Case(("undo",), (_CONNECT,)),
    "redo": Case(("redo",), (_CONNECT, ("undo",))),
    "undo of mv": Case(("undo",), (_MV,)),
}
"""Every command that writes into a vault (held by `test_faults.py`)."""


class Point(NamedTuple):
    """The `when`-th `call` of a command goes wrong."""

    case: str
    call: str
    when: int
    fault: str


class Bench:
    """Prepared vaults, and what the commands make of them. folder: for everything."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.old: dict[str, dict[str, bytes]] = {}
        self.new: dict[str, dict[str, bytes]] = {}
        self.counts: dict[str, Counter[str]] = {}
        self.opens: dict[str, list[int]] = {}
        self.proposed = ""
        self.said = ""

    def prepare(self, name: str, case: Case) -> None:
        """Run a command undisturbed and count its calls; it must change the vault."""
        start = self.folder / "start" / name
        root = write(start / "v", FILES)
        settle(root)
        for before in case.before:
            ran = dots(root, start / "cache", *before, cwd=root)
            assert ran.returncode == 0, f"{before}: {ran.stderr}"
        if PROPOSED in case.arguments:
            self.proposed = propose(root, start / "cache")
        dots(root, start / "cache", "tags")
        self.old[name] = files(root)
        here = self._copy(name)
        code = self._run(name, here, [f"trace=openat,{','.join(WRITING)}"])
        self.new[name] = files(here / "v")
        self.counts[name] = calls(here / "log")
        del self.counts[name]["openat"]
        self.opens[name] = opened_to_write(here / "log", self.folder)
        shutil.rmtree(here)
        assert code == 0, f"{name} is refused: {self.said}"
        assert self.new[name] != self.old[name], f"{name} writes nothing: {self.said}"

    def points(self) -> list[Point]:
        """All of them, but that of the catalog's own writes (pwrite64), which `test_kill.py` goes
        through one by one, every tenth is taken."""
        return [
            Point(name, call, when, fault)
            for name, counts in self.counts.items()
            for call, count in sorted(counts.items())
            for when in range(1, count + 1, 10 if call == "pwrite64" else 1)
            for fault in FAULTS
        ] + [
            Point(name, "openat", when, fault)
            for name, opens in self.opens.items()
            for when in opens
            for fault in FAULTS
            if not fault.endswith("+")  # Python itself could load no module after it
        ]

    def try_one(self, point: Point) -> str:
        """What is wrong after a fault, "" where nothing is."""
        here = self._copy(point.case)
        try:
            return self._tried(point, here)
        finally:
            shutil.rmtree(here)

    def _tried(self, point: Point, here: Path) -> str:
        fault = point.fault.rstrip("+")
        what = f"signal={fault}" if fault == "KILL" else f"error={fault}"
        onwards = "+" if point.fault.endswith("+") else ""
        inject = f"inject={point.call}:{what}:when={point.when}{onwards}"
        code = self._run(point.case, here, [f"trace={point.call}", inject])
        if code not in (0, 1, 2, -signal.SIGKILL, 128 + signal.SIGKILL):
            return f"exit {code}: {self.said}"
        if "Traceback" in self.said or "inside dots" in self.said:
            return self.said
        case = CASES[point.case]
        root, old, new = here / "v", self.old[point.case], self.new[point.case]
        # What an error left is looked for before anything sweeps. Where the same call fails again
        # and again, it says that it could not take back what it did.
        stray = [name for name in files(root) if ".dots-" in name]
        if stray and fault != "KILL" and "nor taken back" not in self.said:
            return f"stray files after an error: {stray}: {self.said}"
        environ = {"DOTS_DATA": str(here / "cache") + "-data"}
        operations = Operations(root, data_folder(root, environ))
        operations.recover()
        found = files(root)
        if found not in (old, new):
            wrong = {name for name in old.keys() | new.keys() | found.keys()
                     if found.get(name) not in (old.get(name), new.get(name))}  # fmt: skip
            return f"a mix: {sorted(wrong) or 'of old and new files'}: {self.said}"
        if code == 0 and found != new:
            return f"it said that all went well: {self.said}"
        if operations.journal.records("open", "undoing", "redoing", "stuck", "kept"):
            return "the journal has an operation that is not closed"
        if found == new and case.arguments[0] not in ("undo", "redo"):
            try:
                operations.undo()
            except VaultError as error:
                return f"it cannot be undone: {error.one_line()}: {self.said}"
            if files(root) != old:
                return "undo does not give the old files"
        return ""

    def _copy(self, name: str) -> Path:
        """A vault as the command finds it. The folder has the same name, so that the cache fits."""
        here = self.folder / "here"
        shutil.copytree(self.folder / "start" / name, here, symlinks=True)
        # The data folder is named by the vault's path.
        data, start = Path(str(here / "cache") + "-data"), self.folder / "start" / name / "v"
        for kind in (data, here / "cache"):
            environ = {"DOTS_DATA": str(kind)}
            was, is_ = data_folder(start, environ), data_folder(here / "v", environ)
            if was.exists():
                was.rename(is_)
        return here

    def _run(self, name: str, here: Path, options: list[str]) -> int:
        words = [self.proposed if w == PROPOSED else w for w in CASES[name].arguments]
        flags = [word for option in options for word in ("-e", option)]
        ran = traced(
            here / "v", here / "cache", *words, options=flags, log=here / "log",
            cwd=here / "v",
        )  # fmt: skip
        self.said = ran.stderr
        return ran.returncode


def propose(root: Path, cache: Path) -> str:
    """What an agent proposes, waiting for the person; its id."""
    environ = {**os.environ, "DOTS_CACHE": str(cache), "DOTS_DATA": f"{cache}-data"}
    with Vault.open(root, environ=environ) as vault:
        made = vault.proposals.note("제안/새 노트.md", "# 새 노트\n\n[[Redis]]\n")
        return made.id


def files(root: Path) -> dict[str, bytes]:
    """Every file below a folder, the hidden ones too, and the folders."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes() if path.is_file() else b"/"
        for path in root.rglob("*")
    }


def opened_to_write(log: Path, folder: Path) -> list[int]:
    """Which of the opens that the command's own thread asks for are to write below `folder`."""
    lines = log.read_text(errors="replace").splitlines()
    first = lines[0].split()[0]
    opens = [line for line in lines if line.startswith(first) and " openat(" in line]
    return [
        number
        for number, line in enumerate(opens, 1)
        if str(folder) in line and re.search(r"O_(WRONLY|RDWR|CREAT)", line)
    ]


def run(
    runs: int, seed: int, *, first: int = 0, cases: int | None = None, call: str | None = None
) -> tuple[Counter[str], list[str]]:
    """Try `runs` points, chosen by `seed`, from the `first` on; (how many by case and fault, what
    went wrong)."""
    tried: Counter[str] = Counter()
    wrong: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder).resolve())
        for name, case in list(CASES.items())[:cases]:
            bench.prepare(name, case)
        points = [point for point in bench.points() if call in (None, point.call)]
        random.Random(seed).shuffle(points)
        for point in points[first : first + runs]:
            tried[f"{point.case}, {point.fault}"] += 1
            problem = bench.try_one(point)
            if not sum(tried.values()) % 100:
                print(f"{sum(tried.values())} of {min(runs, len(points))}", flush=True)
            if problem:
                wrong.append(f"{point}: {problem}")
                print(wrong[-1], flush=True)
        tried["points"] = len(points)
    return tried, wrong


def main() -> int:
    """The table of what was tried, and what went wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0, help="points to pass over: a run in parts")
    parser.add_argument("--call", help="this system call alone")
    chosen = parser.parse_args()
    tried, wrong = run(chosen.runs, chosen.seed, first=chosen.first, call=chosen.call)
    points = tried.pop("points")
    for name in dict.fromkeys(key.split(", ")[0] for key in sorted(tried)):
        counts = [tried[f"{name}, {fault}"] for fault in FAULTS]
        print(f"{name:14} {sum(counts):5}  " + "  ".join(map(str, counts)))
    print(
        f"{sum(tried.values())} of {points} points, {len(wrong)} went wrong ({', '.join(FAULTS)})"
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
