"""A list of patterns finds what their alternation finds, in the same places."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultdots.text.patterns import PatternList, alternatives


@pytest.mark.parametrize(
    ("pattern", "needs"),
    [
        ("완주", [{"완주"}]),
        ("완주|합격", [{"완주"}, {"합격"}]),
        ("(?:완주|합격)했", [{"완주", "합격"}]),
        ("마라톤(?:을|를)?\\s?뛰", [{"마라톤"}]),
        ("할?\\s일들*", [{"일"}]),
        ("ab+c{0,2}", [{"ab"}]),
        ("(?!달리)기$", [{"기"}]),
        ("(?<=책)\\.", [{"책"}]),
        ("[률율]", [{"률", "율"}]),
        ("[^률]|\\d+", [set(), set()]),
        ("(?:a|\\d)", [set()]),
        ("^(?P<title>책|글)|노래", [{"책", "글", "노래"}]),
    ],
)
def test_what_a_pattern_needs(pattern: str, needs: list[set[str]]) -> None:
    assert [set(one.needs) for one in alternatives(pattern)] == needs


_LETTERS = st.text("ab가나 1", max_size=24)
_ATOMS = st.sampled_from(
    ["a", "b", "가", "나", "ab", "가나", r"\d", r"\s?", "[ab]", "[^a]", ".", "^", "$", "a?", "b+",
     "가{2}", "나{0,2}", "(?=a)", "(?<!b)", "(?:a|가)", "(?:나|1)?", "(?:ab|가나)+", "|"]
)  # fmt: skip
_PATTERNS = st.lists(_ATOMS, min_size=1, max_size=5).map("".join)


@given(st.lists(_PATTERNS, min_size=1, max_size=4), _LETTERS, st.integers(0, 24))
def test_a_list_finds_what_an_alternation_finds(words: list[str], text: str, pos: int) -> None:
    whole = re.compile("|".join(words), re.IGNORECASE)
    listed = PatternList(words, lambda word: word).of(words)
    found = listed.search(text, pos)
    said = whole.search(text, pos)
    assert (found and found.span()) == (said and said.span())
    for one, other in (
        (listed.match(text), whole.match(text)),
        (listed.fullmatch(text), whole.fullmatch(text)),
    ):
        assert (one and one.span()) == (other and other.span())


@given(st.lists(_PATTERNS, min_size=1, max_size=4), _LETTERS)
def test_all_matches_of_a_list(words: list[str], text: str) -> None:
    whole = re.compile("|".join(words), re.IGNORECASE)
    if whole.fullmatch(""):
        return  # one that matches nothing stands everywhere: no list of words has it
    listed = PatternList(words, lambda word: word).of(words)
    spans = [match.span() for match in whole.finditer(text)]
    if all(a < b for a, b in spans):
        assert [match.span() for match in listed.finditer(text)] == spans
        assert listed.last_end(text) == (spans[-1][1] if spans else -1)
        assert listed.sub("-", text) == whole.sub("-", text)


def test_a_pattern_that_needs_what_is_not_there_is_not_compiled() -> None:
    words = ["완주", "합격"]
    among = PatternList(words, lambda word: word)
    assert among.of(words).search("시험에 합격했다") is not None
    assert among.compiled.cache_info().currsize == 1
