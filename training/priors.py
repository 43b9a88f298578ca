"""What weights are before any label is seen: what a mark, a heading or a name means to any reader.
Few authors write in each form; what none of a fold's does keeps these weights."""

from __future__ import annotations

UNIT = {
    "covers": 1.0, "shares": 2.0, "holds-words": 0.5, "name-is-covered": 1.0, "same-name": 1.0,
    "marked-name": 1.0, "bare-name": -2.0, "claimed": -2.0, "sums-up": 3.0, "most": 1.0,
    "ahead-of": 1.0, "beside": 0.5, "same-heading": 2.0, "own-section": 2.0, "in-turn": 4.0,
    "in-role": 0.5, "under-check": 0.5, "judges": 0.5, "tells": 0.5,
    "says-ahead": -0.5, "in-one": 1.0, "meant": 3.0,
}  # fmt: skip
_KEPT = {
    "mark-kept": 3.0, "mark-partly": -1.5, "mark-dropped": -3.0, "number-kept": 1.5,
    "number-partly": -1.5, "number-dropped": -2.0, "behind-kept": 2.0, "behind-partly": -2.0,
    "behind-dropped": -2.0, "says-kept": 1.0, "says-partly": -1.0, "says-dropped": -1.0,
    "surely-kept": 1.0, "surely-partly": -1.0, "surely-dropped": -1.0,
    "first-kept": 0.5, "first-partly": -0.5, "first-dropped": -0.5,
    "head-kept": 1.5, "head-dropped": -2.0, "empty": -1.0,
}  # fmt: skip
_PARTLY = {
    "mark-partly": 3.0, "mark-kept": -1.5, "mark-dropped": -1.5, "number-partly": 1.5,
    "number-kept": -1.0, "behind-partly": 2.0, "behind-kept": -1.0, "behind-dropped": -1.0,
    "says-partly": 1.0, "surely-partly": 1.0, "first-partly": 0.5, "head-dropped": -0.5,
    "mixed": 2.0,
}  # fmt: skip
_DROPPED = {
    "mark-dropped": 3.0, "mark-kept": -3.0, "mark-partly": -1.5, "number-dropped": 1.5,
    "number-kept": -2.0, "behind-dropped": 2.0, "behind-kept": -2.0, "behind-partly": -1.0,
    "says-dropped": 1.0, "says-kept": -1.0, "surely-dropped": 1.0, "surely-kept": -1.0,
    "says-partly": -0.5, "surely-partly": -0.5, "first-partly": -0.5,
    "first-dropped": 0.5, "first-kept": -0.5, "head-dropped": 2.0, "head-kept": -1.5, "empty": 1.0,
}  # fmt: skip
SAID = {"kept": _KEPT, "partly": _PARTLY, "dropped": _DROPPED}
TOLD = {
    "aligned": 3.0, "certain": 3.0, "torn": -2.0, "agreed": 1.0, "alone": 1.0,
    "holds-words": 1.0, "marked": 2.0, "behind": 1.5, "counted": 2.0,
    "in-role": 2.0, "judged": 0.5, "claimed": -4.0, "same-name": 1.0, "bare": -2.0, "most": 0.5,
    "shares": 1.0, "same-heading": 2.0, "says-ahead": -0.5,
    "surely": 1.0, "tells": 0.5, "sums-up": 2.0,
    "in-turn": 1.0, "meant": 2.0,
}  # fmt: skip

REVIEW = {
    "goals-and-account": 1.0, "opens-back": 1.0, "opens-back-twice": 1.0, "two-look-back": 1.0,
    "year-over": 1.0, "looks-ahead": 0.5, "only-goals": -2.0, "only-period": -1.0,
    "names-a-task": -2.0, "not-over": -2.0, "goals-of-last-year": 2.0, "weighs-goals": 1.0,
}  # fmt: skip
GOAL_ITEM = {
    "under-goals": 2.0, "item-of-goals": 1.0, "announced-item": 2.5, "announced": 1.0,
    "of-groups": 2.0, "groups": -3.0, "heading-ahead": 1.0, "plan-form": 1.0, "siblings-plan": 0.5,
    "empty-box": 1.0, "marked": -1.0, "siblings-marked": -0.5, "only-told-of-goals": -1.0,
    "under-check": -0.5, "asks": -1.0, "is-label": -1.0, "leaf-of-goals": 1.5, "of-a-field": -1.0,
    "part": 1.5, "pointed-at": 3.0, "address": -2.0,
    "names-field": -2.0, "of-the-past": -1.0,
}  # fmt: skip
GOAL_PROSE = {
    "under-goals": 1.0, "ahead": 0.5, "ahead-and-will": 1.0, "goals-and-will": 1.0, "intends": 0.5,
    "no-will": -1.0, "all-past": -1.0, "no-goal": -1.0, "asks": -1.0, "counts-goals": -1.0,
    "guesses": -0.5, "hopes": -1.0,
}  # fmt: skip
