"""A year on one page: the summary line, sections, goals with their fate, books, projects, studies,
what was written and not mentioned, and what is new against the years before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from vaultdots.retrospective.concepts import Names
from vaultdots.retrospective.document import outline_of
from vaultdots.retrospective.model import (
    Book,
    DatedNote,
    Event,
    Goal,
    ReviewSource,
    SectionLink,
)

_GROUP_LEAST = 1


class DigestSection(NamedTuple):
    """A section of the review. span: the months it names, None where it names none."""

    heading: str
    level: int
    kind: str
    span: tuple[int, int] | None
    line: int
    links: tuple[SectionLink, ...]


class Unmentioned(NamedTuple):
    """Notes of the year on one topic that the review neither links nor names."""

    topic: str
    notes: tuple[DatedNote, ...]


class New(NamedTuple):
    """A tag or a folder that no year before has. notes: how many notes of the year have it."""

    name: str
    kind: str
    notes: int
    path: str


class Digest(NamedTuple):
    """The year as a page."""

    year: int
    review: str | None
    title: str | None
    summary: str
    sections: tuple[DigestSection, ...]
    goals: tuple[Goal, ...]
    next_goals: tuple[Goal, ...]
    books: tuple[Book, ...]
    events: tuple[Event, ...]
    projects: tuple[DatedNote, ...]
    studies: tuple[DatedNote, ...]
    unmentioned: tuple[Unmentioned, ...]
    new: tuple[New, ...]


def digest_sections(
    source: ReviewSource, links: Sequence[SectionLink]
) -> tuple[DigestSection, ...]:
    """The review's sections, each with the notes that it links to, once each."""
    outline = outline_of(source)
    lines_end = sorted(
        {section.line for section in source.note.sections} | {section.line for section in outline}
    )
    found = []
    for section in outline:
        later = [line for line in lines_end if line > section.line]
        end = later[0] if later else None
        here: dict[str, SectionLink] = {}
        for link in links:
            if link.line >= section.line and (end is None or link.line < end):
                here.setdefault(link.target, link)
        found.append(
            DigestSection(
                section.heading, section.level, section.kind, section.months, section.line,
                tuple(here.values()),
            )
        )  # fmt: skip
    return tuple(found)


def unmentioned(
    notes: Sequence[DatedNote], reviews: Sequence[ReviewSource], linked: set[str]
) -> tuple[Unmentioned, ...]:
    """The year's notes that its reviews neither link nor name, by topic, the largest first.

    The topic of a note is its folder, else its first tag.
    """
    names = {spelling: note.path for note in notes for spelling in (note.title, *note.aliases)}
    looking = Names(names)
    named = {path for review in reviews for _, path in looking.find(review.text)}
    groups: dict[str, list[DatedNote]] = {}
    for note in notes:
        if note.kind in {"review", "daily", "index"} or note.path in linked | named:
            continue
        groups.setdefault(topic_of(note), []).append(note)
    found = [
        Unmentioned(topic, tuple(group))
        for topic, group in groups.items()
        if len(group) >= _GROUP_LEAST
    ]
    return tuple(sorted(found, key=lambda group: (-len(group.notes), group.topic)))


def topic_of(note: DatedNote) -> str:
    """What a note is filed under: its folder (of a bundle the one above), else its first tag."""
    parts = note.path.split("/")[:-1]
    stem = note.path.rsplit("/", 1)[-1].rsplit(".", 1)[0].casefold()
    if stem in {"index", "readme"} and len(parts) > 1:
        parts = parts[:-1]
    if parts:
        return "/".join(parts)
    return f"#{note.tags[0]}" if note.tags else "/"


def new_names(notes: Sequence[DatedNote], before: Sequence[DatedNote]) -> tuple[New, ...]:
    """Tags and folders that this year's notes have and no earlier year's, the commonest first.

    The first year of all has nothing to be new against.
    """
    if not before:
        return ()
    old_tags = {tag.casefold() for note in before for tag in note.tags}
    old_folders = {topic_of(note) for note in before}
    tags: dict[str, list[DatedNote]] = {}
    folders: dict[str, list[DatedNote]] = {}
    for note in notes:
        for tag in note.tags:
            if tag.casefold() not in old_tags:
                tags.setdefault(tag, []).append(note)
        topic = topic_of(note)
        if not topic.startswith("#") and topic != "/" and topic not in old_folders:
            folders.setdefault(topic, []).append(note)
    found = [New(tag, "tag", len(there), there[0].path) for tag, there in tags.items()]
    found += [New(topic, "folder", len(there), there[0].path) for topic, there in folders.items()]
    return tuple(sorted(found, key=lambda new: (-new.notes, new.kind, new.name)))
