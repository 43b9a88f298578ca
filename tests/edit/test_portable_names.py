"""Names that Windows cannot have are taken, and told: the vault may be synced to one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.disk import write
from vaultdots.vault import Vault


@pytest.mark.parametrize(
    ("new", "told"),
    [
        ("a:b.md", "a:b.md"),
        ("CON.md", "CON.md"),
        ("con/x.md", "con"),
        ("dir /x.md", "dir "),
        ("회고?.md", "회고?.md"),
        ("console.md", None),
        ("회고 2.md", None),
        ("v1.2.md", None),
        ("old:dir/z.md", None),
    ],
)
def test_a_name_that_windows_cannot_have_is_told(
    new: str, told: str | None, tmp_path: Path
) -> None:
    root = write(tmp_path / "v", {"x.md": "# X\n", "old:dir/y.md": "# Y\n"})
    old = "old:dir/y.md" if new.startswith("old:") else "x.md"
    with Vault.open(root, cache=tmp_path / "c", environ={"DOTS_DATA": str(tmp_path / "d")}) as v:
        change = v.rename.move([(old, new)])
        said = [one for one in change.remarks if "Windows" in one]
        assert said == ([f"a disk of Windows cannot hold the name '{told}'"] if told else [])
        v.edit.apply(change)
    assert (root / new).exists()
