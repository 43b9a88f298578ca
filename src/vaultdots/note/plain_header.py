"""The lines that some sites put above a text in place of frontmatter (Pelican, MultiMarkdown):
`Title: …`, `Date: …`, an empty line. They stay text; only what they call the note is read."""

from __future__ import annotations

from collections.abc import Mapping

from vaultdots.text.late import late

_LIMIT = 4_000
_LINES = 40
_LINE = late(r"(?P<key>[A-Za-z][A-Za-z_ -]{0,30}):[ \t]*(?P<value>.*)")
_KNOWN = frozenset({"date", "author", "authors", "tags", "category", "slug", "summary", "status"})
"""Keys of which one has to stand beside the title."""


def plain_header(text: str) -> Mapping[str, str]:
    """Key in small letters → value; empty where the text does not begin so."""
    if text[:6].casefold() != "title:":
        return {}
    found: dict[str, str] = {}
    for line in text[:_LIMIT].splitlines()[:_LINES]:
        if not line.strip():
            break
        match = _LINE.fullmatch(line.rstrip())
        if match is None:
            return {}
        found.setdefault(match["key"].casefold(), match["value"].strip())
    return found if found.get("title") and _KNOWN & found.keys() else {}
