"""What people's properties and tags look like after YAML, a paste and a sync tool had them."""

from __future__ import annotations

import pytest

from vaultdots.note.kind import detect
from vaultdots.note.parse import parse_note
from vaultdots.note.sync_files import CONFLICTS, conflict_copy, half_written, not_fetched


@pytest.mark.parametrize(
    ("block", "line", "meant"),
    [
        ("aliases:\n  - 제목:\n  - 둘", 3, '"제목:"'),
        ("aliases:\n  - 하나\n  - 회고: 2024년", 4, '"회고: 2024년"'),
        ("aliases: [[회고]]", 2, '"회고"'),
        ("aliases:\n  회고: 2024", 3, '"회고: 2024"'),
        ("tags:\n  - 하나\n  - [[프로젝트]]", 4, "write 프로젝트 without"),
        ("tags: {a: b}", 2, "write a, b without"),
        ("title: {x: y}", 2, '"x: y"'),
        ("title: [회고]", 2, '"[회고]"'),
    ],
)
def test_a_map_where_a_text_is_wanted_is_told(block: str, line: int, meant: str) -> None:
    note = parse_note("a.md", f"---\n{block}\n---\n본문\n")
    (found,) = note.diagnostics
    assert (found.code, found.line) == ("bad-property", line)
    assert meant in found.message


@pytest.mark.parametrize(
    "block", ["aliases: [하나, 둘]", "tags: a, b", "title: '회고: 2024'", "aliases:", "x: {y: z}"]
)
def test_texts_and_lists_of_texts_are_well(block: str) -> None:
    assert parse_note("a.md", f"---\n{block}\n---\n본문\n").diagnostics == ()


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("#2021/04/13", ["2021/04/13"]),
        ("#2024/12 끝", ["2024/12"]),
        ("#1/a", ["1/a"]),
        ("#1984 #12", []),
        ("#2021/", []),
        ("#️⃣ 1️⃣ *️⃣", []),
        ("#️⃣회고", []),
        ("#⃣", []),
        ("#\u0301", []),
        ("#❤️ #👨‍👩‍👧", ["❤️", "👨‍👩‍👧"]),
        ("#회\u200b고 #회\u00ad고\ufeff", ["회고", "회고"]),
        ("#a\u2060b", ["ab"]),
    ],
)
def test_tags_of_digits_slashes_marks_and_unseen_signs(text: str, tags: list[str]) -> None:
    assert [tag.name for tag in parse_note("a.md", text).tags] == tags


def test_a_tag_of_digits_and_a_slash_in_the_properties() -> None:
    note = parse_note("a.md", "---\ntags: [2024/12, 회\u200b고, 2024]\n---\n")
    assert [tag.name for tag in note.tags] == ["2024/12", "회고"]
    assert [d.code for d in note.diagnostics] == ["bad-tag"]


@pytest.mark.parametrize("rule", CONFLICTS, ids=lambda rule: rule.example)
def test_a_conflict_copy_by_its_name(rule: object) -> None:
    example = rule.example  # type: ignore[attr-defined]
    copy = conflict_copy(example)
    assert copy is not None
    assert copy.original == "2024 회고.md"
    found = detect(example, "2024 회고", {"kind": "review", "year": 2024}, [], [])
    assert (found.kind, found.kind_rule) == ("note", "conflict copy")


@pytest.mark.parametrize(
    "name",
    ["2024 회고.md", "Conflict resolution.md", "note (conflict resolution notes).md",
     "리뷰 (충돌 해결).md", "갈등과 충돌.md", "Case Conflict.md", "conflict" * 60],
)  # fmt: skip
def test_a_note_about_conflicts_is_none(name: str) -> None:
    assert conflict_copy(name) is None


@pytest.mark.parametrize(
    ("name", "original"),
    [
        ("2024 회고 (conflicted copy 2025-01-02 101112).md", "2024 회고.md"),
        ("2024 회고 (MBP's conflicted copy 2025-01-02) (1).md", "2024 회고.md"),
        ("그림 (Case Conflict).png", "그림.png"),
        ("2024 회고 [conflicted].md", "2024 회고.md"),
    ],
)
def test_more_names_of_conflict_copies(name: str, original: str) -> None:
    copy = conflict_copy(name)
    assert copy is not None
    assert copy.original == original


def test_names_of_what_is_not_here_yet() -> None:
    assert not_fetched(".회고.md.icloud") == "회고.md"
    assert not_fetched("회고.md.icloud") is None
    for name in ("회고.md.part", ".회고.md.tmp", ".syncthing.회고.md.tmp", "회고.md.crdownload",
                 ".회고.md.a8Fj2K.tmp"):  # fmt: skip
        assert half_written(name) == "회고.md"
    assert half_written("회고.tmp") is None
    assert half_written("회고.md") is None
