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


def move_both_ways(tmp_path: Path, between: dict[str, str]) -> str:
    """What `src/a.md` says after a note moved to the root and back; between: files written then."""
    root, cache = tmp_path / "vault", tmp_path / "cache"
    write_vault(root, {"b/Log.md": "", "src/a.md": "[[b/Log]] [x](../b/Log.md)\n"})
    with Vault.open(root, cache=cache, environ={"DOTS_DATA": str(tmp_path / "data")}) as vault:
        vault.edit.apply(vault.rename.move([("b/Log.md", "Fresh.md")]))
        assert (root / "src/a.md").read_text() == "[[Fresh]] [x](../Fresh.md)\n"
        write_vault(root, between)
        vault.sync()
        vault.edit.apply(vault.rename.move([("Fresh.md", "b/Log.md")]))
    return (root / "src/a.md").read_text()


def test_a_move_back_gives_links_their_former_spelling(tmp_path: Path) -> None:
    assert move_both_ways(tmp_path, {}) == "[[b/Log]] [x](../b/Log.md)\n"


def test_a_link_written_since_keeps_its_own_spelling(tmp_path: Path) -> None:
    typed = {"src/a.md": "[[Fresh|now]] [x](../Fresh.md) [[Fresh]]\n"}
    assert move_both_ways(tmp_path, typed) == "[[Log|now]] [x](../b/Log.md) [[Log]]\n"


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


CP949 = "앞말 [[회고]] 뒷말  \r\n[x](%ED%9A%8C%EA%B3%A0.md) ![[회고|300]]\r\n\r\n똠방각하 펲시콜라"


def in_cp949(tmp_path: Path) -> tuple[Path, Path]:
    root = tmp_path / "vault"
    write_vault(root, {"회고.md": "# 회고\n"})
    (root / "옛글.md").write_bytes(CP949.encode("cp949"))
    return root, tmp_path / "cache"


def test_a_note_in_cp949_stays_in_it(tmp_path: Path) -> None:
    root, cache = in_cp949(tmp_path)
    rename(root, cache, "회고.md", "해돋이.md")
    want = CP949.replace("회고", "해돋이")
    want = want.replace("%ED%9A%8C%EA%B3%A0", "%ED%95%B4%EB%8F%8B%EC%9D%B4")
    assert (root / "옛글.md").read_bytes() == want.encode("cp949")


def test_a_name_that_a_note_cannot_hold_in_its_encoding_is_refused(tmp_path: Path) -> None:
    root, cache = in_cp949(tmp_path)
    with pytest.raises(EditError, match="cp949") as raised:
        rename(root, cache, "회고.md", "웃음 😀.md")
    assert raised.value.one_line().startswith("옛글.md")
    assert (root / "옛글.md").read_bytes() == CP949.encode("cp949")
    assert (root / "회고.md").exists()


def test_a_path_to_no_note_stays_one(tmp_path: Path) -> None:
    """From the root its last name alone would mean a note of that name in any folder."""
    root, cache = tmp_path / "vault", tmp_path / "cache"
    files = {"_posts/a.md": "[x](../other)\n", "books/other.md": ""}
    write_vault(root, files)
    with Vault.open(root, cache=cache, environ={"DOTS_DATA": str(tmp_path / "data")}) as vault:
        assert [link.target for link in vault.links.of("_posts/a.md")] == [None]
        vault.edit.apply(vault.rename.move([("_posts/a.md", "Fresh.md")]))
        assert (root / "Fresh.md").read_text() == "[x](./other)\n"
        assert [link.target for link in vault.links.of("Fresh.md")] == [None]
        vault.edit.apply(vault.rename.move([("Fresh.md", "_posts/a.md")]))
    assert (root / "_posts/a.md").read_text() == files["_posts/a.md"]


def test_a_path_to_no_note_that_asks_for_the_same_stays_as_it_is(tmp_path: Path) -> None:
    root, cache = tmp_path / "vault", tmp_path / "cache"
    files = {"books/a.md": "[[../books/b#One|x]]\n"}
    write_vault(root, files)
    with Vault.open(root, cache=cache, environ={"DOTS_DATA": str(tmp_path / "data")}) as vault:
        for old, new in (("books", "z"), ("z", "books")):
            vault.edit.apply(vault.rename.move([(old, new)]))
            assert (root / new / "a.md").read_text() == files["books/a.md"]
