"""Two at once: processes that index, search and list one vault, with edits going on."""

from __future__ import annotations

import contextlib
import json
import sqlite3
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.disk import command, environment, index, settle, write
from vaultdots.store.catalog import Catalog
from vaultdots.vault import Vault

NOTES = 60


def make(root: Path, engine: str) -> Path:
    files: dict[str, str | bytes] = {"dots.toml": f'[search]\nengine = "{engine}"\n'}
    for i in range(NOTES):
        files[f"n{i}.md"] = f"# N{i}\n[[hub]] #tag\n## 회고\n모두가 아는 낱말 {i}\n"
    files["hub.md"] = "# Hub\n"
    write(root, files)
    settle(root)
    return root


def start(root: Path, cache: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command(root, *arguments),
        env=environment(cache),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


Running = list[tuple[tuple[str, ...], subprocess.Popen[str]]]


@contextlib.contextmanager
def at_once(root: Path, cache: Path, *commands: tuple[str, ...]) -> Iterator[Running]:
    """All of the commands, running; what still runs when the test is over is ended."""
    running = [(words, start(root, cache, *words)) for words in commands]
    try:
        yield running
    finally:
        for _, process in running:
            with process:
                process.kill()


def finish(process: subprocess.Popen[str]) -> tuple[str, str]:
    """What it said; it must have gone well and have no more to say than that another is at it.

    A search may find nothing (exit 1) while another process builds the first index, and says so.
    """
    out, err = process.communicate(timeout=100)
    assert process.returncode == ("another process" in err and out.strip() == "[]"), err
    assert "Traceback" not in err
    said = [line for line in err.splitlines() if "another process" not in line]
    assert not [line for line in said if line.startswith("error")], said
    return out, err


COMMANDS = (
    ("index", "--json"),
    ("search", "낱말", "--json", "-n", "1000"),
    ("backlinks", "hub", "--json"),
    ("index", "--rebuild", "--json"),
    ("tags", "--json"),
    ("search", "회고", "--json", "-n", "1000"),
)


def assert_right(arguments: tuple[str, ...], out: str, err: str) -> None:
    """Nothing was edited: each answer is the whole one, or says that the index was not ready."""
    found = json.loads(out)
    if arguments[0] == "index":
        assert (found["notes"], found["links"], found["unresolved"]) == (NOTES + 1, NOTES, 0)
    elif arguments[0] == "tags":
        assert found == [{"tag": "tag", "notes": NOTES}]
    elif arguments[0] == "backlinks":
        assert [link["source"] for link in found] == sorted(f"n{i}.md" for i in range(NOTES))
    elif "another process" not in err:
        assert len(found) == NOTES
    else:
        assert len(found) <= NOTES


@pytest.mark.parametrize("engine", ["whoosh", "sqlite"])
def test_from_a_cold_start_all_at_once(tmp_path: Path, engine: str) -> None:
    root, cache = make(tmp_path / "v", engine), tmp_path / "cache"
    with at_once(root, cache, *COMMANDS) as running:
        for words, process in running:
            assert_right(words, *finish(process))


def test_a_new_catalog_is_opened_while_another_process_writes_its_first_page(
    tmp_path: Path,
) -> None:
    """The switch to WAL is the one step that SQLite refuses at once, whatever its timeout is."""
    other = sqlite3.connect(
        tmp_path / "catalog.sqlite", isolation_level=None, check_same_thread=False
    )
    other.execute("BEGIN IMMEDIATE")
    release = threading.Timer(0.2, other.execute, ("ROLLBACK",))
    release.start()
    catalog = Catalog(tmp_path)
    with catalog.transaction():
        catalog.clear("stamp")
    assert catalog.is_current("stamp")
    catalog.close()
    release.join()
    other.close()


@pytest.mark.slow
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("engine", ["whoosh", "sqlite"])
def test_again_and_again(tmp_path: Path, engine: str) -> None:
    root = make(tmp_path / "v", engine)
    for turn in range(15):
        cache = tmp_path / f"cache{turn // 3}"
        with at_once(root, cache, *COMMANDS) as running:
            for words, process in running:
                assert_right(words, *finish(process))


@pytest.mark.slow
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("engine", ["whoosh", "sqlite"])
def test_with_edits_going_on(tmp_path: Path, engine: str) -> None:
    """Every answer is one that the vault gave at some moment, and the last one is right."""
    root, cache = make(tmp_path / "v", engine), tmp_path / "cache"
    for turn in range(12):
        with at_once(root, cache, *COMMANDS) as running:
            edits = 0
            while any(process.poll() is None for _, process in running):
                edits += 1
                name = f"extra{edits % 7}.md"
                if (root / name).exists():
                    (root / name).unlink()
                else:
                    write(root, {name: f"# E\n[[hub]] #tag\n낱말 {turn} {edits}\n"})
            for words, process in running:
                out, _ = finish(process)
                found = json.loads(out)
                if words[0] == "backlinks":
                    sources = {link["source"] for link in found}
                    assert {f"n{i}.md" for i in range(NOTES)} <= sources
                    assert all(name.startswith(("n", "extra")) for name in sources)
                elif words[0] == "search":
                    assert {hit["path"][0] for hit in found} <= {"n", "e"}
                elif words[0] == "index":
                    assert NOTES + 1 <= found["notes"] <= NOTES + 8
    for extra in root.glob("extra*.md"):
        extra.unlink()
    for asked in COMMANDS:
        with at_once(root, cache, asked) as [(words, process)]:
            assert_right(words, *finish(process))


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_two_that_build_a_large_index(tmp_path: Path) -> None:
    """More sections than one batch of the SQLite index: builds that take turns stay whole."""
    files: dict[str, str | bytes] = {"dots.toml": '[search]\nengine = "sqlite"\n'}
    for i in range(300):
        files[f"n{i}.md"] = "".join(f"## H{h}\n낱말 {i} {h} [[n{h}]]\n" for h in range(20))
    root, cache = write(tmp_path / "v", files), tmp_path / "cache"
    settle(root)
    for _ in range(3):
        with at_once(root, cache, *[("search", "낱말", "--json", "-n", "9999")] * 4) as searches:
            for _, process in searches:
                out, err = finish(process)
                assert len(json.loads(out)) == 6_000 or "another process" in err
        with Vault.open(root, cache=cache) as vault:
            assert len(vault.search("낱말", limit=None)) == 6_000
            vault.sync(rebuild=True)
    assert index(root, cache)["sections"] == 6_300
