"""An error names the file that a person knows, not the temporary one beside it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from tests.disk import write
from vaultdots.errors import VaultError
from vaultdots.vault import Vault


@pytest.mark.parametrize("operation", ["edit", "new", "move"])
def test_a_folder_that_takes_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, operation: str
) -> None:
    root = write(tmp_path / "v", {"d/a.md": "[[b]]\n", "b.md": "# B\n"})
    open_file = os.open

    def refuse(path: Any, flags: int, *rest: Any, **named: Any) -> int:
        if str(path).endswith(".tmp") and "/d/.dots-" in str(path):
            raise PermissionError(13, "Permission denied", path)
        return open_file(path, flags, *rest, **named)

    environ = {"DOTS_DATA": str(tmp_path / "data")}
    with Vault.open(root, cache=tmp_path / "cache", environ=environ) as vault:
        monkeypatch.setattr(os, "open", refuse)
        with pytest.raises(VaultError) as caught:
            if operation == "edit":
                vault.edit.apply(vault.rename.move([("b.md", "c.md")]))
            elif operation == "new":
                vault.edit.create("d/n.md", "x\n", "new")
            else:
                vault.edit.apply(vault.rename.move([("b.md", "e/f.md")]))
    place = "d/n.md" if operation == "new" else "d/a.md"
    assert caught.value.one_line().startswith(f"{place}: it cannot be written (Permission denied)")
    assert (root / "b.md").exists()
