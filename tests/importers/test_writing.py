"""What `apply` may do to a disk: new files, whole ones, and nothing else."""

from __future__ import annotations

import os
from pathlib import Path
from unicodedata import normalize

import pytest
from click.testing import CliRunner

from vaultdots.cli import dots, run
from vaultdots.errors import UsageError
from vaultdots.importers import ImportPlan, PlannedFile, PlannedNote, apply
from vaultdots.store.location import data_folder
from vaultdots.store.operations import Operations


@pytest.fixture(autouse=True)
def _own_data(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is kept for undo goes nowhere near the person's own."""
    monkeypatch.setenv("DOTS_DATA", str(tmp_path_factory.mktemp("data")))


def planned(*notes: tuple[str, str], files: tuple[PlannedFile, ...] = ()) -> ImportPlan:
    rows = tuple(PlannedNote(path, path, text, None, ()) for path, text in notes)
    return ImportPlan(Path("x"), "folder", rows, files)


def tree(root: Path) -> dict[str, bytes]:
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in root.rglob("*") if p.is_file()}


def test_new_files_are_written_and_old_ones_stay(tmp_path: Path) -> None:
    (tmp_path / "있다.md").write_text("내 글", encoding="utf-8")
    picture = tmp_path.parent / f"{tmp_path.name}.png"
    picture.write_bytes(b"png")
    plan = planned(
        ("있다.md", "남의 글"), ("a/새.md", "글\n"), files=(PlannedFile(picture, "a/b.png"),)
    )
    first = {row.path: row.outcome for row in apply(plan, tmp_path)}
    assert first == {"있다.md": "kept", "a/새.md": "written", "a/b.png": "written"}
    assert tree(tmp_path) == {
        "있다.md": "내 글".encode(), "a/새.md": "글\n".encode(), "a/b.png": b"png",
    }  # fmt: skip
    second = {row.path: row.outcome for row in apply(plan, tmp_path)}
    assert second == {"있다.md": "kept", "a/새.md": "unchanged", "a/b.png": "unchanged"}


def test_a_name_in_another_form_is_the_same_name(tmp_path: Path) -> None:
    (tmp_path / normalize("NFD", "회고.md")).write_text("내 글", encoding="utf-8")
    (row,) = apply(planned(("회고.md", "남의 글")), tmp_path)
    assert row.outcome == "kept"
    assert len(tree(tmp_path)) == 1


def test_a_dangling_link_is_not_written_through(tmp_path: Path) -> None:
    outside = tmp_path.parent / f"{tmp_path.name}-outside"
    (tmp_path / "a.md").symlink_to(outside)
    (row,) = apply(planned(("a.md", "글")), tmp_path)
    assert row.outcome == "kept"
    assert not outside.exists()


def test_a_folder_that_leads_out_is_refused(tmp_path: Path) -> None:
    inside, outside = tmp_path / "in", tmp_path / "out"
    inside.mkdir()
    outside.mkdir()
    (inside / "a").symlink_to(outside, target_is_directory=True)
    (row,) = apply(planned(("a/b.md", "글")), inside)
    assert row.outcome == "failed"
    assert list(outside.iterdir()) == []


def test_one_bad_file_leaves_no_piece_and_the_rest_goes_on(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    gone = PlannedFile(tmp_path / "gone.png", "gone.png")
    rows = apply(planned(("file/a.md", "글"), ("b.md", "글"), files=(gone,)), tmp_path)
    assert {row.path: row.outcome for row in rows} == {
        "gone.png": "failed", "file/a.md": "failed", "b.md": "written",
    }  # fmt: skip
    assert set(tree(tmp_path)) == {"file", "b.md"}


def test_an_import_is_one_operation_that_can_be_undone(tmp_path: Path) -> None:
    root = tmp_path / "v"
    (root / ".obsidian").mkdir(parents=True)
    picture = tmp_path / "p.png"
    picture.write_bytes(b"png")
    apply(planned(("a/새.md", "글"), files=(PlannedFile(picture, "a/p.png"),)), root / "in")
    assert set(tree(root)) == {"in/a/새.md", "in/a/p.png"}
    operations = Operations(root, data_folder(root, os.environ))
    assert operations.undo().operation == "import"
    assert [path.name for path in root.iterdir()] == [".obsidian"]
    operations.redo()
    assert set(tree(root)) == {"in/a/새.md", "in/a/p.png"}


def test_below_the_notes_of_the_current_folder_it_is_undone_from_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing but its notes says that the folder is a vault: `dots undo` there means this one."""
    (tmp_path / "a.md").write_text("# a\n")
    monkeypatch.chdir(tmp_path)
    apply(planned(("새.md", "글")), tmp_path / "in")
    assert Operations(tmp_path, data_folder(tmp_path, os.environ)).undo().operation == "import"
    assert set(tree(tmp_path)) == {"a.md"}


def test_a_folder_without_notes_is_no_vault_around_a_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "README.md").write_text("# a\n")
    monkeypatch.chdir(tmp_path)
    apply(planned(("새.md", "글")), tmp_path / "in")
    into = tmp_path / "in"
    assert Operations(into, data_folder(into, os.environ)).undo().operation == "import"


def test_a_file_is_no_target(tmp_path: Path) -> None:
    (tmp_path / "f").write_text("x")
    with pytest.raises(UsageError, match="folder"):
        apply(planned(("a.md", "글")), tmp_path / "f")


POST = "2023년 회고\n[ 일 ]\n이직을 했다. 새 팀은 작고 빠르다.\n[ 책 ]\n열 권을 읽었다.\n"


def test_the_command_writes_what_the_dry_run_shows(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    import json

    source, target = tmp_path / "post.txt", tmp_path / "vault"
    source.write_text(POST, encoding="utf-8")
    arguments = ["import", str(source), "-o", str(target), "--json"]
    assert run([*arguments, "--dry-run"]) == 0
    dry = json.loads(capsysbinary.readouterr().out)
    assert not target.exists()
    assert run(arguments) == 0
    assert json.loads(capsysbinary.readouterr().out) == dry
    assert dry == [
        {
            "source": "post.txt",
            "path": "2023년 회고.md",
            "year": 2023,
            "sections": [
                {"heading": "일", "level": 2, "line": 5},
                {"heading": "책", "level": 2, "line": 9},
            ],
            "warnings": ["headings recovered from marked lines"],
        }
    ]
    (target / "2023년 회고.md").write_text("내 글", encoding="utf-8")
    assert run(arguments) == 1
    assert "not written: exists already" in json.loads(capsysbinary.readouterr().out)[0]["warnings"]
    assert (target / "2023년 회고.md").read_text(encoding="utf-8") == "내 글"


def test_the_command_for_people(tmp_path: Path) -> None:
    source = tmp_path / "post.txt"
    source.write_text(POST, encoding="utf-8")
    result = CliRunner().invoke(
        dots, ["import", str(source), "-o", str(tmp_path / "v"), "--dry-run"]
    )
    assert "2023년 회고.md  2023\n    일\n    책\n" in result.output
    assert run(["import", str(tmp_path / "none"), "-o", str(tmp_path / "v")]) == 2
