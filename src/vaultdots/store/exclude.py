"""Which files a person's own rules leave out of search, graph, backlinks and mentions."""

from __future__ import annotations

import re
import warnings
from collections.abc import Sequence

from vaultdots.errors import ConfigError
from vaultdots.text.names import nfc


class Exclusions:
    """Obsidian's `userIgnoreFilters` and the patterns of `dots.toml`, as one question."""

    def __init__(self, filters: Sequence[str] = (), patterns: Sequence[str] = ()) -> None:
        """filters: a path prefix each, or a `/regular expression/`. patterns: globs, where `*`
        stays inside a folder, `**` does not, and a trailing `/` means all below it.

        An expression that Python cannot read (they are JavaScript's, and not ours to mend) is left
        out and told in `problems`. Raises ConfigError for such a glob.
        """
        self.problems: list[str] = []
        prefixes = (nfc(text).casefold().lstrip("/") for text in filters if not _is_regex(text))
        self.prefixes = tuple(prefix for prefix in prefixes if prefix)
        expressions = []
        for text in filter(_is_regex, filters):
            try:
                expressions.append(_expression(text[1:-1]))
            except (re.error, RecursionError, OverflowError) as error:
                reason = f"is no regular expression and left out ({error})"
                self.problems.append(f"userIgnoreFilters: {_short(text)} {reason}")
        self.expressions = (*expressions, *(_glob(pattern) for pattern in patterns))
        self.fingerprint = repr((tuple(filters), tuple(patterns)))

    def excludes(self, path: str) -> bool:
        """Whether the file at the vault-relative NFC `path` is left out."""
        if not self.prefixes and not self.expressions:
            return False
        folded = path.casefold()
        return any(folded.startswith(prefix) for prefix in self.prefixes) or any(
            expression.search(path) for expression in self.expressions
        )


def _is_regex(text: str) -> bool:
    return len(text) > 2 and text.startswith("/") and text.endswith("/")


def _expression(text: str) -> re.Pattern[str]:
    with warnings.catch_warnings():
        # `[[` and the like: JavaScript, whose expressions these are, has no such warning.
        warnings.simplefilter("ignore", FutureWarning)
        return re.compile(nfc(text), re.IGNORECASE)


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


# As much of an expression as one line of a message takes.
_SHOWN = 60


def _glob(pattern: str) -> re.Pattern[str]:
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
        return re.compile(f"{start}{''.join(parts)}$")
    except re.error as error:
        raise ConfigError(
            f"ignore: '{pattern}' is no pattern ({error})", place="dots.toml"
        ) from None


def _class(inside: str) -> str:
    """`[a-z]` and `[!a-z]` of a glob as a regular expression's."""
    negated = inside.startswith("!") and len(inside) > 1
    kept = "".join(c if c == "-" else re.escape(c) for c in inside[negated:])
    return f"(?!/)[^{kept}]" if negated else f"[{kept}]"
