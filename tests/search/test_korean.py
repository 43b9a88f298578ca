"""What people type: initial consonants, the wrong layout, half a syllable, a typo."""

from __future__ import annotations

import pytest

from tests.search.conftest import SmallVault
from vaultdots.search.searcher import SearchOptions
from vaultdots.search.suggest import is_one_edit_apart, likeness


@pytest.fixture
def notes(vault: SmallVault) -> SmallVault:
    vault.write(
        {
            "2023.md": "---\naliases: [올해 정리]\ntags: [기록]\n---\n"
            "# 2023년 회고\n\n## 잘한 일\n\n글.\n",
            "kafka.md": "# Kafka\n\n메시지를 git으로 남긴다. hope\n",
            "chat.md": "# 대화\n\nㅎㄱ ㅋㅋㅋ 라고 썼다.\n",
        }
    )
    return vault


def test_initial_consonants_find_names_below_literal_hits(notes: SmallVault) -> None:
    assert notes.found("ㅎㄱ") == ["chat.md#대화", "2023.md#2023년 회고"]
    assert notes.found("ㅈㅎㅇ") == ["2023.md#잘한 일"]
    assert notes.found("ㅇㅎㅈㄹ") == ["2023.md#2023년 회고"]
    assert notes.found("ㄱㄹ") == ["2023.md#2023년 회고"]
    assert notes.found("2023 ㅎㄱ") == ["2023.md#2023년 회고"]
    assert notes.found("ㅁㅅㅈ") == []  # 메시지 stands in a body only


@pytest.mark.parametrize(
    ("typed", "meant", "path"),
    [
        ("ghlrh", "회고", "2023.md"),
        ("햣", "git", "kafka.md"),
        ("ㅗㅐㅔㄷ", "hope", "kafka.md"),
        ("zkvmzk OR ghlrh", "카프카 OR 회고", "2023.md"),
        ("2023 ghlrh", "2023 회고", "2023.md"),
        ("-hope ghlrh", "-hope 회고", "2023.md"),
    ],
)
def test_the_wrong_layout(notes: SmallVault, typed: str, meant: str, path: str) -> None:
    notes.ask("회고")
    assert notes.searcher
    answer = notes.searcher.ask(typed)
    assert answer.corrected == meant
    assert [hit.path for hit in answer.hits] == [path]
    assert {hit.corrected for hit in answer.hits} == {meant}
    assert meant in answer.notices[0]


def test_what_is_found_is_not_corrected(notes: SmallVault) -> None:
    assert [hit.corrected for hit in notes.ask("git")] == [None]


def test_half_typed(notes: SmallVault) -> None:
    prefix = SearchOptions(prefix=True)
    assert notes.found("회ㄱ", prefix) == ["2023.md#2023년 회고"]
    assert notes.found("ㅎ회", prefix) == []
    assert notes.found("2023 회", prefix) == ["2023.md#2023년 회고"]
    assert notes.found("메싲", prefix) == ["kafka.md#Kafka"]
    assert notes.found("kaf", prefix) == ["kafka.md#Kafka"]
    assert notes.found("kaf") == []
    assert notes.found("회ㄱ") == []


@pytest.mark.parametrize(
    ("typed", "offered"),
    [("회거", ["회고"]), ("kafak", ["kafka"]), ("kafkaa", ["kafka"]), ("줄한 2023", ["잘한 2023"])],
)
def test_did_you_mean(notes: SmallVault, typed: str, offered: list[str]) -> None:
    notes.ask("회고")
    assert notes.searcher
    answer = notes.searcher.ask(typed)
    assert [hit for hit in answer.hits if hit.relaxed is None] == []
    assert list(notes.searcher.suggest(typed)) == offered


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [("회거", "회고", True), ("회", "회고", False), ("abcd", "abdc", True), ("abc", "abcd", True),
     ("abc", "bcd", False), ("abcd", "abcd", False), ("abcd", "badc", False)],
)  # fmt: skip
def test_one_edit(one: str, other: str, wanted: bool) -> None:
    assert is_one_edit_apart(one, other) == is_one_edit_apart(other, one) == wanted


def test_a_wrong_vowel_is_nearer_than_a_wrong_syllable() -> None:
    assert likeness("회거", "회고") > likeness("회거", "회차")


def test_consonants_count_for_what_a_section_stands_under(vault: SmallVault) -> None:
    vault.write({"2024 회고.md": "## 내년\n\n목표는 책\n\n## 올해\n\n산책\n", "b.md": "목표\n"})
    assert vault.found("ㅎㄱ 목표") == vault.found("회고 목표") == ["2024 회고.md#내년"]
    assert vault.found("ㅎㄱ") == vault.found("회고") == ["2024 회고.md#내년"]
    assert vault.found("목표 -ㅎㄱ") == ["b.md"]
