"""What a shell is given: completions of names, headings and tags, and the manual page."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    folder = tmp_path / "vault"
    folder.mkdir()
    (folder / "dots.toml").write_text("", encoding="utf-8")
    (folder / "Redis.md").write_text(
        "---\naliases: [레디스]\n---\n# Redis\n\n## 만료\n\n#캐시/로컬\n", encoding="utf-8"
    )
    (folder / "bad\x1b[2J.md").write_text("# bad \x1b[2J\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("dots links Re", {"Redis"}),
        ("dots links 레", {"레디스"}),
        ("dots search 만", {"만료"}),
        ("dots search tag:캐", {"tag:캐시/로컬"}),
        ("dots search '#캐'", {"#캐시/로컬"}),
        ("dots search titl", {"title:"}),
        ("dots tags 캐", {"캐시/로컬"}),
        ("dots backl", {"backlinks"}),
        ("dots links bad", set()),
    ],
)
def test_a_word_is_completed(vault: Path, words: str, offered: set[str]) -> None:
    environ = {
        **os.environ,
        "DOTS_CACHE": str(vault.parent / "cache"),
        "PYTHONPATH": str(ROOT / "src"),
        "_DOTS_COMPLETE": "bash_complete",
        "COMP_WORDS": words,
        "COMP_CWORD": str(len(words.split()) - 1),
    }
    done = subprocess.run(
        [sys.executable, "-m", "vaultdots"],
        cwd=vault,
        env=environ,
        capture_output=True,
        timeout=60,
        check=False,
    )
    found = {line.partition(",")[2] for line in done.stdout.decode().split()}
    assert found == offered


@pytest.mark.slow
def test_the_manual_page_and_the_completions_are_current() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "docs" / "generate_man.py"), "--check"],
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
