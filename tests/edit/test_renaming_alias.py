"""An alias is written in the quotes that its properties need, whatever signs it has."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.disk import write
from vaultdots.errors import EditError
from vaultdots.note.parse import parse_note
from vaultdots.vault import Vault

HEADS = {
    "a list in brackets": "---\naliases: [one two, two, x]\n---\n",
    "a list of lines": "---\naliases:\n  - one two\n  - two\n  - x\n---\n",
    "double quotes": '---\naliases: ["one two", "two", "x"]\n---\n',
    "single quotes": "---\naliases: ['one two', 'two', 'x']\n---\n",
    "JSON": '---\n{\n  "aliases": ["one two", "two", "x"]\n}\n---\n',
    "TOML": '+++\naliases = ["one two", "two", "x"]\n+++\n',
    "TOML, single quotes": "+++\naliases = ['one two', 'two', 'x']\n+++\n",
}
NEW = ["Two, too", "it's", 'the "two"', "C# [a] | b", "새 이름: 둘", "- dash", "back\\slash"]


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
@pytest.mark.parametrize("new", NEW)
def test_any_sign_can_be_written(tmp_path: Path, head: str, new: str) -> None:
    files: dict[str, str | bytes] = {
        ".obsidian/app.json": "{}",
        "a.md": f"{head}text\n",
        "b.md": "[[x]]\n",
    }
    root = write(tmp_path / "v", files)
    environ = {"DOTS_DATA": str(tmp_path / "data")}
    with Vault.open(root, cache=tmp_path / "cache", environ=environ) as vault:
        vault.edit.apply(vault.rename.alias("a.md", "two", new))
        text = (root / "a.md").read_text(encoding="utf-8")
        assert parse_note("a.md", text, vault.config.options).aliases == ("one two", new, "x")
        vault.edit.apply(vault.rename.alias("a.md", new, "two"))
        assert list(vault.notes["a.md"].row.aliases) == ["one two", "two", "x"]


def test_a_sign_that_no_link_can_have_is_refused_with_the_link(tmp_path: Path) -> None:
    root = write(tmp_path / "v", {"a.md": "---\naliases: [two]\n---\n", "b.md": "x\n[[two]]\n"})
    with Vault.open(root, cache=tmp_path / "cache") as vault:
        with pytest.raises(EditError, match=r"would not name this note in \[\[two") as caught:
            vault.rename.alias("a.md", "two", "C#")
        assert caught.value.place == "b.md:2"
        with pytest.raises(EditError, match="an alias needs a text"):
            vault.rename.alias("a.md", "two", " ")


JSON = '---\n{\n  "title": "Old",\n  "aliases": [],\n  "n": 1\n}\n---\n'


def test_properties_in_JSON_take_a_title_an_alias_and_tags(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        ".obsidian/app.json": "{}",
        "Old.md": JSON + "text\n",
        "b.md": "---\naliases: [b, c]\ntags: [t]\n---\nmore\n",
    }
    root = write(tmp_path / "v", files)
    environ = {"DOTS_DATA": str(tmp_path / "data")}
    with Vault.open(root, cache=tmp_path / "cache", environ=environ) as vault:
        change = vault.rename.move([("Old.md", 'New "1".md')], title=True, alias=True)
        vault.edit.apply(change)
        text = (root / 'New "1".md').read_text(encoding="utf-8")
        assert text == (
            '---\n{\n  "title": "New \\"1\\"",\n  "aliases": ["Old"],\n  "n": 1\n}\n---\ntext\n'
        )
        vault.edit.apply(vault.rename.merge("b.md", 'New "1".md'))
        text = (root / 'New "1".md').read_text(encoding="utf-8")
        assert text == (
            '---\n{\n  "tags": ["t"],\n  "title": "New \\"1\\"",\n'
            '  "aliases": ["Old", "b", "c"],\n  "n": 1\n}\n---\ntext\n\nmore\n'
        )
