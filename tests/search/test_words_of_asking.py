"""A question is looked for without its words of asking too, below what holds all of them."""

from __future__ import annotations

import pytest

from tests.search.conftest import SmallVault
from vaultdots.search.parse import parse_query
from vaultdots.search.questions import words_of_asking
from vaultdots.search.searcher import SearchOptions

NOTES = {
    "reliable.md": "# Reliable delivery\n\nKafka guarantees the order of records in a partition.\n",
    "faq.md": "# FAQ\n\nHow Kafka works, and how it does not guarantee an order of topics.\n",
    "캐시.md": "# 캐시\n\n캐시는 디스크가 느린 곳에 둔다.\n",
    "질문.md": "# 질문\n\n캐시는 왜 느린가? 왜 그런가.\n",
}


@pytest.fixture
def notes(vault: SmallVault) -> SmallVault:
    vault.write(NOTES)
    return vault


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("how does kafka guarantee ordering", ["how", "does"]),
        ("캐시는 왜 느린가", ["왜"]),
        ("What is kafka?", ["What", "is"]),
        ("the kafka order", []),  # no question
        ("how why", []),  # nothing else is asked
        ("can I export a table", ["can", "I", "a"]),
        ("is it", []),
        ("does kafka order", ["does"]),
        ("may 2023 review", []),
        ("can bus protocol", []),
        ("do not disturb", []),
        ("will to power", []),
        ("is the cache kept", ["is", "the"]),
        ("캐시를 지울 수 있나요", ["수", "있나요"]),
        ("캐시를 지우는 방법", ["방법"]),
        ("백업은 어떻게 하는 게 좋아요", ["어떻게", "하는", "게", "좋아요"]),
        ("하는 게 좋아", []),
        ("못 박는 방법", ["방법"]),
        ("게 요리 방법", ["방법"]),
        ("줄 서는 방법", ["방법"]),
        ("해 뜨는 시간 알려줘", ["알려줘"]),
        ("회의 중 메모하는 법은 어떻게 되나요", ["법은", "어떻게", "되나요"]),
        ("창은 왜 못 여나요", ["왜", "못"]),
        ('"how does" kafka', []),  # a phrase is what was meant
        ("how OR kafka", []),
    ],
)
def test_which_words_only_ask(query: str, words: list[str]) -> None:
    assert [word.text for word in words_of_asking(parse_query(query))] == words


def test_words_of_asking_give_no_place(notes: SmallVault) -> None:
    """What holds `how` and `does` as well is marked as whole, and stands where its other words
    put it."""
    hits = notes.ask("how does kafka guarantee order")
    assert [(hit.path, hit.relaxed) for hit in hits] == [
        ("reliable.md", ("how", "does")), ("faq.md", None),
    ]  # fmt: skip
    assert hits[1].score <= hits[0].score
    answer = notes.searcher and notes.searcher.ask("how does kafka guarantee order")
    assert answer
    assert answer.notices == ("searched without how, does too",)


def test_below_a_question_stands_what_holds_most_of_it(vault: SmallVault) -> None:
    whole = "# FAQ\n\nHow do I export a table as a picture? A picture of a table: export it.\n"
    vault.write({"faq.md": whole, "table.md": "# Table\n\nA table is exported as text.\n"})
    vault.write({f"{number}.md": "# Walk\n\nBy the sea.\n" for number in range(4)})
    hits = vault.ask("how do I export a table as a picture")
    assert [hit.path for hit in hits] == ["faq.md", "table.md"]
    assert "picture" in (hits[1].relaxed or ())
    assert hits[1].score <= hits[0].score
    assert vault.searcher
    notices = vault.searcher.ask("how do I export a table as a picture").notices
    assert notices == ("below the first 1: what holds most of the words",)


def test_a_korean_question(notes: SmallVault) -> None:
    hits = notes.ask("캐시는 왜 느린")
    assert [hit.path for hit in hits] == ["질문.md", "캐시.md"]


def test_literal_answers_and_those_that_hold_it_as_typed_stay_first(
    notes: SmallVault,
) -> None:
    literal = SearchOptions(relax=False)
    assert [hit.path for hit in notes.ask("how does kafka guarantee order", literal)] == ["faq.md"]
    one = SearchOptions(limit=1)
    for query in ("how does kafka guarantee order", "캐시는 왜 느린"):
        assert [hit.relaxed for hit in notes.ask(query, one)] == [None]


ORDERING = {
    "kafka.md": "---\ndate: 2022-01-01\n---\n# Kafka ordering\n\nKafka keeps ordering.\n\n"
    "## How\n\nHow does kafka do ordering?\n",
    "old.md": "---\ndate: 2020-01-01\n---\n# Learning\n\nHow kafka does, and its ordering.\n",
    "new.md": "---\ndate: 2023-01-01\n---\n# Ordering\n\nIn kafka.\n",
}


def test_a_question_loses_no_section_that_holds_all_of_its_words(vault: SmallVault) -> None:
    vault.write({f"{n}.md": f"# 바닥 닦는 {n}\n\n바닥 닦는 {n} 번째.\n" for n in range(24)})
    tooth = "칫솔로 이 사이사이를 닦는 좋은 방법을 적는다. 저녁마다 한다.\n"
    vault.write({"치아.md": f"# 관리\n\n{tooth}", "아이.md": f"# 돌보기\n\n{tooth}"})
    hits = vault.ask("이 닦는 방법")
    assert len(hits) == 20
    assert {hit.path for hit in hits if hit.relaxed is None} == {"치아.md", "아이.md"}
    assert vault.searcher
    assert vault.searcher.total("이 닦는 방법", SearchOptions()) == (26, True)


def test_a_note_stands_once_where_a_question_is_grouped_by_note(vault: SmallVault) -> None:
    vault.write(ORDERING)
    hits = vault.ask("how does kafka ordering", SearchOptions(by_note=True))
    assert sorted(hit.path for hit in hits) == ["kafka.md", "new.md", "old.md"]


def test_a_question_is_sorted_as_a_whole(vault: SmallVault) -> None:
    vault.write(ORDERING)
    newest = SearchOptions(sort="created")
    paths = [hit.path for hit in vault.ask("how does kafka ordering", newest)]
    assert paths == ["new.md", "kafka.md", "kafka.md", "old.md"]
    by_note = SearchOptions(sort="created", by_note=True)
    paths = [hit.path for hit in vault.ask("how does kafka ordering", by_note)]
    assert paths == ["new.md", "kafka.md", "old.md"]


def test_what_only_asks_is_not_marked(notes: SmallVault) -> None:
    hit = notes.ask("how does kafka guarantee order")[0]
    marked = {hit.snippet[start:end].lower() for start, end in hit.ranges}
    assert "kafka" in marked
    assert "how" not in marked


def test_words_of_asking_in_a_title_are_worth_nothing(vault: SmallVault) -> None:
    move = "# About std::move\n\nI should use it when a copy costs much.\n"
    when = "# When to use const, and should I\n\nNever with std::move.\n"
    vault.write({"a.md": when, "b.md": move})
    hits = vault.ask("when should I use std::move")
    assert [hit.path for hit in hits] == ["b.md", "a.md"]
    assert all("when" not in reason.text.lower() for hit in hits for reason in hit.reasons)


def test_where_words_are_given_up_those_that_only_ask_go_first(vault: SmallVault) -> None:
    vault.write({"a.md": "# 쿠폰\n\n## 왜 넘쳤나\n\n재고.\n", "b.md": "# 로그\n\n모은다.\n"})
    assert [hit.path for hit in vault.ask("로그는 왜 진실인가")] == ["b.md"]


def test_a_verb_that_stands_nowhere_as_typed_is_looked_for_by_its_stem(vault: SmallVault) -> None:
    vault.write({"a.md": "# 색\n\n색을 바꾼다. 바꾸기는 쉽다.\n", "b.md": "# 색\n\n색을 본다.\n"})
    vault.write({f"{number}.md": "# 다른 글\n\n산책.\n" for number in range(4)})
    hits = vault.ask("색은 어떻게 바꾸나요")
    assert hits[0].path == "a.md"
    assert "바꾸나요" not in (hits[0].relaxed or ())
    assert "바꾸나요" in (hits[1].relaxed or ())


def test_a_noun_is_not_looked_for_as_a_verb(vault: SmallVault) -> None:
    vault.write({"a.md": "# 사고\n\n교통 사고. 효능은 없다.\n", "b.md": "# 감\n\n감을 땄다.\n"})
    vault.write({f"{number}.md": "# 다른 글\n\n강가로 갔다.\n" for number in range(4)})
    for query in ("사과 효능", "사과는 어떤 효능"):
        assert [(hit.path, hit.relaxed) for hit in vault.ask(query)] == [
            ("a.md", (query.split()[0],))
        ]
    assert vault.ask("감기 낫는 방법") == []


def test_a_verb_by_what_follows_it_is_looked_for_by_its_stem(vault: SmallVault) -> None:
    vault.write({"a.md": "# 캐시\n\n캐시를 지우기. 지우기는 쉽다.\n"})
    vault.write({f"{number}.md": "# 다른 글\n\n강가로 갔다.\n" for number in range(4)})
    for query in ("캐시를 지울 수 있나요", "캐시를 지우는 방법", "캐시를 지우고 싶어요"):
        assert [(hit.path, hit.relaxed) for hit in vault.ask(query)] == [("a.md", ())]


def test_words_that_only_ask_are_no_answer_alone(notes: SmallVault) -> None:
    assert notes.ask("언제 이사했지") == []


def test_a_word_of_two_letters_is_not_the_stem_of_another(notes: SmallVault) -> None:
    notes.write({"us.md": "# What bit us\n\nNobody told us.\n", "use.md": "# Use\n\nWe used it.\n"})
    assert [hit.path for hit in notes.ask("use")] == ["use.md"]
    assert [hit.path for hit in notes.ask("us")] == ["us.md"]
