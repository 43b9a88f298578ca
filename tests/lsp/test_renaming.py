"""Renames from the screen: the change is a workspace edit, and files and links move together."""

from __future__ import annotations

from pathlib import Path

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException

from tests.disk import write
from tests.lsp.conftest import Editor, Start, changed

pytestmark = [
    pytest.mark.asyncio,
    pytest.mark.slow,
]

FILES = {
    "folder/Harbor.md": "---\naliases: [Port]\ntags: [sea]\n---\n# Harbor\n\n"
    "## Winter\n\nIce. ^ice\n",
    "회고.md": "# 회고\n\n😀 [[Harbor#Winter|겨울]] [[Port]] #sea/salt\n\n"
    "[x](folder/Harbor.md#^ice)\n",
    "other.md": "[[Harbor#^ice]] and ![[Harbor]] #sea\n",
}


async def rename(editor: Editor, path: str, marked: str, new: str) -> types.WorkspaceEdit:
    position = editor.mark(path, marked)
    edit = await editor.client.text_document_rename_async(
        types.RenameParams(text_document=editor.document(path), position=position, new_name=new)
    )
    assert edit is not None
    return edit


@pytest.mark.parametrize("client", ["vscode", "neovim"])
async def test_a_link_renames_what_it_means(start: Start, client: str) -> None:
    """markdown-oxide renamed the file on the screen (#124), and put its folder in front of the new
    name once more (#163)."""
    editor = await start(FILES, client=client)
    editor.open("회고.md")
    marked = FILES["회고.md"].replace("[[Har", "[[Har│")
    position = editor.mark("회고.md", marked)
    ready = await editor.client.text_document_prepare_rename_async(
        types.PrepareRenameParams(editor.document("회고.md"), position)
    )
    assert isinstance(ready, types.PrepareRenamePlaceholder)
    assert ready.placeholder == "Harbor"
    assert editor.covered("회고.md", ready.range) == "Harbor"
    texts, moves = changed(editor, await rename(editor, "회고.md", marked, "부두"))
    assert moves == {"folder/Harbor.md": "folder/부두.md"}
    assert texts["회고.md"] == FILES["회고.md"].replace("[[Harbor#", "[[부두#").replace(
        "folder/Harbor.md", "folder/부두.md"
    )
    assert texts["other.md"] == "[[부두#^ice]] and ![[부두]] #sea\n"


async def test_headings_blocks_tags_and_aliases(start: Start) -> None:
    editor = await start(FILES)
    harbor = FILES["folder/Harbor.md"]
    editor.open("folder/Harbor.md")

    texts, moves = changed(
        editor,
        await rename(
            editor, "folder/Harbor.md", harbor.replace("## Win", "## Win│"), "겨울 이야기"
        ),
    )
    assert moves == {}
    assert "## 겨울 이야기\n" in texts["folder/Harbor.md"]
    assert "[[Harbor#겨울 이야기|겨울]]" in texts["회고.md"]

    texts, _ = changed(
        editor, await rename(editor, "folder/Harbor.md", harbor.replace("^ic", "^ic│"), "frost")
    )
    assert "Ice. ^frost" in texts["folder/Harbor.md"]
    assert "Harbor.md#^frost" in texts["회고.md"].replace("%5E", "^")
    assert "[[Harbor#^frost]]" in texts["other.md"]

    texts, _ = changed(
        editor, await rename(editor, "folder/Harbor.md", harbor.replace("[Po", "[Po│"), "Pier")
    )
    assert "aliases: [Pier]" in texts["folder/Harbor.md"]
    assert "[[Pier" in texts["회고.md"]

    texts, _ = changed(
        editor, await rename(editor, "other.md", FILES["other.md"].replace("#se", "#se│"), "ocean")
    )
    assert texts["other.md"].endswith("#ocean\n")
    assert "#ocean/salt" in texts["회고.md"] and "tags: [ocean]" in texts["folder/Harbor.md"]


async def test_unsaved_links_follow_too(start: Start) -> None:
    editor = await start(FILES)
    editor.open("other.md", "a new line\n\n[[Harbor]] typed and not saved\n")
    marked = FILES["회고.md"].replace("[[Har", "[[Har│")
    texts, _ = changed(editor, await rename(editor, "회고.md", marked, "Quay"))
    assert texts["other.md"] == "a new line\n\n[[Quay]] typed and not saved\n"


async def test_the_editor_renames_files(start: Start) -> None:
    editor = await start(FILES)
    editor.open("회고.md")
    params = types.RenameFilesParams(
        [types.FileRename(editor.uri("folder/Harbor.md"), editor.uri("deep/er/Harbor 2.md"))]
    )
    edit = await editor.client.workspace_will_rename_files_async(params)
    assert edit is not None
    texts, moves = changed(editor, edit)
    assert moves == {}
    assert "[[Harbor 2#Winter|겨울]]" in texts["회고.md"]
    assert "deep/er/Harbor%202.md#^ice" in texts["회고.md"] or "Harbor 2.md>" in texts["회고.md"]
    (editor.root / "deep/er").mkdir(parents=True)
    (editor.root / "folder/Harbor.md").rename(editor.root / "deep/er/Harbor 2.md")
    editor.client.workspace_did_rename_files(params)
    assert [item.label for item in await editor.complete("other.md", "[[Harbor 2│")] == ["Harbor 2"]


async def test_what_was_written_a_moment_ago_follows_too(start: Start) -> None:
    """In VS Code a note that was renamed twice within a second lost its links: the server had not
    read the file of the first name yet."""
    editor = await start(FILES)
    editor.open("other.md")
    (editor.root / "new.md").write_text("# New\n")
    (editor.root / "later.md").write_text("[[new]] and [[회고]]\n")
    params = types.RenameFilesParams([types.FileRename(editor.uri("new.md"), editor.uri("n2.md"))])
    edit = await editor.client.workspace_will_rename_files_async(params)
    assert edit is not None
    assert changed(editor, edit)[0] == {"later.md": "[[n2]] and [[회고]]\n"}
    (editor.root / "last.md").write_text("[[Harbor]]\n")
    texts, _ = changed(editor, await rename(editor, "other.md", "[[Har│bor]]\n", "부두"))
    assert texts["last.md"] == "[[부두]]\n"


async def test_the_editor_renames_a_folder(start: Start) -> None:
    editor = await start(FILES)
    params = types.RenameFilesParams(
        [types.FileRename(editor.uri("folder"), editor.uri("archive"))]
    )
    edit = await editor.client.workspace_will_rename_files_async(params)
    assert edit is not None
    texts, _ = changed(editor, edit)
    assert "[x](archive/Harbor.md#^ice)" in texts["회고.md"]


async def test_a_note_that_leaves_its_vault_is_told(start: Start, tmp_path: Path) -> None:
    """No link reaches into another vault: the editor moves the file all the same."""
    one = write(tmp_path / "one", {"dots.toml": "", "a.md": "[[b]]\n", "b.md": "[[c]] [[a]]\n"})
    write(one, {"c.md": "[[b]] [x](b.md) [[d]]\n", "d.md": "x\n"})
    two = write(tmp_path / "two", {"dots.toml": "", "e.md": "[[f]]\n", "f.md": "x\n"})
    editor = await start(one, folders=[one, two])

    def renamed(*pairs: tuple[Path, Path]) -> types.RenameFilesParams:
        return types.RenameFilesParams(
            [types.FileRename(old.as_uri(), new.as_uri()) for old, new in pairs]
        )

    ask = editor.client.workspace_will_rename_files_async
    assert await ask(renamed((one / "b.md", two / "b.md"))) is None
    (told,) = [message.message for message in editor.client.messages]
    assert told == "'b.md' leaves its vault, where links cannot follow: 3 to it, 2 in it"
    assert await ask(renamed((two / "f.md", tmp_path / "f.md"))) is None
    assert len(editor.client.messages) == 2
    # What moves within each of them is followed in both.
    edit = await ask(
        renamed(
            (one / "d.md", one / "z.md"), (one / "b.md", two / "b.md"), (two / "f.md", two / "y.md")
        )
    )
    assert edit is not None and edit.document_changes is not None
    found = {
        change.text_document.uri: [one.new_text for one in change.edits if hasattr(one, "new_text")]
        for change in edit.document_changes
        if isinstance(change, types.TextDocumentEdit)
    }
    assert found == {(one / "c.md").as_uri(): ["z"], (two / "e.md").as_uri(): ["y"]}


async def test_emacs_is_not_left_with_links_to_nowhere(start: Start) -> None:
    """eglot 1.9 takes the edits and leaves the renaming of the file out."""
    editor = await start(FILES, client="emacs")
    capable = editor.client.capabilities
    assert capable is not None and capable.workspace is not None
    edit = capable.workspace.workspace_edit
    marked = FILES["회고.md"].replace("[[Har", "[[Har│")
    if edit is not None and "rename" in (edit.resource_operations or ()):
        assert changed(editor, await rename(editor, "회고.md", marked, "부두"))[1]
    else:
        with pytest.raises(JsonRpcException, match="dots mv"):
            await rename(editor, "회고.md", marked, "부두")


@pytest.mark.parametrize(
    ("marked", "new"),
    [
        ("plain wo│rds\n", "x"),
        ("[[no│where]]\n", "x"),
        ("[[Har│bor]]\n", "other"),
        ("#se│a\n", "1"),
    ],
)
async def test_what_cannot_be_renamed_is_said(start: Start, marked: str, new: str) -> None:
    editor = await start({**FILES, "folder/other.md": "x\n"})
    with pytest.raises(JsonRpcException):
        await rename(editor, "회고.md", marked, new)
