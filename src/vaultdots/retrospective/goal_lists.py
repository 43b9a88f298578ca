"""The form of the lists that goals stand in, and of what stands under their items."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vaultdots.retrospective.contents import is_plan
from vaultdots.retrospective.document import Unit
from vaultdots.retrospective.modals import is_past, strength_of
from vaultdots.retrospective.verdicts import by_mark, marks
from vaultdots.text.late import late

_SENTENCE_END = late(
    r"(?<![가-힣.?!…~])[.!?…。！？~]+\W*$|[가-힣](?:다|요|죠|네|까|나|지만|어서|면서|니까|거나|때문에?)\W*$"
    r"|(?:ので|から|たい|ない|ます|です|かな|いる|けど|ため)\W*$"
)
_GOAL = "목표|숙제|다짐|과제|goal|resolution|目標"
NAMES_GOAL = late(_GOAL, re.IGNORECASE)
"""Words that call a goal one."""
HEADS_GOALS = late(f"{_GOAL}|습관|habit|objective|習慣", re.IGNORECASE)
"""What a table's column of goals is called."""
SEEN = 600
"""Characters of a unit whose form is looked at."""


def tells(unit: Unit) -> bool:
    """Whether what stands under an item says something about it in a sentence; one that says what
    will be done is a goal of its own."""
    if unit.kind != "item":
        return True
    said = unit.text[-SEEN:]
    if is_plan(said) or any(strength_of(part) is not None for part in parts_of(unit)):
        return False
    return _SENTENCE_END.search(said) is not None or is_past(said)


def parts_of(unit: Unit) -> list[str]:
    """The sentences of a unit, of one that never ends its last characters: what it says of the
    time to come stands there."""
    return [s.text[-SEEN:] for s in unit.sentences] or [unit.text[:SEEN]]


def of_list(tops: Sequence[Unit]) -> dict[str, float]:
    """The features of a list that all its items share."""
    found: dict[str, float] = {}
    count = max(1, len(tops))
    said = [marks().get(u.check) if u.check else by_mark(u.text) for u in tops]
    if any(s not in {None, "empty"} for s in said):
        found["siblings-marked"] = 1.0
    plans = sum(1 for u in tops if is_plan(u.lead or u.text)) / count
    if plans >= 0.5:
        found["siblings-plan"] = 1.0
    return found
