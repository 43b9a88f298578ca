"""What means a note refuses a picture, a canvas and a base: their bytes are no Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.disk import write
from vaultdots.errors import NoteNotFound
from vaultdots.text.spans import Span
from vaultdots.vault import Vault

FILES: dict[str, str | bytes] = {
    "Note.md": "# Note\n\n![[photo.jpg]] [[plan.canvas]] [[list.base]]\n",
    "photo.jpg": b"\xff\xd8\xff\xe0 JFIF # a ^a",
    "plan.canvas": '{"nodes":[{"id":"1","type":"text","text":"# a"}],"edges":[]}',
    "list.base": "aliases: [a]\nviews: []\n",
}
OTHERS = ("photo.jpg", "plan.canvas", "list.base")
ASKED: dict[str, Callable[[Vault, str], object]] = {
    "merge": lambda vault, path: vault.rename.merge(path, "Note.md"),
    "merge into": lambda vault, path: vault.rename.merge("Note.md", path),
    "extract": lambda vault, path: vault.rename.extract(path, "a", "New.md"),
    "extract text": lambda vault, path: vault.rename.extract_text(path, Span(0, 5), "New.md"),
    "rename-heading": lambda vault, path: vault.rename.heading(path, "a", "b"),
    "rename-block": lambda vault, path: vault.rename.block(path, "a", "b"),
    "rename-alias": lambda vault, path: vault.rename.alias(path, "a", "b"),
    "related": lambda vault, path: vault.related(path),
    "connect": lambda vault, path: vault.connect(path),
    "mentions": lambda vault, path: vault.links.mentions_of(path),
    "proposed rename": lambda vault, path: vault.proposals.rename(path, "New"),
    "proposed edit": lambda vault, path: vault.proposals.edit(path, "", "more"),
}


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Vault]:
    folder = tmp_path_factory.mktemp("only-notes")
    root, environ = write(folder / "v", FILES), {"DOTS_DATA": str(folder / "data")}
    with Vault.open(root, cache=folder / "cache", environ=environ) as opened:
        yield opened


@pytest.mark.parametrize("path", OTHERS)
@pytest.mark.parametrize("asked", ASKED)
def test_a_file_that_is_no_note_is_refused_by_its_name(vault: Vault, asked: str, path: str) -> None:
    with pytest.raises(NoteNotFound, match=f"^'{path}' is not a note$"):
        ASKED[asked](vault, path)


@pytest.mark.parametrize("path", OTHERS)
def test_it_has_backlinks_and_moves_all_the_same(vault: Vault, path: str) -> None:
    assert [link.source for link in vault.links.to(path)] == ["Note.md"]
    ending = path.rpartition(".")[2]
    change = vault.rename.move([(path, f"Other.{ending}")])
    assert [edit.after for edit in change.edits] == [f"Other.{ending}"]
