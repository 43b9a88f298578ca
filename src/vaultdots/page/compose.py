"""The page of a vault: what is asked of the vault, put together for `render`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vaultdots.page.html import Extras, Lang, render
from vaultdots.page.payload import home_rows, text

if TYPE_CHECKING:
    from vaultdots.vault import GraphData, Vault


@dataclass(frozen=True, slots=True)
class PageOptions:
    """What the person asked for. lang: None follows the reader's browser. start: the address that
    the page opens with."""

    title: str
    lang: Lang | None = None
    start: str = ""


def page_of(vault: Vault, data: GraphData, options: PageOptions) -> str:
    """The page of a vault's graph as one HTML text."""
    row = {node.id: i for i, node in enumerate(data.nodes)}
    community, communities = _communities(vault, data, row)
    extras = Extras(
        axis=_axis(vault, data),
        day=vault.map.parts_of_years(data),
        community=community,
        communities=communities,
        start=options.start,
    )
    return render(
        data, vault.map.layout(data), title=options.title, lang=options.lang, extras=extras
    )


def _axis(vault: Vault, data: GraphData) -> dict[str, Any]:
    axis = vault.map.axis(data)
    return {"years": list(axis.years), "x0": axis.x0, "step": axis.step}


def _communities(
    vault: Vault, data: GraphData, row: Mapping[str, int]
) -> tuple[list[int], list[dict[str, Any]]]:
    of = [-1] * len(data.nodes)
    found = vault.map.communities(data)
    for number, part in enumerate(found):
        for member in part.members:
            of[row[member]] = number
    homes = home_rows(data)
    return [of[home] for home in homes], [{"name": text(part.name)} for part in found]
