"""What the choice of sections costs: search looks closely at forty of all that match."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from benchmarks.connect import CORPORA
from benchmarks.report import Report
from benchmarks.scaling import Subject, subject
from benchmarks.searching import NOTES, corpora, drawn, section_texts
from vaultdots.search import retrieval
from vaultdots.vault import Vault

ASKED = 240
# Times the usual number of sections: 3,000 are nearly all that match, and none is drawn by lot.
ALL = 75
FIRST, TEN = 1, 10


def measure_choice(report: Report, work: Path) -> None:
    """The worth of the hits as a share of what a look at every section would have found."""
    vaults = {"generated": subject(NOTES, work)}
    if CORPORA.is_dir():
        vaults["corpora"], _ = corpora(work, 1)
    else:
        report.skip("choice, corpora", "../shared/corpora is missing")
    rows: list[Sequence[str]] = []
    for name, one in vaults.items():
        one.run("index")
        found, size = section_texts(one)
        _, queries = drawn(found, ASKED)
        texts = [query.text for query in queries]
        every = _worths(one, texts, ALL)
        for times in (1, 2):
            chosen = _worths(one, texts, times)
            first, ten = (_share(chosen, every, count) for count in (FIRST, TEN))
            looked = retrieval.CANDIDATES * times
            report.add("choice", f"{name}: first hit, {looked} sections", first, "")
            report.add("choice", f"{name}: first ten, {looked} sections", ten, "")
            rows.append((name, f"{size:,}", str(looked), f"{first:.3f}", f"{ten:.3f}"))
    report.table(
        f"The worth of the hits, 1 for a look at every section that matches: {ASKED} queries",
        ("vault", "sections", "looked at", "first hit", "first ten"),
        rows,
    )


def _worths(one: Subject, queries: Sequence[str], times: int) -> list[list[float]]:
    """The scores of the hits of each query, `times` as many sections looked at."""
    usual = retrieval.CANDIDATES, retrieval.SPARE, retrieval.FREQUENT, retrieval.MANY
    retrieval.CANDIDATES, retrieval.SPARE = usual[0] * times, usual[1] * times
    if times == ALL:
        retrieval.FREQUENT = retrieval.MANY = 1 << 30
    try:
        with Vault.open(one.folder, environ=one.environ) as opened:
            return [[hit.score for hit in opened.search(query)] for query in queries]
    finally:
        retrieval.CANDIDATES, retrieval.SPARE, retrieval.FREQUENT, retrieval.MANY = usual


def _share(chosen: list[list[float]], every: list[list[float]], count: int) -> float:
    """The mean over the queries that have an answer."""
    shares = [
        sum(some[:count]) / sum(best[:count])
        for some, best in zip(chosen, every, strict=True)
        if best and sum(best[:count])
    ]
    return sum(shares) / len(shares)
