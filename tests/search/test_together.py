"""What operators, line ends, typing and crowds of words do to each other; with both engines."""

from __future__ import annotations

import pytest

from tests.search.conftest import SmallVault
from vaultdots.search.searcher import Searcher, SearchOptions


@pytest.fixture
def notes(vault: SmallVault) -> SmallVault:
    vault.write(
        {
            "web.md": "---\ntags: [web]\nrating: 10\n---\n# REST\n\n## 더\n\n얼룩말도 있다\n",
            "zebra.md": "# 동물\n\n얼룩말\n",
            "old.md": "---\nyear: 2022\ntags: [web]\n---\n# 옛날\n\n도커\n",
            "tasks.md": "- [ ] 전화\n- [x] 편지\n- [-] 방문\n- [?] 질문\n",
        }
    )
    return vault


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("tag:web OR 얼룩말", ["web.md#더", "zebra.md#동물", "old.md#옛날"]),
        ("얼룩말 OR [rating:10]", ["web.md#더", "zebra.md#동물"]),
        ("[year:2022] OR 얼룩말", ["old.md#옛날", "web.md#더", "zebra.md#동물"]),
        ("(얼룩말 OR tag:web) -도커", ["web.md#더", "zebra.md#동물"]),
        ("/얼룩./ OR tag:web", ["web.md#더", "zebra.md#동물", "old.md#옛날"]),
        ("path:old OR (tag:web 얼룩말)", ["web.md#더", "old.md#옛날"]),
        ("-tag:web OR 도커", ["old.md#옛날", "tasks.md", "zebra.md#동물"]),
        ("tag:web 얼룩말", ["web.md#더"]),
    ],
)
def test_a_filter_or_a_word(notes: SmallVault, query: str, wanted: list[str]) -> None:
    found = [hit.split("#")[0] for hit in notes.found(query)]
    assert sorted(found) == sorted(one.split("#")[0] for one in wanted)
    assert {one for one in wanted if one.endswith("#더")} <= set(notes.found(query))


def test_a_note_without_the_word_is_shown_once_and_as_a_whole(notes: SmallVault) -> None:
    hits = notes.ask("tag:web OR 얼룩말", SearchOptions(limit=2))
    assert {hit.path for hit in hits} == {"web.md", "zebra.md"}
    sections = {hit.path: hit.section for hit in notes.ask("tag:web OR 얼룩말")}
    assert sections == {"web.md": ("REST", "더"), "zebra.md": ("동물",), "old.md": ()}
    by_path = notes.ask("tag:web OR 얼룩말", SearchOptions(sort="path"))
    assert [hit.path for hit in by_path] == ["old.md", "web.md", "zebra.md"]


@pytest.mark.parametrize("depth", [5, 33, 39])
def test_deep_brackets(notes: SmallVault, depth: int) -> None:
    right = "(얼룩말 OR " * depth + "없다" + ")" * depth
    left = "(" * depth + "없다" + " OR 얼룩말)" * depth
    mixed = "없다"
    for level in range(depth):
        mixed = f"(얼룩말 OR {mixed})" if level % 2 else f"(말 {mixed})"
    for query in (right, left):
        assert {hit.path for hit in notes.ask(query)} == {"web.md", "zebra.md"}
    answer = Searcher(notes.catalog, notes.engine).ask(mixed)
    assert not answer.notices


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_line_ends_where_it_ends(vault: SmallVault, end: str) -> None:
    vault.write({"a.md": end.join(["mango one", "mango papaya", "", "- kiwi", "- fig", ""])})
    for query in ("block:(one papaya)", "line:/papaya$/", "/papaya$/", "line:/^mango one$/"):
        assert vault.found(query) == ["a.md"], query
    for query in ("-block:(one papaya)", "block:(papaya kiwi)", "line:(one papaya)"):
        assert vault.found(query) == [], query
    assert vault.ask("papaya")[0].match_line == 2


def test_whatever_ticks_a_task_makes_it_done(notes: SmallVault) -> None:
    assert notes.found("task-todo:전화") == ["tasks.md"]
    for word in ("편지", "방문", "질문"):
        assert notes.found(f"task-done:{word}") == ["tasks.md"]
        assert notes.found(f"task-todo:{word}") == []


@pytest.mark.parametrize("query", ["ㅒㄲ", "ㅒㄲ zzz", "ㅣㅑㅜㄷ:", "회고" * 4000])
def test_a_correction_that_cannot_be_read_is_none(notes: SmallVault, query: str) -> None:
    assert notes.ask(query) == []


def test_signs_without_width_are_not_asked_for(notes: SmallVault) -> None:
    assert notes.found("얼\u200b룩\ufeff말") == notes.found("얼룩말") != []


def test_the_snippet_shows_where_the_words_stand_together(vault: SmallVault) -> None:
    far = "kiwi alone here. " * 200 + "kiwi quince together. " + "filler text " * 200
    vault.write({"a.md": f"# Fruit\n\n{far}\n"})
    (hit,) = vault.ask("kiwi quince")
    assert "kiwi quince together" in hit.snippet


def test_consonants_find_the_shortest_title_first(vault: SmallVault) -> None:
    vault.write({f"{title}.md": "글\n" for title in ("다시마", "도서", "도서 목록과 아주 긴 제목")})
    assert vault.found("ㄷㅅ") == ["도서.md", "다시마.md", "도서 목록과 아주 긴 제목.md"]


SCOPED = """\
# 목록

전화라는 말. not a task call

- [ ] call the bank
- [x] call mum and
  also dad
- [ ] 편지

The dog sleeps.

A cat and a dog. HappyCat, happycat.
"""


@pytest.mark.parametrize(
    ("query", "line", "marked", "shown"),
    [
        ("task-done:call", 6, ["call"], "call mum and also dad"),
        ("task-todo:call", 5, ["call"], "call the bank"),
        ("task:dad", 7, ["dad"], "call mum and also dad"),
        ("line:(dog cat)", 12, ["cat", "dog"], "A cat and a dog. HappyCat, happycat."),
        ("block:(dog cat)", 12, ["cat", "dog"], "A cat and a dog. HappyCat, happycat."),
        ("match-case:HappyCat", 12, ["HappyCat"], None),
        ("line:(match-case:HappyCat)", 12, ["HappyCat"], "A cat and a dog. HappyCat, happycat."),
        ("dog", 10, ["dog", "dog"], None),
    ],
)
def test_what_was_asked_of_a_part_is_shown_and_marked(
    vault: SmallVault, query: str, line: int, marked: list[str], shown: str | None
) -> None:
    vault.write({"a.md": SCOPED})
    (hit,) = vault.ask(query)
    assert [hit.snippet[start:end] for start, end in hit.ranges] == marked
    assert hit.match_line == line
    assert shown is None or hit.snippet.strip("…") == shown


def test_a_heading_that_the_text_repeats_hides_no_line(vault: SmallVault) -> None:
    vault.write({"a.md": "## 고양이\n\n개와 토끼가 논다.\n\n다른 고양이 하나.\n"})
    (hit,) = vault.ask("line:(개 토끼)")
    assert (hit.snippet.strip("…"), hit.match_line) == ("개와 토끼가 논다.", 3)


def test_a_style_sheet_is_shown_only_where_the_word_stands_in_it(vault: SmallVault) -> None:
    vault.write({"꽃.md": "<style>\n.row { display: flex; }\n</style>\n\n봄에 심었다.\n"})
    assert vault.ask("꽃")[0].snippet == "봄에 심었다."
    assert "display: flex" in vault.ask("flex")[0].snippet
