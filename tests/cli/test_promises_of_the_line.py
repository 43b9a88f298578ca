"""What the command line promises beyond its listings: nothing of the person's is written over,
nothing of the vault is run, nothing but colours reaches the terminal."""

from __future__ import annotations

import base64
import gzip
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from vaultdots.cli.output import beside, cut, cut_front, width

ROOT = Path(__file__).parents[2]


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    folder = tmp_path / "vault"
    folder.mkdir()
    (folder / "T.md").write_text("# T\n#a #a-b #a/b #a/c/d\n", encoding="utf-8")
    (folder / "캐시.md").write_text("캐시와 락 [[T]]\n\n## 둘\n캐시만\n", encoding="utf-8")
    return folder


def dots(vault: Path, *words: str, **more: str) -> subprocess.CompletedProcess[bytes]:
    environ = {
        **os.environ,
        "DOTS_CACHE": str(vault.parent / "cache"),
        "PYTHONPATH": str(ROOT / "src"),
        **more,
    }
    return subprocess.run(
        [sys.executable, "-P", "-m", "vaultdots", *words],
        cwd=vault,
        env=environ,
        capture_output=True,
        timeout=60,
        check=False,
        stdin=subprocess.DEVNULL,
    )


def test_a_map_is_never_written_over_a_note(vault: Path) -> None:
    before = (vault / "T.md").read_bytes()
    told = dots(vault, "graph", "-o", "T.md")
    assert told.returncode == 2
    assert b"not an earlier map" in told.stderr
    assert (vault / "T.md").read_bytes() == before


@pytest.mark.slow
@pytest.mark.parametrize("name", ["map.html", "map.json", "map.graphml"])
def test_a_map_is_written_again_over_itself(vault: Path, name: str) -> None:
    assert dots(vault, "graph", "-o", name).returncode == 0
    assert dots(vault, "graph", "-o", name).returncode == 0
    assert [path.name for path in vault.iterdir() if path.name.startswith(".")] == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("mine.html", "<!doctype html><p>mine"),
        ("page.html", "<html><p>an older page</p></html>"),
        ("gephi.graphml", '<?xml version="1.0" encoding="UTF-8"?>\n<graphml><graph/></graphml>\n'),
        ("other.json", '{"nodes": [\n{"id": 1, "label": "a"}\n], "edges": []}\n'),
    ],
)
def test_another_file_of_that_name_is_left_alone_without_force(
    vault: Path, name: str, text: str
) -> None:
    (vault / name).write_text(text, encoding="utf-8")
    told = dots(vault, "graph", "-o", name)
    assert told.returncode == 2
    assert b"--force" in told.stderr
    assert (vault / name).read_text(encoding="utf-8") == text
    assert dots(vault, "graph", "-o", name, "--force").returncode == 0
    assert dots(vault, "graph", "-o", name).returncode == 0


def test_the_page_holds_no_place_of_this_machine_and_no_ignored_note(vault: Path) -> None:
    (vault / "dots.toml").write_text('ignore = ["secret*"]\n', encoding="utf-8")
    (vault / "secret plan.md").write_text("아무도 모르게 [[T]]\n", encoding="utf-8")
    assert dots(vault, "graph", "-o", "map.html").returncode == 0
    page = (vault / "map.html").read_text(encoding="utf-8")
    packed = re.findall(r'<script type="text/plain"[^>]*>([^<]*)', page)
    page += "".join(gzip.decompress(base64.b64decode(part)).decode() for part in packed)
    assert "T.md" in page
    assert str(vault.parent) not in page
    assert str(Path.home()) not in page
    assert "secret" not in page


@pytest.mark.slow
def test_indexing_runs_no_file_of_the_vault(vault: Path) -> None:
    for number in range(5):
        (vault / f"{number}.md").write_text("본문 [[x]] 회고 " * 30_000, encoding="utf-8")
    trap = "open('ran', 'w').close()\n"
    for name in ("yaml.py", "json.py", "re.py"):
        (vault / name).write_text(trap, encoding="utf-8")
    done = dots(vault, "index")
    assert done.returncode == 0, done.stderr
    assert not (vault / "ran").exists()


def test_a_word_may_be_left_out_with_a_minus(vault: Path) -> None:
    all_ = dots(vault, "search", "캐시", "--json").stdout
    without = dots(vault, "search", "캐시", "-락", "--json").stdout
    assert "캐시와".encode() in all_
    assert "캐시와".encode() not in without


def test_dots_alone_shows_what_there_is(vault: Path) -> None:
    shown = dots(vault)
    assert shown.returncode == 0
    assert "2 notes, 0 reviews, 4 tags" in shown.stdout.decode()
    assert b"dots search WORDS" in shown.stdout


def test_children_stand_under_their_own_parent(vault: Path) -> None:
    lines = dots(vault, "tags", "--tree").stdout.decode().splitlines()
    assert [line.rsplit(None, 1)[0].rstrip() for line in lines[1:]] == [
        "#a", "  /b", "  /c", "    /d", "#a-b",
    ]  # fmt: skip


def test_a_name_cannot_steer_the_terminal(vault: Path) -> None:
    (vault / "\x1b]0;x\x07red\n.md").write_text("[[T]] 회고\n", encoding="utf-8")
    for words in (("backlinks", "T"), ("search", "회고"), ("index",)):
        shown = dots(vault, *words).stdout
        assert b"\x1b" not in shown
        assert b"\x07" not in shown


def test_another_encoding_of_the_terminal_fails_nothing(vault: Path) -> None:
    (vault / "u.md").write_text("[[없는 것 ✗ 🎈]]\n", encoding="utf-8")
    told = dots(vault, "check", PYTHONIOENCODING="euc-kr")
    assert told.returncode == 1
    assert b"error" not in told.stderr


def test_two_formats_at_once_are_refused(vault: Path) -> None:
    assert dots(vault, "tags", "--json").returncode == 0
    told = dots(vault, "links", "캐시", "--json", "--paths")
    assert (told.returncode, b"cannot both" in told.stderr) == (2, True)
    assert dots(vault, "backlinks", "T", "-0").stdout == "캐시.md\0".encode()


def test_a_title_has_the_room_of_its_path() -> None:
    assert beside("레디스", "공부/레디스.md", 40) == ("레디스", "공부/레디스.md")
    assert beside("Redis", "study/backend/Redis.md", 24) == ("Redis", "…y/backend/Redis.md")
    assert beside("Redis in production", "study/backend/Redis.md", 24) == (
        "Redis in production",
        "",
    )
    assert beside("Redis in production", "R.md", 24) == ("Redis in production", "R.md")
    assert beside("Redis in production", "R.md", 10) == ("Redis in …", "")


def test_cells_are_cut_by_columns() -> None:
    assert cut("회고를 쓴다", 7) == "회고를…"
    assert cut_front("공부/레디스.md:40", 10) == "…스.md:40"
    assert width("회고e\u0301") == 5


def test_a_locale_without_hangul_reads_the_same_names(vault: Path) -> None:
    """ASCII forced upon the interpreter: names and arguments are UTF-8 all the same."""
    plain = dots(vault, "links", "캐시", "--json")
    ascii_ = dots(vault, "links", "캐시", "--json", LC_ALL="C", PYTHONUTF8="0")
    assert plain.returncode == ascii_.returncode == 0
    assert ascii_.stdout == plain.stdout
    shown = dots(vault, "reviews", LC_ALL="C", PYTHONUTF8="0")
    assert shown.stderr == b"no reviews found\n"


@pytest.mark.parametrize(
    "words", [("undo",), ("undo", "--dry-run"), ("redo",), ("connect", "--all", "--yes")]
)
def test_nothing_to_do_is_an_empty_array_too(vault: Path, words: tuple[str, ...]) -> None:
    told = dots(vault, *words, "--json", DOTS_DATA=str(vault.parent / "data"))
    assert (told.returncode, told.stdout) == (1, b"[]\n")


def test_the_list_of_commands_is_cut_nowhere(vault: Path) -> None:
    commands = dots(vault, "--help").stdout.partition(b"Commands:")[2]
    assert b"index" in commands
    assert b"..." not in commands


def test_a_map_of_no_known_format_is_not_written(vault: Path) -> None:
    told = dots(vault, "graph", "-o", "map.pdf")
    assert told.returncode == 2
    assert b"'.pdf' is not a format of a map" in told.stderr
    assert not (vault / "map.pdf").exists()
    assert dots(vault, "graph", "-o", "map.txt", "--format", "json").returncode == 0


def test_a_year_of_two_digits_drafts_nothing(vault: Path) -> None:
    before = sorted(vault.iterdir())
    told = dots(vault, "draft", "24")
    assert (told.returncode, sorted(vault.iterdir())) == (2, before)


def test_one_is_one(vault: Path) -> None:
    (vault / "캐시.md").unlink()
    (vault / "T.md").write_text("#a\n[[없음]]\n", encoding="utf-8")
    (vault / "gone.md").symlink_to("nowhere")
    told = dots(vault, "index").stdout.decode()
    assert "1 note, 1 section, 1 link, 1 tag, 0 other files" in told
    assert "1 unresolved link" in told
    assert "Seen and left out: 1 file" in told


def test_a_setting_that_is_passed_over_is_no_file(vault: Path) -> None:
    (vault / "dots.toml").write_text("colour = 1\n", encoding="utf-8")
    told = dots(vault, "index").stdout.decode()
    assert "Passed over in the settings:\n  dots.toml  " in told
    assert "left out" not in told


def test_a_reader_that_has_enough_is_no_failure(vault: Path) -> None:
    for number in range(300):
        text = f"# 글 {number}\n\n" + "캐시 " * 50
        (vault / f"{number}.md").write_text(text, encoding="utf-8")
    words = f"'{sys.executable}' -m vaultdots search 캐시 -n 0 --json"
    done = subprocess.run(
        ["bash", "-c", f"{words} | head -1 > /dev/null; echo ${{PIPESTATUS[0]}}"],
        cwd=vault,
        env={**os.environ, "DOTS_CACHE": str(vault.parent / "cache"),
             "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        timeout=60,
        check=True,
    )  # fmt: skip
    assert (done.stdout, done.stderr) == (b"0\n", b"")


def test_a_repository_that_holds_notes_is_the_vault(vault: Path) -> None:
    below = vault / "하위" / "폴더"
    below.mkdir(parents=True)
    alone = dots(below, "search", "캐시", "--paths")
    assert alone.stdout == b""
    (vault / ".git").mkdir()
    found = dots(below, "search", "캐시만", "--paths")
    assert found.stdout.decode() == "../../캐시.md\n"
    assert b"the vault is" in found.stderr
    assert b"the vault is" not in dots(below, "search", "캐시만", "--paths").stderr


def test_the_picker_ends_where_nobody_types(vault: Path) -> None:
    told = dots(vault, "search", "-i")
    assert (told.returncode, b"needs a terminal" in told.stderr) == (2, True)


def test_templates_are_no_orphans(vault: Path) -> None:
    (vault / "templates").mkdir()
    (vault / "templates" / "틀.md").write_text("# 틀\n", encoding="utf-8")
    assert "templates" not in dots(vault, "orphans", "--paths").stdout.decode()


def test_a_table_fits_sixty_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.cli.test_terminal import Screen
    from vaultdots.cli.table import Column, print_table

    out = Screen(True)
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setenv("NO_COLOR", "1")
    columns = [Column("year"), Column("title", give=True), Column("path", give=True, dim=True)]
    rows = [("2024", "긴 제목 " * 8, "회고/" * 12), ("2023", "짧다", "a.md")]
    print_table(columns, rows)
    lines = out.read_all().splitlines()
    assert max(map(width, lines)) <= 60
    assert lines[1].startswith("2024  긴 제목")
    monkeypatch.setenv("COLUMNS", "40")
    out.seek(0)
    out.truncate()
    print_table(
        [*columns[:2], Column("more", dim=True, give=True)], [("2024", "가" * 15, "x" * 60)]
    )
    assert "x" not in out.read_all()
