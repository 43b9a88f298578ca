"""A review's text as list items and sentences, each with its place. Linear in the text.

Code, tables and comments are no prose; HTML is read as `html_prose` tells it. Markup is removed
from what is shown, the spans stay those of the source.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from typing import Literal, TypeVar

from vaultdots.note.html_prose import FILL
from vaultdots.note.model import Note
from vaultdots.text.columns import width as width
from vaultdots.text.late import late
from vaultdots.text.spans import Lines, Span
from vaultdots.text.tuples import NamedTuple

_LINE = late(r"[^\r\n]*(?:\r\n?|\n|$)")
_FENCE = late(r"\s{0,3}(?:>\s?)*\s*(`{3,}|~{3,})")
_ITEM = late(
    r"(?P<lead>(?:>\s?){0,8}[ \t]*)"
    r"(?P<marker>[-*+•▪◦‣·–]|[✔✅☑❌❎✖⭕🔺🟡🟠🟢⬜☐🔲▶►👉🔹🔸■□◆◇○●★☆✨📌]\ufe0f?"
    r"|(?:\*\*|__)?\d{1,3}[.)]|(?:하나|둘|셋|넷|다섯|여섯|일곱|여덟|아홉|열)[,.)])[ \t]+"
    r"(?:\[(?P<check>[^\[\]])\](?:[ \t]+|$))?"
)
_CHECK_EMOJI = late(r"(?P<check>[✅☑✔❌✖❎🔺⭕△▲○◯☐⬜])\ufe0f?[ \t]*")
_BOXES = "✔✅☑❌❎✖⭕🔺🟡🟠🟢⬜☐🔲"
"""Pictures that begin a line as a box does: `⬜ 토익 800점`."""
_STATES = {
    "TODO": " ", "LATER": " ", "WAITING": " ", "NOW": "/", "DOING": "/", "IN-PROGRESS": "/",
    "DONE": "x", "CANCELED": "-", "CANCELLED": "-",
}  # fmt: skip
"""Logseq's and Org's states of a task, as the boxes that they stand for."""
_STATE = late(rf"(?P<state>{'|'.join(_STATES)})[ \t]+")
_HEADING = late(r" {0,3}#{1,6}(?:[ \t]|$)|\s{0,3}(?:={3,}|-{3,}|\*{3,}|_{3,})\s*$")
_CONTAINER = late(r"\s{0,3}(?::{3,}|\{%|\{\{|\{:)")
_HTML_LINE = late(r"\s{0,3}</?[A-Za-z][^\n]{0,400}>\s*$|\s*<(?:br|hr|img)\b[^\n]{0,400}>\s*$")
_BLOCK_TAG = late(r"(?i)\s{0,3}<(?:p|li|h[1-6]|div|dt|dd|blockquote|summary)[\s>]")
"""What begins a paragraph of its own in a text that is written in HTML."""
_MARKUP = late(
    r"!\[[^\[\]\n]{0,300}\]\([^()\n]{0,800}\)"  # image
    r"|\[(?P<link>[^\[\]\n]{1,300})\]\([^()\n]{0,800}(?:\([^()\n]{0,200}\)[^()\n]{0,200})?\)"
    r"|!?\[\[(?P<wiki>[^\[\]\n|#]{0,300})(?:#[^\[\]\n|]{0,200})?(?:\|(?P<alias>[^\[\]\n]{1,300}))?\]\]"
    r"|\[(?P<ref>[^\[\]\n]{1,300})\]\[\]"  # link by reference; `[React][Redux]` is two tags
    r"|(?<![\w\]])\[(?P<numbered>[^\[\]\n]{1,300})\]\[\d{1,3}\]"  # `a[0][1]` is code
    r"|\[(?P<named>[^\[\]\n]{0,300}\s[^\[\]\n]{1,300})\]\[[A-Za-z0-9_-][^\[\]\n]{0,99}\]"
    r"|</?[A-Za-z][^<>\n]{0,600}>"
    r"|(?<=\n)(?:[ \t]{0,3}>[ \t]?){1,8}"
    r"|<!--[^\n]{0,600}?-->"
    r"|\[\^[^\[\]\n]{1,60}\]:?"  # footnote
    r"|(?<=\s)\^[A-Za-z0-9-]{1,60}(?=\s*$)"  # block id
    r"|\[![A-Za-z-]{1,20}\][+-]?"  # callout
    r"|\{:[ \t]?[.#\w][^{}\n]{0,200}\}"  # kramdown's attributes
    r"|\*{1,3}|~~|==|`+|(?<![^\W_])_{1,3}|_{1,3}(?![^\W_])|\\(?=[*_`~\[\]])"
    rf"|{FILL}+"
    r"|(?P<entity>&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)"
)
_PIPE = late(r"(?<!\\)\|")
_SPACES = late(r"\s+")
_HTML_INDENT = 4
"""Columns by which an item of HTML is further in than the one that it stands under."""
_BROKEN = late(r"(?<![ ,、，])(?:(?P<html>   +)|  )$")
"""A line that is broken where it ends: by `<br>`, for which `html_prose` leaves three spaces or
more, or by Markdown's two; after a comma it is only broken for the eye."""
_LIST_LINES = 3
"""Lines of one sentence each, all broken by two spaces, that are a list without bullets; two are
running text as often as not."""
_WRAPPED_FROM = 56
"""Columns: a shorter line ends its sentence. Editors wrap at 72 or 80, minus a long last word."""


class Item(NamedTuple):
    """A list item's first paragraph. depth: 0 for the outermost list of its section.

    marker: `-`, `*`, `1.`…; check: the character in its box (or an emoji used as one), else None.
    text: markup removed; raw: as written. detail: texts of the items under it.
    """

    depth: int
    marker: str
    check: str | None
    text: str
    raw: str
    span: Span
    line: int
    parent: int | None
    """Index of the item that it stands under."""


class Sentence(NamedTuple):
    """A sentence of running text or of a list item. item: index of that item, else None."""

    text: str
    span: Span
    line: int
    item: int | None


class Row(NamedTuple):
    """A row of a table: its cells, markup removed."""

    cells: tuple[str, ...]
    span: Span
    line: int


class Paragraph(NamedTuple):
    """Lines of running text. item: index of the list item that they stand under, else None."""

    span: Span
    line: int
    item: int | None


class Prose(NamedTuple):
    """What a stretch of text holds, each in order."""

    items: tuple[Item, ...]
    sentences: tuple[Sentence, ...]
    rows: tuple[Row, ...]
    paragraphs: tuple[Paragraph, ...] = ()

    def inside(self, span: Span) -> Prose:
        """The part that begins in `span`; an item whose parent stands outside is an outer one."""
        first = bisect_left(self.items, span.start, key=_start)
        last = bisect_left(self.items, span.end, key=_start)
        items: list[Item] = []
        for item in self.items[first:last]:
            parent = item.parent - first if item.parent is not None else -1
            depth = items[parent].depth + 1 if parent >= 0 else 0
            items.append(item._replace(parent=parent if parent >= 0 else None, depth=depth))

        def moved(item: int | None) -> int | None:
            return item - first if item is not None and first <= item < last else None

        return Prose(
            tuple(items),
            tuple(s._replace(item=moved(s.item)) for s in _between(self.sentences, span)),
            tuple(_between(self.rows, span)),
            tuple(p._replace(item=moved(p.item)) for p in _between(self.paragraphs, span)),
        )


_Placed = TypeVar("_Placed", Sentence, Row, Paragraph)


def _start(entry: Item | Sentence | Row | Paragraph) -> int:
    return entry.span.start


def _between(entries: Sequence[_Placed], span: Span) -> Sequence[_Placed]:
    first = bisect_left(entries, span.start, key=_start)
    return entries[first : bisect_left(entries, span.end, key=_start)]


def plain(markdown: str) -> str:
    """`markdown` as it is read aloud: links by their text, marks removed, white space folded."""
    shown = _MARKUP.sub(_read_aloud, markdown)
    return _SPACES.sub(" ", shown).strip()


def _read_aloud(markup: re.Match[str]) -> str:
    """What is read of a link or an entity, nothing of any other mark."""
    if markup["entity"]:
        return unescape(markup[0])
    names = ("link", "alias", "wiki", "ref", "named", "numbered")
    return next((markup[name] for name in names if markup[name]), "")


class _Line(NamedTuple):
    start: int
    end: int
    kind: Literal["text", "item", "row", "gap"]
    item: re.Match[str] | None = None


def _lines(text: str, start: int, end: int, hidden: Sequence[Span]) -> Iterator[_Line]:
    """The lines of a stretch, told apart. hidden: spans of code, math and comments, in order."""
    fence = ""
    at = bisect_right(hidden, start, key=lambda span: span.end)
    position = start
    while position < end:
        match = _LINE.match(text, position, end)
        if match is None or match.end() == position:
            break
        line = match[0].rstrip("\r\n")
        first, position = position, match.end()
        last = first + len(line)
        opened = _FENCE.match(line)
        if fence:
            if opened and opened[1][0] == fence[0] and len(opened[1]) >= len(fence):
                fence = ""
            yield _Line(first, last, "gap")
            continue
        if opened:
            fence = opened[1]
            yield _Line(first, last, "gap")
            continue
        while at < len(hidden) and hidden[at].end <= first:
            at += 1
        inside = at < len(hidden) and hidden[at].start <= first and hidden[at].end >= last
        if inside or not line.strip(" \t>") or _HEADING.match(line) or _CONTAINER.match(line):
            yield _Line(first, last, "gap")
        elif line.lstrip(" \t>").startswith("|"):
            yield _Line(first, last, "row")
        elif _HTML_LINE.match(line) and not plain(line):
            yield _Line(first, last, "gap")
        elif item := _ITEM.match(text, first, last):
            yield _Line(first, last, "item", item)
        else:
            yield _Line(first, last, "text")


def read_prose(
    text: str,
    span: Span,
    lines: Lines,
    hidden: Sequence[Span] = (),
    depths: Mapping[int, int] | None = None,
) -> Prose:
    """The items, sentences and table rows of `text` inside `span`.

    depths: how deep an item of HTML stands, by where its marker does.
    """
    items: list[Item] = []
    sentences: list[Sentence] = []
    rows: list[Row] = []
    paragraphs: list[Paragraph] = []
    open_items: list[tuple[int, int, str]] = []  # (indent, index, marker) of the items above
    paragraph: list[Span] = []
    owner: int | None = None
    gapped = False

    def flush() -> None:
        if paragraph:
            sentences.extend(_sentences(text, paragraph, lines, owner))
            if owner is None or items[owner].span.end != paragraph[0].end:
                span = Span(paragraph[0].start, paragraph[-1].end)
                paragraphs.append(Paragraph(span, lines.line(span.start), owner))
            if owner is not None and items[owner].span.end == paragraph[0].end:
                items[owner] = _whole(text, items[owner], paragraph)
            paragraph.clear()

    for line in _lines(text, span.start, span.end, hidden):
        if line.kind == "text":
            if _BLOCK_TAG.match(text, line.start, line.end):
                flush()
            indent = _indent(text[line.start : line.end])
            if owner is not None and not paragraph and indent == 0:
                owner = None
                open_items.clear()
            paragraph.append(Span(line.start, line.end))
            gapped = False
            continue
        flush()
        if line.kind == "gap":
            gapped = True
        elif line.kind == "row":
            cells = _PIPE.split(text[line.start : line.end].strip(" \t>").strip("|"))
            rows.append(
                Row(
                    tuple(plain(cell.replace("\\|", "|")) for cell in cells[:40]),
                    Span(line.start, line.end),
                    lines.line(line.start),
                )
            )
        elif line.item is not None:
            owner = _add_item(text, line, line.item, lines, items, open_items, gapped, depths)
            gapped = False
            paragraph.append(Span(line.item.end(), line.end))
    flush()
    return Prose(tuple(items), tuple(sentences), tuple(rows), tuple(paragraphs))


def _whole(text: str, item: Item, paragraph: Sequence[Span]) -> Item:
    """The item with the lines that its first line was wrapped into."""
    last = 0
    while last + 1 < len(paragraph) and width(paragraph[last].of(text)) >= _WRAPPED_FROM:
        last += 1
    if last == 0:
        return item
    raw = text[paragraph[0].start : paragraph[last].end]
    return item._replace(text=plain(raw), raw=raw.replace(FILL, "").strip())


def _indent(line: str) -> int:
    lead = line[: len(line) - len(line.lstrip(" \t>"))]
    return len(lead.expandtabs(4))


def _add_item(
    text: str,
    line: _Line,
    match: re.Match[str],
    lines: Lines,
    items: list[Item],
    open_items: list[tuple[int, int, str]],
    gapped: bool,
    depths: Mapping[int, int] | None,
) -> int:
    depth = depths.get(match.start("marker")) if depths else None
    indent = _indent(match["lead"] + "x") if depth is None else _HTML_INDENT * depth
    family = "1" if match["marker"][-1] in ".,)" else match["marker"]
    family = "✅" if family[0] in _BOXES else family  # ✅, 🟡 and ❌ are marks of one list
    while open_items and indent < open_items[-1][0]:
        open_items.pop()
    # A `-` right under a `*` of the same indent is its detail: copies of web pages lose indents and
    # keep markers. After a gap, or where its marker is open already, it goes on at its own level.
    # Indents only grow along the open items, and those of one indent differ in their markers.
    at = len(open_items)
    for number in range(at - 1, -1, -1):
        above, _, marker = open_items[number]
        if above != indent:
            break
        if gapped or marker == family:
            at = number
    del open_items[at:]
    parent = open_items[-1][1] if open_items else None
    check = match["check"]
    if check is None and match["marker"][0] in _BOXES:
        check = match["marker"][0]
    body_start = match.end()
    if check is None and (emoji := _CHECK_EMOJI.match(text, body_start, line.end)):
        check = emoji["check"]
        body_start = emoji.end()
    if check is None and (state := _STATE.match(text, body_start, line.end)):
        check = _STATES[state["state"]]
        body_start = state.end()
    raw = text[body_start : line.end]
    index = len(items)
    depth = items[parent].depth + 1 if parent is not None else 0
    items.append(
        Item(
            min(depth, 40),
            match["marker"],
            check,
            plain(raw),
            raw.replace(FILL, "").strip(),
            Span(line.start + len(match["lead"]), line.end),
            lines.line(line.start),
            parent,
        )
    )
    open_items.append((indent, index, family))
    return index


_STOP = late(
    r"(?:[.!?]+|…+)[\"'”’」』)\]*_~`]{0,6}(?=\s|$)|[。！？]+[」』）]{0,3}"
    r"|(?<=[다요죠지음함])\s?(?:[ㅋㅎㅠㅜ]{2,}|\^{1,2})(?=\s|$)"  # `못 했다 ㅠㅠ`
)
_ENDING = "다요죠자지까음함임네걸군야마라데오길기것듯"
_ABBREVIATIONS = ("e.g.", "i.e.", "vs.", "etc.", "mr.", "dr.", "no.", "vol.", "st.")


def _sentences(
    text: str, paragraph: Sequence[Span], lines: Lines, item: int | None
) -> Iterator[Sentence]:
    """Split a paragraph: at full stops, and where a short line ends (a poem, or one a line)."""
    begin: int | None = None
    last = paragraph[0].start
    broken = [_BROKEN.search(p.of(text)[-80:]) for p in paragraph[:-1]]
    listed = (
        len(paragraph) >= _LIST_LINES
        and all(broken)
        and all(
            not any(_ends(line, stop) for stop in _STOP.finditer(line))
            for line in (p.of(text).rstrip(" .。!！?？") for p in paragraph)
        )
    )
    for number, piece in enumerate(paragraph):
        line = text[piece.start : piece.end]
        if begin is None:
            begin = piece.start
        for stop in _STOP.finditer(line):
            if not _ends(line, stop):
                continue
            end = piece.start + stop.end()
            sentence = _sentence(text, begin, end, lines, item)
            if sentence:
                yield sentence
            begin = end
        last = piece.end
        final = number + 1 == len(paragraph)
        ends = not final and (hit := broken[number]) is not None and (listed or hit["html"])
        if final or ends or width(line.strip()) < _WRAPPED_FROM:
            sentence = _sentence(text, begin, last, lines, item)
            if sentence:
                yield sentence
            begin = None


def _ends(line: str, stop: re.Match[str]) -> bool:
    before = line[max(0, stop.start() - 12) : stop.start()].rstrip("\"'”’」』)]*_~`")
    if not before:
        return False
    mark = stop[0]
    if mark.startswith(("..", "…")):
        return before[-1] in _ENDING
    if mark[0] == ".":
        if before[-1].isdigit() and not line[: stop.start()].strip("0123456789"):
            return False  # `1. ` at a line's start
        tail = (before.split() or [""])[-1].casefold() + "."
        return tail not in _ABBREVIATIONS
    return True


def _sentence(text: str, start: int, end: int, lines: Lines, item: int | None) -> Sentence | None:
    while start < end and text[start] in " \t\r\n>":
        start += 1
    while end > start and text[end - 1] in " \t":
        end -= 1
    shown = plain(text[start:end])
    if not any(c.isalnum() for c in shown):
        return None
    return Sentence(shown, Span(start, end), lines.line(start), item)


def hidden_spans(note: Note) -> tuple[Span, ...]:
    """Where a note's text is no prose: code, math, comments, definitions of links."""
    kinds = {"code", "math", "comment", "definition"}
    return tuple(sorted(region.span for region in note.regions if region.kind in kinds))


def descendants(items: Sequence[Item], index: int) -> list[Item]:
    """The items under `items[index]`, in order."""
    found = []
    above = {index}
    for number in range(index + 1, len(items)):
        if items[number].parent in above:
            above.add(number)
            found.append(items[number])
        elif items[number].depth <= items[index].depth:
            break
    return found
