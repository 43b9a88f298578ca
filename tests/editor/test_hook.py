"""`dots hook EVENT`: plain data in, plain data out, as the shipped schema says."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.disk import command, environment, settle, write
from vaultdots.editor.complete import context_at
from vaultdots.editor.desk import Desk
from vaultdots.editor.hook import EVENTS, schema_text
from vaultdots.editor.light_sheet import light_sheet
from vaultdots.vault import Vault

FILES = {
    "Harbor.md": "---\naliases: [Port]\n---\n# Harbor\n\n## Winter\n\nIce. ^ice\n",
    "공부/도커.md": "# 도커\n\n컨테이너와 [[Harbor#Winter]].\n",
    "a.md": "# A\n\n😀 [[Harbor|h]] and [[lost]]\n",
    "2023년 회고.md": "# 2023년 회고\n\n도커를 배웠다. Harbor was cold.\n",
}


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = write(tmp_path_factory.mktemp("hook") / "v", FILES)
    settle(root)
    return root


def run(vault: Path, event: str, asked: Any) -> subprocess.CompletedProcess[str]:
    data = asked if isinstance(asked, str) else json.dumps(asked)
    return subprocess.run(
        command(vault, "hook", event),
        input=data,
        env=environment(vault.parent / "cache"),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def ask(vault: Path, event: str, **asked: Any) -> dict[str, Any]:
    ran = run(vault, event, asked)
    assert ran.returncode == 0, ran.stderr
    found: dict[str, Any] = json.loads(ran.stdout)
    fits(found, json.loads(schema_text())["$defs"][event])
    return found


def fits(value: Any, schema: dict[str, Any]) -> None:
    """The part of JSON Schema that ours uses."""
    if "enum" in schema:
        assert value in schema["enum"]
    kinds = schema.get("type", [])
    names: dict[str, Any] = {
        "object": dict, "array": list, "string": str, "integer": int, "number": (int, float),
        "boolean": bool, "null": type(None),
    }  # fmt: skip
    if kinds:
        assert any(
            isinstance(value, names[k]) for k in ([kinds] if isinstance(kinds, str) else kinds)
        )
    if "minimum" in schema:
        assert value >= schema["minimum"]
    if isinstance(value, dict) and "properties" in schema:
        assert set(schema["required"]) <= set(value)
        if not schema["additionalProperties"]:
            assert set(value) <= set(schema["properties"])
        for key, one in value.items():
            fits(one, schema["properties"].get(key, {}))
    if isinstance(value, list):
        for one in value:
            fits(one, schema.get("items", {}))


@pytest.mark.parametrize("absolute", [False, True])
def test_complete(vault: Path, absolute: bool) -> None:
    path = str(vault / "a.md") if absolute else "a.md"
    text = "# A\n\n😀 see [[도ㅋ"
    found = ask(vault, "complete", path=path, text=text, line=3, column=len("😀 see [[도ㅋ") + 1)
    assert found["from"] == len("😀 see [[") + 1
    (item,) = found["items"]
    assert (item["label"], item["insert"]) == ("도커", "도커]]")
    assert (item["path"], item["kind"]) == ("공부/도커.md", "note")
    closed = ask(vault, "complete", path=path, text=text + "]]", line=3, column=11)
    assert closed["items"][0]["insert"] == "도커"


def test_resolve(vault: Path) -> None:
    found = ask(vault, "resolve", path="공부/도커.md", line=3, column=12)
    assert found == {
        "targets": [{"path": "Harbor.md", "line": 6, "column": 4, "kind": "heading"}],
        "status": "resolved",
    }
    assert ask(vault, "resolve", path="a.md", line=3, column=23) == {
        "targets": [],
        "status": "unresolved",
    }


def test_backlinks(vault: Path) -> None:
    found = ask(vault, "backlinks", path="Harbor.md")["links"]
    assert [(one["source"], one["line"]) for one in found] == [("a.md", 3), ("공부/도커.md", 3)]


def test_search(vault: Path) -> None:
    found = ask(vault, "search", query="컨테이너", limit=5)["hits"]
    assert [one["path"] for one in found] == ["공부/도커.md"]


def test_on_save(vault: Path) -> None:
    found = ask(vault, "on-save", path="a.md")
    assert [(one["line"], one["column"], one["code"]) for one in found["diagnostics"]] == [
        (3, 20, "unresolved-note")
    ]
    found = ask(vault, "on-save", path="2023년 회고.md")
    assert {one["target"] for one in found["mentions"]} == {"Harbor.md", "공부/도커.md"}


@pytest.mark.parametrize(
    ("event", "asked"),
    [
        ("complete", "{"),
        ("complete", "[]"),
        ("complete", "[" * 100_000),
        ("complete", {}),
        ("complete", {"path": "a.md", "line": 0, "column": 1}),
        ("complete", {"path": "a.md", "line": 99, "column": 1}),
        ("complete", {"path": "a.md", "line": "1", "column": 1}),
        ("complete", {"path": "a.md", "line": True, "column": 1}),
        ("complete", {"path": "no.md", "line": 1, "column": 1}),
        ("complete", {"path": "a.md", "line": 1, "column": 1, "colour": 1}),
        ("resolve", {"path": "../outside.md", "line": 1, "column": 1}),
        ("resolve", {"path": "/etc/passwd", "line": 1, "column": 1}),
        ("resolve", {"path": "link/x.md", "line": 1, "column": 1, "text": "x"}),
        ("backlinks", {"path": "a\0.md"}),
        ("search", {"query": 3}),
        ("nothing", {}),
    ],
)
def test_bad_input_is_one_line(vault: Path, event: str, asked: Any) -> None:
    link = vault / "link"
    if not link.is_symlink():
        link.symlink_to("/tmp")
    ran = run(vault, event, asked)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.startswith("error: ") and ran.stderr.count("\n") == 1


def test_the_schema_is_of_every_event(vault: Path) -> None:
    schema = json.loads(schema_text())
    assert set(EVENTS) == set(schema["$defs"]) - {"question"}
    ran = run(vault, "complete", "{}")
    assert ran.returncode == 2


TYPED = (
    "",
    "h",
    "harb",
    "ㄷ",
    "도ㅋ",
    "docker",
    "도커",
    "dk",
    "zzz",
    "port wi",
    "하버",
    "p",
    "ehzj",
)


def test_names_for_one_question_are_those_that_are_kept(tmp_path: Path) -> None:
    """A process that answers once reads the rows that can match; the answer is the same."""
    many = {f"many/harbor {n}.md": f"# Harbour {n}\n\n[[lost {n}]]\n" for n in range(30)}
    docker: dict[str, str | bytes] = {"도커.md": "---\naliases: [Docker]\n---\n", "port.png": "x"}
    root = write(tmp_path / "v", {**FILES, **many, **docker})
    settle(root)
    with Vault.open(root, environ=environment(tmp_path / "cache")) as opened:
        kept = Desk(opened)
        for _ in range(2):
            for typed in TYPED:
                for via in (None, frozenset(("name", "alias", "title", "placeholder"))):
                    once = Desk(opened, once=True)
                    assert [name[:4] for name in once.names.matching(typed, 12, via=via)] == [
                        name[:4] for name in kept.names.matching(typed, 12, via=via)
                    ], typed
            kept.put("many/harbor 3.md", "---\naliases: [Harbinger, 돛]\n---\n# Typed\n")
            kept.settle()


BEFORE = (
    "---\naliases: [Here]\n---\n# Top\n\nWords.\n\n```\ncode\n```\n\n    indented\n\n<div>\n"
    "html\n\nPlain prose here.\n\n- item\n\n      deeper\n\n$$\nx\n$$\n\nlast `span` line"
)
INSERTED = (
    "[[harb",
    " [[ㄷ",
    "\n[[harb",
    "\n\n[[h",
    "\n    [[harb",
    "`[[harb",
    "[x](har",
    "[[Harbor#w",
    "#t",
    "",
)


def test_what_is_typed_in_prose_is_answered_as_if_the_note_were_read(tmp_path: Path) -> None:
    root = write(tmp_path / "v", {**FILES, "note.md": BEFORE})
    settle(root)
    light = 0
    with Vault.open(root, environ=environment(tmp_path / "cache")) as opened:
        for at in range(len(BEFORE) + 1):
            for inserted in INSERTED:
                text = BEFORE[:at] + inserted + BEFORE[at:]
                offset = at + len(inserted)
                line = text.count("\n", 0, offset) + 1
                column = offset - (text.rfind("\n", 0, offset) + 1) + 1
                sheet = light_sheet(Desk(opened, once=True), "note.md", text, line, column)
                if sheet is None:
                    continue
                light += 1
                desk = Desk(opened)
                desk.put("note.md", text)
                whole = desk.sheet("note.md")
                assert whole is not None
                assert context_at(sheet, offset) == context_at(whole, offset), (at, inserted)
                desk.close("note.md")
                desk.settle()
    assert light > 50
