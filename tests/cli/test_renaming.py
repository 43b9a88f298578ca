"""`dots mv` and its kin at the command line: ask, show, write, take back."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.disk import write
from vaultdots.cli import run

FILES: dict[str, str | bytes] = {
    "notes/Old.md": "---\naliases: [Elder]\ntags: [one]\n---\n# Old\n\n## Part\n\ntext ^id\n",
    "notes/b.md": "[[Old]] [[Old#Part|x]] [[Old#^id]] [[Elder]] #one/two\n",
    "img/a.png": "png",
    "c.md": "![[a.png]] [x](notes/Old.md)\n",
}
Dots = Callable[..., tuple[int, str, str]]


@pytest.fixture
def dots(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Dots:
    write(tmp_path / "v", FILES)
    monkeypatch.setenv("DOTS_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("DOTS_DATA", str(tmp_path / "data"))
    monkeypatch.setattr("sys.stdin", io.StringIO(""))

    def command(*words: str) -> tuple[int, str, str]:
        code = run(["--vault", str(tmp_path / "v"), *words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return command


def texts(tmp_path: Path) -> dict[str, str]:
    root = tmp_path / "v"
    return {
        path.relative_to(root).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(root.rglob("*.*"))
        if path.is_file()
    }


def test_off_a_terminal_nothing_is_written_without_yes(dots: Dots, tmp_path: Path) -> None:
    before = texts(tmp_path)
    code, out, err = dots("mv", "Old", "New")
    assert (code, out) == (2, "")
    assert "nothing was written" in err
    assert "--yes" in err
    code, out, err = dots("mv", "Old", "New", "--dry-run")
    assert code == 0
    assert "-[[Old]] [[Old#Part|x]] [[Old#^id]] [[Elder]] #one/two\n" in out
    assert "+[[New]] [[New#Part|x]] [[New#^id]] [[Elder]] #one/two\n" in out
    assert texts(tmp_path) == before


def test_a_move_is_made_and_taken_back(dots: Dots, tmp_path: Path) -> None:
    before = texts(tmp_path)
    code, _, err = dots("mv", "Old", "New", "--yes")
    assert (code, len(err.splitlines())) == (0, 1)
    after = texts(tmp_path)
    assert after["c.md"] == "![[a.png]] [x](notes/New.md)\n"
    assert after["notes/New.md"] == before["notes/Old.md"]
    assert "notes/Old.md" not in after
    assert dots("undo")[0] == 0
    assert texts(tmp_path) == before


@pytest.mark.parametrize(
    ("words", "path"),
    [
        (["Old", "New"], "notes/New.md"),
        (["Old", "New.md"], "notes/New.md"),
        (["notes/Old", "New"], "New.md"),
        (["notes/Old.md", "deep/er/New"], "deep/er/New.md"),
        (["Old", "img"], "img/Old.md"),
        (["Old", "fresh/"], "fresh/Old.md"),
        (["Old", "b", "fresh"], "fresh/Old.md"),
        (["notes", "other"], "other/Old.md"),
        (["notes", "img"], "img/notes/Old.md"),
        (["img/a.png", "img/new"], "img/new.png"),
    ],
)
def test_what_new_means(dots: Dots, tmp_path: Path, words: list[str], path: str) -> None:
    assert dots("mv", *words, "--yes")[0] == 0
    assert path in texts(tmp_path)
    assert not [line for line in dots("check")[1].splitlines() if "unresolved" in line]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["Old", "b"], "there already"),
        (["Old", "../out"], "outside of the vault"),
        (["Old", "Old"], "this name already"),
        (["Old", "a#b"], "no link of this form"),
        (["Nope", "x"], "Nope"),
        (["notes", "notes/deep"], "into itself"),
        (["Old"], "where to"),
    ],
)
def test_what_cannot_be_moved_is_one_line(
    dots: Dots, tmp_path: Path, words: list[str], said: str
) -> None:
    before = texts(tmp_path)
    code, _, err = dots("mv", *words, "--yes")
    assert code == 2
    assert said in err
    assert len(err.splitlines()) == 1
    assert texts(tmp_path) == before


def test_the_edits_are_told_as_json(dots: Dots) -> None:
    code, out, _ = dots("rename-tag", "one", "uno", "--dry-run", "--json")
    assert code == 0
    assert [(row["path"], row["line"], row["after"]) for row in json.loads(out)] == [
        ("notes/Old.md", 3, "tags: [uno]"),
        ("notes/b.md", 1, "[[Old]] [[Old#Part|x]] [[Old#^id]] [[Elder]] #uno/two"),
    ]


def test_the_other_renames_and_undo_of_all(dots: Dots, tmp_path: Path) -> None:
    before = texts(tmp_path)
    commands = (
        ("rename-heading", "Old", "Part", "Teil"),
        ("rename-block", "Old", "id", "b-2"),
        ("rename-alias", "Old", "Elder", "The old one"),
        ("extract", "Old", "--section", "Teil"),
        ("merge", "Teil", "b"),
    )
    for words in commands:
        code, _, err = dots(*words, "--yes")
        assert code == 0, err
    after = texts(tmp_path)
    assert after["notes/b.md"].startswith("[[Old]] [[b#Teil|x]] [[b#^b-2]] [[The old one]]")
    for _ in commands:
        assert dots("undo")[0] == 0
    assert texts(tmp_path) == before


def test_title_and_alias_follow_when_asked(dots: Dots, tmp_path: Path) -> None:
    assert dots("mv", "Old", "New", "--title", "--alias", "--yes")[0] == 0
    note = texts(tmp_path)["notes/New.md"]
    assert "# New\n" in note
    assert "aliases: [Elder, Old]" in note


@pytest.mark.parametrize(
    ("new", "said"),
    [
        ("", "the new name is empty"),
        ("..", "outside of the vault"),
        ("x/../../", "outside of the vault"),
        (".hidden", "dots would not read it there"),
        (".trash/", "dots would not read it there"),
        ("node_modules/x/", "dots would not read it there"),
    ],
)
def test_a_note_is_not_moved_where_it_would_be_lost(
    dots: Dots, tmp_path: Path, new: str, said: str
) -> None:
    before = texts(tmp_path)
    code, out, err = dots("mv", "notes/Old.md", new, "--yes")
    assert (code, out) == (2, "") and said in err
    assert texts(tmp_path) == before


@pytest.mark.parametrize("to", ["dist/", "build/deep/", "img/target/New"])
def test_a_note_is_not_moved_to_what_programs_build(dots: Dots, tmp_path: Path, to: str) -> None:
    """A folder is one of those beside the file that says so, as the walk takes it."""
    write(tmp_path / "v", {"package.json": "{}", "img/Cargo.toml": ""})
    before = texts(tmp_path)
    folder = to.replace("img/", "").partition("/")[0]
    code, out, err = dots("mv", "notes/Old.md", to, "--yes")
    assert (code, out) == (2, "")
    assert f"dots would not read it there ('{folder}' is left out" in err
    code, out, err = dots("new", "T", "--in", to.rstrip("/"))
    assert (code, out) == (2, "") and "dots would not read it there" in err
    assert texts(tmp_path) == before


@pytest.mark.parametrize("to", ["target/", "notes/dist/", "out/"])
def test_a_folder_called_like_one_of_programs_is_a_folder(
    dots: Dots, tmp_path: Path, to: str
) -> None:
    write(tmp_path / "v", {"package.json": "{}", "real/x.md": ""})
    (tmp_path / "v/out").symlink_to("real")
    assert dots("mv", "notes/Old.md", to, "--yes")[0] == 0
    assert dots("backlinks", "Old")[0] == 0


def test_a_name_that_no_disk_takes_is_told(dots: Dots, tmp_path: Path) -> None:
    before = texts(tmp_path)
    code, out, err = dots("mv", "notes/Old.md", "가" * 90, "--yes")
    assert (code, out) == (2, "") and "the name is too long (255 bytes at most)" in err
    assert texts(tmp_path) == before


@pytest.mark.parametrize(
    ("new", "path"), [("Fresh.md", "notes/Fresh.md"), ("./Fresh.md", "Fresh.md"), ("./F", "F.md")]
)
def test_a_name_with_a_slash_is_a_path_from_the_root(
    dots: Dots, tmp_path: Path, new: str, path: str
) -> None:
    assert dots("mv", "Old", new, "--yes")[0] == 0
    assert path in texts(tmp_path)


@pytest.mark.parametrize("new", [".", "./", "/", "notes/..", "img/../"])
def test_a_path_with_dots_is_the_folder_that_it_leads_to(
    dots: Dots, tmp_path: Path, new: str
) -> None:
    assert dots("mv", "notes/Old.md", new, "--yes")[0] == 0
    assert "Old.md" in texts(tmp_path)


@pytest.mark.parametrize(
    "words",
    [("new", "{}"), ("links", "{}"), ("mv", "c.md", "{}"), ("merge", "Old", "{}")],
)
def test_words_that_are_not_utf_8_are_told(
    dots: Dots, tmp_path: Path, words: tuple[str, ...]
) -> None:
    before = texts(tmp_path)
    code, out, err = dots(*(word.format("caf\udce9") for word in words))
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.startswith("error: 'caf\\xe9' is not UTF-8")
    assert texts(tmp_path) == before


def test_a_name_of_nothing_is_told(dots: Dots) -> None:
    assert "the name of the note is empty" in dots("links", "")[2]


def test_a_heading_that_is_not_there_is_told_with_those_like_it(dots: Dots) -> None:
    said = dots("extract", "Old", "--section", "Parts")[2]
    assert "no heading 'Parts' (there are 'Part')" in said
    assert "there are 'Old', 'Part'" in dots("rename-heading", "Old", "zzzzz", "x")[2]


def test_what_cannot_be_undone_is_shown_by_the_history(dots: Dots, tmp_path: Path) -> None:
    dots("mv", "Old", "New", "--yes")
    (tmp_path / "v/c.md").write_text("else\n", encoding="utf-8")
    for words in (("undo",), ("undo", "--force")):
        code, _, err = dots(*words)
        assert (code, err.count("\n")) == (2, 1)
        assert "c.md: it has been changed since" in err
        assert "`dots history 1` shows the edits" in err
    assert "+![[a.png]] [x](notes/New.md)" in dots("history", "1")[1]


def test_an_editor_that_is_not_set_is_told(
    dots: Dots, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("EDITOR", "VISUAL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    code, out, err = dots("edit", "Old")
    assert code == 0
    assert out.endswith("notes/Old.md\n")
    assert "no editor is set" in err


def test_undo_has_the_short_option_of_every_change(dots: Dots, tmp_path: Path) -> None:
    dots("mv", "c.md", "d", "--yes")
    code, out, _ = dots("undo", "-n")
    assert (code, "c.md" in out, "d.md" in texts(tmp_path)) == (0, True, True)


def test_what_is_so_already_is_said_and_not_to_be_undone(dots: Dots, tmp_path: Path) -> None:
    """`dots undo` would take back what was done before."""
    before = texts(tmp_path)
    for words in (("rename-heading", "Old", "Part", "Part"), ("rename-tag", "one", "one")):
        code, _, err = dots(*words, "--yes")
        assert (code, "undo" in err) == (0 if "heading" in words[0] else 2, False)
    assert texts(tmp_path) == before
    assert dots("history")[1] == ""


@pytest.mark.parametrize("new", ["@at", "%20", "{brace}", "? x", "예: 둘", "no"])
@pytest.mark.parametrize("written", ["aliases: [Elder]", "aliases:\n  - Elder", 'alias: "Elder"'])
def test_an_alias_is_quoted_where_its_new_name_needs_it(
    dots: Dots, tmp_path: Path, written: str, new: str
) -> None:
    write(tmp_path / "v", {"notes/Old.md": f"---\n{written}\n---\n# Old\n"})
    write(tmp_path / "v", {"notes/b.md": "[[Elder]]\n"})
    code, _, err = dots("rename-alias", "Old", "Elder", new, "--yes")
    assert (code, err.partition(":")[0]) == (0, "rename-alias")
    assert texts(tmp_path)["notes/b.md"] == f"[[{new}]]\n"
