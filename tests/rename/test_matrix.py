"""The matrix: every kind of reference × every operation, against golden files.

`python -m tests.rename.run --write` writes them anew; read the difference before you keep it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rename.reading import references, stale
from tests.rename.vaults import OPERATIONS, VAULTS, Operation, write_vault
from vaultdots.errors import EditError
from vaultdots.vault import Vault

EXPECTED = Path(__file__).parent / "expected"


def rename(root: Path, cache: Path, old: str, new: str) -> None:
    """Move by the library, as `dots mv` does."""
    with Vault.open(root, cache=cache) as vault:
        vault.edit.apply(vault.rename.move([(old, new)]))


def told(texts: dict[str, str], root: Path, operation: Operation) -> str:
    """Every file's changed lines before and after, as the golden files have them."""
    from tests.rename.vaults import moved_path

    lines = []
    for path, text in texts.items():
        after = (root / moved_path(path, operation.moves)).read_bytes().decode("utf-8")
        old, new = text.split("\n"), after.split("\n")
        assert len(old) == len(new), path
        for before, now in zip(old, new, strict=True):
            if before != now:
                lines += [path, f"  {before}", f"  {now}", ""]
    return "\n".join(lines).replace("\r", "\\r").replace("\ufeff", "\\ufeff")


def test_an_apostrophe_in_the_new_name_does_not_end_a_property(tmp_path: Path) -> None:
    root, cache = tmp_path / "vault", tmp_path / "cache"
    text = "---\nup: '[[Old]]'\nlist: ['[[Old|x]]', \"[[Old]]\"]\n---\n"
    write_vault(root, {"Old.md": "", "a.md": text})
    rename(root, cache, "Old.md", "It's.md")
    assert (root / "a.md").read_text(encoding="utf-8") == (
        '---\nup: "[[It\'s]]"\nlist: ["[[It\'s|x]]", "[[It\'s]]"]\n---\n'
    )


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
def test_no_reference_goes_stale(operation: Operation, tmp_path: Path) -> None:
    texts = VAULTS[operation.vault]()
    root, cache = tmp_path / "vault", tmp_path / "cache"
    write_vault(root, texts)
    before = references(root, cache)
    with Vault.open(root, cache=cache) as vault:
        problems = len(vault.links.check())
    if operation.refused:
        with pytest.raises(EditError):
            for old, new in operation.moves:
                rename(root, cache, old, new)
        assert {path: (root / path).read_bytes().decode() for path in texts} == texts
        return
    for old, new in operation.moves:
        rename(root, cache, old, new)
    after = references(root, cache)
    assert stale(before, after, operation, texts, root) == {}
    with Vault.open(root, cache=cache) as vault:
        assert len(vault.links.check()) <= problems
    golden = EXPECTED / f"{operation.name}.txt"
    assert told(texts, root, operation) == golden.read_text(encoding="utf-8")
