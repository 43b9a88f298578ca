"""The order of the answers: two people's queries over three vaults (tests/search/ranking.toml),
written down with the meant notes before search was asked."""

from __future__ import annotations

import hashlib
import math
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.report import Report
from vaultdots.search.searcher import Searcher, SearchOptions
from vaultdots.store.catalog import Catalog
from vaultdots.store.config import read_config
from vaultdots.store.sync import sync

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
SETS = ROOT / "tests" / "search" / "ranking.toml"
TOP = 10
HITS = 20


class Asked(NamedTuple):
    """One query. right: the first digits of the SHA-256 of a note's path → its grade, 2 or 1."""

    vault: str
    person: str
    query: str
    right: dict[str, int]


class Ranked(NamedTuple):
    """What came of a query: the grades of the notes in their order, 0 for one not meant; and the
    most hits of one note among the first twenty."""

    grades: list[int]
    flooded: int


def ranking_sets() -> list[Asked]:
    """The queries of both people."""
    return [
        Asked(
            ask["vault"],
            ask["person"],
            ask["query"],
            {name: int(grade) for name, grade in (one.split(":") for one in ask["right"])},
        )
        for ask in tomllib.loads(SETS.read_text(encoding="utf-8"))["ask"]
    ]


def ask(searcher: Searcher, asked: Asked) -> Ranked:
    """A query and what it finds."""
    hits = searcher.ask(asked.query, SearchOptions(limit=HITS)).hits
    paths = [hit.path for hit in hits]
    grades = [asked.right.get(named(path), 0) for path in dict.fromkeys(paths)]
    return Ranked(grades, max((paths.count(path) for path in paths), default=0))


def named(path: str) -> str:
    """How a note is called in the sets."""
    return hashlib.sha256(path.encode()).hexdigest()[:12]


def reciprocal_rank(grades: Sequence[int]) -> float:
    """1 / the place of the first note that was meant; 0 where there is none."""
    return 1 / (grades.index(2) + 1) if 2 in grades else 0.0


def gain(grades: Sequence[int], right: dict[str, int]) -> float:
    """nDCG@10, a grade g worth 2^g − 1."""
    best = _discounted(sorted(right.values(), reverse=True))
    return _discounted(grades) / best if best else 0.0


def _discounted(grades: Sequence[int]) -> float:
    return math.fsum((2**g - 1) / math.log2(n + 2) for n, g in enumerate(grades[:TOP]))


def measure_ranking(report: Report, work: Path) -> None:
    """MRR and nDCG@10 of each person and vault."""
    sets = ranking_sets()
    vaults = list(dict.fromkeys(one.vault for one in sets))
    if not all((SHARED / vault).is_dir() for vault in vaults):
        report.skip("ranking", "the vaults of ../shared are missing")
        return
    table, all_ranks, all_gains = [], [], []
    for number, vault in enumerate(vaults):
        catalog = Catalog(work / f"ranking-{number}")
        sync(SHARED / vault, read_config(SHARED / vault), catalog)
        searcher = Searcher(catalog)
        for person in ("a", "b"):
            its = [one for one in sets if (one.vault, one.person) == (vault, person)]
            found = [ask(searcher, one) for one in its]
            ranks = [reciprocal_rank(one.grades) for one in found]
            gains = [gain(one.grades, of.right) for one, of in zip(found, its, strict=True)]
            for one, of in zip(found, its, strict=True):
                if reciprocal_rank(one.grades) < 1 / 3:
                    report.say(f"  far down: {of.query} {one.grades[:TOP]}")
            all_ranks += ranks
            all_gains += gains
            flooded = max(one.flooded for one in found)
            table.append(_row(f"{number + 1}", person, ranks, gains, str(flooded)))
        searcher.close()
        catalog.close()
    table.append(_row("all", "", all_ranks, all_gains, ""))
    report.add("ranking", "MRR", sum(all_ranks) / len(all_ranks), "")
    report.add("ranking", "nDCG@10", sum(all_gains) / len(all_gains), "")
    head = ("vault", "person", "queries", "MRR", "nDCG@10", "hits of one note")
    report.table("The order: two people's queries over three vaults, made blind", head, table)


def _row(
    vault: str, person: str, ranks: Sequence[float], gains: Sequence[float], flooded: str
) -> tuple[str, ...]:
    count = len(ranks)
    mean_rank, mean_gain = sum(ranks) / count, sum(gains) / count
    return vault, person, str(count), f"{mean_rank:.3f}", f"{mean_gain:.3f}", flooded
