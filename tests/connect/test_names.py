"""What a note is called in prose, and what is too common to be a name."""

from __future__ import annotations

import pytest

from vaultdots.graph.note_names import common_words, is_name, name_key, spellings, title_names
from vaultdots.graph.note_profiles import reduced, words_in
from vaultdots.graph.plurals import plurals, singular
from vaultdots.text.folding import fold
from vaultdots.text.lexicon import lexicon


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("01 사람을 사랑한 기술 | 책", "사람을 사랑한 기술"),
        ("[Spring Boot] RESTful API", "RESTful API"),
        ("Java Garbage Collection(GC)", "Java Garbage Collection"),
        ("🎯 Redis Concurrency Control", "Redis Concurrency Control"),
        ("C++", "C++"),
        ("C#", "C#"),
        ("Little's Law", "Little's Law"),
        ("2-1) 도커", "도커"),
    ],
)
def test_the_name_proper_of_a_title(title: str, name: str) -> None:
    assert list(title_names(title)) == [title, name]


@pytest.mark.parametrize(
    "name",
    ["책", "a", "go", "2023", "2023년", "2023-01-05", "", "회고", "db", "회의", "Research"],
)
def test_no_names(name: str) -> None:
    assert not is_name(name_key(name), name)


@pytest.mark.parametrize("name", ["도커", "DB", "Redis", "2021년 회고", "C#", "Go 언어", "Go"])
def test_names(name: str) -> None:
    assert is_name(name_key(name), name)


def test_hangul_may_be_spaced_otherwise() -> None:
    assert spellings("트랜잭션 격리 수준") == {
        "트랜잭션 격리 수준",
        "트랜잭션격리 수준",
        "트랜잭션 격리수준",
        "트랜잭션격리수준",
    }
    assert "제텔 카스텐" in spellings("제텔카스텐")


@pytest.mark.parametrize(
    ("name", "ways"),
    [
        ("redis", {"redis"}),
        ("rails", {"rails"}),
        ("data logger", {"data logger", "data-logger"}),
        ("p-value", {"p-value", "p value"}),
        ("random forests", {"random forests", "random-forests", "random forest", "random-forest"}),
        ("query", {"query", "queries"}),
        ("c++ 20", {"c++ 20"}),
    ],
)
def test_english_is_hyphened_or_not_and_has_plurals(name: str, ways: set[str]) -> None:
    assert spellings(name) == ways


@pytest.mark.parametrize(
    ("one", "many"),
    [
        ("card", "cards"),
        ("process", "processes"),
        ("branch", "branches"),
        ("box", None),
        ("query", "queries"),
        ("cache", "caches"),
        ("movie", "movies"),
        ("gateway", "gateways"),
    ],
)
def test_plurals_go_both_ways(one: str, many: str | None) -> None:
    assert plurals(one) == ((many,) if many else ())
    if many:
        assert singular(many) == one


@pytest.mark.parametrize("word", ["class", "status", "analysis", "gas", "redis"])
def test_no_plurals(word: str) -> None:
    assert singular(word) == word


@pytest.mark.parametrize("table", lexicon("vaultdots.graph", "common")["common"])
def test_every_list_of_common_words_has_an_example(table: dict[str, object]) -> None:
    words = set(words_in(fold(str(table["example"])).text))
    words |= set(fold(str(table["example"])).text.split())
    assert words & set(map(str, table["words"])), "the example holds a word of the list"  # type: ignore[call-overload]
    assert not common_words().isdisjoint(words)


@pytest.mark.parametrize(
    ("word", "short"),
    [
        ("객체지향의", "객체지향"),
        ("templates", "template"),
        ("class", "class"),
        ("회의", "회의"),
        ("책", ""),
    ],
)
def test_words_are_reduced(word: str, short: str) -> None:
    assert reduced(word) == short


def test_the_particle_of_a_latin_word_is_no_word() -> None:
    assert words_in("jekyll에서 hugo로 api명세를") == ["jekyll", "hugo", "api", "명세"]
