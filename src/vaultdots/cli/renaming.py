"""`dots mv`, `dots rename-…`: new names and places, and every reference with them."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from vaultdots.cli.output import (
    confirm,
    counted,
    force_option,
    is_terminal,
    json_options,
    note,
    passing,
    printed_edits,
    translated,
)
from vaultdots.cli.own_options import OwnHelp, option
from vaultdots.cli.session import Session

if TYPE_CHECKING:
    from vaultdots.edit import Change, Prepared
    from vaultdots.vault import Vault


def change_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--dry-run`, `--yes`, `--force`, `--json`, `--jsonl`: of every command that edits notes."""

    @json_options
    @force_option
    @option("--yes", "-y", is_flag=True, help="Write without asking.")
    @option("--dry-run", "-n", is_flag=True, help="Show a unified diff, write nothing.")
    @wraps(command)
    def wrapped(*args: Any, **options: Any) -> Any:
        return command(*args, **options)

    return wrapped


@click.command(cls=OwnHelp)
@click.argument("paths", nargs=-1, required=True, metavar="OLD... NEW")
@option("--title", is_flag=True, help="The note's title becomes its new name, too.")
@option("--alias", is_flag=True, help="Its old title stays as an alias.")
@change_options
@passing
def mv(
    session: Session,
    paths: tuple[str, ...],
    title: bool,
    alias: bool,
    **options: Any,
) -> int:
    """Move or rename notes, folders and attachments, and every reference to them.

    NEW is a folder to move into, or a path from the vault's root; where OLD is a name without a
    slash, a new name in the same folder. Links, embeds, properties, canvases and definitions are
    written anew, each in the style that it has, where they would not mean the same file any more.
    `dots undo` takes it back.

    Example: dots mv "Old note" "New name"
    """
    if len(paths) < 2:
        raise click.UsageError("give what to move, and where to")
    *olds, new = paths
    with session.vault(indexing=True) as vault:
        if len(olds) > 1 and not new.endswith("/"):
            new += "/"
        moves = []
        for old in olds:
            path = vault.rename.file_or_folder(old)
            moves.append((path, vault.rename.new_path(path, new, in_folder="/" not in old)))
        change = vault.rename.move(moves, title=title, alias=alias)
        return made(vault, change, **_named(options))


@click.command("rename-heading", cls=OwnHelp)
@click.argument("note_name", metavar="NOTE")
@click.argument("old")
@click.argument("new")
@change_options
@passing
def rename_heading(session: Session, note_name: str, old: str, new: str, **options: Any) -> int:
    """Give a heading of NOTE another text; links and embeds that name it follow.

    OLD is the heading, or a chain of them: "Goals#Books".

    Example: dots rename-heading "2024 review" Goals "What I want"
    """
    with session.vault(indexing=True) as vault:
        change = vault.rename.heading(vault.notes.find(note_name), old, new)
        return made(vault, change, **_named(options))


@click.command("rename-block", cls=OwnHelp)
@click.argument("note_name", metavar="NOTE")
@click.argument("old")
@click.argument("new")
@change_options
@passing
def rename_block(session: Session, note_name: str, old: str, new: str, **options: Any) -> int:
    """Give a block id of NOTE another name; links and embeds that name it follow.

    Example: dots rename-block Redis 37066d eviction
    """
    with session.vault(indexing=True) as vault:
        change = vault.rename.block(vault.notes.find(note_name), old, new)
        return made(vault, change, **_named(options))


@click.command("rename-alias", cls=OwnHelp)
@click.argument("note_name", metavar="NOTE")
@click.argument("old")
@click.argument("new")
@change_options
@passing
def rename_alias(session: Session, note_name: str, old: str, new: str, **options: Any) -> int:
    """Give an alias of NOTE another name; links by it follow.

    Example: dots rename-alias Redis "remote dictionary" "Remote Dictionary Server"
    """
    with session.vault(indexing=True) as vault:
        change = vault.rename.alias(vault.notes.find(note_name), old, new)
        return made(vault, change, **_named(options))


@click.command("rename-tag", cls=OwnHelp)
@click.argument("old")
@click.argument("new")
@change_options
@passing
def rename_tag(session: Session, old: str, new: str, **options: Any) -> int:
    """Give a tag another name, and the tags nested in it: in texts and in properties.

    Example: dots rename-tag study learning/study
    """
    with session.vault(indexing=True) as vault:
        return made(vault, vault.rename.tag(old, new), **_named(options))


@click.command(cls=OwnHelp)
@click.argument("note_name", metavar="NOTE")
@option("--section", required=True, metavar="HEADING", help="The heading, or a chain: A#B.")
@option("--to", "new", metavar="PATH", help="The new note, or its folder; else beside NOTE.")
@option("--embed", is_flag=True, help="Leave an embed behind, not a link.")
@change_options
@passing
def extract(
    session: Session, note_name: str, section: str, new: str | None, embed: bool, **options: Any
) -> int:
    """Make a section of NOTE a note of its own; a link stays behind.

    What stands below the heading goes with it. References to the section and to its blocks follow;
    links in it are written so that they mean the same from the new place.

    Example: dots extract Redis --section Eviction --to databases/Eviction
    """
    with session.vault(indexing=True) as vault:
        path = vault.notes.find(note_name)
        name = _file_name(section.rpartition("#")[2])
        to = vault.rename.new_path(path, new or name, in_folder=new is None, called=name)
        change = vault.rename.extract(path, section, to, embed=embed)
        return made(vault, change, **_named(options))


@click.command(cls=OwnHelp)
@click.argument("note_name", metavar="NOTE")
@click.argument("into", metavar="INTO")
@change_options
@passing
def merge(session: Session, note_name: str, into: str, **options: Any) -> int:
    """Put NOTE at the end of the note INTO, and take it away; links to it follow.

    Example: dots merge "Redis eviction" Redis
    """
    with session.vault(indexing=True) as vault:
        change = vault.rename.merge(vault.notes.find(note_name), vault.notes.find(into))
        return made(vault, change, **_named(options))


def _file_name(heading: str) -> str:
    """A heading as a file's name: without the signs that links or systems refuse."""
    return " ".join("".join(" " if c in '#^[]|\\/:*?"<>' else c for c in heading).split())


def _named(options: dict[str, Any]) -> dict[str, bool]:
    return {
        "dry_run": options["dry_run"],
        "yes": options["yes"],
        "force": options["force"],
        "json": options["as_json"],
        "jsonl": options["jsonl"],
    }


def made(
    vault: Vault,
    change: Change | Prepared,
    *,
    dry_run: bool,
    yes: bool,
    force: bool,
    json: bool,
    jsonl: bool,
) -> int:
    """Show a change and make it: asked for on a terminal, with `--yes` anywhere."""
    from vaultdots.edit import Prepared

    prepared = change if isinstance(change, Prepared) else vault.edit.prepare(change)
    change = prepared.change
    printed_edits(prepared, as_json=json, jsonl=jsonl, dry_run=dry_run)
    for remark in change.remarks:
        note(remark)
    what, operation = summary(change), translated(change.operation)
    if not prepared:
        note("nothing changes: it is so already")
        return 0
    if dry_run:
        note(f"would change: {what}")
        return 0
    if not yes:
        if not is_terminal(sys.stdin):
            raise click.UsageError(f"nothing was written ({what}); --yes writes, --dry-run shows")
        if not confirm(f"{operation}: {what}. Write?"):
            note("nothing was written")
            return 1
    vault.edit.apply(prepared, force=force)
    note(f"{operation}: {what}; `dots undo` takes it back")
    return 0


def summary(change: Change) -> str:
    """What a change does, in one line."""
    moves = [f"{move.old} -> {move.new}" for move in change.moves[:3]]
    moves += [translated("new: {0}", new.path) for new in change.new_files]
    moves += [translated("gone: {0}", gone.path) for gone in change.deletes]
    if len(change.moves) > 3:
        moves.append(translated("{0} more", len(change.moves) - 3))
    files = len({edit.path for edit in change.edits})
    count = len(change.edits)
    edits = translated("{0} in {1}", counted(count, "edit"), counted(files, "file"))
    unchanged = translated("no reference changes")
    return "; ".join([*moves, *([edits] if count or not moves else [unchanged])])
