"""Query text → query tree. Any text gives a tree or a `QueryError` with the place."""

from __future__ import annotations

import re
from typing import NoReturn

from vaultdots.errors import QueryError
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
    Within,
    Word,
    leaves,
)
from vaultdots.search.tokens import RUN
from vaultdots.text.names import nfc

LENGTH_LIMIT = 10_000
"""Code points of a query that are read; more is no question any more."""
TERM_LIMIT = 64
"""Words and phrases in one query: the index answers 64 in milliseconds, 5,000 in seconds."""
DEPTH_LIMIT = 40
"""Parentheses within parentheses."""

_SPACE = re.compile(r"\s+")
_OPERATOR = re.compile(rf"({'|'.join((*SCOPES, *FACTS, *CASES))}):", re.IGNORECASE)
_WORD = re.compile(r'[^\s()"“”]+')
_WORD_IN_BRACKETS = re.compile(r'[^\s()"“”\]:]+')
_TAG = re.compile(r"#(?=[^\s#])[^\s()\"“”#]*")
_OPTION = re.compile(r"--[A-Za-z]{2}")
_QUOTED = re.compile(r'["“”]((?:\\.|[^"“”\\])*)["“”]', re.DOTALL)
_PATTERN = re.compile(r"/((?:\\.|\[(?:\\.|[^\]\\])*\]|[^/\\\[])+)/(?=[\s)\]]|$)", re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_KEYWORD = re.compile(r"(OR|AND)(?=[\s(\"“]|$)")
_COMPARED = re.compile(r"\s*(<=|>=|<|>)\s*([^\]]*)")


def parse_query(text: str) -> Node:
    """Read a query. Raises `QueryError` (message, query, offset) where it cannot be read."""
    query = nfc(text)
    if len(query) > LENGTH_LIMIT:
        raise QueryError(f"a query of {len(query)} characters", query="", offset=0)
    reader = _Reader(query)
    node = reader.either(0, "")
    if reader.at < len(query):
        reader.fail("this parenthesis closes nothing")
    if node == And(()):
        raise QueryError("nothing to search for", query=query, offset=0)
    if sum(1 for _ in leaves(node, positive=False)) > TERM_LIMIT:
        raise QueryError(f"more than {TERM_LIMIT} words in one query", query=query, offset=0)
    return node


class _Reader:
    """The place in a query while it is read."""

    def __init__(self, query: str) -> None:
        self.query = query
        self.at = 0

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
            part = self.one(depth, closing)
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
        if char == "[" and not closing:
            return self.property()
        if operator := _OPERATOR.match(self.query, start):
            return self.operator(operator, depth, closing)
        if not closing and (tag := _TAG.match(self.query, start)) and RUN.search(tag[0]):
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
        return Word(found[0], start) if RUN.search(found[0]) else None

    def operator(self, found: re.Match[str], depth: int, closing: str) -> Node:
        name = found[1].lower()
        self.at = found.end()
        start = self.at
        if self.query[start : start + 1].strip() in ("", ")"):
            self.fail(f"{name}: wants a value right after the colon", start)
        if name in FACTS:
            return Fact(name, self.plain_value(start), start)
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
        return Within(next(scope for scope in SCOPES if scope == name), part)

    def name_value(self, depth: int, closing: str) -> Node | None:
        """The value of `file:`, `path:` or `tag:`: a bare word is taken as it stands (`.md`)."""
        if self.query[self.at] in '("“”/':
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

    def plain_value(self, start: int) -> str:
        """A value to be read as it stands: quoted, in parentheses, or up to the next space."""
        if found := _QUOTED.match(self.query, start):
            self.at = found.end()
            return _ESCAPED.sub(r"\1", found[1]).strip()
        if self.query[start] == "(":
            end = self.query.find(")", start)
            if end < 0:
                self.fail("this parenthesis is never closed", start)
            self.at = end + 1
            return self.query[start + 1 : end].strip()
        found = _WORD.match(self.query, start)
        if not found:
            self.fail("a value is missing here", start)
        self.at = found.end()
        return found[0]

    def property(self) -> Node:
        """`[key]`, `[key:value]`; key and value may be sub-queries."""
        start = self.at
        self.at += 1
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
            return Property(key, at=start)
        if self.peek() != ":":
            self.fail("this bracket is never closed", start)
        self.at += 1
        if compared := _COMPARED.match(self.query, self.at):
            if not compared[2].strip():
                self.fail(f"{compared[1]} wants a value", compared.start(1))
            self.at = compared.end()
            node = Property(key, None, compared[1], compared[2].strip().strip('"'), start)
        else:
            value = self.either(1, "]")
            if value == And(()):
                self.fail("a value is missing here")
            null = isinstance(value, Word) and value.text == "null"
            node = Property(key, "null" if null else value, at=start)
        if self.peek() != "]":
            self.fail("this bracket is never closed", start)
        self.at += 1
        return node
