"""`python -m benchmarks [--doc] [NAME…]`: measure, print tables, write build/bench.json.

Without names everything but `large` is measured; `peers` needs `make bench-peers` once. `--doc`
puts the tables into docs/benchmarks.md as well.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.choosing import measure_choice
from benchmarks.connect import measure_connect
from benchmarks.editing import measure_editor
from benchmarks.large import measure_large
from benchmarks.mentions import measure_mentions
from benchmarks.pages import measure_pages
from benchmarks.peers import measure_peers
from benchmarks.ranking import measure_ranking
from benchmarks.reading import measure_reading
from benchmarks.report import Report, machine
from benchmarks.scaling import measure_catalog, measure_commands, measure_graph, measure_search
from benchmarks.scripts import measure_scripts
from benchmarks.search_quality import measure_quality
from benchmarks.searching import measure_engines, measure_hostile, measure_warm
from benchmarks.sentences import measure_questions, measure_sentences
from benchmarks.starting import measure_process, measure_starting
from benchmarks.writing import measure_writing
from benchmarks.years import measure_years

BENCHMARKS: dict[str, Callable[[Report, Path], None]] = {
    "start": measure_starting,
    "process": measure_process,
    "reading": measure_reading,
    "catalog": measure_catalog,
    "commands": measure_commands,
    "years": measure_years,
    "search": measure_search,
    "warm": measure_warm,
    "hostile": measure_hostile,
    "engines": measure_engines,
    "mentions": measure_mentions,
    "quality": measure_quality,
    "sentences": measure_sentences,
    "questions": measure_questions,
    "ranking": measure_ranking,
    "scripts": measure_scripts,
    "choice": measure_choice,
    "graph": measure_graph,
    "connect": measure_connect,
    "pages": measure_pages,
    "editor": measure_editor,
    "writing": measure_writing,
    "peers": measure_peers,
    "large": measure_large,
}
ASKED_FOR = ("large",)
"""Measured only when they are named."""
ROOT = Path(__file__).parent.parent
RESULT = ROOT / "build" / "bench.json"
DOC = ROOT / "docs" / "benchmarks.md"


def main(names: list[str]) -> int:
    """Run the named benchmarks; 1 where a bar is missed, 2 for a name that is none."""
    to_doc = "--doc" in names
    names = [name for name in names if name != "--doc"]
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        print(f"error: there is no benchmark '{unknown[0]}'; there are {', '.join(BENCHMARKS)}")
        return 2
    report = Report()
    began = time.perf_counter()
    report.say(" · ".join(f"{key} {value}" for key, value in machine().items() if value))
    with tempfile.TemporaryDirectory(prefix="vaultdots-bench-") as work:
        for name, measure in BENCHMARKS.items():
            if name in names or (not names and name not in ASKED_FOR):
                measure(report, Path(work))
    missed = report.bars()
    report.write(RESULT)
    if to_doc:
        report.write_doc(DOC)
    print(f"\n{time.perf_counter() - began:,.0f} s; all figures are in {RESULT}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
