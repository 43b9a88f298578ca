"""A review whose body is HTML, as it is read: its text told as Markdown, its headings as sections.

The catalog's sections stay what they are; what is told here serves the reading of one review.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from vaultdots.note.headings import heading_text
from vaultdots.note.html_prose import HtmlHeading, html_prose
from vaultdots.note.model import Section
from vaultdots.note.prose import hidden_spans, plain
from vaultdots.retrospective.model import ReviewSource
from vaultdots.text.spans import Lines, Span
from vaultdots.text.tuples import NamedTuple


class ReadSource(NamedTuple):
    """source: as it is read. depths: how deep its HTML items stand, by place. own: section by its
    place in `source` → its ordinal in the catalog; None where all are the catalog's."""

    source: ReviewSource
    depths: Mapping[int, int]
    own: Mapping[int, int] | None


def read_html(source: ReviewSource) -> ReadSource:
    """The review with its HTML told as Markdown; the review itself where there is none."""
    told = html_prose(source.text, source.note.body, hidden_spans(source.note))
    if told is None:
        return ReadSource(source, {}, None)
    note, own = source.note, None
    if told.headings:
        sections, own = _with_headings(note.sections, told.headings, Lines.of(source.text))
        note = replace(note, sections=sections)
    return ReadSource(ReviewSource(note, told.text, source.own, source.target), told.depths, own)


def _with_headings(
    sections: Sequence[Section], headings: Sequence[HtmlHeading], lines: Lines
) -> tuple[tuple[Section, ...], Mapping[int, int]]:
    """The sections, each cut at the HTML headings in it."""
    found: list[Section] = []
    own: dict[int, int] = {}
    above: list[tuple[int, str]] = []
    at = 0
    for section in sections:
        own[len(found)] = section.ordinal
        found.append(section._replace(ordinal=len(found)))
        above = [(section.level, heading) for heading in section.headings[-1:]]
        start, end = section.body, section.span.end
        while at < len(headings) and headings[at].start < end:
            heading = headings[at]
            at += 1
            name = heading_text(plain(heading.raw))
            if heading.start < start or not name:
                continue
            last = found[-1]
            found[-1] = last._replace(span=Span(last.span.start, heading.start))
            while above and above[-1][0] >= heading.level:
                above.pop()
            above.append((heading.level, name))
            names = tuple(name for _, name in above)
            found.append(
                Section(
                    len(found), heading.level, names, 0, lines.line(heading.start),
                    Span(heading.start, end), heading.body, heading.raw,
                )
            )  # fmt: skip
    return tuple(found), own
