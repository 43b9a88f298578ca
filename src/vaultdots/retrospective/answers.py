"""How a later review answers for a goal: check lists, headings and sentences, and what they say.

What a box, a mark or a word says is data (lexicon/goals.toml: mark, partly, failure, success).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from vaultdots.retrospective.matching import Weights, coverage, pair_up, shared, terms, weigh
from vaultdots.retrospective.model import Evidence, OwnWords, ReviewSource
from vaultdots.retrospective.prose import Item, descendants, hidden_spans, read_prose
from vaultdots.retrospective.sections import Stretch, stretches_of
from vaultdots.retrospective.words import any_of, compiled, words_of
from vaultdots.text.spans import Lines, Span

Said = str
"""`kept`, `partly`, `dropped`, or `empty`: an unticked box, which the next list decides."""

ANSWERED = 0.6
"""Share of a goal's meaning that a sentence must hold to be taken for its answer."""
_WITH_RAREST = 0.5
"""… or this share, when the goal's rarest word is among them."""
_ITEMS = 300
"""Items of a check list that are compared with goals; the most seen is 11."""
_STATEMENTS = 5000
"""Sentences of a review that are looked at for an answer; the most seen is 1,150."""
_SHORT = 40
"""Characters: a sentence that answers for a goal of one word is no longer."""
_HALF = re.compile(
    r"반만|절반|반쯤|반타작|부분적|일부만|partly|partially|half(?:way)?\b", re.IGNORECASE
)
_STRUCK = re.compile(r"^\W{0,3}~~[^~]{1,300}~~")
_TABLE_MARK = re.compile(r"^\W?(?P<mark>[oOxX✓✔✅❌△▲⭕])\W?$")


class Answer(NamedTuple):
    """What a review says of a goal, how surely, and where."""

    said: Said
    confidence: float
    evidence: Evidence


class CheckItem(NamedTuple):
    """An item of a list that looks back on goals. said: None where it says nothing either way."""

    text: str
    said: Said | None
    line: int
    source: str


@cache
def _marks() -> dict[str, Said]:
    found: dict[str, Said] = {}
    for entry in words_of("goals")["mark"]:
        for said in ("kept", "partly", "dropped", "empty"):
            found.update(dict.fromkeys(entry[said], said))
    return found


def polarity(text: str) -> Said | None:
    """What a sentence says of what it is about: done, half done, not done, or nothing."""
    if any_of("goals", "partly").search(text):
        return "partly"
    if any_of("goals", "failure").search(text):
        return "dropped"
    return "kept" if any_of("goals", "success").search(text) else None


def is_sure(text: str) -> bool:
    """Whether a sentence judges (`해냈다`, `반만`) rather than only tells of the past."""
    return bool(
        _sure_success().search(text)
        or any_of("goals", "partly").search(text)
        or any_of("goals", "failure").search(text)
    )


@cache
def _sure_success() -> re.Pattern[str]:
    return compiled(str(e["word"]) for e in words_of("goals")["success"] if e.get("surely"))


def check_items(source: ReviewSource, own: OwnWords | None = None) -> tuple[CheckItem, ...]:
    """The items of the lists in which a review looks back on its year's goals."""
    lines = Lines.of(source.text)
    hidden = hidden_spans(source.note)
    found: list[CheckItem] = []
    for stretch in stretches_of(source, own):
        if stretch.kind != "goal-check":
            continue
        prose = read_prose(source.text, stretch.span, lines, hidden)
        label = any_of("goals", "label")
        for index, item in enumerate(prose.items):
            parent = prose.items[item.parent] if item.parent is not None else None
            top = parent is None or (parent.parent is None and label.search(parent.text))
            if not top or (label.search(item.text) and item.check is None):
                continue
            below = descendants(prose.items, index)
            found.append(
                CheckItem(item.text, _said(item, below), item.line, f"“{stretch.heading}”")
            )
        for row in prose.rows[2:] if len(prose.rows) > 2 else ():
            marks = [_TABLE_MARK.match(cell) for cell in row.cells]
            said = next((_marks().get(m["mark"].casefold()) for m in marks if m), None)
            named = [c for c, m in zip(row.cells, marks, strict=True) if m is None and c]
            if named:
                # In a table of ticks `X` stands for a cross, not for a tick.
                crossed = any(m and m["mark"] in "xX" for m in marks)
                verdict = "dropped" if crossed else said or polarity(" ".join(named[1:]))
                found.append(CheckItem(named[0], verdict, row.line, f"“{stretch.heading}”"))
    return tuple(found[:_ITEMS])


def _said(item: Item, below: Sequence[Item]) -> Said | None:
    """What an item says: its box, else its words, else those of its details."""
    said = _marks().get(item.check) if item.check is not None else None
    if said in {"empty", None} and _HALF.search(item.text):
        return "partly"
    if _STRUCK.search(item.raw) and said != "kept":
        return "dropped"
    if said is not None:
        return said
    tail = re.split(r"[:：→—–]|\s-\s|=>|->", item.text, maxsplit=1)
    words = polarity(tail[1]) if len(tail) > 1 else polarity(item.text)
    if words is not None:
        return words
    return next((p for sub in below if (p := polarity(sub.text)) is not None), None)


def by_check_list(
    goals: Sequence[Sequence[str]], items: Sequence[CheckItem], path: str, own: OwnWords | None
) -> dict[int, Answer]:
    """Match goals (as terms) with the items of a check list, one to one, by their meaning."""
    found = {}
    for index, (at, score) in pair_up(goals, [terms(item.text, own) for item in items]).items():
        item = items[at]
        if item.said is not None:
            evidence = Evidence(path, item.line, item.text, f"check list {item.source}")
            found[index] = Answer(item.said, round(0.6 + 0.38 * score, 2), evidence)
    return found


class Statement(NamedTuple):
    """A heading or sentence of a review, with its terms."""

    text: str
    line: int
    heading: bool
    terms: tuple[str, ...]


def statements_of(source: ReviewSource, own: OwnWords | None = None) -> tuple[Statement, ...]:
    """What a review says, but for its lists of new goals."""
    lines = Lines.of(source.text)
    hidden = hidden_spans(source.note)
    found: list[Statement] = []
    for stretch in stretches_of(source, own):
        if stretch.goals or stretch.kind in {"goals-how", "goals-someday"}:
            continue
        if stretch.heading:
            found.append(
                Statement(stretch.heading, stretch.line, True, terms(stretch.heading, own))
            )
        prose = read_prose(source.text, _span(stretch), lines, hidden)
        room = max(0, _STATEMENTS - len(found))
        found += [
            Statement(s.text, s.line, False, terms(s.text, own)) for s in prose.sentences[:room]
        ]
    return tuple(found)


def _span(stretch: Stretch) -> Span:
    return stretch.span


def by_statement(
    goal: Sequence[str], statements: Sequence[Statement], weights: Weights, path: str
) -> Answer | None:
    """The heading or sentence that answers for a goal best, if any does."""
    if not goal:
        return None
    rarest = max(goal, key=weights.of)
    best: tuple[float, Statement, Said] | None = None
    for statement in statements:
        count = shared(goal, statement.terms)
        if count == 0:
            continue
        share = coverage(goal, statement.terms, weights)
        if count == 1:
            # One word only names; a heading or a short line that is made of it answers.
            title = rarest.startswith("『")
            close = statement.heading or len(statement.text) <= _SHORT
            if not (title or (close and len(set(goal)) == 1)) or rarest not in statement.terms:
                continue
        if share < (ANSWERED if rarest not in statement.terms else _WITH_RAREST):
            continue
        said = polarity(statement.text)
        if said is None:
            continue
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


def weights_of(statements: Sequence[Statement]) -> Weights:
    """Weights of words from a review's statements."""
    return weigh(statement.terms for statement in statements)
