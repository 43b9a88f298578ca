"""What signs say of a goal: an icon, a share, what stands behind an arrow, numbers beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vaultdots.retrospective.document import Unit, result_of
from vaultdots.retrospective.modals import is_past
from vaultdots.retrospective.sections import Stretch
from vaultdots.retrospective.verdicts import (
    Said,
    after_name,
    at_last,
    by_bracket,
    by_mark,
    by_number,
    by_points,
    is_of_else,
    is_sure,
    marks,
    name_part,
    of_answer,
)
from vaultdots.retrospective.words import any_of, each_of
from vaultdots.text.late import late
from vaultdots.text.names import nfc

_SEEN = 600
"""Characters of a text that are compared."""
NUMBER = late(
    r"(?<![\d.,/-])(\d{1,3}(?:,\d{3})+|\d{1,5})"
    r"(?:\s?(?P<unit>[가-힣]{1,2}|[A-Za-z]{2,}|[冊回本枚点個件人台杯曲記円歳km%]))?"
)


def bare_of(text: str) -> str:
    """A text's letters and digits alone, case folded."""
    return re.sub(r"[\W_]+", "", nfc(text[:_SEEN]).casefold())


_ICON = late(r"fa-(?P<name>[a-z]+)|title=[\"'](?P<title>[A-Za-z -]+)[\"']")


def by_icon(raw: str) -> Said | None:
    """What an icon inside a line says: `<i class="fa fa-check" title="Done">`."""
    for match in _ICON.finditer(raw[:1200]):
        name = match["name"] or match["title"]
        for entry, word in each_of("goals", "icon"):
            if word.match(name):
                return str(entry["said"])
    return None


_ARROW = late(r"(?:→|⇒|=>|->|➡)\ufe0f?\s*(?P<said>[^→⇒>]{1,24})$")


def behind_arrow(text: str) -> Said | None:
    """What stands behind an arrow at the end of a line: `논문 쓰기 → 연기`."""
    match = _ARROW.search(text[-60:])
    if match is None or any_of("goals", "undecided").search(match[0]):
        return None
    return of_answer(match["said"].strip())


_SHARE = late(r"(?<![\d.])(\d{1,3})(?:\.\d+)?\s?%(?=[)\]）]|(?P<behind>[^%]{0,24})$)")


def by_share(text: str) -> Said | None:
    """A percentage at the end of a line, or in brackets: `(75%)`."""
    match = _SHARE.search(text, max(0, len(text) - 24))
    if match is None or is_of_else(text[: match.start()], text[match.end() :]):
        return None
    if match["behind"] and not any_of("goals", "of_share").fullmatch(match["behind"]):
        return None
    share = int(match[1])
    return "kept" if share >= 90 else "partly" if share >= 15 else "dropped"


_BRIEF = 40
"""Characters behind a restated goal that say no more than how it went, or before a count."""


def after_goal(text: str, goal: str) -> str:
    """What follows a restated goal."""
    left = len(bare_of(goal))
    for position, char in enumerate(text):
        if left <= 0:
            behind = text[position:]
            return re.sub(r"^[^\W_]+", "", behind) if text[:1].isascii() else behind
        if re.match(r"[^\W_]", char):
            left -= 1
    return ""


def by_numbers(goal: str, text: str, *, other: bool = False) -> Said | None:
    """What the numbers say: 31 books of 52 is no goal kept, 10 posts of 12 is half of it. other:
    the goal's own number, said again, is none."""
    wanted = [(_count(m[1]), m["unit"] or "") for m in NUMBER.finditer(goal)]
    wanted = [(n, u) for n, u in wanted if n > 1 and not 1990 <= n <= 2100]
    if len(wanted) != 1:
        return None
    aim, unit = wanted[0]
    part, text = _part_of(aim, unit, text)
    if part is not None:
        return _reached(part, aim)
    for match in NUMBER.finditer(text):
        done, of = _count(match[1]), match["unit"] or ""
        year = 1990 <= done <= 2100 and "," not in match[1]
        if year or not unit or not of or (other and done == aim):
            continue
        if _stem(unit) == _stem(of) and done <= 20 * aim:
            return _reached(done, aim)
    return None


def _part_of(aim: int, unit: str, text: str) -> tuple[int | None, str]:
    """How much of an aim a sentence says was done (`9 of 12`), and what else it says. Not how much
    where it speaks of another unit, of what was left out or what those are, or goes on with how the
    rest was done."""
    found = any_of("goals", "of_aim").search(text)
    if found is None or int(found["aim"]) != aim or int(found["done"]) > aim:
        return None, text
    before, behind = text[: found.start()], text[found.end() :]
    counted = NUMBER.match(text, found.start("aim"))
    of = (counted["unit"] or "") if counted is not None else ""
    other = bool(of and unit) and not of.isascii() and _stem(of) != _stem(unit)  # `12월 중 3권`
    again = any(int(m[0]) == aim for m in _DIGITS.finditer(behind))
    left = any_of("goals", "left_before").search(before[-_BRIEF:])
    left = left or any_of("goals", "left_behind").match(behind)
    left = left or any_of("goals", "of_rest").search(behind)
    if other or left is not None or (again and int(found["done"]) < aim):
        return None, f"{before} {_UNIT.sub('', behind)}"
    return int(found["done"]), text


_UNIT = late(r"^\s?[^\W\d_]*")
_DIGITS = late(r"(?<![\d.,])\d{1,5}(?![\d.,]*\d)")


def _reached(done: int, aim: int) -> Said:
    return "kept" if done >= aim else "partly" if 2 * done >= aim else "dropped"


def _count(number: str) -> int:
    return int(number.replace(",", ""))


def share_of(goal: str, text: str) -> Said | None:
    """What a share says of a goal that names one itself: 31% of 30% is kept."""
    return by_numbers(goal, text) if re.search(r"\d\s?%", goal) else None


def short_of(goal: str, rest: str) -> Said | None:
    """What a number right behind a restated goal says of its own: `책 12권 → 10권 읽었다`."""
    if len(rest) > _BRIEF or of_answer(rest) != "kept":
        return None
    reached = by_numbers(goal, rest)
    return reached if reached != "kept" else None


def is_explicit(unit: Unit) -> bool:
    """Whether a box, a sign or a struck line marks a unit, whatever its words say."""
    text = unit.text[:_SEEN]
    marked = unit.check or _STRUCK.search(unit.raw) or by_icon(unit.raw)
    marked = marked or by_mark(text) or by_bracket(text)
    return bool(marked) or unit.kind == "row"


def _stem(unit: str) -> str:
    unit = unit.casefold()
    return unit.removesuffix("s") if unit.isascii() else unit[:1]


_STRUCK = late(r"^\W{0,3}~~[^~]{1,300}~~")
_CELL = late(r"\W?[oOxX○◯〇△▲×✗✕✖✅❌⭕]\ufe0f?\W?")
_LINE = 160
"""Characters of a paragraph that may be a line of a check list."""


def strikes_done(units: Sequence[Unit]) -> bool:
    """Whether a review says that the lines it strikes are done."""
    if not any("~~" in unit.raw for unit in units):
        return False
    said = (s.text for unit in units if unit.kind == "paragraph" for s in unit.sentences)
    return any(map(any_of("goals", "struck_done").search, said))


def mark_of(unit: Unit, stretch: Stretch, struck_done: bool = False) -> Said | None:
    """What a box, a mark, a struck line, a share or a table's cell says of a unit. struck_done: the
    review says that it strikes what is done."""
    if unit.kind == "row":
        return _of_cells(unit)
    said = marks().get(unit.check) if unit.check else None
    struck = _STRUCK.search(unit.raw)
    if struck is not None and said != "kept":
        behind = unit.raw[struck.end() :][:_SEEN]
        # Some strike what they gave up, some what is done: what stands behind it says which.
        sure = of_answer(behind) if is_sure(behind) else None
        done = by_mark(unit.text[:_SEEN]) == "kept" or sure == "kept" or struck_done
        return "kept" if done and sure != "dropped" else "dropped"
    if said not in {None, "empty"}:
        return said
    if unit.kind == "paragraph" and len(unit.text) > _LINE and not unit.lead:
        # A sign in running text marks nothing.
        return by_icon(unit.raw) or by_bracket(unit.sentences[0].text if unit.sentences else "")
    text = unit.text[:_SEEN]
    found = by_icon(unit.raw) or by_mark(text) or by_bracket(text)
    found = found or by_share(unit.text) or by_points(unit.text)
    found = found or behind_arrow(unit.text)
    if found is not None:
        return found
    if stretch.kind == "goal-check" or unit.check:
        found = after_name(text)
    return found or said


def of_group(unit: Unit, said: Said | None) -> Said | None:
    """What the label over a group says of an item: `진행 중`, `Little to no progress`; nothing
    where the item says the opposite behind its name, and of a goal in part that as a whole."""
    if said is None or unit.kind != "item":
        return None
    first = next(
        (s.text for s in unit.sentences if s.text.strip(" .:") != unit.lead.strip(" .:")), ""
    )
    behind = first[len(name_part(first)) :]
    # A name's own words judge nothing (`Learn to fail fast`): only a sentence of the past does.
    told = behind if any(map(str.isalpha, behind)) else first if is_past(first) else ""
    own = at_last(told) if is_sure(told) else None
    if said == "partly":
        return own if own and any_of("goals", "whole").search(told.lstrip(_APART)) else said
    return said if own in {None, said} else None


_APART = " :：→⇒=>-—–.…"
"""What stands between a name and what is said of it."""


def by_label(text: str) -> Said | None:
    """What a line that is called a verdict says, read to its end: `Verdict: failed`; nothing where
    its parts say different things."""
    label = any_of("goals", "verdict_label").match(text)
    if label is None:
        return None
    parts = [part.strip() for part in _PART.split(text[label.end() :].strip(" *_"))]
    told = [part for part in parts if not any_of("goals", "someone").search(part)]
    said = {_of_part(part, alone=len(parts) == 1) for part in told} - {None}
    return said.pop() if len(said) == 1 else None


def is_torn_label(text: str) -> bool:
    """Whether a line that is called a verdict says nothing, or different things."""
    return any_of("goals", "verdict_label").match(text) is not None and by_label(text) is None


_PART = late(r"[,;.!?。、！？…]+(?:\s+|$)|\s[—–-]\s")


def _of_part(text: str, *, alone: bool) -> Said | None:
    """What a part of a verdict says; only alone it may begin with its answer: `no injuries`."""
    if alone or " " not in text:
        return of_answer(text)
    number = by_number(text)
    return number if number is not None else at_last(text) if is_sure(text) else None


def sign_of(unit: Unit, stretch: Stretch) -> Said | None:
    """What a box, a sign, a struck line or a column of results says of a unit; its words and
    numbers, which may be those of the goal, say nothing."""
    if unit.kind == "row":
        return _of_signs(unit)
    return mark_of(unit, stretch) if is_explicit(unit) else None


def _of_signs(row: Unit) -> Said | None:
    for cell in row.cells:
        mark = cell.strip(" \ufe0f*`")
        if len(mark) == 1 and _CELL.fullmatch(mark):
            # In a table of ticks `X` stands for a cross, not for a tick.
            return "dropped" if mark in "xX" else marks().get(mark.casefold())
    told = result_of(row)
    return of_answer(told) if told and is_sure(told) else None


def _of_cells(row: Unit) -> Said | None:
    said = _of_signs(row)
    if said is not None:
        return said
    shares = (by_share(cell) or by_number(cell) for cell in row.cells[1:])
    return next((said for said in shares if said is not None), None)


def as_marked(unit: Unit) -> str:
    """A unit as it is quoted: `[x] 운동`, `~~수영~~`."""
    struck = _STRUCK.search(unit.raw) is not None and "~~" not in unit.text
    text = f"~~{unit.text}~~" if struck else unit.text
    if unit.check is None:
        return text
    return f"[{unit.check}] {text}" if unit.check.isascii() else f"{unit.check} {text}"
