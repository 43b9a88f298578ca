"""Looking through many notes: in this process, and beside it where there are cores to do so."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from vaultdots.graph.mention_scanner import Scanner
from vaultdots.store.catalog import Catalog
from vaultdots.store.mention_rows import FoundName, texts
from vaultdots.store.reading import receive, send

PARALLEL_NOTES = 1500
"""From this many notes on a second process (0.4 s to start and to learn the names) pays."""
_MOST_PROCESSES = 4

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
    running = [_Helper(catalog, keys, words, share) for share in shares[1:]]
    try:
        scanner = Scanner(keys, words)
        yield from _scan(catalog, scanner, shares[0])
        for helper in running:
            done = set()
            for note_id, found, there in helper.results():
                done.add(note_id)
                yield note_id, [FoundName._make(row) for row in found], set(there)
            # A helper that died has left notes over.
            yield from _scan(catalog, scanner, [n for n in helper.share if n not in done])
    finally:
        for helper in running:
            helper.end()


def _scan(catalog: Catalog, scanner: Scanner, note_ids: Sequence[int]) -> Iterator[Scanned]:
    for note in texts(catalog, note_ids):
        found, there = scanner.scan(note)
        yield note.note_id, found, there


class _Helper:
    """One process with its share of the notes, and the thread that takes what it finds."""

    def __init__(
        self, catalog: Catalog, keys: list[str], words: list[str], share: list[int]
    ) -> None:
        self.share = share
        self._frames: list[Any] = []
        self._process: subprocess.Popen[bytes] | None = None
        self._request = (str(catalog.folder), keys, words, share)
        self._thread = threading.Thread(target=self._take, daemon=True)
        with contextlib.suppress(OSError):
            self._process = subprocess.Popen(
                # -P: nothing is imported from the current folder, which may be the vault.
                [sys.executable, "-P", "-X", "utf8", "-m", "vaultdots.graph.mention_worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(os.path.isabs, sys.path))},
            )
            self._thread.start()

    def _take(self) -> None:
        process = self._process
        assert process is not None and process.stdin and process.stdout
        with contextlib.suppress(OSError, ValueError):
            send(process.stdin, self._request)
            process.stdin.close()
            while (frame := receive(process.stdout)) is not None:
                self._frames.append(frame)

    def results(self) -> Iterator[tuple[int, list[tuple[Any, ...]], list[str]]]:
        """What it found, once it is through."""
        if self._process is not None:
            self._thread.join()
        for frame in self._frames:
            yield from frame

    def end(self) -> None:
        """Stop it where it still runs, and let go of its pipes."""
        if self._process is None:
            return
        if self._process.poll() is None:
            self._process.kill()
        self._thread.join()
        for stream in (self._process.stdin, self._process.stdout):
            if stream:
                with contextlib.suppress(OSError):
                    stream.close()
        self._process.wait()
