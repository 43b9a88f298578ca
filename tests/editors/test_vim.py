"""Debian's Neovim, older than its language client that we ask for, through `dots hook`."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.editors.sessions import told_by

PLUGIN = Path(__file__).parents[2] / "editors" / "vim"


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("nvim") is None, reason="there is no Neovim on PATH")
def test_a_session(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "start.md": "[[Harber]]\n\n\n",
        "도커.md": "# 도커\n\nContainers.\n",
    }
    script = Path(__file__).with_name("session.vim")
    line = [
        "nvim", "--headless", "-u", "NONE", "-i", "NONE", "-n", "--cmd",
        f"set runtimepath^={PLUGIN}", "-c", "runtime! plugin/dots.vim", "-S", str(script),
    ]  # fmt: skip
    _, found = told_by(tmp_path, files, line)
    assert "problem" not in found, found
    assert found["kept"] == "😀 가 [["
    assert found["completed"] == ["도커"]
    assert found["line"] == "😀 가 [[도커]]"
    assert found["findings"] == ["[[Harber]] names no file of the vault"]
    assert found["jumped"] == "도커.md"
    assert [Path(name).name for name in found["backlinks"]] == ["start.md"]
    assert found["hits"] == 1
    assert found["omnifunc"] == "dots#complete"
