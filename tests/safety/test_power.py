"""A power cut at every change of an operation: afterwards old or new, and no file that is empty."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from tests.safety.power import after_cut, recording
from tests.store.test_operations import CASES, START, expected, state, without_folders
from vaultdots.store.operations import Operations

TURNS = 4
"""Ways in which each cut loses what was not synced."""
CASES_CUT = [name for name in CASES if name != "folders swap"]
"""Two folders that swap are told apart by their inodes, which a replay cannot keep."""


def snapshot(folder: Path) -> dict[str, bytes | None]:
    return {str(p): p.read_bytes() if p.is_file() else None for p in folder.rglob("*")}


def laid_out(folder: Path, found: dict[str, bytes | None], was: Path) -> None:
    """Make the files that a disk shows, in another folder."""
    folder.mkdir()
    for name, data in sorted(found.items()):
        path = folder / Path(name).relative_to(was)
        path.parent.mkdir(parents=True, exist_ok=True)
        if data is None:
            path.mkdir(exist_ok=True)
        else:
            path.write_bytes(data)


@pytest.mark.parametrize(
    "seeds", [range(3), pytest.param(range(3, 20), marks=pytest.mark.slow)], ids=["few", "many"]
)
def test_names_that_go_around_in_every_order_of_loss(tmp_path: Path, seeds: range) -> None:
    """A name that another has left is taken after that is certain: the last change of one folder
    may be on the disk and the first of another not."""
    files, moves = CASES["circle"]
    was = tmp_path / "disk"
    for path, data in START.items():
        (was / "v" / path).parent.mkdir(parents=True, exist_ok=True)
        (was / "v" / path).write_bytes(data if isinstance(data, bytes) else data.encode())
    (was / "data").mkdir()
    start, old = snapshot(was), without_folders(state(was / "v"))
    with recording() as events:
        Operations(was / "v", was / "data").write(files, "test", moves)
    for seed in seeds:
        chance = random.Random(seed)
        for cut in range(len(events) + 1):
            there = tmp_path / "after"
            laid_out(there, after_cut(start, events, cut, chance), was)
            Operations(there / "v", there / "data").recover()
            found = without_folders(state(there / "v"))
            assert found in (old, expected(CASES["circle"])), (seed, cut, found)
            shutil.rmtree(there)


@pytest.mark.parametrize("direction", ["write", "undo"])
@pytest.mark.parametrize("name", CASES_CUT)
@pytest.mark.slow
def test_a_power_cut_anywhere(tmp_path: Path, name: str, direction: str) -> None:
    files, moves = CASES[name]
    was = tmp_path / "disk"
    for path, data in START.items():
        (was / "v" / path).parent.mkdir(parents=True, exist_ok=True)
        (was / "v" / path).write_bytes(data if isinstance(data, bytes) else data.encode())
    (was / "data").mkdir()
    operations = Operations(was / "v", was / "data")
    old = state(was / "v")
    if direction == "undo":
        operations.write(files, "test", moves)
    start = snapshot(was)
    with recording() as events:
        if direction == "undo":
            operations.undo()
        else:
            operations.write(files, "test", moves)
    new = expected(CASES[name])
    chance = random.Random(name)
    for cut in range(len(events) + 1):
        for _ in range(TURNS):
            there = tmp_path / "after"
            laid_out(there, after_cut(start, events, cut, chance), was)
            again = Operations(there / "v", there / "data")
            again.recover()
            found = without_folders(state(there / "v"))
            assert found in (without_folders(old), new), (cut, events[cut - 1 : cut + 1], found)
            assert not again.journal.is_unfinished()
            shutil.rmtree(there)
    # What is said to be done outlives the cut.
    finished = after_cut(start, events, len(events), chance)
    here = {
        p.removeprefix(f"{was}/v/"): d for p, d in finished.items() if p.startswith(f"{was}/v/")
    }
    done = without_folders(old) if direction == "undo" else new
    assert {p: d for p, d in here.items() if d is not None} == done
