"""The options of every command without click's own words for them: to look for a translation of
each of those, at every start, costs 2 ms. Ours stand in our catalog."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from vaultdots import __version__
from vaultdots.cli.language import translated
from vaultdots.cli.terminal import say, write

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    _ParamType = click.ParamType[Path]
else:
    _ParamType = click.ParamType


F = TypeVar("F", bound=Callable[..., Any])


class Folder(_ParamType):
    """The path of a folder, there or not."""

    name = "path"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """The path."""
        return Path(value)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """The shell's own folders."""
        from click.shell_completion import CompletionItem

        return [CompletionItem(incomplete, type="dir")]


class OwnOption(click.Option):
    """An option whose help is one line as it stands: to bring it in shape, click asks `inspect`,
    which takes longer to load than a vault to open."""

    def __init__(self, *names: Any, help: str | None = None, **asked: Any) -> None:
        """As click's."""
        super().__init__(*names, **asked)
        self.help = help


def option(*names: str, **asked: Any) -> Callable[[F], F]:
    """As `click.option`."""
    return click.option(*names, cls=OwnOption, **asked)


class OwnHelp(click.Command):
    """A command whose `--help` says what it is in our words."""

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """`-h, --help`."""
        names = self.get_help_option_names(ctx)
        if not names or not self.add_help_option:
            return None
        return OwnOption(
            [*names, "_click_default_help"],
            is_flag=True,
            expose_value=False,
            is_eager=True,
            help=translated("Show this message and exit."),
            callback=_say_help,
        )


def _say_help(ctx: click.Context, param: click.Parameter, asked: bool) -> None:
    if asked and not ctx.resilient_parsing:
        write(ctx.get_help() + "\n")
        ctx.exit()


def say_version(ctx: click.Context, param: click.Parameter, asked: bool) -> None:
    """`dots, version 0.1.0`."""
    if asked and not ctx.resilient_parsing:
        say(f"dots, version {__version__}")
        ctx.exit()
