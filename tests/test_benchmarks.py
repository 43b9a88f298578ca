"""The vaults and queries that the benchmarks measure with are what docs/benchmarks.md says."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import pytest

from benchmarks.__main__ import BENCHMARKS, DOC
from benchmarks.processes import can_sample, run
from benchmarks.queries import HOSTILE, SHARES, Section, draw, words
from benchmarks.report import Report, shown
from benchmarks.scaling import Subject
from benchmarks.searching import ask, drawn, percentiles, section_texts
from benchmarks.vaults import HEADINGS, LINKS, write_vault
from vaultdots.note.parse import parse_note
from vaultdots.vault import Vault

NOTES = 300


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bench") / "vault"
    write_vault(folder, NOTES, seed=7)
    return folder


def texts(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in folder.rglob("*.md")
    }


def test_the_same_seed_gives_the_same_vault(vault: Path, tmp_path: Path) -> None:
    write_vault(tmp_path / "again", NOTES, seed=7)
    write_vault(tmp_path / "other", NOTES, seed=8)
    assert texts(vault) == texts(tmp_path / "again")
    assert texts(vault) != texts(tmp_path / "other")


def test_every_note_has_five_links_five_headings_and_frontmatter(vault: Path) -> None:
    found = texts(vault)
    assert len(found) == NOTES
    for path, text in found.items():
        note = parse_note(path, text)
        assert len(note.links) == LINKS, path
        more = 2 if path.startswith("회고/") else 0  # last year's goals, and the next's
        assert len([s for s in note.sections if s.level]) == HEADINGS + more, path
        assert note.created and len(note.tags) == 2 and not note.diagnostics, path


def test_ten_notes_are_reviews_with_goals_and_their_answers(vault: Path, tmp_path: Path) -> None:
    with Vault.open(vault, cache=tmp_path) as opened:
        assert sorted(review.year or 0 for review in opened.years.reviews()) == list(
            range(2015, 2025)
        )
        told = [goal for goal in opened.years.goals() if goal.status in ("kept", "dropped")]
        assert len(told) >= 9 * 2


def test_a_note_is_about_five_kilobytes(vault: Path) -> None:
    sizes = [len(text.encode()) for text in texts(vault).values()]
    assert 4_500 < sum(sizes) / len(sizes) < 5_800


def test_few_notes_are_named_often_and_most_hardly_ever(vault: Path) -> None:
    named = Counter(
        link.target.rpartition("/")[2].removesuffix(".md")
        for path, text in texts(vault).items()
        for link in parse_note(path, text).links
    )
    top = sum(count for _, count in named.most_common(NOTES // 10))
    assert top > sum(named.values()) / 2


@pytest.mark.skipif(not can_sample(), reason="the system tells no proportional set sizes")
def test_memory_is_that_of_the_whole_tree() -> None:
    big = "import hashlib; x = b'1' * 60_000_000; [hashlib.sha512(x) for _ in range(5)]"
    child = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {big!r}])"
    took = run([sys.executable, "-c", child], memory=True)
    assert took.pss is not None and 60 < took.pss < 200
    assert took.code == 0 and took.cpu > 0


def test_a_missed_bar_is_counted_and_written(tmp_path: Path) -> None:
    report = Report()
    report.add("a", "held", 1.0, "s", bar=2.0)
    report.add("a", "missed", 3.0, "s", bar=2.0)
    report.add("a", "no bar", 9.0, "s")
    assert report.bars() == 1
    page = tmp_path / "page.md"
    page.write_text("before\n<!-- measured -->stale<!-- end of measured -->\nafter\n")
    report.write_doc(page)
    text = page.read_text()
    assert text.startswith("before\n") and text.endswith("\nafter\n")
    assert "MISSED" in text and "stale" not in text


def test_tables_that_were_not_measured_now_stay_in_the_page(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("<!-- measured -->\n<!-- end of measured -->\n")
    for took, other in ((1.0, "first"), (3.0, "")):
        report = Report()
        report.say("the machine" if other else "another machine")
        report.table("A", ("what", "took"), [("a", shown(took, "s"))])
        report.add("a", "a", took, "s", bar=2.0)
        if other:
            report.table("B", ("what", "took"), [("b", other)])
            report.add("b", "b", 1.0, "s", bar=2.0)
        report.bars()
        report.write_doc(page)
    text = page.read_text()
    assert text.count("### A") == text.count("### B") == text.count("### The bars") == 1
    assert "first" in text and "3 s" in text and "1 s |\n\n" not in text
    assert "| a: a |      3 s | 2 s | MISSED |" in text and "| b: b |" in text
    assert "the machine" in text and "another" not in text and text.count("| what") == 3
    assert text.index("### B") < text.index("### The bars")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Subject:
    work = tmp_path_factory.mktemp("asked")
    write_vault(work / "vault", 40, seed=7)
    note = min((work / "vault").rglob("*.md"))
    return Subject(40, work / "vault", {"DOTS_CACHE": str(work / "cache")}, note)


@pytest.fixture(scope="module")
def found(small: Subject) -> list[Section]:
    return section_texts(small)[0]


def test_the_same_seed_draws_the_same_queries(found: list[Section]) -> None:
    assert draw(found, 48, seed=1) == draw(found, 48, seed=1)
    assert draw(found, 48, seed=1) != draw(found, 48, seed=2)


def test_queries_differ_and_are_of_every_kind_in_its_share(found: list[Section]) -> None:
    queries = draw(found, 120)
    assert len({query.text for query in queries}) == 120
    kinds = Counter(query.kind for query in queries)
    assert kinds == {kind: round(share * 120) for kind, (share, _) in SHARES.items()}
    operators = {query.text.partition(":")[0] for query in queries if query.kind == "operator"}
    assert operators <= {"title", "heading", "tag", "kind", "year"} and len(operators) > 1


def test_the_words_of_a_query_stand_in_one_section(found: list[Section]) -> None:
    among = [set(words(section.text)) for section in found]
    for query in draw(found, 120):
        if query.kind != "operator":
            asked = set(query.text.strip('"').split())
            assert any(asked <= section for section in among), query


def test_warming_up_is_done_with_other_queries(found: list[Section]) -> None:
    warm_up, queries = drawn(found, 96)
    assert len(queries) == 96 and not {query.text for query in queries} & set(warm_up)


def test_too_little_text_gives_an_error_and_not_fewer_queries() -> None:
    with pytest.raises(ValueError, match="too little text"):
        draw([Section("글", "", "한 단어뿐이다", (), "note", None)], 12)
    with pytest.raises(ValueError, match="too little text"):
        draw([], 12)


@pytest.mark.slow
def test_an_open_vault_is_asked_and_the_note_is_put_back(small: Subject, tmp_path: Path) -> None:
    before = small.note.read_bytes(), small.note.stat().st_mtime_ns
    word = words(small.note.stem)[0]
    took = ask(small, tmp_path, [f"title:{word}", "낱말이아닌것", "(", "\udcff\0"], [word])
    assert took.hits[0] > 0 and took.hits[1:3] == [0, -1] and len(took.times) == 4
    assert all(time > 0 for time in took.times) and took.update > 0
    assert (took.memory is not None) == can_sample()
    assert (small.note.read_bytes(), small.note.stat().st_mtime_ns) == before


def test_percentiles_are_those_of_the_times() -> None:
    assert percentiles(range(101)) == (50, 95)


def test_hostile_queries_have_names_that_can_be_printed() -> None:
    assert all(name.isprintable() and "|" not in name for name in HOSTILE)
    assert len(set(HOSTILE.values())) == len(HOSTILE)


def test_the_page_names_every_part() -> None:
    page = DOC.read_text(encoding="utf-8").partition("## What is measured")[0]
    assert not [name for name in BENCHMARKS if name not in page]
