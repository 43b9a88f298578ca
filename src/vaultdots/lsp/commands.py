"""workspace/executeCommand: what takes long runs beside the keyboard and comes back as JSON."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcInvalidParams, JsonRpcInvalidRequest

from vaultdots.editor.commands import COMMANDS, Command, new_note
from vaultdots.editor.companion import Facts, gather, is_for
from vaultdots.editor.desk import Desk
from vaultdots.errors import DotsError
from vaultdots.lsp.edits import can, workspace_edit
from vaultdots.lsp.server import DotsServer
from vaultdots.vault import Vault


def register(server: DotsServer) -> None:
    """Answer commands."""
    for name, command in COMMANDS.items():
        server.command(name)(_handler(server, command))

    @server.command("dots.new")
    async def new(*arguments: Any) -> Any:
        desk, _, options = _arguments(server, arguments)
        title = str(options.get("title") or "").strip()
        if not title:
            raise JsonRpcInvalidParams("'title' is missing")
        path = str(options.get("path") or f"{title}.md")
        change = new_note(path, title)
        if desk.catalog.role_of(path) is not None:
            raise JsonRpcInvalidRequest(f"'{path}' is there already")
        if not can(server, types.ResourceOperationKind.Create):
            raise JsonRpcInvalidRequest("this editor cannot create files: use `dots new`")
        edit = workspace_edit(server, desk, change)
        await server.workspace_apply_edit_async(types.ApplyWorkspaceEditParams(edit))
        return {"path": path}


def _handler(server: DotsServer, command: Command) -> Callable[..., Coroutine[Any, Any, Any]]:
    async def handler(*arguments: Any) -> Any:
        desk, path, options = _arguments(server, arguments)

        def job(vault: Vault) -> Any:
            return command(vault, path, options)

        result = await in_background(server, desk, job)
        if isinstance(result, DotsError):
            raise JsonRpcInvalidRequest(str(result))
        if isinstance(result, Exception):
            raise result
        return result

    return handler


def _arguments(server: DotsServer, arguments: tuple[Any, ...]) -> tuple[Desk, str, dict[str, Any]]:
    """The note's path or address first, then one object of options."""
    first = arguments[0] if arguments else ""
    options = arguments[1] if len(arguments) > 1 else {}
    if not isinstance(first, str) or not isinstance(options or {}, dict) or len(arguments) > 2:
        raise JsonRpcInvalidParams("a note's path or address, then one object of options")
    if first.startswith("file:"):
        place = server.place_of(first)
    else:
        desk = server.desks[0] if server.desks else None
        inside = desk.path_of(str(Path(desk.vault.root) / first)) if desk and first else ""
        place = (desk, inside or "") if desk is not None and inside is not None else None
    if place is None:
        raise JsonRpcInvalidRequest("this note is in no vault")
    return place[0], place[1], dict(options or {})


async def in_background(server: DotsServer, desk: Desk, job: Callable[[Vault], Any]) -> Any:
    """The result of a job that runs beside the keyboard."""
    loop = asyncio.get_running_loop()
    future: asyncio.Future[Any] = loop.create_future()

    def take(result: Any) -> None:
        if not future.done():
            future.set_result(result)

    def done(result: Any) -> None:
        loop.call_soon_threadsafe(take, result)

    server.background.run(Path(desk.vault.root), job, done)
    return await future


def ask_companion(server: DotsServer) -> None:
    """Gather what the companion says of the reviews that are open."""
    if server.options.get("companion") is False:
        return
    loop = asyncio.get_running_loop()
    for desk, path, _ in server.open_notes():
        sheet = desk.sheet(path)
        if sheet is None or not is_for(sheet):
            continue
        if desk.vault.config_table("editor").get("companion") is False:
            continue

        def job(vault: Vault, path: str = path, text: str = sheet.text) -> Facts | None:
            return gather(vault, path, text)

        def done(result: Any, desk: Desk = desk, path: str = path) -> None:
            if isinstance(result, Facts):
                loop.call_soon_threadsafe(_take, server, desk, path, result)

        server.background.run(Path(desk.vault.root), job, done)


def _take(server: DotsServer, desk: Desk, path: str, facts: Facts) -> None:
    if server.companion.facts.get((id(desk), path)) != facts:
        server.companion.facts[id(desk), path] = facts
        server.refresh()
