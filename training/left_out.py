"""`make lofo`: each author measured by the weights of all others, and the figures together.

usage: python -m training.left_out [--misses] [--json FILE] [AUTHOR …]

Reviews, goals and fates, as `authors/measure.py` counts them, in one process: what it would ask
`dots` is answered here, from a catalog that the fold's own weights have read. Books and connections
are not learned here and stay empty.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import runpy
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from unittest import mock

from training.labels import AUTHORS, names
from training.train import write
from vaultdots.retrospective.records import goal_record
from vaultdots.vault import Vault


def answers(folder: Path, author: str) -> dict[str, list[dict[str, Any]]]:
    """What `dots reviews` and `dots goals` say of an author, by the weights of all others."""
    weights = folder / author
    write(author, weights)
    with (
        mock.patch.dict(os.environ, {"DOTS_WEIGHTS": str(weights)}),
        Vault.open(AUTHORS / "vaults" / author, cache=weights / "cache") as vault,
    ):
        vault.sync()
        years = vault.years
        goals = years.goals(wishes=True)
        reviews = [
            {"path": r.path, "title": r.title, "year": r.year, "period": r.period}
            for r in years.reviews()
        ]
        wishes = [goal_record(goal) for goal in goals]
        listed = [goal_record(goal) for goal in goals if goal.strength != "wish"]
        return {"reviews": reviews, "goals": listed, "wishes": wishes}


def main() -> None:
    """Learn every fold and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--json", default="")
    parser.add_argument("authors", nargs="*")
    options = parser.parse_args()
    authors = options.authors or names()
    with tempfile.TemporaryDirectory() as place:
        told = {author: answers(Path(place), author) for author in authors}

    def run(command: Sequence[str], **_: object) -> subprocess.CompletedProcess[str]:
        asked = command[3] if "--wishes" not in command else "wishes"
        found = told[Path(command[2]).name].get(asked, [])
        return subprocess.CompletedProcess(command, 0, json.dumps(found), "")

    sys.argv = [
        "measure.py",
        *(["--misses"] if options.misses else []),
        *(["--json", options.json] if options.json else []),
        str(AUTHORS / "labels"),
        str(AUTHORS / "vaults"),
        *authors,
    ]
    with contextlib.redirect_stdout(io.StringIO()) as said, mock.patch("subprocess.run", run):
        runpy.run_path(str(AUTHORS / "measure.py"), run_name="__main__")
    print(said.getvalue())


if __name__ == "__main__":
    main()
