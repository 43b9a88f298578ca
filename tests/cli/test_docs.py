"""The documents in Korean and English name commands, options, settings and pages that are there."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from vaultdots import Vault
from vaultdots.cli import dots

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("docs/*.md"), *ROOT.glob("README*.md")])
KOREAN = [page for page in PAGES if page.name.endswith(".ko.md")]
_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
_COMMAND = re.compile(r"^(?:\$ )?(dots(?: .*)?)$", re.MULTILINE)
_MENTION = re.compile(r"`(dots [^`]+)`")
_LINK = re.compile(r"\]\(([^)#:\s]+\.md)(?:#[^)]*)?\)")


def commands(text: str) -> Iterator[str]:
    """The commands of a page, in its blocks."""
    for kind, block in _BLOCK.findall(text):
        if kind in ("sh", "console", ""):
            for line in _COMMAND.findall(block):
                for one in re.split(r" \| |; ", line):
                    if one.startswith("dots "):
                        yield one.partition("  # ")[0]


def parse(line: str) -> None:
    """Read a command line as `dots` would, without running it. Raises click.ClickException."""
    words = shlex.split(line, comments=True)[1:]
    inner: click.Context = click.Context(dots, info_name="dots")
    while words and words[0].startswith("--"):
        words = words[2:] if words[0] == "--vault" else words[1:]
    while words and isinstance(inner.command, click.Group):
        command = inner.command.get_command(inner, words[0])
        if command is None:
            raise click.UsageError(f"there is no command {words[0]}")
        inner = click.Context(command, info_name=words.pop(0), parent=inner)
    inner.command.make_context(inner.info_name, words, parent=inner.parent, resilient_parsing=True)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_of_a_page_is_one(page: Path) -> None:
    wrong = []
    for line in commands(page.read_text(encoding="utf-8")):
        try:
            parse(line)
        except click.ClickException as error:
            wrong.append(f"{line}: {error.format_message()}")
    assert not wrong


@pytest.mark.parametrize("page", KOREAN, ids=lambda page: page.name)
def test_every_command_that_a_korean_text_names_is_one(page: Path) -> None:
    for line in _MENTION.findall(page.read_text(encoding="utf-8")):
        word = line.split()[1]
        assert word.startswith(("-", "COMMAND")) or dots.get_command(click.Context(dots), word), (
            line
        )


@pytest.mark.parametrize("page", KOREAN, ids=lambda page: page.name)
def test_every_page_that_is_linked_is_there(page: Path) -> None:
    for target in _LINK.findall(page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_setting_of_a_page_is_one(page: Path, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# a\n", encoding="utf-8")
    blocks = [
        block
        for kind, block in _BLOCK.findall(page.read_text(encoding="utf-8"))
        if kind == "toml" and "undo_days" not in block and "[alias]" not in block  # config.toml
    ]
    for block in blocks:
        (tmp_path / "dots.toml").write_text(block, encoding="utf-8")
        with Vault.open(tmp_path) as vault:
            assert [one.message for one in vault.links.check() if one.code == "bad-config"] == []
