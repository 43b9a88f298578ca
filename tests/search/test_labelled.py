"""Recall, precision and first places on real notes, against plain scanning of every section."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.corpora import CORPORA
from tests.search.conftest import ENGINES
from tests.search.plain_scan import answers, texts_of
from vaultdots.search.searcher import Searcher, SearchOptions
from vaultdots.search.source import SectionRow, sections
from vaultdots.store.catalog import Catalog
from vaultdots.store.config import read_config
from vaultdots.store.sync import sync

HERE = Path(__file__)
ASKED: list[dict[str, Any]] = tomllib.loads(
    HERE.with_name("queries.toml").read_text(encoding="utf-8")
)["ask"]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(900),
    pytest.mark.skipif(not CORPORA.is_dir(), reason="../shared/corpora is not here"),
]


class Corpora(NamedTuple):
    """The catalog of the corpora, its sections, and for each query the sections that answer it."""

    catalog: Catalog
    rows: list[SectionRow]
    truths: list[set[tuple[str, int]]]


class Quality(NamedTuple):
    """Averages over the queries that have an answer."""

    recall: float
    precision: float


@pytest.fixture(scope="module")
def corpora(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpora]:
    catalog = Catalog(tmp_path_factory.mktemp("cache"))
    sync(CORPORA, read_config(CORPORA), catalog)
    rows = list(sections(catalog, None))
    texts = [texts_of(row) for row in rows]
    truths = []
    for ask in ASKED:
        wanted = ask.get("all", ask["query"].split())
        more = ask.get("any", ()), ask.get("none", ())
        truths.append(
            {
                (row.path, row.line)
                for row, text in zip(rows, texts, strict=True)
                if answers(text, wanted, *more)
            }
        )
    yield Corpora(catalog, rows, truths)
    catalog.close()


def measured(found: list[set[tuple[str, int]]], truths: list[set[tuple[str, int]]]) -> Quality:
    pairs = [(got, truth) for got, truth in zip(found, truths, strict=True) if truth]
    return Quality(
        sum(len(got & truth) / len(truth) for got, truth in pairs) / len(pairs),
        sum(len(got & truth) / len(got) if got else 0 for got, truth in pairs) / len(pairs),
    )


@pytest.fixture(scope="module", params=ENGINES)
def searcher(corpora: Corpora, request: pytest.FixtureRequest) -> Iterator[Searcher]:
    opened = Searcher(corpora.catalog, request.param)
    yield opened
    opened.close()


def test_there_are_enough_questions() -> None:
    assert len(ASKED) >= 60
    assert all(ask["why"] and ask["kind"] for ask in ASKED)


def test_recall_and_precision(searcher: Searcher, corpora: Corpora) -> None:
    found = []
    for ask, truth in zip(ASKED, corpora.truths, strict=True):
        hits = searcher.ask(ask["query"], SearchOptions(limit=None, relax=False)).hits
        places = {(hit.path, hit.line) for hit in hits if hit.corrected is None}
        found.append(places)
        if places != truth:
            missed, wrong = sorted(truth - places), sorted(places - truth)
            print(f"{ask['query']}: of {len(truth)} missed {missed[:2]}, wrong {wrong[:2]}")
    quality = measured(found, corpora.truths)
    print(quality)
    assert quality.recall >= 0.97
    assert quality.precision >= 0.97
    spacing = [number for number, ask in enumerate(ASKED) if ask["kind"] == "spacing"]
    assert measured(
        [found[n] for n in spacing], [corpora.truths[n] for n in spacing]
    ).recall == pytest.approx(1)


def test_a_title_stands_in_the_top_three(searcher: Searcher) -> None:
    for ask in ASKED:
        if "title" in ask:
            top = [hit.title for hit in searcher.ask(ask["query"], SearchOptions(limit=3)).hits]
            assert ask["title"] in top, ask["query"]


def test_engines_answer_alike(corpora: Corpora) -> None:
    one, other = (Searcher(corpora.catalog, engine) for engine in ENGINES)
    for ask in ASKED:
        assert one.ask(ask["query"]) == other.ask(ask["query"])
    one.close()
    other.close()
