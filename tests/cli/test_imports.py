"""`dots` starts fast: a command loads what it needs and nothing else."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.disk import environment, write

HEAVY = {"networkx", "pyvis", "numpy", "pygls", "lsprotocol", "jinja2", "IPython", "markdown_it"}
COMMANDS: dict[tuple[str, ...], set[str]] = {
    # command → heavy packages that it must not load
    ("--version",): HEAVY | {"sqlite3", "yaml", "whoosh", "platformdirs"},
    ("search", "회고"): HEAVY,
    ("links", "a"): HEAVY | {"whoosh"},
    ("backlinks", "a"): HEAVY | {"whoosh"},
    ("tags",): HEAVY | {"whoosh"},
    ("check",): HEAVY | {"whoosh"},
    ("index",): HEAVY,
    ("reviews",): HEAVY | {"whoosh"},
    ("graph", "--format", "json"): {"pyvis", "pygls", "numpy", "whoosh"},
}


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_command_loads_no_more_than_it_needs(tmp_path: Path, words: tuple[str, ...]) -> None:
    root = write(tmp_path / "v", {"a.md": "# A\n[[b]] #t 회고\n", "b.md": "[[a]]\n"})
    code = (
        "import sys\nfrom vaultdots.cli import run\n"
        "run(sys.argv[1:])\n"
        "print(*sorted({name.partition('.')[0] for name in sys.modules}), file=sys.stderr)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, "--vault", str(root), *words],
        env=environment(tmp_path / "cache"),
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = set(ran.stderr.split())
    assert "vaultdots" in loaded
    assert loaded & COMMANDS[words] == set()
