"""Long answers across the years are kept until something that they follow from changes."""

from __future__ import annotations

import pickle
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.disk import settle, write
from vaultdots.retrospective.years import Years
from vaultdots.vault import Vault
from vaultdots.vault.answers import _read, _written
from vaultdots.vault.suggestions import Suggestions

FILES = {
    "2022 회고.md": "# 2022년 회고\nRedis 시작\n\n## 내년 목표\n- [ ] 책 12권 읽기\n- [ ] 마라톤",
    "2023 회고.md": "# 2023년 회고\n\n- [x] 책 12권 읽기\n\n## 공부\n\nRedis 를 배웠다.\n",
    "Redis.md": "---\ndate: 2023-03-01\n---\n# Redis\n\nsecretword\n",
}


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("DOTS_DATA", str(tmp_path / "data"))
    root = write(tmp_path / "v", FILES)
    settle(root)
    yield root


def _ask(root: Path, year: int = 2030, cache: str = "cache") -> tuple[object, ...]:
    with Vault.open(root, cache=root.parent / cache) as vault:
        years = vault.years_as_of(year)
        return (
            years.goals(wishes=True), years.reviews(), years.books(), years.review(2023),
            years.concepts(), vault.connect(), vault.connect("2023 회고"), vault.review(2023),
        )  # fmt: skip


def _unable(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("goals", "reviews", "books", "review", "concepts"):
        monkeypatch.delattr(Years, name)
    monkeypatch.delattr(Suggestions, "_found")


def test_what_is_kept_is_what_was_found(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = _ask(root)
    assert all(first)
    _unable(monkeypatch)
    assert _ask(root) == first


CHANGES: dict[str, Callable[[Path], object]] = {
    "a review": lambda root: write(root, {"2023 회고.md": "# 2023년 회고\n\n- [ ] 마라톤\n"}),
    "a note": lambda root: write(root, {"Redis.md": "# Valkey\n"}),
    "a new note": lambda root: write(root, {"2024 회고.md": "# 2024년 회고\n\n책을 읽었다\n"}),
    "a note gone": lambda root: (root / "2023 회고.md").unlink(),
    "the person's words": lambda root: write(
        root,
        {"goals.toml": '[[goal]]\ntext = "마라톤"\nmade_in = 2022\nstatus = "kept"\n'},
    ),
    "settings": lambda root: write(root, {"dots.toml": '[years.sections]\nbook = ["문학"]\n'}),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_asks_anew(
    root: Path, change: Callable[[Path], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    _ask(root)
    change(root)
    settle(root)
    fresh = _told(lambda: _ask(root, cache="fresh"))
    assert _told(lambda: _ask(root)) == fresh
    _unable(monkeypatch)
    assert _told(lambda: _ask(root)) == fresh or isinstance(fresh, str)


def _told(ask: Callable[[], tuple[object, ...]]) -> object:
    try:
        return ask()
    except Exception as error:
        return str(error)


UNRELATED = {
    "a note's text": lambda root: write(
        root, {"Redis.md": "---\ndate: 2023-03-01\n---\n# Redis\n\notherword\n"}
    ),
    "a note's text, twice": lambda root: [
        write(root, {"Redis.md": f"---\ndate: 2023-03-01\n---\n# Redis\n\n{word}\n"})
        for word in ("one", "two")
    ],
}  # fmt: skip


@pytest.mark.parametrize("change", UNRELATED.values(), ids=UNRELATED)
def test_what_another_note_says_asks_nothing_anew(
    root: Path, change: Callable[[Path], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    def ask(cache: str = "cache") -> tuple[object, ...]:
        with Vault.open(root, cache=root.parent / cache) as vault:
            years = vault.years_as_of(2030)
            return (
                years.goals(), years.reviews(), years.books(), years.review(2023),
                vault.connect(), vault.connect("2023 회고"), vault.review(2023),
            )  # fmt: skip

    before = ask()
    change(root)
    assert ask("fresh") == before
    _unable(monkeypatch)
    assert ask() == before


EDITS: dict[str, dict[str, str | None]] = {
    "the first review": {"2022 회고.md": "# 2022년 회고\n\n## 내년 목표\n- [ ] 수영\n"},
    "the second review": {"2023 회고.md": "# 2023년 회고\n\n- [ ] 책 12권 읽기\n"},
    "its title": {"2023 회고.md": "# 2021년 회고\n\n- [x] 책 12권 읽기\n"},
    "a note's date": {"Redis.md": "---\ndate: 2022-03-01\n---\n# Redis\n"},
    "a note's tag": {"Redis.md": "---\ndate: 2023-03-01\ntags: [마라톤]\n---\n# Redis\n"},
    "a note's kind": {"Redis.md": "---\nkind: book\nfinished: 2023-03-01\n---\n# Redis\n"},
    "a new note": {"마라톤 완주.md": "---\ndate: 2023-05-05\n---\n마라톤을 완주했다\n"},
    "a list of books": {"2023 읽은 책.md": "# 2023 읽은 책\n- 사피엔스\n- 코스모스\n"},
    "goals in a note of their own": {"2024 목표.md": "# 2024년 목표\n- 수영 100번\n"},
    "goals no more": {"2024 목표.md": "# 수영장\n- 수영 100번\n"},
    "a book's author": {"Redis.md": "---\nkind: book\nauthor: 가\nfinished: 2022-03-01\n---\n"},
    "a book read": {"서평.md": "---\ndate: 2023-02-02\n---\n# [서평] 심플 소프트웨어\n"},
    "a gloss": {"a.md": "레디스(Redis)\n", "b.md": "레디스(Redis)\n"},
    "a name elsewhere": {"a.md": "Redis 를 배웠다\n"},
    "a name elsewhere, small": {"a.md": "redis 를 배웠다. redis redis\n"},
    "a link by name": {"a.md": "[[Redis]] 를 배웠다\n"},
    "a name no more": {"a.md": "아무것도\n"},
    "what a note is about": {"b.md": "---\ndescription: Redis 를 배운 이야기\n---\n"},
    "a series": {
        name: f"---\nseries: 공부\ndate: 2023-04-0{n}\n---\n# 글 {n}\n"
        for n, name in enumerate(("s1.md", "s2.md", "s3.md"), 1)
    },
    "a series no more": {"s1.md": "---\nseries: 글\ndate: 2023-04-01\n---\n# 글 1\n"},
    "a note gone": {"Redis.md": None},
    "a picture": {"a.png": "x"},
}


@pytest.mark.parametrize(
    "order",
    [list(EDITS), pytest.param(list(reversed(EDITS)), marks=pytest.mark.slow)],
    ids=["there", "back"],
)
def test_after_every_edit_the_answers_are_those_of_a_new_cache(
    root: Path, order: list[str], tmp_path: Path
) -> None:
    for n, name in enumerate(order):
        for path, text in EDITS[name].items():
            if text is None:
                (root / path).unlink(missing_ok=True)
            else:
                write(root, {path: text})
        assert _told(lambda: _ask(root)) == _told(lambda: _ask(root, cache=f"new{n}")), name  # noqa: B023


def test_suggestions_are_found_again_where_a_word_of_theirs_stands_elsewhere(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """How much a name says is told by how often the vault has it."""
    found: list[str] = []
    ask = Suggestions._found

    def noted(self: Suggestions, path: str, *rest: Any) -> list[Any]:
        found.append(path)
        return ask(self, path, *rest)

    monkeypatch.setattr(Suggestions, "_found", noted)
    write(root, {"a.md": "# 어느 날\n\n아침\n"})
    settle(root)
    for text, anew in (
        ("아침", {"2022 회고.md", "2023 회고.md"}),
        ("저녁", set()),
        ("Redis", {"2022 회고.md", "2023 회고.md"}),
        ("Redis 저녁", set()),
    ):
        write(root, {"a.md": f"# 어느 날\n\n{text}\n"})
        settle(root)
        found.clear()
        with Vault.open(root, cache=root.parent / "cache") as vault:
            vault.connect()
            vault.review(2023)
        assert set(found) == anew, text


def test_a_note_whose_links_follow_a_rename_is_read_again(root: Path) -> None:
    write(root, {"2022 회고.md": "# 2022년 회고\n\n## 내년 목표\n- [[Redis]] 책 12권 읽기\n"})
    settle(root)
    _ask(root)
    with Vault.open(root, cache=root.parent / "cache") as vault:
        vault.edit.apply(vault.rename.move([("Redis.md", "Valkey.md")]))
    assert "Valkey" in (root / "2022 회고.md").read_text(encoding="utf-8")
    assert _ask(root) == _ask(root, cache="fresh")


def test_another_year_asks_anew(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _ask(root)
    _unable(monkeypatch)
    with pytest.raises(AttributeError):
        _ask(root, 2023)


def test_a_rejected_connection_stays_away(root: Path) -> None:
    with Vault.open(root, cache=root.parent / "cache") as vault:
        found = vault.connect()
        assert found
        vault.edit.reject(found)
        assert vault.connect() == []
        assert vault.connect(again=True) == found


def test_unsaved_texts_are_asked_anew_and_not_kept(root: Path) -> None:
    before = _ask(root)
    with Vault.open(root, cache=root.parent / "cache") as vault:
        vault.catalog.overlay("2022 회고.md", "# 2022년 회고\n", vault.config.options)
        assert "마라톤" not in {goal.text for goal in vault.years_as_of(2030).goals()}
    assert _ask(root) == before


def test_nothing_of_a_note_that_is_gone_is_kept(root: Path) -> None:
    _ask(root)
    (root / "2022 회고.md").unlink()
    Vault.open(root, cache=root.parent / "cache").close()
    for file in (root.parent / "cache").rglob("*"):
        if file.is_file():
            assert "마라톤".encode() not in file.read_bytes()


def test_a_spoilt_answer_is_asked_anew(root: Path) -> None:
    before = _ask(root)
    (file,) = (root.parent / "cache").rglob("catalog.sqlite")
    with sqlite3.connect(file) as connection:
        spoilt = connection.execute("UPDATE kept SET answer = substr(answer, 1, 60)").rowcount
    connection.close()
    assert spoilt > 5
    assert _ask(root) == before


def test_reading_what_is_kept_runs_nothing() -> None:
    class Bomb:
        def __reduce__(self) -> tuple[object, ...]:
            return (__import__("os").system, ("true",))

    with pytest.raises(pickle.UnpicklingError):
        _read(_written(Bomb()))
    with pytest.raises(pickle.UnpicklingError):
        _read(_written(_written))


def test_no_answer_goes_into_a_cache_that_took_this_ones_place(root: Path) -> None:
    """`dots cache --clear` while an editor's server is open: its numbers mean nothing there."""
    cache, data = root.parent / "cache", {"DOTS_DATA": str(root.parent / "data")}
    environ = {**data, "DOTS_CACHE": str(cache)}
    with Vault.open(root, environ=environ) as old:
        Vault.clear_cache_of(root, environ)
        old.years_as_of(2030).goals()
        assert not list(cache.rglob("catalog.sqlite"))
        write(root, {"2023 회고.md": "# 2023년 회고\n\n## 내년 목표\n- [ ] 수영\n"})
        with Vault.open(root, environ=environ) as new:
            assert old.catalog.generation == new.catalog.generation
            assert "수영" not in {goal.text for goal in old.years_as_of(2030).goals()}
            assert "수영" in {goal.text for goal in new.years_as_of(2030).goals()}


def test_how_links_are_written_is_counted_once(root: Path) -> None:
    def counted() -> list[tuple[bool, int]]:
        with Vault.open(root, cache=root.parent / "cache") as vault:
            statements: list[str] = []
            vault.catalog.for_index().set_trace_callback(statements.append)
            found = vault.catalog.usual_spellings()
            assert any("GROUP BY 1" in one for one in statements) == fresh
            return [(one.wikilink, one.links) for one in found]

    write(root, {"l.md": "[[Redis]] [[Redis]]\n"})
    fresh = True
    assert counted() == [(True, 2)]
    fresh = False
    assert counted() == [(True, 2)]
    write(root, {"m.md": "[x](Redis.md)\n"})
    fresh = True
    assert counted() == [(False, 1), (True, 2)]


def test_an_answer_forgets_the_line_of_a_note_that_it_quotes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOTS_DATA", str(tmp_path / "data"))
    files = {
        "2023 회고.md": "# 2023년 회고\n\n## 2024년 목표\n\n- 건강검진 미루지 않기\n- 마라톤\n",
        "2024 회고.md": "# 2024년 회고\n\n## 잘한 일\n\n이사를 했다.\n",
    }
    root = write(tmp_path / "vault", files)
    for turn in range(4):
        line = f"2년을 미룬 건강검진을 드디어 받았다 {turn}."
        write(root, {"2024-05-24.md": f"# 2024-05-24\n\n{line}\n"})
        settle(root)
        with Vault.open(root, cache=tmp_path / "cache") as vault:
            years = vault.years_as_of(2030)
            # In both orders: what one has kept is taken up by the other.
            order = (None, 2024) if turn % 2 else (2024, None)
            told = [goal for year in order for goal in years.goals(for_year=year)]
        assert [g.evidence[0].text for g in told if "건강" in g.text] == [line] * 2
