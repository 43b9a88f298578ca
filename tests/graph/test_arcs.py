"""Links across the years, by what notes say of their date and by the history of the vault."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.disk import write
from vaultdots.graph.arcs import arcs, as_words
from vaultdots.store.git_dates import MOST_AT_ONCE, git_dates, history_moment
from vaultdots.vault import Vault

NOTES = {
    "old.md": "---\ndate: 2019-05-01\n---\n처음\n",
    "2025-06-01 new.md": "이제야 [[old]]를 쓴다.\n",
    "회고/2024년 회고.md": "# 2024년 회고\n그때의 [[old]]와 [[near]]\n",
    "near.md": "---\ndate: 2023-12-20\n---\n곁 [[undated]]\n",
    "undated.md": "날짜 없음\n",
}


def test_a_link_across_the_years_is_told_with_its_line(tmp_path: Path) -> None:
    root = write(tmp_path / "v", NOTES)
    with Vault.open(root, cache=tmp_path / "cache") as vault:
        found = vault.links.arcs(history=False)
        for year in (2019, 2023, 2024, 2025):
            of_year = [arc for arc in found if arc.to.startswith(str(year))]
            assert vault.links.arcs(history=False, to_year=year) == of_year
    assert [(a.source, a.line, a.target) for a in found] == [
        ("2025-06-01 new.md", 1, "old.md"),
        ("회고/2024년 회고.md", 2, "old.md"),
    ]
    assert (found[0].from_, found[0].to, found[0].years) == ("2019-05-01", "2025-06-01", 6.1)
    assert found[0].text == "이제야 old를 쓴다."


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (
            "> | 2020 | [[Redis]] | [[쿠폰|선착순]], [[게이트웨이#설계]] |",
            "2020 · Redis · 선착순, 게이트웨이 › 설계",
        ),
        ("- [x] **다시** [여기](a.md)를 `읽다`", "다시 여기를 읽다"),
        ("## 제목", "제목"),
    ],
)
def test_a_line_is_told_in_words(line: str, words: str) -> None:
    assert as_words(line) == words


def test_the_history_dates_what_says_no_date(tmp_path: Path) -> None:
    root = write(tmp_path / "v", NOTES)
    with Vault.open(root, cache=tmp_path / "cache") as vault:
        found = list(arcs(vault.catalog, {"undated.md": "2016-01-02"}))
    assert ("near.md", "undated.md") in {(a.source, a.target) for a in found}


def commit(root: Path, files: dict[str, str], when: int) -> None:
    from dulwich import porcelain

    write(root, files)
    porcelain.add(str(root), paths=[str(root / name) for name in files])
    porcelain.commit(
        str(root), message=b"x", author=b"a <a@b>", committer=b"a <a@b>",
        author_timestamp=when, commit_timestamp=when, author_timezone=0, commit_timezone=0,
    )  # fmt: skip


def test_a_note_is_dated_by_the_commit_that_added_it(tmp_path: Path) -> None:
    from dulwich import porcelain

    root = tmp_path / "repo"
    root.mkdir()
    porcelain.init(str(root))
    commit(root, {"vault/첫.md": "1", "outside.md": "1"}, 1_500_000_000)
    commit(root, {"vault/첫.md": "2"}, 1_600_000_000)
    commit(root, {f"vault/{k}.md": "x" for k in range(MOST_AT_ONCE + 1)}, 1_650_000_000)
    cache = tmp_path / "cache"
    cache.mkdir()
    found = git_dates(root / "vault", cache)
    assert found == {"첫.md": "2017-07-14"}
    assert git_dates(root / "vault", cache) == found


def test_without_a_history_nothing_is_dated(tmp_path: Path) -> None:
    assert git_dates(tmp_path, None) == {}


@pytest.mark.parametrize("log", [True, False], ids=["with a log", "without a log"])
@pytest.mark.parametrize("worktree", [False, True], ids=["here", "elsewhere"])
def test_a_commit_is_another_moment(tmp_path: Path, log: bool, worktree: bool) -> None:
    """Some programs that commit write no log."""
    vault = write(tmp_path / "v", {"a.md": "a"})
    assert history_moment(vault) == ""
    git = tmp_path / "elsewhere" if worktree else vault / ".git"
    files = {"HEAD": "ref: refs/heads/main\n", "refs/heads/main": "1" * 40}
    write(git, {**files, "logs/HEAD": "one\n"} if log else files)
    if worktree:
        write(vault, {".git": "gitdir: ../elsewhere\n"})
    before = history_moment(vault)
    assert before == history_moment(vault) != ""
    write(git, {"logs/HEAD": "one\ntwo\n"} if log else {"refs/heads/main": "2" * 40})
    assert history_moment(vault) != before


@pytest.mark.parametrize("said", ["ref: \0", "ref: " + "x" * 9000, "ref: ../../..", ""])
def test_a_damaged_history_is_a_moment(tmp_path: Path, said: str) -> None:
    write(tmp_path, {".git/HEAD": said, "w/.git": said.replace("ref", "gitdir")})
    assert history_moment(tmp_path) == history_moment(tmp_path)
    assert history_moment(tmp_path / "w") == history_moment(tmp_path / "w")
