"""Whether a note's names say that it is a review: title, file name, folders, tags, date, headings.

The words are those of `lexicon/kinds.toml`; `kind.detect` asks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, cached_property, lru_cache
from typing import Literal, cast

from vaultdots.note.model import Period
from vaultdots.note.review_score import Names, named_periods
from vaultdots.text.calendar import DAYS, MONTH_NAMES
from vaultdots.text.dates import dates_in
from vaultdots.text.lexicon import lexicon
from vaultdots.text.names import name_key, nfc
from vaultdots.text.particles import OF_NAMES
from vaultdots.text.periods import PeriodMention, periods_in
from vaultdots.text.spans import Span
from vaultdots.text.tuples import NamedTuple

TITLE_LIMIT = 200
"""Characters of a title that are looked at: the longest real review title seen has 74."""
_HEADINGS_LIMIT = 200
"""Headings that are looked at; the longest real review seen has 61."""
_NEAR_MONTHS = {"year": (11, 2), "half": (6, 2), "quarter": (3, 1), "month": (1, 1), "week": (1, 1)}


def _pattern(name: str) -> cached_property[re.Pattern[str]]:
    return cached_property(lambda words: re.compile(words.sources[name], re.IGNORECASE))


class Words:
    """The lexicon, each pattern compiled when it is first asked for: most notes need one of them,
    and all take 20 ms of every command that reads a note."""

    def __init__(
        self, reviews: tuple[tuple[str, Mapping[str, object]], ...], sources: Mapping[str, str]
    ) -> None:
        """reviews: (pattern, entry) of the words for a review. sources: patterns by name."""
        self.reviews = reviews
        self.sources = sources

    any_review = _pattern("any_review")
    filler = _pattern("filler")
    other = _pattern("other")
    about = _pattern("about")
    place = _pattern("place")
    personal = _pattern("personal")
    heading = _pattern("heading")


class Verdict(NamedTuple):
    """What a title, or another name, says about being a review."""

    answer: Literal["yes", "maybe", "bare", "no", "period", "nothing"]
    mention: PeriodMention | None = None
    period: Period | None = None
    word: str = ""


_PARTICLE = rf"(?:{'|'.join(OF_NAMES)}|'s|’s)?"


@cache
def words_of(review_words: tuple[str, ...], other_subjects: tuple[str, ...]) -> Words:
    """The lexicon with the person's words added."""
    kinds = lexicon("vaultdots.note", "kinds")

    def any_of(name: str, extra: Iterable[str] = ()) -> str:
        parts = [str(entry["word"]) for entry in kinds[name]]
        return "(?:" + "|".join((*parts, *(re.escape(nfc(word)) for word in extra))) + ")"

    own = [{"word": re.escape(nfc(word)), "strength": "strong"} for word in review_words]
    reviews = tuple((_bounded(str(entry["word"])), entry) for entry in (*own, *kinds["review"]))
    return Words(
        reviews,
        {
            "any_review": "|".join(pattern for pattern, _ in reviews),
            "filler": any_of("filler") + _PARTICLE,
            "other": any_of("other_subject", other_subjects) + _PARTICLE + "$",
            "about": any_of("about"),
            "place": any_of("review_place"),
            "personal": any_of("personal_place"),
            "heading": any_of("review_heading"),
        },
    )


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _bounded(word: str) -> str:
    """Latin words stand alone (`review`, not `preview`); Hangul may be compounded (`연말회고`)."""
    # Said without case, the class of letters takes three times as long to compile.
    return rf"(?-i:(?<![A-Za-z]))(?:{word})(?-i:(?![A-Za-z]))"


@lru_cache(maxsize=4096)
def plain(name: str) -> str:
    """A folder's or tag's name to compare: case, `-`, `_`, `#` and spaces folded."""
    return re.sub(r"[-_\s]+", " ", name_key(name[:TITLE_LIMIT]).lstrip("#")).strip()


def judge(name: str, words: Words) -> Verdict:
    """What one name says by itself."""
    name = name[:TITLE_LIMIT]
    mentions = named_periods(name)
    best = Verdict("nothing")
    # Most titles hold no word of a review at all: one look instead of one for each word.
    for pattern, entry in words.reviews if words.any_review.search(name) else ():
        # A weekly review may be called by a day (`2024-12-23 주간 회고`).
        looked = _without_days(name) if entry.get("implies") else name
        for match in _compiled(pattern).finditer(looked):
            verdict = _weigh(looked, match, entry, mentions, words)
            if _RANK[verdict.answer] > _RANK[best.answer]:
                best = verdict
    if best.answer == "nothing" and mentions:
        rest = name
        for mention in reversed(mentions):
            rest = rest[: mention.span.start] + " " + rest[mention.span.end :]
        if not _unknown(rest, words):
            return Verdict("period", mentions[0], cast(Period, mentions[0].stretch))
    return best


_DAY_OF_YEAR = re.compile(r"(?<![\d./])\d{1,2}[./]\d{1,2}(?![\d./])")


def _without_days(name: str) -> str:
    """A name with its days as spaces, so that all else keeps its place."""
    spans = [m.span for m in dates_in(name) if m.day is not None]
    spans += [Span(*found.span()) for found in _DAY_OF_YEAR.finditer(name)]
    for start, end in spans:
        name = name[:start] + " " * (end - start) + name[end:]
    return name


def called(title: str, file_name: str) -> str:
    """What a note is called: by its file's name where its title is a day and that says more
    (`Friday, 1 January 2021` in `2021-01-01-resolutions.md`)."""
    if not any(map(str.isdigit, title)) or _says_a_word(title) or _words_beside_days(title):
        return title
    return " ".join(_words_beside_days(file_name)) or title


def _says_a_word(name: str) -> bool:
    """Whether a name holds a word that is no part of any day, seen without looking for days."""
    return any(word.casefold() not in _OF_DAYS for word in _PURE_WORD.findall(name))


def _words_beside_days(name: str) -> list[str]:
    """The words of a name but for days and days of the week."""
    return [
        word
        for word in re.findall(r"[^\W_]+", _without_days(name))
        if word.casefold() not in _DAYS_OF_THE_WEEK
    ]


_DAYS_OF_THE_WEEK = frozenset(
    day.casefold() for days in DAYS.values() for word in days for day in (word, word[:3])
)
_OF_DAYS = _DAYS_OF_THE_WEEK.union(MONTH_NAMES.split("|"))
_PURE_WORD = re.compile(r"(?<![^\W_])(?:[A-Za-z]+|[가-힣]+)(?![^\W_])")
"""Of one script and no digit: of such words only the names of months stand in days."""
_ABOUT_FIRST = re.compile(r"\W{0,3}(?:how|why) (?:i|we|to|you)\s", re.IGNORECASE)
"""`How I do my annual review` tells of reviewing."""
_POSSESSIVE = re.compile(r"[가-힣]{2,6}의|[A-Z][a-z]+['’]s")
"""Whose review it is: `2023년 홍길동의 회고`, `Mina's 2023 review`."""
_RANK = {"nothing": 0, "period": 1, "bare": 2, "maybe": 3, "yes": 4, "no": 5}


def _weigh(
    name: str,
    match: re.Match[str],
    entry: Mapping[str, object],
    mentions: Sequence[PeriodMention],
    words: Words,
) -> Verdict:
    """One word of a review in a name, with the period nearest to it and what stands beside."""
    after = re.split(r"[:|—–(\[,]", name[match.end() :], maxsplit=1)[0]
    mention = _nearest(match, mentions, first=bool(entry.get("first")))
    follows = False
    if mention is not None and mention.span.start >= match.end():
        follows, after = True, after[: mention.span.start - match.end()]
    if words.about.search(after) or _ABOUT_FIRST.match(name):
        return Verdict("no")
    if mention is not None and not follows:
        beside = name[mention.span.end : match.start()]
        lead = name[: mention.span.start]
    else:
        beside = re.split(r"[:|—–\])]", name[: match.start()])[-1]
        lead = ""
    last = lead.split()[-1:] if lead[-1:] == " " else []
    if any(words.other.search(token) for token in (*_tokens(beside), *last)):
        return Verdict("no")
    if entry.get("at_end") and not follows and _unknown(after, words):
        return Verdict("nothing")
    implied = cast("Period | None", entry.get("implies"))
    if mention is None and implied is None:
        alone = not _unknown(name[: match.start()] + " " + name[match.end() :], words)
        return Verdict("bare" if alone else "nothing", word=match[0])
    period = cast(Period, mention.stretch) if mention is not None else implied
    if implied is not None and mention is not None and mention.stretch == "year":
        period = implied
    unknown = _unknown(beside, words)
    if entry["strength"] == "weak":
        unknown = unknown or _unknown(
            lead + " " + (name[match.end() :] if not follows else ""), words
        )
    return Verdict("maybe" if unknown else "yes", mention, period, match[0])


def _nearest(
    match: re.Match[str], mentions: Sequence[PeriodMention], *, first: bool
) -> PeriodMention | None:
    """The period that the word goes with: the nearest one, before it rather than after it."""
    before = [m for m in mentions if m.span.end <= match.start()]
    after = [m for m in mentions if m.span.start >= match.end()]
    if first:
        return after[0] if after else None
    if before:
        return before[-1]
    return after[0] if after else None


def _tokens(text: str) -> list[str]:
    return re.findall(r"[^\W_]+(?:['’\-][^\W_]+)*|&", text)


def _unknown(text: str, words: Words) -> bool:
    """Whether `text` says anything beside filler (punctuation and emoji say nothing)."""
    return any(
        words.filler.fullmatch(token) is None and not _POSSESSIVE.fullmatch(token)
        for token in _tokens(text)[:40]
    )


def review_by_names(
    verdicts: Mapping[str, Verdict],
    title: str,
    spaced: Sequence[str],
    folders: Sequence[str],
    headings: Sequence[str],
    tags: Sequence[str],
    written: str | None,
    words: Words,
) -> tuple[Verdict | None, str]:
    """The verdict that makes the note a review, and the rule in words; (None, "") if none does."""
    if any(plain(f) in _TEMPLATE_FOLDERS for f in folders) or "{{" in title:
        return None, ""
    by_title, by_name = verdicts["title"], verdicts["file name"]
    if by_title.answer == "no":
        return None, ""
    place = next((f for f in folders if words.place.fullmatch(plain(f))), None)
    tag = next((t for t in tags if words.place.fullmatch(plain(t.split("/")[0]))), None)
    where = f"folder {place}" if place else f"tag {tag}" if tag else ""
    for rule, verdict in verdicts.items():
        if verdict.answer == "yes":
            return verdict, rule
    for rule, verdict in verdicts.items():
        if verdict.answer == "maybe":
            witness = where or _witness(verdict, headings, written, words)
            if witness:
                return verdict, f"{rule} and {witness}"
        elif verdict.answer == "period" and (place or by_title.answer == "bare"):
            return verdict, f"folder {place}" if place else f"title and {rule}"
        elif verdict.answer == "period" and tag and _witness(verdict, headings, written, words):
            return verdict, f"{rule} and tag {tag}"
    if by_title.answer == "bare" or by_name.answer == "bare":
        rule = "title" if by_title.answer == "bare" else "file name"
        if any(periods_in(folder) for folder in spaced):
            return by_title, f"{rule} and folder"
        if written is not None and written[5:7] in {"12", "01"}:
            return by_title, f"{rule} and date"
    return None, ""


def names_of_note(
    verdicts: Mapping[str, Verdict],
    title: str,
    spaced: Sequence[str],
    folders: Sequence[str],
    tags: Sequence[str],
    written: str | None,
    words: Words,
) -> Names | None:
    """What a note's names say that do not decide by themselves; None where they say it is none."""
    answers = frozenset(verdict.answer for verdict in verdicts.values())
    template = any(plain(f) in _TEMPLATE_FOLDERS for f in folders) or "{{" in title
    if template or "no" in answers or words.about.search(title):
        return None
    places = [plain(name.split("/")[0]) for name in (*folders, *tags)]
    return Names(
        title,
        spaced[-1] if spaced else "",
        answers,
        written,
        any(words.place.fullmatch(name) for name in places),
        any(words.personal.fullmatch(name) for name in places),
        any(words.other.search(token) for token in _tokens(title)),
    )


_TEMPLATE_FOLDERS = {"template", "templates", "템플릿", "archetypes", "양식"}


def _witness(verdict: Verdict, headings: Sequence[str], written: str | None, words: Words) -> str:
    """What else says that a doubtful title is a review's: its date, else its headings."""
    mention = verdict.mention
    if written is not None and mention is not None and mention.year is not None:
        span = mention.months()
        if span is not None:
            before, after = _NEAR_MONTHS[mention.stretch] if mention.stretch != "day" else (0, 0)
            end = mention.year * 12 + span[1] - 1
            here = int(written[:4]) * 12 + int(written[5:7]) - 1
            if end - (1 if mention.stretch == "year" else before) < here <= end + after:
                return "date"
    return "headings" if _has_review_headings(headings, words) else ""


def _has_review_headings(headings: Sequence[str], words: Words) -> bool:
    count = 0
    for heading in headings[:_HEADINGS_LIMIT]:
        short = heading[:TITLE_LIMIT]
        if words.heading.search(short) or any(m.stretch != "day" for m in periods_in(short)):
            count += 1
    return count >= 2
