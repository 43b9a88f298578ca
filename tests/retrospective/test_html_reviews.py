"""Reviews whose body is HTML, as exports of blogs are, are read as those in Markdown."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.disk import write
from tests.retrospective.reading import review
from vaultdots.note.html_prose import html_prose
from vaultdots.retrospective.books import books_of
from vaultdots.retrospective.digest import open_sections
from vaultdots.retrospective.document import document_of, outline_of, sections_of
from vaultdots.retrospective.events import events_of
from vaultdots.retrospective.fate import with_fates
from vaultdots.retrospective.goals import goals_of
from vaultdots.retrospective.retold import retold_by
from vaultdots.retrospective.reviews import summary_of
from vaultdots.vault import Vault

BODY = """<p>안녕하세요.</p>
<h2>돌아보기</h2>
<p>텃밭을 넓힌 한 해였다. 5월 3일에는 <strong>감자</strong>를 심었다.</p>
<h2>읽은 책</h2>
<ul><li>『숲의 시간』</li><li>『바다의 문법』</li></ul>
<h2>2024년 목표</h2>
<h3>1. 몸</h3>
<ul>
<li>하프 마라톤 나가기
<ul>
<li>봄에 등록</li>
</ul>
</li>
<li>수채화 &amp; <b>소묘</b> 배우기</li>
</ul>
<h3>2. 일</h3>
<p>내년에는 공방을 &#39;혼자&#39; 열어 볼 계획이다.</p>
"""


def test_goals_with_their_places() -> None:
    source = review(BODY)
    goals = goals_of(source)
    assert [(g.text, g.strength, g.target_year, g.line) for g in goals] == [
        ("하프 마라톤 나가기", "listed", 2024, 9),
        ("수채화 & 소묘 배우기", "listed", 2024, 14),
        ("내년에는 공방을 '혼자' 열어 볼 계획이다.", "stated", 2024, 17),
    ]
    assert [g.detail for g in goals] == [("봄에 등록",), (), ()]
    spans = [g.span.of(source.text) for g in goals]
    assert "하프 마라톤 나가기" in spans[0] and "봄에" not in spans[0]
    assert "수채화 &amp; <b>소묘</b> 배우기" in spans[1]
    assert spans[2] == "내년에는 공방을 &#39;혼자&#39; 열어 볼 계획이다."


def test_books_events_and_the_sentence_of_the_year() -> None:
    source = review(BODY)
    assert [(b.title, b.line) for b in books_of(source).books] == [
        ("숲의 시간", 5),
        ("바다의 문법", 5),
    ]
    assert [event.date for event in events_of(source)] == ["2023-05-03"]
    summary = summary_of(source)
    assert summary is not None and summary.text == "텃밭을 넓힌 한 해였다."


def test_headings_are_the_outline_and_no_sections() -> None:
    source = review(BODY)
    assert [(s.heading, s.kind, s.line) for s in outline_of(source)] == [
        ("돌아보기", "other", 2),
        ("읽은 책", "book", 4),
        ("2024년 목표", "goals", 6),
        ("1. 몸", "health", 7),
        ("2. 일", "work", 16),
    ]
    assert sections_of(source) == ()
    assert open_sections(source)[0].section.opening == "텃밭을 넓힌 한 해였다."


def test_headings_beside_those_in_markdown() -> None:
    source = review(
        "# 2023년 회고\n\n## 여행\n\n바다.\n\n<h3>2024년 목표</h3>\n\n- 섬에 가기\n\n## 끝\n"
    )
    own = {s.heading: s.ordinal for s in source.note.sections}
    assert {s.heading: s.ordinal for s in sections_of(source)} == {
        name: own[name] for name in ("여행", "끝")
    }
    (goal,) = goals_of(source)
    assert (goal.text, goal.line) == ("섬에 가기", 9)


def test_nothing_is_told_anew_without_html() -> None:
    source = review("# 2023년 회고\n\n## 2024년 목표\n\n- 섬에 가기\n")
    assert document_of(source).source is source


CHECKS = [
    '<i class="fa fa-check"></i> {}<br>\n<i class="fa fa-times"></i> {}<br>\n{}<br>\n',
    '<span class="text-success"><i class="fas fa-check"></i> {}.</span><br>\n'
    '<span class="text-danger"><i class="fas fa-times"></i> {}.</span> &#8211; no time<br>\n{}\n',
    '<ul><li><span class="glyphicon glyphicon-ok"></span> {}</li>'
    "<li><del>{}</del></li><li>{}</li></ul>\n",
    '<ul>\n  <li><input type="checkbox" checked> {}</li>\n  <li><s>{}</s></li>\n'
    "  <li>{}</li>\n</ul>\n",
]


@pytest.mark.parametrize("form", CHECKS)
def test_results_that_an_icon_marks(form: str) -> None:
    names = ("Learn to sail", "Write a chess engine", "Visit my aunt in Oslo")
    made = review(
        "# 2022 year in review\n\n## Goals for 2023\n\n" + "".join(f"- {n}\n" for n in names),
        "2022 year in review.md",
    )
    told = review(
        "# 2023 year in review\n\n## How my 2023 goals went\n\n" + form.format(*names),
        "2023 year in review.md",
    )
    goals = with_fates(goals_of(made), [made, told], 2026)
    assert [goal.status for goal in goals] == ["kept", "dropped", "unknown"]


def test_a_check_list_in_html_makes_its_goals() -> None:
    source = review(
        "# 2023 year in review\n\n## My 2023 resolutions results\n\n"
        '<span class="text-danger"><i class="fa fa-times"></i> Sail. It was too far.</span><br>\n'
        '<span class="text-success"><i class="fa fa-check"></i> Bake bread.</span><br>\n'
        '<span class="text-success"><i class="fa fa-check"></i> Sleep early.</span><br>\n',
        "2023 year in review.md",
    )
    told = [(goal.status, goal.line) for goal in retold_by(source, ())]
    assert told == [("dropped", 5), ("kept", 6), ("kept", 7)]


def test_the_vault_reads_them(tmp_path: Path) -> None:
    write(tmp_path, {"회고/2023년 회고.md": "---\ntitle: 2023년 회고\n---\n" + BODY})
    with Vault.open(tmp_path, cache=tmp_path / "cache") as vault:
        vault.sync()
        assert [goal.line for goal in vault.years.goals()] == [12, 17, 20]


PIECES = [
    "<li>목표", "<p>목표</p>", "<ul>", "<b>목표", "목표<br>", "<h2>목표</h2>", "<h2>", "<script>",
    "<!--", "<i class='fa fa-check'>", "<blockquote>", "<span ", "&amp;", "</ul>", "<ul><li>목표",
    "<input type=checkbox>", "<br>\n\n",
]  # fmt: skip


@pytest.mark.timeout(60)
@pytest.mark.parametrize("size", [100_000, pytest.param(1_000_000, marks=pytest.mark.slow)])
@pytest.mark.parametrize("piece", PIECES)
@pytest.mark.slow
def test_very_many_of_one_tag(piece: str, size: int) -> None:
    # Linear, or the timeout: at a thousand times the length a quadratic rule takes a million times.
    text = piece * (size // len(piece))
    told = html_prose(text)
    assert told is None or len(told.text) == len(text)


@pytest.mark.parametrize("piece", PIECES)
def test_twenty_kilobytes_of_one_tag_in_a_review(piece: str) -> None:
    source = review("# 2023년 회고\n\n## 2024년 목표\n\n" + piece * (20_000 // len(piece)))
    last = source.text.count("\n") + 1
    assert all(1 <= goal.line <= last for goal in goals_of(source))
    assert all(1 <= book.line <= last for book in books_of(source).books)
    summary = summary_of(source)
    assert summary is None or 1 <= summary.line <= last


def test_what_is_marked_in_a_check_list_is_no_new_goal() -> None:
    source = review(
        "# 2023 year in review\n\n## My 2023 resolutions results\n\n"
        "- ❌ Sail to Gotland. I need to do better and will train for it in 2024.\n"
        "- ✅ Bake bread.\n",
        "2023 year in review.md",
    )
    assert goals_of(source) == ()
