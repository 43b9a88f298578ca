"""Saved queries: `@일기` in a query stands for what `[query]` in `dots.toml` says it means."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from vaultdots.errors import ConfigError
from vaultdots.text.late import late
from vaultdots.text.names import name_key

DEEPEST = 8
"""Saved queries within saved queries."""
_NAME = late(r'(?<![^\s(-])@([^\s()"“”@]+)')
_QUOTED = late(r'"[^"]*"|“[^”]*”')


def expand(query: str, table: Mapping[str, Any]) -> str:
    """The query with each saved one in parentheses in its place; other words that begin with @ stay
    as they are. Raises ConfigError for one that is not text or stands within itself."""
    saved = {name_key(name): value for name, value in table.items()}
    return _expand(query, saved, 0) if saved and "@" in query else query


def _expand(query: str, saved: Mapping[str, Any], depth: int) -> str:
    if depth > DEEPEST:
        raise ConfigError("[query] a saved query stands within itself", place="dots.toml")

    def meant(found: re.Match[str]) -> str:
        key = name_key(found[1])
        if key not in saved:
            return found[0]
        if not isinstance(saved[key], str):
            raise ConfigError(f"[query] {found[1]} is not text", place="dots.toml")
        return f"({_expand(saved[key], saved, depth + 1)})"

    parts, at = [], 0
    for quoted in _QUOTED.finditer(query):
        parts += [_NAME.sub(meant, query[at : quoted.start()]), quoted[0]]
        at = quoted.end()
    return "".join((*parts, _NAME.sub(meant, query[at:])))
