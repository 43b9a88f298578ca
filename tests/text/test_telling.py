"""Words that say what two texts have in common, and those that say nothing."""

from __future__ import annotations

from typing import Any

import pytest

from vaultdots.text.lexicon import lexicon
from vaultdots.text.telling import empty_words, is_telling

CODE = [entry for table in lexicon("vaultdots.text", "code").values() for entry in table]


@pytest.mark.parametrize(
    "word",
    ["drwxr", "xr", "root", "make", "step", "py", "println", "a", "2024", "b2", "가", "todo"],
)
def test_what_says_nothing(word: str) -> None:
    assert not is_telling(word)


@pytest.mark.parametrize(
    "word", ["idempotency", "멱등성", "simd", "트랜잭션", "css 멱등성", "utf8x"]
)
def test_what_says_something(word: str) -> None:
    assert is_telling(word)


@pytest.mark.parametrize("entry", CODE, ids=lambda entry: str(entry["example"]))
def test_the_words_of_an_example_are_in_its_list(entry: dict[str, Any]) -> None:
    assert set(entry["example"].split()) <= set(entry["words"]) <= empty_words()
