"""New notes: names, folders and text, by dots.toml, Obsidian's settings, the vault's habit."""

from __future__ import annotations

import json
import unicodedata
from datetime import datetime
from pathlib import Path
from typing import Literal

import pytest

from tests.connect.vaults import vault_of
from tests.disk import dots, one_line, write
from vaultdots.edit.new import as_toml, file_name, slug_of
from vaultdots.edit.template import fill
from vaultdots.errors import DotsError, UsageError

AT = datetime(2024, 5, 4, 7, 8, 9)
BOMBS = [
    "{% for i in range(99999) %}{% for j in range(99999) %}x{% endfor %}{% endfor %}",
    "{{ 'a' * 10 ** 10 }}",
    "{{ 10 ** (10 ** 8) }}",
    "{{ ('%0' ~ 10 ** 9 ~ 'd') % 1 }}",
    "{{ 'ab' | center(10 ** 10) }}",
    "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "{{ range(10 ** 9) | list }}",
    "{% set n = namespace(s='x') %}{% for i in range(40) %}{% set n.s = n.s ~ n.s %}{% endfor %}",
    "{{ 'x' | batch(10 ** 9, 'y') | list }}",
    "{{ 'a\n' * 10000000 | indent(1000) }}",
    "{{ lipsum(n=5000) }}",
]
ESCAPES = [
    "{{ ''.__class__.__mro__ }}",
    "{{ title.__class__.__init__.__globals__ }}",
    "{{ cycler.__init__.__globals__.os.system('touch pwned') }}",
    "{% include '/etc/passwd' %}",
    "{% import 'os' as os %}",
]


@pytest.mark.parametrize("template", BOMBS)
@pytest.mark.slow
def test_a_template_that_takes_too_much_is_one_line(template: str) -> None:
    with pytest.raises(UsageError, match="the template: ") as caught:
        fill(template, {"title": "x"})
    assert "\n" not in caught.value.one_line()


def test_what_is_wrong_with_a_template_is_told_with_its_file() -> None:
    with pytest.raises(UsageError) as caught:
        fill("a\n{% if %}\n", {"title": "x"}, path="틀/일지.md")
    assert caught.value.one_line().startswith("틀/일지.md:2: the template: ")


@pytest.mark.parametrize("template", ESCAPES)
def test_a_template_reaches_nothing_of_the_program(template: str, tmp_path: Path) -> None:
    try:
        text = fill(template, {"title": "x"})
    except UsageError:
        text = ""
    assert "root:" not in text and "module" not in text and "class" not in text
    assert list(tmp_path.iterdir()) == []


def test_a_template_says_where_it_is_wrong() -> None:
    with pytest.raises(UsageError) as caught:
        fill("a\nb\n{% for %}", {})
    assert caught.value.place == "line 3"


@pytest.mark.parametrize(
    ("title", "name", "slug"),
    [
        ("분산 락", "분산 락", "분산-락"),
        ("C# / .NET: why?", "C .NET why", "c-net-why"),
        ("  ..hidden  ", "hidden", "hidden"),
        ("a|b [[c]]", "a b c", "a-b-c"),
        ("x" * 300, "x" * 200, "x" * 200),
        (unicodedata.normalize("NFD", "회고"), "회고", "회고"),
        ("../../etc/passwd", "etc passwd", "etc-passwd"),
        ("", "", ""),
    ],
)
def test_names(title: str, name: str, slug: str) -> None:
    assert (file_name(title), slug_of(title)) == (name, slug)


def test_a_note_without_settings(tmp_path: Path) -> None:
    with vault_of(tmp_path, {"a.md": "x\n"}) as vault:
        found = vault.edit.plan_note("분산 락", AT)
        assert found == ("분산 락.md", "---\ndate: 2024-05-04\n---\n")
        assert vault.edit.create(*found, "new") == "분산 락.md"
        with pytest.raises(UsageError, match="there already"):
            vault.edit.plan_note("분산 락", AT)
        assert vault.edit.plan_note("", AT).path == "20240504070809.md"
        vault.edit.undo()
        assert vault.edit.plan_note("분산 락", AT) == found


def test_groups_of_a_folder_and_templates(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "dots.toml": '[new]\nfolder = "in"\nid = "slug"\n[new.folders."공부"]\n'
        'template = "t/study.md"\nid = "timestamp"\nkind = "study"\n',
        "t/study.md": "---\nkind: {{ kind }}\n---\n# {{ title }}\n\n{{ input }}\n{{ year }}",
    }
    with vault_of(tmp_path, files) as vault:
        assert vault.edit.plan_note("분산 락", AT).path == "in/분산-락.md"
        assert vault.edit.plan_note("분산 락", AT).text.endswith("# 분산 락\n")
        found = vault.edit.plan_note("분산 락", AT, folder="공부/db", given="들어온 글")
        assert found.path == "공부/db/20240504070809.md"
        assert found.text == "---\nkind: study\n---\n# 분산 락\n\n들어온 글\n2024\n"
        with pytest.raises(UsageError, match="no template"):
            vault.edit.plan_note("x", AT, template="none.md")
        with pytest.raises(DotsError, match="outside"):
            vault.edit.plan_note("x", AT, template="../../../etc/passwd")


def test_what_a_template_does_not_ask_for_is_not_lost(tmp_path: Path) -> None:
    """The kind goes among the properties, what came on standard input to the end."""
    files: dict[str, str | bytes] = {
        "t/a.md": "---\ntags: [x]\n---\n# {{ title }}\n",
        "t/b.md": "# {{ title }}\n",
        "t/c.md": "---\ntype: book\n---\n{{ input | upper }}\n",
        "t/d.md": "+++\na = 1\n+++\n",
    }
    with vault_of(tmp_path, files) as vault:

        def text(template: str) -> str:
            return vault.edit.plan_note(
                "t", AT, template=f"t/{template}.md", kind="study", given="in\n"
            ).text

        assert text("a") == '---\ntags: [x]\nkind: "study"\n---\n# t\n\nin\n'
        assert text("b") == '---\nkind: "study"\n---\n# t\n\nin\n'
        assert text("c") == "---\ntype: book\n---\nIN\n"
        assert text("d") == '+++\na = 1\nkind = "study"\n+++\n\nin\n'


def test_a_title_that_no_file_can_be_called_is_kept_in_the_note(tmp_path: Path) -> None:
    with vault_of(tmp_path, {"a.md": "x\n"}) as vault:
        found = vault.edit.plan_note("A: b/c?", AT)
        assert found.path == "A b c.md"
        assert found.text == '---\ntitle: "A: b/c?"\ndate: 2024-05-04\n---\n\n# A: b/c?\n'


def test_a_folder_cannot_lead_out_of_the_vault(tmp_path: Path) -> None:
    with vault_of(tmp_path, {"a.md": "x\n"}) as vault:
        found = vault.edit.plan_note("x", AT, folder="../out")
        with pytest.raises(DotsError, match="outside"):
            vault.edit.create(*found, "new")
    assert not (tmp_path / "out").exists()


def test_a_toml_blog_gets_toml(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "hugo.toml": "",
        **{f"content/{n}.md": f'+++\ntitle = "{n}"\n+++\nx\n' for n in range(3)},
    }
    with vault_of(tmp_path, files) as vault:
        found = vault.edit.plan_note('그 "말"', AT, folder="content/posts")
        assert found.text == '+++\ntitle = "그 \\"말\\""\ndate = 2024-05-04\n+++\n'
        drafted = vault.edit.in_own_style("---\nkind: review\nyear: 2025\n---\n\n# x\n")
        assert drafted == '+++\nkind = "review"\nyear = 2025\n+++\n\n# x\n'
    assert as_toml("---\na: [1]\n---\n") == "---\na: [1]\n---\n"


OBSIDIAN = {
    "daily-notes.json": {
        "folder": "일기",
        "format": "YYYY/MM/YYYY-MM-DD dddd",
        "template": "틀/날",
    },
    "plugins/periodic-notes/data.json": {
        "weekly": {"enabled": True, "folder": "주", "format": "gggg-[W]ww", "template": "틀/주.md"},
        "yearly": {"enabled": True, "format": "YYYY[년]", "folder": ""},
    },
}  # fmt: skip


def test_periodic_notes_as_obsidian_has_them(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        **{f".obsidian/{name}": json.dumps(value) for name, value in OBSIDIAN.items()},
        "틀/날.md": "# {{date:YYYY년 M월 D일}} {{title}}\n{{date}} {{time}} {{yesterday:MM-DD}}\n"
        "{% if year == 2024 %}\n{{ date }}\n{% endif %}\n<% tp.x %>\n",
        "틀/주.md": "{{monday:YYYY-MM-DD}} ~ {{sunday:YYYY-MM-DD}} {{date+1w:gggg-[W]ww}}\n",
        "dots.toml": '[new]\nlanguage = "ko"\n',
    }
    with vault_of(tmp_path, files) as vault:
        found, there = vault.edit.plan_period("day", AT)
        assert (found.path, there) == ("일기/2024/05/2024-05-04 토요일.md", False)
        assert found.text == (
            "# 2024년 5월 4일 2024-05-04 토요일\n"
            "2024/05/2024-05-04 토요일 07:08 05-03\n"
            "2024/05/2024-05-04 토요일\n<% tp.x %>\n"
        )
        vault.edit.create(*found, "today")
        assert vault.edit.plan_period("day", AT)[1]
        week, _ = vault.edit.plan_period("week", AT)
        assert week == ("주/2024-W18.md", "2024-04-29 ~ 2024-05-05 2024-W19\n")
        assert vault.edit.plan_period("year", AT)[0].path == "2024년.md"


def test_periodic_notes_where_the_vault_has_its_habit(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {f"log/2024-05-0{n}.md": "x\n" for n in range(1, 4)}
    files["2020-01-01.md"] = "x\n"
    with vault_of(tmp_path, files) as vault:
        assert vault.edit.plan_period("day", AT)[0].path == "log/2024-05-04.md"
        assert vault.edit.plan_period("month", AT)[0].path == "2024-05.md"


def test_the_commands(tmp_path: Path) -> None:
    root = write(tmp_path / "v", {"a.md": "# 분산 락\n\n첫 줄\n"})
    cache = tmp_path / "cache"
    ran = dots(root, cache, "new", "새", "글", "--in", "공부")
    assert (ran.returncode, ran.stdout.strip().endswith("공부/새 글.md")) == (0, True), ran.stderr
    assert (root / "공부/새 글.md").is_file()
    assert "there already" in one_line(dots(root, cache, "new", "새", "글", "--in", "공부"))
    ran = dots(root, cache, "today", "--date", "2024-05-04")
    assert (root / "2024-05-04.md").is_file(), ran.stderr
    assert dots(root, cache, "today", "--date", "2024-05-04").returncode == 0
    assert dots(root, cache, "edit", "분산").stdout.strip().endswith("a.md")
    assert "not a day" in one_line(dots(root, cache, "today", "--date", "x"))
    ran = dots(root, cache, "history", "--json")
    assert [row["operation"] for row in json.loads(ran.stdout)] == ["today", "new"]
    assert dots(root, cache, "undo").returncode == 0
    assert not (root / "2024-05-04.md").exists()


@pytest.mark.parametrize(
    ("editor", "words"),
    [
        ("nvim -p", ["nvim", "-p", "+3", "./a.md"]),
        ("code --wait", ["code", "--wait", "--goto", "./a.md:3"]),
        ("hx", ["hx", "./a.md:3"]),
        ("/usr/bin/other", ["/usr/bin/other", "./a.md"]),
    ],
)
def test_an_editor_is_told_the_line_as_it_wants(editor: str, words: list[str]) -> None:
    from vaultdots.cli.writing import editor_command

    assert editor_command(editor, "./a.md", 3) == words


def test_the_editor_comes_from_the_person_alone(tmp_path: Path) -> None:
    root = write(tmp_path / "v", {"a.md": "x\n", "dots.toml": 'editor = "touch pwned"\n'})
    (tmp_path / "config.toml").write_text('editor = "touch opened"\n')
    import subprocess

    from tests.disk import command, environment

    environ = environment(tmp_path / "cache", DOTS_CONFIG=str(tmp_path / "config.toml"))
    ran = subprocess.run(command(root, "edit", "a"), env=environ, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    assert (root / "opened").exists()
    assert not (root / "pwned").exists()


@pytest.mark.parametrize("name", ["dots.toml", ".obsidian/app.json", "x.canvas", "goals.toml"])
def test_a_draft_is_a_note_and_nothing_else(tmp_path: Path, name: str) -> None:
    with vault_of(tmp_path, {"dots.toml": "", "a.md": "x\n"}) as vault:
        with pytest.raises(UsageError, match="not the name of a note"):
            vault.edit.create(name, "# Draft\n", "draft")
        assert (vault.root / "dots.toml").read_bytes() == b""


@pytest.mark.parametrize("asked", ["NFC", "NFD"])
@pytest.mark.parametrize("on_disk", ["NFC", "NFD"])
def test_a_note_comes_into_the_folder_that_is_there(
    tmp_path: Path, asked: Literal["NFC", "NFD"], on_disk: Literal["NFC", "NFD"]
) -> None:
    """macOS keeps Hangul decomposed: the same folder, spelled in other bytes, is no second one."""
    folder = unicodedata.normalize(on_disk, "회고/가을")
    with vault_of(tmp_path, {f"{folder}/a.md": "x\n"}) as vault:
        wanted = unicodedata.normalize(asked, "회고/가을/초안.md")
        assert vault.edit.create(wanted, "# 초안\n", "draft") == "회고/가을/초안.md"
        made = [path for path in vault.root.rglob("*") if path.is_dir()]
        assert [path.relative_to(vault.root).as_posix() for path in sorted(made)] == [
            unicodedata.normalize(on_disk, name) for name in ("회고", "회고/가을")
        ]
        vault.edit.undo()
        assert len(list(vault.root.rglob("*.md"))) == 1


def test_a_note_is_made_by_what_is_on_the_disk_now(tmp_path: Path) -> None:
    """`new` and its kin do not read the vault again; what other programs did is met still."""
    root = write(tmp_path / "v", {"dots.toml": "", "Old.md": "# Old\n"})
    cache = tmp_path / "cache"
    dots(root, cache, "index")
    (root / "Taken.md").write_text("theirs")
    (root / "Old.md").unlink()
    assert "is there already" in one_line(dots(root, cache, "new", "Taken"))
    assert (root / "Taken.md").read_text() == "theirs"
    assert dots(root, cache, "new", "Old").stdout == f"{root / 'Old.md'}\n"
    assert dots(root, cache, "new", "Old 2").returncode == 0
    (root / "2024-05-04.md").write_text("a day\n")
    shown = dots(root, cache, "today", "--date", "2024-05-04", "--print")
    assert shown.stdout == "a day\n"
    told = dots(root, cache, "search", "--paths", "old")
    assert [Path(line).name for line in told.stdout.splitlines()] == ["Old.md", "Old 2.md"]


def test_the_note_of_a_day_comes_where_the_others_stand_now(tmp_path: Path) -> None:
    """The folder was renamed, or came by another program, after the last command."""
    root = write(tmp_path / "v", {f"daily/2024-05-0{n}.md": "x\n" for n in range(1, 4)})
    cache = tmp_path / "cache"
    dots(root, cache, "index")
    (root / "daily").rename(root / "journal")
    (root / "journal/2024-05-30.md").write_text("theirs\n")
    for day in ("30", "31"):
        ran = dots(root, cache, "today", "--date", f"2024-05-{day}", "--no-edit")
        assert ran.stdout == f"{root}/journal/2024-05-{day}.md\n", ran.stderr
    assert not (root / "daily").exists()
    write(root, {f"weeks/2024-W0{n}.md": "x\n" for n in range(1, 4)})
    ran = dots(root, cache, "week", "--date", "2024-05-30", "--no-edit")
    assert ran.stdout == f"{root}/weeks/2024-W22.md\n"


@pytest.mark.parametrize("marks", [("hugo.toml", "content/_index.md"), ("dots.toml", "a.md")])
def test_a_new_note_is_written_as_those_that_came_since(
    tmp_path: Path, marks: tuple[str, ...]
) -> None:
    root = write(tmp_path / "v", dict.fromkeys(marks, ""))
    cache = tmp_path / "cache"
    dots(root, cache, "index")
    write(root, {f"content/{n}.md": f'+++\ntitle = "{n}"\n+++\n' for n in range(3)})
    assert dots(root, cache, "new", "One").returncode == 0
    assert (root / "One.md").read_text().startswith('+++\ntitle = "One"\n')


def test_new_settings_and_a_damaged_catalog_are_met_by_new(tmp_path: Path) -> None:
    root = write(tmp_path / "v", {"dots.toml": "", "Old.md": "# Old\n"})
    cache = tmp_path / "cache"
    dots(root, cache, "index")
    (root / "dots.toml").write_text('[new]\nfolder = "inbox"\n')
    assert dots(root, cache, "new", "One").stdout == f"{root / 'inbox/One.md'}\n"
    for file in cache.rglob("catalog.sqlite*"):
        file.write_bytes(b"no database " * 1000)
    assert dots(root, cache, "new", "Two").stdout.endswith("Two.md\n")
