"""Every file below a vault is met once: as a note, as a target of links, or as a reported skip."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from unicodedata import normalize

import pytest

from tests.disk import write
from vaultdots.store.exclude import Exclusions
from vaultdots.store.walk import Walk, walk


def met(root: Path, *, filters: tuple[str, ...] = ()) -> Walk:
    return walk(root, Exclusions(filters))


def reasons(found: Walk) -> dict[str, str]:
    return {skip.path: skip.reason for skip in found.skipped}


def test_roles_follow_the_ending(tmp_path: Path) -> None:
    names = ("a.md", "b.MARKDOWN", "c.canvas", "d.base", "e.png", "no-ending", "f.md.txt", "g.MD")
    found = met(write(tmp_path, dict.fromkeys(names, "x")))
    assert {path: file.role for path, file in found.files.items()} == {
        "a.md": "note", "b.MARKDOWN": "note", "c.canvas": "canvas", "d.base": "base",
        "e.png": "attachment", "no-ending": "attachment", "f.md.txt": "attachment", "g.MD": "note",
    }  # fmt: skip
    assert found.skipped == []


def test_a_folder_called_like_a_note_is_a_folder(tmp_path: Path) -> None:
    found = met(write(tmp_path, {"x.md/y.md": "", "dir.v1/no-ending": ""}))
    assert {path: file.role for path, file in found.files.items()} == {
        "x.md/y.md": "note",
        "dir.v1/no-ending": "attachment",
    }


def test_dot_folders_and_program_folders_are_passed_over(tmp_path: Path) -> None:
    write(
        tmp_path,
        dict.fromkeys((".obsidian/a.md", ".git/b.md", ".hidden.md", "node_modules/p/c.md",
                       "a/__pycache__/d.md", "a/e.md"), ""),
    )  # fmt: skip
    assert list(met(tmp_path).files) == ["a/e.md"]


@pytest.mark.parametrize(
    ("folder", "mark"),
    [("public", "hugo.toml"), ("_site", "_config.yml"), ("build", "pyproject.toml"),
     ("target", "Cargo.toml"), ("dist", "package.json"), ("venv", "requirements.txt")],
)  # fmt: skip
def test_a_build_folder_is_one_only_beside_the_file_that_says_so(
    tmp_path: Path, folder: str, mark: str
) -> None:
    write(tmp_path, {f"{folder}/a.md": "", f"deep/{folder}/b.md": "", f"deep/{mark}": ""})
    assert sorted(met(tmp_path).files) == sorted([f"{folder}/a.md", f"deep/{mark}"])


def test_files_come_in_order_and_with_their_fingerprint(tmp_path: Path) -> None:
    write(tmp_path, {"b.md": "12", "a/z.md": "123", "a.md": ""})
    found = met(tmp_path)
    assert list(found.files) == ["a.md", "b.md", "a/z.md"]
    for path, file in found.files.items():
        status = (tmp_path / path).stat()
        assert (file.size, file.mtime_ns, file.inode) == (
            status.st_size, status.st_mtime_ns, status.st_ino,
        )  # fmt: skip


def test_symlinks_are_followed_inside_the_vault_once(tmp_path: Path) -> None:
    root = write(tmp_path / "v", {"real/n.md": "", "real/deep/m.md": "", ".dot/hidden.md": ""})
    write(tmp_path / "out", {"o.md": ""})
    (root / "again.md").symlink_to("real/n.md")
    (root / "folder").symlink_to("real")
    (root / "shown.md").symlink_to(".dot/hidden.md")
    (root / "shown-too.md").symlink_to(".dot/hidden.md")
    (root / "out.md").symlink_to(tmp_path / "out" / "o.md")
    (root / "out").symlink_to(tmp_path / "out")
    (root / "broken.md").symlink_to("nowhere.md")
    found = met(root)
    assert sorted(found.files) == ["real/deep/m.md", "real/n.md", "shown-too.md"]
    assert reasons(found) == {
        "again.md": "a symlink to real/n.md, which is read under that name",
        "folder": "a symlink to real, which is read under that name",
        "shown.md": "a symlink to .dot/hidden.md, which is read as shown-too.md",
        "out.md": "a symlink that leads out of the vault",
        "out": "a symlink that leads out of the vault",
        "broken.md": "a symlink that leads nowhere",
    }


def test_a_link_to_a_folder_that_holds_only_folders_reads_nothing_twice(tmp_path: Path) -> None:
    root = write(tmp_path, {"a/b/n.md": ""})
    (root / "link").symlink_to("a")
    found = met(root)
    assert list(found.files) == ["a/b/n.md"]
    assert list(reasons(found)) == ["link"]


def test_links_in_a_circle_end(tmp_path: Path) -> None:
    root = write(tmp_path, {"a/n.md": ""})
    (root / "a" / "up").symlink_to("..")
    (root / "a" / "self").symlink_to("self")
    (root / "x").symlink_to("y")
    (root / "y").symlink_to("x")
    found = met(root)
    assert list(found.files) == ["a/n.md"]
    assert sorted(reasons(found)) == ["a/self", "a/up", "x", "y"]


def test_a_folder_behind_a_link_may_hold_what_was_met_already(tmp_path: Path) -> None:
    root = write(tmp_path, {".dot/a/n.md": "", ".dot/m.md": "", ".dot/k.md": ""})
    (root / "one").symlink_to(".dot/a")
    (root / "k.md").symlink_to(".dot/k.md")
    (root / "two").symlink_to(".dot")
    found = met(root)
    assert sorted(found.files) == ["k.md", "one/n.md", "two/m.md"]
    assert sorted(reasons(found)) == ["two/a", "two/k.md"]


def test_what_is_no_file_is_told(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    with socket.socket(socket.AF_UNIX) as server:
        previous = Path.cwd()
        os.chdir(tmp_path)
        try:
            server.bind("socket.md")
        finally:
            os.chdir(previous)
        found = met(tmp_path)
    assert reasons(found) == {
        "pipe.md": "it is not a file but a pipe",
        "socket.md": "it is not a file but a socket",
    }


def test_two_names_that_are_one_in_nfc_are_one_note_and_one_skip(tmp_path: Path) -> None:
    composed, decomposed = "한글.md", normalize("NFD", "한글.md")
    write(tmp_path, {composed: "c", decomposed: "d"})
    if len(list(tmp_path.iterdir())) == 1:
        pytest.skip("this disk takes the two forms for one name")
    found = met(tmp_path)
    assert list(found.files) == [composed]
    assert list(reasons(found)) == [composed]
    assert "another Unicode form" in reasons(found)[composed]


def test_a_decomposed_name_keeps_its_bytes(tmp_path: Path) -> None:
    decomposed = normalize("NFD", "회고") + "/" + normalize("NFD", "한 해.md")
    found = met(write(tmp_path, {decomposed: ""}))
    assert [(file.path, file.disk) for file in found.files.values()] == [
        ("회고/한 해.md", decomposed)
    ]


def test_names_that_differ_in_case_are_two_notes(tmp_path: Path) -> None:
    write(tmp_path, {"Log.md": "", "log.md": ""})
    if len(list(tmp_path.iterdir())) == 1:
        pytest.skip("this disk takes Log.md and log.md for one name")
    assert list(met(tmp_path).files) == ["Log.md", "log.md"]


def test_the_longest_names_are_names(tmp_path: Path) -> None:
    hangul, latin = "가" * 84 + ".md", "x" * 252 + ".md"
    assert len(hangul.encode()) == len(latin) == 255
    assert sorted(met(write(tmp_path, {hangul: "", latin: ""})).files) == [latin, hangul]


def test_a_name_that_is_no_utf8_is_told(tmp_path: Path) -> None:
    raw = os.fsencode(tmp_path) + b"/\xff.md"
    folder = os.fsencode(tmp_path) + b"/\xc7\xd1"
    try:
        Path(os.fsdecode(raw)).write_text("x")
        Path(os.fsdecode(folder)).mkdir()
    except OSError:
        pytest.skip("this disk has UTF-8 names only")
    Path(os.fsdecode(folder + b"/n.md")).write_text("x")
    found = met(tmp_path)
    assert found.files == {}
    assert set(reasons(found).values()) == {"its name is not UTF-8"}
    assert len(found.skipped) == 2


def test_a_vault_that_is_gone_is_one_skip(tmp_path: Path) -> None:
    found = met(tmp_path / "gone")
    assert [skip.path for skip in found.skipped] == ["."]


def test_an_unreadable_folder_is_told(everybody: Path) -> None:
    root = write(everybody / "v", {"shut/n.md": "", "open.md": ""})
    (root / "shut").chmod(0)
    try:
        found = met(root)
    finally:
        (root / "shut").chmod(0o755)
    assert list(found.files) == ["open.md"]
    assert reasons(found) == {"shut": "the folder cannot be read (Permission denied)"}


def test_excluded_files_are_met_and_marked(tmp_path: Path) -> None:
    write(tmp_path, {"Archive/a.md": "", "b.md": ""})
    found = met(tmp_path, filters=("archive/",))
    assert {path: file.excluded for path, file in found.files.items()} == {
        "Archive/a.md": True,
        "b.md": False,
    }


def test_a_file_is_read_once_whichever_links_lead_to_it(tmp_path: Path) -> None:
    root = write(tmp_path / "v", {"a/x/n.md": "", ".dot/h/m.md": ""})
    (root / "b").symlink_to("a")
    (root / "g1").symlink_to(".dot")
    (root / "g2").symlink_to(".dot/h")
    (root / "g3.md").symlink_to(".dot/h/m.md")
    found = met(root)
    assert list(found.files) == ["a/x/n.md", "g1/h/m.md"]
    assert reasons(found) == {
        "b": "a symlink to a, which is read under that name",
        "g2": "a symlink to .dot/h, which is read as g1/h",
        "g3.md": "a symlink to .dot/h/m.md, which is read as g1/h/m.md",
    }


def test_the_cache_is_no_part_of_the_vault(tmp_path: Path) -> None:
    write(tmp_path, {"cache/v-1/catalog.db": "", "cache/v-1/deep/x.md": "", "cache/a.md": ""})
    found = walk(tmp_path, Exclusions(), tmp_path / "cache" / "v-1")
    assert list(found.files) == ["cache/a.md"]
    assert found.skipped == []
