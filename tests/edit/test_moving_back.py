"""What links said before a move, read from the journal: by the catalog's links or by reading."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.disk import write
from vaultdots.edit.moving_back import former_links
from vaultdots.edit.texts import Texts
from vaultdots.vault import Vault

NOTES = {
    "wikilinks": "[[Hub]] and [[Hub|the hub]], [[Hub#A|a]] ![[Hub]] [[Hub#^b]], `[[Hub]]`, [[b]]\n",
    "in a table": "| a | b |\n|---|---|\n| [[Hub\\|x]] | [[other/Hub]] |\n",
    "with other links": "[web](https://example.org) [[Hub]] ![i](<a b.png>) [[Hub]] #tag\n",
    "in properties": '---\nup: "[[Hub]]"\nmore: ["[[Hub]]", "x"]\n---\n[[Hub]]\n',
    "Markdown": "[a](Hub.md) [b](<Hub.md>) ![c](other/Hub.md#A) [[Hub]]\n[r]: Hub.md\n",
    "nested": "[![i](p.png)](Hub.md) [[Hub]]\n",
}


@pytest.mark.parametrize("text", NOTES.values(), ids=NOTES)
@pytest.mark.parametrize("new", ["Axle note.md", "deep/er/Axle.md", "A (b) & c's.md"])
def test_the_catalog_says_what_reading_says(tmp_path: Path, text: str, new: str) -> None:
    root = write(
        tmp_path / "v",
        {"Hub.md": "# A\n\nx ^b\n", "n.md": text, "b.md": "# B\n", "other/c.md": "[[Hub]]\n"},
    )
    with Vault.open(root, cache=tmp_path / "cache", environ={"DOTS_DATA": str(tmp_path)}) as vault:
        record = vault.edit.apply(vault.rename.move([("Hub.md", new)]))
        assert record is not None
        options, files = vault.config.options, vault.edit.operations.journal.changes(record)
        read = former_links(files, record.moves, options)
        texts = Texts(vault.catalog, vault.notes.text)
        known = former_links(files, record.moves, options, texts)
    assert known == read
    assert read


def test_plain_wikilinks_are_not_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import vaultdots.edit.moving_back as moving_back

    notes = {f"{n}.md": NOTES["wikilinks"] for n in range(3)}
    root = write(tmp_path / "v", {"Hub.md": "# A\n\nx ^b\n", "b.md": "# B\n", **notes})
    before = {path.name: path.read_bytes() for path in root.iterdir()}
    with Vault.open(root, cache=tmp_path / "cache", environ={"DOTS_DATA": str(tmp_path)}) as vault:
        vault.edit.apply(vault.rename.move([("Hub.md", "Axle note.md")]))
        monkeypatch.delattr(moving_back, "parse_note")
        vault.edit.apply(vault.rename.move([("Axle note.md", "Hub.md")]))
    assert {path.name: path.read_bytes() for path in root.iterdir()} == before


def test_a_link_out_of_the_vault_leads_to_the_same_place(tmp_path: Path) -> None:
    note = "[x](../repo/a%20b.md) [y](<../z/#h>) [[../.md|100]] ![](..) [[../v|v]]\n"
    root = write(tmp_path / "v", {".obsidian/app.json": "{}", "n.md": note, "d/v.md": "# V\n"})
    with Vault.open(root, cache=tmp_path / "cache", environ={"DOTS_DATA": str(tmp_path)}) as vault:
        vault.edit.apply(vault.rename.move([("n.md", "d/e/n.md")]))
        assert (root / "d/e/n.md").read_text() == (
            "[x](../../../repo/a%20b.md) [y](<../../../z/#h>) [[../../../.md|100]] ![](../../..)"
            " [[../../../v|v]]\n"
        )
        vault.edit.apply(vault.rename.move([("d/e/n.md", "d/n.md")]))
        assert "[x](../../repo/a%20b.md) [y](<../../z/#h>)" in (root / "d/n.md").read_text()
        vault.edit.apply(vault.rename.move([("d/n.md", "n.md")]))
    assert (
        "[x](../repo/a%20b.md) [y](<../z/#h>) [[../.md|100]] ![](..)" in (root / "n.md").read_text()
    )


def test_the_question_in_an_address_stays_one(tmp_path: Path) -> None:
    """As GitHub's pictures have it; what leads to the same place still is not written anew."""
    note = "![](../../p.png?raw=true) ![](../q.png?raw=true#x) [o](./../../o%3F.md)\n"
    root = write(tmp_path / "v", {"a/n.md": note})
    with Vault.open(root, cache=tmp_path / "cache", environ={"DOTS_DATA": str(tmp_path)}) as vault:
        vault.edit.apply(vault.rename.move([("a/n.md", "b/n.md")]))
        assert (root / "b/n.md").read_text() == note
        vault.edit.apply(vault.rename.move([("b/n.md", "b/c/m.md")]))
    assert (root / "b/c/m.md").read_text() == (
        "![](../../../p.png?raw=true) ![](../../q.png?raw=true#x) [o](../../../o%3F.md)\n"
    )
