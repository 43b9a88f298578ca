"""No command that does not say so writes into the vault, and none opens a connection."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
from pathlib import Path

import pytest

from tests.disk import NOBODY, dots, fingerprint, index, write
from tests.safety.tracing import needs_strace, traced
from vaultdots.vault import Vault

SHIPPED = Path(__file__).parents[2] / "vault"
READING: tuple[tuple[str, ...], ...] = (
    ("index",),
    ("index", "--rebuild"),
    ("search", "회고"),
    ("links", "2024년 회고"),
    ("backlinks", "2024년 회고"),
    ("backlinks", "아직 없는 이름"),
    ("tags",),
    ("tags", "--tree"),
    ("check",),
    ("reviews",),
    ("graph", "--format", "json"),
    ("graph", "--format", "graphml"),
    ("graph", "--format", "html"),
    ("cache", "path"),
    ("cache", "clear"),
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(SHIPPED, tmp_path / "v")
    write(tmp_path / "v", {"broken.md": "---\na: [\n---\n", "bytes.md": b"\xff"})
    return tmp_path / "v"


@pytest.mark.slow
def test_no_reading_command_touches_the_vault(root: Path) -> None:
    before = fingerprint(root)
    for words in READING:
        ran = dots(root, root.parent / "cache", *words)
        assert ran.returncode in (0, 1, 2), ran.stderr
        assert fingerprint(root) == before, words


def test_the_library_does_not_either(root: Path) -> None:
    before = fingerprint(root)
    with Vault.open(root, cache=root.parent / "cache") as vault:
        vault.index()
        vault.search("회고")
        vault.graph()
        vault.map.layout(vault.map.data())
        vault.links.check()
    assert fingerprint(root) == before


def test_a_readonly_vault_works(everybody: Path) -> None:
    root = everybody / "v"
    shutil.copytree(SHIPPED, root)
    for path in (*root.rglob("*"), root):
        path.chmod(path.stat().st_mode & ~(stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH))
    try:
        with pytest.raises(PermissionError):
            (root / "new.md").write_text("")
        with Vault.open(root, cache=everybody / "cache") as vault:
            assert vault.index().notes > 60
            assert vault.search("회고")
            assert vault.map.data().nodes
    finally:
        for path in (root, *root.rglob("*")):
            path.chmod(path.stat().st_mode | stat.S_IWUSR)
    assert NOBODY


def test_a_vault_on_a_readonly_file_system_works(tmp_path: Path, root: Path) -> None:
    """A bind mount that takes no write, in a namespace of its own."""
    if os.geteuid() != 0 or shutil.which("unshare") is None:
        pytest.skip("only root may mount")
    script = 'mount --bind "$1" "$1" && mount -o remount,ro,bind "$1" && shift && exec "$@"'
    probe = ["unshare", "-m", "sh", "-c", script, "sh", str(root)]
    if subprocess.run([*probe, "true"], capture_output=True).returncode != 0:
        pytest.skip("this system forbids mounting")
    from tests.disk import command, environment

    assert subprocess.run([*probe, "touch", str(root / "x")], capture_output=True).returncode != 0
    for words in (("index", "--json"), ("search", "회고", "--json")):
        ran = subprocess.run(
            [*probe, *command(root, *words)],
            env=environment(tmp_path / "cache"),
            capture_output=True,
            text=True,
            check=False,
        )
        assert (ran.returncode, ran.stderr) == (0, "")
        assert json.loads(ran.stdout)


def test_a_disk_that_is_full_is_one_line(tmp_path: Path, root: Path) -> None:
    """A cache on a file system of 64 KB."""
    if os.geteuid() != 0 or shutil.which("unshare") is None:
        pytest.skip("only root may mount")
    small = tmp_path / "small"
    small.mkdir()
    script = 'mount -t tmpfs -o size=64k tmpfs "$1" && shift && exec "$@"'
    probe = ["unshare", "-m", "sh", "-c", script, "sh", str(small)]
    if subprocess.run([*probe, "true"], capture_output=True).returncode != 0:
        pytest.skip("this system forbids mounting")
    from tests.disk import command, environment, one_line

    ran = subprocess.run(
        [*probe, *command(root, "index")],
        env=environment(small),
        capture_output=True,
        text=True,
        check=False,
    )
    assert "the disk that holds the cache is full" in one_line(ran)


@needs_strace
@pytest.mark.parametrize(
    "words",
    [
        pytest.param(words, marks=() if words[0] == "search" else pytest.mark.slow)
        for words in READING
        if "clear" not in words
    ],
    ids=" ".join,
)
def test_no_command_opens_a_connection(root: Path, words: tuple[str, ...]) -> None:
    log = root.parent / "log"
    options = ["-e", "trace=network"]
    traced(root, root.parent / "cache", *words, options=options, log=log)
    assert [line for line in log.read_text().splitlines() if "(" in line] == []


@needs_strace
def test_the_trace_would_show_a_connection(tmp_path: Path) -> None:
    log = tmp_path / "log"
    code = "import socket; socket.socket().connect_ex(('127.0.0.1', 9))"
    subprocess.run(
        ["strace", "-qq", "-o", str(log), "-e", "trace=network", "python3", "-c", code], check=True
    )
    assert "connect(" in log.read_text()


def test_what_is_deleted_from_the_cache_is_built_again(root: Path) -> None:
    cache = root.parent / "cache"
    before = index(root, cache)
    shutil.rmtree(cache)
    after = index(root, cache)
    before.pop("seconds")
    after.pop("seconds")
    assert after == before
