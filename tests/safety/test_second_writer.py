"""Another process saves the note while dots writes it: nobody's bytes are lost."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest

from vaultdots.errors import VaultError
from vaultdots.store import renaming, writing
from vaultdots.store.journal import FileChange
from vaultdots.store.operations import Operations

ROUNDS = 200
WRITER = """
import os, sys
folder = sys.argv[1]
for line in sys.stdin:
    how, name, text = line.split()
    path = os.path.join(folder, name)
    if how == "in-place":
        with open(path, "w") as file:
            file.write(text)
    else:
        with open(path + ".theirs", "w") as file:
            file.write(text)
        os.replace(path + ".theirs", path)
    print("saved", flush=True)
"""


@pytest.mark.timeout(300)
@pytest.mark.parametrize("how", ["rename", pytest.param("in-place", marks=pytest.mark.slow)])
def test_nobody_s_bytes_are_lost(tmp_path: Path, how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """In each round the other process saves at another moment of the write: before and after each
    look at a file, and each exchange. What it saved stands in the note in the end, or is kept."""
    root = tmp_path / "v"
    root.mkdir()
    operations = Operations(root, tmp_path / "data")
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(root)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert writer.stdin and writer.stdout
    chance = random.Random(how)
    moment = saves = 0
    saved: list[str] = []

    def step() -> None:
        """One moment passes; at the chosen one the other process saves."""
        nonlocal moment
        moment -= 1
        if moment in (0, -1)[:saves]:
            saved.append(f"theirs-{turn}-{len(saved)}")
            assert writer.stdin and writer.stdout
            writer.stdin.write(f"{how} {name} {saved[-1]}\n")
            writer.stdin.flush()
            assert writer.stdout.readline() == "saved\n"

    read, function = writing.read_at, renaming._function()
    assert function is not None

    def reading(path: Path) -> bytes | None:
        step()
        data = read(path)
        step()
        return data

    def kernel(what: str, old: bytes, new: bytes) -> int:
        step()
        code = function(what, old, new)
        step()
        return code

    monkeypatch.setattr(writing, "read_at", reading)
    monkeypatch.setattr(renaming, "_function", lambda: kernel)
    refused = 0
    for turn in range(ROUNDS):
        moment, saves = 0, 0
        for note in ("a.md", "b.md"):
            (root / note).write_bytes(b"old")
        saved.clear()
        moment, saves = chance.randint(1, 24), chance.choice([1, 1, 2])
        name = chance.choice(["a.md", "b.md"])
        try:
            operations.write(
                [FileChange("a.md", b"old", b"new"), FileChange("b.md", b"old", b"new")], "test"
            )
        except VaultError as error:
            refused += 1
            assert "another program" in error.one_line(), error.one_line()
        moment = 0
        now = {note: read(root / note) for note in ("a.md", "b.md")}
        kept = [
            change.before
            for record in operations.journal.records("kept")
            for change in operations.journal.changes(record)
        ]
        if saved:
            last = saved[-1].encode()
            assert now[name] == last or last in kept, (turn, now, saved, kept)
            for one in saved[:-1]:
                # Its own later save took the place of this one, unless ours came in between.
                assert one.encode() in (now[name], *kept) or now[name] == last, (turn, one)
        other = "b.md" if name == "a.md" else "a.md"
        assert now[other] in (b"old", b"new"), turn
        assert now[name] in (b"old", b"new", *(one.encode() for one in saved)), turn
        assert [p.name for p in root.iterdir() if p.name.startswith(".dots")] == [], turn
        operations.journal.forget()
    writer.stdin.close()
    writer.stdout.close()
    assert writer.wait(10) == 0
    assert 20 < refused < ROUNDS
