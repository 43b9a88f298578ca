"""A draft of the next review: a template filled with last year's goals and this year's notes.

The template is Jinja2's, sandboxed, shipped (`free`, `kpt`, `4l`) or the vault's own. It is given
`year`, `last_year`, `last_review` (a link or ""), `goals`, `months` and `books`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from importlib import resources

from vaultdots.edit.template import fill
from vaultdots.errors import UsageError
from vaultdots.retrospective.model import Book, DatedNote, Goal, ReviewSource
from vaultdots.text.tuples import NamedTuple

TEMPLATES = ("free", "kpt", "4l")


class DraftNote(NamedTuple):
    """A note in a draft. link: a wikilink to it."""

    date: str
    title: str
    link: str
    kind: str


class DraftMonth(NamedTuple):
    """A month with its notes."""

    month: int
    notes: tuple[DraftNote, ...]


class DraftGoal(NamedTuple):
    """Last year's goal, verbatim. link: a wikilink to the heading that it stands under."""

    text: str
    link: str


def wikilink(path: str, heading: str = "") -> str:
    """A link that resolves from anywhere: by path, `[[회고/2024년 회고#2025년 목표]]`."""
    inner = path.rsplit(".", 1)[0] + (f"#{heading}" if heading else "")
    return f"[[{inner}]]"


def draft_goals(goals: Sequence[Goal], sources: Sequence[ReviewSource]) -> tuple[DraftGoal, ...]:
    """The goals listed or stated for a year, each with a link to where it stands."""
    by_path = {source.path: source for source in sources}
    found = []
    for goal in goals:
        source = by_path.get(goal.path)
        heading = ""
        if source is not None:
            above = [s for s in source.note.sections if s.line <= goal.line and s.level]
            heading = above[-1].heading if above else ""
        # `#`, `|`, `^` and brackets end or split a link: then the note alone is linked.
        safe = "" if re.search(r"[#|\[\]^]", heading) else heading
        found.append(DraftGoal(" ".join(goal.text.split()), wikilink(goal.path, safe)))
    return tuple(found)


def draft_months(notes: Sequence[DatedNote]) -> tuple[DraftMonth, ...]:
    """The year's dated notes by month; notes without a month come last, as month 0."""
    months: dict[int, list[DraftNote]] = {}
    for note in notes:
        if note.kind in {"review", "index"}:
            continue
        date = note.date or ""
        month = int(date[5:7]) if len(date) >= 7 else 0
        months.setdefault(month, []).append(
            DraftNote(date[:10], note.title, wikilink(note.path), note.kind)
        )
    return tuple(
        DraftMonth(month, tuple(sorted(months[month], key=lambda n: (n.date, n.title))))
        for month in sorted(months, key=lambda m: (m == 0, m))
    )


def template_text(name: str) -> str:
    """A shipped template. Raises UsageError for another name."""
    if name.casefold() not in TEMPLATES:
        raise UsageError(f"there is no template '{name}'", hint="one of " + ", ".join(TEMPLATES))
    file = resources.files("vaultdots.retrospective").joinpath(
        "templates", f"{name.casefold()}.md.j2"
    )
    return file.read_text(encoding="utf-8")


def draft(
    year: int,
    template: str,
    last: ReviewSource | None,
    goals: Sequence[DraftGoal],
    months: Sequence[DraftMonth],
    books: Sequence[Book],
    *,
    trusted: bool = False,
) -> str:
    """The text of a draft review of `year`. trusted: the template is a shipped one."""
    korean = last is None or re.search(r"[가-힣]", last.note.title + last.text[:2000]) is not None
    return fill(
        template,
        {
            "year": year,
            "last_year": year - 1,
            "last_review": wikilink(last.path) if last is not None else "",
            "goals": goals,
            "months": months,
            "books": books,
            "korean": korean,
        },
        trusted=trusted,
    )


def draft_path(year: int, last: ReviewSource | None) -> str:
    """Where the draft belongs: named as the last review is, with its year replaced.

    `회고/2024년 회고.md` → `회고/2025년 회고.md`; `Review/2023-year/README.md` → `…/2024-year/…`;
    the day on which the last one was written is a year later, too.
    """
    if last is not None and last.note.year is not None:
        old = str(last.note.year)
        if old in last.path:
            after = rf"(?<!\d){last.note.year + 1}(?=-\d\d-\d\d(?!\d))"
            return re.sub(after, str(year + 1), last.path).replace(old, str(year))
        folder = last.path.rsplit("/", 1)[0] + "/" if "/" in last.path else ""
        return f"{folder}{year}.md"
    return f"{year}년 회고.md"
