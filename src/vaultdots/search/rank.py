"""What a section is worth as an answer, computed from its own text: the same for both engines, and
after an update the same as after a rebuild.

Where a word stands counts most: title > alias > heading > tag > body > context. Every figure here
is explained by `--explain` in the words of `Reason`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from vaultdots.search.evaluate import Question, Unit
from vaultdots.search.match import (
    Match,
    asks_for_initials,
    find,
    find_initials,
    needles,
    phrase_pattern,
)
from vaultdots.search.query import Node, Pattern, Phrase, Word, leaves
from vaultdots.search.tokens import RUN, fold, normal

TITLE, ALIAS, HEADING, TAG, BODY, CONTEXT = 6.0, 5.0, 4.0, 3.0, 1.5, 0.8
"""What a word is worth by where it stands. A body full of a word stays below a tag."""
EXACT = {"title": 12.0, "alias": 9.0, "heading": 7.0, "tag": 4.0}
"""Added when the whole query is the whole title: above every sum of other matches."""
COVERAGE = 3.0
"""Added for the share of a title or heading that the query covers."""
ELSEWHERE = 0.2
"""Share of what a word earns in other places than its best one."""
SATURATION = 2.0
"""Occurrences of a word in 1,000 characters at which half of a body's worth is reached."""
NEARNESS = 1.5
"""Added when the words stand side by side; halves with every `NEAR` characters between them."""
NEAR = 40
RECENT, LINKED = 0.1, 0.1
"""At most this for the year of a note and for the links to it: they break ties, no more."""
MATCHES = 50
"""Matches of a word that are looked at in one section."""


class Reason(NamedTuple):
    """Why a score is what it is. signal: title, alias, heading, tag, body, context, exact, near,
    recent, linked or again; text: the word or what else was seen; score: its share."""

    signal: str
    text: str
    score: float


class Score(NamedTuple):
    """A section's worth and its reasons, greatest first."""

    value: float
    reasons: tuple[Reason, ...]


def found_in(
    question: Question, leaf: Word | Phrase | Pattern, text: str, folded: str | None = None
) -> list[Match]:
    """The matches of one word, phrase or regex in a text as written (NFC); folded: if known."""
    if isinstance(leaf, Pattern):
        pattern = question.patterns[leaf]
        return [
            Match(m.start(), m.end(), 1.0) for m in pattern.find_all(text) if m.end() > m.start()
        ]
    folded = _fold_name(text) if folded is None else folded
    if isinstance(leaf, Phrase):
        return [Match(m.start(), m.end(), 1.0) for m in phrase_pattern(leaf.text).finditer(folded)]
    for one in needles(leaf.text, begun=leaf == question.begun):
        if found := find(folded, one, MATCHES):
            return found
    return []


def terms_of(tree: Node) -> list[Word | Phrase | Pattern]:
    """The words that are ranked and marked, each once."""
    return list({(type(leaf), leaf): leaf for leaf in leaves(tree)}.values())


def score_unit(question: Question, unit: Unit, terms: Sequence[Word | Phrase | Pattern]) -> Score:
    """What a unit is worth for these terms."""
    if not terms:
        return Score(0.0, ())
    reasons: list[Reason] = []
    in_body: list[list[Match]] = []
    body, folded = unit.body, unit.folded_body
    for term in terms:
        shares: list[Reason] = []
        for signal, worth, texts in _places(unit):
            if share := max((_share(question, term, text, worth) for text in texts), default=0.0):
                shares.append(Reason(signal, _shown(term), share))
        if matches := found_in(question, term, body, folded):
            in_body.append(matches)
            shares.append(Reason("body", _shown(term), _body_share(matches, len(body))))
        shares.sort(key=lambda reason: -reason.score)
        for number, reason in enumerate(shares):
            factor = (ELSEWHERE if number else 1.0) / len(terms)
            reasons.append(reason._replace(score=reason.score * factor))
    reasons += _exact(unit, terms)
    if len(in_body) > 1 and len(in_body) == len(terms):
        between = _distance(in_body)
        reasons.append(Reason("near", f"{between} characters", NEARNESS * 0.5 ** (between / NEAR)))
    return summed(reasons)


def summed(reasons: Iterable[Reason]) -> Score:
    """A score from its reasons."""
    kept = sorted((r for r in reasons if abs(r.score) >= 5e-5), key=lambda r: -r.score)
    return Score(round(math.fsum(r.score for r in kept), 4), tuple(kept))


def _places(unit: Unit) -> list[tuple[str, float, tuple[str, ...]]]:
    front = [("title", TITLE, (unit.title,)), ("alias", ALIAS, unit.names)] if unit.is_head else []
    return [
        *front,
        ("heading", HEADING, unit.headings),
        ("tag", TAG, unit.tags),
        ("context", CONTEXT, unit.context),
    ]


def _share(question: Question, term: Word | Phrase | Pattern, text: str, worth: float) -> float:
    """What the best match in a short text is worth: more where it covers more of the text."""
    matches = found_in(question, term, text)
    if not matches and isinstance(term, Word) and asks_for_initials(term.text):
        found = find_initials(_fold_name(text), term.text) if worth != CONTEXT else []
        return worth * found[0].grade if found else 0.0
    if not matches:
        return 0.0
    best = max(matches, key=lambda match: (match.grade, match.end - match.start))
    covered = (best.end - best.start) / max(len(text), 1)
    bonus = COVERAGE * covered if worth >= HEADING else 0.0
    return worth * best.grade + bonus


def _body_share(matches: list[Match], length: int) -> float:
    best = max(match.grade for match in matches)
    often = len(matches) * 1000 / (1000 + length)
    return BODY * best * (0.5 + 0.5 * often / (often + SATURATION))


def _exact(unit: Unit, terms: Sequence[Word | Phrase | Pattern]) -> list[Reason]:
    """The bonus where the whole query is a whole title, alias, heading or tag."""
    asked = _bare(" ".join(term.text for term in terms if isinstance(term, Word | Phrase)))
    if not asked or any(isinstance(term, Pattern) for term in terms):
        return []
    texts = [("heading", unit.headings), ("tag", unit.tags)]
    if unit.is_head:
        texts = [("title", (unit.title,)), ("alias", unit.names), *texts]
    for signal, names in texts:
        for name in names:
            if _bare(name) == asked:
                return [Reason("exact", f"{signal} {name}", EXACT[signal])]
    return []


_fold_name = lru_cache(maxsize=4096)(fold)
"""Titles and headings come again and again."""


@lru_cache(maxsize=4096)
def _bare(text: str) -> str:
    """A text without spaces and punctuation."""
    return "".join("".join(run[0].split()) for run in RUN.finditer(normal(text)))


def _distance(words: list[list[Match]]) -> int:
    """Characters between the words where they stand closest together, the words aside."""
    marks = sorted(
        (m.start, m.end, number) for number, matches in enumerate(words) for m in matches
    )
    last: dict[int, tuple[int, int]] = {}
    best = math.inf
    for start, end, number in marks:
        last[number] = (start, end)
        if len(last) == len(words):
            first = min(at for at, _ in last.values())
            inside = sum(stop - at for at, stop in last.values())
            best = min(best, max(0, max(stop for _, stop in last.values()) - first - inside))
    return int(best)


def _shown(term: Word | Phrase | Pattern) -> str:
    return f"/{term.source}/" if isinstance(term, Pattern) else term.text


def tie_breaks(year: int | None, links: int) -> list[Reason]:
    """The light reasons: a later year, and links that come in (their logarithm, up to 100)."""
    found = []
    if year is not None:
        share = RECENT * min(max(year - 1990, 0), 60) / 60
        found.append(Reason("recent", str(year), share))
    if links:
        share = LINKED * min(math.log1p(links) / math.log(101), 1.0)
        found.append(Reason("linked", f"{links} links", share))
    return found
