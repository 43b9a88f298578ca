"""`dots mcp`, `proposals`, `skill`: what agents use, and what the person decides of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from vaultdots.cli.output import (
    Column,
    and_more,
    force_option,
    json_options,
    note,
    passing,
    print_table,
    printed,
    translated,
    write,
)
from vaultdots.cli.own_options import OwnHelp, option
from vaultdots.cli.session import Session
from vaultdots.errors import UsageError

if TYPE_CHECKING:
    from vaultdots.vault import Vault

_SHOWN_PATHS = 3


@click.command(cls=OwnHelp)
@option("--allow-writes", is_flag=True, help="With a tool that applies proposals.")
@passing
def mcp(session: Session, allow_writes: bool) -> int:
    """Serve agents: search, read and propose, over the Model Context Protocol on stdin and stdout.

    An agent changes nothing: what it proposes waits for `dots proposals`. Needs the extra `mcp`:
    uv tool install ".[mcp]" in the folder of dots. docs/agents.md says how to set it up.

    \b
    Example: dots --vault ~/notes mcp
    """
    try:
        from vaultdots.mcp.server import serve
    except ModuleNotFoundError as error:
        if (error.name or "").split(".")[0] != "mcp":
            raise
        raise UsageError(
            "the package 'mcp' is not installed",
            hint='install dots with it: uv tool install ".[mcp]" in its folder',
        ) from None
    import logging

    logging.disable(logging.CRITICAL)
    with session.vault(indexing=True) as vault:
        serve(vault, allow_writes=allow_writes)
    return 0


@click.command(cls=OwnHelp)
@option("--show", metavar="ID", help="What it would change, as a unified diff.")
@option("--apply", "accept", metavar="ID", help="Write it; `dots undo` takes it back.")
@option("--reject", metavar="ID", help="Forget it.")
@force_option
@json_options
@passing
def proposals(
    session: Session,
    show: str | None,
    accept: str | None,
    reject: str | None,
    force: bool,
    as_json: bool,
    jsonl: bool,
) -> int:
    """What agents proposed (`dots mcp`): list it, look at it, accept or reject it.

    A proposal whose files were changed since is refused, and nothing is written.

    Example: dots proposals --show 3f0a91c2
    """
    if sum(name is not None for name in (show, accept, reject)) > 1:
        raise click.UsageError("give one of --show, --apply and --reject")
    with session.vault(indexing=True) as vault:
        if show is not None:
            write(vault.proposals.diff(vault.proposals.get(show)) + "\n")
            return 0
        if accept is not None:
            record = vault.proposals.apply(accept, force=force)
            paths = _paths(record.paths) if record else translated("nothing changed")
            note(f"applied {accept}: {paths}")
            return 0
        if reject is not None:
            vault.proposals.reject(reject)
            note(f"rejected {reject}")
            return 0
        return _listed(vault, as_json=as_json, jsonl=jsonl)


def _listed(vault: Vault, *, as_json: bool, jsonl: bool) -> int:
    found = vault.proposals.waiting()
    if printed(found, as_json=as_json, jsonl=jsonl):
        return 0 if found else 1
    if found:
        print_table(
            [
                Column("id"), Column("when", dim=True), Column("operation"),
                Column("files", give=True), Column("why", give=True),
            ],
            [
                [p.id, p.when[:16].replace("T", " "), p.operation, _paths(p.paths), p.why]
                for p in found
            ],
        )  # fmt: skip
    else:
        note("no proposal waits")
    return 0 if found else 1


def _paths(paths: tuple[str, ...]) -> str:
    return ", ".join(paths[:_SHOWN_PATHS]) + and_more(len(paths) - _SHOWN_PATHS)


@click.command(cls=OwnHelp)
def skill() -> int:
    """Print SKILL.md: one page that teaches an agent these commands.

    \b
    Example: dots skill > .claude/skills/dots/SKILL.md
    """
    from importlib.resources import files

    write(files("vaultdots.mcp").joinpath("SKILL.md").read_text(encoding="utf-8"))
    return 0
