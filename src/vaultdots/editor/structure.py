"""A note's shape: outline, folds, the stretches around a place, and what the words are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from vaultdots.editor.desk import Desk, Sheet
from vaultdots.editor.navigate import first_use
from vaultdots.errors import ConfigError
from vaultdots.store.answers import SectionRow
from vaultdots.text.names import name_key
from vaultdots.text.spans import Span
from vaultdots.text.tuples import NamedTuple

if TYPE_CHECKING:
    from vaultdots.retrospective.model import ReviewSection

_CALLOUT = re.compile(r"^[ \t]*>[ \t]*\[!(\w+)\]([+-]?)[ \t]*(.*)$")


@dataclass(slots=True)
class Symbol:
    """A heading, block or callout. span: all of it; name_span: where its name stands. detail: in a
    review, what a section is about."""

    name: str
    kind: str
    span: Span
    name_span: Span
    detail: str = ""
    children: list[Symbol] = field(default_factory=list)


class Fold(NamedTuple):
    """Lines that fold into the first of them, 1-based. kind: region, comment or imports."""

    first: int
    last: int
    kind: str


class Token(NamedTuple):
    """Words of one type: link, unresolved, tag, block, property, or comment."""

    span: Span
    kind: str


class Found(NamedTuple):
    """A name anywhere in the vault."""

    name: str
    kind: str
    path: str
    span: Span
    within: str


def section_end(sheet: Sheet, section: SectionRow) -> int:
    """Where a section ends with all that is nested in it."""
    for other in sheet.sections[section.ordinal + 1 :]:
        if other.level <= section.level:
            return other.start
    return len(sheet.text)


def symbols(desk: Desk, path: str) -> list[Symbol]:
    """The outline of a note: its headings, nested, with their blocks and callouts."""
    sheet = desk.sheet(path)
    if sheet is None:
        return []
    top: list[Symbol] = []
    stack: list[tuple[int, Symbol]] = []
    parts = _review_sections(sheet)
    headed = {part.line: part.kind for part in parts}
    bare = [_bare(sheet, part) for part in parts if part.line not in _headings(sheet)]
    small = sorted([*_blocks(sheet), *_callouts(sheet), *bare], key=lambda one: one.span)
    at = 0
    for section in sheet.sections:
        own: list[Symbol] = top
        if section.level:
            while stack and stack[-1][0] >= section.level:
                stack.pop()
            holder = stack[-1][1].children if stack else top
            symbol = Symbol(
                section.headings[-1] or "#" * section.level,
                "heading",
                Span(section.start, section_end(sheet, section)),
                sheet.heading_span(section),
                _about(desk, headed.get(section.line, "")),
            )
            holder.append(symbol)
            stack.append((section.level, symbol))
            own = symbol.children
        while at < len(small) and small[at].span.start < section.end:
            own.append(small[at])
            at += 1
    return top


def _headings(sheet: Sheet) -> set[int]:
    return {section.line for section in sheet.sections if section.level}


def _review_sections(sheet: Sheet) -> Sequence[ReviewSection]:
    """The sections of a review: those under headings, and, where it has none, under bold and bare
    lines."""
    if sheet.row.kind != "review":
        return ()
    if sheet not in _OUTLINES:
        _OUTLINES[sheet] = _outline(sheet)
    return _OUTLINES[sheet]


_OUTLINES: WeakKeyDictionary[Sheet, Sequence[ReviewSection]] = WeakKeyDictionary()
"""The outline and the folds of a text are asked for one after the other."""


def _outline(sheet: Sheet) -> Sequence[ReviewSection]:
    from vaultdots.note.parse import parse_note
    from vaultdots.retrospective.document import outline_of
    from vaultdots.retrospective.from_catalog import own_words
    from vaultdots.retrospective.model import OwnWords, ReviewSource

    vault = sheet.desk.vault
    note = parse_note(sheet.path, sheet.text, vault.config.options)
    try:
        own = own_words(vault.config_table("years"))
    except ConfigError:  # `dots check` tells of it
        own = None
    return outline_of(ReviewSource(note, sheet.text, own or OwnWords()))


def _bare(sheet: Sheet, part: ReviewSection) -> Symbol:
    line = sheet.line_span(part.line)
    whole = Span(line.start, max(line.end, part.span.end))
    return Symbol(part.heading, "heading", whole, line, _about(sheet.desk, part.kind))


def _about(desk: Desk, kind: str) -> str:
    return desk.translate(kind) if kind and kind != "other" else ""


def _blocks(sheet: Sheet) -> list[Symbol]:
    found = []
    for id_, (start, end, _) in sheet.blocks.items():
        span = Span(start, max(start, end))
        found.append(Symbol(f"^{id_}", "block", span, Span(start, min(end, start + 1))))
    return found


def _callouts(sheet: Sheet) -> list[Symbol]:
    found = []
    count = len(sheet.lines.starts)
    for line in range(1, count + 1):
        span = sheet.line_span(line)
        match = _CALLOUT.match(sheet.text[span.start : span.end])
        if match and not sheet.is_in(span.start + 1, "code", "comment", "frontmatter"):
            last = _last_quoted(sheet, line)
            whole = Span(span.start, sheet.line_span(last).end)
            found.append(Symbol(match[3] or match[1], "callout", whole, span))
    return found


def _last_quoted(sheet: Sheet, line: int) -> int:
    last = line
    while last < len(sheet.lines.starts):
        span = sheet.line_span(last + 1)
        if not sheet.text[span.start : span.end].lstrip().startswith(">"):
            break
        last += 1
    return last


def folds(desk: Desk, path: str) -> list[Fold]:
    """What can be folded: the frontmatter, sections, code, callouts, comments."""
    sheet = desk.sheet(path)
    if sheet is None:
        return []
    found = set()
    for section in sheet.sections:
        if section.level:
            found.add(_fold(sheet, section.start, section_end(sheet, section), "region"))
    for kind, start, end in sheet.regions:
        if kind in ("code", "math", "comment", "frontmatter", "html"):
            found.add(_fold(sheet, start, end, "comment" if kind == "comment" else "region"))
    for part in _review_sections(sheet):
        found.add(_fold(sheet, sheet.line_span(part.line).start, part.span.end, "region"))
    for callout in _callouts(sheet):
        found.add(_fold(sheet, callout.span.start, callout.span.end, "region"))
    return sorted(fold for fold in found if fold.last > fold.first)


def _fold(sheet: Sheet, start: int, end: int, kind: str) -> Fold:
    while end > start and sheet.text[end - 1].isspace():
        end -= 1
    return Fold(sheet.lines.line(start), sheet.lines.line(max(start, end - 1)), kind)


def around(desk: Desk, path: str, offset: int) -> list[Span]:
    """The stretches that hold an offset, the smallest first: word, link, line, sections, all."""
    sheet = desk.sheet(path)
    if sheet is None:
        return []
    text = sheet.text
    start = end = offset
    while start > 0 and (text[start - 1].isalnum() or text[start - 1] == "_"):
        start -= 1
    while end < len(text) and (text[end].isalnum() or text[end] == "_"):
        end += 1
    spans = [Span(start, end)]
    link = sheet.link_at(offset)
    if link is not None:
        spans += [link.target_span, link.span]
    spans.append(sheet.line_span(sheet.lines.line(offset)))
    section = sheet.section_at(offset)
    if section is not None:
        spans.append(Span(section.start, section.end))
        for other in reversed(sheet.sections[: section.ordinal + 1]):
            spans.append(Span(other.start, section_end(sheet, other)))
    spans.append(Span(0, len(text)))
    found: list[Span] = []
    for span in spans:
        holds = span.start <= offset <= span.end and span.start < span.end
        if holds and (
            not found
            or (span.start <= found[-1].start and span.end >= found[-1].end and span != found[-1])
        ):
            found.append(span)
    return found


def tokens(desk: Desk, path: str) -> list[Token]:
    """What a note's words are, where Markdown's own grammar does not know: links that lead
    nowhere, tags, block ids, comments."""
    sheet = desk.sheet(path)
    if sheet is None:
        return []
    found = []
    for link in sheet.links:
        if link.end > link.start and link.form != "json":
            lost = not link.external and desk.read(link).target is None
            found.append(Token(link.span, "unresolved" if lost else "link"))
    found += [Token(span, "tag") for _, span in sheet.tags if span.end > span.start]
    for _, _, line in sheet.blocks.values():
        span = sheet.line_span(line)
        at = sheet.text.rfind("^", span.start, span.end)
        if at >= 0:
            found.append(Token(Span(at, span.end), "block"))
    found += [
        Token(Span(start, end), "comment")
        for kind, start, end in sheet.regions
        if kind == "comment"
    ]
    return _apart(sorted(found), sheet)


def _apart(found: list[Token], sheet: Sheet) -> list[Token]:
    """Tokens that do not overlap, none over a line's end."""
    parts: list[Token] = []
    reached = 0
    for token in found:
        start = max(token.span.start, reached)
        while start < token.span.end:
            line_end = sheet.line_span(sheet.lines.line(start)).end
            end = min(token.span.end, line_end)
            if end > start:
                parts.append(Token(Span(start, end), token.kind))
                reached = end
            following = sheet.lines.line(start) + 1
            if following > len(sheet.lines.starts):
                break
            start = max(end, sheet.line_span(following).start)
    return parts


def find_names(desk: Desk, query: str, limit: int = 100) -> list[Found]:
    """Notes, aliases, headings and tags of the vault that `query` names."""
    desk.settle()
    found = [
        Found(name.spelled, "note" if name.via == "name" else name.via, name.path, Span(0, 0), "")
        for name in desk.names.matching(query, limit, via=frozenset(("name", "alias", "title")))
    ]
    key = name_key(query)
    if key:
        for path, headings, start in desk.catalog.headings_like(key, limit - len(found)):
            found.append(Found(headings[-1], "heading", path, Span(start, start), path))
        for tag, _ in desk.tag_counts():
            if name_key(tag).startswith(key.lstrip("#")) and len(found) < limit:
                place = first_use(desk, tag)
                if place is not None:
                    found.append(Found(f"#{tag}", "tag", place.path, place.span, place.path))
    return found[:limit]
