"""The word lists of `text/lexicon`: every entry's example is true."""

from __future__ import annotations

from typing import Any

import pytest

from vaultdots.text.lexicon import lexicon

STOP = [entry for entries in lexicon("vaultdots.text", "stop").values() for entry in entries]


@pytest.mark.parametrize("entry", STOP, ids=lambda entry: str(entry["example"]))
def test_a_stop_word_of_the_example_is_in_its_list(entry: dict[str, Any]) -> None:
    assert set(entry["example"].lower().split()) <= set(entry["words"])


def test_every_stop_word_stands_once_in_lower_case() -> None:
    words = [word for entry in STOP for word in entry["words"]]
    assert len(set(words)) == len(words)
    assert words == [word.lower() for word in words]
