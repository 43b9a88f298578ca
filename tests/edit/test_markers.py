"""A file that says which folders are left out is not moved away from notes, nor beside them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.disk import write
from vaultdots.errors import EditError
from vaultdots.vault import Vault

FILES: dict[str, str | bytes] = {
    "package.json": "{}",
    "setup/pyproject.toml": "",
    "dist/out.md": "# Out\n",
    "notes/dist/in.md": "# In\n",
    "app/package.json": "{}",
    "app/build/made.js": "",
    "a.md": "[[in]] [p](package.json)\n",
}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "package.json",
            "notes/package.json",
            "with it dots would not read the folder 'notes/dist'",
        ),
        ("package.json", "x/package.json", "without it dots would read the folder 'dist'"),
        ("package.json", "other.json", "without it dots would read the folder 'dist'"),
        ("setup/pyproject.toml", "notes/pyproject.toml", "would not read the folder 'notes/dist'"),
        ("setup/pyproject.toml", "pyproject.toml", ""),
        ("app/package.json", "x/package.json", ""),
        ("app", "x", ""),
        ("notes", "more", ""),
    ],
)
def test_what_decides_which_folders_are_read_stays(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    """A folder in which no note lies may come to be read."""
    root = write(tmp_path / "v", FILES)
    with Vault.open(root, cache=tmp_path / "c", environ={"DOTS_DATA": str(tmp_path)}) as vault:
        change = vault.rename.move([(old, new)])
        if not said:
            vault.edit.apply(change)
            assert (root / new).exists()
            return
        with pytest.raises(EditError, match=said) as told:
            vault.edit.apply(change)
    assert told.value.place == (new if "with it" in said else old) or "not read" in said
    assert (root / old).exists() and not (root / new).exists()


def test_one_of_two_markers_may_go(tmp_path: Path) -> None:
    root = write(tmp_path / "v", {**FILES, "pyproject.toml": ""})
    with Vault.open(root, cache=tmp_path / "c", environ={"DOTS_DATA": str(tmp_path)}) as vault:
        vault.edit.apply(vault.rename.move([("package.json", "x/package.json")]))
    assert (root / "a.md").read_text() == "[[in]] [p](x/package.json)\n"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("hugo.toml", "conf/hugo.toml", True),
        ("dots.toml", "x/dots.toml", True),
        ("other.yml", "_config.yml", True),
        ("sub/hugo.toml", "x/hugo.toml", False),
        ("other.yml", "sub/_config.yml", False),
    ],
)
def test_what_settings_are_read_from_stays(tmp_path: Path, old: str, new: str, said: bool) -> None:
    files = {"hugo.toml": "", "dots.toml": "", "other.yml": "", "sub/hugo.toml": "", "a.md": "x\n"}
    root = write(tmp_path / "v", files)
    with Vault.open(root, cache=tmp_path / "c", environ={"DOTS_DATA": str(tmp_path)}) as vault:
        change = vault.rename.move([(old, new)])
        if said:
            with pytest.raises(EditError, match="settings are read from this file"):
                vault.edit.apply(change)
        else:
            vault.edit.apply(change)
