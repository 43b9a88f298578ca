"""What speaks for a connection, as named features: evidence of a section's lines for one note.

Each is about 0 to 1. What each is worth is learned from labelled authors (`weights/connect.toml`).
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from math import fsum

from vaultdots.graph.line_profiles import SectionUnits
from vaultdots.retrospective.connect_groups import Group
from vaultdots.retrospective.line_evidence import Evidence
from vaultdots.store.answers import NoteRow
from vaultdots.text.everyday import everydayness
from vaultdots.text.tuples import NamedTuple


class Candidate(NamedTuple):
    """A note with all that a section says for it."""

    note: NoteRow
    lines: Sequence[Evidence]
    year: int | None
    """The year in which the note was written."""


class SectionCandidates(NamedTuple):
    """A section with every note that its lines say something for.

    here: what is linked in the section or for the whole note already; linked: of it what stands in
    the section, with its line; anywhere: what the note links to at all. year: that it tells of.
    kin: telling words of the titles that are linked there.
    """

    section: SectionUnits
    candidates: Sequence[Candidate]
    here: frozenset[str]
    linked: Mapping[str, int]
    anywhere: frozenset[str]
    year: int | None
    kin: frozenset[str]

    def is_open(self, candidate: Candidate) -> bool:
        """Whether a link from the section to the candidate would say something new."""
        return candidate.note.path not in self.here


def features_of(part: SectionCandidates) -> list[dict[str, float]]:
    """The features of all candidates of one section."""
    heading = part.section.line if part.section.headings else 0
    scores = [max(line.score for line in candidate.lines) for candidate in part.candidates]
    top = max(scores, default=0.0)
    ranked = sorted(scores)
    stems: dict[frozenset[str], int] = {}
    for candidate in part.candidates:
        key = _matched(candidate.lines)
        stems[key] = stems.get(key, 0) + 1
    groups = Counter(
        group for one in part.candidates for group in {g for line in one.lines for g in line.groups}
    )
    return [
        {
            **_features(candidate, score, top, ranked, part.year, heading, stems, groups),
            **({"linked_elsewhere": 1.0} if candidate.note.path in part.anywhere else {}),
            **_of_section(part, candidate),
        }
        for candidate, score in zip(part.candidates, scores, strict=True)
    ]


def _of_section(part: SectionCandidates, candidate: Candidate) -> dict[str, float]:
    """What a candidate is to the section as a whole."""
    found = {
        "linked_here": min(1.0, len(part.linked) / 3),
        "long": min(1.0, len(part.section.units) / 60),
    }
    if part.section.headings and part.section.units:
        heading = part.section.units[0].plain
        weights = {word: 1 - 0.7 * everydayness(word) for word in heading}
        said = set[str]().union(
            *(line.matched for line in candidate.lines if line.line == part.section.line)
        )
        share = fsum(weights.get(word, 0.0) for word in said) / (fsum(weights.values()) or 1.0)
        found["heading_share"] = min(1.0, share)
    if _matched(candidate.lines) & part.kin:
        found["kin"] = 1.0
    return {name: value for name, value in found.items() if value}


def _matched(lines: Sequence[Evidence]) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.title_words)


def _features(
    candidate: Candidate,
    score: float,
    top: float,
    scores: Sequence[float],
    year: int | None,
    heading: int,
    stems: Mapping[frozenset[str], int],
    groups: Mapping[Group, int],
) -> dict[str, float]:
    lines = candidate.lines
    found: dict[str, float] = {}
    for signal in ("mention", "address", "title", "tag", "folder", "summary", "date", "body"):
        worth = max((line.worth.get(signal, (0.0,))[0] for line in lines), default=0.0)
        found[signal] = worth
    rare = max((line.rare for line in lines), default=0.0)
    found["rare"] = rare
    found["everyday"] = min((line.everyday for line in lines), default=1.0)
    found["rare_named"] = rare if found["mention"] else 0.0
    found["score"] = min(1.0, score)
    found["phrase"] = max(line.phrase for line in lines)
    found["proper"] = float(any(line.proper for line in lines))
    found["marked"] = float(any(line.marked for line in lines))
    found["group"] = max((g.telling for line in lines for g in line.groups), default=0.0)
    found["group_heading"] = max(
        (g.telling for line in lines if line.line == heading for g in line.groups), default=0.0
    )
    found["group_year"] = max(
        (g.telling * groups[g] / len(g.notes) for line in lines for g in line.groups), default=0.0
    )
    found["certain"] = float(any(line.certain for line in lines))
    found["in_link"] = float(not any(line.outside or line.certain for line in lines))
    found["alone"] = max(line.alone for line in lines)
    found["heading"] = float(any(line.line == heading for line in lines))
    found["several"] = min(1.0, (len(lines) - 1) / 3)
    found["best"] = score / top if top else 0.0
    found["crowd"] = min(1.0, (len(scores) - bisect_left(scores, 0.9 * score)) / 10)
    found["words"] = min(1.0, max(len(line.title_words) for line in lines) / 3)
    found["series"] = min(1.0, (stems[_matched(lines)] - 1) / 3)
    found["review"] = float(candidate.note.kind in ("review", "daily"))
    found["index"] = float(candidate.note.kind == "index")
    if year is not None and candidate.year is not None:
        apart = candidate.year - year
        found["same_year"] = float(apart == 0)
        found["near_year"] = float(abs(apart) == 1)
        found["later"] = min(1.0, max(0, apart) / 3)
        found["older"] = min(1.0, max(0, -apart - 1) / 3)
        only_title = found["title"] if not found["mention"] and not found["address"] else 0.0
        found["same_year_title"] = only_title if apart == 0 else 0.0
        found["other_year_title"] = only_title if apart != 0 else 0.0
    else:
        found["undated"] = 1.0
    return {name: value for name, value in found.items() if value}
