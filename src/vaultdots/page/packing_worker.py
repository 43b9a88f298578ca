"""A process beside the first one that renders and packs a page's texts.

`python -m vaultdots.page.packing_worker`: one frame in (the texts, part by part), then a frame for
each part, in order.
"""

from __future__ import annotations

import signal
import sys

from vaultdots.page.bodies import packed
from vaultdots.vault import receive, send


def main() -> None:
    """Serve one request."""
    # Ctrl-C is the parent's to answer; it ends this process then.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for part in receive(sys.stdin.buffer) or ():
        send(sys.stdout.buffer, packed(part))


if __name__ == "__main__":
    main()
