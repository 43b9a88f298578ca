"""The house has one direction: a room imports only rooms that stand before it.

`ROOMS` is the order of docs/architecture.md; read by AST, `TYPE_CHECKING` blocks included.
"""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOMS = (
    "errors",
    "interrupt",
    "text",
    "note",
    "store",
    "graph",
    "edit",
    "search",
    "retrospective",
    "importers",
    "vault",
    "editor",
    "page",
    "lsp",
    "mcp",
    "cli",
)
VIEWS = {"page", "lsp", "mcp"}
ONLY_HOME = {
    "whoosh": "search",
    "pyvis": "page",
    "pygls": "lsp",
    "lsprotocol": "lsp",
    "watchfiles": "lsp",
    "sqlite3": "store",
    "mcp": "mcp",
}
"""Third-party names that one room alone may import (`search` reads SQL rows through `store`)."""

SOURCE = Path(__file__).parent.parent / "src" / "vaultdots"


def room_of(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


@cache
def nodes_of(path: Path) -> tuple[ast.AST, ...]:
    """What a module says, parsed once for all the tests that ask."""
    return tuple(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


def imports_of(path: Path) -> list[tuple[int, str]]:
    found = []
    for node in nodes_of(path):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: write absolute imports"
            found += [(node.lineno, f"{node.module}.{alias.name}") for alias in node.names]
    return found


MODULES = sorted(p for p in SOURCE.rglob("*.py") if p.parent != SOURCE or p.stem != "__init__")


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_imports_go_one_way(path: Path) -> None:
    here = room_of(path)
    if here == "__main__":
        return
    for line, name in imports_of(path):
        parts = name.split(".")
        if parts[0] != "vaultdots" or len(parts) == 1 or parts[1] == "__version__":
            home = ONLY_HOME.get(parts[0], here)
            assert home == here, f"{path}:{line}: only {home}/ may import {parts[0]}"
            continue
        there = parts[1]
        assert ROOMS.index(there) <= ROOMS.index(here), f"{path}:{line}: {here} imports {there}"
        if here in VIEWS and there != here:
            assert there in {"errors", "text", "vault", "editor"}, (
                f"{path}:{line}: a view reads vault"
            )


SQL = re.compile(
    r"\b(SELECT\s.+\sFROM|INSERT\s+(OR\s+\w+\s+)?INTO|DELETE\s+FROM|UPDATE\s+\w+\s+SET"
    r"|CREATE\s+(TEMP\s+)?(TABLE|VIEW|INDEX|VIRTUAL)|DROP\s+TABLE|PRAGMA\s+\w+)",
    re.DOTALL,
)
OWN_TABLES = {"search/engine_sqlite.py"}
"""The full-text index keeps the SQL of its own tables, and asks the catalog for the connection."""


def sql_of(path: Path) -> list[tuple[int, str]]:
    """The statements and the private connections that a module holds, with their lines."""
    found = []
    for node in nodes_of(path):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and SQL.search(node.value)
        ):
            found.append((node.lineno, node.value))
        elif isinstance(node, ast.Attribute) and node.attr in ("_connection", "for_index"):
            found.append((node.lineno, node.attr))
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_sql_stands_in_store_alone(path: Path) -> None:
    if room_of(path) == "store" or path.relative_to(SOURCE).as_posix() in OWN_TABLES:
        return
    assert sql_of(path) == [], f"{path}: the catalog's tables are asked in store/"


def test_the_look_for_sql_sees_it() -> None:
    assert len(sql_of(SOURCE / "store" / "reads.py")) > 10
    assert len(sql_of(SOURCE / "search" / "engine_sqlite.py")) > 10


def test_no_query_numbers_its_values() -> None:
    """`?1` with a tuple: Python 3.12 deprecates it and 3.14 refuses it. Name the value instead."""
    found = [
        f"{path}:{line}"
        for path in MODULES
        for line, query in sql_of(path)
        if re.search(r"\?\d", query)
    ]
    assert found == []


def test_the_endings_of_notes_stand_once() -> None:
    found = [
        path.relative_to(SOURCE).as_posix()
        for path in MODULES
        for node in nodes_of(path)
        if isinstance(node, ast.Constant) and node.value == ".markdown"
    ]
    assert found == ["note/paths.py"], "what a note's file ends in: vaultdots.note.paths"


def test_every_room_is_listed() -> None:
    assert {room_of(p) for p in MODULES} - {"__main__"} <= set(ROOMS)


def test_the_order_is_the_documented_one() -> None:
    text = (SOURCE.parent.parent / "docs" / "architecture.md").read_text(encoding="utf-8")
    rows = [line.split("`")[1].rstrip("/") for line in text.splitlines() if line.startswith("| `")]
    assert [row for row in rows if row in ROOMS] == list(ROOMS)


LIGHT = {"text", "note", "store", "graph", "edit", "search", "retrospective", "vault", "cli"}
"""Rooms that commands begin with: what their classes cost is a part of each start."""


def test_a_start_makes_no_tuple_in_the_slow_way() -> None:
    found = [
        f"{path}:{line}"
        for path in MODULES
        if room_of(path) in LIGHT and path.stem != "tuples"
        for line, name in imports_of(path)
        if name == "typing.NamedTuple"
    ]
    assert found == [], "NamedTuple comes from vaultdots.text.tuples"
