"""Links in the files beside the notes: JSON Canvas boards and Obsidian bases.

A canvas file node is a link of kind `canvas`, at the line of its node, looked up by its path; the
wikilinks in a text node's Markdown are of the same kind, looked up as wikilinks. Of a base
(YAML), every wikilink and embed counts.
"""

from __future__ import annotations

import json
import re
from typing import Any

from vaultdots.note.inline import Inline, read_inline
from vaultdots.note.model import Diagnostic, Link
from vaultdots.note.targets import subpath_of, wikilink_target
from vaultdots.text.names import nfc
from vaultdots.text.spans import Lines, Span

_WIKI = re.compile(r"!?\[\[((?:(?!\[\[|\]\])[^\r\n])+)\]\]")
_DEEP = re.compile(r"(?:[\[{]\s*){100}")


def canvas_links(text: str) -> tuple[tuple[Link, ...], tuple[Diagnostic, ...]]:
    """The links of a `.canvas` file (JSON Canvas 1.0) and what is wrong with it. Never raises."""
    if not text.strip():
        return (), ()
    try:
        if _DEEP.search(text):
            raise ValueError("nested too deep")
        board = json.loads(text)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        message = f"canvas: {getattr(error, 'msg', error)}"
        return (), (Diagnostic("bad-canvas", "error", message, line),)
    nodes = board.get("nodes") if isinstance(board, dict) else None
    if nodes is None:
        nodes = []
    if not isinstance(nodes, list):
        return (), (Diagnostic("bad-canvas", "error", "canvas: `nodes` is no list", 1),)
    lines = Lines.of(text)
    links: list[Link] = []
    cursor = 0
    for node in nodes:
        if not isinstance(node, dict):
            continue
        cursor = _place(text, node, cursor)
        line, column = lines.position(cursor)
        if isinstance(node.get("file"), str) and node["file"].strip():
            subpath = node.get("subpath")
            parts = subpath_of(subpath) if isinstance(subpath, str) else ()
            name = nfc(node["file"].strip())
            span = Span(cursor, cursor)
            links.append(Link("canvas", "path", span, line, column, name, name, parts, None, 0))
        if isinstance(node.get("text"), str):
            links += _text_links(nfc(node["text"]), cursor, line, column)
    return tuple(links), ()


def base_links(text: str) -> tuple[Link, ...]:
    """The wikilinks and embeds written in a `.base` file."""
    lines = Lines.of(text)
    found = []
    for match in _WIKI.finditer(text):
        target = wikilink_target(match[1])
        if target is None:
            continue
        line, column = lines.position(match.start())
        span = Span(*match.span())
        found.append(Link("base", "wiki", span, line, column, match[0], *target, 0))
    return tuple(found)


def _place(text: str, node: dict[str, Any], cursor: int) -> int:
    """Where the node stands in the file: at its id, as far as the text shows it."""
    identity = node.get("id")
    if isinstance(identity, str) and identity:
        at = text.find(f'"{identity}"', cursor)
        if at >= 0:
            brace = text.rfind("{", 0, at)
            return brace if brace >= cursor else at
    return cursor


def _text_links(words: str, at: int, line: int, column: int) -> list[Link]:
    found = Inline([], [], [])
    read_inline(words, Span(0, len(words)), {}, found)
    links = []
    for item in found.links:
        target = wikilink_target(item.content) if item.form == "wiki" else None
        if target is not None:
            raw = item.span.of(words)
            span = Span(at, at)
            links.append(Link("canvas", "wiki", span, line, column, raw, *target, 0))
    return links
