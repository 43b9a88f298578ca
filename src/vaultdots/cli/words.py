"""Arguments as people type them: a name of several words without quotes, a year in words."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    _ParamType = click.ParamType[int]
else:
    _ParamType = click.ParamType

F = TypeVar("F", bound=Callable[..., Any])
_YEAR = re.compile(r"([12]\d{3})\s*년?")
_RELATIVE = {
    "올해": 0, "this-year": 0, "작년": -1, "지난해": -1, "last-year": -1, "재작년": -2,
    "내년": 1, "next-year": 1,
}  # fmt: skip
OFFERED = 200
"""Names that a shell is given to complete one."""


def note_argument(*, required: bool = True) -> Callable[[F], F]:
    """`NOTE` as the argument `note_name`: `dots links 2024년 회고` is one name, None for none."""

    def joined(_: click.Context, __: click.Parameter, words: tuple[str, ...]) -> str | None:
        found = " ".join(words)
        if words and not found.strip():
            raise click.UsageError("the name of the note is empty")
        return found or None

    return click.argument(
        "note_name",
        nargs=-1,
        required=required,
        metavar="NOTE" if required else "[NOTE]",
        callback=joined,
        shell_complete=complete_note,
    )


class Year(_ParamType):
    """A year: `2024`, `2024년`, `작년`, `last-year`."""

    name = "year"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The year as a number; fails for what is none."""
        if isinstance(value, int):
            return value
        text = str(value).strip()
        if found := _YEAR.fullmatch(text):
            return int(found[1])
        if (shift := _RELATIVE.get(text.lower())) is not None:
            return date.today().year + shift
        raise click.BadParameter(
            f"'{text}' is not a year (as in 2024, 2024년, 작년)", ctx=ctx, param=param
        )


YEAR = Year()


_MEANT = {
    "find": "search", "grep": "search", "query": "search", "open": "edit", "show": "edit",
    "view": "edit", "cat": "edit", "list": "search", "ls": "search", "notes": "search",
    "recent": "search --sort modified", "stats": "index", "status": "index", "sync": "index",
    "rename": "mv", "move": "mv", "add": "new", "create": "new", "daily": "today",
    "journal": "today", "map": "graph", "export": "graph -o", "lint": "check", "doctor": "check",
    "todo": "search task-todo:", "tasks": "search task-todo:", "log": "history", "diff": "history",
    "similar": "related", "suggest": "connect", "years": "reviews", "retro": "reviews",
}  # fmt: skip
"""What people call a command → the command."""


def aliased(name: str, known: Collection[str]) -> list[str] | None:
    """The command and the arguments that the person's own settings have a name for; None for none.

    A name of a command stays that command: what a script means by it never changes. Raises
    ConfigError.
    """
    from vaultdots.store.user_settings import user_settings

    text = user_settings(os.environ).alias.get(name)
    if text is None:
        return None
    import shlex

    try:
        words = shlex.split(text)
    except ValueError as error:
        raise click.UsageError(f"the alias '{name}' cannot be read ({error})") from None
    if not words or words[0] not in known:
        raise click.UsageError(f"the alias '{name}' does not begin with a command of dots")
    return words


def no_command(
    name: str, known: Iterable[str], ctx: click.Context, *, top: bool = True
) -> click.UsageError:
    """The error for a name that is no command, with the one that is meant or the nearest.

    top: a command of `dots` itself, so that what is like none may be words to search for.
    """
    from difflib import get_close_matches

    near = [_MEANT[name]] if top and name in _MEANT else get_close_matches(name, known, n=1)
    if near:
        return click.UsageError(f"there is no command '{name}'; did you mean '{near[0]}'?", ctx)
    if top:
        return click.UsageError(
            f"there is no command '{name}'; `dots search {name}` finds notes", ctx
        )
    return click.UsageError(f"there is no command '{name}'", ctx)


def complete_note(ctx: click.Context, _: click.Parameter, typed: str) -> list[CompletionItem]:
    """Note names that begin with what was typed, those that hold it after them."""
    return _offered(ctx, typed, lambda vault: _names(vault))


def complete_tag(ctx: click.Context, _: click.Parameter, typed: str) -> list[CompletionItem]:
    """Tags that begin with what was typed."""
    bare = typed.lstrip("#")
    return _offered(ctx, bare, lambda vault: [row.tag for row in vault.notes.tags()])


def complete_query(ctx: click.Context, _: click.Parameter, typed: str) -> list[CompletionItem]:
    """What a word of a query may become: a tag, an operator, a note's name or a heading."""
    if typed.startswith(("#", "tag:")):
        mark = "#" if typed[0] == "#" else "tag:"
        tags = _offered(
            ctx, typed[len(mark) :], lambda vault: [row.tag for row in vault.notes.tags()]
        )
        for item in tags:
            item.value = f"{mark}{item.value}"
        return tags
    from click.shell_completion import CompletionItem

    from vaultdots.search.query import CASES, FACTS, SCOPES

    operators = [
        f"{name}:" for name in (*SCOPES, *FACTS, *CASES) if typed and name.startswith(typed)
    ]
    named = _offered(ctx, typed, lambda vault: [*_names(vault), *vault.notes.headings()])
    return [*(CompletionItem(name) for name in operators), *named]


def _names(vault: Any) -> list[str]:
    return [name for row in vault.notes.rows() for name in (row.title, *row.aliases)]


def _offered(
    ctx: click.Context, typed: str, names: Callable[[Any], list[str]]
) -> list[CompletionItem]:
    """The names that a person may mean, nothing where the vault cannot be read: a shell that
    completes shows no errors."""
    from click.shell_completion import CompletionItem

    from vaultdots.errors import DotsError
    from vaultdots.text.names import name_key
    from vaultdots.vault import Vault

    root = ctx.find_root()
    try:
        with Vault.open(root.params.get("vault")) as vault:
            found = list(dict.fromkeys(names(vault)))
    except (DotsError, OSError):
        return []
    key = name_key(typed)
    keys = [(name_key(name), name) for name in found if name.isprintable()]
    chosen = [name for one, name in keys if one.startswith(key)]
    chosen += [name for one, name in keys if key in one and not one.startswith(key)]
    return [CompletionItem(name) for name in chosen[:OFFERED]]
