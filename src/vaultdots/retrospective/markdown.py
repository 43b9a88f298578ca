"""A year's digest as Markdown to paste, with links back."""

from __future__ import annotations

from vaultdots.retrospective.digest import Digest, New

_SHOWN = 6
"""Notes of a topic that are named; the rest is counted."""
_MARKS = {
    "kept": "x", "partly": "/", "carried": ">", "dropped": "-", "open": " ", "unknown": "?",
}  # fmt: skip


def as_markdown(digest: Digest) -> str:
    """The digest as Markdown to paste, with links back."""
    lines = [f"# {digest.year}", ""]
    if digest.review is not None:
        lines += [
            f"> {digest.summary}" if digest.summary else ">",
            f"> — {_wiki(digest.review)}",
            "",
        ]
    if digest.goals:
        lines += ["## Goals", ""]
        lines += [
            f"- [{_MARKS[goal.status]}] {_one_line(goal.text)} ({goal.status})"
            for goal in digest.goals
        ]
        lines.append("")
    if digest.next_goals:
        lines += ["## For the next year", ""]
        lines += [f"- [ ] {_one_line(goal.text)}" for goal in digest.next_goals]
        lines.append("")
    if digest.books:
        lines += ["## Books", ""]
        for book in digest.books:
            author = f", {book.author}" if book.author else ""
            day = f"{book.finished} " if book.finished else ""
            again = " (again)" if book.reread else ""
            lines.append(f"- {day}{book.title}{author}{again}")
        lines.append("")
    for name, notes in (("Projects", digest.projects), ("Studies", digest.studies)):
        if notes:
            lines += [f"## {name}", ""]
            lines += [f"- {_wiki(note.path)}" for note in notes]
            lines.append("")
    if digest.unmentioned:
        lines += ["## Written and not mentioned", ""]
        for group in digest.unmentioned:
            shown = ", ".join(_wiki(note.path) for note in group.notes[:_SHOWN])
            more = f" and {len(group.notes) - _SHOWN} more" if len(group.notes) > _SHOWN else ""
            lines.append(f"- {group.topic}: {shown}{more}")
        lines.append("")
    if digest.new:
        lines += ["## New this year", ""]
        lines += [f"- {_new(new)}" for new in digest.new]
        lines.append("")
    return "\n".join(lines).rstrip("\n") + "\n"


def _new(new: New) -> str:
    return f"#{new.name}" if new.kind == "tag" else f"{new.name}/"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _wiki(path: str) -> str:
    return f"[[{path.rsplit('.', 1)[0]}]]"
