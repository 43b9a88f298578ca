"""The December companion: while a review is being written, what last year and this year say.

It speaks beside yearly reviews alone: what the last review said under the same heading, the goals
for this year that the text has not answered yet, and the projects, studies and books of the year
that it does not name. Nothing of it is written unless the person takes an action.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from vaultdots.edit.model import Change, Edit
from vaultdots.editor.actions import Action
from vaultdots.editor.desk import Desk, Sheet
from vaultdots.editor.lens import Hint, Lens
from vaultdots.graph.links import Resolver
from vaultdots.graph.new_link import write_link
from vaultdots.text.names import name_key
from vaultdots.text.spans import Span

if TYPE_CHECKING:
    from vaultdots.vault import Vault

_MOST = 8
"""Of each kind so many are offered."""
_WORDS = 90
_OPEN = ("open", "unknown")


class Said(NamedTuple):
    """What last year's review said under a heading. key: of the heading."""

    key: str
    path: str
    line: int
    words: str


class Facts(NamedTuple):
    """What a review of `year` may want to know. goals: (text, path, line); notes: (path, title,
    kind) of the year that the text does not name; books: (title, author)."""

    year: int
    before: tuple[Said, ...]
    goals: tuple[tuple[str, str, int], ...]
    notes: tuple[tuple[str, str, str], ...]
    books: tuple[tuple[str, str], ...]


def is_for(sheet: Sheet) -> bool:
    """Whether a note is a yearly review."""
    row = sheet.row
    return row.kind == "review" and row.year is not None and row.period in (None, "year")


def gather(vault: Vault, path: str, text: str) -> Facts | None:
    """The facts for the review at `path` with this unsaved text. Takes as long as `dots review`."""
    catalog = vault.catalog
    catalog.overlay(path, text, vault.config.options)
    try:
        row = catalog.note(path)
        if row is None or row.year is None or row.kind != "review":
            return None
        years = vault.years_as_of(row.year)
        goals = [
            goal
            for goal in years.goals()
            if goal.target_year == row.year and goal.path != path and goal.status in _OPEN
        ]
        digest = years.review(row.year)
        resolver = Resolver(catalog)
        linked = {resolver.resolve(link).target for link in catalog.links_of(path)}
        said = name_key(text)
        notes = [
            (note.path, note.title, kind)
            for kind, found in (("project", digest.projects), ("study", digest.studies))
            for note in found
            if note.path not in linked and name_key(note.title) not in said
        ]
        books = [
            (book.title, book.author or "")
            for book in digest.books
            if book.path != path and name_key(book.title) not in said
        ]
        return Facts(
            row.year,
            tuple(_before(vault, path, row.year)),
            tuple((goal.text, goal.path, goal.line) for goal in goals[:_MOST]),
            tuple(notes[:_MOST]),
            tuple(books[:_MOST]),
        )
    finally:
        catalog.uncover(path)


def _before(vault: Vault, path: str, year: int) -> list[Said]:
    """What the last review before `year` says, by heading."""
    reviews = [
        row
        for row in vault.notes.rows()
        if row.kind == "review" and row.period in (None, "year") and row.path != path
    ]
    earlier = [row for row in reviews if row.year is not None and row.year < year]
    if not earlier:
        return []
    last = max(earlier, key=lambda row: (row.year or 0, row.path))
    text = vault.catalog.text(last.id)
    found = []
    for section in vault.catalog.sections(last.id):
        words = " ".join(text[section.body : section.end].split())
        if section.level and words:
            heading = _plain(section.headings[-1])
            found.append(Said(heading, last.path, section.line, words[:_WORDS]))
    return found


def _plain(heading: str) -> str:
    """A heading's key without its year: `2023년 목표` and `2024년 목표` are one subject."""
    words = [word for word in name_key(heading).split() if not any(c.isdigit() for c in word)]
    return " ".join(words)


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
        if facts.goals:
            parts.append(
                desk.say("{0} goals for {1} not answered yet", len(facts.goals), facts.year)
            )
        if facts.notes:
            parts.append(desk.say("{0} notes of {1} not named yet", len(facts.notes), facts.year))
        if facts.books:
            parts.append(desk.say("{0} books not named yet", len(facts.books)))
        return [Lens(Span(0, 0), " · ".join(parts))] if parts else []

    def hints(self, desk: Desk, path: str, span: Span) -> list[Hint]:
        """Behind each heading: what the last review said under the same one."""
        facts = self.of(desk, path)
        sheet = desk.sheet(path)
        if facts is None or sheet is None:
            return []
        said = {one.key: one for one in facts.before if one.key}
        found = []
        for section in sheet.sections:
            one = said.get(_plain(section.headings[-1])) if section.level else None
            if one is not None and span.start <= section.start <= span.end:
                end = sheet.line_span(sheet.lines.line(section.start)).end
                found.append(Hint(end, f"« {one.words} »", f"{one.path}:{one.line}"))
        return found

    def actions(self, desk: Desk, path: str, span: Span) -> list[Action]:
        """Put in a link, a check-list line or a book's row, below the line of the cursor."""
        facts = self.of(desk, path)
        sheet = desk.sheet(path)
        if facts is None or sheet is None or span.start < sheet.body:
            return []
        end = sheet.line_span(sheet.lines.line(span.start)).end
        newline = "\r\n" if "\r\n" in sheet.text else "\n"

        def put(title: str, line: str) -> Action:
            edit = Edit(path, Span(end, end), "", newline + line, None)
            return Action(title, "refactor.rewrite", Change("companion", (edit,)))

        found = [
            put(desk.say("Answer the goal: {0}", text), f"- [ ] {text}")
            for text, _, _ in facts.goals
        ]
        style = desk.style(path)
        for target, title, kind in facts.notes:
            link = write_link(desk.resolver, style, path, target, None, dialect=sheet.row.dialect)
            is_project = kind == "project"
            if link is not None:
                found.append(
                    put(
                        desk.say(
                            "Name the project: {0}" if is_project else "Name the study: {0}", title
                        ),
                        f"- {link}",
                    )
                )
        for title, author in facts.books:
            row = f"- {title}" + (f" / {author}" if author else "")
            found.append(put(desk.say("Name the book: {0}", title), row))
        return found
