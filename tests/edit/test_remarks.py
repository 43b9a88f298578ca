"""What a change says of itself: true in a dry run as well, and where the links are."""

from __future__ import annotations

from pathlib import Path

from tests.disk import write
from vaultdots.vault import Vault

FILES: dict[str, str | bytes] = {
    "a.md": "---\naliases: [one, two]\n---\n#red #blue\n",
    "b.md": "[[new]]\n\n[[new]] [[New]] [[one]]\n",
    "c.md": "[[new]]\n",
}


def test_links_that_are_taken_up_are_named(tmp_path: Path) -> None:
    with Vault.open(write(tmp_path / "v", FILES), cache=tmp_path / "cache") as vault:
        (told,) = vault.rename.move([("a.md", "new.md")]).remarks
        assert (
            told == "links that named no note mean new.md then: b.md:1, b.md:3, b.md:3 and 1 more"
        )
        (told,) = vault.rename.move([("c.md", "new.md")]).remarks
        assert told.endswith(" and 1 more")
    files = {**FILES, "b.md": "x\n"}
    with Vault.open(write(tmp_path / "w", files), cache=tmp_path / "cache") as vault:
        (told,) = vault.rename.move([("a.md", "new.md")]).remarks
        assert told == "links that named no note mean new.md then: c.md:1"


def test_what_becomes_one_is_told(tmp_path: Path) -> None:
    with Vault.open(write(tmp_path / "v", FILES), cache=tmp_path / "cache") as vault:
        assert vault.rename.tag("red", "blue").remarks == (
            "#blue is there already: the two become one tag",
        )
        change = vault.rename.alias("a.md", "one", "Two")
        assert change.remarks == ("a.md: 'Two' is an alias of it already: the two become one",)
        assert vault.rename.alias("a.md", "one", "One").remarks == ()
