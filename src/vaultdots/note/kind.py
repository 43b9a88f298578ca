"""What a note is by itself: its kind, the year and the period it is about, and which rule said so.

The order of the rules (docs/retrospectives.md): a property, then the person's own rules in
`dots.toml`, then detection by title, file name, folders and tags with the words of
`lexicon/kinds.toml`. Pure and total: any strings give an answer, in time linear in their length.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Literal, cast, get_args

from vaultdots.note.dates import changed_on, written_on, written_values
from vaultdots.note.model import Dialect, NoteKind, Period, PropertyValue
from vaultdots.note.options import DatedNames, KindRules
from vaultdots.note.plans import opens_with_goals
from vaultdots.note.review_names import (
    TITLE_LIMIT,
    Verdict,
    called,
    judge,
    names_of_note,
    plain,
    review_by_names,
    words_of,
)
from vaultdots.note.review_score import (
    Names,
    features_of,
    is_review,
    looks_back,
    names_goals,
    weighs_goals,
    year_over,
)
from vaultdots.note.sync_files import conflict_copy
from vaultdots.text.dates import year_of
from vaultdots.text.lexicon import lexicon
from vaultdots.text.name_dates import date_in_name, date_in_path
from vaultdots.text.names import name_key, nfc
from vaultdots.text.periods import periods_in
from vaultdots.text.tuples import NamedTuple

Status = Literal["final", "draft", "log"]
OPENS_WITH_GOALS = "default; its opening speaks of goals for the year that begins"
"""The rule of a note that may announce goals: what stands below says whether it does."""
TELLS_WHAT_WAS_READ = "default; it looks back on a year and has a heading of what was read"
"""The rule of a note that is not a review, whose sections of books are lists of the year's."""

_BUNDLE_NAMES = {"index", "_index", "readme"}
_GROUP_KEYS = ("categories", "category", "series", "분류", "카테고리", "시리즈")
_GROUPS = 20
"""Categories of a note that are looked at."""


class Kinded(NamedTuple):
    """What `detect` says. The rules are told in words, for `--explain`."""

    kind: NoteKind
    kind_rule: str
    year: int | None
    year_rule: str
    period: Period | None
    status: Status


def detect(
    path: str,
    title: str,
    properties: Mapping[str, PropertyValue],
    headings: Sequence[str],
    tags: Sequence[str],
    dialect: Dialect = "obsidian",
    rules: KindRules | None = None,
    opening: str = "",
) -> Kinded:
    """Say what the note is: kind, year, period, status, and the rule that decided each.

    path: vault-relative, POSIX. title: as read. headings: the note's, in order. tags: without `#`.
    opening: the beginning of its text.
    """
    rules = rules or KindRules()
    folded = {key.casefold(): value for key, value in properties.items()}
    if conflict_copy(nfc(path).rpartition("/")[2]) is not None:
        # Its original is the review; the copy is what `dots check` tells.
        year, year_rule = _year_of_note(folded, path, rules.dated)
        return Kinded("note", "conflict copy", year, year_rule, None, "final")
    words = words_of(rules.review_words, rules.other_subjects)
    *folders, name = _names(path)
    title = called(nfc(title)[:TITLE_LIMIT].strip(), _spaced(name))
    spaced = [_spaced(folder) for folder in folders]
    verdicts = {"title": judge(title, words), "file name": judge(_spaced(name), words)}
    written = written_on(folded)
    # A blog's post may say its date by its file's name alone.
    when = written or date_in_name(name)

    kind, rule = _given_kind(folded, folders, tags, title, rules)
    # A blog's category or series groups its posts as a tag does.
    groups = [*tags, *(name for key in _GROUP_KEYS for name in _listed(folded.get(key)))]
    decisive: Verdict | None = None
    if kind is None or kind == "review":
        decisive, found_rule = review_by_names(
            verdicts, title, spaced, folders, headings, groups, when, words
        )
        if kind is None and decisive is None:
            names = names_of_note(
                verdicts, title, [*spaced, _spaced(name)], folders, groups, when, words
            )
            features = features_of(names, headings, opening) if names is not None else None
            if names is not None and features is not None:
                yes, found_rule = is_review(features)
                decisive = _scored(names) if yes else None
        if kind is None and decisive is not None:
            kind, rule = "review", found_rule
    if kind is None:
        kind, rule = _other_kind(path, title, name, folders, tags, dialect)
        if rule == "default" and opens_with_goals(when, opening):
            rule = OPENS_WITH_GOALS
        elif rule == "default" and _tells_what_was_read(when, headings, opening):
            rule = TELLS_WHAT_WAS_READ

    status = _status(folded, title, verdicts["title"], kind)
    if kind != "review":
        year, year_rule = _year_of_note(folded, path, rules.dated)
        return Kinded(kind, rule, year, year_rule, None, status)
    period = _period(folded, decisive, verdicts, spaced)
    year, year_rule = _year_of_review(folded, decisive, verdicts, spaced, period, written, name)
    return Kinded(kind, rule, year, year_rule, period, status)


def _tells_what_was_read(written: str | None, headings: Sequence[str], opening: str) -> bool:
    """Whether a note of a year's end looks back and has a heading of what was read."""
    if not written or written[5:7] not in {"12", "01"} or not headings:
        return False
    entries = lexicon("vaultdots.note", "kinds")["read_heading"]
    named = re.compile("|".join(str(entry["word"]) for entry in entries), re.IGNORECASE)
    return (
        any(named.fullmatch(h[:TITLE_LIMIT].strip()) for h in headings) and looks_back(opening) > 0
    )


def _scored(names: Names) -> Verdict:
    """The period of a note that a score takes for a review: one called by goals looks back on the
    year before them, unless that year is over or it says how they went."""
    over = year_over(names)
    if over is not None:
        return Verdict("maybe", over, "year")
    mention = next((m for m in periods_in(names.title) if m.stretch != "day"), None)
    if mention is None or mention.stretch == "day":
        return Verdict("maybe", None, "year")
    if mention.stretch == "year" and names_goals(names.title) and not weighs_goals(names.title):
        before = mention.year - 1 if mention.year is not None else None
        return Verdict("maybe", mention._replace(year=before), "year")
    return Verdict("maybe", mention, mention.stretch)


def _listed(value: PropertyValue) -> list[str]:
    """The names in a property that holds one or several."""
    values = value if isinstance(value, list) else [value]
    return [item for item in values[:_GROUPS] if isinstance(item, str)]


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
    return _DASHES.sub(" ", name[:TITLE_LIMIT]).strip()


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
            kind = by_word.get(plain(item)) if isinstance(item, str) else None
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
        plain(word): cast(NoteKind, entry["kind"])
        for entry in lexicon("vaultdots.note", "kinds")["property"]
        for word in entry["words"]
    }


def _matches(
    wanted_folders: Iterable[str],
    wanted_tags: Iterable[str],
    folders: Sequence[str],
    tags: Sequence[str],
) -> str:
    """`folder 회고` or `tag 회고`, whichever of the wanted is there, else "". A wanted folder may
    be a path (`글/회고`); a wanted tag includes the tags nested in it."""
    here = "/" + "/".join(plain(folder) for folder in folders) + "/"
    for folder in wanted_folders:
        inner = "/".join(plain(part) for part in folder.strip("/").split("/"))
        if inner and f"/{inner}/" in here:
            return f"folder {folder.strip('/')}"
    has = {plain(part) for tag in tags for part in _prefixes(tag)}
    return next((f"tag {tag}" for tag in wanted_tags if plain(tag) in has), "")


def _prefixes(tag: str) -> list[str]:
    parts = tag.lstrip("#").split("/")[:16]
    return ["/".join(parts[: i + 1]) for i in range(len(parts))]


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
            frozenset(plain(folder) for folder in entry["folders"]),
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
            if plain(folder) in entry.folders:
                return entry.kind, f"folder {folder}"
    for entry in entries if tags else ():
        reason = _matches((), entry.tags, (), tags)
        if reason:
            return entry.kind, reason
    return "note", "default"


def _status(
    folded: Mapping[str, PropertyValue], title: str, verdict: Verdict, kind: NoteKind
) -> Status:
    if folded.get("draft") is True or folded.get("published") is False:
        return "draft"
    said = folded.get("status")
    if isinstance(said, str) and said.casefold() in get_args(Status):
        return cast(Status, said.casefold())
    for entry in lexicon("vaultdots.note", "kinds")["status"]:
        pattern = rf"(?<![A-Za-z])(?:{entry['word']})(?![A-Za-z])"
        text = said if isinstance(said, str) else title if kind == "review" else ""
        if re.search(pattern, text[:TITLE_LIMIT], re.IGNORECASE):
            return cast(Status, entry["status"])
    return "final"


# ── Year and period ──────────────────────────────────────────────────────────────────────────────


def _year_of_note(
    folded: Mapping[str, PropertyValue], path: str, dated: Sequence[DatedNames]
) -> tuple[int | None, str]:
    for key, value in written_values(folded):
        if (year := year_of(value)) is not None:
            return year, f"property {key}"
    said = date_in_path(nfc(path), [(names.folder, names.format) for names in dated])
    if said is None:
        return None, "none"
    in_name = date_in_name(_names(path)[-1]) is not None
    return int(said[:4]), "date in the file name" if in_name else "date in the path"


def _period(
    folded: Mapping[str, PropertyValue],
    decisive: Verdict | None,
    verdicts: Mapping[str, Verdict],
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


def _before_its_end(
    year: int, rule: str, period: Period, written: str | None, changed: str | None
) -> tuple[int, str]:
    """The year that a review names, the one before where that had only begun when it was written:
    `2022 annual review` of January 2022 looks back on 2021. One that was begun then and last
    changed at the end of its year was kept through it."""
    begun = {f"{year}-01", f"{year}-02"}
    kept = changed is not None and f"{year}-11" <= changed[:7] <= f"{year + 1}-03"
    if period == "year" and written is not None and written[:7] in begun and not kept:
        return year - 1, f"{rule} (written in month {int(written[5:7])} of {year}: the year before)"
    return year, rule


def _year_of_review(
    folded: Mapping[str, PropertyValue],
    decisive: Verdict | None,
    verdicts: Mapping[str, Verdict],
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
    by_score = all(verdict is not decisive for verdict in verdicts.values())
    if by_score and chosen is not None and chosen.year is not None:
        # a title of goals, or a year that was just over
        return _before_its_end(chosen.year, "title", period, written, changed_on(folded))
    for rule, verdict in verdicts.items():
        if verdict.mention is not None and verdict.mention.year is not None:
            year = verdict.mention.year
            return _before_its_end(year, rule, period, written, changed_on(folded))
    if chosen is not None and chosen.year is not None:
        return chosen.year, "title"
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
