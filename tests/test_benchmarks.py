"""The vaults that the benchmarks measure with are what docs/benchmarks.md says of them."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import pytest

from benchmarks.processes import can_sample, run
from benchmarks.report import Report
from benchmarks.vaults import HEADINGS, LINKS, write_vault
from vaultdots.note.parse import parse_note

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
        assert len([s for s in note.sections if s.level]) == HEADINGS, path
        assert note.created and len(note.tags) == 2 and not note.diagnostics, path


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
