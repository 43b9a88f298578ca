"""Links in the files beside the notes: JSON Canvas boards and Obsidian bases.

A canvas file node is a link of kind `canvas`, at the line of its node, looked up by its path; the
links in a text node's Markdown are of the same kind, looked up as in a note. Of a base (YAML),
every wikilink and embed counts.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from vaultdots.note.inline import Inline, read_inline
from vaultdots.note.linking import Links
from vaultdots.note.model import Diagnostic, Link
from vaultdots.note.targets import subpath_of, trimmed, wikilink_target
from vaultdots.text.names import nfc
from vaultdots.text.spans import Lines, Span
from vaultdots.text.tuples import NamedTuple

_WIKI = re.compile(r"!?\[\[((?:(?!\[\[|\]\])[^\r\n])+)\]\]")
# A key with its colon, a text, a bracket.
_TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+"(\s*:)?|[{}\[\]]')
_JSON_PIECE = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"  # one character in two halves
    r"|\\u[0-9a-fA-F]{4}|\\.|[^\\]+"
)
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
        return (), (Diagnostic("bad-canvas", "error", "canvas: `nodes` is not a list", 1),)
    lines = Lines.of(text)
    links: list[Link] = []
    places = iter(_places(text))
    for node in nodes:
        place = next(places) if isinstance(node, (dict, list)) else None
        if not isinstance(node, dict) or place is None:
            continue
        line, column = lines.position(place.start)
        if isinstance(node.get("file"), str) and node["file"].strip():
            links.append(_file_link(text, node, place, line, column))
        if isinstance(node.get("text"), str):
            links += _text_links(JsonText.of(text, place.values["text"]), line, column)
    return tuple(links), ()


def base_links(text: str) -> tuple[Link, ...]:
    """The wikilinks and embeds written in a `.base` file."""
    reader = Links(text, Lines.of(text), "")
    found = []
    for match in _WIKI.finditer(text):
        target = wikilink_target(match[1], match.start(1))
        if target is not None:
            found.append(reader.link("base", "wiki", "wikilink", Span(*match.span()), target, 0))
    return tuple(found)


class JsonText(NamedTuple):
    """A text as a JSON file holds it. starts: where each of its characters is written, and where
    the last one ends; None where none is escaped and they follow each other."""

    text: str
    at: int
    starts: tuple[int, ...] | None

    @classmethod
    def of(cls, whole: str, span: Span) -> JsonText:
        """The text between the quotes at `span`."""
        written = span.of(whole)
        if "\\" not in written:
            return cls(written, span.start, None)
        pieces: list[str] = []
        starts: list[int] = []
        for match in _JSON_PIECE.finditer(written):
            piece = match[0] if match[0][0] != "\\" else json.loads(f'"{match[0]}"')
            pieces.append(piece)
            first = span.start + match.start()
            one = match[0][0] == "\\"
            starts += [first] if one else range(first, first + len(piece))
        return cls("".join(pieces), span.start, (*starts, span.end))

    def span(self, part: Span) -> Span:
        """Where a part of the text is written."""
        if self.starts is None:
            return Span(self.at + part.start, self.at + part.end)
        return Span(self.starts[part.start], self.starts[part.end])


class _Place(NamedTuple):
    """Where a node of the board begins, and where its texts stand, by key, without the quotes."""

    start: int
    values: dict[str, Span]


def _places(text: str) -> list[_Place]:
    """Each object and list of the board's `nodes`. text: valid JSON, an object."""
    found: list[_Place] = []
    depth = 0
    key = inner = ""
    for token in _TOKEN.finditer(text):
        sign = token[0]
        if sign in "{[":
            if depth == 1 and key == "nodes":
                found = []  # of two `nodes` the last counts
            elif depth == 2 and key == "nodes":
                found.append(_Place(token.start(), {}))
            depth += 1
        elif sign in "}]":
            depth -= 1
        elif depth == 1 and token[1]:
            key = json.loads(sign[: -len(token[1])])
        elif depth == 3 and token[1]:
            inner = json.loads(sign[: -len(token[1])])
        elif depth == 3 and key == "nodes":
            # Of two equal keys the last counts.
            found[-1].values[inner] = Span(token.start() + 1, token.end() - 1)
    return found


def _file_link(
    text: str, node: Mapping[str, object], place: _Place, line: int, column: int
) -> Link:
    written = JsonText.of(text, place.values["file"])
    span = written.span(trimmed(written.text, 0))
    name = nfc(written.text.strip())
    parts: tuple[str, ...] = ()
    part_span = None
    if isinstance(node.get("subpath"), str):
        subpath = JsonText.of(text, place.values["subpath"])
        parts = subpath_of(nfc(subpath.text))
        if parts:
            bare = subpath.text.lstrip().removeprefix("#")
            part_span = subpath.span(trimmed(bare, len(subpath.text) - len(bare)))
    return Link(
        "canvas", "path", "json", span, line, column, name, name, parts, None, 0,
        span, part_span, None,
    )  # fmt: skip


def _text_links(words: JsonText, line: int, column: int) -> list[Link]:
    found = Inline([], [], [])
    read_inline(words.text, Span(0, len(words.text)), {}, found)
    reader = Links(words.text, Lines.of(words.text), "")
    links = []
    for item in found.links:
        link = None if item.form == "shortcode" else reader.read(item, 0)
        if link is None:
            continue
        links.append(
            link._replace(
                kind="canvas",
                span=words.span(link.span),
                line=line,
                column=column,
                raw=nfc(link.raw),
                target=nfc(link.target),
                subpath=tuple(map(nfc, link.subpath)),
                display=None if link.display is None else nfc(link.display),
                target_span=words.span(link.target_span),
                subpath_span=None if link.subpath_span is None else words.span(link.subpath_span),
                display_span=None if link.display_span is None else words.span(link.display_span),
            )
        )
    return links
