"""One file's text as a `Note`. Pure and total: any text gives a Note, never an exception."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from vaultdots.note import frontmatter
from vaultdots.note.blocks import read_blocks
from vaultdots.note.dates import changed_on, written_on
from vaultdots.note.definitions import read_definitions
from vaultdots.note.dialects import detect_dialect
from vaultdots.note.headings import MAX_SHOWN, heading_text
from vaultdots.note.inline import FoundLink, Inline, label_key, read_inline
from vaultdots.note.kind import detect
from vaultdots.note.leaves import TextBlock
from vaultdots.note.linking import Links
from vaultdots.note.misread import misread
from vaultdots.note.model import (
    Block,
    Diagnostic,
    Dialect,
    Link,
    LinkForm,
    Note,
    Property,
    PropertyValue,
    Region,
    Section,
    Tag,
    Task,
)
from vaultdots.note.options import NoteOptions
from vaultdots.note.paths import file_title
from vaultdots.note.plain_header import plain_header
from vaultdots.note.review_score import OPENING
from vaultdots.note.tags import is_tag, tag_name
from vaultdots.note.targets import wikilink_target
from vaultdots.note.values import aliases, listed_tags, title_text
from vaultdots.text.name_dates import date_in_path
from vaultdots.text.names import nfc
from vaultdots.text.spans import Lines, Span

_DEFAULT = NoteOptions()
# Any of these in a stretch of prose makes the inline scan worth its while.
_WORTH = re.compile(r"[`\[$%<#{]")
_BLOCK_ID = re.compile(r"(?:^|(?<=\s))\^([A-Za-z0-9-]+)$")
_ONLY_BLOCK_ID = re.compile(r"\^([A-Za-z0-9-]+)$")
_PROPERTY_WIKI = re.compile(r"!?\[\[((?:(?!\[\[|\]\])[^\r\n])+)\]\]")
_PROPERTY_MARKDOWN = re.compile(r"!?\[([^\[\]\r\n]*)\]\((?:<([^<>\r\n]*)>|([^()\s]+))\)")
_ITEM_LEAD = re.compile(r"[ \t>]*")
_ASSIGN = re.compile(r"[:=]")
# A listed tag stands at most this far behind the one before it (a comment, an escape between).
_TAG_REACH = 1000
_LEGACY = {"tag": "tags", "alias": "aliases", "cssclass": "cssclasses"}


def parse_note(path: str, text: str, options: NoteOptions | None = None) -> Note:
    """Read one note. path: vault-relative, NFC. text: decoded, without a BOM."""
    return _Reading(path, text, options or _DEFAULT).note()


class _Reading:
    """One note in the making: the text, its lines, and what was found so far."""

    def __init__(self, path: str, text: str, options: NoteOptions) -> None:
        self.path = path
        self.text = text
        self.options = options
        self.lines = Lines.of(text)
        self.links = Links(text, self.lines, options.site_url)
        self.diagnostics: list[Diagnostic] = []
        self.comments: dict[int, int] = {}
        self.block = frontmatter.cut(text)
        self.body = self.block.body if self.block else 0
        toml = self.block is not None and self.block.kind == "toml"
        self.dialect: Dialect = options.dialect or detect_dialect(path, toml, text)

    def note(self) -> Note:
        """The whole note."""
        properties = self._properties()
        blocks = read_blocks(self.text, self.body)
        references = self._definitions(blocks)
        sections = self._sections(blocks)
        found = Inline([], [], [])
        regions: list[Region] = []
        if self.block:
            regions.append(Region("frontmatter", Span(0, self.body)))
        self._inline(blocks, references, found, regions)
        links = self._property_links() + self._links(found.links, sections)
        tags = self._property_tags(properties) + self._text_tags(found.tags)
        regions += [Region(kind, span) for kind, span in found.regions]
        regions.sort(key=lambda region: region.span)
        title, title_rule = self._title(properties, sections)
        values: dict[str, PropertyValue] = {}
        for item in properties:
            values.setdefault(item.key.casefold(), item.value)
        headings = [section.heading for section in sections if section.level]
        header = plain_header(self.text) if self.block is None else {}
        dated = {**values, "date": header["date"]} if "date" in header else values
        kinded = detect(
            self.path,
            header.get("title", title),
            dated,
            headings,
            [tag.name for tag in tags],
            self.dialect,
            self.options.rules,
            self.text[self.body : self.body + OPENING],
        )
        return Note(
            path=self.path,
            title=title,
            title_rule=title_rule,
            dialect=self.dialect,
            kind=kinded.kind,
            kind_rule=kinded.kind_rule,
            year=kinded.year,
            year_rule=kinded.year_rule,
            period=kinded.period,
            status=kinded.status,
            created=written_on(dated) or self._date_in_path(),
            modified=changed_on(values),
            body=self.body,
            properties=properties,
            aliases=aliases(values),
            sections=sections,
            links=tuple(links),
            tags=tuple(tags),
            blocks=self._blocks(blocks),
            tasks=self._tasks(blocks, sections),
            regions=tuple(regions),
            diagnostics=tuple(self.diagnostics),
        )

    def _date_in_path(self) -> str | None:
        names = self.options.rules.dated
        return date_in_path(nfc(self.path), [(dated.folder, dated.format) for dated in names])

    # -- frontmatter -----------------------------------------------------------------------------

    def _properties(self) -> tuple[Property, ...]:
        if self.block is None:
            if frontmatter.unclosed(self.text):
                message = "frontmatter: the closing fence is missing; it is read as text"
                self.diagnostics.append(Diagnostic("bad-frontmatter", "warning", message, 1))
            return ()
        loaded = frontmatter.load(self.text, self.block)
        if loaded is None:
            self.block, self.body = None, 0
            return ()
        self.diagnostics += loaded.diagnostics
        self.diagnostics += misread(loaded.properties, self.block.span.of(self.text))
        for item in loaded.properties:
            if item.key.casefold() in _LEGACY:
                plural = _LEGACY[item.key.casefold()]
                message = f"`{item.key}` is an old spelling of `{plural}`"
                self.diagnostics.append(Diagnostic("legacy-property", "info", message, item.line))
        return loaded.properties

    def _property_links(self) -> list[Link]:
        """Links in the frontmatter, quoted or not, read from the text as it stands."""
        if self.block is None or (
            self.block.kind == "json" and "[[" not in self.block.span.of(self.text)
        ):
            return []
        start, end = self.block.span
        found: list[Link] = []
        for match in _PROPERTY_WIKI.finditer(self.text, start, end):
            target = wikilink_target(match[1], match.start(1))
            if target is not None and not self._commented(match.start()):
                span = Span(*match.span())
                found.append(self.links.link("property", "wiki", "wikilink", span, target, -1))
        for match in _PROPERTY_MARKDOWN.finditer(self.text, start, end):
            if self._commented(match.start()):
                continue
            form: LinkForm = "angle" if match[2] is not None else "markdown"
            address = Span(*match.span(2 if match[2] is not None else 3))
            span, shown = Span(*match.span()), Span(*match.span(1))
            found.append(self.links.addressed("property", form, span, address, shown, -1))
        found.sort(key=lambda link: link.span)
        return found

    def _commented(self, pos: int) -> bool:
        """Whether a YAML comment has begun on the line before `pos`."""
        line = self.lines.line(pos)
        if line not in self.comments:
            ends = self.lines.starts[line] if line < len(self.lines.starts) else len(self.text)
            self.comments[line] = frontmatter.comment_start(
                self.text, self.lines.starts[line - 1], ends
            )
        return self.comments[line] <= pos

    def _property_tags(self, properties: tuple[Property, ...]) -> list[Tag]:
        found: list[Tag] = []
        broken = any(problem.code == "bad-frontmatter" for problem in self.diagnostics)
        for item in properties:
            if item.key.casefold() not in ("tags", "tag"):
                continue
            start = self.lines.starts[min(item.line, len(self.lines.starts)) - 1]
            # Behind the key: a tag named `t` does not stand in `tags`.
            assign = _ASSIGN.search(self.text, start, self.body)
            cursor = assign.end() if assign else start
            for name in listed_tags(item.value):
                # A site's generator takes any text for a tag, and writes its spaces as hyphens.
                if not is_tag(name) and self.dialect == "obsidian":
                    if name and not broken:
                        message = f"`{name}` is not a valid tag"
                        self.diagnostics.append(
                            Diagnostic("bad-tag", "warning", message, item.line)
                        )
                    continue
                # Without case: YAML's `true` may be written `TRUE`, and is a tag as written.
                word = rf"(?<![^\s\[,\"'#:=])(?<!#)#?{re.escape(name)}(?![^\s\],\"'])"
                # A tag written with escapes is not found; the rest need not pay for it.
                near = min(self.body, cursor + len(name) + _TAG_REACH)
                match = re.compile(word, re.IGNORECASE).search(self.text, cursor, near)
                span = Span(*match.span()) if match else Span(cursor, cursor)
                name = tag_name("-".join((span.of(self.text).removeprefix("#") or name).split()))
                cursor = span.end
                line, column = self.lines.position(span.start)
                found.append(Tag(name, span, line, column))
        return found

    # -- the body --------------------------------------------------------------------------------

    def _definitions(self, blocks: list[TextBlock]) -> dict[str, Span]:
        """Reference definitions: cut from the paragraphs that they begin."""
        references: dict[str, Span] = {}
        for index, block in enumerate(blocks):
            if block.kind != "paragraph" or not self.text.startswith("[", block.span.start):
                continue
            start, end = block.span
            for label, address, after in read_definitions(self.text, start, end):
                references.setdefault(label_key(label), address)
                start = after
            if start != block.span.start:
                blocks[index] = block._replace(span=Span(min(start, end), end))
        return references

    def _inline(
        self,
        blocks: list[TextBlock],
        references: Mapping[str, Span],
        found: Inline,
        regions: list[Region],
    ) -> None:
        text, braces = self.text, self.dialect == "jekyll"
        for block in blocks:
            if block.kind in ("code", "html", "math"):
                regions.append(Region(block.kind, block.outer))
                continue
            if block.kind == "comment":
                regions.append(Region("comment", block.span))
                span = Span(block.span.start + 2, block.span.end - 2)
                read_inline(text, span, references, found, braces=braces)
                continue
            if block.outer.end - block.outer.start > block.span.end - block.span.start and (
                text.startswith("[", block.outer.start) and block.span.start > block.outer.start
            ):
                regions.append(Region("definition", Span(block.outer.start, block.span.start)))
            if _WORTH.search(text, block.span.start, block.span.end) is None:
                continue
            if block.kind == "table":
                for row in _rows(text, block.span):
                    read_inline(text, row, references, found, braces=braces)
            else:
                read_inline(text, block.span, references, found, braces=braces)

    def _sections(self, blocks: list[TextBlock]) -> tuple[Section, ...]:
        """The text before the first heading, then a section a heading, in order."""
        text = self.text
        heads = [block for block in blocks if block.kind == "heading"]
        end = heads[0].outer.start if heads else len(text)
        first_line = self.lines.line(self.body) if self.body < len(text) else len(self.lines.starts)
        found = [Section(0, 0, (), 0, first_line, Span(self.body, end), self.body, "")]
        path: list[tuple[int, str]] = []
        seen: dict[tuple[str, ...], int] = {}
        for ordinal, block in enumerate(heads, start=1):
            raw = block.span.of(text)
            while path and path[-1][0] >= block.level:
                path.pop()
            path.append((block.level, nfc(heading_text(raw))[:MAX_SHOWN]))
            headings = tuple(name for _, name in path)
            times = seen[headings] = seen.get(headings, 0) + 1
            repeat = times if times > 1 else 0
            close = heads[ordinal].outer.start if ordinal < len(heads) else len(text)
            body = min(block.outer.end + 1, close)
            if text.startswith("\r\n", block.outer.end):
                body = min(block.outer.end + 2, close)
            line = self.lines.line(block.span.start)
            span = Span(block.outer.start, close)
            found.append(Section(ordinal, block.level, headings, repeat, line, span, body, raw))
        return tuple(found)

    def _links(self, found: list[FoundLink], sections: tuple[Section, ...]) -> list[Link]:
        links: list[Link] = []
        ordinal = 0
        for item in found:
            while (
                ordinal + 1 < len(sections) and sections[ordinal + 1].span.start <= item.span.start
            ):
                ordinal += 1
            link = self.links.read(item, ordinal)
            if link is not None:
                links.append(link)
        return links

    def _text_tags(self, spans: list[Span]) -> list[Tag]:
        found = []
        for span in spans:
            line, column = self.lines.position(span.start)
            name = tag_name(self.text[span.start + 1 : span.end])
            found.append(Tag(name, span, line, column))
        return found

    def _blocks(self, blocks: list[TextBlock]) -> tuple[Block, ...]:
        """Blocks with an id: of a paragraph, a list item, or of what stands before an own line."""
        text = self.text
        found: list[Block] = []
        seen: dict[str, int] = {}
        for index, block in enumerate(blocks):
            if block.kind not in ("paragraph", "table", "heading"):
                continue
            start, end = block.span
            at = text.rfind("^", max(start, end - 200), end)
            match = _BLOCK_ID.match(text, at, end) if at >= 0 else None
            if match is None or (at > start and not text[at - 1].isspace()):
                continue
            span = Span(start, end)
            if block.item:
                # An item's block is the item, from its marker on.
                lead = _ITEM_LEAD.match(text, block.outer.start, start)
                span = Span(lead.end() if lead else start, end)
            if at == start and block.kind == "paragraph" and not block.item:
                span = _whole_before(blocks, index) or span
            line = self.lines.line(at)
            key = match[1].lower()
            if key in seen:
                message = (
                    f"block id ^{match[1]} stands already on line {seen[key]}; the first counts"
                )
                column = self.lines.position(at)[1]
                self.diagnostics.append(
                    Diagnostic("duplicate-block", "warning", message, line, column)
                )
                continue
            seen[key] = line
            found.append(Block(match[1], span, line))
        return tuple(found)

    def _tasks(self, blocks: list[TextBlock], sections: tuple[Section, ...]) -> tuple[Task, ...]:
        found = []
        ordinal = 0
        for block in blocks:
            if not block.task:
                continue
            start = block.span.start
            while ordinal + 1 < len(sections) and sections[ordinal + 1].span.start <= start:
                ordinal += 1
            words = " ".join(block.span.of(self.text).split())
            found.append(Task(block.task, words, block.span, self.lines.line(start), ordinal))
        return tuple(found)

    def _says(self, section: Section) -> bool:
        return any(c.isalnum() for c in self.text[section.body : section.span.end])

    def _title(
        self, properties: tuple[Property, ...], sections: tuple[Section, ...]
    ) -> tuple[str, Literal["frontmatter", "heading", "file"]]:
        for item in properties:
            if item.key.casefold() == "title" and item.value not in (None, "", [], {}):
                title = title_text(item.value)[:MAX_SHOWN].rstrip()
                if title:
                    return nfc(title), "frontmatter"
        tops = [n for n, section in enumerate(sections) if section.level == 1 and section.heading]
        # Text before the first of several headings of level 1: they divide the note, its file
        # names it.
        opened = tops and sections[0].level == 0 and self._says(sections[0])
        if tops and not (opened and len(tops) > 1):
            return sections[tops[0]].heading, "heading"
        return file_title(self.path, self.dialect), "file"


def _rows(text: str, span: Span) -> list[Span]:
    """The lines of a table: code spans and links do not run over its rows."""
    rows = []
    start = span.start
    for match in re.finditer(r"\r\n?|\n", text[span.start : span.end]):
        rows.append(Span(start, span.start + match.start()))
        start = span.start + match.end()
    rows.append(Span(start, span.end))
    return rows


def _whole_before(blocks: list[TextBlock], index: int) -> Span | None:
    """The outermost block (a whole list, quote, table…) that stands before `blocks[index]`."""
    if index == 0:
        return None
    last = blocks[index - 1]
    first = index - 1
    while first > 0 and blocks[first - 1].top == last.top:
        first -= 1
    return Span(blocks[first].outer.start, last.outer.end)
