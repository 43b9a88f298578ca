"""The document that is made of a review: its units, and that each section is read once."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from tests.retrospective.reading import VAULT, Notes, notes_of, review
from vaultdots.note.prose import Prose, plain, read_prose
from vaultdots.retrospective import document
from vaultdots.retrospective.books import all_books
from vaultdots.retrospective.document import document_of
from vaultdots.retrospective.fate import with_fates
from vaultdots.retrospective.goals import goals_of
from vaultdots.retrospective.model import OwnWords, ReviewSource
from vaultdots.retrospective.reviews import summary_of

TEXT = """# 2023년 회고

## 2024년 목표

내년에는 이렇게 하려고 한다.

- **마라톤** 완주하기
  - 3월부터 준비

  들여 쓴 문단.
- [x] 책 12권

> [✅] 운동
> [❌] 독서

| 목표 | 결과 |
|---|---|
| 이직 | O |
"""


def test_the_units_of_a_review() -> None:
    shown = [(u.kind, u.text, u.line) for u in document_of(review(TEXT)).units]
    assert shown == [
        ("heading", "2023년 회고", 1),
        ("heading", "2024년 목표", 3),
        ("paragraph", "내년에는 이렇게 하려고 한다.", 5),
        ("item", "마라톤 완주하기", 7),
        ("item", "3월부터 준비", 8),
        ("paragraph", "들여 쓴 문단.", 10),
        ("item", "책 12권", 11),
        ("paragraph", "운동", 13),
        ("paragraph", "독서", 14),
        ("row", "이직 · O", 18),
    ]


def test_what_a_unit_knows_of_its_place() -> None:
    units = document_of(review(TEXT)).units
    marathon, prepared, indented, books = units[3:7]
    assert (marathon.lead, marathon.rest) == ("마라톤", "완주하기")
    assert units[marathon.caption or 0].text == "내년에는 이렇게 하려고 한다."
    assert units[prepared.parent or 0] == marathon and prepared.depth == 1
    assert indented.parent is not None
    assert (books.check, books.depth) == ("x", 0)
    assert [u.check for u in units[7:9]] == ["✅", "❌"] and all(u.quoted for u in units[7:9])
    assert units[9].header == ("목표", "결과")


def test_each_section_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    read: Counter[tuple[int, int]] = Counter()

    def counted(text: str, span: object, *rest: object) -> Prose:
        read[id(text), getattr(span, "start", 0)] += 1
        return read_prose(text, span, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(document, "read_prose", counted)
    notes = notes_of(VAULT)
    sources = [ReviewSource(n, t) for n, t in notes if n.kind == "review"]
    books = all_books(sources).books
    goals = [goal for source in sources for goal in goals_of(source)]
    with_fates(goals, sources, 2026, Notes(notes), books)
    for source in sources:
        summary_of(source)
    sections = sum(len(source.note.sections) for source in sources)
    assert 0 < sum(read.values()) <= 1.1 * sections


def test_the_persons_own_words_reach_the_summary() -> None:
    text = "# 2023년 회고\n\n## 바다로, 올해의 키워드: 도전\n\n- 수영 배우기\n"
    assert summary_of(review(text)) is not None
    own = OwnWords({"goals": ("바다로",)})
    assert summary_of(replace(review(text), own=own)) is None


@pytest.mark.parametrize(
    ("markdown", "read"),
    [
        ("Trained with [Kabuki][].", "Trained with Kabuki."),
        ("I [wrote a book][why]!", "I wrote a book!"),
        ("[React][Redux] 비교", "[React][Redux] 비교"),
        ("[달리기][1]를 시작했다", "달리기를 시작했다"),
        ("`a[0][1]` of [note](a.md)", "a[0][1] of note"),
        ("- [ ] [x] two boxes", "- [ ] [x] two boxes"),
    ],
)
def test_a_link_by_reference_is_read_by_its_text(markdown: str, read: str) -> None:
    assert plain(markdown) == read


@pytest.mark.parametrize("heading", ["**{}**", "[ {} ]", "{}"])
def test_a_review_with_windows_line_ends_has_its_bold_and_bare_headings(heading: str) -> None:
    parts = [heading.format(name) for name in ("잘한 일", "아쉬운 일", "읽은 책")]
    text = "\n".join(f"{part}\n\n- 하나 둘\n" for part in parts)
    for written in (text, text.replace("\n", "\r\n")):
        found = document_of(review(written)).outline
        assert [section.kind for section in found] == ["achievement", "failure", "book"]
