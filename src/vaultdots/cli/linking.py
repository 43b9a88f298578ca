"""`dots links`, `dots backlinks`, `dots tags`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from vaultdots.cli.output import (
    Column,
    clean,
    here,
    listing_options,
    note,
    passing,
    piece_of_line,
    print_table,
    printed,
    say,
    style,
    terminal_width,
    translated,
)
from vaultdots.cli.own_options import OwnHelp, option
from vaultdots.cli.session import Session
from vaultdots.cli.words import complete_tag, note_argument

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vaultdots.vault import ResolvedLink, Vault


@click.command(cls=OwnHelp)
@note_argument()
@option("--external", is_flag=True, help="Links out of the vault (URLs) as well.")
@listing_options
@passing
def links(session: Session, note_name: str, external: bool, **asked: bool) -> int:
    """The links in NOTE, and what each one means.

    NOTE is a path, else a name, an alias or a title.

    Example: dots links "2024년 회고"
    """
    with session.vault() as vault:
        found = vault.links.of(note_name, external=external)
        if printed(found, lambda link: link.target, **asked):
            return 0 if found else 1
        if found:
            titles = vault.notes.titles()
            rows = [
                (str(link.line), _mark(link), _meant(link, titles), _written(link))
                for link in found
            ]
            columns = [
                Column("line", right=True, dim=True),
                Column(""),
                Column("means", give=True, bold=True),
                Column("as written", give=True, dim=True),
            ]
            print_table(columns, rows)
        else:
            note(f"no links in {vault.notes.find(note_name)}")
    return 0 if found else 1


@click.command(cls=OwnHelp)
@note_argument()
@listing_options
@passing
def backlinks(session: Session, note_name: str, **asked: bool) -> int:
    """Who links to NOTE, with the line of each link.

    NOTE may also be a name that has no note yet, or a `#tag`: then the notes that have it.

    Example: dots backlinks Redis
    """
    if note_name.startswith("#"):
        return _show_tagged(session, note_name, **asked)
    with session.vault() as vault:
        found = vault.links.to(note_name)
        if printed(found, lambda link: link.source, **asked):
            return 0 if found else 1
        if found:
            _print_backlinks(vault, found)
        else:
            note(f"nothing links to {note_name}")
    return 0 if found else 1


@click.command(cls=OwnHelp)
@click.argument("tag", required=False, metavar="[TAG]", shell_complete=complete_tag)
@option("--tree", is_flag=True, help="Parents of nested tags too, each with its children.")
@option("--by-count", is_flag=True, help="The most used first.")
@listing_options
@passing
def tags(session: Session, tag: str | None, tree: bool, by_count: bool, **asked: bool) -> int:
    """Every tag, and how many notes have it; with TAG the notes that have it.

    Example: dots tags --tree
    """
    if tag is not None or asked["paths"]:
        return _show_tagged(session, tag, **asked)
    with session.vault() as vault:
        found = vault.notes.tags(tree=tree)
    if by_count:
        counts = {row.tag.casefold(): row.notes for row in found}
        found = sorted(found, key=lambda row: _by_count(row.tag.casefold(), counts, tree))
    if printed(found, **asked):
        return 0 if found else 1
    if found:
        rows = [(_tag_cell(row.tag, tree), str(row.notes)) for row in found]
        print_table([Column("tag", give=True, fg="cyan"), Column("notes", right=True)], rows)
    else:
        note("no tags")
    return 0 if found else 1


def _show_tagged(session: Session, tag: str | None, **asked: bool) -> int:
    """The notes with a tag, nested ones too; None: with any."""
    with session.vault() as vault:
        found = vault.notes.tagged(tag)
    if printed(found, **asked):
        return 0 if found else 1
    if found:
        rows = [(row.title, here(row.path)) for row in found]
        print_table(
            [Column("note", give=True, bold=True), Column("path", give=True, dim=True)], rows
        )
    elif tag is None:
        note("no tags")
    else:
        note(f"no note has the tag #{tag.lstrip('#')}")
    return 0 if found else 1


def _mark(link: ResolvedLink) -> str:
    if link.external:
        return "↗"
    return {"resolved": "→", "ambiguous": "?", "unresolved": "✗"}[link.status]


def _meant(link: ResolvedLink, titles: dict[str, str]) -> str:
    if link.external:
        return link.name
    if link.target is None:
        return f"{link.name} {translated('(no such note)')}"
    meant = titles.get(link.target, link.target)
    if link.subpath:
        meant += " › " + " › ".join(link.subpath)
        if link.subpath_found is False:
            meant += f" {translated('(not found)')}"
    if link.status == "ambiguous":
        meant += " " + translated("(one of {0})", len(link.candidates))
    return meant


def _written(link: ResolvedLink) -> str:
    return " ".join(link.raw.split())


def _print_backlinks(vault: Vault, found: Sequence[ResolvedLink]) -> None:
    """Grouped by source: its title and path, then each line with the link standing out."""
    titles = vault.notes.titles()
    texts: dict[str, list[str]] = {}
    shown = ""
    for link in found:
        if link.source != shown:
            if shown:
                say("")
            title = clean(titles.get(link.source, link.source))
            place = style(f"  {clean(here(link.source))}", dim=True)
            say(style(title, bold=True) + place)
            shown = link.source
        say("  " + style(f"{link.line:>4}", dim=True) + "  " + _line(vault, texts, link))


def _line(vault: Vault, texts: dict[str, list[str]], link: ResolvedLink) -> str:
    """The line that the link stands in, cut around it to fit, the link standing out."""
    if link.source not in texts:
        texts[link.source] = vault.notes.lines(link.source)
    lines = texts[link.source]
    raw = clean(re.split(r"[\r\n]", link.raw, maxsplit=1)[0])
    if not 0 < link.line <= len(lines) or link.kind == "canvas":
        return style(raw, fg="cyan")
    line = lines[link.line - 1]
    start = link.column - 1
    head, middle, tail = piece_of_line(line, start, start + len(raw), terminal_width() - 8)
    return head + style(middle, fg="cyan") + tail


def _by_count(tag: str, counts: dict[str, int], tree: bool) -> tuple[tuple[int, str], ...]:
    """The most used first; in a tree, among the children of one parent."""
    if not tree:
        return ((-counts[tag], tag),)
    parts = tag.split("/")
    names = ["/".join(parts[: n + 1]) for n in range(len(parts))]
    return tuple((-counts.get(name, 0), name) for name in names)


def _tag_cell(tag: str, tree: bool) -> str:
    if not tree:
        return f"#{tag}"
    parts = tag.split("/")
    return "  " * (len(parts) - 1) + ("#" if len(parts) == 1 else "/") + parts[-1]
