"""What a section is worth as an answer, computed from its own text: the same for both engines, and
after an update the same as after a rebuild.

Where a word stands counts most: title > alias > heading > tag > body > context. Every figure here
is explained by `--explain` in the words of `Reason`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from vaultdots.search.candidate import Candidate, Leaf, Question, seen
from vaultdots.search.match import INITIALS_GRADE, Match
from vaultdots.search.query import Node, Pattern, leaves
from vaultdots.search.tokens import RUN
from vaultdots.text.folding import folded

TITLE, ALIAS, HEADING, TAG, PROPERTY, BODY, CONTEXT = 6.0, 5.0, 4.0, 3.0, 2.0, 1.5, 0.8
"""What a word is worth by where it stands. A body full of a word stays below a tag
and an author."""
EXACT = {"title": 12.0, "alias": 9.0, "heading": 7.0, "tag": 4.0, "property": 2.0}
"""Added when the whole query is the whole title: above every sum of other matches."""
COVERAGE = 3.0
"""Added for the share of a title or heading that the query covers, less for a part of a word."""
ELSEWHERE = 0.2
"""Share of what a word earns in other places than its best one."""
SATURATION = 2.0
"""Occurrences of a word in 1,000 characters at which half of a body's worth is reached."""
NEARNESS = 1.5
"""Added when the words stand side by side; halves with every `NEAR` characters between them."""
NEAR = 40
RECENT, LINKED = 0.1, 0.1
"""At most this for the year of a note and for the links to it: they break ties, no more."""
SCORES = {"title": TITLE, "alias": ALIAS, "heading": HEADING, "tag": TAG, "property": PROPERTY,
         "context": CONTEXT}  # fmt: skip
"""By the signal of a `Place`."""


NOTHING = 5e-5
"""A share that four decimals do not show."""


class Reason(NamedTuple):
    """Why a score is what it is. signal: title, alias, heading, tag, property, body, context,
    exact, near, recent, linked or again; text: the word or what else was seen; score: its share."""

    signal: str
    text: str
    score: float


def terms_of(tree: Node) -> tuple[Leaf, ...]:
    """The words that are ranked and marked, each once."""
    return tuple({(type(leaf), leaf): leaf for leaf in leaves(tree)}.values())


def score_candidate(
    question: Question, candidate: Candidate, terms: tuple[Leaf, ...]
) -> list[Reason]:
    """Why a candidate is worth something for these terms; `score` adds them up."""
    reasons: list[Reason] = []
    in_body: list[list[Match]] = []
    for term in terms:
        shares = shares_of(question, candidate, term)
        reasons += [one._replace(score=one.score / len(terms)) for one in shares]
        if matches := seen(question, candidate, term).body:
            in_body.append(matches)
    reasons += _exact(candidate, terms)
    if len(in_body) > 1 and len(in_body) == len(terms):
        between = _distance(in_body)
        reasons.append(Reason("near", f"{between} characters", NEARNESS * 0.5 ** (between / NEAR)))
    return reasons


def shares_of(question: Question, candidate: Candidate, term: Leaf) -> list[Reason]:
    """What one term is worth in a candidate, the best place whole, the others in part."""
    front, matches = seen(question, candidate, term)
    shares = _front_shares(candidate, term, front) if front else []
    if matches:
        shares.append(Reason("body", _shown(term), _body_share(matches, len(candidate.body))))
    if len(shares) > 1:
        shares.sort(key=lambda reason: -reason.score)
    return [
        one._replace(score=one.score * ELSEWHERE) if number else one
        for number, one in enumerate(shares)
    ]


def score(reasons: Iterable[Reason]) -> float:
    """The score that reasons add up to."""
    return round(math.fsum(r.score for r in reasons if abs(r.score) >= NOTHING), 4)


def reported(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    """Reasons as they are shown: the greatest first, without those that come to nothing."""
    kept = (reason for reason in reasons if abs(reason.score) >= NOTHING)
    return tuple(sorted(kept, key=lambda reason: -reason.score))


def _front_shares(candidate: Candidate, term: Leaf, front: list[tuple[int, Match]]) -> list[Reason]:
    """What a word is worth by each kind of short text that it stands in: that of its best one."""
    best: dict[int, Match] = {}
    for number, match in front:
        known = best.get(number)
        if known is None or _quality(match) > _quality(known):
            best[number] = match
    shares: dict[str, float] = {}
    for number in sorted(best):
        signal, text = candidate.places[number]
        start, end, good = best[number]
        covered = (end - start) / len(text)
        share = SCORES[signal] * good
        if good <= INITIALS_GRADE:
            share *= 0.5 + 0.5 * covered
        elif SCORES[signal] >= HEADING:
            share += COVERAGE * good * covered
        if share > shares.get(signal, 0.0):
            shares[signal] = share
    return [Reason(signal, _shown(term), share) for signal, share in shares.items()]


def _quality(match: Match) -> tuple[float, int]:
    return match.grade, match.end - match.start


def _body_share(matches: list[Match], length: int) -> float:
    best = max(match.grade for match in matches)
    often = len(matches) * 1000 / (1000 + length)
    return BODY * best * (0.5 + 0.5 * often / (often + SATURATION))


def _exact(candidate: Candidate, terms: tuple[Leaf, ...]) -> list[Reason]:
    """The bonus where the whole query is a whole title, alias, heading or tag."""
    asked = _asked(terms)
    if asked:
        for signal, name in candidate.places:
            if signal != "context" and len(name) >= len(asked) and _bare(name) == asked:
                return [Reason("exact", f"{signal} {name}", EXACT[signal])]
    return []


@lru_cache(maxsize=64)
def _asked(terms: tuple[Leaf, ...]) -> str:
    """The query as a name would be written; "" for one that is none."""
    if any(isinstance(term, Pattern) for term in terms):
        return ""
    return _bare(" ".join(term.text for term in terms if not isinstance(term, Pattern)))


@lru_cache(maxsize=4096)
def _bare(text: str) -> str:
    """A text without spaces and punctuation."""
    return "".join("".join(run[0].split()) for run in RUN.finditer(folded(text)))


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


def _shown(term: Leaf) -> str:
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
