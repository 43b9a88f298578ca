"""What a later review says of a goal in a heading or a sentence: named again, or as its topic."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from vaultdots.retrospective.answers import Answer, opening_of
from vaultdots.retrospective.document import document_of, stretches_of
from vaultdots.retrospective.matching import (
    Weights,
    coverage,
    shared,
    similarity,
    terms,
    weigh,
)
from vaultdots.retrospective.model import Evidence, OwnWords, ReviewSource
from vaultdots.retrospective.verdicts import (
    Said,
    did_after_all,
    is_sure,
    left_undone,
    of_answer,
    polarity,
    without_verdict,
)

ANSWERED = 0.6
"""Share of a goal's meaning that a sentence must hold to be taken for its answer."""
_WITH_RAREST = 0.5
"""… or this share, when the goal's rarest word is among them."""
_STATEMENTS = 5000
"""Sentences of a review that are looked at for an answer; the most seen is 1,150."""
_FEW_WORDS = 3
"""Words of such a sentence that only tells and does not judge: `발표도 했다`."""
_RESTATED = 0.9
"""Similarity from which a sentence only says the goal again, and the next ones answer."""
_AFTER_RESTATED = 3
_SHORT = 40
"""Characters: a sentence that answers for a goal of one word is no longer."""


class Statement(NamedTuple):
    """A heading or sentence of a review, with its terms."""

    text: str
    line: int
    heading: bool
    terms: tuple[str, ...]
    named: tuple[str, ...] = ()
    """Of a heading that judges: the terms that are left without the judgement."""
    opening: str = ""
    """Of a heading the first sentences under it, of a sentence those after it."""
    topic: tuple[str, ...] = ()
    """Of a sentence the terms of what it says something of."""


def statements_of(source: ReviewSource, own: OwnWords | None = None) -> tuple[Statement, ...]:
    """What a review says, but for its lists of new goals."""
    found: list[Statement] = []
    for stretch in stretches_of(source):
        if stretch.goals or stretch.kind in {"goals-how", "goals-someday"}:
            continue
        prose = document_of(source).prose_of(stretch)
        if stretch.heading:
            judges = is_sure(stretch.heading)
            found.append(
                Statement(
                    stretch.heading, stretch.line, True, terms(stretch.heading, own),
                    terms(without_verdict(stretch.heading), own) if judges else (),
                    opening_of(prose),
                )
            )  # fmt: skip
        room = max(0, _STATEMENTS - len(found))
        said = [s.text for s in prose.sentences[: room + _AFTER_RESTATED]]
        found += [
            Statement(
                s.text, s.line, False, terms(s.text, own), topic=terms(topic_of(s.text), own),
                opening=" ".join(said[n + 1 : n + 1 + _AFTER_RESTATED]),
            )
            for n, s in enumerate(prose.sentences[:room])
        ]  # fmt: skip
    return tuple(found)


def by_statement(
    goal: Sequence[str],
    statements: Sequence[Statement],
    weights: Weights,
    path: str,
    wording: str = "",
    others: frozenset[str] = frozenset(),
) -> Answer | None:
    """The heading or sentence that answers for a goal best, if any does.

    goal: its terms; wording: its text. others: the terms of the goals beside it.
    """
    if not goal:
        return None
    rarest = max(goal, key=weights.of)
    best: tuple[float, Statement, Said] | None = None
    for statement in statements:
        count = shared(goal, statement.terms)
        if count == 0:
            continue
        share = coverage(goal, statement.terms, weights)
        said = polarity(statement.text)
        if statement.named and shared(statement.named, goal) == len(set(statement.named)):
            # `수영은 끝내 배우지 못했다`: a heading made of a goal's words and a judgement.
            share = max(share, ANSWERED)
        elif is_about(statement, goal, others):
            share = max(share, ANSWERED)
        elif count == 1:
            # One word only names; a heading or a short line that is made of it answers.
            title = rarest.startswith("『")
            short = len(statement.text) <= _SHORT and (
                len(set(statement.terms)) <= _FEW_WORDS or is_sure(statement.text)
            )
            close = statement.heading or short
            if not (title or (close and len(set(goal)) == 1)) or rarest not in statement.terms:
                continue
        if share < (ANSWERED if rarest not in statement.terms else _WITH_RAREST):
            continue
        if said is None and statement.heading and share >= ANSWERED:
            said = polarity(statement.opening)
            # A long opening tells of many things, also of what was not done.
            if said == "dropped" and len(statement.opening) > 2 * _SHORT:
                said = None
        elif said is None and similarity(goal, statement.terms) >= _RESTATED:
            said = of_answer(statement.opening)
        if said is None:
            continue
        if said == "dropped" and left_undone(wording, statement.text):
            said = "kept"
        elif said == "kept" and did_after_all(wording, statement.text):
            said = "dropped"
        score = share + (0.1 if statement.heading else 0.0)
        score += 0.15 if is_sure(statement.text) else 0.0
        if best is None or score > best[0]:
            best = (score, statement, said)
    if best is None:
        return None
    score, statement, said = best
    rule = "heading" if statement.heading else "sentence"
    confidence = round(min(0.8, 0.3 + 0.5 * min(score, 1.0)), 2)
    return Answer(said, confidence, Evidence(path, statement.line, statement.text, rule))


def is_about(statement: Statement, goal: Sequence[str], others: frozenset[str]) -> bool:
    """Whether a short sentence has the goal for its topic, and judges: `적금은 절반만 성공했다`.

    others: terms of the goals beside it, which may be meant as well.
    """
    if not statement.topic or len(statement.text) > _TOPIC_LIMIT:
        return False
    if shared(statement.topic, goal) < len(set(statement.topic)):
        return False
    if shared(statement.topic, tuple(others)):
        return False
    nothing_else = shared(statement.terms, goal) == len(set(statement.terms))
    return nothing_else or is_sure(statement.text)


_TOPIC_LIMIT = 60
"""Characters of a sentence that only says how its topic went."""
_TOPIC = re.compile(
    r"^\W{0,3}(?:그리고|하지만|그래도|결국|또|the|my|our)?\s?"
    r"(?P<topic>(?:[가-힣A-Za-z0-9]{1,12}\s){0,2}[가-힣A-Za-z0-9]{1,12}?)"
    r"(?:[과와]?[은는]\s|\s(?:did|does|is|was|went|happened|never|has|got|still|remains|fell)(?![a-z]))",
    re.IGNORECASE,
)


def topic_of(text: str) -> str:
    """What a sentence says something of: `소설은 끝내 쓰지 못했다` → `소설`."""
    match = _TOPIC.match(text)
    return match["topic"] if match is not None else ""


def weights_of(statements: Sequence[Statement]) -> Weights:
    """Weights of words from a review's statements."""
    return weigh(statement.terms for statement in statements)
