"""What can be done at a place: each action is a change that the person sees before it is made."""

from __future__ import annotations

import re

from vaultdots.edit.following import NOT_IN_CHAIN
from vaultdots.edit.model import Change, Edit, NewFile
from vaultdots.edit.spelling import encoded
from vaultdots.editor.block_ids import paragraphs, unused_block_id
from vaultdots.editor.commands import template_text
from vaultdots.editor.desk import Desk, Sheet
from vaultdots.editor.navigate import nearest
from vaultdots.errors import EditError
from vaultdots.graph.new_link import LinkStyle, is_in_table, write_link
from vaultdots.graph.placeholders import placeholder_path
from vaultdots.note.headings import heading_slug
from vaultdots.note.paths import beneath, note_ending
from vaultdots.store.answers import LinkRow
from vaultdots.text.hangul import stems
from vaultdots.text.names import name_key
from vaultdots.text.spans import Span
from vaultdots.text.tuples import NamedTuple

_WORD = re.compile(r"[^\s.,;:!?()\[\]{}\"'“”‘’<>|*`~]+")
_MOST_WORDS = 6
_MOST_BLOCKS = 3
_NOT_IN_NAMES = re.compile(r"[\\/:*?\"<>|#^\[\]\x00-\x1f]+")


class Action(NamedTuple):
    """A change with its name. kind: quickfix, refactor.extract or refactor.rewrite. code: of the
    finding that it mends."""

    title: str
    kind: str
    change: Change
    code: str | None = None
    preferred: bool = False


def actions(desk: Desk, path: str, span: Span) -> list[Action]:
    """What can be done with a stretch of a note, or at a cursor (an empty one)."""
    sheet = desk.sheet(path)
    if sheet is None:
        return []
    link = sheet.link_at(span.start)
    if link is not None and not link.external and link.form != "json":
        return [
            *_lost(desk, sheet, link),
            *_as_alias(desk, sheet, link),
            *_rewritten(desk, sheet, link),
        ]
    found = _mention(desk, sheet, span)
    if span.end > span.start:
        found += _extract(desk, sheet, span)
    return found


def _change(name: str, *edits: Edit, new: tuple[NewFile, ...] = ()) -> Change:
    return Change(name, tuple(edits), new_files=new)


def _edit(sheet: Sheet, span: Span, after: str) -> Edit:
    return Edit(sheet.path, span, span.of(sheet.text), after, None)


# -- links that lead nowhere -----------------------------------------------------------------------


def _lost(desk: Desk, sheet: Sheet, link: LinkRow) -> list[Action]:
    read = desk.read(link)
    if read.target is None:
        found = []
        path = placeholder_path(link)
        path = path if note_ending(path) else f"{path}.md"
        if desk.catalog.role_of(path) is None and desk.may_hold(path):
            name = path.rpartition("/")[2].rsplit(".", 1)[0]
            new = (NewFile(path, template_text(desk, path, name)),)
            found.append(
                Action(
                    desk.say("Create {0}", path),
                    "quickfix",
                    _change("new", new=new),
                    "unresolved-note",
                )
            )
        for name in nearest(desk, link.target):
            written = _renamed(desk, sheet, link, name)
            if written is not None:
                change = _change("edit", _edit(sheet, link.span, written))
                title = desk.say("Did you mean {0}?", name)
                found.append(Action(title, "quickfix", change, "unresolved-note"))
        return found
    if read.subpath_found is False and link.subpath_span is not None:
        return _lost_heading(desk, sheet, link, read.target)
    return []


def _renamed(desk: Desk, sheet: Sheet, link: LinkRow, name: str) -> str | None:
    """The link, to another note: its subpath and display stay."""
    target = next((one for one in desk.names.matching(name, 1) if one.via != "placeholder"), None)
    if target is None:
        return None
    style = LinkStyle(link.kind == "markdown", desk.style(sheet.path).form)
    words = link.display
    written = write_link(
        desk.resolver, style, sheet.path, target.path, words,
        dialect=sheet.row.dialect, in_table=is_in_table(sheet.text, link.start),
    )  # fmt: skip
    if written is None:
        return None
    return _with_subpath(written, sheet, link)


def _with_subpath(written: str, sheet: Sheet, link: LinkRow, chain: str | None = None) -> str:
    """A link with the subpath that another has; chain: how it is spelled, else as it is there."""
    span = link.subpath_span
    bang = "!" if sheet.text.startswith("!", link.start) else ""
    if span is None:
        return bang + written
    subpath = "#" + (span.of(sheet.text) if chain is None else chain)
    if written.startswith("[["):
        name, bar, rest = written[2:-2].partition("|")
        return f"{bang}[[{name}{subpath}{bar}{rest}]]"
    address = "#".join(encoded(part, like=part) for part in subpath.split("#"))
    return f"{bang}{written[:-1]}{address})"


def _lost_heading(desk: Desk, sheet: Sheet, link: LinkRow, target: str) -> list[Action]:
    import difflib

    other = desk.sheet(target)
    span = link.subpath_span
    if other is None or span is None:
        return []
    last = link.subpath[-1]
    if last.startswith("^"):
        known = [f"^{id_}" for id_ in other.blocks]
        code = "unresolved-block"
    else:
        known = [row.headings[-1] for row in other.sections if row.level]
        code = "unresolved-heading"
    near = difflib.get_close_matches(last, known, n=3, cutoff=0.5)
    made = _new_ids(sheet, other, span, last[1:]) if last.startswith("^") else []
    return made + [
        Action(
            desk.say("Did you mean {0}?", f"#{name}"),
            "quickfix",
            _change("edit", _edit(sheet, span, name)),
            code,
        )
        for name in near
    ]


def _new_ids(sheet: Sheet, other: Sheet, span: Span, words: str) -> list[Action]:
    """`[[note#^some words]]`: a paragraph of that note which holds the words gets an id, and the
    link names it."""
    wanted = name_key(words)
    found = []
    named = {line for _, _, line in other.blocks.values()}
    for line, end, text in paragraphs(other):
        if line in named or not wanted or wanted not in name_key(text):
            continue
        id_ = unused_block_id(text, other.blocks)
        change = _change(
            "edit",
            _edit(other, Span(end, end), f" ^{id_}"),
            _edit(sheet, span, f"^{id_}"),
        )
        title = other.desk.say("Give '{0}' in {1} an id", text[:40], other.path)
        found.append(Action(title, "quickfix", change, "unresolved-block"))
    return found[:_MOST_BLOCKS]


# -- links -----------------------------------------------------------------------------------------


def _as_alias(desk: Desk, sheet: Sheet, link: LinkRow) -> list[Action]:
    """The words that a link shows become an alias of the note that it means."""
    target = desk.read(link).target
    other = desk.sheet(target) if target else None
    if other is None or not link.display or link.subpath:
        return []
    known = {name.key for name in desk.catalog.names_of(other.path)}
    if name_key(link.display) in known:
        return []
    edit = _alias_edit(other, link.display)
    if edit is None:
        return []
    title = desk.say("Make '{0}' an alias of {1}", link.display, other.row.title)
    return [Action(title, "refactor.rewrite", _change("alias", edit))]


def _alias_edit(sheet: Sheet, alias: str) -> Edit | None:
    import json

    written = (
        alias
        if re.fullmatch(r"[\w가-힣][\w가-힣 .+-]*", alias)
        else json.dumps(alias, ensure_ascii=False)
    )
    text = sheet.text
    newline = "\r\n" if "\r\n" in text[:2000] else "\n"
    head = re.match(r"(?ms)\A---[ \t]*\r?\n(.*?)^---[ \t]*\r?$", text)
    if head is None:
        return _edit(sheet, Span(0, 0), f"---{newline}aliases: [{written}]{newline}---{newline}")
    inner = head[1]
    listed = re.search(r"(?m)^aliases:[ \t]*\[(.*?)\][ \t]*\r?$", inner)
    if listed:
        at = head.start(1) + listed.end(1)
        return _edit(sheet, Span(at, at), f", {written}" if listed[1].strip() else written)
    block = re.search(r"(?m)^aliases:[ \t]*\r?\n((?:[ \t]*-[^\n]*\n)+)", inner)
    if block:
        indent = re.match(r"[ \t]*", block[1])
        at = head.start(1) + block.end(1)
        return _edit(sheet, Span(at, at), f"{indent[0] if indent else ''}- {written}{newline}")
    if re.search(r"(?m)^alias(?:es)?:", inner):
        return None
    at = head.end(1)
    return _edit(sheet, Span(at, at), f"aliases: [{written}]{newline}")


def _rewritten(desk: Desk, sheet: Sheet, link: LinkRow) -> list[Action]:
    """A wikilink as a Markdown link, and the other way round: it shows the words that it showed."""
    read = desk.read(link)
    target = read.target
    if target is None or link.kind not in ("wikilink", "markdown") or not link.target:
        return []
    to_markdown = link.kind == "wikilink"
    form = desk.style(sheet.path).form
    words = link.display
    if to_markdown and not words and "/" not in link.target:
        # An alias, or the name in the case that it is written in.
        words = link.target.strip().replace("$", "\\$")
    written = write_link(
        desk.resolver, LinkStyle(to_markdown, "relative" if to_markdown else form), sheet.path,
        target, words, dialect=sheet.row.dialect,
        in_table=is_in_table(sheet.text, link.start),
    )  # fmt: skip
    if written is None or written.startswith("[[") == to_markdown:
        return []
    title = desk.say("Write as a Markdown link" if to_markdown else "Write as a wikilink")
    subpath = None if to_markdown else _chain(desk, link, target)
    edit = _edit(sheet, link.span, _with_subpath(written, sheet, link, subpath))
    return [Action(title, "refactor.rewrite", _change("edit", edit))]


def _chain(desk: Desk, link: LinkRow, target: str) -> str | None:
    """A link's chain of headings as a wikilink writes it: by their text, where the link has the
    anchors that a site makes of them (`#step-1`)."""
    if not link.subpath:
        return None
    other = desk.sheet(target)
    trail = desk.resolver.trail(target, link.subpath)
    if other is None or len(trail) != len(link.subpath):
        return "#".join(link.subpath)
    found = []
    for part, ordinal in zip(link.subpath, trail, strict=True):
        heading = other.sections[ordinal].headings[-1]
        is_anchor = part != heading and part == heading_slug(part)
        found.append(" ".join(NOT_IN_CHAIN.sub(" ", heading).split()) if is_anchor else part)
    return "#".join(found)


# -- names in plain text ---------------------------------------------------------------------------


def _mention(desk: Desk, sheet: Sheet, span: Span) -> list[Action]:
    """The note that the words here name becomes a link, here or everywhere in the note."""
    if sheet.is_in(span.start, "code", "math", "comment", "frontmatter", "url", "html"):
        return []
    heading = sheet.heading_at(span.start)
    if heading is not None and heading.level == 1:
        return []
    named = _named(desk, sheet, span)
    if named is None:
        return []
    words, target = named
    style = desk.style(sheet.path)

    def linked(place: Span) -> Edit | None:
        written = write_link(
            desk.resolver, style, sheet.path, target, place.of(sheet.text),
            dialect=sheet.row.dialect, in_table=is_in_table(sheet.text, place.start),
        )  # fmt: skip
        return _edit(sheet, place, written) if written else None

    first = linked(words)
    if first is None:
        return []
    found = [Action(desk.say("Link to {0}", target), "refactor.rewrite", _change("link", first))]
    places = _same_words(sheet, words.of(sheet.text))
    edits = [edit for edit in map(linked, places) if edit is not None]
    if len(edits) > 1:
        title = desk.say(
            "Link all {0} mentions of {1} to {2}", len(edits), words.of(sheet.text), target
        )
        found.append(Action(title, "refactor.rewrite", _change("link", *edits)))
    return found


def _named(desk: Desk, sheet: Sheet, span: Span) -> tuple[Span, str] | None:
    """The longest words around a cursor that name another note."""
    if span.end > span.start:
        target = _target(desk, sheet, span.of(sheet.text))
        return (span, target) if target else None
    line = sheet.line_span(sheet.lines.line(span.start))
    words = [
        Span(line.start + match.start(), line.start + match.end())
        for match in _WORD.finditer(sheet.text[line.start : line.end])
    ]
    here = next((n for n, word in enumerate(words) if word.start <= span.start <= word.end), None)
    if here is None:
        return None
    for count in range(_MOST_WORDS, 0, -1):
        for first in range(max(0, here - count + 1), here + 1):
            if first + count > len(words):
                continue
            place = Span(words[first].start, words[first + count - 1].end)
            written = place.of(sheet.text)
            last = words[first + count - 1].of(sheet.text)
            for stem in (last, *stems(last)):
                cut = written[: len(written) - len(last) + len(stem)]
                target = _target(desk, sheet, cut)
                if target:
                    return Span(place.start, place.start + len(cut)), target
    return None


def _target(desk: Desk, sheet: Sheet, words: str) -> str | None:
    key = name_key(" ".join(words.split()))
    rows = {
        row.path
        for row in desk.catalog.names_by_key(key)
        if row.role == "note" and not row.excluded and row.via in ("name", "alias", "title")
    }
    return rows.pop() if len(rows) == 1 and sheet.path not in rows and key else None


def _same_words(sheet: Sheet, words: str) -> list[Span]:
    found = []
    busy = [(row.start, row.end) for row in sheet.links]
    busy += [(start, end) for _, start, end in sheet.regions]
    for match in re.finditer(re.escape(words), sheet.text):
        start, end = match.span()
        before = sheet.text[start - 1 : start]
        if before.isalnum() or (sheet.text[end : end + 1].isalnum() and words[-1:].isascii()):
            continue
        heading = sheet.heading_at(start)
        if heading is not None or any(a < end and start < b for a, b in busy):
            continue
        found.append(Span(start, end))
    return found


# -- extraction ------------------------------------------------------------------------------------


def _extract(desk: Desk, sheet: Sheet, span: Span) -> list[Action]:
    """A selection becomes a note of its own, and a link stays in its place; links to headings and
    blocks in it follow, as those of `dots extract` do."""
    text = span.of(sheet.text)
    body = text.strip()
    if len(body) < 2 or span.start < sheet.body:
        return []
    first = body.splitlines()[0].lstrip("#>*-+ \t")
    name = " ".join(_NOT_IN_NAMES.sub(" ", first).split())[:60].strip(" .")
    if not name:
        return []
    folder = sheet.path.rpartition("/")[0]
    stem, number = name, 2
    # A name that another note has anywhere: the link might mean that one.
    while desk.catalog.names_by_key(name_key(stem)):
        stem, number = f"{name} {number}", number + 1
    path = beneath(folder, f"{stem}.md")
    try:
        change = desk.vault.rename.extract_text(sheet.path, span, path)
    except EditError:  # what it uses or what names it would be cut off
        return []
    return [Action(desk.say("Extract to {0}", path), "refactor.extract", change)]
