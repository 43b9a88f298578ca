"""Headings as they are read, and the keys under which a link's subpath finds them."""

from __future__ import annotations

import re
from functools import lru_cache

from vaultdots.note.targets import plain_address, wikilink_target
from vaultdots.text.names import name_key

_WIKI = re.compile(r"!?\[\[([^\[\]]*(?:\](?!\])[^\[\]]*)*)\]\]")
_MARKDOWN = re.compile(
    r"!?\[([^\[\]]*)\](?:\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s[^()]*)?\)|\[[^\[\]]*\])"
)
_TAGS = re.compile(r"</?[A-Za-z][^<>]{0,200}>")
_CODE = re.compile(r"(?<!`)(`++)(.+?)(?<!`)\1(?!`)")
_STRONG = re.compile(r"(\*\*|__|~~|==)(?=\S)(.+?)(?<=\S)\1")
_STAR = re.compile(r"(?<!\*)\*(?=[^\s*])([^*]+?)(?<=[^\s*])\*(?!\*)")
_UNDERSCORE = re.compile(r"(?<!\w)_(?=[^\s_])([^_]+?)(?<=[^\s_])_(?!\w)")
_ATTRIBUTES = re.compile(r"\s*\{:?\s*#[^{}]*\}\s*$")
_BLOCK_ID = re.compile(r"\s\^[A-Za-z0-9-]+\s*$")
_SPACES = re.compile(r"\s+")
# Obsidian's own folding of a heading in a link: these become spaces, spaces run together.
_FOLDED = re.compile(r"[!\"#$%&()*+,.:;<=>?@^`{|}~/\[\]\\\s]+")
_NOT_SLUG = re.compile(r"[^\w\- ]+")
_MOST_KEPT = 4096
"""Headings of which the reading is kept: a note has the same ones at the next keystroke, and the
notes of a vault have many in common."""
MAX_SHOWN = 500
"""Longer headings are data: they are shown as they are, and no longer than this, for each heading
below repeats them in its path."""


@lru_cache(_MOST_KEPT)
def heading_text(raw: str) -> str:
    """A heading's words as a reader sees them: markup, ids and attributes removed."""
    text = raw.strip()
    if len(text) > MAX_SHOWN or (not _FOLDED.search(text.replace(" ", "")) and "_" not in text):
        return _SPACES.sub(" ", text)
    text = _SPACES.sub(" ", text)  # an underlined heading has lines: its code may run over them
    text = _BLOCK_ID.sub("", _ATTRIBUTES.sub("", text))
    text = _WIKI.sub(_shown, text)
    text = _MARKDOWN.sub(r"\1", text)
    text = _TAGS.sub("", text)
    text = _CODE.sub(lambda m: m[2].strip(), text)
    for pattern in (_STRONG, _STRONG):
        text = pattern.sub(r"\2", text)
    text = _UNDERSCORE.sub(r"\1", _STAR.sub(r"\1", text))
    return _SPACES.sub(" ", plain_address(text)).strip()


def heading_key(text: str) -> str:
    """The key under which two ways to write a heading are one: case, punctuation, spaces folded."""
    return name_key(_FOLDED.sub(" ", text))


@lru_cache(_MOST_KEPT)
def heading_keys(raw: str, shown: str | None = None) -> tuple[str, ...]:
    """Every key that a subpath may name the heading by: as read, as written, as a web anchor.

    shown: the heading as read, where the caller has it.
    """
    shown = heading_text(raw) if shown is None else shown
    keys = [heading_key(shown)]
    if raw != shown or "^" in raw:
        keys.append(heading_key(_BLOCK_ID.sub("", raw)))
    keys.append(heading_slug(shown))
    return tuple(dict.fromkeys(key for key in keys if key))


def heading_slug(text: str) -> str:
    """The anchor that most site generators give a heading (`설치 방법` → `설치-방법`)."""
    return _NOT_SLUG.sub("", name_key(text)).replace(" ", "-")


def _shown(match: re.Match[str]) -> str:
    target = wikilink_target(match[1])
    if target is None:
        return ""
    if target.display:
        return target.display
    return " > ".join((target.name, *target.subpath)) if target.name else " > ".join(target.subpath)
