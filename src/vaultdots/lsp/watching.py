"""Noticing what other programs do to the files: the editor's own watcher, else ours."""

from __future__ import annotations

import asyncio
import contextlib
import os
import threading

from lsprotocol import types

from vaultdots.editor.desk import Desk
from vaultdots.lsp.server import DotsServer

_STEP_MS = 400
_LONGEST_MS = 3_000


def watch(server: DotsServer) -> None:
    """Have the editor tell of changed files; where it cannot (Neovim on Linux), look ourselves, at
    the vaults that are opened later too."""
    workspace = server.client_capabilities.workspace
    watcher = workspace.did_change_watched_files if workspace else None
    if watcher is not None and watcher.dynamic_registration:
        options = types.DidChangeWatchedFilesRegistrationOptions([types.FileSystemWatcher("**/*")])
        server.client_register_capability(
            types.RegistrationParams(
                [
                    types.Registration(
                        "dots-files", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options
                    )
                ]
            )
        )
        return
    loop = asyncio.get_running_loop()

    def look_at(desk: Desk) -> None:
        stop = threading.Event()
        server.stops[id(desk)] = stop
        root = os.path.realpath(desk.vault.root)
        thread = threading.Thread(target=_look, args=(server, loop, root, stop), daemon=True)
        thread.start()

    server.look_at = look_at
    for desk in server.desks:
        look_at(desk)


def _look(
    server: DotsServer, loop: asyncio.AbstractEventLoop, root: str, stop: threading.Event
) -> None:
    import watchfiles

    with contextlib.suppress(RuntimeError, OSError):
        for _ in watchfiles.watch(
            root,
            stop_event=stop,
            step=_STEP_MS,
            debounce=_LONGEST_MS,
            raise_interrupt=False,
            ignore_permission_denied=True,
        ):
            loop.call_soon_threadsafe(server.sync_later)
