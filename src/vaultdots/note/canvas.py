"""Links in the files beside the notes: JSON Canvas boards and Obsidian bases.

A canvas file node is a link of kind `canvas`, at the line of its node, looked up by its path; the
links in a text node's Markdown are of the same kind, looked up as in a note. Of a base (YAML),
every wikilink and embed counts.
"""

from __future__ import annotations

import json
import re

from vaultdots.note.inline import Inline, read_inline
from vaultdots.note.model import Diagnostic, Link, Lookup
from vaultdots.note.targets import (
    Target,
    is_external,
    markdown_target,
    plain_address,
    subpath_of,
    wikilink_target,
)
from vaultdots.text.names import nfc
from vaultdots.text.spans import Lines, Span

_WIKI = re.compile(r"!?\[\[((?:(?!\[\[|\]\])[^\r\n])+)\]\]")
# A key with its colon, a text, a bracket.
_TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+"(\s*:)?|[{}\[\]]')
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
    places = iter(_places(text))
    for node in nodes:
        cursor = next(places) if isinstance(node, (dict, list)) else 0
        if not isinstance(node, dict):
            continue
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


def _places(text: str) -> list[int]:
    """Where each object and list of the board's `nodes` begins. text: valid JSON, an object."""
    found: list[int] = []
    depth = 0
    key = ""
    for token in _TOKEN.finditer(text):
        sign = token[0]
        if sign in "{[":
            if depth == 1 and key == "nodes":
                found = []  # of two `nodes` the last counts
            elif depth == 2 and key == "nodes":
                found.append(token.start())
            depth += 1
        elif sign in "}]":
            depth -= 1
        elif depth == 1 and token[1]:
            key = json.loads(sign[: -len(token[1])])
    return found


def _text_links(words: str, at: int, line: int, column: int) -> list[Link]:
    found = Inline([], [], [])
    read_inline(words, Span(0, len(words)), {}, found)
    links = []
    for item in found.links:
        raw = item.span.of(words)
        lookup: Lookup = "markdown"
        external = False
        if item.form == "wiki":
            lookup = "wiki"
            target = wikilink_target(item.content)
        elif item.form == "shortcode":
            continue
        else:
            address = plain_address(item.content)
            external = is_external(address) or address.startswith("mailto:")
            target = Target(address, (), None) if external else markdown_target(address)
            target = target._replace(display=item.text) if address.strip() else None
        if target is not None:
            span = Span(at, at)
            links.append(
                Link("canvas", lookup, span, line, column, raw, *target, 0, external=external)
            )
    return links
