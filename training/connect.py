"""Learns which notes a section is connected to.

`python -m training.connect [--without AUTHOR] [--to FOLDER]` writes `connect.toml`, without
arguments to where dots reads it. `--measure` leaves every author out once, with the thresholds in
use and with those that the other authors alone choose, each of them left out in turn.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from sklearn.linear_model import LogisticRegression

from benchmarks.connect import labelled, labels
from training.connect_meanings import FEATURES
from vaultdots.retrospective.connect import (
    SectionCandidates,
    as_judged,
    confidence,
    section_candidates,
)
from vaultdots.retrospective.connect_choice import Judged, Thresholds, suggestions
from vaultdots.retrospective.connect_features import features_of
from vaultdots.retrospective.connect_groups import Group
from vaultdots.retrospective.weights import FURTHER, LEAST
from vaultdots.vault import Vault

ROOT = Path(__file__).parents[1]
AUTHORS = Path(os.environ.get("DOTS_SHARED") or ROOT.parent / "shared") / "authors"
WEIGHTS = ROOT / "src" / "vaultdots" / "retrospective" / "weights"
STRENGTH = 0.01
"""The inverse of the regularisation, of features scaled to one spread: there are 200 right
candidates in all. A third of it and three times it give figures within 0.02."""
MOST = 10
FEWEST = 5
NARROWEST = 0.2
"""The least spread that a feature is scaled by."""


class Row(NamedTuple):
    """A candidate. label: 1 a person connects it, 0 not, None would be fine."""

    path: str
    features: Mapping[str, float]
    label: int | None
    near: bool = False
    named: bool = False
    groups: frozenset[Group] = frozenset()
    headed: frozenset[Group] = frozenset()


class Section(NamedTuple):
    """A labelled section with its candidates. partners: those not linked there already."""

    author: str
    rows: Sequence[Row]
    partners: int
    silent: bool


def names() -> list[str]:
    """The labelled authors."""
    return sorted(path.stem for path in (AUTHORS / "labels").glob("*.json"))


@cache
def corpus_sections(corpus: str) -> tuple[Section, ...]:
    """The labelled sections of a corpus that the project had before (tests/connect/expected)."""
    found = []
    with (
        tempfile.TemporaryDirectory() as cache_folder,
        Vault.open(AUTHORS.parent / "corpora" / corpus, cache=Path(cache_folder)) as vault,
    ):
        vault.sync()
        with vault.links.naming() as mentions:
            for label in labels(corpus):
                row = vault.catalog.note(label.note)
                assert row is not None, label.note
                parts = list(section_candidates(vault.catalog, mentions, row))
                part = next((p for p in parts if _is_headed(p, label.heading)), None)
                if part is None or label.deep:
                    continue
                entry = {"yes": sorted(label.expect), "may": ()}
                section = _labelled(corpus, part, entry)
                rows = [
                    row._replace(label=None)
                    if row.label == 0 and any(fnmatchcase(row.path, may) for may in label.may)
                    else row
                    for row in section.rows
                ]
                found.append(section._replace(rows=rows, silent=label.partnerless))
    return tuple(found)


def _is_headed(part: SectionCandidates, heading: Sequence[str]) -> bool:
    def plain(text: str) -> str:
        return "".join(c for c in text if c.isalnum())

    wanted = [plain(text) for text in heading]
    return [plain(text) for text in part.section.headings][-len(wanted) :] == wanted


def everything(authors: Sequence[str]) -> list[Section]:
    """The labelled sections of some authors, and of the corpora."""
    found = [section for author in authors for section in sections(author)]
    return found + [section for corpus in labelled() for section in corpus_sections(corpus)]


@cache
def sections(author: str) -> tuple[Section, ...]:
    """The labelled sections of one author."""
    marked = json.loads((AUTHORS / "labels" / f"{author}.json").read_text(encoding="utf-8"))
    found = []
    parts: dict[str, list[SectionCandidates]] = {}
    with (
        tempfile.TemporaryDirectory() as cache_folder,
        Vault.open(AUTHORS / "vaults" / author, cache=Path(cache_folder)) as vault,
    ):
        vault.sync()
        with vault.links.naming() as mentions:
            for entry in marked["connect"]:
                path = entry["path"]
                if path not in parts:
                    row = vault.catalog.note(path)
                    assert row is not None, path
                    parts[path] = list(section_candidates(vault.catalog, mentions, row))
                part = _at(parts[path], entry["line"])
                if part is not None:
                    found.append(_labelled(author, part, entry))
    return tuple(found)


def _at(parts: Sequence[SectionCandidates], line: int) -> SectionCandidates | None:
    before = [part for part in parts if part.section.line <= line]
    return max(before, key=lambda part: part.section.line, default=None)


def _labelled(author: str, part: SectionCandidates, entry: Mapping[str, Any]) -> Section:
    yes = set(entry["yes"]) - part.here
    rows = []
    for candidate, features in zip(part.candidates, features_of(part), strict=True):
        path = candidate.note.path
        if part.is_open(candidate):
            label = 1 if path in yes else None if path in entry["may"] else 0
            of = as_judged(0.0, candidate, part.section)
            rows.append(Row(path, features, label, of.near, of.named, of.groups, of.headed))
    return Section(author, rows, len(yes), not entry["yes"])


class Model(NamedTuple):
    """Weights by feature, and the bias."""

    weights: Mapping[str, float]
    bias: float

    def confidence(self, features: Mapping[str, float]) -> float:
        """0–1."""
        total = self.bias + sum(self.weights.get(k, 0.0) * v for k, v in features.items())
        return confidence(float(1 / (1 + np.exp(-total))), features)


def fit_candidates(found: Sequence[Section]) -> Model:
    """A logistic regression over the candidates of some sections, those in doubt left out."""
    order = list(FEATURES)
    rows = [row for section in found for row in section.rows if row.label is not None]
    matrix = np.array([[row.features.get(name, 0.0) for name in order] for row in rows])
    # Features of little spread would need large weights, which few examples cannot support.
    scale = np.maximum(matrix.std(axis=0), NARROWEST)
    model = LogisticRegression(C=STRENGTH, max_iter=4000)
    model.fit(matrix / scale, [row.label for row in rows])
    learned = zip(order, model.coef_[0] / scale, strict=True)
    weights = {name: round(float(weight), 3) for name, weight in learned}
    return Model(weights, round(float(model.intercept_[0]), 3))


Confident = tuple[Section, list[tuple[float, Row]]]
"""A section and its candidates with their confidence, the surest first."""


def confident(model: Model, section: Section) -> Confident:
    """A section by a model."""
    ranked = [(model.confidence(row.features), row) for row in section.rows]
    return section, sorted(ranked, key=lambda pair: -pair[0])


def left_out(found: Sequence[Section]) -> list[Confident]:
    """Every section by the model of all other authors."""
    told = []
    for author in sorted({section.author for section in found}):
        model = fit_candidates([s for s in found if s.author != author])
        told += [confident(model, s) for s in found if s.author == author]
    return told


Counts = tuple[int, int, int, int, int, int]
"""Right and wrong among the first three, found among ten, of how many, silent, of how many."""


IN_USE = Thresholds()


def counted(told: Sequence[Confident], limits: Thresholds = IN_USE) -> Counts:
    """The figures of some sections, as authors/measure.py counts with `-n 10`."""
    right = wrong = found = wanted = silent = quiet = 0
    for section, ranked in told:
        labels = {row.path: row.label for _, row in ranked}
        judged = [Judged(sure, r.path, r.near, r.named, r.groups, r.headed) for sure, r in ranked]
        told_of = suggestions(judged, MOST, limits)
        shown = [labels[path] for one in told_of[:MOST] for path in one.notes]
        right += shown[:3].count(1)
        wrong += shown[:3].count(0)
        found += shown[:10].count(1)
        wanted += min(10, section.partners)
        if section.silent:
            quiet += 1
            silent += all(label is None for label in shown)
    return right, wrong, found, wanted, silent, quiet


def file_of(question: str, model: Model, threshold: float, means: Mapping[str, str]) -> str:
    """The text of a weights file, as `text.linear` reads it."""
    lines = [
        f"# {question}",
        "# Written by `python -m training.connect` from labelled authors (docs/connect.md); the",
        "# weighted sum of the features, and the bias, is how likely the answer is yes.",
        f"threshold = {threshold}",
        f"bias = {model.bias}",
    ]
    for name, weight in sorted(model.weights.items(), key=lambda item: -item[1]):
        lines += [
            "",
            "[[feature]]",
            f'name = "{name}"',
            f"weight = {weight}",
            f"means = {json.dumps(means[name], ensure_ascii=False)}",
        ]
    return "\n".join(lines) + "\n"


BARS = (0.65, 0.75, 0.85)
"""What is asked of precision, recall and silence: thresholds are chosen by the one that is shortest
of it."""
SPEAK = (0.3, 0.33, 0.35, 0.37, 0.39, 0.41)
GRID = [
    Thresholds(speaks, least, FURTHER, first)
    for speaks, least, first in product(SPEAK, (0.1, 0.15, 0.2), (2, 3))
]


def measure() -> None:
    """Print the figures of the authors left out: by the thresholds in use, by those of the fold."""
    found = everything(names())
    told = left_out(found)
    for author in (*names(), *labelled()):
        own = [pair for pair in told if pair[0].author == author]
        print(f"{author:12} {_shown(counted(own))}")
    told = [pair for pair in told if pair[0].author in names()]
    print(f"{'all authors':12} {_shown(counted(told))}")
    print(f"{'their mean':12} {_mean(told)}")
    chosen = {author: _chosen_without(found, author) for author in names()}
    print(f"{'by the fold':12} {_shown(_together(told, chosen))}")
    print(f"{'their mean':12} {_mean(told, chosen)}")
    for author, limits in chosen.items():
        print(f"{author:12} {limits}")


def _together(told: Sequence[Confident], chosen: Mapping[str, Thresholds]) -> list[int]:
    each = [counted([pair for pair in told if pair[0].author == a], chosen[a]) for a in chosen]
    return [sum(column) for column in zip(*each, strict=True)]


def _chosen_without(found: Sequence[Section], author: str) -> Thresholds:
    """The thresholds that serve the other authors best, each by a model without both."""
    others = [section for section in found if section.author != author]
    told = [pair for pair in left_out(others) if pair[0].author in names()]

    def worth(limits: Thresholds) -> tuple[float, float]:
        right, wrong, hits, wanted, silent, quiet = counted(told, limits)
        shares = (right / max(1, right + wrong), hits / max(1, wanted), silent / max(1, quiet))
        return min(s / bar for s, bar in zip(shares, BARS, strict=True)), shares[0] + shares[1]

    return max(GRID, key=worth)


def _mean(told: Sequence[Confident], chosen: Mapping[str, Thresholds] | None = None) -> str:
    """The mean over the authors with five labels or more of a kind, each counting once."""
    authors = sorted({section.author for section, _ in told})
    each = [
        counted(
            [pair for pair in told if pair[0].author == author],
            chosen[author] if chosen else IN_USE,
        )
        for author in authors
    ]
    shares = (
        [right / (right + wrong) for right, wrong, *_ in each if right + wrong >= FEWEST],
        [found / wanted for _, _, found, wanted, *_ in each if wanted >= FEWEST],
        [silent / quiet for *_, silent, quiet in each if quiet >= FEWEST],
    )
    means = (sum(share) / max(1, len(share)) for share in shares)
    return "p@3 {:.2f} R@10 {:.2f} silent {:.2f}".format(*means)


def _shown(counts: Sequence[int]) -> str:
    right, wrong, found, wanted, silent, quiet = counts
    return (
        f"p@3 {right / max(1, right + wrong):.2f} ({right}/{right + wrong})"
        f" R@10 {found / max(1, wanted):.2f} ({found}/{wanted}) silent {silent}/{quiet}"
    )


def main() -> None:
    """Learn and write, or measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--without", default="", help="an author who is left out")
    parser.add_argument("--to", type=Path, default=WEIGHTS, help="the folder of the weights")
    parser.add_argument("--measure", action="store_true", help="leave every author out once")
    parser.add_argument("--folds", type=Path, help="write those without each author to a folder")
    options = parser.parse_args()
    if options.measure:
        measure()
        return
    found = everything(names())
    if options.folds:
        for author in names():
            write(options.folds / author, found, author)
    else:
        write(options.to, found, options.without)


def write(folder: Path, found: Sequence[Section], without: str) -> None:
    """Write the weights that the sections of all authors but one give."""
    model = fit_candidates([section for section in found if section.author != without])
    question = "Would a person connect this section with that note?"
    folder.mkdir(parents=True, exist_ok=True)
    text = file_of(question, model, LEAST, FEATURES)
    (folder / "connect.toml").write_text(text, encoding="utf-8")
    print(folder / "connect.toml")


if __name__ == "__main__":
    main()
