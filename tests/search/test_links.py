"""Operators about links: who links to whom, who stands alone."""

from __future__ import annotations

import pytest

from tests.search.conftest import SmallVault
from vaultdots.errors import QueryError
from vaultdots.graph.link_sets import LinkSets
from vaultdots.graph.links import placeholder_backlinks
from vaultdots.search.filters import Links
from vaultdots.search.searcher import Searcher, SearchOptions


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
    facts = LinkSets(vault.catalog)
    links = Links(
        facts.resolve, facts.sources, facts.targets, facts.orphans, facts.isolated,
        facts.unresolved,
        placeholder=lambda name: [row.source for row in placeholder_backlinks(vault.catalog, name)],
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
        ('links-to:"없는 노트"', ["회고.md"]),
        ("linked-by:(회고 OR 산책)", ["도커.md"]),
        ('links-to:(도커 OR "없는 노트")', ["회고.md"]),
        ("is:(isolated OR placeholder)", ["산책.md", "이미지.md", "회고.md"]),
        ("-links-to:도커 이미지", ["도커.md", "이미지.md"]),
        ("lang:ko", ["도커.md", "산책.md", "이미지.md", "회고.md"]),
    ],
)
def test_found(linked: SmallVault, query: str, wanted: list[str]) -> None:
    assert sorted({hit.path for hit in linked.ask(query, SearchOptions(limit=None))}) == wanted


@pytest.mark.parametrize("name", ["links-to", "linked-by", "related", "mentions"])
@pytest.mark.parametrize("asked", ["아무도 모름", "\udcff", "a\ud800b"])
def test_a_name_that_names_nothing(linked: SmallVault, name: str, asked: str) -> None:
    with pytest.raises(QueryError, match="no note is called") as caught:
        linked.ask(f'이미지 {name}:"{asked}"')
    assert caught.value.offset == len(f"이미지 {name}:")


def test_only_links_to_knows_a_name_without_a_note(linked: SmallVault) -> None:
    with pytest.raises(QueryError, match="no note is called '없는 노트'"):
        linked.ask('linked-by:"없는 노트"')


def test_a_tag_that_no_file_can_hold(linked: SmallVault) -> None:
    assert linked.ask("tag:\udcff") == []
    assert linked.ask("file:\udcff") == linked.ask("[a:b\udcff]") == []
