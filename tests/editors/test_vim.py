"""Debian's Neovim, older than its language client that we ask for, through `dots hook`."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.disk import environment, settle, write

PLUGIN = Path(__file__).parents[2] / "editors" / "vim"


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("nvim") is None, reason="there is no Neovim on PATH")
def test_a_session(tmp_path: Path) -> None:
    root = write(
        tmp_path / "v",
        {
            "dots.toml": "",
            "start.md": "[[Harber]]\n\n\n",
            "도커.md": "# 도커\n\nContainers.\n",
        },
    )
    settle(root)
    commands = write(
        tmp_path / "bin", {"dots": f'#!/bin/sh\nexec {sys.executable} -m vaultdots "$@"\n'}
    )
    (commands / "dots").chmod(0o755)
    said = tmp_path / "said.json"
    script = Path(__file__).with_name("session.vim")
    subprocess.run(
        [
            "nvim", "--headless", "-u", "NONE", "-i", "NONE", "-n", "--cmd",
            f"set runtimepath^={PLUGIN}", "-c", "runtime! plugin/dots.vim", "-S", str(script),
        ],
        cwd=root,
        env=environment(
            tmp_path / "cache",
            DOTS_SAID=str(said),
            PATH=f"{commands}{os.pathsep}{os.environ['PATH']}",
            HOME=str(tmp_path),
            LANG="C.UTF-8",
        ),
        timeout=110,
        check=False,
        capture_output=True,
    )  # fmt: skip
    found = json.loads(said.read_text())
    assert "problem" not in found, found
    assert found["kept"] == "😀 가 [["
    assert found["completed"] == ["도커"]
    assert found["line"] == "😀 가 [[도커]]"
    assert found["findings"] == ["[[Harber]] names no file of the vault"]
    assert found["jumped"] == "도커.md"
    assert [Path(name).name for name in found["backlinks"]] == ["start.md"]
    assert found["hits"] == 1
    assert found["omnifunc"] == "dots#complete"
