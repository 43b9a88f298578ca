"""A copied review of which neither the title nor the file's name says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from vaultdots.importers.model import Hints, PlannedNote
from vaultdots.importers.naming import Names, is_opaque
from vaultdots.importers.page import plan_page
from vaultdots.importers.sources import SourceFile
from vaultdots.note.parse import parse_note

KOREAN = """## 올해 한 일

2023년은 여러 가지를 시작한 해였다.

## 내년 목표와 할 일

- 시작한 것을 마치기
"""
ENGLISH = """## What I did

2023 was a year of beginnings.

## Goals for next year

- Finish what was begun
"""


def planned(folder: Path, name: str, text: str) -> PlannedNote:
    (folder / name).write_text(text, encoding="utf-8")
    note = plan_page(SourceFile(folder / name, name), Hints(), Names())
    assert isinstance(note, PlannedNote)
    return note


@pytest.mark.parametrize(("text", "title"), [(KOREAN, "2023년 회고"), (ENGLISH, "Review of 2023")])
def test_it_is_written_as_the_review_that_its_text_tells_of(
    tmp_path: Path, text: str, title: str
) -> None:
    note = planned(tmp_path, "004_46ddca48.txt", text)
    read = parse_note(note.path, note.text)
    assert (read.title, read.kind, read.year) == (title, "review", 2023)
    assert note.path == f"{title}.md"
    assert any("2023 guessed from the text" in warning for warning in note.warnings)
    assert any("titled" in warning for warning in note.warnings)


def test_a_name_that_says_something_is_kept(tmp_path: Path) -> None:
    note = planned(tmp_path, "시작.txt", KOREAN)
    assert note.path == "시작.md"
    assert parse_note(note.path, note.text).kind == "review"


def test_a_page_that_does_not_look_back_is_no_review(tmp_path: Path) -> None:
    note = planned(
        tmp_path, "004_46ddca48.txt", "## 설치\n\n2023년에 나온 판이다.\n\n## 설정\n\n끝.\n"
    )
    assert note.path == "004_46ddca48.md"
    assert parse_note(note.path, note.text).kind == "note"


@pytest.mark.parametrize(
    ("name", "opaque"),
    [
        ("004_46ddca488ce6535a", True),
        ("untitled (2)", True),
        ("20231231", True),
        ("decade", False),
        ("2023 회고", False),
    ],
)
def test_names_that_say_nothing(name: str, opaque: bool) -> None:
    assert is_opaque(name) is opaque
