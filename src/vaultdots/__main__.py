"""`python -m vaultdots` is `dots`."""

from __future__ import annotations

from vaultdots.cli import main

if __name__ == "__main__":
    main()
