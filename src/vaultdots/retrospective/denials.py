"""Goals of not doing, and of doing what else would be a failure: what a sentence says of them."""

from __future__ import annotations

import re

from vaultdots.retrospective.matching import stem_of_past, terms
from vaultdots.retrospective.verdicts import Said
from vaultdots.retrospective.words import any_of
from vaultdots.text.late import late

_UNDONE = late(
    r"(?P<verb>[가-힣]{1,6})지\s?(?:않|못|말)|(?:no|not|never|n['’]t)\s(?P<en>[a-z]{3,})"
    r"|(?<![가-힣])안\s(?P<stem>[가-힣]{1,5})기(?![가-힣])|(?<![가-힣])안\s(?P<past>[가-힣]{2,8})",
    re.IGNORECASE,
)
_DOES = late(r"([가-힣]{1,5})기(?![가-힣])")
"""The verb of a goal: `종이학 접기`."""


def _says(table: str, text: str) -> bool:
    """Whether a word of a table of `goals` stands in a text."""
    return any_of("goals", table).search(text) is not None


def refrains(goal: str) -> bool:
    """Whether a goal is one of not doing: `야식 끊기`, `No alcohol`."""
    return _says("refrains", goal)


def denied(goal: str, text: str) -> Said | None:
    """What is said of a goal that denies something: kept where the text denies the same
    (`빠지지 않기`, `한 번도 빠지지 않았다`), dropped where it tells of just that (`나가지 않기`,
    `마감 때마다 나갔다`)."""
    wanted, said = _denials(goal), _denials(text)
    if wanted & said:
        return "kept"
    if not wanted or said:
        return None
    done = any(stem_of_past(word) in wanted for word in re.findall(r"[가-힣]{2,12}", text))
    return "dropped" if done else None


def _denials(text: str) -> set[str]:
    """The verbs that a text denies."""
    found = set()
    for m in _UNDONE.finditer(text):
        verb = m["verb"] or m["en"] or m["stem"] or stem_of_past(m["past"])
        found.add(verb[-6:].casefold())
    return found


def of_goal(goal: str, text: str, said: Said | None) -> Said | None:
    """What a sentence says of just this goal, where the words alone say that it was dropped: of one
    of not doing, nothing or kept where it plainly denies (`야식 끊기`: `한 번도 안 먹었다`); of one
    whose own verb is a failure elsewhere (`종이학 접기`, `접었다`), kept where that was done."""
    if said is not None and _is_of_others(goal, text):
        return None
    if said != "dropped":
        return said
    if does_it(goal, text) or _ends_it(goal, text):
        return "kept"
    if not refrains(goal) or _says("broken", text) or not _says("denial", text):
        return said
    if _says("holds", text):
        return said
    return "kept" if _says("wholly", text) else None


def _is_of_others(goal: str, text: str) -> bool:
    """Whether a sentence tells of what other people did, and the goal is not about them."""
    who = any_of("goals", "someone").search(text)
    return who is not None and not set(terms(who[0])) & set(terms(goal))


def _ends_it(goal: str, text: str) -> bool:
    """Whether a text ends just what the goal wants less of: `Eat less sugar`, `I dropped sugar`."""
    if not refrains(goal) or _says("denial", text) or _says("went_on", text):
        return False
    ended = any_of("goals", "stopped").search(text)
    behind = text[ended.end() :][:_OBJECT] if ended is not None else ""
    return bool(set(terms(behind)) & set(terms(goal)))


_OBJECT = 30
"""Characters behind a verb in which what it is done to is named."""


def does_it(goal: str, text: str) -> bool:
    """Whether a text tells in the past of the goal's own verb, and denies nothing."""
    if any(_says(table, text) for table in ("denial", "broken", "went_on")):
        return False
    if _says("stops", goal) and _says("stopped", text):
        return True
    verbs = {verb for verb in _DOES.findall(goal) if verb not in {"하", "되"}}
    words = re.findall(r"[가-힣]{2,12}", text)
    return any(stem_of_past(w) in verbs and stem_of_past(w) != w for w in words)
