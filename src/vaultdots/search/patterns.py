"""Regular expressions of a query, under a time limit.

The `regex` package and not `re`: it can stop (`timeout=`), also in a thread, so `/(a+)+$/` costs
half a second and not a life. Imported only when a query holds a regular expression.
"""

from __future__ import annotations

import re
import time
from typing import Any

from vaultdots.errors import QueryError
from vaultdots.search.query import Pattern

TIME_LIMIT = 0.25
"""Seconds that all regular expressions of one query may take together. `regex` looks at the clock
now and then only: it was seen to take twice as long on a busy machine, and a second is the bar."""
_RECURSION = re.compile(r"\(\?(?:R|[+-]?\d|&|P>)")
"""Patterns that call themselves: `regex` takes a second and all memory before it gives up."""
MARKED = 20
"""Matches of one expression that are marked in one section."""


class TimedPattern:
    """One compiled expression; raises `QueryError` when the query's time is up."""

    def __init__(self, pattern: Pattern, query: str, clock: Clock) -> None:
        import regex

        if _RECURSION.search(pattern.text):
            message = "a regular expression cannot call itself here"
            raise QueryError(message, query=query, offset=pattern.at)
        self.pattern = pattern
        self.query = query
        self.clock = clock
        try:
            self.folding = regex.compile(pattern.text, regex.IGNORECASE | regex.MULTILINE)
            self.exact = regex.compile(pattern.text, regex.MULTILINE)
        except (regex.error, RecursionError, OverflowError) as problem:
            message = f"no regular expression: {problem}"
            raise QueryError(message, query=query, offset=pattern.at) from None

    def search(self, text: str, case: bool = False) -> Any:
        """The first match, case aside unless `case`."""
        chosen = self.exact if case else self.folding
        try:
            return chosen.search(text, timeout=self.clock.left())
        except (TimeoutError, MemoryError):
            message = f"this regular expression takes longer than {TIME_LIMIT} s"
            raise QueryError(message, query=self.query, offset=self.pattern.at) from None

    def find_all(self, text: str) -> list[Any]:
        """The first matches, case aside, for marking and ranking."""
        found = []
        try:
            for match in self.folding.finditer(text, timeout=self.clock.left()):
                found.append(match)
                if len(found) == MARKED:
                    break
        except (TimeoutError, MemoryError):
            return found
        return found


class Clock:
    """The time that is left for the expressions of one query; it runs from the first search."""

    def __init__(self, limit: float = TIME_LIMIT) -> None:
        self.limit = limit
        self.end: float | None = None

    def left(self) -> float:
        """Seconds left, never quite none: 0 would mean no limit."""
        now = time.monotonic()
        if self.end is None:
            self.end = now + self.limit
        return max(self.end - now, 1e-6)
