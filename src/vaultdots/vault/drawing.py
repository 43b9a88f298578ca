"""What the views draw: the graph's places, its columns of years, its communities."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultdots.vault.connecting import Connecting

if TYPE_CHECKING:
    from vaultdots.graph.communities import Community as Community
    from vaultdots.graph.model import GraphData as GraphData
    from vaultdots.graph.model import GraphNode as GraphNode
    from vaultdots.graph.time_axis import TimeAxis as TimeAxis


class Drawing(Connecting):
    """Where everything stands on the map, and what is drawn beside it."""

    def layout(self, data: GraphData) -> dict[str, tuple[float, float]]:
        """A place for every node. The same graph keeps its picture, and a changed one starts from
        the last picture, so that a new note does not reshuffle the map."""
        from vaultdots.graph.build import stamp
        from vaultdots.graph.layout import VERSION, axis_of, layout
        from vaultdots.store.places import keep_places, kept_places

        axis = axis_of(data)
        # A map with other columns is another map: its places would pull everything askew.
        columns = f"{VERSION} {axis.step} {axis.years[:1]}"
        drawn = f"{columns} {stamp(data)}"
        kept = kept_places(self.catalog.folder)
        if kept is not None and kept.stamp == drawn:
            return dict(kept.places)
        known = kept.places if kept is not None and kept.stamp.startswith(columns) else None
        places = layout(data, previous=known)
        keep_places(self.catalog.folder, drawn, places)
        return places

    def axis(self, data: GraphData) -> TimeAxis:
        """The columns of years that the map of `data` stands in."""
        from vaultdots.graph.layout import axis_of

        return axis_of(data)

    def parts_of_years(self, data: GraphData) -> dict[str, float]:
        """Node id → how far into its year it stands, 0 to 1; those of which the day is known."""
        from vaultdots.graph.time_axis import part_of_year

        parts = ((node.id, part_of_year(node)) for node in data.nodes)
        return {name: part for name, part in parts if part is not None}

    def communities(self, data: GraphData) -> list[Community]:
        """The parts of a graph that are linked among themselves, with names, the largest first."""
        from vaultdots.graph.communities import communities_of

        return communities_of(data)
