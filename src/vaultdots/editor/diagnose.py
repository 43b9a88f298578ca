"""What is wrong in one note, where it stands: the findings of `dots check`, for the screen."""

from __future__ import annotations

from collections.abc import Mapping

from vaultdots.editor.desk import Desk, Sheet
from vaultdots.editor.model import Finding
from vaultdots.graph.check import of_link
from vaultdots.text.names import name_key
from vaultdots.text.spans import Span

SEVERITIES = ("error", "warning", "info", "hint", "off")


def diagnose(desk: Desk, path: str, severities: Mapping[str, str] | None = None) -> list[Finding]:
    """A note's findings by place. severities: code → another severity, `off` for none."""
    sheet = desk.sheet(path)
    if sheet is None:
        return []
    found = [
        Finding(_rest_of_line(sheet, row.line, row.column), row.code, row.severity, row.message)
        for row in desk.catalog.diagnostics_of(sheet.row.id)
    ]
    for link in sheet.links:
        if not link.external:
            found += [
                Finding(link.span, problem.code, problem.severity, problem.message)
                for problem in of_link(desk.read(link), desk.catalog.has_folder)
            ]
    found += _aliases(desk, sheet)
    changed = severities or {}
    found = [
        one._replace(
            severity=changed.get(one.code, one.severity), message=desk.translate(one.message)
        )
        for one in found
    ]
    return sorted(one for one in found if one.severity != "off")


def _aliases(desk: Desk, sheet: Sheet) -> list[Finding]:
    found = []
    for alias in sheet.row.aliases:
        others = sorted(
            {
                row.path
                for row in desk.resolver.names(name_key(alias))
                if row.via in ("alias", "name")
                and row.role == "note"
                and not row.excluded
                and row.path != sheet.path
            }
        )
        if others:
            line = desk.catalog.property_line(sheet.row.id, "aliases", "alias") or 1
            message = f"the alias '{alias}' means {', '.join(others)} as well"
            span = sheet.line_span(line)
            at = sheet.text.find(alias, span.start, max(sheet.body, span.end))
            if at >= 0:
                span = Span(at, at + len(alias))
            found.append(Finding(span, "duplicate-alias", "warning", message))
    return found


def _rest_of_line(sheet: Sheet, line: int, column: int) -> Span:
    span = sheet.line_span(line)
    return Span(min(span.start + column - 1, span.end), span.end)
