"""Code actions, lenses and hints: what can be done here, and what is said beside the text."""

from __future__ import annotations

from typing import Any

from lsprotocol import types

from vaultdots.editor.actions import Action, actions
from vaultdots.editor.desk import Desk
from vaultdots.editor.lens import hints, lenses
from vaultdots.lsp.edits import can, workspace_edit
from vaultdots.lsp.server import DotsServer, on

_KINDS = {
    "quickfix": types.CodeActionKind.QuickFix,
    "refactor.extract": types.CodeActionKind.RefactorExtract,
    "refactor.rewrite": types.CodeActionKind.RefactorRewrite,
}


def register(server: DotsServer) -> None:
    """Answer what can be done and what is said beside the text."""

    @on(
        server,
        types.TEXT_DOCUMENT_CODE_ACTION,
        types.CodeActionOptions(code_action_kinds=list(_KINDS.values())),
    )
    def code_actions(
        desk: Desk, path: str, params: types.CodeActionParams
    ) -> list[types.CodeAction]:
        span = server.ruler(desk, path).span(params.range)
        found = [
            *actions(desk, path, span),
            *server.suggestions.actions(desk, path, span),
            *server.companion.actions(desk, path, span),
        ]
        wanted = params.context.only
        return [
            _shown(server, desk, action, params.context.diagnostics)
            for action in found
            if (not wanted or any(action.kind.startswith(str(_value(one))) for one in wanted))
            and (not action.change.new_files or can(server, types.ResourceOperationKind.Create))
        ]

    @on(server, types.TEXT_DOCUMENT_CODE_LENS, types.CodeLensOptions())
    def code_lenses(desk: Desk, path: str, params: Any) -> list[types.CodeLens]:
        ruler = server.ruler(desk, path)
        known = server.fates.get((id(desk), ""), ())
        return [
            types.CodeLens(
                ruler.range(lens.span),
                types.Command(lens.title, command, arguments=list(arguments)),
            )
            for found, command, arguments in (
                (lenses(desk, path, known), "dots.list", [path, {"what": "backlinks"}]),
                (server.companion.lenses(desk, path), "dots.companion", [path]),
            )
            for lens in found
        ]

    @on(server, types.TEXT_DOCUMENT_INLAY_HINT)
    def inlay_hints(desk: Desk, path: str, params: types.InlayHintParams) -> list[types.InlayHint]:
        ruler = server.ruler(desk, path)
        span = ruler.span(params.range)
        found = [
            *hints(desk, path, span),
            *server.companion.hints(desk, path, span),
            *server.suggestions.hints(desk, path, span),
        ]
        return [
            types.InlayHint(
                ruler.position(hint.offset), hint.text, padding_left=True, tooltip=hint.tip
            )
            for hint in found
        ]


def _value(kind: types.CodeActionKind | str) -> str:
    return kind.value if isinstance(kind, types.CodeActionKind) else kind


def _shown(server: DotsServer, desk: Desk, action: Action, findings: Any) -> types.CodeAction:
    mended = [one for one in findings or () if action.code and one.code == action.code]
    return types.CodeAction(
        action.title,
        _KINDS[action.kind],
        diagnostics=mended or None,
        is_preferred=action.preferred or None,
        edit=workspace_edit(server, desk, action.change),
    )
