"""What the graph draws that no link says: connections, goals to their evidence, names."""

from __future__ import annotations

from collections.abc import Sequence

from vaultdots.graph.build import ConceptDot, Derived, DerivedEdge
from vaultdots.retrospective.model import Connection
from vaultdots.vault.years import VaultYears

_OF_GROUP = 5
"""Notes of a group to which the graph draws edges."""


def derived_of(connections: Sequence[Connection], years: VaultYears) -> Derived:
    """Connections of the reviews' sections, goals to their evidence, and concepts."""
    found = [
        DerivedEdge(
            one.source,
            one.line,
            target,
            None,
            "similar" if one.start is None else "mention",
        )
        for one in connections
        for target in (one.notes[:_OF_GROUP] or (one.target,))
    ]
    for goal in years.goals():
        found += [
            DerivedEdge(goal.path, goal.line, proof.path, proof.line, "goal")
            for proof in goal.evidence
        ]
    dots = [
        ConceptDot(
            concept.name,
            next((place.path for place in concept.places if place.how == "note"), None),
            tuple((place.path, place.line) for place in concept.places if place.how != "tag"),
        )
        for concept in years.concepts()
    ]
    return Derived(found, dots)
