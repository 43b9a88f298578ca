"""An unsaved text stands for its note: every question is answered as if it had been saved."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.disk import settle, write
from tests.store.test_sync_machine import NAMES, told
from tests.strategies import notes, vault_files
from vaultdots.vault import Vault

TEXTS = [name for name in NAMES if not name.endswith(".png") and name != "x.md/inner.md"]


def facts(vault: Vault) -> dict[str, Any]:
    """What is told of a vault, but for the ranking of words: the full-text index is of the disk."""
    return told(vault, queries=())


def lay(vault: Vault, path: str, text: str) -> None:
    excluded = vault.config.exclusions.excludes(path)
    vault.catalog.overlay(path, text, vault.config.options, excluded=excluded)


@settings(deadline=None, max_examples=25, suppress_health_check=list(HealthCheck))
@given(files=vault_files(), edits=st.lists(st.tuples(st.sampled_from(TEXTS), notes()), max_size=4))
@pytest.mark.slow
def test_an_overlay_is_the_same_text_saved(
    files: dict[str, str], edits: list[tuple[str, str]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "v"
        files = {path: text for path, text in files.items() if (path, "") not in edits}
        write(root, files)
        settle(root)
        edits = [(path, text) for path, text in edits if _has_place(root, path)]
        with Vault.open(root, cache=Path(folder) / "one") as vault:
            before = facts(vault)
            for path, text in edits:
                lay(vault, path, text)
            laid = facts(vault)
            for path in {path for path, _ in edits}:
                vault.catalog.uncover(path)
            assert facts(vault) == before
        write(root, {path: text.encode("utf-8", "replace") for path, text in edits})
        with Vault.open(root, cache=Path(folder) / "two") as vault:
            assert laid == facts(vault)


def _has_place(root: Path, path: str) -> bool:
    here = root / path
    return not here.is_dir() and not any(
        (root / parent).is_file() for parent in here.relative_to(root).parents
    )


@pytest.fixture
def vault(tmp_path: Path) -> Any:
    root = write(tmp_path / "v", {"a.md": "# A\n[[b]]\n", "b.md": "# B\nabout harbors\n"})
    settle(root)
    with Vault.open(root, cache=tmp_path / "cache") as opened:
        yield opened


def test_the_file_of_the_catalog_is_not_written(vault: Vault) -> None:
    vault.search("harbors")
    vault.links.mentions_of("b.md")
    before = list(vault.catalog.for_index().iterdump())
    lay(vault, "b.md", "# Bee\n[[a]] and zebras\n")
    vault.links.of("b.md")
    vault.search("zebras")
    vault.links.mentions_of("a.md")
    vault.links.check()
    vault.catalog.uncover("b.md")
    assert list(vault.catalog.for_index().iterdump()) == before


def test_an_index_made_meanwhile_is_of_the_disk(vault: Vault) -> None:
    lay(vault, "b.md", "# Bee\nzebras\n")
    assert vault.search("zebras") == []
    vault.catalog.uncover("b.md")
    assert [hit.path for hit in vault.search("harbors")] == ["b.md"]


def test_search_shows_nothing_that_the_unsaved_text_has_no_more(vault: Vault) -> None:
    assert [hit.path for hit in vault.search("harbors")] == ["b.md"]
    lay(vault, "b.md", "# B\nabout zebras\n")
    assert vault.search("harbors") == []


def test_a_note_that_is_on_no_disk_yet(vault: Vault) -> None:
    lay(vault, "new.md", "---\naliases: [c]\n---\n[[b]]\n")
    assert vault.notes.find("c") == "new.md"
    assert [link.source for link in vault.links.to("b")] == ["a.md", "new.md"]
    lay(vault, "new.md", "[[a]]\n")
    assert [link.source for link in vault.links.to("b")] == ["a.md"]
    write(vault.root, {"new.md": "[[b]]\n"})
    vault.sync()
    vault.catalog.follow()
    assert [link.source for link in vault.links.to("b")] == ["a.md"]
    vault.catalog.uncover("new.md")
    assert [link.source for link in vault.links.to("b")] == ["a.md", "new.md"]


@pytest.mark.parametrize("rebuild", [False, True])
def test_a_sync_leaves_what_is_unsaved(vault: Vault, rebuild: bool) -> None:
    lay(vault, "b.md", "[[a]]\n")
    write(vault.root, {"b.md": "# On the disk\n", "c.md": "[[b]]\n"})
    vault.sync(rebuild=rebuild)
    vault.catalog.follow()
    assert [link.target for link in vault.links.of("b")] == ["a.md"]
    assert [link.source for link in vault.links.to("b")] == ["a.md", "c.md"]
    vault.catalog.uncover("b.md")
    note = vault.catalog.note("b.md")
    assert note is not None and note.title == "On the disk"


def test_a_note_that_goes_from_the_disk_stays_while_it_is_open(vault: Vault) -> None:
    lay(vault, "b.md", "[[a]]\n")
    (vault.root / "b.md").unlink()
    vault.sync()
    vault.catalog.follow()
    assert [link.source for link in vault.links.to("a")] == ["b.md"]
    vault.catalog.uncover("b.md")
    assert vault.links.to("a") == []


def test_every_change_has_a_revision_of_its_own(vault: Vault) -> None:
    seen = [vault.catalog.revision]
    for text in ("x", "y"):
        lay(vault, "b.md", text)
        seen.append(vault.catalog.revision)
    vault.catalog.uncover("b.md")
    seen.append(vault.catalog.revision)
    assert len(set(seen)) == len(seen)
