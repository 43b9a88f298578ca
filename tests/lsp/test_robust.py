"""What an editor should not send, and an editor that is gone: an error, not a death; no orphan."""

from __future__ import annotations

import asyncio
import json
import os
import queue
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from functools import partial
from operator import attrgetter, contains
from pathlib import Path
from typing import Any

import pytest

from tests.disk import environment, write
from vaultdots.errors import DotsError
from vaultdots.lsp.background import Background
from vaultdots.lsp.server import DotsServer

pytestmark = pytest.mark.slow
Process = subprocess.Popen[bytes]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Process]:
    root = write(tmp_path / "v", {"dots.toml": "", "a.md": "# A\n\n[[b]]\n", "b.md": "# B\n"})
    process = subprocess.Popen(
        [sys.executable, "-m", "vaultdots", "lsp"],
        cwd=root,
        env=environment(tmp_path / "cache"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    yield process
    process.kill()
    process.wait(10)
    for stream in (process.stdin, process.stdout):
        if stream is not None and not stream.closed:
            stream.close()


def send(process: Process, body: Any) -> None:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    assert process.stdin is not None
    process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(data), data))
    process.stdin.flush()


def read(process: Process) -> Any:
    assert process.stdout is not None
    length = 0
    while (line := process.stdout.readline()).strip():
        if line.lower().startswith(b"content-length:"):
            length = int(line.split(b":")[1])
    assert length, "the server has gone"
    return json.loads(process.stdout.read(length))


def answer(process: Process, number: Any) -> Any:
    """The answer to a request; what the server says meanwhile is passed over."""
    while True:
        message = read(process)
        if "method" not in message and message.get("id") == number:
            return message


def begin(process: Process, root: Path, **more: Any) -> None:
    params = {"processId": None, "rootUri": root.as_uri(), "capabilities": {}, **more}
    send(process, {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": params})
    assert "result" in answer(process, 1)
    send(process, {"jsonrpc": "2.0", "method": "initialized", "params": {}})


HOVER = "textDocument/hover"


def hover(root: Path, number: int) -> dict[str, Any]:
    place = {"textDocument": {"uri": (root / "a.md").as_uri()}}
    params = {**place, "position": {"line": 2, "character": 3}}
    return {"jsonrpc": "2.0", "id": number, "method": HOVER, "params": params}


def test_nonsense_gets_an_error_and_the_session_goes_on(server: Process, tmp_path: Path) -> None:
    root = tmp_path / "v"
    begin(server, root)
    uri = (root / "a.md").as_uri()
    for number, (method, params) in enumerate(
        (
            ("no/such", {}),
            (HOVER, {}),
            (HOVER, []),
            (HOVER, {"textDocument": {"uri": 7}, "position": "here"}),
            (HOVER, {"textDocument": {"uri": uri}, "position": {"line": -1, "character": -5}}),
            ("textDocument/completion", None),
            ("workspace/executeCommand", {"command": "dots.nothing"}),
            ("workspace/executeCommand", {"command": "dots.list", "arguments": [{}, 1, 2]}),
            ("textDocument/rename", {"textDocument": {"uri": "http://x/a.md"}, "newName": "x",
                                     "position": {"line": 0, "character": 0}}),
        ),
        start=10,
    ):  # fmt: skip
        send(server, {"jsonrpc": "2.0", "id": number, "method": method, "params": params})
        said = answer(server, number)
        assert "error" in said or said["result"] is None, (method, params, said)
    for message in (
        b"{", b"[]", b"null", b"7", b'"x"', b"\xff\xfe", b"{}", b'{"jsonrpc":"2.0"}',
        b'{"jsonrpc":"2.0","id":{},"method":[]}', b'{"jsonrpc":"2.0","id":99,"result":1}',
    ):  # fmt: skip
        send(server, message)
    for method, params in (
        ("textDocument/didChange", {}),
        ("textDocument/didChange", {"textDocument": {"uri": uri, "version": 1}, "contentChanges": [
            {"range": {"start": {"line": 9, "character": 9}, "end": {"line": 1, "character": 0}},
             "text": "x"}]}),
        ("textDocument/didOpen", {"textDocument": {"uri": "untitled:x", "languageId": "markdown",
                                                   "version": 0, "text": "[[a"}}),
        ("textDocument/didClose", {"textDocument": {"uri": uri}}),
        ("$/unknown", None),
    ):  # fmt: skip
        send(server, {"jsonrpc": "2.0", "method": method, "params": params})
    send(server, hover(root, 50))
    # It named no format: the words come without marks.
    assert answer(server, 50)["result"]["contents"].startswith("B · note")


def test_the_server_leaves_when_its_pipe_is_closed(server: Process, tmp_path: Path) -> None:
    begin(server, tmp_path / "v")
    assert server.stdin is not None
    server.stdin.close()
    server.wait(20)


def test_the_server_leaves_when_the_editor_has_died(server: Process, tmp_path: Path) -> None:
    """Its pipe may live on, held by another process of the editor's."""
    editor = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    begin(server, tmp_path / "v", processId=editor.pid)
    send(server, hover(tmp_path / "v", 2))
    assert "result" in answer(server, 2)
    editor.kill()
    editor.wait()
    assert editor.stdin is not None
    editor.stdin.close()
    server.wait(30)


def test_an_editor_of_another_system_is_not_waited_for() -> None:
    """A server in a container sees no process of the editor's number: it stays."""
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()

    async def is_watched(editor: int) -> bool:
        server = DotsServer()
        server.stay_with(editor)
        looks = "editor" in server._timers
        server.close_all()
        return looks

    assert not asyncio.run(is_watched(gone.pid))
    assert asyncio.run(is_watched(os.getpid()))


def test_the_server_starts_without_what_unix_alone_has(tmp_path: Path) -> None:
    root = write(tmp_path / "v", {"dots.toml": "", "a.md": "# A\n\n[[b]]\n", "b.md": "# B\n"})
    code = "import sys; sys.modules['fcntl'] = None; from vaultdots.cli import run; run(['lsp'])"
    with subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=root,
        env=environment(tmp_path / "cache"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        begin(process, root)
        send(process, hover(root, 2))
        assert "B" in answer(process, 2)["result"]["contents"]
        assert process.stdin is not None
        process.stdin.close()
        process.wait(20)


def test_a_vault_that_is_gone_is_no_death(server: Process, tmp_path: Path) -> None:
    root = tmp_path / "v"
    begin(server, root)
    uri = (root / "a.md").as_uri()
    opened = {"uri": uri, "languageId": "markdown", "version": 0, "text": "# A\n\n[[b]]\n"}
    for method, params in (
        ("textDocument/didOpen", {"textDocument": opened}),
        ("textDocument/didSave", {"textDocument": {"uri": uri}}),
    ):
        shutil.rmtree(root, ignore_errors=True)
        send(server, {"jsonrpc": "2.0", "method": method, "params": params})
    send(server, hover(root, 2))
    assert "result" in answer(server, 2)
    write(root, {"dots.toml": "", "a.md": "# A\n\n[[b]]\n", "b.md": "# B again\n"})
    saved = {"jsonrpc": "2.0", "method": "textDocument/didSave"}
    send(server, {**saved, "params": {"textDocument": {"uri": uri}}})
    send(server, hover(root, 3))
    assert "B again" in answer(server, 3)["result"]["contents"]


def test_a_request_that_is_cancelled_is_not_carried_out(server: Process, tmp_path: Path) -> None:
    root = tmp_path / "v"
    begin(server, root)
    for number in range(100, 120):
        params = {"command": "dots.index", "arguments": ["", {}]}
        message = {"jsonrpc": "2.0", "id": number, "method": "workspace/executeCommand"}
        send(server, {**message, "params": params})
    for number in range(100, 120):
        send(server, {"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": number}})
    send(server, hover(root, 200))
    codes: dict[int, int | None] = {}
    while len(codes) < 21:
        message = read(server)
        if "method" not in message:
            codes[message["id"]] = message.get("error", {}).get("code")
    # -32800 is the protocol's RequestCancelled. One may have been at work by then.
    assert codes.pop(200) is None
    assert sum(code == -32800 for code in codes.values()) >= 18


def test_a_job_that_nobody_waits_for_is_passed_over(tmp_path: Path) -> None:
    root = write(tmp_path / "v", {"dots.toml": ""}).resolve()
    background = Background(environment(tmp_path / "cache"))
    ran: queue.Queue[object] = queue.Queue()
    background.run(root, attrgetter("root"), ran.put)
    background.run(root, attrgetter("catalog.generation"), ran.put, wanted=lambda: False)
    background.run(root, attrgetter("nothing"), ran.put)
    background.run(root, attrgetter("is_marked"), ran.put)
    assert ran.get(timeout=60) == root
    error = ran.get(timeout=60)
    assert isinstance(error, DotsError) and "nothing" in str(error)
    assert ran.get(timeout=60) is True
    background.stop()


def test_a_job_is_broken_off_when_nobody_waits_any_more(tmp_path: Path) -> None:
    root = write(tmp_path / "v", {"dots.toml": ""})
    background = Background(environment(tmp_path / "cache"))
    ran: queue.Queue[object] = queue.Queue()
    begun, wanted = threading.Event(), [True]

    def is_wanted() -> bool:
        begun.set()
        return wanted[0]

    # The vault is looked for among all numbers: that never ends.
    endless = partial(contains, range(10**18))
    background.run(root, endless, ran.put, wanted=is_wanted)
    background.run(root, attrgetter("is_marked"), ran.put)
    assert begun.wait(60)
    wanted[0] = False
    while ran.empty():
        background.look_again()
        time.sleep(0.01)
    assert isinstance(ran.get(), RuntimeError)
    assert ran.get(timeout=60) is True
    background.stop()


def test_idle_costs_nothing(server: Process, tmp_path: Path) -> None:
    stat = Path(f"/proc/{server.pid}/stat")
    if not stat.exists():
        pytest.skip("this system does not say what a process has used")
    begin(server, tmp_path / "v")

    def used() -> int:
        fields = stat.read_text().rpartition(")")[2].split()
        return int(fields[11]) + int(fields[12])

    for _ in range(100):
        before = used()
        time.sleep(1)
        if used() - before <= os.sysconf("SC_CLK_TCK") // 50:
            return
    raise AssertionError("it is never idle")
