"""A search as a person reads it: what fits on the screen, a pager, paths that open from here,
`--format`, saved queries, snippets of prose."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from tests.cli.test_terminal import Screen
from vaultdots import cli
from vaultdots.cli.hits import _wrapped
from vaultdots.cli.places import Places
from vaultdots.cli.table import width
from vaultdots.cli.template import Template
from vaultdots.errors import UsageError
from vaultdots.search.snippet import from_first_sentence, plain


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "vault"
    (folder / "하위 폴더").mkdir(parents=True)
    (folder / "dots.toml").write_text('[query]\n"짝" = "title:2 OR title:4"\n', encoding="utf-8")
    for number in range(30):
        text = f"# 글 {number}\n\n사과를 {number}개 먹었다.\n"
        (folder / "하위 폴더" / f"글 {number}.md").write_text(text, encoding="utf-8")
    monkeypatch.setenv("DOTS_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("LINES", "20")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    monkeypatch.chdir(folder)
    return folder


def shown(
    monkeypatch: pytest.MonkeyPatch, *words: str, on_terminal: bool = False
) -> tuple[str, str]:
    out, err = Screen(on_terminal), Screen(False)
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setattr(sys, "stderr", err)
    cli.run(list(words))
    return out.read_all(), err.read_all()


def test_as_many_hits_as_fit(vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "shutil.get_terminal_size", lambda _: __import__("os").terminal_size((80, 20))
    )
    out, err = shown(monkeypatch, "search", "사과", on_terminal=True)
    assert out.count("글 ") > 0
    assert out.count("\n") <= 17
    assert err == "4 of 30, -n 0 for all\n"
    out, err = shown(monkeypatch, "search", "사과", "-n", "0")
    assert out.count("먹었다") == 30
    assert err == ""


def test_what_is_told_stands_below_the_hits(vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "shutil.get_terminal_size", lambda _: __import__("os").terminal_size((80, 20))
    )
    screen = Screen(True)
    monkeypatch.setattr(sys, "stdout", screen)
    monkeypatch.setattr(sys, "stderr", screen)
    cli.run(["search", "사과"])
    assert screen.read_all().endswith("먹었다.\n\n4 of 30, -n 0 for all\n")


@pytest.mark.parametrize("columns", [60, 80])
def test_no_line_but_a_path_is_wider_than_the_screen(
    vault: Path, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    monkeypatch.setattr(
        "shutil.get_terminal_size", lambda _: __import__("os").terminal_size((columns, 40))
    )
    monkeypatch.setenv("COLUMNS", str(columns))
    text = (
        f"# {'아주 긴 제목 ' * 8}\n\n## {'하나 ' * 20}\n\n### 키위 {'둘 ' * 30}\n\n"
        f"```sh\nkiwi {'--option ' * 30}\nls\n```\n"
    )
    (vault / "긴 것.md").write_text(text, encoding="utf-8")
    out, _ = shown(monkeypatch, "search", "kiwi", on_terminal=True)
    head, _, *lines = out.rstrip("\n").split("\n")
    assert width(head) <= columns
    assert "› … › 키위 둘" in head
    assert head.startswith("아주 긴 제목")
    assert [line[:9] for line in lines] == ["  │ kiwi ", "  │ ls"]
    assert all(width(line) <= columns for line in lines)
    assert lines[0].endswith("…")


def test_a_word_that_is_marked_in_part_is_not_broken() -> None:
    pieces = [("가나 unix:///var/", False), ("run", True), ("/docker.sock 다라", False)]
    lines = [line.split("\0") for line in _wrapped(pieces, 24)]
    plain_lines = ["".join(p for n, p in enumerate(line) if n % 2 == 0) for line in lines]
    assert plain_lines == ["가나", "unix:///var/run/docker.sock", "다라"]


def test_a_longer_answer_goes_through_the_pager(
    vault: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(
        "shutil.get_terminal_size", lambda _: __import__("os").terminal_size((80, 20))
    )
    pager = tmp_path / "pager"
    pager.write_text(f"#!/bin/sh\ncat > '{tmp_path}/paged'\n", encoding="utf-8")
    pager.chmod(0o755)
    monkeypatch.setenv("PAGER", str(pager))
    out, _ = shown(monkeypatch, "search", "사과", "-n", "0", on_terminal=True)
    assert out == ""
    assert (tmp_path / "paged").read_text(encoding="utf-8").count("먹었다") == 30
    monkeypatch.setenv("PAGER", "no-such-program-here")
    out, _ = shown(monkeypatch, "search", "사과", "-n", "0", on_terminal=True)
    assert out.count("먹었다") == 30
    monkeypatch.setenv("PAGER", str(pager))
    (tmp_path / "paged").unlink()
    shown(monkeypatch, "search", "사과", "-n", "0")
    assert not (tmp_path / "paged").exists()


def test_a_vault_names_no_pager(vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (vault / "dots.toml").write_text('pager = "touch ran"\n', encoding="utf-8")
    monkeypatch.setenv("PAGER", "")
    shown(monkeypatch, "search", "사과", "-n", "0", on_terminal=True)
    assert not (vault / "ran").exists()


def test_paths_open_from_where_one_stands(vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder, arguments in ((vault, ()), (vault / "하위 폴더", ()),
                              (vault.parent, ("--vault", "vault")),
                              (Path("/"), ("--vault", str(vault)))):  # fmt: skip
        monkeypatch.chdir(folder)
        out, _ = shown(monkeypatch, *arguments, "search", "title:7", "--paths")
        assert Path(out.removesuffix("\n")).is_file(), (folder, out)
        out, _ = shown(monkeypatch, *arguments, "search", "title:7")
        assert Path(out.splitlines()[1].strip().rpartition(":")[0]).is_file()
        out, _ = shown(monkeypatch, *arguments, "search", "title:7", "--absolute", "-0")
        assert out == f"{vault}/하위 폴더/글 7.md\0"
        record = json.loads(shown(monkeypatch, *arguments, "search", "title:7", "--json")[0])[0]
        assert record["path"] == "하위 폴더/글 7.md"
        assert record["file"] == f"{vault}/하위 폴더/글 7.md"


def test_a_name_is_spelled_as_the_disk_has_it(tmp_path: Path) -> None:
    places = Places(tmp_path, {"회고.md": "회고.md"})
    assert places.file("회고.md") == f"{tmp_path.resolve()}/회고.md"


def test_format_is_a_line_each(vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out, _ = shown(monkeypatch, "search", "title:7", "--format", r"{{title}}\t{{line}}")
    assert out == "글 7\t1\n"
    out, err = shown(monkeypatch, "search", "title:7", "--format", "{{titel}}")
    assert out == ""
    assert "the keys are path, file, title" in err


@pytest.mark.parametrize(
    "source",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ path.__init__.__globals__ }}",
        "{{ 9 ** 9 ** 9 }}",
        "{% for i in range(10 ** 9) %}x{% endfor %}",
        "{{ 'x' * 2000000 }}",
        "{{ open('/etc/passwd') }}",
    ],
)
def test_a_template_reaches_nothing_and_ends(source: str) -> None:
    with pytest.raises(UsageError):
        Template(source).line({"path": "a"})


def test_a_saved_query(vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out, _ = shown(monkeypatch, "search", "@짝", "사과", "--format", "{{title}}")
    assert set(out.splitlines()) == {"글 2", "글 4"}


MESSY = """\
* TOC
{:toc}

![그림](https://example.com/a-very-long-address.png)

| 이름 | 뜻 |
|------|:--:|
| 캐시 | 가까이 둔 것 |

- 하나 [링크](http://example.com/x) ^id
- [ ] 둘[^1]

> [!note] 알림
> 셋 <br> 넷

[^1]: 각주
[ref]: http://example.com
---
$$\\newcommand{\\x}{y}$$
끝. ^block
"""


def test_a_snippet_is_prose() -> None:
    assert plain(MESSY) == (
        "그림 이름 · 뜻 캐시 · 가까이 둔 것 · 하나 링크 · 둘 알림 셋 넷 각주 끝."
    )


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("* TOC\n{:toc}\n\n![a](b)\n\n처음 문장.\n", "처음 문장."),
        ("```\ncode\n```\n문장.\n", "문장."),
        ("- 목록뿐\n- 이다\n", "- 목록뿐"),
        ("#회고 #연말\n\n[[대문]]\n\n올해는 길었다.\n", "올해는 길었다."),
    ],
)
def test_a_note_begins_with_its_first_sentence(text: str, first: str) -> None:
    assert from_first_sentence(text).startswith(first)
