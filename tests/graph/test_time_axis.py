"""Time as the map's x: even columns, every dated note in its own, and the shelves beneath."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tests.page.graphs import five_years, graph, random_vault
from vaultdots.graph.layout import axis_of, layout
from vaultdots.graph.model import GraphData, GraphNode
from vaultdots.graph.time_axis import part_of_year


def dated(*years: int, each: int = 4) -> GraphData:
    nodes = [
        GraphNode(f"{year}-{k}.md", "note", "", year, f"{year}-{k}.md")
        for year in years
        for k in range(each)
    ]
    return graph(nodes, set())


@pytest.mark.parametrize(
    ("years", "columns"),
    [
        ((2021, 2022, 2023), (2021, 2022, 2023)),
        ((2020, 2022), (2020, 2021, 2022)),  # an empty year is a column
        ((2005, 2020, 2021), (2005, None, 2020, 2021)),  # fourteen are one gap
        ((2024,), ()),  # one year is no time
        ((), ()),
    ],
)
def test_the_columns_are_even(years: tuple[int, ...], columns: tuple[int | None, ...]) -> None:
    axis = axis_of(dated(*years))
    assert axis.years == columns
    middles = [axis.x(year) for year in columns if year is not None]
    assert all(b - a >= axis.step for a, b in pairwise(middles))


def test_a_stray_date_is_no_column() -> None:
    nodes = (*dated(2021, 2022).nodes, GraphNode("old.md", "note", "", 1900, "old.md"))
    axis = axis_of(GraphData(nodes, ()))
    assert axis.years == (2021, 2022)
    assert axis.column(1900) == 0


def test_a_new_year_moves_no_column() -> None:
    before, after = axis_of(dated(2021, 2022, 2023)), axis_of(dated(2021, 2022, 2023, 2024))
    assert before.step == after.step
    assert [before.x(y) for y in (2021, 2022, 2023)] == [after.x(y) for y in (2021, 2022, 2023)]


@pytest.mark.parametrize(
    ("date", "year", "part"),
    [
        ("2024-01-01", 2024, 0),
        ("2024-07-02", 2024, 0.5),
        ("2024-07", 2024, 0.53),
        ("2024", 2024, None),
        ("2025-01-03", 2024, None),  # a review of 2024 that was written in January
        ("2024-02-31", 2024, None),
        (None, 2024, None),
    ],
)
def test_how_far_a_note_is_into_its_year(date: str | None, year: int, part: float | None) -> None:
    found = part_of_year(GraphNode("a", "note", "a", year, "a", date=date))
    assert found == (None if part is None else pytest.approx(part, abs=0.01))


@pytest.mark.parametrize("data", [five_years(), random_vault(900, 2600)], ids=["small", "wiki"])
def test_every_dated_note_stands_nearest_to_its_own_year(data: GraphData) -> None:
    axis, place = axis_of(data), layout(data)
    years = [year for year in axis.years if year is not None]
    for node in data.nodes:
        if node.year is not None and node.kind != "section":
            x = place[node.id][0]
            assert min(years, key=lambda y: abs(axis.x(y) - x)) == node.year, node.id


def test_days_read_from_left_to_right() -> None:
    nodes = [
        GraphNode(f"{m}.md", "daily", "", 2024, f"{m}.md", date=f"2024-{m:02}-10")
        for m in range(1, 13)
    ]
    data = graph(
        [*nodes, *dated(2023).nodes], {("1.md", "12.md", "link"), ("2.md", "9.md", "link")}
    )
    place = layout(data)
    assert place["1.md"][0] < place["2.md"][0] < place["9.md"][0] < place["12.md"][0]


def test_notes_without_links_stand_under_their_own_column() -> None:
    data = GraphData((*five_years().nodes, *dated(2022, 2024).nodes), five_years().edges)
    axis, place = axis_of(data), layout(data)
    for node in dated(2022, 2024).nodes:
        assert node.year is not None
        assert abs(place[node.id][0] - axis.x(node.year)) < axis.step / 2
