"""Noticing what other programs do to the files: the editor's own watcher, else ours."""

from __future__ import annotations

import asyncio
import contextlib
import os
import threading

from lsprotocol import types

from vaultdots.lsp.server import DotsServer

_STEP_MS = 400
_LONGEST_MS = 3_000


def watch(server: DotsServer) -> None:
    """Have the editor tell of changed files; where it cannot (Neovim on Linux), look ourselves."""
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
    roots = [os.path.realpath(desk.vault.root) for desk in server.desks]
    if roots:
        loop = asyncio.get_running_loop()
        stop = threading.Event()
        server.stops.append(stop)
        thread = threading.Thread(target=_look, args=(server, loop, roots, stop), daemon=True)
        thread.start()


def _look(
    server: DotsServer, loop: asyncio.AbstractEventLoop, roots: list[str], stop: threading.Event
) -> None:
    import watchfiles

    with contextlib.suppress(RuntimeError, OSError):
        for _ in watchfiles.watch(
            *roots,
            stop_event=stop,
            step=_STEP_MS,
            debounce=_LONGEST_MS,
            raise_interrupt=False,
            ignore_permission_denied=True,
        ):
            loop.call_soon_threadsafe(server.sync_later)
