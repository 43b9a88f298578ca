"""Connecting the dots: for every section, the notes it should be connected to, and why.

Evidence is gathered by line and summed to the section. Links that stand there already are not
suggested again, and below `weights.LEAST` a section stays empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from vaultdots.graph.line_profiles import SectionUnits, sections_of
from vaultdots.graph.links import links
from vaultdots.graph.mentions import Mentions
from vaultdots.retrospective.connect_choice import (
    DEFAULT_MOST,
    Judged,
    Suggestion,
    Thresholds,
    suggestions,
)
from vaultdots.retrospective.connect_features import (
    Candidate,
    SectionCandidates,
    features_of,
)
from vaultdots.retrospective.evidence import Collector
from vaultdots.retrospective.line_evidence import Evidence
from vaultdots.retrospective.model import Connection, Reason
from vaultdots.retrospective.weights import (
    MONTH_SHARE,
    NAMED,
    NEAR_DAYS,
    SPEAKS,
    WEIGHTS,
    Signal,
    Weights,
)
from vaultdots.store.answers import LinkRow, NoteRow
from vaultdots.store.catalog import Catalog
from vaultdots.text.late import late
from vaultdots.text.linear import decision
from vaultdots.text.periods import periods_in

RELATED = late(
    r"^\W*(?:related(?: notes)?|see also|connections|연결|관련(?: 노트| 글| 문서)?|이어지는 글"
    r"|함께 보기)\W*$",
    re.IGNORECASE,
)
"""Headings of a list of connections: what stands under one is connected to the whole note."""


def connections(
    catalog: Catalog,
    mentions: Mentions,
    row: NoteRow,
    *,
    with_links: bool = False,
    most: int = DEFAULT_MOST,
    weights: Weights = WEIGHTS,
    least: float | None = None,
    rejected: Iterable[tuple[str, tuple[str, ...]]] = (),
) -> list[Connection]:
    """The connections of every section of a note, best first in each.

    with_links: those too that a link of the section makes already. rejected: (target, headings)
    that a person did not want. most: suggestions of a section; a link takes no place.
    """
    unwanted = set(rejected)
    limits = Thresholds() if least is None else Thresholds(least, least)
    found: list[Connection] = []
    for part in section_candidates(catalog, mentions, row, weights):
        section = part.section
        told = judged(part)
        by_path = {one.note.path: (sure, one) for sure, one in told}
        open_ones = [
            as_judged(sure, one, section)
            for sure, one in told
            if part.is_open(one) and (one.note.path, section.headings) not in unwanted
        ]
        scored = []
        for one in suggestions(open_ones, most, limits)[:most]:
            members = [by_path[path][1] for path in one.notes]
            if one.group is None:
                scored.append(_connection(row, section, members[0], one.sure, explicit=False))
            elif (one.group.name, section.headings) not in unwanted:
                scored.append(_group_connection(row, section, one, members))
        if with_links:
            for path, line in part.linked.items():
                if path in by_path:
                    sure, linked = by_path[path]
                    scored.append(_connection(row, section, linked, sure, explicit=True))
                elif path != row.path:
                    scored.append(_bare_link(catalog, row, section, path, line))
        found += sorted(scored, key=lambda c: (-c.score, c.target))
    return found if most > DEFAULT_MOST else _once(found)


def _once(found: Sequence[Connection]) -> list[Connection]:
    """Without what is not sure and another section of the note suggests more surely."""
    best: dict[str, float] = {}
    for one in found:
        best[one.target] = max(one.score, best.get(one.target, 0.0))
    return [
        one for one in found if one.explicit or one.score >= SPEAKS or one.score == best[one.target]
    ]


def section_candidates(
    catalog: Catalog, mentions: Mentions, row: NoteRow, weights: Weights = WEIGHTS
) -> Iterator[SectionCandidates]:
    """The sections of a note with their candidates, lists of connections left out."""
    collector = Collector(catalog, mentions, row, weights)
    text = catalog.text(row.id)
    own_links = catalog.links_of(row.path)
    sections = sections_of(
        row,
        text,
        catalog.regions(row.id),
        catalog.sections(row.id),
        link_spans(own_links),
        NEAR_DAYS,
        MONTH_SHARE,
    )
    linked = linked_targets(catalog, row)
    everywhere = linked.get(-1, {})
    anywhere = frozenset(path for targets in linked.values() for path in targets)
    names = mentions.rows.in_note(row.id)
    addresses = [link for link in own_links if link.external]
    for section in sections:
        if section.headings and RELATED.match(section.headings[-1]):
            continue
        year = next(
            (m.year for m in periods_in(" ".join(section.headings[-1:])) if m.year), row.year
        )
        evidence = collector.lines(
            section,
            [name for name in names if name.section == section.ordinal],
            [link for link in addresses if link.section == section.ordinal],
            year,
        )
        there = linked.get(section.ordinal, {})
        collector.facts.read(evidence)
        yield SectionCandidates(
            section,
            [
                Candidate(note, lines, collector.facts.year(note))
                for target, lines in evidence.items()
                for note in [collector.facts.note(target)]
            ],
            frozenset((*everywhere, *there)),
            there,
            anywhere,
            year,
            collector.facts.title_words(there),
        )


def judged(part: SectionCandidates) -> list[tuple[float, Candidate]]:
    """Each candidate with its confidence (0–1), the surest first."""
    learned = decision(_ROOM, "connect")
    return sorted(
        (
            (round(confidence(learned.confidence(features), features), 3), one)
            for one, features in zip(part.candidates, features_of(part), strict=True)
        ),
        key=lambda pair: (-pair[0], pair[1].note.path),
    )


def as_judged(sure: float, one: Candidate, section: SectionUnits) -> Judged:
    """A candidate as `connect_choice` wants it."""
    return Judged(
        sure,
        one.note.path,
        any("date" in line.worth for line in one.lines),
        any(line.worth.get(signal, (0.0,))[0] >= NAMED for line in one.lines for signal in _NAMES),
        frozenset(group for line in one.lines for group in line.groups),
        frozenset(g for line in one.lines if line.line == section.line for g in line.groups),
        all(_FILED.issuperset(line.worth) for line in one.lines),
    )


def confidence(learned: float, features: Mapping[str, float]) -> float:
    """What is learned, and where a review's time or an address is written out, at least enough."""
    return max(learned, SPEAKS) if features.get("certain") else learned


_NAMES: tuple[Signal, ...] = ("mention", "title", "address")
_FILED: frozenset[Signal] = frozenset(("tag", "folder", "date"))
_ROOM = "vaultdots.retrospective"


def link_spans(rows: Iterable[LinkRow]) -> list[tuple[int, int]]:
    """Links into the vault: their words speak for what they link to, and less for others."""
    return [
        (row.start, row.end)
        for row in rows
        if not row.external and row.section >= 0 and row.end > row.start
    ]


def linked_targets(catalog: Catalog, row: NoteRow) -> Mapping[int, dict[str, int]]:
    """Section ordinal → {path: line} of what is linked there; -1: what holds for the whole note."""
    related = {
        section.ordinal
        for section in catalog.sections(row.id)
        if section.headings and RELATED.match(section.headings[-1])
    }
    found: dict[int, dict[str, int]] = {}
    for link in links(catalog, row.path):
        if link.target is not None:
            ordinal = -1 if link.section in related else link.section
            found.setdefault(ordinal, {}).setdefault(link.target, link.line)
    return found


def _connection(
    row: NoteRow,
    section: SectionUnits,
    candidate: Candidate,
    score: float,
    *,
    explicit: bool,
) -> Connection:
    note, lines = candidate.note, list(candidate.lines)
    best = max(lines, key=lambda line: line.score)
    name = best.name or next((line.name for line in lines if line.name), None)
    return Connection(
        row.path,
        section.headings,
        best.line,
        note.path,
        note.title,
        round(score, 3),
        _reasons(lines, best),
        explicit,
        section.ordinal,
        name.start if name else None,
        name.end if name else None,
    )


def _group_connection(
    row: NoteRow, section: SectionUnits, one: Suggestion, members: Sequence[Candidate]
) -> Connection:
    """A tag, folder or series as one target."""
    group = one.group
    assert group is not None
    line = min(line.line for m in members for line in m.lines if group in line.groups)
    near = sum(any("date" in line.worth for line in member.lines) for member in members)
    what = {"tag": "names the tag", "folder": "names the folder", "series": "names the series"}
    told = f"{what[group.kind]} {group.name}: {len(members)} notes of its time"
    if near:
        told += f", {near} of its months"
    return Connection(
        row.path,
        section.headings,
        line,
        group.name,
        group.name,
        round(one.sure, 3),
        (Reason("tag", told, line),),
        False,
        section.ordinal,
        None,
        None,
        group.kind,
        one.notes,
    )


def _reasons(lines: list[Evidence], best: Evidence) -> tuple[Reason, ...]:
    """The reasons of the best line, the strongest first; then other lines that name the note."""
    told = [reason for _, reason in sorted(best.worth.values(), key=lambda value: -value[0])]
    if any(reason.signal in ("mention", "address") for reason in told):
        told = [reason for reason in told if reason.signal != "title"]
    for line in sorted(lines, key=lambda line: line.line):
        if line is not best and "mention" in line.worth:
            told.append(line.worth["mention"][1])
    return tuple(told[:5])


def _bare_link(
    catalog: Catalog, row: NoteRow, section: SectionUnits, path: str, line: int
) -> Connection:
    note = catalog.note(path)
    return Connection(
        row.path,
        section.headings,
        line,
        path,
        note.title if note else path,
        1.0,
        (),
        True,
        section.ordinal,
        None,
        None,
    )
