"""The reviews as a series: which one speaks for a year, its summary, whether it is done."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from vaultdots.note.kind import Status
from vaultdots.note.plans import plans_ahead
from vaultdots.note.prose import plain
from vaultdots.retrospective.document import document_of, stretches_of
from vaultdots.retrospective.matching import terms
from vaultdots.retrospective.model import Evidence, ReviewSource
from vaultdots.retrospective.words import any_of, each_of
from vaultdots.text.late import late
from vaultdots.text.periods import periods_in

PERIODS = ("year", "half", "quarter", "month", "week")
_SUMMARY_LIMIT = 200
"""Characters; the longest real description of a review seen has 68."""
_LABEL = 30
"""Characters: a line that only announces the summary is no longer."""
_EMPTY_SHARE = 0.5
"""A review of which so many sections are empty is a draft: of 25 real ones, two, and both are."""


def in_order(sources: Sequence[ReviewSource]) -> list[ReviewSource]:
    """By year, then the year's own review before those of its parts, then path."""
    return sorted(
        sources,
        key=lambda s: (s.note.year or 0, PERIODS.index(s.note.period or "week"), s.path),
    )


def status_of(source: ReviewSource) -> Status:
    """`draft` where the note says so, or where half of its sections are still empty."""
    if source.note.status != "final":
        return source.note.status
    leaves: list[tuple[int, bool]] = []  # (level, whether it holds text) of headings
    for section in source.note.sections:
        if section.level == 0:
            continue
        full = bool(plain(source.text[section.body : section.span.end]).strip("# "))
        if full and not section.heading.strip() and leaves:
            # A bare `#`, left of a copied permalink: its text is the heading's above.
            leaves[-1] = (leaves[-1][0], True)
        else:
            leaves.append((section.level, full))
    # A heading with headings under it needs no text of its own; the title's heading neither.
    following = [*(level for level, _ in leaves), 0][1:]
    bodies = [
        full
        for (level, full), after in zip(leaves, following, strict=True)
        if level > 1 and after <= level
    ]
    empty = bodies.count(False)
    if len(bodies) >= 2 and empty >= _EMPTY_SHARE * len(bodies):
        return "draft"
    return "final"


StatusOf = Callable[[ReviewSource], Status]
"""`status_of`, or what it said before."""


def review_of(
    sources: Sequence[ReviewSource], year: int, status: StatusOf = status_of
) -> ReviewSource | None:
    """The review that speaks for `year`: of the year, finished, the longest; else of a part."""
    of_year = [source for source in sources if source.note.year == year]
    return min(
        of_year,
        key=lambda s: (
            PERIODS.index(s.note.period or "week"),
            status(s) == "draft",
            -len(s.text),
            s.path,
        ),
        default=None,
    )


def yearly_of(
    sources: Sequence[ReviewSource], year: int, status: StatusOf = status_of
) -> list[ReviewSource]:
    """The reviews that make the year's page: the one that speaks for it, and others of the whole
    year (one in two parts, those of several people) that are no drafts."""
    first = review_of(sources, year, status)
    if first is None or first.note.period != "year":
        return [] if first is None else [first]
    stale = superseded(sources, status)
    others = [
        source
        for source in sources
        if source.note.year == year
        and source.note.period == "year"
        and source is not first
        and source.path not in stale
    ]
    return [first, *others]


def superseded(sources: Sequence[ReviewSource], status: StatusOf = status_of) -> set[str]:
    """Paths of drafts beside which a finished review of the same year and period stands, but for
    another part of that review (`Part 6 of 6`, `2부`), and what says that it is of last year's
    goals beside what makes the next ones."""
    finished: dict[tuple[int | None, str | None], set[tuple[str, str]]] = {}
    for source in sources:
        if status(source) == "final" and not plans_ahead(source.note):
            parts = finished.setdefault((source.note.year, source.note.period), set())
            parts.add(_part_of(source))
    found = set()
    for source in sources:
        others = finished.get((source.note.year, source.note.period))
        if status(source) == "draft" and others and source.note.period == "year":
            name, part = _part_of(source)
            if not part or not any(name == whole and part != other for whole, other in others):
                found.add(source.path)
    return found


def _part_of(source: ReviewSource) -> tuple[str, str]:
    """A review's title without the part that it says it is, and that part; "" where it is whole."""
    title = source.note.title
    match = any_of("sections", "part").search(title)
    if match is None:
        return title, ""
    return title[: match.start()] + title[match.end() :], match[0]


def summary_of(source: ReviewSource) -> Evidence | None:
    """The year in one line: the `summary` or `description` property, else the sentence for it.

    A description that only repeats the title (`2020년 7월 회고입니다.`) says nothing.
    """
    title = set(terms(source.note.title))
    for item in source.note.properties:
        if item.key.casefold() in {"summary", "description", "요약", "한줄"}:
            text = plain(item.value) if isinstance(item.value, str) else ""
            if text and not set(terms(text)) <= title | {"회고", "회고입니다", "입니다"}:
                return Evidence(
                    source.path, item.line, text[:_SUMMARY_LIMIT], f"property {item.key}"
                )
    return _said(source)


_PAST = late(r"[였었웠]|(?<![a-z])was(?![a-z])", re.IGNORECASE)


_ANNOUNCES = late(r"(?:다음|아래|이)와?\s?(?:과\s)?같(?:다|은|습니다|아요)|이렇(?:다|습니다)")
"""`올해를 정리하면 다음과 같다` has not said it yet."""


def _is_of_another_year(text: str, source: ReviewSource) -> bool:
    years = {m.year for m in periods_in(text) if m.stretch == "year" and m.year is not None}
    return bool(years) and source.note.year not in years


def _said(source: ReviewSource) -> Evidence | None:
    """The sentence that says the year: announced (`한 줄 요약: …`, or what follows a heading or a
    callout called so), else of the form `… 한 해였다`."""
    lead, words = any_of("sections", "summary_lead"), each_of("sections", "summary_line")
    best: tuple[int, Evidence] | None = None
    for stretch in stretches_of(source):
        for rank, (entry, pattern) in enumerate(words):
            said = entry.get("said", False)
            named = pattern.search(stretch.heading) if said and not stretch.goals else None
            text = stretch.heading[named.end() :].strip() if named is not None else ""
            if text and (best is None or rank < best[0]):
                best = (rank, Evidence(source.path, stretch.line, text, "heading"))
        announced = lead.search(stretch.heading) is not None
        for sentence in document_of(source).prose_of(stretch).sentences:
            if len(sentence.text) > _SUMMARY_LIMIT:
                announced = False
                continue
            if announced:
                return Evidence(source.path, sentence.line, sentence.text, "announced")
            announced = len(sentence.text) <= _LABEL and lead.search(sentence.text) is not None
            if sentence.text.endswith(("?", "？")):
                continue
            for rank, (entry, pattern) in enumerate(words):
                said = entry.get("said", False)
                match = pattern.search(sentence.text)
                # Under goals only what is announced, or told of the past, is the summary.
                past = said or _PAST.search(match[0]) if match is not None else None
                ahead = any_of("goals", "ahead").search(sentence.text) if past else None
                if match is None or (stretch.goals and (ahead or not past)):
                    continue
                text = sentence.text[match.end() :].strip() if said else sentence.text
                if _ANNOUNCES.search(text) or _is_of_another_year(text, source):
                    continue
                if text and (best is None or rank < best[0]):
                    best = (rank, Evidence(source.path, sentence.line, text, "sentence"))
                break
    return best[1] if best is not None else None
