"""The settings for other editors: they can be read, and the command in them serves a note."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.disk import environment, write

EDITORS = Path(__file__).parents[2] / "editors"
Command = list[str]


def _helix() -> Command:
    table = tomllib.loads((EDITORS / "helix" / "languages.toml").read_text())
    (language,) = table["language"]
    assert language["roots"] == ["dots.toml", ".obsidian"]
    (name,) = language["language-servers"]
    server = table["language-server"][name]
    return [server["command"], *server["args"]]


def _kakoune() -> Command:
    script = (EDITORS / "kakoune" / "dots.kak").read_text()
    inner = re.search(r"lsp_servers %\{(.*?)\n    \}", script, re.DOTALL)
    assert inner is not None and script.count("{") == script.count("}")
    server = tomllib.loads(inner[1])["dots"]
    assert server["root_globs"] == ["dots.toml", ".obsidian"]
    return [server["command"], *server["args"]]


def _zed() -> Command:
    settings = json.loads((EDITORS / "zed" / "settings.json").read_text())
    (name,) = settings["languages"]["Markdown"]["language_servers"]
    binary = settings["lsp"][name]["binary"]
    return [binary["path"], *binary["arguments"]]


def _sublime() -> Command:
    settings = json.loads((EDITORS / "sublime" / "LSP.sublime-settings").read_text())
    command: Command = settings["clients"]["dots"]["command"]
    return command


@pytest.mark.parametrize("command", [_helix, _kakoune, _zed, _sublime])
def test_the_command_starts_the_server(command: object) -> None:
    assert callable(command)
    assert command() == ["dots", "lsp"]


@pytest.mark.slow
def test_that_command_serves_without_a_client_library(tmp_path: Path) -> None:
    root = write(tmp_path / "v", {"dots.toml": "", "a.md": "# A\n"})
    messages: list[dict[str, object]] = [
        {"id": 1, "method": "initialize", "params": {"processId": None, "capabilities": {},
                                                     "rootUri": root.as_uri()}},
        {"id": 2, "method": "shutdown"},
        {"method": "exit"},
    ]  # fmt: skip
    data = b""
    for message in messages:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        data += b"Content-Length: %d\r\n\r\n%s" % (len(body), body)
    ended = subprocess.run(
        [sys.executable, "-m", "vaultdots", "lsp"],
        input=data,
        capture_output=True,
        env=environment(tmp_path / "cache"),
        cwd=tmp_path,
        timeout=100,
        check=False,
    )
    assert ended.returncode == 0
    assert b'"completionProvider"' in ended.stdout
