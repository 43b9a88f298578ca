"""Which tags say what a note is about."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from vaultdots.retrospective.model import DatedNote
from vaultdots.text.lexicon import lexicon
from vaultdots.text.names import name_key

_LARGEST_SHARE = 0.4
"""A tag that this much of the notes have says nothing of one of them."""
_LARGE = 12
"""… but not in a vault so small that this many notes are so much of it."""


@cache
def kind_tags() -> frozenset[str]:
    """The tags that only say a note's kind."""
    kinds = lexicon("vaultdots.note", "kinds")
    words = [w for e in kinds["kind"] for w in (*e["tags"], *e["folders"])]
    words += [w for e in kinds["property"] for w in e["words"]]
    return frozenset(name_key(word) for word in words)


def telling_tags(notes: Sequence[DatedNote]) -> frozenset[str]:
    """The tags that say what a note is about: not what it is (책), nor what most notes have."""
    counts: dict[str, int] = {}
    for note in notes:
        for tag in note.tags:
            counts[tag] = counts.get(tag, 0) + 1
    most = max(_LARGE, _LARGEST_SHARE * len(notes))
    return frozenset(t for t, n in counts.items() if n <= most and name_key(t) not in kind_tags())
