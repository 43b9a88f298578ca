"""What a note has beside its bytes: kept by every write and undo, or told before the write."""

from __future__ import annotations

import os
import stat
import struct
from pathlib import Path

import pytest

from tests.disk import NOBODY, write
from tests.safety.faults import CASES, FILES, Case, files
from vaultdots.cli import run
from vaultdots.errors import VaultError
from vaultdots.store.journal import FileChange
from vaultdots.store.operations import Operations
from vaultdots.vault import Vault

EDIT = [FileChange("a.md", b"one\n", b"ONE\n")]
NONE = 0xFFFFFFFF
ACL = struct.pack("<I", 2) + b"".join(
    struct.pack("<HHI", tag, rights, who)
    for tag, rights, who in (
        (1, 6, NONE), (2, 4, 1234), (4, 4, NONE), (16, 4, NONE), (32, 0, NONE)
    )
)  # fmt: skip
"""POSIX ACL as the kernel keeps it: `u::rw-,u:1234:r--,g::r--,m::r--,o::---`."""
WRITING: dict[str, Case] = {
    name: case
    for name, case in CASES.items()
    if name not in ("draft", "new", "today", "week", "month", "year", "import", "proposals")
} | {"settle": Case(("settle", "하프 마라톤", "dropped"), (("settle", "하프 마라톤", "kept"),))}
"""Commands that write over a file that is there; the others make new ones alone."""


def there_and_back(root: Path, data: Path) -> list[tuple[str, tuple[object, ...]]]:
    """What a note has beside its bytes, at first and after a write, an undo and a redo."""
    operations = Operations(root, data)
    found = [("", beside(root / "a.md"))]
    for turn in ("write", "undo", "redo"):
        if turn == "write":
            operations.write(EDIT, "test")
        else:
            getattr(operations, turn)()
        found.append((turn, beside(root / "a.md")))
    return found


def beside(path: Path) -> tuple[object, ...]:
    status = path.stat()
    lists = hasattr(os, "listxattr")
    more = {name: os.getxattr(path, name) for name in os.listxattr(path)} if lists else {}
    return stat.S_IMODE(status.st_mode), status.st_uid, status.st_gid, more


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="root alone gives away")
def test_owner_and_group_survive(tmp_path: Path) -> None:
    root = write(tmp_path / "v", {"a.md": "one\n"})
    os.chown(root / "a.md", 1234, 2345)
    (root / "a.md").chmod(0o640)
    (_, before), *after = there_and_back(root, tmp_path / "data")
    assert before[:3] == (0o640, 1234, 2345)
    assert [found for _, found in after] == [before] * 3


@pytest.mark.skipif(not hasattr(os, "setxattr"), reason="extended attributes are Linux's here")
def test_an_access_list_survives(tmp_path: Path) -> None:
    root = write(tmp_path / "v", {"a.md": "one\n"})
    try:
        os.setxattr(root / "a.md", "system.posix_acl_access", ACL)
    except OSError as error:
        pytest.skip(f"the file system has no access lists ({error.strerror})")
    (_, before), *after = there_and_back(root, tmp_path / "data")
    assert before[3] == {"system.posix_acl_access": ACL}
    assert [found for _, found in after] == [before] * 3


def test_a_note_of_somebody_else_is_told_before(everybody: Path) -> None:
    """A user may write into a folder where another's notes lie, and may not keep their owner."""
    user = os.geteuid()
    if user != NOBODY:
        pytest.skip("only root can make another user's note")
    root = write(everybody / "v", {"a.md": "one\n"})
    os.seteuid(0)
    os.chown(root / "a.md", 0, 0)
    (root / "a.md").chmod(0o666)
    os.seteuid(user)
    operations = Operations(root, everybody / "data")
    with pytest.raises(VaultError, match="its owner would change"):
        operations.write(EDIT, "test")
    assert (root / "a.md").read_bytes() == b"one\n"
    operations.write(EDIT, "test", force=True)
    assert (root / "a.md").read_bytes() == b"ONE\n"
    operations.undo()
    assert (root / "a.md").read_bytes() == b"one\n"


@pytest.mark.parametrize("how", ["read-only", "two names"])
@pytest.mark.parametrize("name", WRITING)
def test_every_command_refuses_what_it_cannot_keep_and_writes_it_with_force(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    name: str,
    how: str,
) -> None:
    root = write(tmp_path / "v", FILES)
    monkeypatch.chdir(root)
    monkeypatch.setenv("DOTS_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("DOTS_DATA", str(tmp_path / "data"))
    case = WRITING[name]
    for before in case.before:
        assert run(["--vault", str(root), *before]) == 0
    notes = [path for path in root.rglob("*") if path.suffix in (".md", ".toml")]
    for number, path in enumerate(notes):
        if how == "read-only":
            path.chmod(0o444)
        else:
            os.link(path, tmp_path / f"{number}.twin")
    old = files(root)
    capfd.readouterr()
    assert run(["--vault", str(root), *case.arguments]) == 2
    said = capfd.readouterr().err
    assert said.count("error: ") == 1 and "--force writes it" in said
    assert ("read-only" if how == "read-only" else "hard links") in said
    assert files(root) == old
    assert run(["--vault", str(root), *case.arguments, "--force"]) == 0, capfd.readouterr().err
    assert files(root) != old
    if how == "read-only":
        modes = {stat.S_IMODE(path.stat().st_mode) for path in notes if path.exists()}
        assert modes == {0o444}


def test_a_proposal_too(tmp_path: Path) -> None:
    root = write(tmp_path / "v", FILES)
    environ = {"DOTS_CACHE": str(tmp_path / "cache"), "DOTS_DATA": str(tmp_path / "data")}
    with Vault.open(root, environ=environ) as vault:
        made = vault.proposals.edit("Kafka", "글", "글월")
        (root / "a/Kafka.md").chmod(0o444)
        with pytest.raises(VaultError, match="read-only"):
            vault.proposals.apply(made.id)
        vault.proposals.apply(made.id, force=True)
    assert "글월" in (root / "a/Kafka.md").read_text(encoding="utf-8")
