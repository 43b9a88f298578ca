"""What a vault says is one name in two scripts: the one home of its pairs.

By sound and by the list that dots brings, words are compared in `text.transliteration`; here are
the pairs that the notes themselves gloss, `도커(Docker)`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

_ENOUGH = 2
"""Notes that say so, from which a gloss needs no other sign that it is one."""


class Glossed(Protocol):
    """What is asked of a catalog here."""

    def glosses(self) -> Iterable[tuple[str, str, int]]:
        """(Hangul, Latin, notes that say so), the commonest first."""


def glossed_pairs(catalog: Glossed) -> list[tuple[str, str]]:
    """(Hangul, Latin) of the pairs that two notes say, or one whose words fit; folded."""
    said = list(catalog.glosses())
    if not said:
        return []
    from vaultdots.text.glosses import is_sure  # 5 ms, which many vaults need not wait for

    return [
        (hangul, latin)
        for hangul, latin, notes in said
        if notes >= _ENOUGH or is_sure(hangul, latin)
    ]


def other_names(catalog: Glossed) -> dict[str, tuple[str, ...]]:
    """Name → what the vault calls it in the other script, the commonest first; folded."""
    found: dict[str, list[str]] = {}
    for hangul, latin in glossed_pairs(catalog):
        found.setdefault(hangul, []).append(latin)
        found.setdefault(latin, []).append(hangul)
    return {name: tuple(others) for name, others in found.items()}
