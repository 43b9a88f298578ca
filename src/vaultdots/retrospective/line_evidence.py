"""What one line says of one note: signals with their worth, and what is told of the words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from vaultdots.graph.line_profiles import Unit
from vaultdots.retrospective.connect_groups import Group
from vaultdots.retrospective.model import Reason
from vaultdots.retrospective.weights import Signal
from vaultdots.store.mention_rows import FoundName
from vaultdots.text.everyday import everydayness

EVERYDAY_NAME = 0.7
"""A word as everyday as this is no name, however it is written."""


@dataclass(slots=True)
class Evidence:
    """What one line says of one note: signal → (worth, reason)."""

    line: int
    worth: dict[Signal, tuple[float, Reason]] = field(default_factory=dict)
    name: FoundName | None = None
    """The name in the prose that an accepted connection would turn into a link."""
    named: bool = False
    """Whether the line names the note, or links to its address."""
    certain: bool = False
    """Whether the line names the note by its time or links to its address: no matter of words."""
    title_words: set[str] = field(default_factory=set)
    """Words of its title or file name that stand in the line."""
    rare: float = 0.0
    """How rare the rarest word that matches is, in the vault and at large (0–1)."""
    everyday: float = 1.0
    """How everyday the least everyday word that matches is (0–1)."""
    matched: set[str] = field(default_factory=set)
    """The words that match, of whatever field."""
    phrase: float = 0.0
    """How telling the words are that follow one another in the line as in the title (0–1)."""
    proper: bool = False
    """Whether a word that matches is written like a name."""
    marked: bool = False
    """Whether the writer set off a word that matches: a link's words, bold, code, quotes."""
    outside: bool = False
    """Whether a word that matches stands outside of the links into the vault."""
    groups: list[Group] = field(default_factory=list)
    """The tags, folders and series that the line names and the note is in."""
    alone: float = 0.0
    """1 where the rarest word that matches stands in one title of the vault, 1/2 in two …"""
    said: set[str] = field(default_factory=set)
    """Words of a tag that counted as the note's name: they do not count as its tag's once more."""

    def add(self, signal: Signal, worth: float, text: str) -> None:
        """Keep the strongest of each signal."""
        if worth > self.worth.get(signal, (0.0,))[0]:
            self.worth[signal] = (worth, Reason(signal, text, self.line))

    def match(self, words: Iterable[str], rarity: Callable[[str], float], unit: Unit) -> None:
        """Keep how telling the words are that match in a line."""
        for word in words:
            plain = everydayness(word)
            self.everyday = min(self.everyday, plain)
            self.rare = max(self.rare, rarity(word) * (1 - plain))
            self.matched.add(word)
            self.outside = self.outside or word not in unit.linked
            # A word in the other script is a loan word, and those are names of things.
            named = word in unit.proper or word not in unit.words
            self.proper = self.proper or (named and plain < EVERYDAY_NAME)
            self.marked = self.marked or (word in unit.marked and plain < EVERYDAY_NAME)

    @property
    def score(self) -> float:
        """All signals together; a name that is written out says what its words would say."""
        worth = {signal: value for signal, (value, _) in self.worth.items()}
        named = max(worth.get("mention", 0.0), worth.get("address", 0.0), worth.get("title", 0.0))
        rest = sum(worth.get(s, 0.0) for s in ("tag", "folder", "summary", "date", "body"))
        return named + rest
