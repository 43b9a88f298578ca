"""A map stays where it is: a new note, year or filter moves next to nothing of what stood there."""

from __future__ import annotations

import math
import random
from pathlib import Path
from statistics import median

import pytest

from tests.disk import write
from tests.page.graphs import graph, random_vault
from vaultdots.graph.layout import axis_of, layout
from vaultdots.graph.model import GraphData, GraphNode
from vaultdots.vault import Vault

Places = dict[str, tuple[float, float]]
STILL = 0.02
"""Of the map's larger side: what the middle one of the others may move."""


def shift(before: Places, after: Places) -> float:
    """How far the middle one of the dots of both moved, of the larger side of the map."""
    xs, ys = zip(*before.values(), strict=True)
    size: float = max(max(xs) - min(xs), max(ys) - min(ys))
    moved = [math.dist(before[name], after[name]) for name in before if name in after]
    return float(median(moved)) / size


def undated(data: GraphData) -> GraphData:
    nodes = [GraphNode(n.id, "note", n.title, None, n.path) for n in data.nodes]
    return GraphData(tuple(nodes), data.edges)


@pytest.mark.parametrize("links", [0, 1, 5])
@pytest.mark.parametrize("year", [2020, 2026, 2030, 2012, None])
def test_a_new_note_moves_the_others_less_than_a_fiftieth(year: int | None, links: int) -> None:
    chance = random.Random(f"{year} {links}")
    data = random_vault(chance.randrange(40, 200), 300, chance.randrange(99))
    if chance.random() < 0.3:
        data = undated(data)
    axis = axis_of(data)
    before = layout(data, axis=axis)
    new = GraphNode("z/new.md", "study", "new", year, "z/new.md")
    edges = {(e.source, e.target, e.kind) for e in data.edges}
    edges |= {(new.id, chance.choice(data.nodes).id, "link") for _ in range(links)}
    more = graph([*data.nodes, new], edges)
    after = layout(more, previous=before, axis=axis_of(more, axis.kept))
    assert shift(before, after) < STILL


def test_a_new_note_in_a_large_vault_moves_the_others_less_than_a_fiftieth() -> None:
    """Where the first steps of a map from nothing run on a coarser mesh than those of the next."""
    data = random_vault(2_500, 7_000, 5)
    axis = axis_of(data)
    before = layout(data, axis=axis)
    new = GraphNode("z/new.md", "study", "new", 2022, "z/new.md")
    edges = {(e.source, e.target, e.kind) for e in data.edges}
    edges |= {(new.id, node.id, "link") for node in data.nodes[40:45]}
    more = graph([*data.nodes, new], edges)
    after = layout(more, previous=before, axis=axis_of(more, axis.kept))
    assert shift(before, after) < STILL


def notes(count: int, years: list[int]) -> dict[str, str]:
    dated = [f"---\ndate: {years[k % len(years)]}-03-0{k % 9 + 1}\n---\n" if years else ""
             for k in range(count)]  # fmt: skip
    return {f"n{k}.md": f"{dated[k]}[[n{k * 7 % count}]] [[n{k // 2}]]\n" for k in range(count)}


@pytest.mark.parametrize(
    ("years", "new"), [([], ""), ([2022, 2023, 2024, 2025], "---\ndate: 2026-01-02\n---\n")]
)
def test_the_vault_s_map_stays_when_a_note_is_added(
    years: list[int], new: str, tmp_path: Path
) -> None:
    root = write(tmp_path / "vault", notes(60, years))
    with Vault.open(root, cache=tmp_path / "cache") as vault:
        before = vault.map.layout(vault.map.data())
    write(root, {"new.md": f"{new}[[n3]]\n"})
    with Vault.open(root, cache=tmp_path / "cache") as vault:
        after = vault.map.layout(vault.map.data())
    assert "new.md" in after
    assert shift(before, after) < STILL


def test_a_part_of_the_vault_does_not_become_its_map(tmp_path: Path) -> None:
    root = write(tmp_path / "vault", notes(60, [2022, 2023, 2024]))
    with Vault.open(root, cache=tmp_path / "cache") as vault:
        data = vault.map.data()
        whole = vault.map.layout(data)
        part = vault.map.layout(vault.map.around(data, "n3", 1))
        assert shift(whole, part) < STILL
        assert vault.map.layout(data) == whole
