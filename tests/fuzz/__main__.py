"""Fuzz at length: `python -m tests.fuzz --executions 1000000 --seed 1` (`make fuzz`).

Prints each finding with what repeats it, and ends with 1 where there is one. With `--atheris`
the same target is run under coverage guidance (https://github.com/google/atheris).
"""

from __future__ import annotations

import argparse
import sys
import time
import traceback
from collections.abc import Callable
from itertools import islice

from tests.fuzz.mutator import blocks, files, repeated
from tests.fuzz.targets import MOST_RATIO, ratio, read_file, read_properties, too_long

_SHAPE_BYTES = 40_000
_SHAPES_PER_EXECUTION = 1 / 2000


def main() -> int:
    """Fuzz scan, properties and the shape of cost; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("--executions", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--atheris", action="store_true")
    arguments = parser.parse_args()
    if arguments.atheris:
        return _guided(arguments.executions, arguments.seed)
    began = time.monotonic()
    count = arguments.executions
    found = fuzz_scan(arguments.seed, count * 2 // 3)
    found += fuzz_properties(arguments.seed, count - count * 2 // 3)
    shapes = max(20, int(count * _SHAPES_PER_EXECUTION))
    found += fuzz_shape(arguments.seed, shapes)
    seconds = time.monotonic() - began
    print(
        f"seed {arguments.seed}: {count:,} executions and {shapes:,} shapes in"
        f" {seconds:.0f} s, {len(found)} findings"
    )
    for finding in found:
        print(finding)
    return 1 if found else 0


def fuzz_scan(seed: int, executions: int) -> list[str]:
    """Read files; the findings."""
    found = []
    for number, data in enumerate(islice(files(seed), executions)):
        found += _try(lambda: read_file(data, number), data, len(data))  # noqa: B023 - called now
    return found


def fuzz_properties(seed: int, executions: int) -> list[str]:
    """Read blocks of properties; the findings."""
    found = []
    for text in islice(blocks(seed), executions):
        found += _try(lambda: read_properties(text), text, len(text))  # noqa: B023 - called now
    return found


def fuzz_shape(seed: int, shapes: int) -> list[str]:
    """Read one piece many times over, and twice as many; the findings."""
    found = []
    for head, unit, tail in islice(repeated(seed), shapes):
        times = max(1, _SHAPE_BYTES // len(unit.encode("utf-8", "surrogatepass")))
        try:
            # Three measurements agree where cost is above linear; one alone may be the machine's.
            if all(ratio(head, unit, tail, times) > MOST_RATIO for _ in range(3)):
                found.append(f"above linear: {head!r} + {unit!r} * n + {tail!r}")
        except Exception:
            found.append(f"{head!r} + {unit!r} * {times} + {tail!r}\n{traceback.format_exc()}")
    return found


def _try(read: Callable[[], object], shown: object, size: int) -> list[str]:
    begin = time.process_time()
    try:
        read()
        # The first measurement is free; only what looks long is measured again.
        if time.process_time() - begin > 0.1 and too_long(read, size):
            return [f"too long: {shown!r}"]
    except Exception:
        return [f"{shown!r}\n{traceback.format_exc()}"]
    return []


def _guided(executions: int, seed: int) -> int:
    import atheris  # type: ignore[import-untyped,import-not-found,unused-ignore]

    def one(data: bytes) -> None:
        read_file(data[1:], data[0] if data else 0)

    atheris.instrument_all()
    corpus = [f"-runs={executions}", f"-seed={seed}", "-max_len=400", "-timeout=10"]
    atheris.Setup([sys.argv[0], *corpus], one)
    atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main())
