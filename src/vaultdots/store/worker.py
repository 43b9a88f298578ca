"""A worker: reads batches of file names from stdin, writes their rows to stdout, ends at EOF."""

from __future__ import annotations

import os
import pickle
import signal
import sys

from vaultdots.store.beside import receive, send
from vaultdots.store.reading import read_one
from vaultdots.store.walk import SeenFile


def main() -> None:
    """Serve until the parent closes stdin or goes away."""
    # Ctrl-C is the parent's to answer; it closes stdin then.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    stdin, stdout = sys.stdin.buffer, sys.stdout.buffer
    head = receive(stdin)
    if head is None:
        return
    root = head[0].decode("utf-8", "surrogateescape")
    options = pickle.loads(head[1])
    while True:
        batch = receive(stdin)
        if batch is None:
            return
        answer = []
        for values in batch:
            read = read_one(root, SeenFile(*values), options)
            rows = tuple(read.rows) if read.rows is not None else None
            answer.append((read.digest, rows, read.unread))
        try:
            send(stdout, answer)
        except BrokenPipeError:
            # The parent is gone: leave at once, there is nobody to flush to.
            os._exit(1)


if __name__ == "__main__":
    main()
