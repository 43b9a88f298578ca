"""Write docs/cli.md from the commands themselves, or check that it is up to date (`--check`)."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from vaultdots.cli import COMMANDS, dots

TARGET = Path(__file__).with_name("cli.md")
HEAD = """# The command line

Written by `make docs` from the commands; `make check` fails when it is not up to date.

`dots [--vault PATH] COMMAND …`. Results go to stdout, progress and notices to stderr. Exit code
0: found, fine; 1: nothing found, or problems found; 2: usage or an error, told in one line
(`--debug` shows a traceback). Colour only on a terminal, and never with `NO_COLOR`. Lines and
columns start at 1, columns count code points; paths are relative to the vault, in NFC.

The vault: `--vault`, else `DOTS_VAULT`, else the nearest parent folder with `dots.toml` or
`.obsidian/`, else the current folder. The cache lies in the user's cache folder (`dots cache
path`); `DOTS_CACHE` names another parent for it.

Shell completion: `eval "$(_DOTS_COMPLETE=bash_source dots)"` (or `zsh_source`, `fish_source`).
"""


def pages(command: click.Command, name: str, parent: click.Context | None) -> Iterator[str]:
    """The help text of a command and of the commands under it, in Markdown."""
    context = click.Context(command, info_name=name, parent=parent, max_content_width=88)
    depth = 2 if parent is None else 2 + (parent.parent is not None)
    text = command.get_help(context)
    yield f"{'#' * depth} `{context.command_path}`\n\n```\n{text}\n```\n"
    if isinstance(command, click.Group):
        for child in command.list_commands(context):
            found = command.get_command(context, child)
            if found is not None and not found.hidden:
                yield from pages(found, child, context)


def main() -> int:
    """Write or check; returns the exit code."""
    body = HEAD + "\n" + "\n".join(pages(dots, "dots", None))
    missing = [name for name in COMMANDS if f"`dots {name}`" not in body]
    assert not missing, f"not documented: {missing}"
    if "--check" in sys.argv:
        if not TARGET.exists() or TARGET.read_text(encoding="utf-8") != body:
            print("docs/cli.md is out of date: run `make docs`", file=sys.stderr)
            return 1
        return 0
    TARGET.write_text(body, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
