"""One process that keeps a vault open and asks it one query after another.

`python -P benchmarks/asking.py VAULT PLAN`, run by `benchmarks.searching.ask`. It imports nothing
of the benchmarks, so that its memory is that of a program which uses `vaultdots` and no more.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from vaultdots.errors import QueryError
from vaultdots.vault import Vault

# The fastest of so many updates, as with whole processes.
_UPDATES = 3


def main(folder: str, plan_file: str) -> None:
    """Ask what PLAN holds and print a JSON object.

    PLAN: `warm_up` and `queries`, lists of queries; `edit`, a note's file that may be changed for a
    moment, or null; `update`, "index" or "mentions". Printed: `times`, seconds a query; `hits`, how
    many each found, -1 where it cannot be read; `update`, seconds to bring that up after the note
    was changed and synced.
    """
    plan: dict[str, Any] = json.loads(Path(plan_file).read_bytes())
    with Vault.open(folder) as vault:
        for query in plan["warm_up"]:
            _ask(vault, query)
        asked = [_ask(vault, query) for query in plan["queries"]]
        bring_up = {"index": _index, "mentions": _mentions}[plan["update"]]
        update = _update(vault, Path(plan["edit"]), bring_up) if plan["edit"] else None
    times, hits = [took for took, _ in asked], [found for _, found in asked]
    print(json.dumps({"times": times, "hits": hits, "update": update}))


def _ask(vault: Vault, query: str) -> tuple[float, int]:
    began = time.perf_counter()
    try:
        found = len(vault.search(query))
    except QueryError:
        found = -1
    return time.perf_counter() - began, found


def _index(vault: Vault) -> None:
    searcher = vault.searcher()
    searcher.warm()
    searcher.close()


def _mentions(vault: Vault) -> None:
    with vault.links.naming():
        pass


def _update(vault: Vault, note: Path, bring_up: Callable[[Vault], None]) -> float:
    """What one changed note costs on top of the sync; the note is put back."""
    bring_up(vault)
    before, status = note.read_bytes(), note.stat()
    took = []
    try:
        for turn in range(_UPDATES):
            note.write_bytes(before + f"\n바뀐 줄 {turn}\n".encode())
            vault.sync()
            began = time.perf_counter()
            bring_up(vault)
            took.append(time.perf_counter() - began)
    finally:
        note.write_bytes(before)
        os.utime(note, ns=(status.st_atime_ns, status.st_mtime_ns))
    vault.sync()
    return min(took)


if __name__ == "__main__":
    main(*sys.argv[1:])
