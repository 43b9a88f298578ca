"""`dots`, and `python -m vaultdots`."""

from __future__ import annotations

import gc
import sys

if __name__ == "__main__" and not sys.flags.safe_path and sys.path:
    # `-m` puts the current folder first: it may be a vault, which holds no module of ours.
    # (What Python itself looks for before it comes here is kept out by `python -P -m` alone.)
    del sys.path[0]

from vaultdots import interrupt
from vaultdots.text.late import load_late

LATE = ("inspect", "ipaddress", "bz2", "lzma")
"""Modules of Python that click, pathlib and shutil import and a command hardly ever asks: to load
them takes a twentieth of a search's time as a process."""


def main() -> None:
    """Load the command line and run it; Ctrl-C meanwhile is one line."""
    interrupt.leave_at_once()
    # A run is short and makes few cycles: looking for them every 700 objects costs a tenth of it.
    gc.set_threshold(50_000, 20, 20)
    load_late(*LATE)
    from vaultdots.cli import main as run

    run()


if __name__ == "__main__":
    main()
