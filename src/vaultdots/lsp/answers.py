"""The editor room's answers in the protocol's words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from lsprotocol import types

from vaultdots.editor.complete import complete
from vaultdots.editor.desk import Desk, Place
from vaultdots.editor.diagnose import diagnose
from vaultdots.editor.model import Item, Target
from vaultdots.editor.navigate import targets_of
from vaultdots.lsp.positions import units
from vaultdots.lsp.protocol import Encoded, encoded
from vaultdots.text.spans import Span

if TYPE_CHECKING:
    from vaultdots.lsp.server import DotsServer

_BREAKS = re.compile(r"[\r\n]")
_SEVERITY = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
    "info": types.DiagnosticSeverity.Information,
    "hint": types.DiagnosticSeverity.Hint,
}
_KIND: dict[str, int] = {
    "note": types.CompletionItemKind.File,
    "alias": types.CompletionItemKind.Reference,
    "title": types.CompletionItemKind.File,
    "placeholder": types.CompletionItemKind.Text,
    "attachment": types.CompletionItemKind.Module,
    "folder": types.CompletionItemKind.Folder,
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


def completions(server: DotsServer, desk: Desk, path: str, position: types.Position) -> Encoded:
    """What can be completed; always to be asked again, since it is ranked and cut here.

    A `CompletionList`, made as JSON: of the time that a hundred items take as objects, which pygls
    takes apart again, nine tenths are saved.
    """
    ruler = server.ruler(desk, path)
    items = complete(desk, path, ruler.offset(position))
    uri = server.uri_of(desk, path)
    ranges: dict[Span, Any] = {}

    def edit(span: Span, text: str) -> dict[str, Any]:
        if span not in ranges:
            ranges[span] = range_record(ruler.range(span))
        return {"range": ranges[span], "newText": text}

    def shown(number: int, item: Item) -> dict[str, Any]:
        # What an editor filters by is what stands there: the ranking is ours, and no editor knows
        # that ㄷㅋ or "eh" begins 도커.
        record = {
            "label": item.label,
            "kind": _KIND[item.kind],
            "sortText": f"{number:04d}",
            "textEdit": edit(item.span, item.insert),
        }
        if item.detail:
            record["detail"] = item.detail
        if typed := item.span.of(ruler.text):
            record["filterText"] = typed
        if item.also:
            record["additionalTextEdits"] = [edit(one.span, one.text) for one in item.also]
        if item.path:
            record["data"] = {"uri": uri, "path": item.path, "kind": item.kind}
        return record

    found = [shown(number, item) for number, item in enumerate(items)]
    return encoded({"isIncomplete": True, "items": found})


def range_record(found: types.Range) -> dict[str, Any]:
    """A range as the protocol writes it."""
    start, end = found.start, found.end
    return {
        "start": {"line": start.line, "character": start.character},
        "end": {"line": end.line, "character": end.character},
    }


_MARKS = re.compile(r"\*\*|`")


def markup(formats: Sequence[types.MarkupKind] | None, markdown: str) -> types.MarkupContent | str:
    """Words in what the editor can show: one that names no format gets a text without marks."""
    if formats and types.MarkupKind.Markdown in formats:
        return types.MarkupContent(types.MarkupKind.Markdown, markdown)
    plain = _MARKS.sub("", markdown)
    return types.MarkupContent(types.MarkupKind.PlainText, plain) if formats else plain


def location(server: DotsServer, desk: Desk, place: Place | Target) -> types.Location:
    """A place as a location."""
    return types.Location(server.uri_of(desk, place.path), range_of(server, desk, place))


def range_of(server: DotsServer, desk: Desk, place: Place | Target) -> types.Range:
    """Where a place stands in its file."""
    known = columns(server, place)
    if known is None and place.span == (0, 0) and place.path not in desk.texts:
        known = 0, 0, 0
    if known is None:
        return server.ruler(desk, place.path).range(place.span)
    line, start, end = known
    return types.Range(types.Position(line, start), types.Position(line, end))


def columns(server: DotsServer, place: Place | Target) -> tuple[int, int, int] | None:
    """(line, first column, last column) of a place of which it is known what stands before it on
    its line: its note need not be read."""
    if not place.line or not place.written or _BREAKS.search(place.written):
        return None
    start = units(place.before, server.encoding)
    return place.line - 1, start, start + units(place.written, server.encoding)


def locations(server: DotsServer, desk: Desk, places: Iterable[Place | Target]) -> Encoded:
    """Places as locations, each once. A tag has thousands: they are made as JSON."""
    found = (location_text(server, desk, place) for place in dict.fromkeys(places))
    return Encoded((b"[", ",".join(found).encode("ascii"), b"]"))


def location_text(server: DotsServer, desk: Desk, place: Place | Target) -> str:
    """A place as the JSON of a `Location`."""
    uri = server.uri_text(desk, place.path)
    known = columns(server, place)
    if known is not None:
        line, start, end = known
        last = line
    else:
        found = range_of(server, desk, place)
        line, start, last, end = (
            found.start.line, found.start.character, found.end.line, found.end.character,
        )  # fmt: skip
    return (
        f'{{"uri":{uri},"range":{{"start":{{"line":{line},"character":{start}}},'
        f'"end":{{"line":{last},"character":{end}}}}}}}'
    )


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
