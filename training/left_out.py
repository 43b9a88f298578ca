"""`make lofo`: each author measured by the weights of all others, and the figures together.

usage: python -m training.left_out [--jobs N] [AUTHOR …]
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import runpy
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from training.labels import AUTHORS, names


def measure(author: str, folder: Path) -> None:
    """Train without `author`, and keep what `measure.py` needs to be told of it."""
    weights = folder / author
    subprocess.run(
        [sys.executable, "-m", "training.train", "--without", author, "--to", str(weights)],
        check=True,
        stdout=subprocess.DEVNULL,
    )


def main() -> None:
    """Print the figures of `measure.py`, each author by weights that never saw it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--json", default="")
    parser.add_argument("authors", nargs="*")
    options = parser.parse_args()
    authors = options.authors or names()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        with ThreadPoolExecutor(options.jobs) as pool:
            list(pool.map(lambda author: measure(author, folder), authors))
        # A program that reads the weights of the author whose vault it is asked about.
        program = folder / "dots"
        dots = Path(sys.executable).parent / "dots"
        program.write_text(
            f'#!/bin/sh\nexport DOTS_WEIGHTS="{folder}/$(basename "$2")"\nexec "{dots}" "$@"\n',
            encoding="utf-8",
        )
        program.chmod(0o755)
        os.environ["DOTS_BIN"] = str(program)
        sys.argv = [
            "measure.py",
            *(["--misses"] if options.misses else []),
            *(["--json", options.json] if options.json else []),
            str(AUTHORS / "labels"),
            str(AUTHORS / "vaults"),
            *authors,
        ]
        with contextlib.redirect_stdout(io.StringIO()) as said:
            runpy.run_path(str(AUTHORS / "measure.py"), run_name="__main__")
        print(said.getvalue())


if __name__ == "__main__":
    main()
