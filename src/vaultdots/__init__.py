"""vaultdots: a Markdown vault as a link graph and a full-text index.

``Vault.open(path)`` is the front door for Python; ``dots`` is the command line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vaultdots.vault import Vault

__version__ = "0.1.0"
__all__ = ["Vault", "__version__"]


def __getattr__(name: str) -> Any:
    """Load the front door only when it is asked for: `dots --version` stays light."""
    if name == "Vault":
        from vaultdots.vault import Vault

        return Vault
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
