"""The keys of every `--json`, in one place: for the command line, for agents and for DataFrames.

`to_dict(row)` turns one result of the front door into plain dicts, lists, texts and numbers;
`to_records(rows)` a list of them. The keys are documented in docs/cli.md and stay.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

HIT = (
    "path", "title", "kind", "year", "section", "line", "score", "snippet", "ranges", "corrected",
    "relaxed", "via",
)  # fmt: skip
LINK = (
    "source", "line", "column", "kind", "raw", "target", "subpath", "subpath_found", "via",
    "status",
)  # fmt: skip
MENTION = ("source", "line", "column", "text", "target")
NOTE = ("path", "title", "kind", "year")


def to_records(rows: Iterable[Any]) -> list[Any]:
    """Each result as plain data; `pandas.DataFrame(to_records(vault.search("락")))` is a table."""
    return [to_dict(row) for row in rows]


def to_dict(row: Any) -> Any:
    """One result as plain data, with the keys of `--json`; plain data stays as it is."""
    if isinstance(row, Mapping):
        return dict(row)
    if isinstance(row, list):
        return to_records(row)
    known = _KNOWN.get(type(row).__name__)
    if known is not None:
        return known(row)
    if hasattr(row, "_asdict"):
        return {key: _plain(value) for key, value in row._asdict().items()}
    return row


def _plain(value: Any) -> Any:
    """Tuples of results within a result."""
    if hasattr(value, "_asdict"):
        return to_dict(value)
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    return value


def _picked(*keys: str) -> Callable[[Any], dict[str, Any]]:
    return lambda row: {key: _plain(getattr(row, key)) for key in keys}


def _link(link: Any) -> dict[str, Any]:
    record = _picked(*LINK)(link)
    record["subpath"] = "#".join(link.subpath) if link.subpath else None
    return record


def _connection(connection: Any) -> dict[str, Any]:
    keys = ("source", "section", "line", "target", "target_kind", "notes", "score", "reasons")
    record = _picked(*keys)(connection)
    if connection.explicit:
        record["explicit"] = True
    return record


def _years(name: str) -> Callable[[Any], dict[str, Any]]:
    def record(row: Any) -> dict[str, Any]:
        from vaultdots.retrospective import records

        found: dict[str, Any] = getattr(records, name)(row)
        return found

    return record


def _arc(arc: Any) -> dict[str, Any]:
    record = _picked("source", "line", "target", "from_", "to", "years", "text")(arc)
    return {key.rstrip("_"): value for key, value in record.items()}


_KNOWN: dict[str, Callable[[Any], Any]] = {
    "Arc": _arc,
    "Hit": _picked(*HIT),
    "ResolvedLink": _link,
    "Mention": _picked(*MENTION),
    "Connection": _connection,
    "Concept": _picked("name", "first", "last", "years", "places"),
    "Comparison": _picked("before", "after", "kinds", "repeated", "goals"),
    "Goal": _years("goal_record"),
    "Book": _years("book_record"),
    "Digest": _years("digest_record"),
    "Note": _picked(*NOTE),
    "NoteRow": _picked(*NOTE),
    "Proposal": _picked("id", "hash", "operation", "when", "why", "paths"),
}
