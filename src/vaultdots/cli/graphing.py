"""`dots graph`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from vaultdots.cli.output import (
    counted,
    is_terminal,
    json_escaped,
    note,
    passing,
    write_data,
    xml_escaped,
)
from vaultdots.cli.session import Session
from vaultdots.errors import UsageError

_FORMATS = {".html": "html", ".htm": "html", ".json": "json", ".graphml": "graphml"}


@click.command()
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write; `-` or nothing is stdout.",
)
@click.option(
    "--format",
    "kind",
    type=click.Choice(["html", "json", "graphml"]),
    help="Else what the file's ending says, else html.",
)
@click.option("--tags", is_flag=True, help="Tags as dots.")
@click.option("--properties", is_flag=True, help="Values of properties as dots.")
@click.option("--attachments", is_flag=True, help="Attachments and canvases as dots.")
@click.option("--derived", is_flag=True, help="Goals and what answers for them, mentions, kin.")
@click.option("--title", default="", help="The page's title; else the vault's name.")
@passing
def graph(
    session: Session,
    output: Path | None,
    kind: str | None,
    tags: bool,
    properties: bool,
    attachments: bool,
    derived: bool,
    title: str,
) -> int:
    """The vault as a map, in one HTML page.

    The page needs no network and runs no script but its own. JSON and GraphML as well.

    Example: dots graph -o graph.html
    """
    to_stdout = output is None or str(output) == "-"
    if output is not None and not to_stdout and not _is_earlier_output(output):
        raise UsageError(
            "there is a file of that name, and it is no earlier map",
            place=str(output),
            hint="choose another name or remove it",
        )
    if kind is None and output is not None and not to_stdout:
        ending = output.suffix.lower()
        if ending and ending not in _FORMATS:
            raise UsageError(
                f"'{ending}' is no format of a map",
                place=str(output),
                hint="end it in .html, .json or .graphml, or give --format",
            )
    if kind is None:
        kind = "html" if to_stdout else _FORMATS.get(str(output.suffix).lower(), "html")  # type: ignore[union-attr]
    if to_stdout and kind == "html" and is_terminal(sys.stdout):
        raise UsageError("a page is not for a terminal", hint="write it with -o graph.html")
    with session.vault() as vault:
        data = vault.map.data(
            tags=tags, properties=properties, attachments=attachments, derived=derived
        )
        if kind == "json":
            text = vault.map.json(data)
        elif kind == "graphml":
            text = vault.map.graphml(data)
        else:
            from vaultdots.page.compose import PageOptions, page_of

            text = page_of(vault, data, PageOptions(title=title or vault.root.name))
    if to_stdout:
        escaped = {"json": json_escaped, "graphml": xml_escaped}.get(kind)
        write_data(escaped(text) if escaped else text)
        return 0
    assert output is not None
    try:
        _write(output, text)
    except OSError as error:
        raise UsageError(f"it cannot be written ({error.strerror})", place=str(output)) from None
    size = f"{counted(len(data.nodes), 'dot')}, {counted(len(data.edges), 'connection')}"
    note(f"{size}: {output}")
    return 0


# How the files that this command writes begin: a note or another's page is never written over.
_BEGINNINGS = ("<!doctype html>", '{"nodes": [', "<?xml")
_MARK_WITHIN = 4000


def _is_earlier_output(path: Path) -> bool:
    """Whether nothing is at `path`, or a file that this command wrote."""
    try:
        with path.open("rb") as stream:
            head = stream.read(_MARK_WITHIN).decode("utf-8", "replace")
    except FileNotFoundError:
        return True
    except OSError:
        # A folder, a broken link, no permission: writing will say it.
        return True
    if head.startswith(_BEGINNINGS[0]):
        return 'name="generator" content="vaultdots"' in head
    return not head or (head.startswith(_BEGINNINGS[1:]) and path.suffix.lower() in _FORMATS)


def _write(path: Path, text: str) -> None:
    """Write beside and rename: the old map or the new one, never half of one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and not path.is_file():
        # A device or a pipe (`-o /dev/stdout`) cannot be renamed over.
        path.write_text(text, encoding="utf-8", errors="replace", newline="\n")
        return
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_text(text, encoding="utf-8", errors="replace", newline="\n")
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
