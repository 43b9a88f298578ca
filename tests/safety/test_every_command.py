"""Every command, cold, after an edit, with a cache that cannot be written, in a vault that cannot,
in one that vanishes meanwhile, on a disk that is full: one line where it fails, never a traceback
and never "something went wrong inside dots"."""

from __future__ import annotations

import io
import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.disk import NOBODY, command, dots, environment, settle, write
from tests.safety.faults import CASES, FILES, PROPOSED, files, propose
from tests.safety.tracing import needs_strace
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
NOT_HERE = {"lsp", "mcp"}
"""They serve until they are told to end; tests/lsp and tests/mcp speak to them."""
MAKING: dict[str, list[tuple[str, ...]]] = {
    "wrapped": [("2024", "-o", "w.html")],
    "edit": [("Redis",)],
    "hook": [("on-save",)],
}
"""Commands that write outside of notes, or start a program."""
WRITING = {case.arguments[0] for case in CASES.values()}


def lines() -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    for name in COMMANDS:
        if name not in NOT_HERE | WRITING | MAKING.keys():
            found += [(name, *words) for words in ARGUMENTS.get(name, [()])]
    return found


def test_every_command_is_here() -> None:
    assert {words[0] for words in lines()} | NOT_HERE | WRITING | MAKING.keys() == set(COMMANDS)


def told_well(words: tuple[str, ...], code: int, said: str) -> None:
    """One line of what went wrong, where something did."""
    at = (words, code, said)
    assert code in (0, 1, 2), at
    assert "Traceback" not in said and "inside dots" not in said, at
    assert "within a transaction" not in said, at
    assert said.count("error: ") == (code == 2), at


@pytest.fixture
def prepared(
    everybody: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Callable[[str], tuple[Path, tuple[str, ...]]]:
    """A vault in which a writing command can be run, and the command's words."""

    def prepare(name: str) -> tuple[Path, tuple[str, ...]]:
        for folder in ("v", "cache", "cache-data"):
            shutil.rmtree(everybody / folder, ignore_errors=True)
        root = write(everybody / "v", FILES)
        settle(root)
        monkeypatch.chdir(root)
        monkeypatch.setenv("DOTS_CACHE", str(everybody / "cache"))
        monkeypatch.setenv("DOTS_DATA", str(everybody / "cache-data"))
        monkeypatch.setenv("DOTS_CONFIG", str(everybody / "config.toml"))
        monkeypatch.setenv("EDITOR", "true")
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"{}")))
        if name not in CASES:
            return root, (name, *MAKING[name][0])
        case = CASES[name]
        for before in case.before:
            assert run(["--vault", str(root), *before]) == 0
        words = list(case.arguments)
        if PROPOSED in words:
            words[words.index(PROPOSED)] = propose(root, everybody / "cache")
        capfd.readouterr()
        return root, tuple(words)

    return prepare


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("state", ["cold", "edited", "read-only cache", "read-only vault"])
def test_every_command_that_writes(
    everybody: Path,
    prepared: Callable[[str], tuple[Path, tuple[str, ...]]],
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    state: str,
) -> None:
    user = os.geteuid()
    if user == NOBODY:
        # Another user may not read this Python's modules: they are loaded before.
        os.seteuid(0)
        for name in (*CASES, *MAKING):
            root, words = prepared(name)
            run(["--vault", str(root), *words])
        for folder in ("v", "cache", "cache-data"):
            shutil.rmtree(everybody / folder, ignore_errors=True)
        os.seteuid(user)
    for name in (*CASES, *MAKING):
        root, words = prepared(name)
        if state != "cold":
            run(["--vault", str(root), "tags"])
        if state == "edited":
            write(root, {"fresh.md": "# Fresh\n\nRedis.\n"})
        forbidden = {"read-only cache": everybody / "cache", "read-only vault": root}.get(state)
        if forbidden is not None:
            _forbid(forbidden)
        old = files(root)
        capfd.readouterr()
        try:
            code = run(["--vault", str(root), *words])
        finally:
            if forbidden is not None:
                _allow(forbidden)
        told_well(words, code, capfd.readouterr().err)
        if state == "read-only vault":
            assert files(root) == old, words
        elif name in CASES and state != "read-only cache":
            assert (code, files(root) != old) == (0, True), words


def everything() -> list[tuple[str, tuple[str, ...] | None]]:
    """What to prepare, and what to ask there; None for a writing command's own words."""
    reading = [("new", words) for words in lines()]
    return [*reading, *((name, None) for name in (*CASES, *MAKING))]


def run_apart(
    before: list[str], root: Path, cache: Path, words: tuple[str, ...]
) -> subprocess.CompletedProcess[str]:
    """Run dots as a process of its own, under what `before` starts."""
    return subprocess.run(
        [*before, *command(root, *words)],
        env=environment(cache, EDITOR="true"), cwd=root, input="{}", capture_output=True,
        encoding="utf-8", errors="surrogateescape", timeout=100, check=False,
    )  # fmt: skip


@needs_strace
@pytest.mark.slow
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("warm", [False, True], ids=["cold", "read before"])
def test_a_vault_that_vanishes_meanwhile(
    everybody: Path, prepared: Callable[[str], tuple[Path, tuple[str, ...]]], warm: bool
) -> None:
    """From one call on every file and folder of the vault is gone: at the first, at a few later."""
    if os.geteuid() == NOBODY:
        os.seteuid(0)  # strace and the modules are root's
    chance = random.Random(3)
    for name, reading in everything():
        for first in (1, chance.randrange(5, 30), chance.randrange(30, 90)):
            root, writing = prepared(name)
            words = reading or writing
            if warm:
                run(["--vault", str(root), "tags"])
            paths = [word for path in (root, *root.rglob("*")) for word in ("-P", str(path))]
            calls = "openat,newfstatat,statx,lstat,stat,getdents64,readlink"
            fault = f"inject={calls}:error=ENOENT:when={first}+"
            before = ["strace", "-f", "-qq", "-o", "/dev/null", *paths, "-e", fault]
            ran = run_apart(before, root, everybody / "cache", words)
            told_well(words, ran.returncode, ran.stderr)


@pytest.mark.slow
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("how", ["a small disk", "ulimit -f"])
@pytest.mark.parametrize("warm", [False, True], ids=["cold", "read before"])
def test_a_full_disk(
    everybody: Path, prepared: Callable[[str], tuple[Path, tuple[str, ...]]], warm: bool, how: str
) -> None:
    """No byte more for the cache, the journal and the vault. No file of the vault is changed, but
    by a command that could write all of it."""
    if os.geteuid() == NOBODY:
        os.seteuid(0)
    for name, reading in everything():
        root, writing = prepared(name)
        words = reading or writing
        if warm:
            run(["--vault", str(root), "tags"])
        old = files(root)
        if how == "ulimit -f":
            before = ["sh", "-c", 'ulimit -f 0 && exec "$@"', "sh"]
        else:
            before = ["unshare", "-m", "sh", "-c", FULL, "sh", str(everybody)]
            if os.geteuid() != 0 or subprocess.run([*before, "true"]).returncode != 0:
                pytest.skip("only root may mount a small disk, where mounting is allowed")
        ran = run_apart(before, root, everybody / "cache", words)
        told_well(words, ran.returncode, ran.stderr)
        if how == "ulimit -f":
            assert files(root) == old, words
        elif ran.returncode == 2:
            assert "full" in ran.stderr or "No space left" in ran.stderr, (words, ran.stderr)


FULL = """
mkdir -p /tmp/.small && mount -t tmpfs -o size=8m tmpfs /tmp/.small && cp -a "$1"/. /tmp/.small/ &&
mount --move /tmp/.small "$1" && { head -c 9000000 /dev/zero > "$1/fill" 2>/dev/null; shift; } &&
cd "$PWD" && exec "$@"
"""
"""In a namespace of its own: a copy of the folder on a disk of 8 MB, and that filled."""


@pytest.mark.slow
@pytest.mark.timeout(900)
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
        # The settings of the user who runs the tests are not that other user's to read.
        monkeypatch.setenv("DOTS_CONFIG", str(everybody / "config.toml"))
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
            told_well(words, code, said)
            assert code != 2 or state == "read-only cache", (words, said)
    finally:
        _allow(root)
        _allow(cache)


@pytest.mark.slow
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
