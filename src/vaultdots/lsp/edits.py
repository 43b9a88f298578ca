"""Changes in the protocol's words, for what the editor at hand can do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from lsprotocol import types
from pygls import uris

from vaultdots.editor.desk import Desk
from vaultdots.lsp.positions import Ruler

if TYPE_CHECKING:
    from vaultdots.lsp.server import DotsServer
    from vaultdots.vault import Change


def can(server: DotsServer, operation: types.ResourceOperationKind) -> bool:
    """Whether the editor creates or renames files that an edit names."""
    workspace = server.client_capabilities.workspace
    edit = workspace.workspace_edit if workspace else None
    return bool(edit and operation in (edit.resource_operations or ()))


def workspace_edit(
    server: DotsServer, desk: Desk, change: Change, *, moved: bool = False
) -> types.WorkspaceEdit:
    """A change as a workspace edit. moved: the editor moves the files itself.

    Edits name files as they are before they move. An editor that knows no `documentChanges` gets
    the edits alone.
    """
    grouped: dict[str, list[types.TextEdit | types.AnnotatedTextEdit | types.SnippetTextEdit]] = {}
    for edit in sorted(change.edits, key=lambda edit: (edit.path, edit.span)):
        ruler = ruler_of(server, desk, edit.path)
        grouped.setdefault(edit.path, []).append(types.TextEdit(ruler.range(edit.span), edit.after))
    workspace = server.client_capabilities.workspace
    known = workspace.workspace_edit if workspace else None
    # Neovim says what it can do with files, and by that, not otherwise, that it knows the form.
    if known is None or not (known.document_changes or known.resource_operations):
        return types.WorkspaceEdit(
            changes={
                server.uri_of(desk, path): [e for e in edits if isinstance(e, types.TextEdit)]
                for path, edits in grouped.items()
            }
        )
    changes: list[
        types.TextDocumentEdit | types.CreateFile | types.RenameFile | types.DeleteFile
    ] = []
    for new in change.new_files:
        uri = new_uri(desk, new.path)
        start = types.Range(types.Position(0, 0), types.Position(0, 0))
        changes.append(
            types.CreateFile(uri, options=types.CreateFileOptions(ignore_if_exists=False))
        )
        changes.append(
            types.TextDocumentEdit(
                types.OptionalVersionedTextDocumentIdentifier(uri),
                [types.TextEdit(start, new.text)],
            )
        )
    for path, edits in grouped.items():
        uri = server.uri_of(desk, path)
        version = server.version_of(uri)
        changes.append(
            types.TextDocumentEdit(
                types.OptionalVersionedTextDocumentIdentifier(uri, version), edits
            )
        )
    if not moved:
        changes += [
            types.RenameFile(
                server.uri_of(desk, move.old),
                new_uri(desk, move.new),
                options=types.RenameFileOptions(overwrite=False, ignore_if_exists=False),
            )
            for move in change.moves
        ]
    return types.WorkspaceEdit(document_changes=changes)


def joined(edits: Sequence[types.WorkspaceEdit]) -> types.WorkspaceEdit | None:
    """The edits of several vaults as one; None where there is none."""
    if len(edits) < 2:
        return edits[0] if edits else None
    changes = [change for edit in edits for change in edit.document_changes or ()]
    if changes:
        return types.WorkspaceEdit(document_changes=changes)
    grouped: dict[str, list[types.TextEdit]] = {}
    for edit in edits:
        for uri, own in (edit.changes or {}).items():
            grouped.setdefault(uri, []).extend(own)
    return types.WorkspaceEdit(changes=grouped)


def ruler_of(server: DotsServer, desk: Desk, path: str) -> Ruler:
    """The way between offsets and positions of any file that an edit names: a canvas too."""
    if desk.sheet(path) is not None:
        return server.ruler(desk, path)
    return Ruler(desk.text_of(path), server.encoding)


def new_uri(desk: Desk, path: str) -> str:
    """The address of a file that is not there yet: its folders as the disk has them."""
    return uris.from_fs_path(desk.new_file(path)) or ""
