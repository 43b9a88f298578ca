"""How a later review answers for a goal: check lists, headings and sentences, and what they say.

What each of them says is `verdicts`'.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

from vaultdots.retrospective.document import document_of, stretches_of
from vaultdots.retrospective.matching import (
    pair_up,
    terms,
)
from vaultdots.retrospective.model import Evidence, OwnWords, ReviewSource
from vaultdots.retrospective.prose import Prose, descendants, plain
from vaultdots.retrospective.sections import Stretch
from vaultdots.retrospective.verdicts import (
    Said,
    by_group_word,
    by_mark,
    by_number,
    is_sure,
    name_part,
    of_answer,
    of_group,
    of_item,
    of_line,
    of_row,
    polarity,
)
from vaultdots.retrospective.words import any_of

_ITEMS = 300
"""Items of a check list that are compared with goals; the most seen is 11."""
_SHOWN = 300
"""Characters of a check list's line that are shown as evidence."""
_OPENING = 2
"""Sentences under a heading in which it is said how it went."""


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
    shown: str = ""
    """What is shown as evidence, where that is more than the name: a table's whole row."""
    topic: bool = False
    """Whether it is a heading that judges nothing itself: what stands under it comes first."""


def check_items(
    source: ReviewSource, own: OwnWords | None = None, *, headed: bool = True
) -> tuple[CheckItem, ...]:
    """The items of the lists in which a review looks back on its year's goals.

    headed: those under a heading that says so; else what is ticked, marked or measured anywhere.
    """
    found: list[CheckItem] = []
    stretches = stretches_of(source)
    for stretch, above in zip(stretches, _check_headings(stretches), strict=True):
        checks = stretch.kind == "goal-check" or above is not None
        if checks != headed or stretch.goals:
            continue
        prose = document_of(source).prose_of(stretch)
        under = f"“{stretch.heading}”"
        if not headed:
            found += _ticked(prose, under)
            continue
        one = _headed(stretch, prose, above) if above is not None else None
        if one is not None:
            found.append(one)
        label = any_of("goals", "label")
        groups = _groups(stretch, prose)
        for index, item in enumerate(prose.items):
            parent = prose.items[item.parent] if item.parent is not None else None
            top = parent is None or (parent.parent is None and label.search(parent.text))
            if not top or (label.search(item.text) and item.check is None):
                continue
            said = of_item(item, descendants(prose.items, index), groups[index])
            found.append(CheckItem(item.text, said, item.line, under))
        found += _lines_of_check(source.text, prose, under)
        for row in prose.rows[2:] if len(prose.rows) > 2 else ():
            read = of_row(prose.rows[0], row)
            if read is not None:
                cells = " · ".join(cell for cell in row.cells if cell)
                found.append(CheckItem(*read, row.line, under, cells))
    return tuple(found[:_ITEMS])


def _groups(stretch: Stretch, prose: Prose) -> list[Said | None]:
    """For each item what the heading or the line above its list says of all of it."""
    labels = [s for s in prose.sentences if s.item is None]
    said = of_group(stretch.heading)
    found: list[Said | None] = []
    at = 0
    for item in prose.items:
        while at < len(labels) and labels[at].span.start < item.span.start:
            said = of_group(labels[at].text.rstrip(":： "))
            at += 1
        found.append(said)
    return found


def _ticked(prose: Prose, under: str) -> list[CheckItem]:
    """The items and rows of any list that a box, a mark or a share judges."""
    found = []
    for item in prose.items:
        said = of_item(item, ()) if item.check is not None else by_mark(item.text)
        if item.parent is None and said is not None:
            found.append(CheckItem(item.text, said, item.line, under))
    for row in prose.rows[2:] if len(prose.rows) > 2 else ():
        read = of_row(prose.rows[0], row)
        judged = any(by_mark(f"- {cell}") or by_number(cell) for cell in row.cells)
        if read is not None and judged:
            cells = " · ".join(cell for cell in row.cells if cell)
            found.append(CheckItem(*read, row.line, under, cells))
    return found


_VERDICT = 8
"""Characters of a sentence that is nothing but a judgement: `실패.`, `Done!`."""
_BOLD_LEAD = re.compile(
    r"\s*(?P<mark>\*\*|__)(?P<name>[^*_\n]{2,120})(?P=mark)\s*(?P<said>.*)", re.DOTALL
)


def _lines_of_check(text: str, prose: Prose, under: str) -> list[CheckItem]:
    """Items that are no list's: `**German.** Not really.`, what a line or sentence tells."""
    found: list[CheckItem] = []
    loose = [s for s in prose.sentences if s.item is None]
    for number, sentence in enumerate(loose):
        lead = _BOLD_LEAD.match(text[sentence.span.start : sentence.span.end])
        if lead is None:
            said = by_mark(sentence.text) or polarity(sentence.text)
            if said is not None:
                found.append(CheckItem(sentence.text, said, sentence.line, under))
            continue
        if by_group_word(lead["name"]) is not None and not lead["said"].strip():
            continue
        after = [plain(lead["said"])]
        for later, before in zip(loose[number + 1 :], loose[number:], strict=False):
            gap = text[before.span.end : later.span.start]
            if gap.count("\n") > 1 or len(after) > _OPENING:
                break
            after.append(later.text)
        told = [part for part in after if part]
        # `3kg 빠졌다가 4kg 쪘습니다. 실패.`: a word that only judges has the last say.
        told.sort(key=lambda part: not (len(part) <= _VERDICT and is_sure(part)))
        said = next((s for s in map(of_answer, told) if s is not None), None)
        name = lead["name"].strip(" .:")
        found.append(
            CheckItem(
                name, said, sentence.line, under, " ".join([f"{name}.", *after]).replace("  ", " ")
            )
        )
    return found


def _check_headings(stretches: Sequence[Stretch]) -> list[Stretch | None]:
    """For each stretch the heading of a check list that its own heading stands under."""
    found: list[Stretch | None] = []
    check: Stretch | None = None
    for stretch in stretches:
        if check is not None and 0 < stretch.level <= check.level:
            check = None
        found.append(check if stretch.level > 0 else None)
        if check is None and stretch.kind == "goal-check" and stretch.level > 0:
            check = stretch
    return found


def _headed(stretch: Stretch, prose: Prose, above: Stretch) -> CheckItem | None:
    """A heading under the heading of a check list is an item of it: `### 2. 하프 마라톤 ✅`.

    What it says, else the first sentences under it. One that only groups a list is none.
    """
    if any_of("goals", "label").search(stretch.heading):
        return None
    opening = opening_of(prose)
    said = of_line(stretch.heading)
    if (prose.items or prose.rows) and (said is None or by_group_word(stretch.heading) is not None):
        return None
    shown = f"{stretch.heading} – {opening}" if opening else ""
    under, topic = f"“{above.heading}”", said is None
    said = said or of_answer(opening)
    return CheckItem(stretch.heading, said, stretch.line, under, shown, topic)


def opening_of(prose: Prose) -> str:
    """The first sentences of a section, which say how it went."""
    said = (sentence.text for sentence in prose.sentences if sentence.item is None)
    return " ".join(islice(said, _OPENING))


def by_check_list(
    goals: Sequence[Sequence[str]], items: Sequence[CheckItem], path: str, own: OwnWords | None
) -> dict[int, Answer]:
    """Match goals (as terms) with the items of a check list, one to one, by their meaning."""
    found = {}
    matched = _matched(goals, [item for item in items if not item.topic], own)
    left = [n for n in range(len(goals)) if n not in matched]
    topics = _matched([goals[n] for n in left], [item for item in items if item.topic], own)
    matched.update({left[n]: entry for n, entry in topics.items()})
    matched.update(_by_elimination(goals, items, matched, own))
    for index, (item, score) in matched.items():
        if item.said is not None:
            shown = (item.shown or item.text)[:_SHOWN]
            evidence = Evidence(path, item.line, shown, f"check list {item.source}")
            found[index] = Answer(item.said, round(0.6 + 0.38 * score, 2), evidence)
    return found


_ALONE = 0.3
"""Score of an item that only shares a word with one goal: its answer is the least sure one."""


def _by_elimination(
    goals: Sequence[Sequence[str]],
    items: Sequence[CheckItem],
    matched: dict[int, tuple[CheckItem, float]],
    own: OwnWords | None,
) -> dict[int, tuple[CheckItem, float]]:
    """What is left of goals and of sentences of a check list, where one shares a word with only one
    other: `I wrote nine essays` for `publish an essay a month`."""
    used = {id(item) for item, _ in matched.values()}
    left = [item for item in items if id(item) not in used and item.said is not None]
    said = [terms(item.text, own) for item in left]
    pairs = [
        (n, at)
        for n, goal in enumerate(goals)
        if n not in matched
        for at, words in enumerate(said)
        if len({w for w in words if len(w) >= _TELLS or not w.isascii()} & set(goal))
    ]
    by_goal, by_item = Counter(n for n, _ in pairs), Counter(at for _, at in pairs)
    return {n: (left[at], _ALONE) for n, at in pairs if by_goal[n] == 1 and by_item[at] == 1}


_TELLS = 4
"""Letters of a Latin word that may stand for a goal alone."""


def _matched(
    goals: Sequence[Sequence[str]], items: Sequence[CheckItem], own: OwnWords | None
) -> dict[int, tuple[CheckItem, float]]:
    whole = [terms(item.text, own) for item in items]
    short = [terms(name_part(item.text), own) for item in items]
    found = pair_up(goals, whole, short=short)
    return {index: (items[at], score) for index, (at, score) in found.items()}
