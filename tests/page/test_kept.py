"""What a page is made of is worked out once, and again as soon as anything of it changes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.disk import write
from vaultdots.page import compose
from vaultdots.page.compose import PageOptions, page_of
from vaultdots.vault import Vault

FILES = {
    "회고/2022년 회고.md": (
        "# 2022년 회고\n\n## 공부\n\n쿠버네티스를 처음 공부했다.\n\n"
        "## 2023년 목표\n\n- 쿠버네티스 운영해 보기\n- 매일 달리기\n"
    ),
    "회고/2023년 회고.md": "# 2023년 회고\n\n## 목표 점검\n\n- [x] 쿠버네티스 운영해 보기\n",
    "공부/쿠버네티스.md": "---\ndate: 2022-11-03\n---\n# 쿠버네티스\n파드와 노드.\n",
    "dots.toml": "",
}


def drawn(root: Path, cache: Path) -> str:
    with Vault.open(root, cache=cache) as vault, vault.links.naming():
        return page_of(vault, vault.map.data(), PageOptions(title="v"))


def test_a_page_of_an_unchanged_vault_is_not_worked_out_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, cache = write(tmp_path / "v", FILES), tmp_path / "cache"
    first = drawn(root, cache)

    def never(*_: object) -> None:
        raise AssertionError("worked out again")

    monkeypatch.setattr(compose, "_made", never)
    assert drawn(root, cache) == first


def watched(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """One entry for each time that a page is worked out."""
    made: list[object] = []
    real = compose._made

    def note(*args: Any) -> dict[str, Any]:
        made.append(args)
        return real(*args)

    monkeypatch.setattr(compose, "_made", note)
    return made


CHANGES: dict[str, Callable[[Path], object]] = {
    "a note": lambda root: (root / "공부/쿠버네티스.md").write_text("# 다른 것\n본문.\n"),
    "a new note": lambda root: (root / "새것.md").write_text("# 새것\n"),
    "what was settled": lambda root: (root / "goals.toml").write_text(
        '[[goal]]\ntext = "매일 달리기"\nfor = 2023\nstatus = "dropped"\n'
    ),
    "the settings": lambda root: (root / "dots.toml").write_text('[views]\n"ㄱ" = "?v=goals"\n'),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_page_of_a_changed_vault_is_the_one_made_anew(
    change: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, cache = write(tmp_path / "v", FILES), tmp_path / "cache"
    before = drawn(root, cache)
    CHANGES[change](root)
    made = watched(monkeypatch)
    after = drawn(root, cache)
    assert made
    assert after != before or change == "what was settled"


def test_what_was_rejected_makes_the_page_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, cache = write(tmp_path / "v", FILES), tmp_path / "cache"
    monkeypatch.setenv("DOTS_DATA", str(tmp_path / "data"))
    drawn(root, cache)
    with Vault.open(root, cache=cache) as vault:
        found = vault.connect()
        assert found
        vault.edit.reject(found[:1])
    made = watched(monkeypatch)
    drawn(root, cache)
    assert made


def test_a_page_of_many_notes_reads_no_prose_for_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write(tmp_path / "v", FILES)
    options = PageOptions(title="v")
    with Vault.open(root, cache=tmp_path / "cache") as vault:
        data = vault.map.data()
        assert compose.needs_names(data, options)
        assert not compose.needs_names(data, PageOptions(title="v", masked=True))
        monkeypatch.setattr(compose, "HINTS_MOST", 1)
        assert not compose.needs_names(data, options)
        # Nothing may write what it found inside of a snapshot.
        with vault.snapshot():
            page = page_of(vault, data, options)
        assert "쿠버네티스" in page
