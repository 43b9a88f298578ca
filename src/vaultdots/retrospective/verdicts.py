"""What a box, a mark, a number or a word says of a goal: kept, partly, dropped, or nothing.

The marks and words are data (lexicon/goals.toml: mark, partly, failure, success).
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import pairwise

from vaultdots.retrospective.modals import is_done, is_past, strength_of
from vaultdots.retrospective.words import any_of, each_of, words_of
from vaultdots.text.late import late
from vaultdots.text.tuples import NamedTuple

Said = str
"""`kept`, `partly`, `dropped`, or `empty`: an unticked box, which the next list decides."""

_KEPT = 4_096
"""Texts of which it is kept what they say: a sentence is asked for each goal."""
_STRUCK = late(r"^\W{0,3}~~[^~]{1,300}~~")
_TAIL = late(r"[:：→⇒—–]|\s-\s|=>|->|\.\.\.?\s|…")
"""What stands between a goal and what became of it."""
_PERCENT = late(
    r"(?<![\d.])(?P<share>\d{1,3})(?:\.\d{1,2})?\s?(?:%|퍼센트|프로(?![가-힣])|percent)"
)
_OF = late(r"(?P<done>\d{1,4})\s?/\s?(?P<all>\d{1,4})\s?(?P<unit>[가-힣]{1,2}|[A-Za-z]{1,6})?")
_SCORE = late(r"(?P<score>[01](?:\.\d{1,2})?)")
_POINTS = late(r"[(（](?P<done>\d{1,3}(?:\.\d{1,2})?)\s?/\s?(?P<all>1|100)[)）]\W*$")
"""Points at the end of what is said: `(0.5/1)`, `(80/100)`."""


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


_FORM = "[\ufe0f\u200d\u2640\u2642\U0001f3fb-\U0001f3ff]*"
"""What gives a picture another form: a colour of skin, a sex."""


@cache
def _last_mark() -> re.Pattern[str]:
    return re.compile(
        rf"(?:(?P<picture>[{re.escape(_pictures())}]){_FORM}|[(\[（]\s?(?P<letter>[oOxX×])\s?[)\]）]"
        r"|(?:[:：→]\s?|(?<=[가-힣ぁ-んァ-ヶ一-龠\d])\s)(?P<bare>[OX×]|(?<=[:：→\s])[ox]))(?=\W*$|\s*[(!,]|\s+\S)"
    )


@cache
def _first_mark() -> re.Pattern[str]:
    pictures = re.escape(_pictures())
    return re.compile(
        rf"\W{{0,2}}(?:\w{{1,16}}\]\W{{0,3}})?"  # `[life] (△) …`
        rf"(?P<mark>[{pictures}]|(?<=[(（\[])×){_FORM}(?:\s|[)）\]]\s?(?=\S))"
    )


_TURNED = 0.6
"""What a clause counts that another follows: `I began well, but …`."""
_CONCEDED = 0.3
"""What a clause that is conceded counts."""


class Clause(NamedTuple):
    """A part of a sentence that may say something else than the rest: `While I didn't sell any, I
    built the shop`. counts: how much; sure: in words that judge; of_goal: it judges the goal
    itself; done: it tells of what was done."""

    text: str
    counts: float
    said: Said | None
    sure: bool
    of_goal: bool
    done: bool


@lru_cache(_KEPT)
def clauses(sentence: str) -> tuple[Clause, ...]:
    """The clauses of a sentence that hold words."""
    conceded = any_of("goals", "concession").match(sentence)
    end = conceded.end() if conceded is not None else 0
    cuts = [end, *(m.end() for m in any_of("goals", "clause").finditer(sentence, end))]
    texts = [sentence[a:b].strip() for a, b in pairwise([*cuts, len(sentence)])]
    concedes = any_of("goals", "conceding").search
    last = next((n for n, text in enumerate(texts) if concedes(text)), len(texts) - 1)
    parts = [
        (text, 1.0 if n == last else _TURNED if n < last else _CONCEDED)
        for n, text in enumerate(texts)
    ]
    parts = [(sentence[:end].strip(), _CONCEDED), *parts]
    return tuple(_clause(*part) for part in parts if sum(map(str.isalpha, part[0])) > 1)


def _clause(text: str, counts: float) -> Clause:
    past, sure = is_past(text), is_sure(text)
    of_goal = sure and is_of_goal(text)
    wished = not (past or of_goal) and strength_of(text) is not None
    said = None if wished else polarity(text)
    return Clause(text, counts, said, sure, of_goal, past and is_done(text))


_SENTENCE = late(r"(?<=[.!?。！？…])\s+|(?<=[。！？])(?=\S)")


@lru_cache(_KEPT)
def polarity(text: str) -> Said | None:
    """What a sentence says of what it is about: done, half done, not done, or nothing."""
    for table in ("concession", "aside"):
        rest = any_of("goals", table).sub("", text)
        text = rest if any(c.isalpha() for c in rest) else text
    undecided = any_of("goals", "undecided").search
    if undecided(text):
        text = " ".join(part for part in _SENTENCE.split(text) if not undecided(part))
    return next((s for table, s in _POLARITY if any_of("goals", table).search(text)), None)


_POLARITY: tuple[tuple[str, Said], ...] = (
    ("unfailing", "kept"), ("partly", "partly"), ("failure", "dropped"), ("success", "kept"),
)  # fmt: skip
"""Tables of words and what they say, in the order in which they win."""


def turns_of(sentence: str) -> frozenset[int]:
    """Which goals of a list a sentence speaks of: 2 of `I did meet my second goal`."""
    turns = each_of("goals", "turn")
    return frozenset(int(entry["turn"]) for entry, word in turns if word.search(sentence))


def is_of_goal(text: str) -> bool:
    """Whether a sentence speaks of the goal itself, or is so short that it can be of nothing else:
    `I met this goal`, `Done.`"""
    return text.count(" ") < _WORDS or any_of("goals", "of_goal").search(text) is not None


def is_intended(text: str) -> bool:
    """Whether a sentence tells of what was meant, not done: `목표는 24권이었다`."""
    return any_of("goals", "intended").search(text) is not None


_WORDS = 3
"""Spaces from which a sentence is about more than how it went."""


@lru_cache(_KEPT)
def is_sure(text: str) -> bool:
    """Whether a sentence judges (`해냈다`, `반만`) rather than only tells of the past."""
    judges = any(any_of("goals", table).search(text) for table, _ in _POLARITY[:-1])
    return judges or any_of("goals", "success", "surely").search(text) is not None


@lru_cache(_KEPT)
def by_mark(text: str) -> Said | None:
    """What a mark behind a goal, or at the line's beginning, says: `하프 마라톤 ✅ 2시간`."""
    last = _last_mark().search(text)
    if last is not None and any(c.isalpha() for c in text[: last.start()]):
        if last["picture"]:
            return marks().get(last["picture"])
        # Written out behind a goal, `X` is a cross; only in a box it is a tick.
        return "dropped" if (last["letter"] or last["bare"]) in "xX×" else "kept"
    first = _first_mark().match(text)
    return marks().get(first["mark"]) if first is not None else None


def by_cheer(text: str) -> Said | None:
    """What a cheer before a name says: kept, beside names that bear marks."""
    return "kept" if _first_cheer().match(text) else None


def by_cross(text: str) -> Said | None:
    """What a letter before a name says, beside names that bear marks: `X Networking`."""
    return "dropped" if _CROSS.match(text) else None


_CROSS = late(r"\W{0,2}[X×]\s+(?=[^\W\d_])")


def by_bracket(text: str) -> Said | None:
    """What a verdict in brackets before a name, or at a line's end, says: `[Failed] No sugar`."""
    for found in (_BRACKET.match(text), _LAST_BRACKET.search(text[-_LABEL_LIMIT - 4 :])):
        word = found["word"].strip() if found is not None else ""
        if word and any_of("goals", "bracketed").fullmatch(word):
            return of_answer(word)
    return None


_BRACKET = late(r"\W{0,2}[\[［【](?P<word>[^\[\]［］【】\n]{2,20})[\]］】]\W{0,3}\s?(?=\w)")
_LAST_BRACKET = late(r"[\[［【](?P<word>[^\[\]［］【】\n]{2,20})[\]］】]\W{0,2}$")


@cache
def _first_cheer() -> re.Pattern[str]:
    cheers = "".join(str(entry.get("cheer", "")) for entry in words_of("goals")["mark"])
    return re.compile(rf"\W{{0,2}}[{re.escape(cheers)}]{_FORM}\s")


def by_word(text: str) -> Said | None:
    """What a text says that begins with a sentence of nothing but a verdict: `Done! In July.`"""
    found = any_of("goals", "verdict").match(text)
    return of_answer(found[0]) if found is not None else None


def is_judged(text: str) -> bool:
    """Whether a mark stands before a name: `❌ 수영`."""
    return _first_mark().match(text) is not None


def name_part(text: str) -> str:
    """The part of a check list's line that names the goal: `요가 X (3개월)` → `요가`."""
    marked = _last_mark().search(text)
    if marked is not None and any(c.isalpha() for c in text[: marked.start()]):
        text = text[: marked.start()]
    name = _TAIL.split(text, maxsplit=1)[0]
    return name if any(c.isalpha() for c in name) else text


def is_of_else(before: str, behind: str) -> bool:
    """Whether a share is one of something else than of the goal: `수익률 12%`, `cut it by 40%`."""
    own = any_of("goals", "else_before").search(before[-40:])
    return bool(own or any_of("goals", "else_behind").match(behind[:40]))


def by_points(text: str) -> Said | None:
    """What points at the end of a text say."""
    found = _POINTS.search(text[-20:])
    return _of_share(float(found["done"]) / int(found["all"])) if found is not None else None


def _of_share(share: float) -> Said:
    return "kept" if share >= 1 else "partly" if share > 0 else "dropped"


def by_number(text: str, *, measures: bool = False) -> Said | None:
    """What a share says: `75%`, `9/12편`. measures: the text is a cell of a column of results,
    where `9/12` is no date and `0.7` a score."""
    percent = _PERCENT.search(text)
    if percent is not None and not is_of_else(text[: percent.start()], text[percent.end() :]):
        return _of_share(int(percent["share"]) / 100)
    of = _OF.fullmatch(text.strip(" ().~≈")) if len(text) < _OF_LIMIT else None
    if of is not None and int(of["all"]) > 0 and (of["unit"] or measures):
        return _of_share(int(of["done"]) / int(of["all"]))
    score = _SCORE.fullmatch(text.strip()) if measures else None
    return _of_share(float(score["score"])) if score is not None else None


_OF_LIMIT = 40
"""Characters: a longer text is a sentence with a fraction, or a date, in it."""


_LABEL_LIMIT = 24
"""Characters of a label over a group: more is a sentence."""


def by_group_word(label: str) -> Said | None:
    """What the words of such a label say, its marks aside."""
    if len(label) > _LABEL_LIMIT:
        return None
    return _first_said("group", label)


def _first_said(table: str, text: str) -> Said | None:
    """What the first of a table's words says that stands in a text."""
    entries = each_of("goals", table)
    return next((str(entry["said"]) for entry, word in entries if word.search(text)), None)


def of_answer(text: str) -> Said | None:
    """What is said behind a goal: a share, an answer's first word, else the words' polarity."""
    number = by_number(text)
    if number is not None:
        return number
    if any_of("goals", "partly").search(text):
        return "partly"
    return _first_said("answer", text) or at_last(text)


def at_last(text: str) -> Said | None:
    """What is said in the end: what stands behind a turn where that judges, else the whole."""
    parts = clauses(text)
    last = parts[-1] if len(parts) > 1 else None
    return last.said if last is not None and last.sure and last.said else polarity(text)


def after_name(text: str) -> Said | None:
    """What an answer says that stands behind a name: `Running: miss.`; None without one."""
    tail = _TAIL.split(text, maxsplit=1)
    if len(tail) < 2:
        return None
    first = _first_said("answer", tail[1])
    return first or by_number(tail[1]) or (at_last(tail[1]) if is_sure(tail[1]) else None)
