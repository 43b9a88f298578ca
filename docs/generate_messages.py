"""Bring the Korean catalog up to the messages of the code, and compile it (`--check`: only look).

Messages are found in the code itself: what is given to `note`, `confirm` and the exceptions, the
help of commands and options, the headings of tables. A value inside is `{0}`, `{1}`… there.
`--list` prints what has no translation yet.
"""

from __future__ import annotations

import ast
import io
import sys
from collections.abc import Iterator
from pathlib import Path

import click
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from vaultdots.cli import dots

SOURCE = Path(__file__).parent.parent / "src" / "vaultdots"
PO = SOURCE / "locale" / "ko" / "LC_MESSAGES" / "messages.po"
MO = PO.with_suffix(".mo")
PRINTING = {"note", "confirm"}
ERRORS = ("Error", "NotFound", "Note", "BadParameter")
COLUMN = "Column"


def text_of(node: ast.expr) -> str | None:
    """A literal as the catalog has it: values of an f-string numbered; None for no literal."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        parts, number = [], 0
        for part in node.values:
            if isinstance(part, ast.Constant):
                parts.append(str(part.value))
            else:
                parts.append(f"{{{number}}}")
                number += 1
        return "".join(parts)
    return None


def said_in_code() -> Iterator[str]:
    """The messages that stand in calls."""
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            in_cli = path.parent.name == "cli"
            if (in_cli and name in (*PRINTING, COLUMN)) or name.endswith(ERRORS):
                wanted = [*node.args[:1], *(k.value for k in node.keywords if k.arg == "hint")]
                for argument in wanted:
                    text = text_of(argument)
                    if text and any(char.isalpha() for char in text.replace("{0}", "")):
                        yield text


def said_in_help(command: click.Command, context: click.Context) -> Iterator[str]:
    """The help of a command, of its options, and of the commands below it."""
    for paragraph in (command.help or "").split("\n\n"):
        if paragraph.strip() and "Example:" not in paragraph and "\b" not in paragraph:
            yield " ".join(paragraph.split())
    for parameter in command.params:
        text = getattr(parameter, "help", None)
        if text:
            yield text
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            if inner is not None and not inner.hidden:
                yield from said_in_help(inner, click.Context(inner, parent=context))


def messages() -> list[str]:
    """Every message once."""
    found = [*said_in_help(dots, click.Context(dots)), *said_in_code()]
    return sorted(dict.fromkeys(found))


def compiled(catalog: Catalog) -> bytes:
    """The catalog as gettext reads it."""
    stream = io.BytesIO()
    write_mo(stream, catalog)
    return stream.getvalue()


def main() -> int:
    """Write, check or list; returns the exit code."""
    wanted = messages()
    with PO.open("rb") as stream:
        catalog = read_po(stream, locale="ko")
    missing = [text for text in wanted if not (text in catalog and catalog[text].string)]
    if "--list" in sys.argv:
        for text in missing:
            print(repr(text))
        return 0
    if "--check" in sys.argv:
        if not MO.exists() or MO.read_bytes() != compiled(catalog):
            print("messages.mo is out of date: run docs/generate_messages.py", file=sys.stderr)
            return 1
        print(f"{len(wanted) - len(missing):,} of {len(wanted):,} messages are in Korean")
        return 0
    out = io.BytesIO()
    write_po(out, catalog, width=100, omit_header=False)
    PO.write_bytes(out.getvalue())
    MO.write_bytes(compiled(catalog))
    return 0


if __name__ == "__main__":
    sys.exit(main())
