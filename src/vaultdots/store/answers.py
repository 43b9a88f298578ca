"""What the catalog answers with: frozen rows, one kind a question."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeVar

from vaultdots.text.spans import Span
from vaultdots.text.tuples import NamedTuple

if TYPE_CHECKING:
    from vaultdots.store.walk import Role

_V = TypeVar("_V")

# SQLite takes at least 999 values a statement.
MOST_VALUES = 900


def parts(values: list[_V]) -> Iterator[list[_V]]:
    """A list in parts that fit into one statement."""
    for start in range(0, len(values), MOST_VALUES):
        yield values[start : start + MOST_VALUES]


class Fingerprint(NamedTuple):
    """What the catalog knows of a file, to tell whether it changed."""

    id: int
    disk: str
    role: str
    excluded: bool
    size: int
    mtime_ns: int
    inode: int
    settled: bool
    digest: bytes | None
    unread: str | None


class NoteRow(NamedTuple):
    """A note as the catalog has it. mtime in ns; created and modified from the properties."""

    id: int
    path: str
    title: str
    kind: str
    kind_rule: str
    year: int | None
    year_rule: str
    period: str | None
    status: str
    created: str | None
    modified: str | None
    aliases: tuple[str, ...]
    dialect: str
    mtime_ns: int
    excluded: bool


class SectionRow(NamedTuple):
    """A section of a note. keys: every folded key that a link's subpath may name it by."""

    id: int
    note_id: int
    ordinal: int
    level: int
    headings: tuple[str, ...]
    keys: tuple[str, ...]
    repeat: int
    line: int
    start: int
    body: int
    end: int


SUMMARIES = ("description", "summary", "subtitle", "excerpt", "abstract", "설명", "요약")
"""Properties in which a note says what it is about."""
SERIES = ("series",)
"""Properties that say which series a note belongs to."""

LinkMark = tuple[str, str, str, str, str | None, int, int, int]
"""What tells which note a link means, and where it stands: source, dialect, lookup, target, subpath
(JSON, None without one), start, end, line."""


class LinkEnd(NamedTuple):
    """A link into the vault as far as it matters which files it joins: a few of `LinkRow`'s columns
    under the same names, which SQLite reads in a fifth of the time."""

    source: str
    role: str
    dialect: str
    kind: str
    lookup: str
    target: str
    subpath: tuple[str, ...]
    number: int
    section: int
    line: int

    @property
    def external(self) -> bool:
        """No link out of the vault is read."""
        return False


class LinkRow(NamedTuple):
    """A link with the file it stands in, unresolved. section: -1 in the frontmatter."""

    source: str
    role: str
    dialect: str
    number: int
    kind: str
    lookup: str
    start: int
    end: int
    line: int
    column: int
    raw: str
    target: str
    key: str | None
    subpath: tuple[str, ...]
    display: str | None
    section: int
    external: bool
    excluded: bool
    form: str
    target_start: int
    target_end: int
    subpath_start: int | None
    subpath_end: int | None
    display_start: int | None
    display_end: int | None

    @property
    def span(self) -> Span:
        """The whole link."""
        return Span(self.start, self.end)

    @property
    def target_span(self) -> Span:
        """Where the name or path is written; see `note.model.Link`."""
        return Span(self.target_start, self.target_end)

    @property
    def subpath_span(self) -> Span | None:
        """Where the subpath is written, without its first `#`."""
        return _span(self.subpath_start, self.subpath_end)

    @property
    def display_span(self) -> Span | None:
        """Where the text shown is written."""
        return _span(self.display_start, self.display_end)


def _span(start: int | None, end: int | None) -> Span | None:
    return None if start is None or end is None else Span(start, end)


class LinkSpelling(NamedTuple):
    """How `links` links are written. braced: `[[x]]{label}`. rooted: `/x`. path: with a folder.
    relative: `./x`, `../x`. ending: with `.md`. slash: `x/`."""

    wikilink: bool
    braced: bool
    displayed: bool
    rooted: bool
    path: bool
    relative: bool
    ending: bool
    slash: bool
    links: int


class NameRow(NamedTuple):
    """A name that a file can be called by. via: name, folder, undated, slug, alias, title
    or url."""

    key: str
    via: str
    path: str
    role: Role
    dialect: str
    excluded: bool


class SearchRow(NamedTuple):
    """A section as search reads it: its text without comments, and what is around it.

    tags: those that stand in the section, and the frontmatter's for the first one. properties:
    what the frontmatter says in words, for the first one alone; search fills them in.
    """

    note_id: int
    section_id: int
    ordinal: int
    path: str
    title: str
    aliases: tuple[str, ...]
    tags: tuple[str, ...]
    headings: tuple[str, ...]
    line: int
    text: str
    kind: str
    year: int | None
    properties: tuple[str, ...] = ()


class DiagnosticRow(NamedTuple):
    """A diagnostic with its file."""

    path: str
    code: str
    severity: str
    message: str
    line: int
    column: int


class Changes(NamedTuple):
    """The notes to index again and the ones to forget, by id."""

    updated: list[int]
    removed: list[int]
