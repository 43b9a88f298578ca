"""Frontmatter: the block at a file's head, cut so that the body's positions stay true.

The block is cut here and only loaded by python-frontmatter's handlers, with a YAML 1.2 core
reading as Obsidian does: `no` and `on` are words, `12:30` is no number, `010` is 10, a date is
the text it was written as. A block that cannot be read leaves a diagnostic on its line, and
what can be read key by key is still read.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

import yaml
from frontmatter.default_handlers import BaseHandler, YAMLHandler

from vaultdots.note.model import Diagnostic, Property, PropertyValue
from vaultdots.text.spans import Lines, Span

_OPEN = re.compile(r"(---|\+\+\+)[ \t]*(?:\r\n?|\n)")
_CLOSE = {
    "---": re.compile(r"(?:(?<=\r)|(?<=\n))---[ \t]*(?:\r\n?|\n|\Z)"),
    "+++": re.compile(r"(?:(?<=\r)|(?<=\n))\+\+\+[ \t]*(?:\r\n?|\n|\Z)"),
}
_KEY = re.compile(
    r"(?:\"([^\"\r\n]+)\"|'([^'\r\n]+)'|([^\s#\-\[{\"'][^:=\r\n]*?))[ \t]*[:=](?=\s|$)"
)
_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n|$)")
# A property block holds at most this many values once its YAML aliases are followed: an alias
# bomb parses in no time and explodes when it is written out.
MAX_VALUES = 10_000
# Collections nested deeper than this are refused before a recursive parser sees them.
MAX_DEPTH = 50
_DEEP_FLOW = re.compile(rf"(?:[\[{{]\s*){{{MAX_DEPTH}}}")
_DEEP_BLOCK = re.compile(rf"^[ \t]*(?:[-?:][ \t]+){{{MAX_DEPTH}}}", re.MULTILINE)
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
        if isinstance(loaded, str) and not _KEY.search(raw):
            return None
        if not isinstance(loaded, Mapping):
            raise FrontmatterError("properties are no list of `key: value`", 1)
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
        if _DEEP_FLOW.search(fm) or _DEEP_BLOCK.search(fm):
            raise FrontmatterError(f"nested deeper than {MAX_DEPTH}", 1)
        node = yaml.compose(_printable(fm), Loader=_NodeLoader)
        return None if node is None else _Builder().build(node, 0)


class TomlProperties(BaseHandler):
    """Hugo's `+++` block, read by the standard library."""

    FM_BOUNDARY = re.compile(r"^\+{3,}\s*$", re.MULTILINE)

    def load(self, fm: str, **kwargs: object) -> Any:
        """Load `fm`; raises tomllib.TOMLDecodeError."""
        if _DEEP_FLOW.search(fm):
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


_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _NodeLoader(_Base):  # type: ignore[misc]
    """Composes nodes only; plain scalars stay text here and are read by `_scalar`."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - a table of the base class


_CORE_TAGS = frozenset(
    f"tag:yaml.org,2002:{name}"
    for name in ("str", "int", "float", "bool", "null", "seq", "map", "timestamp")
) | {"!"}


class _Builder:
    """Nodes → values, counting them: an aliased node counts each time that it is met."""

    def __init__(self) -> None:
        self.values = 0

    def build(self, node: yaml.Node, depth: int) -> PropertyValue:
        self.values += 1
        line = node.start_mark.line + 1 if node.start_mark else 1
        if self.values > MAX_VALUES:
            raise FrontmatterError(f"more than {MAX_VALUES} values (aliases followed)", line)
        if depth > MAX_DEPTH:
            raise FrontmatterError(f"nested deeper than {MAX_DEPTH}", line)
        if node.tag not in _CORE_TAGS:
            raise FrontmatterError(f"the YAML tag {node.tag} is not read", line)
        if isinstance(node, yaml.ScalarNode):
            plain = node.style is None or node.style == ""
            text = str(node.value).translate(_BACK)
            return _scalar(text) if plain else text
        if isinstance(node, yaml.SequenceNode):
            return [self.build(item, depth + 1) for item in node.value]
        result: dict[str, PropertyValue] = {}
        for key, value in node.value:
            name = key.value if isinstance(key, yaml.ScalarNode) else None
            if name is None:
                raise FrontmatterError("a key is no text (put `{{…}}` in quotes)", line)
            result[str(name).translate(_BACK)] = self.build(value, depth + 1)
        return result


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
    return {str(key): _plain(value) for key, value in loaded.items()}


def _plain(value: Any) -> PropertyValue:
    """TOML's and JSON's values as property values: dates as ISO text, no infinities."""
    if value is None or isinstance(value, (str, bool, int)):
        return value
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
    """The file's line on which each top-level key stands (the block's first line is line 2)."""
    lines: dict[str, int] = {}
    for number, line in enumerate(_LINE.findall(raw), start=2):
        match = _KEY.match(line.lstrip(" \t{") if indented else line)
        if match:
            lines.setdefault((match[1] or match[2] or match[3]).strip(), number)
    return lines


def _repeated_keys(raw: str, kind: str) -> tuple[Diagnostic, ...]:
    """YAML takes the last of two equal keys without a word; say so."""
    if kind != "yaml":
        return ()
    seen: set[str] = set()
    found = []
    for number, line in enumerate(_LINE.findall(raw), start=2):
        match = _KEY.match(line)
        if match is None:
            continue
        key = (match[1] or match[2] or match[3]).strip()
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
    entries: list[tuple[str, int, str]] = []
    for number, line in enumerate(_LINE.findall(raw), start=2):
        match = _KEY.match(line)
        if match:
            entries.append(((match[1] or match[2] or match[3]).strip(), number, line))
        elif entries and line.strip():
            key, first, so_far = entries[-1]
            entries[-1] = (key, first, so_far + line)
    found: dict[str, Property] = {}
    handler = YamlProperties()
    for key, number, source in entries[:MAX_DEPTH]:
        value: PropertyValue
        try:
            loaded = handler.load(source)
            value = next(iter(loaded.values())) if isinstance(loaded, dict) and loaded else None
        except (yaml.YAMLError, FrontmatterError, RecursionError):
            value = source[source.index(":") + 1 :].strip() if ":" in source else None
            if isinstance(value, str) and ("\n" in value or "\r" in value):
                continue
        found.setdefault(key, Property(key, value, number))
    return tuple(found.values())
