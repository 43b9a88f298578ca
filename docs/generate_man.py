"""Write share/man/man1/dots.1 from the commands, and the completions of three shells."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator
from pathlib import Path

import click
from click.shell_completion import get_completion_class

from vaultdots import __version__
from vaultdots.cli import dots

SHARE = Path(__file__).parent.parent / "share"
MAN = SHARE / "man" / "man1" / "dots.1"
COMPLETIONS = {
    "bash": SHARE / "bash-completion" / "completions" / "dots",
    "zsh": SHARE / "zsh" / "site-functions" / "_dots",
    "fish": SHARE / "fish" / "vendor_completions.d" / "dots.fish",
}
FILES = """.SH FILES
.TP
.I dots.toml
Settings of a vault, at its root.
.TP
.I goals.toml
Your own word on goals, at the vault's root; written by
.BR "dots settle" .
.SH EXIT STATUS
0: found, fine. 1: nothing found, or problems found. 2: usage or an error, told in one line.
.SH ENVIRONMENT
.BR DOTS_VAULT ", " DOTS_CACHE ", " DOTS_DATA ", " NO_COLOR ", " PAGER ", " EDITOR ", " VISUAL
"""


def roff(text: str) -> str:
    """Text for roff: backslashes, minus signs and leading dots written so that they are shown."""
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return "\n".join(f"\\&{line}" if line[:1] in (".", "'") else line for line in text.split("\n"))


def command_lines(command: click.Command, context: click.Context) -> Iterator[str]:
    """A command as a section: its usage, what it says of itself, its options."""
    yield f'.SS "{roff(context.command_path)}"'
    yield f".B {roff(context.command_path)}"
    yield " ".join(roff(piece) for piece in command.collect_usage_pieces(context))
    for paragraph in inspect.cleandoc(command.help or "").split("\n\n"):
        if paragraph.startswith("\b"):
            yield f".PP\n.nf\n{roff(paragraph[1:].strip())}\n.fi"
        elif paragraph.strip():
            yield f".PP\n{roff(' '.join(paragraph.split()))}"
    for parameter in command.get_params(context):
        record = parameter.get_help_record(context)
        if record:
            yield ".TP"
            yield f".B {roff(record[0])}"
            yield roff(record[1]) or "\\&"
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            if inner is not None and not inner.hidden:
                below = click.Context(inner, info_name=name, parent=context)
                yield from command_lines(inner, below)


def page() -> str:
    """The manual page."""
    context = click.Context(dots, info_name="dots")
    lines = [
        f'.TH DOTS 1 "" "vaultdots {__version__}" "User Commands"',
        ".SH NAME",
        "dots \\- connect the dots of a Markdown vault: reviews, studies, projects and books",
        ".SH SYNOPSIS",
        ".B dots",
        "[\\-\\-vault PATH] COMMAND ...",
        ".SH COMMANDS",
        *command_lines(dots, context),
        FILES.rstrip(),
    ]
    return "\n".join(lines) + "\n"


def completion(shell: str) -> str:
    """The script by which a shell asks `dots` for what a word may become."""
    kind = get_completion_class(shell)
    assert kind is not None
    return kind(dots, {}, "dots", "_DOTS_COMPLETE").source() + "\n"


def main() -> int:
    """Write them, or check (`--check`); returns the exit code."""
    wanted = {MAN: page(), **{path: completion(shell) for shell, path in COMPLETIONS.items()}}
    if "--check" in sys.argv:
        stale = [path for path, text in wanted.items() if _read(path) != text]
        for path in stale:
            print(f"{path} is out of date: run docs/generate_man.py", file=sys.stderr)
        return 1 if stale else 0
    for path, text in wanted.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return 0


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


if __name__ == "__main__":
    sys.exit(main())
