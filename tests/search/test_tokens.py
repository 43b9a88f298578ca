"""The tokens of a text, by example and for all."""

from __future__ import annotations

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultdots.search.tokens import phrase_tokens, tokens
from vaultdots.text.stem import stem

ROWS = [
    ("회고", "회고 고"),
    ("테스트 주도 개발", "테스 스트 트주 주도 도개 개발 발"),
    ("한 줄\n다음", "한줄 줄다 다음 음"),
    ("한 줄\n\n다음", "한줄 줄 다음 음"),
    ("회고. 고발", "회고 고 고발 발"),
    ("책", "책"),
    ("REST API를 쓴다", "rest api 를쓴 쓴다 다"),
    ("C++ 과 C# 그리고 F#", "c++ 과 c# 그리 리고 고 f#"),
    ("node.js 2-phase k8s snake_case", "node js 2 phase k8s snake case"),
    ("Tests testing tested", "test test test"),
    ("Café ＡＰＩ", "cafe api"),
    ("ｶﾞﾗｽ Straße Łódź", "ガラ ラス ス strass lodz"),
    ("회\u200b고 vault\u00addots", "회고 고 vaultdot"),
    ("שָׁלוֹם مُحَمَّد", "שלום محمد"),
    ("日本語の本", "日本 本語 語の の本 本"),
    ("a🎉b → c", "a 🎉 b → c"),
    ("ㅎㄱ ㅋㅋㅋ", "ㅎㄱ ㄱㅋ ㅋㅋ ㅋㅋ ㅋ"),
    ("[[회고|링크]] **굵게**", "회고 고 링크 크 굵게 게"),
    ("--- *** |", ""),
    ("", ""),
]


@pytest.mark.parametrize(("text", "wanted"), ROWS)
def test_tokens(text: str, wanted: str) -> None:
    assert " ".join(tokens(text)) == wanted


@pytest.mark.parametrize(
    ("text", "wanted", "truncated"),
    [
        ("회고", "회고", False),
        ("회고를", "회고 고를", False),
        ("책", "책", True),
        ("API를", "api 를", True),
        ("C++", "c++", False),
        ("testing", "test", False),
        ("node.js", "node js", False),
        ("2023년 회고", "2023 년회 회고", False),
        ("…", "", False),
    ],
)
def test_what_an_index_is_asked_for(text: str, wanted: str, truncated: bool) -> None:
    assert phrase_tokens(text) == (tuple(wanted.split()), truncated)


@pytest.mark.parametrize(
    ("text", "wanted", "truncated"),
    [
        ("회ㄱ", "회", True),
        ("테스ㅌ", "테스", False),
        ("테스트", "테스", False),
        ("객", "객", True),
        ("testi", "testi", True),
        ("tests", "test", True),
    ],
)
def test_a_word_that_is_still_being_typed(text: str, wanted: str, truncated: bool) -> None:
    assert phrase_tokens(text, prefix=True) == (tuple(wanted.split()), truncated)


@given(st.text(max_size=60))
def test_decomposed_text_has_the_same_tokens(text: str) -> None:
    assert list(tokens(normalize("NFD", text))) == list(tokens(text))


@given(st.text(max_size=60))
def test_a_token_is_one_word_for_every_engine(text: str) -> None:
    for token in tokens(text):
        assert token.split() == [token]
        assert '"' not in token
        token.encode("utf-8")


@pytest.mark.parametrize(
    ("word", "wanted"),
    [  # from Porter's paper, step by step
        ("caresses", "caress"), ("ponies", "poni"), ("ties", "ti"), ("cats", "cat"),
        ("feed", "feed"), ("agreed", "agre"), ("plastered", "plaster"), ("bled", "bled"),
        ("motoring", "motor"), ("sing", "sing"), ("conflated", "conflat"), ("hopping", "hop"),
        ("falling", "fall"), ("hissing", "hiss"), ("failing", "fail"), ("filing", "file"),
        ("happy", "happi"), ("sky", "sky"), ("relational", "relat"), ("rational", "ration"),
        ("digitizer", "digit"), ("operator", "oper"), ("hopefulness", "hope"),
        ("triplicate", "triplic"), ("electrical", "electr"), ("goodness", "good"),
        ("allowance", "allow"), ("adjustment", "adjust"), ("adoption", "adopt"),
        ("probate", "probat"), ("rate", "rate"), ("cease", "ceas"), ("controll", "control"),
        ("roll", "roll"), ("yes", "ye"), ("is", "is"),
    ],
)  # fmt: skip
def test_english_stems(word: str, wanted: str) -> None:
    assert stem(word) == wanted


@given(st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=20))
def test_a_stem_is_no_longer_than_its_word(word: str) -> None:
    assert 1 <= len(stem(word)) <= len(word)
