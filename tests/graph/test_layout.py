"""The map: the same for the same vault, readable, and calm when a note is added."""

from __future__ import annotations

import math
import random
from collections import Counter
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.page.graphs import five_years, graph, random_vault
from vaultdots.graph.layout import LINK, Point, layout
from vaultdots.graph.model import GraphData, GraphEdge, GraphNode


def distance(a: Point, b: Point) -> float:
    return math.dist(a, b)


def test_the_same_vault_gives_the_same_map() -> None:
    assert layout(five_years()) == layout(five_years())
    assert layout(five_years(), seed=1) != layout(five_years(), seed=2)


def test_an_empty_vault_has_an_empty_map() -> None:
    assert layout(GraphData((), ())) == {}


def test_the_years_read_from_left_to_right() -> None:
    place = layout(five_years())
    xs = [place[f"회고/{year} 회고.md"][0] for year in range(2021, 2026)]
    assert xs == sorted(xs)
    assert min(b - a for a, b in pairwise(xs)) > 2 * LINK


def test_linked_notes_stand_nearer_than_others() -> None:
    data = five_years()
    place = layout(data)
    linked = [distance(place[e.source], place[e.target]) for e in data.edges if e.kind == "link"]
    names = [n.id for n in data.nodes]
    others = [distance(place[a], place[b]) for a, b in combinations(names, 2)]
    assert sum(linked) / len(linked) < 0.7 * sum(others) / len(others)


def test_no_two_dots_of_a_small_vault_overlap() -> None:
    place = layout(five_years())
    near = [(a, b) for a, b in combinations(place, 2) if distance(place[a], place[b]) < 18]
    assert near == []


def test_sections_crown_their_review() -> None:
    data = five_years()
    place = layout(data)
    for edge in data.edges:
        if edge.kind == "contains":
            assert distance(place[edge.source], place[edge.target]) <= LINK


@pytest.mark.parametrize("count", [1, 2, 9, 10, 40, 200])
def test_every_section_has_a_place_of_its_own(count: int) -> None:
    review = GraphNode("r.md", "review", "r", 2024, "r.md")
    sections = [
        GraphNode(f"r.md#{i}", "section", str(i), 2024, "r.md", i + 1) for i in range(count)
    ]
    data = graph([review, *sections], {("r.md", s.id, "contains") for s in sections})
    points = list(layout(data).values())
    assert min(distance(a, b) for a, b in combinations(points, 2)) > 15


def test_notes_without_links_are_shelved_below() -> None:
    data = five_years()
    linked = {end for e in data.edges for end in (e.source, e.target)}
    place = layout(data)
    lowest = max(place[name][1] for name in linked)
    alone = [place[n.id] for n in data.nodes if n.id not in linked]
    assert len(alone) == 7
    assert all(y > lowest for _, y in alone)
    assert min(distance(a, b) for a, b in combinations(alone, 2)) > 25


def test_a_vault_without_any_link_is_a_tidy_grid() -> None:
    nodes = [GraphNode(f"{i}.md", "note", str(i), None, f"{i}.md") for i in range(50)]
    place = layout(graph(nodes, set()))
    assert len(set(place.values())) == 50


def test_adding_a_note_does_not_reshuffle_the_map() -> None:
    before = five_years()
    old = layout(before)
    new = GraphNode("공부/새 노트.md", "study", "새 노트", 2021, "공부/새 노트.md")
    link = GraphEdge(new.id, "공부/Redis 분산 락.md", "link")
    after = GraphData((*before.nodes, new), (*before.edges, link))
    place = layout(after, previous=old)
    moved = sorted(distance(old[name], place[name]) for name in old)
    assert moved[len(moved) // 2] < LINK / 2
    assert moved[-1] < 2 * LINK
    assert distance(place[new.id], place["공부/Redis 분산 락.md"]) < 5 * LINK


def test_a_stored_place_that_is_no_number_is_forgotten() -> None:
    data = five_years()
    broken = dict.fromkeys([n.id for n in data.nodes], (math.nan, math.inf))
    assert layout(data, previous=broken) == layout(data)


def test_a_large_vault_is_drawn_as_well_as_a_small_one() -> None:
    """Links are short beside other distances, and few dots stand on others."""
    data = random_vault(3_000, 9_000, 3)
    place = layout(data)
    chance = random.Random(1)
    linked = [distance(place[e.source], place[e.target]) for e in data.edges if e.kind == "link"]
    names = [n.id for n in data.nodes]
    others = [distance(*(place[name] for name in chance.sample(names, 2))) for _ in range(9_000)]
    assert sum(linked) / len(linked) < 0.2 * sum(others) / len(others)
    cells = Counter((round(x / 12), round(y / 12)) for x, y in place.values())
    assert sum(many - 1 for many in cells.values()) < len(names) / 50


@pytest.mark.slow
def test_ten_thousand_notes_fill_a_map_evenly() -> None:
    place = layout(random_vault(10_000, 29_000))
    assert len(place) == 10_010
    assert all(math.isfinite(x) and math.isfinite(y) for x, y in place.values())
    assert len(set(place.values())) > 9_900


@settings(deadline=None, max_examples=40)
@given(
    st.integers(1, 30).flatmap(
        lambda n: st.tuples(
            st.just(n),
            st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)), max_size=60),
            st.lists(st.sampled_from([None, 2020, 2021, 2024]), min_size=n, max_size=n),
            st.lists(st.sampled_from(["review", "study", "section"]), min_size=n, max_size=n),
        )
    )
)
@pytest.mark.slow
def test_any_graph_has_a_finite_map(
    case: tuple[int, list[tuple[int, int]], list[int | None], list[str]],
) -> None:
    count, links, years, kinds = case
    nodes = [GraphNode(f"{i}", kinds[i], "", years[i]) for i in range(count)]  # type: ignore[arg-type]
    edges = {(f"{a}", f"{b}", "contains" if kinds[b] == "section" else "link") for a, b in links}
    place = layout(graph(nodes, edges))  # type: ignore[arg-type]
    assert set(place) == {n.id for n in nodes}
    assert all(math.isfinite(x) and math.isfinite(y) for x, y in place.values())
