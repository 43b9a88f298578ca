"""`dots lsp`: the language server on stdin and stdout."""

from __future__ import annotations

import logging
import os
import sys

import click

from vaultdots.cli.own_options import OwnHelp, option
from vaultdots.cli.session import Session


@click.command("lsp", cls=OwnHelp)
@option("--log", "log_file", type=click.Path(dir_okay=False), help="Write a log to a file.")
@click.pass_obj
def lsp(session: Session, log_file: str | None) -> int:
    """Serve an editor: completion, links, renames, findings, over the Language Server Protocol.

    The editor starts it and speaks to it on stdin and stdout; `docs/editors.md` says how. Each
    folder of the editor's workspace is a vault, unless --vault names one.

    \b
    Example: dots lsp
    """
    import gc

    # A hundred thousand objects are made that all stay: to look for garbage among them takes a
    # tenth of the start. The server begins again when it is ready.
    gc.disable()
    from vaultdots.cli.language import words_of_editor
    from vaultdots.lsp.features import register
    from vaultdots.lsp.server import DotsServer

    if log_file is not None:
        logging.basicConfig(filename=log_file, level=logging.INFO)
    else:
        logging.disable(logging.CRITICAL)
    server = DotsServer(session.path, words=words_of_editor)
    register(server)
    # The protocol has a stream of its own: nothing else that is printed can break it, and the end
    # of the session does not close ours.
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as stream:
        _widen(stream.fileno())
        sys.stdout = sys.stderr
        server.start_io(sys.stdin.buffer, stream)
    return 0


def _widen(pipe: int) -> None:
    """Let an answer of a megabyte go into the pipe at once (Linux): by 64 KB at a time, server and
    editor wake each other up for each piece."""
    import contextlib

    try:
        import fcntl
    except ImportError:  # Windows
        return
    if hasattr(fcntl, "F_SETPIPE_SZ"):
        with contextlib.suppress(OSError):
            fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE)


_PIPE = 1 << 20
"""Bytes: the most that a system lets everybody have."""
_MOST_INPUT = 64_000_000


@click.command(cls=OwnHelp)
@click.argument("event", metavar="EVENT")
@option("--schema", is_flag=True, help="Print the JSON schema of questions and answers.")
@click.pass_obj
def hook(session: Session, event: str, schema: bool) -> int:
    """Answer one question of an editor: complete, resolve, backlinks, search or on-save.

    One JSON object on stdin (`path`, `line`, `column` from 1 in code points, `text` of the unsaved
    buffer; or `query`; `limit`), one on stdout. docs/editors.md has both.

    \b
    Example: echo '{"path": "a.md", "line": 3, "column": 9}' | dots hook complete
    """
    import json

    from vaultdots.cli.terminal import json_escaped, write_data
    from vaultdots.editor.hook import answer, schema_text
    from vaultdots.errors import UsageError

    if schema:
        write_data(schema_text())
        return 0
    data = sys.stdin.buffer.read(_MOST_INPUT + 1)
    if len(data) > _MOST_INPUT:
        raise UsageError("the question is larger than 64 MB")
    try:
        asked = json.loads(data.decode("utf-8"))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        reason = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
        raise UsageError(f"stdin is not a JSON object ({reason})") from None
    with session.vault(indexing=True) as vault:
        found = answer(vault, event, asked)
    write_data(json_escaped(json.dumps(found, ensure_ascii=False)) + "\n")
    return 0
