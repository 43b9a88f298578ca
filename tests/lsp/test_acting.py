"""Code actions, lenses, hints, commands and the December companion."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException

from tests.lsp.conftest import Editor, Start

pytestmark = [pytest.mark.asyncio, pytest.mark.slow]

FILES = {
    "Harbor.md": "# Harbor\n\n## Winter\n\nIce.\n",
    "202301021530.md": "---\ntitle: A zettel\n---\nText.\n",
    "도커.md": "# 도커\n\nContainers.\n",
    "start.md": "# Start\n",
    "2023년 회고.md": "# 2023년 회고\n\n[[Harbor]]\n",
}


async def actions(editor: Editor, path: str, marked: str, end: str = "") -> dict[str, Any]:
    position = editor.mark(path, marked)
    stop = position
    if end:
        text = editor.texts[path]
        stop = editor.at(text, text.index(end) + len(end))
    found = await editor.client.text_document_code_action_async(
        types.CodeActionParams(
            editor.document(path), types.Range(position, stop), types.CodeActionContext([])
        )
    )
    return {one.title: one for one in found or () if isinstance(one, types.CodeAction)}


def done(editor: Editor, action: types.CodeAction) -> tuple[dict[str, str], list[str]]:
    """(path → text, files made) after an action."""
    texts: dict[str, str] = {}
    made: list[str] = []
    assert action.edit is not None
    for change in action.edit.document_changes or ():
        if isinstance(change, types.CreateFile):
            made.append(editor.path(change.uri))
        elif isinstance(change, types.TextDocumentEdit):
            path = editor.path(change.text_document.uri)
            edits = [one for one in change.edits if isinstance(one, types.TextEdit)]
            texts[path] = edits[0].new_text if path in made else editor.applied(path, edits)
    return texts, made


async def test_a_link_that_leads_nowhere(start: Start) -> None:
    editor = await start(FILES)
    found = await actions(editor, "start.md", "😀 [[Harb│er#Winter|w]]\n")
    texts, made = done(editor, found["Create Harber.md"])
    assert made == ["Harber.md"] and texts["Harber.md"].startswith("---\ndate: ")
    texts, made = done(editor, found["Did you mean Harbor?"])
    assert (texts, made) == ({"start.md": "😀 [[Harbor#Winter|w]]\n"}, [])
    found = await actions(editor, "start.md", "[[Harbor#Win│tr]]\n")
    assert done(editor, found["Did you mean #Winter?"])[0] == {"start.md": "[[Harbor#Winter]]\n"}


async def test_links_are_rewritten(start: Start) -> None:
    editor = await start(FILES)
    found = await actions(editor, "start.md", "[[Har│bor#Winter|cold]]\n")
    texts, _ = done(editor, found["Write as a Markdown link"])
    assert texts == {"start.md": "[cold](Harbor.md#Winter)\n"}
    found = await actions(editor, "start.md", "[co│ld](Harbor.md)\n")
    assert done(editor, found["Write as a wikilink"])[0] == {"start.md": "[[Harbor|cold]]\n"}
    texts, _ = done(editor, found["Make 'cold' an alias of Harbor"])
    assert texts["Harbor.md"] == "---\naliases: [cold]\n---\n" + FILES["Harbor.md"]


async def test_a_rewritten_link_shows_the_words_that_it_showed(start: Start) -> None:
    files = {
        "Harbor map.md": "---\naliases: [Port]\n---\n# Harbor map\n\n## Step 1: go\n\n## a) b\n",
        "start.md": "# Start\n",
    }
    editor = await start(files)
    for before, after in (
        ("[[Po│rt]]", "[Port](Harbor%20map.md)"),
        ("[[harbor│ map]]", "[harbor map](Harbor%20map.md)"),
        ("[[Port#a│) b]]", "[Port](Harbor%20map.md#a%29%20b)"),
    ):
        found = await actions(editor, "start.md", f"{before}\n")
        texts, _ = done(editor, found["Write as a Markdown link"])
        assert texts == {"start.md": f"{after}\n"}
    for before, after in (
        ("[x](Harbor%20m│ap.md#step-1-go)", "[[Harbor map#Step 1: go|x]]"),
        ("[x](Harbor%20m│ap.md#harbor-map#step-1-go)", "[[Harbor map#Harbor map#Step 1: go|x]]"),
        ("[x](Harbor%20m│ap.md#Step%201:%20go)", "[[Harbor map#Step 1: go|x]]"),
        ("[x](Harbor%20m│ap.md#no%20such)", "[[Harbor map#no such|x]]"),
    ):
        found = await actions(editor, "start.md", f"{before}\n")
        texts, _ = done(editor, found["Write as a wikilink"])
        assert texts == {"start.md": f"{after}\n"}


async def test_names_become_links(start: Start) -> None:
    editor = await start(FILES)
    text = "# Start\n\n도│커를 썼다. `도커` 그리고 도커는 [[도커]].\n"
    found = await actions(editor, "start.md", text)
    texts, _ = done(editor, found["Link to 도커.md"])
    assert texts == {"start.md": "# Start\n\n[[도커]]를 썼다. `도커` 그리고 도커는 [[도커]].\n"}
    texts, _ = done(editor, found["Link all 2 mentions of 도커 to 도커.md"])
    assert texts == {"start.md": "# Start\n\n[[도커]]를 썼다. `도커` 그리고 [[도커]]는 [[도커]].\n"}


async def test_a_selection_becomes_a_note(start: Start) -> None:
    editor = await start(FILES)
    found = await actions(editor, "start.md", "# Start\n\n│A thought.\nMore.\n\nEnd.\n", "More.")
    texts, made = done(editor, found["Extract to A thought.md"])
    assert made == ["A thought.md"]
    assert texts == {
        "A thought.md": "A thought.\nMore.\n",
        "start.md": "# Start\n\n[[A thought]]\n\nEnd.\n",
    }


async def test_lenses_and_hints(start: Start) -> None:
    editor = await start(FILES)
    editor.open("Harbor.md")
    editor.open("start.md", "[[202301021530]] [[Harbor#Winter]]\n")
    found = await editor.client.text_document_code_lens_async(
        types.CodeLensParams(editor.document("Harbor.md"))
    )
    titles = [lens.command.title for lens in found or () if lens.command]
    assert titles == ["2 backlinks · 1 review", "1 backlink"]
    hints = await editor.client.text_document_inlay_hint_async(
        types.InlayHintParams(
            editor.document("start.md"),
            types.Range(types.Position(0, 0), types.Position(1, 0)),
        )
    )
    assert [(hint.label, hint.position.character) for hint in hints or ()] == [("A zettel", 16)]


async def lenses(editor: Editor, path: str) -> list[tuple[str, int]]:
    found = await editor.client.text_document_code_lens_async(
        types.CodeLensParams(editor.document(path))
    )
    return [(lens.command.title, lens.range.start.line) for lens in found or () if lens.command]


GOALS = {
    "2023년 회고.md": "---\nkind: review\nyear: 2023\n---\n# 2023년 회고\n\n## 2024년 목표\n\n"
    "- [[하프 마라톤]] 완주하기\n- 러스트 책 완독하기\n",
    "2024년 회고.md": "---\nkind: review\nyear: 2024\n---\n# 2024년 회고\n\n## 2024년 목표 결과\n\n"
    "- 하프 마라톤 완주하기: 완료\n- 러스트 책 완독하기: 실패\n",
    "하프 마라톤.md": "# 하프 마라톤\n",
    "start.md": "# Start\n\n[[하프 마라톤]]\n",
}


async def test_lenses_say_what_became_of_a_goal(start: Start) -> None:
    editor = await start(GOALS)
    editor.open("하프 마라톤.md")
    review = GOALS["2023년 회고.md"]
    editor.open("2023년 회고.md", review.replace("## 2024", "😀\n\n## 2024"))
    for _ in range(200):
        if len(told := await lenses(editor, "2023년 회고.md")) > 1:
            break
        await asyncio.sleep(0.1)
    # Each stands on its goal's line as the text is now, two lines lower than on disk.
    assert told == [("goal kept in 2024", 10), ("goal dropped in 2024", 11)]
    assert await lenses(editor, "하프 마라톤.md") == [
        ("2 backlinks · 1 review · goal kept in 2024", 0)
    ]
    assert await lenses(editor, "start.md") == []


@pytest.mark.parametrize(
    "said", [{"locale": "ko"}, {"locale": None, "LC_ALL": "ko_KR.UTF-8"}], ids=["editor", "person"]
)
async def test_what_is_shown_is_korean_where_the_language_is(
    start: Start, said: dict[str, Any]
) -> None:
    editor = await start(FILES, **said)
    editor.open("Harbor.md")
    assert await lenses(editor, "Harbor.md") == [("백링크 1개 · 회고 1개", 0)]
    found = await actions(editor, "start.md", "[[Harb│er]]\n")
    assert set(found) == {"Harber.md 만들기", "Harbor을(를) 뜻했나요?"}
    hover: Any = await editor.client.text_document_hover_async(
        types.HoverParams(editor.document("start.md"), types.Position(0, 3))
    )
    assert hover.contents.value == "**Harber**(이)라는 노트가 없습니다.\n\n가까운 이름: `Harbor`"
    (finding,) = await editor.findings("start.md")
    assert finding.message == "볼트에 없는 파일입니다: [[Harber]]"
    position = editor.mark("start.md", "[[2023년 │회고]]\n")
    hover = await editor.client.text_document_hover_async(
        types.HoverParams(editor.document("start.md"), position)
    )
    assert "회고 · 2023 · `2023년 회고.md` · 백링크 1개" in hover.contents.value


async def test_a_block_elsewhere_gets_an_id(start: Start) -> None:
    editor = await start(FILES)
    found = await actions(editor, "start.md", "see [[도커#^conta│iners]]\n")
    texts, made = done(editor, found["Give 'Containers.' in 도커.md an id"])
    id_ = texts["start.md"].partition("#")[2].partition("]")[0]
    assert texts == {
        "start.md": f"see [[도커#{id_}]]\n",
        "도커.md": f"# 도커\n\nContainers. {id_}\n",
    }
    assert made == [] and len(id_) == 7


async def test_commands(start: Start) -> None:
    editor = await start(FILES)

    async def run(name: str, *arguments: Any) -> Any:
        return await editor.client.workspace_execute_command_async(
            types.ExecuteCommandParams(name, list(arguments))
        )

    assert [
        one["source"] for one in await run("dots.list", "Harbor.md", {"what": "backlinks"})
    ] == ["2023년 회고.md"]
    hits = await run("dots.search", "", {"query": "containers"})
    assert [hit["path"] for hit in hits] == ["도커.md"]
    assert (await run("dots.link", "start.md", {"target": "도커"}))["text"] == "[[도커]]"
    assert (await run("dots.index", ""))["notes"] == 5
    assert await run("dots.tags", "") == []
    assert (await run("dots.review", "2023년 회고.md"))["year"] == 2023
    assert await run("dots.goals", "", {"year": 2023}) == []
    assert {node["id"] for node in (await run("dots.graph", ""))["nodes"]} >= {"Harbor.md"}
    assert isinstance(await run("dots.related", "Harbor.md"), list)
    assert isinstance(await run("dots.connect", "2023년 회고.md"), list)
    for name, arguments in (
        ("dots.list", ["Harbor.md", {"what": "nonsense"}]),
        ("dots.search", ["../../etc/passwd", {"query": "x"}]),
        ("dots.list", ["no such.md", {"what": "links"}]),
        ("dots.review", ["start.md"]),
        ("dots.nothing", []),
        ("dots.tags", [1, 2, 3]),
    ):
        with pytest.raises(JsonRpcException):
            await run(name, *arguments)


REVIEWS = {
    "2023년 회고.md": "---\nkind: review\nyear: 2023\n---\n# 2023년 회고\n\n## 건강\n\n"
    "달리기를 시작했다.\n\n## 2024년 목표\n\n- 하프 마라톤 완주하기\n- 러스트 책 완독하기\n",
    "프로젝트/항구.md": "---\nkind: project\ndate: 2024-05-01\n---\n# 항구\n\nA project.\n",
    "2024년 회고.md": "---\nkind: review\nyear: 2024\n---\n# 2024년 회고\n\n## 건강\n\n\n",
    "start.md": "# Start\n",
}


async def test_the_december_companion(start: Start) -> None:
    editor = await start(REVIEWS)
    editor.open("2024년 회고.md")
    whole = types.Range(types.Position(0, 0), types.Position(99, 0))
    for _ in range(200):
        hints = await editor.client.text_document_inlay_hint_async(
            types.InlayHintParams(editor.document("2024년 회고.md"), whole)
        )
        if hints:
            break
        await asyncio.sleep(0.1)
    assert [hint.label for hint in hints or ()] == ["« 달리기를 시작했다. »"]
    text = editor.texts["2024년 회고.md"]
    found = await actions(editor, "2024년 회고.md", text.replace("## 건강\n", "## 건강\n│"))
    texts, _ = done(editor, found["Answer the goal: 하프 마라톤 완주하기"])
    assert "\n- [ ] 하프 마라톤 완주하기\n" in texts["2024년 회고.md"]
    texts, _ = done(editor, found["Name the project: 항구"])
    assert "\n- [[항구]]\n" in texts["2024년 회고.md"]


async def test_the_companion_is_silent_elsewhere_and_when_told(start: Start) -> None:
    editor = await start(REVIEWS, options={"companion": False})
    editor.open("2024년 회고.md")
    editor.open("start.md")
    await asyncio.sleep(2.5)
    whole = types.Range(types.Position(0, 0), types.Position(99, 0))
    for path in ("2024년 회고.md", "start.md"):
        hints = await editor.client.text_document_inlay_hint_async(
            types.InlayHintParams(editor.document(path), whole)
        )
        assert not hints


async def test_a_korean_editor_is_answered_in_korean(start: Start) -> None:
    """What is said beside names, and why something is not done."""
    editor = await start({**FILES, "start.md": "[[없는 것]] #태그\n"}, locale="ko")
    (missing,) = await editor.complete("도커.md", "[[없는│")
    assert missing.detail == "아직 없는 노트"
    (tag,) = await editor.complete("도커.md", "#태│")
    assert tag.detail == "노트 1개"
    position = editor.mark("start.md", "그냥 │글\n")
    with pytest.raises(JsonRpcException, match="이름을 바꿀 것이 없습니다"):
        await editor.client.text_document_rename_async(
            types.RenameParams(
                text_document=editor.document("start.md"), position=position, new_name="x"
            )
        )
    position = editor.mark("start.md", "[[Har│bor]]\n")
    with pytest.raises(JsonRpcException, match="있습니다"):
        await editor.client.text_document_rename_async(
            types.RenameParams(
                text_document=editor.document("start.md"), position=position, new_name="도커"
            )
        )
