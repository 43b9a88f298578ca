"""The table of docs/editors.md, row by row, with what each editor can do: VS Code, Neovim, Emacs.

Whatever is asked stands behind signs that are counted differently (a family emoji, combining marks,
decomposed Hangul, U+2028), in lines that end with CRLF, in the unit that the editor counts in.
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException

from tests.lsp.conftest import CLIENTS, Editor, Start, changed
from tests.lsp.test_suggesting import run, taking_edits
from vaultdots.editor.complete import LIMIT

pytestmark = [
    pytest.mark.asyncio,
    pytest.mark.slow,
    pytest.mark.parametrize("client", CLIENTS),
]

NASTY = "가족 👨‍👩‍👧‍👦 e\u0301 " + normalize("NFD", "한글") + " \u2028\u0085 😀 "
TOP = "# Start\r\n\r\nA first thought.\r\n\r\n"
DECOMPOSED = normalize("NFD", "강의.md")
FILES: dict[str, str | bytes] = {
    "dots.toml": "",
    "Harbor.md": "---\r\naliases: [Port]\r\ntags: [sea]\r\nkind: study\r\ndate: 2023-04-01\r\n"
    f"---\r\n# Harbor\r\n\r\n{NASTY}Where boats are.\r\n\r\n## Winter\r\n\r\n"
    f"{NASTY}Ice. ^ice\r\n\r\n"
    "## 여름 휴가\r\n\r\nSun.\r\n",
    "공부/도커.md": f"---\ntitle: Docker 입문\n---\n{NASTY}[[Harbor#Winter]] 컨테이너.\n",
    "2023년 회고.md": f"---\nkind: review\nyear: 2023\n---\n# 2023년 회고\n\n{NASTY}[[Harbor]] "
    "[[Port]] #공부/파이썬\n\n## 잘한 일\n\n[[도커]]\n",
    DECOMPOSED: f"# 강의\n\n{NASTY}[[Harbor#^ice]] ![[picture one.png]] [[아직 없음]]\n",
    "a/same.md": "one\n",
    "b/same.md": "two\n",
    "202301021530.md": "---\ntitle: A zettel\n---\nText.\n",
    "Redis.md": "A store, [here](https://e.org/a).\n",
    "picture one.png": "x",
    "start.md": TOP,
}
WHOLE = types.Range(types.Position(0, 0), types.Position(999, 0))


def behind(marked: str) -> str:
    """A text with `│` at the cursor, behind what is counted differently."""
    return f"{TOP}{NASTY}{marked}\r\n"


async def at(editor: Editor, marked: str) -> tuple[types.TextDocumentIdentifier, types.Position]:
    return editor.document("start.md"), editor.mark("start.md", behind(marked))


def places(editor: Editor, found: Any) -> list[tuple[str, str]]:
    """(path, text there) of locations, in order."""
    return sorted(
        (editor.path(one.uri), editor.covered(editor.path(one.uri), one.range))
        for one in found or ()
    )


# -- completion ------------------------------------------------------------------------------------

COMPLETED = {
    "a note": ("[[har│", "Harbor", "[[Harbor]]"),
    "closed by the editor": ("[[har│]] end", "Harbor", "[[Harbor]] end"),
    "an alias": ("[[por│]]", "Port", "[[Harbor|Port]]"),
    "a title": ("[[docker│", "Docker 입문", "[[도커|Docker 입문]]"),
    "a placeholder": ("[[아직│", "아직 없음", "[[아직 없음]]"),
    "a decomposed name": ("[[강│", "강의", "[[강의]]"),
    "a heading": ("[[Harbor#win│", "Winter", "[[Harbor#Winter]]"),
    "a Hangul heading": ("[[Harbor#여│]]", "여름 휴가", "[[Harbor#여름 휴가]]"),
    "a block": ("[[Harbor#^│]]", "^ice", "[[Harbor#^ice]]"),
    "a tag": ("#공│", "공부/파이썬", "#공부/파이썬"),
    "an attachment": ("![[pic│", "picture one.png", "![[picture one.png]]"),
    "a path": ("[x](har│)", "Harbor", "[x](Harbor.md)"),
    "a path of an image": ("![x](pic│)", "picture one.png", "![x](picture%20one.png)"),
    "initial consonants": ("[[ㄷㅋ│", "도커", "[[도커]]"),
    "a half-typed syllable": ("[[도ㅋ│", "도커", "[[도커]]"),
    "a syllable that takes the next consonant": ("[[돜│]]", "도커", "[[도커]]"),
    "the other script": ("[[레디스│", "Redis", "[[Redis]]"),
    "the other keyboard layout": ("[[ehzj│", "도커", "[[도커]]"),
}


async def test_completion(start: Start, client: str) -> None:
    editor = await start(FILES, client=client)
    editor.open("start.md")
    for what, (marked, label, line) in COMPLETED.items():
        text = await editor.accept("start.md", behind(marked), label)
        assert text == behind(line), what
    items = await editor.complete("start.md", behind("[[도ㅋ│"))
    assert {item.filter_text for item in items} == {"도ㅋ"}
    resolved = await editor.client.completion_item_resolve_async(items[0])
    said = resolved.documentation
    if client == "emacs":  # it names no format
        assert isinstance(said, str) and "컨테이너." in said and "**" not in said
    else:
        assert isinstance(said, types.MarkupContent) and "컨테이너." in said.value
        assert said.kind == types.MarkupKind.Markdown
    for marked in ("`[[har│`", "plain har│"):
        assert await editor.complete("start.md", behind(marked)) == []


async def test_completion_of_blocks_and_properties(start: Start, client: str) -> None:
    editor = await start(FILES, client=client)
    editor.open("start.md")
    text = await editor.accept("start.md", behind("[[#^first│]]"), "A first thought.")
    lines = text.split("\r\n")
    id_ = lines[2].rpartition(" ^")[2]
    assert len(id_) == 6 and lines[4] == f"{NASTY}[[#^{id_}]]"
    for marked, label, line in (
        ("al│", "aliases", "aliases: "),
        ("tags: [s│", "sea", "tags: [sea"),
        ("tags:\r\n  - s│", "sea", "tags:\r\n  - sea"),
        ("kind: st│", "study", "kind: study"),
    ):
        head = f"---\r\ntitle: {NASTY.strip()}\r\n"
        text = await editor.accept("start.md", f"{head}{marked}\r\n---\r\n", label)
        assert text == f"{head}{line}\r\n---\r\n"


async def test_completion_is_cut_and_ranked(start: Start, client: str) -> None:
    many = {f"many/note {n:03}.md": "x\n" for n in range(2 * LIMIT + 20)}
    links = {f"l{n}.md": "[[note 077]]\n" for n in range(5)}
    editor = await start({**many, **links, "start.md": TOP}, client=client)
    editor.open("start.md")
    items = await editor.complete("start.md", behind("[[note│"))
    assert len(items) == LIMIT
    ranked = sorted(items, key=lambda item: item.sort_text or "")
    assert ranked[0].label == "note 077"
    items = await editor.complete("start.md", behind("[[note 11│"))
    assert {item.label for item in items} >= {f"note 11{n}" for n in range(10)}


async def test_completion_writes_the_links_of_the_vault(start: Start, client: str) -> None:
    app = '{"useMarkdownLinks": true, "newLinkFormat": "relative"}'
    editor = await start({**FILES, ".obsidian/app.json": app}, client=client)
    editor.open("start.md")
    assert await editor.accept("start.md", behind("[[har│"), "Harbor") == behind(
        "[Harbor](Harbor.md)"
    )


# -- reading ---------------------------------------------------------------------------------------


async def test_hover(start: Start, client: str) -> None:
    editor = await start(FILES, client=client)
    editor.open("start.md")
    for marked, words in (
        ("[[Har│bor]]", ("**Harbor**", "study", "2023", "5 backlinks", "Where boats are.")),
        ("[[Port#Win│ter|x]]", ("**Harbor**", "## Winter", "Ice.")),
        ("[[Harbor#^i│ce]]", ("Ice.",)),
        ("[[Harb│er]]", ("No note is called **Harber**", "`Harbor`")),
        ("[[sa│me]]", ("It may also mean `b/same.md`",)),
        ("#공│부", ("#공부",)),
    ):
        document, position = await at(editor, marked)
        found = await editor.client.text_document_hover_async(types.HoverParams(document, position))
        assert found is not None and found.range is not None
        assert isinstance(found.contents, types.MarkupContent)
        for word in words:
            assert word in found.contents.value, (marked, found.contents.value)
        assert editor.covered("start.md", found.range) == marked.replace("│", "")


DEFINED: dict[str, tuple[str, list[tuple[str, str]]]] = {
    "a note": ("[[Har│bor]]", [("Harbor.md", "")]),
    "an alias": ("[[Po│rt]]", [("Harbor.md", "")]),
    "a decomposed name": ("[[강│의]]", [(DECOMPOSED, "")]),
    "a heading": ("[[Harbor#Win│ter]]", [("Harbor.md", "Winter")]),
    "a block": ("[x](Harbor.md#^ic│e)", [("Harbor.md", f"{NASTY}Ice. ^ice")]),
    "an attachment": ("![[pic│ture one.png]]", [("picture one.png", "")]),
    "several": ("[[sa│me]]", [("a/same.md", ""), ("b/same.md", "")]),
    "a tag": ("#공│부", [("2023년 회고.md", "#공부/파이썬"), ("start.md", "#공부")]),
    "nothing": ("[[no│where]]", []),
}


async def test_definition(start: Start, client: str) -> None:
    editor = await start(FILES, client=client)
    editor.open("start.md")
    for what, (marked, wanted) in DEFINED.items():
        found = await editor.definition(types.DefinitionParams(*await at(editor, marked)))
        assert places(editor, found) == wanted, what


HARBORS = [
    ("2023년 회고.md", "[[Harbor]]"), ("2023년 회고.md", "[[Port]]"),
    (DECOMPOSED, "[[Harbor#^ice]]"), ("공부/도커.md", "[[Harbor#Winter]]"),
]  # fmt: skip
REFERRED: dict[str, tuple[str, list[tuple[str, str]]]] = {
    "a note": ("[[Har│bor]]", [*HARBORS, ("start.md", "[[Harbor]]")]),
    "a heading": (
        "[[Harbor#Win│ter|x]]",
        [("start.md", "[[Harbor#Winter|x]]"), ("공부/도커.md", "[[Harbor#Winter]]")],
    ),
    "a block": (
        "[[Port#^i│ce]]",
        [("start.md", "[[Port#^ice]]"), (DECOMPOSED, "[[Harbor#^ice]]")],
    ),
    "a tag": ("#공│부", [("2023년 회고.md", "#공부/파이썬"), ("start.md", "#공부")]),
    "an attachment": (
        "![[pic│ture one.png]]",
        [("start.md", "![[picture one.png]]"), (DECOMPOSED, "![[picture one.png]]")],
    ),
    "an address": (
        "<https://e│.org/a>",
        [("Redis.md", "[here](https://e.org/a)"), ("start.md", "<https://e.org/a>")],
    ),
    "a name without a note": (
        "[[아직│ 없음]]",
        [("start.md", "[[아직 없음]]"), (DECOMPOSED, "[[아직 없음]]")],
    ),
}


async def test_references(start: Start, client: str) -> None:
    editor = await start(FILES, client=client)
    editor.open("start.md")
    context = types.ReferenceContext(False)
    for what, (marked, wanted) in REFERRED.items():
        document, position = await at(editor, marked)
        found = await editor.client.text_document_references_async(
            types.ReferenceParams(context, document, position)
        )
        assert places(editor, found) == sorted(wanted), what
    editor.open("Harbor.md")
    harbor = str(FILES["Harbor.md"])
    for marked, words_there in (
        (harbor.replace("## Winter", "## Win│ter"), ["[[Harbor#Winter]]"]),
        (harbor.replace("^ice", "^i│ce"), ["[[Harbor#^ice]]"]),
        (harbor.replace("[Port]", "[Po│rt]"), ["[[Port]]"]),
        (harbor.replace("# Harbor", "# Har│bor", 1), [words for _, words in HARBORS]),
    ):
        position = editor.mark("Harbor.md", marked)
        found = await editor.client.text_document_references_async(
            types.ReferenceParams(context, editor.document("Harbor.md"), position)
        )
        there = [words for path, words in places(editor, found) if path != "start.md"]
        assert sorted(there) == sorted(words_there)


SITE: dict[str, str | bytes] = {
    "2023-04-01-winter-harbor.md": "---\ndate: 2023-04-01\n---\n# Winter harbor\n\nIce.\n",
    "2023-05-02-boats.md": "---\ndate: 2023-05-02\n---\n# Boats\n\n"
    "<https://sea.example/2023/04/01/winter-harbor>\n",
    "start.md": TOP,
}


async def test_document_links_and_addresses(start: Start, client: str) -> None:
    editor = await start({**FILES, **SITE}, client=client)
    ours = "<https://sea.example/2023/04/01/winter-harbor>"
    line = (
        f"[[Harbor#Winter]] [[nothing]] ![[picture one.png]] [x](https://e.org/a) {ours} "
        "<https://sea.example/2023/05/02/boats>"
    )
    editor.open("start.md", behind(line))
    found = await editor.client.text_document_document_link_async(
        types.DocumentLinkParams(editor.document("start.md"))
    )
    shown = [
        (editor.covered("start.md", one.range), (one.target or "").rpartition("/")[2])
        for one in found or ()
    ]
    assert shown[:3] == [
        ("[[Harbor#Winter]]", "Harbor.md#L11"),
        ("![[picture one.png]]", "picture%20one.png"),
        ("[x](https://e.org/a)", "a"),
    ]
    position = editor.mark("start.md", behind(line.replace("winter-h", "winter-h│")))
    places_ = await editor.definition(types.DefinitionParams(editor.document("start.md"), position))
    assert [editor.path(one.uri) for one in places_] == ["2023-04-01-winter-harbor.md"]
    referring = await editor.client.text_document_references_async(
        types.ReferenceParams(types.ReferenceContext(False), editor.document("start.md"), position)
    )
    assert places(editor, referring) == [("2023-05-02-boats.md", ours), ("start.md", ours)]


# -- names -----------------------------------------------------------------------------------------


RENAMED = {
    "a heading": (
        "[[Harbor#Win│ter]]",
        "Winter",
        "겨울 😀",
        "[[Harbor#겨울 😀]]",
        "## 겨울 😀\r\n",
    ),
    "a block": ("[[Harbor#^i│ce]]", "ice", "frost", "[[Harbor#^frost]]", "Ice. ^frost\r\n"),
    "a tag": ("#se│a", "sea", "바다", "#바다", "tags: [바다]\r\n"),
}


async def test_rename(start: Start, client: str) -> None:
    editor = await start(FILES, client=client)
    editor.open("start.md")
    ask = editor.client
    for what, (marked, shown, new, here, there) in RENAMED.items():
        document, position = await at(editor, marked)
        ready: Any = await ask.text_document_prepare_rename_async(
            types.PrepareRenameParams(document, position)
        )
        assert (ready.placeholder, editor.covered("start.md", ready.range)) == (shown, shown), what
        edit = await ask.text_document_rename_async(types.RenameParams(document, position, new))
        assert edit is not None
        texts, moves = changed(editor, edit)
        assert moves == {}
        assert texts["start.md"] == behind(here), what
        assert there in texts["Harbor.md"], what
    editor.open("Harbor.md")
    position = editor.mark("Harbor.md", str(FILES["Harbor.md"]).replace("[Po", "[Po│"))
    params = types.RenameParams(editor.document("Harbor.md"), position, "Pier")
    edit = await ask.text_document_rename_async(params)
    assert edit is not None
    texts, _ = changed(editor, edit)
    assert "aliases: [Pier]\r\n" in texts["Harbor.md"] and "[[Pier]]" in texts["2023년 회고.md"]

    # On a link it is the note that the link means, not the one on the screen (markdown-oxide #124),
    # and it stays in its folder (#163).
    document, position = await at(editor, "[[도│커]]")
    renaming = types.RenameParams(document, position, "배")
    if client == "emacs":  # its eglot leaves the renaming of the file out of an edit
        with pytest.raises(JsonRpcException, match="dots mv"):
            await ask.text_document_rename_async(renaming)
    else:
        edit = await ask.text_document_rename_async(renaming)
        assert edit is not None
        texts, moves = changed(editor, edit)
        assert moves == {"공부/도커.md": "공부/배.md"}
        assert texts["start.md"] == behind("[[배]]") and "[[배]]" in texts["2023년 회고.md"]
    document, position = await at(editor, "plain wo│rds")
    for refused in (
        ask.text_document_prepare_rename_async(types.PrepareRenameParams(document, position)),
        ask.text_document_rename_async(types.RenameParams(document, position, "x")),
    ):
        with pytest.raises(JsonRpcException):
            await refused


async def test_files_that_the_editor_renames(start: Start, client: str) -> None:
    editor = await start(FILES, client=client)
    editor.open("start.md", behind("[[Harbor]] [x](공부/도커.md) typed, not saved"))
    ask = editor.client
    for old, new, here, there in (
        ("Harbor.md", "b/부두 😀.md", ("[[Harbor]]", "[[부두 😀]]"), "2023년 회고.md"),
        ("공부", "study", ("(공부/도커.md)", "(study/도커.md)"), None),
    ):
        params = types.RenameFilesParams([types.FileRename(editor.uri(old), editor.uri(new))])
        edit = await ask.workspace_will_rename_files_async(params)
        assert edit is not None
        texts, moves = changed(editor, edit)
        assert moves == {}
        assert texts["start.md"] == editor.texts["start.md"].replace(*here)
        if there is not None:
            assert "[[부두 😀]]" in texts[there]
        editor.type("start.md", texts["start.md"])
        for path in {*texts} - {"start.md"}:
            (editor.root / path).write_bytes(texts[path].encode())
        (editor.root / new).parent.mkdir(exist_ok=True)
        (editor.root / old).rename(editor.root / new)
        ask.workspace_did_rename_files(params)
    assert await editor.findings("start.md") == []


# -- what is wrong, and what can be done -----------------------------------------------------------

WRONG = {
    "[[없다]]": ("unresolved-note", "[[없다]]"),
    "[[Harbor#없다]]": ("unresolved-heading", "[[Harbor#없다]]"),
    "[[Harbor#^none]]": ("unresolved-block", "[[Harbor#^none]]"),
    "[[same]]": ("ambiguous-link", "[[same]]"),
}


async def test_diagnostics(start: Start, client: str) -> None:
    config = '[editor.severity]\nunresolved-heading = "error"\nambiguous-link = "off"\n'
    editor = await start({**FILES, "quiet/dots.toml": "", "start.md": TOP}, client=client)
    editor.open("start.md")
    for written, (code, covered) in WRONG.items():
        editor.type("start.md", behind(written))
        (one,) = await editor.findings("start.md")
        assert (one.code, editor.covered("start.md", one.range), one.severity) == (
            code, covered, types.DiagnosticSeverity.Warning,
        )  # fmt: skip
        editor.type("start.md", behind("[[Harbor]]"))
        assert await editor.findings("start.md") == []
    editor.type("start.md", f"---\r\naliases: [Port]\r\n---\r\n{NASTY}one ^id\r\n\r\ntwo ^id\r\n")
    found = {one.code: one for one in await editor.findings("start.md")}
    assert set(found) == {"duplicate-alias", "duplicate-block"}
    assert editor.covered("start.md", found["duplicate-alias"].range) == "Port"
    editor.type("start.md", f"---\r\ntitle: [{NASTY.strip()}\r\n---\r\ntext\r\n")
    assert [one.code for one in await editor.findings("start.md")] == ["bad-frontmatter"]
    (editor.root / "dots.toml").write_text(config)
    other = await start(editor.root, client=client)
    other.open("start.md", behind("[[Harbor#없다]] [[same]]"))
    (one,) = await other.findings("start.md")
    assert (one.code, one.severity) == ("unresolved-heading", types.DiagnosticSeverity.Error)


async def acts(editor: Editor, marked: str, to: str = "") -> dict[str, types.CodeAction]:
    """The code actions at `│`, up to the end of `to`, by name."""
    document, position = await at(editor, marked)
    end = position
    if to:
        text = editor.texts["start.md"]
        end = editor.at(text, text.index(to) + len(to))
    found = await editor.client.text_document_code_action_async(
        types.CodeActionParams(document, types.Range(position, end), types.CodeActionContext([]))
    )
    return {one.title: one for one in found or () if isinstance(one, types.CodeAction)}


def after(editor: Editor, action: types.CodeAction) -> tuple[dict[str, str], dict[str, str]]:
    """(path → text after an action, path → text of the notes that it makes)."""
    edit = action.edit
    assert edit is not None
    made = [one for one in edit.document_changes or () if isinstance(one, types.CreateFile)]
    new = {editor.path(one.uri): "" for one in made}
    kept = []
    for one in edit.document_changes or ():
        if isinstance(one, types.TextDocumentEdit):
            path = editor.path(one.text_document.uri)
            if path in new:
                assert isinstance(one.edits[0], types.TextEdit)
                new[path] = one.edits[0].new_text
            else:
                kept.append(one)
    return changed(editor, types.WorkspaceEdit(changes=edit.changes, document_changes=kept))[0], new


async def test_code_actions(start: Start, client: str) -> None:
    config = '[new]\ntemplate = "t/new.md"\n'
    files = {**FILES, "dots.toml": config, "t/new.md": "Born: {{title}}\n"}
    editor = await start(files, client=client)
    editor.open("start.md")
    makes_files = client != "emacs"

    found = await acts(editor, "[[Harb│er|x]]")
    assert after(editor, found["Did you mean Harbor?"])[0] == {"start.md": behind("[[Harbor|x]]")}
    assert ("Create Harber.md" in found) == makes_files
    if makes_files:
        assert after(editor, found["Create Harber.md"]) == ({}, {"Harber.md": "Born: Harber\n"})
    found = await acts(editor, "[[Harbor#Wint│r]]")
    assert after(editor, found["Did you mean #Winter?"])[0] == {
        "start.md": behind("[[Harbor#Winter]]")
    }
    found = await acts(editor, "도│커는 도커다. `도커`")
    assert after(editor, found["Link to 공부/도커.md"])[0] == {
        "start.md": behind("[[도커]]는 도커다. `도커`")
    }
    (every,) = [title for title in found if title.startswith("Link all 2 mentions")]
    assert after(editor, found[every])[0] == {"start.md": behind("[[도커]]는 [[도커]]다. `도커`")}
    found = await acts(editor, "│A thought.\r\nMore. 끝", "More.")
    assert ("Extract to A thought.md" in found) == makes_files
    if makes_files:
        assert after(editor, found["Extract to A thought.md"]) == (
            {"start.md": behind("[[A thought]] 끝")},
            {"A thought.md": "A thought.\r\nMore.\r\n"},
        )
    found = await acts(editor, "[[Har│bor|cold]]")
    texts, _ = after(editor, found["Make 'cold' an alias of Harbor"])
    assert "aliases: [Port, cold]\r\n" in texts["Harbor.md"]
    assert after(editor, found["Write as a Markdown link"])[0] == {
        "start.md": behind("[cold](Harbor.md)")
    }
    found = await acts(editor, "[co│ld](Harbor.md)")
    assert after(editor, found["Write as a wikilink"])[0] == {"start.md": behind("[[Harbor|cold]]")}
    found = await acts(editor, "[[Harbor#^boa│ts]]")
    (give,) = [title for title in found if title.endswith("in Harbor.md an id")]
    texts, _ = after(editor, found[give])
    id_ = texts["start.md"].partition("#^")[2].partition("]")[0]
    assert f"Where boats are. ^{id_}\r\n" in texts["Harbor.md"]


# -- beside the text -------------------------------------------------------------------------------

YEARS: dict[str, str | bytes] = {
    "dots.toml": "",
    "2023년 회고.md": f"---\nkind: review\nyear: 2023\n---\n# 2023년 회고\n\n{NASTY}\n\n"
    "## 2024년 목표\n\n- [[하프 마라톤]] 완주하기\n- 러스트 책 완독하기\n",
    "2024년 회고.md": f"---\nkind: review\nyear: 2024\n---\n# 2024년 회고\n\n{NASTY}\n\n"
    "## 2024년 목표 결과\n\n- 하프 마라톤 완주하기: 완료\n- 러스트 책 완독하기: 실패\n\n"
    "## 건강\n\n달리기를 시작했다.\n",
    "2025년 회고.md": "---\r\nkind: review\r\nyear: 2025\r\n---\r\n# 2025년 회고\r\n\r\n"
    f"{NASTY}\r\n\r\n## 건강\r\n\r\n\r\n\r\n## 공부 😀\r\n\r\n{NASTY}Docker networking "
    "took long.\r\n",
    "study/Docker networking.md": "---\ndate: 2025-03-01\nkind: study\n---\n# Docker networking\n\n"
    "Bridge networks.\n",
    "프로젝트/항구.md": "---\nkind: project\ndate: 2025-05-01\n---\n# 항구\n\nA project.\n",
    "202301021530.md": "---\ntitle: A zettel\n---\nText.\n",
    "하프 마라톤.md": "# 하프 마라톤\n\n## 준비\n",
    "start.md": f"# Start\r\n\r\n{NASTY}[[202301021530]] [[하프 마라톤#준비]]\r\n",
}


async def lenses(editor: Editor, path: str) -> list[tuple[str, str]]:
    """(title, the line below it) of a note's lenses."""
    found = await editor.client.text_document_code_lens_async(
        types.CodeLensParams(editor.document(path))
    )
    lines = editor.texts[path].replace("\r\n", "\n").split("\n")
    assert all(one.command and one.command.command.startswith("dots.") for one in found or ())
    return [(one.command.title, lines[one.range.start.line]) for one in found or () if one.command]


async def hints(editor: Editor, path: str) -> list[tuple[str, str]]:
    """(words, what stands before them on their line) of a note's inlay hints."""
    found = await editor.client.text_document_inlay_hint_async(
        types.InlayHintParams(editor.document(path), WHOLE)
    )
    text = editor.texts[path]
    return [
        (str(one.label), text[: editor.offset(text, one.position)].rpartition("\n")[2])
        for one in found or ()
    ]


async def soon(ask: Any, *wanted: str) -> list[tuple[str, str]]:
    """What is said once the background has gathered it."""
    for _ in range(300):
        found: list[tuple[str, str]] = await ask()
        if all(any(word in words for words, _ in found) for word in wanted):
            return found
        await asyncio.sleep(0.1)
    raise AssertionError(found)


async def test_lenses_and_hints(start: Start, client: str) -> None:
    editor = await start(YEARS, client=client)
    editor.open("start.md")
    editor.open("하프 마라톤.md")
    editor.open("2023년 회고.md")
    found = await soon(lambda: lenses(editor, "하프 마라톤.md"), "goal kept")
    assert found == [
        ("2 backlinks · 1 review · goal kept in 2024", "# 하프 마라톤"),
        ("1 backlink", "## 준비"),
    ]
    found = await soon(lambda: lenses(editor, "2023년 회고.md"), "goal dropped")
    assert ("goal kept in 2024", "- [[하프 마라톤]] 완주하기") in found
    assert ("goal dropped in 2024", "- 러스트 책 완독하기") in found
    assert await hints(editor, "start.md") == [("A zettel", f"{NASTY}[[202301021530]]")]


async def test_the_december_companion(start: Start, client: str) -> None:
    editor = await start(YEARS, client=client)
    path = "2025년 회고.md"
    editor.open(path)
    found = await soon(lambda: hints(editor, path), "→", "«")
    assert ("→ Docker networking?", f"{NASTY}Docker networking took long.") in found
    (lens,) = await soon(lambda: lenses(editor, path), "not named yet")
    assert lens == ("1 note of 2025 not named yet", "---")
    rows = await run(editor, "dots.companion", path)
    assert [(row["kind"], row["path"]) for row in rows] == [("project", "프로젝트/항구.md")]
    text = editor.texts[path]
    position = editor.at(text, text.index("networking took"))
    ask = types.CodeActionContext([])
    actions: Any = await editor.client.text_document_code_action_async(
        types.CodeActionParams(editor.document(path), types.Range(position, position), ask)
    )
    (connect,) = [one for one in actions if one.title == "Connect to Docker networking"]
    linked = text.replace("Docker networking", "[[Docker networking]]")
    assert after(editor, connect)[0] == {path: linked}
    position = editor.at(text, text.index("## 건강") + len("## 건강\r\n\r\n"))
    actions = await editor.client.text_document_code_action_async(
        types.CodeActionParams(editor.document(path), types.Range(position, position), ask)
    )
    (name,) = [one for one in actions if one.title == "Name the project: 항구"]
    written = text.replace("## 건강\r\n\r\n\r\n", "## 건강\r\n\r\n- [[항구]]\r\n")
    assert after(editor, name)[0] == {path: written}
    # It is silent elsewhere.
    editor.open("start.md")
    assert {words for words, _ in await hints(editor, "start.md")} == {"A zettel"}
    assert await run(editor, "dots.companion", "start.md") == []


async def test_the_companion_can_be_switched_off(start: Start, client: str) -> None:
    editor = await start(YEARS, client=client, options={"companion": False})
    editor.open("2025년 회고.md")
    editor.open("하프 마라톤.md")
    # The fates of goals are gathered in the same queue, and the last.
    await soon(lambda: lenses(editor, "하프 마라톤.md"), "goal kept")
    assert await hints(editor, "2025년 회고.md") == []
    assert await lenses(editor, "2025년 회고.md") == []


# -- shape -----------------------------------------------------------------------------------------


async def test_symbols_folds_selections_and_tokens(start: Start, client: str) -> None:
    editor = await start(FILES, client=client)
    text = (
        f"# Start 😀\r\n\r\n> [!note] {NASTY}callout\r\n> two\r\n\r\n## {NASTY}Part\r\n\r\n"
        f"{NASTY}word [[없다]] #sea %% aside %% end ^id\r\n"
    )
    editor.open("start.md", text)
    document, ask = editor.document("start.md"), editor.client
    outline: Any = await ask.text_document_document_symbol_async(
        types.DocumentSymbolParams(document)
    )
    (top,) = outline
    assert top.name == "Start 😀" and top.children[0].name.endswith("callout")
    part = top.children[1]
    assert editor.covered("start.md", part.selection_range) == f"{NASTY}Part".strip()
    assert [one.name for one in part.children] == ["^id"]
    folds = await ask.text_document_folding_range_async(types.FoldingRangeParams(document))
    assert {(one.start_line, one.end_line) for one in folds or ()} == {(0, 7), (2, 3), (5, 7)}
    position = editor.at(text, text.index("word") + 2)
    (chosen,) = (
        await ask.text_document_selection_range_async(
            types.SelectionRangeParams(document, [position])
        )
        or []
    )
    assert editor.covered("start.md", chosen.range) == "word"
    assert chosen.parent and editor.covered("start.md", chosen.parent.range).startswith(NASTY)
    tokens = await ask.text_document_semantic_tokens_full_async(
        types.SemanticTokensParams(document)
    )
    assert tokens is not None
    line = column = 0
    covered = []
    for n in range(0, len(tokens.data), 5):
        down, right, length = tokens.data[n : n + 3]
        line, column = line + down, right + (0 if down else column)
        ends = types.Position(line, column), types.Position(line, column + length)
        covered.append(editor.covered("start.md", types.Range(*ends)))
    assert covered == ["[[없다]]", "#sea", "%% aside %%", "^id"]


async def test_the_sections_of_a_review(start: Start, client: str) -> None:
    """Those under headings say what they are about; without headings, bold lines head them."""
    editor = await start(YEARS, client=client)
    top = f"---\r\nkind: review\r\nyear: 2025\r\n---\r\n# 2025년 회고 {NASTY.strip()}\r\n\r\n"
    for heading, name in (("## {}", "2026년 목표 😀"), ("**{}**", "아쉬운 일")):
        said = heading.format(name)
        text = f"{top}{said}\r\n\r\n- {NASTY}하나\r\n- 둘\r\n"
        if "2025년 회고.md" in editor.texts:
            editor.type("2025년 회고.md", text)
        else:
            editor.open("2025년 회고.md", text)
        document = editor.document("2025년 회고.md")
        outline: Any = await editor.client.text_document_document_symbol_async(
            types.DocumentSymbolParams(document)
        )
        (part,) = outline[0].children
        about = "goals" if heading.startswith("#") else "failure"
        assert (part.name, part.detail) == (name, about)
        assert editor.covered("2025년 회고.md", part.range).strip() == text[len(top) :].strip()
        folds = await editor.client.text_document_folding_range_async(
            types.FoldingRangeParams(document)
        )
        assert (6, 9) in {(one.start_line, one.end_line) for one in folds or ()}


async def test_symbols_of_the_vault(start: Start, client: str) -> None:
    editor = await start(FILES, client=client)
    for query, name, path in (
        ("Harbor", "Harbor", "Harbor.md"),
        ("Port", "Port", "Harbor.md"),
        ("winter", "Winter", "Harbor.md"),
        ("#공부", "#공부/파이썬", "2023년 회고.md"),
        ("ㄷㅋ", "도커", "공부/도커.md"),
    ):
        found: Any = await editor.client.workspace_symbol_async(types.WorkspaceSymbolParams(query))
        assert (name, path) in [(one.name, editor.path(one.location.uri)) for one in found], query


async def test_call_hierarchy(start: Start, client: str) -> None:
    editor = await start(FILES, client=client)
    editor.open("start.md", behind("[[Harbor]] [[도커]] [[없다]]"))
    (item,) = (
        await editor.client.text_document_prepare_call_hierarchy_async(
            types.CallHierarchyPrepareParams(editor.document("start.md"), types.Position(0, 0))
        )
        or ()
    )
    calls: Any = await editor.client.call_hierarchy_outgoing_calls_async(
        types.CallHierarchyOutgoingCallsParams(item)
    )
    harbor, docker = (call.to for call in calls)
    assert (harbor.name, docker.detail) == ("Harbor", "공부/도커.md")
    calls = await editor.client.call_hierarchy_incoming_calls_async(
        types.CallHierarchyIncomingCallsParams(harbor)
    )
    spots = {
        editor.path(call.from_.uri): [
            editor.covered(editor.path(call.from_.uri), one) for one in call.from_ranges
        ]
        for call in calls
    }
    assert spots == {
        "2023년 회고.md": ["[[Harbor]]", "[[Port]]"],
        DECOMPOSED: ["[[Harbor#^ice]]"],
        "공부/도커.md": ["[[Harbor#Winter]]"],
        "start.md": ["[[Harbor]]"],
    }


# -- commands --------------------------------------------------------------------------------------

COMMANDS: dict[str, tuple[list[Any], Any]] = {
    "dots.index": ([""], lambda found: found["notes"] == 9),
    "dots.list": (["Harbor.md", {"what": "backlinks"}], lambda found: len(found) == 4),
    "dots.search": (["", {"query": "컨테이너"}], lambda found: found[0]["path"] == "공부/도커.md"),
    "dots.related": (["Harbor.md", {"limit": 3}], lambda found: len(found) <= 3),
    "dots.connect": (["2023년 회고.md"], lambda found: isinstance(found, list)),
    "dots.review": (["2023년 회고.md"], lambda found: found["year"] == 2023),
    "dots.goals": (["", {"year": 2023}], lambda found: found == []),
    "dots.graph": ([""], lambda found: {"nodes", "edges"} <= set(found)),
    "dots.link": (
        ["start.md", {"target": "도커", "words": "x"}],
        lambda found: found == {"text": "[[도커|x]]", "target": "공부/도커.md"},
    ),
    "dots.tags": ([""], lambda found: {"tag": "sea", "notes": 1} in found),
    "dots.proposals": ([""], lambda found: found == []),
    "dots.companion": (["2023년 회고.md"], lambda found: found == []),
}


async def test_commands(start: Start, client: str) -> None:
    editor = await start(FILES, client=client)
    advertised = set(editor.commands)
    assert advertised == {*COMMANDS, "dots.new", "dots.accept"}
    for name, (arguments, is_right) in COMMANDS.items():
        assert is_right(await run(editor, name, *arguments)), name
    # A note is named by its path or by its address.
    by_uri = await run(editor, "dots.list", editor.uri("Harbor.md"), {"what": "backlinks"})
    assert len(by_uri) == 4
    asked = taking_edits(editor)
    if client == "emacs":
        with pytest.raises(JsonRpcException, match="dots new"):
            await run(editor, "dots.new", "", {"title": "도커 2"})
    else:
        assert await run(editor, "dots.new", "", {"title": "도커 2"}) == {"path": "도커 2.md"}
        (edit,) = asked
        assert any(isinstance(one, types.CreateFile) for one in edit.document_changes or ())
    for name in advertised:
        with pytest.raises(JsonRpcException):
            await run(editor, name, str(Path(editor.root).parent / "x.md"), {})
        with pytest.raises(JsonRpcException):
            await run(editor, name, "start.md", "no object")
