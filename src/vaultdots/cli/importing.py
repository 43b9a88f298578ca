"""`dots import`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from vaultdots.cli.output import (
    counted,
    json_options,
    note,
    passing,
    printed,
    say,
    style,
    translated,
)
from vaultdots.cli.own_options import OwnHelp, option
from vaultdots.cli.session import Session

if TYPE_CHECKING:
    from vaultdots.importers import ImportPlan, PlannedNote

KINDS = ("page", "hugo", "jekyll", "notion", "folder")
_SHOWN_WARNINGS = 20
"""Lines of warnings on a terminal for a whole folder; all of them stand in the JSON."""


@click.command("import", cls=OwnHelp)
@click.argument("source", type=click.Path(path_type=Path))
@option(
    "-o",
    "--output",
    "directory",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="The folder that the notes go to; made where it is missing.",
)
@option("--dry-run", is_flag=True, help="Show the outline of each note, write nothing.")
@option("--kind", type=click.Choice(KINDS), help="What SOURCE is; found out by default.")
@option("--title", help="The title of a single page.")
@option("--date", metavar="YYYY-MM-DD", help="When a single page was written.")
@option("--url", help="Where a single page was published.")
@json_options
@passing
def import_(
    session: Session,
    source: Path,
    directory: Path,
    dry_run: bool,
    kind: str | None,
    title: str | None,
    date: str | None,
    url: str | None,
    as_json: bool,
    jsonl: bool,
) -> int:
    """Make notes of a copied post (text, HTML), a Hugo or Jekyll site, a Notion export, a folder.

    Writes new files only: what stands in DIR already is never changed.

    Example: dots import ~/posts/2023.html -o vault/reviews --dry-run
    """
    from vaultdots.importers import apply, plan, shown

    planned = plan(source, kind=kind, into=directory, title=title, date=date, url=url)  # type: ignore[arg-type]
    troubles: dict[str, str] = {}
    if not dry_run:
        for row in apply(planned, directory, vault=session.path):
            if row.outcome in ("kept", "failed"):
                troubles[row.path] = f"not written: {row.detail}"

    def record(one: PlannedNote) -> dict[str, Any]:
        return {
            "source": one.source,
            "path": one.path,
            "year": one.year,
            "sections": shown(one.sections),
            "warnings": _warnings(one, troubles),
        }

    if not printed(planned.notes, None, record, as_json=as_json, jsonl=jsonl, files=False):
        _show(planned, troubles, dry_run=dry_run)
    for skipped in planned.skipped:
        note(f"skipped: {skipped.source}: {translated(skipped.reason)}")
    for path, reason in troubles.items():
        note(f"{path}: {translated(reason)}")
    if not planned.notes and not planned.files:
        note("nothing to import")
        return 1
    return 1 if troubles else 0


def _warnings(one: PlannedNote, troubles: dict[str, str]) -> list[str]:
    trouble = troubles.get(one.path)
    return [*one.warnings, trouble] if trouble else list(one.warnings)


def _show(planned: ImportPlan, troubles: dict[str, str], *, dry_run: bool) -> None:
    for one in planned.notes:
        year = f"  {one.year}" if one.year else ""
        if one.path not in troubles:
            say(style(one.path, bold=True) + style(year, dim=True))
        if dry_run:
            for entry in one.sections:
                say(f"{'  ' * entry.level}{entry.heading}")
    told = [
        f"{one.path}: {translated(warning)}" for one in planned.notes for warning in one.warnings
    ]
    for line in told[:_SHOWN_WARNINGS]:
        note(line)
    if len(told) > _SHOWN_WARNINGS:
        note(f"… and {len(told) - _SHOWN_WARNINGS} more warnings, all in --json")
    what = counted(len(planned.notes) - len(troubles), "note")
    if planned.files:
        what += f", {counted(len(planned.files), 'attachment')}"
    if dry_run:
        note(f"{what} would be written ({planned.kind})")
    else:
        note(f"{what} imported ({planned.kind})")
