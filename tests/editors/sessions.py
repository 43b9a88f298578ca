"""A session of a real editor: a vault, a `dots` on its PATH that is this one, what it tells."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.disk import environment, settle, write
from vaultdots.vault import Vault


def told_by(
    folder: Path,
    files: Mapping[str, str | bytes],
    program: Sequence[str | Path],
    before: Callable[[Vault], object] = lambda vault: None,
) -> tuple[Path, dict[str, Any]]:
    """The vault's root after `program` ran in it, and the JSON that it left in `$DOTS_SAID`.

    before: what is done to the vault first.
    """
    root = write(folder / "v", {"dots.toml": "", **files})
    settle(root)
    with Vault.open(root, environ=environment(folder / "cache")) as vault:
        before(vault)
    ours = f'#!/bin/sh\nexec {sys.executable} -m vaultdots "$@"\n'
    commands = write(folder / "bin", {"dots": ours})
    (commands / "dots").chmod(0o755)
    said = folder / "said.json"
    ended = subprocess.run(
        program,
        cwd=root,
        env=environment(
            folder / "cache",
            DOTS_SAID=str(said),
            PATH=f"{commands}{os.pathsep}{os.environ['PATH']}",
            HOME=str(folder),
            LANG="C.UTF-8",
            XDG_STATE_HOME=str(folder / "state"),
            XDG_DATA_HOME=str(folder / "data"),
            XDG_CONFIG_HOME=str(folder / "config"),
        ),
        timeout=110,
        check=False,
        capture_output=True,
        text=True,
        errors="replace",
    )
    assert said.exists(), ended.stderr
    found: dict[str, Any] = json.loads(said.read_text())
    return root, found | {"stderr": ended.stderr}
