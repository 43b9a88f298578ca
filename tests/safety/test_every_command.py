"""Every command, cold, after an edit, with a cache that cannot be written, in a vault that cannot:
one line where it fails, never a traceback and never "something went wrong inside dots"."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from tests.disk import NOBODY, dots, write
from vaultdots.cli import COMMANDS, run

SHIPPED = Path(__file__).parents[2] / "vault"
ARGUMENTS: dict[str, list[tuple[str, ...]]] = {
    "search": [("회고",), ("related:Redis",), ("mentions:Redis",), ("is:orphan",)],
    "related": [("Redis",)],
    "links": [("2024년 회고",)],
    "backlinks": [("Redis",)],
    "graph": [("--format", "json"), ("--format", "json", "--derived"), ("--format", "graphml")],
    "review": [("2024",)],
    "compare": [("2023", "2024")],
    "mentions": [("Redis",)],
    "connect": [("2024년 회고",), ("--all",)],
    "path": [("Redis", "2024년 회고")],
    "cache": [("path",)],
    "on": [("12-25",)],
}
"""What a command is asked; the others are run without arguments."""
LEFT_OUT = {
    "draft", "lsp", "hook", "import", "settle", "undo", "redo", "edit", "mcp", "proposals", "new",
    "today", "week", "month", "year", "mv", "rename-heading", "rename-tag", "rename-block",
    "rename-alias", "extract", "merge", "history", "skill", "wrapped",
}  # fmt: skip
"""Commands that write or serve, which have tests of their own."""


def lines() -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    for name in COMMANDS:
        if name not in LEFT_OUT:
            found += [(name, *words) for words in ARGUMENTS.get(name, [()])]
    return found


@pytest.mark.slow
@pytest.mark.parametrize("state", ["cold", "edited", "read-only cache", "read-only vault"])
def test_every_command(
    everybody: Path,
    state: str,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """In this process: root passes every chmod, and another user may not start this Python."""

    def ask(cache: Path, *words: str) -> tuple[int, str]:
        monkeypatch.setenv("DOTS_CACHE", str(cache))
        monkeypatch.setenv("DOTS_DATA", f"{cache}-data")
        code = run(["--vault", str(root), *words])
        return code, capfd.readouterr().err

    root, cache = everybody / "v", everybody / "cache"
    user = os.geteuid()
    if user == NOBODY:
        # Another user may not read this Python's modules: they are loaded before.
        os.seteuid(0)
        shutil.copytree(SHIPPED, root)
        for words in lines():
            ask(everybody / "loaded", *words)
        for path in (root, *root.rglob("*")):
            os.chown(path, NOBODY, NOBODY)
        os.seteuid(user)
    else:
        shutil.copytree(SHIPPED, root)
    if state != "cold":
        for words in (("index",), ("connect", "--all")):
            assert ask(cache, *words)[0] in (0, 1)
    if state == "read-only cache":
        _forbid(cache)
    if state == "read-only vault":
        _forbid(root)
    try:
        for number, words in enumerate(lines()):
            here = everybody / f"cold{number}" if state == "cold" else cache
            if state == "edited":
                write(root, {"fresh.md": f"# Fresh {number}\n\nRedis, {number}.\n"})
            code, said = ask(here, *words)
            assert code in (0, 1, 2), (words, said)
            assert "Traceback" not in said, (words, said)
            assert "inside dots" not in said, (words, said)
            assert "within a transaction" not in said, (words, said)
            if code == 2:
                assert state == "read-only cache", (words, said)
                assert said.count("error: ") == 1
    finally:
        _allow(root)
        _allow(cache)


def test_derived_edges_on_a_cold_cache_and_after_an_edit(tmp_path: Path) -> None:
    """The mentions were looked for inside of the command's snapshot."""
    root = tmp_path / "v"
    shutil.copytree(SHIPPED, root)
    for number in range(2):
        write(root, {"fresh.md": f"# Fresh {number}\n\nRedis.\n"})
        ran = dots(root, tmp_path / "cache", "graph", "--derived", "--format", "json")
        assert ran.returncode == 0, ran.stderr
        kinds = {edge["kind"] for edge in json.loads(ran.stdout)["edges"]}
        assert "mention" in kinds


def _forbid(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)


def _allow(folder: Path) -> None:
    for path, folders, _ in os.walk(folder):
        Path(path).chmod(0o755)
        for one in folders:
            (Path(path) / one).chmod(0o755)
