"""What is found: recall and precision on the labelled queries, beside two stock tokenizers.

The truth is a plain scan of every section (tests/search/plain_scan.py); the queries are those of
tests/search/queries.toml, the ones without operators, which the stock tokenizers cannot be asked.
"""

from __future__ import annotations

import sqlite3
import tomllib
from collections.abc import Callable
from pathlib import Path

from benchmarks.report import Report
from tests.search.plain_scan import Texts, answers, own_text, texts_of
from vaultdots.search.searcher import Searcher, SearchOptions
from vaultdots.search.source import SectionRow, sections
from vaultdots.store.catalog import Catalog
from vaultdots.store.config import read_config
from vaultdots.store.sync import sync

ROOT = Path(__file__).parent.parent
CORPORA = ROOT.parent / "shared" / "corpora"
QUERIES = ROOT / "tests" / "search" / "queries.toml"

Find = Callable[[str], set[int]]


def measure_quality(report: Report, work: Path) -> None:
    """Recall and precision of our engines and of FTS5's unicode61 and trigram."""
    if not CORPORA.is_dir():
        report.skip("quality", "../shared/corpora is missing")
        return
    catalog = Catalog(work / "quality")
    sync(CORPORA, read_config(CORPORA), catalog)
    rows = list(sections(catalog, None))
    texts = [texts_of(row) for row in rows]
    asked = [
        (ask["query"], ask["kind"])
        for ask in tomllib.loads(QUERIES.read_text(encoding="utf-8"))["ask"]
        if ask["kind"] != "operator"
    ]
    truths = [_truth(query, rows, texts) for query, _ in asked]
    ways: dict[str, Find] = {
        "dots, whoosh": _ours(Searcher(catalog, "whoosh")),
        "dots, sqlite": _ours(Searcher(catalog, "sqlite")),
        "FTS5 unicode61": _stock("unicode61", rows),
        "FTS5 trigram": _stock("trigram", rows),
    }
    table = []
    for name, find in ways.items():
        found = [find(query) for query, _ in asked]
        recall, precision = _averages(found, truths)
        spacing = [number for number, (_, kind) in enumerate(asked) if kind == "spacing"]
        spaced, _ = _averages([found[n] for n in spacing], [truths[n] for n in spacing])
        report.add("quality", f"{name}: recall", recall, "")
        report.add("quality", f"{name}: precision", precision, "")
        table.append((name, f"{recall:.3f}", f"{precision:.3f}", f"{spaced:.3f}"))
    report.table(
        f"What is found: {len(asked)} queries, {len(rows):,} sections of the corpora",
        ("", "recall", "precision", "recall, spacing"),
        table,
    )
    catalog.close()


def _truth(query: str, rows: list[SectionRow], texts: list[Texts]) -> set[int]:
    words = query.split()
    return {
        row.section_id
        for row, text in zip(rows, texts, strict=True)
        if answers(text, words, (), ())
    }


def _ours(searcher: Searcher) -> Find:
    places = {(row.path, row.line): row.section_id for row in sections(searcher.catalog, None)}

    def find(query: str) -> set[int]:
        hits = searcher.ask(query, SearchOptions(limit=None, relax=False)).hits
        return {places[hit.path, hit.line] for hit in hits if hit.corrected is None}

    return find


def _stock(tokenizer: str, rows: list[SectionRow]) -> Find:
    """FTS5 as it comes: every word of the query as it is typed."""
    connection = sqlite3.connect(":memory:")
    connection.execute(f"CREATE VIRTUAL TABLE stock USING fts5(text, tokenize = '{tokenizer}')")
    connection.executemany(
        "INSERT INTO stock (rowid, text) VALUES (?, ?)",
        ((row.section_id, own_text(row).encode("utf-8", "replace").decode()) for row in rows),
    )

    def find(query: str) -> set[int]:
        words = " ".join(f'"{word}"' for word in query.split())
        found = connection.execute("SELECT rowid FROM stock WHERE stock MATCH ?", (words,))
        return {row[0] for row in found}

    return find


def _averages(found: list[set[int]], truths: list[set[int]]) -> tuple[float, float]:
    """(recall, precision), each the mean over the queries that have an answer."""
    pairs = [(got, truth) for got, truth in zip(found, truths, strict=True) if truth]
    recall = sum(len(got & truth) / len(truth) for got, truth in pairs) / len(pairs)
    precise = sum(len(got & truth) / len(got) if got else 0.0 for got, truth in pairs)
    return recall, precise / len(pairs)
