"""`dots check`."""

from __future__ import annotations

import click

from vaultdots.cli.output import (
    Column,
    listing_options,
    note,
    passing,
    print_json,
    print_paths,
    print_table,
)
from vaultdots.cli.session import Session

_MARKS = {"error": "✗", "warning": "!", "info": "·"}


@click.command()
@click.option(
    "--code", "codes", multiple=True, help="Only problems with this code; may be repeated."
)
@listing_options
@passing
def check(
    session: Session, codes: tuple[str, ...], as_json: bool, jsonl: bool, paths: bool, zero: bool
) -> int:
    """What is wrong in the vault.

    Links that lead nowhere, properties that cannot be read, files that were not. Exit code 1
    where there is an error or a warning. docs/check.md explains the codes.

    Example: dots check --code unresolved-note
    """
    with session.vault() as vault:
        found = vault.links.check()
        known = vault.links.check_codes()
    for code in codes:
        if code not in known:
            raise click.UsageError(f"there is no code '{code}'; the codes are {', '.join(known)}")
    if codes:
        found = [problem for problem in found if problem.code in codes]
    if as_json or jsonl:
        print_json(found, lines=jsonl)
    elif paths:
        print_paths((problem.path for problem in found), zero=zero)
    elif found:
        rows = [(_MARKS[p.severity], f"{p.path}:{p.line}", p.code, p.message) for p in found]
        print_table(
            [
                Column(fg="yellow"),
                Column(give=True, keep_end=True),
                Column(dim=True),
                Column(give=True),
            ],
            rows,
        )
        counts = {s: sum(p.severity == s for p in found) for s in _MARKS}
        note(", ".join(_counted(name, n) for name, n in counts.items() if n))
    else:
        note("nothing is wrong")
    return 1 if any(problem.severity != "info" for problem in found) else 0


def _counted(name: str, n: int) -> str:
    return f"{n:,} {name}" if n == 1 or name == "info" else f"{n:,} {name}s"
