"""One folding for index, query, mentions, names and links: over Unicode and by example."""

from __future__ import annotations

import sys
from typing import Literal
from unicodedata import category, normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultdots.text.folding import NAMED, UNSEEN, fold, folded, is_plain
from vaultdots.text.names import name_key

EVERY = [chr(c) for c in range(sys.maxunicode + 1) if not 0xD800 <= c < 0xE000]
KEPT = {chr(c) for c in (*range(0x3131, 0x318F), *range(0xFFA0, 0xFFDD))}
"""Hangul letters standing alone, and their half-width forms: the difference to NFKC_Casefold."""


@pytest.mark.slow
@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
def test_every_character_folds_as_all_its_forms(
    form: Literal["NFC", "NFD", "NFKC", "NFKD"],
) -> None:
    other = [c for c in EVERY if folded(normalize(form, c)) != folded(c)]
    assert [c for c in other if "K" not in form or c not in KEPT] == []


@pytest.mark.slow
def test_every_character_folds_without_case_and_once() -> None:
    assert [c for c in EVERY if not folded(c.upper()) == folded(c.lower()) == folded(c)] == []
    assert [c for c in EVERY if folded(folded(c)) != folded(c)] == []


@pytest.mark.slow
def test_what_is_said_to_be_plain_is_but_lower_case() -> None:
    plain = [c for c in EVERY if is_plain(c)]
    assert len(plain) > 30_000
    assert [c for c in plain if folded(c) != c.lower() or len(folded(c)) != 1] == []
    # None of them joins a letter before it.
    for base in "aｶᄀ가":
        assert [c for c in plain if folded(base + c) != folded(base) + folded(c)] == []


@pytest.mark.slow
def test_only_signs_that_nobody_sees_and_marks_are_dropped() -> None:
    dropped = {category(c) for c in EVERY if not folded(c)}
    # Lo: Hangul's blank letters; Lm: the tatweel that stretches an Arabic word; Cn: not yet given.
    assert dropped == {"Cf", "Mn", "Me", "Lo", "Lm", "Cn"}
    unseen = ["\u200b", "\u00ad", "\u2060", "\ufeff", "\u200d", "\u3164", "\ufe0f"]
    assert "".join(map(folded, unseen)) == ""
    assert UNSEEN


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Straße", "strasse"),
        ("STRASSE", "strasse"),
        ("ẞ", "ss"),
        ("ｶﾞﾗｽ", "ガラス"),
        ("ﾊﾟﾝ", "パン"),
        ("ｱｲｳ", "アイウ"),
        ("مُحَمَّد", "محمد"),
        ("مـحـمـد", "محمد"),
        ("שָׁלוֹם", "שלום"),
        ("Łódź", "lodz"),
        ("København", "kobenhavn"),
        ("Đà Nẵng", "da nang"),
        ("vault\u00addots", "vaultdots"),
        ("회\u200b고", "회고"),
        ("\ufeff회고", "회고"),
        ("회\u2060고", "회고"),
        ("a\u00a0b", "a b"),
        ("ＡＰＩ", "api"),
        ("①", "1"),
        ("ﬁle", "file"),
        ("ㅎㄱ", "ㅎㄱ"),
        ("ﾾﾡ", "ㅎㄱ"),
        (normalize("NFD", "회고"), "회고"),
        ("İstanbul", "istanbul"),
        ("замо́к", "замок"),
        ("мой", "мой"),
        ("ёлка", "елка"),
        ("が", "が"),
        ("❤\ufe0f", "❤"),
    ],
)
def test_folded(text: str, key: str) -> None:
    assert folded(text) == key
    assert folded(normalize("NFD", text)) == key


def test_letters_by_name_stand_for_letters() -> None:
    assert all(len(letter) == 1 and plain.isascii() for letter, plain in NAMED.items())
    assert {NAMED["ł"], NAMED["ø"], NAMED["đ"]} == {"l", "o", "d"}


@given(st.text(max_size=40))
def test_any_text_folds_as_its_decomposed_form_and_once(text: str) -> None:
    assert folded(normalize("NFD", text)) == folded(text)
    assert folded(folded(text)) == folded(text)


MIXED = st.lists(
    st.sampled_from(["회", "고", "\u200b", "ß", "e\u0301", "ｶﾞ", "가", "…", "A", " ", "\u00ad"]),
    max_size=12,
).map("".join)


@given(st.one_of(MIXED, st.text(max_size=20)), st.data())
def test_the_way_back_covers_what_was_folded(text: str, data: st.DataObject) -> None:
    one = fold(text)
    if not one.text:
        return
    start = data.draw(st.integers(0, len(one.text) - 1))
    end = data.draw(st.integers(start + 1, len(one.text)))
    first, last = one.origin(start, end)
    assert 0 <= first < last <= len(text)
    assert one.text[start:end] in folded(text[first:last])


@pytest.mark.parametrize(
    ("text", "word", "written"),
    [
        ("a회\u200b고b", "회고", "회\u200b고"),
        ("회고\u200b는", "회고", "회고"),
        ("die Straße hier", "strasse", "Straße"),
        ("x ｶﾞﾗｽ y", "ガラス", "ｶﾞﾗｽ"),
        ("… 그리고 회고", "회고", "회고"),
        (normalize("NFD", "한글 회고록"), "회고", normalize("NFD", "회고")),
    ],
)
def test_where_a_folded_word_stands(text: str, word: str, written: str) -> None:
    one = fold(text)
    at = one.text.find(word)
    first, last = one.origin(at, at + len(word))
    assert text[first:last] == written


def test_a_wide_slash_is_no_slash_of_a_path() -> None:
    assert name_key("Ａ／B") == "a／b"
    assert name_key("\u200b Café ") == "cafe"
