"""A query as a tree: what a person typed, before anything is looked up.

Words are AND'ed; `OR`, `-not`, `( )`, `"exact phrase"`, `/regex/`, `op:value`, `[property:value]`
nest as in Obsidian's help (Plugins/Search). `at` is a place in the query, in code points.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Scope = Literal[
    "file", "path", "content", "title", "heading", "tag",
    "line", "block", "section", "task", "task-todo", "task-done",
]  # fmt: skip
"""Operators that look for a sub-query in one part of a note."""
SCOPES: tuple[Scope, ...] = (
    "file", "path", "content", "title", "heading", "tag",
    "line", "block", "section", "task", "task-todo", "task-done",
)  # fmt: skip
FACTS = (
    "kind", "year", "created", "modified", "links-to", "linked-by", "related", "mentions", "is",
    "lang",
)  # fmt: skip
"""Operators whose value is one plain value, a fact about the whole note."""
CASES = ("match-case", "ignore-case")


@dataclass(frozen=True, slots=True)
class Word:
    """A word: found with other particles and endings too."""

    text: str
    at: int = 0


@dataclass(frozen=True, slots=True)
class Phrase:
    """An exact phrase between quotes; white space aside."""

    text: str
    at: int = 0


@dataclass(frozen=True, slots=True)
class Pattern:
    """A regular expression between slashes."""

    source: str
    at: int = 0


@dataclass(frozen=True, slots=True)
class And:
    """Every part; without parts, everything."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one part."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """What the part does not find."""

    part: Node


@dataclass(frozen=True, slots=True)
class Within:
    """The part, looked for in one place only: `line:(mix flour)`."""

    scope: Scope
    part: Node


@dataclass(frozen=True, slots=True)
class Case:
    """The part, with or without regard to case."""

    sensitive: bool
    part: Node


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact about a note: `kind:review`, `created:>2024`. at: where the value begins."""

    name: str
    value: str
    at: int = 0


@dataclass(frozen=True, slots=True)
class Property:
    """`[key]`, `[key:value]`, `[key:null]`, `[key:<5]`, `[key:3..4]`, `[key:-3]`.

    value: None asks for the key alone, "null" for an empty value; compare is "<", "<=", ">", ">=",
    ".." for a range (bound: `3..4`, an end may be open) or "=" for a number. at: where a bound
    begins, else where the bracket does.
    """

    key: Node
    value: Node | Literal["null"] | None = None
    compare: str = ""
    bound: str = ""
    at: int = 0


Node = Word | Phrase | Pattern | And | Or | Not | Within | Case | Fact | Property


def children(node: Node) -> tuple[Node, ...]:
    """The parts of a node that are nodes."""
    if isinstance(node, And | Or):
        return node.parts
    if isinstance(node, Not | Within | Case):
        return (node.part,)
    return ()


def leaves(node: Node, *, positive: bool = True) -> Iterator[Word | Phrase | Pattern]:
    """What the query wants to find in the text of a note, left to right.

    positive: only what is not denied. Names, paths, tags and properties are no text.
    """
    if isinstance(node, Word | Phrase | Pattern):
        yield node
    elif isinstance(node, Not):
        if not positive:
            yield from leaves(node.part, positive=False)
    elif not (isinstance(node, Within) and node.scope in ("file", "path", "tag")):
        for part in children(node):
            yield from leaves(part, positive=positive)


def without_words(node: Node) -> Node | None:
    """What is left to ask of whole notes when no word of a query is found; None where nothing is:
    of `tag:web OR zebra` the tag, of `tag:web zebra` nothing, nor of a query without words."""
    return _wordless(node) if next(leaves(node), None) is not None else None


def _wordless(node: Node) -> Node | None:
    if isinstance(node, Word | Phrase | Pattern):
        return None
    if isinstance(node, And):
        parts = [_wordless(part) for part in node.parts]
        whole = tuple(part for part in parts if part is not None)
        return And(whole) if len(whole) == len(parts) else None
    if isinstance(node, Or):
        choices = tuple(part for one in node.parts if (part := _wordless(one)) is not None)
        return Or(choices) if len(choices) > 1 else choices[0] if choices else None
    if isinstance(node, Case):
        part = _wordless(node.part)
        return Case(node.sensitive, part) if part is not None else None
    if isinstance(node, Within) and node.scope not in ("file", "path", "tag"):
        return None
    return node
