"""`dots path`, `dots bridges`, `dots gaps`, `dots orphans`: what the vault's shape says."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import click

from vaultdots.cli.output import (
    Column,
    and_more,
    clean,
    cut,
    json_options,
    listing_options,
    note,
    passing,
    print_table,
    printed,
    say,
    style,
    terminal_width,
    translated,
    width,
)
from vaultdots.cli.own_options import OwnHelp, option
from vaultdots.cli.session import Session
from vaultdots.cli.words import complete_note

if TYPE_CHECKING:
    from vaultdots.vault import Mention, NoteRow, Step, Vault

_MOST = 10


@click.command(cls=OwnHelp)
@click.argument("names", nargs=-1, required=True, metavar="A B", shell_complete=complete_note)
@json_options
@passing
def path(session: Session, names: tuple[str, ...], **asked: bool) -> int:
    """The shortest chains of links from A to B, in words.

    Where no chain of links is there, names without a link count too.

    Example: dots path "2021년 회고" Kubernetes
    """
    with session.vault(indexing=True) as vault, vault.links.naming():
        one, other = _two_notes(vault, names)
        found = vault.links.chains(one, other)
        if not printed([[_step(step) for step in chain] for chain in found], **asked):
            titles = _titles(vault)
            for number, chain in enumerate(found):
                if number:
                    say("")
                _print_chain(chain, titles)
            if not found and vault.notes.find(one) == vault.notes.find(other):
                note("that is one and the same note")
            elif not found:
                note(f"no chain leads from {one} to {other}")
    return 0 if found else 1


def _two_notes(vault: Vault, words: tuple[str, ...]) -> tuple[str, str]:
    """Two names, each of one word or several: where the words part, both are notes."""
    from vaultdots.errors import AmbiguousNote, NoteNotFound

    if len(words) == 1:
        raise click.UsageError("Missing argument 'B'.")
    for count in range(1, len(words)) if len(words) > 2 else ():
        one, other = " ".join(words[:count]), " ".join(words[count:])
        try:
            vault.notes.find(one), vault.notes.find(other)
        except (NoteNotFound, AmbiguousNote):
            continue
        return one, other
    if len(words) > 2:
        raise click.UsageError("no two notes are called so; put a name of several words in quotes")
    return words[0], words[1]


def _step(step: Step) -> dict[str, Any]:
    return {
        "source": step.source,
        "how": step.how,
        "target": step.target,
        "line": step.line,
        "text": step.text,
    }


def _print_chain(chain: list[Step], titles: dict[str, str]) -> None:
    say(style(_name(chain[0].source, titles), bold=True))
    for step in chain:
        backwards = step.how in ("is linked from", "is named in")
        where = translated("its line {0}" if backwards else "line {0}", step.line)
        say(
            f"  {translated(step.how)} "
            + style(_name(step.target, titles), fg="cyan")
            + style(f"  ({where}: {clean(' '.join(step.text.split()))})", dim=True)
        )


def _name(node: str, titles: dict[str, str]) -> str:
    if node.startswith("?"):
        return clean(f"{node[1:]} {translated('(no such note)')}")
    return clean(titles.get(node, node))


@click.command(cls=OwnHelp)
@option("-n", "most", type=click.IntRange(1), default=_MOST, show_default=True,
        help="The most notes.")  # fmt: skip
@listing_options
@passing
def bridges(session: Session, most: int, **asked: bool) -> int:
    """The notes that hold parts of the vault together.

    Taking such a note away disconnects the notes behind it from the rest.

    Example: dots bridges -n 5
    """
    with session.vault(indexing=True) as vault, vault.links.naming():
        found = vault.links.bridges()[:most]
        titles = _titles(vault)
    records = [{**b._asdict(), "title": titles.get(b.path, b.path)} for b in found]
    if printed(records, lambda bridge: bridge["path"], **asked):
        return 0 if found else 1
    if found:
        rows = [
            (
                titles.get(b.path, b.path),
                str(b.loose),
                str(b.parts),
                ", ".join(titles.get(e, e) for e in b.examples) + (" …" if b.parts > 3 else ""),
            )
            for b in found
        ]
        columns = [
            Column("note", give=True, bold=True),
            Column("notes held", right=True),
            Column("in parts", right=True),
            Column("such as", give=True, dim=True),
        ]
        print_table(columns, rows)
    else:
        note("no note holds others alone")
    return 0 if found else 1


@click.command(cls=OwnHelp)
@option("-n", "most", type=click.IntRange(1), default=_MOST, show_default=True,
        help="The most pairs.")  # fmt: skip
@json_options
@passing
def gaps(session: Session, most: int, **asked: bool) -> int:
    """Parts of the vault that share rare words and have no link between them.

    Example: dots gaps -n 3
    """
    with session.vault(indexing=True) as vault, vault.links.naming():
        found = vault.links.gaps()[:most]
        titles = _titles(vault)
    if printed(found, **asked):
        return 0 if found else 1
    for number, gap in enumerate(found):
        if number:
            say("")
        for part in (gap.one, gap.other):
            names = ", ".join(_name(path, titles) for path in part[:3])
            more = and_more(len(part) - 3)
            say(
                style(cut(clean(names), terminal_width() - width(more)), bold=True)
                + style(more, dim=True)
            )
        said = f"  {translated('share')} "
        words = cut(clean(", ".join(gap.words)), terminal_width() - width(said))
        say(said + style(words, fg="cyan"))
    if not found:
        note("no two parts share words without a link")
    return 0 if found else 1


@click.command(cls=OwnHelp)
@option("--isolated", is_flag=True, help="Only those that no link goes out of either.")
@listing_options
@passing
def orphans(session: Session, isolated: bool, **asked: bool) -> int:
    """The notes that no link comes into, and where they are named.

    Example: dots orphans
    """
    with session.vault(indexing=True) as vault, vault.links.naming():
        rows = [row for row in vault.links.orphans(isolated=isolated) if not _is_template(row.path)]

        @cache
        def mentions(path: str) -> list[Mention]:
            return vault.links.mentions_of(path)

        def record(row: NoteRow) -> dict[str, Any]:
            kind, count = row.kind, len(mentions(row.path))
            return {"path": row.path, "title": row.title, "kind": kind, "mentions": count}

        if printed(rows, None, record, **asked):
            pass
        elif rows:
            titles = _titles(vault)
            table = []
            for row in rows:
                sources = dict.fromkeys(mention.source for mention in mentions(row.path))
                table.append((row.title, row.path, ", ".join(titles.get(s, s) for s in sources)))
            columns = [
                Column("note", give=True, bold=True),
                Column("path", give=True, dim=True),
                Column("named, not linked, in", give=True),
            ]
            print_table(columns, table)
        else:
            note("every note is linked from somewhere")
    return 0 if rows else 1


_TEMPLATES = frozenset(("templates", "template", "_templates", "archetypes", "템플릿", "양식"))


def _is_template(path: str) -> bool:
    """Whether a note is a form for others: nothing is meant to link to it."""
    return any(part.casefold() in _TEMPLATES for part in path.split("/")[:-1])


def _titles(vault: Vault) -> dict[str, str]:
    return vault.notes.titles()
