"""`dots graph`."""

from __future__ import annotations

from pathlib import Path

import click

from vaultdots.cli.output import note, passing, write
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
@click.option("--title", default="", help="The page's title; else the vault's name.")
@passing
def graph(
    session: Session,
    output: Path | None,
    kind: str | None,
    tags: bool,
    properties: bool,
    attachments: bool,
    title: str,
) -> int:
    """The vault as a map, in one HTML page.

    The page needs no network and runs no script but its own. JSON and GraphML as well.

    Example: dots graph -o graph.html
    """
    to_stdout = output is None or str(output) == "-"
    if kind is None:
        kind = "html" if to_stdout else _FORMATS.get(str(output.suffix).lower(), "html")  # type: ignore[union-attr]
    with session.vault() as vault:
        data = vault.graph_data(tags=tags, properties=properties, attachments=attachments)
        if kind == "json":
            text = vault.graph_json(data)
        elif kind == "graphml":
            text = vault.graph_ml(data)
        else:
            from vaultdots.page.html import render

            text = render(data, vault.layout(data), title=title or vault.root.name)
    if to_stdout:
        write(text)
        return 0
    assert output is not None
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_text(text, encoding="utf-8", errors="replace", newline="\n")
    except OSError as error:
        raise UsageError(f"it cannot be written ({error.strerror})", place=str(output)) from None
    note(f"{len(data.nodes):,} dots, {len(data.edges):,} connections: {output}")
    return 0
