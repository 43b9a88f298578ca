"""The editor room's answers in the protocol's words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from lsprotocol import types

from vaultdots.editor.complete import complete
from vaultdots.editor.desk import Desk, Place
from vaultdots.editor.diagnose import diagnose
from vaultdots.editor.model import Target
from vaultdots.editor.navigate import targets_of
from vaultdots.lsp.positions import units

if TYPE_CHECKING:
    from vaultdots.lsp.server import DotsServer

_BREAKS = re.compile(r"[\r\n]")
_SEVERITY = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
    "info": types.DiagnosticSeverity.Information,
    "hint": types.DiagnosticSeverity.Hint,
}
_KIND = {
    "note": types.CompletionItemKind.File,
    "alias": types.CompletionItemKind.Reference,
    "title": types.CompletionItemKind.File,
    "placeholder": types.CompletionItemKind.Text,
    "attachment": types.CompletionItemKind.Module,
    "heading": types.CompletionItemKind.Struct,
    "block": types.CompletionItemKind.Snippet,
    "tag": types.CompletionItemKind.Keyword,
    "property": types.CompletionItemKind.Property,
    "value": types.CompletionItemKind.Value,
}


def diagnostics(server: DotsServer, desk: Desk, path: str) -> list[types.Diagnostic]:
    """A note's findings."""
    ruler = server.ruler(desk, path)
    table = desk.vault.config_table("editor").get("severity")
    severities = {str(k): str(v) for k, v in table.items()} if isinstance(table, dict) else {}
    return [
        types.Diagnostic(
            range=ruler.range(found.span),
            message=found.message,
            severity=_SEVERITY.get(found.severity, types.DiagnosticSeverity.Warning),
            code=found.code,
            source="dots",
        )
        for found in diagnose(desk, path, severities)
    ]


def completions(
    server: DotsServer, desk: Desk, path: str, position: types.Position
) -> types.CompletionList:
    """What can be completed; always to be asked again, since it is ranked and cut here."""
    ruler = server.ruler(desk, path)
    items = complete(desk, path, ruler.offset(position))
    uri = server.uri_of(desk, path)
    # What an editor filters by is what stands there: the ranking is ours, and no editor knows that
    # ㄷㅋ or "eh" begins 도커.
    shown = [
        types.CompletionItem(
            label=item.label,
            kind=_KIND.get(item.kind),
            detail=item.detail or None,
            sort_text=f"{number:04d}",
            filter_text=item.span.of(ruler.text) or None,
            text_edit=types.TextEdit(ruler.range(item.span), item.insert),
            additional_text_edits=[
                types.TextEdit(ruler.range(edit.span), edit.text) for edit in item.also
            ]
            or None,
            data={"uri": uri, "path": item.path, "kind": item.kind} if item.path else None,
        )
        for number, item in enumerate(items)
    ]
    return types.CompletionList(is_incomplete=True, items=shown)


_MARKS = re.compile(r"\*\*|`")


def markup(formats: Sequence[types.MarkupKind] | None, markdown: str) -> types.MarkupContent | str:
    """Words in what the editor can show: one that names no format gets a text without marks."""
    if formats and types.MarkupKind.Markdown in formats:
        return types.MarkupContent(types.MarkupKind.Markdown, markdown)
    plain = _MARKS.sub("", markdown)
    return types.MarkupContent(types.MarkupKind.PlainText, plain) if formats else plain


def location(server: DotsServer, desk: Desk, place: Place | Target) -> types.Location:
    """A place as a location."""
    uri = server.uri_of(desk, place.path)
    if isinstance(place, Place) and place.line and not _BREAKS.search(place.written):
        # What stands before it on its line is known: its note need not be read.
        start = units(place.before, server.encoding)
        end = start + units(place.written, server.encoding)
        line = place.line - 1
        return types.Location(
            uri, types.Range(types.Position(line, start), types.Position(line, end))
        )
    return types.Location(uri, server.ruler(desk, place.path).range(place.span))


def locations(
    server: DotsServer, desk: Desk, places: Iterable[Place | Target]
) -> list[types.Location]:
    """Places as locations, each once."""
    return [location(server, desk, place) for place in dict.fromkeys(places)]


def document_links(server: DotsServer, desk: Desk, path: str) -> list[types.DocumentLink]:
    """The links of a note that lead somewhere."""
    sheet = desk.sheet(path)
    if sheet is None:
        return []
    ruler = server.ruler(desk, path)
    document = server.client_capabilities.text_document
    known = document.document_link if document else None
    found = []
    for link in sheet.links:
        if link.external:
            found.append(types.DocumentLink(ruler.range(link.span), link.target))
            continue
        targets = targets_of(desk, link)
        if targets:
            uri = server.uri_of(desk, targets[0].path)
            if targets[0].line > 1:
                uri += f"#L{targets[0].line}"
            tip = targets[0].path if known and known.tooltip_support else None
            found.append(types.DocumentLink(ruler.range(link.span), uri, tip))
    return found
