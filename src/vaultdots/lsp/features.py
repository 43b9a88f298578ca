"""The requests that the server answers, each in a few lines over `lsp.answers`."""

from __future__ import annotations

from typing import Any

from lsprotocol import types

from vaultdots.editor import navigate
from vaultdots.editor.desk import Desk
from vaultdots.lsp import acting, answers, commands, renaming, structure
from vaultdots.lsp.server import DotsServer, folders_of, on, use_our_documents

_TRIGGERS = ["[", "#", "^", "/", "(", ":", "|", " "]


def register(server: DotsServer) -> None:
    """Answer the requests of an editor."""
    _lifecycle(server)
    _documents(server)
    _reading(server)
    renaming.register(server)
    structure.register(server)
    acting.register(server)
    commands.register(server)


def _lifecycle(server: DotsServer) -> None:
    @server.feature(types.INITIALIZE)
    def initialize(params: types.InitializeParams) -> None:
        use_our_documents(server)
        options = params.initialization_options
        server.options = dict(options) if isinstance(options, dict) else {}
        server.translate = server.words(params.locale)
        document = params.capabilities.text_document
        server.pulls = document is not None and document.diagnostic is not None
        if server.pulls:
            _pull(server)
        server.stay_with(params.process_id)
        folders = [str(server.given)] if server.given else folders_of(params)
        for folder in folders:
            server.open_folder(folder)

    @server.feature(types.INITIALIZED)
    def initialized(params: types.InitializedParams) -> None:
        from vaultdots.lsp.watching import watch

        watch(server)
        server.warm_later()

    @server.feature(types.SHUTDOWN)
    def shutdown(params: None) -> None:
        server.close_all()

    @server.feature(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)
    def folders_changed(params: types.DidChangeWorkspaceFoldersParams) -> None:
        from pygls import uris

        for folder in params.event.removed:
            server.close_folder(uris.to_fs_path(folder.uri) or "")
        for folder in params.event.added:
            server.open_folder(uris.to_fs_path(folder.uri) or "")
        server.warm_later()


def _documents(server: DotsServer) -> None:
    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: types.DidOpenTextDocumentParams) -> None:
        if server.place_of(params.text_document.uri) is None and not server.desks:
            _open_vault_of(server, params.text_document.uri)
        server.opened(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def changed(params: types.DidChangeTextDocumentParams) -> None:
        server.opened(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def saved(params: types.DidSaveTextDocumentParams) -> None:
        server.sync()

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: types.DidCloseTextDocumentParams) -> None:
        server.closed(params.text_document.uri)

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def files_changed(params: types.DidChangeWatchedFilesParams) -> None:
        server.sync_later()


def _open_vault_of(server: DotsServer, uri: str) -> None:
    """A note that is opened alone: its vault is the nearest folder that says so."""
    from pathlib import Path

    from pygls import uris

    file = uris.to_fs_path(uri)
    for folder in Path(file).parents if file else ():
        if (folder / "dots.toml").exists() or (folder / ".obsidian").is_dir():
            server.open_folder(str(folder))
            server.warm_later()
            return


def _pull(server: DotsServer) -> None:
    @on(
        server,
        types.TEXT_DOCUMENT_DIAGNOSTIC,
        types.DiagnosticOptions(
            inter_file_dependencies=True, workspace_diagnostics=False, identifier="dots"
        ),
    )
    def diagnostic(desk: Desk, path: str, params: Any) -> types.RelatedFullDocumentDiagnosticReport:
        return types.RelatedFullDocumentDiagnosticReport(answers.diagnostics(server, desk, path))


def _reading(server: DotsServer) -> None:
    def known() -> types.TextDocumentClientCapabilities | None:
        return server.client_capabilities.text_document

    @on(
        server,
        types.TEXT_DOCUMENT_COMPLETION,
        types.CompletionOptions(trigger_characters=_TRIGGERS, resolve_provider=True),
    )
    def completion(desk: Desk, path: str, params: types.CompletionParams) -> Any:
        return answers.completions(server, desk, path, params.position)

    @server.feature(types.COMPLETION_ITEM_RESOLVE)
    def resolve(item: types.CompletionItem) -> types.CompletionItem:
        data = item.data if isinstance(item.data, dict) else {}
        place = server.place_of(str(data.get("uri", "")))
        if place and isinstance(data.get("path"), str):
            subpath = (item.label,) if data.get("kind") in ("heading", "block") else ()
            completion = document.completion if (document := known()) else None
            shown = completion.completion_item if completion else None
            item.documentation = answers.markup(
                shown.documentation_format if shown else None,
                navigate.describe(place[0], data["path"], subpath),
            )
        return item

    @on(server, types.TEXT_DOCUMENT_HOVER)
    def hover(desk: Desk, path: str, params: types.HoverParams) -> Any:
        ruler = server.ruler(desk, path)
        found = navigate.hover(desk, path, ruler.offset(params.position))
        if found is None:
            return None
        hover = document.hover if (document := known()) else None
        content = answers.markup(hover.content_format if hover else None, found.markdown)
        return types.Hover(content, ruler.range(found.span))

    @on(server, types.TEXT_DOCUMENT_DEFINITION)
    def definition(desk: Desk, path: str, params: types.DefinitionParams) -> Any:
        offset = server.ruler(desk, path).offset(params.position)
        return answers.locations(server, desk, navigate.definition(desk, path, offset))

    @on(server, types.TEXT_DOCUMENT_REFERENCES)
    def references(desk: Desk, path: str, params: types.ReferenceParams) -> Any:
        offset = server.ruler(desk, path).offset(params.position)
        sheet = desk.sheet(path)
        meant = navigate.referred_at(desk, sheet, offset) if sheet is not None else None
        if sheet is not None and meant is not None and not meant[1]:
            declared = params.context.include_declaration and sheet.link_at(offset) is None
            return server.references.of(server, desk, meant[0], declared=declared)
        places = navigate.references(
            desk, path, offset, declaration=params.context.include_declaration
        )
        return answers.locations(server, desk, places)

    @on(server, types.TEXT_DOCUMENT_DOCUMENT_LINK)
    def document_link(desk: Desk, path: str, params: types.DocumentLinkParams) -> Any:
        return answers.document_links(server, desk, path)
