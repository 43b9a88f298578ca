"""Parts of a graph: around a note, some notes only, without some, without names."""

from __future__ import annotations

from tests.page.graphs import five_years
from vaultdots.graph.narrow import around, masked, only, without

REVIEW = "회고/2023 회고.md"


def test_around_a_note_are_its_neighbours_with_their_sections() -> None:
    data = five_years()
    near = around(data, "공부/멱등성.md", 1)
    ids = {node.id for node in near.nodes}
    assert "회고/2021 회고.md" in ids
    assert "회고/2021 회고.md#올해의 공부" in ids
    assert REVIEW not in ids
    assert len(around(data, "공부/멱등성.md", 3).nodes) > len(near.nodes)
    assert all(e.source in ids and e.target in ids for e in near.edges)


def test_only_some_notes_keep_what_hangs_on_them() -> None:
    data = only(five_years(), [REVIEW])
    kinds = sorted({node.kind for node in data.nodes})
    assert kinds == ["placeholder", "review", "section"]


def test_a_folder_a_note_and_a_pattern_are_left_out() -> None:
    data = without(five_years(), ["일기", "공부.md", "*/*캐시*"])
    paths = {node.path for node in data.nodes}
    assert not [p for p in paths if p and (p.startswith("일기/") or "캐시" in p or p == "공부.md")]
    assert "공부/멱등성.md" in paths


def test_a_masked_graph_holds_no_word_of_the_author() -> None:
    data = five_years()
    shown, ids = masked(data)
    said = " ".join(
        " ".join((node.id, node.title, node.path or "", *node.aliases, *node.tags))
        for node in shown.nodes
    )
    for word in ("회고", "멱등성", "Redis", "공부", "DDIA"):
        assert word not in said
    assert "2023" in said
    assert len(shown.edges) == len(data.edges)
    assert [n.kind for n in shown.nodes if n.id == ids[REVIEW]] == ["review"]
