"""Outlines, folds, selections, semantic tokens, workspace symbols and the call hierarchy."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from lsprotocol import types

from vaultdots.editor import structure
from vaultdots.editor.desk import Desk, Place
from vaultdots.editor.navigate import references_to, targets_of
from vaultdots.lsp.answers import location, range_of, range_record
from vaultdots.lsp.positions import Ruler
from vaultdots.lsp.protocol import Encoded, encoded
from vaultdots.lsp.server import DotsServer, on
from vaultdots.text.spans import Span

_KINDS = {
    "heading": types.SymbolKind.String,
    "block": types.SymbolKind.Key,
    "callout": types.SymbolKind.Event,
    "note": types.SymbolKind.File,
    "alias": types.SymbolKind.File,
    "title": types.SymbolKind.File,
    "tag": types.SymbolKind.Constant,
}
TOKENS = {
    "link": ("class", 0),
    "unresolved": ("class", 1),
    "tag": ("decorator", 0),
    "block": ("property", 0),
    "comment": ("comment", 0),
}
_TYPES = ["class", "decorator", "property", "comment"]
_FOLDS = {"comment": types.FoldingRangeKind.Comment, "region": types.FoldingRangeKind.Region}


def register(server: DotsServer) -> None:
    """Answer what is asked of a note's shape."""
    _outline(server)
    _hierarchy(server)


def _outline(server: DotsServer) -> None:
    @on(server, types.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    def symbols(desk: Desk, path: str, params: Any) -> list[types.DocumentSymbol]:
        ruler = server.ruler(desk, path)

        def shown(symbol: structure.Symbol) -> types.DocumentSymbol:
            return types.DocumentSymbol(
                name=symbol.name,
                detail=symbol.detail or None,
                kind=_KINDS[symbol.kind],
                range=ruler.range(symbol.span),
                selection_range=ruler.range(symbol.name_span),
                children=[shown(child) for child in symbol.children],
            )

        return [shown(symbol) for symbol in structure.symbols(desk, path)]

    @server.feature(types.WORKSPACE_SYMBOL)
    def workspace_symbols(params: types.WorkspaceSymbolParams) -> list[types.WorkspaceSymbol]:
        found = []
        for desk in server.desks:
            for one in structure.find_names(desk, params.query):
                where = location(server, desk, Place(one.path, one.span))
                found.append(
                    types.WorkspaceSymbol(
                        where, one.name, _KINDS[one.kind], container_name=one.within
                    )
                )
        return found

    @on(server, types.TEXT_DOCUMENT_FOLDING_RANGE)
    def folds(desk: Desk, path: str, params: Any) -> list[types.FoldingRange]:
        return [
            types.FoldingRange(fold.first - 1, fold.last - 1, kind=_FOLDS[fold.kind])
            for fold in structure.folds(desk, path)
        ]

    @on(server, types.TEXT_DOCUMENT_SELECTION_RANGE)
    def selections(
        desk: Desk, path: str, params: types.SelectionRangeParams
    ) -> list[types.SelectionRange]:
        ruler = server.ruler(desk, path)
        found = []
        for position in params.positions:
            chosen: types.SelectionRange | None = None
            for span in reversed(structure.around(desk, path, ruler.offset(position))):
                chosen = types.SelectionRange(ruler.range(span), chosen)
            found.append(chosen or types.SelectionRange(types.Range(position, position)))
        return found

    @on(
        server,
        types.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL,
        types.SemanticTokensLegend(_TYPES, ["deprecated"]),
    )
    def tokens(desk: Desk, path: str, params: Any) -> types.SemanticTokens:
        return types.SemanticTokens(
            _encoded(server.ruler(desk, path), structure.tokens(desk, path))
        )


def _encoded(ruler: Ruler, tokens: list[structure.Token]) -> list[int]:
    """Five numbers a token: lines and columns from the last one, length, type, modifiers."""
    data: list[int] = []
    line = column = 0
    for token in tokens:
        range_ = ruler.range(token.span)
        start = range_.start
        if start.line != line:
            column = 0
        name, modifiers = TOKENS[token.kind]
        data += [
            start.line - line,
            start.character - column,
            range_.end.character - start.character,
            _TYPES.index(name),
            modifiers,
        ]
        line, column = start.line, start.character
    return data


# -- call hierarchy: who links here, and where to ------------------------------------------------


def _hierarchy(server: DotsServer) -> None:
    def items(desk: Desk, paths: Iterable[str]) -> dict[str, dict[str, Any]]:
        """Notes as a `CallHierarchyItem` each: of a note that thousands name none is read."""
        paths = list(paths)
        titles = {row.path: row.title for row in desk.catalog.notes_at(paths)}
        found = {}
        for path in paths:
            top = range_record(range_of(server, desk, Place(path, Span(0, 0))))
            found[path] = {
                "name": titles.get(path, path),
                "kind": types.SymbolKind.File,
                "uri": server.uri_of(desk, path),
                "range": top,
                "selectionRange": top,
                "detail": path,
                "data": {"path": path},
            }
        return found

    def calls(desk: Desk, end: str, by_note: dict[str, list[types.Range]]) -> Encoded:
        known = items(desk, by_note)
        return encoded(
            [
                {end: known[path], "fromRanges": list(map(range_record, ranges))}
                for path, ranges in by_note.items()
            ]
        )

    @on(server, types.TEXT_DOCUMENT_PREPARE_CALL_HIERARCHY)
    def prepare(desk: Desk, path: str, params: types.CallHierarchyPrepareParams) -> Encoded:
        sheet = desk.sheet(path)
        link = sheet.link_at(server.ruler(desk, path).offset(params.position)) if sheet else None
        targets = targets_of(desk, link) if link is not None else []
        return encoded(list(items(desk, [targets[0].path if targets else path]).values()))

    @server.feature(types.CALL_HIERARCHY_INCOMING_CALLS)
    def incoming(params: types.CallHierarchyIncomingCallsParams) -> Encoded | None:
        place = server.place_of(params.item.uri)
        if place is None:
            return None
        desk, path = place
        by_source: dict[str, list[types.Range]] = {}
        for found in references_to(desk, path):
            if found.path != path:
                by_source.setdefault(found.path, []).append(range_of(server, desk, found))
        return calls(desk, "from", by_source)

    @server.feature(types.CALL_HIERARCHY_OUTGOING_CALLS)
    def outgoing(params: types.CallHierarchyOutgoingCallsParams) -> Encoded | None:
        place = server.place_of(params.item.uri)
        if place is None:
            return None
        desk, path = place
        sheet = desk.sheet(path)
        ruler = server.ruler(desk, path)
        by_target: dict[str, list[types.Range]] = {}
        for link in sheet.links if sheet else ():
            for target in targets_of(desk, link)[:1]:
                if target.path != path and target.kind != "file":
                    by_target.setdefault(target.path, []).append(ruler.range(link.span))
        return calls(desk, "to", by_target)
