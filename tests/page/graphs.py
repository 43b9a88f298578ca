"""Graphs made up for the tests of the page: five years of reviews, and large random ones."""

from __future__ import annotations

import random
from itertools import pairwise
from typing import Any

from vaultdots.graph.layout import axis_of, layout
from vaultdots.graph.model import EdgeKind, GraphData, GraphEdge, GraphNode, NodeKind
from vaultdots.page import render
from vaultdots.page.html import Extras

STUDIES = [
    "트랜잭션 격리 수준",
    "Redis 분산 락",
    "B-Tree 인덱스",
    "Kafka 파티션",
    "멱등성",
    "서킷 브레이커",
    "HTTP 캐시",
    "Kubernetes",
    "SLO와 에러 예산",
    "Little's Law",
    "Prometheus 히스토그램",
    "배치 처리",
    "임베딩",
    "KV Cache",
    "코루틴",
    "가비지 컬렉션",
    "Transactional Outbox",
    "Connection Pool Sizing",
    "Cache Stampede",
    "벡터 검색",
    "프롬프트 평가",
    "타입 시스템",
    "이벤트 소싱",
    "CQRS",
    "gRPC",
    "OAuth 2.0",
    "JWT",
    "웹소켓",
    "리액트 서버 컴포넌트",
    "접근성",
    "테스트 더블",
    "속성 기반 테스트",
    "관측 가능성",
    "코드 리뷰",
    "글쓰기",
]
PROJECTS = [
    "주문 시스템 이전",
    "검색 서비스 v2",
    "사내 배포 도구",
    "알림 서버",
    "정산 배치",
    "추천 API",
    "오픈소스: dotlog",
]
BOOKS = [
    "데이터 중심 애플리케이션 설계",
    "The Pragmatic Programmer",
    "함께 자라기",
    "소프트웨어 장인",
    "Designing ML Systems",
    "클린 아키텍처",
    "Staff Engineer",
    "몰입",
    "객체지향의 사실과 오해",
    "죽음의 수용소에서",
]
SECTIONS = ["한 해 요약", "올해의 공부", "프로젝트", "읽은 책", "아쉬운 점", "내년 목표"]


def five_years() -> GraphData:
    """60 notes, 5 reviews of 6 sections each, a placeholder; the links tell five years."""
    chance = random.Random(7)
    nodes: list[GraphNode] = []
    edges: set[tuple[str, str, EdgeKind]] = set()
    shelf: tuple[tuple[NodeKind, str, list[str]], ...] = (
        ("study", "공부", STUDIES), ("project", "프로젝트", PROJECTS), ("book", "책", BOOKS),
    )  # fmt: skip
    by_year: dict[int, list[GraphNode]] = {y: [] for y in range(2021, 2026)}
    for kind, folder, titles in shelf:
        for k, title in enumerate(titles):
            year = 2021 + k * 5 // len(titles)
            path = f"{folder}/{title.replace(':', '')}.md"
            alias = ("DDIA",) if title.startswith("데이터 중심") else ()
            dated = None if kind == "study" and k % 4 == 0 else year
            node = GraphNode(path, kind, title, dated, path, 1, alias, (folder,))
            nodes.append(node)
            by_year[year].append(node)
    for year in range(2021, 2026):
        path = f"회고/{year} 회고.md"
        nodes.append(
            GraphNode(path, "review", f"{year}년 회고", year, path, 1, (str(year),), ("회고",))
        )
        for k, heading in enumerate(SECTIONS):
            section = f"{path}#{heading}"
            nodes.append(GraphNode(section, "section", heading, year, path, 5 + 10 * k))
            edges.add((path, section, "contains"))
        if year > 2021:
            edges.add((f"회고/{year - 1} 회고.md", path, "next"))
        home = {"study": "올해의 공부", "project": "프로젝트", "book": "읽은 책"}
        for node in by_year[year]:
            edges.add((f"{path}#{home[node.kind]}", node.id, "link"))
        for node in chance.sample(by_year.get(year + 1, by_year[2025]), 2):
            edges.add((f"{path}#내년 목표", node.id, "link"))
    studies = [n for n in nodes if n.kind == "study"]
    for node in nodes:
        if node.kind in ("project", "book"):
            for other in chance.sample(studies, 3):
                edges.add((node.id, other.id, "link"))
    for a, b in pairwise(studies):
        if chance.random() < 0.6:
            edges.add((a.id, b.id, "link"))
    nodes.append(GraphNode("공부.md", "index", "공부 지도", None, "공부.md"))
    edges |= {("공부.md", n.id, "embed" if k == 0 else "link") for k, n in enumerate(studies[::3])}
    nodes.append(GraphNode("?실패 일기", "placeholder", "실패 일기"))
    edges.add(("회고/2023 회고.md#아쉬운 점", "?실패 일기", "link"))
    for k in range(6):
        path = f"일기/2024-03-0{k + 1}.md"
        nodes.append(GraphNode(path, "daily", f"2024-03-0{k + 1}", 2024, path))
    nodes.append(GraphNode("메모/이사 준비.md", "note", "이사 준비", None, "메모/이사 준비.md"))
    return graph(nodes, edges)


def random_vault(notes: int, links: int, seed: int = 3) -> GraphData:
    """A large vault: communities with a few hubs, as real link graphs have them."""
    chance = random.Random(seed)
    kinds: tuple[NodeKind, ...] = ("study", "study", "study", "note", "note", "project", "book")
    nodes = [
        GraphNode(
            f"n/{i}.md", kinds[i * 7919 % 7], f"노트 {i}", 2016 + i * 10 // notes, f"n/{i}.md"
        )
        for i in range(notes)
    ]
    for year in range(2016, 2026):
        nodes.append(GraphNode(f"r/{year}.md", "review", f"{year} 회고", year, f"r/{year}.md"))
    edges: set[tuple[str, str, EdgeKind]] = set()
    groups = max(1, notes // 60)
    while len(edges) < links:
        a = chance.randrange(notes)
        group = a * groups // notes
        if chance.random() < 0.88:
            low = group * notes // groups
            b = low + int((notes // groups) * chance.random() ** 2.5)
        else:
            b = int(notes * chance.random() ** 3)
        if a != b and b < notes:
            edges.add((nodes[a].id, nodes[b].id, "link"))
    for year in range(2016, 2026):
        for _ in range(12):
            at = int(((year - 2016) + chance.random()) / 10 * notes)
            edges.add((f"r/{year}.md", nodes[at].id, "link"))
        if year > 2016:
            edges.add((f"r/{year - 1}.md", f"r/{year}.md", "next"))
    return graph(nodes, edges)


def graph(nodes: list[GraphNode], edges: set[tuple[str, str, EdgeKind]]) -> GraphData:
    return GraphData(
        tuple(sorted(nodes, key=lambda n: n.id)),
        tuple(GraphEdge(*e) for e in sorted(edges)),
    )


def page_text(data: GraphData, title: str = "시험 볼트", **extras: Any) -> str:
    """The page of a made-up graph, with the columns that its map stands in."""
    axis = axis_of(data)
    own = {"years": list(axis.years), "x0": axis.x0, "step": axis.step}
    return render(data, layout(data), title=title, extras=Extras(axis=own, **extras))


PWN = "window.__pwned=1"
HOSTILE = (
    f"</script><script>{PWN}</script>",
    f"<img src=x onerror={PWN}>",
    f'<a href="javascript:{PWN}">href</a>',
    f"javascript:{PWN}",
    f'"><svg onload={PWN}>',
    f"</title></style></noscript><script>{PWN}</script>",
    "<!-- <script>",
    "-->",
    "]]>",
    "line\u2028separator\u2029",
    "\ud800 half a pair",
    "\u202eright to left",
    "{{ 7*7 }}",
    "${7*7}",
    "__proto__",
    "constructor",
    "%E0%A4%A",
    "\\",
    " ",
)
"""Titles that have broken some page: none may become markup, script or an error."""


def hostile() -> GraphData:
    """Every hostile text as id, title, path, alias and tag of a note; each links to all."""
    nodes = [GraphNode(t, "note", t, 2020 + k % 3, t, 1, (t,), (t,)) for k, t in enumerate(HOSTILE)]
    edges: set[tuple[str, str, EdgeKind]] = {
        (a, b, "link") for a in HOSTILE for b in HOSTILE if a != b
    }
    return graph(nodes, edges)
