"""The whole graph: which dots there are, what connects them, and that nothing else is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from vaultdots.graph.model import GraphData
from vaultdots.vault import Vault

FILES = {
    "회고/2022년 회고.md": "# 2022년 회고\n\n## 공부\n[[Redis]]를 배웠다. ![[그림.png]]\n\n"
    "### 캐시\n"
    "[[2023년 회고#공부]]에서 이어진다.\n\n## 2023년 목표\n- [[아직 없는 노트]]\n",
    "회고/2023년 회고.md": "# 2023년 회고\n\n## 공부\n![[Redis]] [[redis]]\n\n## 공부\n다시\n",
    "회고/2024년 회고.md": "# 2024년 회고\n[[2022년 회고]]\n",
    "회고/2024년 상반기 회고.md": "# 2024년 상반기 회고\n",
    "공부/Redis.md": "---\naliases: [레디스]\ntags: [공부/백엔드]\nstatus: 읽는 중\n---\n"
    "[[#자신]] [[아직 없는 노트]] #캐시\n# Redis\n",
    "그림.png": "",
    "판.canvas": '{"nodes":[{"id":"a","type":"file","file":"공부/Redis.md","x":0,"y":0}]}',
}


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    for name, text in FILES.items():
        path = tmp_path / "vault" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return Vault.open(tmp_path / "vault", cache=tmp_path / "cache")


def edges(data: GraphData, kind: str) -> set[tuple[str, str]]:
    return {(edge.source, edge.target) for edge in data.edges if edge.kind == kind}


def test_notes_placeholders_and_review_sections_are_dots(vault: Vault) -> None:
    kinds = {node.id: node.kind for node in vault.map.data().nodes}
    assert kinds["회고/2022년 회고.md"] == "review"
    assert kinds["회고/2022년 회고.md#2022년 회고#공부#캐시"] == "section"
    assert kinds["회고/2023년 회고.md#2023년 회고#공부~2"] == "section"
    assert kinds["?아직 없는 노트"] == "placeholder"
    assert not any(kind in ("attachment", "tag", "property") for kind in kinds.values())
    assert "회고/2022년 회고.md#2022년 회고" not in kinds, "a heading that repeats the title"


def test_links_of_a_review_start_from_and_lead_to_its_sections(vault: Vault) -> None:
    links = edges(vault.map.data(), "link")
    first = "회고/2022년 회고.md#2022년 회고"
    assert (f"{first}#공부", "공부/Redis.md") in links
    assert (f"{first}#공부#캐시", "회고/2023년 회고.md#2023년 회고#공부") in links
    assert ("회고/2024년 회고.md", "회고/2022년 회고.md") in links
    assert ("공부/Redis.md", "?아직 없는 노트") in links
    assert not any(source == target for source, target in links)


def test_embeds_and_sections_have_edges_of_their_own_kind(vault: Vault) -> None:
    data = vault.map.data()
    second = "회고/2023년 회고.md"
    assert edges(data, "embed") == {(f"{second}#2023년 회고#공부", "공부/Redis.md")}
    contains = edges(data, "contains")
    assert (second, f"{second}#2023년 회고#공부") in contains
    first = "회고/2022년 회고.md#2022년 회고#공부"
    assert (first, f"{first}#캐시") in contains


def test_a_year_leads_to_the_next_one(vault: Vault) -> None:
    assert edges(vault.map.data(), "next") == {
        ("회고/2022년 회고.md", "회고/2023년 회고.md"),
        ("회고/2023년 회고.md", "회고/2024년 회고.md"),
    }


def test_tags_properties_and_attachments_come_when_asked_for(vault: Vault) -> None:
    data = vault.map.data(tags=True, properties=True, attachments=True)
    titles = {node.title: node.kind for node in data.nodes}
    assert titles["#공부/백엔드"] == titles["#캐시"] == "tag"
    assert titles["status: 읽는 중"] == "property"
    assert titles["그림.png"] == titles["판.canvas"] == "attachment"
    assert ("판.canvas", "공부/Redis.md") in edges(data, "link")


def test_a_missing_picture_is_no_placeholder(tmp_path: Path) -> None:
    (tmp_path / "vault").mkdir()
    (tmp_path / "vault" / "a.md").write_text("![[gone.png]] [[Node.js]]", encoding="utf-8")
    vault = Vault.open(tmp_path / "vault", cache=tmp_path / "cache")
    assert [node.id for node in vault.map.data().nodes] == ["?node.js", "a.md"]


def test_networkx_carries_the_same_graph(vault: Vault) -> None:
    data = vault.map.data()
    graph = vault.graph()
    assert graph.number_of_nodes() == len(data.nodes)
    assert graph.number_of_edges() == len(data.edges)
    assert graph.nodes["공부/Redis.md"]["title"] == "Redis"


def test_the_map_keeps_its_places_and_starts_from_the_last_ones(vault: Vault) -> None:
    data = vault.map.data()
    first = vault.map.layout(data)
    assert vault.map.layout(data) == first
    assert (vault.catalog.folder or Path()).joinpath("places.json").exists()


def test_what_is_read_out_of_prose_comes_when_asked_for(tmp_path: Path) -> None:
    files = {
        "회고/2022년 회고.md": "# 2022년 회고\n\n## 2023년 목표\n- 쿠버네티스 운영해 보기\n",
        "회고/2023년 회고.md": "# 2023년 회고\n\n## 목표 점검\n- [x] 쿠버네티스 운영해 보기\n",
        "공부/쿠버네티스.md": "---\ndate: 2022-11-03\n---\n# 쿠버네티스\n파드와 노드.\n",
        "공부/산책.md": "# 산책\n길을 걷는다.\n",
    }
    vault = opened(tmp_path, files)
    plain, derived = vault.map.data(), vault.map.data(derived=True)
    goals = "회고/2022년 회고.md#2022년 회고#2023년 목표"
    check = "회고/2023년 회고.md#2023년 회고#목표 점검"
    assert edges(plain, "goal") == edges(plain, "mention") == set()
    assert edges(derived, "goal") == {(goals, check)}
    assert (goals, "공부/쿠버네티스.md") in edges(derived, "mention")
    assert not any("산책" in edge.target for edge in derived.edges)


def test_what_a_study_group_met_in_one_year_is_a_dot_between_their_sections(tmp_path: Path) -> None:
    files = {
        "가/2023년 회고.md": "# 2023년 회고\n\n## 배운 것\n\nTriton과 도커를 썼다.\n",
        "나/2023년 회고.md": "# 2023년 회고\n\n## 일\n\nTriton을 배포했다.\n\n## 놀이\n\nDocker.\n",
        "공부/Triton.md": "---\ndate: 2023-02-01\n---\n# Triton\n",
        "공부/Hades.md": "# Hades\n",
    }
    vault = opened(tmp_path, files)
    plain, derived = vault.map.data(), vault.map.data(derived=True)
    assert edges(plain, "concept") == set()
    assert [n.id for n in derived.nodes if n.kind == "concept"] == ["*Docker"]
    assert {edge for edge in edges(derived, "concept") if edge[0] == "*Docker"} == {
        ("*Docker", "가/2023년 회고.md#2023년 회고#배운 것"),
        ("*Docker", "나/2023년 회고.md#2023년 회고#놀이"),
    }
    # A note that is called so is the dot; where a mention says the same, nothing is added.
    touching = {e.source for e in derived.edges if e.target == "공부/Triton.md"}
    touching |= {e.target for e in derived.edges if e.source == "공부/Triton.md"}
    assert touching == {"가/2023년 회고.md#2023년 회고#배운 것", "나/2023년 회고.md#2023년 회고#일"}


def opened(tmp_path: Path, files: dict[str, str]) -> Vault:
    for name, text in files.items():
        path = tmp_path / "other" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return Vault.open(tmp_path / "other", cache=tmp_path / "cache")


def missing(vault: Vault) -> dict[str, set[str]]:
    """Each placeholder with the notes that lead to it."""
    data = vault.map.data()
    found: dict[str, set[str]] = {n.id: set() for n in data.nodes if n.kind == "placeholder"}
    for edge in data.edges:
        if edge.target in found:
            found[edge.target].add(edge.source)
    return found


def test_one_relative_link_in_two_folders_asks_for_two_notes(tmp_path: Path) -> None:
    with opened(
        tmp_path,
        {"a/n.md": "[x](../할일.md)", "b/c/n.md": "[x](../할일.md)", "n.md": "[x](b/할일.md)"},
    ) as vault:
        assert missing(vault) == {"?할일": {"a/n.md"}, "?b/할일": {"b/c/n.md", "n.md"}}
        titles = {n.title for n in vault.map.data().nodes if n.kind == "placeholder"}
        assert titles == {"할일"}
        assert [link.source for link in vault.links.to("b/할일.md")] == ["b/c/n.md", "n.md"]
        assert [link.source for link in vault.links.to("할일")] == ["a/n.md"]


def test_one_missing_note_is_one_dot_however_it_is_written(tmp_path: Path) -> None:
    links = "[[x]] [[X.md]] [[./x]] [m](x.md) [n](f/../x.md) [o](/x)"
    with opened(tmp_path, {"n.md": links, "s/b.md": "[m](../x.md) [[x]]"}) as vault:
        assert missing(vault) == {"?x": {"n.md", "s/b.md"}}
        assert len(vault.links.to("x")) == 8


def test_a_site_s_links_ask_for_the_page_beside_their_own(tmp_path: Path) -> None:
    files = {
        "hugo.toml": "",
        "content/a/n.md": "[x](할일.md) [y](/b/할일/)",
        "content/b/n.md": '[x](할일.md) {{< ref "b/할일" >}}',
    }
    with opened(tmp_path, files) as vault:
        assert missing(vault) == {
            "?a/할일": {"content/a/n.md"},
            "?b/할일": {"content/a/n.md", "content/b/n.md"},
        }
        assert len(vault.links.to("할일")) == 4, "a name alone means every one of them"


def test_sections_never_share_a_dot(tmp_path: Path) -> None:
    text = "## A\n## A\n## A~2\n## B#C\n## B\n### C\n## C\\\n### D\n## 2023~2024\n"
    with opened(tmp_path, {"2024년 회고.md": text}) as vault:
        nodes = [n for n in vault.map.data().nodes if n.kind == "section"]
    assert sorted((n.id.removeprefix("2024년 회고.md"), n.title) for n in nodes) == sorted(
        [
            ("#A", "A"),
            ("#A~2", "A"),
            (r"#A\~2", "A~2"),
            (r"#B\#C", "B#C"),
            ("#B", "B"),
            ("#B#C", "C"),
            ("#C\\\\", "C\\"),
            ("#C\\\\#D", "D"),
            (r"#2023\~2024", "2023~2024"),
        ]
    )
