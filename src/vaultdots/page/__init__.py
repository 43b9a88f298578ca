"""The graph as one self-contained HTML page."""

from vaultdots.page.html import network, render

__all__ = ["network", "render"]
