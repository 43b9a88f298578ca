"""`dots` starts fast: a command loads what it needs and nothing else."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.disk import environment, write
from vaultdots.text.late import load_late

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
    ("graph", "-o", "-", "--format", "html"): {"IPython", "jsonpickle", "pygls"},
}

# What reading a note needs, or starting a program: none of it where nothing has changed.
READING = {"yaml", "frontmatter", "tomllib", "regex", "pickle", "subprocess", "concurrent"}
UNCHANGED = [("tags",), ("links", "a"), ("backlinks", "a"), ("check",)]


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_command_loads_no_more_than_it_needs(tmp_path: Path, words: tuple[str, ...]) -> None:
    loaded = _loaded(_vault(tmp_path), words)
    assert "vaultdots" in loaded
    assert loaded & COMMANDS[words] == set()


@pytest.mark.parametrize("words", UNCHANGED, ids=" ".join)
def test_a_command_on_an_unchanged_vault_loads_nothing_to_read_notes_with(
    tmp_path: Path, words: tuple[str, ...]
) -> None:
    root = _vault(tmp_path)
    _loaded(root, words)
    assert _loaded(root, words) & READING == set()


@pytest.mark.skipif(
    sys.version_info >= (3, 12), reason="from 3.12 on the dataclasses module asks inspect itself"
)
@pytest.mark.parametrize("words", [*UNCHANGED, ("search", "회고")], ids=" ".join)
def test_what_only_help_asks_of_python_is_not_loaded(
    tmp_path: Path, words: tuple[str, ...]
) -> None:
    root = _vault(tmp_path)
    _loaded(root, words)
    told = _told_imports(root, words)
    assert "vaultdots.cli" in told
    assert told & {"inspect", "ast", "dis", "tokenize", "ipaddress"} == set()


def test_help_loads_it() -> None:
    assert "inspect" not in _told_imports(Path(), ("--version",))
    assert "ast" in _told_imports(Path(), ("search", "--help"))


def test_a_module_comes_when_something_is_asked_of_it() -> None:
    sys.modules.pop("colorsys", None)
    load_late("colorsys")
    import colorsys

    assert type(colorsys) is not ModuleType
    assert colorsys.rgb_to_hsv(0, 0, 0) == (0.0, 0.0, 0)
    assert type(colorsys) is ModuleType
    assert colorsys.__name__ == "colorsys"
    load_late("colorsys", "no_such_module")
    assert sys.modules["colorsys"] is colorsys
    assert "no_such_module" not in sys.modules


def _told_imports(root: Path, words: tuple[str, ...]) -> set[str]:
    """The modules that Python says it runs for a command (`-X importtime`)."""
    ran = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "vaultdots", "--vault", str(root), *words],
        env=environment(root.parent / "cache"),
        capture_output=True,
        text=True,
        check=True,
    )
    lines = ran.stderr.splitlines()
    return {line.rpartition("|")[2].strip() for line in lines if line.startswith("import time:")}


def _vault(folder: Path) -> Path:
    return write(folder / "v", {"a.md": "# A\n[[b]] #t 회고\n", "b.md": "[[a]]\n"})


def _loaded(root: Path, words: tuple[str, ...]) -> set[str]:
    """The packages that a command of its own process loads."""
    code = (
        "import sys\nfrom vaultdots.cli import run\n"
        "run(sys.argv[1:])\n"
        "print(*sorted({name.partition('.')[0] for name in sys.modules}), file=sys.stderr)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, "--vault", str(root), *words],
        env=environment(root.parent / "cache"),
        capture_output=True,
        text=True,
        check=True,
    )
    return set(ran.stderr.split())
