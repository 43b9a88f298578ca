"""Frontmatter of other systems → properties: cut, read leniently, write as YAML."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from datetime import date, datetime

import yaml

from vaultdots.text.dates import dates_in
from vaultdots.text.tuples import NamedTuple

_POINT_BEFORE_YEAR = re.compile(r"(?<=\d)\.\s(?=(?:19|20)\d\d(?!\d))")
_MAX_BLOCK = 64 * 1024
"""No hand-written frontmatter comes near; a longer block is kept as text and not read."""
_KEY = re.compile(r"^([A-Za-z_가-힣][\w가-힣 -]{0,60}):(?:\s|$)", re.M)


class Front(NamedTuple):
    """A cut frontmatter block. style: "yaml", "toml", "json" or "" (none).

    block: the text between the fences; body: the text after it; warning: where it cannot be read.
    """

    style: str
    block: str
    body: str
    values: dict[str, object]
    warning: str | None = None


def cut(text: str) -> Front:
    """Split `text` into frontmatter and body; a block that cannot be read keeps its text."""
    for fence, style in (("---", "yaml"), ("+++", "toml")):
        if not text.startswith(fence):
            continue
        first, newline, rest = text.partition("\n")
        if first.rstrip() != fence or not newline:
            continue
        found = re.compile(rf"^{re.escape(fence)}[ \t]*(?:\n|\Z)", re.M).search(rest)
        if found is None:
            return Front("", "", text, {}, "frontmatter is never closed: kept as text")
        block = rest[: found.start()]
        values, warning = _read(block, style)
        if style == "yaml" and warning is None and values is None:
            return Front("", "", text, {})  # a thematic break that opens the page
        return Front(style, block, rest[found.end() :], values or {}, warning)
    return Front("", "", text, {})


def _read(block: str, style: str) -> tuple[dict[str, object] | None, str | None]:
    if len(block) > _MAX_BLOCK:
        return {}, "frontmatter is too long to be read: kept as it is"
    try:
        loaded = tomllib.loads(block) if style == "toml" else yaml.load(block, _TextLoader)
    except (tomllib.TOMLDecodeError, yaml.YAMLError, ValueError, RecursionError) as error:
        problem = str(error).splitlines()[0] if str(error) else type(error).__name__
        if style == "yaml" and not _KEY.search(block):
            return None, None
        return _by_line(block), f"frontmatter cannot be read ({problem}): kept as it is"
    if loaded is None:
        return {}, None
    if not isinstance(loaded, dict):
        return None, None
    return {str(key): value for key, value in loaded.items()}, None


class _TextLoader(yaml.SafeLoader):
    """YAML in which only null is no text: `no`, `12:30` and `010` stay what they are."""

    yaml_implicit_resolvers = {  # noqa: RUF012 (the base class declares it so)
        sign: [(tag, rule) for tag, rule in rules if tag.endswith((":null", ":merge"))]
        for sign, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def _by_line(block: str) -> dict[str, object]:
    """The plain `title: …` and `date: …` lines of a block that is no YAML (`title: 회고: 2023`)."""
    found: dict[str, object] = {}
    for line in block.split("\n"):
        key, colon, value = line.partition(":")
        if colon and key.strip() in ("title", "date") and value.strip():
            found.setdefault(key.strip(), value.strip().strip("\"'"))
    return found


def text_of(value: object) -> str | None:
    """A scalar as a line of text, None for anything else or nothing."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        return " ".join(str(value).split()) or None
    return None


def iso_date(text: str | None) -> str | None:
    """The first full date in `text` as YYYY-MM-DD, as the index reads dates; None without one."""
    # Some hosts write `Dec 28. 2023`.
    told = _POINT_BEFORE_YEAR.sub(", ", text or "")
    days = (m.iso for m in dates_in(told) if m.year is not None and m.day is not None)
    return next((iso for iso in days if iso is not None), None)


def dump(values: Mapping[str, object]) -> str:
    """`values` as a YAML block with its fences, in the order given; "" for nothing."""
    kept = {key: _plain(value) for key, value in values.items() if value not in (None, "", [], {})}
    if not kept:
        return ""
    # PyYAML folds these line ends into spaces unless it may escape them.
    signs = json.dumps(kept, ensure_ascii=False, default=str)
    block = yaml.safe_dump(
        kept,
        allow_unicode=not any(sign in signs for sign in "\x85\u2028\u2029\ufeff"),
        sort_keys=False,
        default_flow_style=False,
        width=10_000,
    )
    return f"---\n{block}---\n"


def _plain(value: object) -> object:
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value) and iso_date(value):
        return date.fromisoformat(value)
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, str | int | float | bool | datetime | date):
        return value
    return str(value)


def with_placeholders(front: Front, missing: Mapping[str, object]) -> str:
    """The frontmatter as YAML with `missing` keys added; an author's own YAML stays verbatim."""
    new = {key: value for key, value in missing.items() if key not in front.values}
    if front.style == "yaml":
        added = dump(new).removeprefix("---\n").removesuffix("---\n") if not front.warning else ""
        block = front.block if not front.block or front.block.endswith("\n") else front.block + "\n"
        return f"---\n{block}{added}---\n"
    if front.style == "toml" and front.warning:
        return f"+++\n{front.block}+++\n"
    return dump({**front.values, **new} if front.style else new)
