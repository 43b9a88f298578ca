"""What a note is known by, in words: its title, aliases, file, folder, tags and summary.

A section's own words are compared with these cards, not with whole notes: body text adds noise
(docs/connect.md has the measurement).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from vaultdots.graph.note_names import common_words, title_names
from vaultdots.graph.plurals import singular
from vaultdots.note.paths import called, is_folder_note
from vaultdots.store.answers import SUMMARIES, NoteRow
from vaultdots.store.catalog import Catalog
from vaultdots.store.mention_rows import CardWord
from vaultdots.text.folding import fold
from vaultdots.text.hangul import is_particle, stems
from vaultdots.text.late import late

_WORD = late(r"[가-힣]+|[a-z\u00df-\u024f][a-z0-9\u00df-\u024f+#]*")
"""Digits alone are dates and numbers of parts, no words."""
_SUMMARY_LIMIT = 400
"""Characters of a summary that count: a longer one is a body."""
_FEWEST = 2
_COMPOUND = late(r"(?<![가-힣])([가-힣]{2,}) ([가-힣])(?![가-힣])")
_LOOSE = frozenset("것곳글길날년달때말및법분수일월점주줄중집책팀편후")
"""Syllables that are words of their own after any word: 읽은 책, 배운 점, 만든 것."""


FIELDS = ("title", "name", "tag", "folder", "summary")
"""The fields of a card. name: of the file, or of the folder that the note stands for."""


@cache
def reduced(word: str) -> str:
    """A folded word without its particle (객체지향의 → 객체지향) or plural; "" for one letter."""
    if word.isascii():
        word = singular(word)
        return word if len(word) >= _FEWEST else ""
    for stem in stems(word):
        if len(stem) >= _FEWEST:
            return stem
    return word if len(word) >= _FEWEST else ""


def words_in(text: str) -> list[str]:
    """The words of folded text, reduced, in order; those of one letter left out."""
    return [word for word in map(reduced, raw_words(text)) if word]


def raw_words(text: str) -> list[str]:
    """The words of folded text as they stand; the particle of a Latin one (`Hugo로`) is none."""
    found = []
    for match in _WORD.finditer(text):
        before = text[match.start() - 1 : match.start()]
        if before.isascii() and before.isalnum() and is_particle(match[0], before):
            continue
        found.append(match[0])
    return found


def card(row: NoteRow, tags: Iterable[str], summary: str) -> list[CardWord]:
    """What a note is known by, each word once a field."""
    folder = row.path.rpartition("/")[0]
    stem = called(row.path, row.dialect)
    if is_folder_note(row.path, row.dialect):
        folder = folder.rpartition("/")[0]
    fields = (
        list(title_names(row.title))[-1],
        stem,
        " ".join(tags),
        folder,
        " ".join((*row.aliases, summary[:_SUMMARY_LIMIT])),
    )
    return [
        CardWord(row.id, field, word)
        for field, text in zip(FIELDS, fields, strict=True)
        for word in dict.fromkeys(_words_of_field(field, fold(text).text))
    ]


def _words_of_field(field: str, text: str) -> list[str]:
    words = words_in(text)
    return words + _compounds(text) if field in ("title", "name") else words


def _compounds(text: str) -> list[str]:
    """A title's word and the syllable after it as one, 분산 락: alone it says nothing."""
    found = []
    for match in _COMPOUND.finditer(text):
        word, syllable = match.groups()
        if syllable not in _LOOSE and word not in common_words():
            found.append(word + syllable)
    return found


def summaries(catalog: Catalog, note_ids: Sequence[int]) -> dict[int, str]:
    """The own summaries of some notes, by id."""
    found: dict[int, str] = {}
    for note_id, value in catalog.property_values(SUMMARIES, note_ids):
        if isinstance(value, str):
            found.setdefault(note_id, value)
    return found
