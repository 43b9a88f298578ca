"""Connecting the dots: for every section, the notes it should be connected to, and why.

Evidence is gathered by line and summed to the section. Links that stand there already are not
suggested again, and below `weights.LEAST` a section stays empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from vaultdots.graph.links import links
from vaultdots.graph.mentions import Mentions
from vaultdots.retrospective.connect_features import (
    Candidate,
    SectionCandidates,
    features_of,
)
from vaultdots.retrospective.evidence import Collector, Evidence, Reason
from vaultdots.retrospective.units import SectionUnits, sections_of
from vaultdots.retrospective.weights import (
    MONTH_SHARE,
    NEAR_DAYS,
    SPEAKS,
    WEIGHTS,
    Weights,
)
from vaultdots.store.answers import LinkRow, NoteRow
from vaultdots.store.catalog import Catalog
from vaultdots.text.linear import decision
from vaultdots.text.periods import periods_in

RELATED = re.compile(
    r"^\W*(?:related(?: notes)?|see also|connections|연결|관련(?: 노트| 글| 문서)?|이어지는 글"
    r"|함께 보기)\W*$",
    re.IGNORECASE,
)
"""Headings of a list of connections: what stands under one is connected to the whole note."""


class Connection(NamedTuple):
    """A note that a section should be connected to. The names are the keys of `connect --json`.

    section: heading path, () before the first one. line: of the strongest evidence; 1-based.
    score: 1 is a rare name written out. start, end: the name that would become the link, in code
    points of the source's text; None where the connection has no such name.
    """

    source: str
    section: tuple[str, ...]
    line: int
    target: str
    title: str
    score: float
    reasons: tuple[Reason, ...]
    explicit: bool
    ordinal: int
    start: int | None
    end: int | None


def connections(
    catalog: Catalog,
    mentions: Mentions,
    row: NoteRow,
    *,
    with_links: bool = False,
    weights: Weights = WEIGHTS,
    least: float | None = None,
    rejected: Iterable[tuple[str, tuple[str, ...]]] = (),
) -> list[Connection]:
    """The connections of every section of a note, best first in each.

    with_links: those too that a link of the section makes already. rejected: (target, headings)
    that a person did not want.
    """
    unwanted = set(rejected)
    found: list[Connection] = []
    for part in section_candidates(catalog, mentions, row, weights):
        section = part.section
        scored = []
        for sure, candidate, shown in judged(part, least):
            note = candidate.note
            explicit = note.path in part.here
            if (note.path, section.headings) in unwanted or not (
                shown or (explicit and with_links)
            ):
                continue
            scored.append(_connection(row, section, note, sure, list(candidate.lines), explicit))
        seen = {connection.target for connection in scored}
        if with_links:
            for path, line in part.linked.items():
                if path not in seen and path != row.path:
                    scored.append(_bare_link(catalog, row, section, path, line))
        found += sorted(scored, key=lambda c: (-c.score, c.target))
    return found


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
        [*catalog.regions(row.id), *link_spans(own_links)],
        catalog.sections(row.id),
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
        evidence = collector.lines(
            section,
            [name for name in names if name.section == section.ordinal],
            [link for link in addresses if link.section == section.ordinal],
        )
        there = linked.get(section.ordinal, {})
        year = next(
            (m.year for m in periods_in(" ".join(section.headings[-1:])) if m.year), row.year
        )
        yield SectionCandidates(
            section,
            [
                Candidate(note, lines, collector.year(note))
                for target, lines in evidence.items()
                for note in [collector.note(target)]
            ],
            frozenset((*everywhere, *there)),
            there,
            anywhere,
            year,
        )


def judged(
    part: SectionCandidates, least: float | None = None
) -> list[tuple[float, Candidate, bool]]:
    """Each candidate with its confidence (0–1), the surest first, and whether it is shown: a
    section whose best candidate is not sure enough stays empty.

    least: a confidence to be used instead of those that were chosen.
    """
    learned = decision(_ROOM, "connect")
    told = sorted(
        (
            (round(max(learned.confidence(features), _floor(one)), 3), one)
            for one, features in zip(part.candidates, features_of(part), strict=True)
        ),
        key=lambda pair: (-pair[0], pair[1].note.path),
    )
    speaks = max((sure for sure, one in told if part.is_open(one)), default=0.0)
    gate, shown = (SPEAKS, learned.threshold) if least is None else (least, least)
    return [
        (sure, one, speaks >= gate and sure >= shown and part.is_open(one)) for sure, one in told
    ]


def _floor(candidate: Candidate) -> float:
    return SPEAKS if any(line.certain for line in candidate.lines) else 0.0


_ROOM = "vaultdots.retrospective"


def link_spans(rows: Iterable[LinkRow]) -> list[tuple[str, int, int]]:
    """Links into the vault: their words speak for what they link to, and for nothing else."""
    return [
        ("linked", row.start, row.end)
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
    note: NoteRow,
    score: float,
    lines: list[Evidence],
    explicit: bool,
) -> Connection:
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
