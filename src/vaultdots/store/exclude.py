"""Which files a person's own rules leave out of search, graph, backlinks and mentions.

The rules come from the vault, which may come from anywhere: an expression that takes too long on a
name is told and left out.
"""

from __future__ import annotations

import re
import time
import warnings
from collections.abc import Callable, Sequence
from typing import Any

from vaultdots.errors import ConfigError
from vaultdots.text.late import late
from vaultdots.text.names import nfc

_SECONDS = 0.25
"""All that one expression may take on all names of a walk together, beyond `_FREE`."""
_FREE = 0.000_2
"""Seconds a name that are not counted: 100,000 names at this pace are an honest expression's."""

Test = Callable[[str], bool]


class Exclusions:
    """Obsidian's `userIgnoreFilters` and the patterns of `dots.toml`, as one question."""

    def __init__(self, filters: Sequence[str] = (), patterns: Sequence[str] = ()) -> None:
        """filters: a path prefix each, or a `/regular expression/`. patterns: globs, where `*`
        stays inside a folder, `**` does not, and a trailing `/` means all below it.

        An expression that Python cannot read (they are JavaScript's, and not ours to mend) is left
        out and told in `problems`. Raises ConfigError for such a glob.
        """
        self.problems: list[str] = []
        self.slow: list[tuple[str, str]] = []
        """(file of the setting, reason) of the expressions that were left out for their time."""
        prefixes = (nfc(text).casefold().lstrip("/") for text in filters if not _is_regex(text))
        self.prefixes = tuple(prefix for prefix in prefixes if prefix)
        self.expressions: list[_Bounded] = []
        for text in filter(_is_regex, filters):
            try:
                search = _expression(text[1:-1])
            except (re.error, RecursionError, OverflowError, ValueError) as error:
                reason = f"is not a regular expression and is left out ({error})"
                self.problems.append(f"userIgnoreFilters: {_short(text)} {reason}")
            else:
                name = f"userIgnoreFilters: {_short(text)}"
                self.expressions.append(_Bounded(search, ".obsidian/app.json", name))
        for pattern in patterns:
            self.expressions.append(
                _Bounded(_glob(pattern), "dots.toml", f"ignore: {_short(pattern)}")
            )
        self.fingerprint = repr((tuple(filters), tuple(patterns)))

    def excludes(self, path: str) -> bool:
        """Whether the file at the vault-relative NFC `path` is left out."""
        if not self.prefixes and not self.expressions:
            return False
        folded = path.casefold()
        if any(folded.startswith(prefix) for prefix in self.prefixes):
            return True
        for expression in tuple(self.expressions):
            try:
                if expression.test(path):
                    return True
            except (TimeoutError, MemoryError):
                self.expressions.remove(expression)
                reason = f"{expression.name} takes too long and is left out"
                self.slow.append((expression.place, reason))
        return False


class _Bounded:
    """One expression with what time it has left. place: the file that it stands in."""

    def __init__(self, search: Any, place: str, name: str) -> None:
        self.search = search
        self.place = place
        self.name = name
        self.left = _SECONDS

    def test(self, path: str) -> bool:
        """Whether the expression finds something. Raises TimeoutError when its time is up."""
        began = time.perf_counter()
        found = self.search(path, timeout=self.left) is not None
        self.left -= max(0.0, time.perf_counter() - began - _FREE)
        if self.left <= 0:
            raise TimeoutError
        return found


def _is_regex(text: str) -> bool:
    return len(text) > 2 and text.startswith("/") and text.endswith("/")


def _expression(text: str, *, folding: bool = True) -> Any:
    """The search of an expression; it takes `timeout`, as `re`'s does not."""
    import regex  # most vaults have no such rule

    if _RECURSION.search(text):
        raise ValueError("it calls itself")
    with warnings.catch_warnings():
        # `[[` and the like: JavaScript, whose expressions these are, has no such warning.
        warnings.simplefilter("ignore", FutureWarning)
        try:
            return regex.compile(nfc(text), regex.IGNORECASE if folding else 0).search
        except regex.error as error:
            raise ValueError(str(error)) from None


_RECURSION = late(r"\(\?(?:R|[+-]?\d|&|P>)")
"""Patterns that call themselves: `regex` takes a second and all memory before it gives up."""


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


# As much of an expression as one line of a message takes.
_SHOWN = 60


def _glob(pattern: str) -> Any:
    text = nfc(pattern).strip()
    anchored = "/" in text.rstrip("/")
    text = text.lstrip("/")
    if text.endswith("/"):
        text += "**"
    parts = []
    for piece in re.split(r"(\*\*/?|\*|\?|\[[^\]]+\])", text):
        if piece == "**/":
            parts.append("(?:.*/)?")
        elif piece == "**":
            parts.append(".*")
        elif piece == "*":
            parts.append("[^/]*")
        elif piece == "?":
            parts.append("[^/]")
        elif piece.startswith("[") and piece.endswith("]") and len(piece) > 2:
            parts.append(_class(piece[1:-1]))
        else:
            parts.append(re.escape(piece))
    start = "^" if anchored else "(?:^|/)"
    try:
        return _expression(f"{start}{''.join(parts)}$", folding=False)
    except (ValueError, RecursionError, OverflowError) as error:
        raise ConfigError(
            f"ignore: '{pattern}' is not a pattern ({error})", place="dots.toml"
        ) from None


def _class(inside: str) -> str:
    """`[a-z]` and `[!a-z]` of a glob as a regular expression's."""
    negated = inside.startswith("!") and len(inside) > 1
    kept = "".join(c if c == "-" else re.escape(c) for c in inside[negated:])
    return f"(?!/)[^{kept}]" if negated else f"[{kept}]"
