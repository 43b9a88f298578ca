"""A year on one page: the summary line, sections, goals with their fate, books, projects, studies,
what was written and not mentioned, and what is new against the years before."""

from __future__ import annotations

from collections.abc import Sequence

from vaultdots.retrospective.document import outline_of
from vaultdots.retrospective.model import (
    DatedNote,
    Digest,
    DigestSection,
    New,
    ReviewSource,
    SectionLink,
)
from vaultdots.retrospective.openings import opening
from vaultdots.retrospective.unmentioned import by_topic, folder_of
from vaultdots.text.late import late
from vaultdots.text.tuples import NamedTuple


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
            opening(source, section.line, end), source.path,
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
    left = [n for group in digest.unmentioned for n in group.notes if n.path not in named]
    left.sort(key=lambda note: (note.date or "9999", note.path))
    return digest._replace(sections=tuple(sections), unmentioned=by_topic(left))


_DATES = late(r"(?:.*/)?\d[\d./-]*")
"""A folder of a year, a month or a day is new each time."""


def new_names(notes: Sequence[DatedNote], before: Sequence[DatedNote]) -> tuple[New, ...]:
    """Tags and folders that this year's notes have and no earlier year's, the commonest first.

    The first year of all has nothing to be new against.
    """
    if not before:
        return ()
    old_tags = {tag.casefold() for note in before for tag in note.tags}
    old_folders = {folder_of(note) for note in before}
    tags: dict[str, list[DatedNote]] = {}
    folders: dict[str, list[DatedNote]] = {}
    for note in notes:
        for tag in note.tags:
            if tag.casefold() not in old_tags:
                tags.setdefault(tag, []).append(note)
        folder = folder_of(note)
        if folder and folder not in old_folders and not _DATES.fullmatch(folder):
            folders.setdefault(folder, []).append(note)
    found = [New(tag, "tag", len(there), there[0].path) for tag, there in tags.items()]
    found += [New(topic, "folder", len(there), there[0].path) for topic, there in folders.items()]
    return tuple(sorted(found, key=lambda new: (-new.notes, new.kind, new.name)))
