"""Operators find what a slow and obvious evaluator over parsed notes finds, for any query."""

from __future__ import annotations

import shutil
import tempfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.search.reference import evaluate, pages_of
from vaultdots.errors import QueryError
from vaultdots.search.searcher import Searcher, SearchOptions
from vaultdots.store.catalog import Catalog
from vaultdots.store.config import Config
from vaultdots.store.sync import sync

TODAY = date(2025, 3, 1)
QUERIES_A_VAULT = 20
WORDS = (
    "회고",
    "회고를",
    "도커",
    "테스트주도",
    "책",
    "책을",
    "API",
    "API를",
    "docker",
    "Docker",
    "c++",
    "tests",
    "사회",
    "고발",
    "2023",
    "node.js",
    "없는말",
    "a",
    "ㅎㄱ",
    "ㄷㅋ",
    "2.1",
    "v2.1",
)
PATHS = ("회고/2023.md", "회고/2024.md", "study/도커.md", "study/Docker Notes.md", "a.md", "c++.md")
TAGS = ("회고", "study", "study/java", "Study")
LINES = (
    "회고를 썼다.",
    "테스트 주도 개발과 도커.",
    "사회 고발",
    "책 한 권을 읽었다",
    "정책 책임",
    "REST API를 쓴다",
    "Docker tests, C++ and node.js",
    "- [ ] 회고 쓰기",
    "- [x] 도커 공부",
    "1. [X] API",
    "> 인용한 책",
    "%%숨은 회고%%",
    "`코드 책`",
    "",
    "",
    "#study/java 태그",
    "#회고",
    "**굵은** 회고",
    "a",
    "2023년",
    "v2.1.0",
    "2.1 사회",
    "**사회** 고발",
)
HEADINGS = ("# 회고", "## 잘한 일", "## 도커", "### API", "# 2023년 회고", "## Docker tests")
PROPERTIES = (
    "tags: [회고, study]",
    "aliases: [OOP, 객체]",
    "status: Draft",
    "status: Published",
    "rating: 4",
    "rating: 7",
    "rating: -3",
    "rating: [1, 9]",
    "due: 2024",
    "due: 2024-12",
    "due: 2025-01-15",
    "due: 미정",
    "version: 2.13.0",
    "version: v2.9",
    "version: '2.9'",
    "empty:",
    "done: true",
    "kind: review",
    "year: 2023",
    "title: 도커 입문",
    "author: 책 읽는 고발",
    "with: [도커, 'docker/x']",
)


@st.composite
def notes(draw: st.DrawFn) -> str:
    lines = []
    if properties := draw(st.lists(st.sampled_from(PROPERTIES), max_size=4, unique_by=_key)):
        lines += ["---", *properties, "---"]
    lines += draw(st.lists(st.sampled_from(LINES), max_size=3))
    for heading in draw(st.lists(st.sampled_from(HEADINGS), max_size=4)):
        lines += [heading, "", *draw(st.lists(st.sampled_from(LINES), max_size=4)), ""]
    return draw(st.sampled_from(["\n", "\n", "\r\n"])).join(lines) + "\n"


def _key(line: str) -> str:
    return line.split(":")[0]


vaults = st.dictionaries(st.sampled_from(PATHS), notes(), min_size=1, max_size=5)
words = st.sampled_from(WORDS)
quoted = st.sampled_from(
    [
        '"회고를 썼다"',
        '"테스트 주도"',
        '"Docker tests"',
        '"사회 고발"',
        '"C++ and"',
        '"굵은 회고"',
        '"인용한 책"',
        '"도커"',
    ]
)
patterns = st.sampled_from([r"/\d{4}/", "/회고.?를/", "/^docker/", "/[책도]/"])
terms = st.one_of(words, words, words, quoted, patterns)


def _compound(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(" ".join),
        st.lists(inner, min_size=2, max_size=3).map(" OR ".join),
        inner.map("-({})".format),
        inner.map("({})".format),
    )


texts = st.recursive(terms, _compound, max_leaves=4)
names = st.recursive(words, _compound, max_leaves=3)
scopes = st.sampled_from(
    [
        "content",
        "title",
        "heading",
        "line",
        "section",
        "task",
        "task-todo",
        "task-done",
        "match-case",
        "ignore-case",
    ]
)
operators = st.one_of(
    st.builds("{}:({})".format, scopes, texts),
    st.builds("{}:({})".format, st.sampled_from(["file", "path"]), names),
    st.sampled_from(TAGS).map("tag:{}".format),
    st.builds("tag:({} OR {})".format, st.sampled_from(TAGS), st.sampled_from(TAGS)),
    st.sampled_from(
        [
            "[status]",
            "[status:Draft]",
            "[status:Draft OR Published]",
            "[rating:>5]",
            "[rating:<=4]",
            "[rating:-3]",
            "[rating:<2 OR >4]",
            "[rating:-3..5]",
            "[rating:>=2 <=7]",
            "[due:<=2024]",
            "[due:>2024]",
            "[due:>=2024-12]",
            "[due:<2025-01]",
            "[due:<올해 OR null]",
            "[due:작년..2024-12]",
            "[due:>가]",
            "[version:>2.9]",
            "[version:<=v2.13]",
            "[version:2.9.0..]",
            "[empty:null OR Draft]",
            "[status:-null]",
            "kind:(review OR note)",
            "year:(2022 OR 2023)",
            "title:-도커",
            "line:-회고",
            "tag:-study",
            "[empty:null]",
            "[empty]",
            "[aliases:OOP]",
            '[status:"draft"]',
            "[done:true]",
            "[없음]",
            "[author:책]",
            "kind:review",
            "kind:note",
            "year:2023",
            "is:tagless",
            r"path:/\d{4}/",
        ]
    ),
)
queries = st.recursive(st.one_of(texts, operators), _compound, max_leaves=4)


def compare(files: dict[str, str], asked: list[str]) -> None:
    root = Path(tempfile.mkdtemp())
    catalog = Catalog(None)
    try:
        for path, text in files.items():
            (root / path).parent.mkdir(exist_ok=True)
            (root / path).write_text(text, encoding="utf-8", newline="")
        sync(root, Config(), catalog)
        pages = pages_of(files)
        searcher = Searcher(catalog, "sqlite")
        for query in asked:
            try:
                wanted = evaluate(query, pages, TODAY)
            except QueryError:
                continue
            hits = searcher.ask(query, SearchOptions(limit=None, relax=False, today=TODAY)).hits
            assert {(hit.path, hit.line) for hit in hits if not hit.corrected} == wanted, query
    finally:
        catalog.close()
        shutil.rmtree(root)


many_queries = st.lists(queries, min_size=QUERIES_A_VAULT, max_size=QUERIES_A_VAULT)
unhurried = settings(
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@settings(unhurried, max_examples=20)
@given(vaults, many_queries)
def test_operators_find_what_the_reference_finds(files: dict[str, str], asked: list[str]) -> None:
    compare(files, asked)


@pytest.mark.slow
@pytest.mark.timeout(1800)
@settings(unhurried, max_examples=150)
@given(vaults, many_queries)
def test_three_thousand_queries(files: dict[str, str], asked: list[str]) -> None:
    compare(files, asked)
