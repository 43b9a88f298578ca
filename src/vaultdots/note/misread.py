"""Aliases, tags and titles that YAML makes into maps or nested lists, and what was meant.

`- 부제: 설명` is a map to YAML, `[[노트]]` a list in a list, `{{title}}` a map in a map; Obsidian
passes all of them over without a word.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from vaultdots.note.model import Diagnostic, Property, PropertyValue

_TEXTS = frozenset(["alias", "aliases", "tag", "tags", "title"])
_LONGEST = 80
"""Characters of a value that a message repeats."""


def misread(properties: tuple[Property, ...], block: str) -> Iterator[Diagnostic]:
    """A diagnostic for each such value, on its own line. block: the text that holds them."""
    for item in properties:
        key = item.key.casefold()
        if key not in _TEXTS:
            continue
        values = item.value if isinstance(item.value, list) and key != "title" else [item.value]
        for value in values:
            if not isinstance(value, dict | list):
                continue
            what = "a map" if isinstance(value, dict) else "a list"
            within = " in a list" if values is item.value else ""
            message = f"`{item.key}` holds {what}{within}, not a text: {_advice(key, value)}"
            line = item.line + _lines_to(value, block, item.line)
            yield Diagnostic("bad-property", "warning", message, line)


def _advice(key: str, value: dict[str, PropertyValue] | list[PropertyValue]) -> str:
    if key in ("tag", "tags"):
        names = [text for text in _texts(value) if text]
        return f"write {', '.join(names) or 'names'} without brackets and colons"
    if isinstance(value, list) and key != "title":
        return f"write {_quoted(', '.join(_texts(value)))}"
    return f"write {_quoted(_meant(value))}"


def _meant(value: PropertyValue) -> str:
    """The text that a person wrote where YAML reads a map or a list."""
    if isinstance(value, dict):
        pairs = [f"{key}: {_meant(inner)}".rstrip() for key, inner in value.items()]
        return ", ".join(pairs)
    if isinstance(value, list):
        return f"[{', '.join(map(_meant, value))}]"
    return "" if value is None else " ".join(str(value).split())


def _texts(value: PropertyValue) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield str(key)
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
    elif value is not None:
        yield str(value)


def _quoted(text: str) -> str:
    shown = text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
    return json.dumps(shown, ensure_ascii=False)


def _lines_to(value: PropertyValue, block: str, line: int) -> int:
    """How many lines below its key a value of a list stands."""
    first = next((text for text in _texts(value) if text), "")
    lines = block.splitlines()[line - 2 :]
    word = re.compile(rf"(?<!\w){re.escape(first)}(?!\w)")
    return next((n for n, text in enumerate(lines[:200]) if first and word.search(text)), 0)
