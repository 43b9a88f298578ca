"""The vault as a graph: nodes, edges and their places: `vault.map`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from vaultdots.vault.state import State

if TYPE_CHECKING:
    import networkx

    from vaultdots.graph.build import Derived
    from vaultdots.graph.communities import Community
    from vaultdots.graph.model import GraphData
    from vaultdots.graph.narrow import Masked
    from vaultdots.graph.note_texts import NoteTexts
    from vaultdots.graph.time_axis import TimeAxis
    from vaultdots.store.places import KeptPlaces


PART = 0.9
"""Share of the last map's dots below which a graph of none but these is a part of the vault."""


class Map:
    """The whole graph, what is derived from prose included when asked for."""

    def __init__(self, state: State, derived: Callable[[], Derived]) -> None:
        """Use `Vault.map`. derived: gives what is read out of prose."""
        self._state = state
        self._derived = derived
        self._stamped: tuple[GraphData, str] | None = None
        self._before: tuple[GraphData, KeptPlaces | None] | None = None
        """What map there was before that of a graph: its columns and its places are asked for."""

    def data(
        self,
        *,
        tags: bool = False,
        properties: bool = False,
        attachments: bool = False,
        derived: bool = False,
    ) -> GraphData:
        """The whole graph as plain records. derived: what is read out of prose, too: goals and
        what answers for them, notes that a review names or should be connected to, and the names
        that several reviews share."""
        from vaultdots.graph.build import Derived, build

        found = self._derived() if derived else Derived()

        with self._state.snapshot():
            return build(
                self._state.catalog,
                tags=tags,
                properties=properties,
                attachments=attachments,
                derived=found,
            )

    def networkx(self, **what: bool) -> networkx.MultiDiGraph:
        """The whole graph as a networkx MultiDiGraph; see `vaultdots.graph.export` for its
        attributes and `data` for the options."""
        from vaultdots.graph.export import to_networkx

        return to_networkx(self.data(**what))

    def json(self, data: GraphData) -> str:
        """The graph as JSON."""
        from vaultdots.graph.export import to_json

        return to_json(data)

    def graphml(self, data: GraphData) -> str:
        """The graph as GraphML."""
        from vaultdots.graph.export import to_graphml

        return to_graphml(data)

    def layout(self, data: GraphData) -> dict[str, tuple[float, float]]:
        """A place for every node. The same graph keeps its picture, and a changed one starts from
        the last picture, so that a new note does not reshuffle the map."""
        from vaultdots.graph.layout import VERSION, layout
        from vaultdots.store.places import KeptPlaces, keep_places

        kept = self._last(data)
        axis = _axis(data, kept)
        drawn = f"{VERSION} {axis.step} {axis.x0} {self.stamp(data)}"
        if kept is not None and kept.stamp == drawn:
            return dict(kept.places)
        # A map with other columns is another map: its places would pull everything askew.
        old = kept.places if kept and (kept.step, kept.first) == axis.kept[:2] else {}
        places = layout(data, previous=old, axis=axis)
        if not _is_part(data, old):
            fresh = KeptPlaces(drawn, places, axis.step, axis.anchor)
            keep_places(self._state.catalog.folder, fresh)
            self._before = data, fresh
        return places

    def _last(self, data: GraphData) -> KeptPlaces | None:
        """The map of the vault before that of `data`, where this version laid it out."""
        if self._before is None or self._before[0] is not data:
            from vaultdots.graph.layout import VERSION
            from vaultdots.store.places import kept_places

            kept = kept_places(self._state.catalog.folder)
            ours = kept is not None and kept.stamp.split(" ")[0] == str(VERSION)
            self._before = data, kept if ours else None
        return self._before[1]

    def stamp(self, data: GraphData) -> str:
        """A digest of the dots and connections: equal for graphs that are drawn alike."""
        from vaultdots.graph.build import stamp

        if self._stamped is None or self._stamped[0] is not data:
            self._stamped = data, stamp(data)
        return self._stamped[1]

    def axis(self, data: GraphData) -> TimeAxis:
        """The columns of years that the map of `data` stands in: those of the last map, where they
        serve this one too."""
        return _axis(data, self._last(data))

    def parts_of_years(self, data: GraphData) -> dict[str, float]:
        """Node id → how far into its year it stands, 0 to 1; those of which the day is known."""
        from vaultdots.graph.time_axis import part_of_year

        parts = ((node.id, part_of_year(node)) for node in data.nodes)
        return {name: part for name, part in parts if part is not None}

    def communities(self, data: GraphData) -> list[Community]:
        """The parts of a graph that are linked among themselves, with names, the largest first."""
        from vaultdots.graph.communities import communities_of

        return communities_of(data)

    def texts(self, data: GraphData) -> NoteTexts:
        """What reads notes' texts with their links; links mean nodes of `data`."""
        from vaultdots.graph.note_texts import NoteTexts

        return NoteTexts(self._state.catalog, data)

    def text_lengths(self) -> dict[str, int]:
        """Path → code points of the text, of every note."""
        return self._state.catalog.text_lengths()

    def around(self, data: GraphData, note: str, depth: int) -> GraphData:
        """The part of a graph within `depth` links of a note."""
        from vaultdots.graph.narrow import around

        return around(data, self._state.find(note), depth)

    def only(self, data: GraphData, paths: Iterable[str]) -> GraphData:
        """The part of a graph that these notes make."""
        from vaultdots.graph.narrow import only

        return only(data, paths)

    def without(self, data: GraphData, patterns: Iterable[str]) -> GraphData:
        """A graph without the notes whose path is, lies under or matches one of the patterns."""
        from vaultdots.graph.narrow import without

        return without(data, patterns)

    def masked(self, data: GraphData) -> Masked:
        """The same graph without a word of the author's."""
        from vaultdots.graph.narrow import masked

        return masked(data)


def _axis(data: GraphData, kept: KeptPlaces | None) -> TimeAxis:
    from vaultdots.graph.layout import axis_of
    from vaultdots.graph.time_axis import Columns

    if kept is None:
        return axis_of(data)
    part = _is_part(data, kept.places)
    return axis_of(data, Columns(kept.step, kept.first, fixed=part))


def _is_part(data: GraphData, whole: Mapping[str, tuple[float, float]]) -> bool:
    """Whether a graph is a part of the map before: it is drawn where the whole has it, and does
    not become the map."""
    few = len(data.nodes) < PART * len(whole)
    return few and all(node.id in whole for node in data.nodes)
