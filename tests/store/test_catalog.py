"""The catalog can always be thrown away and built again, silently."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.disk import settle, write
from vaultdots.errors import CatalogError
from vaultdots.store.catalog import Catalog, cache_error
from vaultdots.store.location import cache_folder
from vaultdots.store.schema import SCHEMA
from vaultdots.vault import Vault

FILES = {"a.md": "# A\n[[b]] #t\n%%hidden%% shown\n", "b.md": "# B\n", "c.png": "x"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = write(tmp_path / "v", FILES)
    settle(root)
    return root


def open_vault(root: Path) -> Vault:
    return Vault.open(root, cache=root.parent / "cache")


def file_of(root: Path) -> Path:
    return cache_folder(root, {"DOTS_CACHE": str(root.parent / "cache")}) / "catalog.sqlite"


def backlinks(root: Path) -> list[str]:
    with open_vault(root) as vault:
        return [link.source for link in vault.links.to("b")]


def _other_schema(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("DROP TABLE links")
        connection.execute(f"PRAGMA user_version = {SCHEMA + 1}")
    connection.close()


def _other_stamp(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE meta SET value = '0.0.0' WHERE key = 'stamp'")
        connection.execute("DELETE FROM links")
    connection.close()


def _other_database(file: Path) -> None:
    file.unlink()
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE meta (x)")
        connection.execute("CREATE TABLE files (x)")
        connection.execute("CREATE TABLE mine (x)")
    connection.close()


def _cut(file: Path) -> None:
    os.truncate(file, file.stat().st_size // 2)


def _zeros(file: Path) -> None:
    size = file.stat().st_size
    with file.open("r+b") as stream:
        stream.seek(100)
        stream.write(b"\0" * (size - 100))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda file: file.write_bytes(b"no database at all" * 100),
        lambda file: file.write_bytes(b""),
        lambda file: file.unlink(),
        _cut,
        _zeros,
        _other_schema,
        _other_stamp,
        _other_database,
    ],
)
def test_a_file_that_cannot_be_used_is_built_again(
    root: Path, spoil: Callable[[Path], object]
) -> None:
    assert backlinks(root) == ["a.md"]
    spoil(file_of(root))
    assert backlinks(root) == ["a.md"]
    assert backlinks(root) == ["a.md"]


def test_damage_that_only_a_query_meets_is_told_once_and_heals(root: Path) -> None:
    """The pages of `links` alone are spoilt: the sync has no reason to read them."""
    assert backlinks(root) == ["a.md"]
    file = file_of(root)
    with sqlite3.connect(file) as connection:
        (size,) = connection.execute("PRAGMA page_size").fetchone()
        pages = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE tbl_name IN ('links', 'names')"
        ).fetchall()
    connection.close()
    with file.open("r+b") as stream:
        for (page,) in pages:
            stream.seek((page - 1) * size)
            stream.write(b"\xff" * size)
    with pytest.raises(CatalogError) as caught:
        backlinks(root)
    assert "thrown away" in caught.value.one_line()
    assert backlinks(root) == ["a.md"]


def test_every_spoilt_byte_heals_by_the_second_command(root: Path) -> None:
    """A byte here and there, in header and pages: an answer, or one line and then an answer."""
    assert backlinks(root) == ["a.md"]
    file = file_of(root)
    whole = file.read_bytes()
    for place in (*range(0, 100, 7), *range(100, len(whole), len(whole) // 40)):
        spoilt = bytearray(whole)
        spoilt[place : place + 64] = bytes(255 - byte for byte in spoilt[place : place + 64])
        file.write_bytes(spoilt)
        for suffix in ("-wal", "-shm"):
            file.with_name(file.name + suffix).unlink(missing_ok=True)
        try:
            backlinks(root)
        except CatalogError as error:
            assert "\n" not in error.one_line()
        with open_vault(root) as vault:
            vault.sync(rebuild=True)
        assert backlinks(root) == ["a.md"]


def test_a_cache_that_cannot_be_written_is_one_line(root: Path) -> None:
    write(root.parent, {"file": ""})
    with pytest.raises(CatalogError) as caught:
        Vault.open(root, cache=root.parent / "file")
    assert "cannot be written" in caught.value.one_line()
    assert "DOTS_CACHE" in caught.value.one_line()


def test_a_readonly_catalog_is_one_line(everybody: Path) -> None:
    root = write(everybody / "v", FILES)
    assert backlinks(root) == ["a.md"]
    file = file_of(root)
    write(root, {"d.md": "[[b]]"})
    for path in (file.parent, file):
        path.chmod(path.stat().st_mode & ~0o222)
    try:
        with pytest.raises(CatalogError) as caught:
            backlinks(root)
    finally:
        file.parent.chmod(0o755)
        file.chmod(0o644)
    assert "cannot be written" in caught.value.one_line()
    assert backlinks(root) == ["a.md", "d.md"]


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (sqlite3.OperationalError("database or disk is full"), "the disk that holds the cache is"),
        (OSError(28, "No space left on device"), "the disk that holds the cache is full"),
        (PermissionError(13, "Permission denied"), "cannot be written (Permission denied)"),
        (sqlite3.OperationalError("disk I/O error"), "cannot be written (disk I/O error)"),
    ],
)
def test_what_a_disk_refuses_is_said_in_words(error: Exception, words: str) -> None:
    assert words in cache_error(error, None).one_line()


def test_a_transaction_is_all_or_nothing(root: Path) -> None:
    catalog = Catalog(None)
    catalog.clear("x")
    with pytest.raises(RuntimeError), catalog.transaction():
        catalog.set_meta("stamp", "y")
        raise RuntimeError
    assert catalog.meta("stamp") == "x"
    catalog.close()


def test_what_is_read_in_a_snapshot_is_of_one_moment(root: Path) -> None:
    with open_vault(root) as reader:
        with reader.snapshot():
            before = reader.map.data()
            write(root, {"new.md": "[[b]]", "a.md": "nothing"})
            with open_vault(root) as writer:
                writer.sync(rebuild=True)
                assert [link.source for link in writer.links.to("b")] == ["new.md"]
            assert reader.map.data() == before
            assert [link.source for link in reader.links.to("b")] == ["a.md"]
            with reader.snapshot():
                assert reader.map.data() == before
            assert reader.map.data() == before
        assert [link.source for link in reader.links.to("b")] == ["new.md"]


def test_an_id_never_comes_to_mean_another_note(root: Path) -> None:
    with open_vault(root) as vault:
        first = {row.id for row in vault.notes.rows()}
        for _ in range(3):
            vault.sync(rebuild=True)
            again = {row.id for row in vault.notes.rows()}
            assert not first & again
            first |= again


def test_comments_are_blank_in_what_search_reads_and_offsets_stay(root: Path) -> None:
    write(root, {"c.md": "%%a\nb%% x %%c%%\n# H\n%%d\n\n[[a]]%%y\n"})
    with open_vault(root) as vault:
        note = vault.catalog.note("c.md")
        assert note is not None
        texts = [row.text for row in vault.catalog.search_rows([note.id])]
        assert texts == ["   \n    x      \n", "   \n\n       y\n"]
        assert list(vault.catalog.search_rows([10**6])) == []


def test_links_are_found_by_many_keys_at_once(root: Path) -> None:
    write(root, {"many.md": "".join(f"[[k{n}]]\n" for n in range(2_000))})
    with open_vault(root) as vault:
        found = vault.catalog.links_by_key(f"k{n}" for n in range(2_000))
        assert sorted(link.target for link in found) == sorted(f"k{n}" for n in range(2_000))


def test_what_is_not_there_is_nothing(root: Path) -> None:
    with open_vault(root) as vault:
        catalog = vault.catalog
        assert catalog.note("gone.md") is None
        assert catalog.text(10**6) == ""
        assert catalog.regions(10**6) == []
        assert catalog.role_of("gone.md") is None
        assert catalog.role_of("c.png") == "attachment"
        assert catalog.sections(10**6) == []
        assert catalog.properties(10**6) == {}
        assert catalog.blocks(10**6) == {}
        assert catalog.links_of("gone.md") == []


def test_a_catalog_in_memory_keeps_nothing() -> None:
    catalog = Catalog(None)
    assert not catalog.is_current("x")
    assert catalog.generation == 0
    with catalog.transaction():
        catalog.clear("x")
    assert catalog.is_current("x")
    catalog.start_over()
    assert not catalog.is_current("x")
    catalog.discard()
