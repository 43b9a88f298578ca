"""Where a vault is found, and where its cache lies."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.disk import write
from vaultdots.errors import VaultError
from vaultdots.store.location import (
    cache_folder,
    clear_cache,
    data_folder,
    find_vault,
    is_too_wide,
)


def test_the_named_vault_wins(tmp_path: Path) -> None:
    one, two = write(tmp_path / "one", {}), write(tmp_path / "two", {})
    assert find_vault(tmp_path, one, {"DOTS_VAULT": str(two)}) == one
    assert find_vault(tmp_path, None, {"DOTS_VAULT": str(two)}) == two
    assert find_vault(tmp_path, None, {"DOTS_VAULT": ""}) == tmp_path


@pytest.mark.parametrize("mark", ["dots.toml", ".obsidian/app.json"])
def test_the_nearest_parent_with_a_mark_is_the_vault(tmp_path: Path, mark: str) -> None:
    write(tmp_path, {mark: "", "a/b/c.md": "", "near/.obsidian/x": "", "near/d/e.md": ""})
    assert find_vault(tmp_path / "a" / "b", None, {}) == tmp_path
    assert find_vault(tmp_path / "near" / "d", None, {}) == tmp_path / "near"


def test_without_a_mark_the_folder_itself_is_the_vault(tmp_path: Path) -> None:
    write(tmp_path, {"a/b.md": ""})
    assert find_vault(tmp_path / "a", None, {}) == tmp_path / "a"


def test_a_home_folder_is_no_vault_by_accident(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {"home/.obsidian/app.json": "", "home/notes/a.md": ""})
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert find_vault(tmp_path / "home" / "notes", None, {}) == tmp_path / "home" / "notes"
    assert find_vault(tmp_path / "home", None, {}) == tmp_path / "home"
    assert is_too_wide(tmp_path / "home")
    assert is_too_wide(Path("/"))
    assert not is_too_wide(tmp_path / "home" / "notes")


def test_a_vault_that_is_none_is_told(tmp_path: Path) -> None:
    write(tmp_path, {"a.md": ""})
    with pytest.raises(VaultError, match="there is no folder"):
        find_vault(tmp_path, tmp_path / "gone", {})
    with pytest.raises(VaultError, match="is a file"):
        find_vault(tmp_path, None, {"DOTS_VAULT": str(tmp_path / "a.md")})


def test_the_cache_is_the_users_or_where_they_say(tmp_path: Path) -> None:
    root = write(tmp_path / "나의 노트", {})
    folder = cache_folder(root, {"DOTS_CACHE": str(tmp_path / "c")})
    assert folder.parent == tmp_path / "c"
    assert folder.name.startswith("나의-노트-")
    assert not cache_folder(root, {}).is_relative_to(root)
    assert data_folder(root, {"DOTS_DATA": str(tmp_path / "d")}).parent == tmp_path / "d"
    assert data_folder(root, {}) != cache_folder(root, {})


def test_vaults_of_one_name_have_folders_of_their_own(tmp_path: Path) -> None:
    one, two = write(tmp_path / "a" / "notes", {}), write(tmp_path / "b" / "notes", {})
    assert cache_folder(one, {}) != cache_folder(two, {})
    (tmp_path / "link").symlink_to(one)
    assert cache_folder(tmp_path / "link", {}).name[-12:] == cache_folder(one, {}).name[-12:]


def test_clearing_takes_the_vaults_folder_and_no_other(tmp_path: Path) -> None:
    environ = {"DOTS_CACHE": str(tmp_path / "c")}
    one, two = write(tmp_path / "one", {}), write(tmp_path / "two", {})
    for root in (one, two):
        write(cache_folder(root, environ), {"catalog.sqlite": "x"})
    clear_cache(one, environ)
    clear_cache(one, environ)
    assert not cache_folder(one, environ).exists()
    assert cache_folder(two, environ).exists()


def test_a_user_without_a_home_has_vaults_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def homeless() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "home", homeless)
    write(tmp_path, {".obsidian/app.json": "", "a/b.md": ""})
    assert find_vault(tmp_path / "a", None, {}) == tmp_path
    assert not is_too_wide(tmp_path)
