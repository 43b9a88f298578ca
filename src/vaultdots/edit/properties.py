"""Small edits of a note's properties, in the style that they are written in."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

from vaultdots.edit.model import Edit
from vaultdots.edit.splice import splice_text
from vaultdots.errors import EditError
from vaultdots.note import frontmatter
from vaultdots.note.model import Note
from vaultdots.note.options import NoteOptions
from vaultdots.note.parse import parse_note
from vaultdots.text.names import name_key
from vaultdots.text.spans import Span

# What a YAML value may hold without quotes, wherever it stands (YAML 1.2, 7.3.3).
_PLAIN = re.compile(r"[^\W\d_](?:[\w .()/~+-]*[\w.()])?")
_WORDS = frozenset(("true", "false", "null", "yes", "no", "on", "off"))
_LIST = r"^{key}[ \t]*:[ \t]*([^\r\n]*)"
_ITEMS = re.compile(r"(?:(?:\r\n?|\n)([ \t]*)-[^\r\n]*)+")
_JSON_LIST = r'^[ \t]*"{key}"[ \t]*:[ \t]*\[([^\[\]{{}}]*)\]'
_JSON_TITLE = re.compile(r'^([ \t]*"title"[ \t]*(:)[ \t]*)("(?:[^"\\\r\n]|\\.)*")', re.I | re.M)
_TITLE = re.compile(r"^(title[ \t]*([:=])[ \t]*)([^\r\n]*?)[ \t]*$", re.IGNORECASE | re.MULTILINE)


def add_alias(path: str, text: str, alias: str, options: NoteOptions) -> Edit | None:
    """The edit that adds an alias to a note; None where it has it. Raises EditError.

    The list stays written as it is: in brackets, or an item a line.
    """
    note = parse_note(path, text, options)
    if name_key(alias) in {name_key(one) for one in note.aliases}:
        return None
    if note.dialect == "hugo":
        raise EditError("Hugo's aliases are addresses, not names", place=path)
    edits = add_items(path, text, {"aliases": [alias]}, options)
    if len(edits) != 1:
        raise EditError(f"'{alias}' cannot be put among the aliases", place=path)
    return edits[0]


def add_items(
    path: str, text: str, items: Mapping[str, Sequence[str]], options: NoteOptions
) -> list[Edit]:
    """The edits that add to the lists of a note's properties (`tags`, `aliases`), each written as
    it is there. Empty where that cannot be told to be read so: TOML, a list over several lines."""
    edits = _item_edits(path, text, items)
    before = parse_note(path, text, options)
    after = parse_note(path, splice_text(text, edits), options)
    wanted = {tag.name for tag in before.tags} | set(items.get("tags", ()))
    aliases = (*before.aliases, *items.get("aliases", ()))
    kept = {item.key for item in before.properties} <= {item.key for item in after.properties}
    fine = kept and after.aliases == aliases and {tag.name for tag in after.tags} == wanted
    return edits if fine else []


def _item_edits(path: str, text: str, items: Mapping[str, Sequence[str]]) -> list[Edit]:
    newline = line_end(text)
    block = frontmatter.cut(text)
    if block is not None and block.kind == "json":
        return _json_edits(path, text, block.span, items)
    if block is not None and block.kind != "yaml":
        return []
    edits: list[Edit] = []
    fresh: list[str] = []
    for key, values in items.items():
        pattern = re.compile(_LIST.format(key=key), re.IGNORECASE | re.MULTILINE)
        match = block and pattern.search(text, block.span.start, block.span.end)
        written = [quoted(value) for value in values]
        if match is not None and block is not None:
            edits.append(_longer(path, text, match, block.span.end, written))
        elif values:
            fresh += [f"{key}:", *(f"  - {value}" for value in written)]
    if fresh and block is None:
        front = newline.join(["---", *fresh, "---", ""])
        edits.append(Edit(path, Span(0, 0), "", front, None))
    elif fresh and block is not None:
        at = block.span.end
        lines = "".join(line + newline for line in fresh)
        edits.append(Edit(path, Span(at, at), "", lines, None))
    return edits


def _json_edits(path: str, text: str, span: Span, items: Mapping[str, Sequence[str]]) -> list[Edit]:
    """The same in JSON: behind what a list holds, or a list of its own before the first key."""
    edits: list[Edit] = []
    fresh: list[str] = []
    for key, values in items.items():
        added = ", ".join(json.dumps(value, ensure_ascii=False) for value in values)
        pattern = re.compile(_JSON_LIST.format(key=key), re.IGNORECASE | re.MULTILINE)
        match = pattern.search(text, *span)
        if match is not None:
            at = match.start(1) + len(match[1].rstrip())
            edits.append(Edit(path, Span(at, at), "", f", {added}" if match[1].strip() else added))
        elif values:
            fresh.append(f'"{key}": [{added}],')
    first = re.compile(r"\{[ \t]*(\r\n?|\n)([ \t]*)(?=\")").search(text, *span)
    if fresh and first is not None:
        lines = "".join(line + first[1] + first[2] for line in fresh)
        edits.append(Edit(path, Span(first.end(), first.end()), "", lines))
    return [edit._replace(adds=None) for edit in edits]


def _longer(path: str, text: str, match: re.Match[str], end: int, values: Sequence[str]) -> Edit:
    """The edit that adds values to the list that `match` begins. end: of the properties."""
    written = match[1].strip()
    added = ", ".join(values)
    if written.startswith("[") and written.endswith("]"):
        at = match.start(1) + len(match[1].rstrip()) - 1
        inner = written[1:-1].strip()
        return Edit(path, Span(at, at), "", f", {added}" if inner else added, None)
    if not written:
        items = _ITEMS.match(text, match.end(), end)
        at = items.end() if items else match.end()
        indent = items[1] if items else "  "
        newline = line_end(text)
        return Edit(
            path, Span(at, at), "", "".join(f"{newline}{indent}- {v}" for v in values), None
        )
    span = Span(match.start(1), match.start(1) + len(match[1].rstrip()))
    return Edit(path, span, span.of(text), f"[{span.of(text)}, {added}]", None)


def set_title(path: str, text: str, note: Note, title: str, options: NoteOptions) -> Edit | None:
    """The edit that gives a note whose title is a property another one. Raises EditError."""
    block = frontmatter.cut(text)
    kind = "yaml" if block is None else block.kind
    match = (_JSON_TITLE if kind == "json" else _TITLE).search(text, 0, note.body)
    if match is None:
        raise EditError("its title cannot be written anew", place=path)
    value = quoted(title) if kind == "yaml" else json.dumps(title, ensure_ascii=False)
    if match[3][:1] in "\"'" and match[3]:
        value = json.dumps(title, ensure_ascii=False)
    span = Span(*match.span(3))
    edit = Edit(path, span, span.of(text), value, None)
    after = parse_note(path, splice_text(text, [edit]), options)
    if after.title != title or len(after.properties) != len(note.properties):
        raise EditError("its title cannot be written anew", place=path)
    return edit


def quoted(value: str) -> str:
    """A text as a YAML value, in quotes where it needs them."""
    if _PLAIN.fullmatch(value) and value.lower() not in _WORDS:
        return value
    return json.dumps(value, ensure_ascii=False)


def line_end(text: str) -> str:
    """The line end that a text uses most."""
    crlf = text.count("\r\n")
    lf, cr = text.count("\n") - crlf, text.count("\r") - crlf
    return max((("\n", lf), ("\r\n", crlf), ("\r", cr)), key=lambda pair: pair[1])[0]
