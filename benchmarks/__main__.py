"""`python -m benchmarks [NAME…]`: measure, print tables, write build/bench.json.

Without names everything but the peers is measured; `peers` needs `make bench-peers` once.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.peers import measure_peers
from benchmarks.reading import measure_reading
from benchmarks.report import Report, machine
from benchmarks.scaling import measure_catalog, measure_commands, measure_graph, measure_search
from benchmarks.starting import measure_starting

BENCHMARKS: dict[str, Callable[[Report, Path], None]] = {
    "start": measure_starting,
    "reading": measure_reading,
    "catalog": measure_catalog,
    "commands": measure_commands,
    "search": measure_search,
    "graph": measure_graph,
    "peers": measure_peers,
}
RESULT = Path(__file__).parent.parent / "build" / "bench.json"


def main(names: list[str]) -> int:
    """Run the named benchmarks; 1 where a bar is missed, 2 for a name that is none."""
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        print(f"error: there is no benchmark '{unknown[0]}'; there are {', '.join(BENCHMARKS)}")
        return 2
    report = Report()
    began = time.perf_counter()
    print(" · ".join(f"{key} {value}" for key, value in machine().items() if value is not None))
    with tempfile.TemporaryDirectory(prefix="vaultdots-bench-") as work:
        for name, measure in BENCHMARKS.items():
            if name in names or not names:
                measure(report, Path(work))
    missed = report.bars()
    report.write(RESULT)
    print(f"\n{time.perf_counter() - began:,.0f} s; all figures are in {RESULT}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
