"""`dots undo`, `dots redo`: take back what dots wrote into the vault."""

from __future__ import annotations

import click

from vaultdots.cli.output import json_options, note, passing, print_json, say, write
from vaultdots.cli.session import Session


@click.command()
@click.option("--list", "list_", is_flag=True, help="What can be undone, the last first.")
@click.option("--dry-run", is_flag=True, help="Show what would change, write nothing.")
@json_options
@passing
def undo(session: Session, list_: bool, dry_run: bool, as_json: bool, jsonl: bool) -> int:
    """Take back the last thing that dots wrote into the vault.

    Every file gets its old bytes again. A file that was changed since is left alone, and so are the
    others.

    Example: dots undo --dry-run
    """
    if list_:
        with session.vault(indexing=True) as vault:
            steps = vault.edit.journal().steps()
        if as_json or jsonl:
            print_json(steps, lines=jsonl)
        for step in () if as_json or jsonl else steps:
            say(f"{step.when}  {step.command}  {', '.join(step.paths)}")
        if not steps:
            note("there is nothing to undo")
        return 0 if steps else 1
    return _turn(session, "undo", dry_run=dry_run, as_json=as_json, jsonl=jsonl)


@click.command()
@click.option("--dry-run", is_flag=True, help="Show what would change, write nothing.")
@json_options
@passing
def redo(session: Session, dry_run: bool, as_json: bool, jsonl: bool) -> int:
    """Do again what was undone last, as long as nothing else was written.

    Example: dots redo
    """
    return _turn(session, "redo", dry_run=dry_run, as_json=as_json, jsonl=jsonl)


def _turn(session: Session, what: str, *, dry_run: bool, as_json: bool, jsonl: bool) -> int:
    from vaultdots.vault import diff_of, edits_of

    with session.vault(indexing=True) as vault:
        journal = vault.edit.journal()
        found = journal.changes(undone=what == "redo")
        if found is None:
            if as_json or jsonl:
                print_json([], lines=jsonl)
            note(f"there is nothing to {what}")
            return 1
        step, changes = found
        wanted = changes
        if what == "undo":
            wanted = [
                change._replace(before=change.after, after=change.before) for change in changes
            ]
        if as_json or jsonl:
            print_json(edits_of(wanted), lines=jsonl)
        if dry_run:
            if not (as_json or jsonl):
                write(diff_of(wanted) + "\n")
            return 0
        if what == "undo":
            journal.undo()
        else:
            journal.redo()
        vault.sync()
    note(f"{what}: {step.command} in {', '.join(step.paths)}")
    return 0
