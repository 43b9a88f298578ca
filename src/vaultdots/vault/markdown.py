"""A year's digest as Markdown to paste, with links back, in the language of its review."""

from __future__ import annotations

from vaultdots.retrospective.model import Digest, New
from vaultdots.text.hangul import is_korean

_SHOWN = 6
"""Notes of a topic that are named; the rest is counted."""
_KOREAN = {
    "Goals": "목표", "For the next year": "다음 해의 목표", "Books": "책", "again": "다시",
    "Projects": "프로젝트", "Studies": "공부", "Written and not mentioned": "썼지만 회고에 없는 것",
    "New this year": "올해 처음 나온 것", "kept": "지킴", "partly": "일부", "carried": "넘김",
    "dropped": "놓음", "open": "진행 중", "unknown": "모름",
    "Something else": "그 밖",
}  # fmt: skip
"""A word of ours → the one in a Korean note."""
_MARKS = {
    "kept": "x", "partly": "/", "carried": ">", "dropped": "-", "open": " ", "unknown": "?",
}  # fmt: skip


def as_markdown(digest: Digest) -> str:
    """The digest as Markdown to paste, with links back.

    It is to stand in a note, so its words are in the language of the review, whatever the locale.
    """
    korean = _is_korean(digest)

    def word(english: str) -> str:
        return _KOREAN[english] if korean else english

    lines = [f"# {digest.year}", ""]
    if digest.review is not None:
        lines += [
            f"> {digest.summary}" if digest.summary else ">",
            f"> — {_wiki(digest.review)}",
            "",
        ]
    if digest.goals:
        lines += [f"## {word('Goals')}", ""]
        lines += [
            f"- [{_MARKS[goal.status]}] {_one_line(goal.text)} ({word(goal.status)})"
            for goal in digest.goals
        ]
        lines.append("")
    if digest.next_goals:
        lines += [f"## {word('For the next year')}", ""]
        lines += [f"- [ ] {_one_line(goal.text)}" for goal in digest.next_goals]
        lines.append("")
    if digest.books:
        lines += [f"## {word('Books')}", ""]
        for book in digest.books:
            author = f", {book.author}" if book.author else ""
            day = f"{book.finished} " if book.finished else ""
            again = f" ({word('again')})" if book.reread else ""
            lines.append(f"- {day}{book.title}{author}{again}")
        lines.append("")
    for name, notes in (("Projects", digest.projects), ("Studies", digest.studies)):
        if notes:
            lines += [f"## {word(name)}", ""]
            lines += [f"- {_wiki(note.path)}" for note in notes]
            lines.append("")
    if digest.unmentioned:
        lines += [f"## {word('Written and not mentioned')}", ""]
        for group in digest.unmentioned:
            shown = ", ".join(_wiki(note.path) for note in group.notes[:_SHOWN])
            count = len(group.notes) - _SHOWN
            more = (f" 외 {count}개" if korean else f" and {count} more") if count > 0 else ""
            topic = group.topic or word("Something else")
            lines.append(f"- {topic}: {shown}{more}")
        lines.append("")
    if digest.new:
        lines += [f"## {word('New this year')}", ""]
        lines += [f"- {_new(new)}" for new in digest.new]
        lines.append("")
    return "\n".join(lines).rstrip("\n") + "\n"


def _is_korean(digest: Digest) -> bool:
    """Whether the review is Korean, or without one the notes of the year."""
    said = "".join((digest.title or "", *(section.heading for section in digest.sections)))
    if not said:
        said = "".join(note.title for note in (*digest.projects, *digest.studies))
    return is_korean(said)


def _new(new: New) -> str:
    return f"#{new.name}" if new.kind == "tag" else f"{new.name}/"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _wiki(path: str) -> str:
    return f"[[{path.rsplit('.', 1)[0]}]]"
