"""Rename requests: a name at the cursor, and files that the editor itself renames."""

from __future__ import annotations

from typing import Any

from lsprotocol import types

from vaultdots.editor.desk import Desk
from vaultdots.editor.rename import Renamed, cut_off, move, rename, renamed_at, shown_name
from vaultdots.errors import DotsError
from vaultdots.lsp.edits import can, joined, workspace_edit
from vaultdots.lsp.server import DotsServer, log

_FILES = types.FileOperationRegistrationOptions(
    [
        types.FileOperationFilter(types.FileOperationPattern("**/*"), scheme="file"),
    ]
)


def register(server: DotsServer) -> None:
    """Answer the rename requests."""

    def found_at(params: Any) -> tuple[Desk, str, Renamed]:
        place = server.place_of(params.text_document.uri)
        if place is None:
            raise server.refusal("this document is in no vault")
        desk, path = place
        what = renamed_at(desk, path, server.ruler(desk, path).offset(params.position))
        if what is None:
            raise server.refusal(
                "nothing to rename here: a link, a heading, a tag, a block id or an alias is"
            )
        return desk, path, what

    @server.feature(types.TEXT_DOCUMENT_PREPARE_RENAME)
    def prepare(params: types.PrepareRenameParams) -> types.PrepareRenamePlaceholder:
        desk, path, what = found_at(params)
        return types.PrepareRenamePlaceholder(
            server.ruler(desk, path).range(what.span), shown_name(what)
        )

    @server.feature(types.TEXT_DOCUMENT_RENAME, types.RenameOptions(prepare_provider=True))
    def rename_(params: types.RenameParams) -> types.WorkspaceEdit:
        # What was written since the files were last read has links too.
        server.sync()
        desk, _, what = found_at(params)
        try:
            change = rename(desk, what, params.new_name)
        except DotsError as error:
            raise server.refusal(str(error)) from None
        if change.moves and not can(server, types.ResourceOperationKind.Rename):
            # Emacs' eglot 1.9 leaves renames out of an edit and applies the rest: links to nowhere.
            raise server.refusal(
                "this editor cannot rename files: save, then `dots mv` moves the note and its links"
            )
        return workspace_edit(server, desk, change)

    @server.feature(types.WORKSPACE_WILL_RENAME_FILES, _FILES)
    def will_rename(params: types.RenameFilesParams) -> types.WorkspaceEdit | None:
        server.sync()
        found = []
        for desk in list(server.desks):
            moves, leaving = _of_desk(server, desk, params)
            lost = cut_off(desk, leaving)
            if any(lost):
                told = desk.say(
                    "'{0}' leaves its vault, where links cannot follow: {1} to it, {2} in it",
                    ", ".join(leaving),
                    *lost,
                )
                server.say(told, types.MessageType.Warning)
            try:
                change = move(desk, moves)
            except DotsError as error:
                log.warning("willRenameFiles: %s", error)
                server.say(server.translate(str(error)), types.MessageType.Warning)
                continue
            if change is not None:
                found.append(workspace_edit(server, desk, change, moved=True))
        return joined(found)

    @server.feature(types.WORKSPACE_DID_RENAME_FILES, _FILES)
    def did_rename(params: types.RenameFilesParams) -> None:
        server.sync()

    @server.feature(types.WORKSPACE_DID_CREATE_FILES, _FILES)
    def did_create(params: types.CreateFilesParams) -> None:
        server.sync_later()

    @server.feature(types.WORKSPACE_DID_DELETE_FILES, _FILES)
    def did_delete(params: types.DeleteFilesParams) -> None:
        server.sync_later()


def _of_desk(
    server: DotsServer, desk: Desk, params: types.RenameFilesParams
) -> tuple[list[tuple[str, str]], list[str]]:
    """The (old, new) paths of the files that the editor moves within a vault, and those that it
    takes out of it."""
    moves, leaving = [], []
    for file in params.files:
        place = server.place_of(file.old_uri)
        if place is None or place[0] is not desk:
            continue
        new = server.path_in(desk, file.new_uri)
        if new:
            moves.append((place[1], new))
        else:
            leaving.append(place[1])
    return moves, leaving
