"""Completion: what can stand at the cursor, ranked, written as the vault writes it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from vaultdots.editor.block_ids import paragraphs, unused_block_id
from vaultdots.editor.complete_paths import is_path, lying
from vaultdots.editor.desk import Desk, Sheet
from vaultdots.editor.model import Insert, Item
from vaultdots.editor.name_match import Name
from vaultdots.graph.candidates import path_key
from vaultdots.graph.new_link import LinkStyle, encoded, is_in_table, write_link
from vaultdots.graph.resolve import resolve
from vaultdots.note.paths import note_ending
from vaultdots.text.names import name_key
from vaultdots.text.spans import Span
from vaultdots.text.tuples import NamedTuple

LIMIT = 50
"""Items of an answer: an editor shows a dozen and asks again with the next letter. How each is
written is tried out against the names, and 9,000 take a third of a second to send alone."""
_WIKI = re.compile(r"(!?)\[\[(?!\[)((?:(?!\[\[|\]\]).)*)$")
_MARKDOWN = re.compile(r"(!?)\[(?:[^\[\]\\]|\\.)*\]\((<?)([^)\s>]*)$")
_TAG = re.compile(r"(?:^|[\s(,])#([^\s#,.;:!?()\[\]{}\"'`<>|\\]*)$")
_PROPERTY = re.compile(r"^([\w가-힣-]*)$")
_VALUE = re.compile(r"^([\w가-힣-]+):[ \t]*(?:\[(?:[^\]]*,)?[ \t]*)?([^,\[\]]*)$")
_LIST_ITEM = re.compile(r"^[ \t]*-[ \t]+(.*)$")
# Before it is whole, what is typed is no YAML: the lines between the marks are what counts.
_FRONTMATTER = re.compile(
    r"\A---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*\r?$", re.DOTALL | re.MULTILINE
)
_NOT_IN_SUBPATH = re.compile(r"[#^\[\]|]+")
_BAR = re.compile(r"(?<!\\)\|")
_SPACES = re.compile(r"\s+")
_NOTES_ONLY = frozenset(("name", "alias", "title", "placeholder"))


class Context(NamedTuple):
    """What is being typed. kind: wiki, markdown, tag, property or value. start: where what is to be
    replaced begins; end: where it ends, the closing signs that the editor has put in included."""

    kind: str
    typed: str
    start: int
    end: int
    embed: bool = False
    closed: bool = False
    key: str = ""


def context_at(sheet: Sheet, offset: int) -> Context | None:
    """What is being typed at an offset; None where nothing is completed (in code, in prose)."""
    line = sheet.line_span(sheet.lines.line(offset))
    before, after = sheet.text[line.start : offset], sheet.text[offset : line.end]
    if (top := _FRONTMATTER.match(sheet.text)) and top.start(1) <= offset <= top.end(1):
        if found := _WIKI.search(before):
            return _wiki(found, line.start, offset, after)
        return _of_property(sheet, before, line.start, offset)
    if sheet.is_in(offset, "code", "math", "html"):
        return None
    if found := _WIKI.search(before):
        return _wiki(found, line.start, offset, after)
    if found := _MARKDOWN.search(before):
        start = line.start + found.start(3)
        return Context("markdown", found[3], start, offset, found[1] == "!")
    if (found := _TAG.search(before)) and not _is_heading(before):
        return Context("tag", found[1], line.start + found.start(1), offset)
    return None


def _is_heading(before: str) -> bool:
    return before.strip() in ("#", "")


def _wiki(found: re.Match[str], start: int, offset: int, after: str) -> Context | None:
    if "|" in found[2]:
        return None
    closed = after.startswith("]]")
    return Context(
        "wiki", found[2], start + found.start(2), offset + 2 * closed, found[1] == "!", closed
    )


def _of_property(sheet: Sheet, before: str, start: int, offset: int) -> Context | None:
    if found := _LIST_ITEM.match(before):
        key = _key_above(sheet, start)
        return Context("value", found[1], start + found.start(1), offset, key=key) if key else None
    if found := _VALUE.match(before):
        return Context("value", found[2], start + found.start(2), offset, key=found[1])
    if found := _PROPERTY.match(before):
        return Context("property", found[1], start, offset)
    return None


def _key_above(sheet: Sheet, start: int) -> str:
    """The key whose list a line belongs to."""
    line = sheet.lines.line(start)
    while line > 1:
        line -= 1
        span = sheet.line_span(line)
        written = sheet.text[span.start : span.end]
        if _LIST_ITEM.match(written):
            continue
        found = re.match(r"^([\w가-힣-]+):[ \t]*$", written)
        return found[1] if found else ""
    return ""


def complete(desk: Desk, path: str, offset: int, *, limit: int = LIMIT) -> list[Item]:
    """What can be completed at an offset of a note, the best first."""
    sheet = desk.sheet(path)
    if sheet is None:
        return []
    context = context_at(sheet, min(offset, len(sheet.text)))
    if context is None:
        return []
    if context.kind == "tag":
        return _tags(desk, sheet, context, limit)
    if context.kind == "property":
        return _properties(desk, sheet, context, limit)
    if context.kind == "value":
        return _values(desk, sheet, context, limit)
    name, mark, rest = context.typed.partition("#")
    if mark:
        target = _target_of(desk, sheet, name, context.kind)
        if target is None:
            return []
        make = _blocks if rest.startswith("^") else _headings
        return list(make(desk, sheet, context, target, name, rest))[:limit]
    return _notes(desk, sheet, context, limit)


def _target_of(desk: Desk, sheet: Sheet, name: str, kind: str) -> str | None:
    lookup = "wiki" if kind == "wiki" else "markdown"
    names = desk.resolver.names
    return resolve(name, lookup, sheet.path, names, sheet.row.dialect).target


# -- notes and files -------------------------------------------------------------------------------


def _notes(desk: Desk, sheet: Sheet, context: Context, limit: int) -> list[Item]:
    via = None if context.embed else _NOTES_ONLY
    style = desk.style(sheet.path)
    found: list[Item] = []
    names: list[Name] = []
    if is_path(context.typed):
        address = context.kind == "markdown"
        there = lying(desk.paths(), sheet.path, context.typed, limit, address=address)
        found += _folders(desk, context, there.folders)
        names += map(_by_path, there.files)
    known = {name.path for name in names}
    # A name may hold a `/`, too: `TCP/IP`.
    others = desk.names.matching(context.typed, limit, via=via)
    names += (name for name in others if name.path not in known)
    desk.resolver.look_up(path_key(name.path.rpartition("/")[2]) for name in names)
    for name in names:
        written = _written(desk, sheet, context, style, name)
        if written is None:
            continue
        insert, span = written
        if name.via == "placeholder":
            detail = desk.say("no note yet")
        elif name.via in ("alias", "title"):
            detail = f"→ {name.path}"
        else:
            detail = name.path if name.via == "attachment" else name.path.rpartition("/")[0]
        kind = "note" if name.via == "name" else name.via
        about = None if name.via == "placeholder" else name.path
        found.append(Item(name.spelled, insert, span, detail, kind, about))
    return _in_cells(sheet, context, found)[:limit]


def _by_path(path: str) -> Name:
    """A file that is named by its path: as by its name, in the vault's style."""
    name = path.rpartition("/")[2]
    ending = note_ending(name)
    spelled = name.removesuffix(ending) if ending else name
    return Name(spelled, name_key(spelled), path, "name" if ending else "attachment", "", 0)


def _folders(desk: Desk, context: Context, names: Sequence[str]) -> Iterator[Item]:
    """The folders that go on a path; the signs that close the link stay behind the cursor."""
    here = context.typed[: context.typed.rindex("/") + 1]
    span = Span(context.start, context.end - 2 * context.closed)
    for name in names:
        written = here + (encoded(name) if context.kind == "markdown" else name) + "/"
        yield Item(f"{name}/", written, span, desk.say("folder"), "folder")


def _in_cells(sheet: Sheet, context: Context, items: list[Item]) -> list[Item]:
    """The items as a table's cell takes them: there a bare `|` ends the cell."""
    if not any("|" in item.insert for item in items) or not is_in_table(sheet.text, context.start):
        return items
    return [item._replace(insert=_BAR.sub(r"\\|", item.insert)) for item in items]


def _written(
    desk: Desk, sheet: Sheet, context: Context, style: LinkStyle, name: Name
) -> tuple[str, Span] | None:
    """What is put in for a name, and where."""
    span = Span(context.start, context.end)
    if context.kind == "markdown":
        if name.via == "placeholder":
            return None
        relative = LinkStyle(True, style.form if style.markdown else "relative")
        link = _link(desk, sheet, relative, name, None)
        return (link.rpartition("](")[2].removesuffix(")"), span) if link else None
    if name.via == "placeholder":
        return name.spelled + "]]", span
    if name.via == "attachment":
        named = name.path.rpartition("/")[2]
        meant = resolve(named, "wiki", sheet.path, desk.resolver.names, sheet.row.dialect)
        return (named if meant.target == name.path else name.path) + "]]", span
    words = name.spelled if name.via in ("alias", "title") else None
    if style.markdown and not context.embed:
        link = _link(desk, sheet, style, name, words)
        return (link, Span(context.start - 2, context.end)) if link else None
    link = _link(desk, sheet, LinkStyle(False, style.form), name, words)
    if link is None or not link.startswith("[["):
        return None
    return link[2:], span


def _link(desk: Desk, sheet: Sheet, style: LinkStyle, name: Name, words: str | None) -> str | None:
    # Of the source only the folder matters; with the next letter most names are offered again.
    dialect = sheet.row.dialect
    key = style, sheet.path.rpartition("/")[0], dialect, name.path, words
    if key not in desk.written:
        desk.written[key] = write_link(
            desk.resolver, style, sheet.path, name.path, words, dialect=dialect
        )
    return desk.written[key]


# -- headings and blocks ---------------------------------------------------------------------------


def _headings(
    desk: Desk, sheet: Sheet, context: Context, target: str, name: str, rest: str
) -> Iterator[Item]:
    other = desk.sheet(target)
    if other is None:
        return
    wanted = name_key(rest.rpartition("#")[2])
    rows = [row for row in other.sections if row.level]
    rows.sort(key=lambda row: not name_key(row.headings[-1]).startswith(wanted))
    for row in rows:
        heading = _SPACES.sub(" ", _NOT_IN_SUBPATH.sub(" ", row.headings[-1])).strip()
        if not heading or wanted not in name_key(row.headings[-1]):
            continue
        insert = f"{name}#{heading}" if context.kind == "wiki" else f"{name}#{_encoded(heading)}"
        yield Item(
            heading,
            insert + ("]]" if context.kind == "wiki" else ""),
            Span(context.start, context.end),
            "#" * row.level,
            "heading",
            target,
        )


def _encoded(heading: str) -> str:
    return heading.replace(" ", "%20").replace("(", "%28").replace(")", "%29")


def _blocks(
    desk: Desk, sheet: Sheet, context: Context, target: str, name: str, rest: str
) -> Iterator[Item]:
    other = desk.sheet(target)
    if other is None:
        return
    wanted = name_key(rest[1:])
    span = Span(context.start, context.end)
    close = "]]" if context.kind == "wiki" else ""
    named = set()
    for id_, (start, end, line) in other.blocks.items():
        named.add(line)
        words = _SPACES.sub(" ", other.text[start:end]).strip()
        if wanted in id_ or wanted in name_key(words):
            yield Item(f"^{id_}", f"{name}#^{id_}{close}", span, words[:80], "block", target)
    if target != sheet.path:
        return
    taken = set(other.blocks)
    for line, end, words in paragraphs(other):
        if line in named or end >= context.start - 2 or wanted not in name_key(words):
            continue
        id_ = unused_block_id(words, taken)
        also = (Insert(Span(end, end), f" ^{id_}"),)
        detail = desk.say("new id")
        yield Item(words[:60], f"{name}#^{id_}{close}", span, detail, "block", target, also)


# -- tags and properties ---------------------------------------------------------------------------


def _tags(desk: Desk, sheet: Sheet, context: Context, limit: int) -> list[Item]:
    wanted = name_key(context.typed)
    found = []
    for tag, count in desk.tag_counts(but=sheet.path):
        key = name_key(tag)
        at = key.find(wanted)
        if at >= 0:
            found.append((at > 0, -count, key, tag))
    span = Span(context.start, context.end)
    return [
        Item(tag, tag, span, desk.say("{0} note" if count == -1 else "{0} notes", -count), "tag")
        for _, count, _, tag in sorted(found)[:limit]
    ]


_KEYS = ("title", "aliases", "tags", "date", "kind", "year", "status", "cssclasses")


def _properties(desk: Desk, sheet: Sheet, context: Context, limit: int) -> list[Item]:
    there = {key.casefold() for key in desk.catalog.properties(sheet.row.id)}
    wanted = name_key(context.typed)
    span = Span(context.start, context.end)
    return [
        Item(key, f"{key}: ", span, desk.say("property"), "property")
        for key in dict.fromkeys((*desk.property_keys(), *_KEYS))
        if name_key(key).startswith(wanted) and name_key(key) not in there
    ][:limit]


def _values(desk: Desk, sheet: Sheet, context: Context, limit: int) -> list[Item]:
    key = context.key.casefold()
    if key in ("tags", "tag"):
        tagged = context._replace(
            typed=context.typed.lstrip("#"), start=context.end - len(context.typed.lstrip("#"))
        )
        return _tags(desk, sheet, tagged, limit)
    wanted = name_key(context.typed)
    span = Span(context.start, context.end)
    counts: dict[str, int] = {}
    for _, value in desk.catalog.property_values([key]):
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, str) and len(item) <= 60:
                counts[item] = counts.get(item, 0) + 1
    found = sorted(counts, key=lambda value: (-counts[value], value))
    return [
        Item(value, value, span, context.key, "value")
        for value in found
        if name_key(value).startswith(wanted)
    ][:limit]
