"""What looks like an operator and is none: a slip of one's name, or a word with a colon in it."""

from __future__ import annotations

from vaultdots.search.query import CASES, FACTS, SCOPES
from vaultdots.text.late import late

NAMED = late(r"([^\W\d][\w-]{1,40}):(?=[^\s:/)\]])")
"""What looks like an operator: a word and a colon, with a value right after it (no `http://`)."""
OPERATORS = (*SCOPES, *FACTS, *CASES)
MEANT = {
    "tags": "tag", "folder": "path", "dir": "path", "filename": "file", "text": "content",
    "body": "content", "backlinks": "links-to", "links": "linked-by", "type": "kind",
    "제목": "title", "태그": "tag", "폴더": "path", "연도": "year", "종류": "kind",
}  # fmt: skip
"""Names that people take for operators, and the operator that they mean."""
NEAR = 0.75
"""Likeness from which a name is a slip of an operator's: `titel`, and not `tiles`."""


def operator_meant(word: str) -> str | None:
    """The operator that a word of a query was meant to be (`titel:Redis`); None for just a word."""
    found = NAMED.match(word)
    if not found:
        return None
    name = found[1].lower()
    if name in MEANT:
        return MEANT[name]
    from difflib import get_close_matches  # only where a name is not known

    return next(iter(get_close_matches(name, OPERATORS, n=1, cutoff=NEAR)), None)
