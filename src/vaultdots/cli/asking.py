"""Accepting and rejecting suggestions one by one, with the line before and after."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from vaultdots.cli.connecting import print_connection
from vaultdots.cli.output import clean, cut, note, say, style, terminal_width, translated
from vaultdots.cli.terminal import clear_screen
from vaultdots.text.keyboard import keys_of_hangul

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vaultdots.vault import Connection, Vault

_KEYS = "[a]ccept [r]eject [s]kip [b]ack [A]ll of the section [q]uit [x] forget all  [?] help"
_HELP = (
    "a, Enter  accept it: it is written when you are done",
    "r         reject it: it is not suggested again (connect --again shows it)",
    "s         skip it: it is asked again the next time",
    "b         back to the one before",
    "A         accept this one and all that follow in its section",
    "q         quit asking, and go on with what was accepted",
    "x, Ctrl-C stop: nothing is remembered or written",
    "",
    "any key goes on",
)


def ask(vault: Vault, found: Sequence[Connection]) -> list[Connection] | None:
    """The accepted connections; None where the person stopped. Rejections are remembered.

    Needs a terminal. Nothing is written into the vault here.
    """
    from vaultdots.errors import UsageError

    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError("--interactive needs a terminal")
    open_ones = [connection for connection in found if not connection.explicit]
    if not open_ones:
        note("nothing to connect")
        return None
    titles = vault.notes.titles()
    answers: dict[int, str] = {}
    at = 0
    while at < len(open_ones):
        _show(vault, open_ones[at], titles, at, len(open_ones))
        key = _key()
        if key in ("a", "r", "s"):
            answers[at] = key
            at += 1
        elif key == "A":
            place = (open_ones[at].source, open_ones[at].ordinal)
            while at < len(open_ones) and (open_ones[at].source, open_ones[at].ordinal) == place:
                answers[at] = "a"
                at += 1
        elif key == "?":
            clear_screen()
            for line in _HELP:
                say(translated(line))
            click.getchar()
        elif key == "b":
            at = max(0, at - 1)
        elif key == "q":
            break
        elif key == "x":
            note("stopped; nothing was remembered or written")
            return None
    vault.edit.reject([open_ones[i] for i, answer in answers.items() if answer == "r"])
    return [open_ones[i] for i, answer in sorted(answers.items()) if answer == "a"]


def _key() -> str:
    """One key that means something, whichever layout the keyboard is on (ㅁ is the key of a)."""
    while True:
        key = keys_of_hangul(click.getchar())
        if key in ("\x03", "\x04"):
            return "x"
        if key in ("\r", "\n"):
            return "a"
        if key in "arsbqxA?" and len(key) == 1:
            return key


def _show(
    vault: Vault, connection: Connection, titles: dict[str, str], at: int, count: int
) -> None:
    room = terminal_width()
    clear_screen()
    title = titles.get(connection.source, connection.source)
    section = connection.section[connection.section[:1] == (title,) :]
    place = " › ".join((title, *section))
    say(
        style(translated("{0} of {1}", at + 1, count) + "  ", dim=True)
        + cut(clean(place), room - 12)
    )
    say("")
    print_connection(connection, titles)
    say("")
    plan = vault.edit.connect([connection])
    for edit in vault.edit.prepare(plan.change).lines():
        number = style(f"{edit.line:>5}  ", dim=True)
        before, after = around(edit.before, edit.after, room - 9)
        if edit.before:
            say(number + style("- " + before, fg="red"))
        say(number + style("+ " + after, fg="green"))
    for left in plan.left_out:
        reason = translated(left.reason)
        say(style(" " * 7 + translated("cannot be written: {0}", reason), fg="yellow"))
    say("")
    say(style(cut(translated(_KEYS), room), dim=True))


def around(before: str, after: str, room: int) -> tuple[str, str]:
    """Two versions of a long line, both cut to the stretch in which they differ."""
    same = 0
    while same < min(len(before), len(after)) and before[same] == after[same]:
        same += 1
    start = max(0, same - room // 4) if len(after) > room // 2 else 0
    head = "…" if start else ""
    return (
        cut(head + clean(before[start:]), room),
        cut(head + clean(after[start:]), room),
    )
