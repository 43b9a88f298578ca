"""workspace/executeCommand: what takes long runs beside the keyboard and comes back as JSON."""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Callable, Coroutine, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcInvalidParams

from vaultdots.editor import lens, review_facts, suggest
from vaultdots.editor.commands import COMMANDS, WRITING, Command, new_note
from vaultdots.editor.desk import Desk, Sheet
from vaultdots.errors import DotsError
from vaultdots.lsp.edits import can, workspace_edit
from vaultdots.lsp.server import DotsServer
from vaultdots.vault import Change, Vault

_FATES_REST = 20
"""What became of the goals is asked again at the soonest after so many times as long as it took: a
save changes it seldom, and the answer takes seconds where there are hundreds of reviews."""


def register(server: DotsServer) -> None:
    """Answer commands."""
    for name, command in COMMANDS.items():
        server.command(name)(_handler(server, command))

    @server.command("dots.new")
    async def new(*arguments: Any) -> Any:
        desk, _, options = _arguments(server, arguments)
        if not can(server, types.ResourceOperationKind.Create):
            raise server.refusal("this editor cannot create files: use `dots new`")
        try:
            change = new_note(desk, options)
        except DotsError as error:
            raise server.refusal(str(error)) from None
        await _apply(server, desk, change)
        return {"path": change.new_files[0].path}

    @server.command("dots.accept")
    async def accept_(*arguments: Any) -> Any:
        desk, path, options = _arguments(server, arguments)
        target, line = options.get("target"), options.get("line")
        sheet = desk.sheet(path)
        if not isinstance(target, str) or not isinstance(line, int | None) or sheet is None:
            raise JsonRpcInvalidParams("a note, and 'target', 'line' as `dots.connect` has them")
        text = sheet.text
        found = await in_background(server, desk, partial(suggest.gather, path=path, text=text))
        if isinstance(found, Exception):
            raise server.refusal(str(found))
        change = suggest.accept(desk, path, found, target, line)
        if change is None:
            raise server.refusal("there is no such connection to '{0}' by now", target)
        await _apply(server, desk, change)
        return {"path": path, "target": target}

    @server.command("dots.companion")
    def companion(*arguments: Any) -> Any:
        desk, path, _ = _arguments(server, arguments)
        return server.companion.rows(desk, path)


async def _apply(server: DotsServer, desk: Desk, change: Change) -> None:
    edit = workspace_edit(server, desk, change)
    answer = await server.workspace_apply_edit_async(types.ApplyWorkspaceEditParams(edit))
    if not answer.applied:
        why = answer.failure_reason or "?"
        raise server.refusal("the editor has not made the change: {0}", why)


def _handler(server: DotsServer, command: Command) -> Callable[..., Coroutine[Any, Any, Any]]:
    async def handler(*arguments: Any) -> Any:
        desk, path, options = _arguments(server, arguments)
        if command is COMMANDS["dots.proposals"] and options.get("accept") is not None:
            _refuse_unsaved(server, desk, str(options["accept"]))
        job = partial(_done, command, path, options)
        result = await in_background(server, desk, job, may_stop=command not in WRITING)
        if isinstance(result, DotsError):
            raise server.refusal(str(result))
        if isinstance(result, Exception):
            raise result
        return result

    return handler


def _done(command: Command, path: str, options: dict[str, Any], vault: Vault) -> Any:
    return command(vault, path, options)


def _refuse_unsaved(server: DotsServer, desk: Desk, proposal: str) -> None:
    """What is written to a file under unsaved text, the next save takes back, unseen."""
    try:
        paths = desk.vault.proposals.get(proposal).paths
    except DotsError as error:
        raise server.refusal(str(error)) from None
    unsaved = [path for path in paths if desk.is_unsaved(path)]
    if unsaved:
        raise server.refusal("{0}: save what you typed first", ", ".join(unsaved))


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
        raise server.refusal("this note is in no vault")
    return place[0], place[1], dict(options or {})


async def in_background(
    server: DotsServer, desk: Desk, job: Callable[[Vault], Any], *, may_stop: bool = True
) -> Any:
    """The result of a job that runs beside the keyboard; broken off where nobody waits any more."""
    loop = asyncio.get_running_loop()
    future: asyncio.Future[Any] = loop.create_future()

    def take(result: Any) -> None:
        if not future.done():
            future.set_result(result)

    def done(result: Any) -> None:
        loop.call_soon_threadsafe(take, result)

    background = server.background
    root = Path(desk.vault.root)
    background.run(root, job, done, lambda: not future.done(), may_stop=may_stop)
    try:
        return await future
    except asyncio.CancelledError:
        background.look_again()
        raise


def ask_companion(server: DotsServer) -> None:
    """Gather what the companion says of the reviews that are open, what to connect, and, once for
    what stands on disk, what became of the goals."""
    loop = asyncio.get_running_loop()
    for desk in server.desks:
        _ask_fates(server, desk, loop)
    for desk, path, _ in server.open_notes():
        sheet = desk.sheet(path)
        if sheet is None:
            continue
        for job, store in _wanted(server, desk, sheet):

            def done(
                result: Any,
                desk: Desk = desk,
                path: str = path,
                store: dict[tuple[int, str], Any] = store,
            ) -> None:
                if result is not None and not isinstance(result, Exception):
                    loop.call_soon_threadsafe(_take, server, store, (id(desk), path), result)

            server.background.run(Path(desk.vault.root), job, done)


def _ask_fates(server: DotsServer, desk: Desk, loop: asyncio.AbstractEventLoop) -> None:
    generation, key = desk.catalog.generation, id(desk)
    asked, not_before = server.fates_asked.get(key, (-1, 0.0))
    began = time.monotonic()
    if not desk.texts or asked == generation or began < not_before:
        return
    server.fates_asked[key] = generation, math.inf

    def done(result: Any) -> None:
        now = time.monotonic()
        server.fates_asked[key] = generation, now + _FATES_REST * (now - began)
        if not isinstance(result, Exception):
            loop.call_soon_threadsafe(_take, server, server.fates, (id(desk), ""), result)

    server.background.run(Path(desk.vault.root), lens.fates, done)


def _wanted(
    server: DotsServer, desk: Desk, sheet: Sheet
) -> Iterator[tuple[Callable[[Vault], Any], dict[tuple[int, str], Any]]]:
    """What is gathered for a note, and where it is kept."""
    table = desk.vault.config_table("editor")
    path, text = sheet.path, sheet.text
    silent = server.options.get("companion") is False or table.get("companion") is False
    if review_facts.is_for(sheet) and not silent:
        yield partial(review_facts.gather, path=path, text=text), server.companion.facts
    where = server.options.get("suggestions", table.get("suggestions", suggest.WHERE[0]))
    if suggest.are_for(sheet, where) and not silent:
        yield partial(suggest.gather, path=path, text=text), server.suggestions.found


def _take(
    server: DotsServer, store: dict[tuple[int, str], Any], key: tuple[int, str], result: Any
) -> None:
    if store.get(key) != result:
        store[key] = result
        server.refresh()
