"""Reading many files: in this process, or beside it where there is much to read.

Workers are processes of `python -m vaultdots.store.worker`, not of multiprocessing: a program
that opens a vault at its top level needs no `__main__` guard, and a worker ends by itself when
its parent is gone (`store.beside`).
"""

from __future__ import annotations

import contextlib
import os
import pickle
import queue
import subprocess
import threading
from collections.abc import Iterator, Sequence

from vaultdots.note.options import NoteOptions
from vaultdots.store.beside import receive, send, start
from vaultdots.store.opening import MAX_FILE_BYTES, digest_of, open_in_vault
from vaultdots.store.records import FileRows
from vaultdots.store.rows import file_rows
from vaultdots.store.walk import SeenFile
from vaultdots.text.tuples import NamedTuple

# Below this much to read, starting workers (0.15 s each) costs more than it saves.
PARALLEL_BYTES = 2_000_000
# Files go to a worker in batches of about this many bytes: few frames, bounded memory.
_BATCH_BYTES = 400_000


class ReadFile(NamedTuple):
    """A file as read. rows None and `unread` a reason where it could not be read."""

    file: SeenFile
    digest: bytes | None
    rows: FileRows | None
    unread: str | None


def read_files(root: str, files: Sequence[SeenFile], options: NoteOptions) -> Iterator[ReadFile]:
    """Read and parse `files`, in no certain order. root: the vault's folder."""
    cores = os.cpu_count() or 1
    if cores < 2 or sum(file.size for file in files) < PARALLEL_BYTES:
        for file in files:
            yield read_one(root, file, options)
        return
    yield from _beside(root, files, options, min(cores, 4))


def read_one(root: str, file: SeenFile, options: NoteOptions) -> ReadFile:
    """Read one file. An unreadable one is told, never raised."""
    if file.size > MAX_FILE_BYTES:
        return ReadFile(file, None, None, f"it is larger than {MAX_FILE_BYTES // 1_000_000} MB")
    try:
        with open(open_in_vault(root, file.disk), "rb") as stream:
            data = stream.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        return ReadFile(file, None, None, f"it cannot be read ({error.strerror})")
    digest = digest_of(data)
    try:
        return ReadFile(file, digest, file_rows(file.path, file.role, data, options), None)
    except Exception as error:
        # Reading is total; should it not be, one note is told and the vault lives.
        reason = f"dots cannot read it ({type(error).__name__}: please report this)"
        return ReadFile(file, digest, None, reason)


def _beside(
    root: str, files: Sequence[SeenFile], options: NoteOptions, count: int
) -> Iterator[ReadFile]:
    batches: queue.SimpleQueue[list[SeenFile] | None] = queue.SimpleQueue()
    for batch in _batches(files):
        batches.put(batch)
    for _ in range(count):
        batches.put(None)
    results: queue.Queue[list[ReadFile] | None] = queue.Queue(maxsize=2 * count)
    stop = threading.Event()
    threads = [
        threading.Thread(target=_serve, args=(root, options, batches, results, stop), daemon=True)
        for _ in range(count)
    ]
    for thread in threads:
        thread.start()
    try:
        running = count
        while running:
            batch_read = results.get()
            if batch_read is None:
                running -= 1
            else:
                yield from batch_read
    finally:
        stop.set()
        while any(thread.is_alive() for thread in threads):
            try:
                results.get(timeout=0.05)
            except queue.Empty:
                continue


def _batches(files: Sequence[SeenFile]) -> Iterator[list[SeenFile]]:
    batch: list[SeenFile] = []
    size = 0
    for file in files:
        batch.append(file)
        size += file.size
        if size >= _BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _serve(
    root: str,
    options: NoteOptions,
    batches: queue.SimpleQueue[list[SeenFile] | None],
    results: queue.Queue[list[ReadFile] | None],
    stop: threading.Event,
) -> None:
    """One worker's thread: hand it batches; should it die, read its batches here."""
    process: subprocess.Popen[bytes] | None = None
    try:
        process = start("vaultdots.store.worker")
        assert process.stdin and process.stdout
        send(process.stdin, (root.encode("utf-8", "surrogateescape"), pickle.dumps(options)))
    except OSError:
        process = None
    try:
        while not stop.is_set():
            batch = batches.get()
            if batch is None:
                break
            answer = _ask(process, batch) if process else None
            if answer is None:
                _end(process)
                process = None
                answer = [read_one(root, file, options) for file in batch]
            results.put(answer)
    finally:
        _end(process)
        results.put(None)


def _ask(process: subprocess.Popen[bytes], batch: list[SeenFile]) -> list[ReadFile] | None:
    assert process.stdin and process.stdout
    try:
        send(process.stdin, [tuple(file) for file in batch])
        answer = receive(process.stdout)
    except (OSError, ValueError, EOFError, TypeError):
        return None
    if answer is None or len(answer) != len(batch):
        return None
    return [
        ReadFile(file, digest, FileRows(*rows) if rows is not None else None, unread)
        for file, (digest, rows, unread) in zip(batch, answer, strict=True)
    ]


def _end(process: subprocess.Popen[bytes] | None) -> None:
    if process is None:
        return
    for stream in (process.stdin, process.stdout):
        if stream:
            with contextlib.suppress(OSError):
                stream.close()
    process.wait()
