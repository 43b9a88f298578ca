"""The sections of a review as dots: what each is about, and which part of the year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from vaultdots.note.model import Section
from vaultdots.note.plans import plans_ahead
from vaultdots.note.prose import Prose
from vaultdots.retrospective.contents import is_late, is_plan, kind_of_contents
from vaultdots.retrospective.modals import is_past, strength_of
from vaultdots.retrospective.model import ReviewSection, ReviewSource, SectionKind
from vaultdots.retrospective.verdicts import Said, by_group_word, by_mark
from vaultdots.retrospective.words import SectionWord, any_of, section_words
from vaultdots.text.dates import dates_in
from vaultdots.text.late import late
from vaultdots.text.periods import periods_in
from vaultdots.text.spans import Lines, Span
from vaultdots.text.tuples import NamedTuple

_HEADING_LIMIT = 160
"""Characters of a heading that are looked at; the longest real one seen has 96."""
_AHEAD = 2
"""Years after its own that a review's bare heading can be about."""
_OPENS = 2
"""Sentences in which a section of goals says that they are those of the year that is over."""
_TITLES_SEEN = 1000
"""Sections among which a second heading of level 1 is looked for."""
_PASSED_ON = {"book", "goals", "goal-check", "goals-how", "goals-someday", "travel", "talk",
              "keep", "problem", "try", "liked", "learned", "lacked", "longed", "health", "people",
              "project", "study", "work", "achievement", "failure"}  # fmt: skip
"""Kinds that a section hands to the sections under it where their own headings say nothing."""


def kind_of_heading(heading: str, words: tuple[SectionWord, ...]) -> SectionKind:
    """What a heading says that its section is about; `other` where it says nothing."""
    short = heading[:_HEADING_LIMIT]
    return next((word.kind for word in words if word.pattern.search(short)), "other")


def read_sections(source: ReviewSource, prose: Sequence[Prose]) -> tuple[ReviewSection, ...]:
    """The sections of a review in order, the title's own heading and empty leads left out.

    prose: what each of the note's sections holds.
    """
    words = section_words(source.own)
    found: list[ReviewSection] = []
    above: list[tuple[int, SectionKind]] = []  # (level, kind) of the headings around
    # Where a review says which part of it is its goals, no other list is taken for them.
    kinds = {
        raw.ordinal: kind_of_heading(raw.heading, words)
        for raw in source.note.sections
        if raw.level and raw.heading.strip()
    }
    announced = "goals" in kinds.values() or any(
        points_ahead(raw.heading) for raw in source.note.sections[1:]
    )
    for section in source.note.sections:
        # A bare `#` is what is left of a permalink on a copied page: no section of its own.
        if section.level == 0 or not section.heading.strip():
            continue
        while above and above[-1][0] >= section.level:
            above.pop()
        if not found and _is_title(section, source):
            continue
        kind = kinds[section.ordinal]
        year, months = when(section.heading)
        if kind == "other" and _names_a_later_year(year, months, source):
            kind = "goals"
        points = points_ahead(section.heading)
        late = is_late(section.span, source.text)
        if kind == "other" and points and late:
            kind = "goals"
        if kind == "other" and plans_ahead(source.note) and year is not None:
            # `Reflections on 2014` in `My resolutions for 2015` tells how those of 2014 went.
            kind = "goal-check" if year == source.note.year and months is None else kind
        if kind == "goals" and not points and not _names_a_later_year(year, months, source):
            # `숙제 검사` holds a word of goals, and ticks and crosses.
            told = kind_of_contents(prose[section.ordinal], ahead=False)
            kind = told if told == "goal-check" else kind
        own_kind = kind != "other"
        if not own_kind and above and above[-1][1] in _PASSED_ON:
            kind = above[-1][1]
        elif not own_kind:
            may = source.note.period == "year" and (
                points or (late and not announced and months is None)
            )
            kind = kind_of_contents(prose[section.ordinal], ahead=may)
        kind = _checked(kind, section.heading, source, words)
        there = prose[section.ordinal]
        ahead = points or _names_a_later_year(year, months, source)
        were = not ahead and (_were_set(there, source) or _answers(there, source))
        if kind == "goals" and own_kind and were:
            kind = "goal-check"
        if kind == "goal-check" and own_kind and late and _announces(section, source, prose, words):
            kind = "goals"  # `Plans for 2016` at the end of 2016: last year's number, by mistake
        above.append((section.level, kind))
        found.append(
            ReviewSection(
                section.ordinal, section.heading, section.headings, section.level, section.line,
                section.span, section.body, kind, own_kind, year, months,
            )
        )  # fmt: skip
    return tuple(found)


def _were_set(prose: Prose, source: ReviewSource) -> bool:
    """Whether a section of goals opens with those that were set for the review's own year: `At the
    beginning of 2020 I set out to:`."""
    for sentence in prose.sentences[:_OPENS]:
        told = any_of("goals", "intended").search(sentence.text) is not None
        own = source.note.year is not None and str(source.note.year) in sentence.text
        ahead = any_of("goals", "ahead").search(sentence.text) or str(
            (source.note.year or 0) + 1
        ) in sentence.text  # fmt: skip
        if sentence.item is None and told and own and not ahead:
            return True
    return False


def _answers(prose: Prose, source: ReviewSource) -> bool:
    """Whether a section of goals quotes them, one after the other, and says something below each:
    `> 1. Learn to weld`, then `Done.`"""

    def is_quoted(span: Span) -> bool:
        start = source.text.rfind("\n", 0, span.start) + 1
        return source.text[start : span.end].lstrip().startswith(">")

    quoted = [item.span.start for item in prose.items if item.depth == 0 and is_quoted(item.span)]
    told = [p.span.start for p in prose.paragraphs if p.item is None and not is_quoted(p.span)]
    answered = [
        at for at, after in pairwise([*quoted, len(source.text)])
        if any(at < there < after for there in told)
    ]  # fmt: skip
    return len(answered) > 1 and 2 * len(answered) > len(quoted)


def _announces(
    section: Section,
    source: ReviewSource,
    prose: Sequence[Prose],
    words: tuple[SectionWord, ...],
) -> bool:
    """Whether what stands under a heading of goals says what will be done, and nothing of what was,
    whatever year the heading names."""
    if kind_of_heading(section.heading, words) != "goals":
        return False
    ahead = told = 0
    for raw in source.note.sections[section.ordinal :]:
        if raw.ordinal > section.ordinal and raw.level <= section.level:
            break
        there = prose[raw.ordinal]
        tops = [item for item in there.items if item.depth == 0][:_TITLES_SEEN]
        if any(item.check and item.check.strip() for item in tops) or there.rows:
            return False
        texts = [item.text for item in tops]
        texts += [s.text for s in there.sentences[:_TITLES_SEEN] if s.item is None]
        ahead += sum(1 for text in texts if is_plan(text) or strength_of(text) is not None)
        told += sum(1 for text in texts if is_past(text) or by_mark(text) is not None)
    return ahead > 2 * told


def _is_title(section: Section, source: ReviewSource) -> bool:
    """Whether a review's first heading is its title: in its words, or alone on its level 1."""
    if section.level <= 2 and section.heading == source.note.title:
        return True
    tops = [s for s in source.note.sections[:_TITLES_SEEN] if s.level == 1 and s.heading.strip()]
    return section.level == 1 and len(tops) == 1


class Stretch(NamedTuple):
    """A part of a review that is about one thing: a section, or what follows a bold line in it.

    kind as of sections; goals: whether it stands under a heading that announces goals.
    year, months: what its own heading, else a heading above, names.
    """

    kind: SectionKind
    goals: bool
    heading: str
    line: int
    span: Span
    year: int | None
    months: tuple[int, int] | None
    section: int
    """Index in the note's sections."""
    level: int = 0
    below: bool = False
    """Whether it stands under another heading that announces goals."""
    bold: bool = False
    """Whether a bold line heads it."""
    check: bool = False
    """Whether it stands under a heading that looks back on goals, its own or one above."""
    said: Said | None = None
    """What its heading says of all that stands there, or one above that looks back on goals."""


_BOLD = (
    r"^[ \t]{0,3}(?:[*_]{2,3}`?|\[)(?P<name>[^\n*_\[\]]{1,60}?)(?:`?[*_]{2,3}|\]):?"
    "[ \t\r\u2190-\u2bff\U0001f000-\U0001faff\ufe0f\u200d]*$"
)
_BARE = (
    r"(?:(?<=\n\n)|(?<=\n\r\n)|\A)(?P<bare>[^\s>|`*#\-\d][^\r\n]{0,39})\r?$"
    r"(?=\n[ \t\r]*\n|\n?\Z)"
)
_BOLD_LINE = late(_BOLD, re.MULTILINE)
_BOLD_OR_BARE = late(f"{_BOLD}|{_BARE}", re.MULTILINE)
"""In a review without headings also a short paragraph of one line: `🎯 2024년엔`, `읽은 책`."""
_PICTURE = late("^[\u2190-\u2bff\U0001f000-\U0001faff\u3000-\u303f]\ufe0f?\u200d?\\s*")
_BARE_LIMIT = 24
"""Characters of a bare line that heads what follows; with a picture before it, 40."""
_NAMED_BY_BOLD = {"keep", "problem", "try", "liked", "learned", "lacked", "longed", "goals",
                  "goal-check", "book", "summary", "achievement", "failure"}  # fmt: skip
_FOR_A_YEAR = {"goals-someday", "goals-how", "goal-check"}
"""Kinds that announce goals where the heading names a later year."""
_NOT_AHEAD = {"goal-check", "goals-how", "goals-someday", "summary", "keep", "problem", "liked",
              "learned", "lacked", "achievement", "failure"}  # fmt: skip


def read_stretches(
    source: ReviewSource, sections: Sequence[ReviewSection], lines: Lines
) -> tuple[Stretch, ...]:
    """The whole review in stretches, the text before the first heading included."""
    words = section_words(source.own)
    by_ordinal = {section.ordinal: section for section in sections}
    found: list[Stretch] = []
    above: list[tuple[int, Stretch]] = []
    for index, raw in enumerate(source.note.sections):
        section = by_ordinal.get(raw.ordinal)
        span = Span(min(raw.body, raw.span.end), raw.span.end)
        if section is None and raw.level > 0 and not raw.heading.strip() and found:
            first = found[-1]._replace(span=span)
        elif section is None:
            first = Stretch("other", False, raw.heading, raw.line, span, None, None, index)
        else:
            while above and above[-1][0] >= section.level:
                above.pop()
            parent = above[-1][1] if above else None
            # A heading of goals over a heading with nothing under it: that is a goal itself.
            empty = not span.of(source.text).strip() and section.kind != "goal-check"
            goals = section.kind in {"goals", "try"} or (
                parent is not None
                and parent.goals
                and (empty or section.kind not in _NOT_AHEAD or _words_a_goal(section))
            )
            first = Stretch(
                section.kind, goals, section.heading, section.line, span,
                section.year or (parent.year if parent else None),
                section.months or (parent.months if parent and goals else None), index,
                section.level,
                parent.goals if parent is not None else _of_plan(section, source),
                check=not goals and (
                    section.kind == "goal-check" or (parent is not None and parent.check)
                ),
                said=by_group_word(section.heading) or (
                    parent.said if parent is not None and parent.check and not goals else None
                ),
            )  # fmt: skip
            above.append((section.level, first))
        found += _split_at_bold(first, source, words, lines, only=not by_ordinal)
    return tuple(found)


def _of_plan(section: ReviewSection, source: ReviewSource) -> bool:
    """Whether an outermost heading words a goal under one of goals: the title of a note of goals
    is such."""
    aims = source.target is not None and section.kind not in _NOT_AHEAD | {"goals", "try"}
    return aims and is_plan(section.heading)


def _words_a_goal(section: ReviewSection) -> bool:
    """`성과 내기`, under a heading of goals: its kind is that of what will be done."""
    return section.kind in _NAMED_BY_BOLD - {"summary", "goal-check"} and is_plan(section.heading)


def _split_at_bold(
    stretch: Stretch,
    source: ReviewSource,
    words: tuple[SectionWord, ...],
    lines: Lines,
    only: bool,
) -> list[Stretch]:
    """`**Keep**` on a line of its own heads what follows, as a heading would.

    only: the review has no headings but these, so that every one counts.
    """
    parts = [stretch]
    for match in (_BOLD_OR_BARE if only else _BOLD_LINE).finditer(source.text, *stretch.span):
        bold = match["name"] is not None
        name = match["name" if bold else "bare"].strip("` ")
        if name.endswith((".", "!", "?", "。", "！", "？", "다", "요")):
            continue  # a sentence set in bold is no heading
        kind = kind_of_heading(name, words)
        known = kind != "other" and len(name) <= _BARE_LIMIT
        if not (bold or known or _PICTURE.match(name)):
            continue
        name = _PICTURE.sub("", name)
        year, months = when(name)
        if kind == "other" and (_names_a_later_year(year, months, source) or points_ahead(name)):
            kind = "goals"
        last = parts[-1]
        if only and last.bold:
            between = source.text[last.span.start : match.start()]
            if kind not in _NAMED_BY_BOLD and last.goals and (last.below or not between.strip()):
                # `**2025 목표**`, then `**개발**` at once: a heading over headings.
                kind = last.kind
                last = last._replace(below=True)
        elif not only and (
            kind not in _NAMED_BY_BOLD
            or (stretch.goals and kind not in _NOT_AHEAD)
            or (stretch.kind == "goal-check" and kind != "goals")
        ):
            continue
        kind = _checked(kind, name, source, words)
        parts[-1] = parts[-1]._replace(span=Span(parts[-1].span.start, match.start()))
        parts.append(
            Stretch(
                kind,
                kind in {"goals", "try"},
                name,
                lines.line(match.start()),
                Span(match.end(), stretch.span.end),
                year or stretch.year,
                months,
                stretch.section,
                below=only and last.below,
                bold=True,
                check=kind == "goal-check" or (stretch.check and kind not in {"goals", "try"}),
                said=by_group_word(name),
            )
        )
    return parts


def when(heading: str) -> tuple[int | None, tuple[int, int] | None]:
    """The year and the months that a heading names: `2월 ~ 4월` → (None, (2, 4))."""
    short = heading[:_HEADING_LIMIT]
    for mention in periods_in(short):
        if mention.stretch == "day":
            for date in dates_in(short):
                if date.month is not None:
                    return date.year, (date.month, date.month)
            continue
        months = None if mention.stretch == "year" else mention.months()
        return mention.year, months
    return None, None


def _names_a_later_year(
    year: int | None, months: tuple[int, int] | None, source: ReviewSource
) -> bool:
    """`2025년의 나`, `Onward, 2025`: what a review says under a year to come is meant for it."""
    own = source.note.year
    return year is not None and own is not None and months is None and 0 < year - own <= _AHEAD


def points_ahead(heading: str) -> bool:
    """`그래서 내년엔`, `내년 액션`, `Into the new year`: the heading speaks of what is to come."""
    return any_of("goals", "ahead").search(heading[:_HEADING_LIMIT]) is not None


_PART = late(
    r"\W*(?:(?:[상하]|[上下])\s?(?:반기|半期)|(?:the )?(?:first|second) half)\W*", re.IGNORECASE
)
"""A heading that names a half of the year and no more."""


def _checked(
    kind: SectionKind, heading: str, source: ReviewSource, words: tuple[SectionWord, ...]
) -> SectionKind:
    """`2023년 목표` in the review of 2023 is a look back on goals, not a list of new ones."""
    if source.note.period != "year" or source.note.year is None:
        return kind
    year, months = when(heading)
    if kind in _FOR_A_YEAR and _names_a_later_year(year, months, source):
        # `2025년 버킷리스트`, `How to continue in 2025?`; how goals are reached is another matter.
        aims = any(w.kind == "goals" and w.pattern.search(heading) for w in words)
        return kind if kind == "goals-how" and aims else "goals"
    if kind != "goals":
        return kind
    if months is not None and year is None and _PART.fullmatch(heading):
        return "other"  # `하반기` in the review of a year tells of that half
    if year is None and not points_ahead(heading):
        # In `Looking back on my goals of 2023`; `2024 goals`, which opens with 2023, looks ahead.
        back = any_of("goals", "restates").search(source.note.title)
        return "goal-check" if back and not plans_ahead(source.note) else kind
    return "goal-check" if year is not None and year <= source.note.year else kind
