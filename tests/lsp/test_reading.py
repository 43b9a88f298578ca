"""Completion, hover, definition, references and findings, as each editor asks for them."""

from __future__ import annotations

import asyncio
from unicodedata import normalize

import pytest
from lsprotocol import types

from tests.disk import write
from tests.lsp.conftest import Start
from vaultdots.lsp.references import MANY

pytestmark = pytest.mark.asyncio

FILES: dict[str, str | bytes] = {
    "Harbor.md": "---\naliases: [Port]\ntags: [sea]\n---\n# Harbor\n\nWhere boats are.\n\n"
    "## Winter\n\nIce. ^ice\n\n## 여름 휴가\n\nSun.\n",
    "회고/2023년 회고.md": "# 2023년 회고\n\n[[Harbor]] #공부/파이썬\n\n"
    "## 잘한 일\n\n[[도커|컨테이너]]\n",
    "공부/도커.md": "---\ntitle: Docker 입문\ndate: 2023-04-01\n---\n"
    "컨테이너 이야기. [[Harbor#Winter]]\n",
    "a/same.md": "one\n",
    "b/same.md": "two\n",
    "picture one.png": "x",
    "start.md": "# Start\n",
}
NASTY = "가족 👨‍👩‍👧‍👦 e\u0301 \u2028\u0085 😀 "
"""A family emoji, a combining mark, signs at which `str.splitlines` breaks, a wide character."""


@pytest.mark.parametrize(
    ("client", "encoding"),
    [
        ("vscode", "utf-16"),
        pytest.param("neovim", "utf-8", marks=pytest.mark.slow),
        pytest.param("emacs", "utf-32", marks=pytest.mark.slow),
    ],
)
async def test_places_after_wide_signs(start: Start, client: str, encoding: str) -> None:
    """IWE panicked after an emoji; markdown-oxide counts columns in code points only."""
    editor = await start(FILES, client=client, encoding=encoding)
    text = f"줄 하나\r\n{NASTY}[[Harbor#Winter|겨울]] 끝\r\n[[없는 노트]]\r\n"
    editor.open("start.md", text)
    position = editor.at(text, text.index("Winter"))
    params = types.DefinitionParams(editor.document("start.md"), position)
    (found,) = await editor.definition(params)
    assert isinstance(found, types.Location)
    assert editor.path(found.uri) == "Harbor.md"
    assert editor.covered("Harbor.md", found.range) == "Winter"
    hover = await editor.client.text_document_hover_async(
        types.HoverParams(editor.document("start.md"), position)
    )
    assert hover is not None and hover.range is not None
    assert editor.covered("start.md", hover.range) == "[[Harbor#Winter|겨울]]"
    assert isinstance(hover.contents, types.MarkupContent) and "Ice." in hover.contents.value
    (wrong,) = [one for one in await editor.findings("start.md") if one.code == "unresolved-note"]
    assert editor.covered("start.md", wrong.range) == "[[없는 노트]]"
    changed = text.replace("끝", "끝 [[같은")
    assert await editor.accept("start.md", changed.replace("[[같은", "[[har│"), "Harbor")


@pytest.mark.slow
@pytest.mark.parametrize("bom", ["", "\ufeff"])
async def test_typing_reaches_the_same_text(start: Start, bom: str) -> None:
    editor = await start(FILES)
    editor.open("start.md", bom + "# Start\n")
    for text in (
        "# 😀\n[[Harbor]]\n",
        "# 😀 x\r\n\u2028[[Harbor]]\n",
        "[[Harbor]]",
        "\n\n[[Harbor]]",
    ):
        editor.type("start.md", bom + text)
        position = editor.at(bom + text, len(bom) + text.index("Harbor"))
        (found,) = await editor.definition(
            types.DefinitionParams(editor.document("start.md"), position)
        )
        assert editor.path(found.uri) == "Harbor.md"


CASES = (
    ("see [[har│", "Harbor", "see [[Harbor]]"),
    ("see [[har│]]", "Harbor", "see [[Harbor]]"),
    ("see [[por│]] end", "Port", "see [[Harbor|Port]] end"),
    ("[[도│", "도커", "[[도커]]"),
    ("[[도ㅋ│", "도커", "[[도커]]"),
    ("[[돜│]]", "도커", "[[도커]]"),
    ("[[ㄷㅋ│", "도커", "[[도커]]"),
    ("[[ehzj│", "도커", "[[도커]]"),
    ("[[Docker│", "도커", "[[도커]]"),
    ("[[도커│", "Docker 입문", "[[도커|Docker 입문]]"),
    ("[[2023│", "2023년 회고", "[[2023년 회고]]"),
    ("[[Harbor#win│", "Winter", "[[Harbor#Winter]]"),
    ("[[Harbor#여│]]", "여름 휴가", "[[Harbor#여름 휴가]]"),
    ("[[Harbor#^│]]", "^ice", "[[Harbor#^ice]]"),
    ("![[pic│", "picture one.png", "![[picture one.png]]"),
    ("![x](pic│)", "picture one.png", "![x](picture%20one.png)"),
    ("[x](Har│)", "Harbor", "[x](Harbor.md)"),
    ("#공│", "공부/파이썬", "#공부/파이썬"),
    ("a #se│", "sea", "a #sea"),
)


async def test_completion(start: Start) -> None:
    editor = await start(FILES)
    editor.open("start.md", "\n# Start\n")
    for marked, label, line in CASES:
        text = await editor.accept("start.md", f"{marked}\n# Start\n", label)
        assert text.split("\n")[0] == line


async def test_twins_are_offered_by_their_paths(start: Start) -> None:
    editor = await start(FILES)
    items = await editor.complete("start.md", "[[same│")
    assert {item.text_edit.new_text for item in items if item.text_edit} == {
        "a/same|same]]",
        "b/same|same]]",
    }


async def test_completion_is_not_dropped_by_an_editor_that_filters(start: Start) -> None:
    """obsidian.nvim #808: completion dies on Hangul, since the editor filters by what it knows."""
    editor = await start(FILES)
    for typed in ("도ㅋ", "돜", "ㄷㅋ", "ehzj"):
        items = await editor.complete("start.md", f"[[{typed}│")
        assert [item.label for item in items][:1] == ["도커"]
        assert all(item.filter_text == typed for item in items)


async def test_completion_says_what_a_note_is(start: Start) -> None:
    editor = await start(FILES)
    item, *_ = await editor.complete("start.md", "[[도커│")
    item = await editor.client.completion_item_resolve_async(item)
    assert isinstance(item.documentation, types.MarkupContent)
    assert "컨테이너 이야기" in item.documentation.value
    assert "2023" in item.documentation.value


async def test_nothing_is_completed_in_code(start: Start) -> None:
    editor = await start(FILES)
    for marked in ("```\n[[har│\n```\n", "`[[har│`", "plain har│", "# │"):
        assert await editor.complete("start.md", marked) == []


async def test_a_block_without_an_id_gets_one(start: Start) -> None:
    editor = await start(FILES)
    marked = "# Start\n\nThe first thought.\n\nand [[#^fir│]]\n"
    text = await editor.accept("start.md", marked, "The first thought.")
    lines = text.split("\n")
    id_ = lines[2].rpartition(" ^")[2]
    assert len(id_) == 6
    assert lines[4] == f"and [[#^{id_}]]"


@pytest.mark.slow
async def test_properties(start: Start) -> None:
    editor = await start(FILES)
    assert (await editor.accept("start.md", "---\nal│\n---\n", "aliases")).startswith(
        "---\naliases: \n"
    )
    assert "tags: [sea" in await editor.accept("start.md", "---\ntags: [s│\n---\n", "sea")
    assert "- sea" in await editor.accept("start.md", "---\ntags:\n  - s│\n---\n", "sea")


async def test_unsaved_text_counts_and_goes_with_its_window(start: Start) -> None:
    editor = await start(FILES)
    editor.open("Harbor.md")
    editor.type("Harbor.md", "# Harbor\n\n## Spring\n")
    items = await editor.complete("start.md", "[[Harbor#│")
    assert [item.label for item in items] == ["Harbor", "Spring"]
    editor.close("Harbor.md")
    items = await editor.complete("start.md", "[[Harbor#│")
    assert "Spring" not in [item.label for item in items]
    assert (editor.root / "start.md").read_text() == "# Start\n"


@pytest.mark.parametrize("client", ["vscode", "neovim", "emacs"])
async def test_findings_go_when_they_are_mended(start: Start, client: str) -> None:
    editor = await start(FILES, client=client)
    editor.open("start.md", "[[Harber]]\n")
    found = await editor.findings("start.md")
    assert [(one.code, one.severity) for one in found] == [
        ("unresolved-note", types.DiagnosticSeverity.Warning)
    ]
    editor.type("start.md", "[[Harbor]]\n")
    assert await editor.findings("start.md") == []


async def test_findings_have_the_severity_of_the_vault(start: Start) -> None:
    config = '[editor.severity]\nunresolved-note = "hint"\nunresolved-heading = "off"\n'
    editor = await start({**FILES, "dots.toml": config})
    editor.open("start.md", "[[Nowhere]] [[Harbor#Nothing]]\n")
    found = await editor.findings("start.md")
    assert [one.severity for one in found] == [types.DiagnosticSeverity.Hint]


async def test_a_broken_link_says_the_nearest_names(start: Start) -> None:
    editor = await start(FILES)
    position = editor.mark("start.md", "[[Harb│er]]\n")
    hover = await editor.client.text_document_hover_async(
        types.HoverParams(editor.document("start.md"), position)
    )
    assert hover is not None and isinstance(hover.contents, types.MarkupContent)
    assert "`Harbor`" in hover.contents.value


async def test_references(start: Start) -> None:
    editor = await start(FILES)

    async def who(path: str, marked: str) -> list[tuple[str, str]]:
        position = editor.mark(path, marked)
        found = await editor.client.text_document_references_async(
            types.ReferenceParams(types.ReferenceContext(False), editor.document(path), position)
        )
        return sorted(
            (editor.path(one.uri), editor.covered(editor.path(one.uri), one.range))
            for one in found or ()
        )

    assert await who("start.md", "[[Har│bor]]\n") == [
        ("start.md", "[[Harbor]]"),
        ("공부/도커.md", "[[Harbor#Winter]]"),
        ("회고/2023년 회고.md", "[[Harbor]]"),
    ]
    assert await who("start.md", "#공부│\n") == [
        ("start.md", "#공부"),
        ("회고/2023년 회고.md", "#공부/파이썬"),
    ]
    editor.open("Harbor.md")
    harbor = editor.texts["Harbor.md"]
    assert await who("Harbor.md", harbor.replace("## Winter", "## Win│ter")) == [
        ("공부/도커.md", "[[Harbor#Winter]]")
    ]


@pytest.mark.slow
async def test_a_link_that_may_mean_several(start: Start) -> None:
    editor = await start(FILES)
    position = editor.mark("start.md", "[[sa│me]]\n")
    found = await editor.definition(types.DefinitionParams(editor.document("start.md"), position))
    assert [editor.path(one.uri) for one in found or ()] == ["a/same.md", "b/same.md"]


@pytest.mark.slow
async def test_document_links(start: Start) -> None:
    editor = await start(FILES)
    editor.open(
        "start.md", "[[Harbor#Winter]] [x](https://e.org/a) [[nothing]] ![[picture one.png]]\n"
    )
    found = await editor.client.text_document_document_link_async(
        types.DocumentLinkParams(editor.document("start.md"))
    )
    targets = [one.target or "" for one in found or ()]
    assert [t.rpartition("/")[2] for t in targets] == [
        "Harbor.md#L9",
        "a",
        "picture%20one.png",
    ]


@pytest.mark.slow
async def test_names_as_macos_writes_them(start: Start) -> None:
    """A file whose name is decomposed on disk is found, and its address is the one on disk."""
    name = normalize("NFD", "강의.md")
    editor = await start({**FILES, name: "# 강의\n"})
    position = editor.mark("start.md", "[[강│의]]\n")
    (found,) = await editor.definition(
        types.DefinitionParams(editor.document("start.md"), position)
    )
    assert found.uri == editor.uri(name)


@pytest.mark.slow
@pytest.mark.parametrize("client", ["neovim", "vscode"])
async def test_files_that_others_change(start: Start, client: str) -> None:
    """VS Code tells of them; Neovim on Linux does not, and the server looks itself."""
    editor = await start(FILES, client=client)
    await asyncio.sleep(0.5)
    write(editor.root, {"Fresh note.md": "# Fresh note\n"})
    if client == "vscode":
        event = types.FileEvent(editor.uri("Fresh note.md"), types.FileChangeType.Created)
        editor.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))
    for _ in range(100):
        if await editor.complete("start.md", "[[Fresh│"):
            return
        await asyncio.sleep(0.1)
    raise AssertionError("the new note was never noticed")


@pytest.mark.slow
async def test_two_folders(start: Start) -> None:
    editor = await start(FILES)
    other = write(editor.root.parent / "w", {"Other.md": "# Other\n", "start.md": "[[Other]]\n"})
    folder = types.WorkspaceFolder(other.as_uri(), "w")
    editor.client.workspace_did_change_workspace_folders(
        types.DidChangeWorkspaceFoldersParams(types.WorkspaceFoldersChangeEvent([folder], []))
    )
    item = types.TextDocumentItem((other / "start.md").as_uri(), "markdown", 0, "[[Other]]\n")
    editor.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
    found = await editor.definition(
        types.DefinitionParams(types.TextDocumentIdentifier(item.uri), types.Position(0, 4))
    )
    assert [one.uri for one in found or ()] == [(other / "Other.md").as_uri()]
    assert [item.label for item in await editor.complete("start.md", "[[Oth│")] == []


@pytest.mark.slow
async def test_a_folder_that_comes_later_is_watched_and_one_that_goes_is_forgotten(
    start: Start,
) -> None:
    """Its notes that are on the screen already count, and what other programs write there."""
    editor = await start(FILES, client="neovim")
    other = write(editor.root.parent / "w", {"Other.md": "# Other\n", "start.md": "x\n"})
    item = types.TextDocumentItem((other / "start.md").as_uri(), "markdown", 0, "# x\n\n[[Oth")
    editor.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
    folder = types.WorkspaceFolder(other.as_uri(), "w")
    params = types.CompletionParams(types.TextDocumentIdentifier(item.uri), types.Position(2, 5))

    def change(*, added: bool) -> None:
        event = types.WorkspaceFoldersChangeEvent(
            [folder] if added else [], [] if added else [folder]
        )
        editor.client.workspace_did_change_workspace_folders(
            types.DidChangeWorkspaceFoldersParams(event)
        )

    async def labels() -> list[str]:
        found = await editor.client.text_document_completion_async(params)
        return [one.label for one in found.items] if isinstance(found, types.CompletionList) else []

    assert await labels() == []
    change(added=True)
    assert await labels() == ["Other"]
    write(other, {"Other one.md": "# Other one\n"})
    for _ in range(100):
        if len(await labels()) == 2:
            break
        await asyncio.sleep(0.1)
    assert sorted(await labels()) == ["Other", "Other one"]
    change(added=False)
    assert await labels() == []
    change(added=True)
    assert sorted(await labels()) == ["Other", "Other one"]


@pytest.mark.slow
async def test_a_document_outside_of_the_vault(start: Start) -> None:
    editor = await start(FILES)
    item = types.TextDocumentItem("untitled:Untitled-1", "markdown", 0, "[[Harbor]]")
    editor.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
    found = await editor.client.text_document_hover_async(
        types.HoverParams(types.TextDocumentIdentifier(item.uri), types.Position(0, 4))
    )
    assert found is None


@pytest.mark.slow
@pytest.mark.parametrize("declaration", [False, True])
async def test_references_of_a_note_that_very_many_name(start: Start, declaration: bool) -> None:
    """Theirs are made into JSON once; an open note's are those on the screen."""
    many = {f"n/{n:03} 노트.md": f"😀 {n} [[Hub]] and [[Hub|h]]\n" for n in range(MANY // 2 + 10)}
    editor = await start({**many, "Hub.md": "# Hub\n\n[[Hub]]\n", "start.md": "[[Hub]]\n"})
    params = types.ReferenceParams(
        types.ReferenceContext(declaration), editor.document("Hub.md"), types.Position(0, 2)
    )
    wanted = {(path, words) for path in many for words in ("[[Hub]]", "[[Hub|h]]")}
    wanted |= {("start.md", "[[Hub]]"), ("Hub.md", "[[Hub]]")}
    wanted |= {("Hub.md", "")} if declaration else set()
    for opened in (None, "\n\ntyped 😀 [[Hub]] [[Hub#x]]\n", "nothing\n"):
        if opened is not None:
            editor.mark("start.md", "│" + opened)
            wanted -= {("start.md", "[[Hub]]"), ("start.md", "[[Hub#x]]")}
            links = ("[[Hub]]", "[[Hub#x]]") if "Hub" in opened else ()
            wanted |= {("start.md", words) for words in links}
        found = await editor.client.text_document_references_async(params)
        assert {
            (editor.path(one.uri), editor.covered(editor.path(one.uri), one.range))
            for one in found or ()
        } == wanted
        assert len(found or ()) == len(wanted)
