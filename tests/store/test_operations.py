"""What is written into a vault: all of an operation or nothing, and nobody's bytes are lost."""

from __future__ import annotations

import errno
import os
import shutil
import stat
from collections.abc import Sequence
from datetime import datetime, tzinfo
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.disk import write
from tests.safety.crashing import Killed, failing
from vaultdots.errors import VaultError
from vaultdots.store import journal, renaming
from vaultdots.store.journal import FileChange, FileMove, Journal
from vaultdots.store.operations import Operations
from vaultdots.store.private import side_by_side

State = dict[str, bytes]


def state(root: Path) -> State:
    """Every file below a folder, the hidden ones too, and the folders."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes() if path.is_file() else b"/"
        for path in root.rglob("*")
    }


START: dict[str, str | bytes] = {
    "a.md": "one\n", "b.md": "two\n", "d/c.md": "three\n", "d/p.png": b"\x89P", "e/f.md": "four\n",
}  # fmt: skip
EDIT = [FileChange("a.md", b"one\n", b"ONE\n"), FileChange("b.md", b"two\n", b"TWO\n")]
Case = tuple[list[FileChange], list[FileMove]]
CASES: dict[str, Case] = {
    "edit": (EDIT, []),
    "create": ([FileChange("new/x/y.md", None, b"new\n"), EDIT[0]], []),
    "delete": ([FileChange("b.md", b"two\n", None), EDIT[0]], []),
    "move": ([], [FileMove("a.md", "g/h/z.md")]),
    "move and edit": (EDIT, [FileMove("a.md", "g/a.md")]),
    "swap": (EDIT, [FileMove("a.md", "b.md"), FileMove("b.md", "a.md")]),
    "swap alone": ([], [FileMove("a.md", "b.md"), FileMove("b.md", "a.md")]),
    "folder": ([*EDIT, FileChange("d/c.md", b"three\n", b"3\n")], [FileMove("d", "x/dd")]),
    "folders swap": ([], [FileMove("d", "e"), FileMove("e", "d")]),
    "circle": (
        [FileChange("d/c.md", b"three\n", b"3\n")],
        [FileMove("a.md", "b.md"), FileMove("b.md", "d/c.md"), FileMove("d/c.md", "a.md")],
    ),
    "merge": (
        [FileChange("b.md", b"two\n", None), FileChange("a.md", b"one\n", b"one\ntwo\n")],
        [FileMove("d/p.png", "p.png")],
    ),
    "in place of a moved one": (
        [FileChange("a.md", None, b"see z\n")],
        [FileMove("a.md", "z.md")],
    ),
}


def expected(case: Case) -> State:
    """What stands there when the operation is done, made without any of its code."""
    files, moves = case
    now = {name: data.encode() if isinstance(data, str) else data for name, data in START.items()}
    for file in files:
        if file.before is not None:
            if file.after is None:
                del now[file.path]
            else:
                now[file.path] = file.after
    moved = {}
    for name, data in now.items():
        for move in moves:
            if name == move.old or name.startswith(move.old + "/"):
                name = move.new + name[len(move.old) :]
                break
        moved[name] = data
    for file in files:
        if file.before is None and file.after is not None:
            moved[file.path] = file.after
    return moved


def without_folders(found: State) -> State:
    return {name: data for name, data in found.items() if data != b"/"}


def vault(tmp_path: Path) -> tuple[Path, Operations]:
    root = write(tmp_path / "v", START)
    return root, Operations(root, tmp_path / "data")


@pytest.mark.parametrize("name", CASES)
def test_an_operation_and_back_and_again(tmp_path: Path, name: str) -> None:
    root, operations = vault(tmp_path)
    before = state(root)
    files, moves = CASES[name]
    operations.write(files, "test", moves)
    after = state(root)
    assert without_folders(after) == expected(CASES[name])
    operations.undo()
    assert state(root) == before
    operations.redo()
    assert state(root) == after
    operations.undo()
    assert state(root) == before
    assert operations.remarks == []


def calls(tmp_path: Path, files: Sequence[FileChange], moves: Sequence[FileMove]) -> int:
    """How many changes of the disk an operation asks for."""
    root, operations = vault(tmp_path)
    with failing() as counter:
        operations.write(files, "test", moves)
    shutil.rmtree(root)
    shutil.rmtree(tmp_path / "data", ignore_errors=True)
    return counter.count


@pytest.mark.parametrize("after", [False, pytest.param(True, marks=pytest.mark.slow)])
@pytest.mark.parametrize("name", CASES)
def test_killed_anywhere_it_is_the_old_or_the_new(tmp_path: Path, name: str, after: bool) -> None:
    """Killed before or after each call: the next command finds the old state or the new one."""
    files, moves = CASES[name]
    points = calls(tmp_path, files, moves)
    assert points >= 10
    for at in range(1, points + 1):
        root, operations = vault(tmp_path)
        before = state(root)
        with failing(at, after=after), pytest.raises(Killed):
            operations.write(files, "test", moves)
        again = Operations(root, tmp_path / "data")
        again.recover()
        found = state(root)
        assert found == before or without_folders(found) == expected(CASES[name]), (at, found)
        assert again.journal.records("open", "stuck", "kept") == [], at
        # And what was written can be taken back; the same can be written again else.
        if found == before:
            again.write(files, "again", moves)
        again.undo()
        assert state(root) == before, at
        shutil.rmtree(root)
        shutil.rmtree(tmp_path / "data", ignore_errors=True)


@pytest.mark.parametrize("direction", ["undo", "redo"])
@pytest.mark.parametrize("name", CASES)
@pytest.mark.slow
def test_undo_killed_anywhere(tmp_path: Path, name: str, direction: str) -> None:
    files, moves = CASES[name]
    at, points = 0, 1
    while at < points:
        root, operations = vault(tmp_path)
        before = state(root)
        operations.write(files, "test", moves)
        after = state(root)
        if direction == "redo":
            operations.undo()
        turn = operations.undo if direction == "undo" else operations.redo
        if not at:
            with failing() as counter:
                turn()
            points = counter.count
        else:
            with failing(at), pytest.raises(Killed):
                turn()
            again = Operations(root, tmp_path / "data")
            again.recover()
            assert state(root) in (before, after), (at, state(root))
            if state(root) == after:
                again.undo()
            else:
                again.redo()
            assert state(root) in (before, after)
        at += 1
        shutil.rmtree(root)
        shutil.rmtree(tmp_path / "data", ignore_errors=True)


@pytest.mark.parametrize("onwards", [False, True])
@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO, errno.EACCES])
@pytest.mark.parametrize("name", ["edit", "move and edit", "circle", "merge", "create"])
@pytest.mark.slow
def test_a_disk_that_fails_anywhere(tmp_path: Path, name: str, error: int, onwards: bool) -> None:
    """One call refused, or all from one on: nothing is changed, or all is; and it says so."""
    files, moves = CASES[name]
    for at in range(1, calls(tmp_path, files, moves) + 1):
        root, operations = vault(tmp_path)
        before = state(root)
        told = ""
        try:
            with failing(at, error=error, onwards=onwards):
                operations.write(files, "test", moves)
        except VaultError as problem:
            told = problem.one_line()
        found = state(root)
        if not told:
            assert without_folders(found) == expected(CASES[name]), at
        elif "taken back" not in told and "the journal cannot say so" not in told:
            assert found == before, (at, told, found)
        again = Operations(root, tmp_path / "data")
        again.recover()
        found = state(root)
        assert found == before or without_folders(found) == expected(CASES[name]), (at, told, found)
        shutil.rmtree(root)
        shutil.rmtree(tmp_path / "data", ignore_errors=True)


@pytest.mark.slow
@given(
    st.permutations(sorted(set(START) - {"d/p.png"})),
    st.lists(st.sampled_from(["keep", "edit", "delete", "move", "both"]), min_size=4, max_size=4),
    st.integers(1, 60),
    st.booleans(),
)
@settings(max_examples=150, deadline=None)
def test_any_operation_killed_anywhere(
    tmp_path_factory: pytest.TempPathFactory, names: list[str], what: list[str], at: int, undo: bool
) -> None:
    tmp_path = tmp_path_factory.mktemp("any")
    moving = [n for n, w in zip(names, what, strict=True) if w in ("move", "both")]
    moves = (
        [FileMove(old, new) for old, new in zip(moving, moving[1:] + moving[:1], strict=True)]
        if len(moving) > 1
        else []
    )
    files = []
    for name, how in zip(names, what, strict=True):
        old = str(START[name]).encode()
        if how in ("edit", "both"):
            files.append(FileChange(name, old, old.upper()))
        elif how == "delete":
            files.append(FileChange(name, old, None))
    root, operations = vault(tmp_path)
    before = state(root)
    new = expected((files, moves))
    if undo:
        operations.write(files, "test", moves)
    try:
        with failing(at):
            if undo and (files or moves):
                operations.undo()
            else:
                operations.write(files, "test", moves)
    except Killed:
        pass
    again = Operations(root, tmp_path / "data")
    again.recover()
    found = state(root)
    assert found == before or without_folders(found) == new
    shutil.rmtree(tmp_path)


# -- another program -----------------------------------------------------------------------------


def test_what_was_saved_between_the_look_and_the_exchange_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worst moment: after the last look at the file, before its names are exchanged."""
    root, operations = vault(tmp_path)
    function = renaming._function()
    assert function is not None
    saved: list[bytes] = []

    def saving(what: str, old: bytes, new: bytes) -> int:
        if what == "exchange" and len(saved) < 1:
            saved.append(new)
            (root / "a.md").write_bytes(b"theirs\n")
        return function(what, old, new)

    monkeypatch.setattr(renaming, "_function", lambda: saving)
    with pytest.raises(VaultError, match="another program has just saved it"):
        operations.write(EDIT, "test")
    assert without_folders(state(root)) == {**expected(([], [])), "a.md": b"theirs\n"}
    assert operations.journal.records() == []


def test_what_is_saved_twice_in_between_stands_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, operations = vault(tmp_path)
    function = renaming._function()
    assert function is not None
    saves = iter([b"first\n", b"second\n"])

    def saving(what: str, old: bytes, new: bytes) -> int:
        if what == "exchange":
            data = next(saves, None)
            if data is not None:
                (tmp_path / "theirs").write_bytes(data)
                (tmp_path / "theirs").replace(root / "a.md")
        return function(what, old, new)

    monkeypatch.setattr(renaming, "_function", lambda: saving)
    with pytest.raises(VaultError, match="another program"):
        operations.write(EDIT, "test")
    assert (root / "a.md").read_bytes() == b"second\n"
    assert (root / "b.md").read_bytes() == b"two\n"
    (kept,) = operations.journal.records("kept")
    assert operations.journal.changes(kept) == (FileChange("a.md", b"first\n", None),)
    assert "another program saved it" in operations.remarks[0]


def test_an_editor_that_holds_the_old_file_open_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, operations = vault(tmp_path)
    function = renaming._function()
    assert function is not None
    opened = (root / "a.md").open("r+b", buffering=0)

    def late(what: str, old: bytes, new: bytes) -> int:
        code = function(what, old, new)
        if new.endswith(b"/b.md"):
            opened.write(b"late")
        return code

    monkeypatch.setattr(renaming, "_function", lambda: late)
    operations.write(EDIT, "test")
    opened.close()
    assert (root / "a.md").read_bytes() == b"ONE\n"
    (kept,) = operations.journal.records("kept")
    assert operations.journal.changes(kept)[0].before == b"late"


def test_a_file_changed_since_is_refused_and_named(tmp_path: Path) -> None:
    root, operations = vault(tmp_path)
    operations.write(EDIT, "test")
    (root / "b.md").write_bytes(b"mine\n")
    with pytest.raises(VaultError, match="changed since") as caught:
        operations.undo()
    assert caught.value.place == "b.md"
    assert (root / "a.md").read_bytes() == b"ONE\n"
    (root / "b.md").unlink()
    with pytest.raises(VaultError, match="gone"):
        operations.undo()
    (root / "b.md").write_bytes(b"TWO\n")
    operations.undo()
    assert (root / "b.md").read_bytes() == b"two\n"


def test_an_edit_after_a_kill_is_left_alone_and_blocks_nothing(tmp_path: Path) -> None:
    root, operations = vault(tmp_path)
    operations.write([FileChange("e/f.md", b"four\n", b"4\n")], "before")
    with failing() as counter:
        operations.write(EDIT, "test")
    operations.undo()
    for at in range(3, counter.count):
        with failing(at), pytest.raises(Killed):
            operations.write(EDIT, "test")
        now = (root / "a.md").read_bytes()
        (root / "a.md").write_bytes(now + b"mine\n")
        again = Operations(root, tmp_path / "data")
        again.recover()
        assert (root / "a.md").read_bytes() == now + b"mine\n", at
        assert (root / "b.md").read_bytes() in (b"two\n", b"TWO\n")
        assert not again.journal.is_unfinished()
        assert not list(root.glob(".dots-*"))
        (root / "a.md").write_bytes(b"one\n")
        (root / "b.md").write_bytes(b"two\n")
        for record in again.journal.records("done", "stuck"):
            if record.operation == "test":
                again.journal.drop(record)
    Operations(root, tmp_path / "data").undo()
    assert (root / "e/f.md").read_bytes() == b"four\n"


# -- the journal itself --------------------------------------------------------------------------


@pytest.mark.parametrize("spoilt", ["cut", "empty", "alien", "zeros", "folder"])
def test_a_damaged_file_of_the_journal_blocks_nothing(tmp_path: Path, spoilt: str) -> None:
    root, operations = vault(tmp_path)
    operations.write([FileChange("e/f.md", b"four\n", b"4\n")], "first")
    operations.write(EDIT, "second")
    (file,) = [p for p in operations.journal.folder.iterdir() if p.name.startswith("000002")]
    data = file.read_bytes()
    if spoilt == "folder":
        file.unlink()
        file.mkdir()
    else:
        file.write_bytes(
            {"cut": data[:-3], "empty": b"", "alien": b"hello\n", "zeros": b"\0" * len(data)}[
                spoilt
            ]
        )
    again = Operations(root, tmp_path / "data")
    assert again.undo().operation == "first"
    assert any("000002.done" in remark for remark in again.remarks)
    assert (root / "e/f.md").read_bytes() == b"four\n"
    assert (root / "a.md").read_bytes() == b"ONE\n"
    again.write([FileChange("e/f.md", b"four\n", b"IV\n")], "third")
    assert again.undo().operation == "third"


def test_a_damaged_record_of_a_dead_operation_is_told_once(tmp_path: Path) -> None:
    root, operations = vault(tmp_path)
    with failing(8), pytest.raises(Killed):
        operations.write(EDIT, "test")
    (file,) = operations.journal.folder.glob("*.open")
    file.write_bytes(file.read_bytes()[:40])
    again = Operations(root, tmp_path / "data")
    again.recover()
    assert "damaged" in again.remarks[0]
    once_more = Operations(root, tmp_path / "data")
    once_more.recover()
    assert once_more.remarks == []


def test_all_is_for_the_owner_alone(tmp_path: Path) -> None:
    _, operations = vault(tmp_path)
    previous = os.umask(0)
    try:
        operations.write(EDIT, "test")
    finally:
        os.umask(previous)
    for path in (tmp_path / "data").rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path
    assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700


def test_old_operations_are_forgotten(tmp_path: Path) -> None:
    root, operations = vault(tmp_path)
    operations.write([EDIT[0]], "first")
    Operations(root, tmp_path / "data", keep_days=-1).write([EDIT[1]], "second")
    assert Journal(tmp_path / "data").records() == []
    operations.write([FileChange("a.md", b"ONE\n", b"one\n")], "third")
    assert operations.journal.forget() == 1
    with pytest.raises(VaultError, match="nothing to undo"):
        operations.undo()


@pytest.mark.parametrize(
    "ages, kept",
    [([-900, 200, 1], [2]), ([200, -900, 1], [1, 2]), ([-900, -1, 200, 200], []), ([-900], [0])],
)
def test_a_clock_that_went_wrong_once_does_not_keep_all_that_comes_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ages: list[int], kept: list[int]
) -> None:
    """ages: how many days ago the operations were, by the clock that they had."""
    records = Journal(tmp_path / "data")
    monkeypatch.setattr(journal, "datetime", Clock)
    for n, age in enumerate(ages):
        monkeypatch.setattr(Clock, "age", age)
        records.add("done", str(n), EDIT)
    monkeypatch.setattr(Clock, "age", 0)
    records.prune(90)
    assert sorted(int(record.operation) for record in records.records()) == kept


class Clock(datetime):
    """The clock of a computer that is behind by `age` days."""

    age = 0

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Clock:
        return cls.fromtimestamp(super().now(tz).timestamp() - cls.age * 86_400, tz)


# -- what a file has beside its bytes ------------------------------------------------------------


def test_mode_and_attributes_survive_a_write_and_an_undo(tmp_path: Path) -> None:
    root, operations = vault(tmp_path)
    note = root / "a.md"
    note.chmod(0o640)
    attributes = {"user.colour": b"red"}
    try:
        os.setxattr(note, "user.colour", b"red")
    except OSError:
        attributes = {}
    for turn in ("write", "undo", "redo"):
        if turn == "write":
            operations.write(EDIT, "test")
        else:
            getattr(operations, turn)()
        assert stat.S_IMODE(note.stat().st_mode) == 0o640
        assert {name: os.getxattr(note, name) for name in os.listxattr(note)} == attributes


@pytest.mark.parametrize("kind", ["read-only", "names"])
def test_what_cannot_be_kept_is_told_before_and_forced_only_by_name(
    tmp_path: Path, kind: str
) -> None:
    root, operations = vault(tmp_path)
    if kind == "read-only":
        (root / "a.md").chmod(0o444)
    else:
        os.link(root / "a.md", root / "twin.md")
    with pytest.raises(VaultError, match=kind):
        operations.write(EDIT, "test")
    assert (root / "b.md").read_bytes() == b"two\n"
    operations.write(EDIT, "test", force=True)
    assert (root / "a.md").read_bytes() == b"ONE\n"
    if kind == "read-only":
        assert stat.S_IMODE((root / "a.md").stat().st_mode) == 0o444


@pytest.mark.slow
@pytest.mark.parametrize("links", [True, False])
def test_a_file_system_without_the_kernel_s_exchange(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    """macOS' and Linux' calls are missing; on exFAT hard links too."""
    monkeypatch.setattr(renaming, "_function", lambda: None)
    if not links:

        def refuse(*args: object, **keywords: object) -> None:
            raise OSError(errno.EPERM, "no hard links here")

        monkeypatch.setattr(os, "link", refuse)
    for name, (files, moves) in CASES.items():
        root, operations = vault(tmp_path)
        before = state(root)
        operations.write(files, "test", moves)
        assert without_folders(state(root)) == expected(CASES[name]), name
        operations.undo()
        assert state(root) == before, name
        for at in range(1, 60):
            try:
                with failing(at):
                    operations.write(files, "test", moves)
            except Killed:
                Operations(root, tmp_path / "data").recover()
            found = state(root)
            if found != before:
                assert without_folders(found) == expected(CASES[name]), (name, at)
                Operations(root, tmp_path / "data").undo()
            assert state(root) == before, (name, at)
        shutil.rmtree(root)
        shutil.rmtree(tmp_path / "data", ignore_errors=True)


@pytest.mark.parametrize("count", [3, 100])
def test_all_is_done_side_by_side_though_one_fails(count: int) -> None:
    """The first error is raised when the rest is done: nothing of ours may lie about."""
    done: list[int] = []

    def do(number: int) -> None:
        done.append(number)
        if number == count - 1:
            raise OSError(number, "full")

    with pytest.raises(OSError, match="full"):
        side_by_side(do, range(count))
    assert sorted(done) == list(range(count))
