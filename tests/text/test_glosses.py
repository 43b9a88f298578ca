"""Names that a text writes in both scripts."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from tests.strategies import any_text
from vaultdots.text.glosses import glosses, is_sure
from vaultdots.text.lexicon import lexicon

NO_NAMES = [e for entries in lexicon("vaultdots.text", "glosses").values() for e in entries]


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("도커(Docker)를 배웠다", [("도커", "docker")]),
        ("Docker(도커)로 옮겼다", [("도커", "docker")]),
        ("저는 강화 학습(Reinforcement Learning)을", [("강화 학습", "reinforcement learning")]),
        ("**RAG**(검색 증강 생성)와 `LLM`", [("검색 증강 생성", "rag")]),
        ("대규모 언어 모델(LLM, large language model)", [("대규모 언어 모델", "llm")]),
        ("요즘은 자연어 처리(NLP)", [("자연어 처리", "nlp")]),
        ("과적합 (overfitting)", [("과적합", "overfitting")]),
        ("단일책임원칙(SRP)", [("단일책임원칙", "srp")]),
    ],
)
def test_pairs(text: str, pairs: list[tuple[str, str]]) -> None:
    assert [gloss[:2] for gloss in glosses(text)] == pairs


@pytest.mark.parametrize(
    "text",
    [
        "함께(2024)", "김영희(1990)", "무게(kg)", "print(함수)", "run(task)", "회사(Google)",
        "클러스터(Arcus)", "버퍼(bounded buffer)", "불러오기(cursorReader)", "처리량(MB/s)",
        "쉬운 테스트(fragile)", "[도커](docker.md)", "배웠는데(learning)", "거래(CQRS-2)",
        "토이 프로젝트(nuxt realworld)", "대규모 트랜잭션(CQRS)", "객체와 배열(object or array)",
    ],
)  # fmt: skip
def test_what_stands_in_brackets_and_is_no_gloss(text: str) -> None:
    assert list(glosses(text)) == []


@pytest.mark.parametrize("entry", NO_NAMES, ids=lambda entry: str(entry["example"]))
def test_no_word_of_the_lists_makes_a_gloss(entry: dict[str, Any]) -> None:
    assert list(glosses(entry["example"])) == []
    assert any(word in entry["example"].casefold() for word in entry["words"])


def test_a_gloss_that_one_note_may_say() -> None:
    assert is_sure("도커", "docker")
    assert is_sure("강화 학습", "reinforcement learning")
    assert not is_sure("세계신기록", "mvp")


@given(any_text())
def test_every_gloss_stands_in_the_text(text: str) -> None:
    for gloss in glosses(text):
        assert text[gloss.at] == "("
        assert gloss.hangul.split()[0] in text


def test_brackets_without_end_stay_linear() -> None:
    for text in ("가(" * 50_000, "가 나 다 라 마 바(" * 10_000, "a b c d e(가" * 10_000):
        assert all(text[gloss.at] == "(" for gloss in glosses(text))
