"""Suggested connections, what agents propose, new notes: shown, and written when taken."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException

from tests.disk import environment
from tests.lsp.conftest import Editor, Start
from tests.lsp.test_acting import actions, done
from vaultdots.vault import Vault

pytestmark = [pytest.mark.asyncio, pytest.mark.slow]

REVIEW = (
    "---\nkind: review\nyear: 2025\n---\n# 2025 review\n\n## What I studied 👨‍👩‍👧\n\n"
    "😀 Docker networking took all spring.\n"
)
FILES = {
    "dots.toml": '[new]\ntemplate = "t/new.md"\n',
    "t/new.md": "Born: {{title}}\n",
    "study/Docker networking.md": "---\ndate: 2025-03-01\nkind: study\n---\n# Docker networking\n\n"
    "Bridge networks.\n",
    "2025 review.md": REVIEW,
    "start.md": "# Start\n\nDocker networking is a name.\n",
}
LINKED = REVIEW.replace("Docker networking", "[[Docker networking]]")
WHOLE = types.Range(types.Position(0, 0), types.Position(99, 0))


async def run(editor: Editor, name: str, *arguments: Any) -> Any:
    return await editor.client.workspace_execute_command_async(
        types.ExecuteCommandParams(name, list(arguments))
    )


def taking_edits(editor: Editor, *, applied: bool = True) -> list[types.WorkspaceEdit]:
    """The edits that the server asks this editor to make."""
    asked: list[types.WorkspaceEdit] = []

    def apply(params: types.ApplyWorkspaceEditParams) -> types.ApplyWorkspaceEditResult:
        asked.append(params.edit)
        return types.ApplyWorkspaceEditResult(applied)

    editor.client.feature(types.WORKSPACE_APPLY_EDIT)(apply)
    return asked


async def hints(editor: Editor, path: str) -> list[types.InlayHint]:
    found = await editor.client.text_document_inlay_hint_async(
        types.InlayHintParams(editor.document(path), WHOLE)
    )
    return list(found or ())


async def test_a_suggested_connection(start: Start) -> None:
    editor = await start(FILES, client="neovim", encoding="utf-16")
    editor.open("start.md")
    editor.open("2025 review.md")
    for _ in range(200):
        if found := await hints(editor, "2025 review.md"):
            break
        await asyncio.sleep(0.1)
    assert [(hint.label, hint.position.line) for hint in found] == [("→ Docker networking?", 8)]
    assert await hints(editor, "start.md") == []
    marked = REVIEW.replace("took", "to│ok")
    offered = await actions(editor, "2025 review.md", marked)
    texts, made = done(editor, offered["Connect to Docker networking"])
    assert (texts, made) == ({"2025 review.md": LINKED}, [])
    # What is typed since takes a suggestion away until the keyboard rests.
    editor.type("2025 review.md", "x" + REVIEW)
    assert await hints(editor, "2025 review.md") == []
    editor.type("2025 review.md", REVIEW)

    asked = taking_edits(editor)
    (one,) = await run(editor, "dots.connect", "2025 review.md")
    given = {"target": one["target"], "line": one["line"]}
    assert await run(editor, "dots.accept", "2025 review.md", given)
    (change,) = asked[0].document_changes or ()
    assert isinstance(change, types.TextDocumentEdit)
    edits = [edit for edit in change.edits if isinstance(edit, types.TextEdit)]
    assert editor.applied("2025 review.md", edits) == LINKED
    for wrong in ({}, {"target": "start.md"}, {**given, "line": 1}, {"target": 1}):
        with pytest.raises(JsonRpcException):
            await run(editor, "dots.accept", "2025 review.md", wrong)


async def test_new_notes_come_from_the_template(start: Start) -> None:
    editor = await start(FILES)
    asked = taking_edits(editor)
    assert await run(editor, "dots.new", "", {"title": "도커"}) == {"path": "도커.md"}
    create, filled = asked[0].document_changes or ()
    assert isinstance(create, types.CreateFile) and editor.path(create.uri) == "도커.md"
    assert isinstance(filled, types.TextDocumentEdit)
    assert isinstance(filled.edits[0], types.TextEdit)
    assert filled.edits[0].new_text == "Born: 도커\n"
    found = await actions(editor, "start.md", "[[a/Bo│at]]\n")
    texts, made = done(editor, found["Create a/Boat.md"])
    assert (texts, made) == ({"a/Boat.md": "Born: Boat\n"}, ["a/Boat.md"])
    for wrong in ({"title": "start"}, {"title": "x", "path": "../x.md"}, {}):
        with pytest.raises(JsonRpcException):
            await run(editor, "dots.new", "", wrong)


async def test_an_editor_that_makes_no_change_is_told_of(start: Start) -> None:
    editor = await start(FILES)
    taking_edits(editor, applied=False)
    with pytest.raises(JsonRpcException, match="not made the change"):
        await run(editor, "dots.new", "", {"title": "도커"})


async def test_what_agents_propose_is_decided_in_the_editor(start: Start, tmp_path: Path) -> None:
    editor = await start(FILES)
    with Vault.open(editor.root, environ=environment(tmp_path / "cache")) as vault:
        vault.proposals.edit("start", "a name", "the name")
        vault.proposals.note("boat.md", "# Boat\n")
    found = await run(editor, "dots.proposals", "")
    note, edit = sorted(found, key=lambda one: str(one["paths"]))
    assert edit["paths"] == ["start.md"] and "+Docker networking is the name." in edit["diff"]
    assert await run(editor, "dots.proposals", "", {"reject": note["id"]}) == {
        "rejected": note["id"]
    }
    # Under unsaved text nothing is written: the next save would take it back, unseen.
    editor.open("start.md")
    editor.type("start.md", "typed\n" + FILES["start.md"])
    with pytest.raises(JsonRpcException, match=r"start\.md: save"):
        await run(editor, "dots.proposals", "", {"accept": edit["id"]})
    assert "the name" not in (editor.root / "start.md").read_text()
    editor.type("start.md", FILES["start.md"])
    assert await run(editor, "dots.proposals", "", {"accept": edit["id"]}) == {
        "accepted": edit["id"],
        "paths": ["start.md"],
    }
    assert "the name" in (editor.root / "start.md").read_text()
    assert not (editor.root / "boat.md").exists()
    assert await run(editor, "dots.proposals", "") == []
    with pytest.raises(JsonRpcException):
        await run(editor, "dots.proposals", "", {"accept": "nothing"})
