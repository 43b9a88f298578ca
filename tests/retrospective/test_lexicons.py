"""Every entry of the room's word lists, by its example."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.retrospective.reading import review
from vaultdots.retrospective.answer_signs import by_icon
from vaultdots.retrospective.bookcounts import book_count
from vaultdots.retrospective.contents import is_plan
from vaultdots.retrospective.document import sections_of
from vaultdots.retrospective.goals import goals_of
from vaultdots.retrospective.matching import SAME, similarity, terms
from vaultdots.retrospective.modals import is_resolved, strength_of
from vaultdots.retrospective.model import OwnWords
from vaultdots.retrospective.reviews import summary_of
from vaultdots.retrospective.sections import kind_of_heading, when
from vaultdots.retrospective.verdicts import by_group_word, clauses, of_answer, polarity, turns_of
from vaultdots.retrospective.words import any_of, compiled, each_of, section_words, words_of
from vaultdots.text.patterns import Patterns


def entries(name: str, table: str) -> list[Any]:
    return [pytest.param(e, id=str(e["example"])) for e in words_of(name)[table]]


@pytest.mark.parametrize("entry", entries("sections", "section"))
def test_a_heading_says_what_its_section_is_about(entry: dict[str, Any]) -> None:
    assert kind_of_heading(entry["example"], section_words(OwnWords())) == entry["kind"]


@pytest.mark.parametrize("entry", entries("sections", "summary_line"))
def test_the_sentence_that_says_the_year(entry: dict[str, Any]) -> None:
    found = summary_of(review(f"# 2023년 회고\n\n{entry['example']}\n"))
    assert found is not None
    assert found.text in entry["example"]
    assert (found.text == entry["example"]) != entry.get("said", False)
    assert found.line == 3


@pytest.mark.parametrize("entry", entries("sections", "summary_lead"))
def test_what_follows_an_announcement_is_the_summary(entry: dict[str, Any]) -> None:
    for form in ("## {}\n\n{}", "> [!quote]+ {}\n> {}"):
        text = form.format(entry["example"], "느리지만 나아갔다.")
        found = summary_of(review(f"# 2023년 회고\n\n{text}\n"))
        assert found is not None and found.text == "느리지만 나아갔다."


@pytest.mark.parametrize("table", ["intention", "declared"])
def test_sentences_of_intention(table: str) -> None:
    for entry in words_of("goals")[table]:
        assert strength_of(entry["example"]) == "stated", entry["example"]


@pytest.mark.parametrize("entry", entries("goals", "plan_item"))
def test_items_that_say_what_will_be_done(entry: dict[str, Any]) -> None:
    assert is_plan(entry["example"])


@pytest.mark.parametrize("entry", entries("goals", "letter") + entries("goals", "resolved"))
def test_what_only_a_heading_of_goals_makes_one(entry: dict[str, Any]) -> None:
    assert is_resolved(entry["example"])
    assert strength_of(entry["example"]) is None


@pytest.mark.parametrize("entry", entries("goals", "wish"))
def test_sentences_that_wish(entry: dict[str, Any]) -> None:
    assert strength_of(entry["example"]) == "wish"


@pytest.mark.parametrize("entry", entries("goals", "no_goal") + entries("goals", "guess"))
def test_sentences_that_are_no_goals(entry: dict[str, Any]) -> None:
    assert strength_of(entry["example"]) is None


@pytest.mark.parametrize("entry", entries("goals", "ahead"))
def test_what_points_ahead(entry: dict[str, Any]) -> None:
    (goal,) = goals_of(review(f"# 2023년 회고\n\n{entry['example']}\n"))
    assert goal.target_year == 2023 + entry["years"]
    assert goal.strength == "stated"


@pytest.mark.parametrize("entry", entries("goals", "someday"))
def test_some_day_has_no_year(entry: dict[str, Any]) -> None:
    (goal,) = goals_of(review(f"# 2023년 회고\n\n## 내년\n\n{entry['example']}\n"))
    assert (goal.strength, goal.target_year) == ("wish", None)


@pytest.mark.parametrize("entry", entries("goals", "label"))
def test_a_label_groups_the_goals_under_it(entry: dict[str, Any]) -> None:
    text = f"# 2023년 회고\n\n## 2024년 목표\n\n- {entry['example']}\n  - 일일 영어\n"
    assert [goal.text for goal in goals_of(review(text))] == ["일일 영어"]


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("undecided", None),
        ("unfailing", "kept"),
        ("partly", "partly"),
        ("failure", "dropped"),
        ("success", "kept"),
    ],
)
def test_what_a_sentence_says_of_a_goal(table: str, said: str | None) -> None:
    for entry in words_of("goals")[table]:
        assert polarity(entry["example"]) == said, entry["example"]
        for other in entry.get("not", ()):
            assert polarity(other) != said, other


@pytest.mark.parametrize(
    "table",
    [
        "refrains",
        "holds",
        "wholly",
        "denial",
        "broken",
        "stops",
        "stopped",
        "went_on",
        "intended",
        "others",
        "restates",
        "in_all",
        "all_these",
        "retold",
        "verdict",
        "aside",
        "retried",
        "someone",
        "own_goals",
        "reported",
        "other_owner",
        "whole",
        "else_before",
        "else_behind",
        "of_share",
        "when",
        "several",
        "meant",
        "of_aim",
        "left_before",
        "left_behind",
        "of_rest",
        "bracketed",
        "conceding",
    ],
)
def test_words_of_goals_of_not_doing_and_of_what_was_meant(table: str) -> None:
    for entry in words_of("goals")[table]:
        assert compiled([entry["word"]]).search(entry["example"]), entry["example"]
        for other in entry.get("not", ()):
            assert not compiled([entry["word"]]).search(other), other


@pytest.mark.parametrize("entry", entries("goals", "clause"))
def test_where_a_sentence_turns(entry: dict[str, Any]) -> None:
    assert len(clauses(entry["example"])) > 1
    assert all(len(clauses(other)) == 1 for other in entry.get("not", ()))


@pytest.mark.parametrize("entry", entries("goals", "turn"))
def test_which_goal_of_a_list_is_meant(entry: dict[str, Any]) -> None:
    assert turns_of(entry["example"]) == {entry["turn"]}
    assert not any(turns_of(other) for other in entry.get("not", ()))


@pytest.mark.parametrize("entry", words_of("goals")["same"], ids=lambda e: e["words"][0])
def test_words_that_mean_one_thing(entry: dict[str, Any]) -> None:
    one, other = entry["example"]
    assert similarity(terms(one), terms(other)) >= SAME


@pytest.mark.parametrize("entry", words_of("goals")["stop"], ids=lambda e: e["example"][0])
def test_words_without_a_meaning_of_their_own(entry: dict[str, Any]) -> None:
    for example in entry["example"]:
        assert terms(example) == ()


@pytest.mark.parametrize(
    "table",
    ["lead", "not_read", "read", "again", "no_title", "rate", "about", "remarks",
     "refers", "label", "frame", "were_read", "noun", "has_read",
     "not_told", "other", "other_before", "other_behind", "post"],
)  # fmt: skip
def test_words_around_books(table: str) -> None:
    for entry in words_of("books")[table]:
        assert compiled([entry["word"]]).search(entry["example"]), entry["example"]


@pytest.mark.parametrize("entry", entries("books", "told"))
def test_sentences_that_tell_of_books(entry: dict[str, Any]) -> None:
    from vaultdots.retrospective.books import books_of

    text = f"# 2023년 회고\n\n## 그 밖에\n\n{entry['example']}\n"
    found = [book.title for book in books_of(review(text)).books]
    assert found and found[0] in {"Harbour Light", "유리 온실의 밤"}


@pytest.mark.parametrize("entry", entries("books", "shop"))
def test_a_link_to_a_shop_names_a_book(entry: dict[str, Any]) -> None:
    from vaultdots.retrospective.books import books_of

    text = f"# 2023년 회고\n\n어제 [오브젝트]({entry['example']})를 읽었다.\n"
    assert [book.title for book in books_of(review(text)).books] == ["오브젝트"]


@pytest.mark.parametrize("entry", entries("books", "count"))
def test_an_authors_own_count(entry: dict[str, Any]) -> None:
    assert book_count(entry["example"]) == entry["number"]


@pytest.mark.parametrize("entry", entries("books", "number"))
def test_numbers_in_words(entry: dict[str, Any]) -> None:
    assert book_count(entry["example"]) == entry["value"]
    assert book_count(f"I read {entry['words'][1]} books") == entry["value"]


@pytest.mark.parametrize("entry", entries("books", "rate"))
def test_a_rate_is_no_count(entry: dict[str, Any]) -> None:
    assert book_count(entry["example"]) is None


@pytest.mark.parametrize(
    ("heading", "year", "months"),
    [
        ("1~2월", None, (1, 2)),
        ("2월 ~ 4월: 이사", None, (2, 4)),
        ("2023년 상반기", 2023, (1, 6)),
        ("Q3", None, (7, 9)),
        ("2023-05-06 결혼", 2023, (5, 5)),
        ("2024년 목표", 2024, None),
        ("회사", None, None),
    ],
)
def test_which_part_of_the_year_a_heading_names(
    heading: str, year: int | None, months: tuple[int, int] | None
) -> None:
    assert when(heading) == (year, months)


def test_the_persons_own_words_come_first() -> None:
    own = OwnWords(sections={"travel": ("바다",)}, same=(("뜨개질", "니트"),))
    (section,) = sections_of(replace(review("# 2023년 회고\n\n## 바다에서 읽은 책\n"), own=own))
    assert section.kind == "travel"
    assert similarity(terms("뜨개질 배우기", own), terms("니트 한 벌", own)) >= SAME
    assert similarity(terms("뜨개질 배우기"), terms("니트 한 벌")) < SAME


def test_own_words_are_read_from_the_config() -> None:
    from vaultdots.errors import ConfigError
    from vaultdots.retrospective.from_catalog import own_words

    table = {"sections": {"travel": ["바다"]}, "same": [["러닝", "조깅"], []]}
    assert own_words(table) == OwnWords({"travel": ("바다",)}, (("러닝", "조깅"),))
    assert own_words({}) == OwnWords()
    for wrong in ({"sections": {"travel": "바다"}}, {"sections": 3}, {"same": ["러닝"]}):
        with pytest.raises(ConfigError, match="takes lists of words"):
            own_words(wrong)


def by_title(title: str) -> str | None:
    """What a page's icon of that title says."""
    return by_icon(f'<i title="{title}"></i>')


@pytest.mark.parametrize("table", ["answer", "group", "icon"])
def test_answers_and_labels_by_group_words(table: str) -> None:
    of = {"answer": of_answer, "group": by_group_word, "icon": by_title}[table]
    for entry in words_of("goals")[table]:
        assert of(entry["example"]) == entry["said"], entry["example"]


def test_goals_counted_one_by_one() -> None:
    for entry in words_of("goals")["counted"]:
        text = f"# 2023년 회고\n\n## 2024년 목표\n\n{entry['example']}\n"
        assert [goal.text for goal in goals_of(review(text))] == [entry["example"]]


_EXAMPLES = [
    str(entry["example"])
    for name in ("goals", "sections", "books", "openings")
    for entries in words_of(name).values()
    for entry in entries
]


@pytest.mark.parametrize(
    "name", [pytest.param("goals", marks=pytest.mark.slow), "sections", "books", "openings"]
)
def test_words_that_are_passed_over_stand_nowhere(name: str) -> None:
    """What is told by literals alone is what the patterns themselves tell."""
    for table, entries in words_of(name).items():
        if "word" not in entries[0]:
            continue
        for entry, word in each_of(name, table):
            _finds_the_same(word, [str(entry["word"])])
        if table not in {"note_title", "of_aim"}:  # their entries name the same groups
            _finds_the_same(any_of(name, table), [str(entry["word"]) for entry in entries])


def _finds_the_same(word: Patterns, patterns: list[str]) -> None:
    whole = compiled(patterns)
    for text in _EXAMPLES:
        spans = [match.span() for match in whole.finditer(text)]
        assert [match.span() for match in word.finditer(text)] == spans, text
