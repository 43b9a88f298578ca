"""The language server over its own pipes: how soon it is ready, and how soon it answers."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.processes import dots, run
from benchmarks.report import Report, shown
from benchmarks.vaults import vault

NOTES = 10_000
_TIMES = 60
_BIG = 100_000
_HOOK_TIMES = 5
_REST = 3.0
"""Seconds after which what is read ahead has been read."""
_LONGEST_REST = 120
"""Seconds that what is done beside the keyboard may take."""


class Took(NamedTuple):
    """Seconds: the 50th and 95th percentile on the wall, and the 95th of the processor's work."""

    p50: float
    p95: float
    busy: float


class Client:
    """A language client of forty lines: one request at a time."""

    def __init__(
        self,
        folder: Path,
        environ: dict[str, str],
        line: Sequence[str | Path] = (),
        answer: Callable[[str, Any], Any] = lambda method, params: None,
    ) -> None:
        """line: the server, else `dots lsp`. answer: what the server is told when it asks."""
        self.folder = folder
        self.process = subprocess.Popen(
            [str(word) for word in line or dots("lsp")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL if line else None,
            cwd=folder if line else None,
            env={**os.environ, **environ},
        )
        self._number = 0
        self.answered = 0.0
        self._answer = answer

    def send(self, method: str, params: Any, *, number: int | None = None) -> None:
        """Write a message."""
        message = {"jsonrpc": "2.0", "method": method, "params": params}
        if number is not None:
            message["id"] = number
        self._write(message)

    def _write(self, message: Any) -> None:
        data = json.dumps(message).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(data), data))
        self.process.stdin.flush()

    def ask(self, method: str, params: Any) -> Any:
        """A request's result."""
        self._number += 1
        self.send(method, params, number=self._number)
        while True:
            message = self._read()
            if "method" in message and "id" in message:
                told = self._answer(message["method"], message.get("params"))
                self._write({"jsonrpc": "2.0", "id": message["id"], "result": told})
            elif message.get("id") == self._number:
                return message.get("result")

    def _read(self) -> Any:
        assert self.process.stdout is not None
        length = 0
        while (written := self.process.stdout.readline()).strip() or not length:
            if not written:
                raise RuntimeError("the server has gone")
            line = written.strip()
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        body = self.process.stdout.read(length)
        # What the client makes of it is no work of the server's.
        self.answered = time.perf_counter()
        return json.loads(body)

    def _processes(self) -> list[Path]:
        """Of the server, and of what it has started; none where the system does not say."""
        own = Path(f"/proc/{self.process.pid}")
        children = own / "task" / own.name / "children"
        if not children.exists():
            return [own] if own.exists() else []
        return [own, *(Path("/proc") / one for one in children.read_text().split())]

    def memory(self) -> float:
        """Resident memory in MB, of all its processes; 0 where the system does not say."""
        found = 0.0
        for process in self._processes():
            rows = (process / "status").read_text().splitlines()
            found += next(int(row.split()[1]) for row in rows if row.startswith("VmRSS")) / 1024
        return found

    def processor(self) -> float:
        """Seconds of processor time so far, of all of them; 0 where the system does not say."""
        found = 0
        for process in self._processes():
            fields = (process / "stat").read_text().rpartition(")")[2].split()
            found += int(fields[11]) + int(fields[12])
        return found / os.sysconf("SC_CLK_TCK")

    def rest(self) -> None:
        """Wait until the server has done what it does beside the keyboard."""
        for _ in range(_LONGEST_REST):
            used = self.processor()
            time.sleep(1)
            if self.processor() - used < 0.02:
                return

    def busy(self) -> float:
        """Seconds that the thread which answers has worked; 0 where the system does not say."""
        stat = Path(f"/proc/{self.process.pid}/schedstat")
        return int(stat.read_text().split()[0]) / 1e9 if stat.exists() else 0.0

    def end(self) -> None:
        """Close the session."""
        self.ask("shutdown", None)
        self.send("exit", None)
        self.process.wait(10)


def measure_editor(report: Report, work: Path) -> None:
    """10,000 notes, a warm catalog: start, answers at the cursor, a keystroke in a large note."""
    folder = vault(NOTES)
    environ = {"DOTS_CACHE": str(work / "cache")}
    run(dots("tags", vault=folder), environ)
    began = time.perf_counter()
    client = Client(folder, environ)
    capabilities = {
        "general": {"positionEncodings": ["utf-8"]},
        "textDocument": {"diagnostic": {}},
    }
    client.ask(
        "initialize",
        {"processId": None, "rootUri": folder.as_uri(), "capabilities": capabilities},
    )
    waited = client.answered - began
    ready = Took(waited, waited, client.busy())
    client.send("initialized", {})
    notes = sorted(folder.rglob("*.md"))[: _TIMES * 20 : 20]
    small = notes[0].read_text(encoding="utf-8")
    place = _open(client, notes[0], small + "\n[[")
    at = {"textDocument": place, "position": {"line": small.count("\n") + 1, "character": 2}}
    client.ask("textDocument/completion", at)

    def complete(n: int) -> None:
        words = ("기록", "ㄱㄹ", "design", "설ㄱ", "re")
        _change(client, place, n, f"{small}\n[[{words[n % 5]}")
        at["position"]["character"] = 2 + len(words[n % 5].encode())
        client.ask("textDocument/completion", at)

    spots = [_first_link(client, note) for note in notes]
    context = {"context": {"includeDeclaration": False}}

    def at_links(method: str) -> Took:
        return _took(client, lambda n: client.ask(method, {**spots[n % len(spots)], **context}))

    time.sleep(_REST)
    client.rest()
    rows: list[tuple[str, Took, float]] = [
        ("ready (initialize answered)", ready, 1.5),
        ("completion", _took(client, complete), 0.015),
        ("definition", at_links("textDocument/definition"), 0.005),
        ("hover", at_links("textDocument/hover"), 0.005),
        ("references", at_links("textDocument/references"), 0.005),
    ]
    method = "textDocument/references"
    many = [len(client.ask(method, {**spot, **context}) or ()) for spot in spots]
    by_many = sorted(range(len(spots)), key=many.__getitem__)
    median, hub = by_many[len(spots) // 2], by_many[-1]

    def referring(spot: int) -> tuple[str, Took]:
        took = _took(client, lambda n: client.ask(method, {**spots[spot], **context}))
        return f"references, a note that {many[spot]:,} links name", took

    rows += [(*referring(median), 0.005), (*referring(hub), 0.005)]
    big = (small + "\n") * (_BIG // len(small.encode()) + 1)
    large = _open(client, folder / "large.md", big)

    def keystroke(n: int) -> None:
        _change(client, large, n, big + "x" * (n + 1))
        client.ask("textDocument/diagnostic", {"textDocument": large})

    rows.append(("diagnostics after a keystroke, 100 KB", _took(client, keystroke), 0.030))
    table = []
    for name, took, bar in rows:
        report.add("editor", name, took.p95 * 1e3, "ms", notes=NOTES, bar=bar * 1e3)
        report.add("editor", f"{name}: processor", took.busy * 1e3, "ms", notes=NOTES)
        columns = [shown(value * 1e3, "ms") for value in took]
        table.append((name, *columns, f"{bar * 1e3:,.0f} ms"))
    memory = client.memory()
    client.rest()
    used = client.processor()
    time.sleep(2)
    idle = (client.processor() - used) / 2 * 100
    report.add("editor", "resident memory", memory, "MB", notes=NOTES, bar=250)
    report.add("editor", "processor while idle", idle, "%", notes=NOTES, bar=1)
    table += [
        ("resident memory", "", shown(memory, "MB"), "", "250 MB"),
        ("processor while idle", "", f"{idle:.1f} %", "", "0 %"),
    ]
    client.end()
    report.table(
        "The language server, 10,000 notes, a warm catalog (sixty of each)",
        ("what", "p50", "p95", "processor, p95", "bar"),
        table,
    )
    _measure_hook(report, folder, environ)


def _measure_hook(report: Report, folder: Path, environ: dict[str, str]) -> None:
    """One process a question, as an editor without a language client asks."""
    note = min(folder.rglob("*.md"))
    path = note.relative_to(folder).as_posix()
    text = note.read_text(encoding="utf-8")
    place = {"path": path, "text": f"{text}\n[[기", "line": text.count("\n") + 2, "column": 4}
    asked = {
        "complete": place,
        "resolve": place,
        "backlinks": {"path": path},
        "search": {"query": "기록"},
        "on-save": {"path": path},
    }
    run(dots("index", vault=folder), environ)
    table = []
    for event, question in asked.items():
        walls, works = [], []
        for _ in range(_HOOK_TIMES):
            before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
            subprocess.run(
                [str(word) for word in dots("hook", event, vault=folder)],
                input=json.dumps(question).encode(),
                stdout=subprocess.DEVNULL,
                env={**os.environ, **environ},
                check=True,
            )
            walls.append(time.perf_counter() - began)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            works.append(after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime)
        bar = 0.7 if event == "on-save" else 0.25
        name = f"dots hook {event}"
        report.add("editor", name, min(walls) * 1e3, "ms", notes=NOTES, bar=bar * 1e3)
        table.append(
            (
                name,
                shown(min(walls) * 1e3, "ms"),
                shown(min(works) * 1e3, "ms"),
                f"{bar * 1e3:.0f} ms",
            )
        )
    report.table(
        "The hook, 10,000 notes, a warm catalog: a process a question (the fastest of five)",
        ("what", "took", "processor", "bar"),
        table,
    )


def _took(client: Client, act: Callable[[int], None]) -> Took:
    walls, busies = [], []
    for n in range(_TIMES):
        began, worked = time.perf_counter(), client.busy()
        act(n)
        walls.append(client.answered - began)
        busies.append(client.busy() - worked)
    at = int(_TIMES * 0.95)
    return Took(sorted(walls)[_TIMES // 2], sorted(walls)[at], sorted(busies)[at])


def _open(client: Client, file: Path, text: str) -> dict[str, Any]:
    item = {"uri": file.as_uri(), "languageId": "markdown", "version": 0, "text": text}
    client.send("textDocument/didOpen", {"textDocument": item})
    return {"uri": file.as_uri()}


def _change(client: Client, place: dict[str, Any], version: int, text: str) -> None:
    client.send(
        "textDocument/didChange",
        {"textDocument": {**place, "version": version + 1}, "contentChanges": [{"text": text}]},
    )


def _first_link(client: Client, file: Path) -> dict[str, Any]:
    """The place of a note's first wikilink."""
    for number, line in enumerate(file.read_text(encoding="utf-8").split("\n")):
        at = line.find("[[")
        if at >= 0:
            character = len(line[:at].encode()) + 3
            return {
                "textDocument": {"uri": file.as_uri()},
                "position": {"line": number, "character": character},
            }
    return {"textDocument": {"uri": file.as_uri()}, "position": {"line": 0, "character": 0}}
