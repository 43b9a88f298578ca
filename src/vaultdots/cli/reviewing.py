"""`dots reviews`."""

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


@click.command()
@listing_options
@passing
def reviews(session: Session, as_json: bool, jsonl: bool, paths: bool, zero: bool) -> int:
    """The reviews of the vault, by year and period.

    Example: dots reviews
    """
    with session.vault() as vault:
        found = vault.reviews()
    if as_json or jsonl:
        print_json(found, lines=jsonl)
    elif paths:
        print_paths((row.path for row in found), zero=zero)
    elif found:
        print_table(
            [
                Column("year", bold=True),
                Column("period", dim=True),
                Column("goals", right=True),
                Column("books", right=True),
                Column("title", bold=True, give=True),
                Column("in one line", give=True, dim=True),
            ],
            [
                (
                    str(row.year or "?"),
                    row.period or "",
                    str(row.goals or ""),
                    str(row.books or ""),
                    row.title,
                    row.summary,
                )
                for row in found
            ],
        )
    else:
        note("no reviews found")
    return 0 if found else 1
