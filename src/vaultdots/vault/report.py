"""What `dots index` says of a vault."""

from __future__ import annotations

from vaultdots.graph.link_graph import LinkGraph
from vaultdots.store.catalog import Catalog
from vaultdots.store.walk import Skip
from vaultdots.text.tuples import NamedTuple


class IndexReport(NamedTuple):
    """What `dots index` says; the keys of its `--json`."""

    notes: int
    attachments: int
    sections: int
    links: int
    unresolved: int
    tags: int
    skipped: tuple[Skip, ...]
    seconds: float


def counted_links(catalog: Catalog) -> tuple[int, int]:
    """(links, those of them that name no file)."""
    found = LinkGraph.read(catalog).ends
    return len(found), sum(each.target is None for _, each in found)
