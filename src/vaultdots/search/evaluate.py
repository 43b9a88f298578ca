"""Does a section, or a whole note, answer a query? The exact look, after the index has proposed."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from vaultdots.search.engine import APART, other_names
from vaultdots.search.match import asks_for_initials, find_initials, holds, phrase_pattern
from vaultdots.search.query import (
    And,
    Case,
    Fact,
    Node,
    Not,
    Or,
    Pattern,
    Phrase,
    Property,
    Within,
    Word,
    leaves,
)
from vaultdots.search.source import SectionRow
from vaultdots.search.tokens import fold
from vaultdots.text.names import nfc

_LINE = re.compile(r"[^\r\n]+")
_BLOCK_ENDS = re.compile(r"(?:\r\n|[\r\n])[ \t]*(?=[\r\n]|(?:[-*+]|\d{1,9}[.)])[ \t])")
_FENCE = re.compile(r"(?m)^[ \t]*(`{3,}|~{3,}).*?(?:^[ \t]*\1[`~]*[ \t]*$|\Z)", re.DOTALL)


class Unit:
    """What a query is asked of: one section, or a whole note.

    `own` texts make it a hit, `context` (the title and the headings above) only helps.
    """

    def __init__(self, rows: list[SectionRow], *, whole_note: bool = False) -> None:
        self.rows = rows
        self.first = rows[0]
        self.whole_note = whole_note
        self.is_head = whole_note or self.first.ordinal == 0

    @cached_property
    def title(self) -> str:
        """The title as written, in NFC."""
        return nfc(self.first.title)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Aliases, and the file's name where it is not the title."""
        return tuple(map(nfc, (*self.first.aliases, *other_names(self.first))))

    @cached_property
    def headings(self) -> tuple[str, ...]:
        """The own heading of each section."""
        return tuple(nfc(row.headings[-1]) for row in self.rows if row.headings)

    @cached_property
    def tags(self) -> tuple[str, ...]:
        """The tags that stand here."""
        return tuple(nfc(tag) for row in self.rows for tag in row.tags)

    @cached_property
    def bodies(self) -> tuple[str, ...]:
        """The texts below the headings."""
        return tuple(nfc(row.text) for row in self.rows)

    @cached_property
    def context(self) -> tuple[str, ...]:
        """The title and the headings above, where they are not its own."""
        above = () if self.whole_note else tuple(map(nfc, self.first.headings[:-1]))
        return above if self.is_head else (self.title, *above)

    @cached_property
    def own(self) -> tuple[str, ...]:
        """The texts that are this unit's own, as written."""
        front = (self.title, *self.names) if self.is_head else ()
        return (*front, *self.headings, *self.tags, *self.bodies)

    @cached_property
    def body(self) -> str:
        """The bodies as one text, kept apart."""
        return self.bodies[0] if len(self.bodies) == 1 else APART.join(self.bodies)

    @cached_property
    def folded_body(self) -> str:
        """`body`, folded."""
        return fold(self.body)

    @cached_property
    def own_folded(self) -> tuple[str, ...]:
        """`own`, folded."""
        bodies = (self.folded_body,)
        return (*map(fold, self.own[: len(self.own) - len(self.bodies)]), *bodies)

    @cached_property
    def folded_names(self) -> tuple[str, ...]:
        """What the unit is called: `own` without the bodies, folded."""
        return self.own_folded[:-1]

    @cached_property
    def all_folded(self) -> tuple[str, ...]:
        """Own texts and context, folded."""
        return (*self.own_folded, *map(fold, self.context))

    def parts(self, scope: str) -> Iterator[tuple[str, ...]]:
        """The texts of each line, block or section; one match must fit into one of them."""
        for row in self.rows:
            heading = nfc(row.headings[-1]) if row.headings else ""
            text = nfc(row.text)
            if scope == "section":
                yield heading, text
            elif scope == "line":
                yield (heading,)
                yield from ((line[0],) for line in _LINE.finditer(text))
            else:
                yield (heading,)
                yield from ((block,) for block in blocks(text))

    def tasks(self, scope: str, known: Iterable[Task]) -> Iterator[tuple[str, ...]]:
        """The text of each task that stands here; known: those of the note."""
        ids = {row.section_id for row in self.rows}
        statuses = _STATUSES.get(scope)
        for section, status, text in known:
            if section in ids and (statuses is None or status in statuses):
                yield (nfc(text),)


def blocks(text: str) -> list[str]:
    """Paragraphs and list items; a fence is one block."""
    found: list[str] = []
    place = 0
    for fence in _FENCE.finditer(text):
        found += _BLOCK_ENDS.split(text[place : fence.start()])
        found.append(fence[0])
        place = fence.end()
    found += _BLOCK_ENDS.split(text[place:])
    return [block for block in found if block.strip()]


Task = tuple[int, str, str]
"""Section id, the character between the brackets, the text."""
_STATUSES = {"task-todo": (" ",), "task-done": ("x", "X")}


@dataclass(frozen=True, slots=True)
class Question:
    """A query, with everything that was looked up for it before the first section.

    facts: the notes for which each operator about whole notes holds. begun: the word still being
    typed. patterns: the compiled regular expressions, under one time limit. tasks: those of a note.
    """

    tree: Node
    facts: Mapping[Node, Collection[int]] = field(default_factory=dict)
    begun: Word | None = None
    patterns: Mapping[Pattern, Any] = field(default_factory=dict)
    tasks: Callable[[int], Iterable[Task]] = lambda _: ()


def answers(question: Question, unit: Unit) -> bool:
    """Whether a unit answers a query, and not by its context alone."""
    if not _holds(question, question.tree, unit, None, False):
        return False
    wanted = list(leaves(question.tree))
    if not wanted or unit.whole_note:
        return True
    return any(
        _leaf(question, leaf, unit.own, unit.own_folded, False)
        or (isinstance(leaf, Word) and _names_begin(unit, leaf))
        for leaf in wanted
    )


def _holds(
    question: Question, node: Node, unit: Unit, texts: tuple[str, ...] | None, case: bool
) -> bool:
    """Whether a node holds. texts: those of the place asked of, None for the whole unit."""
    if isinstance(node, Word) and texts is None and not case and _names_begin(unit, node):
        return True
    if isinstance(node, Word | Phrase | Pattern):
        if texts is None:
            return _leaf(question, node, (*unit.own, *unit.context), unit.all_folded, case)
        return _leaf(question, node, texts, None, case)
    if isinstance(node, And):
        return all(_holds(question, part, unit, texts, case) for part in node.parts)
    if isinstance(node, Or):
        return any(_holds(question, part, unit, texts, case) for part in node.parts)
    if isinstance(node, Not):
        return not _holds(question, node.part, unit, texts, case)
    if isinstance(node, Case):
        return _holds(question, node.part, unit, texts, node.sensitive)
    if isinstance(node, Fact | Property) or node.scope in ("file", "path", "tag"):
        return unit.first.note_id in question.facts[node]
    return any(
        _holds(question, node.part, unit, place, case) for place in _places(question, node, unit)
    )


def _places(question: Question, node: Within, unit: Unit) -> Iterable[tuple[str, ...]]:
    if node.scope == "title":
        return [(unit.title,)]
    if node.scope == "heading":
        return [(heading,) for heading in unit.headings]
    if node.scope == "content":
        return [(*unit.headings, *unit.bodies)]
    if node.scope in ("task", "task-todo", "task-done"):
        return unit.tasks(node.scope, question.tasks(unit.first.note_id))
    return unit.parts(node.scope)


def _leaf(
    question: Question,
    leaf: Word | Phrase | Pattern,
    texts: tuple[str, ...],
    folded: tuple[str, ...] | None,
    case: bool,
) -> bool:
    if isinstance(leaf, Pattern):
        pattern = question.patterns[leaf]
        return any(pattern.search(text, case) for text in texts)
    if case:
        exact = phrase_pattern(leaf.text, case=True)
        return any(exact.search(text) for text in texts)
    places = map(fold, texts) if folded is None else folded
    if isinstance(leaf, Phrase):
        phrase = phrase_pattern(leaf.text)
        return any(phrase.search(text) for text in places)
    return any(holds(text, leaf.text, begun=leaf == question.begun) for text in places)


def _names_begin(unit: Unit, leaf: Word) -> bool:
    """Whether a name of the unit has these initial consonants."""
    return asks_for_initials(leaf.text) and any(
        find_initials(name, leaf.text) for name in unit.folded_names
    )
