"""The shipped vault through the front door: what its reviews say, as their writer knows it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.retrospective.reading import VAULT
from vaultdots.vault import Vault
from vaultdots.vault.years import VaultYears

STATUSES = {
    # (made in, what the text holds): what became of it
    (2021, "Kafka를 실제"): "kept",
    (2021, "데이터 엔지니어링"): "kept",
    (2021, "기술 글"): "partly",
    (2021, "주 3회 달리기"): "carried",
    (2021, "토익"): "dropped",
    (2021, "데이터 중심"): "kept",
    (2022, "쿠버네티스를"): "kept",
    (2022, "모델 서빙"): "kept",
    (2022, "Rust로"): "carried",
    (2022, "주 3회 달리기"): "partly",
    (2022, "기술 글"): "dropped",
    (2022, "쿠버네티스 인 액션"): "kept",
    (2023, "Rust로"): "unknown",
    (2023, "GPU 비용"): "kept",
    (2023, "밋업에서"): "unknown",
    (2023, "하프 마라톤"): "partly",
    (2023, "메모를"): "partly",
    (2023, "러스트 프로그래밍"): "kept",
    (2024, "흩어진"): "kept",
    (2024, "LLM 서빙"): "kept",
    (2024, "데이터 중심"): "kept",
    (2024, "하프 마라톤"): "kept",
    (2024, "팀 스터디"): "partly",
    (2024, "영어로"): "carried",
    (2024, "주식 앱"): "dropped",
    (2024, "데이터베이스 인터널스"): "partly",
    (2025, "영어로"): "open",
    (2025, "점잇기를"): "open",
}


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> Iterator[VaultYears]:
    with Vault.open(VAULT, cache=tmp_path_factory.mktemp("cache")) as vault:
        yield vault.years_as_of(this_year=2026)


def test_reviews(years: VaultYears) -> None:
    rows = years.reviews()
    assert [(row.year, row.period) for row in rows] == [
        (2021, "year"), (2022, "year"), (2022, "half"), (2023, "year"), (2023, "quarter"),
        (2024, "year"), (2024, "quarter"), (2025, "year"), (2025, "month"),
    ]  # fmt: skip
    assert [row.books for row in rows if row.period == "year"] == [3, 5, 4, 4, 3]


def test_goals_and_their_fates(years: VaultYears) -> None:
    goals = years.goals()
    assert sum(1 for goal in goals if goal.strength == "listed") == 27
    assert sum(1 for goal in goals if goal.strength == "stated") == 5
    for (year, words), status in STATUSES.items():
        (goal,) = [g for g in goals if g.made_in == year and words in g.text]
        assert (goal.text, goal.status) == (goal.text, status)
    (silent,) = [g for g in goals if g.text == "건강검진 미루지 않기"]
    assert silent.status == "unknown" and silent.evidence
    (again,) = [g for g in goals if g.made_in == 2021 and g.text == "주 3회 달리기"]
    assert again.next is not None
    assert (again.next.path, again.next.line) == ("회고/2022년 회고.md", 110)


def test_books(years: VaultYears) -> None:
    found = years.books()
    of = {y: [b for b in found.books if b.year == y] for y in range(2021, 2026)}
    assert [len(of[year]) for year in of] == [3, 5, 4, 4, 3]
    assert {b.title for y in of for b in of[y] if b.reread} == {
        "함께 자라기",
        "데이터 중심 애플리케이션 설계",
    }
    assert all(book.author and book.finished for book in found.books)
    assert not any(count.differs for count in found.counts)


def test_a_year_as_a_page(years: VaultYears) -> None:
    page = years.review(2025)
    unnamed = {note.title for group in page.unmentioned for note in group.notes}
    assert {"Bloom Filter", "HyperLogLog", "Count-Min Sketch"} <= unnamed
    drift = {n.title for group in years.review(2024).unmentioned for n in group.notes}
    assert drift == {"드리프트"}
    assert page.review == "회고/2025년 회고.md"
    assert all(goal.status == "open" for goal in page.next_goals)
    assert any(section.links for section in page.sections)


def test_threads_of_names(years: VaultYears) -> None:
    for name in ("Redis", "redis", "레디스"):
        thread = years.concept(name)
        assert thread is not None
        assert (thread.name, thread.first) == ("Redis", 2020)
        spoken = [place.year for place in thread.places if place.how == "review"]
        assert sorted(set(spoken)) == [2021, 2023, 2025]
    names = {concept.name: concept for concept in years.concepts()}
    assert (names["멱등성"].first, names["멱등성"].last) == (2021, 2025)
    assert "프로젝트" not in names


def test_nothing_is_written_but_on_command(tmp_path: Path) -> None:
    import shutil

    copy = tmp_path / "vault"
    shutil.copytree(VAULT, copy)
    before = {path: path.read_bytes() for path in copy.rglob("*") if path.is_file()}
    with Vault.open(copy, cache=tmp_path / "cache") as vault:
        years = vault.years_as_of(this_year=2026)
        assert years.reviews() and years.goals() and years.review(2024) and years.draft(2026)
        assert {p: p.read_bytes() for p in copy.rglob("*") if p.is_file()} == before
        goal = years.goal("하프 마라톤", 2025)
        assert vault.edit.settle(goal, "partly", "무릎") == "goals.toml"
        assert vault.years_as_of(2026).goal("하프 마라톤", 2025).status == "partly"
        path = vault.edit.create(years.draft_path(2026), years.draft(2026), "draft")
        assert path == "회고/2026년 회고.md"
        after = {p: p.read_bytes() for p in copy.rglob("*") if p.is_file()}
        assert set(after) - set(before) == {copy / "goals.toml", copy / path}
        assert all(after[p] == before[p] for p in before)
