"""What a vault says of itself, and each mistake in it as one line with its place."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.disk import write
from vaultdots.errors import ConfigError
from vaultdots.store.config import Config, find_dialect, read_config
from vaultdots.store.periodic import PeriodicNotes, read_periodic
from vaultdots.vault import Vault


def test_a_vault_that_says_nothing_has_the_defaults(tmp_path: Path) -> None:
    config = read_config(tmp_path)
    assert config._replace(moment=()) == Config(exclusions=config.exclusions)
    assert config.options.dialect is None
    assert not config.exclusions.excludes("a.md")


def test_dots_toml_is_read(tmp_path: Path) -> None:
    text = """
        dialect = "jekyll"
        site_url = "https://example.org/"
        ignore = ["drafts/"]
        [search]
        engine = "sqlite"
        [kind]
        review_words = ["돌아보기"]
        [kind.study]
        folders = ["공부"]
        tags = ["til"]
        [own]
        x = 1
    """
    config = read_config(write(tmp_path, {"dots.toml": "\ufeff" + text}))
    assert config.options.dialect == "jekyll"
    assert config.options.site_url == "https://example.org"
    assert config.exclusions.excludes("drafts/a.md")
    assert config.engine == "sqlite"
    (rule,) = config.options.rules.rules
    assert (rule.kind, rule.folders, rule.tags, rule.titles) == ("study", ("공부",), ("til",), ())
    assert config.options.rules.review_words == ("돌아보기",)
    assert config.tables["own"] == {"x": 1}


def test_app_json_is_honoured(tmp_path: Path) -> None:
    settings = {
        "userIgnoreFilters": ["Archive/", 3],
        "newLinkFormat": "relative",
        "useMarkdownLinks": True,
        "attachmentFolderPath": "files",
    }
    config = read_config(write(tmp_path, {".obsidian/app.json": json.dumps(settings)}))
    assert config.exclusions.excludes("archive/a.md")
    assert (config.link_format, config.use_markdown_links) == ("relative", True)
    assert config.attachment_folder == "files"
    assert config.options.dialect == "obsidian"


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", "[" * 100_000, '{"userIgnoreFilters": "x"}', "\xff"]
)
def test_a_broken_app_json_is_as_if_it_were_not_there(tmp_path: Path, text: str) -> None:
    write(tmp_path, {".obsidian/app.json": text.encode("latin-1")})
    config = read_config(tmp_path)
    assert not config.exclusions.excludes("x")
    assert config.link_format == ""


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ('dialect = "wiki"', "dots.toml", "obsidian, hugo, jekyll, vuepress"),
        ("site_url = 3", "dots.toml", "site_url is not text"),
        ('[search]\nengine = "lucene"', "dots.toml", "auto, whoosh, sqlite"),
        ("search = 1", "dots.toml", "`search` is not a table"),
        ('ignore = "x"', "dots.toml", "ignore is not a list of texts"),
        ("[kind.study]\ntags = [1]", "dots.toml", "[kind.study] tags"),
        ("[kind]\nstudy = 1", "dots.toml", "`study` is not a table"),
        ("a = 1\nb = = 2", "dots.toml:2", "Invalid value"),
        ("a = 1\na = 2", "dots.toml", "overwrite"),
        ("a = " + "[" * 100_000, "dots.toml", "cannot be read"),
        ("a = " + "1" * 5_000, "dots.toml", "cannot be read"),
        (b"a = '\xff'", "dots.toml", "not UTF-8"),
    ],
)
def test_each_mistake_is_one_line_with_its_place(
    tmp_path: Path, text: str | bytes, place: str, words: str
) -> None:
    write(tmp_path, {"dots.toml": text})
    with pytest.raises(ConfigError) as caught:
        read_config(tmp_path)
    assert caught.value.place == place
    assert words in caught.value.one_line()
    assert "\n" not in caught.value.one_line()


def test_a_config_that_is_no_file_is_told_and_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "dots.toml")
    with pytest.raises(ConfigError, match="not a file"):
        read_config(tmp_path)


def test_a_pipe_in_place_of_obsidians_settings_is_never_waited_for(tmp_path: Path) -> None:
    (tmp_path / ".obsidian").mkdir()
    os.mkfifo(tmp_path / ".obsidian" / "app.json")
    assert read_config(tmp_path).link_format == ""


def test_an_unreadable_config_is_one_line(everybody: Path) -> None:
    write(everybody, {"dots.toml": ""})
    (everybody / "dots.toml").chmod(0)
    with pytest.raises(ConfigError) as caught:
        read_config(everybody)
    assert caught.value.one_line() == "dots.toml: it cannot be read (Permission denied)"


@pytest.mark.parametrize(
    ("files", "dialect"),
    [
        ([], None),
        ([".obsidian/app.json", "_config.yml"], "obsidian"),
        (["_config.yml"], "jekyll"),
        (["_posts/2023-01-01-a.md"], "jekyll"),
        (["hugo.toml", "content/a.md"], "hugo"),
        (["config/_default/hugo.toml", "content/a.md"], "hugo"),
        (["hugo.toml"], None),
        (["docs/.vuepress/config.js"], "vuepress"),
        ([f"{name}/README.md" for name in "abcde"], "vuepress"),
        ([f"{name}/README.md" for name in "abcd"], None),
        ([*(f"{n}/README.md" for n in "abcde"), *(f"a/{n}.md" for n in "abcde")], None),
        (["README.md", *(f".hidden/{name}/README.md" for name in "abcde")], None),
    ],
)
def test_the_dialect_that_the_files_give_away(
    tmp_path: Path, files: list[str], dialect: str | None
) -> None:
    assert find_dialect(write(tmp_path, dict.fromkeys(files, ""))) == dialect


def test_a_large_vault_is_not_walked_to_its_end_for_its_dialect(tmp_path: Path) -> None:
    write(tmp_path, {f"f{n}/README.md": "" for n in range(420)})
    assert find_dialect(tmp_path) == "vuepress"


@pytest.mark.parametrize(
    ("files", "url"),
    [
        ({"hugo.toml": 'baseURL = "https://a.example/"', "content/x.md": ""}, "https://a.example"),
        ({"hugo.yaml": "baseURL: https://b.example/x/", "content/x.md": ""}, "https://b.example/x"),
        ({"_config.yml": "url: 'https://c.example'\nbaseurl: /wiki"}, "https://c.example/wiki"),
        ({"_config.yml": "url: https://c.example # mine"}, "https://c.example"),
        ({"_config.yml": "title: x"}, ""),
        ({".vuepress/config.js": "hostname: 'https://d.example'"}, "https://d.example"),
    ],
)
def test_the_sites_own_address(tmp_path: Path, files: dict[str, str], url: str) -> None:
    assert read_config(write(tmp_path, files)).options.site_url == url


def test_the_fingerprint_is_of_what_changes_how_notes_are_read(tmp_path: Path) -> None:
    plain = read_config(tmp_path)
    write(tmp_path, {"dots.toml": 'ignore = ["x"]'})
    assert read_config(tmp_path).fingerprint == plain.fingerprint
    write(tmp_path, {"dots.toml": 'dialect = "hugo"'})
    assert read_config(tmp_path).fingerprint != plain.fingerprint


def test_a_setting_that_there_is_none_of_is_told_with_the_nearest(tmp_path: Path) -> None:
    text = """ingore = ["a/"]
[kind.stduy]
folders = ["a"]
[kind.study]
folder = ["a"]
[search]
engine = "auto"
[years.sections]
travel = ["바다"]
gaols = ["바다로"]
["바다"]
"""
    write(tmp_path, {"dots.toml": text})
    assert {(skip.path, skip.reason) for skip in read_config(tmp_path).problems} == {
        ("dots.toml", "`ingore` is not a setting, perhaps `ignore`"),
        ("dots.toml", "`kind.stduy` is not a setting, perhaps `kind.study`"),
        ("dots.toml", "`kind.study.folder` is not a setting, perhaps `kind.study.folders`"),
        ("dots.toml", "`바다` is not a setting"),
        ("dots.toml", "`years.sections.gaols` is not a setting, perhaps `years.sections.goals`"),
    }


def test_what_of_a_setting_is_passed_over_is_a_problem_of_the_vault(tmp_path: Path) -> None:
    app = json.dumps({"userIgnoreFilters": ["/(/"]})
    write(tmp_path / "v", {"dots.toml": "x = 1", ".obsidian/app.json": app, "a.md": "# A"})
    with Vault.open(tmp_path / "v", cache=tmp_path / "cache") as vault:
        found = [(p.path, p.code, p.severity) for p in vault.links.check()]
        assert [note.path for note in vault.notes.rows()] == ["a.md"]
    assert found == [
        (".obsidian/app.json", "bad-config", "warning"),
        ("dots.toml", "bad-config", "warning"),
    ]


def test_dated_notes_of_obsidian_are_read(tmp_path: Path) -> None:
    core = {"folder": "/일기/", "format": "YYYY/MM-MMM/DD-dddd", "template": "양식/하루"}
    plugin = {
        "daily": {"enabled": False, "format": "DD"},
        "weekly": {"enabled": True, "format": "", "folder": "주간", "templatePath": "양식/주"},
        "yearly": {"enabled": True, "format": "YYYY[년]", "folder": ""},
    }
    vault = write(
        tmp_path,
        {
            ".obsidian/daily-notes.json": json.dumps(core),
            ".obsidian/plugins/periodic-notes/data.json": json.dumps(plugin),
        },
    )
    assert read_periodic(vault) == (
        PeriodicNotes("week", "주간", "gggg-[W]ww", "양식/주"),
        PeriodicNotes("year", "", "YYYY[년]", ""),
        PeriodicNotes("day", "일기", "YYYY/MM-MMM/DD-dddd", "양식/하루"),
    )
    assert [names.unit for names in read_config(vault).options.rules.dated] == [
        "week",
        "year",
        "day",
    ]


@pytest.mark.parametrize("text", ["", "[]", "{", '{"format": 3, "folder": null}', '{"format": ""}'])
def test_settings_of_dated_notes_that_say_nothing(tmp_path: Path, text: str) -> None:
    vault = write(tmp_path, {".obsidian/daily-notes.json": text})
    assert read_periodic(vault) == (PeriodicNotes("day", "", "YYYY-MM-DD", ""),)
    assert read_periodic(tmp_path / "nowhere") == ()


def test_a_new_format_of_dated_notes_reads_the_notes_again(tmp_path: Path) -> None:
    vault = write(tmp_path, {"일기/4-5-2019.md": "하루\n", ".obsidian/daily-notes.json": "{}"})
    with Vault.open(vault, cache=tmp_path / "cache") as opened:
        opened.sync()
        assert opened.notes.rows()[0].year is None
    write(vault, {".obsidian/daily-notes.json": '{"folder": "일기", "format": "D-M-YYYY"}'})
    with Vault.open(vault, cache=tmp_path / "cache") as opened:
        opened.sync()
        assert opened.notes.rows()[0].year == 2019
