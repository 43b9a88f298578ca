"""Several processes of ours that write at once, and one that died before them."""

from __future__ import annotations

import json
import shutil
import stat
import subprocess
import tomllib
from pathlib import Path

import pytest

from tests.disk import command, dots, environment, settle, write
from tests.safety.crashing import Killed, failing
from vaultdots.store.journal import FileChange
from vaultdots.store.location import data_folder
from vaultdots.store.lock import vault_lock
from vaultdots.store.operations import Operations

GOALS = ("하프 마라톤 완주하기", "영어로 글 한 편 쓰기", "책장 정리하기", "매주 산책하기")


def make(tmp_path: Path) -> tuple[Path, Path]:
    goals = "".join(f"- {goal}\n" for goal in GOALS)
    files: dict[str, str | bytes] = {
        "회고/2023년 회고.md": f"# 2023년 회고\n\n## 2024년 목표\n\n{goals}",
        "a.md": "one\n",
    }
    root = write(tmp_path / "v", files)
    settle(root)
    return root, tmp_path / "cache"


def start(root: Path, cache: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command(root, *arguments), env=environment(cache), text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def test_four_words_at_once_are_all_kept(tmp_path: Path) -> None:
    """One lock, and the file is read again under it: no word is written over by another."""
    root, cache = make(tmp_path)
    dots(root, cache, "tags")
    running = [start(root, cache, "settle", goal, "kept") for goal in GOALS]
    for process in running:
        _, said = process.communicate(timeout=100)
        assert process.returncode == 0, said
    entries = tomllib.loads((root / "goals.toml").read_text(encoding="utf-8"))["goal"]
    assert sorted(entry["text"] for entry in entries) == sorted(GOALS)
    history = json.loads(dots(root, cache, "history", "--json").stdout)
    assert [row["id"] for row in history] == [4, 3, 2, 1]
    for _ in GOALS:
        assert dots(root, cache, "undo").returncode == 0
    assert not (root / "goals.toml").exists()


def test_two_drafts_at_once_do_not_write_over_each_other(tmp_path: Path) -> None:
    root, cache = make(tmp_path)
    running = [start(root, cache, "draft", "2024", "--template", kind) for kind in ("free", "kpt")]
    codes = [process.communicate(timeout=100) and process.returncode for process in running]
    assert sorted(codes) == [0, 2]
    history = json.loads(dots(root, cache, "history", "--json").stdout)
    assert [row["operation"] for row in history] == ["draft"]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
def test_a_word_changes_no_other_byte_of_goals_toml(
    tmp_path: Path, newline: str, bom: bytes
) -> None:
    root, cache = make(tmp_path)
    old = f'# mine{newline}[[goal]]{newline}text = "x"{newline}status = "kept"'.encode()
    (root / "goals.toml").write_bytes(bom + old)
    ran = dots(root, cache, "settle", GOALS[0], "partly")
    assert ran.returncode == 0, ran.stderr
    data = (root / "goals.toml").read_bytes()
    assert data.startswith(bom + old)
    added = data[len(bom + old) :]
    assert added.count(b"\n") == added.count(newline.encode())


def dead(root: Path, cache: Path) -> None:
    """An operation whose process died when its temporary file stood in the vault."""
    for at in range(1, 100):
        tried = root.with_name(f"tried-{at}")
        shutil.copytree(root, tried)
        die(tried, tried.with_suffix(".data"), at)
        if list(tried.glob(".dots-*")):
            break
    die(root, Path(f"{cache}-data"), at)
    assert list(root.glob(".dots-*"))


def die(root: Path, data: Path, at: int) -> None:
    """The operation, dead at its `at`-th call."""
    operations = Operations(root, data_folder(root, {"DOTS_DATA": str(data)}))
    with failing(at), pytest.raises(Killed):
        operations.write([FileChange("a.md", b"one\n", b"two\n")], "test")


def test_the_next_command_takes_back_what_died_and_says_so(tmp_path: Path) -> None:
    root, cache = make(tmp_path)
    dead(root, cache)
    ran = dots(root, cache, "tags")
    assert "`test` was cut off" in ran.stderr
    assert not list(root.glob(".dots-*"))
    assert "cut off" not in dots(root, cache, "tags").stderr


def test_while_the_lock_is_held_it_is_told_and_what_is_there_is_read(tmp_path: Path) -> None:
    root, cache = make(tmp_path)
    dead(root, cache)
    with vault_lock(root, cache):
        ran = dots(root, cache, "index", "--json")
        assert ran.returncode == 0
        assert "another process is writing" in ran.stderr
        assert json.loads(ran.stdout)["notes"] == 2
    assert "was cut off" in dots(root, cache, "tags").stderr


def test_cache_and_data_are_for_their_owner_alone(tmp_path: Path) -> None:
    """From their creation, and mended where they were made before."""
    root, cache = make(tmp_path)
    folder = Path(f"{cache}-data")
    for turn in range(2):
        dots(root, cache, "settle", GOALS[turn], "kept")
        dots(root, cache, "search", "회고")
        for parent in (cache, folder):
            for path in [p for p in parent.iterdir() if p.is_dir()]:
                assert stat.S_IMODE(path.stat().st_mode) == 0o700, path
                for file in (path / "catalog.sqlite", *path.glob("journal/*")):
                    if file.exists():
                        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file
                path.chmod(0o755)
