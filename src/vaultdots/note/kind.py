"""What a note is by itself: its kind, the year and the period it is about, and which rule said so.

The order of the rules (docs/retrospectives.md): a property, then the person's own rules in
`dots.toml`, then detection by title, file name, folders and tags with the words of
`lexicon/kinds.toml`. Pure and total: any strings give an answer, in time linear in their length.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal, NamedTuple, cast, get_args

from vaultdots.note.model import Dialect, NoteKind, Period, PropertyValue
from vaultdots.text.dates import date_in_name, parse_date, year_of
from vaultdots.text.lexicon import lexicon
from vaultdots.text.names import name_key, nfc
from vaultdots.text.periods import PeriodMention, periods_in

Status = Literal["final", "draft", "log"]

_TITLE_LIMIT = 200
"""Characters of a title that are looked at: the longest real review title seen has 74."""
_HEADINGS_LIMIT = 200
"""Headings that are looked at; the longest real review seen has 61."""
_NEAR_DAYS = {"year": (11, 2), "half": (6, 2), "quarter": (3, 1), "month": (1, 1), "week": (1, 1)}
_BUNDLE_NAMES = {"index", "_index", "readme"}
_DATE_KEYS = ("date", "created", "published", "created_at", "pubdate", "날짜", "작성일")


class KindRule(NamedTuple):
    """A rule of the person's own: a note in one of `folders`, with one of `tags`, or with one of
    `titles` (plain words) in its title is of this kind."""

    kind: NoteKind
    folders: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KindRules:
    """The rules of `dots.toml`, first match first, and words added to the lexicon.

    review_words: words that make a title with a period a review's, as `회고` does.
    other_subjects: words that make it something else's, as `프로젝트` does.
    """

    rules: tuple[KindRule, ...] = ()
    review_words: tuple[str, ...] = ()
    other_subjects: tuple[str, ...] = ()


class Kinded(NamedTuple):
    """What `detect` says. The rules are told in words, for `--explain`."""

    kind: NoteKind
    kind_rule: str
    year: int | None
    year_rule: str
    period: Period | None
    status: Status


class _Words(NamedTuple):
    """The lexicon, compiled."""

    any_review: re.Pattern[str]
    reviews: tuple[tuple[re.Pattern[str], Mapping[str, object]], ...]
    filler: re.Pattern[str]
    other: re.Pattern[str]
    about: re.Pattern[str]
    place: re.Pattern[str]
    heading: re.Pattern[str]


class _Verdict(NamedTuple):
    """What a title, or another name, says about being a review."""

    answer: Literal["yes", "maybe", "bare", "no", "period", "nothing"]
    mention: PeriodMention | None = None
    period: Period | None = None
    word: str = ""


# A word may carry a particle: 회고를, 개발자의, 2023년은.
_PARTICLE = r"(?:으로서|로서|에서|으로|이랑|에게|과|와|의|을|를|이|가|은|는|에|도|로|만|'s|’s)?"


@cache
def _words(review_words: tuple[str, ...], other_subjects: tuple[str, ...]) -> _Words:
    kinds = lexicon("vaultdots.note", "kinds")

    def any_of(name: str, extra: Iterable[str] = ()) -> str:
        parts = [str(entry["word"]) for entry in kinds[name]]
        return "(?:" + "|".join((*parts, *(re.escape(nfc(word)) for word in extra))) + ")"

    own = [{"word": re.escape(nfc(word)), "strength": "strong"} for word in review_words]
    reviews = tuple(
        (re.compile(_bounded(str(entry["word"])), re.IGNORECASE), entry)
        for entry in (*own, *kinds["review"])
    )
    return _Words(
        re.compile("|".join(pattern.pattern for pattern, _ in reviews), re.IGNORECASE),
        reviews,
        re.compile(any_of("filler") + _PARTICLE, re.IGNORECASE),
        re.compile(any_of("other_subject", other_subjects) + _PARTICLE + "$", re.IGNORECASE),
        re.compile(any_of("about"), re.IGNORECASE),
        re.compile(any_of("review_place"), re.IGNORECASE),
        re.compile(any_of("review_heading"), re.IGNORECASE),
    )


def _bounded(word: str) -> str:
    """Latin words stand alone (`review`, not `preview`); Hangul may be compounded (`연말회고`)."""
    return rf"(?<![A-Za-z])(?:{word})(?![A-Za-z])"


def detect(
    path: str,
    title: str,
    properties: Mapping[str, PropertyValue],
    headings: Sequence[str],
    tags: Sequence[str],
    dialect: Dialect = "obsidian",
    rules: KindRules | None = None,
) -> Kinded:
    """Say what the note is: kind, year, period, status, and the rule that decided each.

    path: vault-relative, POSIX. title: as read. headings: the note's, in order. tags: without `#`.
    """
    rules = rules or KindRules()
    words = _words(rules.review_words, rules.other_subjects)
    folded = {key.casefold(): value for key, value in properties.items()}
    *folders, name = _names(path)
    title = nfc(title)[:_TITLE_LIMIT].strip()
    spaced = [_spaced(folder) for folder in folders]
    verdicts = {"title": _judge(title, words), "file name": _judge(_spaced(name), words)}
    written = next((d for k in _DATE_KEYS if (d := parse_date(folded.get(k)))), None)

    kind, rule = _given_kind(folded, folders, tags, title, rules)
    decisive: _Verdict | None = None
    if kind is None or kind == "review":
        decisive, found_rule = _review(
            verdicts, title, spaced, folders, headings, tags, written, words
        )
        if kind is None and decisive is not None:
            kind, rule = "review", found_rule
    if kind is None:
        kind, rule = _other_kind(path, title, name, folders, tags, dialect)

    status = _status(folded, title, verdicts["title"], kind)
    if kind != "review":
        year, year_rule = _year_of_note(folded, name)
        return Kinded(kind, rule, year, year_rule, None, status)
    period = _period(folded, decisive, verdicts, spaced)
    year, year_rule = _year_of_review(folded, decisive, verdicts, spaced, period, written, name)
    return Kinded(kind, rule, year, year_rule, period, status)


def _names(path: str) -> list[str]:
    """Folder names, then the note's own name: a bundle's (`x/index.md`) is its folder's."""
    parts = [part for part in nfc(path).split("/") if part]
    if not parts:
        return [""]
    *folders, file = parts
    stem = file.rsplit(".", 1)[0] if "." in file else file
    if stem.casefold() in _BUNDLE_NAMES and folders:
        return folders
    return [*folders, stem]


_DASHES = re.compile(r"(?<![\d])[-_]+|[-_]+(?![\dWwQqHh])")


def _spaced(name: str) -> str:
    """A file or folder name as words: `retrospective-2021` → `retrospective 2021`."""
    return _DASHES.sub(" ", name[:_TITLE_LIMIT]).strip()


# ── A property, or the person's own rules ────────────────────────────────────────────────────────


def _given_kind(
    folded: Mapping[str, PropertyValue],
    folders: Sequence[str],
    tags: Sequence[str],
    title: str,
    rules: KindRules,
) -> tuple[NoteKind | None, str]:
    by_word = _property_kinds()
    for key in ("kind", "type", "종류"):
        value = folded.get(key)
        for item in value if isinstance(value, list) else [value]:
            kind = by_word.get(_plain(item)) if isinstance(item, str) else None
            if kind is not None:
                return kind, f"property {key}"
    for rule in rules.rules:
        reason = _matches(rule.folders, rule.tags, folders, tags)
        if not reason:
            word = next((w for w in rule.titles if name_key(w) in name_key(title)), None)
            reason = f"title has {word}" if word else ""
        if reason:
            return rule.kind, f"dots.toml: {reason}"
    return None, ""


@cache
def _property_kinds() -> dict[str, NoteKind]:
    return {
        _plain(word): cast(NoteKind, entry["kind"])
        for entry in lexicon("vaultdots.note", "kinds")["property"]
        for word in entry["words"]
    }


def _plain(name: str) -> str:
    return _plain_short(name[:_TITLE_LIMIT])


# A vault has a few hundred folders and tags, and every note asks for the same ones again.
@lru_cache(maxsize=4096)
def _plain_short(name: str) -> str:
    return re.sub(r"[-_\s]+", " ", name_key(name).lstrip("#")).strip()


def _matches(
    wanted_folders: Iterable[str],
    wanted_tags: Iterable[str],
    folders: Sequence[str],
    tags: Sequence[str],
) -> str:
    """`folder 회고` or `tag 회고`, whichever of the wanted is there, else "". A wanted folder may
    be a path (`글/회고`); a wanted tag includes the tags nested in it."""
    here = "/" + "/".join(_plain(folder) for folder in folders) + "/"
    for folder in wanted_folders:
        inner = "/".join(_plain(part) for part in folder.strip("/").split("/"))
        if inner and f"/{inner}/" in here:
            return f"folder {folder.strip('/')}"
    has = {_plain(part) for tag in tags for part in _prefixes(tag)}
    return next((f"tag {tag}" for tag in wanted_tags if _plain(tag) in has), "")


def _prefixes(tag: str) -> list[str]:
    parts = tag.lstrip("#").split("/")[:16]
    return ["/".join(parts[: i + 1]) for i in range(len(parts))]


# ── Is it a review? ──────────────────────────────────────────────────────────────────────────────


def _judge(name: str, words: _Words) -> _Verdict:
    """What one name says by itself."""
    name = name[:_TITLE_LIMIT]
    mentions = [m for m in periods_in(name) if m.stretch != "day"]
    best = _Verdict("nothing")
    # Most titles hold no word of a review at all: one look instead of one for each word.
    for pattern, entry in words.reviews if words.any_review.search(name) else ():
        for match in pattern.finditer(name):
            verdict = _weigh(name, match, entry, mentions, words)
            if _RANK[verdict.answer] > _RANK[best.answer]:
                best = verdict
    if best.answer == "nothing" and mentions:
        rest = name
        for mention in reversed(mentions):
            rest = rest[: mention.span.start] + " " + rest[mention.span.end :]
        if not _unknown(rest, words):
            return _Verdict("period", mentions[0], cast(Period, mentions[0].stretch))
    return best


_POSSESSIVE = re.compile(r"[가-힣]{2,6}의|[A-Z][a-z]+['’]s")
"""Whose review it is: `2023년 홍길동의 회고`, `Mina's 2023 review`."""
_RANK = {"nothing": 0, "period": 1, "bare": 2, "maybe": 3, "yes": 4, "no": 5}


def _weigh(
    name: str,
    match: re.Match[str],
    entry: Mapping[str, object],
    mentions: Sequence[PeriodMention],
    words: _Words,
) -> _Verdict:
    """One word of a review in a name, with the period nearest to it and what stands beside."""
    after = re.split(r"[:|—–(\[,]", name[match.end() :], maxsplit=1)[0]
    mention = _nearest(match, mentions, first=bool(entry.get("first")))
    follows = False
    if mention is not None and mention.span.start >= match.end():
        follows, after = True, after[: mention.span.start - match.end()]
    if words.about.search(after):
        return _Verdict("no")
    if mention is not None and not follows:
        beside = name[mention.span.end : match.start()]
        lead = name[: mention.span.start]
    else:
        beside = re.split(r"[:|—–\])]", name[: match.start()])[-1]
        lead = ""
    last = lead.split()[-1:] if lead[-1:] == " " else []
    if any(words.other.search(token) for token in (*_tokens(beside), *last)):
        return _Verdict("no")
    if entry.get("at_end") and not follows and _unknown(after, words):
        return _Verdict("nothing")
    implied = cast("Period | None", entry.get("implies"))
    if mention is None and implied is None:
        alone = not _unknown(name[: match.start()] + " " + name[match.end() :], words)
        return _Verdict("bare" if alone else "nothing", word=match[0])
    period = cast(Period, mention.stretch) if mention is not None else implied
    if implied is not None and mention is not None and mention.stretch == "year":
        period = implied
    unknown = _unknown(beside, words)
    if entry["strength"] == "weak":
        unknown = unknown or _unknown(
            lead + " " + (name[match.end() :] if not follows else ""), words
        )
    return _Verdict("maybe" if unknown else "yes", mention, period, match[0])


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


def _unknown(text: str, words: _Words) -> bool:
    """Whether `text` says anything beside filler (punctuation and emoji say nothing)."""
    return any(
        words.filler.fullmatch(token) is None and not _POSSESSIVE.fullmatch(token)
        for token in _tokens(text)[:40]
    )


def _review(
    verdicts: Mapping[str, _Verdict],
    title: str,
    spaced: Sequence[str],
    folders: Sequence[str],
    headings: Sequence[str],
    tags: Sequence[str],
    written: str | None,
    words: _Words,
) -> tuple[_Verdict | None, str]:
    """The verdict that makes the note a review, and the rule in words; (None, "") if none does."""
    if any(_plain(f) in _TEMPLATE_FOLDERS for f in folders) or "{{" in title:
        return None, ""
    by_title, by_name = verdicts["title"], verdicts["file name"]
    if by_title.answer == "no":
        return None, ""
    place = next((f for f in folders if words.place.fullmatch(_plain(f))), None)
    tag = next((t for t in tags if words.place.fullmatch(_plain(t.split("/")[0]))), None)
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
    if by_title.answer == "bare" or by_name.answer == "bare":
        rule = "title" if by_title.answer == "bare" else "file name"
        if any(periods_in(folder) for folder in spaced):
            return by_title, f"{rule} and folder"
        if written is not None and written[5:7] in {"12", "01"}:
            return by_title, f"{rule} and date"
    if where and by_title.answer == "nothing" and written is not None:
        year_end = written[5:7] in {"12", "01"}
        if year_end and _has_review_headings(headings, words):
            return by_title, f"{where}, headings and date"
    return None, ""


_TEMPLATE_FOLDERS = {"template", "templates", "템플릿", "archetypes", "양식"}


def _witness(verdict: _Verdict, headings: Sequence[str], written: str | None, words: _Words) -> str:
    """What else says that a doubtful title is a review's: its date, else its headings."""
    mention = verdict.mention
    if written is not None and mention is not None and mention.year is not None:
        span = mention.months()
        if span is not None:
            before, after = _NEAR_DAYS[mention.stretch] if mention.stretch != "day" else (0, 0)
            end = mention.year * 12 + span[1] - 1
            here = int(written[:4]) * 12 + int(written[5:7]) - 1
            if end - (1 if mention.stretch == "year" else before) < here <= end + after:
                return "date"
    return "headings" if _has_review_headings(headings, words) else ""


def _has_review_headings(headings: Sequence[str], words: _Words) -> bool:
    count = 0
    for heading in headings[:_HEADINGS_LIMIT]:
        short = heading[:_TITLE_LIMIT]
        if words.heading.search(short) or any(m.stretch != "day" for m in periods_in(short)):
            count += 1
    return count >= 2


# ── Other kinds ──────────────────────────────────────────────────────────────────────────────────


class _KindWords(NamedTuple):
    kind: NoteKind
    folders: frozenset[str]
    tags: tuple[str, ...]
    title: re.Pattern[str]


@cache
def _kinds() -> tuple[_KindWords, ...]:
    return tuple(
        _KindWords(
            cast(NoteKind, entry["kind"]),
            frozenset(_plain(folder) for folder in entry["folders"]),
            tuple(entry["tags"]),
            re.compile("|".join(f"(?:{t})" for t in entry["titles"]) or "(?!)", re.IGNORECASE),
        )
        for entry in lexicon("vaultdots.note", "kinds")["kind"]
    )


def _other_kind(
    path: str, title: str, name: str, folders: Sequence[str], tags: Sequence[str], dialect: Dialect
) -> tuple[NoteKind, str]:
    entries = _kinds()
    for entry in entries:
        if entry.title.search(title) or entry.title.search(name):
            return entry.kind, "title"
    if name == "_index" or path.rsplit("/", 1)[-1].casefold() == "_index.md":
        return "index", "file name _index"
    if not folders and path.casefold() in {"readme.md", "index.md"}:
        return "index", "file name"
    # The innermost folder knows best: 프로젝트/책/x.md is a book's note.
    for folder in reversed(folders):
        for entry in entries:
            if _plain(folder) in entry.folders:
                return entry.kind, f"folder {folder}"
    for entry in entries if tags else ():
        reason = _matches((), entry.tags, (), tags)
        if reason:
            return entry.kind, reason
    return "note", "default"


def _status(
    folded: Mapping[str, PropertyValue], title: str, verdict: _Verdict, kind: NoteKind
) -> Status:
    if folded.get("draft") is True or folded.get("published") is False:
        return "draft"
    said = folded.get("status")
    if isinstance(said, str) and said.casefold() in get_args(Status):
        return cast(Status, said.casefold())
    for entry in lexicon("vaultdots.note", "kinds")["status"]:
        pattern = rf"(?<![A-Za-z])(?:{entry['word']})(?![A-Za-z])"
        text = said if isinstance(said, str) else title if kind == "review" else ""
        if re.search(pattern, text[:_TITLE_LIMIT], re.IGNORECASE):
            return cast(Status, entry["status"])
    return "final"


# ── Year and period ──────────────────────────────────────────────────────────────────────────────


def _year_of_note(folded: Mapping[str, PropertyValue], name: str) -> tuple[int | None, str]:
    for key in _DATE_KEYS:
        if key in folded and (year := year_of(folded[key])) is not None:
            return year, f"property {key}"
    dated = date_in_name(name)
    return (int(dated[:4]), "date in the file name") if dated else (None, "none")


def _period(
    folded: Mapping[str, PropertyValue],
    decisive: _Verdict | None,
    verdicts: Mapping[str, _Verdict],
    spaced: Sequence[str],
) -> Period:
    said = folded.get("period")
    if isinstance(said, str) and said.casefold() in get_args(Period):
        return cast(Period, said.casefold())
    for verdict in (decisive, *verdicts.values()):
        if verdict is not None and verdict.period is not None:
            return verdict.period
    # `회고/2023/3월/README.md`: the smallest stretch that a folder names.
    smallest: Period = "year"
    for folder in spaced:
        for mention in periods_in(folder):
            if mention.stretch not in {"day", "year"}:
                smallest = cast(Period, mention.stretch)
    return smallest


def _year_of_review(
    folded: Mapping[str, PropertyValue],
    decisive: _Verdict | None,
    verdicts: Mapping[str, _Verdict],
    spaced: Sequence[str],
    period: Period,
    written: str | None,
    name: str,
) -> tuple[int | None, str]:
    """The year that a review is about: a property `year`, its title, its file's name, its folders,
    then its date, where a January belongs to the year before."""
    if (year := year_of(folded.get("year"))) is not None:
        return year, "property year"
    chosen = decisive.mention if decisive is not None else None
    for rule, verdict in verdicts.items():
        if verdict.mention is not None and verdict.mention.year is not None:
            return verdict.mention.year, rule
    for folder in reversed(spaced):
        years = [m.year for m in periods_in(folder) if m.year is not None]
        if years:
            return years[-1], f"folder {folder}"
    dated, rule = (written, "date") if written is not None else (date_in_name(name), "file name")
    if dated is None or len(dated) < 7:
        return None, "none"
    year, month = int(dated[:4]), int(dated[5:7])
    months = chosen.months() if chosen is not None else None
    last = months[1] if months is not None else 12
    # A year is looked back on from its last weeks to the spring after; anything smaller from its
    # own last month on. So a review written before its period's end is about the year before.
    if period == "year" or months is None:
        earlier = period == "year" and month <= 3
    else:
        earlier = month < months[0]
    if earlier:
        return year - 1, f"{rule} (month {month}: the year before; period ends in month {last})"
    return year, rule
