"""The picker, driven through a real (piped) terminal input."""

from __future__ import annotations

import sys
from pathlib import Path
from unicodedata import normalize

import pytest
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from vaultdots.cli.picker import Choice, Found, Picker, pick
from vaultdots.cli.preview import rendered
from vaultdots.cli.table import width
from vaultdots.errors import QueryError
from vaultdots.vault import Vault

NOTES = {
    "회고.md": "# 회고\n\n올해를 돌아본다.\n",
    "도커.md": "# 도커\n\n\x1b[31m컨테이너\n",
}


def ask(query: str) -> Found:
    if query.count('"') % 2:
        raise QueryError("this quotation is never closed", query=query)
    return Found(
        [Choice(path, 3, path, "올해를", [(0, 2)]) for path in NOTES if query[0] in path], "said"
    )


def picked(keys: str, query: str = "") -> Choice | None:
    with create_pipe_input() as given:
        given.send_text(keys)
        return pick(ask, NOTES.__getitem__, query, editor="", given=given, shown=DummyOutput())


@pytest.mark.parametrize(
    ("keys", "path"),
    [
        ("도\r", "도커.md"),
        ("회고\r", "회고.md"),
        (".md\x1b[B\r", "도커.md"),
        (".md\x1b[B\x1b[B\x1b[B\x1b[A\r", "회고.md"),
        ('도"\r', "도커.md"),
        ("도\x7f회\r", "회고.md"),
    ],
)
def test_typing_and_choosing(keys: str, path: str) -> None:
    choice = picked(keys)
    assert choice is not None
    assert (choice.path, choice.line) == (path, 3)


@pytest.mark.parametrize("keys", ["\x03", "회\x04", "없\r", "\r"])
def test_leaving_without_a_choice(keys: str) -> None:
    assert picked(keys) is None


def test_a_query_to_begin_with() -> None:
    choice = picked("\r", "도커")
    assert choice is not None
    assert choice.path == "도커.md"


def test_a_preview_moves_no_cursor() -> None:
    picker = Picker(ask, NOTES.__getitem__, "도", "")
    picker.search()
    text = "".join(piece[1] for piece in picker.preview())
    assert "컨테이너" in text
    assert "\x1b" not in text


def test_the_editor_opens_at_the_line(tmp_path: Path) -> None:
    told = tmp_path / "told"
    code = f"import sys, pathlib; pathlib.Path({str(told)!r}).write_text(repr(sys.argv[1:]))"
    picker = Picker(ask, NOTES.__getitem__, "도", f'{sys.executable} -c "{code}"')
    picker.search()
    picker.open_editor()
    assert told.read_text() == "['+3', './도커.md']"


def test_the_editor_opens_the_file_that_the_disk_has(tmp_path: Path) -> None:
    (tmp_path / "vault").mkdir()
    written = normalize("NFD", "한글 노트.md")
    (tmp_path / "vault" / written).write_text("## 절\n\n냉장고\n", encoding="utf-8")
    with Vault.open(tmp_path / "vault", environ={"DOTS_CACHE": str(tmp_path / "cache")}) as vault:
        (hit,) = vault.search("냉장고")
        assert hit.path == normalize("NFC", written)
        choice = Choice(hit.path, 3, hit.title, "", (), "절", vault.notes.disk_path(hit.path))
    assert choice.on_disk == written
    picker = Picker(lambda _: Found([choice]), lambda _: "", "냉", "")
    picker.search()
    assert "› 절" in "".join(piece[1] for piece in picker.listing())


def test_recent_notes_stand_there_before_anything_is_typed() -> None:
    recent = [Choice("도커.md", 1, "도커", "", ())]
    picker = Picker(ask, NOTES.__getitem__, "", "", recent=recent)
    picker.search()
    assert picker.choices == recent
    picker.line.text = "회"
    assert [choice.path for choice in picker.choices] == ["회고.md"]


def test_the_preview_leaves_the_properties_out() -> None:
    note = "---\ntitle: x\ntags: [a]\n---\n# 머리\n\n본문\n"
    picker = Picker(lambda _: Found([Choice("a.md", 7, "a", "본문", ())]), lambda _: note, "a", "")
    picker.search()
    shown = "".join(text for _, text, *_ in picker.preview())
    assert "title: x" not in shown
    assert shown.startswith("a.md:7\n\n머리\n\n본문\n")


def picker_of(*choices: Choice, text: str = "") -> Picker:
    picker = Picker(lambda _: Found(list(choices)), lambda _: text, "가", "")
    picker.search()
    return picker


def rows(picker: Picker, columns: int) -> list[str]:
    return "".join(text for _, text, *_ in picker.listing(columns)).splitlines()


def test_rows_that_look_alike_say_where_they_are() -> None:
    alike = [Choice(f"{folder}/README.md", 1, "README", "", ()) for folder in ("a", "b")]
    other = Choice("c/회고.md", 3, "회고", "", (), "목표")
    assert [row.rstrip() for row in rows(picker_of(*alike, other), 40)] == [
        "README  a/README.md",
        "README  b/README.md",
        "회고 › 목표",
    ]


@pytest.mark.parametrize("columns", range(12, 40))
def test_no_row_is_wider_than_the_list(columns: int) -> None:
    """A wide letter that stands across the edge would push the note beside the list."""
    long = Choice("가나다라/마바사.md", 1, "아주 긴 한글 제목이다", "", (), "그리고 긴 머리말")
    twin = long._replace(path="가나다라/자차카.md")
    for row in rows(picker_of(long, twin, long._replace(title="짧다")), columns):
        assert width(row) <= columns


NOTE = """\
---
tags: [a]
---

## 한 일

- [ ] [[회고|돌아보기]]
- [x] **굵게** `code`
* 나열<br> [이름](http://example.com)

> [!tip]- 알림
> 인용 ^id

| 가 | 나 |
|----|----|

```sh
# 주석 [[x]]
```
"""


def test_the_preview_is_rendered_lightly() -> None:
    picker = picker_of(Choice("a.md", 7, "a", "돌아보기", [(0, 2)]), text=NOTE)
    shown = picker.preview()
    assert "".join(text for _, text, *_ in shown).splitlines() == [
        "a.md:7", "", "한 일", "", "☐ 돌아보기", "☑ 굵게 code", "• 나열 이름", "",
        "│ 알림", "│ 인용", "", "| 가 | 나 |", "─" * 12, "", "# 주석 [[x]]", "",
    ]  # fmt: skip
    assert ("class:heading", "한 일") in shown
    assert ("class:code", "# 주석 [[x]]") in shown
    assert ("class:match", "돌아") in shown


def test_the_preview_says_the_name_of_a_picture_and_not_its_size() -> None:
    lines = ["앞 ![[다섯 해.svg|300]] 뒤", "![](img/a.png)", "![한 장](img/b.png 'x')"]
    shown = "".join(text for _, text in rendered(lines, (), -1)).splitlines()
    assert shown == ["앞 ▣ 다섯 해.svg 뒤", "▣ a.png", "▣ 한 장"]
