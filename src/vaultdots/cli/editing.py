"""`dots lsp`: the language server on stdin and stdout."""

from __future__ import annotations

import logging
import os
import sys

import click

from vaultdots.cli.session import Session


@click.command("lsp")
@click.option("--log", "log_file", type=click.Path(dir_okay=False), help="Write a log to a file.")
@click.pass_obj
def lsp(session: Session, log_file: str | None) -> int:
    """Serve an editor: completion, links, renames, findings, over the Language Server Protocol.

    The editor starts it and speaks to it on stdin and stdout; `docs/editors.md` says how. Each
    folder of the editor's workspace is a vault, unless --vault names one.

    \b
    Example: dots lsp
    """
    from vaultdots.lsp.features import register
    from vaultdots.lsp.server import DotsServer

    if log_file is not None:
        logging.basicConfig(filename=log_file, level=logging.INFO)
    else:
        logging.disable(logging.CRITICAL)
    server = DotsServer(session.path)
    register(server)
    # The protocol has a stream of its own: nothing else that is printed can break it, and the end
    # of the session does not close ours.
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as stream:
        sys.stdout = sys.stderr
        server.start_io(sys.stdin.buffer, stream)
    return 0
