"""Completion of paths and in tables: what is put in means the file, in the vault's style."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.disk import write
from vaultdots.editor.complete import complete
from vaultdots.editor.desk import Desk
from vaultdots.editor.model import Item
from vaultdots.vault import Vault

FILES = {
    "Home.md": "[[career/projects]] [[study/ai/도커]] [[study/db]]\n",
    "career/projects.md": "# Projects\n",
    "career/older/projects.md": "# Old\n",
    "study/ai/도커.md": "---\naliases: [컨테이너]\n---\n",
    "study/db.md": "# TCP/IP and more\n",
    "study/my pic (1).png": "png",
}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    root = write(tmp_path / "v", FILES)
    with Vault.open(root, cache=tmp_path / "c") as vault:
        vault.sync()
        yield Desk(vault)


def items(desk: Desk, path: str, marked: str) -> list[Item]:
    desk.put(path, marked.replace("│", ""))
    return complete(desk, path, marked.index("│"))


def accepted(desk: Desk, path: str, marked: str, label: str) -> str:
    """The text after the item is taken; `│` marks the cursor."""
    text = marked.replace("│", "")
    item = next(one for one in items(desk, path, marked) if one.label == label)
    return text[: item.span.start] + item.insert + text[item.span.end :]


CASES = [
    ("[[career/pro│", "projects", "[[career/projects|projects]]"),
    ("[[career/pro│]]", "projects", "[[career/projects|projects]]"),
    ("[[older/│", "projects", "[[career/older/projects|projects]]"),
    ("[[/study/d│", "db", "[[study/db|db]]"),
    ("[[ai/│", "도커", "[[study/ai/도커|도커]]"),
    ("[[TCP/│", "TCP/IP and more", "[[study/db|TCP/IP and more]]"),
    ("![[study/my│", "my pic (1).png", "![[my pic (1).png]]"),
    ("[x](study/│", "db", "[x](study/db.md"),
    ("[x](study/│", "ai/", "[x](study/ai/"),
    ("[x](./car│", "career/", "[x](./career/"),
]


@pytest.mark.parametrize(("marked", "label", "line"), CASES)
def test_a_path_is_completed(desk: Desk, marked: str, label: str, line: str) -> None:
    assert accepted(desk, "Home.md", marked, label) == line


def test_from_a_folder_the_address_goes_up(desk: Desk) -> None:
    path = "career/projects.md"
    assert accepted(desk, path, "[x](../│)", "study/") == "[x](../study/)"
    assert accepted(desk, path, "[x](../study/│)", "db") == "[x](../study/db.md)"
    assert accepted(desk, path, "![x](../study/m│)", "my pic (1).png") == (
        "![x](../study/my%20pic%20%281%29.png)"
    )
    assert accepted(desk, path, "[[../│]]", "study/") == "[[../study/]]"
    assert accepted(desk, path, "[[../study/│]]", "db") == "[[study/db|db]]"
    assert items(desk, path, "[x](../../│)") == []


def test_a_note_that_is_on_no_disk_yet_is_named_by_its_path(desk: Desk) -> None:
    desk.put("study/fresh.md", "# Fresh\n")
    assert accepted(desk, "Home.md", "[[study/fr│", "fresh") == "[[study/fresh|fresh]]"


def test_in_a_table_the_bar_is_escaped(desk: Desk) -> None:
    table = "| a | b |\n|---|---|\n| x | [[컨테│"
    assert accepted(desk, "Home.md", table, "컨테이너").endswith("[[study/ai/도커\\|컨테이너]]")
    closed = "| a | b |\n|---|---|\n| x | [[컨테│]] |\n"
    assert accepted(desk, "Home.md", closed, "컨테이너").endswith(
        "| x | [[study/ai/도커\\|컨테이너]] |\n"
    )
    prose = "a | b\n\n[[컨테│"
    assert accepted(desk, "Home.md", prose, "컨테이너").endswith("[[study/ai/도커|컨테이너]]")
