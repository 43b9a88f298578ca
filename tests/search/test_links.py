"""Operators about links: who links to whom, who stands alone."""

from __future__ import annotations

import pytest

from tests.search.conftest import SmallVault
from vaultdots.errors import QueryError
from vaultdots.graph.facts import LinkFacts
from vaultdots.search.filters import Links
from vaultdots.search.find import Searcher, Wish


@pytest.fixture
def linked(vault: SmallVault) -> SmallVault:
    vault.write(
        {
            "회고.md": "# 회고\n\n[[도커]]와 [[없는 노트]]를 적었다.\n",
            "도커.md": "---\naliases: [컨테이너]\n---\n# 도커\n\n컨테이너 이미지. #infra\n",
            "이미지.md": "# 이미지\n\n컨테이너 이미지를 굽는다.\n",
            "산책.md": "걷는다.\n",
        }
    )
    facts = LinkFacts(vault.catalog)
    links = Links(
        facts.resolve, facts.sources, facts.targets, facts.orphans, facts.isolated,
        facts.unresolved,
    )  # fmt: skip
    vault.searcher = Searcher(vault.catalog, vault.engine, links=links)
    return vault


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("links-to:도커", ["회고.md"]),
        ("links-to:[[컨테이너]]", ["회고.md"]),
        ("linked-by:회고", ["도커.md"]),
        ("is:orphan", ["산책.md", "이미지.md", "회고.md"]),
        ("is:isolated", ["산책.md", "이미지.md"]),
        ("is:placeholder", ["회고.md"]),
        ("is:tagless -is:isolated", ["회고.md"]),
        ("related:도커 이미지", ["이미지.md"]),
        ("-links-to:도커 이미지", ["도커.md", "이미지.md"]),
        ("lang:ko", ["도커.md", "산책.md", "이미지.md", "회고.md"]),
    ],
)
def test_found(linked: SmallVault, query: str, wanted: list[str]) -> None:
    assert sorted({hit.path for hit in linked.ask(query, Wish(limit=None))}) == wanted


def test_a_name_that_names_nothing(linked: SmallVault) -> None:
    with pytest.raises(QueryError, match="no note is called '없는 노트'") as caught:
        linked.ask('이미지 links-to:"없는 노트"')
    assert caught.value.offset == 13
