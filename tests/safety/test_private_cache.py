"""What dots keeps of private notes is its owner's alone, and goes when the note goes."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from tests.disk import write
from vaultdots.vault import Vault

WORDS = [f"zqx{number:03d}vk" for number in range(100)]


def everything(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def standing(folder: Path) -> int:
    kept = everything(folder)
    return sum(word.encode() in kept for word in WORDS)


@pytest.mark.parametrize("engine", ["sqlite", "whoosh"])
@pytest.mark.parametrize("way", ["deleted", "excluded"])
def test_the_words_of_a_note_that_is_gone_are_gone(tmp_path: Path, engine: str, way: str) -> None:
    setting = f"[search]\nengine = '{engine}'\n"
    root = write(tmp_path / "vault", {"dots.toml": setting, "a.md": "# A\nplain words\n"})
    write(root, {"secret.md": "# Secret\n" + " ".join(WORDS) + "\n"})
    for number in range(30):
        write(root, {f"n{number}.md": f"# N{number}\nsome words of note {number}\n"})
    cache = tmp_path / "cache"
    with Vault.open(root, cache=cache) as vault:
        assert vault.search(WORDS[7])
    assert standing(cache) == len(WORDS)
    if way == "deleted":
        (root / "secret.md").unlink()
    else:
        write(root, {"dots.toml": f"ignore = ['secret.md']\n{setting}"})
    with Vault.open(root, cache=cache) as vault:
        assert not vault.search(WORDS[7])
        assert len(vault.search("some words", limit=None)) == 30
    assert standing(cache) == 0
    if way == "excluded":
        write(root, {"dots.toml": setting})
        with Vault.open(root, cache=cache) as vault:
            assert vault.search(WORDS[7])


@pytest.mark.parametrize("engine", ["sqlite", "whoosh"])
def test_nobody_else_can_read_the_cache(tmp_path: Path, engine: str) -> None:
    root = write(tmp_path / "vault", {"dots.toml": f"[search]\nengine = '{engine}'\n", "a.md": "x"})
    cache = tmp_path / "cache"
    mask = os.umask(0o022)
    try:
        with Vault.open(root, cache=cache) as vault:
            assert vault.search("x")
            (folder,) = cache.iterdir()
            assert stat.S_IMODE(folder.stat().st_mode) == 0o700
            for file in folder.iterdir():
                if file.is_file():
                    assert stat.S_IMODE(file.stat().st_mode) == 0o600, file
        # One that an older version left open is mended.
        folder.chmod(0o755)
        (folder / "catalog.sqlite").chmod(0o644)
        with Vault.open(root, cache=cache):
            assert stat.S_IMODE(folder.stat().st_mode) == 0o700
            assert stat.S_IMODE((folder / "catalog.sqlite").stat().st_mode) == 0o600
    finally:
        os.umask(mask)
