"""Notes that belong together: by what they say and by what links to them and from them.

The text's part is TF-IDF over bigrams: the rarest frequent tokens of a note, asked of the index.
With real links hidden it found 0.23 of them among its first ten, more than the nouns of an analyser
or a sentence encoder. The graph's part is co-citation (Small, 1973)
and shared neighbours, a note with many links counting less (Adamic and Adar, 2003).
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable

from vaultdots.graph.links import backlinks, links
from vaultdots.search.engine import AnyOf, Engine, TokenPhrase, column_texts
from vaultdots.search.shared_words import Words, shared_words, words_of
from vaultdots.search.source import SectionRow, sections
from vaultdots.search.tokens import tokens
from vaultdots.store.catalog import Catalog
from vaultdots.text.tuples import NamedTuple

TERMS = 40
"""Tokens of a note that are asked for: more did not find more."""
SECTIONS = 300
"""Sections that the index gives for them."""
TITLE_COUNTS = 3
"""A token of the title counts as often as this."""
FURTHER = 0.5
"""Share of a note's second section, halved again for the third…"""
TEXT, CITED, SHARED, LINKED = 0.55, 0.2, 0.15, 0.1
"""What each signal is worth at most, the text's greatest being 1."""
NEIGHBOURS = 60
"""Notes around a note whose own links are read: a hub's others say little."""
SHOWN = 4
"""Words or notes named in a reason."""


class Because(NamedTuple):
    """Why two notes are related. signal: text, linked, cited-together or links-to-same."""

    signal: str
    text: str


class Related(NamedTuple):
    """A note that belongs to another; score 0–1."""

    path: str
    title: str
    score: float
    reasons: tuple[Because, ...]


def related_notes(
    catalog: Catalog, engine: Engine, path: str, *, limit: int | None = 10
) -> list[Related]:
    """The notes that belong to the one at `path`, best first; itself left out.

    The engine's index must be up to date (`index_sync.bring_up_to_date`).
    """
    note = catalog.note(path)
    if note is None:
        return []
    rows = list(sections(catalog, [note.id]))
    words = _telling_words(rows, engine)
    own = words_of(rows)
    by_text = _by_text(engine, note.id, words)
    neighbours = _Neighbours(catalog, path)
    ids = catalog.note_ids()
    paths = {number: other for other, number in ids.items()}
    scores: dict[str, float] = defaultdict(float)
    for number, value in by_text.items():
        if number in paths:
            scores[paths[number]] += TEXT * value
    for signal, value in ((neighbours.cited, CITED), (neighbours.shared, SHARED)):
        most = max((weight for weight, _ in signal.values()), default=1.0)
        for other, (weight, _) in signal.items():
            if other in ids:
                scores[other] += value * weight / most
    for other in neighbours.linked:
        if other in ids:
            scores[other] += LINKED
    best = sorted(scores, key=lambda other: (-round(scores[other], 6), other))[:limit]
    found = []
    for other in best:
        about = catalog.note(other)
        if about is not None:
            reasons = (
                *_text_reason(catalog, about.id, own, words),
                *neighbours.reasons(other),
            )
            found.append(Related(other, about.title, round(scores[other], 4), reasons))
    return found


def _telling_words(rows: list[SectionRow], engine: Engine) -> dict[str, float]:
    """The tokens that tell a note from others, with their weights, the heaviest first."""
    often: Counter[str] = Counter()
    for row in rows:
        for number, text in enumerate(column_texts(row)[:-1]):
            if row.ordinal == 0 and number == 0:
                often.update(dict.fromkeys(tokens(text), TITLE_COUNTS))
            elif number != 3:  # the context is said elsewhere
                often.update(tokens(text))
    for token in [token for token in often if len(token) < 2 or token.isdigit()]:
        del often[token]
    known = engine.counts(often)
    whole = max(engine.size(), 1)
    weights = {
        token: (1 + math.log(count)) * math.log(whole / known[token])
        for token, count in often.items()
        if known.get(token, 0) > 1
    }
    best = sorted(weights, key=lambda token: (-round(weights[token], 6), token))[:TERMS]
    return {token: weights[token] for token in best if weights[token] > 0}


def _by_text(engine: Engine, note: int, words: dict[str, float]) -> dict[int, float]:
    """Notes that share the telling words, the nearest 1."""
    if not words:
        return {}
    wanted = AnyOf(tuple(TokenPhrase((token,)) for token in words))
    scores: dict[int, float] = defaultdict(float)
    seen: Counter[int] = Counter()
    for one in engine.rank(wanted, None, SECTIONS):
        if one.note_id != note:
            scores[one.note_id] += one.score * FURTHER ** seen[one.note_id]
            seen[one.note_id] += 1
    most = max(scores.values(), default=0.0)
    return {number: score / most for number, score in scores.items()} if most > 0 else {}


def _text_reason(
    catalog: Catalog, note: int, own: Words, weights: dict[str, float]
) -> Iterable[Because]:
    """The words that both notes have, those first that tell most; none where only code, everyday
    words or pieces of words are shared."""
    shown = shared_words(own, words_of(sections(catalog, [note])), weights, SHOWN)
    return [Because("text", ", ".join(shown))] if shown else []


class _Neighbours:
    """The notes around one note, by its links and those of its neighbours."""

    def __init__(self, catalog: Catalog, path: str) -> None:
        outgoing = {link.target for link in links(catalog, path) if link.target}
        incoming = {link.source for link in backlinks(catalog, path)}
        self.linked = (outgoing | incoming) - {path}
        self.cited = self._through(
            path,
            (
                (source, {link.target for link in links(catalog, source) if link.target})
                for source in sorted(incoming - {path})[:NEIGHBOURS]
            ),
        )
        self.shared = self._through(
            path,
            (
                (target, {link.source for link in backlinks(catalog, target)})
                for target in sorted(outgoing - {path})[:NEIGHBOURS]
            ),
        )

    @staticmethod
    def _through(
        path: str, around: Iterable[tuple[str, set[str]]]
    ) -> dict[str, tuple[float, list[str]]]:
        """Notes reached through others → (weight, through which)."""
        found: dict[str, tuple[float, list[str]]] = {}
        for middle, others in around:
            weight = 1 / math.log(2 + len(others))
            for other in sorted(others - {path, middle}):
                before, through = found.get(other, (0.0, []))
                found[other] = (before + weight, [*through, middle])
        return found

    def reasons(self, other: str) -> list[Because]:
        """What the links say of one of them."""
        found = [Because("linked", "linked already")] if other in self.linked else []
        for signal, through in (("cited-together", self.cited), ("links-to-same", self.shared)):
            if other in through:
                found.append(Because(signal, ", ".join(through[other][1][:SHOWN])))
        return found
