"""A real Emacs with eglot and the package of editors/emacs."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.editors.sessions import told_by

PACKAGE = Path(__file__).parents[2] / "editors" / "emacs"
_HAS_EGLOT = "(progn (package-initialize) (require 'eglot) (require 'markdown-mode))"


def emacs() -> str | None:
    """An Emacs that has eglot and markdown-mode."""
    program = shutil.which("emacs")
    if program is None:
        return None
    asked = [program, "--batch", "--eval", _HAS_EGLOT]
    return None if subprocess.run(asked, capture_output=True, check=False).returncode else program


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("emacs") is None, reason="there is no Emacs")
def test_a_session(tmp_path: Path) -> None:
    program = emacs()
    if program is None:
        pytest.skip("this Emacs has no eglot or no markdown-mode")
    files: dict[str, str | bytes] = {
        "start.md": "[[Harber]]\n\n",
        "Harbor.md": "# Harbor\n\n## Winter\n\nIce.\n",
        "도커.md": "# 도커\n\n[[Harbor#Winter]]\n",
    }
    script = Path(__file__).with_name("session.el")
    line = [program, "--batch", "-L", str(PACKAGE), "-l", str(script)]
    root, found = told_by(
        tmp_path, files, line, lambda vault: vault.proposals.note("boat.md", "# Boat\n")
    )
    assert found["ok"], found
    assert len(found["findings"]) == 1 and "Harber" in found["findings"][0]
    assert found["completed"][0] == "도커"
    assert found["line"] == "😀 가 [[도커]]"
    assert found["jumped"] == "도커.md"
    assert "dots mv" in found["refused"]
    assert found["heading"] == "# Harbor\n\n## 겨울\n\nIce.\n"
    assert found["link"] == "# 도커\n\n[[Harbor#겨울]]\n"
    assert found["proposed"].startswith("proposed note boat.md ")
    assert "+# Boat" in found["diff"] and (root / "boat.md").read_text() == "# Boat\n"
    assert found["visited"] == "start.md"
