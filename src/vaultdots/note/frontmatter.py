"""Frontmatter: the block at a file's head, cut so that the body's positions stay true.

The block is cut here and only loaded by python-frontmatter's handlers, with a YAML 1.2 core
reading as Obsidian does: `no` and `on` are words, `12:30` is not a number, `010` is 10, a date is
the text it was written as. A block that cannot be read leaves a diagnostic on its line, and
what can be read key by key is still read.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any, Literal

import yaml
from frontmatter.default_handlers import BaseHandler, YAMLHandler

from vaultdots.note.model import Diagnostic, Property, PropertyValue
from vaultdots.text.spans import Lines, Span
from vaultdots.text.tuples import NamedTuple

_OPEN = re.compile(r"(---|\+\+\+)[ \t]*(?:\r\n?|\n)")
_CLOSE = {
    "---": re.compile(r"(?:(?<=\r)|(?<=\n))---[ \t]*(?:\r\n?|\n|\Z)"),
    "+++": re.compile(r"(?:(?<=\r)|(?<=\n))\+\+\+[ \t]*(?:\r\n?|\n|\Z)"),
}
_KEY = re.compile(
    r"(?:(?:\"([^\"\r\n]+)\"|'([^'\r\n]+)')[ \t]*+|([^\s#\-\[{\"'][^:=\r\n]*+))[:=](?=\s|$)"
)
_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n|$)")
# A property block holds at most this many values once its YAML aliases are followed: an alias
# bomb parses in no time and explodes when it is written out.
MAX_VALUES = 10_000
# Characters that aliases may repeat: a long text behind one anchor is a bomb as well.
MAX_REPEATED = 1_000_000
# Collections nested deeper than this are refused: parsers recurse (PyYAML's composer in C until
# the process dies, tomllib and json until RecursionError).
MAX_DEPTH = 50
_DEEP_FLOW = re.compile(rf"(?:[\[{{]\s*){{{MAX_DEPTH}}}")
# A dotted key of TOML nests as brackets do, and tomllib copies it once for each of its parts.
_DEEP_KEY = re.compile(rf"(?:\.[ \t]*+(?:[\w\-]++|\"[^\"\n]*+\"|'[^'\n]*+')[ \t]*+){{{MAX_DEPTH}}}")
_MAX_INT_DIGITS = 400


class Block(NamedTuple):
    """A frontmatter block as it is cut. span: the text between the fences; body: what follows."""

    kind: Literal["yaml", "toml", "json"]
    span: Span
    body: int


class Loaded(NamedTuple):
    """What a block says: its entries in order, and what is wrong with it."""

    properties: tuple[Property, ...]
    diagnostics: tuple[Diagnostic, ...]


def cut(text: str) -> Block | None:
    """The frontmatter block of `text`, or None. An opening fence without its closing is prose."""
    match = _OPEN.match(text)
    if match is None:
        return None
    fence = match[1]
    close = _CLOSE[fence].search(text, match.end() - 1)
    if close is None:
        return None
    inner = Span(match.end(), max(match.end(), close.start()))
    kind: Literal["yaml", "toml", "json"] = "toml" if fence == "+++" else "yaml"
    if kind == "yaml" and text[inner.start : inner.end].lstrip().startswith("{\n"):
        kind = "json"
    return Block(kind, inner, close.end())


def unclosed(text: str) -> bool:
    """Whether `text` looks like frontmatter whose closing fence is missing."""
    match = _OPEN.match(text)
    if match is None or _CLOSE[match[1]].search(text, match.end() - 1):
        return False
    return _KEY.match(text, match.end()) is not None


def load(text: str, block: Block) -> Loaded | None:
    """Read the block's entries; None where it is prose between two rules, no properties."""
    raw = block.span.of(text)
    handler: BaseHandler = {"yaml": YamlProperties, "toml": TomlProperties, "json": JsonProperties}[
        block.kind
    ]()
    lines = _key_lines(raw, indented=block.kind == "json")
    try:
        loaded = handler.load(raw)
        if loaded is None:
            return Loaded((), ())
        if isinstance(loaded, str) and not any(map(_KEY.match, _LINE.findall(raw))):
            return None
        if not isinstance(loaded, Mapping):
            raise FrontmatterError("properties are not a list of `key: value`", 1)
        found = [
            Property(key, value, lines.get(key, 2)) for key, value in _plain_mapping(loaded).items()
        ]
        problems = (*_unprintable(raw), *_repeated_keys(raw, block.kind))
        return Loaded(tuple(found), problems)
    except FrontmatterError as error:
        problem, line = str(error), error.line
    except yaml.YAMLError as error:
        problem, line = _yaml_problem(error)
    except (tomllib.TOMLDecodeError, ValueError, RecursionError) as error:
        problem, line = _other_problem(error)
    diagnostic = Diagnostic("bad-frontmatter", "warning", f"frontmatter: {problem}", line + 1)
    salvaged = _salvage(raw) if block.kind == "yaml" else ()
    return Loaded(salvaged, (diagnostic,))


class FrontmatterError(ValueError):
    """A block that is refused; `line` counts from 1 inside the block."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


class YamlProperties(YAMLHandler):
    """python-frontmatter's YAML handler with the YAML 1.2 core schema and a bound on size."""

    def load(self, fm: str, **kwargs: object) -> Any:
        """Load `fm`; raises yaml.YAMLError or FrontmatterError."""
        loader = _Events(_printable(fm))
        try:
            return _Builder(loader).document()
        finally:
            loader.dispose()


class TomlProperties(BaseHandler):
    """Hugo's `+++` block, read by the standard library."""

    FM_BOUNDARY = re.compile(r"^\+{3,}\s*$", re.MULTILINE)

    def load(self, fm: str, **kwargs: object) -> Any:
        """Load `fm`; raises tomllib.TOMLDecodeError."""
        if _DEEP_FLOW.search(fm) or _DEEP_KEY.search(fm):
            raise FrontmatterError(f"nested deeper than {MAX_DEPTH}", 1)
        return tomllib.loads(fm.replace("\r\n", "\n").replace("\r", "\n"))


class JsonProperties(BaseHandler):
    """A JSON object between `---` fences, which Obsidian allows; else it is read as YAML."""

    FM_BOUNDARY = re.compile(r"^-{3,}\s*$", re.MULTILINE)

    def load(self, fm: str, **kwargs: object) -> Any:
        """Load `fm`; raises ValueError or yaml.YAMLError."""
        if _DEEP_FLOW.search(fm):
            raise FrontmatterError(f"nested deeper than {MAX_DEPTH}", 1)
        try:
            return json.loads(fm)
        except ValueError:
            return YamlProperties().load(fm)


_Events: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Only its events are read, one after the other: PyYAML's own composer recurses in C, and a deep
block ends the process."""

_CORE_TAGS = frozenset(
    f"tag:yaml.org,2002:{name}"
    for name in ("str", "int", "float", "bool", "null", "seq", "map", "timestamp")
) | {"!"}


class _Anchored(NamedTuple):
    """What an anchor stands for, and what it costs to say it again."""

    value: PropertyValue
    values: int
    characters: int


class _Builder:
    """Events → values, counting them: an aliased value counts each time that it is met."""

    def __init__(self, events: Any) -> None:
        self.events = events
        self.values = 0
        self.characters = 0
        self.repeated = 0
        self.anchors: dict[str, _Anchored] = {}

    def document(self) -> PropertyValue:
        """The block's one document; None where it is empty."""
        event = self.next()
        while isinstance(event, (yaml.StreamStartEvent, yaml.DocumentStartEvent)):
            event = self.next()
        if isinstance(event, yaml.StreamEndEvent):
            return None
        value = self.build(event, 0)
        self.next()
        event = self.next()
        if not isinstance(event, yaml.StreamEndEvent):
            raise FrontmatterError("a second document begins", _line(event))
        return value

    def next(self) -> yaml.Event:
        event = self.events.get_event()
        assert isinstance(event, yaml.Event)
        return event

    def build(self, event: yaml.Event, depth: int) -> PropertyValue:
        if isinstance(event, yaml.AliasEvent):
            return self.again(event)
        self.count(1, 0, event)
        if depth > MAX_DEPTH:
            raise FrontmatterError(f"nested deeper than {MAX_DEPTH}", _line(event))
        assert isinstance(event, yaml.NodeEvent)
        tag = getattr(event, "tag", None)
        if tag is not None and tag not in _CORE_TAGS:
            raise FrontmatterError(f"the YAML tag {tag} is not read", _line(event))
        before = (self.values - 1, self.characters)
        value: PropertyValue
        if isinstance(event, yaml.ScalarEvent):
            self.characters += len(event.value)
            text = str(event.value).translate(_BACK)
            value = text if event.style else _scalar(text)
        elif isinstance(event, yaml.SequenceStartEvent):
            value = self.sequence(depth + 1)
        else:
            value = self.mapping(depth + 1)
        if event.anchor is not None:
            cost = (self.values - before[0], self.characters - before[1])
            self.anchors[event.anchor] = _Anchored(value, *cost)
        return value

    def again(self, event: yaml.AliasEvent) -> PropertyValue:
        known = self.anchors.get(event.anchor or "")
        if known is None:
            raise FrontmatterError(
                f"the alias *{event.anchor} names no value before it", _line(event)
            )
        self.count(known.values, known.characters, event)
        return known.value

    def sequence(self, depth: int) -> list[PropertyValue]:
        items = []
        while not isinstance(event := self.next(), yaml.SequenceEndEvent):
            items.append(self.build(event, depth))
        return items

    def mapping(self, depth: int) -> dict[str, PropertyValue]:
        result: dict[str, PropertyValue] = {}
        while not isinstance(event := self.next(), yaml.MappingEndEvent):
            key = self.build(event, depth) if not _is_collection(event) else None
            if _is_collection(event) or isinstance(key, (list, dict)):
                raise FrontmatterError("a key is not text (put `{{…}}` in quotes)", _line(event))
            name = event.value if isinstance(event, yaml.ScalarEvent) else str(key)
            result[str(name).translate(_BACK)] = self.build(self.next(), depth)
        return result

    def count(self, values: int, repeated: int, event: yaml.Event) -> None:
        self.values += values
        self.characters += repeated
        self.repeated += repeated
        if self.values > MAX_VALUES:
            message = f"more than {MAX_VALUES} values (aliases followed)"
            raise FrontmatterError(message, _line(event))
        if self.repeated > MAX_REPEATED:
            message = f"more than {MAX_REPEATED} characters from aliases"
            raise FrontmatterError(message, _line(event))


def _line(event: yaml.Event) -> int:
    mark = event.start_mark
    return mark.line + 1 if mark else 1


def _is_collection(event: yaml.Event) -> bool:
    return isinstance(event, yaml.CollectionStartEvent)


_INT = re.compile(r"[-+]?[0-9]+$")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$")
_BASED = re.compile(r"0o[0-7]+$|0x[0-9a-fA-F]+$")


def _scalar(text: str) -> PropertyValue:
    """A plain scalar in the YAML 1.2 core schema (10.3.2); infinities stay text."""
    if text in ("", "~", "null", "Null", "NULL"):
        return None
    if text in ("true", "True", "TRUE"):
        return True
    if text in ("false", "False", "FALSE"):
        return False
    if len(text) <= _MAX_INT_DIGITS:
        if _INT.match(text):
            return int(text)
        if _BASED.match(text):
            return int(text[2:], 8 if text[1] == "o" else 16)
        if _FLOAT.match(text):
            number = float(text)
            return number if abs(number) != float("inf") else text
    return text


def _plain_mapping(loaded: Mapping[Any, Any]) -> dict[str, PropertyValue]:
    return {_SURROGATE.sub("\ufffd", str(key)): _plain(value) for key, value in loaded.items()}


def _plain(value: Any) -> PropertyValue:
    """TOML's and JSON's values as property values: dates as ISO text, no infinities, no numbers
    too long to be written, no lone surrogates (JSON's `\\ud800`), which no file can hold."""
    if isinstance(value, str):
        return value if value.isascii() else _SURROGATE.sub("\ufffd", value)
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return value if abs(value) < 10**_MAX_INT_DIGITS else hex(value)
    if isinstance(value, float):
        return value if value - value == 0 else str(value)
    if isinstance(value, Mapping):
        return _plain_mapping(value)
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _printable(text: str) -> str:
    """`text` with the characters that YAML refuses (controls, lone surrogates) made U+FFFD, and
    those that YAML 1.1 alone takes for line ends put aside."""
    return _UNPRINTABLE.sub("\ufffd", text).translate(_ASIDE)


# U+0085, U+2028 and U+2029 end no line for us; they pass the parser as private-use characters.
_ASIDE = {0x85: 0xF8F0, 0x2028: 0xF8F1, 0x2029: 0xF8F2}
_BACK = {private: public for public, private in _ASIDE.items()}
_SURROGATE = re.compile("[\ud800-\udfff]")
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]"
)


def _unprintable(raw: str) -> tuple[Diagnostic, ...]:
    match = _UNPRINTABLE.search(raw)
    if match is None:
        return ()
    line = len(Lines.of(raw[: match.start()]).starts) + 1
    message = f"frontmatter: the character U+{ord(match[0]):04X} is read as U+FFFD"
    return (Diagnostic("bad-frontmatter", "warning", message, line),)


def _yaml_problem(error: yaml.YAMLError) -> tuple[str, int]:
    mark = getattr(error, "problem_mark", None)
    context = str(getattr(error, "context", None) or "")
    if "flow" in context or "quoted" in context:
        # What is never closed is told where it was opened.
        mark = getattr(error, "context_mark", None) or mark
    problem = getattr(error, "problem", None) or str(error).splitlines()[0]
    return str(problem), mark.line + 1 if mark is not None else 1


def _other_problem(error: Exception) -> tuple[str, int]:
    match = re.search(r"\(at line (\d+), column \d+\)|line (\d+) column", str(error))
    line = int(match[1] or match[2]) if match else 1
    message = re.sub(r"\s*\(at .*\)$", "", str(error).splitlines()[0]) if str(error) else "too deep"
    return message, line


_QUOTE_OR_HASH = re.compile(r"[\"'#]")
_BEFORE_QUOTE = frozenset(" \t[{,:=-")


def comment_start(text: str, start: int, end: int) -> int:
    """Where a comment begins on the line `start`–`end` of a block; `end` where there is none.

    A quote opens only where a value may begin (`it's` holds none) and hides what it encloses.
    """
    quote = ""
    for match in _QUOTE_OR_HASH.finditer(text, start, end):
        at, sign = match.start(), match[0]
        before = text[at - 1] if at > start else " "
        if quote:
            quote = "" if sign == quote else quote
        elif sign == "#":
            if before in " \t":
                return at
        elif before in _BEFORE_QUOTE:
            quote = sign
    return end


def _key_lines(raw: str, *, indented: bool = False) -> dict[str, int]:
    """The file's line on which each top-level key stands (the block's first line is line 2).

    Of a key that stands twice it is the last line, whose value counts; in JSON (indented), where
    keys inside a value are met as well, the first.
    """
    found = list(_keys(raw, indented=indented))
    return {key: number for number, key in (reversed(found) if indented else found)}


def _keys(raw: str, *, indented: bool = False) -> Iterator[tuple[int, str]]:
    """(the file's line, the key) of each line of a block that begins with a key."""
    for number, line in enumerate(_LINE.findall(raw), start=2):
        match = _KEY.match(line.lstrip(" \t{") if indented else line)
        if match is not None:
            yield number, (match[1] or match[2] or match[3]).strip()


def _repeated_keys(raw: str, kind: str) -> tuple[Diagnostic, ...]:
    """YAML takes the last of two equal keys without a word; say so."""
    if kind != "yaml":
        return ()
    seen: set[str] = set()
    found = []
    for number, key in _keys(raw):
        if key in seen:
            message = f"frontmatter: `{key}` stands twice; the last one counts"
            found.append(Diagnostic("bad-frontmatter", "warning", message, number))
        seen.add(key)
    return tuple(found)


def _salvage(raw: str) -> tuple[Property, ...]:
    """The entries of a broken YAML block that can be read one at a time.

    Each top-level key with its indented or `-` lines is read by itself; one line that still
    cannot be read (`title: 회고: 2023`, `{{date}}`) is taken as the text that it is.
    """
    entries: list[tuple[str, int, list[str]]] = []
    for number, line in enumerate(_LINE.findall(raw), start=2):
        match = _KEY.match(line)
        if match:
            entries.append(((match[1] or match[2] or match[3]).strip(), number, [line]))
        elif entries and line.strip():
            entries[-1][2].append(line)
    found: dict[str, Property] = {}
    handler = YamlProperties()
    for key, number, parts in entries[:MAX_DEPTH]:
        value: PropertyValue
        source = "".join(parts)
        try:
            loaded = handler.load(source)
            value = next(iter(loaded.values())) if isinstance(loaded, dict) and loaded else None
        except (yaml.YAMLError, FrontmatterError, RecursionError):
            value = source[source.index(":") + 1 :].strip() if ":" in source else None
            if isinstance(value, str) and ("\n" in value or "\r" in value):
                continue
        found.setdefault(key, Property(key, value, number))
    return tuple(found.values())
