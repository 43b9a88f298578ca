"""What a box, a mark, a number or a word says of a goal: kept, partly, dropped, or nothing.

The marks and words are data (lexicon/goals.toml: mark, partly, failure, success).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from vaultdots.retrospective.matching import stem_of_past
from vaultdots.retrospective.prose import Item, Row
from vaultdots.retrospective.words import any_of, compiled, words_of

Said = str
"""`kept`, `partly`, `dropped`, or `empty`: an unticked box, which the next list decides."""

_HALF = re.compile(
    r"반만|절반|반쯤|반타작|부분적|일부만|partly|partially|halfway\b"
    r"|half(?=\s(?:of|the|done|as|finished|my|them|that)\b|\W*$)",
    re.IGNORECASE,
)
_STRUCK = re.compile(r"^\W{0,3}~~[^~]{1,300}~~")
_TAIL = re.compile(r"[:：→⇒—–]|\s-\s|=>|->|\.\.\.?\s|…")
"""What stands between a goal and what became of it."""
_PERCENT = re.compile(
    r"(?<![\d.])(?P<share>\d{1,3})(?:\.\d{1,2})?\s?(?:%|퍼센트|프로(?![가-힣])|percent)"
)
_LAST_PERCENT = re.compile(
    r"[(\[]\s?(?:약\s?)?(?P<share>\d{1,3})(?:\.\d{1,2})?\s?%[^()\[\]]{0,20}[)\]]\W*$"
)
_OF = re.compile(
    r"(?P<done>\d{1,4})\s?/\s?(?P<all>\d{1,4})\s?(?P<unit>[가-힣]{1,2}|[A-Za-z]{1,6})?"
)
_SCORE = re.compile(r"(?P<score>[01](?:\.\d{1,2})?)")
_MEASURES = re.compile(
    r"결과|달성|진행|진척|점수|여부|상태|성과|완료|score|grade|result|progress|status|done|%",
    re.IGNORECASE,
)
_NAMES_GOAL = re.compile(
    r"목표|숙제|다짐|과제|계획|약속|할\s?일|항목|내용|goal|resolution|objective|plan|item",
    re.IGNORECASE,
)


_KEY_RESULT = re.compile(r"key results?|\bKRs?\b|세부|핵심\s?결과", re.IGNORECASE)
"""The column that names what is measured, where another one groups it by objective."""


@cache
def marks() -> dict[str, Said]:
    """Mark → what it says."""
    found: dict[str, Said] = {}
    for entry in words_of("goals")["mark"]:
        for said in ("kept", "partly", "dropped", "empty"):
            found.update(dict.fromkeys(entry[said], said))
    return found


@cache
def _pictures() -> str:
    """The marks that are pictures: letters, dashes and slashes mean something only in a box."""
    return "".join(m for m in marks() if ord(m) > 0x2000)


@cache
def _last_mark() -> re.Pattern[str]:
    return re.compile(
        rf"(?:(?P<picture>[{re.escape(_pictures())}])\ufe0f?|[(\[]\s?(?P<letter>[oOxX])\s?[)\]]"
        r"|(?:[:：→]\s?|(?<=[가-힣\d])\s)(?P<bare>[OX]|(?<=[:：→\s])[ox]))(?=\W*$|\s*[(!,]|\s+\S)"
    )


@cache
def _cell_mark() -> re.Pattern[str]:
    return re.compile(rf"\W?(?P<mark>[oOxX{re.escape(_pictures())}])\ufe0f?\W?")


@cache
def _first_mark() -> re.Pattern[str]:
    return re.compile(rf"\W{{0,2}}(?P<mark>[{re.escape(_pictures())}])\ufe0f?\s")


_AND_NOT = re.compile(r"(?<=\w),?\sand\s(?:i|we)\s(?:did(?:n['’]t| not)|never)\s.*", re.I | re.S)
"""`I ran it in March, and I didn't walk once`: what comes first is what was done."""


def polarity(text: str) -> Said | None:
    """What a sentence says of what it is about: done, half done, not done, or nothing."""
    text = _AND_NOT.sub("", text)
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


_UNDONE = re.compile(
    r"(?P<verb>[가-힣]{1,6})지\s?(?:않|못)|(?:no|not|never|n['’]t)\s(?P<en>[a-z]{3,})", re.I
)


def left_undone(goal: str, text: str) -> bool:
    """Whether a text denies just what a goal denies: `빠지지 않기`, `한 번도 빠지지 않았다`."""

    def denied(said: str) -> set[str]:
        return {(m["verb"] or m["en"])[-6:].casefold() for m in _UNDONE.finditer(said)}

    return bool(denied(goal) & denied(text))


def did_after_all(goal: str, text: str) -> bool:
    """Whether a text tells of just what a goal denies: `나가지 않기`, `마감 때마다 나갔다`."""
    denied = {m["verb"] for m in _UNDONE.finditer(goal) if m["verb"]}
    if not denied or _UNDONE.search(text):
        return False
    return any(stem_of_past(word) in denied for word in re.findall(r"[가-힣]{2,12}", text))


def without_verdict(text: str) -> str:
    """A sentence without the words that judge: `일요일은 반쯤 지켰다` → `일요일은 …`."""
    for table in ("partly", "failure", "success"):
        text = any_of("goals", table).sub(" ", text)
    return text


def by_mark(text: str) -> Said | None:
    """What a mark behind a goal, or at the line's beginning, says: `하프 마라톤 ✅ 2시간`."""
    last = _last_mark().search(text)
    if last is not None and any(c.isalpha() for c in text[: last.start()]):
        if last["picture"]:
            return marks().get(last["picture"])
        # Written out behind a goal, `X` is a cross; only in a box it is a tick.
        return "dropped" if (last["letter"] or last["bare"]) in "xX" else "kept"
    first = _first_mark().match(text)
    return marks().get(first["mark"]) if first is not None else None


def name_part(text: str) -> str:
    """The part of a check list's line that names the goal: `요가 X (3개월)` → `요가`."""
    marked = _last_mark().search(text)
    if marked is not None and any(c.isalpha() for c in text[: marked.start()]):
        text = text[: marked.start()]
    name = _TAIL.split(text, maxsplit=1)[0]
    return name if any(c.isalpha() for c in name) else text


def _of_share(share: float) -> Said:
    return "kept" if share >= 1 else "partly" if share > 0 else "dropped"


def by_number(text: str, *, measures: bool = False) -> Said | None:
    """What a share says: `75%`, `9/12편`. measures: the text is a cell of a column of results,
    where `9/12` is no date and `0.7` a score."""
    percent = _PERCENT.search(text)
    if percent is not None:
        return _of_share(int(percent["share"]) / 100)
    of = _OF.fullmatch(text.strip(" ().~≈")) if len(text) < _OF_LIMIT else None
    if of is not None and int(of["all"]) > 0 and (of["unit"] or measures):
        return _of_share(int(of["done"]) / int(of["all"]))
    score = _SCORE.fullmatch(text.strip()) if measures else None
    return _of_share(float(score["score"])) if score is not None else None


_OF_LIMIT = 40
"""Characters: a longer text is a sentence with a fraction, or a date, in it."""


def of_item(item: Item, below: Sequence[Item], group: Said | None = None) -> Said | None:
    """What an item of a check list says: its box, else a mark, a share, its words, its details'.

    group: what the label above it says of all its items.
    """
    said = marks().get(item.check) if item.check is not None else None
    if said in {"empty", None}:
        share = _LAST_PERCENT.search(item.text)
        if share is not None:
            return _of_share(int(share["share"]) / 100)
        if _HALF.search(item.text):
            return "partly"
    if _STRUCK.search(item.raw) and said != "kept":
        return "dropped"
    if said is not None:
        return said
    if group is not None:
        return by_mark(item.text) or group
    return of_line(item.text) or next((p for sub in below if (p := of_line(sub.text))), None)


def of_line(text: str) -> Said | None:
    """What a line says that names a goal first: by a mark, a share, or words."""
    marked = by_mark(text)
    if marked is not None:
        return marked
    tail = _TAIL.split(text, maxsplit=1)
    if len(tail) > 1:
        return of_answer(tail[1]) or polarity(text)
    share = _LAST_PERCENT.search(text)
    return _of_share(int(share["share"]) / 100) if share is not None else polarity(text)


@cache
def _groups() -> tuple[tuple[Said, re.Pattern[str]], ...]:
    return tuple(
        (str(entry["said"]), compiled([str(entry["word"])])) for entry in words_of("goals")["group"]
    )


_LABEL_LIMIT = 24
"""Characters of a label over a group: more is a sentence."""


def of_group(label: str) -> Said | None:
    """What a label says of all the items under it: `못 이룬 것`, `✅ Done`."""
    return by_group_word(label) or (by_mark(label) if len(label) <= _LABEL_LIMIT else None)


def by_group_word(label: str) -> Said | None:
    """What the words of such a label say, its marks aside."""
    if len(label) > _LABEL_LIMIT:
        return None
    return next((said for said, pattern in _groups() if pattern.search(label)), None)


def of_answer(text: str) -> Said | None:
    """What is said behind a goal: a share, an answer's first word, else the words' polarity."""
    number = by_number(text)
    if number is not None:
        return number
    if any_of("goals", "partly").search(text):
        return "partly"
    for said, pattern in _answers():
        if pattern.search(text):
            return said
    return polarity(text)


def after_name(text: str) -> Said | None:
    """What an answer says that stands behind a name: `Running: miss.`; None without one."""
    tail = _TAIL.split(text, maxsplit=1)
    if len(tail) < 2:
        return None
    first = next((said for said, pattern in _answers() if pattern.search(tail[1])), None)
    return first or by_number(tail[1]) or (polarity(tail[1]) if is_sure(tail[1]) else None)


@cache
def _answers() -> tuple[tuple[Said, re.Pattern[str]], ...]:
    return tuple(
        (str(entry["said"]), compiled([str(entry["word"])]))
        for entry in words_of("goals")["answer"]
    )


def of_row(header: Row, row: Row) -> tuple[str, Said | None] | None:
    """A table's row: the goal that it names, and what its other cells say of it."""
    cells = row.cells
    found = [_cell_mark().fullmatch(cell) for cell in cells]
    worded = [
        n for n, cell in enumerate(cells) if found[n] is None and any(c.isalpha() for c in cell)
    ]
    called = [
        n
        for name in (_KEY_RESULT, _NAMES_GOAL)
        for n, cell in enumerate(header.cells)
        if name.search(cell) and n in worded
    ]
    if not worded:
        return None
    at = called[0] if called else worded[0]
    rest = [n for n in range(len(cells)) if n != at and cells[n] and n >= min(at, worded[0])]
    for n in rest:
        mark = found[n]
        if mark is not None:
            # In a table of ticks `X` stands for a cross, not for a tick.
            return cells[at], "dropped" if mark["mark"] in "xX" else marks()[
                mark["mark"].casefold()
            ]
    for n in rest:
        measures = n < len(header.cells) and _MEASURES.search(header.cells[n]) is not None
        if measures or by_number(cells[n]) is not None:
            said = by_mark(cells[n]) or by_number(cells[n], measures=measures) or polarity(cells[n])
            if said is not None:
                return cells[at], said
    return cells[at], by_mark(cells[at]) or polarity(" ".join(cells[n] for n in rest))
