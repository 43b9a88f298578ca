"""What a vault says of all its notes: the person's own rules, apart from the reading by them.

Every command needs them to know whether the catalog is current; few read a note.
"""

from __future__ import annotations

from typing import Literal

from vaultdots.note.choices import Dialect, NoteKind
from vaultdots.text.tuples import NamedTuple


class KindRule(NamedTuple):
    """A rule of the person's own: a note in one of `folders`, with one of `tags`, or with one of
    `titles` (plain words) in its title is of this kind."""

    kind: NoteKind
    folders: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()


class DatedNames(NamedTuple):
    """Where a vault keeps its daily, weekly… notes, and the Moment.js format of their names."""

    unit: Literal["day", "week", "month", "quarter", "year"]
    folder: str
    format: str


class KindRules(NamedTuple):
    """The rules of `dots.toml`, first match first, and words added to the lexicon.

    dated: how the vault names its notes of days, weeks and months.
    review_words: words that make a title with a period a review's, as `회고` does.
    other_subjects: words that make it something else's, as `프로젝트` does.
    """

    rules: tuple[KindRule, ...] = ()
    review_words: tuple[str, ...] = ()
    other_subjects: tuple[str, ...] = ()
    dated: tuple[DatedNames, ...] = ()


class NoteOptions(NamedTuple):
    """What the vault says of all its notes.

    dialect: None lets each file show its own. site_url: absolute links that begin with it are
    links inside the vault.
    """

    dialect: Dialect | None = None
    site_url: str = ""
    rules: KindRules = KindRules()
