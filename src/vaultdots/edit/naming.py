"""The names that notes and sections get by a link in them: a title, an alias or a heading reads
otherwise when the link in it is written anew."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from vaultdots.edit.model import Edit
from vaultdots.edit.moving_back import Former
from vaultdots.edit.splice import splice_text
from vaultdots.edit.texts import Texts
from vaultdots.note.options import NoteOptions
from vaultdots.note.parse import parse_note
from vaultdots.store.answers import LinkRow
from vaultdots.store.rows import names_of
from vaultdots.text.names import name_key

_UNDERLINE = re.compile(r"[\r\n][ \t>]*(?:=+|-+)[ \t]*(?:[\r\n]|\Z)")
_WORD = re.compile(r"[^\W_]+(?=[\W_]*\Z)")


def named_anew(
    texts: Texts, options: NoteOptions, files: Mapping[str, str], path: str, edits: Sequence[Edit]
) -> dict[str, str]:
    """{path: what the note says after `edits`}, where they give it other names. files: old → new
    path of those that move."""
    if texts.note(path) is None:
        return {}
    was, new = texts[path], files.get(path, path)
    now = splice_text(was, edits)
    if names_of(parse_note(new, was, options)) == names_of(parse_note(new, now, options)):
        return {}
    return {path: now}


def said_before(
    texts: Texts, options: NoteOptions, files: Mapping[str, str], former: Former
) -> dict[str, str]:
    """What notes say with the links that they had before, where those gave them other names."""
    found: dict[str, str] = {}
    for path in dict.fromkeys(path for path, _ in former):
        edits, naming = [], False
        for link in texts.links_of(path):
            was = former.get((path, link.number))
            if was is not None and was.raw == link.raw and was.is_changed:
                pairs = was.edits(link, texts[path])
                edits += [Edit(path, span, span.of(texts[path]), new) for span, new in pairs]
                naming = naming or may_name(texts, link)
        if naming:
            found |= named_anew(texts, options, files, path, edits)
    return found


def may_name(texts: Texts, link: LinkRow) -> bool:
    """Whether the note in which a link stands may be called by what it says."""
    note = texts.note(link.source)
    if note is None:
        return False
    word = _word(link.target)
    if link.section >= 0:
        return word in name_key(note.title)
    return any(word in name.key for name in texts.catalog.names_of(link.source))


@lru_cache(1000)
def _word(target: str) -> str:
    """The last word of a target, which a name made of it holds; "" where it has none."""
    word = _WORD.search(name_key(target))
    return word[0] if word else ""


def in_heading(texts: Texts, path: str, at: int) -> bool:
    """Whether a place in the file at `path` lies in a heading."""
    text = texts[path]
    start = max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1
    if "#" not in text[start:at] and _UNDERLINE.search(text, at) is None:
        return False  # most links: where headings stand need not be asked
    return any(span.start <= at < span.end for span in texts.headings_of(path))
