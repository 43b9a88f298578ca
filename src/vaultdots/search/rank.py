"""What a section is worth as an answer, computed from its own text: the same for both engines, and
after an update the same as after a rebuild.

Where a word stands counts most: title > alias > heading > tag > body > context. Every figure here
is explained by `--explain` in the words of `Reason`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import lru_cache

from vaultdots.search.candidate import Candidate, Leaf, Question, Seen, seen
from vaultdots.search.match import INITIALS_GRADE, INSIDE, STEM_GRADE, Match, spellings
from vaultdots.search.query import Node, Pattern, Word, leaves
from vaultdots.search.tokens import runs_in
from vaultdots.text.folding import folded
from vaultdots.text.tuples import NamedTuple

TITLE, ALIAS, HEADING, TAG, PROPERTY, BODY, CONTEXT = 6.0, 5.0, 4.0, 3.0, 2.0, 1.5, 0.8
"""What a word is worth by where it stands. A body full of a word stays below a tag
and an author."""
EXACT = {"title": 12.0, "alias": 9.0, "heading": 7.0, "tag": 4.0, "property": 2.0}
"""Added when the whole query is the whole title: above every sum of other matches."""
PHRASE = {"title": 6.0, "alias": 4.5}
"""Added where a name holds the whole query as a phrase, the words in their order and nothing
between them: such a title ranks with a heading that is the query. Less where the last word goes
on (회고 in 회고록), nothing for a part of a word."""
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
    exact, phrase, near, recent, linked or again; text: the word or what else was seen; score: its
    share."""

    signal: str
    text: str
    score: float


def terms_of(tree: Node) -> tuple[Leaf, ...]:
    """The words that are ranked and marked, each once."""
    return tuple({(type(leaf), leaf): leaf for leaf in leaves(tree)}.values())


def score_candidate(
    question: Question, candidate: Candidate, terms: tuple[Leaf, ...], telling: tuple[Leaf, ...]
) -> list[Reason]:
    """Why a candidate is worth something for these terms; `score` adds them up.

    telling: those of a question that do not only ask; a title with "when" and "use" in it is no
    better answer to `when should I use X`.
    """
    reasons: list[Reason] = []
    in_body: list[list[Match]] = []
    looks = [(term, seen(question, candidate, term)) for term in terms]
    told = looks if len(telling) == len(terms) else [one for one in looks if one[0] in telling]
    for term, look in told:
        shares = shares_of(candidate, term, look)
        if len(told) > 1:
            shares = [Reason(signal, text, worth / len(told)) for signal, text, worth in shares]
        reasons += shares
        if look.body:
            in_body.append(look.body)
    named = _exact(candidate, terms) + _phrase(candidate, [look.front for _, look in looks])
    reasons += [max(named, key=_worth)] if named else []
    if len(in_body) > 1 and len(in_body) == len(told):
        between = _distance(in_body)
        reasons.append(Reason("near", f"{between} characters", NEARNESS * 0.5 ** (between / NEAR)))
    return reasons


def shares_of(candidate: Candidate, term: Leaf, look: Seen) -> list[Reason]:
    """What one term is worth in a candidate, the best place whole, the others in part."""
    front, matches = look
    shares = _front_shares(candidate, term, front) if front else []
    if matches:
        shares.append(Reason("body", _shown(term), _body_share(matches, len(candidate.body))))
    if len(shares) > 1:
        shares.sort(key=_worth, reverse=True)
        shares[1:] = [Reason(one.signal, one.text, one.score * ELSEWHERE) for one in shares[1:]]
    return shares


def _worth(reason: Reason) -> float:
    return reason.score


def score(reasons: Iterable[Reason]) -> float:
    """The score that reasons add up to."""
    return round(math.fsum([worth for _, _, worth in reasons if abs(worth) >= NOTHING]), 4)


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
    best = max([match.grade for match in matches])
    often = len(matches) * 1000 / (1000 + length)
    return BODY * best * (0.5 + 0.5 * often / (often + SATURATION))


def _exact(candidate: Candidate, terms: tuple[Leaf, ...]) -> list[Reason]:
    """The bonus where the whole query, its last particle aside, is a whole title, alias, heading or
    tag."""
    for asked, factor in _asked(terms):
        front = candidate.front
        # Most names do not hold the first sign: that is asked of all of them at once.
        if asked[0] not in front.text:
            continue
        signs = frozenset(asked)
        for (signal, name), place in zip(candidate.places, front.places, strict=True):
            if signal == "context" or len(name) < len(asked) or not signs.issubset(place.text):
                continue
            if _bare(name) == asked:
                return [Reason("exact", f"{signal} {name}", EXACT[signal] * factor)]
    return []


def _phrase(candidate: Candidate, fronts: list[list[tuple[int, Match]]]) -> list[Reason]:
    """The bonus where a title or an alias holds the query's words side by side, in their order.

    fronts: where each of them stands in the names.
    """
    if not candidate.is_head or not all(fronts):  # only a head has a title or an alias
        return []
    best: Reason | None = None
    for number, (signal, name) in enumerate(candidate.places):
        if (worth := PHRASE.get(signal)) is None:
            continue
        good = _held_as_phrase(name, [[m for n, m in front if n == number] for front in fronts])
        if good and (best is None or worth * good > best.score):
            best = Reason("phrase", f"{signal} {name}", worth * good)
    return [best] if best else []


def _held_as_phrase(name: str, words: list[list[Match]]) -> float:
    """How well a name holds a phrase: the grade of its worst word; 0 where it does not.

    words: the matches of each word of the phrase, in their order.
    """
    best = 0.0
    for first in words[0]:
        worst, end = first.grade, first.end
        for matches in words[1:]:
            after = [m for m in matches if m.start >= end and not _says(name, end, m.start)]
            if not after:
                break
            worst, end = min(worst, after[0].grade), after[0].end
        else:
            best = max(best, worst)
    return best if best > INSIDE else 0.0


def _says(name: str, start: int, end: int) -> bool:
    """Whether a word stands in a stretch of a name."""
    return next(runs_in(name, start, end), None) is not None


@lru_cache(maxsize=64)
def _asked(terms: tuple[Leaf, ...]) -> tuple[tuple[str, float], ...]:
    """The query as a name would be written, as it was typed and without its last particle, each
    with the share of the bonus that it is worth; () for one that is no name."""
    words = [term.text for term in terms if not isinstance(term, Pattern)]
    if not words or len(words) < len(terms):
        return ()
    *before, last = words
    ways = spellings(last)[:2] if isinstance(terms[-1], Word) else ((last, False),)
    asked = ((_bare(" ".join((*before, text))), number) for number, (text, _) in enumerate(ways))
    return tuple((name, STEM_GRADE if number else 1.0) for name, number in asked if name)


@lru_cache(maxsize=4096)
def _bare(text: str) -> str:
    """A text without spaces and punctuation."""
    return "".join("".join(run[0].split()) for run in runs_in(folded(text)))


def _distance(words: list[list[Match]]) -> int:
    """Characters between the words where they stand closest together, the words aside."""
    marks = sorted(
        [(m.start, m.end, number) for number, matches in enumerate(words) for m in matches]
    )
    last: dict[int, tuple[int, int]] = {}
    best = math.inf
    for start, end, number in marks:
        last[number] = (start, end)
        if len(last) == len(words):
            spans = last.values()
            inside = sum([stop - at for at, stop in spans])
            between = max([stop for _, stop in spans]) - min(spans)[0] - inside
            if between < best:
                best = max(0, between)
    return int(best)


def _shown(term: Leaf) -> str:
    return f"/{term.text}/" if isinstance(term, Pattern) else term.text


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
