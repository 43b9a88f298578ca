"""Help with Hangul in it, whose letters are two columns wide: click counts each as one, and would
write past the edge of the terminal."""

from __future__ import annotations

from collections.abc import Iterable

import click

from vaultdots.text.columns import width

_FILLED = "\ue000"
"""Stands behind each wide letter while the help is laid out: of no script, and never printed."""


class WideFormatter(click.HelpFormatter):
    """click's own, with two columns for a wide letter."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """The line `Usage: …`."""
        super().write_usage(
            _filled(prog), _filled(args), None if prefix is None else _filled(prefix)
        )

    def write_heading(self, heading: str) -> None:
        """A heading and its colon."""
        super().write_heading(_filled(heading))

    def write_text(self, text: str) -> None:
        """Paragraphs, broken at the edge."""
        super().write_text(_filled(text))

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        """Two columns: an option or a command, and what it does."""
        filled = [(_filled(name), _filled(said)) for name, said in rows]
        super().write_dl(filled, col_max, col_spacing)

    def getvalue(self) -> str:
        """The help."""
        return super().getvalue().replace(_FILLED, "")


def _filled(text: str) -> str:
    return "".join(char + _FILLED if width(char) > 1 else char for char in text)
