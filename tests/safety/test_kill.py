"""Killed anywhere: the next command sees the old state or the new one, and heals by itself.

`dots index` is killed at every single write, rename, unlink, sync and truncation that it asks of
the kernel: cold and after edits, with both engines. After each kill the catalog on the disk must
say what it said before or what it would have said, and the next command what a rebuild says.
"""

from __future__ import annotations

import shutil
import signal
from pathlib import Path
from typing import Any

import pytest

from tests.disk import dots, index, one_line, settle, write
from tests.safety.tracing import WRITING, calls, needs_strace, traced
from vaultdots.store.catalog import Catalog
from vaultdots.store.location import cache_folder
from vaultdots.vault import Vault

ENGINES = ("whoosh", "sqlite")
LEAST_POINTS = 200


def make(root: Path, engine: str) -> Path:
    files: dict[str, str | bytes] = {
        f"n{i}.md": f"---\naliases: [alias {i}]\n---\n# N{i}\n[[n{i + 1}]] 회고 #t{i % 3}\n^id\n"
        for i in range(12)
    }
    files |= {"dots.toml": f'[search]\nengine = "{engine}"\n', "p.png": "x"}
    write(root, files)
    settle(root)
    return root


def edit(root: Path) -> None:
    write(root, {"n1.md": "# changed\n[[n3]] 바뀐 회고\n", "new.md": "[[n1]] #new\n"})
    (root / "n2.md").unlink()
    (root / "n4.md").rename(root / "moved.md")
    settle(root)


def facts(catalog: Catalog) -> list[Any]:
    """What stands in a catalog, read as it is on the disk: no sync."""
    with catalog.snapshot():
        if catalog.meta("generation") is None:
            return []
        return [
            [row[1:13] for row in catalog.notes(excluded=True)],
            catalog.all_links(),
            sorted(catalog.all_names().items()),
            catalog.tags(),
            catalog.counts(),
            [row[3:] for row in catalog.search_rows(None)],
        ]


def on_disk(root: Path, cache: Path) -> list[Any]:
    folder = cache_folder(root, {"DOTS_CACHE": str(cache)})
    if not (folder / "catalog.sqlite").exists():
        return []
    catalog = Catalog(folder)
    try:
        return facts(catalog)
    finally:
        catalog.close()


def answers(root: Path, cache: Path) -> list[Any]:
    """What the next command says, links and search."""
    with Vault.open(root, cache=cache) as vault:
        found = [facts(vault.catalog), vault.map.data(tags=True), vault.links.check()]
        queries = ("회고", "바뀐", "tag:t1", "alias", "changed")
        return [*found, [vault.search(query, limit=None) for query in queries]]


@needs_strace
@pytest.mark.slow
@pytest.mark.timeout(3000)
@pytest.mark.parametrize("engine", ENGINES)
def test_killed_at_every_point_it_heals(
    tmp_path: Path, engine: str, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make(tmp_path / "v", engine)
    clean = tmp_path / "clean"
    index(root, clean)
    states = {"cold": None, "warm": tmp_path / "warm"}
    shutil.copytree(clean, tmp_path / "warm")
    old = on_disk(root, clean)
    edit(root)
    index(root, clean)
    new = on_disk(root, clean)
    expected = answers(root, tmp_path / "nothing")
    assert [] != old != new != []

    cache, log = tmp_path / "cache", tmp_path / "log"
    points = 0

    def begin(state: Path | None) -> None:
        shutil.rmtree(cache, ignore_errors=True)
        if state is not None:
            shutil.copytree(state, cache)

    for name, state in states.items():
        begin(state)
        trace = ["-e", f"trace={','.join(WRITING)}"]
        assert traced(root, cache, "index", options=trace, log=log).returncode == 0
        before = old if name == "warm" else []
        for call, count in sorted(calls(log).items()):
            for when in range(1, count + 1):
                begin(state)
                options = ["-e", f"trace={call}", "-e", f"inject={call}:signal=KILL:when={when}"]
                ran = traced(root, cache, "index", options=options, log=log)
                where = f"{name}, {call} {when} of {count}"
                killed = ran.returncode in (-signal.SIGKILL, 128 + signal.SIGKILL)
                # An index whose bytes hold times is flushed in a write more or a write less: the
                # point is then past the end of this run, as its own trace must say.
                assert killed or (ran.returncode == 0 and calls(log)[call] < when), where
                assert on_disk(root, cache) in ((before, new) if killed else (new,)), where
                assert answers(root, cache) == expected, where
                points += killed
    with capsys.disabled():
        print(f"\n{engine}: killed at {points} points, healed after each")
    assert points >= LEAST_POINTS / len(ENGINES)


@needs_strace
@pytest.mark.parametrize("call", ["pwrite64", "fdatasync"])
def test_killed_once_it_heals(tmp_path: Path, call: str) -> None:
    """The quick one: a single kill in the middle of the catalog's commit."""
    root, cache = make(tmp_path / "v", "sqlite"), tmp_path / "cache"
    index(root, cache)
    old = on_disk(root, cache)
    edit(root)
    options = ["-e", f"trace={call}", "-e", f"inject={call}:signal=KILL:when=2"]
    ran = traced(root, cache, "links", "n1", options=options, log=tmp_path / "log")
    assert ran.returncode in (-signal.SIGKILL, 128 + signal.SIGKILL)
    after = on_disk(root, cache)
    expected = answers(root, tmp_path / "nothing")
    assert after in (old, expected[0])
    assert answers(root, cache) == expected


@needs_strace
@pytest.mark.slow
@pytest.mark.timeout(3000)
@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("error", ["ENOSPC", "EIO"])
def test_a_disk_that_refuses_any_write_is_one_line_and_heals(
    tmp_path: Path, engine: str, error: str
) -> None:
    """From each write on, the disk takes nothing any more: full, or failing."""
    root, cache, log = make(tmp_path / "v", engine), tmp_path / "cache", tmp_path / "log"
    expected = answers(root, tmp_path / "nothing")
    refusing = [call for call in WRITING if call not in ("write", "unlink", "unlinkat")]
    trace = ["-e", f"trace={','.join(refusing)}"]
    traced(root, cache, "index", options=trace, log=log)
    for call, count in sorted(calls(log).items()):
        for when in range(1, count + 1, 1 + count // 12):
            shutil.rmtree(cache, ignore_errors=True)
            inject = ["-e", f"trace={call}", "-e", f"inject={call}:error={error}:when={when}+"]
            ran = traced(root, cache, "index", options=inject, log=log)
            if ran.returncode != 0:
                one_line(ran)
            assert answers(root, cache) == expected, (call, when)


def test_a_full_disk_is_one_clear_line(tmp_path: Path) -> None:
    """A quota of the process stands in for a full disk: files cannot grow (`ulimit -f`)."""
    import resource

    root = make(tmp_path / "v", "sqlite")

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    ran = dots(root, tmp_path / "cache", "index", preexec_fn=limit)
    line = one_line(ran)
    assert "cache" in line
    assert index(root, tmp_path / "cache")["notes"] == 12
