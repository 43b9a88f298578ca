"""Nothing of a vault steers a terminal: every command over a vault of hostile names, titles, tags,
aliases, headings and lines, on a terminal and in a pipe."""

from __future__ import annotations

import ast
import io
import json
import os
import re
import sys
from pathlib import Path

import click
import pytest

from vaultdots import cli
from vaultdots.cli import COMMANDS, terminal

SOURCE = Path(cli.__file__).parent

HOSTILE = {
    "csi": "\x1b[2J\x1b[31m",
    "hidden": "\x1b[8m",
    "title": "\x1b]0;owned\x07",
    "clipboard": "\x1b]52;c;cm0gLXJm\x1b\\",
    "link": "\x1b]8;;http://example.com\x1b\\",
    "c1": "\x9b2J\x9d0;owned\x9c",
    "bidi": "\u202egpj.exe",
    "isolate": "\u2067\u2066",
    "delete": "a\x7f\x08\x08",
    "feed": "a\x0b\x0cb",
    "return": "safe\rerror: owned",
    "lines": "a\u2028b\u2029c\x85d",
    "newline": "a\nerror: owned",
    "mark": "\x00dots[31\x00",
}
"""What a name may hold."""
IN_A_FILE_NAME = {key: text for key, text in HOSTILE.items() if "\x00" not in text}

_STEERING = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029]"
)
_BAR = re.compile(r"\r[a-z ]+ ━* *[\d,]+/[\d,]+")
_OURS = re.compile(r"\x1b\[(?:[0-9]{1,2})(?:;[0-9]{1,2})*m")


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Each hostile text as a file's name, a title, an alias, a heading, a tag, a property's value,
    a link's name, a goal and a book."""
    folder = tmp_path_factory.mktemp("hostile") / "vault"
    (folder / "회고").mkdir(parents=True)
    (folder / "dots.toml").write_text("", encoding="utf-8")
    for key, text in IN_A_FILE_NAME.items():
        name = text.replace("/", "⁄")
        (folder / f"{key}{name}.md").write_bytes(_note(key, text).encode())
    for number, year in enumerate((2023, 2024)):
        lines = "".join(f"- {key} {text} 완독하기\n" for key, text in HOSTILE.items())
        (folder / "회고" / f"{year}년 회고{list(HOSTILE.values())[number]}.md").write_text(
            f"---\nkind: review\nyear: {year}\n---\n# {year}년 회고 \x1b]0;x\x07\n{_note('r', '')}"
            f"\n## 목표\n{lines}\n## 읽은 책\n{lines}\n## \x1b[2J하이라이트\n"
            + "".join(
                f"csi{text} 공부를 했다. {year}-03-04 {text}\n\n" for text in HOSTILE.values()
            ),
            encoding="utf-8",
        )
    return folder


def _note(key: str, text: str) -> str:
    value = json.dumps(text)
    return (
        f"---\naliases: [{json.dumps('별명' + text)}]\ntitle: {json.dumps(f'제목 {key} {text}')}\n"
        f"tags: [{json.dumps('꼬리표' + text)}]\nauthor: {value}\nbad{text}: 'x'\n---\n"
        f"# 머리 {text}\n\n캐시 {text} 회고 [[없는 {text} 노트]] #태그{text} [x](<csi{text}.md>)\n"
        f"![[{text}.png]] 별명{text}\n\n- [ ] 할 일 {text}\n"
    )


WORDS: dict[str, list[list[str]]] = {
    "search": [["캐시"], ["캐시", "--explain"], ["캐시", "--paths"], ["캐시", "--json"],
               ["없는낱말\x1b[2J\x9b"], ['"\x9b2J'], ["titel:\x1b[2J"], ["캐시", "--jsonl"]],
    "related": [["제목 csi"], ["csi\x1b[2J\x1b[31m.md"]],
    "links": [["csi\x1b[2J\x1b[31m.md"], ["csi\x1b[2J\x1b[31m.md", "--json"], ["\x1b]0;none\x07"]],
    "backlinks": [["csi\x1b[2J\x1b[31m.md"], ["csi\x1b[2J\x1b[31m.md", "--paths"]],
    "mentions": [["csi\x1b[2J\x1b[31m.md"], ["csi\x1b[2J\x1b[31m.md", "--out"]],
    "tags": [[], ["--tree"], ["--json"]],
    "check": [[], ["--json"], ["--paths"], ["--code", "\x1b[2J"]],
    "graph": [["--format", "json"], ["--format", "graphml"], ["-o", "/\x1b[2J/x\x9b.html"]],
    "reviews": [[], ["--explain"], ["--json"]],
    "review": [["2024"], ["2024", "--markdown"], ["2024", "--json"]],
    "goals": [[], ["--wishes", "--explain"]],
    "settle": [["\x1b[2J", "kept"]],
    "books": [[], ["--json"]],
    "on": [["03-04"], ["\x1b[2J"]],
    "concepts": [[], ["csi"], ["\x1b[2J"]],
    "compare": [["2023", "2024"]],
    "draft": [["2025", "--print"], ["2025", "--template", "\x1b[2J"]],
    "connect": [["--all"], ["--all", "--apply", "--dry-run"], ["--all", "--json"], ["--rejected"]],
    "path": [["csi\x1b[2J\x1b[31m.md", "c1\x9b2J\x9d0;owned\x9c.md"]],
    "orphans": [[], ["--paths"]],
    "undo": [["--list"], ["--dry-run"]],
    "import": [["\x1b[2J", "-o", "x"]],
    "cache": [["path"]],
    "index": [[], ["--json"]],
}  # fmt: skip
"""Command → words to try it with; one that is not here is tried alone."""
NEVER = {"lsp", "mcp", "hook"}
"""Commands that speak a protocol and print nothing for people."""


class Screen(io.TextIOWrapper):
    """A stream that says that it is a terminal, or that it is none."""

    def __init__(self, terminal: bool) -> None:
        super().__init__(io.BytesIO(), encoding="utf-8", errors="replace", newline="")
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal

    def read_all(self) -> str:
        self.flush()
        assert isinstance(self.buffer, io.BytesIO)
        return self.buffer.getvalue().decode("utf-8")


def printed(
    vault: Path, words: list[str], monkeypatch: pytest.MonkeyPatch, *, on_terminal: bool
) -> tuple[str, str]:
    """What a command prints on stdout and stderr."""
    out, err = Screen(on_terminal), Screen(on_terminal)
    monkeypatch.chdir(vault)
    monkeypatch.setenv("DOTS_CACHE", str(vault.parent / "cache"))
    monkeypatch.setenv("DOTS_DATA", str(vault.parent / "data"))
    monkeypatch.setenv("PAGER", "cat")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setattr(sys, "stderr", err)
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    cli.run(words)
    return out.read_all(), err.read_all()


@pytest.mark.parametrize("on_terminal", [True, False], ids=["terminal", "pipe"])
@pytest.mark.parametrize("command", [name for name in COMMANDS if name not in NEVER])
def test_no_command_lets_a_name_steer_the_terminal(
    command: str, on_terminal: bool, vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for words in WORDS.get(command, [[]]):
        for shown in printed(vault, [command, *words], monkeypatch, on_terminal=on_terminal):
            shown = (_OURS.sub("", shown) if on_terminal else shown).replace("\r\x1b[2K", "")
            shown = _BAR.sub("", shown)
            found = _STEERING.search(shown)
            around = "" if found is None else shown[max(0, found.start() - 60) :][:120]
            assert found is None, (command, words, around)
            assert "something went wrong" not in shown
            assert command == "graph" or "\nerror: owned" not in shown


def test_a_colour_of_a_note_is_not_one_of_ours(
    vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown, _ = printed(vault, ["search", "캐시", "-n", "0"], monkeypatch, on_terminal=True)
    assert "\\x1b[8m" in shown
    assert "\\u202egpj.exe" in shown
    assert "\x1b[1m" in shown


def test_paths_ended_with_nul_are_the_bytes_of_the_disk(
    vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown, _ = printed(vault, ["search", "캐시", "-n", "0", "-0"], monkeypatch, on_terminal=False)
    found = {os.fsencode(path) for path in shown.split("\0") if path}
    assert found >= {
        os.fsencode(path.name) for path in vault.iterdir() if path.name.startswith("csi")
    }


def test_json_says_every_name_and_escapes_it(vault: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown, _ = printed(vault, ["search", "캐시", "--json"], monkeypatch, on_terminal=True)
    names = {row["path"] for row in json.loads(shown)}
    assert any("\x9b2J" in name for name in names)


def test_a_style_is_shown_on_a_terminal_only(monkeypatch: pytest.MonkeyPatch) -> None:
    for on_terminal, expected in (
        (True, "a \x1b[33;1mb\\x1b[0m\x1b[0m\n"),
        (False, "a b\\x1b[0m\n"),
    ):
        out = Screen(on_terminal)
        monkeypatch.setattr(sys, "stdout", out)
        monkeypatch.delenv("NO_COLOR", raising=False)
        terminal.say("a " + terminal.style("b\x1b[0m", fg="yellow", bold=True))
        assert out.read_all() == expected


def test_escapes_are_those_of_ls_and_git() -> None:
    assert (
        terminal.visible("a\n\t\r\x1b\x7f\x9b\u202e\udcff")
        == "a\\n\\t\\r\\x1b\\x7f\\u009b\\u202e\\xff"
    )
    assert terminal.clean("a\nb\u2028c\x1b") == "a b c\\x1b"
    assert terminal.clean_lines("-a\r\n+b\r\x1b\n\tc") == "-a\n+b\\r\\x1b\n\tc"
    assert json.loads(terminal.json_escaped('"\x9b\udc80회고"')) == "\x9b\udc80회고"


FORBIDDEN = {"echo", "secho", "style", "confirm", "prompt", "clear", "echo_via_pager"}


@pytest.mark.parametrize("path", sorted(SOURCE.glob("*.py")), ids=lambda path: path.name)
def test_everything_is_printed_in_one_place(path: Path) -> None:
    """A command prints with `say`, `note`, `write`, `style`… of `vaultdots.cli.output`."""
    if path.name == "terminal.py":
        return
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id != "print", f"{path.name}:{node.lineno}: print"
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            name = f"{node.value.id}.{node.attr}"
            assert not (node.value.id == "click" and node.attr in FORBIDDEN), (
                f"{path.name}:{node.lineno}: {name}; take it from vaultdots.cli.terminal"
            )


def test_the_forbidden_names_are_those_of_click() -> None:
    assert all(hasattr(click, name) for name in FORBIDDEN)
