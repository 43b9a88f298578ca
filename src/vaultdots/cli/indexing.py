"""`dots index` and `dots cache`."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import click

from vaultdots.cli.output import (
    clean,
    counted,
    note,
    passing,
    print_object,
    say,
    style,
    translated,
    write_path,
)
from vaultdots.cli.own_options import OwnHelp, option
from vaultdots.cli.session import ProgressBar, Session

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vaultdots.vault import Skip

SETTINGS_FILES = ("dots.toml", ".obsidian/app.json")
"""Where settings stand: what is passed over there is a line of theirs, not the file."""

# Reasons for leaving a file out that are shown before the rest is only counted.
_SHOWN_SKIPS = 8


@click.command(cls=OwnHelp)
@option("--rebuild", is_flag=True, help="Throw the cache away and read everything again.")
@option("--json", "as_json", is_flag=True, help="One JSON object.")
@passing
def index(session: Session, rebuild: bool, as_json: bool) -> int:
    """Read the vault and say what there is.

    The catalog of notes and links, and the full-text index. Every command reads what
    changed by itself; this one says what there is.

    Example: dots index --rebuild
    """
    began = time.perf_counter()
    with session.vault(rebuild=rebuild, indexing=True) as vault:
        bar = ProgressBar("indexing text")
        try:
            report = vault.index(progress=bar.update, began=began)
        finally:
            bar.done()
        root = vault.root.name
    if as_json:
        record = report._asdict()
        record["skipped"] = [skip._asdict() for skip in report.skipped]
        record["seconds"] = round(report.seconds, 3)
        print_object(record)
        return 0
    say(
        style(clean(root), bold=True)
        + "  "
        + ", ".join(
            (
                counted(report.notes, "note"),
                counted(report.sections, "section"),
                counted(report.links, "link"),
                counted(report.tags, "tag"),
                counted(report.attachments, "other file"),
            )
        )
        + style(f"  {report.seconds:.2f} s", dim=True)
    )
    if report.unresolved:
        say(style(counted(report.unresolved, "unresolved link"), fg="yellow") + " (dots check)")
    settings = [skip for skip in report.skipped if skip.path in SETTINGS_FILES]
    files = [skip for skip in report.skipped if skip.path not in SETTINGS_FILES]
    if settings:
        _show_skips(translated("Passed over in the settings:"), settings)
    if files:
        _show_skips(translated("Seen and left out: {0}", counted(len(files), "file")), files)
    return 0


def _show_skips(heading: str, skips: Sequence[Skip]) -> None:
    """What was passed over, each with its reason."""
    say(style(heading, fg="yellow"))
    for skip in skips[:_SHOWN_SKIPS]:
        say(f"  {clean(skip.path)}  " + style(clean(translated(skip.reason)), dim=True))
    if len(skips) > _SHOWN_SKIPS:
        more = len(skips) - _SHOWN_SKIPS
        say(style("  " + translated("… and {0} more (--json)", f"{more:,}"), dim=True))


@click.group(invoke_without_command=True)
@click.pass_context
def cache(ctx: click.Context) -> None:
    """Where dots keeps what it read: never in the vault. Alone it shows what is there.

    Example: dots cache path
    """
    if ctx.invoked_subcommand is None:
        from vaultdots.vault import Vault

        folder = Vault.cache_of(ctx.obj.path, os.environ)
        files = [path for path in folder.rglob("*") if path.is_file()] if folder.is_dir() else []
        size = sum(path.stat().st_size for path in files)
        say(str(folder))
        said = f"{counted(len(files), 'file')}, {size / 1e6:,.1f} MB"
        say(style(f"  {said if files else translated('nothing yet')}", dim=True))
        what = translated("`dots cache clear` throws it away; it is built again")
        say(style(f"  {what}", dim=True))


@cache.command("path")
@passing
def cache_path(session: Session) -> int:
    """Print the vault's cache folder.

    Example: dots cache path
    """
    from vaultdots.vault import Vault

    write_path(str(Vault.cache_of(session.path, os.environ)))
    return 0


@cache.command("clear")
@passing
def cache_clear(session: Session) -> int:
    """Throw the vault's cache away; the next command builds it again.

    Example: dots cache clear
    """
    from vaultdots.vault import Vault

    note(f"cleared {Vault.clear_cache_of(session.path, os.environ)}")
    return 0
