"""What is said of a goal by the scores of a unit, and whether it may be told or shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from vaultdots.retrospective.verdicts import Clause, Said
from vaultdots.retrospective.words import any_of
from vaultdots.text.tuples import NamedTuple

SAYS: tuple[Said, ...] = ("kept", "partly", "dropped")
ROLES = {
    **dict.fromkeys(("achievement", "keep", "liked"), "kept"),
    **dict.fromkeys(("failure", "problem", "lacked"), "dropped"),
}
"""Which way it went, by the kind of a heading."""
CALLED = 0.75
"""Share of a goal's letters that the name of a marked unit holds, from which the mark answers."""
_CLOSE = 0.4
"""Share of a goal's letters or words that a unit holds, from which it is shown as the closest."""
_RARE = 0.6
"""Weight of the rare words that a unit shares with a goal, of the most that counts, from which it
is shown: of a goal that is told in a long sentence it may hold little else (a book's title)."""
_CONCEDED = 0.2
"""What an attempt counts that another followed."""
OF_IT = 0.15
"""Share of a goal from which a sentence is about it, and not about the others."""
NAMED = 0.3
"""Share of a goal's words from which a sentence names it."""
_BEHIND_IT = 0.7
"""What the sentence right behind one that names the goal counts, in a paragraph about much."""
_ASIDE = 0.3
"""… and any other."""
_TOUCHES = 0.1
"""Share of a goal's letters or words below which a section holds nothing of it."""
_MOSTLY = 0.7
"""Share of what is said that calls a goal half done, from which that is what is said: readers who
call it not done then are too many in the training for the score to tell."""
_DIVIDED = 0.7
"""Twice the smaller share of what surely says kept, and of what says dropped, from which nobody
knows: of such answers to authors left out, three of ten were right."""
_SURELY = 0.35
"""Confidence that a unit is about a goal from which its mark answers, whatever it is called."""


def said_of(found: Mapping[str, float], sure: Mapping[str, float]) -> Said:
    """What is said: what a mark says, or what stands right behind the goal, or that it was done in
    part where nearly all says that, else the likeliest."""
    said = (s for sign in ("mark", "behind", "number") for s in SAYS if f"{sign}-{s}" in found)
    half = "partly" if found.get("surely-partly", 0.0) >= _MOSTLY else None
    return next(said, None) or half or max(SAYS, key=lambda said: sure[said])


def says_nothing(found: Mapping[str, float], several: bool = False) -> bool:
    """Whether nothing is said of how it went, nor by the heading: a wish said again is no
    account of it, nor are several sentences of the past below the goal's own name none of which
    judges."""
    judged = any(name.startswith(("surely-", "behind-", "number-", "mark-")) for name in found)
    thin = "bare" in found or ("same-name" in found and several and not judged)
    return thin and not found.keys() & {"head-kept", "head-dropped"}


def is_divided(said: Said, found: Mapping[str, float]) -> bool:
    """Whether what is said goes both ways, or the sentence that tells most says something else than
    what is told; a number or a word right behind the goal decides."""
    if found.keys() & {f"number-{said}", f"behind-{said}"}:
        return False
    others = any(f"first-{other}" in found for other in SAYS if other != said)
    return found.get("mixed", 0.0) >= _DIVIDED or others


def is_of_else(why: Mapping[str, float], found: Mapping[str, float]) -> bool:
    """Whether a section of the goal's heading only tells of the year: it holds nothing of the goal,
    whose own words the heading has none of, and judges nothing."""
    shared = max(why["covers"], why["holds-words"], why["heading-names-it"])
    judged = any(name.startswith(("mark-", "number-", "behind-", "surely-")) for name in found)
    return "own-section" in why and shared < _TOUCHES and not judged


def is_close(why: Mapping[str, float]) -> bool:
    """Whether a unit is named like a goal, stands under its heading, or holds its rare words: a
    word or two of every day are nothing to look at."""
    placed = why.keys() & {"same-heading", "same-name", "sums-up", "in-turn"}
    near = max(why["covers"], why["holds-words"]) >= _CLOSE
    return bool(placed) or near or why.get("shares", 0.0) >= _RARE


def is_called(why: Mapping[str, float]) -> bool:
    """Whether a unit is called as the goal is, and not as another one."""
    return min(why["name-covers"], 2 * why["name-is-covered"]) >= CALLED and "claimed" not in why


def is_marked(why: Mapping[str, float], found: Mapping[str, float], chance: float) -> bool:
    """Whether an explicit mark stands beside the goal's own name: it always answers."""
    surely = is_called(why) or ("claimed" not in why and chance >= _SURELY)
    behind = is_called(why) and found.keys() & {"behind-partly", "behind-dropped"}
    return bool(behind) or (surely and any(f"mark-{said}" in found for said in SAYS))


def odds(chance: float) -> float:
    """How many times likelier something is than not."""
    return chance / max(1e-6, 1.0 - chance)


def is_torn(said: Said, chance: float, beside: Sequence[tuple[float, Said]]) -> bool:
    """Whether a unit that is not surely about the goal has one beside it that nearly as likely is,
    and says the opposite. beside: the odds of further units, and what they say."""
    opposite = {"kept": "dropped", "dropped": "kept"}.get(said)
    return chance < _SURELY and any(
        other == opposite and 2 * share >= odds(chance) for share, other in beside
    )


class Line(NamedTuple):
    """One thing that is said of a goal. weight: how much it counts; shared: how much of the goal it
    holds."""

    clause: Clause
    weight: float
    shared: float
    sentence: str
    line: int


def last_attempt(lines: list[Line]) -> list[Line]:
    """What is told of several attempts, the last one counting: `I failed it. On the second try I
    passed.`"""
    again = any_of("goals", "retried").search
    last = max((n for n, one in enumerate(lines) if again(one.clause.text) and one.clause.said),
               default=0)  # fmt: skip
    return [one._replace(weight=one.weight * _CONCEDED) for one in lines[:last]] + lines[last:]


def naming_it(lines: list[Line]) -> list[Line]:
    """What a paragraph says that is not called by the goal: the sentences that hold nothing of it
    count little where one names it, but for the one right behind that tells of no aim by itself:
    `I wanted to move, and did. I promised myself to sleep more, and failed.`"""
    naming = {one.sentence for one in lines if one.shared >= NAMED}
    order = list(dict.fromkeys(one.sentence for one in lines))
    told = {one.sentence for one in lines if one.clause.said and one.sentence in naming}
    aims = any_of("goals", "meant").search
    behind = {
        text for text, before in zip(order[1:], order, strict=False)
        if before in naming and not (before in told and aims(text))
    }  # fmt: skip
    if not naming:
        return lines
    return [
        one if one.sentence in naming
        else one._replace(weight=one.weight * (_BEHIND_IT if one.sentence in behind else _ASIDE))
        for one in lines
    ]  # fmt: skip


def of_this(lines: Sequence[Line], by_clause: bool = False) -> list[Line]:
    """Of what is said of several goals the sentences that are about one, which no other line may
    be: else what is said of all others. by_clause: only the clauses."""
    best = max((line.shared for line in lines), default=0.0)
    if best < OF_IT:
        others = any_of("goals", "others")
        return [line for line in lines if others.search(line.clause.text.strip())]
    if by_clause:
        return [line for line in lines if 2 * line.shared >= best]
    near = {line.sentence for line in lines if 2 * line.shared >= best}
    return [line for line in lines if line.sentence in near]
