"""Vaults and machines at their limits: the right answer, or one clear line."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.disk import NOBODY, command, dots, environment, index, settle, write
from vaultdots.cli import run
from vaultdots.search.engine_whoosh import is_fresh
from vaultdots.vault import Vault

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="limits and homes of POSIX")


def few(count: int = 30) -> dict[str, str | bytes]:
    """Notes in a ring."""
    return {f"n{n}.md": f"# N{n}\n[[n{(n + 1) % count}]] 낱말\n" for n in range(count)}


# -- much ----------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_a_hundred_thousand_notes(tmp_path: Path) -> None:
    count = 100_000
    root, cache = tmp_path / "v", tmp_path / "cache"
    for folder in range(100):
        (root / f"{folder:02}").mkdir(parents=True)
    for n in range(count):
        path = root / f"{n % 100:02}" / f"n{n}.md"
        path.write_text(f"# N{n}\n[[n{(n + 1) % count}]] 낱말 #t{n % 7}\n", encoding="utf-8")
    with Vault.open(root, cache=cache) as vault:
        report = vault.index()
        assert (report.notes, report.links, report.unresolved) == (count, count, 0)
        assert vault.search("n4711")[0].path == "11/n4711.md"
        (link,) = vault.links.to("n4711")
        assert link.source == "10/n4710.md"
        assert vault.links.check() == []
        (root / "fresh.md").write_text("# Fresh\n[[n1]]\n", encoding="utf-8")
        assert vault.sync().read >= 1  # what was written within two seconds of the sync, too
        assert {link.source for link in vault.links.to("n1")} == {"00/n0.md", "fresh.md"}


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_a_million_links_in_one_note(tmp_path: Path) -> None:
    count = 1_000_000
    lines = "".join(f"[[n{n % 5000}]] " + "\n" * (n % 20 == 19) for n in range(count))
    root = write(tmp_path / "v", {"a.md": f"# A\n\n{lines}", "n1.md": "# N1\n"})
    with Vault.open(root, cache=tmp_path / "cache") as vault:
        report = vault.index()
        assert (report.links, report.unresolved) == (count, count - count // 5000)
        assert len(vault.links.to("n1")) == count // 5000


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_file_of_a_hundred_megabytes_is_told_and_left_out(tmp_path: Path) -> None:
    root = write(tmp_path / "v", {"b.md": "# B\n[[a]]\n"})
    line = "회고 목표 some words here and more of them\n" * 1000
    with (root / "a.md").open("w", encoding="utf-8") as stream:
        while stream.tell() < 100_000_000:
            stream.write(line)
    report = index(root, tmp_path / "cache")
    assert (report["notes"], report["unresolved"]) == (1, 1)
    assert report["skipped"] == [{"path": "a.md", "reason": "it is larger than 64 MB"}]
    ran = dots(root, tmp_path / "cache", "check", "--json")
    assert "not-read" in {problem["code"] for problem in json.loads(ran.stdout)}


# -- little --------------------------------------------------------------------------------------


@POSIX
@pytest.mark.slow
@pytest.mark.parametrize(
    "words",
    [
        ("index",),
        ("search", "낱말"),
        ("check",),
        ("graph", "-o", "g.html"),
        ("mv", "n1.md", "x/m1.md", "--yes"),
        ("import", "n2.md", "-o", "in"),
    ],
    ids=lambda words: words[0],
)
def test_thirty_two_open_files_are_enough(tmp_path: Path, words: tuple[str, ...]) -> None:
    root = write(tmp_path / "v", few(400))
    ran = subprocess.run(
        ["sh", "-c", 'ulimit -n 32 && exec "$@"', "sh", *command(root, *words)],
        env=environment(tmp_path / "cache"), cwd=root, capture_output=True, encoding="utf-8",
        timeout=200, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    assert "error" not in ran.stderr


@POSIX
@pytest.mark.parametrize("home", [None, "/dev/null", "missing"])
def test_a_person_without_a_home(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    home: str | None,
) -> None:
    """What is kept lies below the home folder: one line where there is none, else the answer."""
    root = write(tmp_path / "v", few(3))
    for name in ("DOTS_CACHE", "DOTS_DATA", "DOTS_CONFIG", "XDG_CACHE_HOME", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)
    if home is None:
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
        monkeypatch.delenv("HOME")
    else:
        monkeypatch.setenv("HOME", home if home.startswith("/") else str(tmp_path / home))
    code = run(["--vault", str(root), "search", "낱말", "--paths"])
    said = capfd.readouterr()
    if home == "/dev/null":
        assert code == 2 and "the cache cannot be written" in said.err
        assert said.err.count("\n") == 1 and "DOTS_CACHE names another folder" in said.err
    else:
        assert (code, len(said.out.splitlines()), said.err) == (0, 3, "")


@POSIX
def test_a_home_that_cannot_be_written(
    everybody: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    moving = ("mv", "n1.md", "m1.md", "--yes")
    user = os.geteuid()
    if user == NOBODY:
        # Another user may not read this Python's modules: they are loaded before.
        os.seteuid(0)
        loaded = write(everybody / "loaded", few(3))
        monkeypatch.setenv("DOTS_CACHE", str(everybody / "loaded-cache"))
        monkeypatch.setenv("DOTS_DATA", str(everybody / "loaded-data"))
        for line in (["search", "낱말"], [*moving]):
            assert run(["--vault", str(loaded), *line]) == 0
        capfd.readouterr()
        os.seteuid(user)
    root = write(everybody / "v", few(3))
    (everybody / "home").mkdir(mode=0o555)
    for name in ("DOTS_CACHE", "DOTS_DATA", "DOTS_CONFIG", "XDG_CACHE_HOME", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(everybody / "home"))
    monkeypatch.setenv("DOTS_CONFIG", str(everybody / "config.toml"))
    for words in (("tags",), moving):
        assert run(["--vault", str(root), *words]) == 2
        said = capfd.readouterr().err
        assert said.startswith("error: ") and said.count("\n") == 1
        assert "the cache cannot be written (Permission denied)" in said
    # A cache elsewhere, and no place for the journal: nothing is written without an undo.
    monkeypatch.setenv("DOTS_CACHE", str(everybody / "cache"))
    assert run(["--vault", str(root), "search", "낱말"]) == 0
    capfd.readouterr()
    assert run(["--vault", str(root), *moving]) == 2
    assert "DOTS_DATA names another folder" in capfd.readouterr().err
    assert (root / "n1.md").exists()


# -- a clock that is set back --------------------------------------------------------------------


def test_an_edit_after_the_clock_was_set_back_is_seen(tmp_path: Path) -> None:
    """Files from next year, then an edit of now that leaves the size as it was."""
    root, cache = write(tmp_path / "v", {"a.md": "사과\n", "b.md": "[[a]]\n"}), tmp_path / "cache"
    settle(root, seconds=-365 * 86_400)
    with Vault.open(root, cache=cache) as vault:
        assert [hit.path for hit in vault.search("사과")] == ["a.md"]
        (root / "a.md").write_text("바다\n", encoding="utf-8")
        assert vault.sync().read >= 1
        assert [hit.path for hit in vault.search("바다")] == ["a.md"]
        assert vault.search("사과") == []


def test_a_build_of_the_future_that_died_blocks_no_other(tmp_path: Path) -> None:
    files = {"dots.toml": '[search]\nengine = "sqlite"\n', "a.md": "# A\n낱말\n"}
    root, cache = write(tmp_path / "v", files), tmp_path / "cache"
    with Vault.open(root, cache=cache) as vault:
        assert len(vault.search("낱말")) == 1
        folder = vault.catalog.folder
    assert folder is not None
    base = sqlite3.connect(folder / "catalog.sqlite")
    base.execute("UPDATE search_state SET complete = 0, builder = 1, touched = touched + 86400")
    base.execute("DELETE FROM search_sections")
    for table in ("search_tokens", "search_names", "search_sample"):
        base.execute(f"DELETE FROM {table}")
    base.commit()
    base.close()
    with Vault.open(root, cache=cache) as vault:
        assert len(vault.search("낱말")) == 1
    later = time.time() + 86_400
    os.utime(folder, (later, later))
    assert not is_fresh(folder)


def test_undo_goes_by_the_order_of_writing_not_by_the_clock(tmp_path: Path) -> None:
    """The first operation says that it is of next year; the last one is taken back first."""
    root = write(tmp_path / "v", few(3))
    environ = {"DOTS_CACHE": str(tmp_path / "cache"), "DOTS_DATA": str(tmp_path / "data")}
    with Vault.open(root, environ=environ) as vault:
        for name in ("first.md", "last.md"):
            vault.edit.create(name, "# New\n", "new")
        assert [record.paths for record in vault.edit.history()] == [("last.md",), ("first.md",)]
        vault.edit.undo()
        assert (root / "first.md").exists() and not (root / "last.md").exists()
