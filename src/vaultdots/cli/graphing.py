"""`dots graph`, `dots wrapped` and `dots arcs`: the vault as a map, a year as cards, long links."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from vaultdots.cli.drawn_files import FORMATS, check_output, write_output
from vaultdots.cli.output import (
    Column,
    clean,
    counted,
    is_terminal,
    json_escaped,
    listing_options,
    note,
    passing,
    print_table,
    printed,
    write_data,
    xml_escaped,
)
from vaultdots.cli.own_options import OwnHelp, option
from vaultdots.cli.session import Session
from vaultdots.cli.words import YEAR
from vaultdots.errors import UsageError

if TYPE_CHECKING:
    from vaultdots.vault import GraphData, Vault

_EDITORS = ("obsidian", "vscode", "vscodium", "cursor", "zed", "idea", "emacs")


def _what(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say what is drawn."""
    for add in reversed(
        [
            option("--tags", is_flag=True, help="Tags as dots."),
            option("--properties", is_flag=True, help="Values of properties as dots."),
            option("--attachments", is_flag=True, help="Attachments and canvases as dots."),
            option("--derived", is_flag=True,
                   help="Goals and their answers, mentions, kin, concepts."),
            option("--local", metavar="NOTE", help="Only what is near this note."),
            option("--depth", type=click.IntRange(1, 9), default=2, show_default=True,
                   help="How many links away is near, with --local."),
            option("--query", metavar="QUERY", help="Only notes that a search finds."),
            option("--exclude", metavar="PATH", multiple=True,
                   help="Not this note or folder; `*` and `?` may stand in it."),
            option("--diff", nargs=2, type=int, metavar="YEAR YEAR",
                   help="Show what grew after the first year, up to the second."),
        ]
    ):  # fmt: skip
        command = add(command)
    return command


def _how(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say what the page holds."""
    for add in reversed(
        [
            option("--title", default="", help="The page's title; else the vault's name."),
            option("--lang", type=click.Choice(["ko", "en"]),
                   help="Language of the page; else the reader's."),
            option("--no-body", is_flag=True, help="Titles only, for sharing."),
            option("--mask", is_flag=True, help="Names replaced, for showing."),
            option("--editor", type=click.Choice(_EDITORS), default="obsidian",
                   show_default=True,
                   help="What opens a note; all but Obsidian put the vault's path into the "
                        "page."),
            option("--embed", is_flag=True, help="A fragment to paste into another page."),
            option("--open", "open_it", is_flag=True, help="Open the page when it is done."),
            option("--force", is_flag=True, help="Write over any file of that name."),
        ]
    ):  # fmt: skip
        command = add(command)
    return command


@click.command(cls=OwnHelp)
@option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write; `-` or nothing is stdout.",
)
@option(
    "--format",
    "kind",
    type=click.Choice(["html", "json", "graphml"]),
    help="Else what the file's ending says, else html.",
)
@_what
@_how
@passing
def graph(
    session: Session,
    output: Path | None,
    kind: str | None,
    open_it: bool,
    force: bool,
    embed: bool,
    **options: Any,
) -> int:
    """The vault as a map, in one HTML page.

    The page needs no network and runs no script but its own: a map of the years, goals as lines
    through them, every note with its text and links. JSON and GraphML as well.

    Example: dots graph -o graph.html --open
    """
    to_stdout = output is None or str(output) == "-"
    if output is not None and not to_stdout:
        check_output(output, force=force)
    kind = kind or _kind_of(output, to_stdout)
    if to_stdout and kind == "html" and is_terminal(sys.stdout):
        raise UsageError("a page is not for a terminal", hint="write it with -o graph.html")
    if open_it and (to_stdout or kind != "html"):
        raise UsageError("only a page in a file can be opened", hint="give it -o graph.html")
    with (
        _nothing_thrown_away(),
        session.vault(indexing=kind == "html" or bool(options["query"])) as vault,
    ):
        data = _data(vault, options)
        text = _text(vault, data, kind, options)
    if embed and kind == "html":
        from vaultdots.page.html import fragment

        text = fragment(text, title=options["title"])
    if to_stdout:
        escaped = {"json": json_escaped, "graphml": xml_escaped}.get(kind)
        write_data(escaped(text) if escaped else text)
        return 0
    assert output is not None
    write_output(output, text)
    size = f"{counted(len(data.nodes), 'dot')}, {counted(len(data.edges), 'connection')}"
    note(f"{size}: {output}")
    if kind == "html" and options["editor"] != "obsidian" and not options["mask"]:
        note("the page holds the vault's path, for the links that open an editor")
    if open_it:
        click.launch(output.resolve().as_uri())
    return 0


@contextmanager
def _nothing_thrown_away() -> Iterator[None]:
    """A map makes a million records that nearly all stay: to look for garbage among them takes 4 %
    of its time at 10,000 notes, and finds 400 objects."""
    looking = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if looking:
            gc.enable()


def _kind_of(output: Path | None, to_stdout: bool) -> str:
    if output is None or to_stdout:
        return "html"
    ending = output.suffix.lower()
    if ending and ending not in FORMATS:
        raise UsageError(
            f"'{ending}' is not a format of a map",
            place=str(output),
            hint="end it in .html, .json or .graphml, or give --format",
        )
    return FORMATS.get(ending, "html")


def _data(vault: Vault, options: dict[str, Any]) -> GraphData:
    """The part of the graph that was asked for."""
    what = {name: options[name] for name in ("tags", "properties", "attachments", "derived")}
    data = vault.map.data(**what)
    if options["exclude"]:
        data = vault.map.without(data, options["exclude"])
    if options["query"]:
        found = {hit.path for hit in vault.search(options["query"], limit=None)}
        if not found:
            raise UsageError(f"nothing matches '{options['query']}'", hint="try dots search")
        data = vault.map.only(data, found)
    if options["local"]:
        data = vault.map.around(data, options["local"], options["depth"])
    return data


def _text(vault: Vault, data: GraphData, kind: str, options: dict[str, Any]) -> str:
    if kind == "html":
        from vaultdots.page.compose import PageOptions, needs_names, page_of

        years = options["diff"]
        wanted = PageOptions(
            title=options["title"] or ("●●●" if options["mask"] else vault.root.name),
            lang=options["lang"],
            bodies=not options["no_body"],
            masked=options["mask"],
            editor=options["editor"],
            start=f"#?g={min(years)}-{max(years)}" if years else "",
        )
        # Suggestions and gaps bring the index of names up to date, which no snapshot allows; at
        # 100,000 notes that is a look through 500 MB, for what such a page does not show.
        with vault.links.naming() if needs_names(data, wanted) else vault.snapshot():
            return page_of(vault, data, wanted)
    if options["mask"]:
        data = vault.map.masked(data).data
    return vault.map.json(data) if kind == "json" else vault.map.graphml(data)


@click.command(cls=OwnHelp)
@click.argument("year", type=YEAR, default=lambda: date.today().year, metavar="[YEAR]")
@option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path),
        help="The file to write; else wrapped-YEAR.html.")  # fmt: skip
@option("--title", default="", help="The name on the cards; else the vault's.")
@option("--lang", type=click.Choice(["ko", "en"]),
        help="Language of the cards; else the reader's.")  # fmt: skip
@option("--mask", is_flag=True, help="Names and sentences replaced, for showing.")
@option("--open", "open_it", is_flag=True, help="Open the page when it is done.")
@option("--force", is_flag=True, help="Write over any file of that name.")
@passing
def wrapped(
    session: Session,
    year: int,
    output: Path | None,
    title: str,
    lang: Any,
    mask: bool,
    open_it: bool,
    force: bool,
) -> int:
    """A year as cards to show: what one kept, read, made, learned, and the longest line.

    One page that needs no network; each card is saved as a PNG. A card for which the vault holds
    no evidence is left out. Without YEAR it is this year.

    Example: dots wrapped 2024 -o 2024.html --open
    """
    path = output or Path(f"wrapped-{year}.html")
    check_output(path, force=force)
    with session.vault(indexing=True) as vault, vault.links.naming():
        from vaultdots.page.wrapped import wrapped_page

        text = wrapped_page(vault, year, title=title, masked=mask, lang=lang)
    write_output(path, text)
    note(f"the cards of {year}: {path}")
    if open_it:
        click.launch(path.resolve().as_uri())
    return 0


@click.command(cls=OwnHelp)
@option("--least", type=click.FloatRange(0), default=2.0, show_default=True,
        help="Years that lie between the two, at least.")  # fmt: skip
@option("--no-history", is_flag=True,
        help="Do not date undated notes by the vault's git history.")  # fmt: skip
@option("-n", "most", type=click.IntRange(1), help="The most links.")
@listing_options
@passing
def arcs(session: Session, least: float, no_history: bool, most: int | None, **asked: bool) -> int:
    """Links that join what was written years apart, the longest first.

    A note is dated by its name, its properties, its year, else by the vault's git history, which
    is read without running git.

    Example: dots arcs --least 3
    """
    with session.vault() as vault:
        found = vault.links.arcs(least=least, history=not no_history)[:most]
        titles = vault.notes.titles()
    if printed(found, lambda arc: arc.source, **asked):
        return 0 if found else 1
    if found:
        rows = [
            (
                f"{arc.years:g}",
                f"{arc.from_[:4]} → {arc.to[:4]}",
                titles.get(arc.source, arc.source),
                titles.get(arc.target, arc.target),
                clean(arc.text),
            )
            for arc in found
        ]
        columns = [
            Column("years", right=True),
            Column("from, to"),
            Column("note", give=True, bold=True),
            Column("links to", give=True, bold=True),
            Column("line", give=True, dim=True),
        ]
        print_table(columns, rows)
    else:
        note(f"no link joins writing {least:g} years apart")
    return 0 if found else 1
