"""Vaults on a disk, for tests: write files, run `dots` as a person does, compare what it says."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).parents[1] / "src"
NOBODY = 65534
"""A user who may read only what everybody may: root reads what no mode forbids."""


def write(root: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write `files` (path → text or bytes) below `root`, which is made where it is missing."""
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    root.mkdir(parents=True, exist_ok=True)
    return root


def settle(root: Path, *, seconds: int = 60) -> None:
    """Make every file look as old as `seconds`: no racy edits."""
    for path in root.rglob("*"):
        if path.is_file() and not path.is_symlink():
            status = path.stat()
            moved = status.st_mtime_ns - seconds * 1_000_000_000
            os.utime(path, ns=(moved, moved))


def environment(cache: Path, **extra: str) -> dict[str, str]:
    """The environment of a `dots` process whose cache lies in `cache`."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("DOTS_", "COV_", "PYTEST"))}
    return {
        **kept,
        "PYTHONPATH": str(SOURCE),
        "PYTHONDONTWRITEBYTECODE": "1",
        "DOTS_CACHE": str(cache),
        "DOTS_DATA": str(cache) + "-data",
        "NO_COLOR": "1",
        **extra,
    }


def command(vault: Path, *arguments: str) -> list[str]:
    """The words of `dots --vault VAULT …`."""
    return [sys.executable, "-m", "vaultdots", "--vault", str(vault), *arguments]


def dots(
    vault: Path, cache: Path, *arguments: str, **keywords: Any
) -> subprocess.CompletedProcess[str]:
    """Run `dots` to its end."""
    return subprocess.run(
        command(vault, *arguments),
        env=environment(cache),
        capture_output=True,
        encoding="utf-8",
        errors="surrogateescape",
        timeout=100,
        check=False,
        **keywords,
    )


def index(vault: Path, cache: Path, *arguments: str) -> dict[str, Any]:
    """`dots index --json`, which must go well."""
    ran = dots(vault, cache, "index", "--json", *arguments)
    assert (ran.returncode, ran.stderr) == (0, ""), ran.stderr
    report = json.loads(ran.stdout)
    assert isinstance(report, dict)
    return report


def one_line(ran: subprocess.CompletedProcess[str]) -> str:
    """The one line that a refused command says; no traceback, no result, exit 2."""
    assert ran.returncode == 2, (ran.returncode, ran.stdout, ran.stderr)
    lines = ran.stderr.splitlines()
    assert len(lines) == 1 and lines[0].startswith("error: "), ran.stderr
    assert "Traceback" not in ran.stderr
    assert "inside dots" not in ran.stderr
    return lines[0]


def fingerprint(root: Path) -> dict[str, tuple[object, ...]]:
    """Everything below `root` that a program could have changed: bytes, times, modes, links."""
    found: dict[str, tuple[object, ...]] = {}
    for folder, names, files in os.walk(root):
        for name in (*names, *files):
            path = Path(folder, name)
            status = path.lstat()
            content = ""
            if path.is_symlink():
                content = str(path.readlink())
            elif path.is_file():
                content = hashlib.sha256(path.read_bytes()).hexdigest()
            key = os.fsencode(path.relative_to(root)).decode("utf-8", "backslashreplace")
            found[key] = (status.st_mode, status.st_mtime_ns, status.st_ino, content)
    return found


def paths(rows: Iterable[Any]) -> list[str]:
    """The paths of rows that have one."""
    return [row.path for row in rows]
