"""`dots mcp`, `dots proposals`, `dots skill` as a person and a client run them."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.disk import command, dots, environment, write
from tests.mcp.conftest import NOTES
from vaultdots.vault import Vault


@pytest.mark.slow
def test_the_server_over_stdio(tmp_path: Path) -> None:
    pytest.importorskip("mcp", reason="the extra [mcp] is not installed")
    from mcp import Client, StdioServerParameters

    root, cache = write(tmp_path / "v", NOTES), tmp_path / "cache"
    program, *words = command(root, "mcp")

    async def session() -> Any:
        server = StdioServerParameters(command=program, args=words, env=environment(cache))
        async with Client(server) as client:
            arguments = {"kind": "edit", "path": "Redis", "old": "LRU.", "text": "LRU, 근사."}
            return await client.call_tool("propose", arguments)

    (said,) = asyncio.run(session()).content
    made = json.loads(said.text)
    listed = dots(root, cache, "proposals", "--json")
    assert [row["id"] for row in json.loads(listed.stdout)] == [made["id"]]
    assert dots(root, cache, "proposals", "--apply", made["id"]).returncode == 0
    assert "LRU, 근사." in (root / "study/Redis.md").read_text()


def test_the_person_decides(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from vaultdots.cli import run

    root = write(tmp_path / "v", NOTES)
    monkeypatch.setenv("DOTS_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("DOTS_DATA", str(tmp_path / "data"))
    with Vault.open(root) as vault:
        first = vault.proposals.edit(
            "Redis", "LRU.", "LRU, \x1b[31m근사.", why="so\n\x1b[31m\u202eit is"
        )
        other = vault.proposals.note("새.md", "# 새\n")

    def said(*words: str) -> tuple[int, str, str]:
        code = run(["--vault", str(root), "proposals", *words])
        return code, *capsys.readouterr()

    code, listed, _ = said()
    assert code == 0
    assert len(listed.splitlines()) == 3
    assert first.id in listed and "proposed note" in listed
    code, shown, _ = said("--show", first.id)
    assert (code, "+LRU" in shown) == (0, True)
    assert not {"\x1b", "\u202e"} & set(listed + shown)
    keys = {"id", "hash", "operation", "when", "why", "paths"}
    assert {frozenset(row) for row in json.loads(said("--json")[1])} == {frozenset(keys)}
    assert said("--apply", first.id)[0] == 0
    assert "근사" in (root / "study/Redis.md").read_text()
    assert run(["--vault", str(root), "undo"]) == 0
    assert (root / "study/Redis.md").read_text() == NOTES["study/Redis.md"]
    capsys.readouterr()
    assert said("--reject", other.id)[0] == 0
    assert not (root / "새.md").exists()
    assert said() == (1, "", "no proposal waits\n")
    code, _, error = said("--apply", other.id)
    assert (code, "no proposal has the id" in error) == (2, True)
    assert said("--apply", "1", "--show", "2")[0] == 2


def test_without_the_extra_it_is_one_line(tmp_path: Path) -> None:
    root = write(tmp_path / "v", NOTES)
    code = (
        "import sys; sys.modules['mcp'] = None\n"
        "from vaultdots.cli import run; sys.exit(run(sys.argv[1:]))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, "--vault", str(root), "mcp"],
        env=environment(tmp_path / "cache"),
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 2
    assert ran.stderr == (
        "error: the package 'mcp' is not installed"
        ' (install dots with it: uv tool install ".[mcp]" in its folder)\n'
    )


def test_the_skill_names_commands_that_there_are(tmp_path: Path) -> None:
    from vaultdots.cli import COMMANDS

    ran = dots(write(tmp_path / "v", NOTES), tmp_path / "cache", "skill")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.startswith("---\nname: dots\n")
    named = {piece.split()[0].strip("`),:;.") for piece in ran.stdout.split("`dots ")[1:]}
    assert named <= set(COMMANDS)
