"""Sentences as queries: the descriptions of Obsidian's help pages, taken out of the page and asked
for as they are. How often is the page found first, and among the first ten notes?"""

from __future__ import annotations

import re
import shutil
import tomllib
from pathlib import Path

from benchmarks.ranking import named
from benchmarks.report import Report
from vaultdots.search.searcher import Searcher, SearchOptions
from vaultdots.store.catalog import Catalog
from vaultdots.store.config import read_config
from vaultdots.store.sync import sync
from vaultdots.text.names import nfc

CORPORA = Path(__file__).parent.parent.parent / "shared" / "corpora"
SETS = {"Korean": "obsidian-help-ko", "English": "obsidian-help-en"}
QUESTIONS = Path(__file__).parent.parent / "tests" / "search" / "questions.toml"
SHORTEST = 12
"""Characters of a description that says something."""
_FRONT = re.compile(r"---\r?\n(.*?)\n---", re.DOTALL)
_DESCRIPTION = re.compile(r"(?m)^description:[ \t]*(.+)\n?")


def without_descriptions(source: Path, target: Path) -> dict[str, str]:
    """A copy of the vault without its descriptions; path → the description that was taken out."""
    shutil.copytree(source, target)
    found = {}
    for path in sorted(target.rglob("*.md")):
        text = path.read_text(encoding="utf-8-sig")
        front = _FRONT.match(text)
        said = front and _DESCRIPTION.search(text, 0, front.end())
        if said and len(said[1]) >= SHORTEST:
            path.write_text(text[: said.start()] + text[said.end() :], encoding="utf-8")
            found[nfc(path.relative_to(target).as_posix())] = said[1].strip().strip("'\"")
    return found


def ranks(searcher: Searcher, asked: dict[str, str]) -> list[int]:
    """The place of each page among the notes that its description finds; 0 where it is not."""
    found = []
    for path, description in asked.items():
        hits = searcher.ask(description, SearchOptions(limit=20)).hits
        notes = list(dict.fromkeys(hit.path for hit in hits))
        found.append(notes.index(path) + 1 if path in notes else 0)
    return found


def measure_sentences(report: Report, work: Path) -> None:
    """R@1 and R@10 of the descriptions, by language and engine."""
    if not CORPORA.is_dir():
        report.skip("sentences", "../shared/corpora is missing")
        return
    table = []
    for language, name in SETS.items():
        folder = work / name
        asked = without_descriptions(CORPORA / name, folder)
        catalog = Catalog(work / f"{name}-cache")
        sync(folder, read_config(folder), catalog)
        for engine in ("whoosh", "sqlite"):
            searcher = Searcher(catalog, engine)
            places = ranks(searcher, asked)
            first = sum(place == 1 for place in places) / len(places)
            ten = sum(0 < place <= 10 for place in places) / len(places)
            mean = sum(1 / place for place in places if place) / len(places)
            searcher.close()
            table.append(
                (language, engine, str(len(places)), f"{first:.2f}", f"{ten:.2f}", f"{mean:.2f}")
            )
            report.add("sentences", f"{language}, {engine}: R@1", first, "")
            report.add("sentences", f"{language}, {engine}: R@10", ten, "")
    report.table(
        "Sentences as queries: descriptions of help pages, as typed",
        ("descriptions", "engine", "queries", "R@1", "R@10", "MRR"),
        table,
    )


def measure_questions(report: Report, work: Path) -> None:
    """R@1 and R@10 of questions as a newcomer asks them, those apart that nothing was mended by."""
    if not CORPORA.is_dir():
        report.skip("questions", "../shared/corpora is missing")
        return
    asked = tomllib.loads(QUESTIONS.read_text(encoding="utf-8"))["ask"]
    table = []
    for language, name in SETS.items():
        catalog = Catalog(work / f"{name}-questions")
        sync(CORPORA / name, read_config(CORPORA / name), catalog)
        searcher = Searcher(catalog, "sqlite")
        for unseen in (False, True):
            places = []
            for one in asked:
                if (one["vault"], one["unseen"]) == (name, unseen):
                    hits = searcher.ask(one["query"], SearchOptions(limit=20)).hits
                    notes = [named(path) for path in dict.fromkeys(hit.path for hit in hits)]
                    found = [notes.index(page) + 1 for page in one["right"] if page in notes]
                    places.append(min(found, default=0))
            first = sum(place == 1 for place in places) / len(places)
            ten = sum(0 < place <= 10 for place in places) / len(places)
            title = f"{language}, {'unseen' if unseen else 'mended by'}"
            table.append((title, str(len(places)), f"{first:.2f}", f"{ten:.2f}"))
            report.add("questions", f"{title}: R@1", first, "")
            report.add("questions", f"{title}: R@10", ten, "")
        searcher.close()
        catalog.close()
    head = ("questions", "queries", "R@1", "R@10")
    report.table("Questions about help pages, as a newcomer asks them", head, table)
