"""Hangul: letters of syllables, particles by example, the keyboard read both ways."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultdots.text.hangul import (
    compose,
    decompose,
    half_typed,
    has_final,
    initials,
    is_particle,
    stems,
    syllables_of,
    verb_stems,
)
from vaultdots.text.keyboard import hangul_of_keys, keys_of_hangul, other_layout
from vaultdots.text.particles import OF_NAMES, OF_TERMS, PARTICLES, VERB_ENDINGS, Particle

syllables = st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3)


@given(syllables)
def test_a_syllable_is_its_letters(syllable: str) -> None:
    assert compose(*decompose(syllable)) == syllable


def test_only_syllables_have_letters() -> None:
    with pytest.raises(ValueError, match="no Hangul syllable"):
        decompose("a")


def test_initials() -> None:
    assert initials("2023년 회고록 TIL") == "2023ㄴ ㅎㄱㄹ TIL"


@pytest.mark.parametrize(
    ("half", "first", "last"),
    [("ㄱ", "가", "깋"), ("고", "고", "곻"), ("곡", "곡", "곡"), ("a", "a", "a")],
)
def test_what_a_half_typed_syllable_can_become(half: str, first: str, last: str) -> None:
    assert syllables_of(half) == (first, last)


def test_a_last_consonant_may_belong_to_the_next_syllable() -> None:
    assert half_typed("골") == ("고ㄹ",)
    assert half_typed("고") == ()
    assert half_typed("값") == ()  # ㅄ begins nothing


@pytest.mark.parametrize("particle", PARTICLES, ids=lambda p: p.text)
def test_every_particle_comes_off_its_example(particle: Particle) -> None:
    word, stem = particle.example
    assert word == stem + particle.text
    assert stem in stems(word)
    assert is_particle(particle.text, stem[-1])


def test_no_particle_twice() -> None:
    assert len({p.text for p in PARTICLES}) == len(PARTICLES)


@pytest.mark.parametrize("some", [OF_NAMES, OF_TERMS], ids=["names", "terms"])
def test_a_choice_of_particles_has_the_longest_first(some: tuple[str, ...]) -> None:
    assert set(some) < {p.text for p in PARTICLES}
    for n, text in enumerate(some):
        assert not any(later.endswith(text) for later in some[n + 1 :]), text


@pytest.mark.parametrize(
    "word",
    [
        "가을",
        "마을",
        "나이",
        "아이",
        "평가",
        "전문가",
        "경로",
        "책",
        "회고",
        "로그인",
        "스프링",
        "을",
    ],
)
def test_words_that_only_look_like_particles_stay_whole(word: str) -> None:
    assert stems(word) == []


@pytest.mark.parametrize(
    ("word", "stem"),
    [
        ("객체에서는", "객체"),
        ("스레드에서", "스레드"),
        ("서울로", "서울"),
        ("책으로", "책"),
        ("API는", "API"),
    ],
)
def test_the_longest_particle_comes_off_first(word: str, stem: str) -> None:
    assert stems(word)[0] == stem


@given(syllables, syllables)
def test_a_stem_keeps_a_syllable(first: str, second: str) -> None:
    assert all(stem for stem in stems(first + second))
    assert stems(first) == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ghlrh", "회고"),
        ("git", "햣"),
        ("ㅗㅐㅔㄷ", "hope"),
        ("ㅏㅗㅐㅔ", "khop"),
        ("xptmxm wneh roqkf", "테스트 주도 개발"),
        ("ghkrdls", "확인"),
        ("rkqtdl", "값이"),
        ("dkswek", "앉다"),
        ("EhR", "똒"),
        ("vim", None),
        ("2024", None),
        ("", None),
    ],
)
def test_the_other_layout(typed: str, meant: str | None) -> None:
    assert other_layout(typed) == meant


@given(st.text(syllables, max_size=8))
def test_the_keys_of_a_text_write_it(text: str) -> None:
    assert hangul_of_keys(keys_of_hangul(text)) == text


@given(st.text(max_size=20))
def test_any_text_has_a_layout_or_none(text: str) -> None:
    meant = other_layout(text)
    assert meant is None or meant != text


@given(syllables)
def test_final_consonants(syllable: str) -> None:
    assert has_final(syllable) == (decompose(syllable)[2] != "")


@pytest.mark.parametrize(("ending", "example"), VERB_ENDINGS, ids=lambda pair: str(pair))
def test_each_ending_of_a_verb_has_an_example(ending: str, example: str) -> None:
    assert example.endswith(ending)
    assert example.removesuffix(ending) in verb_stems(example)


@pytest.mark.parametrize(
    ("word", "stem"),
    [
        ("바꿔", "바꾸"), ("지운", "지우"), ("넘쳤", "넘치"), ("붙일", "붙이"), ("넣나요", "넣"),
        ("저장되나요", "저장"), ("정리한", "정리"),
    ],
)  # fmt: skip
def test_the_stem_of_a_verb(word: str, stem: str) -> None:
    assert stem in verb_stems(word)


@pytest.mark.parametrize(
    ("word", "stems"),
    [
        ("바꾸나요", ["바꾸"]), ("바꾸려면", ["바꾸"]), ("정리하기", ["정리하", "정리"]),
        ("편지", []), ("감기", []), ("광고", []), ("사과", []), ("접근제한", []), ("시간", []),
    ],
)  # fmt: skip
def test_the_stem_of_what_is_no_noun(word: str, stems: list[str]) -> None:
    assert verb_stems(word, sure=True) == stems


@pytest.mark.parametrize("word", ["살", "책", "쓰나요", "docker", "API를", ""])
def test_what_has_no_stem_of_a_verb(word: str) -> None:
    assert verb_stems(word) == []
