"""`dots new`, `draft`, `today`, `week`, `month`, `year`, `edit`: notes made and opened."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vaultdots.cli.output import is_terminal, note, passing, print_paths, write
from vaultdots.cli.own_options import OwnHelp, option
from vaultdots.cli.session import ProgressBar, Session
from vaultdots.cli.words import YEAR
from vaultdots.errors import UsageError

if TYPE_CHECKING:
    from vaultdots.store.periodic import Unit
    from vaultdots.vault import Vault

_LINE_FIRST = ("vi", "vim", "nvim", "nano", "emacs", "emacsclient", "kak", "micro", "ne", "joe")
_GOTO = ("code", "codium", "code-insiders", "cursor", "windsurf", "code-server")


@click.command(cls=OwnHelp)
@click.argument("title", nargs=-1, metavar="[TITLE]...")
@option("--template", metavar="FILE", default="", help="A template of the vault.")
@option("--kind", metavar="KIND", default="", help="What the note is: study, project, book…")
@option("--in", "folder", metavar="FOLDER", help="The folder that the note goes to.")
@option("--stdin", "from_stdin", is_flag=True, help="Take standard input into the note.")
@option("--edit", "edit_", is_flag=True, help="Open the note in your editor.")
@option("--print", "show", is_flag=True, help="Print the note, write nothing.")
@passing
def new(
    session: Session,
    title: tuple[str, ...],
    template: str,
    kind: str,
    folder: str | None,
    from_stdin: bool,
    edit_: bool,
    show: bool,
) -> int:
    """Make a note, and print its path.

    Never writes over a file. `[new]` in dots.toml sets the folder, the template and how names are
    made (title, slug, timestamp), for the vault or for a folder (docs/new.md).

    Example: dots new "분산 락" --in 공부
    """
    given = sys.stdin.read() if from_stdin else ""
    with session.vault(indexing=True, as_left=True) as vault:
        found = vault.edit.plan_note(
            " ".join(title),
            datetime.now(),
            template=template,
            kind=kind,
            folder=folder,
            given=given,
        )
        if show:
            write(found.text)
            return 0
        vault.edit.create(found.path, found.text, "new", follow=False)
        return _made(vault, found.path, open_it=edit_)


def _period(name: str, unit: Unit, words: str) -> click.Command:
    """A command that opens or makes the note of a `unit`."""

    @click.command(name, help=words, cls=OwnHelp)
    @option("--date", metavar="YYYY-MM-DD", help="The day it is about, instead of today.")
    @option("--next", "later", is_flag=True, help=f"The {unit} after it.")
    @option("--last", "earlier", is_flag=True, help=f"The {unit} before it.")
    @option("--no-edit", is_flag=True, help="Only make it where it is missing.")
    @option("--print", "show", is_flag=True, help="Print what a new one is, write nothing.")
    @passing
    def command(
        session: Session, date: str | None, later: bool, earlier: bool, no_edit: bool, show: bool
    ) -> int:
        at = datetime.now()
        if date is not None:
            try:
                at = datetime.fromisoformat(date)
            except ValueError:
                raise click.UsageError(f"'{date}' is not a day (YYYY-MM-DD)") from None
        at = _stepped(at, unit, int(later) - int(earlier))
        with session.vault(indexing=True, as_left=True) as vault:
            found, there = vault.edit.plan_period(unit, at)
            if show:
                vault.sync()
                write(vault.notes.text(found.path) if there else found.text)
                return 0
            if not there:
                vault.edit.create(found.path, found.text, name, follow=False)
            return _made(vault, found.path, open_it=not no_edit and is_terminal(sys.stdout))

    return command


def _stepped(at: datetime, unit: Unit, count: int) -> datetime:
    from vaultdots.edit.template import shifted

    return shifted(at, count, {"day": "d", "week": "w", "month": "M", "year": "y"}[unit])


today = _period(
    "today",
    "day",
    "Open the note of today; it is made where it is missing.\n\nIts name, folder and template are"
    " those of Obsidian's daily notes, else of `[new.day]` in dots.toml. Prints the path.\n\n"
    "Example: dots today --last",
)
week = _period(
    "week",
    "week",
    "Open the note of this week, as the plugin periodic-notes or `[new.week]` calls it.\n\n"
    "Example: dots week --no-edit",
)
month = _period(
    "month",
    "month",
    "Open the note of this month, as the plugin periodic-notes or `[new.month]` calls it.\n\n"
    "Example: dots month --date 2024-05-01",
)
year = _period(
    "year",
    "year",
    "Open the note of this year, as the plugin periodic-notes or `[new.year]` calls it.\n\n"
    "Example: dots year --next",
)


@click.command(cls=OwnHelp)
@click.argument("query", nargs=-1, metavar="QUERY...")
@option("-i", "--interactive", is_flag=True, help="Search while typing, and choose.")
@passing
def edit(session: Session, query: tuple[str, ...], interactive: bool) -> int:
    """Open the best hit of a search in your editor, at its line.

    A path, a name, an alias or a title opens that note. The editor is `editor` in your own
    config.toml, else VISUAL, else EDITOR. Prints the path.

    Example: dots edit 분산 락
    """
    text = " ".join(query)
    if not text and not interactive:
        raise click.UsageError("Missing argument 'QUERY'.")
    if interactive:
        from vaultdots.cli.searching import choose

        chosen = choose(session, text, "score")
        if chosen is None:
            return 1
        with session.vault() as vault:
            return _opened(vault, chosen.path, chosen.line)
    with session.vault(indexing=True) as vault:
        bar = ProgressBar("indexing text")
        try:
            path, line = _best(vault, text, bar)
        finally:
            bar.done()
        if not path:
            note(f"nothing found for {text}")
            return 1
        return _opened(vault, path, line)


def _best(vault: Vault, text: str, bar: ProgressBar) -> tuple[str, int]:
    from vaultdots.errors import AmbiguousNote, NoteNotFound

    try:
        return vault.notes.find(text), 1
    except (NoteNotFound, AmbiguousNote):
        answer = vault.ask(text, limit=1, progress=bar.update)
    for notice in answer.notices:
        note(notice)
    return (answer.hits[0].path, answer.hits[0].match_line) if answer.hits else ("", 1)


def _made(vault: Vault, path: str, *, open_it: bool) -> int:
    print_paths([vault.notes.disk_path(path)])
    if open_it:
        return _opened(vault, path, 1, shown=False)
    return 0


def _opened(vault: Vault, path: str, line: int, *, shown: bool = True) -> int:
    """Open a note in the person's editor; its exit code."""
    from vaultdots.store.user_settings import user_settings

    disk = vault.notes.disk_path(path)
    editor = user_settings(os.environ).editor
    if shown:
        print_paths([disk])
    if not editor:
        note("no editor is set (EDITOR, VISUAL, or `editor` in your config.toml)")
        return 0
    sys.stdout.flush()
    # `./`, so that a note called -c is not an option.
    words = editor_command(editor, f"./{disk}", line)
    try:
        ran = subprocess.run(words, cwd=vault.root, check=False)
    except OSError as error:
        raise UsageError(
            f"the editor cannot be started ({error.strerror})", place=words[0]
        ) from None
    return 0 if ran.returncode == 0 else 1


def editor_command(editor: str, path: str, line: int) -> list[str]:
    """The words that open `path` at `line`, as the editor wants them."""
    try:
        words = shlex.split(editor)
    except ValueError as error:
        raise UsageError(f"the editor's command cannot be read ({error})", place=editor) from None
    if not words:
        raise UsageError("the editor's command is empty")
    name = os.path.basename(words[0]).removesuffix(".exe")  # noqa: PTH119
    if name in _GOTO:
        return [*words, "--goto", f"{path}:{line}"]
    if name in _LINE_FIRST:
        return [*words, f"+{line}", path]
    if name in ("hx", "helix", "subl", "zed"):
        return [*words, f"{path}:{line}"]
    return [*words, path]


@click.command(cls=OwnHelp)
@click.argument("year", type=YEAR, default=lambda: date.today().year, metavar="[YEAR]")
@option(
    "--template",
    default="free",
    metavar="NAME",
    help="free, kpt, 4l, or a Jinja2 file of your own.",
)
@option("-o", "--output", metavar="NOTE", help="Where to write; else beside the last review.")
@option("--print", "show", is_flag=True, help="Print it, write nothing.")
@passing
def draft(session: Session, year: int, template: str, output: str | None, show: bool) -> int:
    """A draft of the review of YEAR, with last year's goals and this year's notes by month.

    Without YEAR it is this year. Never writes over a note.

    Example: dots draft 2026 --template kpt
    """
    with session.vault(indexing=True) as vault:
        years = vault.years
        own = vault.edit.template(template)
        text = vault.edit.in_own_style(years.draft(year, template, own))
        if show:
            write(text)
            return 0
        path = vault.edit.create(output or years.draft_path(year), text, "draft")
    print_paths([str(Path(path))])
    return 0
