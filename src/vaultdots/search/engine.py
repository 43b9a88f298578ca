"""The full-text index as the rest of search sees it: index these sections, rank these tokens.

Both engines hold the same columns of the same tokens and score alike (BM25 as SQLite FTS5 computes
it, over all columns of a section), so that their answers are equal.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Collection, Iterable
from typing import Literal, Protocol

from vaultdots.search.source import SectionRow
from vaultdots.search.tokens import tokens
from vaultdots.text.hangul import initials
from vaultdots.text.late import late
from vaultdots.text.names import nfc
from vaultdots.text.tuples import NamedTuple

SCHEMA = 9
"""Grows when columns or tokens change; an index of another schema is built again."""

COLUMNS = ("name", "alias", "heading", "context", "tags", "body", "initials")
WEIGHTS = (10.0, 8.0, 5.0, 0.2, 3.0, 1.0, 0.2)
"""What a match in each column counts before the check: a title counts ten times the body, and
`context` (the note's names and the headings above a section) hardly at all: its own section has
them."""

NAMES = ("name", "alias", "heading", "tags", "initials")
"""The columns that name a section; a match there is worth more than any in a body."""

FieldSet = Literal["whole", "names", "sample"]
FIELD_SETS: dict[FieldSet, tuple[str, ...]] = {"whole": COLUMNS, "names": NAMES, "sample": COLUMNS}
"""An index holds its sections three times, with these columns: all of them; all by their names
alone, so that a word which stands in half of the texts is found in the few names at once; and a
fair sample, to weigh such a word's texts by (decision 0034)."""

SAMPLED = 16
"""One section in so many is in the field set of samples."""

WHOOSH_FOLDER = "whoosh"
"""Of the vault's cache: named here, so that who looks for it need not import whoosh."""

K1 = 1.2
B = 0.75
"""BM25's constants, those that SQLite FTS5 has built in."""

APART = "\n\n"
"""Joins what must not be read together: no run of characters goes across it."""

Progress = Callable[[int, int], None]
"""Reported (sections done, sections in all)."""


class TokenPhrase(NamedTuple):
    """Tokens next to each other; where `prefix`, the last is a prefix. columns: those of
    `COLUMNS` that they may stand in."""

    tokens: tuple[str, ...]
    prefix: bool = False
    columns: tuple[str, ...] = COLUMNS


class AllOf(NamedTuple):
    """Sections that every part finds."""

    parts: tuple[IndexQuery, ...]


class AnyOf(NamedTuple):
    """Sections that at least one part finds."""

    parts: tuple[IndexQuery, ...]


IndexQuery = TokenPhrase | AllOf | AnyOf


def within(wanted: IndexQuery, columns: Collection[str]) -> IndexQuery | None:
    """The query asked of some columns alone; None where it can find nothing there."""
    if isinstance(wanted, TokenPhrase):
        kept = tuple(column for column in wanted.columns if column in columns)
        return wanted._replace(columns=kept) if kept else None
    parts = tuple(part for one in wanted.parts if (part := within(one, columns)) is not None)
    if isinstance(wanted, AllOf):
        return AllOf(parts) if len(parts) == len(wanted.parts) else None
    return AnyOf(parts) if parts else None


def parts_within(wanted: IndexQuery, columns: Collection[str]) -> IndexQuery | None:
    """Any part of a query, asked of these columns alone; None for a query of one."""
    return within(AnyOf(wanted.parts), columns) if isinstance(wanted, AllOf) else None


class Ranked(NamedTuple):
    """A section that the index proposes; a higher score is better."""

    section_id: int
    note_id: int
    score: float


class IndexState(NamedTuple):
    """How far an index has come. generation: of the catalog, -1 for none; complete: False while
    it is being built."""

    generation: int
    complete: bool


class Engine(Protocol):
    """One kind of full-text index."""

    name: str
    busy: tuple[type[Exception], ...]
    broken: type[Exception]

    def state(self) -> IndexState:
        """What stands in the index now."""

    def index(
        self,
        rows: Iterable[SectionRow],
        forget: Collection[int] | None,
        generation: int,
    ) -> None:
        """Forget some notes (None: everything), add these sections, stamp the generation.

        Raises one of `busy` while another process writes the index, or the disk refuses.
        """

    def expunge(self) -> None:
        """Take what is left of forgotten notes out of the index's files; put off where another
        process writes. A note that a person deleted is not to be read in a cache."""

    def rank(
        self,
        wanted: IndexQuery,
        notes: Collection[int] | None,
        limit: int | None,
        field_set: FieldSet = "whole",
        among: Collection[int] | None = None,
    ) -> list[Ranked]:
        """The best sections of a field set for these tokens, in these notes (None: in all) and
        among these sections (None: all), ties in the order of their ids.

        Raises `broken` where the index cannot be read: it is a cache and is built again.
        """

    def some(
        self,
        wanted: IndexQuery,
        notes: Collection[int] | None,
        most: int,
        field_set: FieldSet = "whole",
        named: IndexQuery | None = None,
    ) -> list[int]:
        """The ids of sections of a field set with these tokens, in these notes: all, where there
        are no more than `most`, else any so many. named: only those with these tokens in their
        names. Raises as `rank` does; it is much cheaper."""

    def count(self, wanted: IndexQuery, notes: Collection[int] | None, most: int) -> int:
        """How many sections `some` would give."""

    def counts(self, wanted: Collection[str]) -> dict[str, int]:
        """In how many sections each of these tokens stands; those in none are left out."""

    def size(self) -> int:
        """Sections in the index."""

    def close(self) -> None:
        """Let go of open files."""


def column_texts(row: SectionRow) -> tuple[str, ...]:
    """What each of `COLUMNS` holds of a section; the last are the initial consonants of its names,
    by which ㅎㄱ finds 회고. Those of its context stand in the context."""
    name, alias, heading, context, tags, body = _texts(row)
    own = initials_of(APART.join((name, alias, heading, tags)))
    return name, alias, heading, APART.join((context, initials_of(context))), tags, body, own


def is_sampled(path: str, ordinal: int) -> bool:
    """Whether a section is in the sample: its own path and place decide, and nothing else of the
    vault, so that it is the same after an update as after a rebuild."""
    return zlib.crc32(f"{path}#{ordinal}".encode("utf-8", "surrogatepass")) % SAMPLED == 0


def initials_of(text: str) -> str:
    """The text with its syllables' first letters, its other words left out."""
    return _NO_HANGUL.sub(APART, initials(nfc(text)))


_NO_HANGUL = late(r"[^\sㄱ-ㅎ]+")


def _texts(row: SectionRow) -> tuple[str, str, str, str, str, str]:
    """The columns that are texts.

    Title, aliases and file name belong to a note's first section; to the others they are context,
    as are the headings above.
    """
    heading = row.headings[-1] if row.headings else ""
    tags = APART.join((*row.tags, *row.properties))
    if row.ordinal == 0:
        aliases = APART.join((*row.aliases, *other_names(row)))
        return row.title, aliases, heading, APART.join(row.headings[:-1]), tags, row.text
    above = APART.join((row.title, *row.aliases, *other_names(row), *row.headings[:-1]))
    return "", "", heading, above, tags, row.text


def other_names(row: SectionRow) -> tuple[str, ...]:
    """The file's name where it is not the title."""
    stem = row.path.rpartition("/")[2].rpartition(".")[0]
    return (stem,) if stem != row.title else ()


def shelved(row: SectionRow) -> dict[FieldSet, tuple[str, ...]]:
    """The tokens of a section by field set, a space between them: a text for each of `COLUMNS`, ""
    for those that the field set has not. Field sets that hold nothing of it are left out."""
    whole = tuple(" ".join(tokens(text)) if text else "" for text in column_texts(row))
    names = tuple(text if name in NAMES else "" for name, text in zip(COLUMNS, whole, strict=True))
    found: dict[FieldSet, tuple[str, ...]] = {"whole": whole}
    if any(names):
        found["names"] = names
    if is_sampled(row.path, row.ordinal):
        found["sample"] = whole
    return found
