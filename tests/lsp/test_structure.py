"""Outlines, folds, selections, tokens, symbols of the vault, and who links to whom as a tree."""

from __future__ import annotations

from itertools import pairwise

import pytest
from lsprotocol import types

from tests.lsp.conftest import Editor, Start

pytestmark = [pytest.mark.asyncio, pytest.mark.slow]

TEXT = """---
title: 항구
---
# 항구 😀

> [!note] A callout
> with two lines

## Winter

Ice. ^ice

### Deep

%% a comment
of two lines %%

## 여름

[[a]] [[lost]] #tag
"""
FILES = {"항구.md": TEXT, "a.md": "# A\n\n[[항구#Winter]] [[항구]]\n", "b.md": "[[항구]]\n"}


def document(editor: Editor) -> types.TextDocumentIdentifier:
    return editor.document("항구.md")


async def test_the_shape_of_a_note(start: Start) -> None:
    editor = await start(FILES, client="neovim")
    editor.open("항구.md")
    client = editor.client

    symbols = await client.text_document_document_symbol_async(
        types.DocumentSymbolParams(document(editor))
    )
    (top,) = [one for one in symbols or () if isinstance(one, types.DocumentSymbol)]
    assert top.name == "항구 😀"
    assert [child.name for child in top.children or ()] == ["A callout", "Winter", "여름"]
    winter = (top.children or [])[1]
    assert [child.name for child in winter.children or ()] == ["^ice", "Deep"]
    assert editor.covered("항구.md", winter.selection_range) == "Winter"
    assert editor.covered("항구.md", winter.range).endswith("%%\n\n")
    for one in (top, winter):
        assert one.range.start <= one.selection_range.start
        assert one.selection_range.end <= one.range.end

    folds = await client.text_document_folding_range_async(
        types.FoldingRangeParams(document(editor))
    )
    lines = TEXT.split("\n")
    folded = {(lines[fold.start_line], lines[fold.end_line]) for fold in folds or ()}
    assert folded == {
        ("---", "---"),
        ("# 항구 😀", "[[a]] [[lost]] #tag"),
        ("> [!note] A callout", "> with two lines"),
        ("## Winter", "of two lines %%"),
        ("### Deep", "of two lines %%"),
        ("%% a comment", "of two lines %%"),
        ("## 여름", "[[a]] [[lost]] #tag"),
    }

    position = editor.at(TEXT, TEXT.index("Ice") + 1)
    (chosen,) = (
        await client.text_document_selection_range_async(
            types.SelectionRangeParams(document(editor), [position])
        )
        or []
    )
    covered = []
    at: types.SelectionRange | None = chosen
    while at is not None:
        covered.append(editor.covered("항구.md", at.range))
        at = at.parent
    assert covered[:2] == ["Ice", "Ice. ^ice"]
    assert covered[-1] == TEXT
    assert all(inner in outer for inner, outer in pairwise(covered))

    tokens = await client.text_document_semantic_tokens_full_async(
        types.SemanticTokensParams(document(editor))
    )
    assert tokens is not None
    assert decoded(editor, list(tokens.data)) == [
        ("^ice", 2, 0),
        ("%% a comment", 3, 0),
        ("of two lines %%", 3, 0),
        ("[[a]]", 0, 0),
        ("[[lost]]", 0, 1),
        ("#tag", 1, 0),
    ]


def decoded(editor: Editor, data: list[int]) -> list[tuple[str, int, int]]:
    found = []
    line = column = 0
    for n in range(0, len(data), 5):
        down, right, length, kind, modifiers = data[n : n + 5]
        line, column = line + down, right + (0 if down else column)
        range_ = types.Range(types.Position(line, column), types.Position(line, column + length))
        found.append((editor.covered("항구.md", range_), kind, modifiers))
    return found


async def test_the_names_of_the_vault(start: Start) -> None:
    editor = await start(FILES)
    for query, names in (("항", ["항구", "항구 😀"]), ("ㅎㄱ", ["항구"]), ("deep", ["Deep"])):
        found = await editor.client.workspace_symbol_async(types.WorkspaceSymbolParams(query))
        assert [one.name for one in found or ()] == names


async def test_links_as_a_tree(start: Start) -> None:
    editor = await start(FILES)
    editor.open("항구.md")
    (item,) = (
        await editor.client.text_document_prepare_call_hierarchy_async(
            types.CallHierarchyPrepareParams(document(editor), types.Position(0, 0))
        )
        or []
    )
    assert item.name == "항구"
    incoming = await editor.client.call_hierarchy_incoming_calls_async(
        types.CallHierarchyIncomingCallsParams(item)
    )
    assert [(call.from_.name, len(call.from_ranges)) for call in incoming or ()] == [
        ("A", 2),
        ("b", 1),
    ]
    outgoing = await editor.client.call_hierarchy_outgoing_calls_async(
        types.CallHierarchyOutgoingCallsParams(item)
    )
    assert [call.to.detail for call in outgoing or ()] == ["a.md"]
    deeper = await editor.client.call_hierarchy_outgoing_calls_async(
        types.CallHierarchyOutgoingCallsParams((outgoing or [])[0].to)
    )
    assert [call.to.detail for call in deeper or ()] == ["항구.md"]
