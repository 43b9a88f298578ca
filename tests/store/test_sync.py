"""The catalog says what the files say, whatever was done to them between two commands."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pytest

from tests.disk import NOBODY, settle, write
from vaultdots.store import exclude, reading
from vaultdots.vault import Vault

OLD = 1_600_000_000_000_000_000


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = write(tmp_path / "v", {"a.md": "# A\n[[b]]\n", "b.md": "# B\n", "p.png": "x"})
    settle(root)
    return root


@pytest.fixture
def vault(root: Path) -> Iterator[Vault]:
    with Vault.open(root, cache=root.parent / "cache") as opened:
        yield opened


def titles(vault: Vault) -> dict[str, str]:
    return {row.path: row.title for row in vault.notes.rows()}


def test_nothing_changed_reads_nothing_and_writes_nothing(vault: Vault) -> None:
    generation = vault.catalog.generation
    result = vault.sync()
    assert (result.read, result.removed, result.rebuilt) == (0, 0, False)
    assert vault.catalog.generation == generation


def test_only_what_changed_is_read(vault: Vault, root: Path) -> None:
    write(root, {"b.md": "# New\n"})
    assert vault.sync().read == 1
    assert titles(vault) == {"a.md": "A", "b.md": "New"}


def test_an_unchanged_vault_is_not_compared_file_by_file(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import vaultdots.store.sync as syncing

    settle(root)
    Vault.open(root, cache=root.parent / "cache").close()
    monkeypatch.delattr(syncing, "_compare")
    with Vault.open(root, cache=root.parent / "cache") as again:
        assert set(titles(again)) == {"a.md", "b.md"}


def _move(root: Path) -> None:
    with Vault.open(root, cache=root.parent / "cache") as vault:
        vault.edit.apply(vault.rename.move([("z.md", "y.md")]))


CALM: dict[str, Callable[[Path], object]] = {
    "a move": _move,
    "another mode": lambda root: (root / "a.md").chmod(0o600),
    "a rule for nothing": lambda root: write(root, {"dots.toml": 'ignore = ["unseen"]\n'}),
}


@pytest.mark.parametrize("change", CALM.values(), ids=CALM)
def test_a_vault_is_quiet_again_after_what_leaves_the_catalog_right(
    root: Path, change: Callable[[Path], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next walk finds nothing to write but what tells it from the one before."""
    import vaultdots.store.sync as syncing

    monkeypatch.setenv("DOTS_DATA", str(root.parent / "data"))
    write(root, {"z.md": "# Z\n", "dots.toml": 'ignore = ["nobody"]\n'})
    settle(root)
    before = (root / "dots.toml").stat()
    Vault.open(root, cache=root.parent / "cache").close()
    change(root)
    os.utime(root / "dots.toml", ns=(before.st_mtime_ns, before.st_mtime_ns))
    Vault.open(root, cache=root.parent / "cache").close()
    monkeypatch.delattr(syncing, "_compare")
    with Vault.open(root, cache=root.parent / "cache") as again:
        assert len(titles(again)) == 3


def test_an_expression_that_took_too_long_once_is_tried_again(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The machine may have been busy: what a person leaves out is not shown from then on."""
    write(root, {"dots.toml": 'ignore = ["b.md"]\n'})
    settle(root)
    with monkeypatch.context() as busy:
        busy.setattr(exclude, "_SECONDS", -1.0)
        with Vault.open(root, cache=root.parent / "cache") as vault:
            assert set(titles(vault)) == {"a.md", "b.md"}
    with Vault.open(root, cache=root.parent / "cache") as vault:
        assert set(titles(vault)) == {"a.md"}
        assert vault.catalog.left_out() == set()


def _swap(root: Path) -> None:
    (root / "a.md").rename(root / "c.md")
    (root / "b.md").rename(root / "a.md")
    (root / "c.md").rename(root / "b.md")


CHANGES: dict[str, Callable[[Path], object]] = {
    "created": lambda root: write(root, {"sub/c.md": "# C\n"}),
    "deleted": lambda root: (root / "b.md").unlink(),
    "an attachment deleted": lambda root: (root / "p.png").unlink(),
    "edited": lambda root: write(root, {"a.md": "# Other\n"}),
    "renamed": lambda root: (root / "a.md").rename(root / "c.md"),
    "swapped": _swap,
    "linked": lambda root: (root / "l.md").symlink_to("a.md"),
    "linked out": lambda root: (root / "l.md").symlink_to("/etc/hostname"),
    "a pipe": lambda root: os.mkfifo(root / "pipe.md"),
    "half here": lambda root: write(root, {".c.md.icloud": "x"}),
    "excluded": lambda root: write(root, {"dots.toml": 'ignore = ["b.md"]\n'}),
    "a setting that is wrong": lambda root: write(
        root, {".obsidian/app.json": '{"userIgnoreFilters": ["/(/"]}'}
    ),
    "a build folder": lambda root: write(root, {"dist/d.md": "# D\n", "package.json": "{}"}),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_changes_in_a_vault_that_was_quiet_is_noticed(
    root: Path, change: Callable[[Path], object]
) -> None:
    """As a catalog that is built from nothing says it."""
    (root / "x.md").write_text("# X\n")
    settle(root)
    before = _told(root, "cache")
    assert _told(root, "cache") == before
    change(root)
    for path in root.rglob("*"):
        if path.is_file() and not path.is_symlink():
            os.utime(path, ns=(OLD, OLD))
    told = _told(root, "cache")
    assert told == _told(root, "fresh") != before
    assert _told(root, "cache") == told


def _told(root: Path, cache: str) -> object:
    with Vault.open(root, cache=root.parent / cache) as vault:
        files = {
            path: (row.disk, row.role, row.excluded, row.size)
            for path, row in vault.catalog.fingerprints().items()
        }
        return titles(vault), files, vault.catalog.left_out()


def test_a_retouched_file_changes_nothing(vault: Vault, root: Path) -> None:
    generation = vault.catalog.generation
    os.utime(root / "a.md", ns=(OLD, OLD))
    assert vault.sync().read == 1
    assert vault.catalog.generation == generation
    assert vault.sync().read == 0


def test_a_file_that_holds_the_same_bytes_is_not_read_as_a_note_again(
    vault: Vault, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`git checkout` and a rename with a thousand backlinks leave many such."""
    monkeypatch.delattr(reading, "read_files")
    os.utime(root / "a.md", ns=(OLD, OLD))
    (root / "b.md").touch()  # young: looked at once more by each sync
    assert vault.sync().read == 2
    assert vault.sync().read == 1


def test_an_edit_within_the_clocks_tick_is_noticed(vault: Vault, root: Path) -> None:
    """The same size, the same time and the same inode, only other bytes."""
    write(root, {"a.md": "# 1\n"})
    vault.sync()
    status = (root / "a.md").stat()
    with (root / "a.md").open("r+b") as stream:
        stream.write(b"# 2\n")
    os.utime(root / "a.md", ns=(status.st_mtime_ns, status.st_mtime_ns))
    assert (root / "a.md").stat().st_ino == status.st_ino
    vault.sync()
    assert titles(vault)["a.md"] == "2"


def test_a_file_from_the_future_is_read_each_time_and_never_wrong(vault: Vault, root: Path) -> None:
    future = 4_000_000_000_000_000_000
    write(root, {"a.md": "# 1\n"})
    os.utime(root / "a.md", ns=(future, future))
    vault.sync()
    (root / "a.md").write_text("# 2\n")
    os.utime(root / "a.md", ns=(future, future))
    assert vault.sync().read == 1
    assert titles(vault)["a.md"] == "2"


def test_a_file_replaced_by_a_file_of_the_same_size_and_time(vault: Vault, root: Path) -> None:
    status = (root / "a.md").stat()
    write(root, {"new": "# Z\n[[b]]\n"})
    os.utime(root / "new", ns=(status.st_mtime_ns, status.st_mtime_ns))
    (root / "new").replace(root / "a.md")
    vault.sync()
    assert titles(vault)["a.md"] == "Z"


def test_a_renamed_file(vault: Vault, root: Path) -> None:
    (root / "b.md").rename(root / "c.md")
    result = vault.sync()
    assert (result.read, result.removed) == (1, 1)
    assert list(titles(vault)) == ["a.md", "c.md"]
    assert [(link.target, link.via) for link in vault.links.of("a.md")] == [("c.md", "title")]


def test_a_file_becomes_a_folder_and_a_folder_a_file(vault: Vault, root: Path) -> None:
    (root / "b.md").unlink()
    write(root, {"b.md/inner.md": "# In\n"})
    vault.sync()
    assert titles(vault) == {"a.md": "A", "b.md/inner.md": "In"}
    (root / "b.md" / "inner.md").unlink()
    (root / "b.md").rmdir()
    write(root, {"b.md": "# B\n"})
    vault.sync()
    assert titles(vault) == {"a.md": "A", "b.md": "B"}


def test_a_note_becomes_a_pipe(vault: Vault, root: Path) -> None:
    (root / "b.md").unlink()
    os.mkfifo(root / "b.md")
    vault.sync()
    assert list(titles(vault)) == ["a.md"]
    assert [skip.path for skip in vault.catalog.skipped()] == ["b.md"]


def test_a_name_in_another_form_is_the_same_note(vault: Vault, root: Path) -> None:
    composed, decomposed = root / "회고.md", root / normalize("NFD", "회고.md")
    write(root, {"회고.md": "# R\n"})
    vault.sync()
    composed.rename(decomposed)
    if composed.exists():
        pytest.skip("this disk takes the two forms for one name")
    vault.sync()
    assert "회고.md" in titles(vault)
    write(root, {normalize("NFD", "회고.md"): "# S\n"})
    vault.sync()
    assert titles(vault)["회고.md"] == "S"


def test_excluded_files_leave_and_come_back(vault: Vault, root: Path) -> None:
    cache = root.parent / "cache"
    for pattern, shown in (('["b.md", "*.png"]', ["a.md"]), ("[]", ["a.md", "b.md"])):
        write(root, {"dots.toml": f"ignore = {pattern}\n"})
        with Vault.open(root, cache=cache) as opened:
            assert [row.path for row in opened.notes.rows()] == shown
            assert [link.target for link in opened.links.of("a.md")] == ["b.md"]
            reasons = {skip.path: skip.reason for skip in opened.catalog.skipped()}
            assert set(reasons) == ({"b.md", "p.png"} if len(shown) == 1 else set())


def test_a_note_excluded_and_edited_at_once(vault: Vault, root: Path) -> None:
    write(root, {"dots.toml": 'ignore = ["b.md"]\n', "b.md": "# Other\n"})
    with Vault.open(root, cache=root.parent / "cache") as opened:
        assert [row.title for row in opened.catalog.notes(excluded=True)] == ["A", "Other"]
        assert [row.title for row in opened.notes.rows()] == ["A"]


def test_another_rule_for_reading_reads_all_again(vault: Vault, root: Path) -> None:
    write(root, {"dots.toml": '[kind.study]\nfolders = ["."]\ntitles = ["A"]\n'})
    with Vault.open(root, cache=root.parent / "cache") as opened:
        assert {row.path: row.kind for row in opened.notes.rows()}["a.md"] == "study"


def test_an_attachment_is_known_by_name_and_never_read(vault: Vault, root: Path) -> None:
    generation = vault.catalog.generation
    write(root, {"p.png": "changed"})
    assert vault.sync().read == 0
    assert vault.catalog.generation == generation
    (root / "p.png").unlink()
    vault.sync()
    assert vault.catalog.generation > generation
    assert vault.catalog.counts()["attachments"] == 0


def test_an_unreadable_note_is_told_and_comes_back(everybody: Path) -> None:
    root = write(everybody / "v", {"a.md": "# A\n", "shut.md": "# S\n"})
    settle(root)
    (root / "shut.md").chmod(0)
    with Vault.open(root, cache=everybody / "cache") as vault:
        assert titles(vault) == {"a.md": "A"}
        assert [tuple(skip) for skip in vault.catalog.skipped()] == [
            ("shut.md", "it cannot be read (Permission denied)")
        ]
        generation = vault.catalog.generation
        vault.sync()
        assert vault.catalog.generation == generation
        (root / "shut.md").chmod(0o644)
        vault.sync()
        assert titles(vault) == {"a.md": "A", "shut.md": "S"}
        assert vault.catalog.skipped() == []
        (root / "shut.md").chmod(0)
        (root / "shut.md").rename(root / "still.md")
        vault.sync()
        assert titles(vault) == {"a.md": "A"}
    assert NOBODY


def test_the_bar_is_told_of_every_file(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "PARALLEL_BYTES", 10**12)
    write(root, {f"n{i}.md": "" for i in range(5)})
    told: list[tuple[int, int]] = []
    with Vault.open(
        root, cache=root.parent / "cache", progress=lambda done, total: told.append((done, total))
    ):
        assert told == [(n, 7) for n in range(1, 8)]


def test_a_failing_sync_leaves_the_old_state(vault: Vault, root: Path) -> None:
    before = vault.map.data()
    write(root, {"a.md": "# Other\n", "c.md": "# C\n"})

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        vault.sync(progress=stop)
    assert vault.map.data() == before
    vault.sync()
    assert titles(vault) == {"a.md": "Other", "b.md": "B", "c.md": "C"}


@pytest.mark.parametrize("seconds", [15_032_385_535, 20_000_000_000, -9_300_000_000])
def test_a_time_past_what_sqlite_holds(root: Path, vault: Vault, seconds: int) -> None:
    """`touch -d @15032385535 a.md` made every command fail: nanoseconds past 64 bits (2262)."""
    for name in ("a.md", "p.png"):
        os.utime(root / name, ns=(seconds * 10**9, seconds * 10**9))
    vault.sync()
    assert titles(vault) == {"a.md": "A", "b.md": "B"}
    generation = vault.catalog.generation
    vault.sync()
    assert vault.catalog.generation == generation
    asked = "file:a modified:>2100" if seconds > 0 else "file:a modified:<1960"
    assert [hit.path for hit in vault.search(asked)] == ["a.md"]
    write(root, {"a.md": "# Other\n"})
    os.utime(root / "a.md", ns=(seconds * 10**9 + 1000, seconds * 10**9 + 1000))
    vault.sync()
    assert titles(vault)["a.md"] == "Other"


OPERATIONS: dict[str, Callable[[Vault], object]] = {
    "create": lambda vault: vault.edit.create("c.md", "# C\n[[a]]\n", "new"),
    "create in a folder": lambda vault: vault.edit.create("sub/c.md", "# C\n", "new"),
    "create in a new folder": lambda vault: vault.edit.create("x/y/c.md", "# C\n", "new"),
    "move": lambda vault: vault.edit.apply(vault.rename.move([("b.md", "z.md")])),
    "swap": lambda vault: vault.edit.apply(vault.rename.move([("b.md", "a.md"), ("a.md", "b.md")])),
    "move to another case": lambda vault: vault.edit.apply(vault.rename.move([("b.md", "B.md")])),
    "move a folder": lambda vault: vault.edit.apply(vault.rename.move([("sub", "bus")])),
    "move an attachment": lambda vault: vault.edit.apply(vault.rename.move([("p.png", "q.png")])),
    "merge": lambda vault: vault.edit.apply(vault.rename.merge("b.md", "a.md")),
}


@pytest.mark.parametrize("operation", OPERATIONS.values(), ids=OPERATIONS)
def test_what_dots_wrote_is_read_as_a_walk_reads_it(
    root: Path, operation: Callable[[Vault], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOTS_DATA", str(root.parent / "data"))
    write(root, {"sub/s.md": "[[b]] ![[p.png]]\n", "package.json": "{}"})
    with Vault.open(root, cache=root.parent / "cache") as vault:
        turns: list[Callable[[], object]] = [vault.edit.undo, vault.edit.redo]
        for turn in (lambda: operation(vault), *turns):
            turn()
            told = _told_by(vault)
            with Vault.open(root, cache=root.parent / "fresh", rebuild=True) as fresh:
                assert told == _told_by(fresh)


def _told_by(vault: Vault) -> object:
    files = {
        path: (row.disk, row.role, row.excluded, row.size, row.mtime_ns, row.inode)
        for path, row in vault.catalog.fingerprints().items()
    }
    links = [vault.links.of(path) for path in sorted(titles(vault))]
    return titles(vault), files, vault.catalog.left_out(), links


def test_what_dots_wrote_is_read_without_a_walk(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import vaultdots.store.sync as syncing

    monkeypatch.setenv("DOTS_DATA", str(root.parent / "data"))
    with Vault.open(root, cache=root.parent / "cache") as vault:
        monkeypatch.delattr(syncing, "walk")
        vault.edit.create("c.md", "# C\n[[a]]\n", "new")
        vault.edit.apply(vault.rename.move([("b.md", "z.md")]))
        assert titles(vault) == {"a.md": "A", "c.md": "C", "z.md": "B"}


def test_a_move_to_another_case_where_case_is_one(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As macOS and Windows have it: the old name still finds the file."""
    import vaultdots.store.sync as syncing

    status = os.lstat

    def either(path: Any, **where: Any) -> os.stat_result:
        try:
            return status(path, **where)
        except FileNotFoundError:
            other = os.fspath(path).replace("/b.md", "/B.md")
            return status(other, **where)

    monkeypatch.setenv("DOTS_DATA", str(root.parent / "data"))
    with Vault.open(root, cache=root.parent / "cache") as vault:
        change = vault.rename.move([("b.md", "B.md")])
        honest = syncing.sync_written

        def folding(*arguments: Any) -> object:
            with monkeypatch.context() as one_case:
                one_case.setattr(os, "lstat", either)
                return honest(*arguments)

        monkeypatch.setattr("vaultdots.vault.state.sync_written", folding)
        vault.edit.apply(change)
        assert set(vault.catalog.fingerprints()) == {"a.md", "B.md", "p.png"}


def test_a_spoilt_row_is_mended_after_a_write(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An unchanged vault is opened without a look at the rows of its files."""
    monkeypatch.setenv("DOTS_DATA", str(root.parent / "data"))
    with Vault.open(root, cache=root.parent / "cache") as vault:
        vault.edit.create("c.md", "# C\n", "new")
        vault.catalog.for_index().execute("UPDATE files SET mtime_ns = 'x' WHERE path = 'c.md'")
        vault.edit.undo()
        assert set(titles(vault)) == {"a.md", "b.md"}


@pytest.mark.parametrize("inode", [(1 << 63) - 1, 1 << 63, (1 << 64) - 1, 1 << 100])
def test_an_inode_past_what_sqlite_holds(
    vault: Vault, monkeypatch: pytest.MonkeyPatch, inode: int
) -> None:
    """Network and FUSE file systems number their files with all 64 bits, and some with more."""
    import vaultdots.store.sync as syncing

    honest: Any = vars(syncing)["walk"]

    def numbered(*arguments: Any, last: object) -> Any:
        found = honest(*arguments)
        found.mark = None
        found.files = {
            path: file._replace(inode=inode + n)
            for n, (path, file) in enumerate(sorted(found.files.items()))
        }
        return found

    monkeypatch.setattr(syncing, "walk", numbered)
    assert vault.sync().read == 2
    assert vault.sync().read == 0
    known = vault.catalog.fingerprints()
    assert [known[path].inode - inode for path in ("a.md", "b.md", "p.png")] == [0, 1, 2]


def test_whether_names_are_spelled_alike_is_known_of_each_generation(tmp_path: Path) -> None:
    root = tmp_path / "v"
    write(root, {"a.md": "# A\n"})
    with Vault.open(root, cache=tmp_path / "cache") as vault:
        catalog = vault.catalog
        assert catalog.meta("spelled-alike") == str(catalog.generation)
        assert catalog.disk_names() == {}
        other = normalize("NFD", "회고.md")
        write(root, {other: "# S\n"})
        vault.sync()
        assert catalog.disk_names() == {"회고.md": other}
        (root / other).unlink()
        vault.sync()
        assert catalog.disk_names() == {}
