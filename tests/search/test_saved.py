"""Saved queries stand for what `dots.toml` says; what is none stays a word."""

from __future__ import annotations

import pytest

from vaultdots.errors import ConfigError
from vaultdots.search.saved import expand

SAVED = {"일기": "kind:daily 회고", "둘": "@일기 redis", "loop": "@loop", "bad": 3}


@pytest.mark.parametrize(
    ("query", "expanded"),
    [
        ("@일기", "(kind:daily 회고)"),
        (
            "redis @일기 -@일기",
            "redis (kind:daily 회고) -(kind:daily 회고)",
        ),
        ("@둘", "((kind:daily 회고) redis)"),
        ('@Transactional me@일기 "@일기"', '@Transactional me@일기 "@일기"'),
    ],
)
def test_expand(query: str, expanded: str) -> None:
    assert expand(query, SAVED) == expanded


@pytest.mark.parametrize("query", ["@loop", "@bad"])
def test_one_that_cannot_be_is_told(query: str) -> None:
    with pytest.raises(ConfigError):
        expand(query, SAVED)


def test_a_vault_without_any_leaves_the_query(query: str = "@일기") -> None:
    assert expand(query, {}) == query
