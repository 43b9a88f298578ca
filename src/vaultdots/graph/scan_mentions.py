"""Looking through many notes: in this process, and beside it where there are cores to do so."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from vaultdots.graph.mention_scanner import Scanner
from vaultdots.store.beside import Beside
from vaultdots.store.catalog import Catalog
from vaultdots.store.mention_rows import FoundName, texts

PARALLEL_NOTES = 1500
"""From this many notes on a second process (0.4 s to start and to learn the names) pays."""
_MOST_PROCESSES = 4
_WORKER = "vaultdots.graph.mention_worker"

Scanned = tuple[int, list[FoundName], set[str]]


def scan_all(
    catalog: Catalog, keys: Iterable[str], words: Iterable[str], note_ids: Sequence[int]
) -> Iterator[Scanned]:
    """(note id, names found, counted words) of every note, in no certain order."""
    keys, words = sorted(keys), sorted(words)
    helpers = 0
    if catalog.folder is not None and len(note_ids) >= PARALLEL_NOTES:
        helpers = min(os.cpu_count() or 1, _MOST_PROCESSES) - 1
    shares = [list(note_ids[n :: helpers + 1]) for n in range(helpers + 1)]
    running = [
        (Beside(_WORKER, (str(catalog.folder), keys, words, share)), share) for share in shares[1:]
    ]
    try:
        scanner = Scanner(keys, words)
        yield from _scan(catalog, scanner, shares[0])
        for helper, share in running:
            done = set()
            for note_id, found, there in chain.from_iterable(helper.frames()):
                done.add(note_id)
                yield note_id, [FoundName._make(row) for row in found], set(there)
            # A helper that died has left notes over.
            yield from _scan(catalog, scanner, [n for n in share if n not in done])
    finally:
        for helper, _ in running:
            helper.end()


def _scan(catalog: Catalog, scanner: Scanner, note_ids: Sequence[int]) -> Iterator[Scanned]:
    for note in texts(catalog, note_ids):
        found, there = scanner.scan(note)
        yield note.note_id, found, there
