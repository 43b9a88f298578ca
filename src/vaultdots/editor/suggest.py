"""Suggested connections beside the text of a review, and the change that writes one.

They are found beside the keyboard, as the companion's facts are, and stand for one text: what is
typed since takes them away until the keyboard rests again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultdots.edit.model import Change
from vaultdots.editor.actions import Action
from vaultdots.editor.desk import Desk, Sheet
from vaultdots.editor.lens import Hint
from vaultdots.editor.review_facts import is_for
from vaultdots.text.spans import Span
from vaultdots.text.tuples import NamedTuple

if TYPE_CHECKING:
    from vaultdots.vault import Connection, Vault

_MOST_A_LINE = 3
WHERE = ("reviews", "everywhere", "off")
"""Values of `suggestions` under `[editor]`; the first is what holds without it."""


class Suggested(NamedTuple):
    """The connections of a note with this text, by line, the best first in each."""

    text: str
    connections: tuple[Connection, ...]


def are_for(sheet: Sheet, where: object) -> bool:
    """Whether a note gets suggestions."""
    return where == "everywhere" or (where != "off" and is_for(sheet))


def gather(vault: Vault, path: str, text: str) -> Suggested:
    """What `dots connect` says of the note with this unsaved text."""
    vault.catalog.overlay(path, text, vault.config.options)
    try:
        found = sorted(vault.connect(path), key=lambda one: (one.line, -one.score))
        return Suggested(text, tuple(found))
    finally:
        vault.catalog.uncover(path)


def accept(desk: Desk, path: str, found: Suggested, target: str, line: int | None) -> Change | None:
    """The change that makes a link of a suggestion; None where there is none such, or where the
    text is another by now."""
    chosen = [
        one
        for one in found.connections
        if one.target == target and (line is None or one.line == line)
    ]
    sheet = desk.sheet(path)
    if not chosen or sheet is None or sheet.text != found.text:
        return None
    plan = desk.vault.edit.connect(chosen[:1])
    return plan.change if plan.written else None


class Suggestions:
    """The suggestions that are at hand, by note."""

    def __init__(self) -> None:
        """Nothing is at hand before the keyboard rests."""
        self.found: dict[tuple[int, str], Suggested] = {}

    def _of(self, desk: Desk, path: str) -> Suggested | None:
        found = self.found.get((id(desk), path))
        sheet = desk.sheet(path)
        return found if found and sheet and found.text == sheet.text else None

    def hints(self, desk: Desk, path: str, span: Span) -> list[Hint]:
        """Behind each line: the notes that it should be connected to."""
        found, sheet = self._of(desk, path), desk.sheet(path)
        if found is None or sheet is None:
            return []
        by_line: dict[int, list[Connection]] = {}
        for one in found.connections:
            by_line.setdefault(one.line, []).append(one)
        hints = []
        for line, connections in by_line.items():
            end = sheet.line_span(line).end
            if span.start <= end <= span.end:
                shown = connections[:_MOST_A_LINE]
                words = "→ " + ", ".join(one.title for one in shown) + "?"
                reasons = (reason.text for one in shown for reason in one.reasons)
                hints.append(Hint(end, words, "\n".join(reasons)))
        return hints

    def actions(self, desk: Desk, path: str, span: Span) -> list[Action]:
        """On the line of a suggestion: write its link."""
        found, sheet = self._of(desk, path), desk.sheet(path)
        if found is None or sheet is None:
            return []
        line = sheet.lines.line(span.start)
        actions = []
        for one in [one for one in found.connections if one.line == line][:_MOST_A_LINE]:
            change = accept(desk, path, found, one.target, line)
            if change is not None:
                actions.append(
                    Action(desk.say("Connect to {0}", one.title), "refactor.rewrite", change)
                )
        return actions
