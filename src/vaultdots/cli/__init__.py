"""The command line: `dots COMMAND`. Each command's module is imported only when it is asked for."""

from __future__ import annotations

import atexit
import io
import os
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from vaultdots import interrupt
from vaultdots.cli.language import error_line, localize, translated
from vaultdots.cli.own_options import Folder, OwnHelp, option, say_version
from vaultdots.cli.session import Session
from vaultdots.cli.terminal import OutputError, flush, note, refusal, was_printing

if TYPE_CHECKING:
    from vaultdots.errors import QueryError

COMMANDS = {
    "index": ("vaultdots.cli.indexing", "index"),
    "search": ("vaultdots.cli.searching", "search"),
    "related": ("vaultdots.cli.searching", "related"),
    "links": ("vaultdots.cli.linking", "links"),
    "backlinks": ("vaultdots.cli.linking", "backlinks"),
    "tags": ("vaultdots.cli.linking", "tags"),
    "check": ("vaultdots.cli.checking", "check"),
    "graph": ("vaultdots.cli.graphing", "graph"),
    "wrapped": ("vaultdots.cli.graphing", "wrapped"),
    "arcs": ("vaultdots.cli.graphing", "arcs"),
    "reviews": ("vaultdots.cli.years", "reviews"),
    "review": ("vaultdots.cli.years", "review"),
    "goals": ("vaultdots.cli.goals", "goals"),
    "settle": ("vaultdots.cli.goals", "settle"),
    "books": ("vaultdots.cli.years", "books"),
    "on": ("vaultdots.cli.years", "on"),
    "concepts": ("vaultdots.cli.years", "concepts"),
    "compare": ("vaultdots.cli.years", "compare"),
    "draft": ("vaultdots.cli.writing", "draft"),
    "new": ("vaultdots.cli.writing", "new"),
    "today": ("vaultdots.cli.writing", "today"),
    "week": ("vaultdots.cli.writing", "week"),
    "month": ("vaultdots.cli.writing", "month"),
    "year": ("vaultdots.cli.writing", "year"),
    "edit": ("vaultdots.cli.writing", "edit"),
    "mentions": ("vaultdots.cli.connecting", "mentions"),
    "connect": ("vaultdots.cli.connecting", "connect"),
    "path": ("vaultdots.cli.shape", "path"),
    "bridges": ("vaultdots.cli.shape", "bridges"),
    "gaps": ("vaultdots.cli.shape", "gaps"),
    "orphans": ("vaultdots.cli.shape", "orphans"),
    "mv": ("vaultdots.cli.renaming", "mv"),
    "rename-heading": ("vaultdots.cli.renaming", "rename_heading"),
    "rename-tag": ("vaultdots.cli.renaming", "rename_tag"),
    "rename-block": ("vaultdots.cli.renaming", "rename_block"),
    "rename-alias": ("vaultdots.cli.renaming", "rename_alias"),
    "extract": ("vaultdots.cli.renaming", "extract"),
    "merge": ("vaultdots.cli.renaming", "merge"),
    "undo": ("vaultdots.cli.undoing", "undo"),
    "redo": ("vaultdots.cli.undoing", "redo"),
    "history": ("vaultdots.cli.undoing", "history"),
    "import": ("vaultdots.cli.importing", "import_"),
    "lsp": ("vaultdots.cli.editing", "lsp"),
    "hook": ("vaultdots.cli.editing", "hook"),
    "mcp": ("vaultdots.cli.agents", "mcp"),
    "proposals": ("vaultdots.cli.agents", "proposals"),
    "skill": ("vaultdots.cli.agents", "skill"),
    "cache": ("vaultdots.cli.indexing", "cache"),
    "help": ("vaultdots.cli.home", "help_"),
}
"""Command → (module, attribute), in the order that `dots --help` shows them."""


def _formatter(**sizes: Any) -> click.HelpFormatter:
    """What lays out help; loaded when there is some to show."""
    from vaultdots.cli.wide_help import WideFormatter

    return WideFormatter(**sizes)


click.Context.formatter_class = staticmethod(_formatter)  # type: ignore[assignment]


class LazyGroup(OwnHelp, click.Group):
    """A group that knows its commands by name and imports one only when it is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command's name, in our order."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command's module."""
        if cmd_name not in COMMANDS:
            return None
        import importlib

        module, attribute = COMMANDS[cmd_name]
        command = getattr(importlib.import_module(module), attribute)
        assert isinstance(command, click.Command)
        localize(command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, but a name that is no command may be a person's own for one; else the
        nearest one is offered."""
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            from vaultdots.cli.words import aliased, no_command

            words = aliased(name, COMMANDS)
            if words is None:
                raise no_command(name, COMMANDS, ctx)
            args = [*words, *args[1:]]
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """One line a command, without importing what the commands import."""
        rows = []
        for name in self.list_commands(ctx):
            command = self.get_command(ctx, name)
            if command is not None and not command.hidden:
                rows.append((name, command.get_short_help_str(_WHOLE)))
        with formatter.section(translated("Commands")):
            formatter.write_dl(rows)


@click.group(
    cls=LazyGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@option(
    "--vault",
    type=Folder(),
    metavar="PATH",
    help="The vault. Else DOTS_VAULT, else the nearest parent with dots.toml or .obsidian",
)
@option("--yes", is_flag=True, help="Take a home folder or a root as a vault without asking.")
@option("--debug", is_flag=True, help="Show a traceback where something goes wrong.")
@option(
    "-V",
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=say_version,
    help="Show the version and exit.",
)
@click.pass_context
def dots(ctx: click.Context, vault: Path | None, yes: bool, debug: bool) -> None:
    """Connect the dots of a Markdown vault: reviews, studies, projects and books.

    \b
    dots search 회고            find the section you mean
    dots backlinks Redis        who links to the note
    dots reviews                the years, one line each
    dots graph -o graph.html    the vault as a map
    """
    ctx.obj = Session(vault, yes, debug)
    if ctx.invoked_subcommand is None:
        from vaultdots.cli.home import show_home

        ctx.exit(show_home(ctx, ctx.obj))


# Characters of a command's first sentence in the list of commands: all of it, on two lines if need
# be. Cut at "..." it says less than nothing.
_WHOLE = 400
# Columns of a query that are shown around the place where it cannot be read.
_AROUND = 60


def _show_place(error: QueryError) -> None:
    """The query with a caret under the place, a long one cut to what stands around it."""
    from vaultdots.cli.output import clean, width

    before, after = clean(error.query[: error.offset]), clean(error.query[error.offset :])
    if len(before) > _AROUND:
        before = "…" + before[-_AROUND:]
    if len(after) > _AROUND:
        after = after[:_AROUND] + "…"
    note(f"  {before}{after}")
    note(f"  {' ' * width(before)}^")


def main() -> None:
    """Run the command line; every problem is one line on stderr and exit 2."""
    _read_names_as_utf_8()
    for stream in (sys.stdout, sys.stderr):
        # A terminal of another encoding shows what it can; nothing fails half-way.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    interrupt.raise_first()
    try:
        code = run(sys.argv[1:])
    except KeyboardInterrupt:
        note("error: stopped")
        code = interrupt.EXIT
    interrupt.leave_with(code)
    _leave(code)


def _leave(code: int) -> NoReturn:
    """End the process at once, all being said and closed.

    Python would first take apart, object by object, what was loaded: a seventh of a search's time.
    What libraries have registered for the end is done all the same.
    """
    if threading.active_count() > 1:  # their work is waited for
        sys.exit(code)
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            if stream is not None:
                stream.flush()
    os._exit(code)


def _read_names_as_utf_8() -> None:
    """Start again in UTF-8 mode where the locale is of another encoding.

    A cron job may say ASCII, an old terminal EUC-KR: a vault's file names are UTF-8 all the same,
    and read otherwise they would be other names. What is printed stays in the locale's encoding.
    """
    if os.name != "posix" or sys.flags.utf8_mode or not sys.executable:
        return
    if sys.getfilesystemencoding().lower() in ("utf-8", "utf8"):
        return
    environ = dict(os.environ)
    if sys.stdout is not None:
        environ.setdefault("PYTHONIOENCODING", f"{sys.stdout.encoding}:replace")
    # -P: the current folder may be a vault from anywhere, and holds no module of ours.
    command = [sys.executable, "-P", "-X", "utf8", "-m", "vaultdots", *sys.argv[1:]]
    written = [word.encode("utf-8", "surrogateescape") for word in command]
    os.execve(sys.executable, written, environ)


def run(arguments: list[str]) -> int:
    """Run one command; returns the exit code."""
    debug = "--debug" in arguments
    try:
        localize(dots)
        result: Any = dots.main(arguments, prog_name="dots", standalone_mode=False)
        code = result if isinstance(result, int) else 0
        flush()
        return code
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except SystemExit:
        # click printed help into a pipe whose reader had enough.
        return 0
    except BaseException as error:
        told = (click.ClickException, click.Abort, KeyboardInterrupt)
        if debug and not isinstance(error, told):
            raise
        foreign = next((word for word in arguments if _is_foreign(word)), None)
        if foreign is not None and _is_about(error, foreign):
            note(f"error: '{foreign}' is not UTF-8, and no note has such a name")
            return 2
        return _told(error)


def _is_foreign(word: str) -> bool:
    """Whether an argument's bytes are not UTF-8; as the path of a folder or a file it will do."""
    return any("\udc80" <= char <= "\udcff" for char in word)


def _is_about(error: BaseException, word: str) -> bool:
    """Whether a run ends for what stands in an argument that is no name."""
    from vaultdots.errors import DotsError

    if isinstance(error, DotsError):
        return word in error.one_line()
    return isinstance(error, UnicodeEncodeError)


def _told(error: BaseException) -> int:
    """Say in one line why a run ends; returns its exit code."""
    from vaultdots.errors import DotsError, QueryError

    if isinstance(error, (click.Abort, KeyboardInterrupt)) or interrupt.was_pressed():
        note("error: stopped")
        return interrupt.EXIT
    if isinstance(error, click.UsageError):
        command = error.ctx.command_path if error.ctx else "dots"
        note(f"error: {translated(error.format_message())} (see `{command} --help`)")
    elif isinstance(error, click.ClickException):
        note(f"error: {translated(error.format_message())}")
    elif isinstance(error, DotsError):
        note(f"error: {error_line(error)}")
        if isinstance(error, QueryError) and error.query:
            _show_place(error)
    elif isinstance(error, OSError):
        return _told_by_system(error)
    else:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        note(f"error: something went wrong inside dots: {reason} (--debug shows where)")
    return 2


def _told_by_system(error: OSError) -> int:
    """An error of a file, or of the output where click was printing (help, a version)."""
    if was_printing(error):
        refused = refusal(error)
        if isinstance(refused, OutputError):
            note(f"error: {error_line(refused)}")
        return 2
    place = "" if error.filename is None else f"{os.fsdecode(error.filename)}: "
    note(f"error: {place}it cannot be read or written ({translated(error.strerror or str(error))})")
    return 2
