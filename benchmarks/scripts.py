"""One word, two scripts: do loan words find their other script first among what is not literal, and
is any everyday native word taken for one?"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from benchmarks.report import Report
from vaultdots.search.other_script import Sounds, others
from vaultdots.search.parse import parse_query
from vaultdots.search.searcher import Searcher, SearchOptions
from vaultdots.store.catalog import Catalog
from vaultdots.store.config import read_config
from vaultdots.store.sync import sync
from vaultdots.text.everyday import everyday_words

ROOT = Path(__file__).parent.parent
CORPORA = ROOT.parent / "shared" / "corpora"
WORDS = ROOT / "tests" / "search" / "scripts.toml"


class Words(NamedTuple):
    """pairs, unseen: (Hangul, Latin); native: the frequent words."""

    pairs: list[tuple[str, str]]
    unseen: list[tuple[str, str]]
    native: list[str]


class Names:
    """A catalog of which only the names are asked for."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = list(names)

    def name_keys(self) -> list[str]:
        """The names, folded."""
        return self._names

    def glosses(self) -> list[tuple[str, str, int]]:
        """No pair: the notes are not read."""
        return []


def script_words() -> Words:
    """The words of tests/search/scripts.toml."""
    found = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    pairs, unseen = (
        [(hangul, latin) for hangul, latin in (one.split("=") for one in found[name].split())]
        for name in ("pairs", "unseen")
    )
    return Words(pairs, unseen, found["native"].split())


def latin_names() -> Names:
    """A vault that calls a note by every frequent English word."""
    return Names(word for word in everyday_words() if word.isascii())


def expanded(native: Iterable[str], catalog: Names | Catalog) -> dict[str, list[str]]:
    """The native words that are searched in the other script too, and as what."""
    sounds = Sounds(catalog)
    found = {word: [one.text for one in others(sounds, parse_query(word))] for word in native}
    return {word: texts for word, texts in found.items() if texts}


def met(searcher: Searcher, pairs: Iterable[tuple[str, str]]) -> tuple[int, int]:
    """(directions in which the other script is first among the hits that are not literal,
    directions in which the vault calls anything so)."""
    first = asked = 0
    sounds = Sounds(searcher.catalog)
    for pair in pairs:
        for word, other in (pair, pair[::-1]):
            if other in {one.text for one in others(sounds, parse_query(word))}:
                asked += 1
                vias = [
                    hit.via for hit in searcher.ask(word, SearchOptions(limit=None)).hits if hit.via
                ]
                first += vias[:1] == [other]
    return first, asked


def measure_scripts(report: Report, work: Path) -> None:
    """Pairs in a vault that has nothing but them and in the corpora; native words against both."""
    words = script_words()
    table = []
    for name, pairs in (("of the corpora", words.pairs), ("of other vaults", words.unseen)):
        folder = work / f"scripts {name}"
        folder.mkdir()
        for hangul, latin in pairs:
            (folder / f"{latin}.md").write_text(f"# {latin.title()}\n\nText.\n", encoding="utf-8")
            (folder / f"{hangul}.md").write_text(f"# {hangul}\n\n글.\n", encoding="utf-8")
        searcher = _opened(folder, work / f"scripts cache {name}")
        first, _ = met(searcher, pairs)
        share = first / (2 * len(pairs))
        report.add("scripts", f"loan words {name}, found first", share, "")
        table.append((f"{len(pairs)} loan words {name}, both ways", f"{share:.3f}"))
    wrong = len(expanded(words.native, latin_names())) / len(words.native)
    table.append((f"{len(words.native)} native words, among all frequent English", f"{wrong:.3f}"))
    report.add("scripts", "native words expanded, English names", wrong, "")
    if CORPORA.is_dir():
        searcher = _opened(CORPORA, work / "scripts corpora")
        first, asked = met(searcher, words.pairs)
        table.append(
            (f"in the corpora: {asked} directions with such a name", f"{first / asked:.3f}")
        )
        wrong = len(expanded(words.native, searcher.catalog)) / len(words.native)
        report.add("scripts", "native words expanded, corpora", wrong, "")
        table.append((f"{len(words.native)} native words, in the corpora", f"{wrong:.3f}"))
    else:
        report.skip("scripts, corpora", "../shared/corpora is missing")
    report.table("One word, two scripts: found first, or expanded wrongly", ("", "share"), table)


def _opened(folder: Path, cache: Path) -> Searcher:
    catalog = Catalog(cache)
    sync(folder, read_config(folder), catalog)
    return Searcher(catalog)
