"""도커 finds Docker, and Docker 도커: below what is written as typed, whole words only."""

from __future__ import annotations

import pytest

from benchmarks.scripts import expanded, latin_names, met, script_words
from tests.search.conftest import SmallVault
from vaultdots.search.searcher import SearchOptions
from vaultdots.text.transliteration import is_same_word

NOTES = {
    "Docker.md": "# Docker\n\nAn image is built.\n",
    "배포.md": "# 배포\n\n도커로 띄운다.\n",
    "러스트.md": "# 러스트\n\n소유권.\n",
    "Rust Error.md": "# Rust Error Handling\n\nEvery Rust program.\n",
    "그림.md": "# 일러스트레이터\n\n일러스트레이터로 그렸다. trust me\n",
    "산책.md": "# 산책\n\n강가를 걸었다.\n",
}


@pytest.fixture
def notes(vault: SmallVault) -> SmallVault:
    vault.write(NOTES)
    return vault


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("도커", [("배포.md", None), ("Docker.md", "docker")]),
        ("docker", [("Docker.md", None)]),
        ("러스트", [("러스트.md", None), ("Rust Error.md", "rust")]),
        ("rust", [("Rust Error.md", None), ("러스트.md", "러스트")]),
        ("산책", [("산책.md", None)]),
        ("강가", [("산책.md", None)]),
    ],
)
def test_the_other_script_stands_below(
    notes: SmallVault, query: str, found: list[tuple[str, str | None]]
) -> None:
    hits = [hit for hit in notes.ask(query) if hit.path != "그림.md"]
    assert [(hit.path, hit.via) for hit in hits] == found
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_what_two_notes_gloss_is_searched_in_both_scripts(vault: SmallVault) -> None:
    vault.write(
        {
            "a.md": "# 가\n\n역전파(backpropagation)로 배운다.\n",
            "b.md": "# 나\n\nbackpropagation(역전파)을 쓴다.\n",
            "c.md": "# 다\n\n오늘은 역전파.\n",
            "d.md": "# 라\n\nWhy backpropagation works.\n",
        }
    )
    assert {(hit.path, hit.via) for hit in vault.ask("backpropagation")} == {
        ("a.md", None), ("b.md", None), ("d.md", None), ("c.md", "역전파"),
    }  # fmt: skip
    assert {(h.path, h.via) for h in vault.ask("역전파") if h.via} == {("d.md", "backpropagation")}


def test_no_loan_word_is_found_inside_another(notes: SmallVault) -> None:
    for query in ("러스트", "rust"):
        assert not [hit for hit in notes.ask(query) if hit.path == "그림.md" and hit.via]


def test_literal_asks_for_the_typed_script_alone(notes: SmallVault) -> None:
    hits = notes.ask("도커", SearchOptions(relax=False))
    assert [hit.path for hit in hits] == ["배포.md"]


def test_it_is_said(notes: SmallVault) -> None:
    notes.ask("도커")
    assert notes.searcher
    answer = notes.searcher.ask("도커")
    assert answer.notices == ("'도커' is 'docker' too: marked, below the others",)


def test_loan_words_meet(vault: SmallVault) -> None:
    """Forty of the pairs that the corpora have, both ways; all of them are measured below."""
    pairs = script_words().pairs[::2][:45]
    vault.write({f"{latin}.md": f"# {latin.title()}\n\nText.\n" for _, latin in pairs})
    vault.write({f"{hangul}.md": f"# {hangul}\n\n글.\n" for hangul, _ in pairs})
    vault.ask("글")
    assert vault.searcher
    first, asked = met(vault.searcher, pairs)
    assert asked >= 80
    assert first / (2 * len(pairs)) >= 0.95


def test_every_pair_is_the_same_word() -> None:
    words = script_words()
    for pairs in (words.pairs, words.unseen):
        known = sum(is_same_word(*pair) for pair in pairs)
        assert known / len(pairs) >= 0.95


def test_frequent_native_words_are_no_loan_words() -> None:
    """Not even where every frequent English word is the name of a note."""
    native = script_words().native
    assert len(native) == 200
    wrong = expanded(native, latin_names())
    assert len(wrong) / len(native) <= 0.02, wrong


def test_an_inflected_everyday_word_is_no_loan(vault: SmallVault) -> None:
    vault.write({"Planning.md": "# Planning\n\nText.\n", "글.md": "# 글\n\n필요한 것.\n"})
    assert [hit.path for hit in vault.ask("필요한")] == ["글.md"]


def test_a_sentence_finds_what_holds_its_loan_word_in_the_other_script(vault: SmallVault) -> None:
    vault.write({"TypeScript.md": "# TypeScript\n\nTypes for what runs.\n", "산책.md": "# 산책\n"})
    hits = vault.ask("타입스크립트 제네릭")
    assert [(h.path, h.via, h.relaxed) for h in hits] == [
        ("TypeScript.md", "typescript", ("제네릭",))
    ]
    assert vault.ask("타입스크립트 제네릭", SearchOptions(relax=False)) == []
