"""`python -m vaultdots` is `dots`."""

from __future__ import annotations

import sys

if __name__ == "__main__":
    if not sys.flags.safe_path and sys.path:
        # `-m` puts the current folder first: it may be a vault, which holds no module of ours.
        # (What Python itself looks for before it comes here is kept out by `python -P -m` alone.)
        del sys.path[0]
    from vaultdots.cli import main

    main()
