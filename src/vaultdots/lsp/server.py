"""The server: which vaults are open, which notes are on the screen, when files are read again.

One thread answers everything about the texts; what takes long (`lsp.background`) has a process and
a vault of its own.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import json
import logging
import os
import threading
from collections.abc import Callable, Iterator
from functools import lru_cache, wraps
from itertools import chain
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from lsprotocol import types
from pygls import uris
from pygls.exceptions import JsonRpcInvalidRequest
from pygls.lsp.server import LanguageServer

from vaultdots import __version__
from vaultdots.editor.companion import Companion
from vaultdots.editor.desk import Desk, is_note
from vaultdots.editor.suggest import Suggestions
from vaultdots.errors import DotsError
from vaultdots.lsp.background import Background
from vaultdots.lsp.positions import BOM, Desktop, Ruler
from vaultdots.lsp.protocol import Protocol
from vaultdots.lsp.references import References
from vaultdots.text.fitting import filled
from vaultdots.vault import Vault

log = logging.getLogger(__name__)
PUSH_AFTER = 0.12
"""Seconds of rest after a keystroke before findings are pushed."""
COMPANION_AFTER = 1.5
"""Seconds of rest before the companion looks at a review again."""
_EDITOR_EACH = 5.0
"""Seconds after which the server looks whether its editor is still there."""
_BETWEEN_STEPS = 0.01
"""Seconds between two steps of what is read ahead."""
_GARBAGE = 50_000
"""New objects after which garbage is looked for."""
_END = object()
SYNC_AFTER = 0.25
"""Seconds of rest after the last file event before the vault is read again."""


class DotsServer(LanguageServer):
    """The vaults of the workspace's folders, and the notes that are open in them."""

    def __init__(
        self,
        vault: Path | None = None,
        environ: dict[str, str] | None = None,
        words: Callable[[str | None], Callable[[str], str]] = lambda locale: str,
    ) -> None:
        """vault: `--vault`; None: the workspace's folders. words: the editor's language, None where
        it says none, → the translation of what is shown."""
        super().__init__("vaultdots", __version__, protocol_cls=Protocol)
        self.given = vault
        self.environ = dict(os.environ if environ is None else environ)
        self.words = words
        self.translate: Callable[[str], str] = str
        self.desks: list[Desk] = []
        self.pulls = False
        self.options: dict[str, Any] = {}
        self.background = Background(self.environ)
        self.companion = Companion()
        self.suggestions = Suggestions()
        self.references = References()
        self.fates: dict[tuple[int, str], Any] = {}
        self.fates_asked: dict[int, tuple[int, float]] = {}
        self.look_at: Callable[[Desk], None] = lambda desk: None
        """Begins to watch a vault's files, where the editor does not (`lsp.watching`)."""
        self.stops: dict[int, threading.Event] = {}
        self._uris: dict[tuple[int, str], str] = {}
        self._boms: set[str] = set()
        self._timers: dict[str, asyncio.TimerHandle] = {}

    # -- vaults ----------------------------------------------------------------------------------

    def open_folder(self, folder: str) -> Desk | None:
        """The vault of a folder; opened where it is not yet."""
        for desk in self.desks:
            if desk.path_of(str(Path(folder) / "x.md")) is not None:
                return desk
        try:
            desk = Desk(Vault.open(folder, environ=self.environ))
        except DotsError as error:
            self.say(self.translate(str(error)), types.MessageType.Warning)
            return None
        desk.translate = self.translate
        self.desks.append(desk)
        self.look_at(desk)
        for uri in list(self.workspace.text_documents):
            if (place := self.place_of(uri)) is not None and place[0] is desk:
                self.opened(uri)
        return desk

    def close_folder(self, folder: str) -> None:
        """A folder leaves the workspace."""
        root = os.path.realpath(folder)
        for desk in list(self.desks):
            if os.path.realpath(desk.vault.root) == root:
                for path in list(desk.texts):
                    self.closed(self.uri_of(desk, path))
                self.desks.remove(desk)
                self._forget(desk)
                desk.vault.close()
                self.warm_later()

    def _forget(self, desk: Desk) -> None:
        """Let go of what is kept of a vault: its number may be that of another one later."""
        if (stop := self.stops.pop(id(desk), None)) is not None:
            stop.set()
        self.references.forget(desk)
        self.fates.pop((id(desk), ""), None)
        self.fates_asked.pop(id(desk), None)
        for kept in (self._uris, self.companion.facts, self.suggestions.found):
            for key in [key for key in kept if key[0] == id(desk)]:
                del kept[key]

    def close_all(self) -> None:
        """The session is over."""
        for timer in self._timers.values():
            timer.cancel()
        for stop in self.stops.values():
            stop.set()
        self.background.stop()
        for desk in self.desks:
            desk.vault.close()
        self.desks.clear()

    def stay_with(self, editor: int | None) -> None:
        """Leave when the editor's process is gone: its pipe may live on in another one. An editor
        that is not there from the start lives on another system (a server in a container)."""
        if editor is not None and _is_there(editor):
            self._after("editor", _EDITOR_EACH, lambda: self._look_for(editor))

    def _look_for(self, editor: int) -> None:
        if not _is_there(editor):
            self.close_all()
            # The thread that waits for the pipe would hold a usual end up.
            os._exit(1)
        self.stay_with(editor)

    def say(self, text: str, kind: types.MessageType = types.MessageType.Info) -> None:
        """Show the person a line."""
        self.window_show_message(types.ShowMessageParams(kind, text))

    def refusal(self, message: str, *values: object) -> JsonRpcInvalidRequest:
        """Why a request is not carried out, in the person's language: editors show it. `{0}` stands
        for the first value."""
        said = self.translate(message)
        return JsonRpcInvalidRequest(filled(said, tuple(map(str, values))) if values else said)

    # -- notes -----------------------------------------------------------------------------------

    def place_of(self, uri: str) -> tuple[Desk, str] | None:
        """The vault and the path of a document; None where it belongs to no vault."""
        file = uris.to_fs_path(uri)
        if not file or not uri.startswith("file:"):
            return None
        for desk in self.desks:
            path = desk.path_of(file)
            if path is not None:
                return desk, path
        return None

    def path_in(self, desk: Desk, uri: str) -> str | None:
        """The path of an address in one vault."""
        file = uris.to_fs_path(uri) if uri.startswith("file:") else None
        return desk.path_of(file) if file else None

    def uri_of(self, desk: Desk, path: str) -> str:
        """A note's address: as the editor writes it where the note is open."""
        known = self._uris.get((id(desk), path))
        return known or file_uri(desk.file_of(path))

    def uri_text(self, desk: Desk, path: str) -> str:
        """The same as JSON."""
        known = self._uris.get((id(desk), path))
        return json.dumps(known) if known else _uri_text(desk.file_of(path))

    def ruler(self, desk: Desk, path: str) -> Ruler:
        """The way between a note's text and positions."""
        sheet = desk.sheet(path)
        bom = self._uris.get((id(desk), path)) in self._boms
        if sheet is None:
            return Ruler("", self.encoding, bom=bom)
        return Ruler(sheet.text, self.encoding, bom=bom, lines=sheet.lines)

    @property
    def encoding(self) -> types.PositionEncodingKind | str | None:
        """The unit of columns that was agreed upon."""
        return self.workspace.position_encoding

    def version_of(self, uri: str) -> int | None:
        """The version of an open document."""
        document = self.workspace.text_documents.get(unquote(uri))
        return document.version if document else None

    def opened(self, uri: str) -> None:
        """A document is open, or its text has changed."""
        place = self.place_of(uri)
        if place is None:
            return
        desk, path = place
        text = self.workspace.get_text_document(uri).source
        self._uris[id(desk), path] = uri
        if text.startswith(BOM):
            self._boms.add(uri)
            text = text[1:]
        else:
            self._boms.discard(uri)
        if is_note(path):
            desk.put(path, text)
        self.push_later()
        self._after("companion", COMPANION_AFTER, self._companion)

    def closed(self, uri: str) -> None:
        """A document is closed: the file on disk counts."""
        place = self.place_of(uri)
        if place is None:
            return
        desk, path = place
        for kept in (self._uris, self.companion.facts, self.suggestions.found):
            kept.pop((id(desk), path), None)
        self._boms.discard(uri)
        desk.close(path)
        if not self.pulls:
            self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))
        self.push_later()

    def open_notes(self) -> Iterator[tuple[Desk, str, str]]:
        """(vault, path, address) of the notes that are open."""
        for desk in self.desks:
            for path in list(desk.texts):
                yield desk, path, self.uri_of(desk, path)

    # -- files -----------------------------------------------------------------------------------

    def sync(self) -> None:
        """Read what changed on disk, and have the editor ask again what depends on it."""
        changed = False
        for desk in self.desks:
            try:
                changed |= desk.sync()
            except DotsError as error:
                log.warning("the vault cannot be read: %s", error)
        if changed:
            self.push_later()
            self.refresh()
            self.warm_later()

    def sync_later(self) -> None:
        """Read the files again once they rest."""
        self._after("sync", SYNC_AFTER, self.sync)

    def warm_later(self) -> None:
        """Read the names, then who links to the most linked notes, one step at a time: between two
        of them whatever the person asks is answered."""
        steps = chain.from_iterable(_warming(self, desk) for desk in list(self.desks))

        def step() -> None:
            if next(steps, _END) is not _END:
                self._after("warm", _BETWEEN_STEPS, step)
            else:
                _keep_what_is_there()

        self._after("warm", _BETWEEN_STEPS, step)

    def push_later(self) -> None:
        """Push findings once the keyboard rests, to an editor that does not ask for them."""
        if not self.pulls:
            self._after("push", PUSH_AFTER, self._push)

    def _after(self, name: str, seconds: float, act: Any) -> None:
        waiting = self._timers.pop(name, None)
        if waiting is not None:
            waiting.cancel()
        with contextlib.suppress(RuntimeError):
            self._timers[name] = asyncio.get_running_loop().call_later(seconds, act)

    def _companion(self) -> None:
        from vaultdots.lsp.commands import ask_companion

        ask_companion(self)

    def _push(self) -> None:
        from vaultdots.lsp.answers import diagnostics

        for desk, path, uri in self.open_notes():
            found = diagnostics(self, desk, path)
            self.text_document_publish_diagnostics(
                types.PublishDiagnosticsParams(uri, found, self.version_of(uri))
            )

    def refresh(self) -> None:
        """Have the editor ask again, where it can be told to."""
        workspace = self.client_capabilities.workspace
        if workspace is None:
            return
        if self.pulls and (asked := workspace.diagnostics) and asked.refresh_support:
            self.workspace_diagnostic_refresh(None)
        if (lenses := workspace.code_lens) and lenses.refresh_support:
            self.workspace_code_lens_refresh(None)
        if (hints := workspace.inlay_hint) and hints.refresh_support:
            self.workspace_inlay_hint_refresh(None)


def _is_there(process: int) -> bool:
    """Whether a process of this number lives on this system."""
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        pass
    return True


def _keep_what_is_there() -> None:
    """What was made so far stays: no look for garbage goes through it again. Such looks took twenty
    milliseconds, in the middle of an answer."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_GARBAGE)
    gc.enable()


def file_uri(file: str) -> str:
    """The address of an absolute path, byte for byte. Of ten thousand notes that name one note it
    is asked for by one request."""
    folder, _, name = file.rpartition("/")
    return f"{_folder_uri(folder)}/{quote(os.fsencode(name))}"


@lru_cache(maxsize=20_000)
def _uri_text(file: str) -> str:
    """The address as JSON: a note that links to many is written in the answers about each."""
    return json.dumps(file_uri(file))


@lru_cache(maxsize=1000)
def _folder_uri(folder: str) -> str:
    return f"file://{quote(os.fsencode(folder))}"


def _warming(server: DotsServer, desk: Desk) -> Iterator[None]:
    yield from desk.names.warming()
    for path in desk.hubs():
        desk.backlinks(path)
        yield
        server.references.of(server, desk, path)
        yield


def folders_of(params: types.InitializeParams) -> list[str]:
    """The folders of the workspace, as paths."""
    found = [folder.uri for folder in params.workspace_folders or ()]
    if not found and params.root_uri:
        found = [params.root_uri]
    paths = [uris.to_fs_path(uri) for uri in found]
    if not found and params.root_path:
        paths = [params.root_path]
    return [path for path in paths if path]


def use_our_documents(server: DotsServer) -> None:
    """Put documents whose lines end where the protocol ends them in the place of pygls's."""
    workspace = server.workspace
    server.protocol._workspace = Desktop(
        workspace.root_uri,
        server._text_document_sync_kind,
        list(workspace.folders.values()),
        workspace.position_encoding,
    )


def on(
    server: DotsServer, method: str, options: Any = None
) -> Callable[[Callable[[Desk, str, Any], Any]], Any]:
    """Answer a request about a document; None where it belongs to no vault."""

    def decorate(answer: Callable[[Desk, str, Any], Any]) -> Any:
        @server.feature(method, options)
        @wraps(answer)
        def handler(params: Any) -> Any:
            place = server.place_of(params.text_document.uri)
            if place is None:
                return None
            try:
                return answer(*place, params)
            except DotsError as error:
                log.warning("%s: %s", method, error)
                return None

        return handler

    return decorate
