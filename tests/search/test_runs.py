"""The quick pattern of runs reads plain texts as the whole one does; late patterns are patterns."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from vaultdots.search.tokens import RUN, runs_in
from vaultdots.text.everyday import _frequencies, frequency
from vaultdots.text.folding import _SPECIAL, is_plain
from vaultdots.text.late import late

_TEXT = st.text(alphabet="aZ9 #+_-.\n\r\t가힣회고도커ㄱ–—‘’“”·…•漢字→é/", max_size=40)


@given(_TEXT)
def test_the_quick_pattern_reads_runs_as_the_whole_one(text: str) -> None:
    expected = [(m.lastgroup, m.span()) for m in RUN.finditer(text)]
    assert [(m.lastgroup, m.span()) for m in runs_in(text)] == expected


@given(st.text(max_size=30) | _TEXT)
def test_what_is_plain_is_what_the_whole_class_says(text: str) -> None:
    assert is_plain(text) == (text.isascii() or _SPECIAL.search(text) is None)


def test_a_late_pattern_is_the_pattern() -> None:
    pattern = late(r"(?P<year>\d{4})년", re.IGNORECASE)
    found = pattern.search("2024년")
    assert found is not None
    assert found["year"] == "2024"
    assert pattern.pattern == r"(?P<year>\d{4})년"
    assert pattern.sub("X", "1999년 2001년") == "X X"


def test_a_word_is_as_frequent_by_either_way() -> None:
    known = _frequencies()
    for word in ("the", "work", "kubernetes", "수학", "회사", "에서", "없는말이다", "wor", "68"):
        assert frequency(word) == known.get(word, 0.0)
