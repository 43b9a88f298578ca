"""`dots undo`, `redo`, `history`: take back what dots wrote into the vault."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from vaultdots.cli.output import (
    Column,
    and_more,
    counted,
    force_option,
    json_options,
    note,
    passing,
    print_table,
    printed,
    printed_edits,
    translated,
)
from vaultdots.cli.own_options import OwnHelp, option
from vaultdots.cli.session import Session
from vaultdots.errors import VaultError

if TYPE_CHECKING:
    from vaultdots.vault import Record

_SHOWN_PATHS = 3


@click.command(cls=OwnHelp)
@option("--dry-run", "-n", is_flag=True, help="Show what would change, write nothing.")
@force_option
@option("--forget", is_flag=True, help="Remove all that is kept for undo, instead.")
@json_options
@passing
def undo(
    session: Session, dry_run: bool, force: bool, forget: bool, as_json: bool, jsonl: bool
) -> int:
    """Take back the last thing that dots wrote into the vault, then the one before.

    Every file gets its old bytes again, or none does: where one was changed since, nothing is
    written. The old bytes are kept for 90 days outside of the vault (`dots history`).

    Example: dots undo --dry-run
    """
    if forget:
        with session.vault(indexing=True) as vault:
            count = vault.edit.forget()
        note(f"{counted(count, 'operation')} can no longer be undone")
        return 0
    return _turn(session, "undo", dry_run=dry_run, force=force, as_json=as_json, jsonl=jsonl)


@click.command(cls=OwnHelp)
@option("--dry-run", "-n", is_flag=True, help="Show what would change, write nothing.")
@force_option
@json_options
@passing
def redo(session: Session, dry_run: bool, force: bool, as_json: bool, jsonl: bool) -> int:
    """Do again what was undone last, as long as nothing else was written.

    Example: dots redo
    """
    return _turn(session, "redo", dry_run=dry_run, force=force, as_json=as_json, jsonl=jsonl)


def _turn(
    session: Session, what: str, *, dry_run: bool, force: bool, as_json: bool, jsonl: bool
) -> int:
    with session.vault(indexing=True) as vault:
        found = vault.edit.preview_turn(undo=what == "undo")
        if found is None:
            printed([], as_json=as_json, jsonl=jsonl)
            note("there is nothing to undo" if what == "undo" else "there is nothing to redo")
            return 1
        record, prepared = found
        if dry_run:
            printed_edits(prepared, as_json=as_json, jsonl=jsonl, dry_run=True)
            return 0
        turn = vault.edit.undo if what == "undo" else vault.edit.redo
        try:
            turn(force=force)
        except VaultError as error:
            if error.hint == "nothing was changed":
                # By hand then: this shows what would have to go back.
                error.hint = f"nothing was changed; `dots history {record.number}` shows the edits"
            raise
        printed_edits(prepared, as_json=as_json, jsonl=jsonl)
    operation = translated(record.operation)
    if what == "undo":
        note(f"undone: {operation} in {_paths(record)}")
    else:
        note(f"done again: {operation} in {_paths(record)}")
    return 0


@click.command(cls=OwnHelp)
@click.argument("number", type=int, required=False, metavar="[NUMBER]")
@json_options
@passing
def history(session: Session, number: int | None, as_json: bool, jsonl: bool) -> int:
    """What dots wrote into the vault, the last first; with NUMBER, what that operation changed.

    Example: dots history 12
    """
    with session.vault(indexing=True) as vault:
        if number is not None:
            _, prepared = vault.edit.written(number)
            printed_edits(prepared, as_json=as_json, jsonl=jsonl, dry_run=True)
            return 0
        records = vault.edit.history()
        session.tell(vault)
    if printed(records, None, _record, as_json=as_json, jsonl=jsonl):
        pass
    elif records:
        columns = [
            Column("id", right=True), Column("when", dim=True), Column("operation"),
            Column("state"), Column("files", give=True),
        ]  # fmt: skip
        print_table(
            columns,
            [
                [
                    str(r.number),
                    r.when[:16].replace("T", " "),
                    translated(r.operation),
                    translated(_STATES[r.state]),
                    _paths(r),
                ]
                for r in records
            ],
        )
    if not records:
        note("nothing was written yet")
    return 0 if records else 1


_STATES = {
    "open": "cut off",
    "done": "",
    "undoing": "undo cut off",
    "redoing": "redo cut off",
    "undone": "undone",
    "stuck": "taken back in part",
    "kept": "kept",
}


def _record(record: Record) -> dict[str, Any]:
    return {
        "id": record.number,
        "operation": record.operation,
        "paths": list(record.paths),
        "when": record.when,
        "undone": record.state == "undone",
        "state": record.state,
    }


def _paths(record: Record) -> str:
    shown = ", ".join(record.paths[:_SHOWN_PATHS])
    return shown + and_more(len(record.paths) - _SHOWN_PATHS)
