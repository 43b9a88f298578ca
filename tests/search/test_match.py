"""Where a word stands in a text; and that the index proposes every place that is accepted."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from vaultdots.search.engine import AllOf, IndexQuery, TokenPhrase
from vaultdots.search.match import find, holds, term_patterns
from vaultdots.search.plan import plan_phrase, plan_word
from vaultdots.search.query import Phrase, Word
from vaultdots.search.term_pattern import exact_phrase
from vaultdots.search.tokens import RUN, tokens
from vaultdots.text.folding import folded

FOUND = [
    ("2.13.0", "good v2.13.0"),
    ("v2.13.0", "2.13.0에서"),
    ("넘쳤다", "왜 넘쳤나"),
    ("서버로부터", "서버가 보낸"),
    ("회고", "2023 회고록"),
    ("회고를", "연말 회고에서"),
    ("객체에서는", "객체지향"),
    ("객체", "객체들을"),
    ("테스트주도개발", "테스트 주도 개발을"),
    ("주도개발", "테스트주도 개발"),
    ("책을", "책이"),
    ("책", "정책"),
    ("testing", "we test it"),
    ("hope", "hoping"),
    ("happy", "happiness"),
    ("API를", "rest api 문서"),
    ("C++", "modern C++ 17"),
    ("node.js", "Node JS"),
    ("2-phase", "2 phase commit"),
    ("k8s", "K8s를"),
    ("자바8", "자바 8의"),
    ("cafe", "Café"),
    ("2023년", "2023년에"),
    ("snake_case", "snake_case"),
    ("日本", "日本語"),
    ("🎉", "done🎉"),
    ("한글", "한글"),
]
NOT_FOUND = [
    ("회고", "사회 고발"),
    ("책을", "정책 책임"),
    ("회의", "회사"),
    ("test", "latest"),
    ("hope", "hopping"),
    ("c", "c++ c#"),
    ("node.js", "nodejs"),
    ("로그인", "로그"),
    ("api", "apis2"),
]


@pytest.mark.parametrize(("word", "text"), FOUND)
def test_found(word: str, text: str) -> None:
    assert holds(folded(text), word)


@pytest.mark.parametrize(("word", "text"), NOT_FOUND)
def test_not_found(word: str, text: str) -> None:
    assert not holds(folded(text), word)


@pytest.mark.parametrize(
    ("word", "text", "wanted"),
    [
        ("회ㄱ", "회고", True),
        ("회ㄱ", "회의", False),
        ("회골", "회고록", True),
        ("tes", "testing", True),
        ("고", "곡식", True),
        ("esti", "testing", False),
    ],
)
def test_a_word_that_is_still_being_typed(word: str, text: str, wanted: bool) -> None:
    assert holds(folded(text), word, prefix=True) == wanted


def test_better_places_have_better_grades() -> None:
    def best(word: str, text: str) -> float:
        return max(match.grade for one in term_patterns(word) for match in find(folded(text), one))

    assert best("회고", "회고를") == best("회고", "회고") == 1
    assert best("회고", "회고록") < 1
    assert best("회고", "연말회고록") < best("회고", "회고록")
    assert best("회고를", "회고") < 1


@pytest.mark.parametrize(
    ("phrase", "text", "wanted"),
    [
        ("happy cat", "a Happy\ncat", True),
        ("happy cat", "happy cats", False),
        ("객체 지향", "객체 지향을", True),
        ("객체 지향", "객체지향", False),
        ("deletes are", "**Deletes** are marks", True),
        ("객체 지향", "**객체** 지향", True),
        ("객체 지향", "> 그래서 객체\n> 지향", True),
        ("객체 지향", "객체 - 지향", False),
        ("c", "c++", False),
        ("API를 쓴다", "rest api를 쓴다", True),
    ],
)
def test_phrases(phrase: str, text: str, wanted: bool) -> None:
    assert bool(exact_phrase(phrase).search(folded(text))) == wanted


# -- what is accepted was proposed ----------------------------------------------------------------

PIECES = (
    "회고",
    "회",
    "고",
    "를",
    "을",
    "에서",
    "사회",
    "고발",
    "책",
    "개발 ",
    "테스트",
    "ㅎ",
    " ",
    "\n",
    "\r\n",
    ". ",
    "\u3000",
    "C++",
    "c",
    "C#",
    "#",
    "+",
    "api",
    "API",
    "s",
    "testing",
    "tests",
    "hoping",
    "hope",
    "node.js",
    "2",
    "k8s",
    "-",
    "_",
    "é",
    "e\u0301",
    "日本",
    "の",
    "🎉",
    "→",
    "\u1100\u1161",
    "İ",
    "ß",
    "ก็",
    "**",
    "\n> ",
    "v2.1",
    "2.1",
)
texts = st.lists(
    st.one_of(st.sampled_from(PIECES), st.text(max_size=2)), min_size=1, max_size=8
).map("".join)
words = texts.map(lambda text: "".join(text.split())).filter(lambda text: bool(RUN.search(text)))


def proposes(wanted: IndexQuery, stream: list[str]) -> bool:
    """What an index does with a query, by walking through all tokens."""
    if isinstance(wanted, TokenPhrase):
        *fixed, last = wanted.tokens
        return any(
            stream[at : at + len(fixed)] == fixed
            and at + len(fixed) < len(stream)
            and (
                stream[at + len(fixed)].startswith(last)
                if wanted.prefix
                else stream[at + len(fixed)] == last
            )
            for at in range(len(stream))
        )
    together = all if isinstance(wanted, AllOf) else any
    return together(proposes(part, stream) for part in wanted.parts)


@settings(max_examples=400, deadline=None)
@given(texts, words)
@example("c++", "c")
@example("회 고", "회고")
def test_what_a_word_accepts_was_proposed(text: str, word: str) -> None:
    check_word(text, word)


@pytest.mark.slow
@pytest.mark.timeout(600)
@settings(max_examples=3000, deadline=None)
@given(texts, words)
def test_what_a_word_accepts_was_proposed_at_length(text: str, word: str) -> None:
    check_word(text, word)


def check_word(text: str, word: str) -> None:
    """What holds a word is among what an index proposes for it."""
    wanted = plan_word(Word(word))
    if wanted is not None and holds(folded(text), word):
        assert proposes(wanted, list(tokens(text)))


@pytest.mark.parametrize(
    ("word", "begun"),
    [("configurability", "configurabi"), ("embedding", "embedd"), ("coding", "codi"),
     ("controllers", "controll"), ("serialization", "serializati"), ("employed", "employe")],
)  # fmt: skip
def test_a_word_that_is_being_typed_is_found_past_its_stem(word: str, begun: str) -> None:
    wanted = plan_word(Word(begun), is_prefix=True)
    assert wanted is not None and proposes(wanted, list(tokens(word)))


@settings(max_examples=500, deadline=None)
@given(texts, words)
@example("apiNG", "api")
@pytest.mark.slow
def test_what_a_begun_word_accepts_was_proposed(text: str, word: str) -> None:
    wanted = plan_word(Word(word), is_prefix=True)
    if wanted is not None and holds(folded(text), word, prefix=True):
        assert proposes(wanted, list(tokens(text)))


@settings(max_examples=400, deadline=None)
@given(texts, texts.map(str.strip).filter(bool))
@example("00", "0¨")
@pytest.mark.slow
def test_what_a_phrase_accepts_was_proposed(text: str, phrase: str) -> None:
    check_phrase(text, phrase)


@pytest.mark.slow
@pytest.mark.timeout(600)
@settings(max_examples=3000, deadline=None)
@given(texts, texts.map(str.strip).filter(bool))
def test_what_a_phrase_accepts_was_proposed_at_length(text: str, phrase: str) -> None:
    check_phrase(text, phrase)


def check_phrase(text: str, phrase: str) -> None:
    """What holds a phrase is among what an index proposes for it."""
    wanted = plan_phrase(Phrase(phrase))
    if wanted is not None and exact_phrase(phrase).search(folded(text)):
        assert proposes(wanted, list(tokens(text)))


SEPARATORS = (" ", "  ", "\n", "\r\n", "** ", " **", "** **", "`\n> ", "\n\n", " == ")
word_lists = st.lists(words, min_size=1, max_size=4)


@pytest.mark.slow
@settings(max_examples=1500, deadline=None)
@given(word_lists, st.lists(st.sampled_from(SEPARATORS), min_size=3, max_size=3), texts, texts)
@example(["동기", "비동기"], ["** ", " ", " "], "", "")
@example(["나", "책", "을"], [" ", "** ", " "], "하", "고")
def test_what_a_phrase_accepts_was_proposed_where_it_stands(
    phrase: list[str], between: list[str], before: str, after: str
) -> None:
    gaps = (*between[: len(phrase) - 1], "")
    written = "".join(word + gap for word, gap in zip(phrase, gaps, strict=True))
    text = f"{before}{written}{after}"
    wanted = plan_phrase(Phrase(" ".join(phrase)))
    if wanted is not None and exact_phrase(" ".join(phrase)).search(folded(text)):
        assert proposes(wanted, list(tokens(text)))
