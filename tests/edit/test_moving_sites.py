"""A folder of a Hugo site moves: the addresses of its section and of its pages follow."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.connect.vaults import vault_of

SECTION = {"content/old/_index.md": "---\ntitle: Old\n---\n"}
PAGES = {"content/old/leaf.md": "x\n", "content/old/pic.png": ""}


@pytest.mark.parametrize("section", [SECTION, {}], ids=["with _index.md", "without"])
@pytest.mark.parametrize(
    ("link", "moved"),
    [
        ("[a](/old/)", "[a](/x/new/)"),
        ("[a](/old)", "[a](/x/new)"),
        ("[a](/old/leaf/)", "[a](/x/new/leaf/)"),
        ("[a](/old/leaf/#part)", "[a](/x/new/leaf/#part)"),
        ("[a](../old/leaf/)", "[a](../x/new/leaf/)"),
        ("![a](/old/pic.png)", "![a](/x/new/pic.png)"),
        ('{{< ref "/old/leaf" >}}', '{{< ref "/x/new/leaf" >}}'),
    ],
)
def test_addresses_follow_a_folder(
    tmp_path: Path, section: dict[str, str], link: str, moved: str
) -> None:
    files = {"hugo.toml": "", **section, **PAGES, "content/posts/n.md": f"{link}\n"}
    with vault_of(tmp_path, dict(files)) as vault:
        vault.edit.apply(vault.rename.move([("content/old", "content/x/new")]))
        assert vault.notes.text("content/posts/n.md") == f"{moved}\n"
        vault.edit.apply(vault.rename.move([("content/x/new", "content/old")]))
        assert vault.notes.text("content/posts/n.md") == f"{link}\n"


def test_a_path_out_of_the_pages_own_address_stays_one(tmp_path: Path) -> None:
    """`/n/` is shown as a folder of its own: `../old/` is `/old/`."""
    files = {"hugo.toml": "", **SECTION, **PAGES, "content/n.md": "[a](../old/) [b](../old/leaf)\n"}
    with vault_of(tmp_path, dict(files)) as vault:
        vault.edit.apply(vault.rename.move([("content/old", "content/new")]))
        assert vault.notes.text("content/n.md") == "[a](../new/) [b](../new/leaf)\n"
