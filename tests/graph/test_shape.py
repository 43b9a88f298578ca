"""The shape of the links: chains, bridges, gaps, and looking through notes in two processes."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.page.graphs import random_vault
from vaultdots.graph import scan_mentions
from vaultdots.graph.communities import parts_of
from vaultdots.graph.metrics import bridges, communities
from vaultdots.graph.paths import Ties, chains
from vaultdots.vault import Vault

PAIRS = st.sets(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=16)


def ties(pairs: set[tuple[int, int]]) -> Ties:
    forward: dict[str, dict[str, tuple[int, str]]] = {}
    backward: dict[str, dict[str, tuple[int, str]]] = {}
    for one, other in pairs:
        if one != other:
            forward.setdefault(str(one), {})[str(other)] = (1, "")
            backward.setdefault(str(other), {})[str(one)] = (1, "")
    return Ties(forward, backward)


def undirected(pairs: set[tuple[int, int]]) -> nx.Graph:
    graph = nx.Graph()
    graph.add_nodes_from(str(n) for n in range(10))
    graph.add_edges_from((str(a), str(b)) for a, b in pairs if a != b)
    return graph


def test_the_parts_are_as_good_as_those_of_a_reference() -> None:
    """Few of the nodes are looked at again: the parts are no worse for it."""
    data = random_vault(1_000, 3_000, 2)
    pairs = sorted({tuple(sorted((e.source, e.target))) for e in data.edges if e.kind == "link"})
    graph = nx.Graph(pairs)
    reference = nx.community.louvain_communities(graph, seed=1)
    ours = parts_of([(a, b) for a, b in pairs])
    best = nx.community.modularity(graph, reference)
    assert nx.community.modularity(graph, ours) > best - 0.01


@example({(0, 3), (0, 5), (1, 2), (1, 4), (2, 5), (3, 4)})
@given(PAIRS)
def test_chains_are_the_shortest_paths(pairs: set[tuple[int, int]]) -> None:
    found = chains("0", "1", ties(pairs), most=1000)
    graph = undirected(pairs)
    wanted = list(nx.all_shortest_paths(graph, "0", "1")) if nx.has_path(graph, "0", "1") else []
    assert [[chain[0].source, *(step.target for step in chain)] for chain in found] == sorted(
        wanted
    )


@given(PAIRS)
def test_bridges_are_what_cuts_others_off(pairs: set[tuple[int, int]]) -> None:
    graph = undirected(pairs)
    found = bridges({note: set(graph[note]) for note in graph})
    assert {bridge.path for bridge in found} == set(nx.articulation_points(graph))
    for bridge in found:
        rest = graph.subgraph(nx.node_connected_component(graph, bridge.path) - {bridge.path})
        sizes = sorted(map(len, nx.connected_components(rest)))
        assert (bridge.parts, bridge.loose) == (len(sizes) - 1, sum(sizes[:-1]))


def write(folder: Path, files: dict[str, str]) -> Vault:
    for name, text in files.items():
        path = folder / "vault" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return Vault.open(folder / "vault", cache=folder / "cache")


def test_a_chain_is_told_in_words_and_by_names_where_no_link_is(tmp_path: Path) -> None:
    files = {
        "a.md": "[[b]]",
        "b.md": "x",
        "c.md": "\n[[b]]",
        "쿠버네티스.md": "",
        "d.md": "쿠버네티스를",
    }
    with write(tmp_path, files) as vault:
        (chain,) = vault.links.chains("a", "c")
        assert [(step.source, step.how, step.target, step.line) for step in chain] == [
            ("a.md", "links to", "b.md", 1),
            ("b.md", "is linked from", "c.md", 2),
        ]
        assert [step.how for step in vault.links.chains("d", "쿠버네티스")[0]] == ["names"]
        assert vault.links.chains("a", "a") == []
        assert vault.links.chains("a", "d") == []


def test_parts_that_share_words_and_no_link_are_a_gap(tmp_path: Path) -> None:
    words = "파드배치 자동확장 컨테이너 root make"
    files = {
        f"{part}{n}.md": f"# {words} {part}{n}\n" + " ".join(f"[[{part}{m}]]" for m in range(4))
        for part in "ab"
        for n in range(4)
    }
    files |= {f"x{n}.md": f"# 산책 {n}\n길 {n}\n" for n in range(20)}
    with write(tmp_path, files) as vault:
        parts = communities(vault.links.neighbours())
        assert sorted(map(sorted, parts)) == [[f"{p}{n}.md" for n in range(4)] for p in "ab"]
        (gap,) = vault.links.gaps()
        assert {gap.one[0][0], gap.other[0][0]} == {"a", "b"}
        assert set(gap.words) == {"파드배치", "자동확장", "컨테이너"}  # `make` tells no two apart
        assert {row.path for row in vault.links.orphans(isolated=True)} == {
            f"x{n}.md" for n in range(20)
        }


@pytest.mark.slow
def test_the_work_of_finding_parts_grows_with_the_links() -> None:
    """Counted in calls: four times the notes, at most five times the work (it was six)."""

    def work(notes: int) -> int:
        chance = random.Random(1)
        graph: dict[str, set[str]] = {str(n): set() for n in range(notes)}
        for n in range(1, notes):
            near = [chance.randrange(max(0, n - 200), n) for _ in range(2)]
            for other in (*near, int(n * chance.random() ** 3)):
                graph[str(n)].add(str(other))
                graph[str(other)].add(str(n))
        calls = 0

        def count(frame: object, event: str, argument: object) -> None:
            nonlocal calls
            calls += 1

        sys.setprofile(count)
        try:
            communities(graph)
        finally:
            sys.setprofile(None)
        return calls

    assert work(10_000) < 5 * work(2_500)


def test_two_processes_find_what_one_finds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {
        f"노트{n}.md": f"노트{(n + 1) % 12}를 보고 노트{(n + 5) % 12}에서\n" for n in range(12)
    }
    with write(tmp_path / "one", files) as vault:
        alone = [vault.links.mentions_of(f"노트{n}") for n in range(12)]
    monkeypatch.setattr(scan_mentions, "PARALLEL_NOTES", 2)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    with write(tmp_path / "two", files) as vault:
        assert [vault.links.mentions_of(f"노트{n}") for n in range(12)] == alone
    assert any(alone)
