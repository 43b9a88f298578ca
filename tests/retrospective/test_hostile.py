"""Any text is read without a crash, and a megabyte of anything in one pass."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.retrospective.reading import review
from tests.strategies import notes
from vaultdots.retrospective.answers import AnswerIndex
from vaultdots.retrospective.books import all_books
from vaultdots.retrospective.concepts import Names, concepts
from vaultdots.retrospective.document import document_of, sections_of
from vaultdots.retrospective.draft import draft, draft_goals, template_text
from vaultdots.retrospective.events import events_of, on_day
from vaultdots.retrospective.fate import with_fates
from vaultdots.retrospective.frame import Frame, frame_of
from vaultdots.retrospective.goals import goals_of
from vaultdots.retrospective.model import OwnWords, ReviewSource
from vaultdots.retrospective.reviews import status_of, summary_of
from vaultdots.retrospective.settle import new_file, read_settled

WORDS = [
    "# 2023년 회고\n", "## 2024년 목표\n", "## 독서\n", "## 목표 점검\n", "**Try**\n",
    "- [x] ", "- ", "  - ", "1. ", "『오브젝트』", "`책`", "[[책]]", "](http://yes24.com)", "[",
    "| ", "|---|---|\n", "목표", "내년에는", "할 예정이다.", "읽었다.", "세 권", "2024년",
    "3월 4일", "~~", "```\n", "---\n",
    "운동하기", "\n", "\n\n", " ", "!", "?", "…", "\u2028", "İ", "ß", "\u1112\u1169\u11ab", "> ",
]  # fmt: skip
PROSE = st.lists(st.sampled_from(WORDS) | st.text(max_size=6), max_size=60).map("".join)


def read_all(source: ReviewSource) -> None:
    """Ask everything that can be asked of one review; every place it names is in its text."""
    count = source.text.count("\n") + source.text.count("\r") + 2
    goals = goals_of(source)
    books = all_books([source])
    for line in [
        *(goal.line for goal in goals),
        *(book.line for book in books.books),
        *(event.line for event in events_of(source)),
        *(section.line for section in sections_of(source)),
        *(unit.line for unit in document_of(source).units),
    ]:
        assert 1 <= line <= count
    for goal in goals:
        assert source.text[goal.span.start : goal.span.end].strip()
        assert goal.text.strip()
    told = with_fates(goals, [source, review(source.text, "회고/2024.md")], 2026)
    assert [goal.text for goal in told] == [goal.text for goal in goals]
    assert all(0 <= goal.confidence <= 1 for goal in told)
    summary_of(source)
    status_of(source)
    concepts([source, source], [], Names([source, source], []))
    on_day(3, 4, [(source.path, source.note.title, source.note.year, None, source.text)])


@given(PROSE)
@settings(max_examples=60, deadline=None)
def test_any_prose(text: str) -> None:
    read_all(review("# 2023년 회고\n\n" + text))


@given(notes())
@settings(max_examples=40, deadline=None)
def test_any_note(text: str) -> None:
    read_all(review(text))


@given(PROSE)
@settings(max_examples=30, deadline=None)
def test_what_is_settled_is_read_back(text: str) -> None:
    source = review("# 2023년 회고\n\n## 2024년 목표\n\n- " + text)
    for goal in goals_of(source)[:3]:
        (entry,) = read_settled(new_file(goal, "kept", text))
        assert (entry.text, entry.path, entry.note) == (goal.text, goal.path, text)


@pytest.mark.slow
@given(PROSE)
@settings(max_examples=30, deadline=None)
def test_a_draft_keeps_every_goal_verbatim(text: str) -> None:
    source = review("# 2023년 회고\n\n## 2024년 목표\n\n- " + text)
    goals = goals_of(source)
    drafted = draft(2024, template_text("free"), source, draft_goals(goals, [source]), (), ())
    for goal in goals:
        assert " ".join(goal.text.split()) in drafted


PIECES = [
    "목표", "목표 ", "목표\n", "- 목표\n", "# 목표\n", "**목표**\n", "> 목표\n", "[목표](",
    "`목표", "# 2024년 목표\n- 목표\n", "『목표』를 읽었다. ", "| 목표 |\n", "~~목표", "1월 2일 ",
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("piece", PIECES)
def test_a_megabyte_of_one_thing(piece: str) -> None:
    # Linear, or the timeout: at a thousand times the length a quadratic rule takes a million times.
    text = "# 2023년 회고\n\n" + piece * (1_000_000 // len(piece))
    source = review(text[:1_000_000])
    goals = goals_of(source)
    all_books([source])
    summary_of(source)
    events_of(source)
    told = with_fates(goals, [source, review("# 2024년 회고\n\n" + piece, "회고/2024.md")], 2026)
    assert [goal.line for goal in told] == [goal.line for goal in goals]


@pytest.mark.parametrize("piece", PIECES)
@pytest.mark.slow
def test_twenty_kilobytes_of_one_thing(piece: str) -> None:
    read_all(review("# 2023년 회고\n\n" + piece * (20_000 // len(piece))))


def test_what_a_reviews_words_for_time_mean_is_looked_for_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It is looked for in the whole text: for each sentence anew, a long review takes minutes."""
    asked: list[str] = []

    def counted(source: ReviewSource) -> Frame:
        asked.append(source.note.path)
        return frame_of(source)

    monkeypatch.setattr("vaultdots.retrospective.document.frame_of", counted)
    made = review("# 2023년 회고\n\n## 2024년 목표\n\n- 수영 배우기\n", "2023년 회고.md")
    said = "올해는 달리기가 목표였는데 못 했다. 작년에 세운 목표는 잊었다.\n\n"
    later = review("# 2024년 회고\n\n" + said * 20, "2024년 회고.md")
    with_fates(goals_of(made), [made, later], 2026)
    goals_of(later)
    assert sorted(asked) == ["2023년 회고.md", "2024년 회고.md"]


def test_which_goals_a_list_restates_is_looked_for_once() -> None:
    """A list whose items go on in a line of their own has twice as many units, each of which asks
    that of the whole list."""
    later = review("# 2024년 회고\n\n" + "- 수영 배우기\n못 했다\n" * 20, "2024년 회고.md")
    index = AnswerIndex(document_of(later), OwnWords())
    items = [n for n, unit in enumerate(index.units) if unit.kind == "item"]
    assert len({id(index.restated_by(n)) for n in items}) == 1
