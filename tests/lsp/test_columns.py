"""Every answer with a place in it, behind signs that are counted differently, for each editor."""

from __future__ import annotations

from typing import Any
from unicodedata import normalize

import pytest
from lsprotocol import types

from tests.lsp.conftest import Editor, Start

pytestmark = [pytest.mark.asyncio, pytest.mark.slow]

NASTY = "가족 👨‍👩‍👧‍👦 e\u0301 " + normalize("NFD", "한글") + " \u2028\u0085 😀 "
LINE = f"{NASTY}[[Harbor#Winter|겨울]] #x/y [[없다]] 끝"
FILES: dict[str, str | bytes] = {
    "dots.toml": "",
    "Harbor.md": f"# Harbor\r\n\r\n{NASTY} text\r\n\r\n## Winter\r\n\r\nIce.\r\n",
    normalize("NFD", "각주.md"): f"# 각주\n\n{LINE}\n",
    "start.md": f"# Start\r\n\r\n## {NASTY}Part\r\n\r\n{LINE}\r\n\r\nPlain Harbor.\r\n",
}
CLIENTS = [
    ("vscode", "utf-16"), ("neovim", "utf-8"), ("neovim", "utf-16"), ("neovim", "utf-32"),
    ("emacs", "utf-32"),
]  # fmt: skip
WHOLE = types.Range(types.Position(0, 0), types.Position(99, 0))


def shown(editor: Editor, path: str, where: types.Range) -> str:
    return editor.covered(path, where)


@pytest.mark.parametrize(("client", "encoding"), CLIENTS)
async def test_every_place(start: Start, client: str, encoding: str) -> None:
    editor = await start(FILES, client=client, encoding=encoding)
    ask = editor.client
    other = next(p.name for p in editor.root.iterdir() if normalize("NFC", p.name) == "각주.md")
    editor.open("start.md")
    text = editor.texts["start.md"]
    document = editor.document("start.md")
    link = editor.at(text, text.index("Winter"))
    wiki = "[[Harbor#Winter|겨울]]"

    found: Any = await ask.text_document_hover_async(types.HoverParams(document, link))
    assert shown(editor, "start.md", found.range) == wiki
    (place,) = await editor.definition(types.DefinitionParams(document, link))
    assert (editor.path(place.uri), shown(editor, "Harbor.md", place.range)) == (
        "Harbor.md",
        "Winter",
    )
    found = await ask.text_document_references_async(
        types.ReferenceParams(types.ReferenceContext(False), document, link)
    )
    assert {
        (editor.path(one.uri), shown(editor, editor.path(one.uri), one.range)) for one in found
    } == {
        ("start.md", wiki),
        (other, wiki),
    }
    found = await ask.text_document_document_link_async(types.DocumentLinkParams(document))
    assert [shown(editor, "start.md", one.range) for one in found] == [wiki]
    findings = await editor.findings("start.md")
    assert [shown(editor, "start.md", one.range) for one in findings] == ["[[없다]]"]
    found = await ask.text_document_prepare_rename_async(
        types.PrepareRenameParams(document, editor.at(text, text.index("x/y")))
    )
    assert shown(editor, "start.md", found.range) == "x/y"
    edit: Any = await ask.text_document_rename_async(types.RenameParams(document, link, "겨울 😀"))
    changes = edit.changes or {
        one.text_document.uri: one.edits for one in edit.document_changes or ()
    }
    after = {
        editor.path(uri): editor.applied(editor.path(uri), edits) for uri, edits in changes.items()
    }
    assert after["start.md"] == text.replace("#Winter", "#겨울 😀")
    assert after[other] == f"# 각주\n\n{LINE}\n".replace("#Winter", "#겨울 😀")
    assert after["Harbor.md"] == str(FILES["Harbor.md"]).replace("## Winter", "## 겨울 😀")
    where = types.Range(link, link)
    found = await ask.text_document_code_action_async(
        types.CodeActionParams(document, where, types.CodeActionContext([]))
    )
    (markdown,) = [one for one in found if one.title == "Write as a Markdown link"]
    edits = (markdown.edit.document_changes or [None])[0]
    edits = edits.edits if edits else next(iter(markdown.edit.changes.values()))
    assert editor.applied("start.md", edits) == text.replace(wiki, "[겨울](Harbor.md#Winter)")
    found = await ask.text_document_document_symbol_async(types.DocumentSymbolParams(document))
    (part,) = found[0].children
    assert shown(editor, "start.md", part.selection_range).endswith("Part")
    found = await ask.text_document_folding_range_async(types.FoldingRangeParams(document))
    assert (2, text[: text.index("Plain")].count("\n")) in [
        (one.start_line, one.end_line) for one in found
    ]
    found = await ask.text_document_selection_range_async(
        types.SelectionRangeParams(document, [link])
    )
    assert shown(editor, "start.md", found[0].range) in wiki
    found = await ask.text_document_semantic_tokens_full_async(types.SemanticTokensParams(document))
    line = column = 0
    tokens = []
    for n in range(0, len(found.data), 5):
        lines, columns, length = found.data[n : n + 3]
        line, column = line + lines, columns + (0 if lines else column)
        start_ = types.Position(line, column)
        tokens.append(
            shown(editor, "start.md", types.Range(start_, types.Position(line, column + length)))
        )
    assert "[[없다]]" in tokens
    found = await ask.text_document_prepare_call_hierarchy_async(
        types.CallHierarchyPrepareParams(editor.document("Harbor.md"), types.Position(0, 0))
    )
    calls: Any = await ask.call_hierarchy_incoming_calls_async(
        types.CallHierarchyIncomingCallsParams(found[0])
    )
    assert {
        (
            editor.path(call.from_.uri),
            shown(editor, editor.path(call.from_.uri), call.from_ranges[0]),
        )
        for call in calls
    } == {("start.md", wiki), (other, wiki)}
    changed = text.replace("끝", "끝 [[har│")
    assert await editor.accept("start.md", changed, "Harbor") == changed.replace(
        "[[har│", "[[Harbor]]"
    )


HEADING = NASTY.strip() + "Part"
MORE: dict[str, str | bytes] = {
    "Harbor.md": f"# Harbor\r\n\r\n## {HEADING}\r\n\r\nIce.\r\n",
    "202301021530.md": "---\ntitle: A zettel\n---\nText.\n",
    normalize("NFD", "각주.md"): f"{LINE}\r\n{NASTY}[[Harbor#{HEADING}]]\r\n",
    "ids.md": f"# Ids\r\n\r\n{NASTY}[[202301021530]] {NASTY}[[Harbor]] 끝\r\n",
}


@pytest.mark.parametrize(("client", "encoding"), CLIENTS)
async def test_what_is_shown_beside_the_text_and_across_files(
    start: Start, client: str, encoding: str
) -> None:
    editor = await start(MORE, client=client, encoding=encoding)
    ask = editor.client
    other = next(p.name for p in editor.root.iterdir() if normalize("NFC", p.name) == "각주.md")
    editor.open("ids.md")
    editor.open("Harbor.md")
    text = editor.texts["ids.md"]
    document = editor.document("ids.md")

    found: Any = await ask.text_document_code_lens_async(
        types.CodeLensParams(editor.document("Harbor.md"))
    )
    assert [(lens.command.title, shown(editor, "Harbor.md", lens.range)) for lens in found] == [
        ("3 backlinks", ""),
        ("1 backlink", HEADING),
    ]
    found = await ask.text_document_inlay_hint_async(types.InlayHintParams(document, WHOLE))
    (hint,) = found
    assert hint.label == "A zettel"
    assert text[: editor.offset(text, hint.position)].endswith("[[202301021530]]")
    found = await ask.workspace_symbol_async(types.WorkspaceSymbolParams("Part"))
    assert [(one.name, one.location.range.start) for one in found] == [
        (normalize("NFC", " ".join(HEADING.split())), types.Position(2, 0))
    ]
    (tag,) = await ask.workspace_symbol_async(types.WorkspaceSymbolParams("#x")) or ()
    assert tag.name == "#x/y" and isinstance(tag.location, types.Location)
    assert (editor.path(tag.location.uri), shown(editor, other, tag.location.range)) == (
        other,
        "#x/y",
    )
    (item,) = (
        await ask.text_document_prepare_call_hierarchy_async(
            types.CallHierarchyPrepareParams(document, types.Position(0, 0))
        )
        or ()
    )
    calls: Any = await ask.call_hierarchy_outgoing_calls_async(
        types.CallHierarchyOutgoingCallsParams(item)
    )
    assert [
        (editor.path(call.to.uri), [shown(editor, "ids.md", one) for one in call.from_ranges])
        for call in calls
    ] == [("202301021530.md", ["[[202301021530]]"]), ("Harbor.md", ["[[Harbor]]"])]
    edit: Any = await ask.workspace_will_rename_files_async(
        types.RenameFilesParams(
            [types.FileRename(editor.uri("Harbor.md"), editor.uri("부두 😀.md"))]
        )
    )
    changes = edit.changes or {
        one.text_document.uri: one.edits for one in edit.document_changes or ()
    }
    after = {
        editor.path(uri): editor.applied(editor.path(uri), edits) for uri, edits in changes.items()
    }
    assert after == {
        "ids.md": text.replace("[[Harbor", "[[부두 😀"),
        other: (editor.root / other).read_bytes().decode().replace("[[Harbor", "[[부두 😀"),
    }
