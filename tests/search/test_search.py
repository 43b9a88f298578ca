"""What is found, in which order, and what a hit says; with both engines."""

from __future__ import annotations

from collections.abc import Callable
from unicodedata import normalize

import pytest

from tests.search.conftest import ENGINES, SmallVault
from vaultdots.errors import QueryError
from vaultdots.search.searcher import SearchOptions
from vaultdots.search.source import rows_of_sections, sections

NOTES = {
    "회고/2023.md": """\
---
kind: review
year: 2023
tags: [회고]
---
# 2023년 회고

올해를 돌아본다.

## 잘한 일

테스트 주도 개발을 시작했다. [[도커|도커를]] 배웠다.

## 내년 목표

- [ ] 책 열두 권
- [x] 블로그
""",
    "회고/2024.md": """\
---
kind: review
year: 2024
---
# 2024년 회고

## 잘한 일

객체지향을 공부했다.
""",
    "study/객체.md": """\
---
aliases: [OOP, 오브젝트]
created: 2023-05-01
---
# 객체지향의 사실과 오해

객체를 책임으로 나눈다. %%회고 비밀%%

```
회고코드
```
""",
    "study/도커.md": """\
# 도커

Docker는 컨테이너다. REST API를 띄웠다. 사회 고발은 없다.
""",
    "study/en.md": """\
# Testing with C++

We tested node.js and 2-phase commit on k8s.
A HappyCat.
""",
    "plain.md": "제목 없는 글. 회고록을 썼다.\n",
}


@pytest.fixture
def notes(vault: SmallVault) -> SmallVault:
    vault.write(NOTES)
    return vault


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("테스트주도개발", ["회고/2023.md#잘한 일"]),
        ("테스트 주도 개발", ["회고/2023.md#잘한 일"]),
        ("객체에서", ["study/객체.md#객체지향의 사실과 오해", "회고/2024.md#잘한 일"]),
        ("오브젝트", ["study/객체.md#객체지향의 사실과 오해"]),
        ("책", ["회고/2023.md#내년 목표", "study/객체.md#객체지향의 사실과 오해"]),
        ("책을", ["회고/2023.md#내년 목표"]),
        ("REST API", ["study/도커.md#도커"]),
        ("C++", ["study/en.md#Testing with C++"]),
        ("node.js", ["study/en.md#Testing with C++"]),
        ("2-phase tests", ["study/en.md#Testing with C++"]),
        ("k8s", ["study/en.md#Testing with C++"]),
        ("고발", ["study/도커.md#도커"]),
        ("비밀", []),
        ("회고코드", ["study/객체.md#객체지향의 사실과 오해"]),
        ("2023 잘한", ["회고/2023.md#잘한 일"]),
        ("잘한 -2023", ["회고/2024.md#잘한 일"]),
        (
            "도커 OR 객체지향 -사실",
            ["study/도커.md#도커", "회고/2023.md#잘한 일", "회고/2024.md#잘한 일"],
        ),
        ('"commit on k8s"', ["study/en.md#Testing with C++"]),
        ('"on commit"', []),
        ("없는말", []),
        # whole notes
        ("kind:review", ["회고/2024.md", "회고/2023.md"]),
        ("year:2023 잘한", ["회고/2023.md#잘한 일"]),
        ("tag:회고", ["회고/2023.md"]),
        ("#회고 목표", ["회고/2023.md#내년 목표"]),
        ("path:study -file:도커", ["study/객체.md", "study/en.md"]),
        ("file:객체", ["study/객체.md"]),
        ("path:회고/ 공부", ["회고/2024.md#잘한 일"]),
        ("-path:회고 -path:study", ["plain.md"]),
        ("-회고 -객체", ["study/도커.md", "study/en.md"]),
        ("[aliases]", ["study/객체.md"]),
        ("[aliases:OOP]", ["study/객체.md"]),
        ("[year:>2023]", ["회고/2024.md"]),
        ("created:2023-05", ["study/객체.md"]),
        # places in a note
        ("title:회고 목표", ["회고/2023.md#내년 목표"]),
        ("heading:목표", ["회고/2023.md#내년 목표"]),
        ("content:목표", ["회고/2023.md#내년 목표"]),
        ("line:(tested k8s)", ["study/en.md#Testing with C++"]),
        ("line:(tested HappyCat)", []),
        ("block:(tested HappyCat)", ["study/en.md#Testing with C++"]),
        ("task:권", ["회고/2023.md#내년 목표"]),
        ("task-todo:블로그", []),
        ("task-done:블로그", ["회고/2023.md#내년 목표"]),
        ("match-case:HappyCat", ["study/en.md#Testing with C++"]),
        ("match-case:happycat", []),
        ("match-case:(ignore-case:happycat)", ["study/en.md#Testing with C++"]),
        (r"/test\w+ node/", ["study/en.md#Testing with C++"]),
        (r"path:/\d{4}/ 공부", ["회고/2024.md#잘한 일"]),
    ],
)
def test_found(notes: SmallVault, query: str, wanted: list[str]) -> None:
    assert notes.found(query) == wanted


def test_order_title_alias_heading_tag_body(vault: SmallVault) -> None:
    vault.write(
        {
            "a.md": "---\ntitle: 카프카\n---\n메시지\n",
            "b.md": "---\ntitle: 브로커\naliases: [카프카]\n---\n메시지\n",
            "c.md": "---\ntitle: 큐\n---\n## 카프카\n\n메시지\n",
            "d.md": "---\ntitle: 로그\ntags: [카프카]\n---\n메시지\n",
            "e.md": "---\ntitle: 글\n---\n카프카 카프카 카프카 카프카 카프카\n",
            "f.md": "---\ntitle: 카프카 설치\n---\n메시지\n",
        }
    )
    assert [hit.path for hit in vault.ask("카프카")] == [
        "a.md",
        "b.md",
        "c.md",
        "f.md",
        "d.md",
        "e.md",
    ]


def test_a_note_does_not_flood_the_list(vault: SmallVault) -> None:
    many = "# 모음\n\n" + "\n".join(f"## 절 {n}\n\n도커 도커 도커\n" for n in range(8))
    vault.write({"many.md": many, "one.md": "# 하나\n\n도커를 조금 썼다.\n"})
    hits = vault.ask("도커", SearchOptions(limit=4))
    assert "one.md" in [hit.path for hit in hits]
    by_note = vault.ask("도커", SearchOptions(by_note=True))
    assert sorted(hit.path for hit in by_note) == ["many.md", "one.md"]


def test_a_hit(notes: SmallVault) -> None:
    (hit,) = notes.ask("테스트주도개발")
    assert (hit.path, hit.title, hit.kind, hit.year) == (
        "회고/2023.md",
        "2023년 회고",
        "review",
        2023,
    )
    assert hit.section == ("2023년 회고", "잘한 일")
    assert (hit.line, hit.match_line) == (10, 12)
    assert hit.snippet == "테스트 주도 개발을 시작했다. 도커를 배웠다."
    assert [hit.snippet[start:end] for start, end in hit.ranges] == ["테스트 주도 개발"]
    assert hit.corrected is None
    assert hit.score > 0
    assert sum(reason.score for reason in hit.reasons) == pytest.approx(hit.score, abs=1e-3)


def test_decomposed_hangul_is_the_same(vault: SmallVault) -> None:
    vault.write({"a.md": normalize("NFD", "# 연말 회고\n\n객체를 배웠다.\n")})
    for query in ("객체", normalize("NFD", "객체")):
        (hit,) = vault.ask(query)
        assert [hit.snippet[start:end] for start, end in hit.ranges] == ["객체"]


@pytest.mark.parametrize(
    ("sort", "wanted"),
    [
        ("path", ["study/객체.md", "회고/2023.md", "회고/2024.md"]),
        ("title", ["회고/2023.md", "회고/2024.md", "study/객체.md"]),
    ],
)
def test_sorting(notes: SmallVault, sort: str, wanted: list[str]) -> None:
    options = SearchOptions(sort=sort, by_note=True)  # type: ignore[arg-type]
    assert [hit.path for hit in notes.ask("객체 OR 잘한", options)] == wanted


def test_changes_are_followed(vault: SmallVault) -> None:
    vault.write({"a.md": "도커\n", "b.md": "도커\n"})
    assert vault.found("도커") == ["a.md", "b.md"]
    vault.write({"a.md": "쿠버네티스로 갔다\n"})
    assert vault.found("도커") == ["b.md"]
    assert vault.found("쿠버네티스") == ["a.md"]
    vault.remove("b.md")
    assert vault.found("도커") == []


def test_an_update_is_a_rebuild(
    make_vault: Callable[..., SmallVault],
) -> None:
    for engine in ENGINES:
        changed = make_vault(f"changed-{engine}", engine)
        changed.write({"회고/2023.md": "옛 회고\n", "gone.md": "회고\n", "study/도커.md": "도커\n"})
        assert len(changed.ask("회고")) == 2
        changed.write(NOTES)
        changed.remove("gone.md")
        fresh = make_vault(f"fresh-{engine}", engine)
        fresh.write(NOTES)
        for query in ("회고", "도커 OR 객체", "잘한 일", "test", "책"):
            assert changed.ask(query) == fresh.ask(query)


def test_engines_answer_alike(make_vault: Callable[..., SmallVault]) -> None:
    whoosh, sqlite = (make_vault("same", engine) for engine in ENGINES)
    for small in (whoosh, sqlite):
        small.write(NOTES)
    for query in (
        "회고",
        "도커 OR 객체",
        "잘한 일",
        "test",
        "책",
        "-회고",
        "이 OR 는",
        "2023 -목표",
    ):
        assert whoosh.ask(query, SearchOptions(limit=None)) == sqlite.ask(
            query, SearchOptions(limit=None)
        )


@pytest.mark.parametrize(
    ("query", "offset"),
    [("kind:novel", 5), ("year:abc", 5), ("created:soon", 8), ("is:lost", 3), ("회고 /(/", 3)],
)
def test_a_value_that_makes_no_sense(notes: SmallVault, query: str, offset: int) -> None:
    with pytest.raises(QueryError) as caught:
        notes.ask(query)
    assert caught.value.offset == offset


def test_a_broken_index_heals(notes: SmallVault) -> None:
    wanted = notes.found("회고")
    assert notes.searcher
    notes.searcher.close()
    notes.searcher = None
    if notes.engine == "whoosh":
        assert notes.catalog.folder
        for file in (notes.catalog.folder / "whoosh").iterdir():
            file.write_bytes(b"\0garbage")
    else:
        notes.catalog.for_index().execute("DROP TABLE search_tokens")
    assert notes.found("회고") == wanted


def test_single_sections_read_as_in_their_notes(notes: SmallVault) -> None:
    notes.write({"x.md": "\n \n## 첫째 #하나\n글\n## 둘째\n%%\n비밀\n%%\n#둘\n", "y.md": ""})
    rows = {row.section_id: row for row in sections(notes.catalog, None)}
    assert len(rows) > 8
    assert rows_of_sections(notes.catalog, rows) == rows


def test_what_properties_say_is_found(vault: SmallVault) -> None:
    vault.write(
        {
            "눈.md": "---\nauthor: 한강\nfinished: 2024-11-10\nkind: book\n"
            "image: a/b.png\n---\n# 작별\n\n눈이 내린다.\n\n## 밑줄\n\n글.\n",
            "앞.md": "---\nauthors: [이미예, 한강진]\n---\n머리글.\n\n# 절\n\n글.\n",
            "강.md": "# 강\n\n한강을 달렸다.\n",
        }
    )
    assert vault.found("한강") == ["눈.md#작별", "앞.md", "강.md#강"]
    assert vault.found("이미예") == ["앞.md"]
    assert vault.found("2024") == vault.found("book") == vault.found("png") == []
    assert vault.found("한강 밑줄") == []  # an author is no context of other sections
