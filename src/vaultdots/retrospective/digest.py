"""A year on one page: the summary line, sections, goals with their fate, books, projects, studies,
what was written and not mentioned, and what is new against the years before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from vaultdots.graph.mention_scanner import Scanner
from vaultdots.graph.note_names import is_name, name_key, title_names
from vaultdots.retrospective.concepts import names_in
from vaultdots.retrospective.document import outline_of
from vaultdots.retrospective.events import shown_line
from vaultdots.retrospective.model import (
    Book,
    DatedNote,
    Event,
    Goal,
    ReviewSource,
    SectionLink,
)
from vaultdots.text.spans import Lines

_GROUP_LEAST = 1


class DigestSection(NamedTuple):
    """A section of a review. span: the months it names, None where it names none.

    opening: its first sentence that tells something, "" where it has no text of its own. path: of
    the review. suggested: what it should be connected to, notes, tags, folders and series.
    """

    heading: str
    level: int
    kind: str
    span: tuple[int, int] | None
    line: int
    links: tuple[SectionLink, ...]
    opening: str = ""
    path: str = ""
    suggested: tuple[str, ...] = ()


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


class OpenSection(NamedTuple):
    """A section without its links. end: the line that it ends before, None for the last one."""

    section: DigestSection
    end: int | None


def open_sections(source: ReviewSource) -> tuple[OpenSection, ...]:
    """The review's sections as far as its own text tells of them."""
    outline = outline_of(source)
    lines_end = sorted(
        {section.line for section in source.note.sections} | {section.line for section in outline}
    )
    found = []
    for section in outline:
        later = [line for line in lines_end if line > section.line]
        end = later[0] if later else None
        opened = DigestSection(
            section.heading, section.level, section.kind, section.months, section.line, (),
            _opening(source, section.line, end), source.path,
        )  # fmt: skip
        found.append(OpenSection(opened, end))
    return tuple(found)


def digest_sections(
    opened: Sequence[OpenSection], links: Sequence[SectionLink]
) -> tuple[DigestSection, ...]:
    """A review's sections, each with the notes that it links to, once each."""
    found = []
    for section, end in opened:
        here: dict[str, SectionLink] = {}
        for link in links:
            if link.line >= section.line and (end is None or link.line < end):
                here.setdefault(link.target, link)
        found.append(section._replace(links=tuple(here.values())))
    return tuple(found)


_OPENING = 110
"""Characters of a sentence that are shown."""
_FEWEST_LETTERS = 4
_SENTENCE = re.compile(r".+?(?:[.!?。！？…]+(?=\s|$)|$)")
_ANNOUNCES = re.compile(
    r"(?:다음과 같|아래와 같|정리하(?:겠|려|자면)|as follows|here (?:is|are))|[:：]\W*$", re.I
)
"""A sentence that only says that something follows tells nothing."""
_NO_PROSE = re.compile(r"\s*(?:```|~~~|\||!\[|<|\[[^\]]+\]:|#{1,6}\s|[-=*_]{3,}\s*$|\{[%{])")


def _opening(source: ReviewSource, line: int, end: int | None) -> str:
    """The first sentence of a section that tells something; "" where there is none."""
    fenced = False
    first = max(line, Lines.of(source.text).line(source.note.body) - 1)
    for text in source.text.splitlines()[first : end - 1 if end is not None else None]:
        if text.lstrip().startswith(("```", "~~~")):
            fenced = not fenced
        if fenced or _NO_PROSE.match(text):
            continue
        for match in _SENTENCE.finditer(shown_line(text)):
            said = match[0].strip()
            letters = sum(char.isalnum() for char in said)
            is_name = said.isascii() and " " not in said  # of a picture, say
            if letters >= _FEWEST_LETTERS and not is_name and not _ANNOUNCES.search(said):
                return said if len(said) <= _OPENING else said[: _OPENING - 1].rstrip() + "…"
    return ""


def with_suggestions(digest: Digest, told: Sequence[tuple[str, int, str, Sequence[str]]]) -> Digest:
    """The digest with what its sections should be connected to; these notes are not unmentioned.

    told: (review, line, target, the notes that it stands for) of each suggestion, best first.
    """
    sections = []
    for n, section in enumerate(digest.sections):
        later = [s.line for s in digest.sections[n + 1 :] if s.path == section.path]
        end = later[0] if later else None
        here = [
            target
            for path, line, target, _ in told
            if path == section.path and section.line <= line and (end is None or line < end)
        ]
        sections.append(section._replace(suggested=tuple(dict.fromkeys(here))))
    named = {note for _, _, _, notes in told for note in notes}
    groups = (
        group._replace(notes=tuple(note for note in group.notes if note.path not in named))
        for group in digest.unmentioned
    )
    left = sorted((g for g in groups if g.notes), key=lambda g: (-len(g.notes), g.topic))
    return digest._replace(sections=tuple(sections), unmentioned=tuple(left))


def unmentioned(
    notes: Sequence[DatedNote], reviews: Sequence[ReviewSource], linked: set[str]
) -> tuple[Unmentioned, ...]:
    """The year's notes that its reviews neither link nor name, by topic, the largest first.

    The topic of a note is its folder, else its first tag.
    """
    paths: dict[str, set[str]] = {}
    for note in notes:
        for spelling in (*title_names(note.title), *note.aliases):
            if is_name(key := name_key(spelling), spelling):
                paths.setdefault(key, set()).add(note.path)
    scanner = Scanner(paths)
    named = {
        path for review in reviews for *_, key in names_in(review, scanner) for path in paths[key]
    }
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
