"""Reviews for tests: from a text, from the corpora, from the demo vault."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.corpora import CORPORA, REASON
from vaultdots.note.model import Note
from vaultdots.note.parse import parse_note
from vaultdots.retrospective.booknotes import book_note_of
from vaultdots.retrospective.model import BookNote, DatedNote, ReviewSource, SectionLink

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
VAULT = ROOT / "vault"


def expected(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / "expected" / f"{name}.toml").read_text(encoding="utf-8"))


def corpora() -> Path:
    """The corpora beside the project; skips where they are not."""
    if not CORPORA.is_dir():
        pytest.skip(REASON)
    return CORPORA


def review(text: str, path: str = "회고/2023년 회고.md") -> ReviewSource:
    """A text as a review; without a title of its own it is one of the year 2023."""
    return ReviewSource(parse_note(path, text), text)


def in_corpora(path: str) -> ReviewSource:
    text = (corpora() / path).read_text(encoding="utf-8", errors="replace").removeprefix("\ufeff")
    if not path.endswith(".txt"):
        return review(text, path)
    source = review(as_imported(path, text), path)
    note = replace(source.note, kind="review", year=2023, period="year")
    return ReviewSource(note, source.text)


def as_imported(path: str, text: str) -> str:
    """A copied post with its headings written as Markdown: the importer's work, done here by the
    outline that was read by hand."""
    outline = expected("outlines")[Path(path).stem]

    def bare(line: str) -> str:
        return re.sub(r"[#\s-]", "", line)

    levels = {bare(heading): level for level, heading in outline["headings"]}
    return "\n".join(
        "#" * levels[bare(line)] + " " + line.strip("#- ") if bare(line) in levels else line
        for line in text.split("\n")
    )


def notes_of(folder: Path) -> list[tuple[Note, str]]:
    found = []
    for file in sorted(folder.rglob("*.md")):
        if any(part.startswith(".") for part in file.relative_to(folder).parts):
            continue
        text = file.read_text(encoding="utf-8", errors="replace").removeprefix("\ufeff")
        found.append((parse_note(file.relative_to(folder).as_posix(), text), text))
    return found


def reviews_of(folder: Path) -> list[ReviewSource]:
    return [ReviewSource(n, t) for n, t in notes_of(folder) if n.kind == "review"]


def book_notes(notes: Sequence[tuple[Note, str]]) -> list[BookNote]:
    return [
        book_note_of(n.path, n.title, n.aliases, {p.key.casefold(): p.value for p in n.properties})
        for n, _ in notes
        if n.kind == "book"
    ]


class Notes:
    """The notes of a folder as `YearNotes`."""

    def __init__(self, notes: Sequence[tuple[Note, str]]) -> None:
        self.notes = notes

    def notes_in(self, year: int) -> Sequence[DatedNote]:
        return [
            DatedNote(n.path, n.title, n.kind, tuple(t.name for t in n.tags), n.created, n.aliases)
            for n, _ in self.notes
            if n.year == year and n.kind != "review"
        ]

    def text(self, path: str) -> str:
        return next((text for note, text in self.notes if note.path == path), "")

    def links(self, path: str) -> Sequence[SectionLink]:
        return ()


def letters(text: str) -> str:
    return re.sub(r"\W+", "", text)
