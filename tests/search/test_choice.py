"""Which sections are looked at when more match than are looked at: the same with both engines, and
after an update; what bears the words in its names is always among them."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from tests.search.conftest import ENGINES, SmallVault
from vaultdots.search import retrieval
from vaultdots.search.engine import (
    COLUMNS,
    NAMES,
    SAMPLED,
    AllOf,
    AnyOf,
    TokenPhrase,
    is_sampled,
    parts_within,
    within,
)
from vaultdots.search.index_sync import EngineName
from vaultdots.search.plan import as_typed
from vaultdots.search.query import And, Phrase, Word
from vaultdots.search.searcher import SearchOptions

Make = Callable[[str, EngineName], SmallVault]
FEW = SearchOptions(limit=3)


@pytest.fixture(autouse=True)
def small_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    """A term of a test vault is a frequent one."""
    monkeypatch.setattr(retrieval, "CANDIDATES", 8)
    monkeypatch.setattr(retrieval, "FREQUENT", 40)


def frequent(count: int = 300) -> dict[str, str]:
    """Notes that all say 아침 and 커피, never side by side."""
    chance = random.Random(7)
    words = ["산책", "바다", "독서", "번역", "운동", "일기"]
    return {
        f"{number:03}.md": f"# 날 {number}\n\n아침 {' '.join(chance.choices(words, k=9))}. 커피.\n"
        for number in range(count)
    }


def shown(small: SmallVault, query: str) -> list[tuple[str, int, float, str]]:
    return [(hit.path, hit.line, hit.score, hit.snippet) for hit in small.ask(query, FEW)]


@pytest.mark.parametrize(
    "query", ["아침", "아침 커피", '"아침"', "아침 OR 커피", "content:아침 커피"]
)
@pytest.mark.slow
def test_a_crowd_is_sampled_alike(make_vault: Make, query: str) -> None:
    vaults = {engine: make_vault("one", engine) for engine in ENGINES}
    for small in vaults.values():
        small.write(frequent())
    first, second = (shown(small, query) for small in vaults.values())
    assert first == second
    assert len(first) == 3
    for small in vaults.values():
        before = (small.root / "007.md").read_text(encoding="utf-8")
        small.write({"007.md": before + "\n## 더\n아침\n"})
        small.write({"007.md": before})
        assert shown(small, query) == first


def test_names_are_never_sampled(vault: SmallVault) -> None:
    vault.write(
        frequent() | {"z.md": "# 아침\n\n글\n", "y.md": "---\naliases: [아침 글]\n---\n# 다른\n"}
    )
    assert vault.found("아침", FEW)[:2] == ["z.md#아침", "y.md#다른"]


def test_words_side_by_side_are_looked_at_first(vault: SmallVault) -> None:
    vault.write(frequent() | {"z.md": f"# 밤\n\n{'다른 말 ' * 40}. 그 아침 커피 한 잔.\n"})
    assert vault.found("아침 커피", FEW)[0] == "z.md#밤"


def test_one_word_in_a_name_goes_before_two_in_a_text(vault: SmallVault) -> None:
    vault.write(frequent() | {"z.md": "# 커피\n\n" + "다른 말 " * 40 + "아침\n"})
    assert vault.found("아침 커피", FEW)[0] == "z.md#커피"


@pytest.mark.parametrize("many", [1_000, 20])
@pytest.mark.slow
def test_one_word_in_many_names_is_chosen_alike(
    make_vault: Make, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    monkeypatch.setattr(retrieval, "MANY", many)  # 1,000: all that are named so; 20: a sample
    named = {
        f"k{number:03}.md": f"# 커피 {'맛 ' * (number % 7)}\n\n{'글 ' * (number % 5)}아침\n"
        for number in range(150)
    }
    vaults = {engine: make_vault("one", engine) for engine in ENGINES}
    for small in vaults.values():
        small.write(frequent() | named)
    first, second = (shown(small, "아침 커피") for small in vaults.values())
    assert first == second
    assert len(first) == 3
    assert all(path.startswith("k") for path, *_ in first)


def test_a_word_of_one_syllable_is_looked_at_as_it_was_typed(vault: SmallVault) -> None:
    others = {f"{number:03}.md": f"# 날 {number}\n\n책상과 책임과 책방\n" for number in range(200)}
    vault.write(others | {f"z{number}.md": f"# 밤 {number}\n\n책을 폈다\n" for number in range(9)})
    assert all("책을" in hit.snippet for hit in vault.ask("책을", FEW))
    assert as_typed(Word("책을")) == Phrase("책을")
    assert as_typed(And((Word("객체를"), Word("책을")))) == And((Word("객체를"), Phrase("책을")))


def test_one_section_in_sixteen_is_sampled_by_path_and_place_alone() -> None:
    sampled = [is_sampled(f"폴더/{number}.md", number % 5) for number in range(16_000)]
    assert 900 < sum(sampled) < 1_100
    assert len(sampled) // SAMPLED == 1_000
    at_first = [is_sampled("가.md", number) for number in range(100)]
    assert at_first == [is_sampled("가.md", number) for number in range(100)]
    assert any(at_first) and not all(at_first)


def test_a_query_within_columns() -> None:
    body, goal = TokenPhrase(("회고",), False, ("body",)), TokenPhrase(("목표",))
    named = TokenPhrase(("목표",), False, tuple(column for column in COLUMNS if column in NAMES))
    assert within(body, NAMES) is None
    assert within(goal, NAMES) == named
    assert within(AllOf((body, goal)), NAMES) is None
    assert within(AnyOf((body, goal)), NAMES) == AnyOf((named,))
    assert parts_within(goal, NAMES) is None
    assert parts_within(AllOf((body, goal)), NAMES) == AnyOf((named,))
