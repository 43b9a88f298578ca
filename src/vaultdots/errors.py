"""The exception tree: everything that vaultdots raises on purpose.

    DotsError                 at the command line: exit 2, one line
    ├── UsageError            what was asked for makes no sense
    │   ├── NoteNotFound      a NOTE argument names nothing
    │   ├── AmbiguousNote     a NOTE argument names several notes
    │   └── QueryError        a query that cannot be read, with the place
    ├── ConfigError           dots.toml or app.json cannot be read
    ├── VaultError            the folder cannot be used as a vault, or a file of it not written
    │   └── EditError         a change that cannot be made as it is meant
    └── CatalogError          the cache cannot be read or written

A problem *in a note* is never an exception: it is a `Diagnostic`.
"""

from __future__ import annotations


class DotsError(Exception):
    """A problem to be told in one line.

    message: what is wrong. place: "path" or "path:line", shown first. hint: what to do.
    """

    def __init__(self, message: str, *, place: str = "", hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.place = place
        self.hint = hint

    def one_line(self) -> str:
        """`place: message (hint)`, as the command line prints it after `error: `."""
        text = f"{self.place}: {self.message}" if self.place else self.message
        return f"{text} ({self.hint})" if self.hint else text


class UsageError(DotsError):
    """What was asked for makes no sense."""


class NoteNotFound(UsageError):
    """A NOTE argument names nothing."""


class AmbiguousNote(UsageError):
    """A NOTE argument names several notes; `candidates` are their paths."""

    def __init__(self, name: str, candidates: tuple[str, ...]) -> None:
        shown = ", ".join(candidates[:8]) + (", …" if len(candidates) > 8 else "")
        super().__init__(f"'{name}' names {len(candidates)} notes: {shown}", hint="give the path")
        self.candidates = candidates


class QueryError(UsageError):
    """A query that cannot be read; `offset` is the place in code points."""

    def __init__(self, message: str, *, query: str = "", offset: int = 0, hint: str = "") -> None:
        super().__init__(message, hint=hint)
        self.query = query
        self.offset = offset


class ConfigError(DotsError):
    """dots.toml or .obsidian/app.json cannot be read."""


class VaultError(DotsError):
    """The folder cannot be used as a vault, or a file of it cannot be read or written."""


class EditError(VaultError):
    """A change that cannot be made as it is meant; nothing was written."""


class CatalogError(DotsError):
    """The cache cannot be read or written."""
