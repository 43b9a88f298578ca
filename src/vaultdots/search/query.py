"""A query as a tree: what a person typed, before anything is looked up.

Words are AND'ed; `OR`, `-not`, `( )`, `"exact phrase"`, `/regex/`, `op:value`, `[property:value]`
nest as in Obsidian's help (Plugins/Search). `at` is a place in the query, in code points.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal

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


class _Part:
    """What all nodes share: two are equal where their sort is one and what they hold is.

    No dataclasses: to make ten of them takes half as long as Python's own start.
    """

    __slots__ = ()

    def _held(self) -> tuple[object, ...]:
        names: tuple[str, ...] = getattr(type(self), "__match_args__", ())
        return tuple(getattr(self, name) for name in names)

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and self._held() == other._held()

    def __hash__(self) -> int:
        return hash(self._held())

    def __repr__(self) -> str:
        return f"{type(self).__name__}{self._held()!r}"


class _Leaf(_Part):
    """A text to be found, and where it stands in the query."""

    __slots__ = __match_args__ = ("text", "at")

    def __init__(self, text: str, at: int = 0) -> None:
        self.text: Final = text
        self.at: Final = at

    def __hash__(self) -> int:
        return hash(self.text)


class Word(_Leaf):
    """A word: found with other particles and endings too."""

    __slots__ = ()


class Phrase(_Leaf):
    """An exact phrase between quotes; white space aside."""

    __slots__ = ()


class Pattern(_Leaf):
    """A regular expression between slashes, which `text` is without them."""

    __slots__ = ()


class _Several(_Part):
    __slots__ = __match_args__ = ("parts",)

    def __init__(self, parts: tuple[Node, ...]) -> None:
        self.parts: Final = parts


class And(_Several):
    """Every part; without parts, everything."""

    __slots__ = ()


class Or(_Several):
    """At least one part."""

    __slots__ = ()


class Not(_Part):
    """What the part does not find."""

    __slots__ = __match_args__ = ("part",)

    def __init__(self, part: Node) -> None:
        self.part: Final = part


class Within(_Part):
    """The part, looked for in one place only: `line:(mix flour)`."""

    __slots__ = __match_args__ = ("scope", "part")

    def __init__(self, scope: Scope, part: Node) -> None:
        self.scope: Final = scope
        self.part: Final = part


class Case(_Part):
    """The part, with or without regard to case."""

    __slots__ = __match_args__ = ("sensitive", "part")

    def __init__(self, sensitive: bool, part: Node) -> None:
        self.sensitive: Final = sensitive
        self.part: Final = part


class Fact(_Part):
    """A fact about a note: `kind:review`, `created:>2024`. at: where the value begins."""

    __slots__ = __match_args__ = ("name", "value", "at")

    def __init__(self, name: str, value: str, at: int = 0) -> None:
        self.name: Final = name
        self.value: Final = value
        self.at: Final = at


class Property(_Part):
    """`[key]`, `[key:value]`, `[key:null]`, `[key:<5]`, `[key:3..4]`, `[key:-3]`.

    value: None asks for the key alone, "null" for an empty value; compare is "<", "<=", ">", ">=",
    ".." for a range (bound: `3..4`, an end may be open) or "=" for a number. at: where a bound
    begins, else where the bracket does.
    """

    __slots__ = __match_args__ = ("key", "value", "compare", "bound", "at")

    def __init__(
        self,
        key: Node,
        value: Node | Literal["null"] | None = None,
        compare: str = "",
        bound: str = "",
        at: int = 0,
    ) -> None:
        self.key: Final = key
        self.value: Final = value
        self.compare: Final = compare
        self.bound: Final = bound
        self.at: Final = at


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
