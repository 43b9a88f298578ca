"""Query text → query tree. Any text gives a tree or a `QueryError` with the place."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import NoReturn

from vaultdots.errors import QueryError
from vaultdots.search.operators import NAMED
from vaultdots.search.query import (
    CASES,
    FACTS,
    SCOPES,
    And,
    Case,
    Fact,
    Node,
    Not,
    Or,
    Pattern,
    Phrase,
    Property,
    Scope,
    Within,
    Word,
    children,
    leaves,
)
from vaultdots.search.tokens import runs_in
from vaultdots.text.folding import folded
from vaultdots.text.late import late
from vaultdots.text.names import nfc

LENGTH_LIMIT = 10_000
"""Code points of a query that are read; more is no question any more."""
TERM_LIMIT = 64
"""Words and phrases in one query: the index answers 64 in milliseconds, 5,000 in seconds."""
DEPTH_LIMIT = 40
"""Parentheses within parentheses."""

TASKS: dict[str, Scope] = {"task": "task", "task-todo": "task-todo", "task-done": "task-done"}
"""Operators that may stand alone: `task-todo:` finds what has any open task."""

_SPACE = late(r"\s+")
_OPERATOR = late(rf"({'|'.join((*SCOPES, *FACTS, *CASES))}):", re.IGNORECASE)
_WORD = late(r'[^\s()"“”]+')
_WORD_IN_BRACKETS = late(r'[^\s()"“”\]:]+')
_TAG = late(r"#(?=[^\s#])[^\s()\"“”#]*")
_OPTION = late(r"--[A-Za-z]{2}")
_QUOTED = late(r'["“”]((?:\\.|[^"“”\\])*)["“”]', re.DOTALL)
_PATTERN = late(r"/((?:\\.|\[(?:\\.|[^\]\\])*\]|[^/\\\[])+)/(?=[\s)\]]|$)", re.DOTALL)
_ESCAPED = late(r"\\(.)", re.DOTALL)
_KEYWORD = late(r"(OR|AND)(?=[\s(\"“]|$)")
_COMPARED = late(
    r"""(<=|>=|<|>)\s*(?:["“”]([^"“”]*)["“”]|((?:(?!(?<=\s)(?:OR|AND)\b)[^\]()<>"“”])*))"""
)
_RANGE = late(r'[^\s()\]"“”]*\.\.[^\s()\]"“”]*')
_BELOW_ZERO = late(r"-\d+(?:\.\d+)?(?=[\s)\]]|$)")


def parse_query(text: str, has_property: Callable[[str], bool] | None = None) -> Node:
    """Read a query. Raises `QueryError` (message, query, offset) where it cannot be read.

    has_property: whether any note has a property of that name, which then works as an operator.
    """
    query = nfc(text)
    if len(query) > LENGTH_LIMIT:
        raise QueryError(f"a query of {len(query)} characters", query="", offset=0)
    reader = _Reader(query, has_property)
    node = reader.either(0, "")
    if reader.at < len(query):
        reader.fail("this parenthesis closes nothing")
    if node == And(()):
        raise QueryError("nothing to search for", query=query, offset=0)
    if sum(1 for _ in leaves(node, positive=False)) + facts_in(node) > TERM_LIMIT:
        raise QueryError(f"more than {TERM_LIMIT} words in one query", query=query, offset=0)
    return node


def facts_in(tree: Node) -> int:
    """How many facts and properties a query asks for."""
    count, waiting = 0, [tree]
    while waiting:
        node = waiting.pop()
        count += isinstance(node, Fact | Property)
        waiting += children(node)
    return count


class _Reader:
    """The place in a query while it is read."""

    def __init__(self, query: str, has_property: Callable[[str], bool] | None = None) -> None:
        self.query = query
        self.has_property = has_property
        self.at = 0
        self.in_brackets = False
        self.key: Node | None = None  # of the property whose value is being read

    def fail(self, message: str, at: int | None = None) -> NoReturn:
        offset = self.at if at is None else at
        raise QueryError(message, query=self.query, offset=offset)

    def skip_space(self) -> None:
        if found := _SPACE.match(self.query, self.at):
            self.at = found.end()

    def peek(self) -> str:
        self.skip_space()
        return self.query[self.at : self.at + 1]

    def either(self, depth: int, closing: str) -> Node:
        """Alternatives joined by OR; AND binds tighter, as in Obsidian."""
        if depth > DEPTH_LIMIT:
            self.fail(f"more than {DEPTH_LIMIT} parentheses deep")
        choices = [self.all_of(depth, closing)]
        while (found := self.keyword("OR")) is not None:
            right = self.all_of(depth, closing)
            if choices[-1] == And(()) or right == And(()):
                self.fail("OR needs something on both sides", found)
            choices.append(right)
        return choices[0] if len(choices) == 1 else Or(tuple(choices))

    def keyword(self, word: str) -> int | None:
        """Where `word` stands next, read past it; None where it does not."""
        self.skip_space()
        found = _KEYWORD.match(self.query, self.at)
        if not found or found[1] != word:
            return None
        self.at = found.end()
        return found.start()

    def all_of(self, depth: int, closing: str) -> Node:
        parts: list[Node] = []
        while True:
            while self.keyword("AND") is not None:
                pass
            char = self.peek()
            if not char or char == ")" or (char == closing):
                break
            found = _KEYWORD.match(self.query, self.at)
            if found and found[1] == "OR":
                break
            part = self.compared(parts) or self.one(depth, closing)
            if part is not None:
                parts.append(part)
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def one(self, depth: int, closing: str) -> Node | None:
        """One term; None for punctuation that says nothing."""
        char = self.peek()
        start = self.at
        if char == "-" and self.query[start + 1 : start + 2].strip() and not self.is_option():
            if depth > DEPTH_LIMIT:
                self.fail(f"more than {DEPTH_LIMIT} levels deep")
            self.at += 1
            part = self.one(depth + 1, closing)
            return None if part is None else Not(part)
        if char == "[" and not self.in_brackets:
            return self.property()
        if operator := _OPERATOR.match(self.query, start):
            if self.in_brackets:
                self.fail(f"{operator[0]} asks for nothing inside [ ]; as text, it wants quotes")
            return self.operator(operator, depth, closing)
        named = None if self.in_brackets else NAMED.match(self.query, start)
        if named and self.has_property is not None and self.has_property(named[1]):
            return self.property_named(named)
        tag = None if self.in_brackets else _TAG.match(self.query, start)
        if tag and _has_letters(tag[0]):
            self.at = tag.end()
            return Within("tag", Word(tag[0][1:], start))
        return self.value(depth, closing)

    def is_option(self) -> bool:
        """Whether an option of a command stands next: `--force` denies nothing."""
        return _OPTION.match(self.query, self.at) is not None

    def value(self, depth: int, closing: str) -> Node | None:
        """Parentheses, a phrase, a regex or a word."""
        start = self.at
        char = self.query[start : start + 1]
        if char == "(":
            self.at += 1
            inner = self.either(depth + 1, "")
            if self.peek() != ")":
                self.fail("this parenthesis is never closed", start)
            self.at += 1
            return inner if inner != And(()) else None
        if char and char in '"“”':
            found = _QUOTED.match(self.query, start)
            if not found:
                self.fail("this quotation is never closed", start)
            self.at = found.end()
            inside = _ESCAPED.sub(r"\1", found[1]).strip()
            return Phrase(inside, start) if inside else None
        if char == "/" and (found := _PATTERN.match(self.query, start)):
            self.at = found.end()
            return Pattern(found[1].replace("\\/", "/"), start)
        found = (_WORD_IN_BRACKETS if closing else _WORD).match(self.query, start)
        if not found:
            self.at += 1
            return None
        self.at = found.end()
        return Word(found[0], start) if _has_letters(found[0]) else None

    def operator(self, found: re.Match[str], depth: int, closing: str) -> Node:
        name = found[1].lower()
        self.at = found.end()
        start = self.at
        if self.query[start : start + 1].strip() in ("", ")"):
            if name in TASKS:  # every task, every open one
                return Within(TASKS[name], And(()))
            self.fail(f"{name}: wants a value right after the colon", start)
        if name in FACTS:
            return self.fact(name)
        denied = name not in ("file", "path", *CASES) and self.denied()
        if name in CASES:
            part = self.one(depth + 1, closing)
        elif name == "file" or name == "path" or name == "tag":
            part = self.name_value(depth, closing)
        else:
            part = self.value(depth, closing)
        if part is None:
            self.fail(f"{name}: wants something to find", start)
        if name in CASES:
            return Case(name == "match-case", part)
        scope = next(scope for scope in SCOPES if scope == name)
        return Within(scope, Not(part) if denied else part)

    def property_named(self, found: re.Match[str]) -> Node:
        """`name:value` as `[name:value]`; the value is quoted, in parentheses or one word."""
        start = self.at = found.end()
        if _QUOTED.match(self.query, start):
            self.quoted()
        elif self.query[start] == "(":
            self.at += 1
            depth = 1
            while depth and self.at < len(self.query):
                depth += {"(": 1, ")": -1}.get(self.query[self.at], 0)
                self.at += 1
        else:
            self.plain(start)
        value = self.query[start : self.at]
        if value[0] == "(" and value[-1] == ")":
            value = value[1:-1]
        inner = _Reader(f"{' ' * found.start()}[{found[1]}:{value}]")
        inner.at = found.start()
        try:
            return inner.property()
        except QueryError as error:
            self.fail(error.message, min(error.offset, len(self.query)))

    def denied(self) -> bool:
        """Whether a minus stands before the value of an operator, read past it: `title:-도커`."""
        after = self.query[self.at + 1 : self.at + 2].strip()
        if self.query[self.at] != "-" or not after or self.is_option():
            return False
        self.at += 1
        return True

    def name_value(self, depth: int, closing: str) -> Node | None:
        """The value of `file:`, `path:` or `tag:`: a bare word is taken as it stands (`.md`)."""
        if self.query[self.at : self.at + 1] in tuple('("“”/'):
            start = self.at
            value = self.value(depth, closing)
            if isinstance(value, Word) and self.query[start] == "/":
                return Word(value.text, start)
            return value
        found = _WORD.match(self.query, self.at)
        if not found:
            return None
        start = self.at
        self.at = found.end()
        return Word(found[0].lstrip("#") or found[0], start)

    def fact(self, name: str) -> Node:
        """The value of `kind:`, `created:`…: quoted, in parentheses, or up to the next space.

        `kind:(review OR project)` is one of several facts.
        """
        start = self.at
        if self.query[start] != "(":
            return Fact(name, self.quoted() or self.plain(start), start)
        self.at += 1
        choices: list[Node] = []
        more: int | None = start
        while more is not None:
            before = more
            self.skip_space()
            at = self.at
            value = self.quoted() or self.choice(start)
            more = self.keyword("OR")
            if not value and (choices or more is not None):
                self.fail("OR needs something on both sides", before if more is None else more)
            choices.append(Fact(name, value, at))
        if self.peek() != ")":
            self.fail("a name in quotes wants OR or a parenthesis after it")
        self.at += 1
        return choices[0] if len(choices) == 1 else Or(tuple(choices))

    def quoted(self) -> str:
        """What stands in quotes here, read past them; "" where nothing does."""
        found = _QUOTED.match(self.query, self.at)
        if not found:
            return ""
        self.at = found.end()
        return _ESCAPED.sub(r"\1", found[1]).strip()

    def plain(self, start: int) -> str:
        """A value up to the next space."""
        found = _WORD.match(self.query, start)
        if not found:
            self.fail("a value is missing here", start)
        self.at = found.end()
        return found[0]

    def choice(self, opened: int) -> str:
        """What stands up to the next OR, or the parenthesis that closes the one at `opened`."""
        start, depth = self.at, 0
        while True:
            char = self.query[self.at : self.at + 1]
            if not char:
                self.fail("this parenthesis is never closed", opened)
            if char == ")" and not depth:
                return self.query[start : self.at].strip()
            before = self.query[self.at - 1]
            if not depth and (before.isspace() or before == "("):
                found = _KEYWORD.match(self.query, self.at)
                if found and found[1] == "OR":
                    return self.query[start : self.at].strip()
            depth += (char == "(") - (char == ")")
            self.at += 1

    def property(self) -> Node:
        """`[key]`, `[key:value]`; key and value may be sub-queries."""
        start = self.at
        self.at += 1
        self.in_brackets = True
        key = self.value(1, "]") if self.query[self.at : self.at + 1] == "(" else None
        if key is None:
            key = self.value(1, "]") if self.peek() else None
            words = [key.text] if isinstance(key, Word) else []
            while words and self.peek() not in ("", ":", "]"):
                more = self.value(1, "]")
                if not isinstance(more, Word):
                    break
                words.append(more.text)
            if words:
                key = Word(" ".join(words), start + 1)
        if key is None or key == And(()):
            self.fail("[ ] wants the name of a property", start)
        if self.peek() == "]":
            self.at += 1
            self.in_brackets = False
            return Property(key, at=start)
        if self.peek() != ":":
            self.fail("this bracket is never closed", start)
        self.at += 1
        self.key = key
        value = self.either(1, "]")
        if value == And(()):
            self.fail("a value is missing here")
        if self.peek() != "]":
            self.fail("this bracket is never closed", start)
        self.at += 1
        self.in_brackets, self.key = False, None
        return _told(key, value, start)

    def compared(self, before: list[Node]) -> Property | None:
        """A comparison, a range, or a number below zero, as the value of a property.

        before: what stands before it and is AND'ed with it: other comparisons, and no words.
        """
        self.skip_space()
        key, start = self.key, self.at
        if key is None:
            return None
        if found := _COMPARED.match(self.query, start):
            sign, bound = found[1], (found[2] or found[3] or "").strip()
            if not bound or _KEYWORD.match(bound):
                self.fail(f"{sign} wants a value", start)
            if bound[-1] in ",;":
                self.fail("between two comparisons stands OR or nothing", start)
            from vaultdots.search.comparisons import read_bound

            beside = "what is compared with wants quotes around all of it"
            read = read_bound(bound, date.today())
            if " " in bound and found[3] and read and read.is_text:  # <last year is a date
                self.fail(beside, start)
        elif (found := _RANGE.match(self.query, start)) and self.is_range(found[0]):
            sign, bound = "..", found[0]
            beside = "a range is written without spaces: A..B"
        elif not before and (found := _BELOW_ZERO.match(self.query, start)):
            self.at = found.end()
            return Property(key, None, "=", found[0], start)
        else:
            return None
        if any(isinstance(part, Word) or not _is_mixed(part) for part in before[-1:]):
            self.fail("a comparison or range beside words wants OR; as text, it wants quotes")
        self.at = found.end()
        ends = self.peek() in ("", "]", ")", "<", ">")
        if not ends and not _KEYWORD.match(self.query, self.at):
            self.fail(beside)
        return Property(key, None, sign, bound, start)

    def is_range(self, text: str) -> bool:
        """Whether `A..B` runs from a number, date or version to another; else it is a word."""
        from vaultdots.search.comparisons import read_bound, sides

        ends = [read_bound(end, date.today()) for end in sides(text) if end]
        if not ends:
            self.fail("a range is written without spaces: A..B")
        return any(bound is None or not bound.is_text for bound in ends)


def _told(key: Node, value: Node, at: int) -> Node:
    """What is asked of a property, as one or several: `[a:null OR <3]` is `[a:null] OR [a:<3]`."""
    if isinstance(value, Property):
        return value
    if not _is_mixed(value):
        return Property(key, value, at=at)
    if isinstance(value, And):
        return And(tuple(_told(key, part, at) for part in value.parts))
    if isinstance(value, Or):
        return Or(tuple(_told(key, part, at) for part in value.parts))
    if isinstance(value, Not):  # -null: there, and not empty
        return And((Property(key, at=at), Not(_told(key, value.part, at))))
    return Property(key, "null", at=at)


def _is_mixed(value: Node) -> bool:
    """Whether the value of a property holds more than words: a comparison, or null by itself."""
    if isinstance(value, And):
        return any(not isinstance(part, Word) and _is_mixed(part) for part in value.parts)
    if isinstance(value, Or | Not):
        return any(map(_is_mixed, children(value)))
    return isinstance(value, Property) or (isinstance(value, Word) and value.text.lower() == "null")


def _has_letters(text: str) -> bool:
    """Whether something can be looked for: some letters (U+115F, U+17B4) fold to nothing."""
    return next(runs_in(folded(text)), None) is not None
