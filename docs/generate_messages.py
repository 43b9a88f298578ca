"""Bring the Korean catalog up to the messages of the code, and compile it (`--check`: only look).

Messages are found in the code itself: what is given to `note`, `translated`, `confirm` and the
exceptions, what is found wrong in a vault, the help of commands and options, the headings of
tables. A value inside is `{0}`, `{1}`… there. `--list` prints what has no translation; one such
message fails the check.
"""

from __future__ import annotations

import ast
import builtins
import importlib
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import click
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from vaultdots.cli import dots
from vaultdots.cli.language import NAMED, SHORT_HELP, SYSTEM

SOURCE = Path(__file__).parent.parent / "src" / "vaultdots"
PO = SOURCE / "locale" / "ko" / "LC_MESSAGES" / "messages.po"
MO = PO.with_suffix(".mo")
PRINTING = {"note", "confirm", "translated", "Column", "ProgressBar"}
"""Calls in `cli` whose first argument is a message."""
FOUND = {"Diagnostic": 2, "Skip": 1, "Skipped": 1, "LeftOut": 1, "_skip": 1, "_fail": 0}
"""Calls anywhere of which the arguments from this one on may be messages."""
HELD = {
    "_notices",
    "message",
    "problem",
    "reason",
    "remarks",
    "warnings",
    "told",
    "among",
    "words_of",
    "said",
}
"""Names that hold a message, or messages, before one of these calls."""
SENTENCE = re.compile(r"[`'a-z{][^\n<>]* [a-z]+ [^\n<>]*$")
"""What a function returns that is a message: words, not a name or a key."""
ERRORS = ("Error", "NotFound", "AmbiguousNote", "BadParameter")
OF_PYTHON = {name for name in dir(builtins) if name.endswith("Error")}
"""Errors that a programmer meets."""
OUT_OF_SIGHT = {"mcp", "lsp"}
"""Rooms whose other messages go to programs, in English."""
SAYING = ("say", "refusal")
TABLES = (
    ("graph.check", "CODES"), ("cli.searching", "_BECAUSE"), ("cli.undoing", "_STATES"),
    ("cli.asking", "_KEYS"), ("cli.asking", "_HELP"), ("cli.walking", "_KEYS"),
    ("cli.picker", "KEYS"), ("cli.goals", "_SURE"), ("retrospective.goal_features", "MEANS"),
    ("note.review_score", "MEANS"),
)  # fmt: skip
"""Messages that stand in data: module, and a text or a table of them."""
OF_CLICK = (
    "Aborted!",
    "Commands",
    "Error",
    "Example:",
    "Invalid value for '{0}': {1}",
    "Missing argument '{0}'.",
    "Missing argument 'QUERY'.",
    "No such option '{0}'.",
    "No such option: {name}",
    "Option '{0}' requires an argument.",
    "Options",
    "Usage:",
    "Usage: ",
    "default: {default}",
    "required",
    "Show the version and exit.",
    "Show this message and exit.",
    "Got unexpected extra argument ({0})",
    "Got unexpected extra arguments ({0})",
    "'{0}' is not a valid integer.",
    "'{0}' is not a valid integer range.",
    "'{0}' is not a valid float.",
    "'{0}' is not a valid float range.",
    "'{0}' is not one of {1}.",
    "Error: invalid input",
    "File '{0}' does not exist.",
    "Path '{0}' does not exist.",
    "Directory '{0}' is a file.",
    "File '{0}' is a directory.",
    "No such command '{0}'.",
    "Option '{0}' does not take a value.",
    "{0} is not in the range {1}.",
    "Missing option '{0}'.",
    *SYSTEM,
)
"""What click and the system say."""
ALSO = (
    "section {0} of its note", "{0} characters",
    "linked already", "{0} errors", "{0} warnings",
    "is linked from", "links to", "names", "is named in",
    "date in the file name", "date in the path", "default", "file name", "none",
    "folder {0}", "property {0}", "under “{0}”: {1}", "against it: {0}",
    "left out: {0} in {1}: {2}",
    "a symlink to {0}, which is read under that name", "a symlink to {0}, which is read as {1}",
    "{0} is in iCloud and not on this disk: open it once in Finder",
    "{0} {1}: {2} notes of its time, {3} of its months", "write {0} without brackets and colons",
)  # fmt: skip
"""Messages that are put together in more than one place."""


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
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        before, after = text_of(node.left), text_of(node.right)
        return before + (after or f"{{{before.count('{')}}}") if before else None
    return None


def said_in_code() -> Iterator[str]:
    """The messages that stand in calls, and in the names that are given to them."""
    for path in sorted(SOURCE.rglob("*.py")):
        room = path.relative_to(SOURCE).parts[0]
        if room in OUT_OF_SIGHT:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            for argument in messages_of(node, in_cli=room == "cli"):
                text = text_of(argument)
                if text and re.search(r"[A-Za-z]{2}", re.sub(r"\{\d\}", "", text)):
                    yield text


def messages_of(node: ast.AST, *, in_cli: bool) -> list[ast.expr]:
    """The expressions of a node that are messages."""
    if isinstance(node, ast.Assign):
        names = {getattr(one, "id", "") for one in node.targets}
        return alternatives(node.value) if names & HELD else []
    if isinstance(node, ast.Return) and node.value is not None:
        return [one for one in alternatives(node.value) if SENTENCE.match(text_of(one) or "")]
    if not isinstance(node, ast.Call):
        return []
    name = getattr(node.func, "attr", getattr(node.func, "id", ""))
    hints = [k.value for k in node.keywords if k.arg == "hint"]
    if in_cli and name in PRINTING:
        return alternatives(node.args[0]) if node.args else []
    if in_cli and name == "counted" and (what := text_of(node.args[1])):
        return [ast.Constant(f"{{0}} {what}s")]
    held = getattr(node.func, "value", None) if name == "append" else None
    if getattr(held, "attr", getattr(held, "id", "")) in HELD:
        return alternatives(node.args[0])
    if name == "Problem" or (name == "add" and len(node.args) == 3):
        return alternatives(node.args[-1])
    if name in FOUND:
        return [one for arg in node.args[FOUND[name] :] for one in alternatives(arg)]
    if (name == "__init__" and hints) or (name.endswith(ERRORS) and name not in OF_PYTHON):
        return [one for arg in (*node.args[:1], *hints) for one in alternatives(arg)]
    return [one for arg in hints for one in alternatives(arg)]


def alternatives(node: ast.expr) -> list[ast.expr]:
    """An expression, each branch of a condition, each item of a tuple or list."""
    if isinstance(node, ast.IfExp):
        return [*alternatives(node.body), *alternatives(node.orelse)]
    if isinstance(node, ast.Tuple | ast.List):
        return [one for item in node.elts for one in alternatives(item)]
    return [node]


def said_in_tables() -> Iterator[str]:
    """The messages of `TABLES`."""
    yield from ALSO
    for module, name in TABLES:
        held = getattr(importlib.import_module(f"vaultdots.{module}"), name)
        items = (
            [held] if isinstance(held, str) else held.values() if isinstance(held, dict) else held
        )
        for item in items:
            text = item[-1] if isinstance(item, tuple) else item
            if text:
                yield text


def said_in_help(command: click.Command, context: click.Context) -> Iterator[str]:
    """The help of a command, of its options, and of the commands below it."""
    for paragraph in (command.help or "").split("\n\n"):
        if "\b" in paragraph:
            yield from (
                found[2]
                for line in paragraph.split("\n")
                if (found := SHORT_HELP.match(line.strip()))
            )
        elif paragraph.strip() and "Example:" not in paragraph:
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
    found = [*said_in_help(dots, click.Context(dots)), *said_in_code(), *said_in_tables()]
    return sorted(dict.fromkeys(found))


def names() -> list[tuple[str, str]]:
    """Words of our data that have a name for people, and what editors show: context, word."""
    found = [(context, word) for context, words in NAMED.items() for word in words]
    return [*found, *(("editor", text) for text in sorted(set(said_in_editor())))]


def said_in_editor() -> Iterator[str]:
    """What `Desk.say` and `DotsServer.refusal` are asked to say."""
    for path in sorted([*(SOURCE / "editor").glob("*.py"), *(SOURCE / "lsp").glob("*.py")]):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = getattr(node.func, "attr", "") if isinstance(node, ast.Call) else ""
            if isinstance(node, ast.Call) and name in SAYING:
                yield from (text for one in alternatives(node.args[0]) if (text := text_of(one)))


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
    missing: list[str | tuple[str, str]] = [
        text for text in wanted if not (text in catalog and catalog[text].string)
    ]
    for word in OF_CLICK:
        if not (word in catalog and catalog[word].string):
            missing.append(word)
    for context, word in names():
        found = catalog.get(word, context)
        if found is None or not found.string:
            missing.append((context, word))
    if "--list" in sys.argv:
        for text in missing:
            print(repr(text))
        return 0
    if "--check" in sys.argv:
        if not MO.exists() or MO.read_bytes() != compiled(catalog):
            print("messages.mo is out of date: run docs/generate_messages.py", file=sys.stderr)
            return 1
        if missing:
            for one in missing:
                print(f"no Korean: {one!r}", file=sys.stderr)
            print(
                "docs/generate_messages.py puts it into messages.po: translate it, run it again",
                file=sys.stderr,
            )
            return 1
        print(f"all {len(wanted) + len(names()):,} messages are in Korean")
        return 0
    for one in missing:
        context, word = one if isinstance(one, tuple) else (None, one)
        catalog.add(word, context=context)
        print(f"to be translated in messages.po: {word}")
    known = {*wanted, *(word for _, word in names()), *OF_CLICK}
    for message in list(catalog):
        if message.id and message.id not in known:
            catalog.delete(message.id, message.context)
    out = io.BytesIO()
    write_po(out, catalog, width=100, omit_header=False)
    PO.write_bytes(out.getvalue())
    MO.write_bytes(compiled(catalog))
    return 0


if __name__ == "__main__":
    sys.exit(main())
