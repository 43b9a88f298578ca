"""The editor hook: one question as plain data in, one answer as plain data out.

For editors without a language client. `hook.schema.json`, beside this file, is the same as a JSON
schema. Lines and columns start at 1; columns count code points.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from vaultdots.editor.desk import Desk, Sheet, is_note
from vaultdots.errors import UsageError
from vaultdots.text.names import nfc
from vaultdots.text.tuples import NamedTuple
from vaultdots.vault import to_records

if TYPE_CHECKING:
    from vaultdots.vault import Vault

_CLOSING = "]]"


class Question(NamedTuple):
    """What an editor asks. text: of the unsaved buffer; None: as it is on disk."""

    path: str
    text: str | None
    line: int
    column: int
    query: str
    limit: int | None


def answer(vault: Vault, event: str, asked: Any) -> dict[str, Any]:
    """The answer to one event. asked: what the editor sent, parsed. Raises UsageError."""
    if event not in EVENTS:
        raise UsageError(f"there is no event '{event}'", hint=f"there are {', '.join(EVENTS)}")
    if not isinstance(asked, Mapping):
        raise UsageError("one JSON object is wanted on stdin")
    desk = Desk(vault, once=True)
    question = _question(desk, event, asked)
    if question.text is not None and not (event == "complete" and _is_light(desk, question)):
        desk.put(question.path, question.text)
    return EVENTS[event](desk, question)


def _is_light(desk: Desk, question: Question) -> bool:
    """Whether the question is answered without the whole note being read."""
    from vaultdots.editor.light_sheet import light_sheet

    if question.text is None or not is_note(question.path):
        return False
    sheet = light_sheet(desk, question.path, question.text, question.line, question.column)
    if sheet is not None:
        desk.show(sheet)
    return sheet is not None


_TEXTS = ("path", "text", "query")
_NUMBERS = ("line", "column", "limit")
_WANTED = {
    "complete": ("path", "line", "column"),
    "resolve": ("path", "line", "column"),
    "backlinks": ("path",),
    "search": ("query",),
    "on-save": ("path",),
}


def _question(desk: Desk, event: str, asked: Mapping[str, Any]) -> Question:
    for name, value in asked.items():
        if name not in (*_TEXTS, *_NUMBERS):
            known = ", ".join((*_TEXTS, *_NUMBERS))
            raise UsageError(f"'{name}' is not a field", hint=f"there are {known}")
        if value is None:
            continue
        if name in _TEXTS and not isinstance(value, str):
            raise UsageError(f"'{name}' is not text")
        if name in _NUMBERS:
            if not isinstance(value, int) or isinstance(value, bool):
                raise UsageError(f"'{name}' is not a whole number")
            if value < 1:
                raise UsageError(f"'{name}' starts at 1")
    missing = [name for name in _WANTED[event] if asked.get(name) is None]
    if missing:
        raise UsageError(f"'{missing[0]}' is missing")
    path = _path(desk, asked["path"]) if asked.get("path") else ""
    return Question(
        path,
        asked.get("text"),
        asked.get("line") or 1,
        asked.get("column") or 1,
        asked.get("query") or "",
        asked.get("limit"),
    )


def _path(desk: Desk, written: str) -> str:
    """A path inside of the vault: relative to it, or absolute."""
    if "\0" in written:
        raise UsageError("a path holds no NUL")
    file = written if os.path.isabs(written) else os.path.join(desk.vault.root, written)  # noqa: PTH117, PTH118
    found = desk.path_of(file)
    real = desk.path_of(os.path.realpath(file))
    if found is None or real is None:
        raise UsageError("this path lies outside of the vault", place=written)
    return nfc(found)


def _sheet(desk: Desk, question: Question) -> Sheet:
    sheet = desk.sheet(question.path) if is_note(question.path) else None
    if sheet is None:
        raise UsageError("this is not a note of the vault", place=question.path)
    return sheet


def _offset(sheet: Sheet, question: Question) -> int:
    if question.line > len(sheet.lines.starts):
        raise UsageError(
            f"there is no line {question.line}", place=f"{sheet.path}:{len(sheet.lines.starts)}"
        )
    span = sheet.line_span(question.line)
    return min(span.start + question.column - 1, span.end)


# Each event loads what it needs: a process answers one question.


def _complete(desk: Desk, question: Question) -> dict[str, Any]:
    from vaultdots.editor.complete import LIMIT, complete

    sheet = _sheet(desk, question)
    offset = _offset(sheet, question)
    items = complete(desk, question.path, offset, limit=question.limit or LIMIT)
    start = min((item.span.start for item in items), default=offset)
    closed = sheet.text.startswith(_CLOSING, offset)
    return {
        "items": [
            {
                "label": item.label,
                # The editor replaces from `from` to the cursor; closing signs that it has put in
                # behind the cursor stay.
                "insert": sheet.text[start : item.span.start]
                + (item.insert.removesuffix(_CLOSING) if closed else item.insert),
                "detail": item.detail,
                "path": item.path,
                "kind": item.kind,
            }
            for item in items
            if not item.also
        ],
        "from": start - sheet.line_span(question.line).start + 1,
    }


def _resolve(desk: Desk, question: Question) -> dict[str, Any]:
    from vaultdots.editor.navigate import definition

    sheet = _sheet(desk, question)
    offset = _offset(sheet, question)
    link = sheet.link_at(offset)
    status = desk.read(link).status if link is not None else None
    found = []
    for target in definition(desk, question.path, offset):
        if target.written:
            line, column = target.line, len(target.before) + 1
        else:
            other = desk.sheet(target.path)
            line, column = other.lines.position(target.span.start) if other else (1, 1)
        found.append({"path": target.path, "line": line, "column": column, "kind": target.kind})
    return {"targets": found, "status": status or ("resolved" if found else "unresolved")}


def _backlinks(desk: Desk, question: Question) -> dict[str, Any]:
    desk.settle()
    if desk.catalog.role_of(question.path) is None:
        raise UsageError("this is not a file of the vault", place=question.path)
    found = desk.vault.links.to(question.path)
    return {"links": to_records(found[: question.limit])}


def _search(desk: Desk, question: Question) -> dict[str, Any]:
    return {"hits": to_records(desk.vault.search(question.query, limit=question.limit or 20))}


def _on_save(desk: Desk, question: Question) -> dict[str, Any]:
    from vaultdots.editor.diagnose import diagnose

    sheet = _sheet(desk, question)
    table = desk.vault.config_table("editor").get("severity")
    severities = {str(k): str(v) for k, v in table.items()} if isinstance(table, dict) else {}
    diagnostics = []
    for found in diagnose(desk, question.path, severities):
        line, column = sheet.lines.position(found.span.start)
        diagnostics.append(
            {
                "line": line,
                "column": column,
                "code": found.code,
                "severity": found.severity,
                "message": found.message,
            }
        )
    with desk.catalog.on_disk():
        there = desk.catalog.note(question.path) is not None
        mentions = desk.vault.links.mentions_in(question.path) if there else []
        connections = desk.vault.connect(question.path) if there else []
    return {
        "diagnostics": diagnostics,
        "mentions": to_records(mentions[: question.limit]),
        "connections": to_records(connections[: question.limit]),
    }


EVENTS: dict[str, Callable[[Desk, Question], dict[str, Any]]] = {
    "complete": _complete,
    "resolve": _resolve,
    "backlinks": _backlinks,
    "search": _search,
    "on-save": _on_save,
}


def schema_text() -> str:
    """The JSON schema of questions and answers."""
    from importlib.resources import files

    return files("vaultdots.editor").joinpath("hook.schema.json").read_text(encoding="utf-8")
