"""A Note as text for people: what the golden fixtures under `tests/fixtures/note` expect.

One record a line, first its type, then its place, then what it says. Only the parts asked for:

    wikilink 3:7 [[a#b|c]] -> target=a subpath=b display=c in=Heading
    tag 2:1 공부/백엔드
    section 4 ## [H1 > H2]
    block 5 my-id "the block's text"
    task 2 [x] text in=Heading
    property 2 tags = ["a"]
    alias x
    title x (heading)
    kind review (property), year 2023 (title), period year, created 2023-01-01, modified …
    body 4                       the line where the text after the frontmatter begins
    region code 3-5              from line to line, or one line and its text
    diag 1 bad-frontmatter warning

`in=` names the section by its heading and is left out before the first heading; `external` ends
the line of a link out of the vault. Unseen characters (\\n \\r \\t \\u2028) are escaped, so are the
single letters of decomposed Hangul.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence

from vaultdots.note.model import Link, Note
from vaultdots.text.spans import Lines, Span

_NAMED = {"\n": "\\n", "\r": "\\r", "\t": "\\t", "\0": "\\0"}
_UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp", "Mn", "Me"}


def visible(text: str) -> str:
    """`text` with every character escaped that a reader could not see or tell apart."""
    return "".join(_visible(char) for char in text)


def _visible(char: str) -> str:
    if char in _NAMED:
        return _NAMED[char]
    unseen = unicodedata.category(char) in _UNSEEN or 0x1100 <= ord(char) <= 0x11FF
    if not unseen and (char == " " or not char.isspace()):
        return char
    return f"\\u{ord(char):04x}" if ord(char) <= 0xFFFF else f"\\U{ord(char):08x}"


def dump(note: Note, text: str, parts: Sequence[str]) -> str:
    """The `parts` of `note`, read from `text`, a line a record."""
    return "".join(f"{line}\n" for part in parts for line in _PARTS[part](note, text))


def _section_of(note: Note, ordinal: int) -> str:
    if ordinal < 0:
        return " in=properties"
    section = note.sections[ordinal]
    assert section.ordinal == ordinal, f"section {ordinal} says that it is {section.ordinal}"
    return f" in={visible(section.heading)}" if section.level else ""


def _link(note: Note, text: str, link: Link, *, display: bool) -> str:
    fields = []
    if link.target:
        fields.append(f"target={visible(link.target)}")
    if link.subpath:
        fields.append(f"subpath={visible(' > '.join(link.subpath))}")
    if link.display and display:
        fields.append(f"display={visible(link.display)}")
    place = "" if (link.kind, link.section) == ("property", -1) else _section_of(note, link.section)
    line = f"{link.kind} {link.line}:{link.column} {visible(link.raw)} -> {' '.join(fields)}{place}"
    if (link.line, link.column) != Lines.of(text).position(link.span.start):
        line += f" span-begins={Lines.of(text).position(link.span.start)}"
    if link.span.of(text) != link.raw:
        line += f" span={visible(link.span.of(text))}"
    return line + (" external" if link.external else "")


def _links(note: Note, text: str) -> Iterator[str]:
    for link in sorted(note.links, key=lambda link: link.span):
        yield _link(note, text, link, display=True)


def _bare_links(note: Note, text: str) -> Iterator[str]:
    for link in sorted(note.links, key=lambda link: link.span):
        yield _link(note, text, link, display=False)


def _lookups(note: Note, text: str) -> Iterator[str]:
    for link in sorted(note.links, key=lambda link: link.span):
        yield f"lookup {link.lookup} {visible(link.raw)}"


def _tags(note: Note, text: str) -> Iterator[str]:
    for tag in sorted(note.tags, key=lambda tag: tag.span):
        line = f"tag {tag.line}:{tag.column} {visible(tag.name)}"
        if (tag.line, tag.column) != Lines.of(text).position(tag.span.start):
            line += f" span-begins={Lines.of(text).position(tag.span.start)}"
        if tag.span.of(text).removeprefix("#") != tag.name:
            line += f" span={visible(tag.span.of(text))}"
        yield line


def _sections(note: Note, text: str) -> Iterator[str]:
    for section in note.sections:
        if section.level == 0 and not section.span.of(text).strip():
            continue
        mark = "#" * section.level or "-"
        repeat = f" repeat={section.repeat}" if section.repeat else ""
        yield f"section {section.line} {mark} [{visible(' > '.join(section.headings))}]{repeat}"


def _bodies(note: Note, text: str) -> Iterator[str]:
    for section in note.sections:
        body = text[section.body : section.span.end].strip()
        if section.level or body:
            yield f'text {section.line} "{visible(body)}"'


def _blocks(note: Note, text: str) -> Iterator[str]:
    for block in note.blocks:
        body = re.sub(rf"\s*\^{re.escape(block.id)}\s*$", "", block.span.of(text)).strip()
        yield f'block {block.line} {block.id} "{visible(body)}"'


def _tasks(note: Note, text: str) -> Iterator[str]:
    for task in note.tasks:
        place = _section_of(note, task.section)
        yield f"task {task.line} [{visible(task.status)}] {visible(task.text)}{place}"


def _properties(note: Note, text: str) -> Iterator[str]:
    for item in note.properties:
        value = json.dumps(item.value, ensure_ascii=False)
        yield f"property {item.line} {visible(item.key)} = {visible(value)}"


def _aliases(note: Note, text: str) -> Iterator[str]:
    yield from (f"alias {visible(alias)}" for alias in note.aliases)


def _title(note: Note, text: str) -> Iterator[str]:
    yield f"title {visible(note.title)} ({note.title_rule})"


def _kind(note: Note, text: str) -> Iterator[str]:
    # Only the first word of a rule: what it says after that is for people, and may change.
    rule = f" ({note.kind_rule.split()[0]})" if note.kind_rule and note.kind != "note" else ""
    facts = [f"kind {note.kind}{rule}"]
    if note.year is not None:
        facts.append(f"year {note.year} ({note.year_rule.split()[0]})")
    if note.period is not None:
        facts.append(f"period {note.period}")
    yield ", ".join(facts)


def _dates(note: Note, text: str) -> Iterator[str]:
    if note.created is not None:
        yield f"created {note.created}"
    if note.modified is not None:
        yield f"modified {note.modified}"


def _body(note: Note, text: str) -> Iterator[str]:
    yield f"body {Lines.of(text).line(note.body)}"


def _dialect(note: Note, text: str) -> Iterator[str]:
    yield f"dialect {note.dialect}"


def _regions(note: Note, text: str) -> Iterator[str]:
    lines = Lines.of(text)
    for kind, span in sorted(note.regions, key=lambda region: region.span):
        first, last = line_range(lines, text, span)
        if first == last:
            yield f'region {kind} {first} "{visible(span.of(text).strip())}"'
        else:
            yield f"region {kind} {first}-{last}"


def line_range(lines: Lines, text: str, span: Span) -> tuple[int, int]:
    """The first and the last line of `span`, line ends after it aside."""
    end = span.end
    while end > span.start + 1 and text[end - 1] in "\r\n":
        end -= 1
    return lines.line(span.start), lines.line(max(span.start, end - 1))


def _diagnostics(note: Note, text: str) -> Iterator[str]:
    for problem in sorted(note.diagnostics, key=lambda problem: (problem.line, problem.code)):
        yield f"diag {problem.line} {problem.code} {problem.severity}"


_PARTS: dict[str, Callable[[Note, str], Iterator[str]]] = {
    "links": _links,
    "bare-links": _bare_links,
    "lookups": _lookups,
    "tags": _tags,
    "sections": _sections,
    "bodies": _bodies,
    "blocks": _blocks,
    "tasks": _tasks,
    "properties": _properties,
    "aliases": _aliases,
    "title": _title,
    "kind": _kind,
    "dates": _dates,
    "body": _body,
    "dialect": _dialect,
    "regions": _regions,
    "diagnostics": _diagnostics,
}
