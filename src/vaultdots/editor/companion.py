"""The December companion: while a review is being written, what last year and this year say.

It speaks beside yearly reviews alone: what the last review said on a heading's subject, the goals
for this year that the text has not answered yet, and the projects, studies and books of the year
that it does not name. Nothing of it is written unless the person takes an action, and actions are
offered only where a line of their own would stand: on an empty line, a heading, an item, a row.
"""

from __future__ import annotations

import re
from typing import Any

from vaultdots.edit.model import Change, Edit
from vaultdots.editor.actions import Action
from vaultdots.editor.desk import Desk, Sheet
from vaultdots.editor.lens import Hint, Lens
from vaultdots.editor.review_facts import Facts, heading_key
from vaultdots.graph.new_link import is_in_table, write_link
from vaultdots.text.spans import Span

_LONGEST = 60
"""Characters of a goal in an action's name."""
_MAY_FOLLOW = re.compile(r"\s*(?:$|#|[-*+]\s|\d{1,3}[.)]\s|\|)")
_ITEM = re.compile(r"([ \t]*[-*+]|[ \t]*\d{1,3}[.)])[ \t]")
_ONLY: dict[str, tuple[str, ...]] = {
    "goal-check": ("goals",),
    "goals": ("goals",),
    "book": ("books",),
    "project": ("notes",),
    "study": ("notes",),
}
"""What is offered in a section of a kind; in others all of it."""


class Companion:
    """The facts that are at hand, by note; none of them takes time to show."""

    def __init__(self) -> None:
        self.facts: dict[tuple[int, str], Facts] = {}

    def of(self, desk: Desk, path: str) -> Facts | None:
        """The facts of a note."""
        return self.facts.get((id(desk), path))

    def lenses(self, desk: Desk, path: str) -> list[Lens]:
        """Above the title: what is not answered and not named yet."""
        facts = self.of(desk, path)
        if facts is None:
            return []
        parts = []
        if goals := len(facts.goals):
            parts.append(
                desk.say("{0} goal for {1} not answered yet", goals, facts.year)
                if goals == 1
                else desk.say("{0} goals for {1} not answered yet", goals, facts.year)
            )
        if notes := len(facts.notes):
            parts.append(
                desk.say("{0} note of {1} not named yet", notes, facts.year)
                if notes == 1
                else desk.say("{0} notes of {1} not named yet", notes, facts.year)
            )
        if books := len(facts.books):
            parts.append(
                desk.say(
                    "{0} book not named yet" if books == 1 else "{0} books not named yet", books
                )
            )
        return [Lens(Span(0, 0), " · ".join(parts))] if parts else []

    def rows(self, desk: Desk, path: str) -> list[dict[str, Any]]:
        """What the lens counts, one row each: kind, title, path, line."""
        facts = self.of(desk, path)
        if facts is None:
            return []
        goals = [
            {"kind": "goal", "title": text, "path": at, "line": line}
            for text, at, line in facts.goals
        ]
        notes = [
            {"kind": kind, "title": title, "path": at, "line": 1} for at, title, kind in facts.notes
        ]
        books = [
            {"kind": "book", "title": title, "path": at, "line": line}
            for title, _, at, line in facts.books
        ]
        return [*goals, *notes, *books]

    def hints(self, desk: Desk, path: str, span: Span) -> list[Hint]:
        """Behind each heading: what the last review said on its subject."""
        facts = self.of(desk, path)
        sheet = desk.sheet(path)
        if facts is None or sheet is None:
            return []
        said = {one.key: one for one in facts.before if one.key}
        found = []
        for section in sheet.sections:
            # Each is said once: a heading may stand in a review twice.
            here = section.level and span.start <= section.start <= span.end
            one = said.pop(heading_key(section.headings[-1]), None) if here else None
            if one is not None:
                end = sheet.line_span(sheet.lines.line(section.start)).end
                found.append(Hint(end, f"« {one.words} »", f"{one.path}:{one.line}"))
        return found

    def actions(self, desk: Desk, path: str, span: Span) -> list[Action]:
        """Put in a link, a check-list line or a book's row, below the line of the cursor."""
        facts = self.of(desk, path)
        sheet = desk.sheet(path)
        if facts is None or sheet is None or span.start < sheet.body or span.end > span.start:
            return []
        here = sheet.line_span(sheet.lines.line(span.start))
        line = here.of(sheet.text)
        if not _MAY_FOLLOW.match(line) or sheet.is_in(span.start, "code", "comment", "html"):
            return []
        only = _only(sheet, facts, span.start)
        item = _ITEM.match(line)
        mark = item[1] if item and not item[1].strip()[0].isdigit() else "-"
        table = is_in_table(sheet.text, here.start)

        def put(title: str, *cells: str, box: str = "") -> Action:
            if table:
                columns = max(len(cells), line.strip().strip("|").count("|") + 1)
                written = "| " + " | ".join([*cells, *[""] * (columns - len(cells))]) + " |"
            else:
                written = f"{mark} {box}" + " / ".join(filter(None, cells))
            return _below(sheet, here, title, written)

        found = []
        if "goals" in only:
            for text, _, _ in facts.goals:
                found.append(put(desk.say("Answer the goal: {0}", _cut(text)), text, box="[ ] "))
        style = desk.style(path)
        for target, title, kind in facts.notes if "notes" in only else ():
            link = write_link(
                desk.resolver, style, path, target, None,
                dialect=sheet.row.dialect, in_table=table,
            )  # fmt: skip
            if link is not None:
                name = kind == "project"
                found.append(put(
                    desk.say("Name the project: {0}" if name else "Name the study: {0}", title),
                    link,
                ))  # fmt: skip
        for title, author, *_ in facts.books if "books" in only else ():
            cells = (
                (title.replace("|", "\\|"), author.replace("|", "\\|"))
                if table
                else (title, author)
            )
            found.append(put(desk.say("Name the book: {0}", title), *cells))
        return found


def _only(sheet: Sheet, facts: Facts, offset: int) -> tuple[str, ...]:
    """What is offered in the section of an offset: in one that is about goals, goals."""
    kinds = dict(facts.kinds)
    section = sheet.section_at(offset)
    for heading in reversed(section.headings if section else ()):
        if (only := _ONLY.get(kinds.get(heading_key(heading), ""))) is not None:
            return only
    return ("goals", "notes", "books")


def _below(sheet: Sheet, line: Span, title: str, written: str) -> Action:
    """An action that writes a line below another, or in place of an empty one."""
    newline = "\r\n" if "\r\n" in sheet.text else "\n"
    empty = not line.of(sheet.text).strip()
    edit = (
        Edit(sheet.path, line, line.of(sheet.text), written, None)
        if empty
        else Edit(sheet.path, Span(line.end, line.end), "", newline + written, None)
    )
    return Action(title, "refactor.rewrite", Change("companion", (edit,)))


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"
