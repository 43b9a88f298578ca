"""A process beside the first one that looks through its share of the notes.

`python -m vaultdots.graph.mention_worker`: one frame in (the catalog's file, names, words,
note ids), then frames of what was found, each of a few notes. It only reads the catalog.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from vaultdots.graph.mention_scanner import Scanner
from vaultdots.store.beside import receive, send
from vaultdots.store.catalog import Catalog
from vaultdots.store.mention_rows import texts

_NOTES = 100
"""Notes a frame."""


def main() -> None:
    """Serve one request."""
    request = receive(sys.stdin.buffer)
    if request is None:
        return
    folder, keys, words, note_ids = request
    work(Path(folder), keys, words, note_ids)


def work(folder: Path, keys: Sequence[str], words: Sequence[str], note_ids: Sequence[int]) -> None:
    """Scan notes and write what was found to stdout."""
    scanner = Scanner(keys, words)
    catalog = Catalog(folder)
    for start in range(0, len(note_ids), _NOTES):
        frame = []
        for note in texts(catalog, note_ids[start : start + _NOTES]):
            found, there = scanner.scan(note)
            frame.append((note.note_id, [tuple(row) for row in found], list(there)))
        send(sys.stdout.buffer, frame)
    catalog.close()


if __name__ == "__main__":
    main()
