"""A file that says which folders are left out is not moved away from notes, nor beside them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.disk import write
from vaultdots.errors import EditError
from vaultdots.store.config import read_config, settings_among
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


FILE, FOLDER = "settings are read from this file", "dialect is known by this folder"
HUGO = ("hugo.toml", "content/a.md", "data/x.txt")
POSTS = ("_posts/2020-01-01-first.md", "_posts/2020-01-02-second-post.md")
VUEPRESS = "docs/.vuepress/config.js"


@pytest.mark.parametrize(
    ("files", "old", "new", "said"),
    [
        (HUGO, "hugo.toml", "conf/hugo.toml", FILE),
        (HUGO, "data/x.txt", "config.toml", ""),
        (HUGO[1:], "data/x.txt", "config.toml", FILE),
        (HUGO, "content", "pages", FOLDER),
        (HUGO, "content/a.md", "content/b.md", ""),
        (HUGO, "data", "more", ""),
        (("config/_default/hugo.toml", "content/a.md"), "config", "x", FILE),
        (("dots.toml",), "dots.toml", "x/dots.toml", FILE),
        (("other.yml",), "other.yml", "_config.yml", FILE),
        (("other.yml",), "other.yml", "sub/_config.yml", ""),
        (("sub/hugo.toml",), "sub/hugo.toml", "x/hugo.toml", ""),
        (POSTS, "_posts", "posts", FOLDER),
        (("posts/a.md",), "posts", "_posts", FOLDER),
        ((*POSTS, "_config.yml"), "_posts", "posts", ""),
        ((*POSTS, "_config.yml"), "_config.yml", "x/_config.yml", FILE),
        ((*POSTS, ".obsidian/app.json"), "_posts", "posts", ""),
        ((*POSTS, "config.toml"), "config.toml", "data/config.toml", ""),
        ((VUEPRESS, "docs/a.md"), "docs", "pages", FILE),
        ((VUEPRESS, "docs/a.md"), "docs/a.md", "docs/b.md", ""),
        # No site, or a site whose settings are not these: nothing is read from them.
        (("config.toml", "data/x.txt"), "config.toml", "data/config.toml", ""),
        (("data/config.toml",), "data/config.toml", "config.toml", ""),
        (("notes/a.md", "config.toml"), "notes", "content", FOLDER),
        (("notes/a.md",), "notes", "content", ""),
        ((*HUGO, "config.toml"), "config.toml", "data/config.toml", ""),
    ],
)
def test_what_settings_are_read_from_stays(
    tmp_path: Path, files: tuple[str, ...], old: str, new: str, said: str
) -> None:
    address = {"hugo.toml": 'baseURL = "https://a.example/"\n'}
    root = write(tmp_path / "v", {name: address.get(name, "") for name in (*files, "b.md")})
    with Vault.open(root, cache=tmp_path / "c", environ={"DOTS_DATA": str(tmp_path)}) as vault:
        before = vault.config.options
        change = vault.rename.move([(old, new)])
        if said:
            with pytest.raises(EditError, match=said):
                vault.edit.apply(change)
            assert (root / old).exists()
        else:
            vault.edit.apply(change)
    after = read_config(root).options
    assert (after.dialect, after.site_url) == (before.dialect, before.site_url)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ('dialect = "jekyll"', ""),
        ('dialect = "hugo"', FILE),
        ('dialect = "hugo"\nsite_url = "https://b.example"', ""),
    ],
)
def test_what_dots_toml_says_is_read_nowhere_else(tmp_path: Path, settings: str, said: str) -> None:
    files = {"dots.toml": settings, "a.md": "", "config.toml": "", "_posts/b.md": ""}
    root = write(tmp_path / "v", files)
    moves = [("config.toml", "x/config.toml"), ("_posts", "posts")]
    assert settings_among(root, moves) == ("config.toml" if said else None)
